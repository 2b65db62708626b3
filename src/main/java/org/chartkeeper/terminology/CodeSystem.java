package org.chartkeeper.terminology;

import java.util.Optional;

/** The code systems that pages look codes up in. */
public enum CodeSystem {
    ICD10CM("icd-10-cm", "Diagnoses (ICD-10-CM)", "http://hl7.org/fhir/sid/icd-10-cm"),
    DRUG("drug", "Drugs (RxNorm)", "http://www.nlm.nih.gov/research/umls/rxnorm"),
    ALLERGEN("allergen", "Allergens", ""),
    VACCINE("vaccine", "Vaccines (CVX)", "http://hl7.org/fhir/sid/cvx");

    private final String key;
    private final String label;
    private final String uri;

    CodeSystem(String key, String label, String uri) {
        this.key = key;
        this.label = label;
        this.uri = uri;
    }

    /** As addresses and files name it. */
    public String key() {
        return key;
    }

    public String label() {
        return label;
    }

    /** The system's URI of FHIR; empty for names without codes. */
    public String uri() {
        return uri;
    }

    /** The system of a key; empty where there is none. */
    public static Optional<CodeSystem> ofKey(String key) {
        for (CodeSystem system : values()) {
            if (system.key.equals(key)) {
                return Optional.of(system);
            }
        }
        return Optional.empty();
    }
}
