package org.chartkeeper.audit;

import java.util.UUID;

/** An event of the audit trail. */
public record AuditEventId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
