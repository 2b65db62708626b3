package org.chartkeeper.visit.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.DepartmentId;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.UserId;
import org.chartkeeper.visit.VisitUpdates;
import org.chartkeeper.visit.VisitUpdates.Work;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The tables of visit updates. */
@Component
class UpdateRows {

    private static final int BOUND = 501;
    private static final String OPEN = "u.state <> 'posted' AND u.left_as IS NULL";

    private final JdbcClient jdbc;
    private final JsonMapper json;

    UpdateRows(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** An update with all that belongs to it, before names are known. */
    record Row(
            Work work,
            @Nullable UUID postedBy,
            @Nullable LocalDate birth,
            List<ItemRow> items,
            List<ChecklistRow> checklist,
            List<QuestionRow> questions,
            @Nullable DraftRow draft) {}

    record ItemRow(String item, String state, @Nullable String reason) {}

    record ChecklistRow(String item, String label) {}

    record QuestionRow(
            UUID id,
            String item,
            String label,
            UUID practitioner,
            Instant askedAt,
            @Nullable String answer,
            @Nullable String answerText,
            @Nullable Instant answeredAt) {}

    record DraftRow(String base, String content, Instant savedAt, int number) {}

    /** What a draft began from. */
    record Base(Instant at, int version) {}

    // Opening and sources ---------------------------------------------------------------------------------------------

    /** Opens an update; false where there is one. */
    boolean open(Work work) {
        String checklist = jdbc.sql("""
                        SELECT key FROM update_checklist
                        WHERE klass = :klass AND (department_id IS NULL OR department_id = :department::uuid)
                          AND position(kind_word IN lower(:kind)) > 0
                        ORDER BY department_id NULLS LAST, length(kind_word) DESC LIMIT 1
                        """)
                .param("klass", work.klass())
                .param("kind", work.kind())
                .param("department", text(work.department()))
                .query(String.class)
                .optional()
                .orElse("ambulatory");
        return jdbc.sql("""
                        INSERT INTO visit_update (id, encounter_id, patient_id, facility_id, department_id, klass, kind,
                            checklist, reason, account_number, attending, attending_name, started_at, ended_at, state,
                            source_label, source_at, due_at, created_at)
                        VALUES (:id, :visit, :patient, :facility, :department::uuid, :klass, :kind, :checklist, :reason,
                            :account, :attending::uuid, :attendingName, :started, :ended, :state, :source, :sourceAt,
                            :due, :now)
                        ON CONFLICT (encounter_id) DO NOTHING
                        """)
                        .param("id", work.id())
                        .param("visit", work.visit().value())
                        .param("patient", work.patient().value())
                        .param("facility", work.facility().value())
                        .param("department", text(work.department()))
                        .param("klass", work.klass())
                        .param("kind", work.kind())
                        .param("checklist", checklist)
                        .param("reason", work.reason())
                        .param("account", work.accountNumber())
                        .param("attending", text(work.attending()))
                        .param("attendingName", work.attendingName())
                        .param("started", at(work.started()))
                        .param("ended", at(work.ended()))
                        .param("state", work.state())
                        .param("source", work.source())
                        .param("sourceAt", atOrNull(work.sourceAt()), java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                        .param("due", atOrNull(work.due()), java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                        .param("now", at(work.ended()))
                        .update()
                > 0;
    }

    /** Updates of these visits that still wait for their documentation. */
    List<Row> waiting(Collection<EncounterId> visits) {
        return jdbc.sql(SELECT
                        + " WHERE u.encounter_id = ANY (:visits::uuid[]) AND u.source_at IS NULL FOR UPDATE OF u")
                .param("visits", visits.stream().map(EncounterId::toString).toArray(String[]::new))
                .param("me", Actor.SYSTEM_USER.value())
                .query((row, number) -> row(row))
                .list();
    }

    void documented(UUID update, String label, Instant sourceAt, Instant due) {
        jdbc.sql("""
                UPDATE visit_update SET source_label = :label, source_at = :at, due_at = :due,
                    state = CASE state WHEN 'waiting for documentation' THEN 'to do' ELSE state END
                WHERE id = :id AND source_at IS NULL
                """)
                .param("label", label)
                .param("at", at(sourceAt))
                .param("due", at(due))
                .param("id", update)
                .update();
    }

    /** A posted update comes back to who posted it; one that is being worked on keeps its holder. */
    void returned(EncounterId visit, Instant now) {
        jdbc.sql("""
                UPDATE visit_update SET state = 'returned', version = version + 1,
                    claimed_at = CASE WHEN posted_by IS NULL AND claimed_by IS NULL THEN NULL
                                      ELSE coalesce(claimed_at, :now) END,
                    claimed_by = coalesce(claimed_by, posted_by), due_at = :now
                WHERE encounter_id = :visit AND left_as IS NULL AND state <> 'returned'
                """).param("visit", visit.value()).param("now", at(now)).update();
    }

    void left(EncounterId visit, String as) {
        jdbc.sql("UPDATE visit_update SET left_as = :as WHERE encounter_id = :visit AND state <> 'posted'")
                .param("as", as)
                .param("visit", visit.value())
                .update();
    }

    // Reading
    // -----------------------------------------------------------------------------------------------------------

    private static final String SELECT = """
            SELECT u.*, p.birth_date, d.base, d.content AS draft, d.saved_at, d.number AS draft_number,
                   (SELECT json_agg(json_build_object('item', c.item, 'label', c.label) ORDER BY c.position)
                    FROM update_checklist_item c WHERE c.checklist = u.checklist)::text AS checklist_items,
                   (SELECT json_agg(json_build_object('item', i.item, 'state', i.state, 'reason', i.reason))
                    FROM visit_update_item i WHERE i.update_id = u.id)::text AS items,
                   (SELECT json_agg(json_build_object('id', q.id, 'item', q.item, 'label', q.label,
                               'practitioner', q.practitioner, 'askedAt', q.asked_at, 'answer', q.answer,
                               'answerText', q.answer_text, 'answeredAt', q.answered_at) ORDER BY q.asked_at)
                    FROM visit_question q WHERE q.update_id = u.id)::text AS questions
            FROM visit_update u
            JOIN patient p ON p.id = u.patient_id
            LEFT JOIN visit_draft d ON d.update_id = u.id AND d.user_id = :me
            """;

    Optional<Row> find(PatientId patient, EncounterId visit, UserId me, boolean lock) {
        return jdbc.sql(SELECT + " WHERE u.encounter_id = :visit AND u.patient_id = :patient"
                        + (lock ? " FOR UPDATE OF u" : ""))
                .param("visit", visit.value())
                .param("patient", patient.value())
                .param("me", me.value())
                .query((row, number) -> row(row))
                .optional();
    }

    private Row row(ResultSet row) throws SQLException {
        String birth = row.getString("birth_date");
        String base = row.getString("base");
        return new Row(
                work(row),
                row.getObject("posted_by", UUID.class),
                birth != null && birth.length() == 10 ? LocalDate.parse(birth) : null,
                list(row.getString("items"), new TypeReference<List<ItemRow>>() {}),
                list(row.getString("checklist_items"), new TypeReference<List<ChecklistRow>>() {}),
                list(row.getString("questions"), new TypeReference<List<QuestionRow>>() {}),
                base == null
                        ? null
                        : new DraftRow(
                                base, row.getString("draft"), instant(row, "saved_at"), row.getInt("draft_number")));
    }

    private <T> List<T> list(@Nullable String text, TypeReference<List<T>> type) {
        return text == null ? List.of() : json.readValue(text, type);
    }

    private static Work work(ResultSet row) throws SQLException {
        UUID department = row.getObject("department_id", UUID.class);
        UUID attending = row.getObject("attending", UUID.class);
        UUID owner = row.getObject("claimed_by", UUID.class);
        return new Work(
                row.getObject("id", UUID.class),
                new PatientId(row.getObject("patient_id", UUID.class)),
                new EncounterId(row.getObject("encounter_id", UUID.class)),
                new FacilityId(row.getObject("facility_id", UUID.class)),
                department == null ? null : new DepartmentId(department),
                row.getString("klass"),
                row.getString("kind"),
                row.getString("reason"),
                row.getString("account_number"),
                attending == null ? null : new PractitionerId(attending),
                row.getString("attending_name"),
                instant(row, "started_at"),
                instant(row, "ended_at"),
                row.getString("state"),
                row.getString("left_as"),
                row.getString("source_label"),
                instantOrNull(row, "source_at"),
                instantOrNull(row, "due_at"),
                owner == null ? null : new UserId(owner),
                null,
                instantOrNull(row, "saved_at"),
                instantOrNull(row, "posted_at"),
                null,
                row.getInt("version"));
    }

    // The list
    // ------------------------------------------------------------------------------------------------------------

    private static final String LIST = """
            SELECT u.*, d.saved_at FROM visit_update u
            LEFT JOIN visit_draft d ON d.update_id = u.id AND d.user_id = u.claimed_by
            WHERE u.left_as IS NULL AND u.facility_id = ANY (:facilities::uuid[])
            """;

    List<Work> list(
            Actor actor,
            VisitUpdates.Filter filter,
            Instant now,
            @Nullable Instant afterDue,
            @Nullable UUID after,
            int limit) {
        StringBuilder where = new StringBuilder(LIST);
        where.append(filter.state() == null ? " AND u.state <> 'posted'" : " AND u.state = :state");
        switch (filter.whose()) {
            case "mine" -> where.append(" AND u.claimed_by = :me");
            case "unclaimed" -> where.append(" AND u.claimed_by IS NULL");
            case "all" -> {
                // Everybody's.
            }
            default -> where.append(" AND (u.claimed_by IS NULL OR u.claimed_by = :me)");
        }
        if (filter.overdue()) {
            where.append(" AND u.due_at < :now");
        }
        if (filter.department() != null) {
            where.append(" AND u.department_id = :department::uuid");
        }
        if (filter.clinician() != null) {
            where.append(" AND u.attending = :clinician::uuid");
        }
        if (filter.ageDays() != null) {
            where.append(" AND u.ended_at < :endedBefore");
        }
        if (after != null) {
            where.append(
                    " AND (coalesce(u.due_at, 'infinity'), u.id) > (coalesce(:afterDue::timestamptz, 'infinity'::timestamptz), :after::uuid)");
        }
        where.append(
                " AND may_see(u.patient_id) AND may_see_visit(u.encounter_id) ORDER BY coalesce(u.due_at, 'infinity'), u.id LIMIT :limit");
        Integer age = filter.ageDays();
        return jdbc.sql(where.toString())
                .param("facilities", facilities(actor, filter.facility()))
                .param("state", filter.state())
                .param("me", actor.user().value())
                .param("now", at(now))
                .param("department", text(filter.department()))
                .param("clinician", text(filter.clinician()))
                .param("endedBefore", at(now.minusSeconds(86_400L * (age == null ? 0 : age))))
                .param("afterDue", atOrNull(afterDue), java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .param("after", after == null ? null : after.toString())
                .param("limit", limit)
                .query((row, number) -> work(row))
                .list();
    }

    VisitUpdates.Counts counts(Actor actor, @Nullable FacilityId facility, Instant now) {
        return jdbc.sql("""
                        SELECT count(*) AS waiting,
                               count(*) FILTER (WHERE claimed_by = :me) AS mine,
                               count(*) FILTER (WHERE claimed_by = :me OR claimed_by IS NULL) AS open,
                               count(*) FILTER (WHERE due_at < :now) AS overdue
                        FROM (SELECT u.claimed_by, u.due_at FROM visit_update u
                              WHERE %s AND u.facility_id = ANY (:facilities::uuid[]) AND may_see(u.patient_id)
                                AND may_see_visit(u.encounter_id)
                              ORDER BY coalesce(u.due_at, 'infinity'), u.id LIMIT 2000) waiting
                        """.formatted(OPEN))
                .param("facilities", facilities(actor, facility))
                .param("me", actor.user().value())
                .param("now", at(now))
                .query((row, number) -> new VisitUpdates.Counts(
                        Math.min(BOUND, row.getInt("waiting")),
                        Math.min(BOUND, row.getInt("mine")),
                        Math.min(BOUND, row.getInt("open")),
                        Math.min(BOUND, row.getInt("overdue"))))
                .single();
    }

    /** The next that the actor can work on: mine before unclaimed ones, those with a source before those without. */
    Optional<Work> next(Actor actor, EncounterId after) {
        return jdbc.sql(LIST + """
                         AND u.state <> 'posted' AND (u.claimed_by IS NULL OR u.claimed_by = :me)
                         AND u.encounter_id <> :after AND u.source_at IS NOT NULL AND may_see(u.patient_id)
                         AND may_see_visit(u.encounter_id)
                        ORDER BY (u.claimed_by IS NULL), coalesce(u.due_at, 'infinity'), u.id LIMIT 1
                        """)
                .param("facilities", facilities(actor, actor.facility()))
                .param("me", actor.user().value())
                .param("after", after.value())
                .query((row, number) -> work(row))
                .optional();
    }

    /** The most urgent open update of a patient. */
    List<Work> ofPatient(PatientId patient) {
        return jdbc.sql("""
                        SELECT u.*, NULL::timestamptz AS saved_at FROM visit_update u
                        WHERE u.patient_id = :patient AND may_see_visit(u.encounter_id) AND %s
                        ORDER BY coalesce(u.due_at, 'infinity'), u.id LIMIT 1
                        """.formatted(OPEN))
                .param("patient", patient.value())
                .query((row, number) -> work(row))
                .list();
    }

    Optional<Work> ofVisit(PatientId patient, EncounterId visit) {
        return jdbc.sql("""
                        SELECT u.*, NULL::timestamptz AS saved_at FROM visit_update u
                        WHERE u.patient_id = :patient AND u.encounter_id = :visit
                        """)
                .param("patient", patient.value())
                .param("visit", visit.value())
                .query((row, number) -> work(row))
                .optional();
    }

    private static String[] facilities(Actor actor, @Nullable FacilityId one) {
        return actor.facilities().stream()
                .filter(each -> one == null || each.equals(one))
                .map(FacilityId::toString)
                .toArray(String[]::new);
    }

    // Holding
    // -------------------------------------------------------------------------------------------------------------

    /** Takes an update that nobody holds; false where somebody does, or where it is posted or gone. */
    boolean claim(PatientId patient, EncounterId visit, UserId me, Instant now) {
        return jdbc.sql("""
                        UPDATE visit_update u SET claimed_by = :me, claimed_at = :now,
                            state = CASE WHEN state IN ('to do', 'waiting for documentation')
                                AND EXISTS (SELECT FROM visit_draft d WHERE d.update_id = u.id AND d.user_id = :me)
                                THEN 'draft' ELSE state END
                        WHERE encounter_id = :visit AND patient_id = :patient AND claimed_by IS NULL
                          AND state <> 'posted' AND left_as IS NULL
                        """)
                        .param("me", me.value())
                        .param("now", at(now))
                        .param("visit", visit.value())
                        .param("patient", patient.value())
                        .update()
                > 0;
    }

    boolean giveBack(PatientId patient, EncounterId visit, UserId me) {
        return jdbc.sql("""
                        UPDATE visit_update SET claimed_by = NULL, claimed_at = NULL,
                            state = CASE WHEN state <> 'draft' THEN state
                                WHEN source_at IS NULL THEN 'waiting for documentation' ELSE 'to do' END
                        WHERE encounter_id = :visit AND patient_id = :patient AND claimed_by = :me
                        """)
                        .param("me", me.value())
                        .param("visit", visit.value())
                        .param("patient", patient.value())
                        .update()
                > 0;
    }

    void reassign(UUID update, UserId to, Instant now) {
        jdbc.sql("""
                UPDATE visit_update SET claimed_by = :to, claimed_at = :now, version = version + 1,
                    state = CASE WHEN state <> 'draft' THEN state
                        WHEN source_at IS NULL THEN 'waiting for documentation' ELSE 'to do' END
                WHERE id = :id
                """)
                .param("to", to.value())
                .param("now", at(now))
                .param("id", update)
                .update();
    }

    // Drafts and postings
    // -------------------------------------------------------------------------------------------------

    int keep(UUID update, UserId me, Base base, String content, Instant now) {
        jdbc.sql("""
                UPDATE visit_update SET state = 'draft'
                WHERE id = :id AND state IN ('to do', 'waiting for documentation')
                """).param("id", update).update();
        return jdbc.sql("""
                        INSERT INTO visit_draft AS d (update_id, user_id, base, content, saved_at, number)
                        VALUES (:id, :me, :base, :content, :now, 1)
                        ON CONFLICT (update_id, user_id) DO UPDATE
                        SET content = excluded.content, saved_at = excluded.saved_at, number = d.number + 1
                        RETURNING number
                        """)
                .param("id", update)
                .param("me", me.value())
                .param("base", json.writeValueAsString(base))
                .param("content", content)
                .param("now", at(now))
                .query(Integer.class)
                .single();
    }

    Base base(DraftRow draft) {
        return json.readValue(draft.base(), Base.class);
    }

    void dropDraft(UUID update, UserId me) {
        jdbc.sql("DELETE FROM visit_draft WHERE update_id = :id AND user_id = :me")
                .param("id", update)
                .param("me", me.value())
                .update();
    }

    /** How an item was posted. */
    record Decision(String item, String state, @Nullable String reason) {}

    void decide(
            UUID update,
            Collection<Decision> decisions,
            String sourceKind,
            @Nullable String sourceReference,
            UserId me,
            Instant now) {
        if (decisions.isEmpty()) {
            return;
        }
        List<Decision> all = new ArrayList<>(decisions);
        jdbc.sql("""
                INSERT INTO visit_update_item (update_id, item, state, reason, source_kind, source_reference, decided_by,
                    decided_at)
                SELECT :id, g.item, g.state, g.reason, :kind, :reference, :me, :now
                FROM unnest(:items::text[], :states::text[], :reasons::text[]) AS g (item, state, reason)
                ON CONFLICT (update_id, item) DO UPDATE SET state = excluded.state, reason = excluded.reason,
                    source_kind = excluded.source_kind, source_reference = excluded.source_reference,
                    decided_by = excluded.decided_by, decided_at = excluded.decided_at
                """)
                .param("id", update)
                .param("items", all.stream().map(Decision::item).toArray(String[]::new))
                .param("states", all.stream().map(Decision::state).toArray(String[]::new))
                .param("reasons", all.stream().map(Decision::reason).toArray(String[]::new))
                .param("kind", sourceKind)
                .param("reference", sourceReference)
                .param("me", me.value())
                .param("now", at(now))
                .update();
    }

    void posted(UUID update, UserId me, @Nullable PractitionerId signer, List<UUID> entries, int pending, Instant now) {
        jdbc.sql("""
                INSERT INTO visit_posting (id, update_id, patient_id, number, posted_by, posted_at, signer, entries, pending)
                SELECT :posting, u.id, u.patient_id,
                    1 + (SELECT count(*) FROM visit_posting p WHERE p.update_id = u.id), :me, :now, :signer::uuid,
                    :entries::uuid[], :pending
                FROM visit_update u WHERE u.id = :id
                """)
                .param("posting", org.chartkeeper.platform.Uuid7.next())
                .param("id", update)
                .param("me", me.value())
                .param("now", at(now))
                .param("signer", text(signer))
                .param("entries", entries.stream().map(UUID::toString).toArray(String[]::new))
                .param("pending", pending)
                .update();
        jdbc.sql("""
                UPDATE visit_update SET state = 'posted', posted_by = :me, posted_at = :now, claimed_by = NULL,
                    claimed_at = NULL, version = version + 1
                WHERE id = :id
                """)
                .param("me", me.value())
                .param("now", at(now))
                .param("id", update)
                .update();
    }

    // Questions
    // -----------------------------------------------------------------------------------------------------------

    void ask(Work work, String item, String label, PractitionerId practitioner, UserId me, Instant now) {
        jdbc.sql("""
                INSERT INTO visit_question (id, update_id, patient_id, encounter_id, facility_id, item, label, practitioner,
                    asked_by, asked_at)
                VALUES (:id, :update, :patient, :visit, :facility, :item, :label, :practitioner, :me, :now)
                ON CONFLICT (update_id, item) WHERE answered_at IS NULL DO NOTHING
                """)
                .param("id", org.chartkeeper.platform.Uuid7.next())
                .param("update", work.id())
                .param("patient", work.patient().value())
                .param("visit", work.visit().value())
                .param("facility", work.facility().value())
                .param("item", item)
                .param("label", label)
                .param("practitioner", practitioner.value())
                .param("me", me.value())
                .param("now", at(now))
                .update();
    }

    /** A question as read; the names of patient and asker are not known here. */
    record Asked(
            UUID id,
            UUID update,
            PatientId patient,
            EncounterId visit,
            FacilityId facility,
            String item,
            String label,
            PractitionerId practitioner,
            UserId askedBy,
            Instant askedAt,
            String kind,
            Instant started,
            @Nullable Instant answeredAt) {}

    private static final String QUESTIONS = """
            SELECT q.*, u.kind, u.started_at FROM visit_question q JOIN visit_update u ON u.id = q.update_id
            """;

    List<Asked> questions(PractitionerId practitioner, int limit) {
        return jdbc.sql(QUESTIONS
                        + " WHERE q.practitioner = :me AND q.answered_at IS NULL ORDER BY q.asked_at LIMIT :limit")
                .param("me", practitioner.value())
                .param("limit", limit)
                .query((row, number) -> asked(row))
                .list();
    }

    Optional<Asked> question(PatientId patient, UUID question) {
        return jdbc.sql(QUESTIONS + " WHERE q.id = :id AND q.patient_id = :patient FOR UPDATE OF q")
                .param("id", question)
                .param("patient", patient.value())
                .query((row, number) -> asked(row))
                .optional();
    }

    private static Asked asked(ResultSet row) throws SQLException {
        return new Asked(
                row.getObject("id", UUID.class),
                row.getObject("update_id", UUID.class),
                new PatientId(row.getObject("patient_id", UUID.class)),
                new EncounterId(row.getObject("encounter_id", UUID.class)),
                new FacilityId(row.getObject("facility_id", UUID.class)),
                row.getString("item"),
                row.getString("label"),
                new PractitionerId(row.getObject("practitioner", UUID.class)),
                new UserId(row.getObject("asked_by", UUID.class)),
                instant(row, "asked_at"),
                row.getString("kind"),
                instant(row, "started_at"),
                instantOrNull(row, "answered_at"));
    }

    void answer(UUID question, String answer, @Nullable String text, UserId me, Instant now) {
        jdbc.sql("""
                UPDATE visit_question SET answer = :answer, answer_text = :text, answered_by = :me, answered_at = :now
                WHERE id = :id
                """)
                .param("answer", answer)
                .param("text", text)
                .param("me", me.value())
                .param("now", at(now))
                .param("id", question)
                .update();
    }

    int countQuestions(PractitionerId practitioner) {
        return jdbc.sql("""
                        SELECT count(*) FROM (SELECT FROM visit_question
                                              WHERE practitioner = :me AND answered_at IS NULL LIMIT 501) q
                        """)
                .param("me", practitioner.value())
                .query(Integer.class)
                .single();
    }

    // Types
    // ---------------------------------------------------------------------------------------------------------------

    private static OffsetDateTime at(Instant moment) {
        return OffsetDateTime.ofInstant(moment, ZoneOffset.UTC);
    }

    private static @Nullable OffsetDateTime atOrNull(@Nullable Instant moment) {
        return moment == null ? null : at(moment);
    }

    private static @Nullable String text(@Nullable Object id) {
        return id == null ? null : id.toString();
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
        return moment == null ? null : moment.toInstant();
    }
}
