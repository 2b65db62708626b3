package org.chartkeeper.coding.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.ChartWriter.Written;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.chart.Signing;
import org.chartkeeper.coding.Book;
import org.chartkeeper.coding.CaseStep;
import org.chartkeeper.coding.CodeEdit;
import org.chartkeeper.coding.CodingCase;
import org.chartkeeper.coding.CodingCases;
import org.chartkeeper.coding.CodingCases.Desk;
import org.chartkeeper.coding.CodingCases.Filter;
import org.chartkeeper.coding.CodingCases.Line;
import org.chartkeeper.coding.CodingCases.Place;
import org.chartkeeper.coding.CodingCases.Told;
import org.chartkeeper.coding.CodingCases.Work;
import org.chartkeeper.coding.Severity;
import org.chartkeeper.patient.Registrations;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.NotAllowed;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Stale;
import org.chartkeeper.platform.UserId;
import org.chartkeeper.testing.ChartkeeperTest;
import org.chartkeeper.testing.TestClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** A coding case from its opening to final coded and back. */
@ChartkeeperTest
class CodingCaseTests {

    @Autowired
    CodingCases cases;

    CodingFixture coding;
    PatientId patrick;

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
    }

    private static String problems(Throwable thrown) {
        return ((Rejected) thrown).problems().stream().map(Problem::message).reduce("", (all, one) -> all + "\n" + one);
    }

    private EncounterId documented() {
        EncounterId visit = coding.visit(patrick, "ambulatory", "finished");
        coding.note(patrick, visit, CodingFixture.NOTE);
        return visit;
    }

    @Test
    void a_case_opens_when_an_office_visit_ends_and_not_before() {
        EncounterId visit = coding.visit(patrick, "ambulatory", "in progress");
        assertThat(coding.kinds(visit)).isEmpty();

        coding.moveTo(patrick, visit, "finished");

        assertThat(coding.kinds(visit)).containsExactly("professional");
        assertThat(coding.work(visit).state()).isEqualTo("not coded");
    }

    @Test
    void a_stay_opens_for_concurrent_coding_and_becomes_due_with_the_discharge() {
        EncounterId visit = coding.visit(patrick, "inpatient", "in progress");
        assertThat(coding.work(visit).ended()).isNull();

        coding.moveTo(patrick, visit, "finished");

        assertThat(coding.work(visit).ended()).isEqualTo(coding.yesterday());
        assertThat(coding.kinds(visit)).containsExactly("facility");
    }

    @Test
    void an_emergency_visit_has_a_case_of_the_facility_and_one_of_its_professionals() {
        EncounterId visit = coding.visit(patrick, "emergency", "finished");

        assertThat(coding.kinds(visit)).containsExactly("facility", "professional");
    }

    @Test
    void a_working_case_cannot_be_final_while_the_patient_is_in_house() {
        EncounterId visit = coding.visit(patrick, "inpatient", "in progress");

        assertThat(coding.desk(coding.work(visit).id()).stops())
                .anyMatch(stop -> stop.words().contains("in house"));
    }

    @Test
    void a_code_that_is_added_with_a_chosen_sentence_rests_on_it() {
        UUID id = coding.work(documented()).id();

        coding.add(id, "j441", "COPD with acute exacerbation");

        Line line = coding.line(id, "J44.1");
        assertThat(line.role()).isEqualTo("principal");
        assertThat(line.evidence())
                .singleElement()
                .satisfies(each -> assertThat(each.quote()).isEqualTo("Assessment: COPD with acute exacerbation."))
                .satisfies(each -> assertThat(each.signed()).isTrue())
                .satisfies(each -> assertThat(each.label()).contains("Progress note"));
    }

    @Test
    void whoever_changes_a_code_holds_the_case_from_then_on() {
        UUID id = coding.work(documented()).id();
        coding.add(id, "J44.1", "COPD");

        assertThat(coding.desk(id).ownerName()).isEqualTo("T. Ahn");
        assertThat(coding.desk(id).work().state()).isEqualTo("in progress");
        assertThatThrownBy(() -> coding.edit(
                        coding.here.colleague(),
                        id,
                        Book.CODER,
                        new CodeEdit.Add(false, null, "I10", null, null, "typed")))
                .isInstanceOf(Rejected.class)
                .extracting(CodingCaseTests::problems)
                .asString()
                .contains("Somebody else holds this case");
    }

    @Test
    void a_form_of_another_patient_changes_nothing() {
        Work work = coding.work(documented());
        PatientId other = coding.patrick();

        assertThatThrownBy(() -> coding.as(coding.here.coder(), actor -> {
                    cases.edit(
                            actor,
                            work.id(),
                            other,
                            work.version(),
                            Book.CODER,
                            new CodeEdit.Add(false, null, "I10", null, null, "typed"),
                            "");
                    return "";
                }))
                .isInstanceOf(NotAllowed.class);
        assertThat(coding.desk(work.id()).diagnoses()).isEmpty();
    }

    @Test
    void a_case_that_has_moved_on_since_it_was_read_is_not_changed() {
        Work work = coding.work(documented());
        coding.add(work.id(), "J44.1", "COPD");

        assertThatThrownBy(() -> coding.as(coding.here.coder(), actor -> {
                    cases.edit(
                            actor,
                            work.id(),
                            patrick,
                            work.version(),
                            Book.CODER,
                            new CodeEdit.Add(false, null, "I10", null, null, "typed"),
                            "");
                    return "";
                }))
                .isInstanceOf(Stale.class);
    }

    @Test
    void finalizing_says_everything_that_stands_against_it_at_once() {
        UUID id = coding.work(documented()).id();
        coding.edit(id, new CodeEdit.Add(false, null, "I10", "reason", null, "typed"));

        assertThatThrownBy(() -> coding.step(id, new CaseStep.Finalize("")))
                .isInstanceOf(Rejected.class)
                .extracting(CodingCaseTests::problems)
                .asString()
                .contains("No first-listed diagnosis", "I10 has no evidence");
    }

    @Test
    void a_case_with_evidence_and_answers_becomes_final() {
        EncounterId visit = documented();
        UUID id = coding.coded(patrick, visit);

        coding.step(id, new CaseStep.Finalize(""));

        assertThat(coding.work(visit).state()).isEqualTo("final coded");
        assertThat(coding.work(visit).finalAt()).isNotNull();
    }

    @Test
    void a_reason_stands_for_evidence_that_there_is_none() {
        UUID id = coding.work(documented()).id();
        coding.edit(id, new CodeEdit.Add(false, null, "I10", null, null, "typed"));
        coding.edit(id, new CodeEdit.Unsupported(coding.line(id, "I10").id(), "stated by telephone"));

        assertThat(coding.desk(id).stops()).noneMatch(stop -> stop.words().contains("has no evidence"));
    }

    @Test
    void amending_the_evidence_brings_its_codes_back_and_a_final_case_with_them() {
        EncounterId visit = coding.visit(patrick, "ambulatory", "finished");
        Written note = coding.note(patrick, visit, CodingFixture.NOTE);
        UUID id = coding.coded(patrick, visit);
        coding.step(id, new CaseStep.Finalize(""));

        coding.correct(
                patrick, visit, note, CodingFixture.NOTE.replace("COPD with acute exacerbation", "Acute bronchitis"));

        assertThat(coding.work(visit).state()).isEqualTo("reopened");
        assertThat(coding.work(visit).owner()).isNotNull();
        assertThat(coding.line(id, "J44.1").toReview()).contains("amended");
        assertThat(coding.desk(id).stops()).anyMatch(stop -> stop.words().startsWith("J44.1 is to be looked at again"));
    }

    @Test
    void words_that_are_gone_after_an_amendment_no_longer_support_a_code_that_is_said_to_stand() {
        EncounterId visit = coding.visit(patrick, "ambulatory", "finished");
        Written note = coding.note(patrick, visit, CodingFixture.NOTE);
        UUID id = coding.work(visit).id();
        coding.add(id, "J44.1", "COPD");
        coding.add(id, "I10", "High blood pressure");
        coding.correct(
                patrick, visit, note, CodingFixture.NOTE.replace("COPD with acute exacerbation", "Acute bronchitis"));

        coding.edit(id, new CodeEdit.Stands(coding.line(id, "J44.1").id()));
        coding.edit(id, new CodeEdit.Stands(coding.line(id, "I10").id()));

        assertThat(coding.line(id, "J44.1").evidence()).isEmpty();
        assertThat(coding.line(id, "I10").evidence())
                .singleElement()
                .satisfies(each -> assertThat(each.version()).isEqualTo(2));
    }

    @Test
    void another_principal_makes_the_former_one_secondary_and_pointers_follow_their_diagnoses() {
        UUID id = coding.work(documented()).id();
        coding.add(id, "J44.1", "COPD");
        coding.add(id, "I10", "High blood pressure");
        coding.edit(id, new CodeEdit.Add(true, null, "99213", null, null, "typed"));
        UUID service = coding.desk(id).procedures().get(0).id();
        coding.edit(id, new CodeEdit.Detail(service, null, null, List.of("25"), null, List.of(2)));

        coding.edit(id, new CodeEdit.Role(coding.line(id, "I10").id(), "principal"));

        assertThat(coding.desk(id).diagnoses()).extracting(Line::code).containsExactly("I10", "J44.1");
        assertThat(coding.line(id, "J44.1").role()).isEqualTo("secondary");
        assertThat(coding.desk(id).procedures().get(0).pointers()).containsExactly(1);
    }

    @Test
    void a_repair_makes_its_rule_silent_and_keeps_the_lines_and_their_evidence() {
        UUID id = coding.work(documented()).id();
        coding.add(id, "J44.1", "COPD");
        coding.edit(id, new CodeEdit.Add(false, null, "I10", null, coding.words(id, "High blood"), "typed"));
        coding.edit(id, new CodeEdit.Add(false, null, "J44.1", "reason", null, "typed"));
        UUID twice = coding.desk(id).diagnoses().get(2).id();
        coding.edit(id, new CodeEdit.Role(twice, "secondary"));
        Told duplicate = coding.desk(id).findings().stream()
                .filter(told -> told.finding().rule().equals("DX-05"))
                .findFirst()
                .orElseThrow();

        coding.edit(id, new CodeEdit.Repair(duplicate.key()));

        assertThat(coding.desk(id).findings())
                .noneMatch(told -> told.finding().rule().equals("DX-05"));
        assertThat(coding.desk(id).diagnoses()).extracting(Line::code).containsExactly("J44.1", "I10");
        assertThat(coding.line(id, "J44.1").evidence()).isNotEmpty();
    }

    @Test
    void a_hard_stop_is_gone_over_by_a_supervisor_only_and_with_a_reason() {
        UUID id = coding.work(documented()).id();
        coding.add(id, "W01.0XXA", "COPD");
        assertThat(coding.desk(id).stops()).anyMatch(stop -> stop.words().startsWith("DX-06 is a hard stop"));

        assertThatThrownBy(() -> coding.step(id, new CaseStep.Finalize("the payer asks for it")))
                .isInstanceOf(Rejected.class)
                .extracting(CodingCaseTests::problems)
                .asString()
                .contains("Only a supervisor");
    }

    @Test
    void a_held_case_names_its_reason_and_waits_apart() {
        EncounterId visit = documented();
        UUID id = coding.work(visit).id();
        assertThatThrownBy(() -> coding.step(id, new CaseStep.Hold("missing document", "")))
                .isInstanceOf(Rejected.class)
                .extracting(CodingCaseTests::problems)
                .asString()
                .contains("which document");

        coding.step(id, new CaseStep.Hold("missing document", "operative report"));

        assertThat(coding.work(visit).state()).isEqualTo("held");
        assertThat(coding.work(visit).holdNote()).isEqualTo("operative report");
        coding.step(id, new CaseStep.Unhold());
        assertThat(coding.work(visit).state()).isEqualTo("not coded");
    }

    @Test
    void a_problem_in_snomed_ct_offers_what_the_loaded_map_makes_of_it() {
        coding.jdbc.sql("""
                        INSERT INTO code_entry (series, code, title, short_title, billable, detail, since)
                        VALUES ('snomed-map', '980001009', 'I10', '', true, '1 TRUE', '2026-01-01')
                        """).update();
        EncounterId visit = coding.visit(patrick, "ambulatory", "finished");
        coding.write(
                patrick,
                visit,
                new Content.Condition(
                        false,
                        Concept.of(Concept.SNOMED, "980001009", "A made-up disorder"),
                        "active",
                        "confirmed",
                        null,
                        null,
                        null,
                        null,
                        null));

        Desk desk = coding.desk(coding.work(visit).id());

        assertThat(desk.suggestions()).singleElement().satisfies(each -> {
            assertThat(each.code()).isEqualTo("I10");
            assertThat(each.quote()).contains("A made-up disorder");
            assertThat(each.label()).contains("mapped from SNOMED CT");
        });
        assertThat(desk.diagnoses()).isEmpty();
    }

    @Test
    void the_visits_own_words_suggest_a_code_and_what_they_deny_does_not() {
        EncounterId visit = coding.visit(patrick, "ambulatory", "finished");
        coding.note(patrick, visit, """
                Assessment: COPD with acute exacerbation. No pneumonia.

                Plan: doxycycline.""");

        Desk desk = coding.desk(coding.work(visit).id());

        assertThat(desk.suggestions()).extracting(CodingCases.Suggestion::code).contains("J44.1");
        assertThat(desk.suggestions()).noneMatch(each -> each.display().contains("neumonia"));
        assertThat(desk.diagnoses()).isEmpty();
    }

    @Test
    void words_that_mean_another_diagnosis_than_the_title_that_has_them_suggest_nothing() {
        EncounterId visit = coding.visit(patrick, "ambulatory", "finished");
        coding.note(patrick, visit, "Assessment: high blood pressure, at goal.");

        Desk desk = coding.desk(coding.work(visit).id());

        assertThat(desk.suggestions()).extracting(CodingCases.Suggestion::code).doesNotContain("R03.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Drugs go on.", "Medications continued."})
    void words_about_treatment_suggest_no_diagnosis(String words) {
        EncounterId visit = coding.visit(patrick, "ambulatory", "finished");
        coding.note(patrick, visit, "Assessment: type 2 diabetes, well controlled. " + words);

        Desk desk = coding.desk(coding.work(visit).id());

        assertThat(desk.suggestions()).extracting(CodingCases.Suggestion::code).containsExactly("E11.9");
    }

    @Test
    void half_of_what_was_said_suggests_nothing_unless_the_rest_is_an_abbreviation() {
        EncounterId visit = coding.visit(patrick, "ambulatory", "finished");
        coding.note(patrick, visit, "Assessment: COPD exacerbation; metformin failure.");

        Desk desk = coding.desk(coding.work(visit).id());

        assertThat(desk.suggestions()).extracting(CodingCases.Suggestion::code).containsExactly("J44.1");
    }

    @Test
    void every_change_of_the_codes_stays_in_the_history_with_who_made_it() {
        UUID id = coding.work(documented()).id();
        coding.add(id, "J44.1", "COPD");
        coding.edit(id, new CodeEdit.Remove(coding.line(id, "J44.1").id()));

        List<CodingCases.Happened> history = coding.as(coding.here.coder(), actor -> cases.history(actor, id));

        assertThat(history)
                .extracting(CodingCases.Happened::what)
                .anyMatch(what -> what.startsWith("added J44.1 "))
                .anyMatch(what -> what.startsWith("removed J44.1 "));
        assertThat(history).extracting(CodingCases.Happened::by).contains("T. Ahn");
    }

    @Test
    void outpatient_services_within_three_days_before_an_admission_are_combined_with_it() {
        Instant admitted = coding.yesterday().minus(72, ChronoUnit.HOURS);
        EncounterId emergency = coding.visit(
                patrick, "emergency", admitted.minus(30, ChronoUnit.HOURS), admitted.minus(28, ChronoUnit.HOURS));
        EncounterId tooEarly = coding.visit(
                patrick, "emergency", admitted.minus(130, ChronoUnit.HOURS), admitted.minus(128, ChronoUnit.HOURS));
        UUID id = coding.work(coding.visit(patrick, "inpatient", "finished")).id();
        List<Work> fitting = coding.<List<Work>>as(
                coding.here.coder(),
                actor -> cases.combinable(actor, cases.find(actor, id).orElseThrow()));
        assertThat(fitting)
                .singleElement()
                .satisfies(work -> assertThat(work.visits()).containsExactly(emergency));

        coding.step(id, new CaseStep.Combine(fitting.get(0).id(), "same condition, within three days"));

        assertThat(coding.desk(id).work().visits()).contains(emergency).doesNotContain(tooEarly);
        assertThat(coding.<Work>as(
                                coding.here.coder(),
                                actor -> cases.find(actor, fitting.get(0).id()).orElseThrow())
                        .state())
                .isEqualTo("combined");
    }

    @Test
    void the_codes_of_a_case_that_is_taken_in_come_with_it_and_with_what_they_rest_on() {
        Instant admitted = coding.yesterday().minus(72, ChronoUnit.HOURS);
        EncounterId emergency = coding.visit(
                patrick, "emergency", admitted.minus(30, ChronoUnit.HOURS), admitted.minus(28, ChronoUnit.HOURS));
        coding.note(patrick, emergency, CodingFixture.NOTE);
        UUID id = coding.work(coding.visit(patrick, "inpatient", "finished")).id();
        Work other = coding.<List<Work>>as(
                        coding.here.coder(),
                        actor -> cases.combinable(actor, cases.find(actor, id).orElseThrow()))
                .get(0);
        coding.add(other.id(), "J44.1", "COPD with acute exacerbation");
        coding.edit(id, new CodeEdit.Add(false, null, "I10", null, null, "typed"));

        coding.step(id, new CaseStep.Combine(other.id(), "same condition, within three days"));

        assertThat(coding.desk(id).diagnoses())
                .extracting(CodingCases.Line::code)
                .containsExactly("I10", "J44.1");
        CodingCases.Line carried = coding.line(id, "J44.1");
        assertThat(carried.role()).isEqualTo("secondary");
        assertThat(carried.evidence()).extracting(each -> each.quote()).anyMatch(quote -> quote.contains("COPD"));
        assertThat(coding.<List<CodingCases.Happened>>as(coding.here.coder(), actor -> cases.history(actor, id)))
                .extracting(CodingCases.Happened::what)
                .anyMatch(what -> what.contains("J44.1"));
    }

    @Test
    void a_case_knows_the_codes_of_the_visits_before_it() {
        Instant start = coding.yesterday().minus(60, ChronoUnit.DAYS);
        EncounterId before = coding.visit(patrick, "ambulatory", start, start.plus(1, ChronoUnit.HOURS));
        coding.note(patrick, before, CodingFixture.NOTE);
        coding.add(coding.work(before).id(), "J44.1", "COPD with acute exacerbation");

        UUID now = coding.work(documented()).id();

        assertThat(coding.desk(now).facts().earlier()).containsExactly(java.util.Set.of("J44.1"));
    }

    @Test
    void the_drugs_of_a_stay_are_reconciled_by_what_was_ordered_and_what_nobody_decided_is_told() {
        coding.order(
                patrick,
                coding.visit(
                        patrick,
                        "ambulatory",
                        coding.yesterday().minus(90, ChronoUnit.DAYS),
                        coding.yesterday().minus(89, ChronoUnit.DAYS)),
                "Lisinopril 10 MG Oral Tablet",
                "1 tablet by mouth daily",
                "30 tablet",
                30);
        EncounterId stay = coding.visit(patrick, "inpatient", "finished");
        coding.order(patrick, stay, "Doxycycline 100 MG Oral Capsule", "1 capsule by mouth twice daily", "14", 7);

        CodingCases.Desk desk = coding.desk(coding.work(stay).id());

        assertThat(desk.facts().reconciliation())
                .contains(
                        new CodingCase.Reconciled("Doxycycline 100 MG Oral Capsule", CodingCase.Decision.NEW, null),
                        new CodingCase.Reconciled("Lisinopril 10 MG Oral Tablet", null, null));
        assertThat(desk.stops()).noneMatch(stop -> stop.words().contains("RC-01"));
        assertThat(desk.findings()).anyMatch(told -> told.finding().rule().equals("RC-01"));
    }

    @Test
    void a_hard_stop_that_is_answered_for_on_its_line_counts_as_gone_over_and_is_reviewed() {
        EncounterId visit = documented();
        UUID id = coding.coded(patrick, visit);
        coding.edit(id, new CodeEdit.Add(false, null, "W01.0XXA", "principal", coding.words(id, "Cough"), "typed"));
        for (Told told : coding.desk(id).findings()) {
            boolean hard = told.finding().severity() == Severity.H;
            if ((hard || told.finding().severity() == Severity.R) && told.answer() == null) {
                coding.edit(
                        coding.here.supervisor(),
                        id,
                        Book.CODER,
                        new CodeEdit.Answer(told.key(), "the payer asks for it"));
            }
        }
        assertThat(coding.desk(id).findings())
                .anyMatch(told -> told.finding().severity() == Severity.H && told.answer() != null);

        coding.step(id, new CaseStep.Finalize(""));

        assertThat(coding.work(visit).state()).isEqualTo("second review");
        assertThat(coding.<List<CodingCases.Happened>>as(coding.here.coder(), actor -> cases.history(actor, id)))
                .anyMatch(step -> step.what().matches("coded over \\d hard stops?, chosen for second review.*"));
    }

    @Test
    void a_hard_stop_of_a_prescription_is_the_prescribers_and_holds_no_case() {
        EncounterId visit = documented();
        coding.order(patrick, visit, "Lisinopril 10 mg tablet", "1 tab by mouth QD", "30", 30);
        UUID id = coding.coded(patrick, visit);
        assertThat(coding.desk(id).findings())
                .anyMatch(told -> told.finding().severity() == Severity.H && !CaseService.ofCodes(told));

        coding.step(id, new CaseStep.Finalize(""));

        assertThat(coding.work(visit).state()).isEqualTo("final coded");
    }

    @Test
    void a_final_case_is_not_claimed_and_only_a_held_one_is_taken_off_hold() {
        EncounterId visit = documented();
        UUID id = coding.coded(patrick, visit);
        assertThatThrownBy(() -> coding.step(id, new CaseStep.Unhold()))
                .isInstanceOf(Rejected.class)
                .extracting(CodingCaseTests::problems)
                .asString()
                .contains("in progress, not held");
        coding.step(id, new CaseStep.Finalize(""));

        assertThatThrownBy(() -> coding.step(id, new CaseStep.Claim()))
                .isInstanceOf(Rejected.class)
                .extracting(CodingCaseTests::problems)
                .asString()
                .contains("This case is final coded.");
        assertThat(coding.work(visit).owner()).isNull();
    }

    @Test
    void a_form_that_is_sent_twice_is_done_once() {
        Work work = coding.work(documented());
        CodeEdit add = new CodeEdit.Add(false, null, "I10", null, null, "typed");
        for (int i = 0; i < 2; i++) {
            coding.as(coding.here.coder(), actor -> {
                cases.edit(actor, work.id(), patrick, work.version(), Book.CODER, add, work.id() + ":add");
                return "";
            });
        }

        assertThat(coding.desk(work.id()).diagnoses()).extracting(Line::code).containsExactly("I10");
    }

    @Test
    void what_is_discharged_is_the_sum_of_what_can_be_coded_is_reviewed_and_is_held() {
        CodingCases.Counts before = counts();
        PatientId inside = coding.patrick();
        EncounterId stay = coding.visit(inside, "inpatient", "in progress");
        coding.step(coding.work(stay).id(), new CaseStep.Hold("missing document", "consult"));

        CodingCases.Counts after = counts();

        assertThat(after.waiting()).isEqualTo(after.can() + after.review() + after.held());
        assertThat(after.holds().values().stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(after.held());
        assertThat(after.inHouse() - before.inHouse()).isEqualTo(1);
        assertThat(after.inHouseHeld() - before.inHouseHeld()).isEqualTo(1);
        assertThat(after.held()).isEqualTo(before.held());
    }

    private CodingCases.Counts counts() {
        return coding.as(coding.here.coder(), actor -> cases.counts(actor, coding.here.facility()));
    }

    @Test
    void another_visit_of_a_month_that_is_final_brings_the_case_of_its_series_back() {
        Instant first = coding.yesterday().minus(2, ChronoUnit.HOURS);
        EncounterId visit = coding.visit(patrick, "ambulatory", first, first.plus(1, ChronoUnit.HOURS), "S-" + patrick);
        coding.note(patrick, visit, CodingFixture.NOTE);
        UUID id = coding.coded(patrick, visit);
        coding.step(id, new CaseStep.Finalize(""));

        coding.visit(patrick, "ambulatory", first.plus(1, ChronoUnit.HOURS), coding.yesterday(), "S-" + patrick);

        assertThat(coding.work(visit).state()).isEqualTo("reopened");
        assertThat(coding.work(visit).visits()).hasSize(2);
        assertThat(coding.desk(id).ownerName()).isEqualTo("T. Ahn");
    }

    @Test
    void the_days_before_an_admission_are_calendar_days_and_fewer_where_the_hospital_is_excluded() {
        ZonedDateTime admitted =
                coding.yesterday().atZone(CodingFixture.ZONE).minusDays(3).withHour(8);
        ZonedDateTime late = admitted.minusDays(4).withHour(23);
        coding.visit(patrick, "emergency", late.minusHours(1).toInstant(), late.toInstant());
        ZonedDateTime early = admitted.minusDays(3).withHour(1);
        EncounterId third =
                coding.visit(patrick, "emergency", early.minusMinutes(30).toInstant(), early.toInstant());
        UUID id = coding.work(coding.visit(patrick, "inpatient", admitted.toInstant(), coding.yesterday()))
                .id();

        assertThat(combinable(id))
                .singleElement()
                .satisfies(work -> assertThat(work.visits()).containsExactly(third));

        coding.facilityType("cah");
        try {
            assertThat(combinable(id)).isEmpty();
        } finally {
            coding.facilityType("acute");
        }
    }

    private List<Work> combinable(UUID id) {
        return coding.as(
                coding.here.coder(),
                actor -> cases.combinable(actor, cases.find(actor, id).orElseThrow()));
    }

    @Test
    void a_case_knows_its_place_in_the_list_that_it_was_opened_from_and_the_next_is_of_that_list() {
        coding.jdbc
                .sql("UPDATE coding_case SET priority = 0 WHERE facility_id = :id")
                .param("id", coding.here.facility().value())
                .update();
        UUID first = coding.work(documented()).id();
        UUID second = coding.work(documented()).id();
        UUID other = coding.work(documented()).id();
        coding.jdbc
                .sql("UPDATE coding_case SET priority = 2, payer = CASE WHEN id = :other THEN 'self' ELSE 'other' END"
                        + " WHERE id IN (:first, :second, :other)")
                .param("first", first)
                .param("second", second)
                .param("other", other)
                .update();
        Filter list = new Filter("all", coding.here.facility(), null, null, null, null, null, null, "other", 2);

        assertThat(placed(second, list)).isEqualTo(new Place(2, 2, first, null));
        assertThat(placed(other, list)).isNull();
        assertThat(coding.<UUID>as(
                        coding.here.coder(),
                        actor -> cases.next(
                                        actor, list, cases.find(actor, first).orElseThrow())
                                .orElseThrow()
                                .id()))
                .isEqualTo(second);
        assertThat(coding.<UUID>as(
                        coding.here.coder(),
                        actor -> cases.next(
                                        actor, list, cases.find(actor, second).orElseThrow())
                                .orElseThrow()
                                .id()))
                .isEqualTo(first);
    }

    private @Nullable Place placed(UUID id, Filter list) {
        return coding.<Desk>as(
                        coding.here.coder(),
                        actor -> cases.desk(actor, id, Book.CODER, list).orElseThrow())
                .place();
    }

    @Test
    void the_list_is_narrowed_by_kind_of_case_by_holder_and_by_why_it_is_held() {
        EncounterId visit = documented();
        UUID id = coding.work(visit).id();
        UserId ahn = coding.as(coding.here.coder(), Actor::user);
        coding.step(id, new CaseStep.Claim());
        coding.step(id, new CaseStep.Hold("missing document", "operative report"));

        assertThat(listed("all", "missing document", "professional")).contains(id);
        assertThat(listed(ahn.toString(), "missing document", null)).contains(id);
        assertThat(listed("unclaimed", "missing document", null)).doesNotContain(id);
        assertThat(listed("all", "supervisor", null)).doesNotContain(id);
        assertThat(listed("all", null, "series")).doesNotContain(id);
    }

    private List<UUID> listed(String whose, @Nullable String hold, @Nullable String kind) {
        Filter filter = new Filter(whose, coding.here.facility(), null, null, null, null, hold, kind, null, null);
        return coding
                .<List<Work>>as(
                        coding.here.supervisor(),
                        actor -> cases.list(actor, filter, null, 500).items())
                .stream()
                .map(Work::id)
                .toList();
    }
}
