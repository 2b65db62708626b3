package org.chartkeeper.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypedDateTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    3/7/1962       | 1962-03-07
                    03/07/1962     | 1962-03-07
                    3-7-62         | 1962-03-07
                    3.7.1962       | 1962-03-07
                    3 7 1962       | 1962-03-07
                    03071962       | 1962-03-07
                    19620307       | 1962-03-07
                    030762         | 1962-03-07
                    1962-03-07     | 1962-03-07
                    7 Mar 1962     | 1962-03-07
                    7mar1962       | 1962-03-07
                    07-MAR-62      | 1962-03-07
                    Mar 7, 1962    | 1962-03-07
                    March 7 1962   | 1962-03-07
                    March 7th, 1962| 1962-03-07
                    Mar 1962       | 1962-03
                    3/1962         | 1962-03
                    1962-03        | 1962-03
                    1962           | 1962
                    2/29/24        | 2024-02-29
                    11/22          | 2026-11-22
                    1122           | 2026-11-22
                    12/24          | 2025-12-24
                    11/24/26       | 1926-11-24
                    11/22/26       | 2026-11-22
                    t              | 2026-11-23
                    today          | 2026-11-23
                    T-2            | 2026-11-21
                    t-2w           | 2026-11-09
                    t-6m           | 2026-05-23
                    t-1y           | 2025-11-23
                    yesterday      | 2026-11-22
                    """)
    void reads_what_people_type(String typed, String iso) {
        assertThat(TypedDate.past(typed, TODAY)).map(PartialDate::toString).contains(iso);
    }

    @ParameterizedTest
    @CsvSource({"12/24,2026-12-24", "1/5,2027-01-05", "12/31/27,2027-12-31", "t+3,2026-11-26", "10/1,2026-10-01"})
    void leans_to_the_nearest_year_for_dates_around_today(String typed, String iso) {
        assertThat(TypedDate.near(typed, TODAY)).map(PartialDate::toString).contains(iso);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "13/45/1962",
                "2/30/1990",
                "0/1/1990",
                "7 Foo 1962",
                "whitfield",
                "12345",
                "3/7/196",
                "t-x"
            })
    void refuses_what_is_no_date(String typed) {
        assertThat(TypedDate.past(typed, TODAY)).isEmpty();
    }

    @Test
    void a_partial_date_spans_all_days_it_can_mean() {
        PartialDate march = PartialDate.parse("1948-03");
        assertThat(march.from()).isEqualTo("1948-03-01");
        assertThat(march.to()).isEqualTo("1948-03-31");
        assertThat(march.show()).isEqualTo("Mar 1948");
        assertThat(PartialDate.parse("1948").isBefore(PartialDate.parse("1949-01")))
                .isTrue();
        assertThat(PartialDate.parse("1948").isBefore(march)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "15:52,15:52",
        "1552,15:52",
        "3:52 pm,15:52",
        "352p,15:52",
        "3 pm,15:00",
        "12:05 am,00:05",
        "12 pm,12:00",
        "0005,00:05"
    })
    void reads_times_of_day(String typed, String time) {
        assertThat(TypedTime.read(typed)).map(Object::toString).contains(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3", "25:00", "13 pm", "9:75", "noon-ish"})
    void refuses_what_is_no_time(String typed) {
        assertThat(TypedTime.read(typed)).isEmpty();
    }
}
