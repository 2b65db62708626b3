package org.chartkeeper.chart.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.ChartVerification;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.ChartWriter.Written;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryCommand;
import org.chartkeeper.chart.EntryCommand.VersionKind;
import org.chartkeeper.chart.Signing;
import org.chartkeeper.chart.VersionView;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.testing.ChartkeeperTest;
import org.chartkeeper.testing.TestClock;
import org.chartkeeper.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Thousands of random edits: every earlier version reads back byte for byte, every hash verifies, one changed byte is found
 * and named, and what is told to have changed is what the versions say. Random, and the same at every run.
 */
@ChartkeeperTest
class ChainTest {

    private static final long SEED = 20261123;

    @Autowired
    ChartWriter writer;

    @Autowired
    ChartReader reader;

    @Autowired
    Signing signing;

    @Autowired
    ChartVerification verification;

    @Autowired
    TestClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    Provisioning provisioning;

    @Autowired
    CurrentActor currentActor;

    Fixture fixture;

    @BeforeEach
    void house() {
        fixture = new Fixture(jdbc, writer, transactions, provisioning, currentActor);
    }

    @Test
    void a_thousand_random_edits_over_ten_charts_read_back_byte_for_byte() {
        Edits edits = new Edits(10);
        edits.make(1_000);

        edits.compareEveryVersion();
        assertThat(edits.findings()).isEmpty();
        edits.changeOneByte();
    }

    @Test
    @Tag("bench")
    void ten_thousand_random_edits_over_a_hundred_charts_read_back_byte_for_byte() {
        Edits edits = new Edits(100);
        edits.make(10_000);

        edits.compareEveryVersion();
        assertThat(edits.findings()).isEmpty();
        edits.changeOneByte();
    }

    @Test
    void what_changed_since_a_look_is_the_difference_of_the_versions() {
        Edits edits = new Edits(10);
        edits.make(300);
        for (int look = 0; look < 7; look++) {
            clock.advance(Duration.ofMinutes(20));
            Instant since = clock.instant();
            clock.advance(Duration.ofSeconds(1));
            int before = edits.made.size();
            edits.make(100);
            edits.compareChanges(since, edits.made.subList(before, edits.made.size()));
        }
    }

    /** One edit as it was asked for, and what came of it. */
    private record Made(PatientId patient, EntryId entry, int version, String json) {}

    /** Random edits by everybody who may make them, with a memory of what was said. */
    private final class Edits {
        final List<Made> made = new ArrayList<>();
        private final Random random = new Random(SEED);
        private final List<PatientId> charts = new ArrayList<>();
        private final Map<PatientId, List<EntryId>> entries = new HashMap<>();
        private final Map<EntryId, Written> stands = new HashMap<>();
        private final Map<EntryId, Content> says = new HashMap<>();
        private int number;

        Edits(int many) {
            for (int i = 0; i < many; i++) {
                charts.add(fixture.aPatient());
            }
        }

        /** In transactions of up to 25 edits, as an update of a visit makes them. */
        void make(int many) {
            int target = made.size() + many;
            while (made.size() < target) {
                List<EntryCommand> commands = new ArrayList<>();
                Map<EntryId, PatientId> picked = new LinkedHashMap<>();
                int size = Math.min(25, target - made.size());
                for (int i = 0; i < size; i++) {
                    PatientId patient = charts.get(random.nextInt(charts.size()));
                    List<EntryId> here = entries.computeIfAbsent(patient, each -> new ArrayList<>());
                    if (here.isEmpty() || random.nextInt(10) < 3) {
                        commands.add(Fixture.original(patient, content()));
                    } else {
                        picked.put(here.get(random.nextInt(here.size())), patient);
                    }
                }
                List<Signing.VersionRef> toSign = new ArrayList<>();
                for (EntryEntity entry : states(picked.keySet())) {
                    EntryId id = new EntryId(entry.id);
                    change(Objects.requireNonNull(picked.get(id)), id, entry, commands, toSign);
                }
                write(commands);
                sign(toSign);
            }
        }

        private Content content() {
            number++;
            return switch (random.nextInt(3)) {
                case 0 ->
                    Fixture.note(
                            "progress",
                            "Note " + number + ": naïve café “quoted” \\ back\tslash 😀 " + random.nextLong());
                case 1 -> Fixture.weight(Integer.toString(40 + random.nextInt(80)) + "." + random.nextInt(100));
                default -> Fixture.problem("X" + number, "Problem " + number, "active");
            };
        }

        /** A change that is allowed on what stands, or a signature; what is entered in error stays so. */
        private void change(
                PatientId patient,
                EntryId id,
                EntryEntity entry,
                List<EntryCommand> commands,
                List<Signing.VersionRef> toSign) {
            Written on = Objects.requireNonNull(stands.get(id));
            if (entry.retracted()) {
                return;
            }
            if (entry.pendingKind != null || !entry.locked() && random.nextInt(3) == 0) {
                toSign.add(new Signing.VersionRef(patient, id, entry.signable(), on.hash()));
                return;
            }
            Content was = Objects.requireNonNull(says.get(id));
            Content now = again(was);
            VersionKind kind = !entry.locked()
                    ? VersionKind.REVISION
                    : now instanceof Content.Condition && random.nextInt(3) == 0
                            ? VersionKind.UPDATE
                            : VersionKind.CORRECTION;
            if (random.nextInt(40) == 0) {
                kind = VersionKind.RETRACTION;
                now = was;
            }
            commands.add(Fixture.change(kind, on, patient, now, "random"));
        }

        private Content again(Content was) {
            number++;
            return switch (was) {
                case Content.Note note -> Fixture.note(note.kind(), note.text() + "\nMore " + number);
                case Content.Observation observation -> Fixture.weight(40 + number % 80 + ".5");
                case Content.Condition problem ->
                    new Content.Condition(
                            false,
                            problem.code(),
                            "active",
                            problem.verificationStatus(),
                            random.nextBoolean() ? "mild" : "severe",
                            problem.onset(),
                            null,
                            null,
                            "Said " + number);
                default -> was;
            };
        }

        private void sign(List<Signing.VersionRef> versions) {
            if (!versions.isEmpty()) {
                Actor author = fixture.here.clinician();
                fixture.run(author, () -> signing.sign(author, versions, "author"));
            }
        }

        private void write(List<EntryCommand> commands) {
            if (commands.isEmpty()) {
                return;
            }
            clock.advance(Duration.ofMillis(5));
            List<Written> written = fixture.write(fixture.here.specialist(), commands);
            for (int i = 0; i < commands.size(); i++) {
                EntryCommand command = commands.get(i);
                EntryId id = written.get(i).entry();
                if (stands.put(id, written.get(i)) == null) {
                    entries.computeIfAbsent(command.patient(), each -> new ArrayList<>())
                            .add(id);
                }
                says.put(id, command.content());
                made.add(new Made(
                        command.patient(), id, written.get(i).version(), ContentJson.write(command.content())));
            }
        }

        private List<EntryEntity> states(Collection<EntryId> ids) {
            return jdbc.sql("SELECT * FROM entry WHERE id = ANY (?::uuid[]) ORDER BY id")
                    .param(Sql.uuids(ids.stream().map(EntryId::value).toList()))
                    .query((row, at) -> {
                        EntryEntity found = new EntryEntity();
                        found.id = Sql.uuid(row, "id");
                        found.status = row.getString("status");
                        found.pendingKind = row.getString("pending_kind");
                        found.currentVersion = row.getInt("current_version");
                        found.inForceVersion = row.getInt("in_force_version");
                        int signed = row.getInt("signed_version");
                        found.signedVersion = signed == 0 ? null : (Integer) signed;
                        return found;
                    })
                    .list();
        }

        /** Through the reader, as the history page has them. */
        void compareEveryVersion() {
            Map<EntryId, List<Made>> byEntry = made.stream().collect(Collectors.groupingBy(Made::entry));
            Actor specialist = fixture.here.specialist();
            fixture.run(
                    specialist,
                    () -> byEntry.forEach((entry, edits) -> {
                        List<VersionView> history = new ArrayList<>(
                                reader.history(specialist, edits.get(0).patient(), entry));
                        Collections.reverse(history);
                        assertThat(history).hasSameSizeAs(edits);
                        for (int i = 0; i < edits.size(); i++) {
                            VersionView version = history.get(i);
                            assertThat(version.number()).isEqualTo(edits.get(i).version());
                            assertThat(version.json()).isEqualTo(edits.get(i).json());
                            assertThat(version.intact()).isTrue();
                        }
                    }));
        }

        List<ChartVerification.Finding> findings() {
            Set<String> ours = new HashSet<>();
            made.forEach(each -> ours.add(each.entry().toString()));
            return currentActor
                    .asSystem(fixture.here.facility(), () -> verification.verify(checked -> {}))
                    .findings()
                    .stream()
                    .filter(finding -> ours.contains(finding.entry()))
                    .toList();
        }

        /** One byte of one version, as somebody with the keys of the database would; and back. */
        void changeOneByte() {
            Made one = made.stream()
                    .filter(each -> each.json().contains("More "))
                    .skip(random.nextInt(20))
                    .findFirst()
                    .orElseThrow();
            String changed = one.json().replaceFirst("More ", "More_");
            tamper(one, changed);
            try {
                List<ChartVerification.Finding> found = findings();
                assertThat(found).isNotEmpty();
                assertThat(found).allSatisfy(finding -> {
                    assertThat(finding.entry()).isEqualTo(one.entry().toString());
                    assertThat(finding.version()).isIn(one.version(), 0);
                });
                assertThat(found).anySatisfy(finding -> {
                    assertThat(finding.version()).isEqualTo(one.version());
                    assertThat(finding.kind()).isEqualTo("content");
                });
                Actor specialist = fixture.here.specialist();
                assertThat(fixture.as(specialist, () -> reader.history(specialist, one.patient(), one.entry())))
                        .filteredOn(version -> !version.intact())
                        .extracting(VersionView::number)
                        .containsExactly(one.version());
            } finally {
                tamper(one, one.json());
            }
            assertThat(findings()).isEmpty();
        }

        private void tamper(Made one, String json) {
            try (Connection owner = TestDatabase.owner();
                    Statement statement = owner.createStatement()) {
                owner.setAutoCommit(false);
                statement.execute("alter table entry_version disable trigger entry_version_only_grows");
                statement.execute("update entry_version set content = '" + json.replace("'", "''")
                        + "' where entry_id = '" + one.entry() + "' and number = " + one.version());
                statement.execute("alter table entry_version enable always trigger entry_version_only_grows");
                owner.commit();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        /** What the reader tells against what the versions themselves say. */
        void compareChanges(Instant since, List<Made> edits) {
            Actor specialist = fixture.here.specialist();
            Map<PatientId, List<Made>> byChart = edits.stream().collect(Collectors.groupingBy(Made::patient));
            for (PatientId patient : charts) {
                List<String> told =
                        fixture.as(specialist, () -> reader.changesSince(specialist, patient, since, 10_000)).stream()
                                .filter(change -> !change.kind().equals("signed"))
                                .map(change -> change.entry() + " " + change.version() + " " + change.differences())
                                .sorted()
                                .toList();
                List<String> said = byChart.getOrDefault(patient, List.of()).stream()
                        .map(each -> each.entry() + " " + each.version() + " " + differences(each))
                        .sorted()
                        .toList();
                assertThat(told).isEqualTo(said);
            }
        }

        private List<VersionView.Difference> differences(Made now) {
            return made.stream()
                    .filter(was ->
                            was.version() == now.version() - 1 && was.entry().equals(now.entry()))
                    .findFirst()
                    .map(was -> Fields.differences(ContentJson.read(was.json()), ContentJson.read(now.json())))
                    .orElse(List.of());
        }
    }
}
