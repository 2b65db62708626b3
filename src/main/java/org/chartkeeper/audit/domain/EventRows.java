package org.chartkeeper.audit.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Reads rows of the trail. */
final class EventRows {

    static final String COLUMNS = """
            occurred_at, id, facility_id, actor_id, role, session_hash, address, node, patient_id, subject_type,
            subject_id, subject_version, action, outcome, reason, count, details, cluster, transaction_id,
            application_version, hash
            """;

    private EventRows() {}

    static EventForm form(ResultSet row) throws SQLException {
        return new EventForm(
                row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                row.getObject("id", UUID.class),
                row.getObject("facility_id", UUID.class),
                row.getObject("actor_id", UUID.class),
                row.getString("role"),
                row.getString("session_hash"),
                row.getString("address"),
                row.getString("node"),
                row.getObject("patient_id", UUID.class),
                row.getString("subject_type"),
                row.getString("subject_id"),
                row.getObject("subject_version", Integer.class),
                row.getString("action"),
                row.getString("outcome"),
                row.getString("reason"),
                row.getObject("count", Integer.class),
                row.getString("details"),
                row.getLong("cluster"),
                row.getString("application_version"));
    }
}
