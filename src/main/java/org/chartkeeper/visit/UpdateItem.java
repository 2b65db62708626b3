package org.chartkeeper.visit;

import java.util.Optional;

/** The items that a checklist can have. Which of them an update has, and what it calls them, is data. */
public enum UpdateItem {
    VITALS("vitals"),
    DIAGNOSES("diagnoses"),
    PROBLEMS("problems"),
    ALLERGIES("allergies"),
    MEDICATIONS("medications"),
    IMMUNIZATIONS("immunizations"),
    PROCEDURES("procedures"),
    FOLLOWUP("followup"),
    ARRIVAL("arrival"),
    DISPOSITION("disposition"),
    CALL("call"),
    DOCUMENTS("documents");

    private final String key;

    UpdateItem(String key) {
        this.key = key;
    }

    /** As the database and fields name it. */
    public String key() {
        return key;
    }

    /** The item of a key; empty where there is none. */
    public static Optional<UpdateItem> ofKey(String key) {
        for (UpdateItem item : values()) {
            if (item.key.equals(key)) {
                return Optional.of(item);
            }
        }
        return Optional.empty();
    }
}
