package org.chartkeeper.chart.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.chart.ChangeDesk;
import org.chartkeeper.chart.ChartEvent;
import org.chartkeeper.chart.EntryCommand.VersionKind;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.Way;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Stale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Which ways of change are open to whom, by the same rules by which the writer judges. */
@Service
class ChangeService implements ChangeDesk {

    private final JdbcClient jdbc;
    private final EntryRepository entries;
    private final ChartStore store;
    private final Sensitivity sensitivity;
    private final Names names;
    private final AuditTrail audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ChangeService(
            JdbcClient jdbc,
            EntryRepository entries,
            ChartStore store,
            Sensitivity sensitivity,
            Names names,
            AuditTrail audit,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jdbc = jdbc;
        this.entries = entries;
        this.store = store;
        this.sensitivity = sensitivity;
        this.names = names;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** What the rules ask of an entry beside what a page has of it. */
    private record Facts(Legality.Standing standing, Authority.Responsible responsible, boolean moved, boolean added) {

        static Facts of(ResultSet row) throws SQLException {
            int signed = row.getInt("signed_version");
            String pending = row.getString("pending_kind");
            int signable = pending == null ? row.getInt("in_force_version") : row.getInt("current_version");
            return new Facts(
                    new Legality.Standing(
                            row.getString("status").equals(EntryEntity.IN_ERROR),
                            signed != 0,
                            signed < signable,
                            pending),
                    new Authority.Responsible(
                            Sql.uuidOrNull(row, "stated_by_practitioner"),
                            Sql.uuidOrNull(row, "attending"),
                            Sql.uuidOrNull(row, "signer")),
                    row.getBoolean("moved"),
                    row.getBoolean("added"));
        }
    }

    @Override
    @Requires({Permission.CHART_READ, Permission.VISIT_UPDATE})
    @Transactional(readOnly = true)
    public Standing standing(Actor actor, EntryView entry) {
        Facts facts = jdbc.sql("""
                        SELECT e.status, e.signed_version, e.in_force_version, e.current_version, e.pending_kind,
                               e.stated_by_practitioner, e.signer, v.attending,
                               EXISTS (SELECT 1 FROM entry_move_item m WHERE m.from_entry = e.id)
                               OR EXISTS (SELECT 1 FROM entry_move_item m WHERE m.to_entry = e.id) AS moved,
                               EXISTS (SELECT 1 FROM note n WHERE n.patient_id = e.patient_id
                                       AND n.addendum_to = e.id::text) AS added
                        FROM entry e LEFT JOIN encounter v ON v.id = e.encounter_id
                        WHERE e.id = :id AND e.patient_id = :patient
                        """)
                .param("id", entry.id().value())
                .param("patient", entry.patient().value())
                .query((row, number) -> Facts.of(row))
                .optional()
                .orElseThrow(() -> new NotFound("entry " + entry.id() + " of patient " + entry.patient()));
        Authority.Person person = Authority.person(actor, facts.responsible);
        List<Open> open = new ArrayList<>();
        for (Way way : Way.values()) {
            if (way != Way.LATE_ENTRY && refusal(person, way, entry.type(), facts) == null) {
                open.add(new Open(way, effect(person, way, entry, facts), agrees(way, entry, facts, person)));
            }
        }
        return new Standing(open, facts.moved, facts.added);
    }

    private static @Nullable String refusal(Authority.Person person, Way way, EntryType type, Facts facts) {
        String refusal = switch (way) {
            case MOVE -> facts.standing.retracted() ? "This entry is entered in error; it stays as it is." : null;
            case ADDENDUM -> Legality.refusedAddendum(type, facts.standing);
            case LATE_ENTRY -> null;
            case REVISION, UPDATE, CORRECTION, RETRACTION ->
                Legality.refusal(VersionKind.valueOf(way.name()), type, facts.standing);
        };
        return refusal != null ? refusal : Authority.refusal(person, way, type, facts.standing.locked());
    }

    private static Effect effect(Authority.Person person, Way way, EntryView entry, Facts facts) {
        boolean clinician = person != Authority.Person.SPECIALIST && person != Authority.Person.SYSTEM;
        boolean asks = switch (way) {
            case CORRECTION, RETRACTION ->
                entry.inForce() > 0
                        && Protection.takenAway(
                                        VersionKind.valueOf(way.name()),
                                        entry.content(),
                                        entry.content(),
                                        facts.standing.locked())
                                != null;
            case ADDENDUM, UPDATE -> facts.standing.locked();
            case REVISION -> facts.standing.pending() != null;
            default -> false;
        };
        return asks ? clinician ? Effect.SIGNED : Effect.PROPOSED : clinician ? Effect.SIGNED : Effect.AT_ONCE;
    }

    private @Nullable String agrees(Way way, EntryView entry, Facts facts, Authority.Person person) {
        if (way == Way.MOVE || effect(person, way, entry, facts) != Effect.PROPOSED) {
            return null;
        }
        UUID who = facts.responsible.author() != null
                ? facts.responsible.author()
                : facts.responsible.attending() != null ? facts.responsible.attending() : facts.responsible.signer();
        Names.Wanted wanted = new Names.Wanted();
        wanted.practitioner(who);
        return names.find(wanted).practitioner(who);
    }

    @Override
    @Requires({Permission.VISIT_UPDATE, Permission.CHART_SIGN})
    @Transactional(propagation = Propagation.MANDATORY)
    public void withdraw(Actor actor, PatientId patient, EntryId id, int version, String reason) {
        if (reason.isBlank()) {
            throw new Rejected(List.of(Problem.error("reason", "Say why.")));
        }
        EntryEntity entry = entries.lock(List.of(id.value())).stream()
                .filter(found -> found.patientId.equals(patient.value())
                        && sensitivity.visible(actor).sees(found.sensitivity, found.statedByPractitioner))
                .findFirst()
                .orElseThrow(() -> new NotFound("entry " + id + " of patient " + patient));
        if (entry.currentVersion != version) {
            throw new Stale("entry " + id, version, entry.currentVersion);
        }
        if (entry.pendingKind == null || entry.proposed()) {
            throw new Rejected(
                    entry.proposed()
                            ? "This is a proposal of its own. Mark it as entered in error to take it back."
                            : "Nothing waits for a signature here any more.");
        }
        boolean mine = entry.enteredBy.equals(actor.user().value())
                || actor.practitioner() != null
                        && Objects.equals(actor.practitioner().value(), entry.signer);
        if (!mine) {
            throw new Rejected("Only who entered a change, or who is to sign it, takes it back.");
        }
        if (replacedByAnother(entry)) {
            throw new Rejected(
                    "A new order replaces this one. Mark the new order as entered in error; this one then goes on.");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        UUID event = audit.record(AuditEvent.done("entry.withdraw")
                        .of(patient)
                        .at(new FacilityId(entry.facilityId))
                        .on("entry", id)
                        .version(version))
                .value();
        store.dispose(
                new ChartStore.Disposition(
                        entry.id,
                        entry.currentVersion,
                        entry.patientId,
                        "withdrawn",
                        actor.user().value(),
                        now,
                        Texts.clean(reason),
                        null),
                event);
        entry.dropPending();
        entries.flush();
        events.publishEvent(new ChartEvent.SafetyChanged(Set.of(patient)));
    }

    private boolean replacedByAnother(EntryEntity entry) {
        return entry.entryType() == EntryType.MEDICATION_ORDER
                && jdbc.sql("""
                        SELECT EXISTS (SELECT 1 FROM medication_order next JOIN entry e ON e.id = next.id
                                       WHERE next.replaces = ? AND e.in_force_version = 0 AND e.pending_kind IS NOT NULL)
                        """).param(entry.id).query(Boolean.class).single();
    }
}
