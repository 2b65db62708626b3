package org.chartkeeper.visit.domain;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** Time that counts while the department works: Monday to Friday, 8 am to 5 pm of the facility. */
final class BusinessHours {

    private static final LocalTime OPENS = LocalTime.of(8, 0);
    private static final LocalTime CLOSES = LocalTime.of(17, 0);
    /** A due time of 48 hours means two days of work, not five. */
    private static final int HOURS_OF_A_DAY = 24;

    private static final long DAY = Duration.between(OPENS, CLOSES).toSeconds();

    private BusinessHours() {}

    /**
     * The moment that is so many hours after another, where 24 hours are one working day: from Friday 5 pm 24 hours lead
     * to Monday 5 pm.
     */
    static Instant after(Instant from, int hours, ZoneId zone) {
        long left = Math.round(DAY * (hours / (double) HOURS_OF_A_DAY));
        ZonedDateTime at = opening(from.atZone(zone));
        while (true) {
            ZonedDateTime close = at.toLocalDate().atTime(CLOSES).atZone(zone);
            long today = Duration.between(at, close).toSeconds();
            if (left <= today) {
                return at.plusSeconds(left).toInstant();
            }
            left -= today;
            at = opening(at.toLocalDate().plusDays(1).atTime(OPENS).atZone(zone));
        }
    }

    /** The moment itself where the department works, else when it opens next. */
    private static ZonedDateTime opening(ZonedDateTime at) {
        LocalDate day = at.toLocalDate();
        if (works(day)) {
            if (at.toLocalTime().isBefore(OPENS)) {
                return day.atTime(OPENS).atZone(at.getZone());
            }
            if (at.toLocalTime().isBefore(CLOSES)) {
                return at;
            }
        }
        do {
            day = day.plusDays(1);
        } while (!works(day));
        return day.atTime(OPENS).atZone(at.getZone());
    }

    private static boolean works(LocalDate day) {
        return day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
    }
}
