package org.chartkeeper.exchange.domain.fhir;

import java.util.UUID;
import org.chartkeeper.chart.Concept;
import org.jspecify.annotations.Nullable;

/**
 * What a reference leads to.
 *
 * @param kind entry, encounter, patient, practitioner, directory, other
 * @param patient whose it is, null for what belongs to nobody
 * @param name as shown, of a directory entry
 * @param concept of a Medication
 */
record Target(
        String kind,
        UUID id,
        @Nullable UUID patient,
        @Nullable String name,
        @Nullable Concept concept) {

    static Target of(String kind, UUID id, @Nullable UUID patient) {
        return new Target(kind, id, patient, null, null);
    }
}
