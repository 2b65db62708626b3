package org.chartkeeper.chart;

import java.util.Optional;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.PatientId;
import org.jspecify.annotations.Nullable;

/**
 * One of the states that a visit page shows apart: update, coding, request. Higher modules implement it; the signature is
 * the chart's own. A visit shows those that exist and nothing for the others.
 */
public interface VisitStanding {

    /** Heading: Update, Coding, Request. */
    String label();

    /** Position among the states. */
    int order();

    /** How this visit stands; empty where the module knows nothing of it. At most one statement. */
    Optional<Standing> of(Actor actor, PatientId patient, EncounterId encounter);

    /**
     * How it stands.
     *
     * @param state a word of the glossary: "to do", "posted"
     * @param tone ok, warn, stop, note or empty
     * @param path where the work is done, null where the actor cannot do it
     * @param action what the link says, null where there is no path: "Update this visit"
     */
    record Standing(
            String state,
            String tone,
            @Nullable String path,
            @Nullable String action) {}
}
