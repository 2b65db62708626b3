package org.chartkeeper.coding.rule.prescription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chartkeeper.coding.CaseJson;
import org.chartkeeper.coding.CodingCase;
import org.chartkeeper.coding.CodingCase.Decision;
import org.chartkeeper.coding.CodingCase.Reconciled;
import org.chartkeeper.coding.Finding;
import org.chartkeeper.coding.Patch;
import org.chartkeeper.coding.Severity;
import org.chartkeeper.coding.rule.Checker;
import org.chartkeeper.coding.rule.RuleCase;
import org.chartkeeper.terminology.CodeBook;
import org.chartkeeper.terminology.DrugBook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule of drug safety with cases in which it fires and cases in which it stays quiet. */
class SafetyRulesTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

    /** One drug by code: 314076 is lisinopril 10 MG. */
    private static final DrugBook DRUGS = new DrugBook() {
        @Override
        public Optional<Drug> drug(String rxcui) {
            return rxcui.equals("314076")
                    ? Optional.of(new Drug(
                            rxcui,
                            "lisinopril 10 MG Oral Tablet",
                            "SCD",
                            Status.ACTIVE,
                            List.of("lisinopril"),
                            List.of(),
                            "RxNorm of a test"))
                    : Optional.empty();
        }

        @Override
        public Set<String> rxcuisOf(String ndc11) {
            return ndc11.equals("00001000101") ? Set.of("314076") : Set.of();
        }

        @Override
        public boolean hasPackages(String rxcui) {
            return false;
        }

        @Override
        public Optional<String> edition() {
            return Optional.of("RxNorm of a test");
        }
    };

    private static List<Finding> check(CodingCase coded) {
        return new Checker(SafetyRules.ALL, mock(CodeBook.class), DRUGS).check(coded, TODAY);
    }

    private static CodingCase coded(String... fields) {
        return CaseJson.read("{\"cases\":[{\"id\":\"c\"," + String.join(",", fields) + "}]}")
                .get(0);
    }

    private static List<Finding> of(String rule, String... fields) {
        return check(coded(fields)).stream()
                .filter(one -> one.rule().equals(rule))
                .toList();
    }

    private static String prescribed(String... texts) {
        return "\"prescriptions\":" + list(texts);
    }

    private static String active(String... texts) {
        return "\"activeMedications\":" + list(texts);
    }

    private static String list(String... texts) {
        return Stream.of(texts).map(text -> "{\"text\":\"" + text + "\"}").collect(Collectors.joining(",", "[", "]"));
    }

    private static String allergic(String text, @Nullable String rxnorm, @Nullable String status) {
        List<String> fields = new ArrayList<>(List.of("\"text\":\"" + text + "\""));
        if (rxnorm != null) {
            fields.add("\"rxnorm\":\"" + rxnorm + "\"");
        }
        if (status != null) {
            fields.add("\"status\":\"" + status + "\"");
        }
        return "\"allergies\":[{" + String.join(",", fields) + "}]";
    }

    private static String diagnosed(String code) {
        return "\"diagnoses\":[{\"code\":\"" + code + "\"}]";
    }

    private static List<Severity> weights(List<Finding> findings) {
        return findings.stream().map(Finding::severity).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "amoxicillin, 723, amoxicillin 875 MG / clavulanate 125 MG Oral Tablet",
        "amoxicillin, , Augmentin 875 mg",
        "Bactrim, , SMX-TMP DS 800-160 mg tablet",
        "aspirin, 1191, ASA 81 mg",
        "lisinopril, , lisinopril 10 MG oral tablet",
        "penicillin, 70618, penicillin V potassium 500 MG Oral Tablet",
        "codeine, , acetaminophen 300 MG / codeine phosphate 30 MG Oral Tablet"
    })
    @RuleCase(rule = "AL-01", fires = true)
    void an_allergy_to_the_ingredient_itself_is_told(String allergy, @Nullable String rxnorm, String drug) {
        List<Finding> found = of("AL-01", allergic(allergy, rxnorm, "active"), prescribed(drug));
        assertThat(weights(found)).containsExactly(Severity.R);
        assertThat(found.get(0).item()).isEqualTo("prescriptions[0]");
        assertThat(found.get(0).facts())
                .contains(drug, DrugTable.load().edition())
                .contains("allergy: " + allergy);
    }

    @ParameterizedTest
    @CsvSource({"refuted", "resolved", "entered-in-error", "Entered in Error"})
    @RuleCase(rule = "AL-01", fires = false)
    @RuleCase(rule = "AL-02", fires = false)
    @RuleCase(rule = "AL-03", fires = false)
    void an_allergy_that_no_longer_counts_is_not_told(String status) {
        String drugs = prescribed("amoxicillin 500 MG Oral Capsule", "ampicillin 500 mg", "cephalexin 500 mg");
        for (String rule : List.of("AL-01", "AL-02", "AL-03")) {
            assertThat(of(rule, allergic("amoxicillin", "723", status), drugs)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "penicillin, 70618, ampicillin 500 MG Oral Capsule",
        "penicillin, , amoxicillin 500 mg",
        "PCN, , Zosyn 4.5 g",
        "amoxicillin, 723, penicillin V potassium 500 MG",
        "sulfonamide antibiotic, , sulfamethoxazole 800 MG / trimethoprim 160 MG Oral Tablet",
        "sulfadiazine, , Bactrim DS",
        "aspirin, 1191, ibuprofen 600 MG Oral Tablet",
        "NSAIDs, , aspirin 325 mg",
        "ibuprofen, , naproxen 500 mg",
        "cephalexin, , cefazolin 1000 MG Injection",
        "lisinopril, , enalapril 10 mg",
        "azithromycin, , clarithromycin 500 mg",
        "ciprofloxacin, , levofloxacin 500 mg",
        "morphine, , oxycodone 5 mg",
        "statins, , Lipitor 20 mg",
        "sulfa, , Septra"
    })
    @RuleCase(rule = "AL-02", fires = true)
    void an_allergy_to_the_group_is_told(String allergy, @Nullable String rxnorm, String drug) {
        assertThat(weights(of("AL-02", allergic(allergy, rxnorm, null), prescribed(drug))))
                .containsExactly(Severity.R);
    }

    @ParameterizedTest
    @CsvSource({
        "penicillin, loratadine 10 MG Oral Tablet",
        "NSAID, loratadine 10 MG Oral Tablet",
        "sulfonamide antibiotic, loratadine 10 MG",
        "sulfonamide antibiotic, furosemide 40 mg",
        "penicillin, azithromycin 250 mg",
        "aspirin, acetaminophen 500 mg",
        "NKDA, amoxicillin 500 mg"
    })
    @RuleCase(rule = "AL-02", fires = false)
    void a_drug_of_another_group_raises_no_allergy(String allergy, String drug) {
        for (String rule : List.of("AL-01", "AL-02", "AL-03")) {
            assertThat(of(rule, allergic(allergy, null, "active"), prescribed(drug)))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "cefazolin 1000 MG Injection, low risk",
        "ceftriaxone 1000 MG Injection, low risk",
        "cephalexin 500 MG Oral Capsule, side chain is that of",
        "Keflex 500 mg, side chain is that of",
        "meropenem 500 MG Injection, low risk"
    })
    @RuleCase(rule = "AL-03", fires = true)
    void a_cross_sensitivity_to_penicillin_is_told(String drug, String why) {
        List<Finding> found = of("AL-03", allergic("penicillin", "70618", "active"), prescribed(drug));
        assertThat(weights(found)).containsExactly(Severity.W);
        assertThat(found.get(0).message()).contains(why);
    }

    @ParameterizedTest
    @CsvSource({"doxycycline 100 mg", "ampicillin 500 mg", "aztreonam 1 g"})
    @RuleCase(rule = "AL-03", fires = false)
    void no_cross_sensitivity_is_told_of_unrelated_drugs_or_of_the_group_itself(String drug) {
        assertThat(of("AL-03", allergic("penicillin", "70618", "active"), prescribed(drug)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"sulfa", "Sulfa drugs", "latex", "some pill for the heart"})
    @RuleCase(rule = "AL-04", fires = true)
    void a_free_text_allergy_that_cannot_be_checked_is_told(String text) {
        List<Finding> found = of("AL-04", allergic(text, null, "active"), prescribed("lisinopril 10 mg"));
        assertThat(weights(found)).containsExactly(Severity.I);
        assertThat(found.get(0).item()).isEqualTo("allergies[0]");
    }

    @ParameterizedTest
    @CsvSource({
        "penicilin, amoxicillin 500 mg",
        "Amoxicilin - hives, ampicillin 500 mg",
        "asprin, ibuprofen 400 mg",
        "codene, hydrocodone 5 mg"
    })
    @RuleCase(rule = "AL-02", fires = true)
    @RuleCase(rule = "AL-04", fires = true)
    void a_misspelt_allergy_is_checked_and_told_as_such(String allergy, String drug) {
        assertThat(weights(of("AL-02", allergic(allergy, null, null), prescribed(drug))))
                .containsExactly(Severity.R);
        assertThat(of("AL-04", allergic(allergy, null, null), prescribed(drug)))
                .singleElement()
                .satisfies(one -> assertThat(one.message()).contains("was read as"));
    }

    @ParameterizedTest
    @CsvSource({"iodine", "latex", "peanuts", "lactose", "adhesive tape"})
    @RuleCase(rule = "AL-01", fires = false)
    @RuleCase(rule = "AL-02", fires = false)
    void a_word_that_is_no_drug_is_taken_for_none(String allergy) {
        String drugs = prescribed("etodolac 400 mg", "codeine 30 mg", "lactulose 10 g", "lisinopril 10 mg");
        assertThat(of("AL-01", allergic(allergy, null, null), drugs)).isEmpty();
        assertThat(of("AL-02", allergic(allergy, null, null), drugs)).isEmpty();
    }

    @Test
    @RuleCase(rule = "AL-04", fires = true)
    void an_intolerance_is_told_as_such_and_raises_no_allergy() {
        String allergy = allergic("codeine intolerance (nausea)", null, "active");
        assertThat(weights(of("AL-04", allergy, prescribed("codeine 30 mg")))).containsExactly(Severity.I);
        assertThat(of("AL-01", allergy, prescribed("codeine 30 mg"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"penicillin, 70618", "sulfamethoxazole, 10180", "sulfa, 10180", "penicillin, "})
    @RuleCase(rule = "AL-04", fires = false)
    void a_coded_or_understood_allergy_is_not_told_as_free_text(String text, @Nullable String rxnorm) {
        assertThat(of("AL-04", allergic(text, rxnorm, "active"))).isEmpty();
    }

    @Test
    void a_code_of_an_allergy_that_the_table_lacks_is_told_as_not_checked() {
        List<Finding> found = of("AL-01", allergic("zzz", "99999999", "active"), prescribed("lisinopril"));
        assertThat(weights(found)).containsExactly(Severity.I);
    }

    @Test
    @RuleCase(rule = "DT-01", fires = true)
    void the_same_ingredient_twice_is_told() {
        List<Finding> found =
                of("DT-01", prescribed("lisinopril 10 MG Oral Tablet"), active("lisinopril 20 MG Oral Tablet"));
        assertThat(weights(found)).containsExactly(Severity.R);
        assertThat(found.get(0).item()).isEqualTo("prescriptions[0]");
        assertThat(of("DT-01", prescribed("lisinopril 10 mg", "Zestril 20 mg"))).hasSize(1);
        assertThat(of("DT-01", prescribed("lisinopril 10 mg"), active("lisinopril 10 mg")))
                .hasSize(1);
        assertThat(of("DT-01", prescribed("Zestoretic 20-12.5"), active("HCTZ 25 mg")))
                .hasSize(1);
        assertThat(of("DT-01", prescribed("Norco 5/325"), active("acetaminophen 500 mg")))
                .hasSize(1);
        assertThat(of("DT-01", "\"prescriptions\":[{\"rxnorm\":\"314076\"},{\"ndc\":\"0001-0001-01\"}]"))
                .hasSize(1);
    }

    @Test
    @RuleCase(rule = "DT-01", fires = false)
    void what_was_discontinued_is_no_duplicate() {
        assertThat(of(
                        "DT-01",
                        "\"prescriptions\":[{\"text\":\"lisinopril 10 mg\",\"ordered\":\"2026-01-02\",\"end\":\"2026-02-01\"},"
                                + "{\"text\":\"lisinopril 20 mg\",\"ordered\":\"2026-02-02\"}]"))
                .isEmpty();
        assertThat(of("DT-01", prescribed("lisinopril 20 mg"), active("lisinopril 10 mg (discontinued)")))
                .isEmpty();
        assertThat(of("DT-01", prescribed("lisinopril 10 mg"))).isEmpty();
        assertThat(of("DT-01", prescribed("hydrocortisone 1 % Topical Cream", "hydrocortisone 10 MG Oral Tablet")))
                .isEmpty();
        assertThat(of("DT-01", prescribed("oxycodone 5 mg", "OxyContin 20 mg"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2026-01-02, 2026-02-01, 0", "2026-01-02, 2026-01-20, 1"})
    @RuleCase(rule = "DT-01", fires = false)
    void a_series_of_prescriptions_one_after_the_other_is_no_duplicate(String first, String second, int told) {
        String each = "{\"text\":\"oxycodone 5 mg\",\"ordered\":\"2026-01-02\",\"days\":30,\"start\":\"";
        assertThat(of("DT-01", "\"prescriptions\":[" + each + first + "\"}," + each + second + "\"}]"))
                .hasSize(told);
    }

    @ParameterizedTest
    @CsvSource({
        "lisinopril 10 mg, enalapril 5 mg",
        "atorvastatin 20 mg, simvastatin 20 mg",
        "ibuprofen 600 mg, naproxen 500 mg",
        "omeprazole 20 mg, pantoprazole 40 mg",
        "sertraline 50 mg, escitalopram 10 mg",
        "losartan 50 mg, valsartan 80 mg",
        "metoprolol tartrate 25 mg, carvedilol 6.25 mg",
        "lorazepam 1 mg, alprazolam 0.5 mg",
        "insulin glargine 100 UNT/ML Injectable Solution, Levemir",
        "oxycodone 5 mg, tramadol 50 mg",
        "loratadine 10 mg, cetirizine 10 mg",
        "Januvia 100 mg, Tradjenta 5 mg"
    })
    @RuleCase(rule = "DT-02", fires = true)
    void two_drugs_of_a_class_are_told(String one, String other) {
        assertThat(weights(of("DT-02", prescribed(one), active(other)))).containsExactly(Severity.W);
        assertThat(weights(of("DT-02", prescribed(one, other)))).containsExactly(Severity.W);
    }

    @ParameterizedTest
    @CsvSource({
        "insulin lispro 100 UNT/ML, insulin glargine 100 UNT/ML",
        "Novolog, Humulin N",
        "oxycodone 5 mg, morphine sulfate 15 MG Extended Release Oral Tablet",
        "hydrocodone 5 MG / acetaminophen 325 MG, fentanyl 0.025 MG/HR Transdermal System patch",
        "lisinopril 10 mg, hydrochlorothiazide 25 mg",
        "amlodipine 5 mg, metoprolol 25 mg",
        "metformin 500 mg, glipizide 5 mg",
        "fluticasone 50 MCG nasal spray, budesonide inhalation powder",
        "aspirin 81 mg, clopidogrel 75 mg",
        "lisinopril 10 mg, Zestril 20 mg"
    })
    @RuleCase(rule = "DT-02", fires = false)
    void drugs_that_belong_together_or_to_other_classes_are_no_duplicate_class(String one, String other) {
        assertThat(of("DT-02", prescribed(one), active(other))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "H, phenelzine 15 mg, sertraline 50 mg",
        "H, tranylcypromine 10 mg, fluoxetine 20 mg",
        "H, linezolid 600 mg, citalopram 20 mg",
        "H, selegiline 5 mg, paroxetine 20 mg",
        "H, phenelzine 15 mg, Adderall 10 mg",
        "H, phenelzine 15 mg, amitriptyline 25 mg",
        "H, phenelzine 15 mg, meperidine 50 mg",
        "H, phenelzine 15 mg, tramadol 50 mg",
        "H, phenelzine 15 mg, sumatriptan 50 mg",
        "H, tranylcypromine 10 mg, procarbazine 50 mg",
        "H, simvastatin 40 mg, clarithromycin 500 mg",
        "H, simvastatin 20 mg, itraconazole 100 mg",
        "H, lovastatin 20 mg, ketoconazole 200 MG Oral Tablet",
        "H, simvastatin 20 mg, ritonavir 100 mg",
        "H, irinotecan 100 mg injection, ketoconazole 200 mg",
        "H, irinotecan, voriconazole 200 mg",
        "H, atazanavir 300 mg, omeprazole 20 mg",
        "H, atazanavir 300 mg, pantoprazole 40 mg",
        "H, febuxostat 40 mg, azathioprine 50 mg",
        "H, febuxostat 40 mg, mercaptopurine 50 mg",
        "H, ramelteon 8 mg, fluvoxamine 50 mg",
        "H, tizanidine 4 mg, ciprofloxacin 500 mg",
        "H, tizanidine 4 mg, fluvoxamine 50 mg",
        "H, ergotamine 1 MG / caffeine 100 MG, clarithromycin 500 mg",
        "H, ziprasidone 20 mg, amiodarone 200 mg",
        "R, azithromycin 250 mg, citalopram 20 mg",
        "R, haloperidol 5 mg, ondansetron 4 mg",
        "R, atorvastatin 20 mg, clarithromycin 500 mg",
        "R, levorphanol 2 mg, phenelzine 15 mg",
        "R, nalbuphine 10 MG/ML, tranylcypromine 10 mg",
        "H, febuxostat 40 mg, thioguanine 40 mg",
        "H, ergonovine 0.2 mg, Evotaz",
        "H, simvastatin 20 mg, idelalisib 150 mg",
        "H, irinotecan, tucatinib 150 mg",
        "H, viloxazine 200 mg, selegiline 5 mg",
        "H, ramelteon 8 mg, viloxazine 200 mg"
    })
    @RuleCase(rule = "DD-01", fires = true)
    void a_pair_of_the_high_priority_list_is_told(Severity weight, String one, String other) {
        assertThat(weights(of("DD-01", prescribed(one, other)))).containsExactly(weight);
        assertThat(weights(of("DD-01", prescribed(other), active(one)))).containsExactly(weight);
    }

    @ParameterizedTest
    @CsvSource({
        "pravastatin 40 mg, clarithromycin 500 mg",
        "simvastatin 20 mg, azithromycin 250 mg",
        "tizanidine 4 mg, levofloxacin 500 mg",
        "atazanavir 300 mg, lisinopril 10 mg",
        "febuxostat 40 mg, colchicine 0.6 mg",
        "sertraline 50 mg, trazodone 50 mg",
        "simvastatin 20 mg, ketoconazole 2 % shampoo",
        "lisinopril 10 mg, metformin 500 mg"
    })
    @RuleCase(rule = "DD-01", fires = false)
    void other_pairs_are_none_of_the_high_priority_list(String one, String other) {
        assertThat(of("DD-01", prescribed(one, other))).isEmpty();
    }

    @Test
    void drugs_that_do_not_overlap_do_not_interact() {
        assertThat(of(
                        "DD-01",
                        "\"prescriptions\":[{\"text\":\"simvastatin 20 mg\",\"ordered\":\"2026-01-02\",\"end\":\"2026-02-01\"},"
                                + "{\"text\":\"clarithromycin 500 mg\",\"ordered\":\"2026-03-02\"}]"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "warfarin 5 mg, SMX-TMP DS",
        "lisinopril 10 mg, spironolactone 25 mg",
        "warfarin 5 mg, metronidazole 500 mg",
        "warfarin 5 mg, ibuprofen 600 mg",
        "Eliquis 5 mg, naproxen 500 mg",
        "clopidogrel 75 mg, omeprazole 20 mg",
        "sildenafil 50 mg, nitroglycerin 0.4 mg",
        "oxycodone 5 mg, alprazolam 0.5 mg",
        "lithium carbonate 300 mg, lisinopril 10 mg",
        "digoxin 0.125 mg, amiodarone 200 mg",
        "methotrexate 2.5 mg, SMX-TMP",
        "allopurinol 300 mg, azathioprine 50 mg",
        "lisinopril 10 mg, potassium chloride 20 MEQ",
        "lisinopril 10 mg, losartan 50 mg",
        "levothyroxine 50 mcg, calcium carbonate 500 mg",
        "simvastatin 40 mg, amlodipine 10 mg",
        "simvastatin 40 mg, gemfibrozil 600 mg",
        "tramadol 50 mg, sertraline 50 mg",
        "metoprolol 50 mg, verapamil 120 mg",
        "aspirin 81 mg, ibuprofen 600 mg"
    })
    @RuleCase(rule = "DD-02", fires = true)
    void another_interaction_is_told_with_its_tier_and_the_table(String one, String other) {
        List<Finding> found = of("DD-02", prescribed(one, other));
        assertThat(weights(found)).contains(Severity.W).doesNotContain(Severity.I);
        assertThat(found.get(0).facts()).contains(Interactions.load().edition());
        assertThat(found.get(0).facts()).containsAnyOf("major", "moderate");
    }

    @ParameterizedTest
    @CsvSource({
        "lisinopril 10 mg, amlodipine 5 mg",
        "metformin 500 mg, atorvastatin 20 mg",
        "loratadine 10 mg, omeprazole 20 mg",
        "levothyroxine 50 mcg, sertraline 50 mg",
        "sulfamethoxazole 800 MG / trimethoprim 160 MG, loratadine 10 mg"
    })
    @RuleCase(rule = "DD-02", fires = false)
    void drugs_without_an_interaction_are_quiet(String one, String other) {
        assertThat(of("DD-02", prescribed(one, other))).isEmpty();
    }

    @Test
    void a_drug_that_the_table_lacks_is_told_once_as_not_checked() {
        List<Finding> found = check(coded(prescribed("zzyxomab 10 mg", "lisinopril 10 mg")));
        assertThat(weights(found)).containsExactly(Severity.I);
        assertThat(found.get(0).item()).isEqualTo("prescriptions[0]");
    }

    @ParameterizedTest
    @CsvSource({
        "Z33.1, isotretinoin 40 mg",
        "Z33.1, warfarin 5 mg",
        "Z33.1, lisinopril 10 mg",
        "O24.410, enalapril 5 mg",
        "O09.90, losartan 50 mg",
        "Z34.90, methotrexate 2.5 mg",
        "Z3A.20, Depakote 500 mg",
        "Z39.1, methotrexate 2.5 mg",
        "Z39.1, lithium 300 mg"
    })
    @RuleCase(rule = "PG-01", fires = true)
    void a_drug_that_harms_the_child_is_told(String code, String drug) {
        assertThat(weights(of("PG-01", diagnosed(code), prescribed(drug)))).containsExactly(Severity.W);
    }

    @ParameterizedTest
    @CsvSource({
        "Z33.1, acetaminophen 500 mg",
        "Z33.1, labetalol 200 mg",
        "Z33.1, diclofenac 1 % Topical Gel",
        "I10, isotretinoin 40 mg",
        "Z39.1, lisinopril 10 mg"
    })
    @RuleCase(rule = "PG-01", fires = false)
    void a_drug_without_a_warning_or_a_patient_who_is_not_pregnant_is_quiet(String code, String drug) {
        assertThat(of("PG-01", diagnosed(code), prescribed(drug))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "R, 29, metformin 500 MG Oral Tablet",
        "R, 12.5, Janumet 50-500",
        "W, 40, metformin 500 mg",
        "W, 25, gabapentin 300 mg",
        "W, 20, Macrobid 100 mg",
        "W, 10, dabigatran 150 mg",
        "W, 25, spironolactone 25 mg",
        "W, 25, ibuprofen 600 mg"
    })
    @RuleCase(rule = "RN-01", fires = true)
    void a_drug_that_the_kidneys_do_not_bear_is_told(Severity weight, String egfr, String drug) {
        assertThat(weights(of("RN-01", "\"egfr\":" + egfr, prescribed(drug)))).contains(weight);
    }

    @ParameterizedTest
    @CsvSource({"90, metformin 500 mg", "45, metformin 500 mg", "20, amlodipine 5 mg", "25, diclofenac 1 % Topical Gel"
    })
    @RuleCase(rule = "RN-01", fires = false)
    void a_drug_that_the_kidneys_bear_is_quiet(String egfr, String drug) {
        assertThat(of("RN-01", "\"egfr\":" + egfr, prescribed(drug))).isEmpty();
        assertThat(of("RN-01", prescribed(drug))).isEmpty();
    }

    private static CodingCase reconciled(List<Reconciled> lines, String... fields) {
        return coded(fields).withReconciliation(lines);
    }

    @Test
    @RuleCase(rule = "RC-01", fires = true)
    void a_drug_without_a_decision_or_a_reason_is_told() {
        assertThat(check(reconciled(
                        List.of(
                                new Reconciled("lisinopril 10 mg", null, null),
                                new Reconciled("metformin 500 mg", Decision.STOP, " ")),
                        active("lisinopril 10 mg", "metformin 500 mg", "amlodipine 5 mg"))))
                .filteredOn(one -> one.rule().equals("RC-01"))
                .extracting(Finding::item)
                .containsExactly("case", "case", "activeMedications[2]");
    }

    @Test
    @RuleCase(rule = "RC-01", fires = false)
    void a_reconciled_list_and_a_case_that_keeps_none_are_quiet() {
        assertThat(check(reconciled(
                        List.of(new Reconciled("lisinopril 10 mg", Decision.KEEP, "pressure well controlled")),
                        active("lisinopril 10 mg"))))
                .isEmpty();
        assertThat(check(coded(active("lisinopril 10 mg")))).isEmpty();
    }

    @Test
    void a_patch_keeps_the_reconciliation() {
        CodingCase before = reconciled(List.of(new Reconciled("a", Decision.NEW, "b")), active("lisinopril 10 mg"));
        assertThat(CaseJson.apply(before, Patch.remove("/activeMedications/0")).reconciliation())
                .isEqualTo(before.reconciliation());
    }

    @Test
    void every_finding_names_the_edition_of_its_table() {
        assertThat(check(coded(
                        allergic("penicillin", "70618", "active"),
                        prescribed("ampicillin 500 mg", "simvastatin 20 mg", "clarithromycin 500 mg", "zzyx"))))
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.facts())
                        .containsAnyOf(
                                DrugTable.load().edition(), Interactions.load().edition()));
    }

    @Test
    @RuleCase(rule = "DT-01", fires = false)
    void a_rescue_inhaler_beside_the_nebulizer_is_no_duplicate() {
        String inhaler = "albuterol 0.09 MG/ACTUAT Metered Dose Inhaler";
        assertThat(of("DT-01", prescribed(inhaler, "albuterol 0.83 MG/ML Inhalation Solution")))
                .isEmpty();
        assertThat(of("DT-01", prescribed(inhaler), active("albuterol / ipratropium inhalation solution")))
                .isEmpty();
        assertThat(of("DT-01", prescribed(inhaler, inhaler))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "methotrexate 25 MG/ML Injection, O00.101",
        "misoprostol 0.2 MG tablet, O02.1",
        "misoprostol 0.2 MG tablet, O03.9"
    })
    @RuleCase(rule = "PG-01", fires = false)
    void the_treatment_of_a_pregnancy_that_ended_is_quiet(String drug, String code) {
        assertThat(of("PG-01", prescribed(drug), "\"diagnoses\":[{\"code\":\"" + code + "\"}]"))
                .isEmpty();
        assertThat(of("PG-01", prescribed(drug), "\"diagnoses\":[{\"code\":\"O72.1\"},{\"code\":\"Z37.0\"}]"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"trazodone 50 MG tablet, escitalopram 10 MG tablet", "hydroxyzine 25 MG tablet, citalopram 20 MG tablet"
    })
    @RuleCase(rule = "DD-01", fires = false)
    void a_drug_that_lengthens_qt_only_under_conditions_is_warned_of_alone(String one, String other) {
        assertThat(of("DD-01", prescribed(one, other))).isEmpty();
        assertThat(of("DD-02", prescribed(one, other)))
                .extracting(Finding::severity)
                .containsExactly(Severity.W);
    }
}
