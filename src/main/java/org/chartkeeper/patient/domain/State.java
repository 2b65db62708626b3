package org.chartkeeper.patient.domain;

import java.time.Instant;
import org.chartkeeper.patient.Demographics;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.jspecify.annotations.Nullable;

/**
 * A patient's row with its current version.
 *
 * @param hash of the current version, which the next one names as its predecessor
 */
record State(
        PatientId id,
        int version,
        @Nullable PatientId mergedInto,
        @Nullable PatientId probableChart,
        @Nullable String alias,
        FacilityId facility,
        Demographics data,
        String hash,
        Instant changedAt) {}
