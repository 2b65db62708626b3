package org.chartkeeper.chart.web;

import org.jspecify.annotations.Nullable;

/** Under what results are looked for. */
enum ResultCategory {
    ALL("all", "All values", null),
    LABORATORY("laboratory", "Laboratory", "laboratory"),
    VITAL_SIGNS("vital-signs", "Vital signs", "vital-signs"),
    IMAGING("imaging", "Imaging", "imaging"),
    EXAM("exam", "Examination", "exam"),
    SURVEY("survey", "Surveys", "survey"),
    SOCIAL_HISTORY("social-history", "Social history", "social-history"),
    OTHER("other", "Other", "other"),
    REPORTS("reports", "Reports", null);

    private final String key;
    private final String label;
    private final @Nullable String category;

    ResultCategory(String key, String label, @Nullable String category) {
        this.key = key;
        this.label = label;
        this.category = category;
    }

    /** As the address names it; an unknown or missing one is all. */
    static ResultCategory of(@Nullable String key) {
        for (ResultCategory each : values()) {
            if (each.key.equals(key)) {
                return each;
            }
        }
        return ALL;
    }

    public String key() {
        return key;
    }

    public String label() {
        return label;
    }

    /** Of observations; null for all and for reports. */
    @Nullable
    String category() {
        return category;
    }
}
