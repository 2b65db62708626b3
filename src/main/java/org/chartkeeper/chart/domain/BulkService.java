package org.chartkeeper.chart.domain;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.chartkeeper.access.Directory;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.chart.BulkCorrections;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.DepartmentId;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Slice;
import org.chartkeeper.platform.Stale;
import org.chartkeeper.platform.Uuid7;
import org.chartkeeper.terminology.Units;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Orders of bulk correction and what became of them; the work itself is {@link BulkJob}'s. */
@Service
class BulkService implements BulkCorrections {

    /** Types whose code can be replaced. A signed drug order is no such: another drug is a new order that replaces it. */
    private static final Set<EntryType> CODED = EnumSet.of(
            EntryType.CONDITION,
            EntryType.VISIT_DIAGNOSIS,
            EntryType.ALLERGY,
            EntryType.PROCEDURE,
            EntryType.OBSERVATION,
            EntryType.IMMUNIZATION);

    private final BulkRows rows;
    private final Sensitivity sensitivity;
    private final Names names;
    private final Directory directory;
    private final Units units;
    private final AuditTrail audit;
    private final ObjectProvider<SchedulerClient> scheduler;
    private final Clock clock;

    BulkService(
            BulkRows rows,
            Sensitivity sensitivity,
            Names names,
            Directory directory,
            Units units,
            AuditTrail audit,
            ObjectProvider<SchedulerClient> scheduler,
            Clock clock) {
        this.rows = rows;
        this.sensitivity = sensitivity;
        this.names = names;
        this.directory = directory;
        this.units = units;
        this.audit = audit;
        this.scheduler = scheduler;
        this.clock = clock;
    }

    @Override
    @Requires(Permission.BULK_CORRECT)
    @Transactional(propagation = Propagation.MANDATORY)
    public UUID collect(Actor actor, Order order) {
        List<Problem> problems = new ArrayList<>();
        if (!actor.facilities().contains(order.facility())) {
            problems.add(Problem.error("facility", "Choose a facility at which you work"));
        }
        if (order.reason().isBlank()) {
            problems.add(Problem.error("reason", "Say why; it stands with each correction"));
        }
        if (order.from() != null && order.until() != null && order.until().isBefore(order.from())) {
            problems.add(Problem.error("until", "The last day is before the first"));
        }
        Rule rule = order.rule();
        String label = switch (rule) {
            case Rule.Code code -> check(code, problems);
            case Rule.Unit unit -> check(unit, problems);
            case Rule.Department department -> check(order, department, problems);
        };
        if (!problems.isEmpty()) {
            throw new Rejected(problems);
        }
        UUID id = Uuid7.next();
        rows.insert(id, order, former(rule), correct(rule), label, actor.user(), now());
        audit.record(
                AuditEvent.done("bulk-correction.order").at(order.facility()).on("bulk-correction", id));
        enqueue(id, 1);
        return id;
    }

    private static String check(Rule.Code rule, List<Problem> problems) {
        if (!CODED.contains(rule.type())) {
            problems.add(Problem.error("type", "The code of this kind of entry is not replaced in bulk"));
        }
        required("former", rule.from(), "Give the code that stands", problems);
        required("correct", rule.to(), "Give the right code", problems);
        if (!rule.from().isBlank() && rule.from().equals(rule.to())) {
            problems.add(Problem.error("correct", "This is the code that stands already"));
        }
        return rule.display();
    }

    private String check(Rule.Unit rule, List<Problem> problems) {
        required("code", rule.code(), "Give the LOINC code of the value", problems);
        required("former", rule.from(), "Give the unit that stands", problems);
        required("correct", rule.to(), "Give the right unit", problems);
        if (!rule.from().isBlank() && rule.from().equals(rule.to())) {
            problems.add(Problem.error("correct", "This is the unit that stands already"));
        } else if (!rule.to().isBlank() && units.ucum(rule.to()) == null) {
            problems.add(Problem.error("correct", "“" + rule.to() + "” is no unit that is known here"));
        }
        return rule.to();
    }

    private String check(Order order, Rule.Department rule, List<Problem> problems) {
        Optional<Directory.Department> from = directory
                .department(rule.from())
                .filter(found -> found.facility().equals(order.facility()));
        Optional<Directory.Department> to =
                directory.department(rule.to()).filter(found -> found.facility().equals(order.facility()));
        if (from.isEmpty()) {
            problems.add(Problem.error("former", "Choose a department of the facility"));
        }
        if (to.isEmpty()) {
            problems.add(Problem.error("correct", "Choose a department of the facility"));
        } else if (rule.from().equals(rule.to())) {
            problems.add(Problem.error("correct", "This is the department that stands already"));
        } else if (from.isPresent()
                && !(from.get().sensitivity().isEmpty()
                        && to.get().sensitivity().isEmpty())) {
            problems.add(
                    Problem.error(
                            "correct",
                            "One of these departments labels what is written at it as sensitive. Correct such visits one by one"));
        }
        return to.map(Directory.Department::name).orElse("");
    }

    private static void required(String field, String value, String message, List<Problem> problems) {
        if (value.isBlank()) {
            problems.add(Problem.error(field, message));
        }
    }

    static String former(Rule rule) {
        return switch (rule) {
            case Rule.Code it -> it.from();
            case Rule.Unit it -> it.from();
            case Rule.Department it -> it.from().toString();
        };
    }

    static String correct(Rule rule) {
        return switch (rule) {
            case Rule.Code it -> it.to();
            case Rule.Unit it -> it.to();
            case Rule.Department it -> it.to().toString();
        };
    }

    @Override
    @Requires(Permission.BULK_CORRECT)
    @Transactional(propagation = Propagation.MANDATORY)
    public void apply(Actor actor, UUID batch, int version) {
        BulkRows.Row row = at(actor, batch, version, State.DRY_RUN, State.APPLIED);
        if (rows.next(batch, BulkJob.TO_APPLY, 1).isEmpty()) {
            throw new Rejected("Nothing of this batch is left to be corrected.");
        }
        work(row, State.APPLYING, "bulk-correction.apply");
    }

    @Override
    @Requires(Permission.BULK_CORRECT)
    @Transactional(propagation = Propagation.MANDATORY)
    public void undo(Actor actor, UUID batch, int version) {
        BulkRows.Row row = at(actor, batch, version, State.APPLIED, State.UNDONE);
        if (rows.next(batch, BulkJob.TO_UNDO, 1).isEmpty()) {
            throw new Rejected("Nothing of this batch is left to be put back.");
        }
        work(row, State.UNDOING, "bulk-correction.undo");
    }

    @Override
    @Requires(Permission.BULK_CORRECT)
    @Transactional(propagation = Propagation.MANDATORY)
    public void stop(Actor actor, UUID batch) {
        BulkRows.Row row = mine(actor, rows.lock(batch), batch);
        if (row.state().working()) {
            rows.stop(batch);
            audit.record(AuditEvent.done("bulk-correction.stop")
                    .at(row.order().facility())
                    .on("bulk-correction", batch));
        }
    }

    @Override
    @Requires(Permission.BULK_CORRECT)
    @Transactional(propagation = Propagation.MANDATORY)
    public void discard(Actor actor, UUID batch, int version) {
        at(actor, batch, version, State.DRY_RUN);
        rows.state(batch, State.DISCARDED, null, now());
    }

    private void work(BulkRows.Row row, State state, String action) {
        rows.state(row.id(), state, null, now());
        audit.record(AuditEvent.done(action).at(row.order().facility()).on("bulk-correction", row.id()));
        enqueue(row.id(), row.version() + 1);
    }

    private BulkRows.Row at(Actor actor, UUID batch, int version, State... states) {
        BulkRows.Row row = mine(actor, rows.lock(batch), batch);
        if (row.version() != version) {
            throw new Stale("bulk correction " + batch, version, row.version());
        }
        if (!List.of(states).contains(row.state())) {
            throw new Rejected("This batch is in the state “" + row.state().word() + "”; that is not possible now.");
        }
        return row;
    }

    private static BulkRows.Row mine(Actor actor, Optional<BulkRows.Row> found, UUID batch) {
        return found.filter(row -> actor.facilities().contains(row.order().facility()))
                .orElseThrow(() -> new NotFound("bulk correction " + batch));
    }

    /** In the caller's transaction, so that no batch is left without its job; each piece of work has an instance. */
    private void enqueue(UUID batch, int version) {
        SchedulerClient client = scheduler.getIfAvailable();
        if (client != null) {
            client.scheduleIfNotExists(
                    BulkJob.TASK.instance(batch + "_" + version).scheduledTo(clock.instant()));
        }
    }

    @Override
    @Requires(Permission.BULK_CORRECT)
    @Transactional(readOnly = true)
    public Optional<Batch> find(Actor actor, UUID batch) {
        return rows.find(batch)
                .filter(row -> actor.facilities().contains(row.order().facility()))
                .map(row -> views(List.of(row)).get(0));
    }

    @Override
    @Requires(Permission.BULK_CORRECT)
    @Transactional(readOnly = true)
    public Slice<Batch> list(Actor actor, @Nullable String after, int limit) {
        List<BulkRows.Row> found = rows.list(actor.facilities(), PageKey.of(after), limit + 1);
        List<BulkRows.Row> page = found.size() > limit ? found.subList(0, limit) : found;
        String next = found.size() > limit
                ? new PageKey(page.getLast().orderedAt(), page.getLast().id()).toString()
                : null;
        return new Slice<>(views(page), next);
    }

    private List<Batch> views(List<BulkRows.Row> found) {
        Map<UUID, Map<Outcome, Integer>> counts =
                rows.counts(found.stream().map(BulkRows.Row::id).toList());
        Names.Wanted wanted = new Names.Wanted();
        found.forEach(row -> wanted.user(row.orderedBy().value()));
        Names.Found known = names.find(wanted);
        return found.stream()
                .map(row -> new Batch(
                        row.id(),
                        row.version(),
                        row.order(),
                        shown(former(row.order().rule()), row.order().rule(), ""),
                        shown(correct(row.order().rule()), row.order().rule(), row.correctLabel()),
                        row.state(),
                        row.stopping(),
                        row.fault(),
                        known.user(row.orderedBy().value()),
                        row.orderedAt(),
                        row.changedAt(),
                        counts.getOrDefault(row.id(), Map.of())))
                .toList();
    }

    private String shown(String value, Rule rule, String label) {
        return switch (rule) {
            case Rule.Code code -> label.isEmpty() ? value : value + " " + label;
            case Rule.Unit unit -> value;
            case Rule.Department department -> departmentName(directory, DepartmentId.of(value));
        };
    }

    static String departmentName(Directory directory, DepartmentId id) {
        return directory.department(id).map(Directory.Department::name).orElse("none");
    }

    @Override
    @Requires(Permission.BULK_CORRECT)
    @Transactional(readOnly = true)
    public Slice<Item> items(Actor actor, UUID batch, @Nullable Outcome outcome, @Nullable String after, int limit) {
        mine(actor, rows.find(batch), batch);
        UUID key = after == null || after.isEmpty() ? null : uuid(after);
        List<BulkRows.ItemRow> found = rows.items(sensitivity.visible(actor), batch, outcome, key, limit + 1);
        List<BulkRows.ItemRow> page = found.size() > limit ? found.subList(0, limit) : found;
        Names.Wanted wanted = new Names.Wanted();
        page.forEach(item -> wanted.practitioner(item.signer()));
        Names.Found known = names.find(wanted);
        return new Slice<>(
                page.stream()
                        .map(item -> new Item(
                                new PatientId(item.patient()),
                                "/patients/" + item.patient() + (item.visit() ? "/visits/" : "/entries/")
                                        + item.target(),
                                item.title(),
                                item.was(),
                                item.becomes(),
                                item.outcome(),
                                known.practitioner(item.signer()),
                                item.why()))
                        .toList(),
                found.size() > limit ? page.getLast().target().toString() : null);
    }

    private static @Nullable UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException mangled) {
            return null;
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
