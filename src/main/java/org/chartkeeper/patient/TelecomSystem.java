package org.chartkeeper.patient;

import com.fasterxml.jackson.annotation.JsonCreator;

/** How somebody is reached. */
public enum TelecomSystem implements Coded {
    PHONE("phone", "Phone"),
    EMAIL("email", "E-mail"),
    FAX("fax", "Fax");

    private final String code;
    private final String label;

    TelecomSystem(String code, String label) {
        this.code = code;
        this.label = label;
    }

    /** @throws IllegalArgumentException where no value has this code */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static TelecomSystem of(String code) {
        return Coded.of(TelecomSystem.class, code);
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
