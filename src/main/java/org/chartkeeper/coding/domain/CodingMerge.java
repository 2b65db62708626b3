package org.chartkeeper.coding.domain;

import java.util.Map;
import java.util.Set;
import org.chartkeeper.patient.PatientMergeParticipant;
import org.springframework.stereotype.Component;

/** Cases, queries and reviews go with the visits that they are about. */
@Component
class CodingMerge implements PatientMergeParticipant {

    @Override
    public Map<String, String> moved() {
        return Map.of("coding_case", "id", "coding_query", "id", "coding_review", "id");
    }

    @Override
    public Set<String> kept() {
        return Set.of();
    }
}
