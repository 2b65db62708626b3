package org.chartkeeper.coding.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.chartkeeper.coding.Book;
import org.chartkeeper.coding.CodingCases.Counts;
import org.chartkeeper.coding.CodingCases.Filter;
import org.chartkeeper.coding.CodingCases.Place;
import org.chartkeeper.coding.CodingCases.Work;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.FilterAddress;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Lists of coding cases, and the tables that only grow. */
@Component
class CaseRows {

    private static final int BOUND = 501;
    private static final int COUNTED = 2000;

    /** A case is late three days after the discharge (features, C19). */
    private static final int LATE_DAYS = 3;

    /** Of cases that the actor may see by their patients, their visits and what they rest on. */
    static final String SEEN = """
             AND may_see(c.patient_id) AND may_see_labels(c.sensitivity)
             AND NOT EXISTS (SELECT 1 FROM coding_case_visit v
                             WHERE v.case_id = c.id AND NOT may_see_visit(v.encounter_id))
            """;

    private static final String COLUMNS = """
            SELECT c.*, (SELECT string_agg(v.encounter_id::text, ' ') FROM coding_case_visit v
                         WHERE v.case_id = c.id) AS visits
            """;
    private static final String SELECT = COLUMNS + " FROM coding_case c ";
    private static final String HELD = "c.state IN ('held', 'query pending')";

    /** A case with all that its workbench asks of the database besides codes and chart; the five cases before it. */
    private static final String WHOLE = """
            SELECT c.*, p.birth_date, coalesce(p.registered_sex, p.clinical_sex) AS sex, p.deceased,
                   u.name AS owner_name, o.facility_type, o.review_percent, o.review_rules, o.query_days,
                   o.query_record, EXISTS (SELECT 1 FROM coding_review w WHERE w.case_id = c.id
                       AND w.closed_at IS NOT NULL) AS reviewed,
                   (SELECT json_agg(json_build_object('book', a.book, 'finding', a.finding, 'rule', a.rule,
                                'reason', a.reason, 'by', b.name) ORDER BY a.at)
                    FROM coding_override a JOIN app_user b ON b.id = a.by_user
                    WHERE a.case_id = c.id AND a.ended_at IS NULL)::text AS answers,
                   (SELECT json_agg(b.codes ORDER BY b.started_at DESC)
                    FROM (SELECT b.started_at, (SELECT json_agg(k.code ORDER BY k.position)
                                 FROM coding_code k WHERE k.case_id = b.id AND k.book = 'coder'
                                   AND k.section = 'diagnosis' AND k.role IN ('principal', 'secondary')) AS codes
                          FROM coding_case b
                          WHERE b.patient_id = c.patient_id AND b.kind = c.kind AND b.id <> c.id
                            AND b.state <> 'combined' AND b.started_at < c.started_at
                            AND may_see_labels(b.sensitivity)
                            AND NOT EXISTS (SELECT 1 FROM coding_case_visit w
                                            WHERE w.case_id = b.id AND NOT may_see_visit(w.encounter_id))
                          ORDER BY b.started_at DESC LIMIT 5) b
                    WHERE b.codes IS NOT NULL)::text AS earlier,
                   (SELECT string_agg(v.encounter_id::text, ' ') FROM coding_case_visit v
                    WHERE v.case_id = c.id %3$s) AS visits %1$s
            FROM coding_case c
            JOIN patient p ON p.id = c.patient_id
            LEFT JOIN app_user u ON u.id = c.claimed_by
            LEFT JOIN coding_policy o ON o.facility_id = c.facility_id
            %2$s
            WHERE c.id = :id
            """;

    /** Of visits that were there when the second review was opened. */
    private static final String REVIEWED = """
            AND NOT EXISTS (SELECT 1 FROM coding_review w
                            WHERE w.case_id = c.id AND w.closed_at IS NULL AND v.added_at > w.opened_at)
            """;

    private static String visits(Book book) {
        return book == Book.REVIEW ? REVIEWED : "";
    }

    /** The order of the queue, as its indexes have it. */
    private static final String ORDER = " ORDER BY -c.priority, coalesce(c.ended_at, 'infinity'), c.id";

    private static final String CAN =
            " AND c.ended_at IS NOT NULL AND c.state IN ('not coded', 'in progress', 'reopened')";

    /** The first cases of each facility in the order of the queue, of those that the actor may see. */
    private static String first(String where, String limit) {
        return " FROM unnest(:facilities::uuid[]) f (id) CROSS JOIN LATERAL (SELECT c.* FROM coding_case c"
                + " WHERE c.facility_id = f.id" + where + SEEN + ORDER + " LIMIT " + limit + ") c" + ORDER + " LIMIT "
                + limit;
    }

    private final JdbcClient jdbc;
    private final JsonMapper json;

    CaseRows(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    Optional<Work> find(UUID id) {
        return jdbc.sql(SELECT + " WHERE c.id = :id" + SEEN)
                .param("id", id)
                .query((row, number) -> work(row))
                .optional();
    }

    /** A case with whom it is about, who holds it and how its facility codes, in one statement. */
    record Whole(
            Work work,
            Policy policy,
            @Nullable String ownerName,
            @Nullable LocalDate born,
            @Nullable String sex,
            @Nullable LocalDate died,
            boolean reviewed,
            List<Answered> answers,
            List<Set<String>> earlier,
            @Nullable Place place) {

        List<Answered> answers(Book book) {
            return answers.stream()
                    .filter(each -> each.book().equals(book.key()))
                    .toList();
        }
    }

    /** @param book whose codes are meant: a second review has the visits that were there when it was opened */
    Optional<Whole> whole(UUID id, Book book) {
        return jdbc.sql(WHOLE.formatted("", "", visits(book)) + SEEN)
                .param("id", id)
                .query((row, number) -> whole(row, null))
                .optional();
    }

    /** With its place in a list. */
    Optional<Whole> whole(UUID id, Book book, Actor actor, Filter list, Instant now) {
        String place = """
                LEFT JOIN (SELECT k.id, row_number() OVER w AS at, count(*) OVER () AS of,
                        lag(k.id) OVER w AS before, lead(k.id) OVER w AS after
                    FROM (SELECT c.id, c.priority, c.ended_at %s) k
                    WINDOW w AS (ORDER BY -k.priority, coalesce(k.ended_at, 'infinity'), k.id)) l ON l.id = c.id
                """.formatted(first(where(list), String.valueOf(BOUND)));
        return asked(WHOLE.formatted(", l.at, l.of, l.before, l.after", place, visits(book)) + SEEN, actor, list, now)
                .param("id", id)
                .query((row, number) -> whole(row, place(row)))
                .optional();
    }

    private static @Nullable Place place(ResultSet row) throws SQLException {
        int at = row.getInt("at");
        return at == 0
                ? null
                : new Place(
                        at, row.getInt("of"), row.getObject("before", UUID.class), row.getObject("after", UUID.class));
    }

    private Whole whole(ResultSet row, @Nullable Place place) throws SQLException {
        return new Whole(
                work(row),
                row.getString("facility_type") == null ? Policy.USUAL : policy(row),
                row.getString("owner_name"),
                day(row.getString("birth_date")),
                row.getString("sex"),
                day(row.getString("deceased")),
                row.getBoolean("reviewed"),
                answers(row.getString("answers")),
                earlier(row.getString("earlier")),
                place);
    }

    /** The codes of the visits before, the latest first: rule DX-56 looks at the last few. */
    private List<Set<String>> earlier(@Nullable String text) {
        return text == null ? List.of() : json.readValue(text, new TypeReference<List<Set<String>>>() {});
    }

    private static @Nullable LocalDate day(@Nullable String text) {
        return text != null && text.length() >= 10 ? LocalDate.parse(text.substring(0, 10)) : null;
    }

    /** Whose case it is, whoever asks. */
    Optional<PatientId> patient(UUID id) {
        return jdbc.sql("SELECT patient_id FROM coding_case WHERE id = :id")
                .param("id", id)
                .query(UUID.class)
                .optional()
                .map(PatientId::new);
    }

    /** Nobody else opens a case of this name until the transaction ends. */
    void alone(String name) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
                .param("name", "coding case " + name)
                .query(row -> {});
    }

    /**
     * Nobody changes these entries until the transaction ends. Always before the case is locked: that is the order in
     * which an amendment comes.
     */
    void keep(PatientId patient, Collection<UUID> entries) {
        jdbc.sql("SELECT id FROM entry WHERE id = ANY (:ids::uuid[]) AND patient_id = :patient ORDER BY id FOR SHARE")
                .param("ids", entries.stream().map(UUID::toString).toArray(String[]::new))
                .param("patient", patient.value())
                .query(row -> {});
    }

    /** The labels of these entries that close them to some. */
    List<String> labels(Collection<UUID> entries) {
        if (entries.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("""
                        SELECT DISTINCT l.key FROM entry e
                        JOIN sensitivity_label l ON l.key = ANY (string_to_array(e.sensitivity, ' '))
                        WHERE e.id = ANY (:ids::uuid[]) AND e.sensitivity <> '' AND l.permission IS NOT NULL
                        """)
                .param("ids", entries.stream().map(UUID::toString).toArray(String[]::new))
                .query((row, number) -> row.getString("key"))
                .list();
    }

    /** The entries that a code rests on. */
    List<UUID> entriesBehindLine(UUID line) {
        return jdbc.sql("SELECT DISTINCT entry_id FROM coding_evidence WHERE code_id = :line")
                .param("line", line)
                .query((row, number) -> row.getObject("entry_id", UUID.class))
                .list();
    }

    /** The entries that the codes of a case rest on. */
    List<UUID> entriesBehindCase(UUID coded) {
        return jdbc.sql("SELECT DISTINCT e.entry_id FROM coding_evidence e JOIN coding_code c ON c.id = e.code_id"
                        + " WHERE c.case_id = :case")
                .param("case", coded)
                .query((row, number) -> row.getObject("entry_id", UUID.class))
                .list();
    }

    /** The conditions of a list; {@link #asked} fills them. */
    private static String where(Filter filter) {
        StringBuilder where = new StringBuilder(
                filter.state() == null ? " AND c.state NOT IN ('final coded', 'combined')" : " AND c.state = :state");
        where.append(
                switch (filter.whose()) {
                    case "mine" -> " AND c.claimed_by = :me";
                    case "unclaimed" -> " AND c.claimed_by IS NULL";
                    case "all" -> "";
                    default ->
                        holder(filter) == null
                                ? " AND (c.claimed_by IS NULL OR c.claimed_by = :me)"
                                : " AND c.claimed_by = :holder::uuid";
                });
        where.append(filter.klass() == null ? "" : " AND c.klass = :klass")
                .append(filter.kind() == null ? "" : " AND c.kind = :kind")
                .append(filter.payer() == null ? "" : " AND c.payer = :payer")
                .append(filter.priority() == null ? "" : " AND c.priority >= :priority")
                .append(filter.age() == null ? "" : " AND c.ended_at < :endedBefore")
                .append(filter.hold() == null ? "" : " AND c.state = 'held' AND c.hold_reason = :hold");
        if (filter.held() != null) {
            where.append(filter.held() ? " AND " + HELD : " AND NOT " + HELD);
        }
        return where.toString();
    }

    private static @Nullable UUID holder(Filter filter) {
        return FilterAddress.id(filter.whose());
    }

    private JdbcClient.StatementSpec asked(String sql, Actor actor, Filter filter, Instant now) {
        Integer age = filter.age();
        UUID holder = holder(filter);
        return jdbc.sql(sql)
                .param("facilities", facilities(actor, filter.facility()))
                .param("state", filter.state())
                .param("me", actor.user().value())
                .param("holder", holder == null ? null : holder.toString())
                .param("klass", filter.klass())
                .param("kind", filter.kind())
                .param("payer", filter.payer())
                .param("priority", filter.priority())
                .param("hold", filter.hold())
                .param("endedBefore", at(now.minusSeconds(86_400L * (age == null ? 0 : age))));
    }

    List<Work> list(Actor actor, Filter filter, Instant now, @Nullable CaseKey after, int limit) {
        return list("", actor, filter, now, after, limit);
    }

    private List<Work> list(String more, Actor actor, Filter filter, Instant now, @Nullable CaseKey after, int limit) {
        String beyond = after == null
                ? ""
                : " AND (-c.priority, coalesce(c.ended_at, 'infinity'), c.id)"
                        + " > (:afterPriority, coalesce(:afterEnd::timestamptz, 'infinity'::timestamptz), :afterId::uuid)";
        return asked(COLUMNS + first(where(filter) + more + beyond, ":limit"), actor, filter, now)
                .param("afterPriority", after == null ? 0 : -after.priority())
                .param("afterEnd", after == null ? null : at(after.end()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("afterId", after == null ? null : after.id().toString())
                .param("limit", limit)
                .query((row, number) -> work(row))
                .list();
    }

    /** The next of the list that can be coded, after a case or from the top; never that case itself. */
    Optional<Work> next(Actor actor, Filter filter, Instant now, Work after) {
        String mine = CAN + " AND (c.claimed_by IS NULL OR c.claimed_by = :me)";
        List<Work> following = list(mine, actor, filter, now, CaseKey.of(after), 1);
        return (following.isEmpty() ? list(mine, actor, filter, now, null, 2) : following)
                .stream().filter(work -> !work.id().equals(after.id())).findFirst();
    }

    Set<UserId> owners(Actor actor) {
        return jdbc.sql("""
                        SELECT DISTINCT claimed_by FROM coding_case
                        WHERE claimed_by IS NOT NULL AND state NOT IN ('final coded', 'combined')
                          AND facility_id = ANY (:facilities::uuid[])
                        """)
                .param("facilities", facilities(actor, null))
                .query((row, number) -> new UserId(row.getObject("claimed_by", UUID.class)))
                .set();
    }

    /** Where a page of the list ended. */
    record CaseKey(int priority, @Nullable Instant end, UUID id) {

        static CaseKey of(Work work) {
            return new CaseKey(work.priority(), work.ended(), work.id());
        }

        static @Nullable CaseKey of(@Nullable String text) {
            String[] parts = text == null ? new String[0] : text.split("_");
            try {
                return parts.length == 3
                        ? new CaseKey(
                                Integer.parseInt(parts[0]),
                                parts[1].isEmpty() ? null : Instant.ofEpochSecond(0, Long.parseLong(parts[1]) * 1000),
                                UUID.fromString(parts[2]))
                        : null;
            } catch (IllegalArgumentException malformed) {
                return null;
            }
        }

        @Override
        public String toString() {
            return priority + "_" + (end == null ? "" : end.getEpochSecond() * 1_000_000L + end.getNano() / 1000) + "_"
                    + id;
        }
    }

    Counts counts(Actor actor, @Nullable FacilityId facility, Instant now) {
        return jdbc.sql("""
                        SELECT count(*) FILTER (WHERE ended_at IS NOT NULL) AS waiting,
                               count(*) FILTER (WHERE claimed_by = :me) AS mine,
                               count(*) FILTER (WHERE claimed_by = :me OR claimed_by IS NULL) AS open,
                               count(*) FILTER (WHERE ended_at IS NOT NULL AND NOT held AND state <> 'second review') AS can,
                               count(*) FILTER (WHERE state = 'second review') AS review,
                               count(*) FILTER (WHERE held AND ended_at IS NOT NULL) AS held,
                               count(*) FILTER (WHERE ended_at IS NULL) AS in_house,
                               count(*) FILTER (WHERE held AND ended_at IS NULL) AS in_house_held,
                               count(*) FILTER (WHERE ended_at < :late) AS late,
                               count(*) FILTER (WHERE ended_at IS NOT NULL AND state = 'query pending') AS query,
                               count(*) FILTER (WHERE ended_at IS NOT NULL AND hold_reason = 'missing document') AS document,
                               count(*) FILTER (WHERE ended_at IS NOT NULL
                                   AND hold_reason = 'missing discharge disposition') AS disposition,
                               count(*) FILTER (WHERE ended_at IS NOT NULL AND hold_reason = 'supervisor') AS supervisor
                        FROM (SELECT c.ended_at, c.claimed_by, c.state, c.hold_reason, %s AS held %s) waiting
                        """.formatted(
                        HELD, first(" AND c.state NOT IN ('final coded', 'combined')", String.valueOf(COUNTED))))
                .param("me", actor.user().value())
                .param("facilities", facilities(actor, facility))
                .param("late", at(now.minusSeconds(86_400L * LATE_DAYS)))
                .query((row, number) -> new Counts(
                        bounded(row, "waiting"),
                        bounded(row, "mine"),
                        bounded(row, "open"),
                        bounded(row, "can"),
                        bounded(row, "review"),
                        bounded(row, "held"),
                        bounded(row, "late"),
                        holds(row),
                        bounded(row, "in_house"),
                        bounded(row, "in_house_held")))
                .single();
    }

    private static Map<String, Integer> holds(ResultSet row) throws SQLException {
        Map<String, Integer> holds = new LinkedHashMap<>();
        holds.put("missing document", bounded(row, "document"));
        holds.put("missing discharge disposition", bounded(row, "disposition"));
        holds.put("waiting for an answer", bounded(row, "query"));
        holds.put("supervisor", bounded(row, "supervisor"));
        holds.values().removeIf(count -> count == 0);
        return holds;
    }

    private static int bounded(ResultSet row, String column) throws SQLException {
        return Math.min(BOUND, row.getInt(column));
    }

    /** The cases of a visit, the facility's first. */
    List<Work> ofVisit(EncounterId visit) {
        return jdbc.sql(SELECT + """
                         WHERE EXISTS (SELECT 1 FROM coding_case_visit o
                                       WHERE o.case_id = c.id AND o.encounter_id = :visit)
                        """ + SEEN + " ORDER BY c.kind, c.id")
                .param("visit", visit.value())
                .query((row, number) -> work(row))
                .list();
    }

    /** Open cases of the patient at the facility, other than this one. */
    List<Work> others(Work work) {
        return jdbc.sql(SELECT + """
                         WHERE c.patient_id = :patient AND c.facility_id = :facility AND c.id <> :id
                           AND c.state NOT IN ('final coded', 'combined')
                        """ + SEEN + " ORDER BY c.started_at DESC LIMIT 20")
                .param("patient", work.patient().value())
                .param("facility", work.facility().value())
                .param("id", work.id())
                .query((row, number) -> work(row))
                .list();
    }

    private static Work work(ResultSet row) throws SQLException {
        UUID attending = row.getObject("attending", UUID.class);
        String visits = row.getString("visits");
        return new Work(
                row.getObject("id", UUID.class),
                new PatientId(row.getObject("patient_id", UUID.class)),
                new FacilityId(row.getObject("facility_id", UUID.class)),
                row.getString("kind"),
                row.getString("klass"),
                row.getString("payer"),
                row.getObject("month", LocalDate.class),
                attending == null ? null : new PractitionerId(attending),
                row.getString("attending_name"),
                row.getString("account_number"),
                row.getString("reason"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                instant(row, "ended_at"),
                row.getString("disposition"),
                row.getString("state"),
                row.getString("hold_reason"),
                row.getString("hold_note"),
                row.getInt("priority"),
                user(row, "claimed_by"),
                user(row, "coder"),
                user(row, "final_by"),
                instant(row, "final_at"),
                row.getString("reopened"),
                row.getInt("version"),
                visits == null
                        ? List.of()
                        : Arrays.stream(visits.split(" ")).map(EncounterId::of).toList());
    }

    private static @Nullable UserId user(ResultSet row, String column) throws SQLException {
        UUID id = row.getObject(column, UUID.class);
        return id == null ? null : new UserId(id);
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    static @Nullable OffsetDateTime at(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static String[] facilities(Actor actor, @Nullable FacilityId one) {
        return actor.facilities().stream()
                .filter(each -> one == null || one.equals(each))
                .map(FacilityId::toString)
                .toArray(String[]::new);
    }

    // What only grows -------------------------------------------------------------------------------------------------

    void step(UUID id, String state, String what, @Nullable String reason, UUID by, Instant at) {
        jdbc.sql("""
                INSERT INTO coding_step (case_id, number, state, what, reason, by_user, at, case_version, coder)
                SELECT :id, coalesce(max(number), 0) + 1, :state, :what, :reason, :by, :at,
                       (SELECT version FROM coding_case WHERE id = :id), (SELECT coder FROM coding_case WHERE id = :id)
                FROM coding_step WHERE case_id = :id
                """)
                .param("id", id)
                .param("state", state)
                .param("what", what)
                .param("reason", reason)
                .param("by", by)
                .param("at", at(at))
                .update();
    }

    void revision(UUID id, String book, String what, String codes, UUID by, Instant at) {
        jdbc.sql("""
                INSERT INTO coding_revision (case_id, book, number, what, codes, by_user, at, case_version)
                SELECT :id, :book, coalesce(max(number), 0) + 1, :what, :codes::jsonb, :by, :at,
                       (SELECT version FROM coding_case WHERE id = :id)
                FROM coding_revision WHERE case_id = :id AND book = :book
                """)
                .param("id", id)
                .param("book", book)
                .param("what", what)
                .param("codes", codes)
                .param("by", by)
                .param("at", at(at))
                .update();
    }

    /** Steps and changes of the coder's codes, newest first. */
    List<Row> history(UUID id) {
        return jdbc.sql("""
                        SELECT at, by_user, what, reason FROM coding_step WHERE case_id = :id
                        UNION ALL
                        SELECT at, by_user, what, NULL FROM coding_revision WHERE case_id = :id AND book = 'coder'
                        ORDER BY at DESC LIMIT 500
                        """).param("id", id).query((row, number) -> row(row)).list();
    }

    /**
     * Changes of the codes of one book since a version of the case, newest first, and for the coder its steps: they tell of
     * the first codes, which a second review does not see.
     */
    List<Row> since(UUID id, String book, int version) {
        return jdbc.sql("""
                        SELECT at, by_user, what, reason FROM coding_step
                        WHERE case_id = :id AND case_version > :version AND :book = 'coder'
                        UNION ALL
                        SELECT at, by_user, what, NULL FROM coding_revision
                        WHERE case_id = :id AND book = :book AND case_version > :version
                        ORDER BY at DESC LIMIT 50
                        """)
                .param("id", id)
                .param("book", book)
                .param("version", version)
                .query((row, number) -> row(row))
                .list();
    }

    /** The codes of a book as they stood at a version of the case; empty where it had none. */
    String codesAt(UUID id, String book, int version) {
        return jdbc.sql("""
                        SELECT codes::text FROM coding_revision
                        WHERE case_id = :id AND book = :book AND coalesce(case_version, 0) <= :version
                        ORDER BY number DESC LIMIT 1
                        """)
                .param("id", id)
                .param("book", book)
                .param("version", version)
                .query(String.class)
                .optional()
                .orElse("[]");
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getObject("at", OffsetDateTime.class).toInstant(),
                new UserId(row.getObject("by_user", UUID.class)),
                row.getString("what"),
                row.getString("reason"));
    }

    record Row(Instant at, UserId by, String what, @Nullable String reason) {}

    // Answers for findings --------------------------------------------------------------------------------------------

    record Answered(String book, String finding, String rule, String reason, String by) {}

    private List<Answered> answers(@Nullable String text) {
        return text == null ? List.of() : json.readValue(text, new TypeReference<List<Answered>>() {});
    }

    void answer(
            UUID override,
            UUID id,
            String book,
            String finding,
            String rule,
            String severity,
            String message,
            String reason,
            UUID by,
            Instant at) {
        jdbc.sql("""
                INSERT INTO coding_override (id, case_id, book, finding, rule, severity, message, reason, by_user, at)
                VALUES (:override, :id, :book, :finding, :rule, :severity, :message, :reason, :by, :at)
                """)
                .param("override", override)
                .param("id", id)
                .param("book", book)
                .param("finding", finding)
                .param("rule", rule)
                .param("severity", severity)
                .param("message", message)
                .param("reason", reason)
                .param("by", by)
                .param("at", at(at))
                .update();
    }

    void unanswer(UUID id, String book, String finding, Instant at) {
        jdbc.sql("""
                UPDATE coding_override SET ended_at = :at
                WHERE case_id = :id AND book = :book AND finding = :finding AND ended_at IS NULL
                """)
                .param("id", id)
                .param("book", book)
                .param("finding", finding)
                .param("at", at(at))
                .update();
    }

    // How a facility codes --------------------------------------------------------------------------------------------

    record Policy(String facilityType, int reviewPercent, List<String> reviewRules, int queryDays, String queryRecord) {
        static final Policy USUAL = new Policy("acute", 5, List.of(), 3, "business");
    }

    Policy policy(FacilityId facility) {
        return jdbc.sql("SELECT * FROM coding_policy WHERE facility_id = :id")
                .param("id", facility.value())
                .query((row, number) -> policy(row))
                .optional()
                .orElse(Policy.USUAL);
    }

    private static Policy policy(ResultSet row) throws SQLException {
        String rules = row.getString("review_rules");
        return new Policy(
                row.getString("facility_type"),
                row.getInt("review_percent"),
                rules.isBlank() ? List.of() : List.of(rules.trim().split("\\s+")),
                row.getInt("query_days"),
                row.getString("query_record"));
    }
}
