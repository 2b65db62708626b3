package org.chartkeeper.chart;

import java.time.Instant;
import java.util.List;
import org.chartkeeper.platform.DepartmentId;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PractitionerId;
import org.jspecify.annotations.Nullable;

/**
 * A visit.
 *
 * @param klass ambulatory, inpatient, emergency, observation, virtual, home
 * @param status planned, arrived, in progress, on leave, finished, cancelled, no-show, entered in error
 * @param kind what kind of visit, in words
 * @param dischargeCode patient discharge status (UB-04, FL 17), null where not said
 * @param seriesAccount account of a series that this visit belongs to
 * @param notToPlan the patient paid in full and asked that the plan is not told (45 CFR 164.522(a)(1)(vi))
 * @param linked the visit of the mother or of the newborn
 * @param imported true where it came from an import: no update is due for it
 */
public record EncounterView(
        EncounterId id,
        PatientId patient,
        FacilityId facility,
        String facilityName,
        @Nullable DepartmentId department,
        @Nullable String departmentName,
        String klass,
        String status,
        String kind,
        @Nullable String reason,
        Instant start,
        @Nullable Instant end,
        @Nullable PractitionerId attending,
        @Nullable String attendingName,
        @Nullable String location,
        @Nullable String accountNumber,
        @Nullable String admissionSource,
        @Nullable String admissionType,
        @Nullable String dischargeDisposition,
        @Nullable String dischargeCode,
        @Nullable String seriesAccount,
        @Nullable Instant death,
        boolean selfPay,
        boolean notToPlan,
        @Nullable EncounterId linked,
        boolean imported,
        int version,
        List<Participant> participants) {

    /**
     * Who took part.
     *
     * @param role attending, referring, consulting, performing, admitting, other
     * @param from since when, null for the whole visit
     * @param until until when, null where it lasts
     */
    public record Participant(
            @Nullable PractitionerId practitioner,
            String name,
            String role,
            @Nullable Instant from,
            @Nullable Instant until) {

        /** For the whole visit. */
        public Participant(@Nullable PractitionerId practitioner, String name, String role) {
            this(practitioner, name, role, null, null);
        }
    }
}
