package org.chartkeeper.terminology;

import java.util.List;

/** A kind of measured value and the units it can be typed in, the one used in the United States first. */
public enum Quantity {
    WEIGHT("lb", "oz", "kg", "g"),
    LENGTH("in", "ft", "cm", "m"),
    HEAD("cm", "in"),
    TEMPERATURE("°F", "°C"),
    PRESSURE("mmHg"),
    PER_MINUTE("/min"),
    PERCENT("%"),
    FLOW("L/min"),
    SCORE("of 10"),
    BODY_MASS("kg/m²");

    private final List<String> units;

    Quantity(String... units) {
        this.units = List.of(units);
    }

    /** As pages show them. */
    public List<String> units() {
        return units;
    }

    /** What a number without a unit means. */
    public String usual() {
        return units.get(0);
    }
}
