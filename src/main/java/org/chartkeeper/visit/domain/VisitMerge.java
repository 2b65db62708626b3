package org.chartkeeper.visit.domain;

import java.util.Map;
import java.util.Set;
import org.chartkeeper.patient.PatientMergeParticipant;
import org.springframework.stereotype.Component;

/** Updates and questions go with their visits; what was posted stays as it was posted. */
@Component
class VisitMerge implements PatientMergeParticipant {

    @Override
    public Map<String, String> moved() {
        return Map.of("visit_update", "id", "visit_question", "id");
    }

    @Override
    public Set<String> kept() {
        return Set.of("visit_posting");
    }
}
