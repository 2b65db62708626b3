package org.chartkeeper.chart.note.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.chartkeeper.chart.note.NoteDrafts.Draft;
import org.chartkeeper.chart.note.NoteDrafts.Start;
import org.chartkeeper.chart.note.NoteSheet;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.UserId;
import org.chartkeeper.platform.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The table of drafts. A draft is never read without its owner and its patient. */
@Component
class DraftRows {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    DraftRows(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** The draft of this work; a new one where there is none, however many windows ask at once. */
    UUID open(UserId user, PatientId patient, Start start, @Nullable Integer basedOn, NoteSheet sheet, Instant now) {
        jdbc.sql("""
                INSERT INTO note_draft (id, user_id, patient_id, encounter_id, kind, revises, based_on,
                    content, begun_at, saved_at)
                VALUES (:id, :user, :patient, :visit, :kind, :revises, :basedOn, :content, :now, :now)
                ON CONFLICT DO NOTHING
                """)
                .param("id", Uuid7.next())
                .param("user", user.value())
                .param("patient", patient.value())
                .param("visit", start.visit() == null ? null : start.visit().value(), Types.OTHER)
                .param("kind", start.kind())
                .param(
                        "revises",
                        start.revises() == null ? null : start.revises().value(),
                        Types.OTHER)
                .param("basedOn", basedOn, Types.INTEGER)
                .param("content", json.writeValueAsString(sheet))
                .param("now", at(now))
                .update();
        return jdbc.sql("""
                SELECT id FROM note_draft
                WHERE user_id = :user AND patient_id = :patient AND encounter_id IS NOT DISTINCT FROM :visit::uuid
                  AND kind = :kind
                  AND revises IS NOT DISTINCT FROM :revises::uuid
                ORDER BY begun_in NULLS FIRST LIMIT 1
                """)
                .param("user", user.value())
                .param("patient", patient.value())
                .param("visit", text(start.visit()))
                .param("kind", start.kind())
                .param("revises", text(start.revises()))
                .query(UUID.class)
                .single();
    }

    Optional<Draft> find(UserId user, PatientId patient, UUID draft, boolean lock) {
        return jdbc.sql("SELECT * FROM note_draft WHERE id = :id AND user_id = :user AND patient_id = :patient"
                        + (lock ? " FOR UPDATE" : ""))
                .param("id", draft)
                .param("user", user.value())
                .param("patient", patient.value())
                .query((row, number) -> draft(row))
                .optional();
    }

    List<Draft> of(UserId user, PatientId patient, int limit) {
        return jdbc.sql("""
                SELECT * FROM note_draft
                WHERE user_id = :user AND patient_id = :patient
                ORDER BY saved_at DESC, id DESC LIMIT :limit
                """)
                .param("user", user.value())
                .param("patient", patient.value())
                .param("limit", limit)
                .query((row, number) -> draft(row))
                .list();
    }

    void save(UUID draft, NoteSheet sheet, Instant now) {
        jdbc.sql("UPDATE note_draft SET content = :content, number = number + 1, saved_at = :now WHERE id = :id")
                .param("content", json.writeValueAsString(sheet))
                .param("now", at(now))
                .param("id", draft)
                .update();
    }

    void rebase(UUID draft, int version) {
        jdbc.sql("UPDATE note_draft SET based_on = :version WHERE id = :id")
                .param("version", version)
                .param("id", draft)
                .update();
    }

    void remove(UUID draft) {
        jdbc.sql("DELETE FROM note_draft WHERE id = :id").param("id", draft).update();
    }

    private Draft draft(ResultSet row) throws SQLException {
        UUID visit = row.getObject("encounter_id", UUID.class);
        UUID revises = row.getObject("revises", UUID.class);
        int basedOn = row.getInt("based_on");
        return new Draft(
                row.getObject("id", UUID.class),
                new PatientId(row.getObject("patient_id", UUID.class)),
                visit == null ? null : new EncounterId(visit),
                row.getString("kind"),
                revises == null ? null : new EntryId(revises),
                revises == null ? null : basedOn,
                json.readValue(row.getString("content"), NoteSheet.class),
                row.getInt("number"),
                row.getObject("begun_at", OffsetDateTime.class).toInstant(),
                row.getObject("saved_at", OffsetDateTime.class).toInstant());
    }

    private static OffsetDateTime at(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable String text(@Nullable Object id) {
        return id == null ? null : id.toString();
    }
}
