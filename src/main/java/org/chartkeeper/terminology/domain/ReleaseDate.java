package org.chartkeeper.terminology.domain;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first day of a release as names of files, archives and folders tell it. Order files and lists carry no date
 * inside, and their names change almost every year: whatever in a name can be read as a date is.
 */
record ReleaseDate(LocalDate from, String name) {

    private static final String MONTHS = "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*";
    private static final Pattern YMD =
            Pattern.compile("(?<!\\d)(20\\d\\d)[-_.]?(0[1-9]|1[0-2])[-_.]?([0-2]\\d|3[01])(?!\\d)");
    private static final Pattern MDY =
            Pattern.compile("(?<!\\d)(0[1-9]|1[0-2])[-_.]?([0-2]\\d|3[01])[-_.]?(20\\d\\d)(?!\\d)");
    private static final Pattern YEAR_MONTH = Pattern.compile("(fy[-_ ]?)?(?<!\\d)(20\\d\\d)[-_ ]*" + MONTHS);
    private static final Pattern MONTH_YEAR =
            Pattern.compile("(?<![a-z])" + MONTHS + "[-_ ]*(?:1[-_ ,]+)?(20\\d\\d)(?!\\d)");
    private static final Pattern FISCAL_YEAR = Pattern.compile("fy[-_ ]?(?:20)?(\\d\\d)(?!\\d)");
    private static final Pattern YEAR = Pattern.compile("(?<!\\d)(20\\d\\d)(?!\\d)");
    private static final Pattern VERSION = Pattern.compile("(?<![a-z0-9])v[-_ ]?(\\d\\d)(?:[._](\\d))?(?!\\d)");

    /** Version 41 of the Medicare grouper and editor is that of fiscal year 2024. */
    private static final int FISCAL_YEAR_OF_VERSION_0 = 1983;

    /**
     * Reads the first name that tells a date.
     *
     * @param names of the file, then of the archives and the folder that it is in, nearest first
     */
    static Optional<ReleaseDate> of(FileKind kind, List<String> names) {
        for (String name : names) {
            String plain = name.toLowerCase(Locale.US);
            try {
                Optional<ReleaseDate> told = kind.calendar() == FileKind.Calendar.GROUPER
                        ? version(plain).or(() -> date(kind, plain))
                        : date(kind, plain);
                if (told.isPresent()) {
                    return told;
                }
            } catch (DateTimeException noDate) {
                // Digits that are no date: the next name may tell one.
            }
        }
        return Optional.empty();
    }

    /** A year as a file states it inside: {@code 2026}. */
    static ReleaseDate ofYear(FileKind kind, int year) {
        return kind.calendar() == FileKind.Calendar.YEAR
                ? new ReleaseDate(LocalDate.of(year, 1, 1), String.valueOf(year))
                : new ReleaseDate(LocalDate.of(year - 1, 10, 1), "FY" + year);
    }

    /** A version of the grouper and editor: {@code 37}, {@code 41.1}. */
    static Optional<ReleaseDate> ofVersion(String version) {
        return version("v" + version.strip());
    }

    /** A day on which something is valid first, named by itself. */
    static ReleaseDate ofDay(FileKind kind, LocalDate day) {
        if (kind.calendar() == FileKind.Calendar.UNDATED) {
            return new ReleaseDate(day, day.toString());
        }
        if (kind.calendar() == FileKind.Calendar.YEAR) {
            return day.getDayOfYear() == 1
                    ? new ReleaseDate(day, String.valueOf(day.getYear()))
                    : new ReleaseDate(day, month(day));
        }
        int year = day.getYear() + (day.getMonthValue() >= 10 ? 1 : 0);
        boolean begins = day.getMonth() == Month.OCTOBER && day.getDayOfMonth() == 1;
        return new ReleaseDate(day, "FY" + year + (begins ? "" : " (" + month(day) + ")"));
    }

    private static String month(LocalDate day) {
        return day.getMonth().getDisplayName(TextStyle.FULL, Locale.US) + " "
                + (day.getDayOfMonth() == 1 ? "" : day.getDayOfMonth() + ", ") + day.getYear();
    }

    private static Optional<ReleaseDate> version(String name) {
        Matcher version = VERSION.matcher(name);
        if (!version.find()) {
            return Optional.empty();
        }
        int year = FISCAL_YEAR_OF_VERSION_0 + Integer.parseInt(version.group(1));
        boolean april = version.group(2) != null && !version.group(2).equals("0");
        return Optional.of(new ReleaseDate(
                april ? LocalDate.of(year, 4, 1) : LocalDate.of(year - 1, 10, 1),
                "v" + version.group(1) + (april ? "." + version.group(2) : "")));
    }

    private static Optional<ReleaseDate> date(FileKind kind, String name) {
        Matcher ymd = YMD.matcher(name);
        if (ymd.find()) {
            return Optional.of(day(kind, ymd.group(1), ymd.group(2), ymd.group(3)));
        }
        Matcher mdy = MDY.matcher(name);
        if (mdy.find()) {
            return Optional.of(day(kind, mdy.group(3), mdy.group(1), mdy.group(2)));
        }
        Matcher yearMonth = YEAR_MONTH.matcher(name);
        if (yearMonth.find()) {
            boolean fiscal = yearMonth.group(1) != null;
            return Optional.of(ofDay(kind, first(yearMonth.group(3), Integer.parseInt(yearMonth.group(2)), fiscal)));
        }
        Matcher monthYear = MONTH_YEAR.matcher(name);
        if (monthYear.find()) {
            return Optional.of(ofDay(kind, first(monthYear.group(1), Integer.parseInt(monthYear.group(2)), false)));
        }
        Matcher fiscal = FISCAL_YEAR.matcher(name);
        if (fiscal.find()) {
            int year = 2000 + Integer.parseInt(fiscal.group(1));
            return Optional.of(ofDay(kind, LocalDate.of(year - 1, 10, 1)));
        }
        Matcher year = YEAR.matcher(name);
        if (year.find()) {
            int told = Integer.parseInt(year.group(1));
            return Optional.of(
                    kind.calendar() == FileKind.Calendar.UNDATED
                            ? ofDay(kind, LocalDate.of(told, 1, 1))
                            : ofYear(kind, told));
        }
        return Optional.empty();
    }

    private static ReleaseDate day(FileKind kind, String year, String month, String day) {
        return ofDay(kind, LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day)));
    }

    private static LocalDate first(String month, int year, boolean fiscal) {
        int number = List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
                        .indexOf(month)
                + 1;
        return LocalDate.of(fiscal && number >= 10 ? year - 1 : year, number, 1);
    }
}
