package org.chartkeeper.chart;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Slice;
import org.jspecify.annotations.Nullable;

/**
 * Reads the record. Every method leaves out what the actor may not see by its sensitivity; access to the chart itself is
 * decided before, by {@link org.chartkeeper.platform.ShowsPatient}. Merged patients are resolved to the survivor.
 */
public interface ChartReader {

    /**
     * All that the summary page shows, in at most five statements whatever the chart's size: every active problem,
     * allergy and drug (never cut), latest values with their trend, last visits.
     */
    Summary summary(Actor actor, PatientId patient);

    /** A section's page, newest event first. */
    Slice<EntryView> entries(Actor actor, PatientId patient, Filter filter, @Nullable String after, int limit);

    Optional<EntryView> entry(Actor actor, PatientId patient, EntryId entry);

    /** Every version, newest first, with differences and signatures; empty where there is no such entry of this patient. */
    List<VersionView> history(Actor actor, PatientId patient, EntryId entry);

    /** What was added to an entry after its signature, by time. */
    List<EntryView> addenda(Actor actor, PatientId patient, EntryId entry);

    /** All entries of a visit, by type and time. */
    List<EntryView> ofEncounter(Actor actor, PatientId patient, EncounterId encounter);

    /** Newest values by LOINC code, for plausibility and prefilled hints. One statement. */
    Map<String, EntryView> latestObservations(Actor actor, PatientId patient, Collection<String> loincCodes);

    /**
     * What an update of a visit stands on, in three statements whatever the chart's size: every listed problem, allergy
     * and drug, all entries of the visit, and the newest values by LOINC code. Who entered a thing is not named.
     */
    Standing standing(Actor actor, PatientId patient, EncounterId encounter, Collection<String> loincCodes);

    /**
     * What a check of a patient's drug orders rests on, in two statements and one for names whatever the chart's size:
     * every listed problem, allergy and drug, orders that are drafts, the diagnoses of the visits of listed orders, and
     * the newest values by LOINC code. Who entered a thing is not named.
     */
    DrugFacts drugFacts(Actor actor, PatientId patient, Collection<String> loincCodes);

    /** What was added, changed, corrected or retracted after a moment, newest first, exactly what the versions say. */
    List<Change> changesSince(Actor actor, PatientId patient, Instant since, int limit);

    /**
     * When the actor last looked at this chart before, and remembers now. Looks within a quarter of an hour of each other
     * are one and give the same answer. Writes in a transaction of its own.
     */
    Optional<Instant> lookedAt(Actor actor, PatientId patient);

    /** Counts per section for the tabs, bounded at 501; one statement. */
    Map<EntryType, Integer> counts(Actor actor, PatientId patient);

    /**
     * What an update stands on.
     *
     * @param listed problems, allergies and drugs that are active, proposed or pending
     * @param ofVisit all entries of the visit, by type and time
     * @param latest newest value by LOINC code
     * @param comments what a clinician said to the entries of the visit that came back
     */
    record Standing(
            List<EntryView> listed,
            List<EntryView> ofVisit,
            Map<String, EntryView> latest,
            Map<EntryId, String> comments) {}

    /**
     * What a check of drug orders rests on.
     *
     * @param entries problems, allergies, drugs and diagnoses of visits, by type and time
     * @param latest newest value by LOINC code
     */
    record DrugFacts(List<EntryView> entries, Map<String, EntryView> latest) {}

    /**
     * What to list.
     *
     * @param types empty for all
     * @param category of observations: vital-signs, laboratory …; null for all
     * @param code of the first coding; null for all
     * @param activeOnly only what is in force and active
     */
    record Filter(
            Set<EntryType> types,
            @Nullable String category,
            @Nullable String code,
            @Nullable EncounterId encounter,
            @Nullable Instant from,
            @Nullable Instant until,
            boolean activeOnly) {

        public static Filter of(EntryType... types) {
            return new Filter(Set.of(types), null, null, null, null, null, false);
        }

        public Filter active() {
            return new Filter(types, category, code, encounter, from, until, true);
        }

        public Filter category(@Nullable String name) {
            return new Filter(types, name, code, encounter, from, until, activeOnly);
        }
    }

    /**
     * The summary page. Drugs hold every active one and every order that is proposed to replace one and not in force yet
     * ({@link EntryView#proposed()}). {@code allergiesAsked}: when allergies were last reviewed by
     * a clinician, null where never asked.
     */
    record Summary(
            List<EntryView> problems,
            List<EntryView> allergies,
            List<EntryView> medications,
            List<Trend> values,
            List<EncounterView> visits,
            @Nullable Instant allergiesAsked) {}

    /** A value with its course, oldest first; at most 12 points. */
    record Trend(String code, String label, EntryView latest, List<Point> points) {

        /** A point of a trend. {@code second}: the diastolic of a pressure, null for a single value. */
        public record Point(
                Instant at, double value, @Nullable Double second) {

            public Point(Instant at, double value) {
                this(at, value, null);
            }
        }
    }

    /**
     * A change of the record.
     *
     * @param kind added, revised, updated, replaced, corrected, entered in error; while it waits for its signature
     *     stop pending, change pending, correction pending, resolve pending, refute pending, retract pending; signed, returned, not mine,
     *     refused, withdrawn
     * @param differences field by field, empty for an added one
     */
    record Change(
            EntryId entry,
            EntryType type,
            int version,
            String kind,
            String title,
            List<VersionView.Difference> differences,
            String statedBy,
            String enteredBy,
            Instant enteredAt,
            String sourceKind,
            String signature,
            @Nullable String reason) {}
}
