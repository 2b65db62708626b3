package org.chartkeeper.platform;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lines of comma-separated values (RFC 4180) that a spreadsheet reads as text. */
public final class Csv {

    private Csv() {}

    /** A line with its end; null is an empty cell. */
    public static String line(@Nullable String... cells) {
        return Arrays.stream(cells).map(Csv::cell).collect(Collectors.joining(",")) + "\r\n";
    }

    /** A cell that begins like a formula would be one: an apostrophe keeps it what it is. */
    private static String cell(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        String safe = "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return '"' + safe.replace("\"", "\"\"") + '"';
    }
}
