package org.chartkeeper.chart;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Slice;
import org.jspecify.annotations.Nullable;

/** Looks through a whole chart page by page. What the actor may not see by its sensitivity is left out everywhere. */
public interface ChartSearch {

    /**
     * Entries whose title has all these words, in any case, newest event first. One statement.
     *
     * @param words blank for all
     */
    Slice<EntryView> titled(
            Actor actor, PatientId patient, ChartReader.Filter filter, String words, @Nullable String after, int limit);

    /** Every change of the record, newest first; at most three statements. */
    Slice<ChartReader.Change> changes(Actor actor, PatientId patient, @Nullable String after, int limit);

    /** What an import met and kept whole because it becomes no entry, by type. One statement. */
    Slice<OtherResource> others(PatientId patient, @Nullable String after, int limit);

    /** One of them with its content as met; empty where it is not this patient's. */
    Optional<OtherContent> other(PatientId patient, UUID resource);

    /**
     * A resource that was kept whole.
     *
     * @param type FHIR resource type
     * @param place where in the source it stood, null where not recorded
     */
    record OtherResource(
            UUID id, String type, String source, @Nullable String place, Instant received) {}

    /** A resource with its content. {@code json}: null where only its hash was kept. */
    record OtherContent(OtherResource resource, @Nullable String json) {}
}
