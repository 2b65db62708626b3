package org.chartkeeper.patient.domain;

import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers of patients: how they are compared and how new MRNs are made. */
final class Numbers {

    private static final Pattern NOISE = Pattern.compile("[^A-Z0-9]");
    private static final Pattern ZEROS = Pattern.compile("^0+(?=.)");
    private static final Pattern NON_DIGITS = Pattern.compile("\\D");

    private Numbers() {}

    /** Letters and digits alone, upper case, without leading zeros: 0048-2217 and 482217 are the same. */
    static String plain(String number) {
        String bare = NOISE.matcher(number.toUpperCase(Locale.ROOT)).replaceAll("");
        return ZEROS.matcher(bare).replaceFirst("");
    }

    /** The digits alone; of a US phone number without the country's 1. */
    static String phone(String number) {
        String digits = NON_DIGITS.matcher(number).replaceAll("");
        return digits.length() == 11 && digits.startsWith("1") ? digits.substring(1) : digits;
    }

    static String end(String digits, int length) {
        return digits.substring(Math.max(0, digits.length() - length));
    }

    /** An MRN of seven digits and a check digit (ISO/IEC 7812-1, Luhn): 0048-2216. */
    static String mrn(long sequence) {
        String digits = "%07d".formatted(sequence);
        String whole = digits + checkDigit(digits);
        return whole.substring(0, 4) + "-" + whole.substring(4);
    }

    /** Whether the last digit is the Luhn check digit of those before it. */
    static boolean checks(String digits) {
        return digits.length() > 1
                && digits.charAt(digits.length() - 1) - '0' == checkDigit(digits.substring(0, digits.length() - 1));
    }

    private static int checkDigit(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            if (i % 2 == 0) {
                digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
            }
            sum += digit;
        }
        return (10 - sum % 10) % 10;
    }

    /** Whether ten digits are a National Provider Identifier: Luhn over the prefix 80840 (45 CFR 162.406). */
    static boolean isNpi(String digits) {
        return digits.matches("[12]\\d{9}") && checks("80840" + digits);
    }
}
