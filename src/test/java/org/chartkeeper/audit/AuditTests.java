package org.chartkeeper.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.chartkeeper.audit.AuditSeals.Verification;
import org.chartkeeper.audit.AuditSearch.Criteria;
import org.chartkeeper.audit.AuditSearch.Recorded;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Slice;
import org.chartkeeper.testing.ChartkeeperTest;
import org.chartkeeper.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@ChartkeeperTest
class AuditTests {

    @Autowired
    AuditTrail trail;

    @Autowired
    AuditSeals seals;

    @Autowired
    AuditSearch search;

    @Autowired
    CurrentActor actors;

    @Autowired
    JdbcClient database;

    @Autowired
    PlatformTransactionManager transactions;

    @Test
    void a_change_is_not_recorded_outside_its_transaction() {
        assertThatThrownBy(() -> trail.record(AuditEvent.done("test.change")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void an_event_vanishes_with_the_change_that_was_rolled_back() {
        AuditEventId id = new TransactionTemplate(transactions).execute(status -> {
            status.setRollbackOnly();
            return trail.record(AuditEvent.done("test.change"));
        });
        assertThat(database.sql("select count(*) from audit_event where id = :id")
                        .param("id", id.value())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void nobody_changes_or_removes_events_neither_the_application_nor_the_owner() throws SQLException {
        trail.recordAlone(AuditEvent.done("test.kept"));
        for (String statement : List.of(
                "update audit_event set action = 'other'",
                "delete from audit_event",
                "truncate audit_event",
                "truncate audit_seal",
                "truncate audit_event_default",
                "update audit_event_2026_11 set action = 'other'",
                "delete from audit_event_2026_11",
                "update setting_version set reason = 'other'",
                "delete from audit_seal")) {
            try (Connection application = TestDatabase.application();
                    Connection owner = TestDatabase.owner()) {
                assertThatThrownBy(() -> run(application, statement))
                        .as("application: " + statement)
                        .isInstanceOf(SQLException.class);
                assertThatThrownBy(() -> run(owner, statement))
                        .as("owner: " + statement)
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("only added");
            }
        }
    }

    @Test
    void the_months_ahead_have_partitions_and_events_of_any_other_time_a_place() {
        assertThat(database.sql("select count(*) from pg_inherits where inhparent = 'audit_event'::regclass")
                        .query(Long.class)
                        .single())
                .isGreaterThanOrEqualTo(26);
        assertThat(database.sql("select audit_make_partitions(date '2026-01-01', 24)")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void sealed_events_verify_and_any_tampering_is_named() throws SQLException {
        trail.recordAlone(AuditEvent.done("test.before"));
        seals.seal();
        PatientId patient = PatientId.next();
        AuditEventId changed = trail.recordAlone(AuditEvent.done("test.sealed")
                .of(patient)
                .on("entry", "e-1")
                .version(3)
                .because("zażółć \"gęślą\"")
                .count(7)
                .details("a\nb"));
        AuditEventId removed =
                trail.recordAlone(AuditEvent.refused("test.sealed").of(patient));
        seals.seal();
        assertThat(seals.verify().findings()).isEmpty();

        assertThat(tampered("update audit_event set reason = 'nothing' where id = '" + changed + "'"))
                .anyMatch(finding ->
                        finding.subject().equals("event") && finding.id().equals(changed.toString()))
                .anyMatch(finding -> finding.subject().equals("seal"));
        assertThat(tampered("delete from audit_event where id = '" + removed + "'"))
                .anyMatch(finding ->
                        finding.subject().equals("seal") && finding.what().contains("are there"));
        assertThat(tampered("delete from audit_seal where number = 1")).isNotEmpty();
        assertThat(tampered("update audit_seal set root = sha256('x') where number = 1"))
                .anyMatch(finding -> finding.what().contains("hash"));
        assertThat(tampered("""
                        insert into audit_event select occurred_at, gen_random_uuid(), facility_id, actor_id, role,
                            session_hash, address, node, patient_id, subject_type, subject_id, subject_version, action,
                            outcome, reason, count, details, cluster, transaction_id, application_version, hash
                        from audit_event where id = '%s'""".formatted(changed))).isNotEmpty();
        Verification intact = seals.verify();
        assertThat(intact.findings()).isEmpty();
        assertThat(intact.seals()).isPositive();
    }

    @Test
    void the_trail_is_searched_by_patient_action_and_time_page_by_page() {
        PatientId patient = PatientId.next();
        for (int i = 0; i < 5; i++) {
            trail.recordAlone(
                    AuditEvent.done(i % 2 == 0 ? "test.view" : "test.write").of(patient));
        }
        Criteria all = new Criteria(patient, null, null, null, null, null);
        Slice<Recorded> first = find(all, null);
        Slice<Recorded> second = find(all, first.next());
        Slice<Recorded> third = find(all, second.next());
        // The third page ends with what the searches themselves recorded of this patient.
        assertThat(first.items()).hasSize(2);
        assertThat(first.items().getFirst().occurredAt())
                .isAfterOrEqualTo(first.items().getLast().occurredAt());
        assertThat(second.items()).hasSize(2).doesNotContainAnyElementsOf(first.items());
        assertThat(third.items()).hasSize(1);
        assertThat(find(new Criteria(patient, null, null, null, "test.write", null), null)
                        .items())
                .hasSize(2);
        assertThat(find(new Criteria(patient, null, null, null, "test", AuditEvent.Outcome.REFUSED), null)
                        .items())
                .isEmpty();
        assertThat(find(new Criteria(patient, null, Instant.now().plusSeconds(60), null, "test", null), null)
                        .items())
                .isEmpty();
    }

    private Slice<Recorded> find(Criteria criteria, String after) {
        return actors.asSystem(FacilityId.next(), () -> search.find(criteria, after, 2));
    }

    /** What is found after the owner switched its triggers off and did this; it is undone afterwards. */
    private List<AuditSeals.Finding> tampered(String statement) throws SQLException {
        try (Connection owner = TestDatabase.owner()) {
            owner.setAutoCommit(false);
            run(owner, "create table kept_event as select * from audit_event");
            run(owner, "create table kept_seal as select * from audit_seal");
            toggle(owner, "disable");
            run(owner, statement);
            owner.commit();
            try {
                return seals.verify().findings();
            } finally {
                run(
                        owner,
                        "delete from audit_event where (occurred_at, id) in (select occurred_at, id from kept_event)"
                                + " or action like 'test.sealed'");
                run(owner, "insert into audit_event select * from kept_event");
                run(owner, "delete from audit_seal where number in (select number from kept_seal)");
                run(owner, "insert into audit_seal select * from kept_seal");
                run(owner, "drop table kept_event, kept_seal");
                toggle(owner, "enable");
                owner.commit();
            }
        }
    }

    private static void toggle(Connection owner, String way) throws SQLException {
        for (String table : List.of("audit_event", "audit_seal")) {
            run(owner, "alter table " + table + " " + way + " trigger user");
        }
        run(owner, """
                do $$
                declare part regclass;
                begin
                    for part in select inhrelid::regclass from pg_inherits where inhparent = 'audit_event'::regclass
                    loop execute format('alter table %s """ + " " + way + """
                 trigger user', part); end loop;
                end $$""");
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
