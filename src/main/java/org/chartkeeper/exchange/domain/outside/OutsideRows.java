package org.chartkeeper.exchange.domain.outside;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of outside records and of what was decided about their lines. */
@Repository
class OutsideRows {

    private final JdbcClient database;

    OutsideRows(JdbcClient database) {
        this.database = database;
    }

    record Row(
            UUID id,
            FacilityId facility,
            String sha256,
            long size,
            String title,
            String custodian,
            @Nullable String writtenOn,
            int lines,
            @Nullable String differences,
            @Nullable String samePerson,
            UserId receivedBy,
            Instant receivedAt,
            int version) {

        private static Row of(ResultSet row, int number) throws SQLException {
            return new Row(
                    row.getObject("id", UUID.class),
                    new FacilityId(row.getObject("facility_id", UUID.class)),
                    row.getString("sha256"),
                    row.getLong("size"),
                    row.getString("title"),
                    row.getString("custodian"),
                    row.getString("written_on"),
                    row.getInt("lines"),
                    row.getString("differences"),
                    row.getString("same_person"),
                    new UserId(row.getObject("received_by", UUID.class)),
                    row.getTimestamp("received_at").toInstant(),
                    row.getInt("version"));
        }
    }

    /** What became of a line. */
    record Decided(
            String line,
            String decision,
            @Nullable String reason,
            @Nullable EntryId entry,
            UserId by,
            Instant at) {

        private static Decided of(ResultSet row, int number) throws SQLException {
            UUID entry = row.getObject("entry_id", UUID.class);
            return new Decided(
                    row.getString("line"),
                    row.getString("decision"),
                    row.getString("reason"),
                    entry == null ? null : new EntryId(entry),
                    new UserId(row.getObject("decided_by", UUID.class)),
                    row.getTimestamp("decided_at").toInstant());
        }
    }

    /** False where this patient has this document already. */
    boolean add(PatientId patient, Row row) {
        return database.sql("""
                        insert into outside_record (id, patient_id, facility_id, sha256, size, title, custodian, written_on,
                                                    lines, differences, same_person, received_by, received_at)
                        values (:id, :patient, :facility, :sha256, :size, :title, :custodian, :written,
                                :lines, :differences, :same, :by, :at) on conflict (patient_id, sha256) do nothing
                        """)
                        .param("id", row.id)
                        .param("patient", patient.value())
                        .param("facility", row.facility.value())
                        .param("sha256", row.sha256)
                        .param("size", row.size)
                        .param("title", row.title)
                        .param("custodian", row.custodian)
                        .param("written", row.writtenOn)
                        .param("lines", row.lines)
                        .param("differences", row.differences)
                        .param("same", row.samePerson)
                        .param("by", row.receivedBy.value())
                        .param("at", Timestamp.from(row.receivedAt))
                        .update()
                == 1;
    }

    Optional<Row> byContent(PatientId patient, String sha256) {
        return database.sql("select * from outside_record where patient_id = ? and sha256 = ?")
                .params(patient.value(), sha256)
                .query(Row::of)
                .optional();
    }

    /** A record with what was decided, by line. */
    record Whole(Row row, Map<String, Decided> decided) {}

    Optional<Whole> find(PatientId patient, UUID id) {
        Map<String, Decided> decided = new HashMap<>();
        List<Row> found = database.sql("""
                        select r.*, d.* from outside_record r left join outside_decision d on d.record_id = r.id
                         where r.patient_id = ? and r.id = ?
                        """)
                .params(patient.value(), id)
                .query((row, number) -> {
                    if (row.getString("line") != null) {
                        Decided one = Decided.of(row, number);
                        decided.put(one.line, one);
                    }
                    return Row.of(row, number);
                })
                .list();
        return found.stream().findFirst().map(row -> new Whole(row, decided));
    }

    List<Row> list(PatientId patient, int limit) {
        return database.sql(
                        "select * from outside_record where patient_id = ? order by received_at desc, id desc limit ?")
                .params(patient.value(), limit)
                .query(Row::of)
                .list();
    }

    /** How many lines of each record were decided. */
    Map<UUID, Integer> decided(List<UUID> records) {
        return database
                .sql(
                        "select record_id, count(*)::int as lines from outside_decision where record_id = any (?) group by 1")
                .param(records.toArray(UUID[]::new))
                .query((row, number) -> Map.entry(row.getObject("record_id", UUID.class), row.getInt("lines")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    void decide(UUID record, Decided decided) {
        database.sql("""
                        insert into outside_decision (record_id, line, decision, reason, entry_id, decided_by, decided_at)
                        values (:record, :line, :decision, :reason, :entry, :by, :at)
                        """)
                .param("record", record)
                .param("line", decided.line)
                .param("decision", decided.decision)
                .param("reason", decided.reason)
                .param("entry", decided.entry == null ? null : decided.entry.value())
                .param("by", decided.by.value())
                .param("at", Timestamp.from(decided.at))
                .update();
    }

    /** Moves the record on; false where it has moved on since that version. */
    boolean next(UUID record, int version) {
        return database.sql("update outside_record set version = version + 1 where id = ? and version = ?")
                        .params(record, version)
                        .update()
                == 1;
    }
}
