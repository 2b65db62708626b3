package org.chartkeeper.platform;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads times of day as they are typed: {@code 15:52}, {@code 1552}, {@code 3:52 pm}, {@code 352p}, {@code 3 pm}. */
public final class TypedTime {

    private static final Pattern FORM = Pattern.compile("(\\d{1,2})(?:[:.]?(\\d{2}))?\\s*(?:([ap])\\.?m?\\.?)?");

    private TypedTime() {}

    /** The time to the minute; empty where it is none. */
    public static Optional<LocalTime> read(String text) {
        Matcher parts = FORM.matcher(text.strip().toLowerCase(Locale.US));
        if (!parts.matches()) {
            return Optional.empty();
        }
        int hour = Integer.parseInt(parts.group(1));
        int minute = parts.group(2) == null ? 0 : Integer.parseInt(parts.group(2));
        String half = parts.group(3);
        if (half != null) {
            if (hour < 1 || hour > 12) {
                return Optional.empty();
            }
            hour = hour % 12 + (half.equals("p") ? 12 : 0);
        } else if (parts.group(2) == null) {
            return Optional.empty(); // a lone "3" may be three in the morning or in the afternoon
        }
        try {
            return Optional.of(LocalTime.of(hour, minute));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
