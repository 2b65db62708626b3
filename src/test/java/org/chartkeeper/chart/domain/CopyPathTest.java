package org.chartkeeper.chart.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.ChartWriter.Written;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryCommand;
import org.chartkeeper.chart.EntryCommand.VersionKind;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.testing.ChartkeeperTest;
import org.chartkeeper.testing.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The same commands, one by one and as one batch, store the same. */
@ChartkeeperTest
class CopyPathTest {

    private static final String NASTY = "tab\there, line\nthere\r, \\N and \\. and \"quotes\", é € 😀, \u0001 \u0007";

    @Autowired
    ChartWriter writer;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    Provisioning provisioning;

    @Autowired
    CurrentActor currentActor;

    @Autowired
    TestClock clock;

    Fixture fixture;
    PatientId patient;

    @BeforeEach
    void aPatient() {
        fixture = new Fixture(jdbc, writer, transactions, provisioning, currentActor);
        patient = fixture.aPatient();
    }

    @Test
    void one_by_one_and_by_copy_store_the_same_rows_and_hashes() {
        clock.setTo(Instant.parse("2026-11-23T09:00:00.123456Z"));
        List<EntryCommand> commands = commands();

        Map<String, List<String>> single = storedBy(commands, 1);
        Map<String, List<String>> batch = storedBy(commands, commands.size());

        assertThat(commands).hasSizeGreaterThan(RowWriter.MANY);
        assertThat(single.get("entry_version")).hasSize(commands.size());
        assertThat(batch).isEqualTo(single);
    }

    @Test
    void a_batch_takes_new_and_changed_entries_together() {
        List<EntryCommand> first = commands();
        List<Written> written = fixture.write(fixture.here.specialist(), first);
        List<EntryCommand> second = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Written one = written.get(i);
            if (first.get(i).content() instanceof Content.Observation) {
                EntryCommand change = Fixture.imported(patient, one.entry(), Fixture.weight("9" + i));
                second.add(new EntryCommand(
                        VersionKind.CORRECTION,
                        one.entry(),
                        one.version(),
                        patient,
                        change.facility(),
                        null,
                        change.content(),
                        change.event(),
                        change.eventPrecision(),
                        change.statement(),
                        change.source(),
                        "the source has changed",
                        "",
                        true));
            }
            second.add(Fixture.imported(patient, EntryId.next(), Fixture.weight("6" + i)));
        }

        List<Written> all = fixture.bring(second);

        assertThat(all).hasSize(second.size());
        for (int i = 0; i < second.size(); i++) {
            boolean changed = second.get(i).kind() == VersionKind.CORRECTION;
            assertThat(all.get(i).version()).isEqualTo(changed ? 2 : 1);
            assertThat(all.get(i).pending()).isFalse();
            assertThat(jdbc.sql("select number::text from observation where id = ?")
                            .param(all.get(i).entry().value())
                            .query(String.class)
                            .single())
                    .isEqualTo(((Content.Observation) second.get(i).content())
                            .value()
                            .number());
        }
    }

    @Test
    void a_batch_with_one_bad_command_stores_nothing() {
        List<EntryCommand> commands = new ArrayList<>(commands());
        Written signed = fixture.write(
                        fixture.here.specialist(),
                        List.of(Fixture.imported(patient, EntryId.next(), Fixture.weight("70"))))
                .get(0);
        commands.add(Fixture.change(VersionKind.UPDATE, signed, patient, Fixture.weight("71"), null));

        assertThatThrownBy(() -> fixture.write(fixture.here.specialist(), commands))
                .isInstanceOf(Rejected.class);

        assertThat(jdbc.sql("select count(*) from entry_version where patient_id = ?")
                        .param(patient.value())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    private List<EntryCommand> commands() {
        List<EntryCommand> commands = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            commands.add(Fixture.imported(patient, EntryId.next(), Fixture.weight(i + ".50")));
            commands.add(Fixture.imported(patient, EntryId.next(), Fixture.pressure("1" + i, "8" + i)));
            commands.add(Fixture.imported(patient, EntryId.next(), Fixture.note("progress", NASTY + i)));
            commands.add(Fixture.imported(
                    patient,
                    EntryId.next(),
                    new Content.Procedure(
                            new Concept(NASTY, List.of(new Concept.Coding(Concept.SNOMED, "77477000", NASTY))),
                            "completed",
                            "2020-01-01",
                            null,
                            NASTY,
                            null,
                            null,
                            null,
                            NASTY)));
        }
        commands.add(Fixture.imported(patient, EntryId.next(), Fixture.allergy("7980", "Penicillin")));
        commands.add(Fixture.imported(patient, EntryId.next(), Fixture.order("4603", "Furosemide", "20", "active")));
        commands.add(Fixture.imported(patient, EntryId.next(), Fixture.problem("I10", "Hypertension", "active")));
        return commands;
    }

    /** What the tables hold after writing in batches of a size; rolled back. */
    private Map<String, List<String>> storedBy(List<EntryCommand> commands, int size) {
        return Fixture.outside(
                fixture.here.specialist(),
                () -> new TransactionTemplate(transactions).execute(status -> {
                    for (int from = 0; from < commands.size(); from += size) {
                        writer.write(commands.subList(from, Math.min(commands.size(), from + size)));
                    }
                    Map<String, List<String>> rows = new LinkedHashMap<>();
                    rows.put("entry", rows("entry", "id"));
                    rows.put("entry_version", rows("entry_version", "entry_id"));
                    for (String table : EnumSet.allOf(EntryType.class).stream()
                            .map(type -> TypedRows.table(type).name())
                            .collect(Collectors.toSet())) {
                        rows.put(table, rows(table, "id"));
                    }
                    status.setRollbackOnly();
                    return rows;
                }));
    }

    private List<String> rows(String table, String key) {
        return jdbc.sql("select (to_jsonb(t) - 'audit_event')::text from " + table + " t where patient_id = ? order by "
                        + key)
                .param(patient.value())
                .query(String.class)
                .list();
    }
}
