package org.chartkeeper.chart;

import java.time.Instant;
import java.util.List;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PractitionerId;
import org.jspecify.annotations.Nullable;

/**
 * Results that a clinician is to see, with their clocks (rule DF-36). A result that was entered here waits for a
 * signature, which acknowledges it; one that was final at its source waits for its acknowledgement alone. A result that
 * changes afterwards waits again.
 */
public interface ResultDesk {

    /** What waits for this practitioner, the first due first. Four statements at most. */
    List<Due> due(Actor actor, int limit);

    /**
     * Notes that this practitioner has seen these versions, and what follows. Those that were signed in the same
     * transaction, or before, are noted with what follows; those that wait are off the desk. Joins the caller's transaction
     * and records one event each.
     *
     * @param comment null where nothing is to be said
     * @throws org.chartkeeper.platform.Stale where a result has a newer version than the one that was seen
     * @throws org.chartkeeper.platform.Rejected where one neither waits for this practitioner nor was signed by him or her
     */
    void acknowledge(Actor actor, List<Seen> results, Followed followed, @Nullable String comment);

    /**
     * Hands a result that was final at its source to somebody else; the clock goes on.
     *
     * @throws org.chartkeeper.platform.Rejected where it does not wait for this practitioner, the other is not in the
     *     directory or no reason is given
     */
    void passOn(Actor actor, Seen result, PractitionerId to, String reason);

    /** Who acknowledged which version of an entry and what followed, oldest first. One statement. */
    List<Acknowledged> acknowledgements(PatientId patient, EntryId entry);

    /** What a clinician lets follow from a result. */
    enum Followed {
        SEEN("seen, no action needed"),
        PATIENT_TOLD("patient told"),
        TREATMENT_CHANGED("treatment changed"),
        TO_BE_REPEATED("to be repeated"),
        REFERRED("referred");

        private final String word;

        Followed(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /** A version of a result as it was seen. */
    record Seen(PatientId patient, EntryId entry, int version) {}

    /**
     * A result that waits.
     *
     * @param signing what the signature needs, null where only the acknowledgement is wanted
     * @param changed whether an earlier version of it was signed or acknowledged
     */
    record Due(
            EntryView entry,
            Signing.@Nullable Awaiting signing,
            ResultUrgency urgency,
            Instant arrived,
            Instant due,
            boolean changed) {}

    /** An acknowledgement. */
    record Acknowledged(
            int version,
            String practitioner,
            Instant at,
            String followed,
            @Nullable String comment) {}
}
