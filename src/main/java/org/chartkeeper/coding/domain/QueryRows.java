package org.chartkeeper.coding.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.chartkeeper.coding.CodingQueries.Figures;
import org.chartkeeper.coding.CodingQueries.Query;
import org.chartkeeper.coding.CodingQueries.Shown;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PractitionerId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The tables of queries to clinicians. */
@Component
class QueryRows {

    private static final String SELECT = """
            SELECT q.*, u.name AS asked_by_name,
                   concat_ws(' ', r.prefix, left(r.given_name, 1) || '.', r.family_name) AS to_name,
                   (SELECT json_agg(json_build_object('entry', json_build_object('value', i.entry_id), 'quote', i.quote,
                                'label', i.label, 'relevance', i.relevance) ORDER BY i.position)
                    FROM coding_query_indicator i WHERE i.query_id = q.id)::text AS indicators
            FROM coding_query q
            JOIN app_user u ON u.id = q.asked_by
            JOIN practitioner r ON r.id = q.practitioner
            """;
    /** Whoever is asked may read what the question rests on. */
    private static final String SEEN = """
             AND may_see(q.patient_id)
             AND EXISTS (SELECT FROM coding_case c WHERE c.id = q.case_id
                         AND (may_see_labels(c.sensitivity)
                              OR EXISTS (SELECT FROM practitioner p WHERE p.id = q.practitioner
                                         AND p.user_id = nullif(current_setting('app.user', true), '')::uuid)))
             AND NOT EXISTS (SELECT 1 FROM coding_case_visit v
                             WHERE v.case_id = q.case_id AND NOT may_see_visit(v.encounter_id))
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    QueryRows(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** An indicator to keep. */
    record Indicator(
            UUID entry,
            int version,
            String quote,
            String label,
            @Nullable String relevance) {}

    void insert(Query query, UUID askedBy, List<Indicator> indicators) {
        jdbc.sql("""
                INSERT INTO coding_query (id, case_id, patient_id, facility_id, note_id, practitioner, kind, form, purpose,
                    title, question, options, verbal, asked_by, asked_at, due_at, state)
                VALUES (:id, :case, :patient, :facility, :note, :to, :kind, :form, :purpose, :title, :question,
                    :options::jsonb, :verbal, :by, :at, :due, 'sent')
                """)
                .param("id", query.id())
                .param("case", query.coded())
                .param("patient", query.patient().value())
                .param("facility", query.facility().value())
                .param("note", query.note() == null ? null : query.note().value(), Types.OTHER)
                .param("to", query.to().value())
                .param("kind", query.kind())
                .param("form", query.form())
                .param("purpose", query.purpose())
                .param("title", query.title())
                .param("question", query.question())
                .param("options", json.writeValueAsString(query.options()))
                .param("verbal", query.verbal())
                .param("by", askedBy)
                .param("at", CaseRows.at(query.askedAt()))
                .param("due", CaseRows.at(query.due()))
                .update();
        for (int i = 0; i < indicators.size(); i++) {
            Indicator each = indicators.get(i);
            jdbc.sql("""
                    INSERT INTO coding_query_indicator (query_id, position, entry_id, entry_version, quote, label,
                        relevance)
                    VALUES (:id, :position, :entry, :version, :quote, :label, :relevance)
                    """)
                    .param("id", query.id())
                    .param("position", i + 1)
                    .param("entry", each.entry())
                    .param("version", each.version())
                    .param("quote", each.quote())
                    .param("label", each.label())
                    .param("relevance", each.relevance())
                    .update();
        }
    }

    Optional<Query> find(UUID id) {
        return jdbc.sql(SELECT + " WHERE q.id = :id" + SEEN)
                .param("id", id)
                .query((row, number) -> query(row))
                .optional();
    }

    Optional<PatientId> patient(UUID id) {
        return jdbc.sql("SELECT patient_id FROM coding_query WHERE id = :id")
                .param("id", id)
                .query(UUID.class)
                .optional()
                .map(PatientId::new);
    }

    /** Locks a query that is to change its state; empty where it is no longer sent. */
    boolean lockSent(UUID id) {
        return jdbc.sql("SELECT 1 FROM coding_query WHERE id = :id AND state = 'sent' FOR UPDATE")
                .param("id", id)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    List<Query> of(UUID coded) {
        return jdbc.sql(SELECT + " WHERE q.case_id = :id" + SEEN + " ORDER BY q.asked_at DESC")
                .param("id", coded)
                .query((row, number) -> query(row))
                .list();
    }

    List<Query> waiting(PractitionerId practitioner, int limit) {
        return jdbc.sql(SELECT + " WHERE q.practitioner = :me AND q.state = 'sent'" + SEEN
                        + " ORDER BY q.due_at, q.id LIMIT :limit")
                .param("me", practitioner.value())
                .param("limit", limit)
                .query((row, number) -> query(row))
                .list();
    }

    List<Query> list(Collection<FacilityId> facilities, boolean open, int limit) {
        return jdbc.sql(SELECT + " WHERE q.facility_id = ANY (:facilities::uuid[])"
                        + (open ? " AND q.state = 'sent'" : "") + SEEN
                        + (open ? " ORDER BY q.due_at, q.id" : " ORDER BY q.asked_at DESC, q.id") + " LIMIT :limit")
                .param(
                        "facilities",
                        facilities.stream().map(FacilityId::toString).toArray(String[]::new))
                .param("limit", limit)
                .query((row, number) -> query(row))
                .list();
    }

    int countOverdue(Collection<FacilityId> facilities, Instant now) {
        return jdbc.sql("""
                        SELECT count(*) FROM (SELECT 1 FROM coding_query q
                        WHERE q.facility_id = ANY (:facilities::uuid[]) AND q.state = 'sent' AND q.due_at < :now
                        %s LIMIT 501) late
                        """.formatted(SEEN))
                .param(
                        "facilities",
                        facilities.stream().map(FacilityId::toString).toArray(String[]::new))
                .param("now", CaseRows.at(now))
                .query(Integer.class)
                .single();
    }

    Figures figures(Collection<FacilityId> facilities, Instant from, Instant until, Instant now) {
        return jdbc.sql("""
                        SELECT count(*) FILTER (WHERE inside) AS sent,
                               count(*) FILTER (WHERE inside AND state = 'answered') AS answered,
                               count(*) FILTER (WHERE inside AND answered_at <= due_at) AS in_time,
                               count(*) FILTER (WHERE inside AND state = 'answered' AND chosen IS DISTINCT FROM
                                   'Unable to determine') AS determined,
                               count(*) FILTER (WHERE inside AND outcome = 'codes changed') AS changed,
                               count(*) FILTER (WHERE inside AND state = 'sent') AS waiting,
                               count(*) FILTER (WHERE inside AND state IN ('withdrawn', 'returned')) AS undone,
                               count(*) FILTER (WHERE state = 'sent' AND due_at < :now) AS overdue,
                               percentile_cont(0.5) WITHIN GROUP (ORDER BY
                                   extract(epoch FROM answered_at - asked_at) / 3600)
                                   FILTER (WHERE inside AND state = 'answered') AS hours
                        FROM (SELECT q.*, q.asked_at >= :from AS inside FROM coding_query q
                              WHERE q.facility_id = ANY (:facilities::uuid[]) AND q.asked_at < :until
                                AND (q.asked_at >= :from OR q.state = 'sent') %s) q
                        """.formatted(SEEN))
                .param(
                        "facilities",
                        facilities.stream().map(FacilityId::toString).toArray(String[]::new))
                .param("from", CaseRows.at(from))
                .param("until", CaseRows.at(until))
                .param("now", CaseRows.at(now))
                .query((row, number) -> {
                    double hours = row.getDouble("hours");
                    return new Figures(
                            row.getInt("sent"),
                            row.getInt("answered"),
                            row.getInt("in_time"),
                            row.getInt("determined"),
                            row.getInt("changed"),
                            row.getInt("waiting"),
                            row.getInt("undone"),
                            row.getInt("overdue"),
                            row.getInt("answered") == 0 ? null : (int) Math.round(hours));
                })
                .single();
    }

    void answered(UUID id, String chosen, String answer, UUID by, Instant at, EntryId entry) {
        jdbc.sql("""
                UPDATE coding_query SET state = 'answered', chosen = :chosen, answer = :answer, answered_by = :by,
                    answered_at = :at, answer_entry = :entry WHERE id = :id
                """)
                .param("id", id)
                .param("chosen", chosen.isBlank() ? null : chosen)
                .param("answer", answer)
                .param("by", by)
                .param("at", CaseRows.at(at))
                .param("entry", entry.value())
                .update();
    }

    /** {@code state}: withdrawn by the coder, returned by the clinician. */
    void unanswered(UUID id, String state, String reason, Instant at) {
        jdbc.sql("UPDATE coding_query SET state = :state, withdrawn = :reason, closed_at = :at WHERE id = :id")
                .param("id", id)
                .param("state", state)
                .param("reason", reason)
                .param("at", CaseRows.at(at))
                .update();
    }

    boolean anySent(UUID coded) {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM coding_query WHERE case_id = :id AND state = 'sent')")
                .param("id", coded)
                .query(Boolean.class)
                .single();
    }

    /** What became of the codes after each answer, when a case is final. */
    void close(UUID coded, Instant at) {
        jdbc.sql("""
                UPDATE coding_query q SET closed_at = :at,
                    outcome = CASE WHEN EXISTS (SELECT 1 FROM coding_revision r WHERE r.case_id = q.case_id
                                                AND r.book = 'coder' AND r.at > q.answered_at
                                                AND r.codes <> coalesce((SELECT b.codes FROM coding_revision b
                                                        WHERE b.case_id = q.case_id AND b.book = 'coder'
                                                          AND b.at <= q.answered_at ORDER BY b.number DESC LIMIT 1),
                                                    '[]'))
                              THEN 'codes changed' ELSE 'codes unchanged' END
                WHERE q.case_id = :id AND q.state = 'answered' AND q.outcome IS NULL
                """).param("id", coded).param("at", CaseRows.at(at)).update();
    }

    /** Passes a query on; its clock begins anew. {@code escalated}: when, where that is because nobody answered. */
    void passOn(UUID id, PractitionerId to, Instant due, @Nullable Instant escalated) {
        jdbc.sql("""
                UPDATE coding_query SET practitioner = :to, due_at = :due,
                    escalated_at = coalesce(:escalated::timestamptz, escalated_at) WHERE id = :id
                """)
                .param("id", id)
                .param("to", to.value())
                .param("due", CaseRows.at(due))
                .param("escalated", CaseRows.at(escalated), Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
    }

    List<Query> overdue(Collection<FacilityId> facilities, Instant now, int limit) {
        return jdbc.sql(SELECT + " WHERE q.facility_id = ANY (:facilities::uuid[]) AND q.state = 'sent'"
                        + " AND q.due_at < :now" + SEEN + " ORDER BY q.due_at, q.id LIMIT :limit")
                .param(
                        "facilities",
                        facilities.stream().map(FacilityId::toString).toArray(String[]::new))
                .param("now", CaseRows.at(now))
                .param("limit", limit)
                .query((row, number) -> query(row))
                .list();
    }

    private Query query(ResultSet row) throws SQLException {
        UUID note = row.getObject("note_id", UUID.class);
        UUID answer = row.getObject("answer_entry", UUID.class);
        String indicators = row.getString("indicators");
        return new Query(
                row.getObject("id", UUID.class),
                row.getObject("case_id", UUID.class),
                new PatientId(row.getObject("patient_id", UUID.class)),
                new FacilityId(row.getObject("facility_id", UUID.class)),
                note == null ? null : new EntryId(note),
                new PractitionerId(row.getObject("practitioner", UUID.class)),
                row.getString("to_name"),
                row.getString("kind"),
                row.getString("form"),
                row.getString("purpose"),
                row.getString("title"),
                row.getString("question"),
                json.readValue(row.getString("options"), new TypeReference<List<String>>() {}),
                indicators == null ? List.of() : json.readValue(indicators, new TypeReference<List<Shown>>() {}),
                row.getBoolean("verbal"),
                row.getString("asked_by_name"),
                row.getObject("asked_at", OffsetDateTime.class).toInstant(),
                row.getObject("due_at", OffsetDateTime.class).toInstant(),
                CaseRows.instant(row, "escalated_at"),
                row.getString("state"),
                row.getString("chosen"),
                row.getString("answer"),
                CaseRows.instant(row, "answered_at"),
                answer == null ? null : new EntryId(answer),
                row.getString("outcome"),
                row.getString("withdrawn"));
    }
}
