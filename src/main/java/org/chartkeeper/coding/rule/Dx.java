package org.chartkeeper.coding.rule;

import java.util.Locale;
import org.chartkeeper.coding.CodingCase.Diagnosis;
import org.chartkeeper.coding.CodingCase.Role;

/**
 * A diagnosis of a case.
 *
 * @param index place in the case's list, from 0
 * @param code upper case with its dot, whatever was entered
 * @param entered as in the case
 * @param principal whether it is the principal or first-listed diagnosis
 */
public record Dx(int index, String code, Diagnosis entered, boolean principal) {

    /** As a finding names it. */
    public String item() {
        return "diagnoses[" + index + "]";
    }

    /** JSON pointer within the case. */
    public String pointer() {
        return "/diagnoses/" + index;
    }

    /** Whether it is one of the claim's diagnoses, not an admitting diagnosis or a reason for the visit. */
    public boolean onClaim() {
        return entered.role() != Role.ADMITTING && entered.role() != Role.REASON;
    }

    /** Whether the code is one of these or below one of them; {@code E11.6} covers E11.65. */
    public boolean in(String... prefixes) {
        for (String prefix : prefixes) {
            if (code.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the category (first three characters) lies in a range, ends included. */
    public boolean between(String first, String last) {
        String category = category();
        return category.compareTo(first) >= 0 && category.compareTo(last) <= 0;
    }

    public String category() {
        return code.length() < 3 ? code : code.substring(0, 3);
    }

    /** The character at a place of the code, counted without the dot from 1; a blank where it is shorter. */
    public char at(int place) {
        String plain = plain();
        return plain.length() < place ? ' ' : plain.charAt(place - 1);
    }

    /** Without the dot. */
    public String plain() {
        return code.replace(".", "");
    }

    /** Upper case, trimmed of nothing, with the dot after the third character. */
    public static String withDot(String entered) {
        String plain = entered.toUpperCase(Locale.ROOT);
        if (plain.indexOf('.') == 3 || plain.length() <= 3) {
            return plain;
        }
        plain = plain.replace(".", "");
        return plain.length() <= 3 ? plain : plain.substring(0, 3) + "." + plain.substring(3);
    }
}
