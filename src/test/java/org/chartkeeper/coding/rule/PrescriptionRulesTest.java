package org.chartkeeper.coding.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chartkeeper.coding.rule.Pharmacy.FULL;
import static org.chartkeeper.coding.rule.Pharmacy.NAMES;
import static org.chartkeeper.coding.rule.Pharmacy.NONE;

import java.util.List;
import org.chartkeeper.coding.Finding;
import org.chartkeeper.coding.Patch;
import org.chartkeeper.coding.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of a prescription's codes, directions and prescriber, each where it fires and where it stays quiet. */
class PrescriptionRulesTest {

    private static String text(String field, String value) {
        return "'" + field + "':'" + value + "'";
    }

    private static Object repaired(Finding finding) {
        Patch repair = finding.repair();
        assertThat(repair).as("repair of " + finding).isNotNull();
        return repair.operations().get(0).value();
    }

    @ParameterizedTest
    @CsvSource({
        "4-5-1, 0071-01552-3, RX-01",
        "6-3-1, 000710-155-2, RX-01",
        "3-5-2, 071-01552-31, RX-01",
        "no hyphens, 0071015523, RX-02",
        "asterisk, *0071-0155-23, RX-03",
        "letters, 00071O15523, RX-03",
        "5-5-1, 00071-01552-3, RX-04",
        "6-3-2, 000071-155-23, RX-04",
        "product only, 0071-0155, RX-04",
        "9 digits, 007101552, RX-04",
        "12 digits before 2033, 000071-0155-23, RX-04"
    })
    @RuleCase(rule = "RX-01", fires = true)
    @RuleCase(rule = "RX-02", fires = true)
    @RuleCase(rule = "RX-03", fires = true)
    @RuleCase(rule = "RX-04", fires = true)
    void a_package_code_that_cannot_be_read_in_one_way_is_refused(String why, String ndc, String rule) {
        for (String each : List.of("RX-01", "RX-02", "RX-03", "RX-04", "RX-05")) {
            List<Finding> found = NONE.of(each, text("ndc", ndc));
            assertThat(found).as(each + ": " + why).hasSize(each.equals(rule) ? 1 : 0);
            assertThat(found).allSatisfy(one -> {
                assertThat(one.severity()).isEqualTo(Severity.H);
                assertThat(one.item()).isEqualTo("prescriptions[0]");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0071-0155-23", "50242-040-62", "60575-4112-1", "00071-0155-23", "50242-0040-62", "00071015523"})
    @RuleCase(rule = "RX-01", fires = false)
    @RuleCase(rule = "RX-02", fires = false)
    @RuleCase(rule = "RX-03", fires = false)
    @RuleCase(rule = "RX-04", fires = false)
    @RuleCase(rule = "RX-05", fires = false)
    void a_package_code_in_one_of_the_four_shapes_is_quiet(String ndc) {
        for (String rule : List.of("RX-01", "RX-02", "RX-03", "RX-04", "RX-05")) {
            assertThat(NONE.of(rule, text("ndc", ndc))).as(rule).isEmpty();
        }
    }

    @Test
    void ten_digits_are_mended_where_the_table_knows_one_of_their_meanings() {
        assertThat(repaired(NAMES.of("RX-02", text("ndc", "0071015523")).get(0)))
                .isEqualTo("00071-0155-23");
        assertThat(NAMES.mended("RX-02", text("ndc", "0071015523"))).isEmpty();
        assertThat(NONE.of("RX-02", text("ndc", "0071015523")).get(0).repair()).isNull();
    }

    @Test
    @RuleCase(rule = "RX-05", fires = true)
    void from_2033_on_the_older_form_is_converted_to_twelve_digits() {
        Finding found = NONE.of("RX-05", text("ndc", "00071-0155-23") + ",'ordered':'2033-03-07'")
                .get(0);
        assertThat(found.severity()).isEqualTo(Severity.I);
        assertThat(repaired(found)).isEqualTo("000071-0155-23");
        assertThat(NONE.of("RX-04", text("ndc", "000071-0155-23") + ",'ordered':'2033-03-07'"))
                .isEmpty();
        assertThat(NONE.of("RX-05", text("ndc", "00071-0155-23") + ",'ordered':'2036-03-08'")
                        .get(0)
                        .severity())
                .isEqualTo(Severity.H);
    }

    @Test
    @RuleCase(rule = "RX-06", fires = true)
    void a_package_no_longer_marketed_or_of_another_form_is_reviewed() {
        assertThat(FULL.of("RX-06", text("ndc", "0071-0155-23") + ",'ordered':'2025-02-01'"))
                .hasSize(1);
        assertThat(NAMES.of("RX-06", text("ndc", "0071-0155-23") + ",'text':'atorvastatin 10 MG Topical Cream'"))
                .extracting(Finding::severity)
                .contains(Severity.R);
    }

    @Test
    @RuleCase(rule = "RX-06", fires = false)
    void a_package_on_the_market_and_of_the_form_is_quiet() {
        assertThat(FULL.of("RX-06", text("ndc", "0071-0155-23") + ",'ordered':'2025-01-31'"))
                .isEmpty();
        assertThat(NAMES.of("RX-06", text("ndc", "0071-0155-23") + ",'text':'Lipitor 10 mg tab'"))
                .extracting(Finding::message)
                .allMatch(message -> message.startsWith(Report.NOT_CHECKED));
    }

    @Test
    void without_the_directory_of_packages_their_marketing_is_said_to_be_unchecked() {
        assertThat(NAMES.of("RX-06", text("ndc", "0071-0155-23")))
                .extracting(Finding::severity, Finding::message)
                .containsExactly(org.assertj.core.api.Assertions.tuple(
                        Severity.I, "Not checked: no FDA NDC directory with the end of marketing of packages loaded."));
    }

    @Test
    @RuleCase(rule = "RX-10", fires = true)
    void an_ingredient_or_a_form_without_strength_is_no_order() {
        assertThat(FULL.of("RX-10", text("rxnorm", "29046"))).hasSize(1);
        assertThat(FULL.of("RX-10", text("rxnorm", "371917"))).hasSize(1);
        assertThat(NONE.of("RX-10", text("rxnorm", "29046"))).hasSize(1);
        assertThat(NONE.of("RX-10", text("rxnorm", "999999") + ",'text':'lisinopril'")
                        .get(0)
                        .severity())
                .isEqualTo(Severity.R);
    }

    @Test
    @RuleCase(rule = "RX-10", fires = false)
    void a_clinical_or_branded_drug_is_an_order() {
        assertThat(FULL.of("RX-10", text("rxnorm", "314076"))).isEmpty();
        assertThat(FULL.of("RX-10", text("rxnorm", "104377"))).isEmpty();
        assertThat(NAMES.of("RX-10", text("rxnorm", "314076"))).isEmpty();
        assertThat(NONE.of("RX-10", text("rxnorm", "314076") + ",'text':'lisinopril 10 MG oral tablet'"))
                .isEmpty();
        assertThat(NONE.of("RX-10", text("text", "lisinopril 10 MG oral tablet")))
                .isEmpty();
    }

    @Test
    void a_code_that_no_table_has_is_said_to_be_not_checked() {
        assertThat(NONE.of("RX-10", text("rxnorm", "999999"))).singleElement().satisfies(one -> {
            assertThat(one.severity()).isEqualTo(Severity.I);
            assertThat(one.message()).startsWith("Not checked");
        });
    }

    @Test
    @RuleCase(rule = "RX-11", fires = true)
    void a_code_out_of_use_is_shown_with_what_took_its_place() {
        assertThat(repaired(FULL.of("RX-11", text("rxnorm", "111111")).get(0))).isEqualTo("314076");
        assertThat(FULL.of("RX-11", text("rxnorm", "222222"))).hasSize(1);
        assertThat(FULL.of("RX-11", text("rxnorm", "999999"))).hasSize(1);
        assertThat(NONE.of("RX-11", text("rxnorm", "lisinopril"))).anyMatch(one -> one.severity() == Severity.R);
    }

    @Test
    @RuleCase(rule = "RX-11", fires = false)
    void an_active_code_is_quiet() {
        assertThat(FULL.of("RX-11", text("rxnorm", "314076"))).isEmpty();
        assertThat(NAMES.of("RX-11", text("rxnorm", "314076")))
                .allMatch(one -> one.severity() == Severity.I && one.item().equals("case"));
    }

    @Test
    @RuleCase(rule = "RX-12", fires = true)
    void a_package_of_another_drug_is_reviewed() {
        assertThat(NAMES.of("RX-12", text("ndc", "00071-0155-23") + ",'rxnorm':'314076'"))
                .singleElement()
                .satisfies(one -> assertThat(one.severity()).isEqualTo(Severity.R));
        assertThat(NAMES.of("RX-12", text("ndc", "0071-0155-23") + ",'rxnorm':'29046'"))
                .hasSize(1);
        assertThat(NAMES.of("RX-12", text("ndc", "0071-0155-23") + ",'rxnorm':'617310'"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "00310013134, 1, 'another form: lisinopril 1 MG/ML Oral Solution'",
        "00310013134, 2, 'another release: 24 HR lisinopril 10 MG Extended Release Oral Tablet'"
    })
    @RuleCase(rule = "RX-12", fires = true)
    void a_package_of_the_drug_in_another_form_is_reviewed(String ndc, String code, String why) {
        assertThat(NAMES.of("RX-12", text("ndc", ndc) + ",'rxnorm':'" + code + "'"))
                .as(why)
                .hasSize(1);
    }

    @Test
    @RuleCase(rule = "RX-13", fires = true)
    @RuleCase(rule = "RX-13", fires = false)
    void of_a_combination_each_strength_counts_once() {
        assertThat(NAMES.of("RX-13", "'rxnorm':'3','text':'amlodipine 20 MG / benazepril 20 MG Oral Capsule'"))
                .hasSize(1);
        assertThat(NAMES.of("RX-13", "'rxnorm':'3','text':'amlodipine 10 MG / benazepril 20 MG Oral Capsule'"))
                .isEmpty();
    }

    @Test
    @RuleCase(rule = "RX-24", fires = false)
    void a_powder_is_dispensed_by_weight() {
        assertThat(NONE.of(
                        "RX-24",
                        "'text':'MiraLax 17 gram/dose powder','sig':'17 g by mouth daily','quantity':510,'days':30"))
                .isEmpty();
    }

    @Test
    @RuleCase(rule = "RX-25", fires = false)
    void one_number_for_two_kinds_of_tablets_says_no_dose_of_either() {
        assertThat(NONE.of(
                        "RX-25",
                        "'text':'{20 (nirmatrelvir 150 MG Oral Tablet) / 10 (ritonavir 100 MG Oral Tablet) } Pack',"
                                + "'sig':'3 tablets BID for 5 days'"))
                .isEmpty();
    }

    @Test
    @RuleCase(rule = "RX-12", fires = false)
    void a_package_of_the_drug_or_of_its_brand_is_quiet() {
        assertThat(NAMES.of("RX-12", text("ndc", "0071-0155-23") + ",'rxnorm':'617314'"))
                .isEmpty();
        assertThat(NAMES.of("RX-12", text("ndc", "0071-0155-23") + ",'rxnorm':'617312'"))
                .isEmpty();
        assertThat(NAMES.of("RX-12", text("ndc", "00310013134") + ",'rxnorm':'314076'"))
                .isEmpty();
        assertThat(NAMES.of("RX-12", text("ndc", "00310013134"))).isEmpty();
        assertThat(NAMES.of("RX-12", text("rxnorm", "314076"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "197361, amlodipine 10, ",
        "197361, amlodipine 10 mg tablet, ",
        "314076, lisinopril 20 MG Oral Tablet, ",
        "314076, lisinopril 10 MG Oral Tablet, 47625008",
        "314076, lisinopril 10 MG Oral Tablet, 6064005"
    })
    @RuleCase(rule = "RX-13", fires = true)
    void another_strength_or_a_route_that_the_form_has_not_is_warned_of(String code, String words, String route) {
        String way = route == null ? "" : ",'route':'" + route + "'";
        assertThat(NONE.of("RX-13", text("rxnorm", code) + "," + text("text", words) + way))
                .singleElement()
                .satisfies(one -> assertThat(one.severity()).isEqualTo(Severity.W));
    }

    @ParameterizedTest
    @CsvSource({
        "197361, amlodipine 5, 26643006",
        "197361, amlodipine 5 MG Oral Tablet, 26643006",
        "197361, amlodipine 5 mg tab, ",
        "197361, amlodipine 5000 mcg, ",
        "197361, Norvasc, "
    })
    @RuleCase(rule = "RX-13", fires = false)
    void the_same_strength_by_a_route_of_the_form_is_quiet(String code, String words, String route) {
        String way = route == null ? "" : ",'route':'" + route + "'";
        assertThat(NONE.of("RX-13", text("rxnorm", code) + "," + text("text", words) + way))
                .isEmpty();
    }

    @Test
    void a_strength_is_said_to_be_unchecked_where_no_table_has_the_code() {
        assertThat(NONE.of("RX-13", text("rxnorm", "999999") + ",'text':'amoxicillin 80 MG/ML Oral Suspension'"))
                .extracting(Finding::message)
                .containsExactly("Not checked: no RxNorm table that has 999999 loaded.");
    }

    @ParameterizedTest
    @CsvSource({
        "10, mcg, ug",
        "10, IU, [iU]",
        "10, cc, mL",
        "10, U, [iU]",
        "10, ML, mL",
        "10, MG, mg",
        "10, mg/Kg, mg/kg",
        "10, mL/hr, mL/h",
        "1, tabs, {tbl}",
        "2, drops, [drp]",
        "5, mEq, meq"
    })
    @RuleCase(rule = "RX-20", fires = true)
    void a_unit_that_is_not_of_ucum_is_mended(String value, String unit, String right) {
        String dose = "'dose':{'value':" + value + ",'unit':'" + unit + "'}";
        Finding found = NONE.of("RX-20", dose).get(0);
        assertThat(found.severity()).isEqualTo(Severity.H);
        assertThat(repaired(found)).isEqualTo(right);
        assertThat(NONE.mended("RX-20", dose)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, mg", "-1, mg", "1, furlong", "1, ''"})
    void a_dose_of_nothing_or_in_no_unit_fires(String value, String unit) {
        assertThat(NONE.of("RX-20", "'dose':{'value':" + value + ",'unit':'" + unit + "'}"))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mg",
                "ug",
                "g",
                "mL",
                "[iU]",
                "meq",
                "mmol",
                "{tbl}",
                "[drp]",
                "mg/kg",
                "mL/h",
                "ug/kg/min",
                "mg/m2",
                "[iU]/kg",
                "{puff}",
                "mg/kg/d",
                "[tsp_us]",
                "ug/h",
                "10*6[iU]",
                "%"
            })
    @RuleCase(rule = "RX-20", fires = false)
    void a_unit_of_ucum_in_its_exact_case_is_quiet(String unit) {
        assertThat(NONE.of("RX-20", "'dose':{'value':0.5,'unit':'" + unit + "'}"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "lisinopril 10 MG Oral Tablet, 6064005",
        "lisinopril 10 MG Oral Tablet, 47625008",
        "lisinopril 10 MG Oral Tablet, oral",
        "lisinopril 10 MG Oral Tablet, 26643007",
        "hydrocortisone 1 % Topical Cream, 26643006",
        "timolol 5 MG/ML Ophthalmic Solution, 26643006",
        "ceftriaxone 1000 MG Injection, 26643006",
        "Lantus 100 units/mL, 26643006",
        "Zofran ODT 4 mg, 47625008"
    })
    @RuleCase(rule = "RX-21", fires = true)
    void a_route_uncoded_or_of_another_form_fires(String words, String route) {
        assertThat(NONE.of("RX-21", text("text", words) + "," + text("route", route)))
                .singleElement()
                .satisfies(one -> assertThat(one.severity()).isEqualTo(Severity.H));
    }

    @ParameterizedTest
    @CsvSource({
        "lisinopril 10 MG Oral Tablet, 26643006",
        "nitroglycerin 0.4 MG Sublingual Tablet, 37839007",
        "hydrocortisone 1 % Topical Cream, 6064005",
        "ceftriaxone 1000 MG Injection, 47625008",
        "insulin glargine 100 UNT/ML Pen Injector, 34206005",
        "fentanyl 0.025 MG/HR Transdermal System, 45890007",
        "albuterol 0.09 MG/ACTUAT Metered Dose Inhaler, 447694001",
        "fluticasone 0.05 MG/ACTUAT Metered Dose Nasal Spray, 46713006",
        "penicillin V potassium 500 MG Oral Tablet (Pen VK), 26643006",
        "lisinopril 10 MG Oral Tablet, ",
        "lisinopril, 26643006"
    })
    @RuleCase(rule = "RX-21", fires = false)
    void a_route_of_the_form_is_quiet(String words, String route) {
        String way = route == null ? "" : "," + text("route", route);
        assertThat(NONE.of("RX-21", text("text", words) + way)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1 tab QD, daily",
        "1 tab QOD, every other day",
        "1 tab TIW, 3 times a week",
        "1 tab HS, at bedtime",
        "1 tab q.d., daily",
        "1 tab po qod, every other day",
        "1 tab hs, at bedtime"
    })
    @RuleCase(rule = "RX-22", fires = true)
    void a_mistaken_abbreviation_of_timing_is_written_out(String sig, String right) {
        Finding found = NONE.of("RX-22", text("sig", sig)).get(0);
        assertThat(found.severity()).isEqualTo(Severity.H);
        assertThat((String) repaired(found)).endsWith(right);
        assertThat(NONE.mended("RX-22", text("sig", sig))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 tab", "take 1 tablet as directed", "1 tab fortnightish"})
    void directions_without_a_timing_fire(String sig) {
        assertThat(NONE.of("RX-22", text("sig", sig))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 tab BID",
                "1 tab TID",
                "1 tab QID",
                "1 tab Q4H",
                "1 tab q6h",
                "1 tab Q8H",
                "1 tab QHS",
                "1 tab at bedtime",
                "1 tab QAM",
                "1 tab weekly",
                "1 tab daily",
                "1 tab every 12 hours",
                "1 tab po once daily",
                "Take 1 tablet by mouth every day",
                "2 puffs every 4-6 hours as needed for wheeze",
                "1 tab every other day",
                "1 tab 3 times a week",
                "1 tab twice a day",
                "1 tab 3x/day",
                "1 tab every Monday",
                "5 mL q12h",
                "1 patch every 72 hours",
                "1 tab with breakfast",
                "Apply to affected area twice daily",
                "1 drop in each eye nightly",
                "1 tab now",
                "1 tab prn pain",
                "inject 70 mg every 4 weeks"
            })
    @RuleCase(rule = "RX-22", fires = false)
    void a_timing_that_is_understood_is_quiet(String sig) {
        assertThat(NONE.of("RX-22", text("sig", sig))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 tab q6h prn",
                "1 tab as needed every 6 hours",
                "1 tab q6h PRN max 4 per day",
                "1 tab prn q6h",
                "take 1 tablet by mouth every 6 hours as needed",
                "1 tab q6h prn for 5 days"
            })
    @RuleCase(rule = "RX-23", fires = true)
    void as_needed_without_what_for_is_reviewed(String sig) {
        assertThat(NONE.of("RX-23", text("sig", sig)))
                .singleElement()
                .satisfies(one -> assertThat(one.severity()).isEqualTo(Severity.R));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 tab q6h prn pain",
                "1 tab q6h as needed for headache",
                "1 tab prn q6h for nausea",
                "1 tab BID",
                "1 tab q6h for pain as needed",
                "2 puffs q4h prn wheezing or cough",
                "1 tab at bedtime as needed for sleep"
            })
    @RuleCase(rule = "RX-23", fires = false)
    void as_needed_with_what_for_is_quiet(String sig) {
        assertThat(NONE.of("RX-23", text("sig", sig))).isEmpty();
    }

    @Test
    void a_reason_in_its_own_field_is_enough() {
        assertThat(NONE.of("RX-23", text("sig", "1 tab q6h prn") + ",'prnReason':'pain'"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1 tab BID, 30, 30", "1 tab daily, 90, 30", "1-2 tabs q6h prn pain, 120, 10", "5 mL TID, 100, 10",
        "1 tab daily, 30, 400", "1 tab daily, 30, 0", "2 tabs TID, 30, 10", "10 mg BID, 30, 30"
    })
    @RuleCase(rule = "RX-24", fires = true)
    void a_quantity_that_does_not_last_for_the_days_is_reviewed(String sig, String quantity, String days) {
        String drug = sig.contains("mL") ? "amoxicillin 80 MG/ML Oral Suspension" : "lisinopril 10 MG Oral Tablet";
        assertThat(NONE.of(
                        "RX-24",
                        text("text", drug) + "," + text("sig", sig) + ",'quantity':" + quantity + ",'days':" + days))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "1 tab BID, 60, 30", "1 tab BID, 56, 30", "1 tab daily, 30, 30", "1-2 tabs q6h prn pain, 80, 10",
        "1-2 tabs q6h prn pain, 30, 10", "5 mL TID, 150, 10", "10 mg BID, 60, 30", "20 mg daily, 60, 30",
        "1 tab weekly, 4, 28", "1 tab weekly, 4, 30", "2 tabs daily then 1 tab daily, 45, 30",
                "half a tablet daily, 15, 30",
        "1 tab every other day, 15, 30", "apply daily, 30, 30", "1 tab by mouth twice a day with meals, 180, 90"
    })
    @RuleCase(rule = "RX-24", fires = false)
    void a_quantity_that_lasts_or_cannot_be_told_is_quiet(String sig, String quantity, String days) {
        String drug = sig.contains("mL") ? "amoxicillin 80 MG/ML Oral Suspension" : "lisinopril 10 MG Oral Tablet";
        assertThat(NONE.of(
                        "RX-24",
                        text("text", drug) + "," + text("sig", sig) + ",'quantity':" + quantity + ",'days':" + days))
                .isEmpty();
    }

    @Test
    void the_quantity_that_is_needed_is_proposed() {
        String short30 = text("sig", "1 tab BID") + ",'quantity':30,'days':30";
        assertThat(repaired(NONE.of("RX-24", short30).get(0))).hasToString("60");
        assertThat(NONE.mended("RX-24", short30)).isEmpty();
    }

    @Test
    @RuleCase(rule = "RX-25", fires = true)
    void more_a_day_than_the_labeling_allows_is_reviewed() {
        assertThat(NONE.of("RX-25", text("text", "acetaminophen 500 MG Oral Tablet") + ",'sig':'2 tabs q4h'"))
                .singleElement()
                .satisfies(one -> assertThat(one.severity()).isEqualTo(Severity.R));
        assertThat(NONE.of(
                        "RX-25",
                        "'weightKg':90",
                        text("text", "ibuprofen 20 MG/ML Oral Suspension")
                                + ",'sig':'every 6 hours','dose':{'value':15,'unit':'mg/kg'}"))
                .hasSize(1);
    }

    @Test
    @RuleCase(rule = "RX-25", fires = false)
    void a_dose_within_the_labeling_is_quiet() {
        assertThat(NONE.of("RX-25", text("text", "acetaminophen 500 MG Oral Tablet") + ",'sig':'2 tabs q6h'"))
                .isEmpty();
        assertThat(NONE.of("RX-25", text("text", "lisinopril 10 MG Oral Tablet") + ",'sig':'1 tab BID'"))
                .isEmpty();
        assertThat(NONE.of(
                        "RX-25",
                        text("text", "ibuprofen 20 MG/ML Oral Suspension")
                                + ",'sig':'every 6 hours','dose':{'value':10,'unit':'mg/kg'}"))
                .allMatch(one -> one.severity() == Severity.I);
    }

    @ParameterizedTest
    @CsvSource({
        "10 U daily, 10 units daily",
        "10u daily, 10 units daily",
        "1000 IU daily, 1000 units daily",
        "1 tab QD, 1 tab daily",
        "1 tab QOD, 1 tab every other day",
        "1.0 mg daily, 1 mg daily",
        ".5 mg daily, 0.5 mg daily",
        "MSO4 2 mg q4h, morphine sulfate 2 mg q4h",
        "MgSO4 2 g daily, magnesium sulfate 2 g daily",
        "1 tab q.d., 1 tab daily",
        "10 I.U. daily, 10 units daily"
    })
    @RuleCase(rule = "RX-26", fires = true)
    void an_abbreviation_that_must_not_be_used_is_written_out(String sig, String right) {
        Finding found = NONE.of("RX-26", text("sig", sig)).get(0);
        assertThat(found.severity()).isEqualTo(Severity.H);
        assertThat(repaired(found)).isEqualTo(right);
        assertThat(NONE.mended("RX-26", text("sig", sig))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MS 10 mg q4h", "MS IR 15 mg tablet"})
    void ms_fires_without_a_repair_for_it_has_two_meanings(String words) {
        assertThat(NONE.of("RX-26", text("text", words)).get(0).repair()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Vitamin D 1000 UNT Oral Capsule",
                "lorazepam 0.5 MG Oral Tablet",
                "lisinopril 10 MG Oral Tablet",
                "MS Contin 15 mg",
                "insulin glargine 100 UNT/ML",
                "insulin lispro U-100",
                "1 tab QID",
                "2.5 mg daily",
                "10 units daily",
                "0.05 mg daily",
                "1 tab q6h",
                "1 tab prn MS pain",
                "100 mg daily",
                "10.05 mg daily",
                "naloxone 0.4 mg/mL",
                "1 tab daily for MS"
            })
    @RuleCase(rule = "RX-26", fires = false)
    void what_only_looks_like_such_an_abbreviation_is_quiet(String words) {
        assertThat(NONE.of("RX-26", text("text", words))).isEmpty();
        assertThat(NONE.of("RX-26", text("sig", words))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "methotrexate 2.5 MG Oral Tablet, 7.5 mg daily, H",
        "methotrexate 7.5 mg daily, , H",
        "methotrexate 2.5 MG Oral Tablet, 3 tabs BID, H",
        "MTX 2.5 mg tab, 6 tabs daily, H",
        "Otrexup 15 MG Auto-Injector, inject daily, H",
        "alendronate 70 MG Oral Tablet, 1 tab daily, R"
    })
    @RuleCase(rule = "RX-27", fires = true)
    void a_weekly_drug_daily_fires(String drug, String sig, Severity severity) {
        assertThat(NONE.of("RX-27", text("text", drug) + (sig == null ? "" : "," + text("sig", sig))))
                .singleElement()
                .satisfies(one -> assertThat(one.severity()).isEqualTo(severity));
    }

    @ParameterizedTest
    @CsvSource({
        "methotrexate 2.5 MG Oral Tablet, 3 tabs once weekly, M06.9",
                "methotrexate 2.5 MG Oral Tablet, 7.5 mg daily, C50.911",
        "methotrexate 2.5 MG Oral Tablet, 3 tabs every Monday, M06.9",
                "methotrexate 25 MG/ML Injection, 15 mg daily, M06.9",
        "alendronate 10 MG Oral Tablet, 1 tab daily, M06.9", "lisinopril 10 MG Oral Tablet, 1 tab daily, I10",
        "methotrexate 2.5 MG Oral Tablet, 1 tab q12h for 3 doses once a week, M06.9"
    })
    @RuleCase(rule = "RX-27", fires = false)
    void a_weekly_drug_weekly_or_for_cancer_is_quiet(String drug, String sig, String indication) {
        assertThat(NONE.of("RX-27", text("text", drug) + "," + text("sig", sig) + "," + text("indication", indication)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1234567890", "123456789", "3234567893", "12345678931", "123456789X"})
    @RuleCase(rule = "RX-28", fires = true)
    void a_prescribers_number_with_a_wrong_check_digit_fires(String npi) {
        assertThat(NONE.of("RX-28", "'prescriber':{'npi':'" + npi + "'}"))
                .singleElement()
                .satisfies(one -> assertThat(one.severity()).isEqualTo(Severity.H));
    }

    @Test
    @RuleCase(rule = "RX-28", fires = false)
    void a_valid_or_absent_number_is_quiet() {
        assertThat(NONE.of("RX-28", "'prescriber':{'npi':'1234567893'}")).isEmpty();
        assertThat(NONE.of("RX-28", "'prescriber':{'npi':'1245319599'}")).isEmpty();
        assertThat(NONE.of("RX-28", "'prescriber':{'name':'Brown'}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"E11, 2026-01-02", "M54.5, 2026-01-02", "X99.99, 2026-01-02", "back pain, 2026-01-02"})
    @RuleCase(rule = "RX-29", fires = true)
    void an_indication_not_in_force_is_reviewed(String code, String day) {
        assertThat(NONE.of("RX-29", text("indication", code) + "," + text("ordered", day)))
                .singleElement()
                .satisfies(one -> assertThat(one.severity()).isEqualTo(Severity.R));
    }

    @ParameterizedTest
    @CsvSource({"I10, 2026-01-02", "i10, 2026-01-02", "M54.5, 2021-09-30", "C50911, 2026-01-02"})
    @RuleCase(rule = "RX-29", fires = false)
    void an_indication_in_force_is_quiet(String code, String day) {
        assertThat(NONE.of("RX-29", text("indication", code) + "," + text("ordered", day)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'ordered':'2026-11-24'",
                "'ordered':'2026-01-02','start':'2026-01-01'",
                "'start':'2026-01-02','end':'2026-01-01'",
                "'ordered':'2026-01-02','end':'2026-01-01'",
                "'refills':13",
                "'refills':13,'days':30",
                "'refills':5,'days':90",
                "'refills':-1"
            })
    @RuleCase(rule = "RX-30", fires = true)
    void days_out_of_order_and_too_many_refills_are_reviewed(String fields) {
        assertThat(NONE.of("RX-30", fields))
                .singleElement()
                .satisfies(one -> assertThat(one.severity()).isEqualTo(Severity.R));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'ordered':'2026-11-23','start':'2026-11-23','end':'2026-11-23'",
                "'ordered':'2026-01-02','start':'2026-01-05','end':'2026-02-05','refills':11,'days':30",
                "'refills':12",
                "'refills':3,'days':90",
                "'refills':0"
            })
    @RuleCase(rule = "RX-30", fires = false)
    void days_in_order_and_refills_of_a_year_are_quiet(String fields) {
        assertThat(NONE.of("RX-30", fields)).isEmpty();
    }

    @Test
    void a_complete_prescription_raises_nothing_but_information() {
        String whole = "'ndc':'00310-0131-34','rxnorm':'314076','text':'lisinopril 10 MG oral tablet',"
                + "'dose':{'value':10,'unit':'mg'},'route':'26643006','sig':'1 tab BID','quantity':60,'days':30,'refills':0,"
                + "'ordered':'2026-01-02','start':'2026-01-02','indication':'I10',"
                + "'prescriber':{'npi':'1234567893','dea':'AB1234563','name':'Brown'}";
        assertThat(NAMES.findings(Pharmacy.CODES, Pharmacy.written("", whole)))
                .allMatch(one -> one.severity() == Severity.I);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "as directed",
                "Take as directed per INR",
                "use per sliding scale",
                "take per package instructions"
            })
    void directions_that_leave_the_timing_to_elsewhere_are_warned_of_but_do_not_stop(String sig) {
        assertThat(NONE.of("RX-22", text("text", "x 5 MG Oral Tablet") + "," + text("sig", sig)))
                .extracting(Finding::severity)
                .containsExactly(Severity.W);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5 mg Mon/Wed/Fri, 2.5 mg other days",
                "Apply 1 patch to lower back 12 hours on, 12 hours off",
                "20mg x 3d, 15mg x 3d, 10mg x 3d",
                "1.2 mg at first sign of flare, then 0.6 mg one hour later",
                "1 tab qwk",
                "1 patch every third day",
                "1000 mcg IM q month",
                "1 tab 6 days a week",
                "Insert 1 ring and leave in place for 3 weeks, then remove for 1 week",
                "1 spray into one nostril, may repeat in 2-3 minutes",
                "1 tablet as soon as possible",
                "leave on 8-14 hours, wash off. Repeat in 1 week"
            })
    @RuleCase(rule = "RX-22", fires = false)
    void timings_as_doctors_write_them_are_understood(String sig) {
        assertThat(NONE.of("RX-22", text("text", "x 5 MG Oral Tablet") + "," + text("sig", sig)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1 tab q8h prn n/v", "1 tab PRN HA", "1 tab PRN for BP > 160", "1 tab prn CP", "1 tab prn T>101"
            })
    @RuleCase(rule = "RX-23", fires = false)
    void reasons_of_two_letters_count(String sig) {
        assertThat(NONE.of("RX-23", text("sig", sig))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Take 1 tablet by mouth 2 (two) times daily with meals|60|30",
                "take two (2) tablets by mouth three (3) times a day|180|30",
                "1 and 1/2 tablets daily|45|30",
                "1 tab at 8 am and 8 pm|60|30",
                "1 tab AC and HS|120|30",
                "1 tab TID with meals and at bedtime|120|30",
                "1 tab every morning and evening|60|30",
                "one tab morning, noon and night|90|30",
                "1-2 tabs BID|60|30",
                "1 tab three times daily and at bedtime|120|30",
                "1 tab in the morning and 2 tabs at bedtime|90|30",
                "take 2 in the morning and 1 at night|90|30",
                "Take 2 tablets daily: 1 in the morning and 1 at night|60|30",
                "1 tab at 8am, 2pm and 8pm|90|30",
                "1 tab nightly, may take an additional tablet for panic|45|30",
                "2 tabs with meals and 1 with snacks|240|30",
                "ii tabs po bid|120|30",
                "1 tab daily for 21 days, off 7 days|21|28"
            })
    @RuleCase(rule = "RX-24", fires = false)
    void a_quantity_is_counted_by_directions_as_doctors_write_them(String sig, String quantity, String days) {
        assertThat(NONE.of(
                        "RX-24",
                        text("text", "x 5 MG Oral Tablet") + "," + text("sig", sig) + ",'quantity':" + quantity
                                + ",'days':" + days))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Take 1 tablet by mouth 2 (two) times daily|30",
                "1 tab at 8 am and 8 pm|30",
                "1 tab TID with meals and at bedtime|90",
                "1-2 tabs BID|30",
                "1 tab in the morning and 2 tabs at bedtime|60",
                "take 2 in the morning and 1 at night|120",
                "1 tab three times daily and at bedtime|90",
                "i po bid|30",
                "1 q12h|30",
                "1-2 tabs BID|150"
            })
    @RuleCase(rule = "RX-24", fires = true)
    void a_quantity_that_does_not_fit_such_directions_fires(String sig, String quantity) {
        assertThat(NONE.of(
                        "RX-24",
                        text("text", "x 5 MG Oral Tablet") + "," + text("sig", sig) + ",'quantity':" + quantity
                                + ",'days':30"))
                .hasSize(1);
    }

    @Test
    @RuleCase(rule = "RX-24", fires = false)
    void one_pack_lasts_as_long_as_its_pieces() {
        assertThat(NONE.of(
                        "RX-24",
                        text("text", "{28 (norethindrone 0.35 MG Oral Tablet) } Pack [Errin 28 Day]")
                                + ",'sig':'1 tab daily','quantity':1,'days':28"))
                .isEmpty();
    }

    @Test
    @RuleCase(rule = "RX-25", fires = true)
    @RuleCase(rule = "RX-25", fires = false)
    void a_dose_of_a_child_goes_by_weight() {
        String child = "'patient':{'born':'2023-01-01'},'weightKg':10";
        String drug = "'text':'acetaminophen 32 MG/ML Oral Suspension','sig':'give every 6 hours'";

        assertThat(NONE.of("RX-25", child, drug + ",'dose':{'value':30,'unit':'mg/kg'}"))
                .hasSize(1);
        assertThat(NONE.of("RX-25", child, drug + ",'dose':{'value':15,'unit':'mg/kg'}"))
                .isEmpty();
    }

    @Test
    @RuleCase(rule = "RX-25", fires = false)
    void a_bound_in_the_directions_bounds_the_day() {
        assertThat(NONE.of(
                        "RX-25",
                        "'text':'acetaminophen 500 MG Oral Tablet','sig':'2 tabs q4h prn pain, max 8 tablets per day'"))
                .isEmpty();
        assertThat(
                        NONE.of(
                                "RX-25",
                                "'text':'acetaminophen 500 MG Oral Tablet','sig':'2 tabs q4h prn pain, max 12 tablets per day'"))
                .hasSize(1);
    }

    @Test
    @RuleCase(rule = "RX-21", fires = false)
    void a_gel_on_the_skin_may_be_meant_for_the_whole_body() {
        assertThat(NONE.of("RX-21", "'text':'testosterone 16.2 MG/ML Topical Gel','route':'45890007'"))
                .isEmpty();
    }

    @Test
    @RuleCase(rule = "RX-21", fires = true)
    void a_package_alone_tells_the_drug() {
        assertThat(NAMES.of("RX-21", "'ndc':'00071-0155-23','route':'6064005'")).hasSize(1);
        assertThat(NAMES.of("RX-24", "'ndc':'00071-0155-23','sig':'1 tab BID','quantity':30,'days':30"))
                .hasSize(1);
    }

    @Test
    @RuleCase(rule = "RX-24", fires = false)
    void pens_syringes_and_patches_are_not_counted_as_tablets() {
        assertThat(NONE.of(
                        "RX-24", "'text':'enoxaparin 40 mg/0.4 mL','sig':'40 mg subcut q24h','quantity':30,'days':30"))
                .isEmpty();
        assertThat(NONE.of("RX-24", "'text':'Lovenox 80 mg','sig':'1 mg/kg SC q12h','quantity':20,'days':10"))
                .isEmpty();
        assertThat(NONE.of(
                        "RX-24",
                        "'text':'nitroglycerin 0.2 MG/HR Transdermal Patch','sig':'Apply 1 patch every morning and remove"
                                + " at bedtime','quantity':30,'days':30"))
                .isEmpty();
    }

    @Test
    @RuleCase(rule = "RX-23", fires = false)
    void one_repetition_if_needed_asks_for_no_reason() {
        assertThat(NONE.of("RX-23", text("sig", "1 tab PO x1; repeat in 3 days if needed")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 tab twice/day",
                "1 tab/day",
                "1 tab every twelve hours",
                "1 tab Q12",
                "1 tab b.d.",
                "1 tab on odd days",
                "1 tab on alternate days",
                "1 tab at 0800 and 2000",
                "1 tab at child's bedtime",
                "1 tab M-F",
                "1 tab on days 1-21 of each 28-day cycle",
                "2 tabs on weekdays and 1 tab on weekends",
                "apply with each diaper change"
            })
    @RuleCase(rule = "RX-22", fires = false)
    void timings_of_everyday_life_are_understood(String sig) {
        assertThat(NONE.of("RX-22", "'sig':'" + sig.replace("'", "\u2019") + "'"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "One tablet AM and PM | 60 | 30",
                "1 tab every other night | 15 | 30",
                "1 tab every 4 hours while awake | 150 | 30",
                "1 tab daily Monday through Friday | 20 | 28",
                "1 tab Mon, Wed, Fri | 12 | 28",
                "1 tab BID on weekends | 16 | 28",
                "1 tab daily except Sunday | 24 | 28",
                "1 tab daily starting Monday | 30 | 30",
                "1 tab daily, avoid sun and wind | 30 | 30",
                "1 tab every other Monday | 2 | 28",
                "1 tab weekly on Sunday | 4 | 28",
                "1 tab BID-TID prn pain | 90 | 30",
                "one and a half tabs daily | 45 | 30",
                "1 tab daily for 10 days each month | 10 | 30",
                "1 tab at 0800 and 2000 | 60 | 30",
                "Take 4 tabs daily x 3 days, then 2 tabs daily x 3 days, then 1 tab daily x 3 days | 21 | 9",
                "2 tabs on day 1, then 1 tab daily on days 2-5 | 6 | 5",
                "2 tabs today then 1 tab daily x 4 days | 6 | 5",
                "6 tabs day 1, 5 tabs day 2, 4 tabs day 3, 3 tabs day 4, 2 tabs day 5, 1 tab day 6 | 21 | 6",
                "1 tab at bedtime x 3 days, then 1 tab BID x 3 days, then 1 tab TID | 81 | 30",
                "20 mg once daily x 5 days, then 10 mg once daily x 5 days | 15 | 10",
                "1 tab daily, may increase to 2 tabs daily | 60 | 30"
            })
    @RuleCase(rule = "RX-24", fires = false)
    void a_quantity_is_counted_by_days_of_the_week_and_stretches(String sig, String quantity, String days) {
        assertThat(NONE.of("RX-24", tablets(sig, quantity, days))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 tab Mon, Wed, Fri | 30 | 30 | 13",
                "1 tab daily Monday through Friday | 30 | 30 | 22",
                "one and a half tabs daily | 15 | 30 | 45",
                "Take 4 tabs daily x 3 days, then 2 tabs daily x 3 days, then 1 tab daily x 3 days | 60 | 9 | 21",
                "1 tab daily x 1 week, then 2 tabs daily | 30 | 30 | 53",
                "2 tabs on day 1, then 1 tab daily on days 2-5 | 10 | 5 | 6"
            })
    @RuleCase(rule = "RX-24", fires = true)
    void a_quantity_that_days_of_the_week_or_stretches_do_not_take_is_reviewed(
            String sig, String quantity, String days, String needed) {
        Finding found = NONE.of("RX-24", tablets(sig, quantity, days)).get(0);
        assertThat(repaired(found)).hasToString(needed);
        assertThat(NONE.mended("RX-24", tablets(sig, quantity, days))).isEmpty();
    }

    private static String tablets(String sig, String quantity, String days) {
        return text("text", "prednisone 10 MG Oral Tablet") + "," + text("sig", sig) + ",'quantity':" + quantity
                + ",'days':" + days;
    }

    @Test
    @RuleCase(rule = "RX-24", fires = true)
    void a_teaspoonful_is_five_milliliters() {
        assertThat(NONE.of(
                        "RX-24",
                        text("text", "amoxicillin 80 MG/ML Oral Suspension")
                                + ",'sig':'1 teaspoonful three times a day','quantity':50,'days':10"))
                .singleElement()
                .satisfies(one -> assertThat(repaired(one)).hasToString("150"));
    }

    @ParameterizedTest
    @CsvSource({
        "codeine sulfate 15 MG Oral Tablet, 2016-11-24",
        "acetaminophen 300 MG / codeine phosphate 30 MG Oral Tablet, 2018-01-01",
        "tramadol hydrochloride 50 MG Oral Tablet, 2015-01-01",
        "promethazine 1.25 MG/ML Oral Solution, 2025-06-01",
        "loperamide 2 MG Oral Capsule, 2025-06-01"
    })
    @RuleCase(rule = "RX-25", fires = true)
    void a_drug_that_the_labeling_forbids_at_the_age_is_reviewed(String drug, String born) {
        assertThat(NONE.of("RX-25", "'patient':{'born':'" + born + "'}", text("text", drug)))
                .singleElement()
                .satisfies(one -> assertThat(one.message()).contains("is not for a child under"));
    }

    @ParameterizedTest
    @CsvSource({
        "codeine sulfate 15 MG Oral Tablet, 2014-11-23",
        "tramadol hydrochloride 50 MG Oral Tablet, 1980-01-01",
        "promethazine 1.25 MG/ML Oral Solution, 2021-06-01"
    })
    @RuleCase(rule = "RX-25", fires = false)
    void a_drug_that_the_labeling_allows_at_the_age_is_quiet(String drug, String born) {
        assertThat(NONE.of("RX-25", "'patient':{'born':'" + born + "'}", text("text", drug)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "citalopram 40 MG Oral Tablet, 1960-01-01, true",
        "citalopram 40 MG Oral Tablet, 1966-11-23, false",
        "citalopram 20 MG Oral Tablet, 1950-01-01, false",
        "zolpidem 10 MG Oral Tablet, 1950-01-01, true",
        "zolpidem 5 MG Oral Tablet, 1950-01-01, false"
    })
    @RuleCase(rule = "RX-25", fires = true)
    @RuleCase(rule = "RX-25", fires = false)
    void the_labeling_bounds_the_dose_of_the_old(String drug, String born, boolean fires) {
        assertThat(NONE.of(
                        "RX-25", "'patient':{'born':'" + born + "'}", text("text", drug) + ",'sig':'1 tab at bedtime'"))
                .hasSize(fires ? 1 : 0)
                .allSatisfy(one -> assertThat(one.message()).contains("over 6"));
    }

    @ParameterizedTest
    @CsvSource({
        "misoprostol 0.2 MG Oral Tablet, 16857009, 0",
        "lorazepam 1 MG Oral Tablet, 37839007, 0",
        "atropine 10 MG/ML Ophthalmic Solution, 37839007, 0",
        "progesterone 100 MG Oral Capsule, 16857009, 0",
        "lisinopril 10 MG Oral Tablet, 16857009, 1",
        "24 HR nitroglycerin 2.5 MG Extended Release Oral Capsule, 37839007, 1"
    })
    @RuleCase(rule = "RX-21", fires = true)
    @RuleCase(rule = "RX-21", fires = false)
    void a_tablet_may_go_where_the_drug_is_usually_given(String drug, String route, int findings) {
        String fields = text("text", drug) + "," + text("route", route);
        assertThat(NONE.of("RX-21", fields)).hasSize(findings);
        assertThat(NONE.of("RX-13", fields)).hasSize(findings);
    }
}
