package org.chartkeeper.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimingTest {

    @ParameterizedTest
    @CsvSource({
        "daily, daily, 1",
        "QD, daily, 1",
        "once daily, daily, 1",
        "b.i.d., BID, 2",
        "three times a day, TID, 3",
        "5 times a day, 5 times a day, 5",
        "q6h, q6h, 4",
        "every 8 hours, q8h, 3",
        "qhs, at bedtime, 1",
        "with meals, with meals, 3",
        "QOD, every other day, 0.5",
        "every 3 days, every 3 days, 0.33",
        "every third day, every 3 days, 0.33",
        "q month, monthly, 0.03",
        "weekly, weekly, 0.14",
        "twice a week, twice a week, 0.29"
    })
    void usual_words_and_abbreviations_are_read(String written, String words, BigDecimal perDay) {
        Timing timing = Timing.read(written).orElseThrow();

        assertThat(timing.words()).isEqualTo(words);
        assertThat(timing.perDay().orElseThrow().setScale(2, RoundingMode.HALF_UP))
                .isEqualByComparingTo(perDay);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sometimes", "", "daily or so", "q"})
    void what_is_no_timing_is_not_taken_for_one(String written) {
        assertThat(Timing.read(written)).isEmpty();
    }

    @Test
    void what_an_order_keeps_reads_as_itself() {
        for (String words :
                new String[] {"daily", "BID", "q4-6h", "every 2 weeks", "at bedtime", "3 times a week", "once"}) {
            assertThat(Timing.read(words).orElseThrow().words()).isEqualTo(words);
        }
    }

    @Test
    void a_single_dose_has_no_number_a_day() {
        assertThat(Timing.read("once").orElseThrow().perDay()).isEmpty();
    }
}
