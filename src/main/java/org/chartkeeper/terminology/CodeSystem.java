package org.chartkeeper.terminology;

import java.util.Optional;

/** The code systems that pages look codes up in. */
public enum CodeSystem {
    ICD10CM("icd-10-cm", "icd10cm", "Diagnoses (ICD-10-CM)", "http://hl7.org/fhir/sid/icd-10-cm"),
    ICD10PCS("icd-10-pcs", "icd10pcs", "Inpatient procedures (ICD-10-PCS)", "http://www.cms.gov/Medicare/Coding/ICD10"),
    HCPCS("hcpcs", "hcpcs", "Supplies and services (HCPCS)", "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"),
    CPT("cpt", "cpt", "Procedures (CPT)", "http://www.ama-assn.org/go/cpt"),
    DRUG("drug", "rxnorm", "Drugs (RxNorm)", "http://www.nlm.nih.gov/research/umls/rxnorm"),
    ALLERGEN("allergen", "allergen", "Allergens", ""),
    VACCINE("vaccine", "cvx", "Vaccines (CVX)", "http://hl7.org/fhir/sid/cvx"),
    LOINC("loinc", "loinc", "Tests and documents (LOINC)", "http://loinc.org"),
    SNOMED("snomed", "snomed", "Clinical terms (SNOMED CT)", "http://snomed.info/sct"),
    MSDRG("ms-drg", "msdrg", "Payment groups (MS-DRG)", "");

    private final String key;
    private final String id;
    private final String label;
    private final String uri;

    CodeSystem(String key, String id, String label, String uri) {
        this.key = key;
        this.id = id;
        this.label = label;
        this.uri = uri;
    }

    /** As addresses and our own files name it. */
    public String key() {
        return key;
    }

    /** As exchanged cases and answers in JSON name it: icd10cm, icd10pcs, hcpcs, cpt, rxnorm, cvx and so on. */
    public String id() {
        return id;
    }

    public String label() {
        return label;
    }

    /** The system's URI of FHIR; empty for names without codes. */
    public String uri() {
        return uri;
    }

    /** The system of a key or an id; empty where there is none. */
    public static Optional<CodeSystem> ofKey(String key) {
        for (CodeSystem system : values()) {
            if (system.key.equals(key) || system.id.equals(key)) {
                return Optional.of(system);
            }
        }
        return Optional.empty();
    }
}
