package org.chartkeeper.chart.note;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.jspecify.annotations.Nullable;

/**
 * Notes that are being written. A draft belongs to one person, one patient, one visit and one type; it is found by its id
 * together with its patient and its owner, and is no part of the record.
 */
public interface NoteDrafts {

    /**
     * The draft of what is to be written: the one that was begun before, else a new one.
     *
     * @throws org.chartkeeper.platform.NotFound where the patient has no such visit or note
     * @throws org.chartkeeper.platform.Rejected where this person may not write it
     */
    UUID open(Actor actor, PatientId patient, Start start);

    /** @throws org.chartkeeper.platform.NotFound where it is another's, another patient's or not there */
    Draft get(Actor actor, PatientId patient, UUID draft);

    /** What this person has begun in a chart, latest first. One statement. */
    List<Draft> mine(Actor actor, PatientId patient, int limit);

    /**
     * Keeps what is typed.
     *
     * @param number that the draft was read at
     * @throws org.chartkeeper.platform.Stale where it was saved elsewhere since
     */
    Saved save(Actor actor, PatientId patient, UUID draft, int number, NoteSheet sheet);

    /** Throws it away; no trace of its words is left. */
    void discard(Actor actor, PatientId patient, UUID draft);

    /**
     * What to write.
     *
     * @param kind key of the type
     * @param revises the unsigned note to go on with, null for a new one
     */
    record Start(
            @Nullable EncounterId visit,
            String kind,
            @Nullable EntryId revises) {}

    /**
     * A draft.
     *
     * @param basedOn version at which the note to be revised was read; null for a new note
     * @param number how often it was saved; forms carry it
     */
    record Draft(
            UUID id,
            PatientId patient,
            @Nullable EncounterId visit,
            String kind,
            @Nullable EntryId revises,
            @Nullable Integer basedOn,
            NoteSheet sheet,
            int number,
            Instant begun,
            Instant saved) {}

    /** That it is kept. */
    record Saved(int number, Instant at) {}
}
