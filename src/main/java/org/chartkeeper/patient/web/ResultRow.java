package org.chartkeeper.patient.web;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.chartkeeper.patient.PatientSearch;
import org.chartkeeper.patient.PatientSummary;
import org.chartkeeper.platform.PartialDate;
import org.jspecify.annotations.Nullable;

/**
 * A patient in a list.
 *
 * @param born as shown; {@code bornOn} where it is known to the day
 * @param mrns each with its facility
 */
record ResultRow(
        String path,
        String name,
        @Nullable String preferred,
        @Nullable String formerly,
        boolean sameName,
        String born,
        @Nullable LocalDate bornOn,
        @Nullable Instant bornAt,
        String sex,
        boolean dead,
        @Nullable LocalDate died,
        boolean identityUnknown,
        List<PatientSummary.Mrn> mrns,
        String pcp,
        int score,
        String because,
        String id) {

    static ResultRow of(PatientSearch.Hit hit) {
        return of(hit.patient(), hit.formerly(), hit.sameName(), 0, "");
    }

    static ResultRow of(PatientSummary patient) {
        return of(patient, null, false, 0, "");
    }

    static ResultRow of(
            PatientSummary patient, @Nullable String formerly, boolean sameName, int score, String because) {
        LocalDate died =
                PartialDate.find(patient.deceased()).map(PartialDate::to).orElse(null);
        return new ResultRow(
                "/patients/" + patient.id(),
                patient.label(),
                patient.preferred(),
                formerly,
                sameName,
                PartialDate.find(patient.birthDate()).map(PartialDate::show).orElse("unknown"),
                patient.bornOn(),
                patient.birthTime(),
                patient.sex(),
                patient.deceased() != null,
                died,
                patient.identityUnknown(),
                patient.mrns(),
                patient.pcp() == null ? "" : patient.pcp(),
                score,
                because,
                patient.id().toString());
    }
}
