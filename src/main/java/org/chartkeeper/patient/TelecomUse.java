package org.chartkeeper.patient;

import com.fasterxml.jackson.annotation.JsonCreator;

/** Where a phone number or address reaches somebody. */
public enum TelecomUse implements Coded {
    HOME("home", "Home"),
    MOBILE("mobile", "Mobile"),
    WORK("work", "Work"),
    OTHER("other", "Other");

    private final String code;
    private final String label;

    TelecomUse(String code, String label) {
        this.code = code;
        this.label = label;
    }

    /** @throws IllegalArgumentException where no value has this code */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static TelecomUse of(String code) {
        return Coded.of(TelecomUse.class, code);
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
