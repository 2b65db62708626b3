package org.chartkeeper.chart.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.chartkeeper.chart.DisclosureLookup;
import org.chartkeeper.chart.InboxItem;
import org.chartkeeper.chart.RecordMoves.Move;
import org.chartkeeper.chart.RecordMoves.Order;
import org.chartkeeper.chart.RecordMoves.Subject;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.UserId;
import org.chartkeeper.platform.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Moves between charts and the notices of them, as they are stored. */
@Component
class MoveRows implements InboxItem {

    private final JdbcClient jdbc;

    MoveRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A move. */
    record Row(
            UUID id,
            int version,
            FacilityId facility,
            Subject subject,
            PatientId to,
            @Nullable EncounterId visit,
            String seen,
            String reason,
            String state,
            UUID askedBy,
            Instant askedAt,
            int entries,
            @Nullable String comment) {

        Order order() {
            return new Order(subject, seen, to, visit, reason);
        }

        Move view(String askedByName) {
            return new Move(id, version, subject, to, reason, state, askedByName, askedAt, entries, comment);
        }
    }

    /** The far end of a move that is done, seen from one of its entries. */
    record End(
            UUID move,
            boolean cameHere,
            PatientId patient,
            UUID entry,
            String reason,
            boolean disclosuresKnown,
            UUID by,
            Instant at) {}

    void insert(UUID id, FacilityId facility, Order order, UserId by, Instant at, boolean waits) {
        jdbc.sql("""
                INSERT INTO entry_move (id, facility_id, from_patient, to_patient, from_encounter, to_encounter, seen, reason,
                                        state, asked_by, asked_at, decided_at)
                VALUES (:id, :facility, :from, :to, :visit::uuid, :toVisit::uuid, :seen, :reason, :state, :by,
                        :at::timestamptz, :decided::timestamptz)
                """)
                .param("id", id)
                .param("facility", facility.value())
                .param("from", order.subject().from().value())
                .param("to", order.to().value())
                .param("visit", text(order.subject().visit()))
                .param("toVisit", text(order.visit()))
                .param("seen", order.seen())
                .param("reason", Texts.clean(order.reason()))
                .param("state", waits ? "waiting" : "done")
                .param("by", by.value())
                .param("at", at.toString())
                .param("decided", waits ? null : at.toString())
                .update();
    }

    void items(UUID move, List<UUID> entries) {
        int number = 0;
        for (UUID entry : entries) {
            jdbc.sql("INSERT INTO entry_move_item (move_id, number, from_entry) VALUES (?, ?, ?)")
                    .params(move, ++number, entry)
                    .update();
        }
    }

    List<UUID> entries(UUID move) {
        return jdbc.sql("SELECT from_entry FROM entry_move_item WHERE move_id = ? ORDER BY number")
                .param(move)
                .query((row, number) -> Sql.uuid(row, "from_entry"))
                .list();
    }

    void arrived(UUID move, Map<UUID, EntryId> here) {
        here.forEach(
                (from, to) -> jdbc.sql("UPDATE entry_move_item SET to_entry = ? WHERE move_id = ? AND from_entry = ?")
                        .params(to.value(), move, from)
                        .update());
    }

    void decide(UUID move, String state, UserId by, Instant at, @Nullable String comment, @Nullable EncounterId visit) {
        jdbc.sql("""
                UPDATE entry_move SET state = :state, decided_by = :by, decided_at = :at::timestamptz, comment = :comment,
                       to_encounter = coalesce(:visit::uuid, to_encounter), version = version + 1
                WHERE id = :id
                """)
                .param("state", state)
                .param("by", by.value())
                .param("at", at.toString())
                .param("comment", Texts.cleanOrNull(comment))
                .param("visit", text(visit))
                .param("id", move)
                .update();
    }

    /** Asks whoever keeps disclosures; where nobody does, that nobody was asked is what is recorded. */
    void disclosed(UUID move, List<DisclosureLookup> lookups, PatientId from, List<UUID> entries) {
        List<EntryId> ids = entries.stream().map(EntryId::new).toList();
        for (DisclosureLookup lookup : lookups) {
            for (DisclosureLookup.Disclosed found : lookup.containing(from, ids)) {
                jdbc.sql("""
                        INSERT INTO entry_move_disclosure (move_id, from_entry, disclosure, recipient, disclosed_at)
                        VALUES (?, ?, ?, ?, ?)
                        """)
                        .params(
                                move,
                                found.entry().value(),
                                found.disclosure(),
                                found.recipient(),
                                Sql.timestamp(found.at()))
                        .update();
            }
        }
        if (!lookups.isEmpty()) {
            jdbc.sql("UPDATE entry_move SET disclosures_known = true WHERE id = ?")
                    .param(move)
                    .update();
        }
    }

    /** "R-2026-0042 to Lakeside Clinic", each once. */
    List<String> disclosures(UUID move) {
        return jdbc.sql("""
                SELECT DISTINCT disclosure || ' to ' || recipient AS shown FROM entry_move_disclosure WHERE move_id = ? ORDER BY 1
                """)
                .param(move)
                .query((row, number) -> row.getString("shown"))
                .list();
    }

    private static final String SELECT = """
            SELECT m.*, (SELECT count(*) FROM entry_move_item i WHERE i.move_id = m.id) AS entries,
                   (SELECT i.from_entry FROM entry_move_item i WHERE i.move_id = m.id AND i.number = 1) AS first_entry
            FROM entry_move m
            """;

    List<Row> waiting(Collection<FacilityId> facilities, int limit) {
        return jdbc.sql(SELECT + """
                 WHERE m.state = 'waiting' AND m.facility_id = ANY (:facilities::uuid[]) ORDER BY m.asked_at LIMIT :limit
                """)
                .param(
                        "facilities",
                        Sql.uuids(facilities.stream().map(FacilityId::value).toList()))
                .param("limit", limit)
                .query((row, number) -> row(row))
                .list();
    }

    Optional<Row> find(UUID id) {
        return jdbc.sql(SELECT + " WHERE m.id = ?")
                .param(id)
                .query((row, number) -> row(row))
                .optional();
    }

    Optional<Row> lock(UUID id) {
        jdbc.sql("SELECT 1 FROM entry_move WHERE id = ? FOR UPDATE")
                .param(id)
                .query(Integer.class)
                .optional();
        return find(id);
    }

    private static Row row(ResultSet row) throws SQLException {
        PatientId from = new PatientId(Sql.uuid(row, "from_patient"));
        UUID visit = Sql.uuidOrNull(row, "from_encounter");
        UUID toVisit = Sql.uuidOrNull(row, "to_encounter");
        return new Row(
                Sql.uuid(row, "id"),
                row.getInt("version"),
                new FacilityId(Sql.uuid(row, "facility_id")),
                visit != null
                        ? Subject.visit(from, new EncounterId(visit))
                        : Subject.entry(from, new EntryId(Sql.uuid(row, "first_entry"))),
                new PatientId(Sql.uuid(row, "to_patient")),
                toVisit == null ? null : new EncounterId(toVisit),
                row.getString("seen"),
                row.getString("reason"),
                row.getString("state"),
                Sql.uuid(row, "asked_by"),
                Sql.instant(row, "asked_at"),
                row.getInt("entries"),
                row.getString("comment"));
    }

    /** Both directions in one statement: an entry may have come here and gone on. */
    List<End> ends(UUID entry) {
        return jdbc.sql("""
                SELECT m.*, i.from_entry AS other, m.from_patient AS whose, true AS came
                FROM entry_move_item i JOIN entry_move m ON m.id = i.move_id
                WHERE i.to_entry = :entry AND m.state = 'done'
                UNION ALL
                SELECT m.*, i.to_entry, m.to_patient, false
                FROM entry_move_item i JOIN entry_move m ON m.id = i.move_id
                WHERE i.from_entry = :entry AND m.state = 'done'
                """)
                .param("entry", entry)
                .query((row, number) -> new End(
                        Sql.uuid(row, "id"),
                        row.getBoolean("came"),
                        new PatientId(Sql.uuid(row, "whose")),
                        Sql.uuid(row, "other"),
                        row.getString("reason"),
                        row.getBoolean("disclosures_known"),
                        Sql.uuid(row, "decided_by"),
                        Sql.instant(row, "decided_at")))
                .list();
    }

    // Notices

    void notice(
            @Nullable UUID practitioner,
            @Nullable UUID user,
            PatientId patient,
            UUID entry,
            String kind,
            UserId by,
            @Nullable String comment,
            Instant at) {
        jdbc.sql("""
                INSERT INTO chart_notice (id, practitioner_id, user_id, patient_id, entry_id, kind, by_user, comment, at)
                VALUES (:id, :practitioner::uuid, :user::uuid, :patient, :entry, :kind, :by, :comment, :at::timestamptz)
                """)
                .param("id", Uuid7.next())
                .param("practitioner", text(practitioner))
                .param("user", text(user))
                .param("patient", patient.value())
                .param("entry", entry)
                .param("kind", kind)
                .param("by", by.value())
                .param("comment", Texts.cleanOrNull(comment))
                .param("at", at.toString())
                .update();
    }

    boolean seen(Actor actor, UUID notice, Instant at) {
        return jdbc.sql("""
                        UPDATE chart_notice SET seen_at = :at::timestamptz
                        WHERE id = :id AND (practitioner_id = :practitioner::uuid OR user_id = :user)
                        """)
                        .param("at", at.toString())
                        .param("id", notice)
                        .param("practitioner", text(actor.practitioner()))
                        .param("user", actor.user().value())
                        .update()
                == 1;
    }

    @Override
    public List<Item> items(Actor actor, int limit) {
        return jdbc.sql("""
                SELECT n.id, n.patient_id, n.entry_id, n.kind, n.comment, n.at, e.title
                FROM chart_notice n JOIN entry e ON e.id = n.entry_id
                WHERE n.seen_at IS NULL AND (n.practitioner_id = :practitioner::uuid OR n.user_id = :user)
                ORDER BY n.at DESC LIMIT :limit
                """)
                .param("practitioner", text(actor.practitioner()))
                .param("user", actor.user().value())
                .param("limit", limit)
                .query((row, number) -> {
                    PatientId patient = new PatientId(Sql.uuid(row, "patient_id"));
                    String title = row.getString("title");
                    String text = row.getString("kind").equals("moved out")
                            ? title + " was entered for the wrong patient and is entered in error here now."
                            : "The move of " + title + " to another chart was not confirmed: “"
                                    + row.getString("comment") + "”";
                    return new Item(
                            patient,
                            text,
                            Sql.instant(row, "at"),
                            "/patients/" + patient + "/entries/" + Sql.uuid(row, "entry_id"),
                            "See it",
                            "/notices/" + Sql.uuid(row, "id") + "/seen");
                })
                .list();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
