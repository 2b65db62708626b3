package org.chartkeeper.coding.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chartkeeper.coding.rule.Pharmacy.NAMES;
import static org.chartkeeper.coding.rule.Pharmacy.NONE;

import java.util.List;
import org.chartkeeper.coding.Finding;
import org.chartkeeper.coding.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of controlled substances, each where it fires and where it stays quiet. */
class ControlledRulesTest {

    private static void one(List<Finding> found, Severity severity) {
        assertThat(found)
                .singleElement()
                .satisfies(each -> assertThat(each.severity()).isEqualTo(severity));
    }

    private static List<Finding> errors(List<Finding> found) {
        return found.stream().filter(each -> each.severity() != Severity.I).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'schedule':'II','refills':1",
                "'schedule':'C-II','refills':2",
                "'schedule':'CII','refills':1",
                "'text':'oxycodone 5 MG Oral Tablet','refills':1",
                "'text':'methylphenidate 20 mg tablet','refills':3",
                "'text':'Xtampza ER 18 mg','refills':1",
                "'text':'Tussionex','refills':1",
                "'text':'serdexmethylphenidate 26.1 MG / dexmethylphenidate 5.2 MG Oral Capsule','refills':1",
                "'text':'acetaminophen 325 MG / hydrocodone bitartrate 5 MG Oral Tablet','refills':1"
            })
    @RuleCase(rule = "CS-01", fires = true)
    void a_refill_of_schedule_two_fires_and_is_taken_out(String fields) {
        one(NONE.of("CS-01", fields), Severity.H);
        assertThat(NONE.mended("CS-01", fields)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'schedule':'II','refills':0",
                "'schedule':'III','refills':5",
                "'refills':3",
                "'text':'gabapentin 300 MG Oral Capsule','refills':5",
                "'text':'tramadol 50 MG Oral Tablet','refills':5",
                "'text':'acetaminophen 300 MG / codeine phosphate 30 MG Oral Tablet','refills':5"
            })
    @RuleCase(rule = "CS-01", fires = false)
    void no_refill_or_another_schedule_is_quiet(String fields) {
        assertThat(NONE.of("CS-01", fields)).isEmpty();
    }

    private static final String OXYCODONE =
            "'text':'oxycodone 5 MG Oral Tablet','schedule':'II','days':30,'ordered':'2026-01-02'";

    @Test
    @RuleCase(rule = "CS-02", fires = true)
    void a_series_of_more_than_ninety_days_or_without_earliest_days_fires() {
        String later = OXYCODONE + ",'sig':'1 tab BID. Do not fill before 2026-02-01'";
        one(NONE.of("CS-02", "", OXYCODONE, later, later, later), Severity.H);
        one(NONE.of("CS-02", "", OXYCODONE, OXYCODONE), Severity.H);
    }

    @Test
    @RuleCase(rule = "CS-02", fires = false)
    void a_series_of_ninety_days_with_earliest_days_is_quiet() {
        assertThat(NONE.of(
                        "CS-02",
                        "",
                        OXYCODONE,
                        OXYCODONE + ",'sig':'1 tab BID. Do not fill before 2026-02-01'",
                        OXYCODONE + ",'start':'2026-03-03'"))
                .isEmpty();
        assertThat(NONE.of("CS-02", OXYCODONE)).isEmpty();
        assertThat(NONE.of(
                        "CS-02",
                        "",
                        OXYCODONE,
                        "'text':'oxycodone 10 MG Extended Release Oral Tablet','days':30,'ordered':'2026-01-02'"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'schedule':'IV','refills':6",
                "'schedule':'III','refills':11",
                "'text':'alprazolam 0.5 MG Oral Tablet','refills':6",
                "'schedule':'IV','refills':3,'days':90,'ordered':'2026-01-02'",
                "'schedule':'IV','ordered':'2026-01-02','start':'2026-07-03'",
                "'schedule':'III','ordered':'2026-01-02','start':'2026-01-02','end':'2026-09-01'"
            })
    @RuleCase(rule = "CS-03", fires = true)
    void more_than_five_refills_or_six_months_fires(String fields) {
        one(NONE.of("CS-03", fields), Severity.H);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'schedule':'IV','refills':5,'days':30,'ordered':'2026-01-02'",
                "'schedule':'V','refills':6",
                "'text':'pregabalin 75 MG Oral Capsule','refills':11",
                "'schedule':'III','refills':0",
                "'schedule':'IV','ordered':'2026-01-02','start':'2026-07-02'",
                "'schedule':'III','ordered':'2026-01-02','start':'2026-01-02','end':'2026-07-01'"
            })
    @RuleCase(rule = "CS-03", fires = false)
    void five_refills_within_six_months_are_quiet(String fields) {
        assertThat(NONE.of("CS-03", fields)).isEmpty();
    }

    @Test
    @RuleCase(rule = "CS-04", fires = true)
    void refills_of_schedule_five_are_pointed_out() {
        one(NONE.of("CS-04", "'text':'pregabalin 75 MG Oral Capsule','refills':5"), Severity.I);
    }

    @Test
    @RuleCase(rule = "CS-04", fires = false)
    void no_refill_and_other_schedules_are_not_pointed_out() {
        assertThat(NONE.of("CS-04", "'schedule':'V','refills':0")).isEmpty();
        assertThat(NONE.of("CS-04", "'schedule':'IV','refills':5")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'schedule':'II','prescriber':{'name':'Brown','npi':'1234567893'}",
                "'schedule':'II','prescriber':{'dea':'AB1234563'}",
                "'schedule':'II','sig':''",
                "'schedule':'IV','quantity':0",
                "'schedule':'II','text':'oxycodone tablets'"
            })
    @RuleCase(rule = "CS-05", fires = true)
    void a_controlled_drug_without_what_the_law_wants_fires(String fields) {
        one(NONE.of("CS-05", fields), Severity.H);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'schedule':'II'",
                "'prescriber':{'name':'Brown'}",
                "'schedule':'II','text':'oxycodone 5 MG Oral Tablet','sig':'1 tab BID','quantity':60,"
                        + "'prescriber':{'name':'Brown','dea':'AB1234563'}"
            })
    @RuleCase(rule = "CS-05", fires = false)
    void a_complete_one_and_one_whose_fields_are_absent_are_quiet(String fields) {
        assertThat(NONE.of("CS-05", fields)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "AB1234564, H",
        "AB123456, H",
        "1B1234563, H",
        "ABC123456, H",
        "IB1234563, H",
        "MB1234564, H",
        "AC1234563, W"
    })
    @RuleCase(rule = "CS-06", fires = true)
    void a_dea_number_of_wrong_form_digit_or_initial_fires(String dea, Severity severity) {
        one(NONE.of("CS-06", "'prescriber':{'name':'Brown','dea':'" + dea + "'}"), severity);
    }

    @ParameterizedTest
    @CsvSource({"AB1234563, Brown", "BB1234563, Ann Brown", "MB1234563, 'Brown, Ann'", "F91234563, Brown", "AX1234563, "
    })
    @RuleCase(rule = "CS-06", fires = false)
    void a_dea_number_with_its_right_digit_is_quiet(String dea, String name) {
        String by = name == null ? "" : "'name':'" + name + "',";
        assertThat(NONE.of("CS-06", "'prescriber':{" + by + "'dea':'" + dea + "'}"))
                .isEmpty();
        assertThat(NONE.of("CS-06", "'prescriber':{'name':'Brown'}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'text':'oxycodone 5 MG Oral Tablet','schedule':'IV'",
                "'text':'tramadol 50 MG Oral Tablet','schedule':'II'",
                "'schedule':'II','prescriber':{'name':'Brown','dea':'PB1234563'}",
                "'text':'acetaminophen 325 MG / hydrocodone bitartrate 5 MG Oral Tablet','schedule':'III'"
            })
    @RuleCase(rule = "CS-07", fires = true)
    void a_schedule_or_a_registration_that_does_not_fit_is_reviewed(String fields) {
        one(NONE.of("CS-07", fields), Severity.R);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'text':'oxycodone 5 MG Oral Tablet','schedule':'II'",
                "'text':'tramadol 50 MG Oral Tablet','schedule':'IV'",
                "'text':'acetaminophen 300 MG / codeine phosphate 30 MG Oral Tablet','schedule':'III'",
                "'text':'buprenorphine 8 MG Sublingual Tablet','schedule':'III'",
                "'text':'testosterone 200 MG/ML Injection','schedule':'III'",
                "'text':'carisoprodol 350 MG Oral Tablet','schedule':'IV'",
                "'text':'zolpidem 10 MG Oral Tablet','schedule':'IV'",
                "'text':'pregabalin 75 MG Oral Capsule','schedule':'V'",
                "'text':'acetaminophen 325 MG / hydrocodone bitartrate 5 MG Oral Tablet','schedule':'III','ordered':'2014-10-05'",
                "'schedule':'II','prescriber':{'name':'Brown','dea':'AB1234563'}"
            })
    @RuleCase(rule = "CS-07", fires = false)
    void the_schedule_of_the_drug_is_quiet(String fields) {
        assertThat(NONE.of("CS-07", fields)).isEmpty();
    }

    @Test
    @RuleCase(rule = "CS-08", fires = true)
    void an_emergency_oral_order_of_schedule_two_is_reviewed() {
        one(NONE.of("CS-08", OXYCODONE + ",'sig':'1 tab q6h, emergency oral order'"), Severity.R);
    }

    @Test
    @RuleCase(rule = "CS-08", fires = false)
    void an_ordinary_order_or_an_authorized_one_is_quiet() {
        assertThat(NONE.of("CS-08", OXYCODONE + ",'sig':'1 tab q6h'")).isEmpty();
        assertThat(NONE.of("CS-08", OXYCODONE + ",'sig':'1 tab q6h, to the emergency room if worse'"))
                .isEmpty();
        assertThat(NONE.of(
                        "CS-08", OXYCODONE + ",'sig':'1 tab q6h. Authorization for Emergency Dispensing, oral order'"))
                .isEmpty();
        assertThat(NONE.of("CS-08", "'schedule':'IV','sig':'1 tab q6h, phoned in'"))
                .isEmpty();
    }

    @Test
    @RuleCase(rule = "CS-09", fires = true)
    void a_partial_fill_of_schedule_two_is_explained() {
        one(NONE.of("CS-09", OXYCODONE + ",'sig':'1 tab q6h, partial fill requested'"), Severity.I);
    }

    @Test
    @RuleCase(rule = "CS-09", fires = false)
    void a_whole_fill_is_quiet() {
        assertThat(NONE.of("CS-09", OXYCODONE + ",'sig':'1 tab q6h'")).isEmpty();
        assertThat(NONE.of("CS-09", OXYCODONE + ",'sig':'1 tab q6h after partial knee replacement'"))
                .isEmpty();
    }

    @Test
    @RuleCase(rule = "CS-10", fires = true)
    void the_signing_of_a_controlled_prescription_is_said_to_be_not_checked() {
        Finding found = NONE.of("CS-10", OXYCODONE).get(0);
        assertThat(found.severity()).isEqualTo(Severity.I);
        assertThat(found.message()).startsWith("Not checked");
    }

    @Test
    @RuleCase(rule = "CS-10", fires = false)
    void the_signing_of_another_prescription_is_not_asked_for() {
        assertThat(NONE.of("CS-10", "'text':'gabapentin 300 MG Oral Capsule'")).isEmpty();
    }

    @Test
    @RuleCase(rule = "CS-11", fires = true)
    void an_opioid_beside_a_benzodiazepine_is_warned_of() {
        one(NONE.of("CS-11", "", OXYCODONE, "'text':'alprazolam 0.5 MG Oral Tablet'"), Severity.W);
        one(NONE.of("CS-11", "'activeMedications':[{'text':'lorazepam 1 MG Oral Tablet'}]", OXYCODONE), Severity.W);
    }

    @ParameterizedTest
    @CsvSource({
        "oxycodone 10 MG Oral Tablet, 1 tab q6h, 60", "oxycodone 20 MG Oral Tablet, 1 q6h, 120",
        "morphine 30 MG Extended Release Oral Tablet, 1 tab BID, 60",
                "fentanyl 0.025 MG/HR Transdermal System, 1 patch q72h, 60",
        "acetaminophen 325 MG / hydrocodone bitartrate 10 MG Oral Tablet, 1-2 tabs q6h prn pain, 80"
    })
    void fifty_morphine_equivalents_a_day_are_warned_of(String drug, String sig, String equivalents) {
        List<Finding> found = NONE.of("CS-11", "'text':'" + drug + "','sig':'" + sig + "'");
        one(found, Severity.W);
        assertThat(found.get(0).message()).contains("come to " + equivalents + " ");
    }

    @Test
    void ninety_morphine_equivalents_a_day_are_named_as_such() {
        assertThat(NONE.of("CS-11", "'text':'oxycodone/acetaminophen 5/325 mg tab','sig':'1-2 tabs PO q4-6h prn pain'")
                        .get(0)
                        .message())
                .contains("(90 or more)");
    }

    @Test
    @RuleCase(rule = "CS-11", fires = false)
    void a_low_dose_alone_is_quiet() {
        assertThat(NONE.of("CS-11", OXYCODONE + ",'sig':'1 tab q6h prn pain'")).isEmpty();
        assertThat(NONE.of("CS-11", "'text':'alprazolam 0.5 MG Oral Tablet','sig':'1 tab BID'"))
                .isEmpty();
        assertThat(NONE.of("CS-11", "'text':'tramadol 50 MG Oral Tablet','sig':'1 tab q6h'"))
                .isEmpty();
    }

    @Test
    void a_right_prescription_of_an_opioid_raises_nothing_but_information() {
        String whole = OXYCODONE
                + ",'dose':{'value':5,'unit':'mg'},'route':'26643006','sig':'1 tab q6h prn pain','quantity':120,'refills':0,"
                + "'start':'2026-01-02','indication':'I10','prescriber':{'npi':'1234567893','dea':'AB1234563','name':'Brown'}";
        assertThat(errors(NAMES.findings(Pharmacy.CODES, Pharmacy.written("", whole))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "butalbital 50 MG / aspirin 325 MG / caffeine 40 MG Oral Capsule",
                "Fiorinal",
                "solriamfetol 75 MG Oral Tablet",
                "Tylenol #3",
                "Ascomp with codeine",
                "Belbuca 150 mcg",
                "Dayvigo 5 mg",
                "methyltestosterone 10 MG Oral Capsule"
            })
    @RuleCase(rule = "CS-03", fires = true)
    void further_drugs_of_schedules_three_and_four_are_known(String drug) {
        assertThat(Pharmacy.NONE.of("CS-03", "'text':'" + drug + "','refills':6"))
                .hasSize(1);
    }

    @Test
    @RuleCase(rule = "CS-03", fires = false)
    void butalbital_with_acetaminophen_is_exempt() {
        assertThat(Pharmacy.NONE.of("CS-03", "'text':'Fioricet 50/325/40','refills':6"))
                .isEmpty();
    }

    @Test
    @RuleCase(rule = "CS-01", fires = true)
    @RuleCase(rule = "CS-01", fires = false)
    void dronabinol_is_in_schedule_two_as_a_solution_alone() {
        assertThat(Pharmacy.NONE.of("CS-01", "'text':'dronabinol 5 MG/ML Oral Solution [Syndros]','refills':1"))
                .hasSize(1);
        assertThat(Pharmacy.NONE.of("CS-01", "'text':'dronabinol 5 MG Oral Capsule','refills':1"))
                .isEmpty();
    }

    @Test
    void a_single_prescription_of_schedule_two_for_more_than_ninety_days_is_reviewed() {
        assertThat(Pharmacy.NONE.of("CS-02", "'text':'oxycodone 5 MG Oral Tablet','days':120"))
                .extracting(Finding::severity)
                .containsExactly(Severity.R);
    }
}
