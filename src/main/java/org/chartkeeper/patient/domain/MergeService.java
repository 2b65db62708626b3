package org.chartkeeper.patient.domain;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.chartkeeper.access.Access;
import org.chartkeeper.access.Directory;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditEventId;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.patient.Demographics;
import org.chartkeeper.patient.Filing;
import org.chartkeeper.patient.NameKind;
import org.chartkeeper.patient.PatientMergeParticipant;
import org.chartkeeper.patient.PatientMerges;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.Idempotency;
import org.chartkeeper.platform.MergedPatients;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Stale;
import org.chartkeeper.platform.UserId;
import org.chartkeeper.platform.Uuid7;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class MergeService implements PatientMerges, MergedPatients {

    private final PatientRows rows;
    private final VersionRows versions;
    private final Registrar registrar;
    private final SearchRows search;
    private final List<PatientMergeParticipant> participants;
    private final Access access;
    private final AuditTrail audit;
    private final Idempotency idempotency;
    private final Directory directory;
    private final CurrentActor actors;
    private final JdbcClient database;
    private final Clock clock;

    MergeService(
            PatientRows rows,
            VersionRows versions,
            Registrar registrar,
            SearchRows search,
            List<PatientMergeParticipant> participants,
            Access access,
            AuditTrail audit,
            Idempotency idempotency,
            Directory directory,
            CurrentActor actors,
            JdbcClient database,
            Clock clock) {
        this.rows = rows;
        this.versions = versions;
        this.registrar = registrar;
        this.search = search;
        this.participants = participants;
        this.access = access;
        this.audit = audit;
        this.idempotency = idempotency;
        this.directory = directory;
        this.actors = actors;
        this.database = database;
        this.clock = clock;
    }

    @Override
    @Requires(Permission.PATIENT_MERGE)
    @Transactional
    public PatientId merge(PatientId patient, int basedOn, Filing filing) {
        String key = filing.idempotencyKey();
        return key == null
                ? merged(patient, basedOn, filing)
                : PatientId.of(idempotency.once(
                        key, () -> merged(patient, basedOn, filing).toString()));
    }

    private PatientId merged(PatientId patient, int basedOn, Filing filing) {
        PatientId wanted = rows.find(patient)
                .map(State::probableChart)
                .orElseThrow(() -> new Rejected("No chart is linked to this one as the same person's."));
        // Locked in one order, so that two merges never wait for each other in a circle.
        Map<PatientId, State> both = new HashMap<>();
        List.of(patient, wanted).stream()
                .sorted(Comparator.comparing(PatientId::toString))
                .forEach(id -> both.put(id, rows.lock(id).orElseThrow(() -> new NotFound("patient " + id))));
        State loser = both.get(patient);
        State survivor = both.get(wanted);
        if (loser == null || survivor == null) {
            throw new NotFound("patient " + patient);
        }
        if (loser.version() != basedOn) {
            throw new Stale("registration " + patient, basedOn, loser.version());
        }
        if (loser.mergedInto() != null || survivor.mergedInto() != null) {
            throw new Rejected("One of these charts was merged already. Open it again.");
        }
        VersionRows.Stored linked = versions.all(patient).stream()
                .filter(version -> version.version().kind().equals("probable chart linked"))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new Rejected("No chart is linked to this one as the same person's."));
        UserId me = actors.get().user();
        if (linked.version().enteredBy().equals(me)) {
            throw new Rejected("You said that these charts are one person's. A second person merges them.");
        }
        String reason = Optional.ofNullable(linked.version().reason()).orElse("identified");
        Filing because = filing.because(reason);
        together(loser, survivor, because);
        log(loser, survivor, reason, me);
        return survivor.id();
    }

    /** The number goes with the chart; the alias stays an alias, ended today. */
    private void together(State loser, State survivor, Filing filing) {
        ZoneId zone = directory
                .facility(loser.facility())
                .map(Directory.Facility::zone)
                .orElse(ZoneOffset.UTC);
        PartialDate today = PartialDate.of(LocalDate.now(clock.withZone(zone)));
        Demographics.Builder one = survivor.data().toBuilder();
        List<Demographics.Name> names = new ArrayList<>(survivor.data().names());
        for (Demographics.Name name : loser.data().names()) {
            names.add(new Demographics.Name(
                    Uuid7.next(),
                    NameKind.ALIAS,
                    name.family(),
                    name.given(),
                    name.middle(),
                    name.prefix(),
                    name.suffix(),
                    name.from(),
                    name.until() == null ? today : name.until(),
                    name.proof(),
                    name.suppressed()));
        }
        one.names(names);
        loser.data().mrns().forEach(one::mrn);
        loser.data().identifiers().forEach(one::identifier);
        Demographics emptied = loser.data().toBuilder()
                .mrns(List.of())
                .identifiers(List.of())
                .identityUnknown(false)
                .build();
        // The former goes first: a number is nobody else's at any time.
        registrar.write(
                loser.id(),
                loser,
                emptied,
                new Registrar.Deed("patient.merge", "merged into another chart", loser.alias(), null),
                filing.from("patient " + survivor.id()));
        registrar.write(
                survivor.id(),
                survivor,
                one.build(),
                new Registrar.Deed("patient.merge", "another chart merged in", survivor.alias(), null),
                filing.from("patient " + loser.id()));
        database.sql("update patient set status = 'merged', merged_into = ? where id = ?")
                .params(survivor.id().value(), loser.id().value())
                .update();
        // What was merged into the other before is merged into this one now, and what was thought to be it is this one.
        database.sql("update patient set merged_into = ? where merged_into = ?")
                .params(survivor.id().value(), loser.id().value())
                .update();
        database.sql("update patient set probable_chart = ? where probable_chart = ? and id <> ?")
                .params(survivor.id().value(), loser.id().value(), survivor.id().value())
                .update();
        search.remove(loser.id());
    }

    private void log(State loser, State survivor, String reason, UserId me) {
        UUID merge = Uuid7.next();
        AuditEventId event =
                audit.record(AuditEvent.done("patient.merge").of(survivor.id()).on("patient", loser.id()));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        database.sql("""
                        insert into patient_merge (id, loser, survivor, label, reason, merged_by, merged_at, audit_event)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        merge,
                        loser.id().value(),
                        survivor.id().value(),
                        label(loser),
                        reason,
                        me.value(),
                        now.atOffset(ZoneOffset.UTC),
                        event.value())
                .update();
        for (PatientMergeParticipant participant : participants) {
            participant.before(loser.id(), survivor.id());
            participant
                    .moved()
                    .forEach((table, key) -> database.sql("""
                            with moved as (
                                update %1$s set patient_id = :survivor where patient_id = :loser and %3$s
                                returning (%2$s)::text as row_key)
                            insert into merge_move (merge_id, table_name, row_key)
                            select :merge, '%1$s', row_key from moved
                            """.formatted(table, key, participant.only(table)))
                            .param("survivor", survivor.id().value())
                            .param("loser", loser.id().value())
                            .param("merge", merge)
                            .update());
        }
        Access.Presence presence = access.merge(loser.id(), survivor.id());
        note(
                merge,
                "patient_facility",
                presence.facilities().stream().map(FacilityId::toString).toList());
        note(
                merge,
                "care_relation",
                presence.careRelations().stream().map(UUID::toString).toList());
        note(
                merge,
                "patient_restriction",
                presence.restrictions().stream().map(UUID::toString).toList());
        // Mother, child and twin belong to the survivor as well.
        database.sql("""
                        insert into related_patient (id, patient_id, other_id, kind, created_at, audit_event)
                        select gen_random_uuid(), r.patient_id, r.other_id, r.kind, :now, :event
                        from (select distinct case patient_id when :loser then :survivor else patient_id end as patient_id,
                                     case other_id when :loser then :survivor else other_id end as other_id, kind
                              from related_patient where :loser in (patient_id, other_id)) r
                        where r.patient_id <> r.other_id
                        on conflict do nothing
                        """)
                .param("loser", loser.id().value())
                .param("survivor", survivor.id().value())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("event", event.value())
                .update();
    }

    private void note(UUID merge, String table, List<String> keys) {
        if (!keys.isEmpty()) {
            database.sql("""
                            insert into merge_move (merge_id, table_name, row_key)
                            select :merge, :table, row_key from unnest(:keys::text[]) as k (row_key)
                            """)
                    .param("merge", merge)
                    .param("table", table)
                    .param("keys", keys.toArray(String[]::new))
                    .update();
        }
    }

    private String label(State patient) {
        String name = patient.data()
                .nameInUse()
                .map(it -> it.given().isEmpty() ? it.family() : it.family() + ", " + it.given())
                .orElse("Name unknown");
        String numbers = patient.data().mrns().stream()
                .map(mrn -> "MRN "
                        + directory
                                .facility(mrn.facility())
                                .map(Directory.Facility::code)
                                .orElse("")
                        + " " + mrn.value())
                .collect(Collectors.joining(", "));
        return numbers.isEmpty() ? name : name + " · " + numbers;
    }

    @Override
    @Requires(Permission.PATIENT_READ)
    @Transactional(readOnly = true)
    public List<Merged> into(PatientId survivor) {
        return database.sql("""
                        select m.loser, m.label, m.reason, m.merged_by, m.merged_at
                        from patient_merge m join patient p on p.id = m.loser and p.merged_into = ?
                        order by m.merged_at, m.id
                        """)
                .param(survivor.value())
                .query((row, number) -> new Merged(
                        Sql.patient(row, "loser"),
                        row.getString("label"),
                        row.getString("reason"),
                        new UserId(row.getObject("merged_by", UUID.class)),
                        Sql.instant(row, "merged_at")))
                .list();
    }

    @Override
    @Requires(Permission.SYSTEM_STATUS)
    @Transactional(readOnly = true)
    public Map<PatientId, PatientId> all() {
        Map<PatientId, PatientId> merged = new HashMap<>();
        database.sql("select id, merged_into from patient where merged_into is not null")
                .query(row -> {
                    merged.put(Sql.patient(row, "id"), Sql.patient(row, "merged_into"));
                });
        return merged;
    }

    @Override
    @Transactional(readOnly = true)
    public Set<PatientId> mergedInto(PatientId survivor) {
        return Set.copyOf(database.sql("select id from patient where merged_into = ?")
                .param(survivor.value())
                .query((row, number) -> Sql.patient(row, "id"))
                .list());
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<PatientId> survivor(PatientId patient) {
        return database.sql("select merged_into from patient where id = ? and merged_into is not null")
                .param(patient.value())
                .query((row, number) -> Sql.patient(row, "merged_into"))
                .optional();
    }
}
