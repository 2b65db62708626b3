package org.chartkeeper.terminology.domain;

/** The kinds of file that code sets are published in. */
enum FileKind {
    ICD10CM("icd10cm", "ICD-10-CM", Calendar.FISCAL),
    ICD10CM_ADDENDA("icd10cm-addenda", "ICD-10-CM order addenda", Calendar.FISCAL),
    ICD10CM_TABULAR("icd10cm-tabular", "ICD-10-CM Tabular List", Calendar.FISCAL),
    ICD10CM_INDEX("icd10cm-index", "ICD-10-CM Alphabetic Index", Calendar.FISCAL),
    ICD10CM_EXTERNAL("icd10cm-external-cause", "ICD-10-CM index of external causes", Calendar.FISCAL),
    ICD10CM_DRUGS("icd10cm-drugs", "ICD-10-CM Table of Drugs and Chemicals", Calendar.FISCAL),
    ICD10CM_NEOPLASM("icd10cm-neoplasm", "ICD-10-CM Table of Neoplasms", Calendar.FISCAL),
    POA_EXEMPT("icd10cm-poa-exempt", "Present on admission: exempt codes", Calendar.FISCAL),
    CONVERSION("icd10cm-conversion", "ICD-10-CM conversion table", Calendar.FISCAL),
    ICD10PCS("icd10pcs", "ICD-10-PCS", Calendar.FISCAL),
    ICD10PCS_ADDENDA("icd10pcs-addenda", "ICD-10-PCS order addenda", Calendar.FISCAL),
    HCPCS("hcpcs", "HCPCS Level II", Calendar.YEAR),
    MCE("mce", "Medicare Code Editor", Calendar.GROUPER),
    MSDRG("msdrg", "MS-DRG titles", Calendar.GROUPER),
    CC_MCC("cc-mcc", "MS-DRG complications (CC/MCC)", Calendar.GROUPER),
    RXNORM("rxnorm", "RxNorm concepts", Calendar.UNDATED),
    RXNORM_RELATIONS("rxnorm-relations", "RxNorm relations", Calendar.UNDATED),
    RXNORM_ATTRIBUTES("rxnorm-attributes", "RxNorm attributes", Calendar.UNDATED),
    RXNORM_ARCHIVE("rxnorm-archive", "RxNorm archive of former concepts", Calendar.UNDATED),
    RXCUI_NDC("rxnorm-ndc", "RxCUI to NDC table", Calendar.UNDATED),
    NDC_PRODUCT("ndc-product", "FDA NDC products", Calendar.UNDATED),
    NDC_PACKAGE("ndc-package", "FDA NDC packages", Calendar.UNDATED),
    CVX("cvx", "Vaccines (CVX)", Calendar.UNDATED),
    LOINC("loinc", "LOINC", Calendar.UNDATED),
    SNOMED("snomed", "SNOMED CT descriptions", Calendar.UNDATED),
    SNOMED_CONCEPTS("snomed-concepts", "SNOMED CT concepts", Calendar.UNDATED),
    SNOMED_MAP("snomed-map", "SNOMED CT to ICD-10-CM map", Calendar.UNDATED),
    CPT("cpt", "CPT", Calendar.YEAR);

    /** How the name of a release tells its first day. */
    enum Calendar {
        /** A year is that of the federal government, from October 1 of the year before. */
        FISCAL,
        /** A year begins on January 1. */
        YEAR,
        /** Version 41 is that of fiscal year 2024, 41.1 that of April in it. */
        GROUPER,
        /** The file often says nothing: without a date it is valid from the day on which it is loaded. */
        UNDATED
    }

    private final String key;
    private final String label;
    private final Calendar calendar;

    FileKind(String key, String label, Calendar calendar) {
        this.key = key;
        this.label = label;
        this.calendar = calendar;
    }

    /** Whether publishers put the same release into one archive in several forms, of which the fullest is loaded. */
    boolean hasForms() {
        return switch (this) {
            case RXNORM,
                    RXNORM_RELATIONS,
                    RXNORM_ATTRIBUTES,
                    RXNORM_ARCHIVE,
                    LOINC,
                    SNOMED,
                    SNOMED_CONCEPTS,
                    SNOMED_MAP,
                    CPT -> true;
            default -> false;
        };
    }

    /** What has the codes that a file of this kind speaks of; itself where it has them. */
    FileKind codes() {
        return switch (this) {
            case RXNORM_RELATIONS, RXNORM_ATTRIBUTES, RXNORM_ARCHIVE -> RXNORM;
            case NDC_PACKAGE -> NDC_PRODUCT;
            case SNOMED_CONCEPTS, SNOMED_MAP -> SNOMED;
            case ICD10PCS_ADDENDA -> ICD10PCS;
            case ICD10CM_ADDENDA,
                    ICD10CM_TABULAR,
                    ICD10CM_INDEX,
                    ICD10CM_EXTERNAL,
                    ICD10CM_DRUGS,
                    ICD10CM_NEOPLASM,
                    POA_EXEMPT,
                    CONVERSION,
                    MCE,
                    CC_MCC -> ICD10CM;
            default -> this;
        };
    }

    /** As reports and the database name it. */
    String key() {
        return key;
    }

    String label() {
        return label;
    }

    Calendar calendar() {
        return calendar;
    }

    /** @throws IllegalArgumentException where no kind has this key */
    static FileKind ofKey(String key) {
        for (FileKind kind : values()) {
            if (kind.key.equals(key)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no kind of file " + key);
    }
}
