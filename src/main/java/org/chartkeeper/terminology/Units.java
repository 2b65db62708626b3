package org.chartkeeper.terminology;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads values as they are typed, with or without a unit after the number, and converts between units (UCUM). */
public interface Units {

    /**
     * Reads a typed value: {@code 157}, {@code 157 lb}, {@code 71.4kg}, {@code 9 lb 4 oz}, {@code 5'4"}, {@code 5 ft 4 in},
     * {@code 98.2 F}, {@code 37 C}. A number alone is in the quantity's usual unit.
     *
     * @return empty where it is no number, or its unit is none of this quantity
     */
    Optional<Measure> read(String typed, Quantity quantity);

    /**
     * Converts between two UCUM codes, to at most nine significant digits.
     *
     * @throws IllegalArgumentException where the units do not measure the same
     */
    BigDecimal convert(BigDecimal number, String from, String to);

    /** The UCUM code of a unit as shown, null where it has none: {@code [lb_av]} for {@code lb}. */
    @Nullable
    String ucum(String shown);

    /** The same value in the other usual unit, for the echo under a field: {@code 71.2 kg}; null where there is none. */
    @Nullable
    String echo(Measure measure);

    /**
     * A value that was read.
     *
     * @param typed as typed, without blanks around it
     * @param number in {@code unit}
     * @param unit as shown
     * @param ucum its UCUM code
     * @param unitTyped whether the unit was typed; else it is the quantity's usual one
     */
    record Measure(String typed, Quantity quantity, BigDecimal number, String unit, String ucum, boolean unitTyped) {

        /** {@code 157 lb}. */
        public String display() {
            return number.toPlainString() + " " + unit;
        }
    }
}
