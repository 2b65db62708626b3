package org.chartkeeper.coding;

import java.util.Locale;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.jspecify.annotations.Nullable;

/**
 * A code or the range between two, both with all codes that begin with them.
 *
 * @param first without dot, upper case
 * @param last without dot, upper case; equal to first for one code
 */
public record CodeRange(String first, String last) {

    /**
     * Reads "E11", "e11.65" or "I21.0-I21.4".
     *
     * @return null for a blank text
     * @throws Rejected field "codes", where it is no code, is upside down or mixes systems
     */
    public static @Nullable CodeRange read(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String[] parts = text.strip().split("\\s*[-–]\\s*", -1);
        if (parts.length > 2) {
            throw refused("Give one code, or a first and a last one: E11-E13.");
        }
        String first = code(parts[0]);
        String last = code(parts[parts.length - 1]);
        if (Character.isDigit(first.charAt(0)) != Character.isDigit(last.charAt(0))) {
            throw refused("The first and the last code are of different systems.");
        }
        if (first.compareTo(last) > 0 && !first.startsWith(last)) {
            throw refused("The range is upside down: the first code comes after the last one.");
        }
        return new CodeRange(first, last);
    }

    private static String code(String text) {
        String code = text.replace(".", "").toUpperCase(Locale.ROOT);
        if (!code.matches("[A-Z0-9]{1,7}")) {
            throw refused("A code has the letters A to Z, digits and a dot: E11.65.");
        }
        return code;
    }

    private static Rejected refused(String message) {
        return new Rejected(java.util.List.of(Problem.error("codes", message)));
    }
}
