package org.chartkeeper.audit;

/** Writes the audit trail. Events carry ids, never clinical content, names or words that were searched for. */
public interface AuditTrail {

    /**
     * Records in the caller's transaction, so that there is no change without its event.
     *
     * @return the event's id, which versions of entries name
     * @throws IllegalStateException outside a transaction
     */
    AuditEventId record(AuditEvent event);

    /** Records in a transaction of its own: a refusal after the rollback, a read before it is read. Never inside one. */
    AuditEventId recordAlone(AuditEvent event);
}
