package org.chartkeeper.chart.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.ChartVerification;
import org.chartkeeper.chart.ChartVerification.Finding;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.ChartWriter.Written;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryCommand.VersionKind;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.Signing;
import org.chartkeeper.chart.VersionView;
import org.chartkeeper.platform.CommandLineVerb;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.testing.ChartkeeperTest;
import org.chartkeeper.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ChartkeeperTest
class VerificationTest {

    @Autowired
    ChartWriter writer;

    @Autowired
    ChartReader reader;

    @Autowired
    Signing signing;

    @Autowired
    ChartVerification verification;

    @Autowired
    List<CommandLineVerb> verbs;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    Provisioning provisioning;

    @Autowired
    CurrentActor currentActor;

    Fixture fixture;
    PatientId patient;

    @BeforeEach
    void aPatient() {
        fixture = new Fixture(jdbc, writer, transactions, provisioning, currentActor);
        patient = fixture.aPatient();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void a_chart_of_random_edits_verifies(long seed) {
        Random random = new Random(seed);
        List<EntryId> entries = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            if (entries.isEmpty() || random.nextInt(4) == 0) {
                add(random, entries);
            } else {
                edit(random, entries.get(random.nextInt(entries.size())));
            }
        }

        assertThat(findings(entries)).isEmpty();
        for (EntryId entry : entries) {
            assertThat(fixture.as(
                            fixture.here.specialist(), () -> reader.history(fixture.here.specialist(), patient, entry)))
                    .isNotEmpty()
                    .allMatch(VersionView::intact);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            content = replace(content::text, '71.4', '71.5')::json                        | content
            event_at = event_at + interval '1 microsecond'                                | hash
            stated_by_practitioner = '00000000-0000-7000-8000-0000000000ff'               | hash
            reason = concat(reason, 'x')                                                   | hash
            entered_at = entered_at - interval '1 day'                                    | hash
            patient_id = '00000000-0000-7000-8000-0000000000fe'                           | hash
            event_precision = 'day'                                                       | hash
            predecessor = set_byte(predecessor, 0, get_byte(predecessor, 0) # 1)          | chain
            content_sha256 = set_byte(content_sha256, 31, get_byte(content_sha256, 31) # 1) | content
            """)
    void one_changed_byte_is_found_and_named(String set, String kind) throws SQLException {
        assertTampered(set, kind);
    }

    private void assertTampered(String set, String kind) throws SQLException {
        Written first = fixture.write(Fixture.original(patient, Fixture.weight("71.4")));
        Written second =
                fixture.write(Fixture.change(VersionKind.REVISION, first, patient, Fixture.weight("71.40"), "typing"));

        tamper(
                "entry_version",
                "update entry_version set " + set + " where entry_id = '" + second.entry() + "' and number = 2");

        List<Finding> findings = findings(List.of(first.entry()));
        assertThat(findings)
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.version()).isIn(0, 2));
        assertThat(findings).extracting(Finding::kind).contains(kind);
        destroy(first.entry());
    }

    @Test
    void a_current_row_that_says_otherwise_is_found() throws SQLException {
        Written weight = fixture.write(Fixture.original(patient, Fixture.weight("71.4")));
        Written allergy = fixture.write(Fixture.original(patient, Fixture.allergy("7980", "Penicillin")));
        jdbc.sql("update observation set number = 72 where id = ?")
                .param(weight.entry().value())
                .update();
        jdbc.sql("update entry set active = false where id = ?")
                .param(allergy.entry().value())
                .update();

        assertThat(findings(List.of(weight.entry(), allergy.entry())))
                .extracting(Finding::entry, Finding::kind)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(weight.entry().toString(), "current-row"),
                        org.assertj.core.groups.Tuple.tuple(allergy.entry().toString(), "current-row"));
        destroy(weight.entry());
        destroy(allergy.entry());
    }

    @Test
    void a_version_that_was_taken_out_is_found() throws SQLException {
        Written first = fixture.write(Fixture.original(patient, Fixture.weight("71.4")));
        Written second =
                fixture.write(Fixture.change(VersionKind.REVISION, first, patient, Fixture.weight("71.5"), "typing"));
        fixture.write(Fixture.change(VersionKind.REVISION, second, patient, Fixture.weight("71.6"), "typing"));

        tamper("entry_version", "delete from entry_version where entry_id = '" + first.entry() + "' and number = 2");

        assertThat(findings(List.of(first.entry())))
                .extracting(Finding::kind, Finding::version)
                .contains(org.assertj.core.groups.Tuple.tuple("chain", 3));
        destroy(first.entry());
    }

    @Test
    void signed_content_that_was_changed_reads_broken_and_a_signature_without_its_hash_is_found() throws SQLException {
        Written weight = fixture.write(Fixture.original(patient, Fixture.weight("71.4")));
        fixture.run(
                fixture.here.clinician(),
                () -> signing.sign(
                        fixture.here.clinician(),
                        List.of(new Signing.VersionRef(patient, weight.entry(), 1, weight.hash())),
                        "author"));

        tamper(
                "entry_version",
                "update entry_version set content = replace(content::text, '71.4', '81.4')::json where entry_id = '"
                        + weight.entry() + "'");
        EntryView broken = fixture.as(
                        fixture.here.specialist(),
                        () -> reader.entry(fixture.here.specialist(), patient, weight.entry()))
                .orElseThrow();
        assertThat(broken.signature()).isEqualTo("broken");

        tamper("signature", "update signature set hash = sha256('x') where entry_id = '" + weight.entry() + "'");
        assertThat(findings(List.of(weight.entry()))).extracting(Finding::kind).contains("content", "signature");
        destroy(weight.entry());
    }

    @Test
    void the_verb_prints_one_json_document_and_fails_where_something_is_broken() throws SQLException {
        Written weight = fixture.write(Fixture.original(patient, Fixture.weight("71.4")));
        tamper("entry_version", "update entry_version set reason = 'x' where entry_id = '" + weight.entry() + "'");
        CommandLineVerb verify = verbs.stream()
                .filter(verb -> verb.words().equals("verify"))
                .findFirst()
                .orElseThrow();
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        int status = run(verify, out, "--json");

        assertThat(status).isEqualTo(1);
        JsonNode report = JsonMapper.builder().build().readTree(out.toString(StandardCharsets.UTF_8));
        assertThat(report.propertyNames())
                .contains("entries", "versions", "signatures", "unresolvedReferences", "findings", "seconds");
        List<JsonNode> ours = new ArrayList<>();
        for (JsonNode finding : report.get("findings")) {
            if (finding.get("entry").asString().equals(weight.entry().toString())) {
                ours.add(finding);
            }
        }
        assertThat(ours).hasSize(1);
        assertThat(ours.get(0).get("version").asInt()).isEqualTo(1);
        assertThat(ours.get(0).get("kind").asString()).isEqualTo("hash");
        assertThat(run(verify, out, "--nonsense")).isEqualTo(2);
        destroy(weight.entry());
    }

    private static int run(CommandLineVerb verb, ByteArrayOutputStream out, String argument) {
        try {
            return verb.run(
                    List.of(argument),
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Content content(Random random, int number) {
        return switch (random.nextInt(4)) {
            case 0 -> Fixture.weight(random.nextInt(100) + "." + random.nextInt(10) + "0");
            case 1 -> Fixture.problem("E11." + number, "Problem " + number, "active");
            case 2 -> Fixture.allergy("80" + number, "Substance " + number);
            default -> Fixture.order("90" + number, "Drug " + number, "20", "active");
        };
    }

    /** A new entry, an order sometimes one that replaces another. */
    private void add(Random random, List<EntryId> entries) {
        Content content = content(random, entries.size());
        if (content instanceof Content.MedicationOrder order && !entries.isEmpty()) {
            EntryId former = entries.get(random.nextInt(entries.size()));
            content = Fixture.order(order.medication().codings().get(0).code(), order.title(), "40", "active", former);
        }
        try {
            entries.add(fixture.write(Fixture.original(patient, content)).entry());
        } catch (Rejected refused) {
            entries.add(fixture.write(Fixture.original(patient, content(new Random(0), entries.size())))
                    .entry());
        }
    }

    /** Some edit; what the rules refuse leaves no trace. */
    private void edit(Random random, EntryId id) {
        EntryView entry = fixture.as(
                        fixture.here.specialist(), () -> reader.entry(fixture.here.specialist(), patient, id))
                .orElseThrow();
        List<VersionView> history =
                fixture.as(fixture.here.specialist(), () -> reader.history(fixture.here.specialist(), patient, id));
        Written on = new Written(id, entry.version(), history.get(0).hash(), false);
        Signing.VersionRef ref = new Signing.VersionRef(patient, id, on.version(), on.hash());
        try {
            switch (random.nextInt(7)) {
                case 0, 1 ->
                    fixture.run(
                            fixture.here.clinician(),
                            () -> signing.sign(fixture.here.clinician(), List.of(ref), "author"));
                case 2 ->
                    fixture.run(fixture.here.clinician(), () -> signing.giveBack(fixture.here.clinician(), ref, "no"));
                case 3 ->
                    fixture.run(fixture.here.clinician(), () -> signing.refuse(fixture.here.clinician(), ref, "no"));
                default -> {
                    VersionKind[] kinds = VersionKind.values();
                    fixture.write(Fixture.change(
                            kinds[random.nextInt(kinds.length)], on, patient, changed(random, entry.content()), "why"));
                }
            }
        } catch (Rejected | org.chartkeeper.platform.Stale refused) {
            // The rules say no; nothing was stored.
        }
    }

    private static Content changed(Random random, Content content) {
        boolean ends = random.nextBoolean();
        return switch (content) {
            case Content.Observation value -> Fixture.weight(random.nextInt(100) + ".5");
            case Content.Condition problem ->
                Fixture.problem(problem.code().codings().get(0).code(), problem.title(), ends ? "resolved" : "relapse");
            case Content.Allergy allergy ->
                Fixture.allergy(
                        allergy.substance().codings().get(0).code(),
                        allergy.title(),
                        ends ? "resolved" : "active",
                        "confirmed");
            case Content.MedicationOrder order ->
                Fixture.order(
                        order.medication().codings().get(0).code(),
                        order.title(),
                        order.dosage() == null
                                ? "20"
                                : String.valueOf(order.dosage().dose()),
                        ends ? "stopped" : "active");
            default -> content;
        };
    }

    private List<Finding> findings(List<EntryId> entries) {
        Set<String> ours = new HashSet<>();
        entries.forEach(entry -> ours.add(entry.toString()));
        return currentActor
                .asSystem(fixture.here.facility(), () -> verification.verify(versions -> {}))
                .findings()
                .stream()
                .filter(finding -> ours.contains(finding.entry()))
                .toList();
    }

    /** As the owner, who can switch the guard off: what the hashes are for. */
    private static void tamper(String table, String change) throws SQLException {
        try (Connection owner = TestDatabase.owner();
                Statement statement = owner.createStatement()) {
            owner.setAutoCommit(false);
            statement.execute("alter table " + table + " disable trigger " + table + "_only_grows");
            assertThat(statement.executeUpdate(change)).isPositive();
            statement.execute("alter table " + table + " enable always trigger " + table + "_only_grows");
            owner.commit();
        }
    }

    /** Takes what was broken out of the database that all tests share. */
    private static void destroy(EntryId id) throws SQLException {
        for (String table : List.of("signature", "entry_version")) {
            try (Connection owner = TestDatabase.owner();
                    Statement statement = owner.createStatement()) {
                owner.setAutoCommit(false);
                statement.execute("alter table " + table + " disable trigger " + table + "_only_grows");
                statement.execute("delete from " + table + " where entry_id = '" + id + "'");
                statement.execute("alter table " + table + " enable always trigger " + table + "_only_grows");
                owner.commit();
            }
        }
        try (Connection owner = TestDatabase.owner();
                Statement statement = owner.createStatement()) {
            for (String table : List.of("observation", "allergy", "entry")) {
                statement.execute("delete from " + table + " where id = '" + id + "'");
            }
        }
    }
}
