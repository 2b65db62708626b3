package org.chartkeeper.access;

import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PractitionerId;
import org.jspecify.annotations.Nullable;

/** The one point where it is decided who may see what. */
public interface Access {

    /**
     * Whether the actor may open this patient's chart now. Reads only; the caller records.
     *
     * <p>Staff whose role has {@code chart.read-all} sees every chart of the facilities where it works that is not
     * restricted; a clinician sees those in whose care he or she takes part; who has {@code chart.emergency} may give a
     * reason for any other that is not hidden. Administrators see none.
     */
    Decision decideChart(Actor actor, PatientId patient);

    /** Whether the actor may open this patient's registration data. */
    Decision decideRegistration(Actor actor, PatientId patient);

    /**
     * Decides and records in one transaction of its own, before anything is read: {@code patient.view} with its section,
     * done on its basis or refused.
     *
     * @param chart false where registration data alone are to be shown
     */
    Decision decideAndRecord(Actor actor, PatientId patient, String section, boolean chart);

    /** Whether the actor may read an entry of this sensitivity; an empty label is no restriction. */
    boolean maySee(Actor actor, String sensitivity, @Nullable PractitionerId statedBy);

    /** Opens a chart for four hours by a reason; writes its own audit event. In a transaction of its own. */
    void openByReason(Actor actor, PatientId patient, String reasonCode, String reasonText);

    /** States that a patient has an MRN or a visit at a facility, which makes the chart visible to its staff. Joins the caller's transaction. */
    void patientAtFacility(PatientId patient, FacilityId facility);

    /** The same for many rows at once, for imports. */
    void patientsAtFacility(Collection<PatientId> patients, FacilityId facility);

    /** States that a practitioner takes part in a patient's care. Joins the caller's transaction; a repeat changes nothing. */
    void careRelation(CareRelation relation);

    /** The same for many at once, for imports. */
    void careRelations(Collection<CareRelation> relations);

    /**
     * Whoever takes part in one patient's care takes part in another's for a while: of two charts that are probably one
     * person's. Joins the caller's transaction.
     */
    void shareCare(PatientId from, PatientId with, Instant until);

    /**
     * Two charts become one: the survivor is where the other was, is cared for by the same and is restricted like it. The
     * other is nowhere any more, so that nobody sees it. Joins the caller's transaction.
     *
     * @return what was the other's, for the log of the merge
     */
    Presence merge(PatientId loser, PatientId survivor);

    /** Where a patient was and who took part in the care. */
    record Presence(Set<FacilityId> facilities, Set<UUID> careRelations, Set<UUID> restrictions) {}

    /**
     * Takes part in the care of a patient.
     *
     * @param kind visit, pcp, care-team, recipient, covering
     * @param encounter the visit it rests on, null for a lasting one
     * @param until when it ends, null while it lasts
     */
    record CareRelation(
            PatientId patient,
            PractitionerId practitioner,
            String kind,
            @Nullable EncounterId encounter,
            @Nullable Instant until) {}

    /** What was decided. */
    sealed interface Decision {

        /** May be opened, on this basis: {@code role}, {@code care}, {@code emergency}. */
        record Granted(String basis) implements Decision {}

        /** May be opened after a reason was given. */
        record NeedsReason() implements Decision {}

        /** Is as if not there. */
        record Hidden() implements Decision {}
    }
}
