package org.chartkeeper.terminology.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.chartkeeper.terminology.CodeSystem;
import org.junit.jupiter.api.Test;

/** What codes are called beside their titles. */
class CodeNamesTest {

    @Test
    void a_supply_has_names_by_its_code() {
        assertThat(CodeNames.of(CodeSystem.HCPCS).phrases("E0602", "Breast pump, manual, any type"))
                .contains("breast pump");
        assertThat(CodeNames.of(CodeSystem.HCPCS).phrases("A4281", "Tubing for breast pump, replacement"))
                .isEmpty();
    }

    @Test
    void a_drug_has_the_abbreviations_of_its_ingredients() {
        assertThat(CodeNames.of(CodeSystem.DRUG).phrases("310798", "Hydrochlorothiazide 25 MG Oral Tablet"))
                .contains("hctz 25 mg oral tablet");
    }

    @Test
    void a_word_within_another_names_nothing() {
        assertThat(CodeNames.of(CodeSystem.DRUG).phrases("1", "Bendroflumethiazide 5 MG Oral Tablet"))
                .isEmpty();
    }

    @Test
    void systems_without_names_of_their_own_have_none() {
        assertThat(CodeNames.of(CodeSystem.ICD10CM).phrases("I10", "Essential (primary) hypertension"))
                .isEmpty();
    }
}
