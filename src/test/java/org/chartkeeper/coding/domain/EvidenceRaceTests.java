package org.chartkeeper.coding.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.ChartWriter.Written;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.chart.Signing;
import org.chartkeeper.coding.CaseStep;
import org.chartkeeper.coding.CodeEdit;
import org.chartkeeper.coding.CodingCases;
import org.chartkeeper.coding.CodingCases.Work;
import org.chartkeeper.coding.CodingQueries;
import org.chartkeeper.patient.Registrations;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Stale;
import org.chartkeeper.testing.ChartkeeperTest;
import org.chartkeeper.testing.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** A case is coded while what it is coded from changes: whoever comes first, no code stands on words that are gone. */
@ChartkeeperTest
class EvidenceRaceTests {

    private static final String AMENDED =
            CodingFixture.NOTE.replace("COPD with acute exacerbation", "Acute bronchitis");

    @Autowired
    CodingCases cases;

    @Autowired
    CodingQueries queries;

    CodingFixture coding;
    PatientId patrick;
    EncounterId visit;
    Written note;
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
        note = coding.note(patrick, visit, CodingFixture.NOTE);
        id = coding.work(visit).id();
    }

    private Object amend() {
        coding.correct(patrick, visit, note, AMENDED);
        return "";
    }

    private CodeEdit.Add copd() {
        return new CodeEdit.Add(false, null, "J44.1", null, coding.words(id, "COPD with acute exacerbation"), "typed");
    }

    private Object edit(int version, CodeEdit edit) {
        coding.as(coding.here.coder(), actor -> {
            cases.edit(actor, id, patrick, version, org.chartkeeper.coding.Book.CODER, edit, "");
            return "";
        });
        return "";
    }

    @Test
    void words_that_are_being_amended_are_not_linked_as_they_were() throws Exception {
        CodeEdit add = copd();
        int version = coding.work(visit).version();
        OpenWork amending = new OpenWork(coding, coding.here.clinician(), this::amend);
        CompletableFuture<Void> linking = OpenWork.meanwhile(() -> edit(version, add));

        amending.end();

        assertThatThrownBy(linking::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(Rejected.class);
        assertThat(coding.desk(id).diagnoses()).isEmpty();
    }

    @Test
    void an_amendment_finds_the_code_that_was_linked_while_it_waited() throws Exception {
        CodeEdit add = copd();
        int version = coding.work(visit).version();
        OpenWork linking = new OpenWork(coding, coding.here.coder(), () -> edit(version, add));
        CompletableFuture<Void> amending = OpenWork.meanwhile(this::amend);

        linking.end();
        amending.join();

        assertThat(coding.line(id, "J44.1").toReview()).contains("amended");
    }

    @Test
    void an_amendment_leaves_what_the_coder_changed_while_it_waited() throws Exception {
        coding.add(id, "J44.1", "COPD with acute exacerbation");
        UUID line = coding.line(id, "J44.1").id();
        int version = coding.work(visit).version();
        OpenWork editing = new OpenWork(coding, coding.here.coder(), () -> edit(version, new CodeEdit.Poa(line, "N")));
        CompletableFuture<Void> amending = OpenWork.meanwhile(this::amend);

        editing.end();
        amending.join();

        assertThat(coding.line(id, "J44.1").poa()).isEqualTo("N");
        assertThat(coding.line(id, "J44.1").toReview()).contains("amended");
    }

    @Test
    void an_amendment_goes_through_though_its_code_was_removed_while_it_waited() throws Exception {
        coding.add(id, "J44.1", "COPD with acute exacerbation");
        UUID line = coding.line(id, "J44.1").id();
        int version = coding.work(visit).version();
        OpenWork editing = new OpenWork(coding, coding.here.coder(), () -> edit(version, new CodeEdit.Remove(line)));
        CompletableFuture<Void> amending = OpenWork.meanwhile(this::amend);

        editing.end();
        amending.join();

        assertThat(coding.desk(id).diagnoses()).isEmpty();
    }

    @Test
    void a_case_that_is_finalized_while_its_evidence_is_amended_comes_back() throws Exception {
        coding.coded(patrick, visit);
        Work work = coding.work(visit);
        OpenWork finalizing = new OpenWork(coding, coding.here.coder(), () -> {
            coding.step(id, new CaseStep.Finalize(""));
            return "";
        });
        CompletableFuture<Void> amending = OpenWork.meanwhile(this::amend);

        finalizing.end();
        amending.join();

        assertThat(coding.work(visit).state()).isEqualTo("reopened");
        assertThat(coding.line(id, "J44.1").toReview()).contains("amended");
        assertThat(work.version()).isLessThan(coding.work(visit).version());
    }

    @Test
    void a_case_is_not_finalized_on_words_that_are_being_amended() throws Exception {
        coding.coded(patrick, visit);
        int version = coding.work(visit).version();
        OpenWork amending = new OpenWork(coding, coding.here.clinician(), this::amend);
        CompletableFuture<Void> finalizing = OpenWork.meanwhile(() -> coding.as(coding.here.coder(), actor -> {
            cases.step(actor, id, patrick, version, new CaseStep.Finalize(""), "");
            return "";
        }));

        amending.end();

        assertThatThrownBy(finalizing::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(Stale.class);
        assertThat(coding.work(visit).state()).isNotEqualTo("final coded");
    }

    @Test
    void words_that_go_with_the_signature_of_a_correction_bring_their_code_back_though_it_was_said_to_stand() {
        coding.coded(patrick, visit);
        Written correction = coding.correction(patrick, visit, note, AMENDED);
        coding.edit(id, new CodeEdit.Stands(coding.line(id, "J44.1").id()));
        assertThat(coding.line(id, "J44.1").toReview()).isNull();

        coding.sign(patrick, correction);

        assertThat(coding.line(id, "J44.1").toReview()).contains("amended");
        assertThatThrownBy(() -> coding.step(id, new CaseStep.Finalize(""))).isInstanceOf(Rejected.class);
    }

    @Test
    void words_that_their_clinician_refuses_bring_their_codes_back() {
        Written typed = coding.draft(patrick, visit, "Assessment: Type 2 diabetes mellitus.");
        coding.add(id, "E11.9", "Type 2 diabetes mellitus");

        coding.refuse(patrick, typed);

        assertThat(coding.line(id, "E11.9").toReview()).contains("amended");
    }

    @Test
    void two_coders_who_take_a_case_at_the_same_time_do_not_both_get_it() throws Exception {
        Work work = coding.work(visit);
        OpenWork first = new OpenWork(coding, coding.here.coder(), () -> {
            coding.step(id, new CaseStep.Claim());
            return "";
        });
        CompletableFuture<Void> second = OpenWork.meanwhile(() -> coding.as(coding.here.colleague(), actor -> {
            cases.step(actor, id, patrick, work.version(), new CaseStep.Claim(), "");
            return "";
        }));

        first.end();

        assertThatThrownBy(second::join).hasCauseInstanceOf(Stale.class);
        assertThat(coding.desk(id).ownerName()).isEqualTo("T. Ahn");
    }

    private UUID query() {
        coding.add(id, "J44.1", "COPD with acute exacerbation");
        CodeEdit.Words indicator = coding.words(id, "Creatinine 2.4");
        int version = coding.work(visit).version();
        return coding.as(
                coding.here.coder(),
                actor -> queries.send(
                        actor,
                        id,
                        patrick,
                        version,
                        new CodingQueries.Draft(
                                coding.here.okafor(),
                                null,
                                "open",
                                "documented",
                                "Clarification of the laboratory values",
                                "What do these values stand for, in your clinical judgment?",
                                List.of(),
                                List.of(indicator),
                                "",
                                false),
                        UUID.randomUUID().toString()));
    }

    private Object answer(UUID query) {
        return coding.as(
                coding.here.clinician(),
                actor -> queries.answer(
                        actor,
                        query,
                        patrick,
                        "",
                        "Acute kidney injury",
                        UUID.randomUUID().toString()));
    }

    @Test
    void a_query_that_is_answered_twice_at_the_same_time_has_one_answer() throws Exception {
        UUID query = query();
        OpenWork first = new OpenWork(coding, coding.here.clinician(), () -> answer(query));
        CompletableFuture<Void> second = OpenWork.meanwhile(() -> answer(query));

        first.end();

        assertThatThrownBy(second::join).hasCauseInstanceOf(Rejected.class);
    }

    @Test
    void a_query_that_is_passed_on_while_it_is_answered_is_the_other_clinicians() throws Exception {
        UUID query = query();
        coding.jdbc
                .sql("UPDATE coding_query SET due_at = asked_at - interval '1 day' WHERE id = :id")
                .param("id", query)
                .update();
        OpenWork passing = new OpenWork(
                coding,
                coding.here.supervisor(),
                () -> coding.as(coding.here.supervisor(), actor -> {
                    queries.escalate(actor, query, patrick, coding.here.brandt(), "on leave");
                    return "";
                }));
        CompletableFuture<Void> answering = OpenWork.meanwhile(() -> answer(query));

        passing.end();

        assertThatThrownBy(answering::join).hasCauseInstanceOf(Rejected.class);
    }

    @Test
    void two_visits_of_a_series_that_end_at_the_same_time_have_one_case() throws Exception {
        OpenWork first = new OpenWork(coding, coding.here.coder(), () -> coding.series(patrick));
        CompletableFuture<Void> second = OpenWork.meanwhile(() -> coding.series(patrick));

        first.end();
        second.join();

        assertThat(coding.jdbc
                        .sql("SELECT count(*) FROM coding_case WHERE patient_id = :patient AND kind = 'series'")
                        .param("patient", patrick.value())
                        .query(Integer.class)
                        .single())
                .isOne();
    }

    @Test
    void a_discharge_that_meets_a_coder_at_work_waits_and_goes_through() throws Exception {
        EncounterId stay = coding.visit(patrick, "inpatient", "in progress");
        UUID working = coding.work(stay).id();
        OpenWork editing = new OpenWork(coding, coding.here.coder(), () -> {
            coding.step(working, new CaseStep.Claim());
            return "";
        });
        CompletableFuture<Void> discharge = OpenWork.meanwhile(() -> coding.moveTo(patrick, stay, "finished"));

        editing.end();
        discharge.join();

        assertThat(coding.work(stay).ended()).isNotNull();
        assertThat(coding.work(stay).owner()).isNotNull();
    }
}
