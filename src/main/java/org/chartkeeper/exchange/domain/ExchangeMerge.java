package org.chartkeeper.exchange.domain;

import java.util.Map;
import java.util.Set;
import org.chartkeeper.patient.PatientMergeParticipant;
import org.springframework.stereotype.Component;

/** What sources and other places sent goes with the chart that it is of now. */
@Component
class ExchangeMerge implements PatientMergeParticipant {

    @Override
    public Map<String, String> moved() {
        return Map.of(
                "source_identifier", "resource_type || '|' || system || '|' || value || '|' || source",
                "parked_resource", "id",
                "outside_record", "id");
    }

    @Override
    public Set<String> kept() {
        return Set.of();
    }

    /** The same record may have come for both. */
    @Override
    public String only(String table) {
        return table.equals("outside_record")
                ? "sha256 not in (select sha256 from outside_record where patient_id = :survivor)"
                : "true";
    }
}
