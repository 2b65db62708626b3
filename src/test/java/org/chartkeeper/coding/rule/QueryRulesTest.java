package org.chartkeeper.coding.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.chartkeeper.coding.QueryTemplate;
import org.chartkeeper.coding.rule.query.ClinicianQuery;
import org.chartkeeper.coding.rule.query.ClinicianQuery.Form;
import org.chartkeeper.coding.rule.query.ClinicianQuery.Indicator;
import org.chartkeeper.coding.rule.query.ClinicianQuery.Purpose;
import org.chartkeeper.coding.rule.query.QueryRules;
import org.chartkeeper.coding.rule.query.QueryRules.Wrong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a query to a clinician may be sent. */
class QueryRulesTest {

    private static final Indicator CREATININE = new Indicator("Creatinine 2.4, was 1.0 in May.", true, true, null);

    private static ClinicianQuery query(
            Form form, Purpose purpose, String title, String question, List<String> options, Indicator... indicators) {
        return new ClinicianQuery(
                form,
                purpose,
                title,
                question,
                options,
                true,
                true,
                List.of(indicators),
                List.of("Essential hypertension"));
    }

    private static ClinicianQuery compliant() {
        return query(
                Form.CHOICE,
                Purpose.NEW,
                "Clarification of the laboratory values",
                "What do these values stand for, in your clinical judgment?",
                List.of("Acute kidney injury", "Chronic kidney disease, stage 3"),
                CREATININE);
    }

    private static List<String> broken(ClinicianQuery query) {
        return QueryRules.check(query).stream().map(Wrong::rule).toList();
    }

    @Test
    @RuleCase(rule = "QY-1", fires = false)
    @RuleCase(rule = "QY-2", fires = false)
    @RuleCase(rule = "QY-3", fires = false)
    @RuleCase(rule = "QY-5", fires = false)
    @RuleCase(rule = "QY-6", fires = false)
    void a_query_with_an_indicator_two_options_and_a_neutral_title_may_be_sent() {
        assertThat(broken(compliant())).isEmpty();
    }

    @Test
    @RuleCase(rule = "QY-1", fires = true)
    void a_query_without_a_clinical_indicator_is_refused() {
        assertThat(broken(query(Form.OPEN, Purpose.NEW, "Clarification", "What do you make of it?", List.of())))
                .containsExactly("QY-1");
    }

    @ParameterizedTest
    @RuleCase(rule = "QY-2", fires = true)
    @ValueSource(
            strings = {
                "Documenting this would move the case to a higher DRG.",
                "This affects payment.",
                "We would be reimbursed for it.",
                "It counts as an MCC.",
                "It improves our quality score.",
                "The payer denied the claim."
            })
    void a_query_that_speaks_of_payment_groups_or_scores_is_refused(String question) {
        assertThat(broken(query(Form.OPEN, Purpose.NEW, "Clarification", question, List.of(), CREATININE)))
                .containsExactly("QY-2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"The patient paces the floor.", "5 cc of fluid were drawn.", "He is compliant with his drugs."})
    void clinical_words_that_only_look_like_payment_are_no_matter(String question) {
        assertThat(broken(query(Form.OPEN, Purpose.NEW, "Clarification", question, List.of(), CREATININE)))
                .doesNotContain("QY-2");
    }

    @Test
    @RuleCase(rule = "QY-3", fires = true)
    void a_choice_of_one_is_none() {
        assertThat(broken(query(
                        Form.CHOICE,
                        Purpose.NEW,
                        "Clarification of the values",
                        "What do these values stand for?",
                        List.of("Acute kidney injury", " "),
                        CREATININE)))
                .containsExactly("QY-3");
    }

    @Test
    @RuleCase(rule = "QY-4", fires = true)
    void a_new_diagnosis_is_not_asked_for_by_yes_or_no() {
        assertThat(broken(query(
                        Form.YES_NO,
                        Purpose.NEW,
                        "Clarification of the values",
                        "Does the patient have acute kidney injury?",
                        List.of(),
                        CREATININE)))
                .containsExactly("QY-4");
    }

    @Test
    @RuleCase(rule = "QY-4", fires = false)
    void present_on_admission_and_cause_and_effect_may_be_asked_by_yes_or_no() {
        for (Purpose purpose : List.of(Purpose.POA, Purpose.LINK, Purpose.DOCUMENTED)) {
            assertThat(broken(query(
                            Form.YES_NO,
                            purpose,
                            "Clarification of the timing",
                            "Was it there when the patient was admitted?",
                            List.of(),
                            CREATININE)))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @RuleCase(rule = "QY-5", fires = true)
    @ValueSource(strings = {"Acute kidney injury?", "Kidney clarification", "Hypertension query"})
    void a_title_that_names_the_diagnosis_leads(String title) {
        assertThat(broken(query(
                        Form.CHOICE,
                        Purpose.NEW,
                        title,
                        "What do these values stand for?",
                        List.of("Acute kidney injury", "Chronic kidney disease, stage 3"),
                        CREATININE)))
                .containsExactly("QY-5");
    }

    @Test
    @RuleCase(rule = "QY-6", fires = true)
    void words_of_an_earlier_visit_need_a_reason_why_they_matter_now() {
        Indicator earlier = new Indicator("Echocardiogram: ejection fraction 35 percent.", true, false, null);

        assertThat(broken(
                        query(Form.OPEN, Purpose.DOCUMENTED, "Clarification", "Which kind is it?", List.of(), earlier)))
                .containsExactly("QY-6");
        assertThat(broken(query(
                        Form.OPEN,
                        Purpose.DOCUMENTED,
                        "Clarification",
                        "Which kind is it?",
                        List.of(),
                        new Indicator(earlier.quote(), true, false, "treated with the same drugs now"))))
                .isEmpty();
    }

    @Test
    @RuleCase(rule = "QY-7", fires = true)
    void an_answer_that_stands_in_no_signed_entry_supports_nothing() {
        assertThat(QueryRules.answer(true, false)).extracting(Wrong::rule).containsExactly("QY-7");
    }

    @Test
    @RuleCase(rule = "QY-7", fires = false)
    void an_answer_that_stands_in_a_signed_entry_is_kept() {
        assertThat(QueryRules.answer(true, true)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(QueryTemplate.class)
    void a_template_breaks_no_rule_once_indicators_and_options_are_chosen(QueryTemplate template) {
        List<String> options = template.options().isEmpty() ? List.of("Acute", "Chronic") : template.options();

        assertThat(broken(query(
                        Form.valueOf(template.form().toUpperCase(Locale.ROOT)),
                        Purpose.valueOf(template.purpose().toUpperCase(Locale.ROOT)),
                        template.title(),
                        template.question(),
                        options,
                        CREATININE)))
                .isEmpty();
    }
}
