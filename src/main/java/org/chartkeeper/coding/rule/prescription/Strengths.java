package org.chartkeeper.coding.rule.prescription;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The strengths that a drug's name says, in units that can be compared. */
final class Strengths {

    private static final Pattern MEASURED = Pattern.compile(
            "(?<![\\w.])(\\d[\\d,]*(?:\\.\\d+)?|\\.\\d+)\\s*-?(mg|mcg|ug|µg|μg|gm|g|grams?|meq|mmol|units?|unt|iu)(?![a-z])"
                    + "(?:\\s*(?:/|per)\\s*(\\d+(?:\\.\\d+)?)?\\s*(ml|hr|h|hour|actuat\\w*|puff|spray|g|mg|tablets?|capsules?|1)?(?![a-z]))?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern BARE = Pattern.compile(
            "(?<=[a-z]\\s)(\\d+(?:\\.\\d+)?)(?=\\s*(?:$|oral|tab|cap|po\\b|er\\b|xr\\b|xl\\b))",
            Pattern.CASE_INSENSITIVE);

    private Strengths() {}

    /**
     * A strength.
     *
     * @param value in mg where it is a mass, per mL where it is one of a liquid
     * @param kind what may be compared: mg, mg/mL, mg/h, unit, unit/mL, meq
     */
    record Strength(BigDecimal value, String kind) {
        boolean same(Strength other) {
            return kind.equals(other.kind)
                    && value.subtract(other.value).abs().compareTo(value.multiply(new BigDecimal("0.005"))) <= 0;
        }

        String words() {
            return value.stripTrailingZeros().toPlainString() + " " + kind;
        }
    }

    static List<Strength> in(String name) {
        List<Strength> all = new ArrayList<>();
        Matcher found = MEASURED.matcher(name);
        while (found.find()) {
            BigDecimal value = new BigDecimal(found.group(1).replace(",", ""));
            String unit = found.group(2).toLowerCase(Locale.ROOT);
            String kind = kind(unit);
            value = value.multiply(inMilligrams(unit));
            String per = found.group(4) == null ? "" : found.group(4).toLowerCase(Locale.ROOT);
            @Nullable String many = found.group(3);
            if (many != null && new BigDecimal(many).signum() > 0 && (per.equals("ml") || per.startsWith("h"))) {
                value = value.divide(new BigDecimal(many), MathContext.DECIMAL64);
            }
            String below = per.equals("ml") ? "/mL" : per.startsWith("h") ? "/h" : per.endsWith("g") ? "/g" : "";
            all.add(new Strength(value, kind + below));
        }
        return List.copyOf(all);
    }

    /** The one strength of a solid form: of a name with several ingredients, or of a liquid, empty. */
    static Optional<Strength> single(String name) {
        List<Strength> all = in(name);
        return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
    }

    /** Numbers without a unit where a strength would stand: "amlodipine 10". */
    static List<BigDecimal> bare(String name) {
        return BARE.matcher(name)
                .results()
                .map(found -> new BigDecimal(found.group(1)))
                .toList();
    }

    /**
     * What of a text disagrees with the name of the code; empty where nothing does or the two cannot be compared.
     */
    static Optional<String> differing(String text, String name) {
        List<Strength> coded = in(name);
        Set<String> kinds = coded.stream().map(Strength::kind).collect(Collectors.toSet());
        // Of a combination each strength counts once: 20 / 20 mg is not 10 / 20 mg.
        boolean paired = in(text).size() == coded.size();
        List<Strength> left = new ArrayList<>(coded);
        for (Strength said : in(text)) {
            Optional<Strength> found = left.stream().filter(said::same).findFirst();
            if (kinds.contains(said.kind()) && found.isEmpty()) {
                return Optional.of(said.words());
            }
            if (paired) {
                found.ifPresent(left::remove);
            }
        }
        if (in(text).isEmpty() && !coded.isEmpty()) {
            for (BigDecimal number : bare(text)) {
                boolean fits = coded.stream()
                        .anyMatch(one -> one.value().compareTo(number) == 0
                                || one.value()
                                                .multiply(BigDecimal.valueOf(1000))
                                                .compareTo(number)
                                        == 0
                                || one.value()
                                                .divide(BigDecimal.valueOf(1000), MathContext.DECIMAL64)
                                                .setScale(6, RoundingMode.HALF_UP)
                                                .compareTo(number)
                                        == 0);
                if (!fits) {
                    return Optional.of(number.toPlainString());
                }
            }
        }
        return Optional.empty();
    }

    private static String kind(String unit) {
        return switch (unit) {
            case "unit", "units", "unt", "iu" -> "unit";
            case "meq", "mmol" -> unit;
            default -> "mg";
        };
    }

    /** How many mg a unit of mass is; one for what is no mass. */
    static BigDecimal inMilligrams(String unit) {
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "mcg", "ug", "µg", "μg", "microgram", "micrograms" -> new BigDecimal("0.001");
            case "g", "gm", "gram", "grams" -> BigDecimal.valueOf(1000);
            default -> BigDecimal.ONE;
        };
    }
}
