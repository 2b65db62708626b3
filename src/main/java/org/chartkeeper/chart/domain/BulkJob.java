package org.chartkeeper.chart.domain;

import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.chartkeeper.access.Directory;
import org.chartkeeper.access.SignIns;
import org.chartkeeper.chart.BulkCorrections.Outcome;
import org.chartkeeper.chart.BulkCorrections.Rule;
import org.chartkeeper.chart.BulkCorrections.State;
import org.chartkeeper.chart.ChangeDesk;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EncounterView;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.chart.EntryCommand;
import org.chartkeeper.chart.EntryCommand.VersionKind;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.NotAllowed;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Stale;
import org.chartkeeper.terminology.Units;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Works on batches of bulk correction, piece by piece, as the person who ordered them. What was done is noted in the
 * transaction that did it, so that a server that stops in the middle goes on where it stood.
 */
@Configuration(proxyBeanMethods = false)
class BulkJob {

    static final TaskDescriptor<Void> TASK = TaskDescriptor.of("bulk-correction");
    static final List<Outcome> TO_APPLY = List.of(Outcome.AT_ONCE, Outcome.TO_PROPOSE);
    static final List<Outcome> TO_UNDO = List.of(Outcome.CORRECTED, Outcome.PROPOSED);

    private static final Logger LOG = LoggerFactory.getLogger(BulkJob.class);
    private static final int LOOKED_AT = 500;
    private static final int PIECE = 50;

    private final BulkRows rows;
    private final ChartWriter writer;
    private final ChangeDesk changes;
    private final Encounters encounters;
    private final Sensitivity sensitivity;
    private final Directory directory;
    private final Units units;
    private final SignIns signIns;
    private final CurrentActor actors;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Clock clock;

    BulkJob(
            BulkRows rows,
            ChartWriter writer,
            ChangeDesk changes,
            Encounters encounters,
            Sensitivity sensitivity,
            Directory directory,
            Units units,
            SignIns signIns,
            CurrentActor actors,
            JdbcClient jdbc,
            PlatformTransactionManager transactionManager,
            Clock clock) {
        this.rows = rows;
        this.writer = writer;
        this.changes = changes;
        this.encounters = encounters;
        this.sensitivity = sensitivity;
        this.directory = directory;
        this.units = units;
        this.signIns = signIns;
        this.actors = actors;
        this.jdbc = jdbc;
        this.transactions = new TransactionTemplate(transactionManager);
        this.clock = clock;
    }

    @Bean
    OneTimeTask<Void> bulkCorrectionTask() {
        return Tasks.oneTime(TASK)
                .onFailure(new FailureHandler.OnFailureRetryLater<>(Duration.ofSeconds(15)))
                .execute((instance, context) -> {
                    UUID batch = UUID.fromString(instance.getId().substring(0, 36));
                    if (work(batch, () -> context.getSchedulerState().isShuttingDown())) {
                        throw new Interrupted();
                    }
                });
    }

    /** The batch is to go on later. */
    private static final class Interrupted extends RuntimeException {
        Interrupted() {
            super("the batch goes on when a server is up again", null, false, false);
        }
    }

    /** Works until nothing is left, a stop is asked for or the server goes down; answers whether it is to go on later. */
    boolean work(UUID id, BooleanSupplier down) {
        BulkRows.Row batch = transactions.execute(status -> rows.find(id).orElse(null));
        if (batch == null || !batch.state().working()) {
            return false;
        }
        FacilityId facility = batch.order().facility();
        Optional<Actor> actor = signIns.actor(batch.orderedBy(), facility)
                .filter(found -> found.may(Permission.BULK_CORRECT) && found.may(Permission.VISIT_UPDATE));
        if (actor.isEmpty()) {
            end(batch, "not allowed any more");
            return false;
        }
        try {
            return actors.as(actor.get(), () -> pieces(batch, actor.get(), down));
        } catch (RuntimeException fault) {
            if (down.getAsBoolean()) {
                return true;
            }
            String reference = UUID.randomUUID().toString().substring(0, 8);
            LOG.error("bulk correction {} broke off, reference {}", id, reference, fault);
            end(batch, reference);
            return false;
        }
    }

    private boolean pieces(BulkRows.Row batch, Actor actor, BooleanSupplier down) {
        while (true) {
            if (down.getAsBoolean()) {
                return true;
            }
            BulkRows.Row now =
                    transactions.execute(status -> rows.find(batch.id()).orElseThrow());
            if (now == null || now.stopping()) {
                end(batch, null);
                return false;
            }
            boolean more = switch (batch.state()) {
                case COLLECTING -> collect(now, actor);
                case APPLYING -> each(batch, TO_APPLY, actor, this::apply);
                default -> each(batch, TO_UNDO, actor, this::undo);
            };
            if (!more) {
                end(batch, null);
                return false;
            }
        }
    }

    private void end(BulkRows.Row batch, @Nullable String fault) {
        State next = switch (batch.state()) {
            case COLLECTING -> State.DRY_RUN;
            case APPLYING -> State.APPLIED;
            default -> State.UNDONE;
        };
        transactions.executeWithoutResult(status -> rows.end(batch, next, fault, now()));
    }

    // ---- what is affected
    // ---------------------------------------------------------------------------------------------

    private boolean collect(BulkRows.Row batch, Actor actor) {
        return Boolean.TRUE.equals(transactions.execute(status -> {
            ZoneId zone = directory
                    .facility(batch.order().facility())
                    .map(Directory.Facility::zone)
                    .orElse(ZoneOffset.UTC);
            Sensitivity.Visible visible = sensitivity.visible(actor);
            List<BulkRows.ItemRow> found;
            int looked;
            if (batch.order().rule() instanceof Rule.Department rule) {
                found = rows.visits(
                        batch,
                        rule,
                        BulkService.departmentName(directory, rule.from()),
                        BulkService.departmentName(directory, rule.to()),
                        zone,
                        visible,
                        batch.collectedTo(),
                        LOOKED_AT);
                looked = found.size();
                rows.add(batch.id(), found);
                advance(batch, found.isEmpty() ? null : found.getLast().target());
            } else {
                List<BulkRows.Candidate> candidates =
                        rows.entries(batch, zone, visible, batch.collectedTo(), LOOKED_AT);
                looked = candidates.size();
                found = candidates.stream()
                        .map(candidate -> item(batch.order().rule(), candidate))
                        .filter(Objects::nonNull)
                        .toList();
                rows.add(batch.id(), found);
                advance(
                        batch,
                        candidates.isEmpty() ? null : candidates.getLast().id());
            }
            return looked == LOOKED_AT;
        }));
    }

    private void advance(BulkRows.Row batch, @Nullable UUID position) {
        if (position != null) {
            rows.collectedTo(batch.id(), position);
        }
    }

    private BulkRows.@Nullable ItemRow item(Rule rule, BulkRows.Candidate candidate) {
        Content corrected = BulkRule.corrected(rule, candidate.content(), units);
        if (corrected == null) {
            return null;
        }
        UUID agrees = candidate.statedBy() != null
                ? candidate.statedBy()
                : candidate.attending() != null ? candidate.attending() : candidate.signer();
        String why = candidate.status().equals(EntryEntity.IN_ERROR)
                ? "entered in error"
                : candidate.proposal()
                        ? "is a proposal that waits for a signature"
                        : candidate.pending() != null
                                ? "a change waits for a signature"
                                : !candidate.open() && agrees == null
                                        ? "it is signed, and nobody is known who could agree"
                                        : null;
        Outcome outcome = why != null ? Outcome.LEFT_OUT : candidate.open() ? Outcome.AT_ONCE : Outcome.TO_PROPOSE;
        return new BulkRows.ItemRow(
                candidate.id(),
                false,
                candidate.patient(),
                candidate.title(),
                said(rule, BulkService.former(rule), candidate.content()),
                said(rule, BulkService.correct(rule), corrected),
                candidate.version(),
                null,
                outcome == Outcome.TO_PROPOSE ? agrees : candidate.signer(),
                outcome,
                why);
    }

    private static String said(Rule rule, String part, Content content) {
        return rule instanceof Rule.Unit
                        && content instanceof Content.Observation observation
                        && observation.value() != null
                ? observation.value().display()
                : part;
    }

    // ---- correcting and putting back
    // ----------------------------------------------------------------------------------

    /** What is done with one of a batch, in a transaction of its own. */
    private interface Deed {
        void on(BulkRows.Row batch, BulkRows.ItemRow item, Actor actor);
    }

    /** Does the next few; one that is refused says why and does not hold up the others. */
    private boolean each(BulkRows.Row batch, List<Outcome> outcomes, Actor actor, Deed deed) {
        List<BulkRows.ItemRow> next =
                Objects.requireNonNull(transactions.execute(status -> rows.next(batch.id(), outcomes, PIECE)));
        for (BulkRows.ItemRow item : next) {
            try {
                transactions.executeWithoutResult(status -> {
                    // Another server may have taken the job over when this one seemed to be gone.
                    if (rows.claim(batch.id(), item.target(), item.outcome())) {
                        deed.on(batch, item, actor);
                    }
                });
            } catch (Stale changed) {
                settle(batch, item, "it was changed in the meantime");
            } catch (Rejected rejected) {
                settle(batch, item, rejected.problems().get(0).message());
            } catch (NotFound | NotAllowed hidden) {
                settle(batch, item, "it cannot be changed by you");
            }
        }
        return next.size() == PIECE;
    }

    private void settle(BulkRows.Row batch, BulkRows.ItemRow item, String why) {
        Outcome outcome = batch.state() == State.APPLYING ? Outcome.FAILED : Outcome.KEPT;
        transactions.executeWithoutResult(status -> {
            if (rows.claim(batch.id(), item.target(), item.outcome())) {
                rows.outcome(batch.id(), item.target(), outcome, null, why);
            }
        });
    }

    private void apply(BulkRows.Row batch, BulkRows.ItemRow item, Actor actor) {
        if (batch.order().rule() instanceof Rule.Department rule) {
            encounters.correctDepartment(
                    new PatientId(item.patient()),
                    new EncounterId(item.target()),
                    item.before(),
                    rule.to(),
                    batch.order().reason());
            rows.outcome(batch.id(), item.target(), Outcome.CORRECTED, item.before() + 1, null);
            return;
        }
        Standing standing = standing(item.target());
        Content corrected = BulkRule.corrected(batch.order().rule(), standing.content, units);
        if (corrected == null) {
            throw new Stale("entry " + item.target(), item.before(), standing.version);
        }
        ChartWriter.Written written =
                write(item, standing, item.before(), corrected, batch.order().reason());
        rows.outcome(
                batch.id(),
                item.target(),
                written.pending() ? Outcome.PROPOSED : Outcome.CORRECTED,
                written.version(),
                null);
    }

    private void undo(BulkRows.Row batch, BulkRows.ItemRow item, Actor actor) {
        int after = Objects.requireNonNull(item.after(), "what was applied has a version");
        String reason = "Bulk correction taken back: " + batch.order().reason();
        PatientId patient = new PatientId(item.patient());
        if (batch.order().rule() instanceof Rule.Department rule) {
            EncounterView visit = encounters
                    .find(patient, new EncounterId(item.target()))
                    .orElseThrow(() -> new NotFound("encounter " + item.target()));
            if (!rule.to().equals(visit.department())) {
                throw new Stale("visit " + item.target(), after, visit.version());
            }
            encounters.correctDepartment(patient, visit.id(), visit.version(), rule.from(), reason);
            rows.outcome(batch.id(), item.target(), Outcome.UNDONE, null, null);
            return;
        }
        Standing standing = standing(item.target());
        if (standing.version != after) {
            throw new Stale("entry " + item.target(), after, standing.version);
        }
        if (standing.pending) {
            changes.withdraw(actor, patient, new EntryId(item.target()), after, reason);
            rows.outcome(batch.id(), item.target(), Outcome.WITHDRAWN, null, null);
            return;
        }
        Content before = content(item.target(), item.before());
        ChartWriter.Written written = write(item, standing, after, before, reason);
        rows.outcome(batch.id(), item.target(), written.pending() ? Outcome.UNDO_PROPOSED : Outcome.UNDONE, null, null);
    }

    /** How an entry stands now, with the words of who stated it. */
    private record Standing(
            int version,
            boolean pending,
            boolean open,
            Content content,
            FacilityId facility,
            EntryCommand.Statement statement,
            Instant event,
            String precision) {}

    private Standing standing(UUID entry) {
        return jdbc.sql("""
                        SELECT e.*, v.content::text AS content FROM entry e
                        JOIN entry_version v ON v.entry_id = e.id AND v.number =
                            CASE e.in_force_version WHEN 0 THEN e.current_version ELSE e.in_force_version END
                        WHERE e.id = ? FOR UPDATE OF e
                        """)
                .param(entry)
                .query((row, number) -> new Standing(
                        row.getInt("current_version"),
                        row.getString("pending_kind") != null,
                        row.getInt("signed_version") < row.getInt("current_version"),
                        ContentJson.read(row.getString("content")),
                        new FacilityId(Sql.uuid(row, "facility_id")),
                        new EntryCommand.Statement(
                                row.getString("stated_by"),
                                practitioner(Sql.uuidOrNull(row, "stated_by_practitioner")),
                                row.getString("stated_by_name"),
                                Sql.instant(row, "stated_at"),
                                practitioner(Sql.uuidOrNull(row, "signer"))),
                        Sql.instant(row, "event_at"),
                        row.getString("event_precision")))
                .optional()
                .orElseThrow(() -> new NotFound("entry " + entry));
    }

    private static @Nullable PractitionerId practitioner(@Nullable UUID id) {
        return id == null ? null : new PractitionerId(id);
    }

    private Content content(UUID entry, int version) {
        return ContentJson.read(jdbc.sql("SELECT content::text FROM entry_version WHERE entry_id = ? AND number = ?")
                .params(entry, version)
                .query(String.class)
                .single());
    }

    /**
     * What is unsigned is revised; for what is signed a correction is proposed, to whoever answers for it. It stays the
     * statement of who stated it: that is what the signature will say, and until then it is not in force.
     */
    private ChartWriter.Written write(
            BulkRows.ItemRow item, Standing standing, int basedOn, Content content, String reason) {
        EntryCommand.Statement was = standing.statement;
        EntryCommand.Statement statement = new EntryCommand.Statement(
                was.by(), was.practitioner(), was.name(), was.at(), practitioner(item.signer()));
        return writer.write(List.of(new EntryCommand(
                        standing.open ? VersionKind.REVISION : VersionKind.CORRECTION,
                        new EntryId(item.target()),
                        basedOn,
                        new PatientId(item.patient()),
                        standing.facility,
                        null,
                        content,
                        standing.event,
                        standing.precision,
                        statement,
                        new EntryCommand.Source("direct", null, null),
                        reason,
                        "",
                        false)))
                .get(0);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
