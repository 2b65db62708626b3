package org.chartkeeper.terminology.domain;

import org.jspecify.annotations.Nullable;

/** Package codes (NDC) in the forms that files have them in. */
final class Ndc {

    private static final int[] SEGMENTS = {5, 4, 2};

    private Ndc() {}

    /**
     * The form of 11 digits (5-4-2) that claims use: of a code with two hyphens each segment is filled with zeros, one of
     * 11 digits is taken as it is. Ten digits without hyphens are ambiguous and answered with null, as is anything else.
     */
    static @Nullable String normal(String typed) {
        String code = typed.strip();
        if (code.matches("\\d{11}")) {
            return code;
        }
        String[] parts = code.split("-", -1);
        if (parts.length != SEGMENTS.length) {
            return null;
        }
        StringBuilder normal = new StringBuilder();
        for (int i = 0; i < SEGMENTS.length; i++) {
            if (!parts[i].matches("\\d{1," + SEGMENTS[i] + "}")) {
                return null;
            }
            normal.append("0".repeat(SEGMENTS[i] - parts[i].length())).append(parts[i]);
        }
        return normal.toString();
    }
}
