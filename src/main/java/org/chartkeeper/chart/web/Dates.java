package org.chartkeeper.chart.web;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Dates in the words of the pages; a partial date keeps the precision with which it was stated. */
final class Dates {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.US);
    private static final DateTimeFormatter SHORT_DAY = DateTimeFormatter.ofPattern("d MMM", Locale.US);
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMM yyyy", Locale.US);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("h:mm a", Locale.US);

    private Dates() {}

    /** "2019", "Mar 2019", "11 Mar 2019" or "11 Mar 2019, 3:30 pm"; what is no ISO date is shown as it was written. */
    static String words(String iso, ZoneId zone) {
        try {
            return switch (iso.length()) {
                case 4 -> Year.parse(iso).toString();
                case 7 -> YearMonth.parse(iso).format(MONTH);
                case 10 -> LocalDate.parse(iso).format(DAY);
                default ->
                    iso.endsWith("Z") || iso.matches(".*[+-]\\d\\d:\\d\\d$")
                            ? moment(OffsetDateTime.parse(iso).toInstant(), zone)
                            : moment(LocalDateTime.parse(iso));
            };
        } catch (DateTimeException notIso) {
            return iso;
        }
    }

    /** The civil date of a moment with the precision it was stated in. */
    static String event(Instant at, String precision, ZoneId zone) {
        LocalDateTime local = LocalDateTime.ofInstant(at, zone);
        return switch (precision) {
            case "year" -> Integer.toString(local.getYear());
            case "month" -> local.format(MONTH);
            case "day" -> local.format(DAY);
            default -> moment(local);
        };
    }

    static String day(Instant at, ZoneId zone) {
        return LocalDate.ofInstant(at, zone).format(DAY);
    }

    /** "14 Nov" of this year, "14 Nov 2024" of another. */
    static String nearDay(Instant at, ZoneId zone, LocalDate today) {
        LocalDate date = LocalDate.ofInstant(at, zone);
        return date.format(date.getYear() == today.getYear() ? SHORT_DAY : DAY);
    }

    static String moment(Instant at, ZoneId zone) {
        return moment(LocalDateTime.ofInstant(at, zone));
    }

    private static String moment(LocalDateTime local) {
        return local.format(DAY) + ", " + local.format(TIME).toLowerCase(Locale.US);
    }

    /**
     * The age as a chart states it: hours to 72 h, days to 28 days, weeks to 3 months, months to 2 years, then years; of the
     * dead the age at death.
     *
     * @param born the birth date, null where it is not known to the day
     * @param birthTime the moment of birth, null where not recorded
     * @param died day of death, null of the living
     */
    static @Nullable String age(
            @Nullable LocalDate born, @Nullable Instant birthTime, @Nullable LocalDate died, Instant now, ZoneId zone) {
        if (born == null) {
            return null;
        }
        LocalDate until = died == null ? LocalDate.ofInstant(now, zone) : died;
        if (until.isBefore(born)) {
            return null;
        }
        long days = ChronoUnit.DAYS.between(born, until);
        if (died == null && birthTime != null && days <= 3) {
            long hours = Duration.between(birthTime, now).toHours();
            if (hours >= 0 && hours <= 72) {
                return hours + " h";
            }
        }
        Period age = Period.between(born, until);
        if (days <= 28) {
            return days + " d";
        }
        if (age.toTotalMonths() < 3) {
            return days / 7 + " wk";
        }
        if (age.getYears() < 2) {
            return age.toTotalMonths() + " mo";
        }
        return age.getYears() + " y";
    }
}
