package org.chartkeeper.patient;

import com.fasterxml.jackson.annotation.JsonCreator;

/** What an address is for. */
public enum AddressKind implements Coded {
    HOME("home", "Home"),
    MAILING("mailing", "Mailing"),
    TEMPORARY("temporary", "Temporary"),
    WORK("work", "Work"),
    BILLING("billing", "Billing");

    private final String code;
    private final String label;

    AddressKind(String code, String label) {
        this.code = code;
        this.label = label;
    }

    /** @throws IllegalArgumentException where no value has this code */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static AddressKind of(String code) {
        return Coded.of(AddressKind.class, code);
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
