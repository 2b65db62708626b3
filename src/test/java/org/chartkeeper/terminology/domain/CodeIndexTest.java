package org.chartkeeper.terminology.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.chartkeeper.terminology.CodeSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What words find in an index of a few phrases. */
class CodeIndexTest {

    private static List<Integer> found(String typed, String... phrases) {
        return found(CodeSystem.ICD10CM, typed, phrases);
    }

    private static List<Integer> found(CodeSystem system, String typed, String... phrases) {
        CodeIndex.Builder builder = new CodeIndex.Builder();
        for (int i = 0; i < phrases.length; i++) {
            builder.add(i, phrases[i], true);
        }
        return builder.build().search(typed, LayWords.of(system), TypedWords.alone()).stream()
                .map(CodeIndex.Hit::position)
                .toList();
    }

    @Test
    void what_the_titles_write_with_a_hyphen_is_found_as_one_word() {
        assertThat(found("preeclampsia", "Severe pre-eclampsia", "Eclampsia"))
                .first()
                .isEqualTo(0);
    }

    @Test
    void what_the_titles_write_with_a_hyphen_is_found_as_one_mistyped_word() {
        assertThat(found("preeclamsia", "Severe pre-eclampsia", "Eclampsia"))
                .first()
                .isEqualTo(0);
    }

    @ParameterizedTest
    @CsvSource({
        "neumonia, Pneumonia", "newmonia, Pneumonia", "flebitis, Phlebitis", "gonorea, Gonorrhea",
        "hemmorage, Hemorrhage", "oesophagitis, Esophagitis", "soriasis, Psoriasis", "nefritis, Nephritis",
        "concusion, Concussion", "fizical, Physical"
    })
    void a_word_written_by_ear_is_the_one_that_sounds_so(String typed, String meant) {
        assertThat(found(typed, "Contusion", "Neuritis", "Sunburn", meant))
                .first()
                .isEqualTo(3);
    }

    @Test
    void a_mistyped_phrase_finds_the_one_that_says_just_that_before_longer_ones() {
        assertThat(found(
                        "athritis of knee",
                        "Staphylococcal arthritis, knee, right",
                        "Arthritis, knee, rheumatoid",
                        "Osteoarthritis of knee, arthritis of the knee joint",
                        "Arthritis of knee"))
                .first()
                .isEqualTo(3);
    }

    @Test
    void a_word_that_is_known_is_not_taken_for_one_that_sounds_so() {
        assertThat(found("dysphasia", "Dysphagia", "Dysphasia")).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"adenocarcinoma of colon", "squamous cell carcinoma of colon"})
    void a_kind_of_growth_is_found_by_its_site(String typed) {
        assertThat(found(
                        typed,
                        "Adenocarcinoma, pituitary",
                        "Squamous cell carcinoma of skin",
                        "Benign neoplasm of colon",
                        "Malignant neoplasm of colon"))
                .first()
                .isEqualTo(3);
    }

    @Test
    void a_number_finds_the_range_that_it_lies_in() {
        assertThat(found(
                        "body mass index 42",
                        "Body mass index [BMI] 30.0-30.9, adult",
                        "Body mass index [BMI] 40.0-44.9, adult",
                        "Body mass index [BMI] 45.0-49.9, adult"))
                .first()
                .isEqualTo(1);
    }

    @Test
    void words_that_mean_one_thing_together_are_not_taken_apart() {
        assertThat(found("blood clot lung", "Blood clot in bladder", "Pulmonary embolism"))
                .first()
                .isEqualTo(1);
    }

    @Test
    void a_single_word_that_also_means_another_stays_what_it_is_first() {
        assertThat(found("cut", "Laceration", "Cut")).first().isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hole in the heart",
                "there is a hole in my heart",
                "heart has a hole",
                "hole in his heart since birth"
            })
    void words_mean_one_thing_together_in_any_order_with_talk_around_them(String typed) {
        assertThat(found(
                        typed,
                        "Macular hole",
                        "Heart disease, unspecified",
                        "Congenital malformation of cardiac septum, unspecified"))
                .first()
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cannot pee", "can't pee", "I couldn't pee", "unable to pee"})
    void what_one_cannot_do_is_no_matter_of_how_it_is_said(String typed) {
        assertThat(found(typed, "Dysuria", "Retention of urine, unspecified", "Enuresis"))
                .first()
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"swollen ankles", "swelling of the ankle", "my ankle swells"})
    void irregular_forms_of_a_word_are_one(String typed) {
        assertThat(found(typed, "Sprain of ankle", "Localized edema", "Edema of larynx"))
                .first()
                .isEqualTo(1);
    }

    @Test
    void talk_that_makes_the_meaning_is_not_read_past() {
        assertThat(found("feeling down", "Down syndrome", "Depression, unspecified"))
                .first()
                .isEqualTo(1);
        assertThat(found("down", "Down syndrome", "Depression, unspecified"))
                .first()
                .isEqualTo(0);
    }

    @Test
    void what_means_only_another_thing_is_not_looked_for_as_it_stands() {
        assertThat(found("sob", "Sobriety checkpoint", "Shortness of breath")).containsExactly(1);
    }

    @Test
    void a_phrase_that_is_just_what_was_typed_comes_before_what_it_also_means() {
        assertThat(found("heart attack", "Acute myocardial infarction, unspecified", "Attack of the heart"))
                .first()
                .isEqualTo(1);
    }

    @Test
    void an_operation_is_found_by_what_it_is_called() {
        assertThat(found(
                        CodeSystem.ICD10PCS,
                        "lap appendectomy",
                        "Inspection of Appendix, Percutaneous Endoscopic Approach",
                        "Resection of Appendix, Open Approach",
                        "Resection of Appendix, Percutaneous Endoscopic Approach"))
                .first()
                .isEqualTo(2);
    }

    @Test
    void what_words_mean_in_one_system_they_do_not_mean_in_another() {
        assertThat(found(CodeSystem.ICD10CM, "appendectomy", "Resection of Appendix"))
                .isEmpty();
    }

    @Test
    void a_drug_is_found_by_its_brand() {
        assertThat(found(CodeSystem.DRUG, "zocor 20", "simvastatin 10 MG Oral Tablet", "simvastatin 20 MG Oral Tablet"))
                .first()
                .isEqualTo(1);
    }

    @Test
    void a_phrase_in_just_its_own_words_is_first() {
        assertThat(found(
                        "Laceration with foreign body of abdominal wall without penetration, subsequent encounter",
                        "Laceration without foreign body of abdominal wall with penetration, subsequent encounter",
                        "Laceration with foreign body of abdominal wall without penetration, initial encounter",
                        "Laceration with foreign body of abdominal wall without penetration, subsequent encounter",
                        "Laceration of abdominal wall"))
                .first()
                .isEqualTo(2);
    }

    @Test
    void words_that_most_phrases_have_tell_apart_what_differs_in_nothing_else() {
        String[] phrases = {
            "Injury of saphenous vein, left leg, initial encounter",
            "Injury of saphenous vein, left leg, subsequent encounter",
            "Injury of saphenous vein, right leg, initial encounter",
            "Other specified injury of saphenous vein, right leg, subsequent encounter",
            "Injury of femoral vein, right leg, initial encounter",
            "Injury of femoral vein, right leg, subsequent encounter"
        };
        assertThat(found("injury saphenous vein right leg subsequent", phrases))
                .first()
                .isEqualTo(3);
        assertThat(found("injury saphenous vein left leg subsequent", phrases))
                .first()
                .isEqualTo(1);
    }

    @Test
    void two_words_without_a_space_and_one_with_a_space_are_understood() {
        String[] phrases = {"Chest pain on breathing", "Pain in throat", "Pulmonary hypertension", "Chest wall"};
        assertThat(found("chestpain", phrases)).first().isEqualTo(0);
        assertThat(found("pulmonary hyper tension", phrases)).first().isEqualTo(2);
    }

    @Test
    void two_words_that_are_words_by_themselves_stay_two() {
        assertThat(found("under weight", "Weight under the norm", "Underweight"))
                .first()
                .isEqualTo(0);
    }

    @Test
    void the_removal_of_a_part_is_its_resection_and_that_of_a_device_is_a_removal() {
        String[] phrases = {
            "Removal of Drainage Device from Spleen, Open Approach",
            "Resection of Spleen, Open Approach",
            "Removal of Infusion Device from Spleen, Open Approach"
        };
        assertThat(found(CodeSystem.ICD10PCS, "removal of spleen", phrases))
                .first()
                .isEqualTo(1);
        assertThat(found(CodeSystem.ICD10PCS, "removal of drainage device from spleen", phrases))
                .first()
                .isEqualTo(0);
    }

    @Test
    void a_vaccine_is_found_by_its_brand() {
        assertThat(found(CodeSystem.VACCINE, "bexsero", "meningococcal B, recombinant", "meningococcal B, OMV"))
                .first()
                .isEqualTo(1);
    }

    @Test
    void a_word_of_hundreds_of_letters_is_no_mistyped_one() {
        assertThat(found("x".repeat(400), "Chest pain")).isEmpty();
    }
}
