package org.chartkeeper.patient;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.UserId;

/**
 * Makes one chart of two that are one person's. History is never rewritten: versions, signatures and events keep the
 * patient that they were written for, current rows move, and the old id leads to the survivor.
 */
public interface PatientMerges {

    /**
     * Merges an unidentified patient into the chart that was linked as probably the same person's.
     *
     * @param basedOn version of the unidentified patient's registration that was seen
     * @return the survivor
     * @throws org.chartkeeper.platform.Stale where the registration has changed since
     * @throws org.chartkeeper.platform.Rejected where no chart is linked, or the actor is who linked them: a second person
     *     merges
     */
    PatientId merge(PatientId patient, int basedOn, Filing filing);

    /** Charts that were merged into this one, oldest first. */
    List<Merged> into(PatientId survivor);

    /** Every merged patient with its survivor, for those who verify the record. */
    Map<PatientId, PatientId> all();

    /** A chart that was merged. {@code label}: what it was called and its MRNs. */
    record Merged(PatientId patient, String label, String reason, UserId by, Instant at) {}
}
