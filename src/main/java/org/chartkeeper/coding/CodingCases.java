package org.chartkeeper.coding;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.chartkeeper.access.Directory;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Slice;
import org.chartkeeper.platform.UserId;
import org.chartkeeper.terminology.CodeSystem;
import org.jspecify.annotations.Nullable;

/**
 * Coding cases: what is coded of one or more visits. A case opens with a hospital stay for concurrent coding, or when the
 * visit ends, which is when it becomes due. Cases of visits or patients that the actor may not see are as if not there.
 */
public interface CodingCases {

    /** Cases that are not final, the most urgent and longest waiting first; with {@link Filter#state} any state. */
    Slice<Work> list(Actor actor, Filter filter, @Nullable String after, int limit);

    /** Bounded at 501; one statement. */
    Counts counts(Actor actor, @Nullable FacilityId facility);

    Optional<Work> find(Actor actor, UUID id);

    /** The cases of a visit, the facility's first; empty where it has none that the actor may see. */
    List<Work> ofVisit(Actor actor, EncounterId visit);

    /** The next of the list after this case that the actor can work on, from its top where none follows. */
    Optional<Work> next(Actor actor, Filter filter, Work after);

    /** Who holds open cases at the actor's facilities. */
    Set<UserId> owners(Actor actor);

    /**
     * All that the workbench shows; empty where there is no such case for this actor, and for the first codes of a case
     * that the actor is to review without having seen them.
     */
    Optional<Desk> desk(Actor actor, UUID id, Book book);

    /** The same with the case's place in a list. */
    Optional<Desk> desk(Actor actor, UUID id, Book book, Filter list);

    /** Whether the actor codes this case a second time, or may be the one who does, and has not compared it yet. */
    boolean blind(Actor actor, UUID id);

    /**
     * Changes the codes of a case, checks nothing but what must be: findings come with the next look.
     *
     * @param patient whose case the form said it is
     * @param key of the form, which is done once; empty where nothing is repeated
     * @throws org.chartkeeper.platform.Stale where the case has moved on since
     * @throws org.chartkeeper.platform.Rejected where the edit cannot be
     */
    void edit(Actor actor, UUID id, PatientId patient, int version, Book book, CodeEdit edit, String key);

    /**
     * Moves a case on.
     *
     * @param key of the form, which is done once; empty where nothing is repeated
     * @throws org.chartkeeper.platform.Stale where the case has moved on since
     * @throws org.chartkeeper.platform.Rejected with everything that stands against it
     */
    void step(Actor actor, UUID id, PatientId patient, int version, CaseStep step, String key);

    /** What happened to a case, newest first: steps and changes of codes; not for whoever reviews it blind. */
    List<Happened> history(Actor actor, UUID id);

    /**
     * What an edit meets that came too late: what happened since its form was loaded and, per field, what stood then, what
     * stands now and what it asks for. Nothing is changed by asking.
     *
     * @param since the version that the form was loaded with
     * @param edit null for a step of the case, whose fields the page has
     */
    Late late(Actor actor, Desk desk, Book book, int since, @Nullable CodeEdit edit);

    /** Other open cases of the patient whose services this one may take in. */
    List<Work> combinable(Actor actor, Work work);

    /**
     * What to list.
     *
     * @param whose mine-and-unclaimed, mine, unclaimed, all, or the id of whoever holds them
     * @param facility null for all of the actor's
     * @param state a state; null for what is not final
     * @param age whole days since the discharge, at least; null for any
     * @param held true for what cannot be coded, false for what can; null for both
     * @param hold why it is held; null for any
     * @param kind facility, professional, series; null for any
     * @param payer who pays; null for any
     * @param priority at least; null for any
     */
    record Filter(
            String whose,
            @Nullable FacilityId facility,
            @Nullable String state,
            @Nullable String klass,
            @Nullable Integer age,
            @Nullable Boolean held,
            @Nullable String hold,
            @Nullable String kind,
            @Nullable String payer,
            @Nullable Integer priority) {

        public static Filter mineAndUnclaimed(@Nullable FacilityId facility) {
            return new Filter("mine-and-unclaimed", facility, null, null, null, null, null, null, null, null);
        }
    }

    /**
     * How much waits.
     *
     * @param waiting discharged, not final coded: what can be coded, is in second review and is held
     * @param can of these can be coded
     * @param review of these are in second review
     * @param held of these are held
     * @param late discharged more than three days ago and not final coded
     * @param holds why the held ones are held, with how many each
     * @param inHouse stays that last, coded concurrently
     * @param inHouseHeld of these are held
     */
    record Counts(
            int waiting,
            int mine,
            int mineAndUnclaimed,
            int can,
            int review,
            int held,
            int late,
            Map<String, Integer> holds,
            int inHouse,
            int inHouseHeld) {}

    /**
     * A place in a list.
     *
     * @param at from 1
     * @param of how many there are, at most 501
     */
    record Place(
            int at, int of, @Nullable UUID before, @Nullable UUID after) {}

    /**
     * A case.
     *
     * @param kind facility, professional, series
     * @param ended discharge or end of service; null while the patient is in house
     * @param state not coded, in progress, held, query pending, second review, final coded, reopened, combined
     * @param hold why it is held, null where it is not
     * @param reopened before bill, after bill; null where it never was final
     */
    record Work(
            UUID id,
            PatientId patient,
            FacilityId facility,
            String kind,
            String klass,
            String payer,
            @Nullable LocalDate month,
            @Nullable PractitionerId attending,
            @Nullable String attendingName,
            @Nullable String account,
            @Nullable String reason,
            Instant started,
            @Nullable Instant ended,
            @Nullable String disposition,
            String state,
            @Nullable String hold,
            @Nullable String holdNote,
            int priority,
            @Nullable UserId owner,
            @Nullable UserId coder,
            @Nullable UserId finalBy,
            @Nullable Instant finalAt,
            @Nullable String reopened,
            int version,
            List<EncounterId> visits) {

        public boolean open() {
            return !state.equals("final coded") && !state.equals("combined");
        }

        /** The class of the visit as pages say it. */
        public String visitClass() {
            return switch (klass) {
                case "inpatient" -> "Inpatient";
                case "observation" -> "Observation";
                case "emergency" -> "Emergency";
                case "ambulatory" -> "Outpatient";
                default -> klass;
            };
        }
    }

    /**
     * The workbench.
     *
     * @param mayWork whether the actor may change something, by role, owner and state
     * @param edition which releases speak for the case
     * @param suggestions what the visit's own text and entries suggest, never added by itself
     * @param reviewed whether a second review was compared with it
     * @param people who may have performed what is coded: the practitioners of the facility
     * @param stops what stands against finalizing, in words; empty where nothing does
     * @param place in the list that it was opened from; null where it is not among the first 500 of one
     */
    record Desk(
            Work work,
            boolean mayWork,
            @Nullable String ownerName,
            boolean poa,
            String edition,
            List<Line> diagnoses,
            List<Line> procedures,
            List<Told> findings,
            List<Suggestion> suggestions,
            List<Source> sources,
            List<Stop> stops,
            boolean reviewed,
            List<Directory.Practitioner> people,
            CodingCase facts,
            @Nullable Place place) {

        public List<Told> of(Line line) {
            return findings.stream()
                    .filter(told -> line.id().equals(told.line()))
                    .toList();
        }

        public List<Told> ofCase() {
            return findings.stream().filter(told -> told.line() == null).toList();
        }

        public long open(Severity severity) {
            return findings.stream()
                    .filter(told -> told.answer() == null && told.finding().severity() == severity)
                    .count();
        }
    }

    /**
     * What stands against finalizing.
     *
     * @param line whose code it is about, null for the whole case
     * @param hard whether it is a hard stop, over which a supervisor may go
     */
    record Stop(String words, @Nullable UUID line, boolean hard) {}

    /**
     * A code of the case.
     *
     * @param number its place in its section, from 1
     * @param poa Y, N, U, W, E (exempt); null where not said
     * @param toReview why it is to be looked at again, null where it stands
     * @param unsupported why it has no evidence
     * @param exempt whether it is exempt from present on admission
     * @param weight CC or MCC for information, empty for neither
     * @param closer more specific codes and the words that would choose between them
     */
    record Line(
            UUID id,
            int number,
            CodeSystem system,
            String code,
            String display,
            @Nullable String role,
            @Nullable String poa,
            @Nullable LocalDate on,
            @Nullable PractitionerId performer,
            @Nullable String performerName,
            List<String> modifiers,
            @Nullable BigDecimal units,
            List<Integer> pointers,
            @Nullable String toReview,
            @Nullable String unsupported,
            String origin,
            List<Linked> evidence,
            boolean exempt,
            String weight,
            List<Closer> closer) {

        public boolean supported() {
            return !evidence.isEmpty() || unsupported != null;
        }
    }

    /**
     * What a code rests on.
     *
     * @param label what a person would call the document, with who stated it
     * @param signed whether it is signed and final
     */
    record Linked(UUID id, EntryId entry, int version, String label, String quote, boolean signed) {}

    /**
     * A more specific code.
     *
     * @param words what its title says that the other's does not
     * @param billable whether it may be reported; else it is a heading to choose below
     */
    record Closer(String code, String display, String words, boolean billable) {}

    /**
     * A finding.
     *
     * @param key names exactly this finding of the case
     * @param line null where it is about the whole case or a prescription
     * @param answer why it was overridden, null where it is open
     */
    record Told(
            String key,
            Finding finding,
            @Nullable UUID line,
            @Nullable String answer,
            @Nullable String answeredBy) {}

    /** A code that words of the visit suggest. */
    record Suggestion(
            CodeSystem system, String code, String display, CodeEdit.Words words, String quote, String label) {}

    /**
     * A document or a list of data of the visit.
     *
     * @param label what a person would call it
     * @param stated who stated it
     * @param signature a word for its signature
     * @param sentences as they stand, each of which a code can be linked to
     */
    record Source(
            EntryId entry,
            int version,
            String label,
            String stated,
            Instant at,
            String signature,
            boolean note,
            List<Sentence> sentences) {}

    /**
     * A sentence or a datum.
     *
     * @param key entry, version and number: {@code 0198…-1-4}
     * @param first whether a paragraph begins with it
     */
    record Sentence(String key, String text, boolean first) {}

    /** What happened since a version of a case, newest first, and the fields at issue. */
    record Late(List<Happened> happened, List<Differing> fields) {}

    /** A field as it stood, as others left it and as it was asked for, in words of pages; null for nothing. */
    record Differing(
            String name,
            String label,
            @Nullable String base,
            @Nullable String theirs,
            @Nullable String mine) {}

    /** A step of a case or a change of its codes. */
    record Happened(
            Instant at, String by, String what, @Nullable String reason) {}
}
