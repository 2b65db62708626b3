package org.chartkeeper.chart;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.jspecify.annotations.Nullable;

/**
 * Entered for the wrong patient: a retraction there and an entry here in one step, tied together for those who may see
 * both charts. Labels go with it. What stays in the wrong chart names nothing of the right one. Methods that change join
 * the caller's transaction and record an event on both charts.
 */
public interface RecordMoves {

    /**
     * What would move with an entry (its addenda, the results of a report) or with a visit (all its entries).
     *
     * @throws org.chartkeeper.platform.NotFound where it is not this patient's
     */
    Plan plan(Actor actor, Subject subject);

    /**
     * Moves it or, where something of it is signed and the actor may not confirm, asks a supervisor to.
     *
     * @throws org.chartkeeper.platform.Stale where it has changed since the plan was seen
     * @throws org.chartkeeper.platform.Rejected where something of it cannot move as it stands
     */
    Outcome move(Actor actor, Order order);

    /** Moves that wait for a supervisor at the actor's facilities, oldest first. */
    List<Move> waiting(Actor actor, int limit);

    /** A move; empty where the actor may not open both charts. */
    Optional<Move> find(Actor actor, UUID move);

    /**
     * Does what was asked for.
     *
     * @throws org.chartkeeper.platform.Stale where something of it has changed since it was asked for
     */
    Outcome confirm(Actor actor, UUID move, int version);

    /** Leaves everything where it is, with a comment to who asked. */
    void refuse(Actor actor, UUID move, int version, String comment);

    /** How an entry is tied to one in another chart; empty where it never moved. At most one statement, more where it did. */
    Optional<Tie> tie(Actor actor, PatientId patient, EntryId entry);

    /** Says that the actor has read a notice of a move. */
    void seen(Actor actor, UUID notice);

    /** What is in the wrong chart: one entry or one visit. */
    record Subject(
            PatientId from,
            @Nullable EntryId entry,
            @Nullable EncounterId visit) {

        public static Subject entry(PatientId from, EntryId entry) {
            return new Subject(from, entry, null);
        }

        public static Subject visit(PatientId from, EncounterId visit) {
            return new Subject(from, null, visit);
        }
    }

    /**
     * What would move.
     *
     * @param entries those that the actor may see
     * @param seen what stands now, to be handed back with the order
     * @param confirmation whether a supervisor has to confirm it before anything happens
     * @param obstacles why it cannot move as it stands; empty where it can
     * @param warnings what to look after by hand
     */
    record Plan(
            List<EntryView> entries,
            String seen,
            boolean confirmation,
            List<String> obstacles,
            List<String> warnings) {}

    /**
     * What is to be done.
     *
     * @param to the right patient, identified by two identifiers at the page
     * @param visit of the right chart to which an entry belongs, null for none; not used where a visit moves
     * @param reason in words, kept with the move and shown to those who may see both charts
     */
    record Order(
            Subject subject,
            String seen,
            PatientId to,
            @Nullable EncounterId visit,
            String reason) {}

    /**
     * What became of it.
     *
     * @param done false where it waits for a supervisor
     * @param entries ids in the right chart, in the order of the plan; empty while it waits
     */
    record Outcome(
            UUID move,
            boolean done,
            List<EntryId> entries,
            @Nullable EncounterId visit) {}

    /**
     * A move as a supervisor sees it.
     *
     * @param state waiting, done, refused
     */
    record Move(
            UUID id,
            int version,
            Subject subject,
            PatientId to,
            String reason,
            String state,
            String askedBy,
            Instant askedAt,
            int entries,
            @Nullable String comment) {}

    /**
     * The other end of a move.
     *
     * @param cameHere whether this is the entry in the right chart
     * @param other null for those who may not see both charts
     */
    record Tie(
            boolean cameHere,
            String by,
            Instant at,
            @Nullable Other other) {

        /** The entry in the other chart, why it moved, and what disclosures had contained it. */
        public record Other(
                PatientId patient, EntryId entry, String reason, boolean disclosuresKnown, List<String> disclosures) {}
    }
}
