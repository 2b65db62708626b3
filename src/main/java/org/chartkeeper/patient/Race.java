package org.chartkeeper.patient;

import com.fasterxml.jackson.annotation.JsonCreator;

/** Race by OMB category (Statistical Policy Directive 15), with the codes of CDCREC; several may apply. */
public enum Race implements Coded {
    AMERICAN_INDIAN("1002-5", "American Indian or Alaska Native"),
    ASIAN("2028-9", "Asian"),
    BLACK("2054-5", "Black or African American"),
    MIDDLE_EASTERN("2118-8", "Middle Eastern or North African"),
    PACIFIC_ISLANDER("2076-8", "Native Hawaiian or Pacific Islander"),
    WHITE("2106-3", "White"),
    OTHER("2131-1", "Other race"),
    DECLINED("ASKU", "Asked, declined to say"),
    UNKNOWN("UNK", "Unknown");

    private final String code;
    private final String label;

    Race(String code, String label) {
        this.code = code;
        this.label = label;
    }

    /** @throws IllegalArgumentException where no value has this code */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Race of(String code) {
        return Coded.of(Race.class, code);
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
