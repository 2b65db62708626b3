package org.chartkeeper.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How dates, moments and ages read, nights of a change of clocks included. */
class DisplayTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    private final Display ck = at("2026-11-23T15:00:00Z");

    private static Display at(String now) {
        return new Display(NEW_YORK, Clock.fixed(Instant.parse(now), ZoneId.of("UTC")));
    }

    @Test
    void a_civil_date_has_no_zone() {
        assertThat(ck.date(LocalDate.of(1948, 3, 11))).isEqualTo("11 Mar 1948");
        assertThat(ck.date(null)).isEqualTo("—");
    }

    @Test
    void a_moment_is_written_in_the_zone_of_the_facility() {
        assertThat(ck.moment(Instant.parse("2026-11-22T20:30:00Z"))).isEqualTo("22 Nov 2026, 3:30 pm");
        assertThat(ck.day(Instant.parse("2026-11-23T03:30:00Z"))).isEqualTo("22 Nov 2026");
        assertThat(ck.seconds(Instant.parse("2026-11-22T19:03:22Z"))).isEqualTo("2:03:22 pm");
        assertThat(ck.moment(null)).isEqualTo("—");
    }

    @Test
    void the_hour_that_the_change_of_clocks_repeats_names_its_zone() {
        assertThat(ck.moment(Instant.parse("2026-11-01T05:30:00Z"))).isEqualTo("1 Nov 2026, 1:30 am EDT");
        assertThat(ck.moment(Instant.parse("2026-11-01T06:30:00Z"))).isEqualTo("1 Nov 2026, 1:30 am EST");
        assertThat(ck.moment(Instant.parse("2026-11-01T07:30:00Z"))).isEqualTo("1 Nov 2026, 2:30 am");
    }

    @Test
    void the_night_that_loses_an_hour_stays_one_day() {
        Display spring = at("2026-03-08T16:00:00Z");
        assertThat(spring.ago(Instant.parse("2026-03-08T06:59:00Z"))).isEqualTo("today 1:59 am");
        assertThat(spring.ago(Instant.parse("2026-03-08T07:01:00Z"))).isEqualTo("today 3:01 am");
        assertThat(spring.ago(Instant.parse("2026-03-08T04:59:00Z"))).isEqualTo("yesterday 11:59 pm");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T13:20:00Z, today 8:20 am",
        "2026-11-22T21:40:00Z, yesterday 4:40 pm",
        "2026-11-24T14:00:00Z, tomorrow 9:00 am",
        "2026-11-20T16:12:00Z, 20 Nov 11:12 am",
        "2025-11-14T16:12:00Z, 14 Nov 2025",
    })
    void a_moment_near_by_reads_relative_to_today(String moment, String text) {
        assertThat(ck.ago(Instant.parse(moment))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T14:15:00Z, 45 min overdue",
        "2026-11-23T12:00:00Z, 3 h overdue",
        "2026-11-22T14:00:00Z, 1 day overdue",
        "2026-11-20T14:00:00Z, 3 days overdue",
        "2026-11-23T22:00:00Z, today 5:00 pm",
        "2026-11-24T14:00:00Z, tomorrow 9:00 am",
        "2026-11-28T14:00:00Z, 28 Nov",
        "2027-01-02T14:00:00Z, 2 Jan 2027",
    })
    void a_due_time_says_how_late_it_is(String due, String text) {
        assertThat(ck.due(Instant.parse(due))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23, 0 d",
        "2026-10-26, 28 d",
        "2026-10-25, 4 wk",
        "2026-08-24, 13 wk",
        "2026-08-23, 3 mo",
        "2024-11-24, 23 mo",
        "2024-11-23, 2 y",
        "1948-03-11, 78 y",
    })
    void an_age_is_told_in_the_unit_of_its_band(LocalDate birth, String age) {
        assertThat(ck.age(birth, null)).isEqualTo(age);
    }

    @Test
    void the_age_of_a_dead_person_stands_still() {
        assertThat(ck.age(LocalDate.of(1948, 3, 11), LocalDate.of(2020, 3, 10))).isEqualTo("71 y");
    }

    @Test
    void a_newborn_with_a_time_of_birth_counts_in_hours_to_72() {
        assertThat(ck.ageFrom(Instant.parse("2026-11-23T09:30:00Z"), null)).isEqualTo("5 h");
        assertThat(ck.ageFrom(Instant.parse("2026-11-20T15:00:00Z"), null)).isEqualTo("72 h");
        assertThat(ck.ageFrom(Instant.parse("2026-11-20T13:00:00Z"), null)).isEqualTo("3 d");
    }

    @Test
    void a_state_carries_a_sign_beside_its_colour() {
        assertThat(ck.state("to do", "")).isEqualTo("○ To do");
        assertThat(ck.state("overdue", "stop")).isEqualTo("▲ Overdue");
        assertThat(ck.state("+ Added", "ok")).isEqualTo("+ Added");
    }

    @Test
    void sizes_and_numbers_are_readable() {
        assertThat(ck.size(39L * 1024 * 1024)).isEqualTo("39 MB");
        assertThat(ck.size(1536)).isEqualTo("1.5 KB");
        assertThat(ck.number(30_855)).isEqualTo("30,855");
    }
}
