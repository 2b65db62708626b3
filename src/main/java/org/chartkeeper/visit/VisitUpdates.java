package org.chartkeeper.visit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.chartkeeper.access.Directory;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.DepartmentId;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Slice;
import org.chartkeeper.platform.UserId;
import org.jspecify.annotations.Nullable;

/** Updating the chart after a visit: the worklist, the update itself, its draft and its posting. */
public interface VisitUpdates {

    /**
     * Opens the update of a visit that ended. None is due for an imported visit, nor for one that did not take place; a
     * repeat changes nothing. Joins the caller's transaction.
     */
    void visitEnded(PatientId patient, EncounterId visit);

    /** A page of the worklist, by due time; those without a clock come last. */
    Slice<Work> list(Actor actor, Filter filter, @Nullable String after, int limit);

    /** How many there are of each kind at the facilities of the filter; one statement. */
    Counts counts(Actor actor, Filter filter);

    /**
     * Takes an update; nobody else can hold it until it is given back. A repeat by the holder changes nothing.
     *
     * @throws org.chartkeeper.platform.Rejected where somebody else holds it or it is posted
     */
    void claim(PatientId patient, EncounterId visit);

    /** Gives it back to the list; what was typed stays as the draft of who typed it. */
    void giveBack(PatientId patient, EncounterId visit);

    /** Gives it to another person, whoever holds it; for supervisors. */
    void reassign(PatientId patient, EncounterId visit, UserId to);

    /**
     * All that the page of an update shows.
     *
     * @param typed what was typed, null to take the draft or, without one, to begin afresh
     */
    View view(PatientId patient, EncounterId visit, @Nullable UpdateSheet typed);

    /** The newest note of another visit, to enter from or to compare with. */
    Optional<SourceText> lastNote(PatientId patient, EncounterId visit);

    /**
     * Keeps what was typed as the actor's draft and takes the update where nobody holds it.
     *
     * @throws UpdateConflict where somebody else holds or has posted it
     * @throws org.chartkeeper.platform.Rejected where another window of the actor has kept it since this one read it
     */
    Draft keep(PatientId patient, EncounterId visit, UpdateSheet typed);

    /**
     * Posts in one transaction: entries and versions through the one writer, attributed to who stated and who entered
     * them, item states, questions to the clinician.
     *
     * @param version of the update as it was read
     * @param key makes a repeated submit give the first answer again
     * @throws org.chartkeeper.platform.Rejected where something is impossible, missing, or unlikely and not accepted
     * @throws UpdateConflict where the update or an entry has moved on since
     */
    Posted post(PatientId patient, EncounterId visit, int version, String key, UpdateSheet typed);

    /** The next one of my list after this: mine before unclaimed ones, by due time. */
    Optional<Work> next(Actor actor, EncounterId after);

    /** Questions that wait for this practitioner's answer, oldest first. */
    List<Question> questions(Actor actor, int limit);

    /**
     * The clinician's own answer to a question; "no change" and "does not apply" become the item's state, words send the
     * update back to who posted it.
     *
     * @param answer no change, does not apply, words
     * @param text the clinician's words; needed for words
     */
    void answer(Actor actor, PatientId patient, UUID question, String answer, String text);

    /**
     * What the worklist shows.
     *
     * @param whose mine-and-unclaimed, mine, unclaimed, all
     * @param state a word of the glossary, null for every one that is not posted
     * @param ageDays ended at least so many days ago, null for any
     */
    record Filter(
            String whose,
            boolean overdue,
            @Nullable FacilityId facility,
            @Nullable DepartmentId department,
            @Nullable PractitionerId clinician,
            @Nullable String state,
            @Nullable Integer ageDays) {

        public static Filter mineAndUnclaimed(@Nullable FacilityId facility) {
            return new Filter("mine-and-unclaimed", false, facility, null, null, null, null);
        }
    }

    /** Bounded at 501 each. */
    record Counts(int waiting, int mine, int mineAndUnclaimed, int overdue) {}

    /**
     * A line of the worklist.
     *
     * @param state waiting for documentation, to do, draft, posted, returned
     * @param leftAs cancelled or the like, null where the visit took place
     * @param source what there is to enter from: "Dictation"; null where nothing is there yet
     * @param ownerName as shown, null where nobody holds it
     */
    record Work(
            UUID id,
            PatientId patient,
            EncounterId visit,
            FacilityId facility,
            @Nullable DepartmentId department,
            String klass,
            String kind,
            @Nullable String reason,
            @Nullable String accountNumber,
            @Nullable PractitionerId attending,
            @Nullable String attendingName,
            Instant started,
            Instant ended,
            String state,
            @Nullable String leftAs,
            @Nullable String source,
            @Nullable Instant sourceAt,
            @Nullable Instant due,
            @Nullable UserId owner,
            @Nullable String ownerName,
            @Nullable Instant draftAt,
            @Nullable Instant postedAt,
            @Nullable String postedBy,
            int version) {}

    /**
     * The page of an update.
     *
     * @param heldByOther somebody else holds it: nothing can be typed
     * @param resumed when the draft that is shown was kept, null where it begins afresh
     * @param draft number of the actor's draft as it was kept last, 0 without one
     * @param since what changed in the chart since the draft began, in words
     * @param listed active problems, allergies and drugs, those with a pending change too
     * @param written entries of the visit that are neither its sources nor retracted
     * @param returned entries of the visit that came back, with what the clinician said
     */
    record View(
            Work work,
            UpdateSheet sheet,
            boolean heldByOther,
            @Nullable Instant resumed,
            int draft,
            List<String> since,
            List<SourceText> sources,
            List<Item> items,
            List<EntryView> listed,
            List<EntryView> written,
            Map<EntryId, String> returned,
            Map<String, EntryView> latest,
            boolean child,
            List<Directory.Practitioner> clinicians,
            Checks checks,
            List<Question> questions) {}

    /** What there is to enter from. {@code kind}: as {@code said.from} takes it. */
    record SourceText(
            EntryId entry,
            String title,
            String statedBy,
            @Nullable PractitionerId practitioner,
            Instant statedAt,
            String status,
            String kind,
            String text) {}

    /**
     * An item of the checklist as it stands with what is typed.
     *
     * @param state updated, no change, not documented, does not apply; null where it is open
     * @param number of what is typed in it
     * @param asked whether the clinician has been asked
     */
    record Item(UpdateItem item, String label, @Nullable String state, int number, boolean asked) {}

    /**
     * What the checks say to what is typed.
     *
     * @param echoes by field: the value in another unit, the title of a code
     * @param preview what posting will do, in words: "Posts 4 new, 1 stop pending, to Dr. A. Okafor"
     */
    record Checks(List<Finding> findings, Map<String, String> echoes, String preview) {

        /** Findings of a field. */
        public List<Finding> of(String field) {
            return findings.stream().filter(each -> each.field().equals(field)).toList();
        }
    }

    /**
     * A finding of a check.
     *
     * @param rule id of the rule: VS-03
     * @param warning unlikely: may be accepted with a reason; else impossible
     * @param repair what the field should probably read, null where there is no repair
     * @param repairLabel "Pounds meant?"; null without repair
     * @param accepted a warning that was accepted as typed
     */
    record Finding(
            String rule,
            String field,
            String message,
            boolean warning,
            @Nullable String repair,
            @Nullable String repairLabel,
            boolean accepted) {}

    /** A draft that was kept. */
    record Draft(Instant savedAt, int number, View view) {}

    /**
     * What was posted.
     *
     * @param words "4 new, 1 stop pending, to Dr. A. Okafor"
     */
    record Posted(List<EntryId> entries, int pending, Set<String> signers, String words) {}

    /** A question to a clinician about an item that the documentation does not tell. */
    record Question(
            UUID id,
            PatientId patient,
            EncounterId visit,
            UpdateItem item,
            String label,
            PractitionerId asked,
            Instant askedAt,
            String askedBy,
            String visitLabel,
            @Nullable String answer,
            @Nullable String answerText,
            @Nullable Instant answeredAt) {}
}
