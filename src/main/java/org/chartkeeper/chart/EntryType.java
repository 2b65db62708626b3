package org.chartkeeper.chart;

/** What kind of thing an entry is. Point-in-time entries know no update. */
public enum EntryType {
    CONDITION("condition", "Problem", true),
    VISIT_DIAGNOSIS("visit-diagnosis", "Visit diagnosis", false),
    ALLERGY("allergy", "Allergy", true),
    MEDICATION_ORDER("medication-order", "Medication order", true),
    MEDICATION_STATEMENT("medication-statement", "Medication statement", true),
    MEDICATION_ADMINISTRATION("medication-administration", "Medication given", false),
    ORDER("order", "Order", true),
    OBSERVATION("observation", "Observation", false),
    DIAGNOSTIC_REPORT("diagnostic-report", "Report", false),
    PROCEDURE("procedure", "Procedure", false),
    IMMUNIZATION("immunization", "Immunization", false),
    NOTE("note", "Note", false),
    DOCUMENT("document", "Document", false),
    CARE_PLAN_ITEM("care-plan-item", "Care plan", true);

    private final String key;
    private final String label;
    private final boolean living;

    EntryType(String key, String label, boolean living) {
        this.key = key;
        this.label = label;
        this.living = living;
    }

    /** As the database and URLs name it. */
    public String key() {
        return key;
    }

    public String label() {
        return label;
    }

    /** Whether its state moves on by updates; otherwise it is a statement about a point in time. */
    public boolean living() {
        return living;
    }

    /** @throws IllegalArgumentException where no type has this key */
    public static EntryType ofKey(String key) {
        for (EntryType type : values()) {
            if (type.key.equals(key)) {
                return type;
            }
        }
        throw new IllegalArgumentException("no entry type " + key);
    }
}
