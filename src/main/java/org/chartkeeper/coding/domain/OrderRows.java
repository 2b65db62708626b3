package org.chartkeeper.coding.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.chartkeeper.coding.OrderChecks.Brief;
import org.chartkeeper.coding.OrderChecks.Counts;
import org.chartkeeper.coding.OrderChecks.Filter;
import org.chartkeeper.coding.OrderChecks.Prescriber;
import org.chartkeeper.coding.OrderChecks.Work;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PractitionerId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The tables of checked drug orders. */
@Component
class OrderRows {

    private static final int BOUND = 501;
    private static final int PRESCRIBERS = 100;

    private static final String SEEN =
            " AND may_see(c.patient_id) AND (c.encounter_id IS NULL OR may_see_visit(c.encounter_id))";

    /** Whether a finding {@code f} of an order is answered: what was done about it last. */
    private static final String ANSWERED = """
            coalesce((SELECT s.what = 'answered' FROM coding_order_step s
                      WHERE s.order_id = f.order_id AND s.finding = f.key ORDER BY s.at DESC, s.id DESC LIMIT 1), false)
            """;

    private static final String SELECT = """
            SELECT c.*, d.patient_id IS NOT NULL AS due,
                   (SELECT json_agg(json_build_object('key', f.key, 'rule', f.rule, 'severity', f.severity,
                                'message', f.message, 'answered', %s) ORDER BY f.position)
                    FROM coding_order_finding f WHERE f.order_id = c.order_id AND d.patient_id IS NULL)::text AS findings
            """.formatted(ANSWERED);
    private static final String DUE = " LEFT JOIN coding_order_due d ON d.patient_id = c.patient_id";
    private static final String ORDER = " ORDER BY c.rank, c.ordered_at, c.order_id LIMIT ";

    /** The first orders of each facility in the order of the list, of those that the actor may see. */
    private static String first(String where, String limit) {
        return " FROM unnest(:facilities::uuid[]) o (id) CROSS JOIN LATERAL (SELECT c.* FROM coding_order_check c"
                + " WHERE c.facility_id = o.id" + where + SEEN + ORDER + limit + ") c" + DUE;
    }

    private final JdbcClient jdbc;
    private final JsonMapper json;

    OrderRows(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    // The list --------------------------------------------------------------------------------------------------------

    List<Work> list(Actor actor, Filter filter, Instant now, @Nullable OrderKey after, int limit) {
        StringBuilder where = new StringBuilder(
                switch (filter.state()) {
                    case "waiting" -> " AND c.state = 'waiting'";
                    case "declined" -> " AND c.state IN ('declined', 'returned')";
                    case "answered" ->
                        " AND c.rank = 9 AND EXISTS (SELECT 1 FROM coding_order_finding f"
                                + " WHERE f.order_id = c.order_id)";
                    default -> " AND c.state <> 'waiting'";
                });
        if (filter.severity() != null) {
            where.append(" AND c.rank = :rank");
        } else if (!filter.state().equals("answered") && !filter.state().equals("waiting")) {
            where.append(" AND c.rank <= 2");
        }
        if (filter.rule() != null) {
            where.append(" AND EXISTS (SELECT 1 FROM coding_order_finding f WHERE f.order_id = c.order_id"
                    + " AND f.rule = :rule AND NOT " + ANSWERED + ")");
        }
        if (filter.prescriber() != null) {
            where.append(" AND c.prescriber = :prescriber");
        }
        if (filter.age() != null) {
            where.append(" AND c.ordered_at < :before");
        }
        if (after != null) {
            where.append(" AND (c.rank, c.ordered_at, c.order_id)"
                    + " > (:afterRank, :afterAt::timestamptz, :afterId::uuid)");
        }
        Integer age = filter.age();
        return jdbc.sql(SELECT + first(where.toString(), ":limit") + ORDER + ":limit")
                .param("facilities", facilities(actor, filter.facility()))
                .param("rank", filter.severity() == null ? 0 : filter.severity().ordinal())
                .param("rule", filter.rule())
                .param(
                        "prescriber",
                        filter.prescriber() == null ? null : filter.prescriber().value(),
                        Types.OTHER)
                .param("before", CaseRows.at(now.minusSeconds(86_400L * (age == null ? 0 : age))))
                .param("afterRank", after == null ? 0 : after.rank())
                .param("afterAt", after == null ? null : CaseRows.at(after.at()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("afterId", after == null ? null : after.id().toString())
                .param("limit", limit)
                .query((row, number) -> work(row))
                .list();
    }

    /** Where a page of the list ended. */
    record OrderKey(int rank, Instant at, UUID id) {

        static @Nullable OrderKey of(@Nullable String text) {
            String[] parts = text == null ? new String[0] : text.split("_");
            try {
                return parts.length == 3
                        ? new OrderKey(
                                Integer.parseInt(parts[0]),
                                Instant.ofEpochSecond(0, Math.multiplyExact(Long.parseLong(parts[1]), 1000L)),
                                UUID.fromString(parts[2]))
                        : null;
            } catch (IllegalArgumentException | ArithmeticException malformed) {
                return null;
            }
        }

        @Override
        public String toString() {
            return rank + "_" + (at.getEpochSecond() * 1_000_000L + at.getNano() / 1000) + "_" + id;
        }
    }

    /** The key of an order's row. */
    OrderKey key(UUID order) {
        return jdbc.sql("SELECT rank, ordered_at FROM coding_order_check WHERE order_id = :id")
                .param("id", order)
                .query((row, number) -> new OrderKey(
                        row.getInt("rank"),
                        row.getObject("ordered_at", OffsetDateTime.class).toInstant(),
                        order))
                .single();
    }

    Counts counts(Actor actor, @Nullable FacilityId facility) {
        return jdbc.sql("""
                        SELECT count(*) FILTER (WHERE rank = 0 AND state <> 'waiting') AS hard,
                               count(*) FILTER (WHERE rank = 1 AND state <> 'waiting') AS review,
                               count(*) FILTER (WHERE rank = 2 AND state <> 'waiting') AS warning,
                               count(*) FILTER (WHERE state = 'waiting') AS waiting,
                               count(*) FILTER (WHERE rank <= 2 AND state IN ('declined', 'returned')) AS declined,
                               count(DISTINCT patient_id) FILTER (WHERE due) AS due
                        FROM (SELECT c.rank, c.state, c.patient_id, d.patient_id IS NOT NULL AS due %s %s 2000) waiting
                        """.formatted(first(" AND (c.rank <= 2 OR c.state = 'waiting')", "2000"), ORDER))
                .param("facilities", facilities(actor, facility))
                .query((row, number) -> new Counts(
                        bounded(row, "hard"),
                        bounded(row, "review"),
                        bounded(row, "warning"),
                        bounded(row, "waiting"),
                        bounded(row, "declined"),
                        bounded(row, "due")))
                .single();
    }

    private static int bounded(ResultSet row, String column) throws SQLException {
        return Math.min(BOUND, row.getInt(column));
    }

    List<Prescriber> prescribers(Actor actor, @Nullable FacilityId facility) {
        return jdbc.sql("""
                        SELECT p.prescriber, p.prescriber_name
                        FROM (SELECT DISTINCT prescriber, prescriber_name FROM coding_order_check
                              WHERE facility_id = ANY (:facilities::uuid[]) AND rank <= 2
                                AND prescriber IS NOT NULL) p
                        WHERE EXISTS (SELECT FROM coding_order_check c
                                      WHERE c.facility_id = ANY (:facilities::uuid[]) AND c.rank <= 2
                                        AND c.prescriber = p.prescriber
                                        AND c.prescriber_name = p.prescriber_name %s)
                        ORDER BY p.prescriber_name, p.prescriber LIMIT %d
                        """.formatted(SEEN, PRESCRIBERS))
                .param("facilities", facilities(actor, facility))
                .query((row, number) -> new Prescriber(
                        new PractitionerId(row.getObject("prescriber", UUID.class)), row.getString("prescriber_name")))
                .list();
    }

    private static String[] facilities(Actor actor, @Nullable FacilityId one) {
        return actor.facilities().stream()
                .filter(each -> one == null || one.equals(each))
                .map(FacilityId::toString)
                .toArray(String[]::new);
    }

    private Work work(ResultSet row) throws SQLException {
        UUID visit = row.getObject("encounter_id", UUID.class);
        UUID prescriber = row.getObject("prescriber", UUID.class);
        String findings = row.getString("findings");
        return new Work(
                row.getObject("order_id", UUID.class),
                new PatientId(row.getObject("patient_id", UUID.class)),
                new FacilityId(row.getObject("facility_id", UUID.class)),
                visit == null ? null : new EncounterId(visit),
                row.getInt("order_version"),
                row.getString("drug"),
                row.getString("directions"),
                prescriber == null ? null : new PractitionerId(prescriber),
                row.getString("prescriber_name"),
                row.getObject("ordered_at", OffsetDateTime.class).toInstant(),
                row.getBoolean("draft"),
                row.getString("state"),
                row.getString("said"),
                row.getBoolean("due"),
                findings == null ? List.of() : json.readValue(findings, new TypeReference<List<Brief>>() {}));
    }

    // One order -------------------------------------------------------------------------------------------------------

    /** Whose order it is, whoever asks. */
    Optional<PatientId> patient(UUID order) {
        return jdbc.sql("SELECT patient_id FROM entry WHERE id = :id AND type = 'medication-order'")
                .param("id", order)
                .query(UUID.class)
                .optional()
                .map(PatientId::new);
    }

    /** An order with whom it is for and what was done about it, in one statement. */
    record Whole(
            PatientId patient,
            FacilityId facility,
            @Nullable EncounterId visit,
            OrderFacts.Person person,
            List<Step> steps) {}

    /** @param by name of who did it */
    record Step(
            String what,
            @Nullable String finding,
            @Nullable String rule,
            @Nullable String severity,
            @Nullable String message,
            String reason,
            @Nullable UUID proposal,
            UUID user,
            String by,
            String at,
            @Nullable String outcome,
            @Nullable String said) {}

    /**
     * {@code outcome} of a proposal: waiting, accepted, declined, returned, withdrawn; {@code said}: the prescriber's words.
     */
    private static final String STEPS = """
            SELECT json_agg(json_build_object('what', s.what, 'finding', s.finding, 'rule', s.rule, 'severity', s.severity,
                       'message', s.message, 'reason', s.reason, 'proposal', s.proposal, 'user', s.by_user, 'by', u.name,
                       'at', s.at, 'outcome', CASE WHEN p.id IS NULL THEN NULL
                            WHEN p.status = 'entered-in-error' AND said.kind = 'refused' THEN 'declined'
                            WHEN p.status = 'entered-in-error' THEN 'withdrawn'
                            WHEN p.in_force_version > 0 THEN 'accepted'
                            WHEN p.signature_state = 'returned' THEN 'returned'
                            ELSE 'waiting' END, 'said', said.comment) ORDER BY s.at, s.id)::text
            FROM coding_order_step s
            JOIN app_user u ON u.id = s.by_user
            LEFT JOIN entry p ON p.id = s.proposal AND s.what = 'proposed'
            LEFT JOIN LATERAL (SELECT v.kind, v.comment FROM version_disposition v
                               WHERE v.entry_id = p.id AND v.kind IN ('refused', 'returned')
                               ORDER BY v.at DESC LIMIT 1) said ON true
            """;

    /** Where the actor works there, and may see the chart and the visit; whether the order is active is not asked. */
    Optional<Whole> whole(Actor actor, UUID order) {
        return jdbc.sql("""
                        SELECT c.patient_id, c.facility_id, c.encounter_id, p.birth_date,
                               coalesce(p.registered_sex, p.clinical_sex) AS sex, p.deceased,
                               (%s WHERE s.order_id = c.id AND may_see_labels(s.sensitivity)) AS steps
                        FROM entry c JOIN patient p ON p.id = c.patient_id
                        WHERE c.id = :id AND c.type = 'medication-order' AND c.status = 'current'
                          AND c.facility_id = ANY (:facilities::uuid[]) %s
                        """.formatted(STEPS, SEEN))
                .param("id", order)
                .param("facilities", facilities(actor, null))
                .query((row, number) -> {
                    UUID visit = row.getObject("encounter_id", UUID.class);
                    return new Whole(
                            new PatientId(row.getObject("patient_id", UUID.class)),
                            new FacilityId(row.getObject("facility_id", UUID.class)),
                            visit == null ? null : new EncounterId(visit),
                            person(row),
                            steps(row.getString("steps")));
                })
                .optional();
    }

    private static OrderFacts.Person person(ResultSet row) throws SQLException {
        return new OrderFacts.Person(
                day(row.getString("birth_date")), row.getString("sex"), day(row.getString("deceased")));
    }

    private static @Nullable LocalDate day(@Nullable String text) {
        return text != null && text.length() >= 10 ? LocalDate.parse(text.substring(0, 10)) : null;
    }

    private List<Step> steps(@Nullable String text) {
        return text == null ? List.of() : json.readValue(text, new TypeReference<List<Step>>() {});
    }

    void step(
            UUID id,
            UUID order,
            PatientId patient,
            String what,
            @Nullable String finding,
            @Nullable String rule,
            @Nullable String severity,
            @Nullable String message,
            String reason,
            @Nullable UUID proposal,
            UUID by,
            Instant at,
            @Nullable String sensitivity) {
        jdbc.sql("""
                INSERT INTO coding_order_step (id, order_id, patient_id, what, finding, rule, severity, message, reason,
                    proposal, by_user, at, sensitivity)
                VALUES (:id, :order, :patient, :what, :finding, :rule, :severity, :message, :reason, :proposal, :by, :at,
                    coalesce(:sensitivity, (SELECT s.sensitivity FROM coding_order_step s
                                            WHERE s.order_id = :order AND s.finding = :finding
                                            ORDER BY s.at DESC, s.id DESC LIMIT 1), ''))
                """)
                .param("id", id)
                .param("order", order)
                .param("patient", patient.value())
                .param("what", what)
                .param("finding", finding)
                .param("rule", rule)
                .param("severity", severity)
                .param("message", message)
                .param("reason", reason)
                .param("proposal", proposal, Types.OTHER)
                .param("by", by)
                .param("at", CaseRows.at(at))
                .param("sensitivity", sensitivity, Types.VARCHAR)
                .update();
    }

    // What is derived -------------------------------------------------------------------------------------------------

    /** Asks that the orders of these patients be checked again. */
    void due(Collection<PatientId> patients, Instant now) {
        jdbc.sql("""
                INSERT INTO coding_order_due (patient_id, since)
                SELECT p, :now FROM unnest(:patients::uuid[]) p ORDER BY p
                ON CONFLICT (patient_id) DO UPDATE SET since = excluded.since
                """)
                .param("now", CaseRows.at(now))
                .param("patients", patients.stream().map(PatientId::toString).toArray(String[]::new))
                .update();
    }

    /** Asks that every order be checked again that was checked by other tables or for another day. */
    int dueByAge(String tables, LocalDate today, Instant now) {
        return jdbc.sql("""
                        INSERT INTO coding_order_due (patient_id, since)
                        SELECT DISTINCT patient_id, :now::timestamptz FROM coding_order_check
                        WHERE tables <> :tables OR checked_for <> :today
                        ORDER BY patient_id ON CONFLICT (patient_id) DO NOTHING
                        """)
                .param("now", CaseRows.at(now))
                .param("tables", tables)
                .param("today", today)
                .update();
    }

    /** A patient whose orders are due, with a facility to work at; the oldest first. */
    record Due(PatientId patient, @Nullable FacilityId facility) {}

    List<Due> due(int limit) {
        return jdbc.sql("""
                        SELECT d.patient_id, (SELECT e.facility_id FROM entry e WHERE e.patient_id = d.patient_id
                                              AND e.type = 'medication-order' LIMIT 1) AS facility_id
                        FROM coding_order_due d ORDER BY d.since, d.patient_id LIMIT :limit
                        """)
                .param("limit", limit)
                .query((row, number) -> {
                    UUID facility = row.getObject("facility_id", UUID.class);
                    return new Due(
                            new PatientId(row.getObject("patient_id", UUID.class)),
                            facility == null ? null : new FacilityId(facility));
                })
                .list();
    }

    /**
     * Takes a patient to be checked; false where somebody else has it, or it is done. The patient is locked before the row:
     * that is the order in which a merge comes.
     */
    boolean take(PatientId patient) {
        jdbc.sql("SELECT 1 FROM patient WHERE id = :patient FOR KEY SHARE")
                .param("patient", patient.value())
                .query(row -> {});
        return jdbc.sql("SELECT 1 FROM coding_order_due WHERE patient_id = :patient FOR UPDATE SKIP LOCKED")
                .param("patient", patient.value())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    void done(PatientId patient) {
        jdbc.sql("DELETE FROM coding_order_due WHERE patient_id = :patient")
                .param("patient", patient.value())
                .update();
    }

    Optional<OrderFacts.Person> person(PatientId patient) {
        return jdbc.sql("""
                        SELECT birth_date, coalesce(registered_sex, clinical_sex) AS sex, deceased FROM patient
                        WHERE id = :patient
                        """)
                .param("patient", patient.value())
                .query((row, number) -> person(row))
                .optional();
    }

    /** What became of the last proposal for each order of a patient: declined with the words; others are left out. */
    List<Declined> declined(PatientId patient) {
        return jdbc.sql("""
                        SELECT DISTINCT ON (s.order_id) s.order_id, p.status, said.comment
                        FROM coding_order_step s
                        JOIN entry p ON p.id = s.proposal
                        LEFT JOIN LATERAL (SELECT v.comment FROM version_disposition v
                                           WHERE v.entry_id = p.id AND v.kind = 'refused'
                                           ORDER BY v.at DESC LIMIT 1) said ON true
                        WHERE s.patient_id IN (SELECT patients_of(:patient)) AND s.what = 'proposed'
                        ORDER BY s.order_id, s.at DESC, s.id DESC
                        """)
                .param("patient", patient.value())
                .query((row, number) -> new Declined(
                        row.getObject("order_id", UUID.class),
                        row.getString("comment") != null
                                && row.getString("status").equals("entered-in-error"),
                        row.getString("comment")))
                .list();
    }

    record Declined(UUID order, boolean refused, @Nullable String said) {}

    /** An order as it was checked. */
    record Checked(
            UUID order,
            PatientId patient,
            FacilityId facility,
            @Nullable EncounterId visit,
            int version,
            String drug,
            String directions,
            @Nullable PractitionerId prescriber,
            String prescriberName,
            Instant ordered,
            boolean draft,
            String state,
            @Nullable String said,
            String findings) {}

    /** Puts what was found in the place of what was found before. */
    void replace(PatientId patient, List<Checked> checked, String tables, LocalDate today, Instant now) {
        // An order that came here with a merge may have been checked for the chart that it came from.
        jdbc.sql("DELETE FROM coding_order_check WHERE patient_id = :patient OR order_id = ANY (:orders::uuid[])")
                .param("patient", patient.value())
                .param(
                        "orders",
                        checked.stream().map(one -> one.order().toString()).toArray(String[]::new))
                .update();
        for (Checked one : checked) {
            jdbc.sql("""
                    INSERT INTO coding_order_check (order_id, patient_id, facility_id, encounter_id, order_version, drug,
                        directions, prescriber, prescriber_name, ordered_at, draft, state, said, rank, checked_at,
                        checked_for, tables)
                    VALUES (:order, :patient, :facility, :visit, :version, :drug, :directions, :prescriber,
                        :prescriberName, :ordered, :draft, :state, :said, 9, :now, :today, :tables)
                    """)
                    .param("order", one.order())
                    .param("patient", one.patient().value())
                    .param("facility", one.facility().value())
                    .param("visit", one.visit() == null ? null : one.visit().value(), Types.OTHER)
                    .param("version", one.version())
                    .param("drug", one.drug())
                    .param("directions", one.directions())
                    .param(
                            "prescriber",
                            one.prescriber() == null ? null : one.prescriber().value(),
                            Types.OTHER)
                    .param("prescriberName", one.prescriberName())
                    .param("ordered", CaseRows.at(one.ordered()))
                    .param("draft", one.draft())
                    .param("state", one.state())
                    .param("said", one.said())
                    .param("now", CaseRows.at(now))
                    .param("today", today)
                    .param("tables", tables)
                    .update();
            jdbc.sql("""
                    INSERT INTO coding_order_finding (order_id, key, position, rule, severity, message)
                    SELECT :order, f.key, f.position, f.rule, f.severity, f.message
                    FROM json_to_recordset(:findings::json)
                         AS f (key text, position integer, rule text, severity text, message text)
                    ON CONFLICT DO NOTHING
                    """)
                    .param("order", one.order())
                    .param("findings", one.findings())
                    .update();
        }
        rank(patient);
    }

    /** The worst open finding of each order. */
    void rank(PatientId patient) {
        jdbc.sql("""
                UPDATE coding_order_check c SET rank = coalesce(
                    (SELECT min(position(f.severity IN 'HRWI') - 1) FROM coding_order_finding f
                     WHERE f.order_id = c.order_id AND NOT %s), 9)
                WHERE c.patient_id = :patient
                """.formatted(ANSWERED)).param("patient", patient.value()).update();
    }

    /** Takes what was derived of a patient out of sight. */
    void forget(PatientId patient) {
        jdbc.sql("DELETE FROM coding_order_check WHERE patient_id = :patient")
                .param("patient", patient.value())
                .update();
    }

    /** That a change waits is told at once; the rest by the next check. */
    void state(UUID order, String state) {
        jdbc.sql("UPDATE coding_order_check SET state = :state, said = NULL WHERE order_id = :order")
                .param("state", state)
                .param("order", order)
                .update();
    }
}
