package org.chartkeeper.chart.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.ChartReader.Filter;
import org.chartkeeper.chart.ChartVerification;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryCommand;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.testing.ChartkeeperTest;
import org.chartkeeper.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** How fast the writer stores what an import brings, and that a large chart reads like a small one. */
@ChartkeeperTest
@Tag("bench")
class WriterSpeedTest {

    private static final int PATIENTS = 20;
    private static final int BATCHES = 5;
    private static final int BATCH = 1000;

    @Autowired
    ChartWriter writer;

    @Autowired
    ChartReader reader;

    @Autowired
    ChartVerification verification;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    Provisioning provisioning;

    @Autowired
    CurrentActor currentActor;

    @Test
    void entries_are_stored_faster_than_an_import_needs() {
        Fixture fixture = new Fixture(jdbc, writer, transactions, provisioning, currentActor);
        PatientId patient = fixture.aPatient();
        long written = 0;
        Duration writing = Duration.ZERO;
        for (int person = 0; person < PATIENTS; person++) {
            patient = fixture.aPatient();
            for (int batch = 0; batch < BATCHES; batch++) {
                List<EntryCommand> commands = commands(patient, batch);
                long start = System.nanoTime();
                fixture.write(fixture.here.specialist(), commands);
                if (person > 1) {
                    writing = writing.plusNanos(System.nanoTime() - start);
                    written += commands.size();
                }
            }
        }
        double perSecond = written / (writing.toMillis() / 1000.0);
        System.out.printf("writer: %d entries in %s, %.0f per second%n", written, writing, perSecond);

        long start = System.nanoTime();
        ChartVerification.Report report =
                currentActor.asSystem(fixture.here.facility(), () -> verification.verify(versions -> {}));
        System.out.printf("verify: %d versions in %.1f s%n", report.versions(), (System.nanoTime() - start) / 1e9);
        assertThat(report.findings()).isEmpty();
        assertThat(perSecond).isGreaterThan(5000);
    }

    @Test
    void a_chart_of_30_000_entries_reads_like_one_of_300() throws SQLException {
        Fixture fixture = new Fixture(jdbc, writer, transactions, provisioning, currentActor);
        PatientId small = fixture.aPatient();
        fixture.write(fixture.here.specialist(), commands(small, 0).subList(0, 300));
        PatientId large = fixture.aPatient();
        for (int batch = 0; batch < 30; batch++) {
            fixture.write(
                    fixture.here.specialist(),
                    commands(large, batch).stream()
                            .filter(command -> batchZeroOrPast(command))
                            .toList());
        }
        analyzed();
        for (String name : List.of("summary", "section", "timeline", "active", "counts", "changes")) {
            double little = millis(fixture, name, small);
            double much = millis(fixture, name, large);
            System.out.printf("%s: %.1f ms for 300 entries, %.1f ms for 30,000%n", name, little, much);
            assertThat(much).as(name).isLessThan(little * 4 + 40);
        }
    }

    /** What the database's own upkeep does a minute after so many rows; not all that others wrote in this run has had it. */
    private static void analyzed() throws SQLException {
        try (Connection owner = TestDatabase.owner();
                Statement statement = owner.createStatement()) {
            statement.execute("analyze");
        }
    }

    /** Lists of a large chart are long in what is over, not in what is active. */
    private static boolean batchZeroOrPast(EntryCommand command) {
        return !(command.content() instanceof Content.Condition problem)
                || !problem.clinicalStatus().equals("active")
                || problem.title().startsWith("Problem 0.");
    }

    private double millis(Fixture fixture, String name, PatientId patient) {
        int rounds = 20;
        long best = Long.MAX_VALUE;
        for (int i = 0; i < rounds; i++) {
            long start = System.nanoTime();
            fixture.as(fixture.here.specialist(), () -> read(fixture, name, patient));
            best = Math.min(best, System.nanoTime() - start);
        }
        return best / 1e6;
    }

    private Object read(Fixture fixture, String name, PatientId patient) {
        Actor actor = fixture.here.specialist();
        return switch (name) {
            case "summary" -> reader.summary(actor, patient);
            case "section" -> reader.entries(actor, patient, Filter.of(EntryType.OBSERVATION), null, 50);
            case "timeline" -> reader.entries(actor, patient, Filter.of(), null, 50);
            case "active" ->
                reader.entries(actor, patient, Filter.of(EntryType.CONDITION).active(), null, 50);
            case "counts" -> reader.counts(actor, patient);
            default -> reader.changesSince(actor, patient, Instant.EPOCH, 50);
        };
    }

    private static EntryCommand earlier(int hours, EntryCommand command) {
        return new EntryCommand(
                command.kind(),
                command.entry(),
                null,
                command.patient(),
                command.facility(),
                null,
                command.content(),
                command.event().minusSeconds(3600L * hours),
                command.eventPrecision(),
                command.statement(),
                command.source(),
                null,
                "",
                true);
    }

    private static List<EntryCommand> commands(PatientId patient, int batch) {
        List<EntryCommand> commands = new ArrayList<>(BATCH);
        for (int i = 0; i < BATCH; i++) {
            String number = batch + "." + i;
            commands.add(earlier(
                    batch * BATCH + i,
                    Fixture.imported(
                            patient,
                            EntryId.next(),
                            switch (i % 8) {
                                case 0 -> Fixture.pressure("1" + number, "8" + number);
                                case 1 ->
                                    Fixture.problem(
                                            "E" + number, "Problem " + number, i % 16 == 1 ? "active" : "resolved");
                                case 2 -> Fixture.order("9" + number, "Drug " + number, "20", "completed");
                                case 3 -> Fixture.note("progress", "The patient was seen. ".repeat(40) + number);
                                default -> Fixture.weight(number);
                            })));
        }
        return commands;
    }
}
