package org.chartkeeper.audit.domain;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which PostgreSQL cluster this is; asked once, because it stays the same while its data do. */
@Component
class Cluster {

    private final JdbcClient database;
    private volatile long id;

    Cluster(JdbcClient database) {
        this.database = database;
    }

    long id() {
        if (id == 0) {
            id = database.sql("select audit_cluster()").query(Long.class).single();
        }
        return id;
    }
}
