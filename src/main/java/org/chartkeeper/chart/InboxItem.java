package org.chartkeeper.chart;

import java.time.Instant;
import java.util.List;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.PatientId;
import org.jspecify.annotations.Nullable;

/** Something on the desk of a clinician or a specialist beside what waits for a signature. */
public interface InboxItem {

    /** What this person is told or asked, newest first; one statement. */
    List<Item> items(Actor actor, int limit);

    /**
     * A line of the desk.
     *
     * @param patient whose chart it is about
     * @param text what happened, in one sentence; nothing of another patient
     * @param path where to look at it or to answer, null where there is nothing to look at
     * @param link what the link says: "See it", "Answer"
     * @param seenPath where a form without fields says that it was read, null where the work itself ends it
     */
    record Item(
            PatientId patient,
            String text,
            Instant at,
            @Nullable String path,
            String link,
            @Nullable String seenPath) {}
}
