package org.chartkeeper.chart.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.ChartVerification;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.EntryCommand;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.testing.ChartkeeperTest;
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

        PatientId large = patient;
        long start = System.nanoTime();
        for (int i = 0; i < 50; i++) {
            fixture.as(fixture.here.specialist(), () -> reader.summary(fixture.here.specialist(), large));
        }
        System.out.printf("summary: %.1f ms%n", (System.nanoTime() - start) / 50e6);
        start = System.nanoTime();
        for (int i = 0; i < 50; i++) {
            fixture.as(
                    fixture.here.specialist(),
                    () -> reader.entries(
                            fixture.here.specialist(), large, ChartReader.Filter.of(EntryType.OBSERVATION), null, 50));
        }
        System.out.printf("section: %.1f ms%n", (System.nanoTime() - start) / 50e6);
        start = System.nanoTime();
        ChartVerification.Report report =
                currentActor.asSystem(fixture.here.facility(), () -> verification.verify(versions -> {}));
        System.out.printf("verify: %d versions in %.1f s%n", report.versions(), (System.nanoTime() - start) / 1e9);
        assertThat(report.findings()).isEmpty();
        assertThat(perSecond).isGreaterThan(5000);
    }

    private static List<EntryCommand> commands(PatientId patient, int batch) {
        List<EntryCommand> commands = new ArrayList<>(BATCH);
        for (int i = 0; i < BATCH; i++) {
            String number = batch + "." + i;
            commands.add(Fixture.imported(
                    patient,
                    EntryId.next(),
                    switch (i % 8) {
                        case 0 -> Fixture.pressure("1" + number, "8" + number);
                        case 1 ->
                            Fixture.problem("E" + number, "Problem " + number, i % 16 == 1 ? "active" : "resolved");
                        case 2 -> Fixture.order("9" + number, "Drug " + number, "20", "completed");
                        case 3 -> Fixture.note("progress", "The patient was seen. ".repeat(40) + number);
                        default -> Fixture.weight(number);
                    }));
        }
        return commands;
    }
}
