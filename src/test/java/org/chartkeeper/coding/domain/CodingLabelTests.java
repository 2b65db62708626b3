package org.chartkeeper.coding.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.ChartWriter.Written;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.chart.Signing;
import org.chartkeeper.coding.Book;
import org.chartkeeper.coding.CaseStep;
import org.chartkeeper.coding.CodeEdit;
import org.chartkeeper.coding.CodeIndexes;
import org.chartkeeper.coding.CodingCases;
import org.chartkeeper.coding.CodingCases.Desk;
import org.chartkeeper.coding.CodingCases.Filter;
import org.chartkeeper.coding.CodingCases.Work;
import org.chartkeeper.coding.CodingQueries;
import org.chartkeeper.patient.Registrations;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.testing.ChartkeeperTest;
import org.chartkeeper.testing.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Labels of what a case is coded from: a supervisor may read records of Part 2 programs, a coder may not. */
@ChartkeeperTest
class CodingLabelTests {

    private static final String PROGRAM = "Assessment: Opioid dependence, on maintenance.";

    @Autowired
    CodingCases cases;

    @Autowired
    CodingQueries queries;

    @Autowired
    CodeIndexes indexes;

    CodingFixture coding;
    PatientId patrick;
    EncounterId visit;
    UUID id;

    @BeforeEach
    void fixture(
            @Autowired Provisioning provisioning,
            @Autowired Registrations registrations,
            @Autowired Encounters encounters,
            @Autowired ChartWriter writer,
            @Autowired Signing signing,
            @Autowired CurrentActor actors,
            @Autowired TestClock clock,
            @Autowired JdbcClient jdbc,
            @Autowired PlatformTransactionManager transactions) {
        coding = new CodingFixture(
                provisioning, registrations, encounters, writer, signing, cases, actors, clock, jdbc, transactions);
        patrick = coding.patrick();
        visit = coding.visit(patrick, "ambulatory", "finished");
        coding.note(patrick, visit, CodingFixture.NOTE);
        id = coding.work(visit).id();
    }

    private void supervisor(CodeEdit edit) {
        coding.edit(coding.here.supervisor(), id, Book.CODER, edit);
    }

    private Desk supervisors() {
        return coding.as(
                coding.here.supervisor(),
                actor -> cases.desk(actor, id, Book.CODER).orElseThrow());
    }

    private CodeEdit.Words words(String words) {
        return coding.words(supervisors(), words);
    }

    /** A code of the supervisor that rests on a note of the program. */
    private void programme() {
        coding.labelled(patrick, visit, PROGRAM, "part2");
        supervisor(new CodeEdit.Add(false, null, "F11.20", null, words("Opioid dependence"), "typed"));
    }

    private boolean listed(String login) {
        return coding
                .as(
                        login,
                        actor -> cases.list(
                                actor,
                                new Filter(
                                        "all", coding.here.facility(), null, null, null, null, null, null, null, null),
                                null,
                                500))
                .items()
                .stream()
                .anyMatch(work -> work.id().equals(id));
    }

    @Test
    void what_is_labelled_is_no_source_and_no_suggestion_for_who_may_not_read_it() {
        coding.labelled(patrick, visit, PROGRAM, "part2");

        Desk desk = coding.desk(id);

        assertThat(desk.sources().toString()).doesNotContain("Opioid");
        assertThat(desk.suggestions().toString()).doesNotContain("Opioid");
        assertThat(supervisors().sources().toString()).contains("Opioid");
    }

    @Test
    void a_case_that_rests_on_a_part_2_record_is_there_for_those_alone_who_may_read_it() {
        programme();

        assertThat(listed(coding.here.supervisor())).isTrue();
        assertThat(listed(coding.here.coder())).isFalse();
        assertThat(coding.<Boolean>as(
                        coding.here.coder(),
                        actor -> cases.find(actor, id).isPresent()
                                || cases.desk(actor, id, Book.CODER).isPresent()))
                .isFalse();
    }

    @Test
    void the_counts_of_the_queue_leave_it_out_too() {
        int before = coding.as(
                coding.here.coder(),
                actor -> cases.counts(actor, coding.here.facility()).mineAndUnclaimed());
        supervisor(new CodeEdit.Add(false, null, "I10", null, words("High blood pressure"), "typed"));
        coding.step(coding.here.supervisor(), id, new CaseStep.GiveBack());
        programme();
        coding.step(coding.here.supervisor(), id, new CaseStep.GiveBack());

        assertThat(coding.<Integer>as(
                        coding.here.coder(),
                        actor -> cases.counts(actor, coding.here.facility()).mineAndUnclaimed()))
                .isEqualTo(before - 1);
    }

    @Test
    void the_label_stays_when_the_code_is_removed_for_the_history_still_tells_of_it() {
        programme();
        supervisor(new CodeEdit.Remove(supervisors().diagnoses().get(0).id()));

        assertThat(listed(coding.here.coder())).isFalse();
    }

    @Test
    void a_label_that_comes_to_the_evidence_later_comes_to_its_cases() {
        Written note = coding.note(patrick, visit, "Assessment: Opioid dependence, uncomplicated.");
        coding.add(id, "F11.20", "Opioid dependence");

        coding.relabel(patrick, visit, note, "Assessment: Opioid dependence, uncomplicated, in the program.", "part2");

        assertThat(listed(coding.here.coder())).isFalse();
        assertThat(listed(coding.here.supervisor())).isTrue();
    }

    @Test
    void codes_on_a_part_2_record_are_in_the_index_of_those_alone_who_may_read_it() {
        programme();
        finish();

        assertThat(index(coding.here.supervisor())).contains("F11.20");
        assertThat(index(coding.here.coder())).doesNotContain("F11.20");
    }

    private void finish() {
        coding.jdbc
                .sql("UPDATE coding_case SET state = 'final coded', final_at = ended_at WHERE id = :id")
                .param("id", id)
                .update();
    }

    private List<String> index(String login) {
        LocalDate day = coding.yesterday().atZone(java.time.ZoneOffset.UTC).toLocalDate();
        return coding
                .as(
                        login,
                        actor -> indexes.lines(
                                actor,
                                new CodeIndexes.Asked(
                                        coding.here.facility(),
                                        "diagnosis",
                                        null,
                                        day.minusDays(2),
                                        day.plusDays(2),
                                        null,
                                        false,
                                        null),
                                null,
                                500))
                .items()
                .stream()
                .filter(line -> line.patient().equals(patrick))
                .map(CodeIndexes.Line::code)
                .toList();
    }

    private CodingQueries.Draft draft(CodeEdit.Words indicator) {
        return new CodingQueries.Draft(
                coding.here.okafor(),
                null,
                "open",
                "documented",
                "Clarification of the course",
                "Please clarify the course and the present treatment.",
                List.of(),
                List.of(indicator),
                "",
                false);
    }

    @Test
    void a_query_on_a_part_2_record_is_shown_to_whom_it_asks_and_to_no_coder_without_the_right() {
        coding.labelled(patrick, visit, PROGRAM, "part2");
        Work work = coding.work(visit);
        CodingQueries.Draft draft = draft(words("Opioid dependence"));
        UUID query = coding.as(
                coding.here.supervisor(),
                actor -> queries.send(
                        actor,
                        id,
                        patrick,
                        work.version(),
                        draft,
                        UUID.randomUUID().toString()));

        assertThat(coding.<Boolean>as(
                        coding.here.clinician(),
                        actor -> queries.find(actor, query).isPresent()))
                .isTrue();
        assertThat(coding.<Boolean>as(
                        coding.here.coder(),
                        actor -> queries.find(actor, query).isPresent()
                                || queries.list(actor, coding.here.facility(), true, 500).stream()
                                        .anyMatch(each -> each.id().equals(query))))
                .isFalse();
    }

    @Test
    void nothing_is_coded_from_a_psychotherapy_note_whoever_may_read_it() {
        Written note = coding.labelled(patrick, visit, "Assessment: Opioid dependence.", "psychotherapy");
        CodeEdit.Words words = new CodeEdit.Words(note.entry(), note.version(), 0);

        coding.jdbc
                .sql("INSERT INTO role_permission (role_key, permission) VALUES ('supervisor', 'chart.psychotherapy')")
                .update();
        try {
            assertThat(supervisors().sources().toString()).doesNotContain("Opioid");
            assertThatThrownBy(() -> supervisor(new CodeEdit.Add(false, null, "F11.20", null, words, "typed")))
                    .isInstanceOf(Rejected.class);
        } finally {
            coding.jdbc
                    .sql(
                            "DELETE FROM role_permission WHERE role_key = 'supervisor' AND permission = 'chart.psychotherapy'")
                    .update();
        }
        assertThat(coding.desk(id).diagnoses()).isEmpty();
    }

    @Test
    void the_trail_of_an_edit_has_no_word_of_the_record() {
        coding.add(id, "J44.1", "COPD with acute exacerbation");

        assertThat(coding.jdbc
                        .sql("SELECT details FROM audit_event WHERE action = 'coding-case.edit' AND subject_id = :id")
                        .param("id", id.toString())
                        .query(String.class)
                        .list())
                .containsExactly("add");
    }

    @Test
    void queries_of_a_restricted_chart_are_counted_for_nobody_who_may_not_see_it(@Autowired QueryRows rows) {
        int version = coding.work(visit).version();
        CodingQueries.Draft draft = draft(words("Creatinine 2.4"));
        UUID query = coding.as(
                coding.here.supervisor(),
                actor -> queries.send(
                        actor, id, patrick, version, draft, UUID.randomUUID().toString()));
        coding.jdbc
                .sql(
                        "UPDATE coding_query SET asked_at = asked_at - interval '9 days', due_at = due_at - interval '9 days' WHERE id = :id")
                .param("id", query)
                .update();
        int overdue = overdue(rows);
        int sent = sent();

        coding.restrict(patrick);

        assertThat(overdue(rows)).isEqualTo(overdue - 1);
        assertThat(sent()).isEqualTo(sent - 1);
    }

    private int overdue(QueryRows rows) {
        return coding.as(
                coding.here.coder(),
                actor -> coding.read(() -> rows.countOverdue(actor.facilities(), coding.yesterday())));
    }

    private int sent() {
        LocalDate day = coding.yesterday().atZone(java.time.ZoneOffset.UTC).toLocalDate();
        return coding.as(
                coding.here.coder(),
                actor -> queries.figures(actor, coding.here.facility(), day.minusDays(30), day.plusDays(2))
                        .sent());
    }
}
