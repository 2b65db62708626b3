package org.chartkeeper.coding.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.chartkeeper.access.Directory;
import org.chartkeeper.coding.CodeIndexes;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.NotAllowed;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Slice;
import org.chartkeeper.terminology.CodeSystem;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads the indexes off the codes of final cases. */
@Service
class IndexService implements CodeIndexes {

    private static final int PHYSICIANS = 500;

    /** The codes without their dot are compared as they are published, byte by byte. */
    private static final String BARE = "replace(l.code, '.', '') COLLATE \"C\"";

    private static final String CASES = """
             c.facility_id = :facility AND c.state = 'final coded' AND c.ended_at >= :from AND c.ended_at < :until
             AND (:klass::text IS NULL OR c.klass = :klass)
            """;
    private static final String FINAL = CASES + " AND l.book = 'coder'";

    private final JdbcClient jdbc;
    private final Directory directory;

    IndexService(JdbcClient jdbc, Directory directory) {
        this.jdbc = jdbc;
        this.directory = directory;
    }

    /** Where a page of lines ended. */
    private record Key(String code, Instant ended, UUID id) {

        static @Nullable Key of(@Nullable String text) {
            String[] parts = text == null ? new String[0] : text.split("_");
            try {
                return parts.length == 3
                        ? new Key(
                                parts[0],
                                Instant.ofEpochSecond(0, Long.parseLong(parts[1]) * 1000),
                                UUID.fromString(parts[2]))
                        : null;
            } catch (IllegalArgumentException malformed) {
                return null;
            }
        }

        static String text(Line line) {
            return line.code().replace(".", "") + "_"
                    + (line.ended().getEpochSecond() * 1_000_000L + line.ended().getNano() / 1000) + "_" + line.id();
        }
    }

    @Override
    @Requires({Permission.CODING_WORK, Permission.CODING_SUPERVISE})
    @Transactional(readOnly = true)
    public Slice<Line> lines(Actor actor, Asked asked, @Nullable String after, int limit) {
        Map<String, @Nullable Object> values = values(actor, asked);
        // Put in order before anybody asks who may see them: that costs more, and is asked of as many as are shown.
        StringBuilder sql = new StringBuilder("""
                SELECT c.* FROM (
                SELECT l.id AS line, c.id, l.case_id, c.patient_id, c.sensitivity, l.system, l.code, l.display, l.role,
                       replace(l.code, '.', '') COLLATE "C" AS bare, l.poa, l.done_on, c.klass, c.started_at, c.ended_at, c.disposition,
                       CASE WHEN l.section = 'procedure' THEN coalesce(l.performer_name, c.attending_name)
                            ELSE c.attending_name END AS physician
                FROM coding_case c JOIN coding_code l ON l.case_id = c.id
                WHERE""").append(FINAL).append(" AND l.section = :section");
        values.put("section", asked.section());
        narrow(asked, sql, values);
        Key key = Key.of(after);
        if (key != null) {
            sql.append(" AND (").append(BARE).append(", c.ended_at, l.id) > (:code COLLATE \"C\", :ended, :id)");
            values.put("code", key.code);
            values.put("ended", CaseRows.at(key.ended));
            values.put("id", key.id);
        }
        sql.append(" ORDER BY ").append(BARE).append(", c.ended_at, l.id OFFSET 0) c WHERE true");
        sql.append(CaseRows.SEEN).append(" ORDER BY c.bare, c.ended_at, c.line LIMIT :limit");
        values.put("limit", limit + 1);
        ZoneId zone = zone(asked);
        List<Line> found = jdbc.sql(sql.toString())
                .params(values)
                .query((row, number) -> line(row, zone))
                .list();
        return found.size() <= limit
                ? new Slice<>(found, null)
                : new Slice<>(found.subList(0, limit), Key.text(found.get(limit - 1)));
    }

    private static void narrow(Asked asked, StringBuilder sql, Map<String, @Nullable Object> values) {
        if (asked.codes() != null) {
            // What begins with the last code lies before the last code and a tilde, the highest character of all.
            sql.append(" AND ")
                    .append(BARE)
                    .append(" >= :first AND ")
                    .append(BARE)
                    .append(" <= :last");
            values.put("first", asked.codes().first());
            values.put("last", asked.codes().last() + "~");
        }
        if (asked.principal()) {
            sql.append(" AND l.role = 'principal'");
        }
        if (asked.physician() != null) {
            sql.append(" AND (c.attending = :physician AND (l.section = 'diagnosis' OR l.performer IS NULL)"
                    + " OR l.performer = :physician)");
            values.put("physician", asked.physician().value());
        }
    }

    private Map<String, @Nullable Object> values(Actor actor, Asked asked) {
        if (!actor.facilities().contains(asked.facility())) {
            throw new NotAllowed("another facility");
        }
        ZoneId zone = zone(asked);
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("facility", asked.facility().value());
        values.put("from", CaseRows.at(asked.from().atStartOfDay(zone).toInstant()));
        values.put(
                "until", CaseRows.at(asked.to().plusDays(1).atStartOfDay(zone).toInstant()));
        values.put("klass", asked.klass());
        return values;
    }

    private ZoneId zone(Asked asked) {
        return directory
                .facility(asked.facility())
                .map(Directory.Facility::zone)
                .orElse(ZoneOffset.UTC);
    }

    private static Line line(ResultSet row, ZoneId zone) throws SQLException {
        Instant started = row.getObject("started_at", OffsetDateTime.class).toInstant();
        Instant ended = row.getObject("ended_at", OffsetDateTime.class).toInstant();
        String klass = row.getString("klass");
        long days = ChronoUnit.DAYS.between(
                started.atZone(zone).toLocalDate(), ended.atZone(zone).toLocalDate());
        String system = row.getString("system");
        return new Line(
                row.getObject("line", UUID.class),
                row.getObject("case_id", UUID.class),
                new PatientId(row.getObject("patient_id", UUID.class)),
                CodeSystem.ofKey(system).orElseThrow(),
                row.getString("code"),
                row.getString("display"),
                row.getString("role"),
                row.getString("poa"),
                row.getObject("done_on", LocalDate.class),
                klass,
                started,
                ended,
                row.getString("disposition"),
                klass.equals("inpatient") ? Math.max(1, days) : null,
                row.getString("physician"));
    }

    @Override
    @Requires({Permission.CODING_WORK, Permission.CODING_SUPERVISE})
    @Transactional(readOnly = true)
    public List<Physician> physicians(Actor actor, Asked asked) {
        Map<String, @Nullable Object> values = values(actor, asked);
        StringBuilder chosen = new StringBuilder("l.book = 'coder'");
        narrow(asked, chosen, values);
        values.put("limit", PHYSICIANS);
        return jdbc.sql("""
                        WITH c AS MATERIALIZED (
                            SELECT c.* FROM coding_case c WHERE %s %s)
                        SELECT f.who, concat_ws(' ', r.prefix, left(r.given_name, 1) || '.', r.family_name) AS name,
                               count(DISTINCT f.id) FILTER (WHERE f.attends) AS cases,
                               count(DISTINCT f.patient_id) AS patients,
                               count(DISTINCT f.line) FILTER (WHERE NOT f.attends) AS procedures
                        FROM (SELECT c.id, c.patient_id, l.id AS line, w.who, w.attends
                              FROM c JOIN coding_code l ON l.case_id = c.id
                              CROSS JOIN LATERAL (VALUES (c.attending, true),
                                  (CASE WHEN l.section = 'procedure' THEN coalesce(l.performer, c.attending) END, false))
                                  AS w (who, attends)
                              WHERE w.who IS NOT NULL AND %s) f
                        JOIN practitioner r ON r.id = f.who
                        WHERE :physician::uuid IS NULL OR f.who = :physician
                        GROUP BY f.who, r.prefix, r.given_name, r.family_name
                        ORDER BY r.family_name, r.given_name, f.who LIMIT :limit
                        """.formatted(CASES, CaseRows.SEEN, chosen))
                .params(withPhysician(asked, values))
                .query((row, number) -> new Physician(
                        new PractitionerId(row.getObject("who", UUID.class)),
                        row.getString("name"),
                        row.getInt("cases"),
                        row.getInt("patients"),
                        row.getInt("procedures")))
                .list();
    }

    private static Map<String, @Nullable Object> withPhysician(Asked asked, Map<String, @Nullable Object> values) {
        values.put(
                "physician",
                asked.physician() == null ? null : asked.physician().value());
        return values;
    }
}
