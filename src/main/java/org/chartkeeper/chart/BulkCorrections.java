package org.chartkeeper.chart;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.DepartmentId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Slice;
import org.jspecify.annotations.Nullable;

/**
 * Corrects many entries or visits by one rule: what is affected is collected and shown before anything changes, applied by
 * a job, and taken back as a batch. Nothing is rewritten: what is unsigned gets a revision, what is signed a correction that
 * waits for who answers for it, a visit a correction with its history. The one who orders it acts in the job, with the
 * rights that he or she has then; what that person may not see is not affected.
 */
public interface BulkCorrections {

    /**
     * Orders the collecting of what a rule affects; changes nothing yet. Joins the caller's transaction.
     *
     * @return id of the batch
     * @throws org.chartkeeper.platform.Rejected with problems at the fields rule, former, correct, reason, from, until
     */
    UUID collect(Actor actor, Order order);

    /**
     * Applies what the dry run showed; also goes on where that was stopped. Joins the caller's transaction.
     *
     * @throws org.chartkeeper.platform.Stale where the batch has moved on since it was read
     * @throws org.chartkeeper.platform.Rejected where its state does not allow it
     */
    void apply(Actor actor, UUID batch, int version);

    /** Takes back what was applied and still stands as it was applied; the same conditions. */
    void undo(Actor actor, UUID batch, int version);

    /** Stops the job after the piece that it is at. */
    void stop(Actor actor, UUID batch);

    /** Ends a dry run that is not to be applied. */
    void discard(Actor actor, UUID batch, int version);

    /** Empty where there is none at a facility of the actor. */
    Optional<Batch> find(Actor actor, UUID batch);

    /** Newest first, those of the facilities of the actor. */
    Slice<Batch> list(Actor actor, @Nullable String after, int limit);

    /** What became of each, of one outcome or all; only what the actor may see. */
    Slice<Item> items(Actor actor, UUID batch, @Nullable Outcome outcome, @Nullable String after, int limit);

    /** What a batch turns into what. */
    sealed interface Rule {

        /** As rows and addresses name it. */
        String key();

        /** Another code of the same system; the words of who stated it stay. */
        record Code(EntryType type, String system, String from, String to, String display) implements Rule {
            @Override
            public String key() {
                return "code";
            }
        }

        /** The number was right and its unit was not: 157 lb that stand as 157 kg. Units as shown. */
        record Unit(String system, String code, String from, String to) implements Rule {
            @Override
            public String key() {
                return "unit";
            }
        }

        /** Visits that were registered at the wrong department of the facility. */
        record Department(DepartmentId from, DepartmentId to) implements Rule {
            @Override
            public String key() {
                return "department";
            }
        }
    }

    /**
     * What is to be corrected.
     *
     * @param from first day of the event, in the time of the facility; null for the beginning
     * @param until last day; null for no end
     */
    record Order(
            FacilityId facility,
            Rule rule,
            @Nullable LocalDate from,
            @Nullable LocalDate until,
            String reason) {}

    /** Where a batch stands. */
    enum State {
        COLLECTING("collecting"),
        DRY_RUN("dry run"),
        APPLYING("applying"),
        APPLIED("applied"),
        UNDOING("undoing"),
        UNDONE("undone"),
        DISCARDED("discarded");

        private final String word;

        State(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        /** Whether a job works on it. */
        public boolean working() {
            return this == COLLECTING || this == APPLYING || this == UNDOING;
        }

        /** @throws IllegalArgumentException for another word */
        public static State of(String word) {
            for (State state : values()) {
                if (state.word.equals(word)) {
                    return state;
                }
            }
            throw new IllegalArgumentException("no state " + word);
        }
    }

    /** What becomes or became of one entry or visit. */
    enum Outcome {
        AT_ONCE("at once", "corrected at once"),
        TO_PROPOSE("to propose", "proposed to who answers for them"),
        LEFT_OUT("left out", "left out"),
        CORRECTED("corrected", "corrected"),
        PROPOSED("proposed", "waiting for a signature"),
        FAILED("failed", "not corrected"),
        UNDONE("undone", "put back"),
        WITHDRAWN("withdrawn", "withdrawn before a signature"),
        UNDO_PROPOSED("undo proposed", "waiting to be put back"),
        KEPT("kept", "changed since and kept");

        private final String word;
        private final String meaning;

        Outcome(String word, String meaning) {
            this.word = word;
            this.meaning = meaning;
        }

        public String word() {
            return word;
        }

        public String meaning() {
            return meaning;
        }

        /** @throws IllegalArgumentException for another word */
        public static Outcome of(String word) {
            for (Outcome outcome : values()) {
                if (outcome.word.equals(word)) {
                    return outcome;
                }
            }
            throw new IllegalArgumentException("no outcome " + word);
        }
    }

    /**
     * A batch.
     *
     * @param stopping whether a stop was asked for
     * @param fault reference of what broke the job off, null where nothing did
     * @param counts of each outcome
     */
    record Batch(
            UUID id,
            int version,
            Order order,
            String former,
            String correct,
            State state,
            boolean stopping,
            @Nullable String fault,
            String orderedBy,
            Instant orderedAt,
            Instant changedAt,
            java.util.Map<Outcome, Integer> counts) {

        public int count(Outcome outcome) {
            return counts.getOrDefault(outcome, 0);
        }

        /** Everything that was found. */
        public int found() {
            return counts.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /**
     * One entry or visit of a batch.
     *
     * @param path where it is read
     * @param signer name of who is to agree, null where nobody needs to
     * @param why it was left out, failed or was kept; null for others
     */
    record Item(
            PatientId patient,
            String path,
            String title,
            String was,
            String becomes,
            Outcome outcome,
            @Nullable String signer,
            @Nullable String why) {}
}
