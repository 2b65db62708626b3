package org.chartkeeper.platform;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads dates as people in the United States type them: {@code 3/7/1962}, {@code 3-7-62}, {@code 03071962},
 * {@code 7 Mar 1962}, {@code March 7, 1962}, {@code 07MAR1962}, {@code 1962-03-07}, {@code Mar 1962}, {@code 3/1962},
 * {@code 1962}; without a year {@code 11/22} and {@code 1122}; from today {@code t}, {@code t-2}, {@code t+3},
 * {@code t-2w}, {@code t-6m}, {@code t-1y}, {@code today}, {@code yesterday}, {@code tomorrow}.
 */
public final class TypedDate {

    private static final Pattern RELATIVE = Pattern.compile("t(?:(?:oday)?)(?:\\s*([+-])\\s*(\\d{1,4})\\s*([dwmy]?))?");
    private static final Pattern ISO = Pattern.compile("(\\d{4})[-/.](\\d{1,2})(?:[-/.](\\d{1,2}))?");
    private static final Pattern NUMERIC = Pattern.compile("(\\d{1,2})[-/. ](\\d{1,2})(?:[-/. ](\\d{4}|\\d{2}))?");
    private static final Pattern MONTH_YEAR = Pattern.compile("(\\d{1,2})[-/.](\\d{4})");
    private static final Pattern DAY_WORD =
            Pattern.compile("(\\d{1,2})(?:st|nd|rd|th)?[-/. ,]*([a-z]{3,9})\\.?[-/. ,]*(\\d{4}|\\d{2})?");
    private static final Pattern WORD_DAY =
            Pattern.compile("([a-z]{3,9})\\.?[-/. ]*(\\d{1,2})(?:st|nd|rd|th)?(?:[-/. ,]+(\\d{4}|\\d{2}))?");
    private static final Pattern WORD_YEAR = Pattern.compile("([a-z]{3,9})\\.?[-/. ,]*(\\d{4})");
    private static final List<String> MONTHS = List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");

    private TypedDate() {}

    /**
     * Reads a date that lies in the past, such as a birth or a visit: a missing year or century is the latest that makes
     * it no later than today.
     *
     * @return empty where it is no date; a date written with its full year may lie in the future, which the caller judges
     */
    public static Optional<PartialDate> past(String text, LocalDate today) {
        return read(text, today, true);
    }

    /** Reads a date around today, such as the end of a coverage: a missing year or century is the nearest. */
    public static Optional<PartialDate> near(String text, LocalDate today) {
        return read(text, today, false);
    }

    /** Whether a word is the name of a month or three letters of it at least: {@code Mar}, {@code sept.} */
    public static boolean isMonth(String word) {
        String lower = word.strip().toLowerCase(Locale.US).replace(".", "").replace(",", "");
        return lower.length() >= 3
                && (lower.equals("sept") || MONTHS.stream().anyMatch(name -> name.startsWith(lower)));
    }

    private static Optional<PartialDate> read(String text, LocalDate today, boolean past) {
        String typed = text.strip().toLowerCase(Locale.US).replaceAll("\\s+", " ");
        if (typed.isEmpty() || typed.length() > 30) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(match(typed, today, past));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static @Nullable PartialDate match(String typed, LocalDate today, boolean past) {
        if (typed.equals("yesterday")) {
            return PartialDate.of(today.minusDays(1));
        }
        if (typed.equals("tomorrow")) {
            return PartialDate.of(today.plusDays(1));
        }
        Matcher found = RELATIVE.matcher(typed);
        if (found.matches()) {
            return PartialDate.of(relative(found, today));
        }
        if (typed.chars().allMatch(Character::isDigit)) {
            return digits(typed, today, past);
        }
        found = ISO.matcher(typed);
        if (found.matches()) {
            return date(found.group(1), found.group(2), found.group(3), today, past);
        }
        found = MONTH_YEAR.matcher(typed);
        if (found.matches()) {
            return date(found.group(2), found.group(1), null, today, past);
        }
        found = NUMERIC.matcher(typed);
        if (found.matches()) {
            return date(found.group(3), found.group(1), found.group(2), today, past);
        }
        found = WORD_YEAR.matcher(typed);
        if (found.matches()) {
            return date(found.group(2), month(found.group(1)), null, today, past);
        }
        found = DAY_WORD.matcher(typed);
        if (found.matches()) {
            return date(found.group(3), month(found.group(2)), found.group(1), today, past);
        }
        found = WORD_DAY.matcher(typed);
        return found.matches() ? date(found.group(3), month(found.group(1)), found.group(2), today, past) : null;
    }

    private static LocalDate relative(Matcher parts, LocalDate today) {
        if (parts.group(1) == null) {
            return today;
        }
        int amount = Integer.parseInt(parts.group(2)) * (parts.group(1).equals("-") ? -1 : 1);
        return switch (parts.group(3)) {
            case "w" -> today.plusWeeks(amount);
            case "m" -> today.plusMonths(amount);
            case "y" -> today.plusYears(amount);
            default -> today.plusDays(amount);
        };
    }

    private static @Nullable PartialDate digits(String typed, LocalDate today, boolean past) {
        return switch (typed.length()) {
            case 8 -> {
                int month = Integer.parseInt(typed.substring(0, 2));
                int year = Integer.parseInt(typed.substring(4));
                // 19620307 cannot begin with a month; 03071962 can.
                yield month >= 1 && month <= 12 && year >= 1800
                        ? date(typed.substring(4), typed.substring(0, 2), typed.substring(2, 4), today, past)
                        : date(typed.substring(0, 4), typed.substring(4, 6), typed.substring(6), today, past);
            }
            case 6 -> date(typed.substring(4), typed.substring(0, 2), typed.substring(2, 4), today, past);
            case 4 -> {
                int month = Integer.parseInt(typed.substring(0, 2));
                int year = Integer.parseInt(typed);
                if (month >= 1 && month <= 12) {
                    yield date(null, typed.substring(0, 2), typed.substring(2), today, past);
                }
                yield year >= 1800 && year <= 2199 ? PartialDate.of(year) : null;
            }
            default -> null;
        };
    }

    private static String month(String word) {
        for (int i = 0; i < MONTHS.size(); i++) {
            if (MONTHS.get(i).startsWith(word) || (word.equals("sept") && i == 8)) {
                return Integer.toString(i + 1);
            }
        }
        throw new DateTimeException("no month");
    }

    private static PartialDate date(
            @Nullable String year, String month, @Nullable String day, LocalDate today, boolean past) {
        int m = Integer.parseInt(month);
        if (m == 0 || (day != null && Integer.parseInt(day) == 0)) {
            throw new DateTimeException("no such date");
        }
        int d = day == null ? 0 : Integer.parseInt(day);
        if (year == null) {
            return nearest(today.getYear(), 1, m, d, today, past);
        }
        if (year.length() == 2) {
            int century = today.getYear() / 100 * 100;
            return nearest(century + Integer.parseInt(year), 100, m, d, today, past);
        }
        return new PartialDate(Integer.parseInt(year), m, d);
    }

    /** Of this year, one step before and one after: the latest not after today, or the nearest to today. */
    private static PartialDate nearest(int year, int step, int month, int day, LocalDate today, boolean past) {
        PartialDate best = null;
        for (int candidate : new int[] {year + step, year, year - step}) {
            PartialDate date;
            try {
                date = new PartialDate(candidate, month, day);
            } catch (DateTimeException e) {
                continue; // 29 February of another year
            }
            if (past) {
                if (!date.from().isAfter(today)) {
                    return date;
                }
            } else if (best == null || distance(date, today) < distance(best, today)) {
                best = date;
            }
        }
        if (best == null) {
            throw new DateTimeException("no such date");
        }
        return best;
    }

    private static long distance(PartialDate date, LocalDate today) {
        return Math.abs(date.from().toEpochDay() - today.toEpochDay());
    }
}
