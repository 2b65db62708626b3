package org.chartkeeper.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How pages write dates, moments and ages: {@code #ck} in templates. Moments are written in the zone of the facility
 * where the reader works; civil dates have no zone. Null reads "—".
 */
final class Display {

    static final String NONE = "—";

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.US);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.US);
    private static final DateTimeFormatter TIME = ofDay("h:mm");
    private static final DateTimeFormatter SECONDS = ofDay("h:mm:ss");
    private static final DateTimeFormatter ZONE = DateTimeFormatter.ofPattern(" zzz", Locale.US);

    private final ZoneId zone;
    private final Clock clock;

    Display(ZoneId zone, Clock clock) {
        this.zone = zone;
        this.clock = clock;
    }

    private static DateTimeFormatter ofDay(String pattern) {
        return new DateTimeFormatterBuilder()
                .appendPattern(pattern)
                .appendLiteral(' ')
                .appendText(ChronoField.AMPM_OF_DAY, Map.of(0L, "am", 1L, "pm"))
                .toFormatter(Locale.US);
    }

    /** {@code 11 Mar 1948}. */
    public String date(@Nullable LocalDate date) {
        return date == null ? NONE : DATE.format(date);
    }

    /** The facility's day of a moment: {@code 22 Nov 2026}. */
    public String day(@Nullable Instant moment) {
        return moment == null ? NONE : DATE.format(moment.atZone(zone));
    }

    /** {@code 22 Nov 2026, 3:30 pm}; in the hour that a change of clocks repeats with the zone, so that it is one moment. */
    public String moment(@Nullable Instant moment) {
        return moment == null ? NONE : DATE.format(moment.atZone(zone)) + ", " + time(moment);
    }

    /** {@code 3:30 pm}. */
    public String time(@Nullable Instant moment) {
        if (moment == null) {
            return NONE;
        }
        ZonedDateTime local = moment.atZone(zone);
        boolean twice = zone.getRules().getValidOffsets(local.toLocalDateTime()).size() > 1;
        return TIME.format(local) + (twice ? ZONE.format(local) : "");
    }

    /** {@code 2:03:22 pm}, for what was saved just now. */
    public String seconds(@Nullable Instant moment) {
        return moment == null ? NONE : SECONDS.format(moment.atZone(zone));
    }

    /** {@code today 8:20 am}, {@code yesterday 4:40 pm}, {@code tomorrow 9:00 am}, {@code 20 Nov 11:12 am}, {@code 14 Nov 2025}. */
    public String ago(@Nullable Instant moment) {
        if (moment == null) {
            return NONE;
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        LocalDate day = LocalDate.ofInstant(moment, zone);
        return switch ((int) Math.clamp(ChronoUnit.DAYS.between(today, day), -2, 2)) {
            case 0 -> "today " + time(moment);
            case -1 -> "yesterday " + time(moment);
            case 1 -> "tomorrow " + time(moment);
            default -> day.getYear() == today.getYear() ? DAY.format(day) + " " + time(moment) : DATE.format(day);
        };
    }

    /** When something is due: {@code 3 h overdue}, {@code 2 days overdue}, {@code today 5:00 pm}, {@code tomorrow 9:00 am}, {@code 28 Nov}. */
    public String due(@Nullable Instant due) {
        if (due == null) {
            return NONE;
        }
        Instant now = clock.instant();
        if (due.isBefore(now)) {
            Duration late = Duration.between(due, now);
            if (late.toHours() < 1) {
                return Math.max(1, late.toMinutes()) + " min overdue";
            }
            if (late.toHours() < 24) {
                return late.toHours() + " h overdue";
            }
            return late.toDays() == 1 ? "1 day overdue" : late.toDays() + " days overdue";
        }
        LocalDate today = LocalDate.ofInstant(now, zone);
        LocalDate day = LocalDate.ofInstant(due, zone);
        if (!day.isAfter(today.plusDays(1))) {
            return ago(due);
        }
        return day.getYear() == today.getYear() ? DAY.format(day) : DATE.format(day);
    }

    /** Whether a due time has passed. */
    public boolean late(@Nullable Instant due) {
        return due != null && due.isBefore(clock.instant());
    }

    /** The age today, or at death: {@code 12 d}, {@code 7 wk}, {@code 14 mo}, {@code 78 y}. */
    public String age(@Nullable LocalDate birth, @Nullable LocalDate dead) {
        if (birth == null) {
            return NONE;
        }
        LocalDate at = dead == null ? LocalDate.ofInstant(clock.instant(), zone) : dead;
        if (at.isBefore(birth)) {
            return NONE;
        }
        // The bands in which newborns and infants are spoken of: days to 28 d, weeks to 3 months, months to 2 years.
        long days = ChronoUnit.DAYS.between(birth, at);
        if (days <= 28) {
            return days + " d";
        }
        if (at.isBefore(birth.plusMonths(3))) {
            return days / 7 + " wk";
        }
        if (at.isBefore(birth.plusYears(2))) {
            return ChronoUnit.MONTHS.between(birth, at) + " mo";
        }
        return ChronoUnit.YEARS.between(birth, at) + " y";
    }

    /** The same where the time of birth is known: hours to 72 h, then as {@link #age}. */
    public String ageFrom(@Nullable Instant bornAt, @Nullable LocalDate dead) {
        if (bornAt == null) {
            return NONE;
        }
        Duration old = Duration.between(bornAt, clock.instant());
        if (dead == null && !old.isNegative() && old.toHours() <= 72) {
            return old.toHours() + " h";
        }
        return age(LocalDate.ofInstant(bornAt, zone), dead);
    }

    /** Size of a file or a table: {@code 39 MB}. */
    public String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        int unit = Math.min(4, (63 - Long.numberOfLeadingZeros(bytes)) / 10);
        double scaled = bytes / Math.pow(1024, unit);
        return String.format(Locale.US, scaled < 10 ? "%.1f %sB" : "%.0f %sB", scaled, " KMGT".charAt(unit));
    }

    /** A number with separators: {@code 30,855}. */
    public String number(long number) {
        return String.format(Locale.US, "%,d", number);
    }

    /** A state as a tag reads it: with a sign before it, so that colour never says it alone, unless it brings one. */
    public String state(String state, @Nullable String tone) {
        return state.isEmpty() || !Character.isLetterOrDigit(state.codePointAt(0))
                ? state
                : sign(tone) + " " + Character.toUpperCase(state.charAt(0)) + state.substring(1);
    }

    /** The sign that goes before a word in a tone, so that colour never says it alone: {@code ✓}, {@code ◔}, {@code ▲}, {@code ✎}, {@code ○}. */
    public String sign(@Nullable String tone) {
        return switch (tone == null ? "" : tone) {
            case "ok" -> "✓";
            case "warn" -> "◔";
            case "stop" -> "▲";
            case "note" -> "✎";
            default -> "○";
        };
    }

    /** The zone's abbreviation now: {@code EST}. */
    public String zone() {
        return ZONE.format(clock.instant().atZone(zone)).strip();
    }
}
