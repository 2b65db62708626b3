package org.chartkeeper.visit.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BusinessHoursTest {

    private static final ZoneId ZONE = ZoneId.of("America/New_York");

    @ParameterizedTest
    @CsvSource({
        // Friday evening: Monday counts as the first day.
        "2026-11-20T18:04, 24, 2026-11-23T17:00",
        "2026-11-20T18:04, 48, 2026-11-24T17:00",
        // In the middle of a day: the same hour of the next working day.
        "2026-11-18T10:30, 24, 2026-11-19T10:30",
        "2026-11-20T10:30, 24, 2026-11-23T10:30",
        // Before opening and on a Sunday.
        "2026-11-19T05:00, 24, 2026-11-19T17:00",
        "2026-11-22T12:00, 24, 2026-11-23T17:00",
        // Over the night in which clocks go back: the working day has its nine hours all the same.
        "2026-10-30T16:00, 24, 2026-11-02T16:00",
    })
    void time_counts_while_the_department_works(LocalDateTime from, int hours, LocalDateTime due) {
        assertThat(BusinessHours.after(from.atZone(ZONE).toInstant(), hours, ZONE))
                .isEqualTo(due.atZone(ZONE).toInstant());
    }
}
