package org.chartkeeper.patient;

import com.fasterxml.jackson.annotation.JsonCreator;

/** Ethnicity by OMB category, with the codes of CDCREC. */
public enum Ethnicity implements Coded {
    HISPANIC("2135-2", "Hispanic or Latino"),
    NOT_HISPANIC("2186-5", "Not Hispanic or Latino"),
    DECLINED("ASKU", "Asked, declined to say"),
    UNKNOWN("UNK", "Unknown");

    private final String code;
    private final String label;

    Ethnicity(String code, String label) {
        this.code = code;
        this.label = label;
    }

    /** @throws IllegalArgumentException where no value has this code */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Ethnicity of(String code) {
        return Coded.of(Ethnicity.class, code);
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public String toString() {
        return code;
    }
}
