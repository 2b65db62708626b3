package org.chartkeeper.chart;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.chartkeeper.platform.DepartmentId;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Slice;
import org.jspecify.annotations.Nullable;

/** Visits. Writes join the caller's transaction, record their event and keep status history. */
public interface Encounters {

    Optional<EncounterView> find(PatientId patient, EncounterId encounter);

    /** Newest first. */
    Slice<EncounterView> list(PatientId patient, @Nullable String after, int limit);

    /** Opens a visit; makes the chart visible at the facility and gives its participants their care relation. */
    EncounterId open(NewEncounter encounter);

    /**
     * Moves a visit on; names both states where that is not allowed.
     *
     * @throws org.chartkeeper.platform.Stale where it has moved on since
     */
    void moveTo(
            PatientId patient,
            EncounterId encounter,
            int version,
            String status,
            Instant at,
            @Nullable String disposition);

    /** Stores imported visits in batches, those of known (source, sourceId) only where changed. Answers ids in order. */
    List<EncounterId> importAll(String source, List<ImportedEncounter> encounters);

    /** A visit to open. */
    record NewEncounter(
            PatientId patient,
            FacilityId facility,
            @Nullable DepartmentId department,
            String klass,
            String status,
            String kind,
            @Nullable String reason,
            Instant start,
            @Nullable Instant end,
            @Nullable PractitionerId attending,
            @Nullable String location,
            @Nullable String accountNumber,
            @Nullable String admissionSource,
            @Nullable String dischargeDisposition,
            boolean selfPay,
            List<EncounterView.Participant> participants,
            @Nullable EncounterId linked) {}

    /** A visit met in an import. {@code contentHash}: of the source's resource, to see a change. */
    record ImportedEncounter(EncounterId id, String sourceId, NewEncounter encounter, String contentHash) {}
}
