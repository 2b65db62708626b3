package org.chartkeeper.visit;

import org.chartkeeper.terminology.Quantity;

/** The vital signs that an update asks for, with their LOINC codes. */
public enum VitalSign {
    PRESSURE("bp", "Blood pressure", "85354-9", Quantity.PRESSURE),
    HEART_RATE("hr", "Heart rate", "8867-4", Quantity.PER_MINUTE),
    TEMPERATURE("temp", "Temperature", "8310-5", Quantity.TEMPERATURE),
    WEIGHT("weight", "Weight", "29463-7", Quantity.WEIGHT),
    HEIGHT("height", "Height", "8302-2", Quantity.LENGTH),
    RESPIRATORY_RATE("rr", "Respiratory rate", "9279-1", Quantity.PER_MINUTE),
    SATURATION("spo2", "SpO₂", "59408-5", Quantity.PERCENT),
    PAIN("pain", "Pain", "72514-3", Quantity.SCORE),
    HEAD("head", "Head circumference", "9843-4", Quantity.HEAD);

    public static final String SYSTOLIC = "8480-6";
    public static final String DIASTOLIC = "8462-4";
    public static final String BODY_MASS_INDEX = "39156-5";

    private final String key;
    private final String label;
    private final String loinc;
    private final Quantity quantity;

    VitalSign(String key, String label, String loinc, Quantity quantity) {
        this.key = key;
        this.label = label;
        this.loinc = loinc;
        this.quantity = quantity;
    }

    /** As fields name it. */
    public String key() {
        return key;
    }

    public String label() {
        return label;
    }

    public String loinc() {
        return loinc;
    }

    public Quantity quantity() {
        return quantity;
    }

    /** As the record names it: "Body weight". */
    public String title() {
        return switch (this) {
            case TEMPERATURE -> "Body temperature";
            case WEIGHT -> "Body weight";
            case HEIGHT -> "Body height";
            case SATURATION -> "Oxygen saturation";
            case PAIN -> "Pain severity";
            default -> label;
        };
    }
}
