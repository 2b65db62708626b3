package org.chartkeeper.patient;

import com.fasterxml.jackson.annotation.JsonCreator;

/** How a contact, subscriber or guarantor stands to the patient. */
public enum Relationship implements Coded {
    SELF("self", "Self"),
    SPOUSE("spouse", "Spouse"),
    PARTNER("partner", "Partner"),
    MOTHER("mother", "Mother"),
    FATHER("father", "Father"),
    PARENT("parent", "Parent"),
    STEPPARENT("stepparent", "Stepparent"),
    GRANDPARENT("grandparent", "Grandparent"),
    CHILD("child", "Child"),
    SIBLING("sibling", "Sibling"),
    FRIEND("friend", "Friend"),
    FOSTER_PARENT("foster-parent", "Foster parent"),
    AGENCY("agency", "Agency"),
    OTHER("other", "Other");

    private final String code;
    private final String label;

    Relationship(String code, String label) {
        this.code = code;
        this.label = label;
    }

    /** @throws IllegalArgumentException where no value has this code */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Relationship of(String code) {
        return Coded.of(Relationship.class, code);
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
