package org.chartkeeper.chart.document.domain;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.chartkeeper.platform.EntryId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The words of documents. Joins the caller's transaction. */
@Component
class TextStore {

    private final JdbcClient jdbc;

    TextStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void awaited(EntryId entry, UUID patient, Instant at) {
        jdbc.sql("""
                        INSERT INTO document_text (entry_id, patient_id, state, updated_at)
                        VALUES (:entry, :patient, 'waiting', :at)
                        ON CONFLICT (entry_id) DO UPDATE SET state = 'waiting', updated_at = excluded.updated_at
                        """)
                .param("entry", entry.value())
                .param("patient", patient)
                .param("at", Sql.at(at))
                .update();
    }

    void put(EntryId entry, String state, String body, Instant at) {
        jdbc.sql("UPDATE document_text SET state = :state, body = :body, updated_at = :at WHERE entry_id = :entry")
                .param("entry", entry.value())
                .param("state", state)
                .param("body", body)
                .param("at", Sql.at(at))
                .update();
    }

    /** A document whose words are to be read: its file. */
    record Awaited(EntryId entry, String sha256, String mediaType) {}

    Optional<Awaited> find(UUID entry) {
        return jdbc.sql("""
                        SELECT d.sha256, d.media_type FROM document_text t JOIN document d ON d.id = t.entry_id
                        WHERE t.entry_id = :entry AND t.state = 'waiting'
                        """)
                .param("entry", entry)
                .query((row, number) ->
                        new Awaited(new EntryId(entry), row.getString("sha256"), row.getString("media_type")))
                .optional();
    }
}
