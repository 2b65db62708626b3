package org.chartkeeper.chart;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.chartkeeper.platform.DepartmentId;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Slice;
import org.jspecify.annotations.Nullable;

/**
 * Visits. Writes join the caller's transaction, record their event and keep the history of what they change. A visit to a
 * closed program is as if not there for who may not see that program and took no part in it (42 CFR 2.12(a)).
 */
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

    /**
     * Changes the class of a visit that is under way: from observation to inpatient by an order.
     *
     * @param from when the new class begins to count
     * @param orderedAt when it was ordered, null where no order says so
     */
    void reclassify(
            PatientId patient,
            EncounterId encounter,
            int version,
            String klass,
            Instant from,
            @Nullable Instant orderedAt,
            @Nullable PractitionerId orderedBy);

    /** Another place, service or department from a moment on; the former ones keep their times. */
    void transfer(
            PatientId patient,
            EncounterId encounter,
            int version,
            @Nullable DepartmentId department,
            @Nullable String location,
            @Nullable String service,
            Instant at);

    /**
     * The visit was registered at the wrong department. A correction, not a transfer: it was at the right one all along. What
     * stood stays in the history of the visit.
     *
     * @throws org.chartkeeper.platform.Rejected where either department puts a label of sensitivity on what is written at
     *     it: such a visit is looked at by itself
     */
    void correctDepartment(
            PatientId patient, EncounterId encounter, int version, DepartmentId department, String reason);

    /** Hands a visit over to another attending from a moment on; the former one keeps the time before. */
    void handOver(PatientId patient, EncounterId encounter, int version, PractitionerId attending, Instant at);

    /** States who pays for a visit: coverages as they applied then, or the patient. */
    void paidBy(
            PatientId patient,
            EncounterId encounter,
            int version,
            boolean selfPay,
            boolean notToPlan,
            List<AppliedCoverage> coverages);

    /** How a visit went: states, classes and places with their times, and the coverages that applied; one statement each. */
    Course course(PatientId patient, EncounterId encounter);

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
            @Nullable EncounterId linked,
            Details details) {

        /** Without the details of a hospital visit. */
        public NewEncounter(
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
                @Nullable EncounterId linked) {
            this(
                    patient,
                    facility,
                    department,
                    klass,
                    status,
                    kind,
                    reason,
                    start,
                    end,
                    attending,
                    location,
                    accountNumber,
                    admissionSource,
                    dischargeDisposition,
                    selfPay,
                    participants,
                    linked,
                    Details.NONE);
        }

        public NewEncounter with(Details more) {
            return new NewEncounter(
                    patient,
                    facility,
                    department,
                    klass,
                    status,
                    kind,
                    reason,
                    start,
                    end,
                    attending,
                    location,
                    accountNumber,
                    admissionSource,
                    dischargeDisposition,
                    selfPay,
                    participants,
                    linked,
                    more);
        }
    }

    /**
     * What hospital visits and payers need beside.
     *
     * @param admissionType emergency, urgent, elective, newborn, trauma, not available (UB-04, FL 14)
     * @param dischargeCode two digits (UB-04, FL 17)
     * @param death of the patient during the visit
     * @param orderedAt when the class was ordered
     * @param service clinical service at the beginning
     * @param notToPlan the plan is not to be told of this visit
     */
    record Details(
            @Nullable String admissionType,
            @Nullable String dischargeCode,
            @Nullable String seriesAccount,
            @Nullable Instant death,
            @Nullable Instant orderedAt,
            @Nullable String service,
            boolean notToPlan,
            List<AppliedCoverage> coverages) {

        public static final Details NONE = new Details(null, null, null, null, null, null, false, List.of());

        public Details {
            coverages = List.copyOf(coverages);
        }
    }

    /**
     * A coverage as it applied to a visit.
     *
     * @param rank 1 for the primary one
     * @param coverage id of the part of the registration
     */
    record AppliedCoverage(
            int rank,
            UUID coverage,
            String payer,
            @Nullable String plan,
            @Nullable String memberId) {}

    /** How a visit went, each list from the beginning. */
    record Course(
            List<Step> states,
            List<Step> classes,
            List<Step> places,
            List<AppliedCoverage> coverages,
            List<DepartmentWas> departments) {}

    /**
     * A department that was corrected.
     *
     * @param was name of the department that stood before; "none" where none did
     */
    record DepartmentWas(String was, String reason, Instant at) {}

    /**
     * A state, class or place of a visit.
     *
     * @param what its word; a place with its service
     * @param ordered when it was ordered, null where it was not
     */
    record Step(
            String what,
            Instant from,
            @Nullable Instant until,
            @Nullable Instant ordered) {}

    /** A visit met in an import. {@code contentHash}: of the source's resource, to see a change. */
    record ImportedEncounter(EncounterId id, String sourceId, NewEncounter encounter, String contentHash) {}
}
