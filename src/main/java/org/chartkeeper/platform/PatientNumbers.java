package org.chartkeeper.platform;

import java.util.Optional;

/** Finds patients by their numbers for pages of lower floors; implemented by patient. */
public interface PatientNumbers {

    /** The patient with this MRN at a facility, the survivor where merged; with or without zeros and hyphens. */
    Optional<PatientId> byMrn(FacilityId facility, String mrn);
}
