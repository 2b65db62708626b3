package org.chartkeeper.patient;

import com.fasterxml.jackson.annotation.JsonCreator;

/** Marital status, with the codes of HL7 v3 MaritalStatus. */
public enum MaritalStatus implements Coded {
    SINGLE("S", "Never married"),
    MARRIED("M", "Married"),
    PARTNER("T", "Domestic partner"),
    SEPARATED("L", "Legally separated"),
    DIVORCED("D", "Divorced"),
    WIDOWED("W", "Widowed"),
    UNKNOWN("UNK", "Unknown");

    private final String code;
    private final String label;

    MaritalStatus(String code, String label) {
        this.code = code;
        this.label = label;
    }

    /** @throws IllegalArgumentException where no value has this code */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static MaritalStatus of(String code) {
        return Coded.of(MaritalStatus.class, code);
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
