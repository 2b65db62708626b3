package org.chartkeeper.audit;

import java.util.List;

/** Seals the audit trail and proves that nothing in it was changed, removed or put in later. */
public interface AuditSeals {

    /**
     * Seals what has been recorded by transactions that are over.
     *
     * @return how many events were sealed; 0 where there were none
     */
    int seal();

    /** Reads the whole trail again: the hash of every event, the tree of every seal, the chain of the seals. */
    Verification verify();

    /**
     * What was found.
     *
     * @param events how many events were read
     * @param seals how many seals were read
     * @param unsealed how many events wait for the next seal
     * @param findings what does not match, at most 1,000; empty where all is as it was written
     */
    record Verification(long events, long seals, long unsealed, List<Finding> findings) {

        public boolean intact() {
            return findings.isEmpty();
        }
    }

    /**
     * Something that does not match.
     *
     * @param subject {@code event} or {@code seal}
     * @param id the event's id or the seal's number
     */
    record Finding(String subject, String id, String what) {}
}
