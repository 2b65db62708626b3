package org.chartkeeper.coding.rule.prescription;

/** The check digit of prescribers' numbers. */
final class CheckDigits {

    private CheckDigits() {}

    /** Whether the check digit of an NPI is right: Luhn's formula over the number with 80840 before it (45 CFR 162.406). */
    static boolean npi(String npi) {
        if (!npi.matches("[12]\\d{9}")) {
            return false;
        }
        String digits = "80840" + npi;
        int sum = 0;
        for (int at = 0; at < digits.length(); at++) {
            int digit = digits.charAt(digits.length() - 1 - at) - '0';
            int twice = digit * 2;
            sum += at % 2 == 0 ? digit : twice > 9 ? twice - 9 : twice;
        }
        return sum % 10 == 0;
    }
}
