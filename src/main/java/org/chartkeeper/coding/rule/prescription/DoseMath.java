package org.chartkeeper.coding.rule.prescription;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chartkeeper.coding.CodingCase.Dose;
import org.chartkeeper.coding.rule.prescription.SigText.Amount;
import org.chartkeeper.coding.rule.prescription.Strengths.Strength;

/** What a prescription's doses come to. */
final class DoseMath {

    private static final MathContext DIGITS = MathContext.DECIMAL64;
    private static final Pattern PIECE = Pattern.compile(
            "(?:chewable |oral )?tab.*|caplets?|cap.*|softgels?|pills?|patch(?:es)?|supp.*|lozenges?|packets?|\\{.*}|tbl");
    private static final Pattern PAIR = Pattern.compile(
            "([a-z]+)\\s*[-/]\\s*([a-z]+)\\D*?(\\d+(?:\\.\\d+)?)\\s*(?:mg)?\\s*[-/]\\s*(\\d+(?:\\.\\d+)?)\\s*mg",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern POWDER = Pattern.compile("powder|granules|gram/dose|g/dose", Pattern.CASE_INSENSITIVE);

    private DoseMath() {}

    /** A dose at most: of the directions, else of the prescription's dose. */
    static Optional<Amount> amount(Rx rx) {
        Optional<Amount> said = new SigText(rx.sig()).dose();
        Dose dose = rx.entered().dose();
        BigDecimal value = dose == null ? null : dose.value();
        String unit = dose == null ? null : dose.unit();
        boolean known = value != null && value.signum() > 0 && unit != null;
        if (said.isPresent() && !(said.get().unit().isEmpty() && known && mass(unit == null ? "" : unit))) {
            return said;
        }
        return known && value != null && unit != null ? Optional.of(new Amount(value, unit)) : said;
    }

    private static boolean mass(String unit) {
        return unit.matches("(?i)mg|mcg|ug|µg|μg|micrograms?|milligrams?|gm?|grams?");
    }

    /** How much of what is dispensed a dose takes: pieces, or mL of a liquid; empty where it does not tell. */
    static Optional<BigDecimal> dispensed(Rx rx) {
        Optional<Amount> amount = amount(rx);
        if (amount.isEmpty()) {
            return Optional.empty();
        }
        DoseForm form = Drugs.formOf(rx).orElse(DoseForm.UNSAID);
        String name = Schedule.name(rx);
        String unit = amount.get().unit().toLowerCase(Locale.ROOT);
        BigDecimal most = amount.get().most();
        boolean liquid = form == DoseForm.LIQUID
                || form == DoseForm.UNSAID
                        && Strengths.in(name).stream()
                                .anyMatch(one -> one.kind().endsWith("/mL"));
        boolean solid = switch (form) {
            case TABLET, CAPSULE, SUBLINGUAL, LOZENGE, PATCH, SUPPOSITORY, UNSAID -> !liquid;
            default -> false;
        };
        if (unit.isEmpty() || PIECE.matcher(unit).matches()) {
            boolean named = !unit.isEmpty() && !unit.startsWith("{");
            return solid || named && form == DoseForm.LIQUID && !liquid ? Optional.of(most) : Optional.empty();
        }
        if (liquid || form == DoseForm.UNSAID) {
            BigDecimal milliliters = switch (unit) {
                case "ml", "mls", "cc", "milliliter", "milliliters" -> BigDecimal.ONE;
                case "tsp", "teaspoon", "teaspoons", "teaspoonful", "teaspoonfuls", "[tsp_us]" -> BigDecimal.valueOf(5);
                case "tbsp", "tablespoon", "tablespoons", "tablespoonful", "tablespoonfuls", "[tbs_us]" ->
                    BigDecimal.valueOf(15);
                default -> BigDecimal.ZERO;
            };
            if (milliliters.signum() > 0) {
                return Optional.of(most.multiply(milliliters));
            }
        }
        if (!mass(unit)) {
            return Optional.empty();
        }
        if (form == DoseForm.UNSAID
                && !Drugs.entries(rx).isEmpty()
                && Drugs.entries(rx).stream().noneMatch(drug -> drug.routes().contains("oral"))) {
            // What is injected is dispensed by pen, syringe or vial, which the directions do not count.
            return Optional.empty();
        }
        if (form == DoseForm.UNSAID && POWDER.matcher(name).find()) {
            // Dispensed by weight, not by the piece.
            return Optional.empty();
        }
        BigDecimal milligrams = most.multiply(Strengths.inMilligrams(unit));
        return Strengths.single(name)
                .filter(one -> one.value().signum() > 0)
                .filter(one ->
                        solid && one.kind().equals("mg") || liquid && one.kind().equals("mg/mL"))
                .map(one -> milligrams.divide(one.value(), DIGITS));
    }

    /** How many mg of an ingredient a dose holds, at most; empty where it does not tell. */
    static Optional<BigDecimal> milligrams(Rx rx, String ingredient) {
        Optional<Amount> amount = amount(rx);
        if (amount.isEmpty()) {
            return Optional.empty();
        }
        String unit = amount.get().unit().toLowerCase(Locale.ROOT);
        Optional<Strength> strength = strength(Schedule.name(rx), ingredient);
        if (mass(unit)) {
            // Of a combination the dose in mg does not say of which ingredient.
            return Strengths.in(Schedule.name(rx)).size() > 1
                    ? Optional.empty()
                    : Optional.of(amount.get().most().multiply(Strengths.inMilligrams(unit)));
        }
        boolean pieces = unit.isEmpty() || PIECE.matcher(unit).matches();
        boolean milliliters = unit.matches("mls?|cc|milliliters?");
        BigDecimal most = unit.matches("tsp|teaspoon(?:ful)?s?|\\[tsp_us]")
                ? amount.get().most().multiply(BigDecimal.valueOf(5))
                : amount.get().most();
        boolean liquid = milliliters || unit.matches("tsp|teaspoon(?:ful)?s?|\\[tsp_us]");
        return strength.filter(one -> pieces && one.kind().equals("mg")
                        || liquid && one.kind().equals("mg/mL"))
                .map(one -> most.multiply(one.value()));
    }

    /** The strength of an ingredient: of "a 5 MG / b 325 MG Oral Tablet", of "a-b 5-325 mg", of "a 5 mg". */
    static Optional<Strength> strength(String name, String ingredient) {
        String lower = name.toLowerCase(Locale.ROOT);
        Matcher pair = PAIR.matcher(lower);
        if (pair.find() && !lower.contains(" / ")) {
            boolean first = !pair.group(2).contains(ingredient);
            return Optional.of(new Strength(new BigDecimal(pair.group(first ? 3 : 4)), "mg"));
        }
        String[] parts = lower.split(" / | and ");
        for (String part : parts) {
            if (parts.length > 1 && part.contains(ingredient)) {
                Optional<Strength> own = Strengths.in(part).stream().findFirst();
                if (own.isPresent()) {
                    return own;
                }
            }
        }
        return Strengths.single(name);
    }

    /** How many mg of an ingredient a day takes, at most; empty where it does not tell. */
    static Optional<BigDecimal> milligramsADay(Rx rx, String ingredient) {
        SigText sig = new SigText(rx.sig());
        return sig.several()
                ? Optional.empty()
                : sig.perDay()
                        .flatMap(times -> milligrams(rx, ingredient).map(each -> bounded(rx, ingredient, each, times)));
    }

    /** What a day takes at most, of so many mg at a time and so many times, where the directions bound it too. */
    private static BigDecimal bounded(Rx rx, String ingredient, BigDecimal each, BigDecimal times) {
        BigDecimal all = each.multiply(times);
        Amount bound = new SigText(rx.sig()).atMostADay().orElse(null);
        if (bound == null) {
            return all;
        }
        if (bound.unit().startsWith("dose")) {
            return all.min(each.multiply(bound.most()));
        }
        if (mass(bound.unit())) {
            return all.min(bound.most().multiply(Strengths.inMilligrams(bound.unit())));
        }
        if (bound.unit().isEmpty() || PIECE.matcher(bound.unit()).matches()) {
            return strength(Schedule.name(rx), ingredient)
                    .filter(one -> one.kind().equals("mg"))
                    .map(one -> all.min(one.value().multiply(bound.most())))
                    .orElse(all);
        }
        return all;
    }
}
