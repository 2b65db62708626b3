package org.chartkeeper.patient.domain;

import java.util.Map;
import java.util.Set;
import org.chartkeeper.patient.PatientMergeParticipant;
import org.springframework.stereotype.Component;

/** The registration itself is versioned; only where an import finds the person moves. */
@Component
class PatientRowsMerge implements PatientMergeParticipant {

    @Override
    public Map<String, String> moved() {
        return Map.of("patient_source", "source || '|' || source_id");
    }

    @Override
    public Set<String> kept() {
        return Set.of(
                "patient_version",
                "patient_name",
                "patient_sex",
                "mrn",
                "patient_identifier",
                "patient_address",
                "patient_telecom",
                "patient_contact",
                "patient_contact_role",
                "coverage",
                "guarantor",
                "care_team_member",
                "related_patient",
                "patient_alias",
                "patient_search",
                "patient_name_token",
                "patient_recent",
                // Access merges its own.
                "patient_facility",
                "care_relation",
                "patient_restriction",
                "emergency_access",
                // The trail keeps every event as it was.
                "audit_event");
    }
}
