package org.chartkeeper.patient;

import com.fasterxml.jackson.annotation.JsonCreator;

/** The part that somebody has in the lasting care of a patient. */
public enum CareRole implements Coded {
    PCP("pcp", "Primary care"),
    REFERRING("referring", "Referring"),
    SPECIALIST("specialist", "Specialist"),
    CARE_MANAGER("care-manager", "Care manager"),
    PHARMACY("pharmacy", "Pharmacy"),
    OTHER("other", "Other");

    private final String code;
    private final String label;

    CareRole(String code, String label) {
        this.code = code;
        this.label = label;
    }

    /** @throws IllegalArgumentException where no value has this code */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static CareRole of(String code) {
        return Coded.of(CareRole.class, code);
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
