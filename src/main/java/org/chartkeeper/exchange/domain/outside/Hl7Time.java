package org.chartkeeper.exchange.domain.outside;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A point in time as HL7 writes it ({@code 20260114}, {@code 202601141530-0500}), with its precision.
 *
 * @param text ISO text of that precision; a moment in UTC
 * @param at its beginning
 * @param precision year, month, day or minute
 */
record Hl7Time(String text, Instant at, String precision) {

    private static final Pattern SHAPE = Pattern.compile(
            "(\\d{4})(?:(\\d{2})(?:(\\d{2})(?:(\\d{2})(\\d{2})?(\\d{2})?(?:\\.\\d+)?)?)?)?([+-]\\d{4})?");

    /** Null where it is absent or no time; a moment without an offset is one in {@code zone}. */
    static @Nullable Hl7Time of(@Nullable String value, ZoneId zone) {
        Matcher parts = SHAPE.matcher(value == null ? "" : value);
        if (!parts.matches()) {
            return null;
        }
        try {
            int year = Integer.parseInt(parts.group(1));
            int month = number(parts.group(2), 1);
            int day = number(parts.group(3), 1);
            LocalDateTime local =
                    LocalDateTime.of(year, month, day, number(parts.group(4), 0), number(parts.group(5), 0));
            ZoneId where = parts.group(7) == null ? zone : ZoneOffset.of(parts.group(7));
            Instant at = local.atZone(where).toInstant();
            if (parts.group(2) == null) {
                return new Hl7Time(parts.group(1), at, "year");
            }
            if (parts.group(3) == null) {
                return new Hl7Time("%s-%s".formatted(parts.group(1), parts.group(2)), at, "month");
            }
            // Midnight without minutes of an own is how many senders write a day.
            if (parts.group(4) == null || local.toLocalTime().toSecondOfDay() == 0) {
                Instant start = local.toLocalDate().atStartOfDay(zone).toInstant();
                return new Hl7Time(local.toLocalDate().toString(), start, "day");
            }
            return new Hl7Time(at.toString(), at, "minute");
        } catch (DateTimeException impossible) {
            return null;
        }
    }

    private static int number(@Nullable String digits, int otherwise) {
        return digits == null ? otherwise : Integer.parseInt(digits);
    }
}
