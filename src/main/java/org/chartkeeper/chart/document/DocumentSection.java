package org.chartkeeper.chart.document;

import java.util.Locale;

/** The sections that the documents of a chart are listed by, in their order. */
public enum DocumentSection {
    NOTES("Notes and forms"),
    INPATIENT("Inpatient"),
    EMERGENCY("Emergency"),
    SURGERY("Surgery and anesthesia"),
    NURSING("Nursing"),
    ORDERS("Orders"),
    LABORATORY("Laboratory and pathology"),
    IMAGING("Imaging"),
    CARDIOLOGY("Heart, lung and nerve tests"),
    MATERNITY("Maternity and newborn"),
    THERAPY("Therapies"),
    BEHAVIORAL("Behavioral health"),
    CONSENTS("Consents"),
    DIRECTIVES("Advance directives"),
    OUTSIDE("From elsewhere"),
    CORRESPONDENCE("Letters"),
    REGISTRATION("Registration and insurance"),
    LEGAL("Legal"),
    ADMINISTRATIVE("Administrative");

    private final String label;

    DocumentSection(String label) {
        this.label = label;
    }

    /** As the database and addresses name it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String label() {
        return label;
    }

    /** @throws IllegalArgumentException where no section has this key */
    public static DocumentSection ofKey(String key) {
        for (DocumentSection section : values()) {
            if (section.key().equals(key)) {
                return section;
            }
        }
        throw new IllegalArgumentException("no section " + key);
    }
}
