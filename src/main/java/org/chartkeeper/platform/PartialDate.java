package org.chartkeeper.platform;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A civil date that may be known to the month or the year alone; it keeps the precision it was stated with. No time
 * zone.
 *
 * @param year four digits, 1 to 9999
 * @param month 1 to 12, 0 where unknown
 * @param day 1 to 31, 0 where unknown
 */
public record PartialDate(int year, int month, int day) implements Comparable<PartialDate> {

    private static final Pattern ISO = Pattern.compile("(\\d{4})(?:-(\\d{2})(?:-(\\d{2}))?)?");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.US);
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMM uuuu", Locale.US);

    /** @throws DateTimeException where there is no such day */
    public PartialDate {
        if (year < 1 || year > 9999 || (month == 0 && day != 0)) {
            throw new DateTimeException("no such date");
        }
        if (month != 0) {
            if (day != 0) {
                LocalDate.of(year, month, day);
            } else {
                YearMonth.of(year, month);
            }
        }
    }

    public static PartialDate of(LocalDate date) {
        return new PartialDate(date.getYear(), date.getMonthValue(), date.getDayOfMonth());
    }

    public static PartialDate of(int year) {
        return new PartialDate(year, 0, 0);
    }

    /**
     * Reads {@code 1948-03-11}, {@code 1948-03} or {@code 1948}.
     *
     * @throws DateTimeException where it is none of these or no such day
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static PartialDate parse(String iso) {
        return find(iso).orElseThrow(() -> new DateTimeException("no ISO date"));
    }

    /** The same, empty where the text is null or no such date; what follows a {@code T} is left out. */
    public static Optional<PartialDate> find(@Nullable String iso) {
        if (iso == null) {
            return Optional.empty();
        }
        int time = iso.indexOf('T');
        Matcher parts = ISO.matcher(time < 0 ? iso : iso.substring(0, time));
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new PartialDate(Integer.parseInt(parts.group(1)), number(parts.group(2)), number(parts.group(3))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    /** Whether it is known to the day. */
    public boolean exact() {
        return day != 0;
    }

    /** The first day it can mean. */
    public LocalDate from() {
        return LocalDate.of(year, Math.max(month, 1), Math.max(day, 1));
    }

    /** The last day it can mean. */
    public LocalDate to() {
        if (day != 0) {
            return from();
        }
        return month == 0
                ? LocalDate.of(year, 12, 31)
                : YearMonth.of(year, month).atEndOfMonth();
    }

    /** Whether every day it can mean lies before every day that the other can mean. */
    public boolean isBefore(PartialDate other) {
        return to().isBefore(other.from());
    }

    /** As pages show it: {@code 11 Mar 1948}, {@code Mar 1948}, {@code 1948}. */
    public String show() {
        if (day != 0) {
            return DAY.format(from());
        }
        return month == 0 ? Integer.toString(year) : MONTH.format(from());
    }

    @Override
    public int compareTo(PartialDate other) {
        int byStart = from().compareTo(other.from());
        return byStart != 0 ? byStart : to().compareTo(other.to());
    }

    /** ISO text of its precision. */
    @JsonValue
    @Override
    public String toString() {
        if (month == 0) {
            return "%04d".formatted(year);
        }
        return day == 0 ? "%04d-%02d".formatted(year, month) : "%04d-%02d-%02d".formatted(year, month, day);
    }
}
