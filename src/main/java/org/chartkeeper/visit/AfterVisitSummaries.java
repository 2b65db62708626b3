package org.chartkeeper.visit;

import java.time.Instant;
import java.util.List;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;

/**
 * After-visit summaries: what a patient takes home of a visit, in words for the patient. It is drafted from the chart as it
 * is in force, edited by a person, and kept in the record word for word as it was given.
 */
public interface AfterVisitSummaries {

    /**
     * A draft of what the chart holds: the reason and the diagnoses of the visit, every active drug, every allergy, what was
     * ordered. What waits for a signature is left as it was and said to be under review.
     *
     * @throws org.chartkeeper.platform.NotFound where this patient has no such visit
     */
    Sheet draft(Actor actor, PatientId patient, EncounterId visit);

    /**
     * Keeps a summary as a document of the visit, as it was given.
     *
     * @param key of the form; a repeated submit answers the same document
     * @return the document's entry
     * @throws org.chartkeeper.platform.Rejected where nothing is written in it
     * @throws org.chartkeeper.platform.NotFound where this patient has no such visit
     */
    EntryId give(Actor actor, PatientId patient, EncounterId visit, String key, Sheet sheet);

    /** What was given of this visit, newest first. */
    List<Given> given(Actor actor, PatientId patient, EncounterId visit);

    /**
     * The words of a summary that was given.
     *
     * @throws org.chartkeeper.platform.NotFound where it is no summary of this visit or hidden from the actor
     */
    String text(Actor actor, PatientId patient, EncounterId visit, EntryId summary);

    /** The parts of a summary; each may have several lines. */
    record Sheet(
            String reason, String findings, String medicines, String allergies, String next, String instructions) {}

    /** A summary that was given. */
    record Given(EntryId entry, Instant at, String by) {}
}
