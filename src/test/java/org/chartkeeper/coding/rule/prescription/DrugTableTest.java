package org.chartkeeper.coding.rule.prescription;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.chartkeeper.coding.rule.prescription.Interactions.Pair;
import org.chartkeeper.coding.rule.prescription.Interactions.Tier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrugTableTest {

    private static final DrugTable TABLE = DrugTable.load();

    @Test
    void the_table_holds_the_most_used_drugs_and_says_its_edition() {
        assertThat(TABLE.all()).hasSizeGreaterThanOrEqualTo(220);
        assertThat(TABLE.edition()).matches(".*drug table \\d+ of \\d{4}-\\d{2}-\\d{2}");
        assertThat(TABLE.all()).allSatisfy(drug -> {
            assertThat(drug.classes()).as(drug.ingredient()).isNotEmpty();
            assertThat(drug.ingredient()).isLowerCase();
            assertThat(drug.routes())
                    .as(drug.ingredient())
                    .isSubsetOf(
                            "oral",
                            "injection",
                            "topical",
                            "ophthalmic",
                            "otic",
                            "nasal",
                            "inhaled",
                            "transdermal",
                            "rectal",
                            "vaginal",
                            "sublingual",
                            "implant");
            assertThat(drug.renal())
                    .as(drug.ingredient())
                    .isSortedAccordingTo((one, other) -> one.below() - other.below());
        });
    }

    @ParameterizedTest
    @CsvSource({
        "amoxicillin 875 MG / clavulanate 125 MG Oral Tablet, amoxicillin clavulanate",
        "amoxicillin 875 MG / clavulanate 125 MG Oral Tablet [Augmentin], amoxicillin clavulanate",
        "lisinopril 10 MG oral tablet, lisinopril",
        "hydrochlorothiazide 12.5 MG / lisinopril 10 MG Oral Tablet, hydrochlorothiazide lisinopril",
        "Lipitor 20 mg, atorvastatin",
        "SMX-TMP DS, sulfamethoxazole trimethoprim",
        "TMP/SMX, sulfamethoxazole trimethoprim",
        "HCTZ 25, hydrochlorothiazide",
        "hydrocodone-APAP 5-325, hydrocodone acetaminophen",
        "ASA 81 mg EC, aspirin",
        "metoprolol succinate 50 MG Extended Release Oral Tablet, metoprolol",
        "24 HR metformin hydrochloride 500 MG Extended Release Oral Tablet, metformin",
        "0.3 ML Enoxaparin sodium 100 MG/ML Prefilled Syringe, enoxaparin",
        "penicillin V potassium 500 MG, penicillin_v",
        "potassium chloride 20 MEQ, potassium_chloride",
        "Insulin Glargine 100 UNT/ML, insulin_glargine",
        "'insulin, regular, human 100 UNT/ML', insulin_regular",
        "ethinyl estradiol 0.035 MG / norgestimate 0.25 MG, ethinyl_estradiol norgestimate",
        "Tylenol #3, acetaminophen codeine",
        "Prezcobix, darunavir cobicistat",
        "sodium fluoride 1.1 %, fluoride",
        "nothing known, ''"
    })
    void ingredients_are_read_from_a_name(String text, String expected) {
        List<String> names = TABLE.named(text).stream()
                .map(drug -> drug.ingredient().replace(' ', '_'))
                .toList();
        assertThat(String.join(" ", names)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "hydrocodone, II",
        "oxycodone, II",
        "methylphenidate, II",
        "buprenorphine, III",
        "testosterone, III",
        "tramadol, IV",
        "alprazolam, IV",
        "zolpidem, IV",
        "carisoprodol, IV",
        "pregabalin, V",
        "gabapentin, "
    })
    void schedules_are_those_of_the_controlled_substances_act(String drug, String schedule) {
        assertThat(TABLE.ingredient(drug).orElseThrow().schedule()).isEqualTo(schedule);
    }

    @Test
    void an_ingredient_is_found_by_its_code() {
        assertThat(TABLE.ofRxcui("29046")).map(DrugEntry::ingredient).contains("lisinopril");
        assertThat(TABLE.ingredient("HCTZ")).map(DrugEntry::ingredient).contains("hydrochlorothiazide");
        assertThat(TABLE.ingredient("methotrexate").orElseThrow().weeklyOnly()).isTrue();
        assertThat(TABLE.ingredient("oxycodone").orElseThrow().mme()).isEqualByComparingTo("1.5");
    }

    @Test
    void every_side_of_an_interaction_is_a_drug_a_class_or_a_group_of_the_table() {
        Set<String> known = new HashSet<>();
        TABLE.all().forEach(drug -> {
            known.add(drug.ingredient());
            known.addAll(drug.classes());
            known.addAll(drug.groups());
        });
        assertThat(Interactions.load().pairs())
                .flatExtracting(pair -> Stream.concat(pair.one().stream(), pair.other().stream())
                        .toList())
                .allSatisfy(term -> assertThat(known).contains((String) term));
    }

    @Test
    void interactions_are_many_and_none_stands_twice() {
        List<Pair> pairs = Interactions.load().pairs();
        assertThat(pairs.stream().filter(pair -> !pair.tier().onc())).hasSizeGreaterThanOrEqualTo(80);
        assertThat(pairs.stream().filter(pair -> pair.tier() == Tier.CONTRAINDICATED))
                .hasSizeGreaterThanOrEqualTo(14);
        assertThat(pairs).extracting(pair -> pair.one() + " " + pair.other()).doesNotHaveDuplicates();
    }

    @Test
    void every_schedule_is_one_of_the_act() {
        assertThat(TABLE.all())
                .filteredOn(drug -> drug.schedule() != null)
                .extracting(DrugEntry::schedule)
                .isSubsetOf("II", "III", "IV", "V");
    }
}
