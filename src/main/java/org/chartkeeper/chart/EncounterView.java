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
        @Nullable String dischargeDisposition,
        boolean selfPay,
        boolean imported,
        int version,
        List<Participant> participants) {

    /** Who took part. {@code role}: attending, referring, consulting, performing, admitting, other. */
    public record Participant(@Nullable PractitionerId practitioner, String name, String role) {}
}
