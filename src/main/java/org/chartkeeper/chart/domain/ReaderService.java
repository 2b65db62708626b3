package org.chartkeeper.chart.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.VersionView;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Slice;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads by SQL that limits first and joins after, so that a chart of 30,000 entries costs what one of 300 does. */
@Service
class ReaderService implements ChartReader {

    private static final int BOUND = 501;
    private static final int VISITS = 5;

    /** Looks that follow each other this closely are one: to load a page again must not hide what changed. */
    private static final Duration SAME_LOOK = Duration.ofMinutes(15);

    private static final Set<EntryType> LISTS = EnumSet.of(
            EntryType.CONDITION, EntryType.ALLERGY, EntryType.MEDICATION_ORDER, EntryType.MEDICATION_STATEMENT);

    private final JdbcClient jdbc;
    private final Sensitivity sensitivity;
    private final Names names;
    private final EncounterRows encounters;
    private final EntryPages pages;
    private final TransactionTemplate transactions;
    private final Clock clock;

    ReaderService(
            JdbcClient jdbc,
            Sensitivity sensitivity,
            Names names,
            EncounterRows encounters,
            EntryPages pages,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.jdbc = jdbc;
        this.sensitivity = sensitivity;
        this.names = names;
        this.encounters = encounters;
        this.pages = pages;
        this.transactions = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    @Override
    @Requires({Permission.CHART_READ, Permission.VISIT_UPDATE})
    @Transactional(readOnly = true)
    public Summary summary(Actor actor, PatientId patient) {
        Sensitivity.Visible visible = sensitivity.visible(actor);
        Lists lists = lists(visible, patient);
        List<Course> courses = courses(visible, patient);
        List<EncounterRows.Row> visits = encounters.list(visible, patient, null, VISITS);
        Names.Wanted wanted = new Names.Wanted();
        lists.entries.forEach(row -> row.want(wanted));
        courses.forEach(course -> course.latest.want(wanted));
        visits.forEach(visit -> wanted.practitioner(visit.attending()));
        Names.Found known = names.find(wanted);
        return new Summary(
                lists.of(known, EntryType.CONDITION),
                lists.of(known, EntryType.ALLERGY),
                lists.of(known, EntryType.MEDICATION_ORDER, EntryType.MEDICATION_STATEMENT),
                courses.stream()
                        .map(course -> new Trend(
                                course.code, course.label, course.latest.view(known), List.copyOf(course.points)))
                        .toList(),
                visits.stream().map(visit -> encounters.view(visit, known)).toList(),
                lists.asked);
    }

    /** Every listed entry of the safety lists, and when a clinician last stood for the allergies. */
    private static final class Lists {
        final List<EntryRow> entries = new ArrayList<>();

        @Nullable
        Instant asked;

        List<EntryView> of(Names.Found names, EntryType... types) {
            List<EntryType> wanted = List.of(types);
            return entries.stream()
                    .filter(row -> wanted.contains(row.type()))
                    .map(row -> row.view(names))
                    .toList();
        }
    }

    private Lists lists(Sensitivity.Visible visible, PatientId patient) {
        Lists lists = new Lists();
        visible.bind(jdbc.sql("""
                SELECT asked.at AS asked_at, x.*
                FROM (SELECT max(coalesce(e.signed_at, e.stated_at)) AS at
                      FROM entry e
                      WHERE e.patient_id = :patient AND e.type = 'allergy' AND e.status = 'current'
                        AND e.signed_version IS NOT NULL AND %3$s) asked
                LEFT JOIN (SELECT %1$s FROM entry e %2$s
                           WHERE e.patient_id = :patient AND e.listed
                             AND e.type IN ('condition', 'allergy', 'medication-order', 'medication-statement')
                             AND %3$s) x ON true
                ORDER BY x.event_at DESC, x.id DESC
                """.formatted(EntryRow.COLUMNS, EntryRow.CONTENTS, Sensitivity.PREDICATE)))
                .param("patient", patient.value())
                .query(row -> {
                    lists.asked = Sql.instantOrNull(row, "asked_at");
                    if (row.getString("id") != null) {
                        lists.entries.add(EntryRow.of(row));
                    }
                });
        return lists;
    }

    /** A value's latest entry and its course. */
    private record Course(String code, String label, EntryRow latest, List<Trend.Point> points) {}

    private List<Course> courses(Sensitivity.Visible visible, PatientId patient) {
        Map<String, Course> found = new LinkedHashMap<>();
        visible.bind(jdbc.sql("""
                SELECT w.code AS wanted, o.number, o.second_number, o.at AS observed_at, o.rank, x.*
                FROM unnest(:codes::text[]) WITH ORDINALITY AS w (code, position)
                CROSS JOIN LATERAL (
                    SELECT ob.id, ob.number, ob.second_number, ob.at,
                           row_number() OVER (ORDER BY ob.at DESC, ob.id DESC) AS rank
                    FROM observation ob
                    JOIN entry e ON e.id = ob.id
                    WHERE ob.patient_id = :patient AND ob.code = w.code AND e.status = 'current' AND %s
                    ORDER BY ob.at DESC, ob.id DESC LIMIT 12) o
                LEFT JOIN LATERAL (SELECT %s FROM entry e %s WHERE e.id = o.id AND o.rank = 1) x ON true
                ORDER BY w.position, o.rank
                """.formatted(Sensitivity.PREDICATE, EntryRow.COLUMNS, EntryRow.CONTENTS)))
                .param("codes", Sql.texts(ShownValues.CODES.keySet()))
                .param("patient", patient.value())
                .query(row -> {
                    String code = row.getString("wanted");
                    if (row.getInt("rank") == 1) {
                        EntryRow latest = EntryRow.of(row);
                        found.put(code, new Course(code, ShownValues.label(code), latest, new ArrayList<>()));
                    }
                    Course course = found.get(code);
                    if (course != null && row.getBigDecimal("number") != null) {
                        // Rows come newest first; a course reads from the oldest.
                        course.points.add(0, point(row));
                    }
                });
        return ShownValues.once(
                found.values().stream().toList(), course -> course.code, course -> course.latest.event());
    }

    private static Trend.Point point(ResultSet row) throws SQLException {
        java.math.BigDecimal second = row.getBigDecimal("second_number");
        return new Trend.Point(
                Sql.instant(row, "observed_at"),
                row.getBigDecimal("number").doubleValue(),
                second == null ? null : (Double) second.doubleValue());
    }

    @Override
    @Requires({Permission.CHART_READ, Permission.VISIT_UPDATE})
    @Transactional(readOnly = true)
    public Slice<EntryView> entries(Actor actor, PatientId patient, Filter filter, @Nullable String after, int limit) {
        return pages.page(actor, patient, filter, "", after, limit);
    }

    @Override
    @Requires({Permission.CHART_READ, Permission.VISIT_UPDATE})
    @Transactional(readOnly = true)
    public Optional<EntryView> entry(Actor actor, PatientId patient, EntryId entry) {
        return views(select(
                        actor,
                        "e.patient_id = :patient AND e.id = :id",
                        Map.of("patient", patient.value(), "id", entry.value())))
                .stream()
                .findFirst();
    }

    @Override
    @Requires({Permission.CHART_READ, Permission.VISIT_UPDATE})
    @Transactional(readOnly = true)
    public List<EntryView> ofEncounter(Actor actor, PatientId patient, EncounterId encounter) {
        return views(select(
                actor,
                "e.patient_id = :patient AND e.encounter_id = :encounter",
                Map.of("patient", patient.value(), "encounter", encounter.value())));
    }

    @Override
    @Requires({Permission.CHART_READ, Permission.VISIT_UPDATE})
    @Transactional(readOnly = true)
    public List<EntryView> addenda(Actor actor, PatientId patient, EntryId entry) {
        return views(select(
                actor,
                "e.patient_id = :patient AND e.id IN (SELECT n.id FROM note n WHERE n.patient_id = :patient"
                        + " AND n.addendum_to = :parent)",
                Map.of("patient", patient.value(), "parent", entry.toString())));
    }

    private List<EntryRow> select(Actor actor, String where, Map<String, ?> values) {
        return sensitivity
                .visible(actor)
                .bind(jdbc.sql("SELECT %s FROM entry e %s WHERE %s AND %s ORDER BY e.type, e.event_at, e.id"
                        .formatted(EntryRow.COLUMNS, EntryRow.CONTENTS, where, Sensitivity.PREDICATE)))
                .params(values)
                .query((row, number) -> EntryRow.of(row))
                .list();
    }

    private List<EntryView> views(List<EntryRow> rows) {
        Names.Wanted wanted = new Names.Wanted();
        rows.forEach(row -> row.want(wanted));
        Names.Found known = names.find(wanted);
        return rows.stream().map(row -> row.view(known)).toList();
    }

    @Override
    @Requires({Permission.CHART_READ, Permission.VISIT_UPDATE})
    @Transactional(readOnly = true)
    public Standing standing(Actor actor, PatientId patient, EncounterId encounter, Collection<String> loincCodes) {
        Sensitivity.Visible visible = sensitivity.visible(actor);
        List<EntryRow> rows = new ArrayList<>();
        Set<UUID> onLists = new HashSet<>();
        Map<EntryId, String> comments = new HashMap<>();
        visible.bind(jdbc.sql("""
                SELECT %s, (SELECT d.comment FROM version_disposition d
                            WHERE d.entry_id = e.id AND e.signature_state = 'returned'
                            ORDER BY d.at DESC LIMIT 1) AS returned_because
                FROM entry e %s
                WHERE e.patient_id = :patient
                  AND (e.encounter_id = :encounter
                       OR e.listed
                          AND e.type IN ('condition', 'allergy', 'medication-order', 'medication-statement'))
                  AND %s
                ORDER BY e.type, e.event_at, e.id
                """.formatted(EntryRow.COLUMNS, EntryRow.CONTENTS, Sensitivity.PREDICATE)))
                .param("patient", patient.value())
                .param("encounter", encounter.value())
                .query(row -> {
                    EntryRow entry = EntryRow.of(row);
                    rows.add(entry);
                    if (row.getBoolean("listed") && LISTS.contains(entry.type())) {
                        onLists.add(entry.id());
                    }
                    String comment = row.getString("returned_because");
                    if (comment != null) {
                        comments.put(new EntryId(entry.id()), comment);
                    }
                });
        Names.Wanted wanted = new Names.Wanted();
        rows.stream()
                .filter(row -> row.statedByName() == null)
                .forEach(row -> wanted.practitioner(row.statedByPractitioner()));
        Names.Found known = names.find(wanted);
        List<EntryView> listed = new ArrayList<>();
        List<EntryView> ofVisit = new ArrayList<>();
        for (EntryRow row : rows) {
            EntryView view = row.view(known);
            if (encounter.value().equals(row.encounter())) {
                ofVisit.add(view);
            }
            if (onLists.contains(row.id())) {
                listed.add(view);
            }
        }
        return new Standing(listed, ofVisit, latestObservations(actor, patient, loincCodes), comments);
    }

    @Override
    @Requires({Permission.CHART_READ, Permission.VISIT_UPDATE})
    @Transactional(readOnly = true)
    public DrugFacts drugFacts(Actor actor, PatientId patient, Collection<String> loincCodes) {
        List<EntryRow> rows = select(actor, """
                e.patient_id = :patient AND e.status = 'current' AND (
                    e.listed AND e.type IN ('condition', 'allergy', 'medication-order', 'medication-statement')
                    OR e.type = 'medication-order' AND NOT e.listed AND e.id IN (
                        SELECT mo.id FROM medication_order mo WHERE mo.patient_id = :patient AND mo.status = 'draft')
                    OR e.type = 'visit-diagnosis' AND e.encounter_id IN (
                        SELECT o.encounter_id FROM entry o
                        WHERE o.patient_id = :patient AND o.listed AND o.type = 'medication-order'))
                """, Map.of("patient", patient.value()));
        Names.Wanted wanted = new Names.Wanted();
        rows.stream()
                .filter(row -> row.statedByName() == null)
                .forEach(row -> wanted.practitioner(row.statedByPractitioner()));
        Names.Found known = names.find(wanted);
        return new DrugFacts(
                rows.stream().map(row -> row.view(known)).toList(), latestObservations(actor, patient, loincCodes));
    }

    /** A version as read, before names are known. */
    private record Stored(
            VersionRow version,
            byte[] contentHash,
            byte[] hash,
            @Nullable UUID signedBy,
            @Nullable Instant signedAt) {}

    @Override
    @Requires({Permission.CHART_READ, Permission.VISIT_UPDATE})
    @Transactional(readOnly = true)
    public List<VersionView> history(Actor actor, PatientId patient, EntryId entry) {
        List<Stored> versions = sensitivity
                .visible(actor)
                .bind(jdbc.sql("""
                        SELECT v.*, s.user_id AS signed_by, s.signed_at
                        FROM entry e
                        JOIN entry_version v ON v.entry_id = e.id
                        LEFT JOIN LATERAL (
                            SELECT si.user_id, si.signed_at FROM signature si
                            WHERE si.entry_id = v.entry_id AND si.number = v.number AND si.meaning <> 'refusal'
                            ORDER BY si.signed_at DESC LIMIT 1) s ON true
                        WHERE e.id = :id AND e.patient_id = :patient AND %s
                        ORDER BY v.number
                        """.formatted(Sensitivity.PREDICATE)))
                .param("id", entry.value())
                .param("patient", patient.value())
                .query((row, number) -> new Stored(
                        ChartStore.version(row),
                        row.getBytes("content_sha256"),
                        row.getBytes("hash"),
                        Sql.uuidOrNull(row, "signed_by"),
                        Sql.instantOrNull(row, "signed_at")))
                .list();
        Names.Wanted wanted = new Names.Wanted();
        for (Stored stored : versions) {
            wanted.practitioner(stored.version.statedByPractitioner());
            wanted.user(stored.version.enteredBy());
            wanted.user(stored.signedBy);
        }
        Names.Found known = names.find(wanted);
        List<VersionView> views = new ArrayList<>();
        Content before = null;
        byte[] chain = null;
        for (Stored stored : versions) {
            Content content = ContentJson.read(stored.version.content());
            boolean intact = Arrays.equals(stored.version.contentHash(), stored.contentHash)
                    && Arrays.equals(stored.version.hash(), stored.hash)
                    && Arrays.equals(chain, stored.version.predecessor());
            views.add(0, view(stored, content, before, intact, known));
            before = content;
            chain = stored.hash;
        }
        return views;
    }

    private static VersionView view(
            Stored stored, Content content, @Nullable Content before, boolean intact, Names.Found names) {
        VersionRow version = stored.version;
        return new VersionView(
                version.number(),
                version.kind(),
                content,
                version.content(),
                VersionRow.hex(stored.hash),
                intact,
                version.event(),
                names.stated(version.statedBy(), version.statedByPractitioner(), version.statedByName()),
                version.statedAt(),
                names.user(version.enteredBy()),
                version.enteredAt(),
                version.sourceKind(),
                version.sourceReference(),
                version.sourcePlace(),
                version.reason(),
                stored.signedBy == null ? null : names.user(stored.signedBy),
                stored.signedAt,
                before == null ? List.of() : Fields.differences(before, content));
    }

    @Override
    @Requires({Permission.CHART_READ, Permission.VISIT_UPDATE})
    @Transactional(readOnly = true)
    public Map<String, EntryView> latestObservations(Actor actor, PatientId patient, Collection<String> loincCodes) {
        if (loincCodes.isEmpty()) {
            return Map.of();
        }
        Map<String, EntryRow> found = new HashMap<>();
        sensitivity
                .visible(actor)
                .bind(jdbc.sql("""
                        SELECT w.code AS wanted, x.*
                        FROM unnest(:codes::text[]) AS w (code)
                        CROSS JOIN LATERAL (
                            SELECT e.id FROM observation ob JOIN entry e ON e.id = ob.id
                            WHERE ob.patient_id = :patient AND ob.code = w.code AND e.status = 'current' AND %s
                            ORDER BY ob.at DESC, ob.id DESC LIMIT 1) o
                        CROSS JOIN LATERAL (SELECT %s FROM entry e %s WHERE e.id = o.id) x
                        """.formatted(Sensitivity.PREDICATE, EntryRow.COLUMNS, EntryRow.CONTENTS)))
                .param("codes", Sql.texts(loincCodes))
                .param("patient", patient.value())
                .query(row -> {
                    found.put(row.getString("wanted"), EntryRow.of(row));
                });
        // Hints for a form show the value and when it was taken, not by whom: no names are read.
        Names.Found nobody = new Names.Found(Map.of(), Map.of());
        return found.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, one -> one.getValue().view(nobody)));
    }

    @Override
    @Requires({Permission.CHART_READ, Permission.VISIT_UPDATE})
    @Transactional(readOnly = true)
    public List<Change> changesSince(Actor actor, PatientId patient, Instant since, int limit) {
        List<ChangeRow> found = sensitivity
                .visible(actor)
                .bind(jdbc.sql(
                        ChangeRow.SINCE.formatted(Sensitivity.PREDICATE, Sensitivity.PREDICATE, Sensitivity.PREDICATE)))
                .param("patient", patient.value())
                .param("since", since.toString())
                .param("limit", limit)
                .query((row, number) -> ChangeRow.of(row))
                .list();
        Names.Wanted wanted = new Names.Wanted();
        found.forEach(row -> row.want(wanted));
        Names.Found known = names.find(wanted);
        return ChangeRow.paired(found).stream().map(row -> row.view(known)).toList();
    }

    /** Not for a caller with a transaction: it writes, and what is read after it must not wait for that. */
    @Override
    @Requires({Permission.CHART_READ, Permission.VISIT_UPDATE})
    public Optional<Instant> lookedAt(Actor actor, PatientId patient) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("a look at a chart is recorded in a transaction of its own");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant before = transactions.execute(status -> jdbc.sql("""
                WITH before AS (
                    SELECT looked_at, previous_at FROM chart_look WHERE user_id = :user AND patient_id = :patient),
                look AS (
                    INSERT INTO chart_look (user_id, patient_id, looked_at)
                    VALUES (:user, :patient, :now::timestamptz)
                    ON CONFLICT (user_id, patient_id) DO UPDATE SET looked_at = excluded.looked_at,
                        previous_at = CASE WHEN chart_look.looked_at < :edge::timestamptz
                                           THEN chart_look.looked_at ELSE chart_look.previous_at END)
                SELECT CASE WHEN looked_at < :edge::timestamptz THEN looked_at ELSE previous_at END AS looked_at
                FROM before
                """)
                .param("edge", now.minus(SAME_LOOK).toString())
                .param("user", actor.user().value())
                .param("patient", patient.value())
                .param("now", now.toString())
                .query((row, number) -> Optional.ofNullable(Sql.instantOrNull(row, "looked_at")))
                .optional()
                .flatMap(look -> look)
                .orElse(null));
        return Optional.ofNullable(before);
    }

    @Override
    @Requires({Permission.CHART_READ, Permission.VISIT_UPDATE})
    @Transactional(readOnly = true)
    public Map<EntryType, Integer> counts(Actor actor, PatientId patient) {
        Map<EntryType, Integer> counts = new EnumMap<>(EntryType.class);
        sensitivity
                .visible(actor)
                .bind(jdbc.sql("""
                        SELECT t.type, (SELECT count(*) FROM (
                            SELECT 1 FROM entry e WHERE e.patient_id = :patient AND e.type = t.type AND %s
                            LIMIT %d) bounded) AS number
                        FROM unnest(:types::text[]) AS t (type)
                        """.formatted(Sensitivity.PREDICATE, BOUND)))
                .param("patient", patient.value())
                .param(
                        "types",
                        Sql.texts(Arrays.stream(EntryType.values())
                                .map(EntryType::key)
                                .toList()))
                .query(row -> {
                    counts.put(EntryType.ofKey(row.getString("type")), row.getInt("number"));
                });
        return counts;
    }
}
