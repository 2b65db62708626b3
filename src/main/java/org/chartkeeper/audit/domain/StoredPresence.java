package org.chartkeeper.audit.domain;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.chartkeeper.audit.AuditPresence;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class StoredPresence implements AuditPresence {

    private final JdbcClient database;

    StoredPresence(JdbcClient database) {
        this.database = database;
    }

    @Override
    @Requires(Permission.SYSTEM_STATUS)
    @Transactional(readOnly = true)
    public Set<UUID> missing(Collection<UUID> events) {
        if (events.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(database.sql("""
                        select named.id from unnest(cast(:ids as uuid[])) as named (id)
                        where not exists (select from audit_event e where e.id = named.id)
                        """)
                .param("ids", events.stream().map(UUID::toString).toArray(String[]::new))
                .query(UUID.class)
                .list());
    }
}
