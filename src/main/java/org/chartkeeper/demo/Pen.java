package org.chartkeeper.demo;

import static org.chartkeeper.chart.Concept.CVX;
import static org.chartkeeper.chart.Concept.ICD10CM;
import static org.chartkeeper.chart.Concept.LOINC;
import static org.chartkeeper.chart.Concept.RXNORM;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Concept.Coding;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.Content.Component;
import org.chartkeeper.chart.Content.Dosage;
import org.chartkeeper.chart.Content.Value;
import org.chartkeeper.chart.EntryCommand;
import org.chartkeeper.chart.EntryCommand.Source;
import org.chartkeeper.chart.EntryCommand.Statement;
import org.chartkeeper.chart.EntryCommand.VersionKind;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PractitionerId;
import org.jspecify.annotations.Nullable;

/**
 * Writes one demo chart in short lines. Entries are collected and go to the record with {@link #post}, or with others of
 * earlier years with {@link #later}; those of earlier years count as authenticated at their source.
 */
class Pen {

    private static final String UNITS_OF_PRESSURE = "mm[Hg]";

    private final Batch batch;
    private final ChartWriter writer;
    private final PatientId patient;
    private final FacilityId facility;
    private final List<EntryCommand> commands = new ArrayList<>();

    private @Nullable EncounterId encounter;
    private boolean arriving;
    private boolean byPatient;
    private PractitionerId author;
    private Instant when;
    private String sourceKind = "import";
    private boolean authenticated = true;
    private String sensitivity = "";

    Pen(Batch batch, ChartWriter writer, PatientId patient, FacilityId facility, PractitionerId author, Instant when) {
        this.batch = batch;
        this.writer = writer;
        this.patient = patient;
        this.facility = facility;
        this.author = author;
        this.when = when;
    }

    /** What follows belongs to this visit, at this moment, stated by this practitioner. */
    Pen at(@Nullable EncounterId visit, Instant moment, PractitionerId statedBy) {
        encounter = visit;
        when = moment;
        author = statedBy;
        return this;
    }

    Pen at(Instant moment) {
        when = moment;
        return this;
    }

    /** What follows waits for its author's signature and was taken from such a source. */
    Pen unsigned(String source) {
        authenticated = false;
        sourceKind = source;
        return this;
    }

    Pen authenticated() {
        authenticated = true;
        sourceKind = "import";
        return this;
    }

    /** What follows is final at its laboratory and for the author to see: it stands on the desk until that is done. */
    Pen arriving() {
        authenticated();
        arriving = true;
        return this;
    }

    /** What follows is as the patient reports it. */
    Pen byPatient() {
        byPatient = true;
        return this;
    }

    Pen byPractitioner() {
        byPatient = false;
        return this;
    }

    Pen labelled(String label) {
        sensitivity = label;
        return this;
    }

    Pen problem(String words, String icd, String title, LocalDate since) {
        add(
                new Content.Condition(
                        false, icd(words, icd, title), "active", "confirmed", null, since.toString(), null, null, null),
                since);
        return this;
    }

    Pen pastProblem(String words, String icd, String title, LocalDate since, LocalDate until) {
        add(
                new Content.Condition(
                        false,
                        icd(words, icd, title),
                        "resolved",
                        "confirmed",
                        null,
                        since.toString(),
                        until.toString(),
                        null,
                        null),
                since);
        return this;
    }

    Pen diagnosis(int rank, String words, String icd, String title) {
        add(new Content.Condition(true, icd(words, icd, title), "active", "confirmed", null, null, null, rank, null));
        return this;
    }

    Pen allergy(String substance, String category, String reaction, String severity, String criticality, int year) {
        add(known(substance, category, reaction, severity, criticality, year, null));
        return this;
    }

    static Content.Allergy known(
            String substance,
            String category,
            String reaction,
            String severity,
            String criticality,
            int year,
            @Nullable String note) {
        return new Content.Allergy(
                "allergy",
                category,
                Concept.of(substance),
                "active",
                "confirmed",
                criticality,
                List.of(new Content.Reaction(reaction, severity)),
                Integer.toString(year),
                note);
    }

    Pen noKnownAllergies() {
        add(new Content.Allergy(
                "none-known",
                null,
                Concept.of("No known allergies"),
                "active",
                "confirmed",
                null,
                List.of(),
                null,
                null));
        return this;
    }

    /** A prescription that runs. */
    EntryId drug(
            String rxcui, String name, String sig, String timing, String indication, int quantity, LocalDate start) {
        return add(
                new Content.MedicationOrder(
                        Concept.of(RXNORM, rxcui, name),
                        "active",
                        new Dosage(sig, null, null, route(name), timing, false, null),
                        Integer.toString(quantity),
                        3,
                        30,
                        indication,
                        start.toString(),
                        start.toString(),
                        null,
                        null,
                        null,
                        null,
                        null),
                start);
    }

    Pen pastDrug(
            @Nullable String rxcui,
            String name,
            String sig,
            String timing,
            String why,
            LocalDate start,
            LocalDate end) {
        add(
                new Content.MedicationOrder(
                        rxcui == null ? Concept.of(name) : Concept.of(RXNORM, rxcui, name),
                        "stopped",
                        new Dosage(sig, null, null, route(name), timing, false, null),
                        "30",
                        0,
                        30,
                        null,
                        start.toString(),
                        start.toString(),
                        end.toString(),
                        why,
                        null,
                        null,
                        null),
                start);
        return this;
    }

    Pen taken(String name, String sig, LocalDate start) {
        add(new Content.MedicationStatement(
                Concept.of(name),
                "active",
                new Dosage(sig, null, null, "oral", "daily", false, null),
                start.toString(),
                null,
                "reported by patient"));
        return this;
    }

    private static String route(String drug) {
        return drug.contains("inhal") ? "inhaled" : "oral";
    }

    Pen pressure(int systolic, int diastolic) {
        add(new Content.Observation(
                "vital-signs",
                Concept.of(LOINC, "85354-9", "Blood pressure"),
                null,
                List.of(
                        new Component(
                                Concept.of(LOINC, "8480-6", "Systolic blood pressure"),
                                number(Integer.toString(systolic), "mmHg", UNITS_OF_PRESSURE),
                                null),
                        new Component(
                                Concept.of(LOINC, "8462-4", "Diastolic blood pressure"),
                                number(Integer.toString(diastolic), "mmHg", UNITS_OF_PRESSURE),
                                null)),
                "final",
                systolic >= 140 ? "H" : null,
                null,
                null,
                null,
                null,
                null,
                "sitting, left arm",
                null,
                null));
        return this;
    }

    Pen vital(String loinc, String name, String value, String unit, String ucum) {
        return observation("vital-signs", loinc, name, value, unit, ucum, null, null);
    }

    Pen lab(String loinc, String name, String value, String unit, String ucum, String range, @Nullable String flag) {
        return observation("laboratory", loinc, name, value, unit, ucum, range, flag);
    }

    Pen finding(String loinc, String name, String text) {
        add(new Content.Observation(
                "social-history",
                Concept.of(LOINC, loinc, name),
                new Value(null, null, null, text, null),
                List.of(),
                "final",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null));
        return this;
    }

    private Pen observation(
            String category,
            String loinc,
            String name,
            String value,
            String unit,
            String ucum,
            @Nullable String range,
            @Nullable String flag) {
        boolean laboratory = category.equals("laboratory");
        add(new Content.Observation(
                category,
                Concept.of(LOINC, loinc, name),
                number(value, unit, ucum),
                List.of(),
                "final",
                flag,
                range,
                laboratory ? "Riverside Hospital Laboratory" : null,
                laboratory ? "blood" : null,
                null,
                null,
                null,
                null,
                null));
        return this;
    }

    EntryId content(Content content) {
        return add(content);
    }

    Pen vaccine(String cvx, String name, String dose) {
        add(new Content.Immunization(
                Concept.of(CVX, cvx, name),
                "completed",
                false,
                null,
                null,
                null,
                "left deltoid",
                "intramuscular",
                null,
                dose,
                null,
                null));
        return this;
    }

    Pen procedure(String name, @Nullable String bodySite, LocalDate day) {
        add(new Content.Procedure(
                Concept.of(name), "completed", day.toString(), null, null, bodySite, null, null, null));
        return this;
    }

    Pen order(String kind, String what, String how, @Nullable String givenBy, @Nullable String takenBy) {
        add(new Content.Order(
                kind,
                Concept.of(what),
                "active",
                how,
                givenBy,
                takenBy,
                how.equals("verbal") || how.equals("telephone") ? Boolean.TRUE : null,
                when.toString(),
                null,
                null));
        return this;
    }

    /** A note; answers its id, so that what was taken from it can say so. */
    EntryId note(String kind, String title, String status, String text) {
        return add(new Content.Note(kind, Concept.of(title), status, text, null));
    }

    /** Leaves what was collected to be written with others. */
    void later() {
        batch.add(commands);
        commands.clear();
    }

    /** Writes what was collected, and before it what was left for later. */
    List<ChartWriter.Written> post() {
        batch.write();
        List<ChartWriter.Written> written = writer.write(commands);
        commands.clear();
        return written;
    }

    private EntryId add(Content content) {
        return add(content, when, "minute");
    }

    private EntryId add(Content content, LocalDate day) {
        return add(content, day.atTime(12, 0).toInstant(ZoneOffset.UTC), "day");
    }

    private EntryId add(Content content, Instant event, String precision) {
        EntryId id = EntryId.next();
        // Nothing is stated before it happens.
        Instant stated = event.isAfter(when) ? event : when;
        commands.add(new EntryCommand(
                VersionKind.ORIGINAL,
                id,
                null,
                patient,
                facility,
                encounter,
                content,
                event,
                precision,
                statement(stated),
                new Source(sourceKind, null, null),
                null,
                sensitivity,
                authenticated));
        return id;
    }

    private Statement statement(Instant stated) {
        if (arriving) {
            return new Statement("outside", null, "Riverside Hospital Laboratory", stated, author);
        }
        // What was signed at its source waits for nobody here.
        PractitionerId signer = authenticated ? null : author;
        return byPatient
                ? new Statement("patient", null, null, stated, signer)
                : new Statement("practitioner", author, null, stated, signer);
    }

    private static Value number(String value, String unit, String ucum) {
        return new Value(value, unit, ucum, null, null);
    }

    private static Concept icd(String words, String code, String title) {
        return new Concept(words, List.of(new Coding(ICD10CM, code, title)));
    }
}
