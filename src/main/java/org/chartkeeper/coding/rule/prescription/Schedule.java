package org.chartkeeper.coding.rule.prescription;

import java.util.Locale;
import java.util.Optional;
import org.chartkeeper.coding.rule.prescription.ControlledDrugs.Controlled;

/**
 * The schedule of the Controlled Substances Act that a prescription falls under: the stricter of what it says itself and
 * what its drug is known for.
 *
 * @param stated 1 to 5; 0 where nothing is stated, -1 where it cannot be read
 * @param known 2 to 5; 0 where the drug is not known as controlled
 * @param drug the controlled ingredient; empty where none is known
 */
record Schedule(int stated, int known, String drug) {

    static Schedule of(Rx rx) {
        Optional<Controlled> drug = ControlledDrugs.strictest(rx);
        return new Schedule(
                read(rx.entered().schedule()),
                drug.map(Controlled::schedule).orElse(0),
                drug.map(Controlled::ingredient).orElse(""));
    }

    /** The words that tell the drug: the text, and where it names none the drug of the code. */
    static String name(Rx rx) {
        String code = Drugs.code(rx);
        String coded = code.isEmpty()
                ? ""
                : Drugs.named(rx, code).or(() -> Drugs.ingredient(code)).orElse("");
        return rx.text().isEmpty() ? coded : rx.text();
    }

    /** 1 to 5; 0 of nothing or "none", -1 where it cannot be read. */
    static int read(@org.jspecify.annotations.Nullable String entered) {
        if (entered == null || entered.isBlank()) {
            return 0;
        }
        String plain = entered.strip()
                .toUpperCase(Locale.ROOT)
                .replaceFirst("^SCHEDULE\\s*", "")
                .replaceFirst("^C[- ]?(?=[IV\\d])", "")
                .replaceFirst("N$", "");
        return switch (plain) {
            case "I", "1" -> 1;
            case "II", "2" -> 2;
            case "III", "3" -> 3;
            case "IV", "4" -> 4;
            case "V", "5" -> 5;
            case "NONE", "0", "RX", "OTC" -> 0;
            default -> -1;
        };
    }

    /** 1 to 5; 0 where it is not controlled as far as is known. */
    int level() {
        if (stated <= 0) {
            return known;
        }
        return known == 0 ? stated : Math.min(stated, known);
    }

    boolean controlled() {
        return level() > 0;
    }

    static String roman(int level) {
        return switch (level) {
            case 1 -> "I";
            case 2 -> "II";
            case 3 -> "III";
            case 4 -> "IV";
            default -> "V";
        };
    }

    /** As a finding names it: {@code C-II (oxycodone)}. */
    String words() {
        return "C-" + roman(level()) + (drug.isEmpty() ? "" : " (" + drug + ")");
    }
}
