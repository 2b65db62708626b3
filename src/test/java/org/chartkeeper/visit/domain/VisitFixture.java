package org.chartkeeper.visit.domain;

import static org.chartkeeper.patient.PatientFixture.aPatient;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.chartkeeper.access.Access;
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
import org.chartkeeper.patient.Registrations;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.DepartmentId;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.visit.UpdateSheet;
import org.chartkeeper.visit.VisitUpdates;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A facility with two specialists and a clinician, and visits there that read like the domain. */
class VisitFixture {

    static final String PASSWORD = "eleven quiet otters nap";
    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static @Nullable Place place;

    final Place here;
    private final Registrations registrations;
    private final Encounters encounters;
    private final ChartWriter writer;
    private final VisitUpdates updates;
    private final CurrentActor actors;
    private final Clock clock;
    private final TransactionTemplate transaction;

    /** Who and where; made once for all tests of a database. */
    record Place(
            FacilityId facility,
            DepartmentId cardiology,
            PractitionerId okafor,
            String specialist,
            String colleague,
            String clinician,
            String administrator) {}

    VisitFixture(
            Provisioning provisioning,
            Registrations registrations,
            Encounters encounters,
            ChartWriter writer,
            VisitUpdates updates,
            CurrentActor actors,
            Access access,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.registrations = registrations;
        this.encounters = encounters;
        this.writer = writer;
        this.updates = updates;
        this.actors = actors;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
        this.here = place(provisioning);
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
        FacilityId facility = provisioning.createFacility(
                "V" + tag.toUpperCase(java.util.Locale.ROOT), "Visit Test Hospital", ZONE, false);
        DepartmentId cardiology = provisioning.createDepartment(facility, "CARD", "Cardiology", "");
        PractitionerId okafor =
                provisioning.createPractitioner("Okafor", "Adaeze", "Dr.", null, "physician", Set.of(facility));
        provisioning.createUser(
                "reyes." + tag, "D. Reyes", PASSWORD, Map.of(facility, Set.of("records-specialist")), null);
        provisioning.createUser("ahn." + tag, "T. Ahn", PASSWORD, Map.of(facility, Set.of("records-specialist")), null);
        provisioning.createUser(
                "okafor." + tag, "Dr. A. Okafor", PASSWORD, Map.of(facility, Set.of("clinician")), okafor);
        provisioning.createUser(
                "admin." + tag, "An administrator", PASSWORD, Map.of(facility, Set.of("administrator")), null);
        return new Place(facility, cardiology, okafor, "reyes." + tag, "ahn." + tag, "okafor." + tag, "admin." + tag);
    }

    PatientId eleanor() {
        return aPatient()
                .named("Eleanor", "Whitfield")
                .bornOn("1948-03-11")
                .registeredAt(here.facility(), registrations, actors);
    }

    PatientId child(String born) {
        return aPatient().named("Kwame", "Osei").bornOn(born).registeredAt(here.facility(), registrations, actors);
    }

    /** As the system, in a transaction. */
    <T> T system(Supplier<T> work) {
        return actors.asSystem(here.facility(), () -> transaction.execute(status -> work.get()));
    }

    /** As somebody who is signed in, each call in its own transaction. */
    <T> T as(String login, Supplier<T> work) {
        SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken(login, null, "ROLE_USER"));
        try {
            return work.get();
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    void run(String login, Runnable work) {
        as(login, () -> {
            work.run();
            return "";
        });
    }

    void inTransaction(Runnable work) {
        transaction.executeWithoutResult(status -> work.run());
    }

    void moveTo(PatientId patient, EncounterId visit, String status) {
        system(() -> {
            int version = encounters.find(patient, visit).orElseThrow().version();
            encounters.moveTo(patient, visit, version, status, clock.instant(), null);
            return "";
        });
    }

    /** Somebody else revises an entry that is not signed yet. */
    void revise(PatientId patient, Written entry, Content content) {
        system(() -> writer.write(List.of(new EntryCommand(
                VersionKind.REVISION,
                entry.entry(),
                entry.version(),
                patient,
                here.facility(),
                null,
                content,
                yesterday(),
                "minute",
                new Statement("practitioner", here.okafor(), null, yesterday(), null),
                new Source("dictation", null, null),
                null,
                "",
                false))));
    }

    /** More than a day ago and less than two, at noon where the hospital is, so that no visit falls into the night. */
    Instant yesterday() {
        return clock.instant()
                .minus(36, ChronoUnit.HOURS)
                .atZone(ZONE)
                .with(LocalTime.NOON)
                .toInstant();
    }

    EncounterId visit(PatientId patient, String klass, String kind, Instant start, Instant end) {
        return system(() -> encounters.open(new NewEncounter(
                patient,
                here.facility(),
                here.cardiology(),
                klass,
                "finished",
                kind,
                "Shortness of breath",
                start,
                end,
                here.okafor(),
                null,
                "7731-204",
                null,
                null,
                false,
                List.of(new Participant(here.okafor(), "Dr. A. Okafor", "attending")),
                null)));
    }

    EncounterId officeVisit(PatientId patient) {
        return visit(
                patient, "ambulatory", "Office visit", yesterday(), yesterday().plusSeconds(2400));
    }

    /** An office visit of yesterday with its dictation, whose update is to do. */
    EncounterId dictatedVisit(PatientId patient) {
        EncounterId visit = officeVisit(patient);
        dictate(patient, visit, yesterday().plusSeconds(7200));
        ended(patient, visit);
        return visit;
    }

    void ended(PatientId patient, EncounterId visit) {
        system(() -> {
            updates.visitEnded(patient, visit);
            return "";
        });
    }

    Written dictate(PatientId patient, EncounterId visit, Instant at) {
        return write(
                patient,
                visit,
                new Content.Note(
                        "dictation",
                        Concept.of("Dictation"),
                        "preliminary",
                        "Blood pressure 142/78. Assessment: acute on chronic diastolic heart failure.",
                        null),
                at,
                false);
    }

    /** Something of the chart that was authenticated long ago. */
    Written known(PatientId patient, Content content) {
        return write(patient, null, content, clock.instant().minus(300, ChronoUnit.DAYS), true);
    }

    Written write(PatientId patient, @Nullable EncounterId visit, Content content, Instant at, boolean authenticated) {
        return system(() -> writer.write(List.of(new EntryCommand(
                        VersionKind.ORIGINAL,
                        null,
                        null,
                        patient,
                        here.facility(),
                        visit,
                        content,
                        at,
                        "minute",
                        new Statement("practitioner", here.okafor(), null, at, null),
                        new Source(authenticated ? "import" : "dictation", null, null),
                        null,
                        "",
                        authenticated))))
                .get(0);
    }

    static Content.MedicationOrder drug(String name, String sig) {
        return new Content.MedicationOrder(
                Concept.of(name),
                "active",
                new Content.Dosage(sig, null, null, "oral", "daily", false, null),
                "30",
                3,
                30,
                null,
                "2022-06-01",
                "2022-06-01",
                null,
                null,
                null,
                null,
                null);
    }

    static Content.Condition problem(String code, String title) {
        return new Content.Condition(
                false, Concept.of(Concept.ICD10CM, code, title), "active", "confirmed", null, "2019", null, null, null);
    }

    static Content.Allergy allergy(String substance) {
        return new Content.Allergy(
                "allergy",
                "medication",
                Concept.of(substance),
                "active",
                "confirmed",
                "high",
                List.of(new Content.Reaction("anaphylaxis", "severe")),
                null,
                null);
    }

    static Content.Observation vital(String loinc, String title, String number, String unit, String ucum) {
        return new Content.Observation(
                "vital-signs",
                Concept.of(Concept.LOINC, loinc, title),
                new Content.Value(number, unit, ucum, null, null),
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
                null);
    }

    /** The sheet as the page opens it, with every item said not to apply but what the test types. */
    UpdateSheet opened(String login, PatientId patient, EncounterId visit) {
        return as(login, () -> {
            VisitUpdates.View view = updates.view(patient, visit, null);
            UpdateSheet sheet = view.sheet();
            for (VisitUpdates.Item item : view.items()) {
                String key = item.item().key();
                sheet = sheet.with("state." + key, "does not apply").with("why." + key, "not-this-visit");
            }
            return sheet;
        });
    }

    /** The same with an item open, so that what is typed decides. */
    static UpdateSheet type(UpdateSheet sheet, String item, String... namesAndValues) {
        UpdateSheet typed = sheet.without(List.of("state." + item, "why." + item));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            typed = typed.with(namesAndValues[i], namesAndValues[i + 1]);
        }
        return typed;
    }
}
