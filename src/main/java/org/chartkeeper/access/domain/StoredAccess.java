package org.chartkeeper.access.domain;

import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.chartkeeper.access.Access;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.MergedPatients;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Decides by the functions of the database that lists and searches join too, so that no list shows what a page hides. */
@Service
class StoredAccess implements Access {

    /** For how long a reason opens a chart. */
    static final Duration EMERGENCY = Duration.ofHours(4);

    private static final int LONGEST_REASON = 500;
    private static final int BATCH = 500;

    /** What it takes to read the entries of others under a closed label; other labels are open with the chart. */
    private static final Map<String, Permission> CLOSED = Map.of(
            "psychotherapy", Permission.PSYCHOTHERAPY_READ,
            "sud-counseling", Permission.PSYCHOTHERAPY_READ,
            "part2", Permission.PART2_READ);

    private static final Set<String> OPEN_LABELS =
            Set.of("", "mental-health", "hiv", "genetic", "reproductive", "minor-consent");

    private final JdbcClient database;
    private final JdbcTemplate batches;
    private final AuditTrail trail;
    private final ObjectProvider<MergedPatients> merges;
    private final Clock clock;

    StoredAccess(
            JdbcClient database,
            JdbcTemplate batches,
            AuditTrail trail,
            ObjectProvider<MergedPatients> merges,
            Clock clock) {
        this.database = database;
        this.batches = batches;
        this.trail = trail;
        this.merges = merges;
        this.clock = clock;
    }

    @Override
    public Decision decideChart(Actor actor, PatientId patient) {
        if (!actor.may(Permission.CHART_READ)) {
            return new Decision.Hidden();
        }
        String basis = ask("select chart_access(:patient, :user, cast(:facilities as uuid[]), :at)", actor, patient)
                .query(String.class)
                .single();
        return switch (basis) {
            case "hidden" -> new Decision.Hidden();
            case "reason" -> new Decision.NeedsReason();
            default -> new Decision.Granted(basis);
        };
    }

    @Override
    public Decision decideRegistration(Actor actor, PatientId patient) {
        boolean visible = actor.may(Permission.PATIENT_READ)
                && ask("select registration_access(:patient, :user, cast(:facilities as uuid[]), :at)", actor, patient)
                        .query(Boolean.class)
                        .single();
        return visible ? new Decision.Granted("role") : new Decision.Hidden();
    }

    private JdbcClient.StatementSpec ask(String sql, Actor actor, PatientId patient) {
        return database.sql(sql)
                .param("patient", patient.value())
                .param("user", actor.user().value())
                .param(
                        "facilities",
                        actor.facilities().stream().map(FacilityId::toString).toArray(String[]::new))
                .param("at", OffsetDateTime.now(clock.withZone(ZoneOffset.UTC)));
    }

    @Override
    @Transactional
    public Decision decideAndRecord(Actor actor, PatientId patient, String section, boolean chart) {
        Decision decision = chart ? decideChart(actor, patient) : decideRegistration(actor, patient);
        AuditEvent event = switch (decision) {
            case Decision.Granted granted -> AuditEvent.done("patient.view").details("basis=" + granted.basis());
            case Decision.NeedsReason needed ->
                AuditEvent.refused("patient.view").because("needs-reason");
            case Decision.Hidden hidden ->
                AuditEvent.refused("patient.view").because(merged(patient) ? "merged" : "hidden");
        };
        trail.record(event.of(patient).on("section", section));
        return decision;
    }

    private boolean merged(PatientId patient) {
        MergedPatients known = merges.getIfAvailable();
        return known != null && known.survivor(patient).isPresent();
    }

    @Override
    public boolean maySee(Actor actor, String sensitivity, @Nullable PractitionerId statedBy) {
        if (actor.isSystem() || OPEN_LABELS.contains(sensitivity)) {
            return true;
        }
        if (statedBy != null && statedBy.equals(actor.practitioner())) {
            return true;
        }
        Permission needed = CLOSED.get(sensitivity);
        return needed != null && actor.may(needed);
    }

    @Override
    @Transactional
    public void openByReason(Actor actor, PatientId patient, String reasonCode, String reasonText) {
        Decision decision = decideChart(actor, patient);
        if (decision instanceof Decision.Hidden) {
            throw new NotFound("patient " + patient);
        }
        if (decision instanceof Decision.Granted) {
            return;
        }
        List<Problem> problems = new java.util.ArrayList<>();
        if (!EmergencyReasons.known(reasonCode)) {
            problems.add(Problem.error("reason", "Choose why you need this chart"));
        }
        if (reasonText.isBlank()) {
            problems.add(Problem.error("text", "Say in a few words what you need it for"));
        } else if (reasonText.length() > LONGEST_REASON) {
            problems.add(Problem.error("text", "Use at most " + LONGEST_REASON + " characters"));
        }
        if (!problems.isEmpty()) {
            throw new Rejected(problems);
        }
        Instant now = clock.instant();
        database.sql("""
                        insert into emergency_access (id, patient_id, user_id, reason_code, reason_text, opened_at, until)
                        values (:id, :patient, :user, :code, :text, :now, :until)
                        """)
                .param("id", Uuid7.next())
                .param("patient", patient.value())
                .param("user", actor.user().value())
                .param("code", reasonCode)
                .param("text", reasonText.strip())
                .param("now", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
                .param("until", OffsetDateTime.ofInstant(now.plus(EMERGENCY), ZoneOffset.UTC))
                .update();
        trail.record(AuditEvent.done("access.emergency").of(patient).because(reasonCode));
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void patientAtFacility(PatientId patient, FacilityId facility) {
        patientsAtFacility(List.of(patient), facility);
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void patientsAtFacility(Collection<PatientId> patients, FacilityId facility) {
        if (patients.isEmpty()) {
            return;
        }
        database.sql("""
                        insert into patient_facility (patient_id, facility_id, since)
                        select id, :facility, :now from unnest(cast(:patients as uuid[])) as id
                        on conflict do nothing
                        """)
                .param("facility", facility.value())
                .param("now", OffsetDateTime.now(clock.withZone(ZoneOffset.UTC)))
                .param("patients", patients.stream().map(PatientId::toString).toArray(String[]::new))
                .update();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void careRelation(CareRelation relation) {
        careRelations(List.of(relation));
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void careRelations(Collection<CareRelation> relations) {
        // Sorted, so that two imports that meet at the same relations never wait for each other in a circle.
        List<CareRelation> sorted = relations.stream()
                .sorted(java.util.Comparator.comparing(
                                (CareRelation relation) -> relation.patient().toString())
                        .thenComparing(relation -> relation.practitioner().toString())
                        .thenComparing(CareRelation::kind)
                        .thenComparing(relation -> String.valueOf(relation.encounter())))
                .toList();
        batches.batchUpdate("""
                insert into care_relation as known (id, patient_id, practitioner_id, kind, encounter_id, until)
                values (?, ?, ?, ?, ?, ?)
                on conflict (practitioner_id, patient_id, kind, encounter_id) do update set until = excluded.until
                where known.until is distinct from excluded.until
                """, sorted, BATCH, (statement, relation) -> {
            statement.setObject(1, Uuid7.next());
            statement.setObject(2, relation.patient().value());
            statement.setObject(3, relation.practitioner().value());
            statement.setString(4, relation.kind());
            statement.setObject(
                    5,
                    relation.encounter() == null ? null : relation.encounter().value(),
                    Types.OTHER);
            statement.setObject(
                    6,
                    relation.until() == null ? null : OffsetDateTime.ofInstant(relation.until(), ZoneOffset.UTC),
                    Types.TIMESTAMP_WITH_TIMEZONE);
        });
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void shareCare(PatientId from, PatientId with, Instant until) {
        careRelations(database.sql("select distinct practitioner_id from care_relation where patient_id = ?")
                .param(from.value())
                .query((row, number) -> new CareRelation(
                        with,
                        new PractitionerId(row.getObject("practitioner_id", UUID.class)),
                        "recipient",
                        null,
                        until))
                .list());
        database.sql("select facility_id from patient_facility where patient_id = ?")
                .param(from.value())
                .query((row, number) -> new FacilityId(row.getObject("facility_id", UUID.class)))
                .list()
                .forEach(facility -> patientAtFacility(with, facility));
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Presence merge(PatientId loser, PatientId survivor) {
        Set<FacilityId> facilities = new HashSet<>();
        database.sql("delete from patient_facility where patient_id = ? returning facility_id")
                .param(loser.value())
                .query(row -> {
                    facilities.add(new FacilityId(row.getObject("facility_id", UUID.class)));
                });
        facilities.forEach(facility -> patientAtFacility(survivor, facility));
        // Who took part in both has one relation afterwards; the other's row goes, and the log keeps its id.
        Set<UUID> relations = new HashSet<>(database.sql("select id from care_relation where patient_id = ?")
                .param(loser.value())
                .query(UUID.class)
                .list());
        database.sql("""
                        delete from care_relation c using care_relation k
                        where c.patient_id = :loser and k.patient_id = :survivor
                          and k.practitioner_id = c.practitioner_id and k.kind = c.kind
                          and k.encounter_id is not distinct from c.encounter_id
                        """)
                .param("loser", loser.value())
                .param("survivor", survivor.value())
                .update();
        move("care_relation", loser, survivor);
        Set<UUID> restrictions = new HashSet<>(database.sql("select id from patient_restriction where patient_id = ?")
                .param(loser.value())
                .query(UUID.class)
                .list());
        move("patient_restriction", loser, survivor);
        move("emergency_access", loser, survivor);
        return new Presence(facilities, relations, restrictions);
    }

    private void move(String table, PatientId loser, PatientId survivor) {
        database.sql("update " + table + " set patient_id = ? where patient_id = ?")
                .params(survivor.value(), loser.value())
                .update();
    }
}
