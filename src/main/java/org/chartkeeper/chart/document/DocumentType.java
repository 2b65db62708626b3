package org.chartkeeper.chart.document;

import org.jspecify.annotations.Nullable;

/**
 * A kind of document, as the catalogue has it.
 *
 * @param key stable; what documents of the record name
 * @param section which the documents of a chart are listed by
 * @param loinc code of the LOINC document ontology, null where none fits
 * @param legalRecord whether it is part of the legal health record
 * @param recordSet whether it is part of the designated record set (45 CFR 164.501)
 * @param sensitivity label that each such document gets, empty for none
 * @param retention record, administrative, permanent
 * @param needsSignature whether it counts only with a signature on it
 * @param closes the deficiency that it closes, null for none
 * @param directive which kind of consent or directive it is, null for any other document
 */
public record DocumentType(
        String key,
        String title,
        DocumentSection section,
        @Nullable String loinc,
        boolean legalRecord,
        boolean recordSet,
        String sensitivity,
        String retention,
        boolean needsSignature,
        @Nullable String closes,
        @Nullable String directive) {}
