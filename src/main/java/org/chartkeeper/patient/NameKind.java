package org.chartkeeper.patient;

import com.fasterxml.jackson.annotation.JsonCreator;

/** What kind of name it is. */
public enum NameKind implements Coded {
    LEGAL("legal", "Legal name"),
    PREFERRED("preferred", "Preferred name"),
    BIRTH("birth", "Birth name"),
    FORMER("former", "Former name"),
    ALIAS("alias", "Alias"),
    NEWBORN("newborn", "Newborn's temporary name");

    private final String code;
    private final String label;

    NameKind(String code, String label) {
        this.code = code;
        this.label = label;
    }

    /** @throws IllegalArgumentException where no value has this code */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static NameKind of(String code) {
        return Coded.of(NameKind.class, code);
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
