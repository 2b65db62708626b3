package org.chartkeeper.patient;

import java.time.Instant;
import java.util.List;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.jspecify.annotations.Nullable;

/**
 * A patient's registration as it stands.
 *
 * @param version the number that a change must name
 * @param mergedInto the survivor, null where it was not merged
 * @param probableChart of an unidentified patient: the chart that is probably the same person's, merge pending
 * @param facility where the patient was registered
 */
public record Registration(
        PatientId id,
        int version,
        @Nullable PatientId mergedInto,
        @Nullable PatientId probableChart,
        FacilityId facility,
        Demographics data,
        Instant changedAt,
        List<Related> related) {

    /**
     * Another patient who belongs to this one; shown by name and MRN alone.
     *
     * @param kind what the other is to this patient: Mother, Child, Twin
     */
    public record Related(
            PatientId id,
            String kind,
            String name,
            @Nullable String mrn) {}
}
