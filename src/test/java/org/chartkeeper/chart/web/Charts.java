package org.chartkeeper.chart.web;

import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.chartkeeper.access.Access;
import org.chartkeeper.access.House;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.access.SignIns;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EncounterView.Participant;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.chart.EntryCommand;
import org.chartkeeper.chart.EntryCommand.Source;
import org.chartkeeper.chart.EntryCommand.Statement;
import org.chartkeeper.chart.EntryCommand.VersionKind;
import org.chartkeeper.patient.PatientFixture;
import org.chartkeeper.patient.Registrations;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Uuid7;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A house with a patient, a visit and what is written of it; and the pages as its people see them. */
final class Charts {

    private static final ZoneId ZONE = ZoneId.of("America/New_York");

    final House house;
    private final ApplicationContext context;
    private final TransactionTemplate transaction;
    private final CurrentActor actors;
    private final ChartWriter writer;
    private final Encounters encounters;
    private final MockMvc http;
    /** At noon two days ago where the house is, so that nothing of the visit falls into the night. */
    final Instant visited =
            LocalDate.now(ZONE).minusDays(2).atTime(LocalTime.NOON).atZone(ZONE).toInstant();

    Charts(ApplicationContext context) {
        this.context = context;
        this.transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
        this.actors = context.getBean(CurrentActor.class);
        this.writer = context.getBean(ChartWriter.class);
        this.encounters = context.getBean(Encounters.class);
        this.http = context.getBean(MockMvc.class);
        this.house = new House(context.getBean(Provisioning.class), context.getBean(Access.class), actors, transaction);
    }

    PatientId eleanor() {
        return PatientFixture.aPatient()
                .named("Eleanor", "Whitfield")
                .bornOn("1948-03-11")
                .registeredAt(house.here, context.getBean(Registrations.class), actors);
    }

    EncounterId visit(PatientId patient) {
        return inTransaction(() -> encounters.open(new Encounters.NewEncounter(
                patient,
                house.here,
                null,
                "ambulatory",
                "finished",
                "Office visit",
                "Breathless",
                visited,
                visited.plus(40, ChronoUnit.MINUTES),
                house.practitioner,
                null,
                null,
                null,
                null,
                false,
                List.of(new Participant(house.practitioner, "Dr. A. Okafor", "attending")),
                null)));
    }

    /** What an earlier system handed over: signed there, in force, locked. */
    EntryId imported(PatientId patient, Content content) {
        return write(command(VersionKind.ORIGINAL, null, null, patient, null, content, "import", true, null, ""))
                .entry();
    }

    /** What a specialist transcribes from the clinician's dictation. */
    EntryId dictated(PatientId patient, EncounterId visit, Content content) {
        return write(command(VersionKind.ORIGINAL, null, null, patient, visit, content, "dictation", false, null, ""))
                .entry();
    }

    EntryId labelled(PatientId patient, String sensitivity, Content content) {
        return write(command(
                        VersionKind.ORIGINAL, null, null, patient, null, content, "import", true, null, sensitivity))
                .entry();
    }

    /** A result that was final at its source and is for the clinician to see. */
    EntryId arrived(PatientId patient, Content content) {
        return write(arrival(VersionKind.ORIGINAL, null, null, patient, content))
                .entry();
    }

    /** The source corrects a result that it sent before. */
    void correctedAtSource(PatientId patient, EntryId entry, int basedOn, Content content) {
        write(arrival(VersionKind.CORRECTION, entry, basedOn, patient, content));
    }

    private EntryCommand arrival(
            VersionKind kind, @Nullable EntryId entry, @Nullable Integer basedOn, PatientId patient, Content content) {
        return new EntryCommand(
                kind,
                entry,
                basedOn,
                patient,
                house.here,
                null,
                content,
                visited,
                "minute",
                new Statement("outside", null, "Quest Laboratory", visited, house.practitioner),
                new Source("import", null, null),
                kind == VersionKind.CORRECTION ? "corrected by the laboratory" : null,
                "",
                true);
    }

    static Content.Observation laboratory(String name, String value, String unit, @Nullable String flag) {
        return new Content.Observation(
                "laboratory",
                Concept.of(name),
                new Content.Value(value, unit, unit, null, null),
                List.of(),
                "final",
                flag,
                "3.5-5.1",
                "Quest Laboratory",
                null,
                null,
                null,
                null,
                null,
                null);
    }

    void update(PatientId patient, EntryId entry, int basedOn, Content content) {
        write(command(VersionKind.UPDATE, entry, basedOn, patient, null, content, "dictation", false, null, ""));
    }

    void retract(PatientId patient, EntryId entry, int basedOn, Content content, String reason) {
        write(command(VersionKind.RETRACTION, entry, basedOn, patient, null, content, "direct", false, reason, ""));
    }

    void many(PatientId patient, int number) {
        List<EntryCommand> commands = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            Content content = switch (i % 3) {
                case 0 -> weight(Integer.toString(60 + i % 30));
                case 1 ->
                    new Content.Procedure(
                            Concept.of("Procedure " + i), "completed", null, null, null, null, null, null, null);
                default -> new Content.Note("progress", Concept.of("Note " + i), "final", "Text " + i, null);
            };
            EntryCommand command =
                    command(VersionKind.ORIGINAL, null, null, patient, null, content, "import", true, null, "");
            commands.add(new EntryCommand(
                    command.kind(),
                    null,
                    null,
                    patient,
                    command.facility(),
                    null,
                    content,
                    visited.minus(i, ChronoUnit.HOURS),
                    "minute",
                    command.statement(),
                    command.source(),
                    null,
                    "",
                    true));
        }
        inTransaction(() -> writer.write(commands));
    }

    static Content.Observation weight(String kilograms) {
        return new Content.Observation(
                "vital-signs",
                Concept.of(Concept.LOINC, "29463-7", "Body weight"),
                new Content.Value(kilograms, "kg", "kg", null, null),
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

    static Content.Condition problem(String words) {
        return new Content.Condition(false, Concept.of(words), "active", "confirmed", null, "2019", null, null, null);
    }

    private EntryCommand command(
            VersionKind kind,
            @Nullable EntryId entry,
            @Nullable Integer basedOn,
            PatientId patient,
            @Nullable EncounterId visit,
            Content content,
            String source,
            boolean authenticated,
            @Nullable String reason,
            String sensitivity) {
        return new EntryCommand(
                kind,
                entry,
                basedOn,
                patient,
                house.here,
                visit,
                content,
                visited,
                "minute",
                new Statement("practitioner", house.practitioner, null, visited, null),
                new Source(source, null, null),
                reason,
                sensitivity,
                authenticated);
    }

    private ChartWriter.Written write(EntryCommand command) {
        return inTransaction(() -> writer.write(List.of(command))).get(0);
    }

    private <T> T inTransaction(java.util.function.Supplier<T> work) {
        return actors.asSystem(house.here, () -> transaction.execute(status -> work.get()));
    }

    /** Remembers that this person has looked at the chart up to now. */
    void looked(String role, PatientId patient) {
        SignIns signIns = context.getBean(SignIns.class);
        var actor = signIns.find(house.login(role), null).orElseThrow().actor();
        actors.asSystem(house.here, () -> context.getBean(ChartReader.class).lookedAt(actor, patient));
    }

    Document page(String role, String path) throws Exception {
        return Jsoup.parse(answer(role, get(path)).getContentAsString());
    }

    MockHttpServletResponse answer(String role, MockHttpServletRequestBuilder request) throws Exception {
        return http.perform(request.with(user(house.login(role))).with(csrf()))
                .andReturn()
                .getResponse();
    }

    /** What a submit of the sign form sends. */
    static MockHttpServletRequestBuilder signing(String path, String password, String key, List<String> picks) {
        return post(path)
                .param("password", password)
                .param("idempotencyKey", key)
                .param("pick", picks.toArray(String[]::new));
    }

    static String key() {
        return Uuid7.next().toString();
    }
}
