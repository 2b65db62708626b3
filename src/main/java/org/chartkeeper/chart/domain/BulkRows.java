package org.chartkeeper.chart.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.chartkeeper.chart.BulkCorrections.Order;
import org.chartkeeper.chart.BulkCorrections.Outcome;
import org.chartkeeper.chart.BulkCorrections.Rule;
import org.chartkeeper.chart.BulkCorrections.State;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.platform.DepartmentId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Batches of bulk correction and what is in them, as they are stored. */
@Component
class BulkRows {

    private final JdbcClient jdbc;

    BulkRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A batch. */
    record Row(
            UUID id,
            int version,
            Order order,
            String correctLabel,
            State state,
            boolean stopping,
            @Nullable UUID collectedTo,
            @Nullable String fault,
            UserId orderedBy,
            Instant orderedAt,
            Instant changedAt) {}

    /**
     * An entry that a rule may concern, with what decides how it is corrected.
     *
     * @param open whether its newest version is not signed
     */
    record Candidate(
            UUID id,
            UUID patient,
            int version,
            String title,
            Content content,
            @Nullable String pending,
            boolean proposal,
            boolean open,
            String status,
            @Nullable UUID statedBy,
            @Nullable UUID attending,
            @Nullable UUID signer) {}

    /** One of a batch. */
    record ItemRow(
            UUID target,
            boolean visit,
            UUID patient,
            String title,
            String was,
            String becomes,
            int before,
            @Nullable Integer after,
            @Nullable UUID signer,
            Outcome outcome,
            @Nullable String why) {}

    void insert(UUID id, Order order, String former, String correct, String label, UserId by, Instant at) {
        Rule rule = order.rule();
        jdbc.sql("""
                INSERT INTO bulk_correction (id, facility_id, rule, type, code_system, code, former, correct, correct_label,
                                             from_day, until_day, reason, state, ordered_by, ordered_at, changed_at)
                VALUES (:id, :facility, :rule, :type, :system, :code, :former, :correct, :label, :from, :until, :reason,
                        'collecting', :by, :at, :at)
                """)
                .param("id", id)
                .param("facility", order.facility().value())
                .param("rule", rule.key())
                .param("type", rule instanceof Rule.Code it ? it.type().key() : null, Types.VARCHAR)
                .param(
                        "system",
                        rule instanceof Rule.Code it ? it.system() : rule instanceof Rule.Unit u ? u.system() : null,
                        Types.VARCHAR)
                .param("code", rule instanceof Rule.Unit it ? it.code() : null, Types.VARCHAR)
                .param("former", former)
                .param("correct", correct)
                .param("label", label)
                .param("from", order.from(), Types.DATE)
                .param("until", order.until(), Types.DATE)
                .param("reason", Texts.clean(order.reason()))
                .param("by", by.value())
                .param("at", Sql.timestamp(at))
                .update();
    }

    Optional<Row> find(UUID id) {
        return jdbc.sql("SELECT * FROM bulk_correction WHERE id = ?")
                .param(id)
                .query((row, number) -> row(row))
                .optional();
    }

    /** The same, locked until the transaction ends. */
    Optional<Row> lock(UUID id) {
        return jdbc.sql("SELECT * FROM bulk_correction WHERE id = ? FOR UPDATE")
                .param(id)
                .query((row, number) -> row(row))
                .optional();
    }

    List<Row> list(Collection<FacilityId> facilities, @Nullable PageKey after, int limit) {
        return jdbc.sql("""
                SELECT * FROM bulk_correction
                WHERE facility_id = ANY (:facilities::uuid[])
                  AND (:at::timestamptz IS NULL OR (ordered_at, id) < (:at::timestamptz, :id::uuid))
                ORDER BY ordered_at DESC, id DESC LIMIT :limit
                """)
                .param(
                        "facilities",
                        Sql.uuids(facilities.stream().map(FacilityId::value).toList()))
                .param("at", after == null ? null : after.at().toString())
                .param("id", after == null ? null : after.id().toString())
                .param("limit", limit)
                .query((row, number) -> row(row))
                .list();
    }

    /** How many of each outcome, for these batches. */
    Map<UUID, Map<Outcome, Integer>> counts(Collection<UUID> batches) {
        Map<UUID, Map<Outcome, Integer>> counts = new HashMap<>();
        jdbc.sql("""
                SELECT batch_id, outcome, count(*) AS number FROM bulk_correction_item
                WHERE batch_id = ANY (?::uuid[]) GROUP BY batch_id, outcome
                """).param(Sql.uuids(batches)).query(row -> {
            counts.computeIfAbsent(Sql.uuid(row, "batch_id"), id -> new EnumMap<>(Outcome.class))
                    .put(Outcome.of(row.getString("outcome")), row.getInt("number"));
        });
        return counts;
    }

    private static Row row(ResultSet row) throws SQLException {
        String former = row.getString("former");
        String correct = row.getString("correct");
        String label = row.getString("correct_label");
        Rule rule = switch (row.getString("rule")) {
            case "code" ->
                new Rule.Code(
                        EntryType.ofKey(row.getString("type")), row.getString("code_system"), former, correct, label);
            case "unit" -> new Rule.Unit(row.getString("code_system"), row.getString("code"), former, correct);
            default -> new Rule.Department(DepartmentId.of(former), DepartmentId.of(correct));
        };
        return new Row(
                Sql.uuid(row, "id"),
                row.getInt("version"),
                new Order(
                        new FacilityId(Sql.uuid(row, "facility_id")),
                        rule,
                        row.getObject("from_day", LocalDate.class),
                        row.getObject("until_day", LocalDate.class),
                        row.getString("reason")),
                label,
                State.of(row.getString("state")),
                row.getBoolean("stop_requested"),
                Sql.uuidOrNull(row, "collected_to"),
                row.getString("fault"),
                new UserId(Sql.uuid(row, "ordered_by")),
                Sql.instant(row, "ordered_at"),
                Sql.instant(row, "changed_at"));
    }

    /** Ends the job's work on a batch as it was read; another that ended it before has the last word. */
    void end(Row batch, State state, @Nullable String fault, Instant at) {
        jdbc.sql("""
                UPDATE bulk_correction SET state = :state, version = version + 1, stop_requested = false, fault = :fault,
                    changed_at = :at WHERE id = :id AND version = :version
                """)
                .param("state", state.word())
                .param("fault", fault, Types.VARCHAR)
                .param("at", Sql.timestamp(at))
                .param("id", batch.id)
                .param("version", batch.version)
                .update();
    }

    /** Locks one of a batch; false where it has another outcome by now. */
    boolean claim(UUID batch, UUID target, Outcome outcome) {
        return jdbc.sql("""
                SELECT 1 FROM bulk_correction_item
                WHERE batch_id = :batch AND target_id = :target AND outcome = :outcome FOR UPDATE
                """)
                .param("batch", batch)
                .param("target", target)
                .param("outcome", outcome.word())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    void state(UUID id, State state, @Nullable String fault, Instant at) {
        jdbc.sql("""
                UPDATE bulk_correction SET state = :state, version = version + 1, stop_requested = false, fault = :fault,
                    changed_at = :at WHERE id = :id
                """)
                .param("state", state.word())
                .param("fault", fault, Types.VARCHAR)
                .param("at", Sql.timestamp(at))
                .param("id", id)
                .update();
    }

    void stop(UUID id) {
        jdbc.sql("UPDATE bulk_correction SET stop_requested = true WHERE id = ?")
                .param(id)
                .update();
    }

    void collectedTo(UUID id, UUID position) {
        jdbc.sql("UPDATE bulk_correction SET collected_to = ? WHERE id = ?")
                .params(position, id)
                .update();
    }

    /** The next entries that a rule concerns and the actor may see, after this id; in the order of ids. */
    List<Candidate> entries(Row batch, ZoneId zone, Sensitivity.Visible visible, @Nullable UUID after, int limit) {
        Rule rule = batch.order.rule();
        boolean coded = rule instanceof Rule.Code;
        return visible.bind(jdbc.sql("""
                        SELECT e.id, e.patient_id, e.current_version, e.in_force_version, e.title, e.pending_kind, e.status,
                               coalesce(e.signed_version, 0) < e.current_version AS open, e.stated_by_practitioner,
                               en.attending, e.signer, v.content::text AS content
                        FROM entry e
                        JOIN entry_version v ON v.entry_id = e.id AND v.number =
                            CASE e.in_force_version WHEN 0 THEN e.current_version ELSE e.in_force_version END
                        LEFT JOIN encounter en ON en.id = e.encounter_id
                        WHERE e.facility_id = :facility AND e.type = :type AND e.code_system = :system AND e.code = :code
                          AND (:from::timestamptz IS NULL OR e.event_at >= :from::timestamptz)
                          AND (:until::timestamptz IS NULL OR e.event_at < :until::timestamptz)
                          AND (:after::uuid IS NULL OR e.id > :after::uuid)
                          AND may_see(e.patient_id) AND %s
                        ORDER BY e.id LIMIT :limit
                        """.formatted(Sensitivity.PREDICATE)))
                .param("facility", batch.order.facility().value())
                .param("type", coded ? ((Rule.Code) rule).type().key() : EntryType.OBSERVATION.key())
                .param("system", coded ? ((Rule.Code) rule).system() : ((Rule.Unit) rule).system())
                .param("code", coded ? ((Rule.Code) rule).from() : ((Rule.Unit) rule).code())
                .param("from", begin(batch.order.from(), zone))
                .param("until", end(batch.order.until(), zone))
                .param("after", after == null ? null : after.toString())
                .param("limit", limit)
                .query((row, number) -> new Candidate(
                        Sql.uuid(row, "id"),
                        Sql.uuid(row, "patient_id"),
                        row.getInt("current_version"),
                        row.getString("title"),
                        ContentJson.read(row.getString("content")),
                        row.getString("pending_kind"),
                        row.getInt("in_force_version") == 0,
                        row.getBoolean("open"),
                        row.getString("status"),
                        Sql.uuidOrNull(row, "stated_by_practitioner"),
                        Sql.uuidOrNull(row, "attending"),
                        Sql.uuidOrNull(row, "signer")))
                .list();
    }

    /** The next visits at a department, after this id. */
    List<ItemRow> visits(
            Row batch,
            Rule.Department rule,
            String was,
            String becomes,
            ZoneId zone,
            Sensitivity.Visible visible,
            @Nullable UUID after,
            int limit) {
        return visible.bind(jdbc.sql("""
                        SELECT en.id, en.patient_id, en.kind, en.start_at, en.status, en.version, en.sensitivity
                        FROM encounter en
                        WHERE en.facility_id = :facility AND en.department_id = :department
                          AND (:from::timestamptz IS NULL OR en.start_at >= :from::timestamptz)
                          AND (:until::timestamptz IS NULL OR en.start_at < :until::timestamptz)
                          AND (:after::uuid IS NULL OR en.id > :after::uuid)
                          AND may_see(en.patient_id) AND %s
                        ORDER BY en.id LIMIT :limit
                        """.formatted(EncounterRows.PREDICATE)))
                .param("facility", batch.order.facility().value())
                .param("department", rule.from().value())
                .param("from", begin(batch.order.from(), zone))
                .param("until", end(batch.order.until(), zone))
                .param("after", after == null ? null : after.toString())
                .param("limit", limit)
                .query((row, number) -> {
                    boolean wrong = row.getString("status").equals("entered in error");
                    boolean labelled = !row.getString("sensitivity").isEmpty();
                    return new ItemRow(
                            Sql.uuid(row, "id"),
                            true,
                            Sql.uuid(row, "patient_id"),
                            row.getString("kind") + " of " + LocalDate.ofInstant(Sql.instant(row, "start_at"), zone),
                            was,
                            becomes,
                            row.getInt("version"),
                            null,
                            null,
                            wrong || labelled ? Outcome.LEFT_OUT : Outcome.AT_ONCE,
                            wrong
                                    ? "entered in error"
                                    : labelled ? "carries a label of sensitivity: correct it by itself" : null);
                })
                .list();
    }

    private static @Nullable String begin(@Nullable LocalDate day, ZoneId zone) {
        return day == null ? null : day.atStartOfDay(zone).toInstant().toString();
    }

    private static @Nullable String end(@Nullable LocalDate day, ZoneId zone) {
        return day == null ? null : begin(day.plusDays(1), zone);
    }

    void add(UUID batch, List<ItemRow> items) {
        for (ItemRow item : items) {
            jdbc.sql("""
                    INSERT INTO bulk_correction_item (batch_id, target_id, target_kind, patient_id, title, was, becomes,
                                                      before_version, signer, outcome, why)
                    VALUES (:batch, :target, :kind, :patient, :title, :was, :becomes, :before, :signer, :outcome, :why)
                    ON CONFLICT DO NOTHING
                    """)
                    .param("batch", batch)
                    .param("target", item.target)
                    .param("kind", item.visit ? "visit" : "entry")
                    .param("patient", item.patient)
                    .param("title", item.title)
                    .param("was", item.was)
                    .param("becomes", item.becomes)
                    .param("before", item.before)
                    .param("signer", item.signer, Types.OTHER)
                    .param("outcome", item.outcome.word())
                    .param("why", item.why, Types.VARCHAR)
                    .update();
        }
    }

    /** The next of these outcomes, whatever the order of ids: those that are done have another outcome then. */
    List<ItemRow> next(UUID batch, List<Outcome> outcomes, int limit) {
        return jdbc.sql("""
                SELECT * FROM bulk_correction_item
                WHERE batch_id = :batch AND outcome = ANY (:outcomes::text[]) ORDER BY target_id LIMIT :limit
                """)
                .param("batch", batch)
                .param(
                        "outcomes",
                        Sql.texts(outcomes.stream().map(Outcome::word).toList()))
                .param("limit", limit)
                .query((row, number) -> item(row))
                .list();
    }

    /** What the actor may see of a batch, in the order of ids. */
    List<ItemRow> items(
            Sensitivity.Visible visible, UUID batch, @Nullable Outcome outcome, @Nullable UUID after, int limit) {
        return visible.bind(jdbc.sql("""
                        SELECT i.* FROM bulk_correction_item i LEFT JOIN entry e ON e.id = i.target_id
                        WHERE i.batch_id = :batch AND (:outcome::text IS NULL OR i.outcome = :outcome::text)
                          AND (:after::uuid IS NULL OR i.target_id > :after::uuid)
                          AND may_see(i.patient_id) AND (e.id IS NULL OR %s)
                        ORDER BY i.target_id LIMIT :limit
                        """.formatted(Sensitivity.PREDICATE)))
                .param("batch", batch)
                .param("outcome", outcome == null ? null : outcome.word())
                .param("after", after == null ? null : after.toString())
                .param("limit", limit)
                .query((row, number) -> item(row))
                .list();
    }

    private static ItemRow item(ResultSet row) throws SQLException {
        return new ItemRow(
                Sql.uuid(row, "target_id"),
                row.getString("target_kind").equals("visit"),
                Sql.uuid(row, "patient_id"),
                row.getString("title"),
                row.getString("was"),
                row.getString("becomes"),
                row.getInt("before_version"),
                row.getObject("after_version", Integer.class),
                Sql.uuidOrNull(row, "signer"),
                Outcome.of(row.getString("outcome")),
                row.getString("why"));
    }

    void outcome(UUID batch, UUID target, Outcome outcome, @Nullable Integer after, @Nullable String why) {
        jdbc.sql("""
                UPDATE bulk_correction_item SET outcome = :outcome, after_version = coalesce(:after, after_version), why = :why
                WHERE batch_id = :batch AND target_id = :target
                """)
                .param("outcome", outcome.word())
                .param("after", after, Types.INTEGER)
                .param("why", why, Types.VARCHAR)
                .param("batch", batch)
                .param("target", target)
                .update();
    }
}
