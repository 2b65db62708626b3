package org.chartkeeper.chart;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the taking in of files stands, for the page of the system's state. Holds no data of patients. */
public interface IntakeState {

    /** What there is to say; asks the malware scanner where there is one. At most one statement. */
    List<Fact> read();

    /**
     * One thing.
     *
     * @param tone ok, warn, stop or empty for a mere fact
     * @param advice what it costs and what to do, null where nothing is to be done
     */
    record Fact(
            String name,
            String value,
            String tone,
            @Nullable String advice) {}
}
