package org.chartkeeper.chart.domain;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryCommand;
import org.chartkeeper.chart.EntryCommand.VersionKind;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** People, patients and commands that read like the domain. */
class Fixture {

    static final Instant VISIT = Instant.parse("2026-11-20T15:00:00Z");
    static final Instant DICTATED = Instant.parse("2026-11-20T17:00:00Z");

    private static @Nullable House house;

    private final JdbcClient jdbc;
    private final ChartWriter writer;
    private final TransactionTemplate transactions;
    private final CurrentActor actor;
    final House here;

    /** Who and where: made once for all tests of a database. */
    record House(
            FacilityId facility,
            PractitionerId okafor,
            PractitionerId lindqvist,
            Actor specialist,
            Actor clinician,
            Actor colleague) {}

    Fixture(
            JdbcClient jdbc,
            ChartWriter writer,
            PlatformTransactionManager transactions,
            Provisioning provisioning,
            CurrentActor actor) {
        this.jdbc = jdbc;
        this.writer = writer;
        this.transactions = new TransactionTemplate(transactions);
        this.actor = actor;
        this.here = house(provisioning, actor, this.transactions);
    }

    static House here() {
        return Objects.requireNonNull(house);
    }

    private static synchronized House house(
            Provisioning provisioning, CurrentActor actor, TransactionTemplate transactions) {
        House known = house;
        if (known == null) {
            known = actor.asSystem(FacilityId.next(), () -> transactions.execute(status -> build(provisioning)));
            house = known;
        }
        return known;
    }

    private static House build(Provisioning provisioning) {
        String tag = UUID.randomUUID().toString().substring(0, 6);
        FacilityId facility = provisioning.createFacility(
                "R" + tag.toUpperCase(Locale.ROOT), "Record Test Hospital", ZoneId.of("America/Chicago"), false);
        PractitionerId okafor =
                provisioning.createPractitioner("Okafor", "Adaeze", "Dr.", null, "physician", Set.of(facility));
        PractitionerId lindqvist =
                provisioning.createPractitioner("Lindqvist", "Maja", "Dr.", null, "physician", Set.of(facility));
        UserId reyes = provisioning.createUser(
                "reyes." + tag,
                "D. Reyes",
                "correct horse battery staple",
                Map.of(facility, Set.of("records-specialist")),
                null);
        return new House(
                facility,
                okafor,
                lindqvist,
                new Actor(
                        reyes,
                        "D. Reyes",
                        null,
                        facility,
                        Set.of(facility),
                        Set.of("records-specialist"),
                        Set.of(
                                Permission.SIGNED_IN,
                                Permission.CHART_READ,
                                Permission.CHART_READ_ALL,
                                Permission.VISIT_UPDATE)),
                clinician(provisioning, facility, okafor, "okafor." + tag),
                clinician(provisioning, facility, lindqvist, "lindqvist." + tag));
    }

    private static Actor clinician(
            Provisioning provisioning, FacilityId facility, PractitionerId practitioner, String login) {
        UserId user = provisioning.createUser(
                login, login, "correct horse battery staple", Map.of(facility, Set.of("clinician")), practitioner);
        return new Actor(
                user,
                login,
                practitioner,
                facility,
                Set.of(facility),
                Set.of("clinician"),
                Set.of(Permission.SIGNED_IN, Permission.CHART_READ, Permission.CHART_SIGN));
    }

    PatientId aPatient() {
        PatientId id = PatientId.next();
        jdbc.sql("insert into patient (id, version, home_facility, created_at, changed_at)"
                        + " values (?, 1, ?, now(), now())")
                .params(id.value(), here.facility().value())
                .update();
        return id;
    }

    <T> T as(Actor actor, Supplier<T> work) {
        return outside(actor, () -> transactions.execute(status -> work.get()));
    }

    /** As a person, without a transaction. */
    static <T> T outside(Actor actor, Supplier<T> work) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setAttribute(Actor.class.getName(), actor);
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
        SecurityContextHolder.getContext()
                .setAuthentication(new TestingAuthenticationToken(actor.user().toString(), null, "ROLE_USER"));
        try {
            return work.get();
        } finally {
            SecurityContextHolder.clearContext();
            RequestContextHolder.resetRequestAttributes();
        }
    }

    void run(Actor actor, Runnable work) {
        as(actor, () -> {
            work.run();
            return "";
        });
    }

    /** Writes as the specialist. */
    ChartWriter.Written write(EntryCommand command) {
        return write(here.specialist(), List.of(command)).get(0);
    }

    /** Writes as an import does: the system brings what was authenticated at its source. */
    ChartWriter.Written bring(EntryCommand command) {
        return bring(List.of(command)).get(0);
    }

    List<ChartWriter.Written> bring(List<EntryCommand> commands) {
        return actor.asSystem(here.facility(), () -> transactions.execute(status -> writer.write(commands)));
    }

    List<ChartWriter.Written> write(Actor actor, List<EntryCommand> commands) {
        return as(actor, () -> writer.write(commands));
    }

    static EntryCommand original(PatientId patient, Content content) {
        return command(VersionKind.ORIGINAL, null, null, patient, content, null, false);
    }

    static EntryCommand imported(PatientId patient, EntryId id, Content content) {
        EntryCommand command = command(VersionKind.ORIGINAL, id, null, patient, content, null, true);
        return new EntryCommand(
                command.kind(),
                command.entry(),
                null,
                patient,
                here().facility(),
                null,
                content,
                VISIT,
                "second",
                new EntryCommand.Statement("outside", null, "Synthetic Hospital", DICTATED, null),
                new EntryCommand.Source("import", "a".repeat(64), "Bundle.entry[7]"),
                null,
                "",
                true);
    }

    static EntryCommand change(
            VersionKind kind, ChartWriter.Written on, PatientId patient, Content content, @Nullable String reason) {
        return command(kind, on.entry(), on.version(), patient, content, reason, false);
    }

    static EntryCommand command(
            VersionKind kind,
            @Nullable EntryId id,
            @Nullable Integer basedOn,
            PatientId patient,
            Content content,
            @Nullable String reason,
            boolean authenticated) {
        return new EntryCommand(
                kind,
                id,
                basedOn,
                patient,
                here().facility(),
                null,
                content,
                VISIT,
                "minute",
                new EntryCommand.Statement("practitioner", here().okafor(), null, DICTATED, null),
                new EntryCommand.Source("dictation", "dictation-18:04", "00:42"),
                reason,
                "",
                authenticated);
    }

    static EntryCommand at(EntryCommand command, EncounterId encounter) {
        return new EntryCommand(
                command.kind(),
                command.entry(),
                command.basedOn(),
                command.patient(),
                command.facility(),
                encounter,
                command.content(),
                command.event(),
                command.eventPrecision(),
                command.statement(),
                command.source(),
                command.reason(),
                command.sensitivity(),
                command.authenticated());
    }

    static Content.Allergy allergy(String code, String text) {
        return allergy(code, text, "active", "confirmed");
    }

    static Content.Allergy allergy(String code, String text, String clinical, String verification) {
        return new Content.Allergy(
                "allergy",
                "medication",
                Concept.of(Concept.RXNORM, code, text),
                clinical,
                verification,
                "high",
                List.of(new Content.Reaction("hives", "severe")),
                null,
                null);
    }

    static Content.Condition problem(String code, String text, String clinical) {
        return new Content.Condition(
                false, Concept.of(Concept.ICD10CM, code, text), clinical, "confirmed", null, "2019", null, null, null);
    }

    static Content.MedicationOrder order(String code, String text, String dose, String status) {
        return order(code, text, dose, status, null);
    }

    static Content.MedicationOrder order(
            String code, String text, String dose, String status, @Nullable EntryId replaces) {
        return new Content.MedicationOrder(
                Concept.of(Concept.RXNORM, code, text),
                status,
                new Content.Dosage(dose + " by mouth daily", dose, "mg", "oral", "daily", false, null),
                "30",
                2,
                30,
                null,
                "2026-11-20",
                "2026-11-20",
                null,
                null,
                replaces == null ? null : new Content.EntryRef(replaces.toString()),
                "Dr. A. Okafor",
                null);
    }

    static Content.Observation weight(String number) {
        return new Content.Observation(
                "vital-signs",
                Concept.of(Concept.LOINC, "29463-7", "Body weight"),
                new Content.Value(number, "kg", "kg", null, null),
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

    static Content.Observation pressure(String systolic, String diastolic) {
        return new Content.Observation(
                "vital-signs",
                Concept.of(Concept.LOINC, "85354-9", "Blood pressure"),
                null,
                List.of(
                        new Content.Component(
                                Concept.of(Concept.LOINC, "8480-6", "Systolic"),
                                new Content.Value(systolic, "mmHg", "mm[Hg]", null, null),
                                null),
                        new Content.Component(
                                Concept.of(Concept.LOINC, "8462-4", "Diastolic"),
                                new Content.Value(diastolic, "mmHg", "mm[Hg]", null, null),
                                null)),
                "final",
                null,
                null,
                null,
                null,
                null,
                null,
                "sitting, left arm",
                null,
                null);
    }

    static Content.Note note(String kind, String text) {
        return new Content.Note(kind, Concept.of("Progress note"), "final", text, null);
    }
}
