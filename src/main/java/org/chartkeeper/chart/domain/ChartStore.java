package org.chartkeeper.chart.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.platform.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The record's tables as writer and signing need them. */
@Component
class ChartStore {

    static final Table VERSIONS = Table.of(
            "entry_version",
            "entry_id uuid, number integer, patient_id uuid, type text, kind text, content json, content_sha256 bytea,"
                    + " event_at timestamptz, event_precision text, stated_by text, stated_by_practitioner uuid,"
                    + " stated_by_name text, stated_at timestamptz, entered_by uuid, entered_at timestamptz,"
                    + " reason text, source_kind text, source_reference text, source_place text, predecessor bytea,"
                    + " hash bytea, audit_event uuid, facility_id uuid, encounter_id uuid");

    static final Table LABELS = Table.of(
            "entry_label",
            "id uuid, entry_id uuid, patient_id uuid, label text, put boolean, basis text, reason text, by_user uuid,"
                    + " at timestamptz, audit_event uuid");

    private final JdbcClient jdbc;
    private final RowWriter rows;

    ChartStore(JdbcClient jdbc, RowWriter rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    /** What the writer must know of a visit. */
    record Visit(
            UUID patient,
            @Nullable UUID department,
            @Nullable UUID attending,
            String sensitivity) {}

    /**
     * The versions of an entry that a change is judged by.
     *
     * @param inForce null where nothing is in force yet
     */
    record Loaded(
            byte[] newestHash, Content newest, @Nullable Content inForce) {}

    /** What stands on a patient's lists, to see a duplicate. */
    record Listed(
            UUID id,
            UUID patient,
            String type,
            String title,
            @Nullable String system,
            @Nullable String code,
            boolean noneKnown,
            String sensitivity,
            @Nullable UUID statedBy) {

        String sameness() {
            return code == null || system == null
                    ? title.strip().toLowerCase(java.util.Locale.ROOT)
                    : system + "|" + code;
        }
    }

    /** What became of a version that waited for a signature. */
    record Disposition(
            UUID entry,
            int number,
            UUID patient,
            String kind,
            UUID user,
            Instant at,
            String comment,
            @Nullable UUID passedTo) {}

    Map<UUID, Visit> visits(Collection<UUID> ids) {
        Map<UUID, Visit> found = new HashMap<>();
        if (!ids.isEmpty()) {
            jdbc.sql(
                            "SELECT id, patient_id, department_id, attending, sensitivity FROM encounter WHERE id = ANY (?::uuid[])")
                    .param(Sql.uuids(ids))
                    .query(row -> {
                        found.put(
                                Sql.uuid(row, "id"),
                                new Visit(
                                        Sql.uuid(row, "patient_id"),
                                        Sql.uuidOrNull(row, "department_id"),
                                        Sql.uuidOrNull(row, "attending"),
                                        row.getString("sensitivity")));
                    });
        }
        return found;
    }

    /** After the headers were locked: in a statement of its own, so that it sees what was committed meanwhile. */
    Map<UUID, Loaded> load(Collection<UUID> ids) {
        Map<UUID, Loaded> found = new HashMap<>();
        jdbc.sql("""
                SELECT e.id, n.hash, n.content::text AS newest, f.content::text AS in_force
                FROM entry e
                JOIN entry_version n ON n.entry_id = e.id AND n.number = e.current_version
                LEFT JOIN entry_version f ON f.entry_id = e.id AND f.number = e.in_force_version
                WHERE e.id = ANY (?::uuid[])
                """).param(Sql.uuids(ids)).query(row -> {
            String inForce = row.getString("in_force");
            found.put(
                    Sql.uuid(row, "id"),
                    new Loaded(
                            row.getBytes("hash"),
                            ContentJson.read(row.getString("newest")),
                            inForce == null ? null : ContentJson.read(inForce)));
        });
        return found;
    }

    List<Listed> listed(Collection<UUID> patients) {
        return jdbc.sql("""
                SELECT e.id, e.patient_id, e.type, e.title, e.code_system, e.code, e.sensitivity, e.stated_by_practitioner,
                       coalesce(a.kind, '') = 'none-known' AS none
                FROM entry e
                LEFT JOIN allergy a ON a.id = e.id AND e.type = 'allergy'
                WHERE e.patient_id = ANY (?::uuid[]) AND e.listed
                  AND e.type IN ('condition', 'allergy', 'medication-order', 'medication-statement')
                """)
                .param(Sql.uuids(patients))
                .query((row, number) -> new Listed(
                        Sql.uuid(row, "id"),
                        Sql.uuid(row, "patient_id"),
                        row.getString("type"),
                        row.getString("title"),
                        row.getString("code_system"),
                        row.getString("code"),
                        row.getBoolean("none"),
                        row.getString("sensitivity"),
                        Sql.uuidOrNull(row, "stated_by_practitioner")))
                .list();
    }

    void insert(
            List<@Nullable String[]> headers,
            List<@Nullable String[]> versions,
            Map<EntryType, List<@Nullable String[]>> typedNew,
            Map<EntryType, List<@Nullable String[]>> typedChanged,
            List<@Nullable String[]> labels) {
        rows.insert(EntryEntity.ROWS, headers);
        rows.insert(VERSIONS, versions);
        rows.insert(LABELS, labels);
        for (Map.Entry<EntryType, List<@Nullable String[]>> typed : typedNew.entrySet()) {
            rows.insert(TypedRows.table(typed.getKey()), typed.getValue());
        }
        for (Map.Entry<EntryType, List<@Nullable String[]>> typed : typedChanged.entrySet()) {
            rows.update(TypedRows.table(typed.getKey()), typed.getValue());
        }
    }

    void updateTyped(EntryEntity entry, Content content) {
        rows.update(TypedRows.table(entry.entryType()), List.<@Nullable String[]>of(typedRow(entry, content)));
    }

    void insertVersion(VersionRow version, UUID event) {
        byte[] contentHash = version.contentHash();
        rows.insert(
                VERSIONS,
                List.<@Nullable String[]>of(versionRow(version, contentHash, version.hash(contentHash), event)));
    }

    void dispose(Disposition disposition, UUID event) {
        jdbc.sql("""
                INSERT INTO version_disposition
                    (id, entry_id, number, patient_id, kind, by_user, at, comment, passed_to, audit_event)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::uuid, ?)
                """)
                .param(Uuid7.next())
                .param(disposition.entry())
                .param(disposition.number())
                .param(disposition.patient())
                .param(disposition.kind())
                .param(disposition.user())
                .param(Timestamp.from(disposition.at()))
                .param(Texts.clean(disposition.comment()))
                .param(
                        disposition.passedTo() == null
                                ? null
                                : disposition.passedTo().toString())
                .param(event)
                .update();
    }

    static @Nullable String[] typedRow(EntryEntity entry, Content content) {
        return TypedRows.row(
                entry.id,
                entry.patientId,
                content,
                entry.eventAt,
                !entry.sourceKind.equals("import") && !Sensitivity.closed(entry.sensitivity),
                TypedRows.Force.of(entry));
    }

    static @Nullable String[] versionRow(VersionRow version, byte[] contentHash, byte[] hash, @Nullable UUID event) {
        byte[] predecessor = version.predecessor();
        return new @Nullable String[] {
            version.entry().toString(),
            Integer.toString(version.number()),
            version.patient().toString(),
            version.type(),
            version.kind(),
            version.content(),
            bytes(contentHash),
            version.event().toString(),
            version.eventPrecision(),
            version.statedBy(),
            version.statedByPractitioner() == null
                    ? null
                    : version.statedByPractitioner().toString(),
            version.statedByName(),
            version.statedAt().toString(),
            version.enteredBy().toString(),
            version.enteredAt().toString(),
            version.reason(),
            version.sourceKind(),
            version.sourceReference(),
            version.sourcePlace(),
            predecessor == null ? null : bytes(predecessor),
            bytes(hash),
            event == null ? null : event.toString(),
            version.facility() == null ? null : version.facility().toString(),
            version.encounter() == null ? null : version.encounter().toString()
        };
    }

    private static String bytes(byte[] value) {
        return "\\x" + VersionRow.hex(value);
    }

    /** A version as stored, from a row with all its columns. */
    static VersionRow version(ResultSet row) throws SQLException {
        return new VersionRow(
                Sql.uuid(row, "entry_id"),
                Sql.uuid(row, "patient_id"),
                Sql.uuidOrNull(row, "facility_id"),
                Sql.uuidOrNull(row, "encounter_id"),
                row.getString("type"),
                row.getInt("number"),
                row.getString("kind"),
                row.getString("content"),
                Sql.instant(row, "event_at"),
                row.getString("event_precision"),
                row.getString("stated_by"),
                Sql.uuidOrNull(row, "stated_by_practitioner"),
                row.getString("stated_by_name"),
                Sql.instant(row, "stated_at"),
                Sql.uuid(row, "entered_by"),
                Sql.instant(row, "entered_at"),
                row.getString("reason"),
                row.getString("source_kind"),
                row.getString("source_reference"),
                row.getString("source_place"),
                row.getBytes("predecessor"));
    }
}
