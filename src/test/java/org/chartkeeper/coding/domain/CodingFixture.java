package org.chartkeeper.coding.domain;

import static org.chartkeeper.patient.PatientFixture.aPatient;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.ChartWriter.Written;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EncounterView.Participant;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.chart.Encounters.NewEncounter;
import org.chartkeeper.chart.EntryCommand;
import org.chartkeeper.chart.EntryCommand.Source;
import org.chartkeeper.chart.EntryCommand.Statement;
import org.chartkeeper.chart.EntryCommand.VersionKind;
import org.chartkeeper.chart.Signing;
import org.chartkeeper.coding.Book;
import org.chartkeeper.coding.CaseStep;
import org.chartkeeper.coding.CodeEdit;
import org.chartkeeper.coding.CodingCases;
import org.chartkeeper.coding.CodingCases.Desk;
import org.chartkeeper.coding.CodingCases.Line;
import org.chartkeeper.coding.CodingCases.Work;
import org.chartkeeper.patient.Registrations;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PractitionerId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A hospital with two coders, a supervisor and a clinician, and visits there to be coded. */
class CodingFixture {

    static final String PASSWORD = "eleven quiet otters nap";
    static final String NOTE = """
            Cough with more sputum for five days. Temperature 98.9. Creatinine 2.4, was 1.0 in May.

            Assessment: COPD with acute exacerbation. High blood pressure, at goal.

            Plan: doxycycline for 7 days.""";
    static final ZoneId ZONE = ZoneId.of("America/New_York");

    private static @Nullable Place place;

    final Place here;
    final CodingCases cases;
    final JdbcClient jdbc;
    private final Registrations registrations;
    private final Encounters encounters;
    private final ChartWriter writer;
    private final Signing signing;
    private final CurrentActor actors;
    private final Instant yesterday;
    private final TransactionTemplate transaction;

    /** Who and where; made once for all tests of a database. */
    record Place(
            FacilityId facility,
            PractitionerId okafor,
            PractitionerId brandt,
            String coder,
            String colleague,
            String supervisor,
            String clinician,
            String otherClinician,
            String specialist) {}

    CodingFixture(
            Provisioning provisioning,
            Registrations registrations,
            Encounters encounters,
            ChartWriter writer,
            Signing signing,
            CodingCases cases,
            CurrentActor actors,
            Clock clock,
            JdbcClient jdbc,
            PlatformTransactionManager transactions) {
        this.registrations = registrations;
        this.encounters = encounters;
        this.writer = writer;
        this.signing = signing;
        this.cases = cases;
        this.actors = actors;
        this.yesterday = clock.instant()
                .minus(36, ChronoUnit.HOURS)
                .atZone(ZONE)
                .with(LocalTime.NOON)
                .toInstant();
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.here = place(provisioning);
        review(0);
    }

    private static synchronized Place place(Provisioning provisioning) {
        Place known = place;
        if (known == null) {
            known = build(provisioning);
            place = known;
        }
        return known;
    }

    private static Place build(Provisioning provisioning) {
        String tag = UUID.randomUUID().toString().substring(0, 6);
        FacilityId facility =
                provisioning.createFacility("C" + tag.toUpperCase(Locale.ROOT), "Coding Test Hospital", ZONE, false);
        PractitionerId okafor =
                provisioning.createPractitioner("Okafor", "Adaeze", "Dr.", "1234567893", "physician", Set.of(facility));
        PractitionerId brandt =
                provisioning.createPractitioner("Brandt", "Lena", "Dr.", null, "physician", Set.of(facility));
        provisioning.createUser("coder." + tag, "T. Ahn", PASSWORD, Map.of(facility, Set.of("coder")), null);
        provisioning.createUser("second." + tag, "M. Roy", PASSWORD, Map.of(facility, Set.of("coder")), null);
        provisioning.createUser("lead." + tag, "B. Ortiz", PASSWORD, Map.of(facility, Set.of("supervisor")), null);
        provisioning.createUser(
                "doctor." + tag, "Dr. A. Okafor", PASSWORD, Map.of(facility, Set.of("clinician")), okafor);
        PractitionerId sato =
                provisioning.createPractitioner("Sato", "Vera", "Dr.", null, "physician", Set.of(facility));
        provisioning.createUser("locum." + tag, "Dr. V. Sato", PASSWORD, Map.of(facility, Set.of("clinician")), sato);
        provisioning.createUser(
                "desk." + tag, "D. Reyes", PASSWORD, Map.of(facility, Set.of("records-specialist")), null);
        return new Place(
                facility,
                okafor,
                brandt,
                "coder." + tag,
                "second." + tag,
                "lead." + tag,
                "doctor." + tag,
                "locum." + tag,
                "desk." + tag);
    }

    /** So many in a hundred of the cases here are coded a second time. */
    void review(int percent) {
        jdbc.sql("""
                INSERT INTO coding_policy (facility_id, review_percent) VALUES (:id, :percent)
                ON CONFLICT (facility_id) DO UPDATE SET review_percent = excluded.review_percent
                """)
                .param("id", here.facility().value())
                .param("percent", percent)
                .update();
    }

    void facilityType(String type) {
        jdbc.sql("UPDATE coding_policy SET facility_type = :type WHERE facility_id = :id")
                .param("type", type)
                .param("id", here.facility().value())
                .update();
    }

    PatientId patrick() {
        return aPatient()
                .named("Patrick", "Brennan")
                .bornOn("1959-04-17")
                .registeredAt(here.facility(), registrations, actors);
    }

    <T> T system(Supplier<T> work) {
        return actors.asSystem(here.facility(), () -> transaction.execute(status -> work.get()));
    }

    /** In a transaction of whoever is signed in. */
    <T> T read(Supplier<T> work) {
        return java.util.Objects.requireNonNull(transaction.execute(status -> work.get()));
    }

    /** As somebody who is signed in. */
    <T> T as(String login, Function<Actor, T> work) {
        SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken(login, null, "ROLE_USER"));
        try {
            return work.apply(actors.get());
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    /**
     * More than a day ago and less than two, at noon where the hospital is: an hour more or less is the same day and month
     * there and in UTC, whenever the tests run.
     */
    Instant yesterday() {
        return yesterday;
    }

    /** A visit of an hour, or a stay of three days, that ended or is to end yesterday. */
    EncounterId visit(PatientId patient, String klass, String status) {
        Instant end = yesterday();
        return visit(
                patient,
                klass,
                end.minus(klass.equals("inpatient") ? 72 : 1, ChronoUnit.HOURS),
                status.equals("finished") ? end : null);
    }

    /** @param end null while it lasts */
    EncounterId visit(PatientId patient, String klass, Instant start, @Nullable Instant end) {
        return visit(patient, klass, start, end, null);
    }

    /** @param series the account of a series; null where the visit is of none */
    EncounterId visit(PatientId patient, String klass, Instant start, @Nullable Instant end, @Nullable String series) {
        return system(() -> encounters.open(new NewEncounter(
                patient,
                here.facility(),
                null,
                klass,
                end == null ? "in progress" : "finished",
                "Visit",
                "Cough",
                start,
                end,
                here.okafor(),
                null,
                "7731-204",
                null,
                end == null ? null : "01 home",
                false,
                List.of(new Participant(here.okafor(), "Dr. A. Okafor", "attending")),
                null,
                new Encounters.Details(null, null, series, null, null, null, false, List.of()))));
    }

    /** A visit of a series of treatments that is billed by the month. */
    EncounterId series(PatientId patient) {
        Instant end = yesterday();
        return system(() -> encounters.open(new NewEncounter(
                patient,
                here.facility(),
                null,
                "ambulatory",
                "finished",
                "Visit",
                "Therapy",
                end.minus(1, ChronoUnit.HOURS),
                end,
                here.okafor(),
                null,
                null,
                null,
                null,
                false,
                List.of(new Participant(here.okafor(), "Dr. A. Okafor", "attending")),
                null,
                new Encounters.Details(null, null, "S-4711", null, null, null, false, List.of()))));
    }

    void moveTo(PatientId patient, EncounterId visit, String status) {
        system(() -> {
            int version = encounters.find(patient, visit).orElseThrow().version();
            encounters.moveTo(patient, visit, version, status, yesterday(), null);
            return "";
        });
    }

    /** A note of the clinician, signed. */
    Written note(PatientId patient, EncounterId visit, String text) {
        Written written = draft(patient, visit, text);
        sign(patient, written);
        return written;
    }

    Written draft(PatientId patient, EncounterId visit, String text) {
        return system(() -> writer.write(List.of(command(VersionKind.ORIGINAL, null, null, patient, visit, text))))
                .get(0);
    }

    void sign(PatientId patient, Written written) {
        as(
                here.clinician(),
                actor -> transaction.execute(status -> {
                    signing.sign(
                            actor,
                            List.of(new Signing.VersionRef(
                                    patient, written.entry(), written.version(), written.hash())),
                            "author");
                    return "";
                }));
    }

    /** The clinician corrects a signed note. */
    void correct(PatientId patient, EncounterId visit, Written note, String text) {
        as(
                here.clinician(),
                actor -> transaction.execute(status -> {
                    Written corrected = writer.write(List.of(command(
                                    VersionKind.CORRECTION, note, "It was the other side.", patient, visit, text)))
                            .get(0);
                    signing.sign(
                            actor,
                            List.of(new Signing.VersionRef(
                                    patient, corrected.entry(), corrected.version(), corrected.hash())),
                            "author");
                    return "";
                }));
    }

    /** A note of the clinician with a label of sensitivity, signed. */
    Written labelled(PatientId patient, EncounterId visit, String text, String label) {
        Written written = system(() ->
                        writer.write(List.of(command(VersionKind.ORIGINAL, null, null, patient, visit, text, label))))
                .get(0);
        sign(patient, written);
        return written;
    }

    /** The clinician corrects a signed note and puts a label on it. */
    void relabel(PatientId patient, EncounterId visit, Written note, String text, String label) {
        Written corrected = system(() -> writer.write(List.of(
                        command(VersionKind.CORRECTION, note, "It is of the program.", patient, visit, text, label))))
                .get(0);
        sign(patient, corrected);
    }

    /** A correction of a signed note that waits for its signature. */
    Written correction(PatientId patient, EncounterId visit, Written note, String text) {
        return system(() -> writer.write(
                        List.of(command(VersionKind.CORRECTION, note, "It was the other side.", patient, visit, text))))
                .get(0);
    }

    /** The clinician says that it never was so. */
    void refuse(PatientId patient, Written written) {
        as(
                here.clinician(),
                actor -> transaction.execute(status -> {
                    signing.refuse(
                            actor,
                            new Signing.VersionRef(patient, written.entry(), written.version(), written.hash()),
                            "I never said this.");
                    return "";
                }));
    }

    /** Nobody sees the chart who is not let in by name. */
    void restrict(PatientId patient) {
        jdbc.sql("""
                INSERT INTO patient_restriction (id, patient_id, reason, stated_by, since)
                VALUES (:id, :patient, 'test', :by, now())
                """)
                .param("id", UUID.randomUUID())
                .param("patient", patient.value())
                .param("by", Actor.SYSTEM_USER.value())
                .update();
    }

    /** An order of the clinician, signed. */
    Written order(PatientId patient, EncounterId visit, String drug, String sig, String quantity, int days) {
        return order(patient, visit, drug, org.chartkeeper.chart.Sig.read(sig, null), quantity, days);
    }

    Written order(PatientId patient, EncounterId visit, String drug, Content.Dosage dosage, String quantity, int days) {
        Content.MedicationOrder content = new Content.MedicationOrder(
                Concept.of(drug),
                "active",
                dosage,
                quantity,
                0,
                days,
                null,
                yesterday().toString().substring(0, 10),
                null,
                null,
                null,
                null,
                "Dr. A. Okafor",
                null);
        Written written = write(patient, visit, content);
        sign(patient, written);
        return written;
    }

    void allergy(PatientId patient, EncounterId visit, String substance) {
        allergy(patient, visit, substance, "");
    }

    /** With a label of sensitivity. */
    void allergy(PatientId patient, EncounterId visit, String substance, String label) {
        write(
                patient,
                visit,
                new Content.Allergy(
                        "allergy",
                        "medication",
                        Concept.of(substance),
                        "active",
                        "confirmed",
                        null,
                        List.of(new Content.Reaction("hives", null)),
                        null,
                        null),
                label);
    }

    Written write(PatientId patient, EncounterId visit, Content content) {
        return write(patient, visit, content, "");
    }

    private Written write(PatientId patient, EncounterId visit, Content content, String label) {
        return system(() -> writer.write(List.of(new EntryCommand(
                        VersionKind.ORIGINAL,
                        null,
                        null,
                        patient,
                        here.facility(),
                        visit,
                        content,
                        yesterday(),
                        "minute",
                        new Statement("practitioner", here.okafor(), null, yesterday(), null),
                        new Source("direct", null, null),
                        null,
                        label,
                        false))))
                .get(0);
    }

    /** So many values of the visit, the first of them out of range. */
    void values(PatientId patient, EncounterId visit, int count) {
        List<EntryCommand> commands = new java.util.ArrayList<>();
        for (int i = 0; i < count; i++) {
            Content.Observation value = new Content.Observation(
                    "vital-signs",
                    Concept.of("Heart rate"),
                    new Content.Value(String.valueOf(60 + i % 40), "/min", "/min", null, null, List.of()),
                    List.of(),
                    "final",
                    i == 0 ? "H" : null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
            Instant at = yesterday().minus(count - i, ChronoUnit.SECONDS);
            commands.add(new EntryCommand(
                    VersionKind.ORIGINAL,
                    null,
                    null,
                    patient,
                    here.facility(),
                    visit,
                    value,
                    at,
                    "second",
                    new Statement("practitioner", here.okafor(), null, yesterday(), null),
                    new Source("direct", null, null),
                    null,
                    "",
                    false));
        }
        system(() -> writer.write(commands));
    }

    private EntryCommand command(
            VersionKind kind,
            @Nullable Written note,
            @Nullable String reason,
            PatientId patient,
            EncounterId visit,
            String text) {
        return command(kind, note, reason, patient, visit, text, "");
    }

    private EntryCommand command(
            VersionKind kind,
            @Nullable Written note,
            @Nullable String reason,
            PatientId patient,
            EncounterId visit,
            String text,
            String label) {
        return new EntryCommand(
                kind,
                note == null ? null : note.entry(),
                note == null ? null : note.version(),
                patient,
                here.facility(),
                visit,
                new Content.Note("progress", Concept.of("Progress note"), "final", text, null),
                yesterday(),
                "minute",
                new Statement("practitioner", here.okafor(), null, yesterday(), null),
                new Source("direct", null, null),
                reason,
                label,
                false);
    }

    /** The case of a visit; the only one where a visit has one. */
    Work work(EncounterId visit) {
        UUID id = jdbc.sql("""
                        SELECT c.id FROM coding_case c JOIN coding_case_visit v ON v.case_id = c.id
                        WHERE v.encounter_id = :visit
                        """).param("visit", visit.value()).query(UUID.class).single();
        return as(here.coder(), actor -> cases.find(actor, id).orElseThrow());
    }

    List<String> kinds(EncounterId visit) {
        return jdbc.sql("SELECT kind FROM coding_case_visit WHERE encounter_id = :visit ORDER BY kind")
                .param("visit", visit.value())
                .query(String.class)
                .list();
    }

    Desk desk(UUID id) {
        return as(here.coder(), actor -> cases.desk(actor, id, Book.CODER).orElseThrow());
    }

    void edit(String login, UUID id, Book book, CodeEdit edit) {
        as(login, actor -> {
            Work work = cases.find(actor, id).orElseThrow();
            cases.edit(actor, id, work.patient(), work.version(), book, edit, "");
            return "";
        });
    }

    void edit(UUID id, CodeEdit edit) {
        edit(here.coder(), id, Book.CODER, edit);
    }

    void step(String login, UUID id, CaseStep step) {
        as(login, actor -> {
            Work work = cases.find(actor, id).orElseThrow();
            cases.step(actor, id, work.patient(), work.version(), step, "");
            return "";
        });
    }

    void step(UUID id, CaseStep step) {
        step(here.coder(), id, step);
    }

    /** The sentence of the visit's documentation that has these words. */
    CodeEdit.Words words(UUID id, String words) {
        return words(desk(id), words);
    }

    CodeEdit.Words words(Desk desk, String words) {
        return desk.sources().stream()
                .flatMap(source -> source.sentences().stream())
                .filter(sentence -> sentence.text().contains(words))
                .map(sentence -> {
                    String[] parts = sentence.key().split(":");
                    return new CodeEdit.Words(
                            org.chartkeeper.platform.EntryId.of(parts[0]),
                            Integer.parseInt(parts[1]),
                            Integer.parseInt(parts[2]));
                })
                .findFirst()
                .orElseThrow();
    }

    void add(UUID id, String code, String words) {
        edit(id, new CodeEdit.Add(false, null, code, null, words(id, words), "typed"));
    }

    Line line(UUID id, String code) {
        return desk(id).diagnoses().stream()
                .filter(line -> line.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    /** An office visit with a signed note, coded and ready to be final. */
    UUID coded(PatientId patient, EncounterId visit) {
        UUID id = work(visit).id();
        add(id, "J44.1", "COPD with acute exacerbation");
        for (CodingCases.Told told : desk(id).findings()) {
            if (told.finding().severity() == org.chartkeeper.coding.Severity.R && CaseService.ofCodes(told)) {
                edit(id, new CodeEdit.Answer(told.key(), "as documented"));
            }
        }
        return id;
    }
}
