package org.chartkeeper.patient.web;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chartkeeper.patient.Coded;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.TypedDate;
import org.chartkeeper.platform.TypedTime;
import org.chartkeeper.platform.UserId;
import org.jspecify.annotations.Nullable;

/** Reads the values of a form; what cannot be read becomes a problem of its field. */
class Values {

    private static final Pattern POUNDS =
            Pattern.compile("(\\d{1,2})\\s*(?:lbs?|pounds?)(?:\\s*(\\d{1,2}(?:\\.\\d+)?)\\s*(?:ozs?|ounces?)?)?");
    private static final Pattern GRAMS = Pattern.compile("(\\d{3,4})\\s*g?(?:rams?)?");
    private static final Pattern KILOGRAMS = Pattern.compile("(\\d(?:\\.\\d{1,3})?)\\s*kg");
    private static final double GRAMS_OF_POUND = 453.59237;
    private static final int OUNCES_OF_POUND = 16;

    private final Map<String, String> values;
    private final LocalDate today;
    private final ZoneId zone;
    private final @Nullable UserId user;
    private final List<Problem> problems = new ArrayList<>();

    Values(Map<String, String> values, LocalDate today, ZoneId zone, @Nullable UserId user) {
        this.values = values;
        this.today = today;
        this.zone = zone;
        this.user = user;
    }

    List<Problem> problems() {
        return problems;
    }

    /** Who fills in the form. */
    @Nullable
    UserId user() {
        return user;
    }

    LocalDate today() {
        return today;
    }

    void error(String field, String message) {
        problems.add(Problem.error(field, message));
    }

    /** What was typed, null where nothing was. */
    @Nullable
    String text(String name) {
        String value = values.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    String textOr(String name, String none) {
        String value = text(name);
        return value == null ? none : value;
    }

    boolean checked(String name) {
        return "true".equals(values.get(name));
    }

    /** A date that may be partial; a missing century is in the past. */
    @Nullable
    PartialDate past(String name) {
        String typed = text(name);
        if (typed == null) {
            return null;
        }
        PartialDate date = TypedDate.past(typed, today).orElse(null);
        if (date == null) {
            problems.add(Problem.error(name, "\"" + typed + "\" is no date. Type it like 3/7/1962 or 7 Mar 1962."));
        }
        return date;
    }

    /** A date that may be partial, around today. */
    @Nullable
    PartialDate near(String name) {
        String typed = text(name);
        if (typed == null) {
            return null;
        }
        PartialDate date = TypedDate.near(typed, today).orElse(null);
        if (date == null) {
            problems.add(Problem.error(name, "\"" + typed + "\" is no date. Type it like 3/7/2026 or t-2."));
        }
        return date;
    }

    /** A day. */
    @Nullable
    LocalDate day(String name) {
        PartialDate date = past(name);
        if (date != null && !date.exact()) {
            problems.add(Problem.error(name, "Enter the day as well."));
            return null;
        }
        return date == null ? null : date.from();
    }

    /** A moment of a day and a time of day in two fields, by the facility's clock. */
    @Nullable
    Instant moment(String dayName, String timeName) {
        LocalDate day = day(dayName);
        String typed = text(timeName);
        if (typed == null) {
            return null;
        }
        LocalTime time = TypedTime.read(typed).orElse(null);
        if (time == null) {
            problems.add(Problem.error(timeName, "\"" + typed + "\" is no time. Type it like 15:52 or 3:52 pm."));
            return null;
        }
        return day == null ? null : day.atTime(time).atZone(zone).toInstant();
    }

    @Nullable
    Integer number(String name) {
        String typed = text(name);
        if (typed == null) {
            return null;
        }
        try {
            return Integer.valueOf(typed);
        } catch (NumberFormatException e) {
            problems.add(Problem.error(name, "\"" + typed + "\" is no whole number."));
            return null;
        }
    }

    /** A birth weight: {@code 3250 g}, {@code 3250}, {@code 3.25 kg}, {@code 7 lb 2 oz}. */
    @Nullable
    Integer grams(String name) {
        String typed = text(name);
        if (typed == null) {
            return null;
        }
        String lower = typed.toLowerCase(Locale.US);
        Matcher match = GRAMS.matcher(lower);
        if (match.matches()) {
            return Integer.valueOf(match.group(1));
        }
        match = KILOGRAMS.matcher(lower);
        if (match.matches()) {
            return (int) Math.round(Double.parseDouble(match.group(1)) * 1000);
        }
        match = POUNDS.matcher(lower);
        if (match.matches()) {
            double ounces = match.group(2) == null ? 0 : Double.parseDouble(match.group(2));
            return (int) Math.round((Double.parseDouble(match.group(1)) + ounces / OUNCES_OF_POUND) * GRAMS_OF_POUND);
        }
        problems.add(Problem.error(name, "\"" + typed + "\" is no birth weight. Type it like 3250 g or 7 lb 2 oz."));
        return null;
    }

    /** A value that was chosen, null where none was. */
    <E extends Enum<E> & Coded> @Nullable E choice(String name, Class<E> all) {
        String code = text(name);
        if (code == null) {
            return null;
        }
        E value = Coded.find(all, code).orElse(null);
        if (value == null) {
            problems.add(Problem.error(name, "Choose one of the list."));
        }
        return value;
    }
}
