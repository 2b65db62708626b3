package org.chartkeeper.patient;

import com.fasterxml.jackson.annotation.JsonCreator;

/** What kind of number an identifier is, by HL7 table 0203 where it has one. */
public enum IdentifierKind implements Coded {
    MEDICAL_RECORD("MR", "Medical record number elsewhere"),
    SOCIAL_SECURITY("SS", "Social Security number"),
    DRIVER_LICENSE("DL", "Driver's license"),
    PASSPORT("PPN", "Passport"),
    MEDICAID("MA", "Medicaid number"),
    MEDICARE("MC", "Medicare beneficiary identifier"),
    OTHER("", "Other number");

    private final String code;
    private final String label;

    IdentifierKind(String code, String label) {
        this.code = code;
        this.label = label;
    }

    /** @throws IllegalArgumentException where no value has this code */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static IdentifierKind of(String code) {
        return Coded.of(IdentifierKind.class, code);
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
