package org.chartkeeper.access;

/** Why a chart is opened without a care relation. The key is what the audit trail keeps. */
public enum EmergencyReason {
    TREATING("treating", "I am treating this patient now"),
    COVERING("covering", "I am covering for a colleague"),
    CONSULT("consult", "I was asked for an opinion"),
    RESULT("result", "I am reading or reporting a result"),
    EMERGENCY("emergency", "Emergency"),
    OTHER("other", "Another reason, as written below");

    private final String key;
    private final String label;

    EmergencyReason(String key, String label) {
        this.key = key;
        this.label = label;
    }

    public String key() {
        return key;
    }

    public String label() {
        return label;
    }
}
