package org.chartkeeper.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DaysSupplyTest {

    @ParameterizedTest
    @CsvSource({
        "Lisinopril 10 mg tablet, 1 tablet by mouth daily, 30, 30",
        "Lisinopril 10 mg tablet, 1 by mouth daily, 90 tablets, 90",
        "Amoxicillin 500 mg capsule, 500 mg po tid, 30, 10",
        "Prednisone 20 mg tablet, 40 mg po daily, 10 tablets, 5",
        "Prednisone 20 mg tablet, 10 mg po daily, 15, 30",
        "Amoxicillin 250 mg/5 mL suspension, 500 mg po bid, 100 mL, 5",
        "Guaifenesin 100 mg/5 mL liquid, 10 mL po q6h, 240 mL, 6",
        "Levothyroxine 0.05 mg tablet, 100 mcg po daily, 60, 30",
        "Alendronate 70 mg tablet, 1 tablet po weekly, 4, 28",
        "Ibuprofen 200 mg tablet, 1 tablet po q8h, 20, 6",
        "Ibuprofen 200 mg tablet, 1 tablet po every other day, 15, 30",
        "Hydrocodone tablet, 1 tablet po q4-6h prn pain, 30, 5"
    })
    void a_quantity_lasts_as_long_as_the_directions_use_it(String drug, String directions, String quantity, int days) {
        assertThat(DaysSupply.of(drug, Sig.read(directions, null), quantity)).contains(days);
    }

    @ParameterizedTest
    @CsvSource({
        "Lisinopril 10 mg tablet, 1 tablet by mouth once, 1",
        "Lisinopril 10 mg tablet, As directed, 30",
        "Lisinopril tablet, 10 mg po daily, 30",
        "Heparin 5000 units/mL vial, 5000 units subcut bid, 10",
        "Oxycodone 5 mg tablet, 1-2 tablets po q6h, 30",
        "Lisinopril 10 mg tablet, 1 tablet by mouth daily, some",
        "Cream 1 % tube, 1 application topical bid, 30 g"
    })
    void what_does_not_tell_is_not_guessed(String drug, String directions, String quantity) {
        assertThat(DaysSupply.of(drug, Sig.read(directions, null), quantity)).isEmpty();
    }
}
