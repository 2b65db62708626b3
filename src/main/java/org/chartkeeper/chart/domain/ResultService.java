package org.chartkeeper.chart.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chartkeeper.access.Access;
import org.chartkeeper.access.Directory;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.ResultDesk;
import org.chartkeeper.chart.ResultUrgency;
import org.chartkeeper.chart.Signing;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.NotAllowed;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Stale;
import org.chartkeeper.platform.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Results that wait to be seen: those that wait for a signature, and those that were final at their source. */
@Service
class ResultService implements ResultDesk {

    private final JdbcClient jdbc;
    private final EntryRepository entries;
    private final SigningService signing;
    private final Sensitivity sensitivity;
    private final Names names;
    private final Directory directory;
    private final Access access;
    private final AuditTrail audit;
    private final Clock clock;

    ResultService(
            JdbcClient jdbc,
            EntryRepository entries,
            SigningService signing,
            Sensitivity sensitivity,
            Names names,
            Directory directory,
            Access access,
            AuditTrail audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.entries = entries;
        this.signing = signing;
        this.sensitivity = sensitivity;
        this.names = names;
        this.directory = directory;
        this.access = access;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    @Requires(Permission.CHART_SIGN)
    @Transactional(readOnly = true)
    public List<Due> due(Actor actor, int limit) {
        if (actor.practitioner() == null) {
            return List.of();
        }
        List<Due> toSign = signing.results(actor, limit).stream()
                .map(ResultService::unsigned)
                .toList();
        return Stream.concat(toSign.stream(), finalAtSource(actor, actor.practitioner(), limit).stream())
                .sorted(Comparator.comparing(Due::due))
                .limit(limit)
                .toList();
    }

    private static Due unsigned(Signing.Awaiting waiting) {
        Content content = waiting.entry().pending() == null
                ? waiting.entry().content()
                : waiting.entry().pending();
        ResultUrgency urgency = ResultUrgency.of(content).orElse(ResultUrgency.ROUTINE);
        Instant arrived = waiting.change().enteredAt();
        return new Due(
                waiting.entry(),
                waiting,
                urgency,
                arrived,
                arrived.plus(urgency.within()),
                waiting.change().version() > 1);
    }

    private List<Due> finalAtSource(Actor actor, PractitionerId practitioner, int limit) {
        record Found(EntryRow entry, ResultUrgency urgency, Instant arrived, Instant due, boolean changed) {}
        List<Found> found = sensitivity
                .visible(actor)
                .bind(jdbc.sql("SELECT " + EntryRow.COLUMNS + """
                        , e.urgency, e.arrived_at, e.due_at, EXISTS (SELECT 1 FROM result_acknowledgement a
                            WHERE a.entry_id = e.id AND a.number < e.due_number) AS changed
                        FROM (SELECT e.*, d.urgency, d.arrived_at, d.due_at, d.number AS due_number
                              FROM result_due d JOIN entry e ON e.id = d.entry_id
                              WHERE d.practitioner_id = :signer::uuid AND %s
                              ORDER BY d.due_at, d.entry_id LIMIT :limit) e
                        """.formatted(Sensitivity.PREDICATE) + EntryRow.CONTENTS))
                .param("signer", practitioner.toString())
                .param("limit", limit)
                .query((row, number) -> new Found(
                        EntryRow.of(row),
                        ResultUrgency.of(row.getString("urgency")),
                        Sql.instant(row, "arrived_at"),
                        Sql.instant(row, "due_at"),
                        row.getBoolean("changed")))
                .list();
        Names.Wanted wanted = new Names.Wanted();
        found.forEach(one -> one.entry.want(wanted));
        Names.Found known = names.find(wanted);
        return found.stream()
                .map(one -> new Due(one.entry.view(known), null, one.urgency, one.arrived, one.due, one.changed))
                .toList();
    }

    @Override
    @Requires(Permission.CHART_SIGN)
    @Transactional(propagation = Propagation.MANDATORY)
    public void acknowledge(Actor actor, List<Seen> results, Followed followed, @Nullable String comment) {
        if (results.isEmpty()) {
            return;
        }
        Work work = new Work(actor, results);
        for (Seen seen : results) {
            EntryEntity entry = work.checked(seen);
            boolean waited = work.off(entry);
            if (!waited && !work.signed(entry)) {
                throw new Rejected(entry.title + " does not wait for you.");
            }
            UUID event = work.record("result.acknowledge", entry);
            jdbc.sql("""
                    INSERT INTO result_acknowledgement (id, entry_id, number, patient_id, practitioner_id, user_id, at,
                                                        followed, comment, audit_event)
                    VALUES (:id, :entry, :number, :patient, :practitioner, :user, :at, :followed, :comment, :event)
                    """)
                    .param("id", Uuid7.next())
                    .param("entry", entry.id)
                    .param("number", entry.currentVersion)
                    .param("patient", entry.patientId)
                    .param("practitioner", work.practitioner.value())
                    .param("user", actor.user().value())
                    .param("at", Sql.timestamp(clock.instant().truncatedTo(ChronoUnit.MICROS)))
                    .param("followed", followed.word())
                    .param("comment", Texts.cleanOrNull(comment))
                    .param("event", event)
                    .update();
        }
    }

    @Override
    @Requires(Permission.CHART_SIGN)
    @Transactional(propagation = Propagation.MANDATORY)
    public void passOn(Actor actor, Seen result, PractitionerId to, String reason) {
        if (reason.isBlank()) {
            throw new Rejected(List.of(Problem.error("comment", "Say why it is not yours")));
        }
        if (to.equals(actor.practitioner())
                || !directory.practitioners(List.of(to)).containsKey(to)) {
            throw new Rejected(List.of(Problem.error("to", "Choose another practitioner")));
        }
        Work work = new Work(actor, List.of(result));
        EntryEntity entry = work.checked(result);
        int passed = jdbc.sql("""
                        UPDATE result_due SET practitioner_id = :to
                        WHERE entry_id = :entry AND practitioner_id = :from
                        """)
                .param("to", to.value())
                .param("entry", entry.id)
                .param("from", work.practitioner.value())
                .update();
        if (passed == 0) {
            throw new Rejected(entry.title + " does not wait for you.");
        }
        UUID event = work.record("result.pass-on", entry);
        jdbc.sql("""
                INSERT INTO version_disposition (id, entry_id, number, patient_id, kind, by_user, at, comment,
                                                 passed_to, audit_event)
                VALUES (?, ?, ?, ?, 'not mine', ?, ?, ?, ?, ?)
                """)
                .params(
                        Uuid7.next(),
                        entry.id,
                        entry.currentVersion,
                        entry.patientId,
                        actor.user().value(),
                        Sql.timestamp(clock.instant().truncatedTo(ChronoUnit.MICROS)),
                        Texts.clean(reason),
                        to.value(),
                        event)
                .update();
        access.careRelation(new Access.CareRelation(
                new PatientId(entry.patientId),
                to,
                "recipient",
                entry.encounterId == null ? null : new EncounterId(entry.encounterId),
                null));
    }

    @Override
    @Requires({Permission.CHART_READ, Permission.CHART_SIGN})
    @Transactional(readOnly = true)
    public List<Acknowledged> acknowledgements(PatientId patient, EntryId entry) {
        record Row(
                UUID practitioner,
                int version,
                Instant at,
                String followed,
                @Nullable String comment) {
            static Row of(ResultSet row) throws SQLException {
                return new Row(
                        Sql.uuid(row, "practitioner_id"),
                        row.getInt("number"),
                        Sql.instant(row, "at"),
                        row.getString("followed"),
                        row.getString("comment"));
            }
        }
        List<Row> rows = jdbc.sql("""
                SELECT a.practitioner_id, a.number, a.at, a.followed, a.comment
                FROM result_acknowledgement a JOIN entry e ON e.id = a.entry_id
                WHERE a.entry_id = :entry AND e.patient_id = :patient ORDER BY a.at, a.id
                """)
                .param("entry", entry.value())
                .param("patient", patient.value())
                .query((row, number) -> Row.of(row))
                .list();
        Names.Wanted wanted = new Names.Wanted();
        rows.forEach(row -> wanted.practitioner(row.practitioner));
        Names.Found known = names.find(wanted);
        return rows.stream()
                .map(row -> new Acknowledged(
                        row.version,
                        Objects.requireNonNullElse(known.practitioner(row.practitioner), "practitioner"),
                        row.at,
                        row.followed,
                        row.comment))
                .toList();
    }

    /** One call's results, locked and checked against what was seen. */
    private final class Work {
        private final Actor actor;
        private final PractitionerId practitioner;
        private final Map<UUID, EntryEntity> locked;
        private final Set<UUID> waiting = new HashSet<>();
        private final Map<UUID, Set<Integer>> signed = new HashMap<>();

        Work(Actor actor, List<Seen> results) {
            PractitionerId who = actor.practitioner();
            if (who == null || !actor.may(Permission.CHART_SIGN)) {
                throw new NotAllowed("only a practitioner acknowledges");
            }
            this.actor = actor;
            this.practitioner = who;
            List<UUID> ids = new ArrayList<>();
            results.forEach(seen -> ids.add(seen.entry().value()));
            this.locked = entries.lock(ids).stream().collect(Collectors.toMap(entry -> entry.id, Function.identity()));
            waiting.addAll(jdbc.sql("""
                            SELECT entry_id FROM result_due
                            WHERE entry_id = ANY (?::uuid[]) AND practitioner_id = ?
                            """)
                    .params(Sql.uuids(ids), who.value())
                    .query(UUID.class)
                    .list());
            jdbc.sql("SELECT entry_id, number FROM signature WHERE entry_id = ANY (?::uuid[]) AND practitioner_id = ?")
                    .params(Sql.uuids(ids), who.value())
                    .query(row -> {
                        signed.computeIfAbsent(Sql.uuid(row, "entry_id"), id -> new HashSet<>())
                                .add(row.getInt("number"));
                    });
        }

        EntryEntity checked(Seen seen) {
            EntryEntity entry = locked.get(seen.entry().value());
            if (entry == null
                    || !entry.patientId.equals(seen.patient().value())
                    || !sensitivity.visible(actor).sees(entry.sensitivity, entry.statedByPractitioner)) {
                throw new NotFound("entry " + seen.entry() + " of patient " + seen.patient());
            }
            if (entry.currentVersion != seen.version()) {
                throw new Stale("entry " + seen.entry(), seen.version(), entry.currentVersion);
            }
            return entry;
        }

        boolean signed(EntryEntity entry) {
            return signed.getOrDefault(entry.id, Set.of()).contains(entry.currentVersion);
        }

        /** Takes it off the desk; false where it did not wait there. */
        boolean off(EntryEntity entry) {
            if (!waiting.contains(entry.id)) {
                return false;
            }
            jdbc.sql("DELETE FROM result_due WHERE entry_id = ?")
                    .param(entry.id)
                    .update();
            return true;
        }

        UUID record(String action, EntryEntity entry) {
            return audit.record(AuditEvent.done(action)
                            .of(new PatientId(entry.patientId))
                            .at(new FacilityId(entry.facilityId))
                            .on("entry", entry.id)
                            .version(entry.currentVersion))
                    .value();
        }
    }
}
