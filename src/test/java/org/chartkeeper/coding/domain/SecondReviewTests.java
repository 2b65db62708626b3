package org.chartkeeper.coding.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.YearMonth;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.ChartWriter.Written;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.chart.Signing;
import org.chartkeeper.coding.Book;
import org.chartkeeper.coding.CaseStep;
import org.chartkeeper.coding.CodeEdit;
import org.chartkeeper.coding.CodingCases;
import org.chartkeeper.coding.CodingCases.Desk;
import org.chartkeeper.coding.SecondReviews;
import org.chartkeeper.coding.SecondReviews.Comparison;
import org.chartkeeper.coding.SecondReviews.Counted;
import org.chartkeeper.coding.SecondReviews.Month;
import org.chartkeeper.coding.SecondReviews.Verdict;
import org.chartkeeper.patient.Registrations;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.testing.ChartkeeperTest;
import org.chartkeeper.testing.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** A finished case that is coded a second time. */
@ChartkeeperTest
class SecondReviewTests {

    private static final Counted NONE = new Counted(0, 0);

    @Autowired
    CodingCases cases;

    @Autowired
    SecondReviews reviews;

    @Autowired
    TestClock clock;

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
            @Autowired JdbcClient jdbc,
            @Autowired PlatformTransactionManager transactions) {
        coding = new CodingFixture(
                provisioning, registrations, encounters, writer, signing, cases, actors, clock, jdbc, transactions);
        patrick = coding.patrick();
        visit = coding.visit(patrick, "ambulatory", "finished");
        note = coding.note(patrick, visit, CodingFixture.NOTE);
        coding.review(100);
        id = coding.coded(patrick, visit);
        coding.step(id, new CaseStep.Finalize(""));
    }

    @AfterEach
    void noReviews() {
        coding.review(0);
        clock.reset();
    }

    private void second(String code) {
        coding.edit(coding.here.colleague(), id, Book.REVIEW, new CodeEdit.Add(false, null, code, null, null, "typed"));
    }

    private void compare() {
        coding.as(coding.here.colleague(), actor -> {
            reviews.compare(actor, id, patrick);
            return "";
        });
    }

    private void close(Verdict... verdicts) {
        coding.as(coding.here.colleague(), actor -> {
            reviews.close(actor, id, patrick, List.of(verdicts));
            return "";
        });
    }

    private Comparison comparison() {
        return coding.as(
                coding.here.colleague(), actor -> reviews.comparison(actor, id).orElseThrow());
    }

    private static String problems(Throwable thrown) {
        return ((Rejected) thrown).problems().stream().map(Problem::message).reduce("", (all, one) -> all + "\n" + one);
    }

    @Test
    void a_case_of_the_sample_waits_for_its_second_review() {
        assertThat(coding.work(visit).state()).isEqualTo("second review");
        assertThat(coding.<List<SecondReviews.Waiting>>as(
                        coding.here.colleague(), actor -> reviews.waiting(actor, 500)))
                .anyMatch(waiting -> waiting.coded().equals(id));
    }

    @Test
    void the_reviewer_codes_without_seeing_what_the_coder_gave() {
        Desk blind = coding.as(
                coding.here.colleague(),
                actor -> cases.desk(actor, id, Book.REVIEW).orElseThrow());

        assertThat(blind.mayWork()).isTrue();
        assertThat(blind.diagnoses()).isEmpty();
        assertThat(blind.sources()).isNotEmpty();
    }

    @Test
    void nobody_reviews_a_case_of_his_or_her_own() {
        assertThat(coding.<List<SecondReviews.Waiting>>as(coding.here.coder(), actor -> reviews.waiting(actor, 500)))
                .noneMatch(waiting -> waiting.coded().equals(id));
        assertThatThrownBy(() -> coding.edit(
                        coding.here.coder(),
                        id,
                        Book.REVIEW,
                        new CodeEdit.Add(false, null, "I10", null, null, "typed")))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void a_late_form_of_the_reviewer_tells_nothing_of_the_first_codes() {
        second("J44.1");
        UUID line = mine("J44.1").id();
        CodingCases.Late late = coding.as(
                coding.here.colleague(),
                actor -> cases.late(
                        actor,
                        cases.desk(actor, id, Book.REVIEW).orElseThrow(),
                        Book.REVIEW,
                        0,
                        new CodeEdit.Poa(line, "Y")));

        assertThat(late.happened())
                .extracting(CodingCases.Happened::what)
                .singleElement()
                .asString()
                .startsWith("added J44.1");
        assertThatThrownBy(() -> coding.as(coding.here.colleague(), actor -> {
                    Desk desk = cases.desk(actor, id, Book.REVIEW).orElseThrow();
                    return cases.late(actor, desk, Book.CODER, 0, null);
                }))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void where_both_agree_the_case_is_final() {
        second("J44.1");
        compare();
        assertThat(comparison().lines())
                .singleElement()
                .satisfies(line -> assertThat(line.right()).isEqualTo("both"));

        close();

        assertThat(coding.work(visit).state()).isEqualTo("final coded");
    }

    @Test
    void a_case_whose_evidence_is_amended_during_the_review_goes_back_to_its_coder_though_both_agree() {
        second("J44.1");
        compare();
        coding.correct(
                patrick, visit, note, CodingFixture.NOTE.replace("COPD with acute exacerbation", "Acute bronchitis"));

        close();

        assertThat(coding.work(visit).state()).isEqualTo("in progress");
        assertThat(coding.line(id, "J44.1").toReview()).contains("amended");
    }

    @Test
    void a_reviewer_of_another_facility_sees_no_comparison_and_closes_none() {
        second("J44.1");
        compare();

        coding.as(coding.here.colleague(), actor -> {
            Actor elsewhere =
                    new Actor(actor.user(), actor.name(), null, null, Set.of(), actor.roles(), actor.permissions());
            assertThat(reviews.comparison(elsewhere, id)).isEmpty();
            assertThatThrownBy(() -> reviews.close(elsewhere, id, patrick, List.of()))
                    .isInstanceOf(NotFound.class);
            return "";
        });
    }

    @Test
    void a_difference_needs_a_verdict_with_its_reason() {
        second("J44.9");
        compare();

        assertThatThrownBy(() -> close(new Verdict(1, "reviewer", "")))
                .isInstanceOf(Rejected.class)
                .extracting(SecondReviewTests::problems)
                .asString()
                .contains("Say why at J44.1");
        assertThatThrownBy(SecondReviewTests.this::close)
                .isInstanceOf(Rejected.class)
                .extracting(SecondReviewTests::problems)
                .asString()
                .contains("Say who is right at J44.1");
    }

    @Test
    void a_case_with_a_mistake_goes_back_to_its_coder_and_is_not_drawn_again() {
        second("J44.9");
        compare();
        close(new Verdict(1, "reviewer", "no exacerbation is documented"));

        assertThat(coding.work(visit).state()).isEqualTo("in progress");
        assertThat(coding.desk(id).ownerName()).isEqualTo("T. Ahn");
        coding.step(id, new CaseStep.Finalize(""));
        assertThat(coding.work(visit).state()).isEqualTo("final coded");
    }

    @Test
    void figures_count_the_coders_right_codes_and_a_coder_sees_only_his_or_her_own() {
        YearMonth from = YearMonth.now(clock).minusMonths(1);
        Month before = month(coding.here.supervisor(), from);
        second("J44.1");
        second("I10");
        compare();
        close(new Verdict(2, "reviewer", "documented and treated"));

        Month after = month(coding.here.supervisor(), from);

        assertThat(after.codes().all() - before.codes().all()).isEqualTo(2);
        assertThat(after.codes().right() - before.codes().right()).isEqualTo(1);
        assertThat(after.kappa()).isNotNull();
        assertThat(coding.<List<Month>>as(
                        coding.here.colleague(), actor -> reviews.accuracy(actor, coding.here.facility(), from)))
                .noneMatch(month -> month.coderName().equals("T. Ahn"));
    }

    private Month month(String login, YearMonth from) {
        return coding.<List<Month>>as(login, actor -> reviews.accuracy(actor, coding.here.facility(), from)).stream()
                .filter(month -> month.coderName().equals("T. Ahn"))
                .filter(month -> month.month().equals(YearMonth.now(clock.withZone(CodingFixture.ZONE))))
                .findFirst()
                .orElse(new Month(null, "T. Ahn", from, 0, 0, NONE, NONE, NONE, NONE, null, 0, 0, 0, 0));
    }

    @Test
    void whoever_may_review_a_case_sees_the_first_codes_nowhere_before_they_are_compared() {
        for (String login : List.of(coding.here.colleague(), coding.here.supervisor())) {
            assertThat(coding.<Boolean>as(login, actor -> cases.blind(actor, id)))
                    .isTrue();
            assertThat(coding.<Boolean>as(
                            login, actor -> cases.desk(actor, id, Book.CODER).isPresent()))
                    .isFalse();
            assertThatThrownBy(() -> coding.as(login, actor -> cases.history(actor, id)))
                    .isInstanceOf(NotFound.class);
        }
        assertThat(coding.<Boolean>as(coding.here.coder(), actor -> cases.blind(actor, id)))
                .isFalse();

        second("J44.1");
        compare();

        assertThat(coding.<Boolean>as(coding.here.colleague(), actor -> cases.blind(actor, id)))
                .isFalse();
        assertThat(coding.<List<CodingCases.Happened>>as(coding.here.colleague(), actor -> cases.history(actor, id)))
                .isNotEmpty();
    }

    @Test
    void the_rule_that_a_case_was_drawn_for_is_told_with_the_comparison_only() {
        coding.jdbc
                .sql("UPDATE coding_review SET why = 'answered for DX-20, which is watched' WHERE case_id = :id")
                .param("id", id)
                .update();
        assertThat(why()).isEqualTo("by a rule");

        second("J44.1");
        compare();

        assertThat(why()).contains("DX-20");
    }

    private String why() {
        return coding
                .<List<SecondReviews.Waiting>>as(coding.here.colleague(), actor -> reviews.waiting(actor, 500))
                .stream()
                .filter(waiting -> waiting.coded().equals(id))
                .map(SecondReviews.Waiting::why)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_case_whose_evidence_was_amended_during_its_review_goes_back_to_its_coder() {
        second("J44.1");
        compare();
        coding.correct(patrick, visit, note, CodingFixture.NOTE.replace("acute exacerbation", "mild exacerbation"));

        close();

        assertThat(coding.work(visit).state()).isEqualTo("in progress");
        assertThat(coding.desk(id).ownerName()).isEqualTo("T. Ahn");
    }

    @Test
    void what_only_a_second_code_rests_on_brings_no_final_case_back() {
        coding.edit(
                coding.here.colleague(),
                id,
                Book.REVIEW,
                new CodeEdit.Add(false, null, "J44.1", null, coding.words(id, "Cough with more sputum"), "typed"));
        Written other = coding.note(patrick, visit, "Nurse called: cough is better. Sleeps well.");
        CodeEdit.Words words = coding.words(id, "cough is better");
        coding.edit(
                coding.here.colleague(), id, Book.REVIEW, new CodeEdit.Add(false, null, "R05.9", null, words, "typed"));
        compare();
        close(new Verdict(2, "coder", "integral to the exacerbation"));
        assertThat(coding.work(visit).state()).isEqualTo("final coded");

        coding.correct(patrick, visit, other, "Nurse called: sleeps well.");

        assertThat(coding.work(visit).state()).isEqualTo("final coded");
    }

    // What goes with the codes ----------------------------------------------------------------------------------------

    /** A stay that its coder gave these codes, the first as principal, and finished. */
    private UUID stay(String... codes) {
        EncounterId stay = coding.visit(patrick, "inpatient", "finished");
        note = coding.note(patrick, stay, CodingFixture.NOTE);
        visit = stay;
        UUID case_ = coding.work(stay).id();
        for (String code : codes) {
            coding.add(case_, code, "COPD with acute exacerbation");
            coding.edit(case_, new CodeEdit.Poa(coding.line(case_, code).id(), "Y"));
        }
        return case_;
    }

    private void finish() {
        for (CodingCases.Told told : coding.desk(id).findings()) {
            boolean ask = told.finding().severity() == org.chartkeeper.coding.Severity.R
                    || told.finding().severity() == org.chartkeeper.coding.Severity.H;
            if (ask && CaseService.ofCodes(told)) {
                coding.edit(coding.here.supervisor(), id, Book.CODER, new CodeEdit.Answer(told.key(), "as documented"));
            }
        }
        coding.step(id, new CaseStep.Finalize(""));
        assertThat(coding.work(visit).state()).isEqualTo("second review");
    }

    private void edit(CodeEdit edit) {
        coding.edit(coding.here.colleague(), id, Book.REVIEW, edit);
    }

    private CodingCases.Line mine(String code) {
        Desk desk = coding.as(
                coding.here.colleague(),
                actor -> cases.desk(actor, id, Book.REVIEW).orElseThrow());
        return java.util.stream.Stream.concat(desk.diagnoses().stream(), desk.procedures().stream())
                .filter(line -> line.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    private List<String> elements() {
        return comparison().elements().stream()
                .map(line -> line.what() + ": " + line.coderCode() + ", " + line.reviewerCode() + ", " + line.right())
                .toList();
    }

    @Test
    void presence_on_admission_of_codes_that_both_gave_is_compared_and_counted_apart() {
        id = stay("J44.1", "I10");
        finish();
        YearMonth from = YearMonth.now(clock).minusMonths(1);
        Month before = month(coding.here.supervisor(), from);
        second("J44.1");
        second("I10");
        edit(new CodeEdit.Poa(mine("J44.1").id(), "Y"));
        edit(new CodeEdit.Poa(mine("I10").id(), "N"));
        compare();

        assertThat(elements()).containsExactly("POA of J44.1: Y, Y, both", "POA of I10: Y, N, null");
        assertThatThrownBy(SecondReviewTests.this::close)
                .isInstanceOf(Rejected.class)
                .extracting(SecondReviewTests::problems)
                .asString()
                .contains("Say who is right at presence on admission of I10");
        close(new Verdict(4, "reviewer", "it rose on the second day"));

        Month after = month(coding.here.supervisor(), from);
        assertThat(after.poa().all() - before.poa().all()).isEqualTo(2);
        assertThat(after.poa().right() - before.poa().right()).isEqualTo(1);
        assertThat(after.codes().right() - before.codes().right()).isEqualTo(2);
        assertThat(after.principal().right() - before.principal().right()).isEqualTo(1);
        assertThat(coding.work(visit).state()).isEqualTo("in progress");
    }

    @Test
    void the_same_codes_in_another_order_differ_in_the_choice_of_the_first_alone() {
        id = stay("J44.1", "I10");
        finish();
        second("I10");
        second("J44.1");
        for (String code : List.of("I10", "J44.1")) {
            edit(new CodeEdit.Poa(mine(code).id(), "Y"));
        }
        compare();

        assertThat(comparison().codes())
                .extracting(SecondReviews.Line::right)
                .containsExactlyInAnyOrder("both", "both");
        assertThat(elements()).contains("which is first: J44.1, I10, null");
        YearMonth from = YearMonth.now(clock).minusMonths(1);
        Month before = month(coding.here.supervisor(), from);
        close(new Verdict(1, "coder", "the exacerbation was the reason for the admission"));

        Month after = month(coding.here.supervisor(), from);
        assertThat(after.principal().all() - before.principal().all()).isEqualTo(1);
        assertThat(after.codes().all() - before.codes().all()).isEqualTo(2);
        assertThat(coding.work(visit).state()).isEqualTo("final coded");
    }

    @Test
    void modifiers_units_and_days_of_a_service_that_both_gave_are_compared() {
        visit = coding.visit(patrick, "ambulatory", "finished");
        note = coding.note(patrick, visit, CodingFixture.NOTE);
        id = coding.work(visit).id();
        coding.add(id, "J44.1", "COPD with acute exacerbation");
        coding.edit(id, new CodeEdit.Add(true, null, "99213", null, coding.words(id, "COPD"), "typed"));
        java.time.LocalDate day = java.time.LocalDate.of(2026, 11, 2);
        coding.edit(
                id,
                new CodeEdit.Detail(
                        coding.desk(id).procedures().get(0).id(),
                        day,
                        coding.here.okafor(),
                        List.of("25"),
                        java.math.BigDecimal.ONE,
                        List.of(1)));
        finish();
        second("J44.1");
        edit(new CodeEdit.Add(true, null, "99213", null, null, "typed"));
        edit(new CodeEdit.Detail(mine("99213").id(), day, null, List.of(), new java.math.BigDecimal("2"), List.of(1)));
        compare();

        assertThat(elements())
                .containsExactly(
                        "modifiers of 99213: 25, null, null",
                        "units of 99213: 1, 2, null",
                        "day of 99213: 2 Nov 2026, 2 Nov 2026, both");
    }

    @Test
    void of_a_visit_that_reports_no_presence_on_admission_none_is_compared() {
        second("J44.1");
        compare();

        assertThat(elements()).isEmpty();
    }

    // A series that goes on -------------------------------------------------------------------------------------------

    @Test
    void a_visit_of_a_series_that_ends_during_the_review_is_no_part_of_it_and_brings_the_case_back_to_its_coder() {
        visit = coding.series(patrick);
        note = coding.note(patrick, visit, CodingFixture.NOTE);
        id = coding.coded(patrick, visit);
        coding.step(id, new CaseStep.Finalize(""));
        assertThat(coding.work(visit).state()).isEqualTo("second review");
        clock.advance(java.time.Duration.ofMinutes(1));

        EncounterId next = coding.series(patrick);
        coding.note(patrick, next, "Assessment: ankle sprain at therapy.");

        assertThat(coding.work(next).id()).isEqualTo(id);
        Desk blind = coding.as(
                coding.here.colleague(),
                actor -> cases.desk(actor, id, Book.REVIEW).orElseThrow());
        assertThat(blind.sources().toString()).contains("COPD").doesNotContain("ankle sprain");
        second("J44.1");
        compare();
        close();

        assertThat(coding.work(visit).state()).isEqualTo("in progress");
        assertThat(coding.desk(id).ownerName()).isEqualTo("T. Ahn");
        assertThat(coding.desk(id).sources().toString()).contains("ankle sprain");
        coding.step(id, new CaseStep.Finalize(""));
        assertThat(coding.work(visit).state()).isEqualTo("final coded");
    }

    // Months that stand -----------------------------------------------------------------------------------------------

    @Test
    void a_month_keeps_its_figures_when_a_case_is_reopened_and_coded_by_somebody_else() {
        YearMonth from = YearMonth.now(clock).minusMonths(1);
        Month before = month(coding.here.supervisor(), from);
        second("J44.1");
        compare();
        close();
        Month then = month(coding.here.supervisor(), from);
        assertThat(then.finals() - before.finals()).isEqualTo(1);

        coding.step(id, new CaseStep.Reopen(false, "late report"));
        coding.step(coding.here.colleague(), id, new CaseStep.Claim());
        coding.edit(
                coding.here.colleague(),
                id,
                Book.CODER,
                new CodeEdit.Poa(coding.line(id, "J44.1").id(), "Y"));

        Month after = month(coding.here.supervisor(), from);
        assertThat(after.finals()).isEqualTo(then.finals());
        assertThat(after.codes()).isEqualTo(then.codes());
        assertThat(after.reopened() - then.reopened()).isEqualTo(1);
        assertThat(after.casesReopened() - then.casesReopened()).isEqualTo(1);

        coding.review(0);
        coding.step(coding.here.colleague(), id, new CaseStep.Finalize(""));
        Month other = coding
                .<List<Month>>as(
                        coding.here.supervisor(), actor -> reviews.accuracy(actor, coding.here.facility(), from))
                .stream()
                .filter(month -> month.coderName().equals("M. Roy"))
                .findFirst()
                .orElseThrow();
        assertThat(other.again()).isPositive();
        assertThat(month(coding.here.supervisor(), from).finals()).isEqualTo(then.finals());
    }

    @Test
    void all_coders_together_add_up_to_the_coders_of_a_month() {
        YearMonth from = YearMonth.now(clock).minusMonths(1);
        second("J44.1");
        compare();
        close();
        visit = coding.visit(patrick, "ambulatory", "finished");
        note = coding.note(patrick, visit, CodingFixture.NOTE);
        coding.review(0);
        UUID other = coding.coded(patrick, visit);
        coding.step(other, new CaseStep.GiveBack());
        coding.step(coding.here.colleague(), other, new CaseStep.Claim());
        coding.edit(
                coding.here.colleague(),
                other,
                Book.CODER,
                new CodeEdit.Poa(coding.line(other, "J44.1").id(), "Y"));
        coding.step(coding.here.colleague(), other, new CaseStep.Finalize(""));

        List<Month> months =
                coding.as(coding.here.supervisor(), actor -> reviews.accuracy(actor, coding.here.facility(), from));

        Month all = months.stream()
                .filter(month -> month.coder() == null)
                .findFirst()
                .orElseThrow();
        List<Month> each = months.stream()
                .filter(month -> month.coder() != null && month.month().equals(all.month()))
                .toList();
        assertThat(each).hasSizeGreaterThan(1);
        assertThat(all.finals()).isEqualTo(each.stream().mapToInt(Month::finals).sum());
        assertThat(all.codes().all())
                .isEqualTo(each.stream().mapToInt(month -> month.codes().all()).sum());
    }
}
