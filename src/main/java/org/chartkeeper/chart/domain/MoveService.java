package org.chartkeeper.chart.domain;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.chartkeeper.access.Access;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.chart.ChangeReason;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.DisclosureLookup;
import org.chartkeeper.chart.EncounterView;
import org.chartkeeper.chart.EntryCommand;
import org.chartkeeper.chart.EntryCommand.VersionKind;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.RecordMoves;
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
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Moves between charts. Everything that it writes to the record goes through the one writer. */
@Service
class MoveService implements RecordMoves {

    /** What the version in the right chart says of where it came from; the other chart is named nowhere in it. */
    private static final String CAME = "Was entered in another chart by mistake";

    private final JdbcClient jdbc;
    private final EntryRepository entries;
    private final WriterService writer;
    private final EncounterService encounters;
    private final ChartReader reader;
    private final MoveRows rows;
    private final ResultRows results;
    private final Access access;
    private final Names names;
    private final AuditTrail audit;
    private final ObjectProvider<DisclosureLookup> disclosures;
    private final Clock clock;

    MoveService(
            JdbcClient jdbc,
            EntryRepository entries,
            WriterService writer,
            EncounterService encounters,
            ChartReader reader,
            MoveRows rows,
            ResultRows results,
            Access access,
            Names names,
            AuditTrail audit,
            ObjectProvider<DisclosureLookup> disclosures,
            Clock clock) {
        this.jdbc = jdbc;
        this.entries = entries;
        this.writer = writer;
        this.encounters = encounters;
        this.reader = reader;
        this.rows = rows;
        this.results = results;
        this.access = access;
        this.names = names;
        this.audit = audit;
        this.disclosures = disclosures;
        this.clock = clock;
    }

    // What would move

    @Override
    @Requires(Permission.VISIT_UPDATE)
    @Transactional(readOnly = true)
    public Plan plan(Actor actor, Subject subject) {
        Found found = found(actor, subject);
        List<EntryView> shown = subject.visit() != null
                ? reader.ofEncounter(actor, subject.from(), subject.visit()).stream()
                        .filter(entry -> !entry.retracted())
                        .toList()
                : shown(actor, subject, found);
        return new Plan(
                shown,
                found.seen,
                found.signed && !actor.may(Permission.MOVE_CONFIRM),
                found.obstacles,
                found.warnings);
    }

    private List<EntryView> shown(Actor actor, Subject subject, Found found) {
        List<EntryView> shown = new ArrayList<>(found.first);
        for (UUID id : found.ids) {
            if (shown.stream().noneMatch(entry -> entry.id().value().equals(id))) {
                reader.entry(actor, subject.from(), new EntryId(id)).ifPresent(shown::add);
            }
        }
        return shown;
    }

    /** What stands of a subject, with what the actor may not see: a whole visit goes or nothing of it does. */
    private record Found(
            FacilityId facility,
            List<EntryView> first,
            List<UUID> ids,
            String seen,
            boolean signed,
            List<String> obstacles,
            List<String> warnings) {}

    private record Line(
            UUID id,
            int version,
            int inForce,
            boolean locked,
            @Nullable String pending,
            String title,
            boolean ends,
            @Nullable UUID replaces) {}

    private Found found(Actor actor, Subject subject) {
        PatientId from = subject.from();
        String visitSeen = "";
        FacilityId facility;
        List<EntryView> first = List.of();
        List<String> obstacles = new ArrayList<>();
        if (subject.visit() != null) {
            EncounterView visit = encounters
                    .find(from, subject.visit())
                    .orElseThrow(() -> new NotFound("encounter " + subject.visit() + " of patient " + from));
            visitSeen = visit.id() + ":" + visit.version() + " ";
            facility = visit.facility();
            if (visit.status().equals("entered in error")) {
                obstacles.add("This visit is entered in error already.");
            }
        } else {
            EntryId entry = Objects.requireNonNull(subject.entry(), "an entry or a visit moves");
            first = List.of(reader.entry(actor, from, entry)
                    .orElseThrow(() -> new NotFound("entry " + entry + " of patient " + from)));
            facility = first.get(0).facility();
        }
        List<Line> lines = lines(subject);
        if (subject.entry() != null && lines.isEmpty()) {
            obstacles.add("This entry is entered in error already.");
        }
        Set<UUID> moving = lines.stream().map(Line::id).collect(Collectors.toSet());
        List<String> warnings = new ArrayList<>();
        for (Line line : lines) {
            // The end of an order whose replacement goes too ends with it.
            boolean follows = "change".equals(line.pending) && line.ends;
            if (line.pending != null && line.inForce > 0 && !follows) {
                obstacles.add("A change of " + line.title
                        + " waits for its signature. Take it back or let it be signed first.");
            }
            if (line.replaces != null && line.inForce > 0 && !moving.contains(line.replaces)) {
                warnings.add(line.title
                        + " replaced an order of this chart, which stays ended: look after it by a correction.");
            }
        }
        if (subject.visit() != null) {
            warnings.add(
                    "What this visit changed on older entries of this chart, such as a stopped drug, does not move:"
                            + " look after it by corrections.");
        }
        String seen = visitSeen
                + lines.stream()
                        .map(line -> line.id + ":" + line.version)
                        .sorted()
                        .collect(Collectors.joining(" "));
        return new Found(
                facility,
                first,
                lines.stream().map(Line::id).toList(),
                VersionRow.hex(VersionRow.sha256(seen)),
                lines.stream().anyMatch(Line::locked),
                List.copyOf(obstacles),
                List.copyOf(warnings));
    }

    /** The entry with its addenda and, of a report, its results; or all of a visit; but what is entered in error. */
    private List<Line> lines(Subject subject) {
        String which = subject.visit() != null ? "e.encounter_id = :visit::uuid" : """
                    (e.id = :entry::uuid
                     OR e.id IN (SELECT n.id FROM note n WHERE n.patient_id = :patient AND n.addendum_to = :entry::text)
                     OR e.id IN (SELECT (r ->> 'entry')::uuid
                                 FROM entry x JOIN entry_version v ON v.entry_id = x.id AND v.number = x.in_force_version,
                                      json_array_elements(coalesce(v.content -> 'results', '[]')) r
                                 WHERE x.id = :entry::uuid AND x.type = 'diagnostic-report'
                                   AND r ->> 'entry' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'))
                    """;
        return jdbc.sql("""
                SELECT e.*, mo.replaces, coalesce(newest.content ->> 'status', '') = 'replaced' AS ends
                FROM entry e
                JOIN entry_version newest ON newest.entry_id = e.id AND newest.number = e.current_version
                LEFT JOIN medication_order mo ON mo.id = e.id
                WHERE e.patient_id = :patient AND e.status <> 'entered-in-error' AND %s
                ORDER BY e.event_at, e.id
                """.formatted(which))
                .param("patient", subject.from().value())
                .param("visit", subject.visit() == null ? null : subject.visit().toString())
                .param("entry", subject.entry() == null ? null : subject.entry().toString())
                .query((row, number) -> new Line(
                        Sql.uuid(row, "id"),
                        row.getInt("current_version"),
                        row.getInt("in_force_version"),
                        row.getInt("signed_version") != 0,
                        row.getString("pending_kind"),
                        row.getString("title"),
                        row.getBoolean("ends"),
                        Sql.uuidOrNull(row, "replaces")))
                .list();
    }

    // Moving

    @Override
    @Requires(Permission.VISIT_UPDATE)
    @Transactional(propagation = Propagation.MANDATORY)
    public Outcome move(Actor actor, Order order) {
        check(actor, order);
        Found found = found(actor, order.subject());
        if (!found.seen.equals(order.seen())) {
            throw new Stale("what is to move", 0, 1);
        }
        refuseObstacles(found);
        UUID id = Uuid7.next();
        boolean asks = found.signed && !actor.may(Permission.MOVE_CONFIRM);
        rows.insert(id, found.facility, order, actor.user(), now(), asks);
        rows.items(id, found.ids);
        if (!asks) {
            return perform(actor, id, order, found);
        }
        event("entry.move-ask", order.subject().from(), found, id);
        event("entry.move-ask", order.to(), found, id);
        return new Outcome(id, false, List.of(), null);
    }

    private void check(Actor actor, Order order) {
        if (order.reason().isBlank()) {
            throw new Rejected(List.of(Problem.error("reason", "Say why.")));
        }
        if (order.to().equals(order.subject().from())) {
            throw new Rejected(List.of(Problem.error("mrn", "That is the chart it is in.")));
        }
        if (!sees(actor, order.to()) || !sees(actor, order.subject().from())) {
            throw new NotFound("patient " + order.to());
        }
        if (order.visit() != null && encounters.find(order.to(), order.visit()).isEmpty()) {
            throw new NotFound("encounter " + order.visit() + " of patient " + order.to());
        }
    }

    private boolean sees(Actor actor, PatientId patient) {
        return actor.isSystem() || access.decideChart(actor, patient) instanceof Access.Decision.Granted;
    }

    private static void refuseObstacles(Found found) {
        if (!found.obstacles.isEmpty()) {
            throw new Rejected(found.obstacles.stream()
                    .map(message -> Problem.error(null, message))
                    .toList());
        }
    }

    private Outcome perform(Actor actor, UUID move, Order order, Found found) {
        PatientId from = order.subject().from();
        PatientId to = order.to();
        EncounterId visit = order.visit();
        if (order.subject().visit() != null) {
            visit = encounters.copyTo(order.subject().visit(), from, to);
        }
        Map<UUID, EntryEntity> standing = new LinkedHashMap<>();
        entries.lock(found.ids).forEach(entry -> standing.put(entry.id, entry));
        Map<UUID, VersionRow> versions = versions(found.ids);
        Map<UUID, EntryId> here = new LinkedHashMap<>();
        found.ids.forEach(id -> here.put(id, EntryId.next()));
        List<EntryCommand> commands = new ArrayList<>();
        for (UUID id : found.ids) {
            commands.add(out(actor, found(standing, id), found(versions, id)));
        }
        for (UUID id : found.ids) {
            commands.add(in(found(standing, id), found(versions, id), here, to, visit));
        }
        Set<UUID> toSign = new HashSet<>();
        standing.values().forEach(entry -> {
            if (entry.signer != null) {
                toSign.add(entry.signer);
            }
            if (entry.statedByPractitioner != null) {
                toSign.add(entry.statedByPractitioner);
            }
        });
        tellAuthors(actor, from, standing.values());
        if (!commands.isEmpty()) {
            writer.writeMove(commands);
            results.moved(here, to);
        }
        // Whose words they are signs them in the right chart, and has to be able to open it.
        access.patientAtFacility(to, found.facility);
        access.careRelations(toSign.stream()
                .map(who -> new Access.CareRelation(to, new PractitionerId(who), "recipient", null, null))
                .toList());
        if (order.subject().visit() != null) {
            EncounterView left = encounters.find(from, order.subject().visit()).orElseThrow();
            encounters.moveTo(from, left.id(), left.version(), "entered in error", now(), null);
        }
        rows.arrived(move, here);
        rows.disclosed(move, disclosures.stream().toList(), from, found.ids);
        rows.decide(move, "done", actor.user(), now(), null, visit);
        event("entry.move-out", from, found, move);
        event("entry.move-in", to, found, move);
        return new Outcome(move, true, List.copyOf(here.values()), visit);
    }

    private static <T> T found(Map<UUID, T> map, UUID id) {
        return Objects.requireNonNull(map.get(id), "an entry that moves is gone");
    }

    /** Of each what is in force, or what is proposed where nothing is. */
    private Map<UUID, VersionRow> versions(List<UUID> ids) {
        Map<UUID, VersionRow> found = new HashMap<>();
        jdbc.sql("""
                SELECT v.* FROM entry e JOIN entry_version v ON v.entry_id = e.id
                    AND v.number = CASE e.in_force_version WHEN 0 THEN e.current_version ELSE e.in_force_version END
                WHERE e.id = ANY (?::uuid[])
                """).param(Sql.uuids(ids)).query(row -> {
            VersionRow version = ChartStore.version(row);
            found.put(version.entry(), version);
        });
        return found;
    }

    /** Taken out, which is what the records department says, not the author of the words. */
    private EntryCommand out(Actor actor, EntryEntity entry, VersionRow version) {
        return new EntryCommand(
                VersionKind.RETRACTION,
                new EntryId(entry.id),
                entry.currentVersion,
                new PatientId(entry.patientId),
                new FacilityId(entry.facilityId),
                null,
                ContentJson.read(version.content()),
                now(),
                "second",
                new EntryCommand.Statement(
                        "staff",
                        null,
                        actor.name(),
                        now(),
                        entry.signer == null ? null : new PractitionerId(entry.signer)),
                new EntryCommand.Source("direct", null, null),
                ChangeReason.WRONG_PATIENT.label(),
                entry.sensitivity,
                false);
    }

    private static EntryCommand in(
            EntryEntity entry, VersionRow version, Map<UUID, EntryId> here, PatientId to, @Nullable EncounterId visit) {
        return new EntryCommand(
                VersionKind.ORIGINAL,
                here.get(entry.id),
                null,
                to,
                new FacilityId(entry.facilityId),
                visit,
                Moved.content(ContentJson.read(version.content()), here),
                entry.eventAt,
                entry.eventPrecision,
                statement(entry, version),
                Moved.source(version, here),
                CAME,
                entry.sensitivity,
                entry.authenticated);
    }

    private static EntryCommand.Statement statement(EntryEntity entry, VersionRow version) {
        return new EntryCommand.Statement(
                version.statedBy(),
                version.statedByPractitioner() == null ? null : new PractitionerId(version.statedByPractitioner()),
                version.statedByName(),
                version.statedAt(),
                entry.signer == null ? null : new PractitionerId(entry.signer));
    }

    /** Each practitioner once for the chart that the words were taken out of, and each colleague who had typed them. */
    private void tellAuthors(Actor actor, PatientId from, Iterable<EntryEntity> moved) {
        Set<UUID> told = new LinkedHashSet<>();
        for (EntryEntity entry : moved) {
            UUID author = entry.statedByPractitioner != null ? entry.statedByPractitioner : entry.signer;
            if (author != null && told.add(author)) {
                rows.notice(author, null, from, entry.id, "moved out", actor.user(), null, now());
            }
            if (!entry.sourceKind.equals("import")
                    && !entry.enteredBy.equals(actor.user().value())
                    && !entry.enteredBy.equals(Actor.SYSTEM_USER.value())
                    && told.add(entry.enteredBy)) {
                rows.notice(null, entry.enteredBy, from, entry.id, "moved out", actor.user(), null, now());
            }
        }
    }

    private void event(String action, PatientId patient, Found found, UUID move) {
        audit.record(AuditEvent.done(action)
                .of(patient)
                .at(found.facility)
                .on("move", move)
                .because(ChangeReason.WRONG_PATIENT.key())
                .count(found.ids.size()));
    }

    // Confirming

    @Override
    @Requires(Permission.MOVE_CONFIRM)
    @Transactional(readOnly = true)
    public List<Move> waiting(Actor actor, int limit) {
        return views(rows.waiting(actor.facilities(), limit).stream()
                .filter(move -> sees(actor, move.subject().from()) && sees(actor, move.to()))
                .toList());
    }

    @Override
    @Requires(Permission.MOVE_CONFIRM)
    @Transactional(readOnly = true)
    public Optional<Move> find(Actor actor, UUID id) {
        return views(rows.find(id).stream()
                        .filter(move -> sees(actor, move.subject().from()) && sees(actor, move.to()))
                        .toList())
                .stream()
                .findFirst();
    }

    private List<Move> views(List<MoveRows.Row> found) {
        Names.Wanted wanted = new Names.Wanted();
        found.forEach(row -> wanted.user(row.askedBy()));
        Names.Found known = names.find(wanted);
        return found.stream().map(row -> row.view(known.user(row.askedBy()))).toList();
    }

    @Override
    @Requires(Permission.MOVE_CONFIRM)
    @Transactional(propagation = Propagation.MANDATORY)
    public Outcome confirm(Actor actor, UUID id, int version) {
        MoveRows.Row move = waitingMove(actor, id, version);
        Order order = move.order();
        check(actor, order);
        Found found = found(actor, order.subject());
        if (!found.seen.equals(order.seen())) {
            throw new Stale("what is to move", 0, 1);
        }
        refuseObstacles(found);
        return perform(actor, id, order, found);
    }

    @Override
    @Requires(Permission.MOVE_CONFIRM)
    @Transactional(propagation = Propagation.MANDATORY)
    public void refuse(Actor actor, UUID id, int version, String comment) {
        if (comment.isBlank()) {
            throw new Rejected(List.of(Problem.error("comment", "Say why.")));
        }
        MoveRows.Row move = waitingMove(actor, id, version);
        rows.decide(id, "refused", actor.user(), now(), comment, null);
        UUID about = rows.entries(id).stream().findFirst().orElse(id);
        rows.notice(null, move.askedBy(), move.subject().from(), about, "move refused", actor.user(), comment, now());
        for (PatientId patient : List.of(move.subject().from(), move.to())) {
            audit.record(AuditEvent.done("entry.move-refuse")
                    .of(patient)
                    .at(move.facility())
                    .on("move", id));
        }
    }

    private MoveRows.Row waitingMove(Actor actor, UUID id, int version) {
        if (!actor.may(Permission.MOVE_CONFIRM)) {
            throw new NotAllowed("only a supervisor confirms a move");
        }
        MoveRows.Row move = rows.lock(id).orElseThrow(() -> new NotFound("move " + id));
        if (!sees(actor, move.subject().from()) || !sees(actor, move.to())) {
            throw new NotFound("move " + id);
        }
        if (move.version() != version) {
            throw new Stale("move " + id, version, move.version());
        }
        if (!move.state().equals("waiting")) {
            throw new Rejected("This move is " + move.state() + " already.");
        }
        return move;
    }

    // Reading

    @Override
    @Requires({Permission.CHART_READ, Permission.VISIT_UPDATE})
    @Transactional(readOnly = true)
    public Optional<Tie> tie(Actor actor, PatientId patient, EntryId entry) {
        return rows.ends(entry.value()).stream()
                .max(Comparator.comparing(MoveRows.End::at))
                .map(end -> {
                    Names.Wanted wanted = new Names.Wanted();
                    wanted.user(end.by());
                    Tie.Other other = sees(actor, end.patient())
                                    && reader.entry(actor, end.patient(), new EntryId(end.entry()))
                                            .isPresent()
                            ? new Tie.Other(
                                    end.patient(),
                                    new EntryId(end.entry()),
                                    end.reason(),
                                    end.disclosuresKnown(),
                                    rows.disclosures(end.move()))
                            : null;
                    return new Tie(end.cameHere(), names.find(wanted).user(end.by()), end.at(), other);
                });
    }

    @Override
    @Requires({Permission.VISIT_UPDATE, Permission.CHART_SIGN})
    @Transactional(propagation = Propagation.MANDATORY)
    public void seen(Actor actor, UUID notice) {
        if (!rows.seen(actor, notice, now())) {
            throw new NotFound("notice " + notice);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** What an entry becomes in another chart: the same words, without a way back into the one it came from. */
    private static final class Moved {

        private Moved() {}

        static Content content(Content content, Map<UUID, EntryId> here) {
            return switch (content) {
                case Content.MedicationOrder it ->
                    new Content.MedicationOrder(
                            it.medication(),
                            it.status(),
                            it.dosage(),
                            it.quantity(),
                            it.refills(),
                            it.daysSupply(),
                            it.indication(),
                            there(it.indicationOf(), here),
                            it.authored(),
                            it.start(),
                            it.end(),
                            it.stopReason(),
                            there(it.replaces(), here),
                            it.prescriber(),
                            it.note());
                case Content.DiagnosticReport it ->
                    new Content.DiagnosticReport(
                            it.code(),
                            it.status(),
                            it.category(),
                            it.orderedBy(),
                            it.performer(),
                            it.issued(),
                            it.text(),
                            it.results().stream()
                                    .map(result -> there(result, here))
                                    .filter(Objects::nonNull)
                                    .toList());
                case Content.Note it ->
                    new Content.Note(
                            it.kind(),
                            it.heading(),
                            it.status(),
                            it.text(),
                            there(it.addendumTo(), here),
                            it.passages().stream()
                                    .map(each -> new Content.Passage(
                                            each.paragraphs(), each.origin(), there(each.from(), here)))
                                    .toList());
                default -> content;
            };
        }

        private static Content.@Nullable EntryRef there(Content.@Nullable EntryRef ref, Map<UUID, EntryId> here) {
            EntryId moved = ref == null ? null : moved(ref.entry(), here);
            return moved == null ? null : new Content.EntryRef(moved.toString());
        }

        /** The source, unless it is an entry that stays behind. */
        static EntryCommand.Source source(VersionRow version, Map<UUID, EntryId> here) {
            String reference = version.sourceReference();
            if (reference != null && uuid(reference) != null) {
                EntryId moved = moved(reference, here);
                return new EntryCommand.Source(
                        version.sourceKind(),
                        moved == null ? null : moved.toString(),
                        moved == null ? null : version.sourcePlace());
            }
            return new EntryCommand.Source(version.sourceKind(), reference, version.sourcePlace());
        }

        private static @Nullable EntryId moved(String id, Map<UUID, EntryId> here) {
            UUID uuid = uuid(id);
            return uuid == null ? null : here.get(uuid);
        }

        private static @Nullable UUID uuid(String text) {
            try {
                return UUID.fromString(text);
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
    }
}
