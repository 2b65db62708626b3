package org.chartkeeper.platform;

import java.util.Optional;
import java.util.Set;

/** Where a merged chart went, for pages of lower floors; implemented by patient. */
public interface MergedPatients {

    /** The survivor of a patient who was merged; empty for all others. At most one statement. */
    Optional<PatientId> survivor(PatientId patient);

    /** Those who were merged into a patient; what was recorded of them is the survivor's too. One statement. */
    Set<PatientId> mergedInto(PatientId survivor);
}
