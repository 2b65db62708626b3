package org.chartkeeper.upkeep;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the system protects what it should, and what to do where it does not. Holds no data of patients. */
public interface SystemState {

    /** Reads the state now. */
    Report read();

    /**
     * The state at a moment.
     *
     * @param sections in the order of the page
     * @param jobs by name
     */
    record Report(Instant at, List<Section> sections, List<Job> jobs) {

        /** All findings that ask for something to be done. */
        public List<Finding> getWarnings() {
            return sections.stream()
                    .flatMap(section -> section.findings().stream())
                    .filter(finding -> finding.advice() != null)
                    .toList();
        }
    }

    /** Findings under one heading. */
    record Section(String title, List<Finding> findings) {}

    /**
     * One thing that was looked at.
     *
     * @param name what was looked at
     * @param value what was found
     * @param tone ok, warn, stop or empty for a mere fact
     * @param advice what it costs and what to do, null where nothing is to be done
     */
    record Finding(
            String name,
            String value,
            String tone,
            @Nullable String advice) {

        public static Finding fact(String name, String value) {
            return new Finding(name, value, "", null);
        }

        public static Finding good(String name, String value) {
            return new Finding(name, value, "ok", null);
        }

        public static Finding warning(String name, String value, String advice) {
            return new Finding(name, value, "warn", advice);
        }

        public static Finding danger(String name, String value, String advice) {
            return new Finding(name, value, "stop", advice);
        }
    }

    /**
     * A kind of job.
     *
     * @param waiting how many wait for their time
     * @param running how many run now
     * @param failing how many failed the last time
     * @param next when the next of them is due, null where none waits
     * @param lastSuccess when one last ended well, null for never
     */
    record Job(
            String name,
            int waiting,
            int running,
            int failing,
            @Nullable Instant next,
            @Nullable Instant lastSuccess) {}
}
