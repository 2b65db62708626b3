package org.chartkeeper.chart;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;

/**
 * Which disclosures had contained entries that turn out to belong to somebody else. Whoever keeps disclosures implements
 * it; the answer is recorded with the move, so that a breach can be judged (45 CFR 164.402).
 */
public interface DisclosureLookup {

    /** Disclosures of this patient's record that contained any of these entries; empty where none did. One statement. */
    List<Disclosed> containing(PatientId patient, Collection<EntryId> entries);

    /**
     * An entry that left the house.
     *
     * @param disclosure public number of the disclosure
     * @param recipient as shown
     */
    record Disclosed(EntryId entry, String disclosure, String recipient, Instant at) {}
}
