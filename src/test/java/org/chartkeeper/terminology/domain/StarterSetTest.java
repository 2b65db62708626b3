package org.chartkeeper.terminology.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.chartkeeper.terminology.CodeLookup;
import org.chartkeeper.terminology.CodeLookup.Code;
import org.chartkeeper.terminology.CodeSystem;
import org.junit.jupiter.api.Test;

class StarterSetTest {

    private final CodeLookup codes = new StarterSet();

    @Test
    void words_find_the_code_its_neighbors_and_what_is_too_general() {
        assertThat(codes.search(CodeSystem.ICD10CM, "acute on chronic diastolic", 10))
                .extracting(Code::code)
                .startsWith("I50.33")
                .contains("I50.31", "I50.3");
        assertThat(codes.find(CodeSystem.ICD10CM, "I50.3").orElseThrow().general())
                .isTrue();
    }

    @Test
    void a_code_is_found_with_or_without_its_dot_and_by_its_beginning() {
        assertThat(codes.find(CodeSystem.ICD10CM, "e1122").orElseThrow().display())
                .isEqualTo("Type 2 diabetes mellitus with diabetic chronic kidney disease");
        assertThat(codes.search(CodeSystem.ICD10CM, "N18.3", 10))
                .extracting(Code::code)
                .startsWith("N18.3", "N18.30", "N18.31", "N18.32");
    }

    @Test
    void all_diagnoses_of_the_patient_of_the_guide_are_there() {
        for (String code : new String[] {"I50.32", "I50.33", "E11.22", "N18.32", "I13.0", "E78.5", "M17.11"}) {
            assertThat(codes.find(CodeSystem.ICD10CM, code)).isPresent();
        }
    }

    @Test
    void abbreviations_and_brand_names_find_too() {
        assertThat(codes.search(CodeSystem.ICD10CM, "afib", 5)).isNotEmpty();
        assertThat(codes.search(CodeSystem.DRUG, "lasix 40", 5))
                .extracting(Code::display)
                .first()
                .isEqualTo("Furosemide 40 mg tablet");
        assertThat(codes.search(CodeSystem.ALLERGEN, "napro", 5))
                .extracting(Code::kind)
                .first()
                .isEqualTo("medication");
        assertThat(codes.find(CodeSystem.VACCINE, "197").orElseThrow().display())
                .startsWith("Influenza");
    }

    @Test
    void lay_words_and_typing_errors_are_understood_without_a_release() {
        assertThat(codes.search(CodeSystem.VACCINE, "flu shot", 3))
                .extracting(Code::display)
                .allMatch(name -> name.startsWith("Influenza"))
                .isNotEmpty();
        assertThat(codes.search(CodeSystem.ICD10CM, "heart attack", 3))
                .extracting(Code::code)
                .first()
                .asString()
                .startsWith("I21");
        assertThat(codes.search(CodeSystem.ICD10CM, "hypertnsion", 3))
                .extracting(Code::code)
                .first()
                .isEqualTo("I10");
    }

    @Test
    void nonsense_and_blanks_find_nothing() {
        assertThat(codes.search(CodeSystem.ICD10CM, "  ", 5)).isEmpty();
        assertThat(codes.search(CodeSystem.ICD10CM, "zzyzx flurble", 5)).isEmpty();
        assertThat(codes.find(CodeSystem.ICD10CM, "")).isEmpty();
    }
}
