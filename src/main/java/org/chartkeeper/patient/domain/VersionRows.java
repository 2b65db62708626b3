package org.chartkeeper.patient.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.chartkeeper.audit.AuditEventId;
import org.chartkeeper.patient.Demographics;
import org.chartkeeper.platform.CanonicalJson;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.UserId;
import org.chartkeeper.platform.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The append-only versions of registrations, each chained to the one before it by hash. */
@Repository
class VersionRows {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient database;

    VersionRows(JdbcClient database) {
        this.database = database;
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

    private List<Stored> query(String where, Object... values) {
        return database.sql("""
                        select patient_id, number, kind, content::text as content, facility_id, stated_by, entered_by,
                               entered_at, reason, accepted::text as accepted, source, predecessor, hash
                          from patient_version where
                        """ + where)
                .params(values)
                .query((row, index) -> {
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
                })
                .list();
    }
}
