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
import java.util.stream.Collectors;
import org.chartkeeper.access.Access;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.chart.ChartEvent;
import org.chartkeeper.chart.EncounterView;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.platform.CurrentActor;
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
                    + " account_number text, admission_source text, discharge_disposition text, self_pay boolean,"
                    + " linked_encounter uuid, source text, source_id text, content_hash text,"
                    + " created_at timestamptz");
    private static final Table HISTORY = Table.of(
            "encounter_status_history",
            "encounter_id uuid, number integer, status text, at timestamptz, by_user uuid, recorded_at timestamptz");
    private static final Table PARTICIPANTS = Table.of(
            "encounter_participant", "encounter_id uuid, number integer, practitioner_id uuid, name text, role text");
    private static final Table LOCATIONS =
            Table.of("encounter_location", "encounter_id uuid, number integer, location text, from_at timestamptz");

    private final EncounterRepository encounters;
    private final EncounterRows rows;
    private final RowWriter writer;
    private final JdbcClient jdbc;
    private final Names names;
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
        return views(rows.find(patient, encounter)).stream().findFirst();
    }

    @Override
    @Requires({Permission.CHART_READ, Permission.VISIT_UPDATE})
    @Transactional(readOnly = true)
    public Slice<EncounterView> list(PatientId patient, @Nullable String after, int limit) {
        List<EncounterRows.Row> found = rows.list(patient, PageKey.of(after), limit + 1);
        List<EncounterRows.Row> page = found.size() > limit ? found.subList(0, limit) : found;
        String next = null;
        if (found.size() > limit && !page.isEmpty()) {
            EncounterRows.Row last = page.get(page.size() - 1);
            next = new PageKey(last.start(), last.id()).toString();
        }
        return new Slice<>(views(page), next);
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
        encounters.saveAndFlush(encounter);
        List<@Nullable String[]> participants = new ArrayList<>();
        List<@Nullable String[]> history = new ArrayList<>();
        List<@Nullable String[]> locations = new ArrayList<>();
        details(encounter, truncated, participants, history, locations);
        writer.insert(PARTICIPANTS, participants);
        writer.insert(HISTORY, history);
        writer.insert(LOCATIONS, locations);
        access.patientAtFacility(opened.patient(), opened.facility());
        access.careRelations(relations(id, truncated));
        audit.record(AuditEvent.done("encounter.open")
                .of(opened.patient())
                .at(opened.facility())
                .on("encounter", id)
                .version(0));
        return id;
    }

    @Override
    @Requires({Permission.VISIT_UPDATE, Permission.PATIENT_REGISTER})
    @Transactional(propagation = Propagation.MANDATORY)
    public void moveTo(
            PatientId patient, EncounterId id, int version, String status, Instant at, @Nullable String disposition) {
        EncounterEntity encounter = encounters
                .findByIdAndPatientId(id.value(), patient.value())
                .orElseThrow(() -> new NotFound("encounter " + id + " of patient " + patient));
        int current = encounter.version == null ? 0 : encounter.version;
        if (current != version) {
            throw new Stale("visit " + id, version, current);
        }
        EncounterStatus next;
        try {
            next = EncounterStatus.of(status);
        } catch (IllegalArgumentException e) {
            throw new Rejected(List.of(Problem.error("status", "A visit has no state “" + status + "”.")));
        }
        encounter.moveTo(next, at.truncatedTo(ChronoUnit.MICROS), disposition);
        encounters.saveAndFlush(encounter);
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

    /**
     * The same visit in the chart of another patient, to whom it belongs; with its participants, places and the whole
     * course of its states. What ties it to an import or to a newborn stays behind. Joins the caller's transaction.
     */
    EncounterId copyTo(EncounterId id, PatientId from, PatientId to) {
        EncounterEntity encounter = encounters
                .findByIdAndPatientId(id.value(), from.value())
                .orElseThrow(() -> new NotFound("encounter " + id + " of patient " + from));
        EncounterId copy = EncounterId.next();
        jdbc.sql("""
                INSERT INTO encounter (id, patient_id, facility_id, department_id, klass, status, kind, reason, start_at,
                                       end_at, attending, location, account_number, admission_source,
                                       discharge_disposition, self_pay, created_at)
                SELECT :copy, :to, facility_id, department_id, klass, status, kind, reason, start_at, end_at, attending,
                       location, account_number, admission_source, discharge_disposition, self_pay, :now::timestamptz
                FROM encounter WHERE id = :id
                """)
                .param("copy", copy.value())
                .param("to", to.value())
                .param("now", now().toString())
                .param("id", id.value())
                .update();
        for (String table : List.of(
                "encounter_status_history (encounter_id, number, status, at, by_user, recorded_at)",
                "encounter_participant (encounter_id, number, practitioner_id, name, role)",
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
        private final List<@Nullable String[]> participants = new ArrayList<>();
        private final List<@Nullable String[]> history = new ArrayList<>();
        private final List<@Nullable String[]> locations = new ArrayList<>();
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
            visits.add(row(encounter));
            details(encounter, visit, participants, history, locations);
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
            jdbc.sql("DELETE FROM encounter_participant WHERE encounter_id = ?")
                    .param(found.id)
                    .update();
            details(found, visit, participants, new ArrayList<>(), new ArrayList<>());
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
            writer.insert(PARTICIPANTS, participants);
            writer.insert(HISTORY, history);
            writer.insert(LOCATIONS, locations);
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

    private void details(
            EncounterEntity encounter,
            NewEncounter opened,
            List<@Nullable String[]> participants,
            List<@Nullable String[]> history,
            List<@Nullable String[]> locations) {
        String id = encounter.id.toString();
        int number = 0;
        for (EncounterView.Participant participant : opened.participants()) {
            participants.add(new @Nullable String[] {
                id,
                Integer.toString(++number),
                participant.practitioner() == null
                        ? null
                        : participant.practitioner().toString(),
                Texts.clean(participant.name()),
                participant.role()
            });
        }
        history.add(new @Nullable String[] {
            id,
            "1",
            encounter.status,
            encounter.startAt.toString(),
            currentActor.get().user().toString(),
            now().toString()
        });
        if (encounter.location != null) {
            locations.add(new @Nullable String[] {id, "1", encounter.location, encounter.startAt.toString()});
        }
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
                from.linked());
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
            visit.dischargeDisposition,
            Boolean.toString(visit.selfPay),
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
