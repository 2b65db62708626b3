package org.chartkeeper.patient.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.chartkeeper.audit.AuditEventId;
import org.chartkeeper.patient.Demographics;
import org.chartkeeper.platform.CanonicalJson;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.UserId;
import org.chartkeeper.platform.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The append-only versions of registrations, each chained to the one before it by hash. */
@Repository
class VersionRows {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String COLUMNS = """
            v.patient_id, v.number, v.kind, v.content::text as content, v.facility_id, v.stated_by, v.entered_by,
            v.entered_at, v.reason, v.accepted::text as accepted, v.source, v.predecessor, v.hash
            """;
    private static final int FETCH = 1_000;

    private final JdbcClient database;
    private final JdbcTemplate streaming;

    VersionRows(JdbcClient database, DataSource source) {
        this.database = database;
        this.streaming = new JdbcTemplate(source);
        this.streaming.setFetchSize(FETCH);
    }

    /**
     * A version as it stands in the table.
     *
     * @param accepted unlikely values that were accepted and why; null where there were none
     * @param predecessor hash of the version before it, null for the first
     */
    record Version(
            PatientId patient,
            int number,
            String kind,
            String content,
            FacilityId facility,
            String statedBy,
            UserId enteredBy,
            Instant enteredAt,
            @Nullable String reason,
            @Nullable Accepted accepted,
            @Nullable String source,
            @Nullable String predecessor) {

        /** SHA-256 over the canonical JSON of all of it, the content by its own hash. */
        String hash() {
            Map<String, @Nullable Object> members = new HashMap<>();
            members.put("patient", patient);
            members.put("number", number);
            members.put("kind", kind);
            members.put("content", CanonicalJson.sha256(content));
            members.put("facility", facility);
            members.put("statedBy", statedBy);
            members.put("enteredBy", enteredBy);
            members.put("enteredAt", enteredAt);
            members.put("reason", reason);
            members.put("accepted", accepted);
            members.put("source", source);
            members.put("predecessor", predecessor);
            return CanonicalJson.sha256(CanonicalJson.of(members));
        }
    }

    /** Warnings that were accepted, and why. */
    record Accepted(List<String> warnings, String because) {}

    /** A version with the hash that was stored beside it. */
    record Stored(Version version, String hash) {

        boolean intact() {
            return version.hash().equals(hash);
        }

        Demographics data() {
            return Contents.read(version.content());
        }
    }

    /**
     * A version as a check reads it.
     *
     * @param intact whether its hash is that of what stands there
     * @param recorded whether the audit trail has the event that made it
     * @param current at which version the patient stands; 0 where there is no such patient
     */
    record Checked(
            PatientId patient,
            int number,
            @Nullable String predecessor,
            String hash,
            boolean intact,
            boolean recorded,
            int current) {}

    /** Appends a version; answers its hash. */
    String append(Version version, AuditEventId event) {
        String hash = version.hash();
        database.sql("""
                        insert into patient_version (id, patient_id, number, kind, content, facility_id, stated_by,
                                    entered_by, entered_at, reason, accepted, source, predecessor, hash, audit_event)
                        values (?, ?, ?, ?, ?::json, ?, ?, ?, ?, ?, ?::json, ?, ?, ?, ?)
                        """).params(values(version, hash, event)).update();
        return hash;
    }

    private static List<@Nullable Object> values(Version version, String hash, AuditEventId event) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(Uuid7.next());
        values.add(version.patient().value());
        values.add(version.number());
        values.add(version.kind());
        values.add(version.content());
        values.add(version.facility().value());
        values.add(version.statedBy());
        values.add(version.enteredBy().value());
        values.add(Sql.moment(version.enteredAt()));
        values.add(version.reason());
        values.add(version.accepted() == null ? null : CanonicalJson.of(version.accepted()));
        values.add(version.source());
        values.add(version.predecessor());
        values.add(hash);
        values.add(event.value());
        return values;
    }

    /** All versions of a patient, oldest first. */
    List<Stored> all(PatientId patient) {
        return query("patient_id = ? order by number", patient.value());
    }

    Optional<Stored> find(PatientId patient, int number) {
        return query("patient_id = ? and number = ?", patient.value(), number).stream()
                .findFirst();
    }

    /** Every version of every patient, in the order of their chains; the rows are streamed. */
    void each(Consumer<Checked> visitor) {
        streaming.query("select " + COLUMNS + """
                        , (select p.version from patient p where p.id = v.patient_id) as current,
                          exists (select 1 from audit_event e
                                   where e.id = v.audit_event and e.patient_id = v.patient_id) as recorded
                          from patient_version v order by v.patient_id, v.number
                        """, row -> {
            visitor.accept(new Checked(
                    Sql.patient(row, "patient_id"),
                    row.getInt("number"),
                    row.getString("predecessor"),
                    row.getString("hash"),
                    intact(row),
                    row.getBoolean("recorded"),
                    row.getInt("current")));
        });
    }

    /** What cannot even be read is not what was written. */
    private static boolean intact(ResultSet row) throws SQLException {
        try {
            Stored stored = stored(row);
            Accepted accepted = stored.version().accepted();
            return stored.intact()
                    && Objects.equals(row.getString("accepted"), accepted == null ? null : CanonicalJson.of(accepted));
        } catch (JacksonException unreadable) {
            return false;
        }
    }

    private List<Stored> query(String where, Object... values) {
        return database.sql("select " + COLUMNS + " from patient_version v where " + where)
                .params(values)
                .query((row, index) -> stored(row))
                .list();
    }

    private static Stored stored(ResultSet row) throws SQLException {
        String accepted = row.getString("accepted");
        return new Stored(
                new Version(
                        Sql.patient(row, "patient_id"),
                        row.getInt("number"),
                        row.getString("kind"),
                        row.getString("content"),
                        new FacilityId(row.getObject("facility_id", UUID.class)),
                        row.getString("stated_by"),
                        new UserId(row.getObject("entered_by", UUID.class)),
                        Sql.instant(row, "entered_at"),
                        row.getString("reason"),
                        accepted == null ? null : JSON.readValue(accepted, Accepted.class),
                        row.getString("source"),
                        row.getString("predecessor")),
                row.getString("hash"));
    }
}
