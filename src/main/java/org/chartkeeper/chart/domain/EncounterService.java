package org.chartkeeper.chart.domain;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.chartkeeper.access.Access;
import org.chartkeeper.access.Directory;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.chart.ChartEvent;
import org.chartkeeper.chart.EncounterView;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.DepartmentId;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Slice;
import org.chartkeeper.platform.Stale;
import org.chartkeeper.platform.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Visits: opened here and moved on, or taken from an import. */
@Service
class EncounterService implements Encounters {

    private static final Table ENCOUNTERS = Table.of(
            "encounter",
            "id uuid, patient_id uuid, facility_id uuid, department_id uuid, klass text, status text, kind text,"
                    + " reason text, start_at timestamptz, end_at timestamptz, attending uuid, location text,"
                    + " account_number text, admission_source text, admission_type text, discharge_disposition text,"
                    + " discharge_code text, series_account text, death_at timestamptz, self_pay boolean,"
                    + " not_to_plan boolean, sensitivity text, linked_encounter uuid, source text, source_id text, content_hash text,"
                    + " created_at timestamptz");
    private static final Table HISTORY = Table.of(
            "encounter_status_history",
            "encounter_id uuid, number integer, status text, at timestamptz, by_user uuid, recorded_at timestamptz");
    private static final Table CLASSES = Table.of(
            "encounter_class_history",
            "encounter_id uuid, number integer, klass text, from_at timestamptz, ordered_at timestamptz,"
                    + " by_user uuid, recorded_at timestamptz");
    private static final Table PARTICIPANTS = Table.of(
            "encounter_participant",
            "encounter_id uuid, number integer, practitioner_id uuid, name text, role text, from_at timestamptz,"
                    + " until_at timestamptz");
    private static final Table LOCATIONS = Table.of(
            "encounter_location",
            "encounter_id uuid, number integer, location text, service text, from_at timestamptz");
    private static final Table COVERAGES = Table.of(
            "encounter_coverage",
            "encounter_id uuid, rank integer, coverage_id uuid, payer text, plan text, member_id text");

    private static final Set<String> CLASS_WORDS =
            Set.of("ambulatory", "inpatient", "emergency", "observation", "virtual", "home");

    private final EncounterRepository encounters;
    private final EncounterRows rows;
    private final RowWriter writer;
    private final JdbcClient jdbc;
    private final Names names;
    private final Sensitivity sensitivity;
    private final Directory directory;
    private final Access access;
    private final AuditTrail audit;
    private final CurrentActor currentActor;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    EncounterService(
            EncounterRepository encounters,
            EncounterRows rows,
            RowWriter writer,
            JdbcClient jdbc,
            Names names,
            Sensitivity sensitivity,
            Directory directory,
            Access access,
            AuditTrail audit,
            CurrentActor currentActor,
            ApplicationEventPublisher events,
            Clock clock) {
        this.encounters = encounters;
        this.rows = rows;
        this.writer = writer;
        this.jdbc = jdbc;
        this.names = names;
        this.sensitivity = sensitivity;
        this.directory = directory;
        this.access = access;
        this.audit = audit;
        this.currentActor = currentActor;
        this.events = events;
        this.clock = clock;
    }

    @Override
    @Requires({Permission.CHART_READ, Permission.VISIT_UPDATE})
    @Transactional(readOnly = true)
    public Optional<EncounterView> find(PatientId patient, EncounterId encounter) {
        return views(rows.find(visible(), patient, encounter)).stream().findFirst();
    }

    @Override
    @Requires({Permission.CHART_READ, Permission.VISIT_UPDATE})
    @Transactional(readOnly = true)
    public Slice<EncounterView> list(PatientId patient, @Nullable String after, int limit) {
        List<EncounterRows.Row> found = rows.list(visible(), patient, PageKey.of(after), limit + 1);
        List<EncounterRows.Row> page = found.size() > limit ? found.subList(0, limit) : found;
        String next = null;
        if (found.size() > limit && !page.isEmpty()) {
            EncounterRows.Row last = page.get(page.size() - 1);
            next = new PageKey(last.start(), last.id()).toString();
        }
        return new Slice<>(views(page), next);
    }

    private Sensitivity.Visible visible() {
        return sensitivity.visible(currentActor.get());
    }

    private List<EncounterView> views(List<EncounterRows.Row> found) {
        Names.Wanted wanted = new Names.Wanted();
        found.forEach(row -> wanted.practitioner(row.attending()));
        Names.Found known = names.find(wanted);
        return found.stream().map(row -> rows.view(row, known)).toList();
    }

    @Override
    @Requires({Permission.VISIT_UPDATE, Permission.PATIENT_REGISTER})
    @Transactional(propagation = Propagation.MANDATORY)
    public EncounterId open(NewEncounter opened) {
        EncounterId id = EncounterId.next();
        NewEncounter truncated = truncated(opened);
        EncounterEntity encounter = new EncounterEntity(id, truncated, now());
        label(encounter);
        encounters.saveAndFlush(encounter);
        Parts parts = new Parts();
        parts.add(encounter, truncated);
        parts.store();
        access.patientAtFacility(opened.patient(), opened.facility());
        access.careRelations(relations(id, truncated));
        audit.record(AuditEvent.done("encounter.open")
                .of(opened.patient())
                .at(opened.facility())
                .on("encounter", id)
                .version(0));
        events.publishEvent(new ChartEvent.VisitOpened(opened.patient(), id, opened.status()));
        return id;
    }

    @Override
    @Requires({Permission.VISIT_UPDATE, Permission.PATIENT_REGISTER})
    @Transactional(propagation = Propagation.MANDATORY)
    public void moveTo(
            PatientId patient, EncounterId id, int version, String status, Instant at, @Nullable String disposition) {
        EncounterEntity encounter = current(patient, id, version);
        EncounterStatus next;
        try {
            next = EncounterStatus.of(status);
        } catch (IllegalArgumentException e) {
            throw new Rejected(List.of(Problem.error("status", "A visit has no state “" + status + "”.")));
        }
        encounter.moveTo(next, at.truncatedTo(ChronoUnit.MICROS), disposition);
        encounters.saveAndFlush(encounter);
        if (next.ended()) {
            jdbc.sql("UPDATE encounter_location SET until_at = :at::timestamptz"
                            + " WHERE encounter_id = :id AND until_at IS NULL")
                    .param("at", at.truncatedTo(ChronoUnit.MICROS).toString())
                    .param("id", id.value())
                    .update();
        }
        jdbc.sql("""
                INSERT INTO encounter_status_history (encounter_id, number, status, at, by_user, recorded_at)
                SELECT :id, coalesce(max(number), 0) + 1, :status, :at::timestamptz, :user, :now::timestamptz
                FROM encounter_status_history WHERE encounter_id = :id
                """)
                .param("id", id.value())
                .param("status", next.word())
                .param("at", at.truncatedTo(ChronoUnit.MICROS).toString())
                .param("user", currentActor.get().user().value())
                .param("now", now().toString())
                .update();
        audit.record(AuditEvent.done("encounter.move")
                .of(patient)
                .at(new FacilityId(encounter.facilityId))
                .on("encounter", id)
                .version(version + 1)
                .details(next.word()));
        events.publishEvent(new ChartEvent.VisitMoved(patient, id, next.word()));
    }

    private EncounterEntity current(PatientId patient, EncounterId id, int version) {
        EncounterEntity encounter = encounters
                .findByIdAndPatientId(id.value(), patient.value())
                .filter(found -> !rows.find(visible(), patient, id).isEmpty())
                .orElseThrow(() -> new NotFound("encounter " + id + " of patient " + patient));
        int current = encounter.version == null ? 0 : encounter.version;
        if (current != version) {
            throw new Stale("visit " + id, version, current);
        }
        return encounter;
    }

    private void changed(String action, EncounterEntity encounter, int version, @Nullable String details) {
        encounters.saveAndFlush(encounter);
        AuditEvent event = AuditEvent.done(action)
                .of(new PatientId(encounter.patientId))
                .at(new FacilityId(encounter.facilityId))
                .on("encounter", encounter.id)
                .version(version + 1);
        audit.record(details == null ? event : event.details(details));
    }

    @Override
    @Requires({Permission.VISIT_UPDATE, Permission.PATIENT_REGISTER})
    @Transactional(propagation = Propagation.MANDATORY)
    public void reclassify(
            PatientId patient,
            EncounterId id,
            int version,
            String klass,
            Instant from,
            @Nullable Instant orderedAt,
            @Nullable PractitionerId orderedBy) {
        EncounterEntity encounter = current(patient, id, version);
        if (!CLASS_WORDS.contains(klass)) {
            throw new Rejected(List.of(Problem.error("klass", "A visit has no class “" + klass + "”.")));
        }
        if (from.isBefore(encounter.startAt)) {
            throw new Rejected(List.of(Problem.error("from", "The visit begins later.")));
        }
        encounter.reclassify(klass);
        jdbc.sql("""
                INSERT INTO encounter_class_history
                    (encounter_id, number, klass, from_at, ordered_at, ordered_by, by_user, recorded_at)
                SELECT :id, coalesce(max(number), 0) + 1, :klass, :from::timestamptz, :ordered::timestamptz,
                       :orderer::uuid, :user, :now::timestamptz
                FROM encounter_class_history WHERE encounter_id = :id
                """)
                .param("id", id.value())
                .param("klass", klass)
                .param("from", from.truncatedTo(ChronoUnit.MICROS).toString())
                .param(
                        "ordered",
                        orderedAt == null
                                ? null
                                : orderedAt.truncatedTo(ChronoUnit.MICROS).toString())
                .param("orderer", text(orderedBy))
                .param("user", currentActor.get().user().value())
                .param("now", now().toString())
                .update();
        changed("encounter.class", encounter, version, klass);
    }

    @Override
    @Requires({Permission.VISIT_UPDATE, Permission.PATIENT_REGISTER})
    @Transactional(propagation = Propagation.MANDATORY)
    public void transfer(
            PatientId patient,
            EncounterId id,
            int version,
            @Nullable DepartmentId department,
            @Nullable String location,
            @Nullable String service,
            Instant at) {
        EncounterEntity encounter = current(patient, id, version);
        encounter.underWay();
        if (at.isBefore(encounter.startAt)) {
            throw new Rejected(List.of(Problem.error("at", "The visit begins later.")));
        }
        if (department != null) {
            boolean known = directory
                    .department(department)
                    .filter(found -> found.facility().value().equals(encounter.facilityId))
                    .isPresent();
            if (!known) {
                throw new Rejected(
                        List.of(Problem.error("department", "Choose a department of the visit's facility.")));
            }
            encounter.departmentId = department.value();
            label(encounter);
        }
        encounter.location = Texts.cleanOrNull(location);
        String moment = at.truncatedTo(ChronoUnit.MICROS).toString();
        jdbc.sql(
                        "UPDATE encounter_location SET until_at = :at::timestamptz WHERE encounter_id = :id AND until_at IS NULL")
                .param("at", moment)
                .param("id", id.value())
                .update();
        jdbc.sql("""
                INSERT INTO encounter_location (encounter_id, number, location, service, from_at)
                SELECT :id, coalesce(max(number), 0) + 1, :location, :service, :at::timestamptz
                FROM encounter_location WHERE encounter_id = :id
                """)
                .param("id", id.value())
                .param("location", place(encounter))
                .param("service", Texts.cleanOrNull(service))
                .param("at", moment)
                .update();
        changed("encounter.transfer", encounter, version, null);
    }

    @Override
    @Requires(Permission.VISIT_UPDATE)
    @Transactional(propagation = Propagation.MANDATORY)
    public void correctDepartment(
            PatientId patient, EncounterId id, int version, DepartmentId department, String reason) {
        EncounterEntity encounter = current(patient, id, version);
        Directory.Department right = directory
                .department(department)
                .filter(found -> found.facility().value().equals(encounter.facilityId))
                .orElseThrow(() -> new Rejected(
                        List.of(Problem.error("department", "Choose a department of the visit's facility."))));
        UUID was = encounter.departmentId;
        boolean labelled = !right.sensitivity().isEmpty()
                || was != null
                        && directory
                                .department(new DepartmentId(was))
                                .filter(found -> !found.sensitivity().isEmpty())
                                .isPresent();
        if (labelled) {
            throw new Rejected("One of the departments labels what is written at it. Correct this visit by itself.");
        }
        jdbc.sql("""
                INSERT INTO encounter_correction (id, encounter_id, patient_id, field, was, now, reason, by_user, at)
                VALUES (:id, :encounter, :patient, 'department', :was, :now, :reason, :user, :at)
                """)
                .param("id", Uuid7.next())
                .param("encounter", id.value())
                .param("patient", patient.value())
                .param("was", was, java.sql.Types.OTHER)
                .param("now", department.value())
                .param("reason", Texts.clean(reason))
                .param("user", currentActor.get().user().value())
                .param("at", Sql.timestamp(clock.instant().truncatedTo(ChronoUnit.MICROS)))
                .update();
        encounter.departmentId = department.value();
        changed("encounter.correct", encounter, version, null);
    }

    private String departmentName(@Nullable UUID id) {
        return id == null
                ? "none"
                : directory
                        .department(new DepartmentId(id))
                        .map(Directory.Department::name)
                        .orElse("none");
    }

    private String place(EncounterEntity encounter) {
        if (encounter.location != null) {
            return encounter.location;
        }
        UUID department = encounter.departmentId;
        return department == null
                ? ""
                : directory
                        .department(new DepartmentId(department))
                        .map(Directory.Department::name)
                        .orElse("");
    }

    @Override
    @Requires({Permission.VISIT_UPDATE, Permission.PATIENT_REGISTER})
    @Transactional(propagation = Propagation.MANDATORY)
    public void handOver(PatientId patient, EncounterId id, int version, PractitionerId attending, Instant at) {
        EncounterEntity encounter = current(patient, id, version);
        encounter.underWay();
        Directory.Practitioner who = directory.practitioners(List.of(attending)).get(attending);
        if (who == null) {
            throw new Rejected(List.of(Problem.error("attending", "There is no such practitioner.")));
        }
        if (at.isBefore(encounter.startAt)) {
            throw new Rejected(List.of(Problem.error("at", "The visit begins later.")));
        }
        String moment = at.truncatedTo(ChronoUnit.MICROS).toString();
        jdbc.sql("""
                UPDATE encounter_participant SET until_at = :at::timestamptz
                WHERE encounter_id = :id AND role = 'attending' AND until_at IS NULL
                """).param("at", moment).param("id", id.value()).update();
        jdbc.sql("""
                INSERT INTO encounter_participant (encounter_id, number, practitioner_id, name, role, from_at)
                SELECT :id, coalesce(max(number), 0) + 1, :who, :name, 'attending', :at::timestamptz
                FROM encounter_participant WHERE encounter_id = :id
                """)
                .param("id", id.value())
                .param("who", attending.value())
                .param("name", Texts.clean(who.name()))
                .param("at", moment)
                .update();
        encounter.attending = attending.value();
        access.careRelation(new Access.CareRelation(patient, attending, "visit", id, null));
        changed("encounter.attending", encounter, version, null);
    }

    @Override
    @Requires({Permission.VISIT_UPDATE, Permission.PATIENT_REGISTER})
    @Transactional(propagation = Propagation.MANDATORY)
    public void paidBy(
            PatientId patient,
            EncounterId id,
            int version,
            boolean selfPay,
            boolean notToPlan,
            List<AppliedCoverage> coverages) {
        EncounterEntity encounter = current(patient, id, version);
        if (notToPlan && !selfPay) {
            throw new Rejected(
                    List.of(Problem.error("notToPlan", "The plan can be kept out only of what the patient paid.")));
        }
        if (coverages.stream().map(AppliedCoverage::rank).distinct().count() < coverages.size()) {
            throw new Rejected(List.of(Problem.error("coverages", "Two coverages have the same order.")));
        }
        encounter.selfPay = selfPay;
        encounter.notToPlan = notToPlan;
        jdbc.sql("DELETE FROM encounter_coverage WHERE encounter_id = ?")
                .param(id.value())
                .update();
        writer.insert(COVERAGES, coverages(id.toString(), coverages));
        // What the row says is the present state; who paid before stands in the event.
        changed(
                "encounter.payer",
                encounter,
                version,
                (selfPay ? "self-pay " : "")
                        + (notToPlan ? "not-to-plan " : "")
                        + coverages.stream()
                                .map(coverage -> coverage.coverage().toString())
                                .collect(Collectors.joining(" ")));
    }

    private static List<@Nullable String[]> coverages(String id, List<AppliedCoverage> coverages) {
        List<@Nullable String[]> rows = new ArrayList<>();
        for (AppliedCoverage coverage : coverages) {
            rows.add(new @Nullable String[] {
                id,
                Integer.toString(coverage.rank()),
                coverage.coverage().toString(),
                Texts.clean(coverage.payer()),
                Texts.cleanOrNull(coverage.plan()),
                Texts.cleanOrNull(coverage.memberId())
            });
        }
        return rows;
    }

    @Override
    @Requires({Permission.CHART_READ, Permission.VISIT_UPDATE})
    @Transactional(readOnly = true)
    public Course course(PatientId patient, EncounterId encounter) {
        List<Step> states = new ArrayList<>();
        List<Step> classes = new ArrayList<>();
        List<Step> places = new ArrayList<>();
        List<AppliedCoverage> coverages = new ArrayList<>();
        List<DepartmentWas> departments = new ArrayList<>();
        visible()
                .bind(jdbc.sql("""
                        WITH en AS (SELECT en.id FROM encounter en
                                    WHERE en.id = :id AND en.patient_id = :patient AND %s)
                        SELECT 1 AS part, h.number, h.status AS what, h.at AS from_at, NULL::timestamptz AS until_at,
                               NULL::timestamptz AS ordered_at, NULL::uuid AS coverage_id, NULL::text AS plan,
                               NULL::text AS member_id
                        FROM en JOIN encounter_status_history h ON h.encounter_id = en.id
                        UNION ALL
                        SELECT 2, c.number, c.klass, c.from_at, NULL, c.ordered_at, NULL, NULL, NULL
                        FROM en JOIN encounter_class_history c ON c.encounter_id = en.id
                        UNION ALL
                        SELECT 3, l.number, concat_ws(', ', nullif(l.location, ''), l.service), l.from_at, l.until_at,
                               NULL, NULL, NULL, NULL
                        FROM en JOIN encounter_location l ON l.encounter_id = en.id
                        UNION ALL
                        SELECT 4, v.rank, v.payer, NULL, NULL, NULL, v.coverage_id, v.plan, v.member_id
                        FROM en JOIN encounter_coverage v ON v.encounter_id = en.id
                        UNION ALL
                        SELECT 5, row_number() OVER (ORDER BY x.at)::integer, x.reason, x.at, NULL, NULL, x.was, NULL, NULL
                        FROM en JOIN encounter_correction x ON x.encounter_id = en.id
                        ORDER BY part, number
                        """.formatted(EncounterRows.PREDICATE)))
                .param("id", encounter.value())
                .param("patient", patient.value())
                .query(row -> {
                    int part = row.getInt("part");
                    if (part == 5) {
                        departments.add(new DepartmentWas(
                                departmentName(Sql.uuidOrNull(row, "coverage_id")),
                                row.getString("what"),
                                Sql.instant(row, "from_at")));
                    } else if (part == 4) {
                        coverages.add(new AppliedCoverage(
                                row.getInt("number"),
                                Sql.uuid(row, "coverage_id"),
                                row.getString("what"),
                                row.getString("plan"),
                                row.getString("member_id")));
                    } else {
                        (part == 1 ? states : part == 2 ? classes : places)
                                .add(new Step(
                                        row.getString("what"),
                                        Sql.instant(row, "from_at"),
                                        Sql.instantOrNull(row, "until_at"),
                                        Sql.instantOrNull(row, "ordered_at")));
                    }
                });
        return new Course(states, classes, places, coverages, departments);
    }

    /**
     * The same visit in the chart of another patient, to whom it belongs; with its participants, places and the whole
     * course of its states. What ties it to an import, to a newborn or
     * to a coverage of the other person stays behind. Joins the caller's transaction.
     */
    EncounterId copyTo(EncounterId id, PatientId from, PatientId to) {
        EncounterEntity encounter = encounters
                .findByIdAndPatientId(id.value(), from.value())
                .orElseThrow(() -> new NotFound("encounter " + id + " of patient " + from));
        EncounterId copy = EncounterId.next();
        jdbc.sql("""
                INSERT INTO encounter (id, patient_id, facility_id, department_id, klass, status, kind, reason, start_at,
                                       end_at, attending, location, account_number, admission_source,
                                       discharge_disposition, self_pay, admission_type, discharge_code,
                                       series_account, death_at, not_to_plan, sensitivity, created_at)
                SELECT :copy, :to, facility_id, department_id, klass, status, kind, reason, start_at, end_at, attending,
                       location, account_number, admission_source, discharge_disposition, self_pay, admission_type,
                       discharge_code, series_account, death_at, not_to_plan, sensitivity, :now::timestamptz
                FROM encounter WHERE id = :id
                """)
                .param("copy", copy.value())
                .param("to", to.value())
                .param("now", now().toString())
                .param("id", id.value())
                .update();
        for (String table : List.of(
                "encounter_status_history (encounter_id, number, status, at, by_user, recorded_at)",
                "encounter_class_history (encounter_id, number, klass, from_at, ordered_at, ordered_by, by_user, recorded_at)",
                "encounter_participant (encounter_id, number, practitioner_id, name, role, from_at, until_at)",
                "encounter_location (encounter_id, number, location, service, from_at, until_at)")) {
            String name = table.substring(0, table.indexOf(' '));
            String columns = table.substring(table.indexOf(',') + 1, table.indexOf(')'));
            jdbc.sql("INSERT INTO " + table + " SELECT :copy, " + columns + " FROM " + name
                            + " WHERE encounter_id = :id")
                    .param("copy", copy.value())
                    .param("id", id.value())
                    .update();
        }
        access.patientAtFacility(to, new FacilityId(encounter.facilityId));
        Set<PractitionerId> people = new HashSet<>(jdbc.sql("""
                        SELECT practitioner_id FROM encounter_participant
                        WHERE encounter_id = ? AND practitioner_id IS NOT NULL
                        """)
                .param(copy.value())
                .query((row, number) -> new PractitionerId(Sql.uuid(row, "practitioner_id")))
                .list());
        if (encounter.attending != null) {
            people.add(new PractitionerId(encounter.attending));
        }
        access.careRelations(people.stream()
                .map(who -> new Access.CareRelation(to, who, "visit", copy, null))
                .toList());
        audit.record(AuditEvent.done("encounter.open")
                .of(to)
                .at(new FacilityId(encounter.facilityId))
                .on("encounter", copy)
                .version(0));
        events.publishEvent(new ChartEvent.VisitMoved(to, copy, encounter.status));
        return copy;
    }

    @Override
    @Requires(Permission.IMPORT_RUN)
    @Transactional(propagation = Propagation.MANDATORY)
    public List<EncounterId> importAll(String source, List<ImportedEncounter> imported) {
        if (imported.isEmpty()) {
            return List.of();
        }
        Map<String, EncounterEntity> known = encounters
                .findBySourceAndSourceIdIn(
                        source,
                        imported.stream().map(ImportedEncounter::sourceId).collect(Collectors.toSet()))
                .stream()
                .collect(Collectors.toMap(found -> Objects.requireNonNull(found.sourceId), found -> found));
        Import run = new Import(source);
        List<EncounterId> ids = new ArrayList<>(imported.size());
        Map<String, EncounterId> here = new HashMap<>();
        for (ImportedEncounter one : imported) {
            EncounterEntity found = known.get(one.sourceId());
            EncounterId id = found == null ? here.getOrDefault(one.sourceId(), one.id()) : new EncounterId(found.id);
            ids.add(id);
            if (found != null) {
                run.change(found, one);
            } else if (here.put(one.sourceId(), id) == null) {
                run.add(one);
            }
        }
        run.store();
        return ids;
    }

    /** What one call of an import stores. */
    private final class Import {
        private final String source;
        private final List<@Nullable String[]> visits = new ArrayList<>();
        private final Parts parts = new Parts();
        private final List<Access.CareRelation> relations = new ArrayList<>();
        private final Map<FacilityId, Set<PatientId>> presence = new HashMap<>();
        private final Map<PatientId, Integer> counts = new LinkedHashMap<>();
        private final Map<PatientId, FacilityId> custodians = new HashMap<>();

        Import(String source) {
            this.source = source;
        }

        void add(ImportedEncounter one) {
            NewEncounter visit = truncated(one.encounter());
            EncounterEntity encounter = new EncounterEntity(one.id(), visit, now());
            encounter.imported(source, one.sourceId(), one.contentHash());
            label(encounter);
            visits.add(row(encounter));
            parts.add(encounter, visit);
            note(one.id(), visit);
        }

        /** Only where the source has changed; its history keeps both states. */
        void change(EncounterEntity found, ImportedEncounter one) {
            // A visit that was taken out here stays out, whatever its source goes on saying.
            if (one.contentHash().equals(found.contentHash)
                    || found.status.equals(EncounterStatus.ENTERED_IN_ERROR.word())) {
                return;
            }
            NewEncounter visit = truncated(one.encounter());
            if (!found.patientId.equals(visit.patient().value())) {
                throw new Rejected("The source gives a known visit to another patient.");
            }
            String before = found.status;
            found.take(visit);
            found.imported(source, one.sourceId(), one.contentHash());
            label(found);
            jdbc.sql("DELETE FROM encounter_participant WHERE encounter_id = ?")
                    .param(found.id)
                    .update();
            parts.participants(found, visit);
            if (!before.equals(found.status)) {
                jdbc.sql("""
                        INSERT INTO encounter_status_history (encounter_id, number, status, at, by_user, recorded_at)
                        SELECT :id, coalesce(max(number), 0) + 1, :status, :now::timestamptz, :user, :now::timestamptz
                        FROM encounter_status_history WHERE encounter_id = :id
                        """)
                        .param("id", found.id)
                        .param("status", found.status)
                        .param("user", currentActor.get().user().value())
                        .param("now", now().toString())
                        .update();
            }
            note(new EncounterId(found.id), visit);
        }

        private void note(EncounterId id, NewEncounter visit) {
            relations.addAll(relations(id, visit));
            presence.computeIfAbsent(visit.facility(), facility -> new HashSet<>())
                    .add(visit.patient());
            counts.merge(visit.patient(), 1, Integer::sum);
            custodians.put(visit.patient(), visit.facility());
        }

        void store() {
            encounters.flush();
            writer.insert(ENCOUNTERS, visits);
            parts.store();
            presence.forEach((facility, patients) -> access.patientsAtFacility(patients, facility));
            if (!relations.isEmpty()) {
                access.careRelations(relations);
            }
            counts.forEach((patient, count) -> audit.record(AuditEvent.done("encounter.import")
                    .of(patient)
                    .at(custodians.get(patient))
                    .count(count)));
        }
    }

    /** Rows of new visits beside their own. */
    private final class Parts {
        private final List<@Nullable String[]> participants = new ArrayList<>();
        private final List<@Nullable String[]> history = new ArrayList<>();
        private final List<@Nullable String[]> classes = new ArrayList<>();
        private final List<@Nullable String[]> locations = new ArrayList<>();
        private final List<@Nullable String[]> paying = new ArrayList<>();

        void add(EncounterEntity encounter, NewEncounter opened) {
            String id = encounter.id.toString();
            String start = encounter.startAt.toString();
            String user = currentActor.get().user().toString();
            String now = now().toString();
            Instant ordered = opened.details().orderedAt();
            String service = Texts.cleanOrNull(opened.details().service());
            participants(encounter, opened);
            history.add(new @Nullable String[] {id, "1", encounter.status, start, user, now});
            classes.add(new @Nullable String[] {
                id,
                "1",
                encounter.klass,
                start,
                ordered == null ? null : ordered.truncatedTo(ChronoUnit.MICROS).toString(),
                user,
                now
            });
            if (encounter.location != null || service != null) {
                locations.add(new @Nullable String[] {id, "1", place(encounter), service, start});
            }
            paying.addAll(coverages(id, opened.details().coverages()));
        }

        void participants(EncounterEntity encounter, NewEncounter opened) {
            int number = 0;
            for (EncounterView.Participant participant : opened.participants()) {
                participants.add(new @Nullable String[] {
                    encounter.id.toString(),
                    Integer.toString(++number),
                    text(participant.practitioner()),
                    Texts.clean(participant.name()),
                    participant.role(),
                    text(participant.from()),
                    text(participant.until())
                });
            }
        }

        void store() {
            writer.insert(PARTICIPANTS, participants);
            writer.insert(HISTORY, history);
            writer.insert(CLASSES, classes);
            writer.insert(LOCATIONS, locations);
            writer.insert(COVERAGES, paying);
        }
    }

    /** Labels of the department and the facility; none is ever taken off. */
    private void label(EncounterEntity encounter) {
        TreeSet<String> labels = new TreeSet<>(List.of(encounter.sensitivity.split(" ")));
        if (directory
                .facility(new FacilityId(encounter.facilityId))
                .map(Directory.Facility::part2)
                .orElse(false)) {
            labels.add("part2");
        }
        if (encounter.departmentId != null) {
            directory
                    .department(new DepartmentId(encounter.departmentId))
                    .map(Directory.Department::sensitivity)
                    .ifPresent(labels::add);
        }
        labels.remove("");
        encounter.sensitivity = String.join(" ", labels);
    }

    /** Attending and participants take part in the patient's care. */
    private static Collection<Access.CareRelation> relations(EncounterId id, NewEncounter opened) {
        Set<PractitionerId> people = new HashSet<>();
        if (opened.attending() != null) {
            people.add(opened.attending());
        }
        for (EncounterView.Participant participant : opened.participants()) {
            if (participant.practitioner() != null) {
                people.add(participant.practitioner());
            }
        }
        return people.stream()
                .map(who -> new Access.CareRelation(opened.patient(), who, "visit", id, null))
                .toList();
    }

    private static NewEncounter truncated(NewEncounter from) {
        return new NewEncounter(
                from.patient(),
                from.facility(),
                from.department(),
                from.klass(),
                from.status(),
                from.kind(),
                from.reason(),
                from.start().truncatedTo(ChronoUnit.MICROS),
                from.end() == null ? null : from.end().truncatedTo(ChronoUnit.MICROS),
                from.attending(),
                from.location(),
                from.accountNumber(),
                from.admissionSource(),
                from.dischargeDisposition(),
                from.selfPay(),
                from.participants(),
                from.linked(),
                from.details());
    }

    private static @Nullable String[] row(EncounterEntity visit) {
        return new @Nullable String[] {
            visit.id.toString(),
            visit.patientId.toString(),
            visit.facilityId.toString(),
            text(visit.departmentId),
            visit.klass,
            visit.status,
            visit.kind,
            visit.reason,
            visit.startAt.toString(),
            text(visit.endAt),
            text(visit.attending),
            visit.location,
            visit.accountNumber,
            visit.admissionSource,
            visit.admissionType,
            visit.dischargeDisposition,
            visit.dischargeCode,
            visit.seriesAccount,
            text(visit.deathAt),
            Boolean.toString(visit.selfPay),
            Boolean.toString(visit.notToPlan),
            visit.sensitivity,
            text(visit.linkedEncounter),
            visit.source,
            visit.sourceId,
            visit.contentHash,
            visit.createdAt.toString()
        };
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
