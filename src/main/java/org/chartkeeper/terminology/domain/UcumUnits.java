package org.chartkeeper.terminology.domain;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chartkeeper.terminology.Quantity;
import org.chartkeeper.terminology.Units;
import org.fhir.ucum.Decimal;
import org.fhir.ucum.UcumEssenceService;
import org.fhir.ucum.UcumException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Units by the UCUM library of the FHIR community, with the ways in which people in the United States write them. */
@Component
class UcumUnits implements Units {

    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("([0-9]{1,6}(?:[.,][0-9]{1,4})?)\\s*(\\D*)");
    private static final Pattern FEET_AND_INCHES = Pattern.compile(
            "([0-9])\\s*(?:'|′|ft\\.?|feet|foot)\\s*(?:([0-9]{1,2}(?:\\.[0-9]{1,2})?)\\s*(?:\"|″|''|in\\.?|inch(?:es)?)?)?");
    private static final Pattern POUNDS_AND_OUNCES = Pattern.compile(
            "([0-9]{1,3})\\s*(?:lbs?\\.?|pounds?|#)\\s*([0-9]{1,2}(?:\\.[0-9]{1,2})?)\\s*(?:oz\\.?|ounces?)");

    private static final String FAHRENHEIT = "[degF]";
    private static final String CELSIUS = "Cel";
    private static final BigDecimal FREEZING = BigDecimal.valueOf(32);
    private static final BigDecimal FIVE = BigDecimal.valueOf(5);
    private static final BigDecimal NINE = BigDecimal.valueOf(9);

    private static final Map<String, String> UCUM = Map.ofEntries(
            Map.entry("lb", "[lb_av]"),
            Map.entry("oz", "[oz_av]"),
            Map.entry("kg", "kg"),
            Map.entry("g", "g"),
            Map.entry("in", "[in_i]"),
            Map.entry("ft", "[ft_i]"),
            Map.entry("cm", "cm"),
            Map.entry("m", "m"),
            Map.entry("°F", "[degF]"),
            Map.entry("°C", "Cel"),
            Map.entry("mmHg", "mm[Hg]"),
            Map.entry("/min", "/min"),
            Map.entry("%", "%"),
            Map.entry("L/min", "L/min"),
            Map.entry("of 10", "{score}"),
            Map.entry("kg/m²", "kg/m2"));

    private static final Map<String, String> WRITTEN = Map.ofEntries(
            Map.entry("lb", "lb"),
            Map.entry("lbs", "lb"),
            Map.entry("#", "lb"),
            Map.entry("pound", "lb"),
            Map.entry("pounds", "lb"),
            Map.entry("oz", "oz"),
            Map.entry("ounce", "oz"),
            Map.entry("ounces", "oz"),
            Map.entry("kg", "kg"),
            Map.entry("kgs", "kg"),
            Map.entry("kilo", "kg"),
            Map.entry("kilos", "kg"),
            Map.entry("kilogram", "kg"),
            Map.entry("kilograms", "kg"),
            Map.entry("g", "g"),
            Map.entry("gm", "g"),
            Map.entry("gram", "g"),
            Map.entry("grams", "g"),
            Map.entry("in", "in"),
            Map.entry("\"", "in"),
            Map.entry("inch", "in"),
            Map.entry("inches", "in"),
            Map.entry("ft", "ft"),
            Map.entry("feet", "ft"),
            Map.entry("cm", "cm"),
            Map.entry("m", "m"),
            Map.entry("f", "°F"),
            Map.entry("°f", "°F"),
            Map.entry("degf", "°F"),
            Map.entry("fahrenheit", "°F"),
            Map.entry("c", "°C"),
            Map.entry("°c", "°C"),
            Map.entry("degc", "°C"),
            Map.entry("celsius", "°C"),
            Map.entry("mmhg", "mmHg"),
            Map.entry("/min", "/min"),
            Map.entry("bpm", "/min"),
            Map.entry("%", "%"),
            Map.entry("l", "L/min"),
            Map.entry("l/min", "L/min"),
            Map.entry("lpm", "L/min"),
            Map.entry("/10", "of 10"),
            Map.entry("of", "of 10"));

    private static final List<String> BASES = List.of("g", "m", "mm[Hg]", "/min", "%", "L/min");

    private final UcumEssenceService ucum;
    private final Map<String, Optional<BigDecimal>> factors = new ConcurrentHashMap<>();

    UcumUnits() {
        try (InputStream essence = UcumEssenceService.class.getResourceAsStream("/ucum-essence.xml")) {
            this.ucum = new UcumEssenceService(essence);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UcumException e) {
            throw new IllegalStateException("the units of the library cannot be read", e);
        }
    }

    @Override
    public Optional<Measure> read(String typed, Quantity quantity) {
        String text = typed.strip();
        String lower = text.toLowerCase(Locale.US).replace('’', '\'').replace('”', '"');
        if (lower.length() > 30) {
            return Optional.empty();
        }
        if (quantity == Quantity.LENGTH) {
            Matcher feet = FEET_AND_INCHES.matcher(lower);
            if (feet.matches()) {
                return twoParts(text, quantity, feet, 12, "in");
            }
        }
        if (quantity == Quantity.WEIGHT) {
            Matcher pounds = POUNDS_AND_OUNCES.matcher(lower);
            if (pounds.matches()) {
                return twoParts(text, quantity, pounds, 16, "oz").map(ounces -> inPounds(text, ounces));
            }
        }
        if (quantity == Quantity.SCORE) {
            lower = lower.replaceAll("\\s*(/|of)\\s*10$", "");
        }
        Matcher simple = NUMBER_AND_UNIT.matcher(lower);
        if (!simple.matches()) {
            return Optional.empty();
        }
        String written = simple.group(2).replaceAll("[\\s.]+$", "").strip();
        String unit = written.isEmpty() ? quantity.usual() : WRITTEN.get(written);
        if (unit == null || !quantity.units().contains(unit)) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(simple.group(1).replace(',', '.'));
        if (unit.equals("ft")) {
            return Optional.of(measure(text, quantity, plain(number.multiply(BigDecimal.valueOf(12))), "in", true));
        }
        return Optional.of(measure(text, quantity, number, unit, !written.isEmpty()));
    }

    private Optional<Measure> twoParts(String typed, Quantity quantity, Matcher parts, int per, String unit) {
        BigDecimal small = parts.group(2) == null ? BigDecimal.ZERO : new BigDecimal(parts.group(2));
        if (small.compareTo(BigDecimal.valueOf(per)) >= 0) {
            return Optional.empty();
        }
        BigDecimal number =
                new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(per)).add(small);
        return Optional.of(measure(typed, quantity, number, unit, true));
    }

    private Measure inPounds(String typed, Measure ounces) {
        BigDecimal pounds = ounces.number().divide(BigDecimal.valueOf(16), 4, RoundingMode.HALF_UP);
        return measure(typed, Quantity.WEIGHT, plain(pounds), "lb", true);
    }

    private static Measure measure(String typed, Quantity quantity, BigDecimal number, String unit, boolean unitTyped) {
        String code = UCUM.get(unit);
        if (code == null) {
            throw new IllegalStateException("no UCUM code for " + unit);
        }
        return new Measure(typed, quantity, number, unit, code, unitTyped);
    }

    @Override
    public BigDecimal convert(BigDecimal number, String from, String to) {
        if (from.equals(to)) {
            return number;
        }
        // The library knows no units whose zero lies elsewhere.
        if (from.equals(FAHRENHEIT) && to.equals(CELSIUS)) {
            return plain(number.subtract(FREEZING).multiply(FIVE).divide(NINE, 9, RoundingMode.HALF_UP));
        }
        if (from.equals(CELSIUS) && to.equals(FAHRENHEIT)) {
            return plain(
                    number.multiply(NINE).divide(FIVE, 9, RoundingMode.HALF_UP).add(FREEZING));
        }
        for (String base : BASES) {
            BigDecimal one = factor(from, base);
            BigDecimal other = factor(to, base);
            if (one != null && other != null) {
                return plain(number.multiply(one).divide(other, new MathContext(9, RoundingMode.HALF_UP)));
            }
        }
        throw new IllegalArgumentException("no conversion from " + from + " to " + to);
    }

    /**
     * How much of the base one unit is, null where they do not measure the same. Only factors are taken from the library:
     * it takes the digits of a number for its precision, so that 64 inches would come back as 163 cm.
     */
    private @Nullable BigDecimal factor(String unit, String base) {
        return factors.computeIfAbsent(unit + " " + base, key -> {
                    try {
                        return Optional.of(new BigDecimal(
                                ucum.convert(new Decimal("1"), unit, base).asDecimal()));
                    } catch (UcumException e) {
                        return Optional.empty();
                    }
                })
                .orElse(null);
    }

    @Override
    public @Nullable String ucum(String shown) {
        return UCUM.get(shown);
    }

    @Override
    public @Nullable String echo(Measure measure) {
        return switch (measure.unit()) {
            case "lb", "oz" ->
                converted(measure, "kg", measure.quantity() == Quantity.WEIGHT && small(measure) ? 2 : 1);
            case "kg", "g" -> converted(measure, "lb", 1);
            case "in", "ft" -> converted(measure, "cm", 1);
            case "cm", "m" -> converted(measure, "in", 1);
            case "°F" -> converted(measure, "°C", 1);
            case "°C" -> converted(measure, "°F", 1);
            default -> null;
        };
    }

    /** Under 22 lb a tenth of a kilogram is too coarse. */
    private boolean small(Measure measure) {
        return convert(measure.number(), measure.ucum(), "kg").compareTo(BigDecimal.TEN) < 0;
    }

    private String converted(Measure measure, String unit, int digits) {
        String code = UCUM.get(unit);
        if (code == null) {
            throw new IllegalStateException("no UCUM code for " + unit);
        }
        BigDecimal number = convert(measure.number(), measure.ucum(), code).setScale(digits, RoundingMode.HALF_UP);
        return plain(number).toPlainString() + " " + unit;
    }

    private static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
