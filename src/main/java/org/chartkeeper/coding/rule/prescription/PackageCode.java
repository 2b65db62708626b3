package org.chartkeeper.coding.rule.prescription;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A package code (NDC) as entered, told by its form. The labeler, product and package segments of the form of 10 digits are
 * 4-4-2, 5-3-2 or 5-4-1; claims use 5-4-2, and from 7 March 2033 the code has 12 digits, 6-4-2 (21 CFR 207.33).
 */
record PackageCode(String entered, Form form) {

    /** First day of the format of 12 digits. */
    static final LocalDate TWELVE_FROM = LocalDate.of(2033, 3, 7);

    /** Last day on which the older formats are accepted beside it. */
    static final LocalDate OLDER_UNTIL = LocalDate.of(2036, 3, 7);

    private static final Pattern ELEVEN = Pattern.compile("\\d{11}");
    private static final Pattern SEGMENTED = Pattern.compile("\\d+-\\d+-\\d+");

    enum Form {
        /** 4-4-2, 5-3-2 or 5-4-1 with hyphens. */
        TEN,
        /** 5-4-2, with or without hyphens. */
        ELEVEN,
        /** 6-4-2, with or without hyphens. */
        TWELVE,
        /** 10 digits without hyphens: which segment is short cannot be told. */
        AMBIGUOUS,
        /** An asterisk, a letter. */
        CHARACTERS,
        /** Three segments of 10 digits in all, but none of the three shapes. */
        WRONG_SEGMENTS,
        /** Anything else. */
        WRONG_SHAPE
    }

    static PackageCode of(String entered) {
        String code = entered.strip();
        return new PackageCode(code, form(code));
    }

    private static Form form(String code) {
        if (code.indexOf('*') >= 0 || code.chars().anyMatch(Character::isLetter)) {
            return Form.CHARACTERS;
        }
        if (!SEGMENTED.matcher(code).matches()) {
            return switch (code.matches("\\d+") ? code.length() : 0) {
                case 10 -> Form.AMBIGUOUS;
                case 11 -> Form.ELEVEN;
                case 12 -> Form.TWELVE;
                default -> Form.WRONG_SHAPE;
            };
        }
        return switch (shape(code)) {
            case "4-4-2", "5-3-2", "5-4-1" -> Form.TEN;
            case "5-4-2" -> Form.ELEVEN;
            case "6-4-2" -> Form.TWELVE;
            default -> code.replace("-", "").length() == 10 ? Form.WRONG_SEGMENTS : Form.WRONG_SHAPE;
        };
    }

    /** The lengths of its segments: {@code 5-4-2}; how many digits where it has no hyphens. */
    String shape() {
        return SEGMENTED.matcher(entered).matches()
                ? shape(entered)
                : entered.replaceAll("\\D", "").length() + " digits";
    }

    private static String shape(String code) {
        String[] parts = code.split("-", -1);
        return parts[0].length() + "-" + parts[1].length() + "-" + parts[2].length();
    }

    /** In 5-4-2 with hyphens; null where it cannot be told. */
    @Nullable
    String hyphened() {
        String code = form == Form.TWELVE && entered.startsWith("0") ? entered.substring(1) : entered;
        if (ELEVEN.matcher(code).matches()) {
            return code.substring(0, 5) + "-" + code.substring(5, 9) + "-" + code.substring(9);
        }
        if (form != Form.TEN && form != Form.ELEVEN && form != Form.TWELVE || code.indexOf('-') < 0) {
            return null;
        }
        String[] parts = code.split("-", -1);
        return parts[0].length() > 5
                ? null
                : "0".repeat(5 - parts[0].length()) + parts[0] + "-" + "0".repeat(4 - parts[1].length()) + parts[1]
                        + "-" + "0".repeat(2 - parts[2].length()) + parts[2];
    }

    /** The 11 digits that tables use; null where they cannot be told. */
    @Nullable
    String normal() {
        String hyphened = hyphened();
        return hyphened == null ? null : hyphened.replace("-", "");
    }

    /** What 10 digits without hyphens may mean, in 5-4-2 with hyphens. */
    List<String> candidates() {
        List<String> all = new ArrayList<>();
        if (form == Form.AMBIGUOUS) {
            all.add("0" + entered.substring(0, 4) + "-" + entered.substring(4, 8) + "-" + entered.substring(8));
            all.add(entered.substring(0, 5) + "-0" + entered.substring(5, 8) + "-" + entered.substring(8));
            all.add(entered.substring(0, 5) + "-" + entered.substring(5, 9) + "-0" + entered.substring(9));
        }
        return all;
    }
}
