package org.chartkeeper.coding;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PractitionerId;
import org.jspecify.annotations.Nullable;

/**
 * Queries to clinicians. An answer amends the record: it is an addendum to the note that the query names, or a note of its
 * own, in the clinician's words and signed; query and answer are kept beside it.
 */
public interface CodingQueries {

    /**
     * Sends a query; its case waits from then on.
     *
     * @param key of the form, which sends one query however often it comes
     * @throws org.chartkeeper.platform.Rejected with every rule that it breaks, by field
     */
    UUID send(Actor actor, UUID coded, PatientId patient, int version, Draft draft, String key);

    /** Takes a query back that is not answered; the reason stays. */
    void withdraw(Actor actor, UUID query, PatientId patient, String reason);

    /**
     * Passes a query on that was not answered in time, to another clinician who knows the patient or is answerable for
     * the documentation; a supervisor's step. The clock begins anew, the question stays as it was asked.
     *
     * @throws org.chartkeeper.platform.Rejected where it is not overdue, or nobody else is named
     */
    void escalate(Actor actor, UUID query, PatientId patient, @Nullable PractitionerId to, String reason);

    /**
     * Of a query that waits for this clinician and is not his or hers to answer: to another clinician, with its clock anew,
     * or back to the coder where nobody is named.
     *
     * @throws org.chartkeeper.platform.Rejected where it does not wait for the actor or no reason is given
     */
    void notMine(Actor actor, UUID query, PatientId patient, @Nullable PractitionerId to, String reason);

    /** Of the facility, what was due and is not answered, the longest overdue first. */
    List<Query> overdue(Actor actor, @Nullable FacilityId facility, int limit);

    /**
     * Answers a query that waits for this clinician and signs the answer. The password was confirmed before.
     *
     * @param option an option of the query, other, or unable to determine; blank for an open one
     * @throws org.chartkeeper.platform.Rejected where the answer says nothing or the query does not wait for the actor
     */
    EntryId answer(Actor actor, UUID query, PatientId patient, String option, String words, String key);

    /** Empty where there is none that the actor may see. */
    Optional<Query> find(Actor actor, UUID query);

    /** Of a case, the newest first. */
    List<Query> of(UUID coded);

    /** What waits for this clinician, the oldest first. */
    List<Query> waiting(Actor actor, int limit);

    /** Of the facility, those that wait first, the longest overdue before others. */
    List<Query> list(Actor actor, @Nullable FacilityId facility, boolean open, int limit);

    /** Figures over queries that were asked in a period, both days included. */
    Figures figures(Actor actor, @Nullable FacilityId facility, LocalDate from, LocalDate to);

    /**
     * A query as typed.
     *
     * @param form choice, yes-no, open
     * @param purpose new, documented, poa, link
     * @param indicators chosen sentences
     * @param relevance why words of another visit matter now
     * @param verbal whether it was asked by word of mouth and is recorded here
     */
    record Draft(
            PractitionerId to,
            @Nullable EntryId note,
            String form,
            String purpose,
            String title,
            String question,
            List<String> options,
            List<CodeEdit.Words> indicators,
            String relevance,
            boolean verbal) {}

    /**
     * A query.
     *
     * @param state sent, answered, withdrawn, returned
     * @param kind concurrent, retrospective, after bill
     * @param escalated when it was passed on because it was overdue, null where it was not
     * @param outcome codes changed, codes unchanged; null until the case is final
     * @param withdrawn why it was taken back by the coder or sent back by the clinician
     */
    record Query(
            UUID id,
            UUID coded,
            PatientId patient,
            FacilityId facility,
            @Nullable EntryId note,
            PractitionerId to,
            String toName,
            String kind,
            String form,
            String purpose,
            String title,
            String question,
            List<String> options,
            List<Shown> indicators,
            boolean verbal,
            String askedBy,
            Instant askedAt,
            Instant due,
            @Nullable Instant escalated,
            String state,
            @Nullable String chosen,
            @Nullable String answer,
            @Nullable Instant answeredAt,
            @Nullable EntryId answerEntry,
            @Nullable String outcome,
            @Nullable String withdrawn) {}

    /** An indicator as it stood when the query was sent. */
    record Shown(
            EntryId entry,
            String quote,
            String label,
            @Nullable String relevance) {}

    /**
     * How queries went that were sent in a period: each is answered, waits, or came to nothing.
     *
     * @param undone taken back or sent back without an answer
     * @param overdue waiting after they were due, whenever they were sent
     * @param inTime answered before they were due
     * @param determined answered with more than "unable to determine"
     * @param hours median from question to answer; null where none was answered
     */
    record Figures(
            int sent,
            int answered,
            int inTime,
            int determined,
            int changed,
            int waiting,
            int undone,
            int overdue,
            @Nullable Integer hours) {}
}
