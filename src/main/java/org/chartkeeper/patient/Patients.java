package org.chartkeeper.patient;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.jspecify.annotations.Nullable;

/** Who the patient is, for other modules. */
public interface Patients {

    /** The person of a banner, a list row or a print; empty where unknown. A merged patient answers the survivor. At most two statements. */
    Optional<PatientSummary> find(PatientId patient);

    /** The same for many, in one or two statements; unknown ones are left out. */
    Map<PatientId, PatientSummary> summaries(Collection<PatientId> patients);

    /** The patient who carries this identifier of this assigner now, the survivor where merged. Exact match only. */
    Optional<PatientId> byIdentifier(String assigner, String value);

    /** The patient with this MRN at a facility, written with or without zeros and hyphens. */
    Optional<PatientId> byMrn(FacilityId facility, String mrn);

    /**
     * Takes a patient from an import: one that carries an (assigner, identifier) known here is that patient, any other is
     * new; new ones get an MRN at the facility. A patient changed here since is not overwritten. Joins the caller's
     * transaction; records one event.
     */
    Imported importPatient(ImportedPatient patient, FacilityId facility, String source);

    /** What became of an imported patient. */
    record Imported(PatientId id, Outcome outcome, List<PatientId> likelyDuplicates) {

        /** KEPT: differs, but was changed here since and stays as it is. */
        public enum Outcome {
            STORED,
            UPDATED,
            UNCHANGED,
            KEPT
        }
    }

    /** Stores coverage, related persons and care-team links met in an import; replaces those of the same source and id. */
    void importCoverage(PatientId patient, String source, List<ImportedCoverage> coverages);

    /** Stores related persons met in an import; replaces those of the same source and id. */
    void importRelated(PatientId patient, String source, List<ImportedRelated> related);

    /** Coverage met in an import; dates as ISO text, possibly partial. */
    record ImportedCoverage(
            String sourceId,
            String payer,
            @Nullable String plan,
            @Nullable String memberId,
            @Nullable String groupNumber,
            @Nullable String subscriber,
            @Nullable String relationship,
            @Nullable String from,
            @Nullable String until) {}

    /** A related person met in an import. */
    record ImportedRelated(
            String sourceId,
            String name,
            @Nullable String relationship,
            @Nullable String phone,
            @Nullable String from,
            @Nullable String until) {}
}
