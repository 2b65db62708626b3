package org.chartkeeper.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * For how many days a quantity lasts, taken as often as the directions allow: whole days, rounded down. It is the quantity
 * over what a day takes, as pharmacy claims define it (NCPDP field 405-D5).
 */
public final class DaysSupply {

    private static final Pattern QUANTITY = Pattern.compile(
            "^\\s*(\\d{1,6}(?:\\.\\d{1,3})?)\\s*(" + DoseUnit.ANY + ")?(?!\\w)", Pattern.CASE_INSENSITIVE);
    private static final Pattern STRENGTH = Pattern.compile(
            "(\\d+(?:\\.\\d+)?)\\s*(mg|mcg|g|units?|meq)(?:\\s*(?:/|per)\\s*(\\d+(?:\\.\\d+)?)?\\s*(ml|actuation|puff|spray))?",
            Pattern.CASE_INSENSITIVE);
    private static final BigDecimal MOST = BigDecimal.valueOf(3660);

    private DaysSupply() {}

    /**
     * @param drug its name with the strength, which tells how many tablets a dose in mg is
     * @param quantity as dispensed: {@code 30}, {@code 90 tablets}, {@code 150 mL}
     * @return empty where dose, timing or quantity do not tell, or are of different kinds
     */
    public static Optional<Integer> of(String drug, Content.@Nullable Dosage dosage, @Nullable String quantity) {
        if (dosage == null || dosage.dose() == null || dosage.timing() == null || quantity == null) {
            return Optional.empty();
        }
        Matcher dispensed = QUANTITY.matcher(quantity);
        Optional<BigDecimal> perDay = Timing.read(dosage.timing()).flatMap(Timing::perDay);
        Optional<BigDecimal> pieces = pieces(drug, dosage, dispensed.find() ? dispensed.group(2) : null);
        if (!dispensed.hasMatch() || perDay.isEmpty() || pieces.isEmpty()) {
            return Optional.empty();
        }
        BigDecimal daily = pieces.get().multiply(perDay.get());
        if (daily.signum() <= 0) {
            return Optional.empty();
        }
        // A hair more, so that a third of a day three times is a whole one.
        BigDecimal days = new BigDecimal(dispensed.group(1))
                .divide(daily, MathContext.DECIMAL64)
                .add(new BigDecimal("0.000001"));
        return days.compareTo(MOST) > 0
                ? Optional.empty()
                : Optional.of(days.setScale(0, RoundingMode.FLOOR).intValue());
    }

    /** How many of what was dispensed a dose takes. */
    private static Optional<BigDecimal> pieces(String drug, Content.Dosage dosage, @Nullable String dispensedIn) {
        BigDecimal dose = new BigDecimal(dosage.dose() == null ? "0" : dosage.dose());
        Optional<DoseUnit> unit = Optional.ofNullable(dosage.doseUnit()).flatMap(DoseUnit::read);
        Optional<DoseUnit> quantity = Optional.ofNullable(dispensedIn).flatMap(DoseUnit::read);
        if (unit.isEmpty()) {
            // "1 by mouth daily" of a number of tablets: one of them.
            return dosage.doseUnit() == null
                            && quantity.map(known -> !known.mass()).orElse(true)
                    ? Optional.of(dose)
                    : Optional.empty();
        }
        if (quantity.isPresent() && quantity.get() == unit.get()) {
            return Optional.of(dose);
        }
        if (!unit.get().mass()) {
            return quantity.isEmpty() ? Optional.of(dose) : Optional.empty();
        }
        if (quantity.map(DoseUnit::mass).orElse(false)) {
            return Optional.empty();
        }
        Matcher strength = STRENGTH.matcher(drug);
        if (!strength.find() || strength.group(4) != null && quantity.isEmpty()) {
            return Optional.empty();
        }
        BigDecimal each = new BigDecimal(strength.group(1)).multiply(inMilligrams(strength.group(2)));
        if (strength.group(3) != null) {
            each = each.divide(new BigDecimal(strength.group(3)), MathContext.DECIMAL64);
        }
        BigDecimal wanted = dose.multiply(inMilligrams(unit.get().word()));
        boolean alike = weighs(strength.group(2)) == weighs(unit.get().word());
        return alike && each.signum() > 0 ? Optional.of(wanted.divide(each, MathContext.DECIMAL64)) : Optional.empty();
    }

    private static boolean weighs(String unit) {
        return switch (unit.toLowerCase(java.util.Locale.ROOT)) {
            case "mg", "mcg", "g" -> true;
            default -> false;
        };
    }

    private static BigDecimal inMilligrams(String unit) {
        return switch (unit.toLowerCase(java.util.Locale.ROOT)) {
            case "mcg" -> new BigDecimal("0.001");
            case "g" -> new BigDecimal("1000");
            default -> BigDecimal.ONE;
        };
    }
}
