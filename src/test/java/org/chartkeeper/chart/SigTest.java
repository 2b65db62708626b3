package org.chartkeeper.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "Take 1 tablet by mouth twice daily for 5 days as needed for pain, 1, tablet, oral, BID, 5 d, pain",
                "1 tab po bid x5d prn pain, 1, tablet, oral, BID, 5 d, pain",
                "1 by mouth daily, 1, -, oral, daily, -, -",
                "2 puffs every 4 hours as needed for wheezing for 2 weeks, 2, puff, -, q4h, 2 wk, wheezing",
                "500 mg PO q8h, 500, mg, oral, q8h, -, -",
                "half a tablet at bedtime, 0.5, -, -, at bedtime, -, -",
                "10 units subcut qAM, 10, unit, subcutaneous, every morning, -, -",
                "1 drop in both eyes q.i.d., 1, drop, ophthalmic, QID, -, -",
                "0.5 mL IM once, 0.5, mL, intramuscular, once, -, -",
                "1 patch transdermal weekly, 1, patch, transdermal, weekly, -, -",
                "1 capsule every other day, 1, capsule, -, every other day, -, -",
                "5 mL by mouth q4-6h prn cough, 5, mL, oral, q4-6h, -, cough",
                "Apply to affected area 3 times a day, -, -, topical, TID, -, -",
                "2 tablets by mouth twice a week, 2, tablet, oral, twice a week, -, -"
            })
    void directions_are_read_into_dose_unit_route_timing_duration_and_reason(
            String words, String dose, String unit, String route, String timing, String duration, String reason) {
        Content.Dosage read = Sig.read(words, null);

        assertThat(read.text()).isEqualTo(words);
        assertThat(new String[] {
                    read.dose(), read.doseUnit(), read.route(), read.timing(), read.duration(), read.asNeededReason()
                })
                .containsExactly(dose, unit, route, timing, duration, reason);
        assertThat(read.asNeeded()).isEqualTo(words.contains("needed") || words.contains("prn"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1-2 tablets by mouth daily", "one or two tablets by mouth daily"})
    void a_range_is_no_single_dose(String words) {
        assertThat(Sig.read(words, null).dose()).isNull();
        assertThat(Sig.read(words, null).timing()).isEqualTo("daily");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3 times a day", "2x daily", "As directed", "Per sliding scale"})
    void what_is_no_dose_is_not_taken_for_one(String words) {
        assertThat(Sig.read(words, null).dose()).isNull();
    }

    @Test
    void the_route_that_was_known_stays_where_the_words_name_none() {
        assertThat(Sig.read("2 tablets daily", "oral").route()).isEqualTo("oral");
        assertThat(Sig.read("10 units under the skin daily", "oral").route()).isEqualTo("subcutaneous");
    }

    @Test
    void fields_become_directions_that_read_as_the_same_fields() {
        Content.Dosage typed = new Content.Dosage("", "2", "tablet", "oral", "TID", true, "pain", "10 d");

        assertThat(Sig.words(typed)).isEqualTo("2 tablets by mouth TID as needed for pain for 10 days");
        assertThat(Sig.read(Sig.words(typed), null))
                .isEqualTo(new Content.Dosage(Sig.words(typed), "2", "tablet", "oral", "TID", true, "pain", "10 d"));
    }

    @ParameterizedTest
    @CsvSource({"5 days, 5 d", "2wk, 2 wk", "10d, 10 d", "1 month, 1 mo", "12 hours, 12 h"})
    void a_duration_is_kept_as_a_number_and_a_unit_of_time(String typed, String kept) {
        assertThat(Sig.durationOf(typed)).contains(kept);
        assertThat(Sig.isDuration(kept)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a while", "0 days", "", "5"})
    void no_duration_is_none(String typed) {
        assertThat(Sig.durationOf(typed)).isEmpty();
    }
}
