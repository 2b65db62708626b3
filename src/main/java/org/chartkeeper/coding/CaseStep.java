package org.chartkeeper.coding;

import java.util.UUID;

/** One thing that happens to a coding case as a whole. */
public sealed interface CaseStep {

    record Claim() implements CaseStep {}

    record GiveBack() implements CaseStep {}

    /** @param reason missing document, missing discharge disposition, supervisor */
    record Hold(String reason, String note) implements CaseStep {}

    record Unhold() implements CaseStep {}

    /** 0 routine, 1 soon, 2 first. */
    record Priority(int value) implements CaseStep {}

    /** medicare, medicaid, commercial, self, other. */
    record Payer(String value) implements CaseStep {}

    /**
     * Final coded.
     *
     * @param overHard reason of a supervisor for going over hard stops; empty where there are none
     */
    record Finalize(String overHard) implements CaseStep {}

    /** Open again. */
    record Reopen(boolean billed, String reason) implements CaseStep {}

    /** The other case's visits are coded here: outpatient services within three days before an admission. */
    record Combine(UUID other, String reason) implements CaseStep {}
}
