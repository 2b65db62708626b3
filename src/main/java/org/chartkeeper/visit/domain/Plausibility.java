package org.chartkeeper.visit.domain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.chartkeeper.terminology.Quantity;
import org.chartkeeper.terminology.Units;
import org.chartkeeper.visit.VitalSign;
import org.jspecify.annotations.Nullable;

/**
 * Whether a value can be, is likely, and fits the last one. Impossible is an error, unlikely a warning; where two units
 * were probably confused the finding carries the repair. Rules:
 *
 * <ul>
 *   <li>VS-01 beyond what a living person of that age can have
 *   <li>VS-02 beyond what is usual at that age
 *   <li>VS-03 weight changed by more than 10 % within 30 days, or by more than 30 % at all (adults)
 *   <li>VS-04 height of an adult changed by 5 cm or more
 *   <li>VS-05 pounds and kilograms confused
 *   <li>VS-06 Fahrenheit and Celsius confused
 *   <li>VS-07 systolic and diastolic confused
 *   <li>VS-08 the pressures lie closer together than 10 mmHg
 *   <li>VS-09 body mass index of an adult below 12 or above 60: weight or height is wrong
 *   <li>VS-10 a child became shorter, or its head smaller
 * </ul>
 */
final class Plausibility {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.US);
    private static final DateTimeFormatter DAY_OF_YEAR = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.US);
    private static final BigDecimal POUNDS_OF_A_KILOGRAM = new BigDecimal("2.2046");

    private final Units units;

    Plausibility(Units units) {
        this.units = units;
    }

    /** Impossible below and above, unlikely below and above; in canonical units. */
    private record Limits(double least, double low, double high, double most) {}

    private static Limits of(double least, double low, double high, double most) {
        return new Limits(least, low, high, most);
    }

    private static final Map<VitalSign, Limits[]> LIMITS = new EnumMap<>(Map.of(
            VitalSign.HEART_RATE,
            new Limits[] {of(40, 90, 190, 320), of(40, 80, 180, 320), of(25, 50, 160, 300), of(15, 40, 150, 300)},
            VitalSign.TEMPERATURE,
            new Limits[] {of(25, 36, 38, 43), of(25, 35.5, 40.5, 44), of(25, 35, 40.5, 45), of(22, 35, 40.5, 45)},
            VitalSign.WEIGHT,
            new Limits[] {of(0.25, 1.5, 5.5, 8), of(0.5, 2.5, 13, 22), of(3, 7, 120, 300), of(15, 35, 200, 635)},
            VitalSign.HEIGHT,
            new Limits[] {of(20, 40, 58, 66), of(30, 45, 85, 105), of(45, 65, 195, 240), of(55, 135, 205, 272)},
            VitalSign.RESPIRATORY_RATE,
            new Limits[] {of(5, 30, 70, 140), of(5, 20, 60, 120), of(4, 12, 40, 100), of(3, 8, 30, 80)},
            VitalSign.SATURATION,
            new Limits[] {of(20, 85, 100, 100), of(30, 90, 100, 100), of(30, 90, 100, 100), of(30, 88, 100, 100)},
            VitalSign.PAIN,
            new Limits[] {of(0, 0, 10, 10), of(0, 0, 10, 10), of(0, 0, 10, 10), of(0, 0, 10, 10)},
            VitalSign.HEAD,
            new Limits[] {of(15, 30, 39, 48), of(22, 33, 50, 62), of(30, 42, 58, 70), of(35, 48, 65, 80)}));

    private static final Limits[] SYSTOLIC = {
        of(20, 50, 100, 170), of(30, 65, 120, 200), of(35, 75, 140, 260), of(40, 80, 220, 330)
    };
    private static final Limits[] DIASTOLIC = {
        of(8, 25, 70, 120), of(10, 35, 85, 140), of(15, 40, 95, 180), of(15, 40, 130, 220)
    };

    /** What is wrong with a value, before a page knows its field. */
    record Doubt(
            String rule,
            String message,
            boolean warning,
            @Nullable String repair,
            @Nullable String repairLabel) {}

    /** The value before this one. {@code day}: when it was taken. */
    record Last(BigDecimal number, String ucum, LocalDate day) {}

    /** Checks a value against its limits and the last one; the gravest doubt, null for a quiet one. */
    @Nullable
    Doubt check(VitalSign sign, Units.Measure measure, AgeBand band, LocalDate day, @Nullable Last last) {
        BigDecimal value = canonical(sign, measure.number(), measure.ucum());
        Limits limits = limits(sign)[band.ordinal()];
        Doubt swapped = confused(sign, measure, value, limits, day, last);
        if (swapped != null) {
            return swapped;
        }
        String shown = measure.display();
        if (value.doubleValue() < limits.least || value.doubleValue() > limits.most) {
            return new Doubt("VS-01", shown + " cannot be at this age", false, null, null);
        }
        Doubt changed = last == null ? null : change(sign, measure, value, band, day, last);
        if (changed != null) {
            return changed;
        }
        if (value.doubleValue() < limits.low || value.doubleValue() > limits.high) {
            String way = value.doubleValue() < limits.low ? "low" : "high";
            return new Doubt("VS-02", shown + " is unusually " + way + ". Right?", true, null, null);
        }
        return null;
    }

    private static Limits[] limits(VitalSign sign) {
        Limits[] limits = LIMITS.get(sign);
        if (limits == null) {
            throw new IllegalArgumentException("no limits for " + sign);
        }
        return limits;
    }

    /** In the unit of the limits: kg, cm, °C, or as it is. */
    BigDecimal canonical(VitalSign sign, BigDecimal number, String ucum) {
        return switch (sign.quantity()) {
            case WEIGHT -> units.convert(number, ucum, "kg");
            case LENGTH, HEAD -> units.convert(number, ucum, "cm");
            case TEMPERATURE -> units.convert(number, ucum, "Cel");
            default -> number;
        };
    }

    private @Nullable Doubt confused(
            VitalSign sign,
            Units.Measure measure,
            BigDecimal value,
            Limits limits,
            LocalDate day,
            @Nullable Last last) {
        String other;
        String question;
        switch (measure.unit()) {
            case "kg" -> {
                other = "lb";
                question = "Pounds meant?";
            }
            case "lb" -> {
                other = "kg";
                question = "Kilograms meant?";
            }
            case "°F" -> {
                other = "°C";
                question = "Celsius meant?";
            }
            case "°C" -> {
                other = "°F";
                question = "Fahrenheit meant?";
            }
            default -> {
                return null;
            }
        }
        String code = units.ucum(other);
        if (code == null) {
            return null;
        }
        BigDecimal meant = canonical(sign, measure.number(), code);
        String repair = measure.number().toPlainString() + " " + other;
        boolean impossible = value.doubleValue() < limits.least || value.doubleValue() > limits.most;
        boolean unlikely = value.doubleValue() < limits.low || value.doubleValue() > limits.high;
        boolean likely = meant.doubleValue() >= limits.low && meant.doubleValue() <= limits.high;
        if (sign == VitalSign.TEMPERATURE) {
            return impossible && likely
                    ? new Doubt("VS-06", measure.display() + " cannot be. " + question, false, repair, question)
                    : null;
        }
        if (sign != VitalSign.WEIGHT) {
            return null;
        }
        if (last != null) {
            BigDecimal before = canonical(sign, last.number(), last.ucum());
            boolean far = ratio(value, before) > 1.6 || ratio(value, before) < 0.62;
            boolean near = ratio(meant, before) < 1.12 && ratio(meant, before) > 0.88;
            if (far && near) {
                return new Doubt(
                        "VS-05",
                        inUsual(measure) + ", was " + was(sign, last, day) + ". " + question,
                        !impossible,
                        repair,
                        question);
            }
            return null;
        }
        return (impossible || unlikely) && likely
                ? new Doubt(
                        "VS-05",
                        measure.display()
                                + (impossible ? " cannot be at this age. " : " is unlikely at this age. ")
                                + question,
                        !impossible,
                        repair,
                        question)
                : null;
    }

    private static double ratio(BigDecimal value, BigDecimal to) {
        return to.signum() == 0 ? 1 : value.doubleValue() / to.doubleValue();
    }

    private @Nullable Doubt change(
            VitalSign sign, Units.Measure measure, BigDecimal value, AgeBand band, LocalDate day, Last last) {
        BigDecimal before = canonical(sign, last.number(), last.ucum());
        long days = Math.abs(ChronoUnit.DAYS.between(last.day(), day));
        String was = inUsual(measure) + ", was " + was(sign, last, day) + ". Right?";
        switch (sign) {
            case WEIGHT -> {
                double change = Math.abs(ratio(value, before) - 1);
                boolean fast = days <= 30 && change > 0.10 && band != AgeBand.NEWBORN && band != AgeBand.INFANT;
                boolean much = band == AgeBand.ADULT && change > 0.30 && days <= 3 * 365;
                return fast || much ? new Doubt("VS-03", was, true, null, null) : null;
            }
            case HEIGHT -> {
                double change = value.doubleValue() - before.doubleValue();
                if (band == AgeBand.ADULT && Math.abs(change) >= 5) {
                    return new Doubt("VS-04", was, true, null, null);
                }
                return band != AgeBand.ADULT && change <= -2 ? new Doubt("VS-10", was, true, null, null) : null;
            }
            case HEAD -> {
                boolean smaller = value.doubleValue() < before.doubleValue() - 0.5;
                return band != AgeBand.ADULT && smaller ? new Doubt("VS-10", was, true, null, null) : null;
            }
            default -> {
                return null;
            }
        }
    }

    /** A weight in kilograms reads in pounds beside the last one, so that the two can be compared. */
    private String inUsual(Units.Measure measure) {
        String echo = measure.quantity() == Quantity.WEIGHT && measure.unit().equals("kg") ? pounds(measure) : null;
        return echo == null ? measure.display() : echo;
    }

    private static String pounds(Units.Measure measure) {
        return measure.number().multiply(POUNDS_OF_A_KILOGRAM).setScale(0, RoundingMode.HALF_UP) + " lb";
    }

    private String was(VitalSign sign, Last last, LocalDate day) {
        String number;
        if (sign == VitalSign.WEIGHT) {
            number = units.convert(last.number(), last.ucum(), "[lb_av]").setScale(0, RoundingMode.HALF_UP) + " lb";
        } else if (sign == VitalSign.HEIGHT) {
            BigDecimal inches =
                    units.convert(last.number(), last.ucum(), "[in_i]").setScale(1, RoundingMode.HALF_UP);
            number = inches.stripTrailingZeros().toPlainString() + " in";
        } else {
            number = last.number().toPlainString();
        }
        boolean sameYear = last.day().getYear() == day.getYear();
        return number + " on " + (sameYear ? DAY : DAY_OF_YEAR).format(last.day());
    }

    /** Checks a pressure; the gravest doubt, null for a quiet one. */
    static @Nullable Doubt pressure(int systolic, int diastolic, AgeBand band) {
        if (systolic < diastolic) {
            String swapped = diastolic + "/" + systolic;
            return new Doubt(
                    "VS-07",
                    "The first pressure is lower than the second. " + swapped + " meant?",
                    false,
                    swapped,
                    "Swapped?");
        }
        Limits high = SYSTOLIC[band.ordinal()];
        Limits low = DIASTOLIC[band.ordinal()];
        String shown = systolic + "/" + diastolic + " mmHg";
        if (systolic < high.least || systolic > high.most || diastolic < low.least || diastolic > low.most) {
            return new Doubt("VS-01", shown + " cannot be at this age", false, null, null);
        }
        if (systolic - diastolic < 10) {
            return new Doubt("VS-08", shown + ": the pressures lie very close together. Right?", true, null, null);
        }
        if (systolic < high.low || diastolic < low.low) {
            return new Doubt("VS-02", shown + " is unusually low. Right?", true, null, null);
        }
        if (systolic > high.high || diastolic > low.high) {
            return new Doubt("VS-02", shown + " is unusually high. Right?", true, null, null);
        }
        return null;
    }

    /** Weight over height squared, to one digit; kg/m². */
    BigDecimal bodyMass(Units.Measure weight, Units.Measure height) {
        BigDecimal kg = units.convert(weight.number(), weight.ucum(), "kg");
        BigDecimal meters = units.convert(height.number(), height.ucum(), "m");
        return kg.divide(meters.multiply(meters), 1, RoundingMode.HALF_UP);
    }

    static @Nullable Doubt bodyMass(BigDecimal index, AgeBand band) {
        boolean odd = band == AgeBand.ADULT && (index.doubleValue() < 12 || index.doubleValue() > 60);
        return odd
                ? new Doubt("VS-09", "Body mass index " + index + ". Are weight and height right?", true, null, null)
                : null;
    }
}
