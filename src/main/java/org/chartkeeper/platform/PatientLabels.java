package org.chartkeeper.platform;

import java.util.Collection;
import java.util.Map;

/** Names of patients for pages of lower floors; implemented by patient. */
public interface PatientLabels {

    /** "Surname, Given" by patient, only for those that the actor may see. One statement. */
    Map<PatientId, String> labels(Actor actor, Collection<PatientId> patients);
}
