package org.chartkeeper.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.NotAllowed;
import org.chartkeeper.testing.ChartkeeperTest;
import org.chartkeeper.testing.StatementCounter;
import org.chartkeeper.upkeep.SystemState.Finding;
import org.chartkeeper.upkeep.SystemState.Report;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@ChartkeeperTest
class SystemStateTests {

    @Autowired
    SystemState state;

    @Autowired
    CurrentActor actor;

    @Autowired
    JdbcClient database;

    @Autowired
    StatementCounter statements;

    private Report read() {
        return actor.asSystem(FacilityId.next(), state::read);
    }

    private static Finding finding(Report report, String name) {
        return report.sections().stream()
                .flatMap(section -> section.findings().stream())
                .filter(found -> found.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_application_is_found_to_own_nothing_and_to_change_no_append_only_table() {
        Report report = read();
        assertThat(finding(report, "Account of the application").tone()).isEqualTo("ok");
        assertThat(finding(report, "Append-only tables").tone()).isEqualTo("ok");
        assertThat(finding(report, "Append-only tables").value()).matches("[1-9]\\d* tables .*");
    }

    @Test
    void durability_migrations_and_versions_are_told() {
        Report report = read();
        assertThat(finding(report, "fsync")).isEqualTo(Finding.good("fsync", "on"));
        assertThat(finding(report, "synchronous_commit").tone()).isEqualTo("ok");
        assertThat(finding(report, "Schema").value()).matches("\\d+, \\d+ migrations");
        assertThat(finding(report, "PostgreSQL").value()).matches("1[5-9].*");
        assertThat(finding(report, "Java").value()).isNotBlank();
        assertThat(finding(report, "Folder").value()).contains("content");
        assertThat(finding(report, "Room for events").tone()).isEqualTo("ok");
    }

    @Test
    void a_job_that_failed_and_is_late_is_told_with_what_to_do() {
        String name = "test-" + UUID.randomUUID();
        database.sql("""
                        INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, consecutive_failures, version)
                        VALUES (?, '1', now() - interval '1 hour', false, 2, 1)
                        """).param(name).update();
        try {
            Report report = read();
            assertThat(report.jobs())
                    .filteredOn(job -> job.name().equals(name))
                    .singleElement()
                    .satisfies(job -> {
                        assertThat(job.waiting()).isEqualTo(1);
                        assertThat(job.failing()).isEqualTo(1);
                        assertThat(job.lastSuccess()).isNull();
                    });
            assertThat(report.getWarnings()).extracting(Finding::name).contains("Failures", "Queue");
        } finally {
            database.sql("DELETE FROM scheduled_tasks WHERE task_name = ?")
                    .param(name)
                    .update();
        }
    }

    @Test
    void every_warning_says_what_to_do() {
        assertThat(read().getWarnings()).allSatisfy(finding -> {
            assertThat(finding.tone()).isIn("warn", "stop");
            assertThat(finding.advice()).isNotBlank();
        });
    }

    @Test
    void nobody_without_the_permission_reads_it() {
        assertThatThrownBy(state::read).isInstanceOf(NotAllowed.class);
    }

    @Test
    void it_takes_few_statements() throws Exception {
        List<String> sent = statements.fewest(this::read);
        assertThat(sent).hasSizeLessThanOrEqualTo(8);
    }
}
