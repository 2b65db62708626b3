package org.chartkeeper.audit;

import java.util.Collection;
import java.util.Set;
import java.util.UUID;

/** Whether events that other tables name are in the trail, for those who verify the record. */
public interface AuditPresence {

    /** Those of the ids that no event has; one statement, for up to some hundred thousand ids. Joins the transaction. */
    Set<UUID> missing(Collection<UUID> events);
}
