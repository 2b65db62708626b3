package org.chartkeeper.terminology.domain;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.ActorNames;
import org.chartkeeper.platform.ContentStore;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.Idempotency;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Slice;
import org.chartkeeper.platform.UserId;
import org.chartkeeper.platform.Uuid7;
import org.chartkeeper.terminology.CodeUploads;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Uploads for the pages. */
@Service
class UploadService implements CodeUploads {

    private static final int HEAD = 1 << 16;

    private final UploadStore uploads;
    private final ContentStore store;
    private final CurrentActor actor;
    private final ActorNames names;
    private final AuditTrail audit;
    private final Idempotency idempotency;
    private final ObjectProvider<SchedulerClient> scheduler;
    private final TransactionTemplate transactions;
    private final Clock clock;

    UploadService(
            UploadStore uploads,
            ContentStore store,
            CurrentActor actor,
            ActorNames names,
            AuditTrail audit,
            Idempotency idempotency,
            ObjectProvider<SchedulerClient> scheduler,
            PlatformTransactionManager transactionManager,
            Clock clock) {
        this.uploads = uploads;
        this.store = store;
        this.actor = actor;
        this.names = names;
        this.audit = audit;
        this.idempotency = idempotency;
        this.scheduler = scheduler;
        this.transactions = new TransactionTemplate(transactionManager);
        this.clock = clock;
    }

    @Override
    @Requires(Permission.CODE_SETS)
    public UUID upload(String key, String name, InputStream content, @Nullable LocalDate from) throws IOException {
        Actor who = actor.get();
        FacilityId facility = who.facility();
        if (facility == null) {
            throw new Rejected("You have to work at a facility to load code sets.");
        }
        BufferedInputStream in = new BufferedInputStream(content, 2 * HEAD);
        in.mark(HEAD + 1);
        byte[] head = in.readNBytes(HEAD);
        in.reset();
        if (!Recogniser.isArchive(head)) {
            try {
                Recogniser.recognise(head);
            } catch (BadFile bad) {
                throw new Rejected(List.of(
                        Problem.error("file", Objects.requireNonNullElse(bad.getMessage(), "no file of codes"))));
            }
        }
        String label = fileName(name);
        ContentStore.Stored stored = store.put(in);
        String upload = transactions.execute(status -> idempotency.once(key, () -> {
            UUID id = Uuid7.next();
            uploads.create(id, label, stored.sha256(), from, who.user().value(), facility.value(), clock.instant());
            audit.record(AuditEvent.done("codes.upload").on("code-upload", id));
            schedule(id);
            return id.toString();
        }));
        wake();
        return UUID.fromString(upload);
    }

    /** Somebody waits: this node looks into the queue at once. */
    private void wake() {
        if (scheduler.getIfAvailable() instanceof Scheduler here) {
            here.triggerCheckForDueExecutions();
        }
    }

    /** Browsers of old send a whole path. */
    private static String fileName(String name) {
        String plain = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
                .strip();
        String shown = plain.isEmpty() ? "upload" : plain;
        return shown.length() > 200 ? shown.substring(shown.length() - 200) : shown;
    }

    private void schedule(UUID upload) {
        SchedulerClient client = scheduler.getIfAvailable();
        if (client == null) {
            throw new IllegalStateException("no job queue here");
        }
        // One that goes on may still be in the queue under its first name.
        client.scheduleIfNotExists(UploadJob.TASK
                .instance(upload + " " + clock.instant().toEpochMilli())
                .scheduledTo(clock.instant()));
    }

    @Override
    @Requires(Permission.CODE_SETS)
    @Transactional(readOnly = true)
    public Slice<Upload> list(@Nullable String after, int limit) {
        Instant created = null;
        UUID id = null;
        if (after != null) {
            String[] parts = after.split("_", 2);
            try {
                created = Instant.parse(parts[0]);
                id = UUID.fromString(parts[1]);
            } catch (DateTimeException | IllegalArgumentException | ArrayIndexOutOfBoundsException unreadable) {
                created = null;
            }
        }
        List<UploadStore.Row> rows = uploads.list(created, id, limit + 1);
        List<UploadStore.Row> shown = rows.size() > limit ? rows.subList(0, limit) : rows;
        Map<UserId, String> people = people(shown);
        return new Slice<>(
                shown.stream().map(row -> upload(row, people)).toList(),
                rows.size() > limit
                        ? shown.getLast().created() + "_" + shown.getLast().id()
                        : null);
    }

    private Map<UserId, String> people(List<UploadStore.Row> rows) {
        Set<UserId> ids = rows.stream().map(row -> new UserId(row.by())).collect(Collectors.toSet());
        return ids.isEmpty() ? Map.of() : names.names(ids);
    }

    private UploadStore.Row row(UUID id) {
        return uploads.find(id).orElseThrow(() -> new NotFound("upload of codes " + id));
    }

    @Override
    @Requires(Permission.CODE_SETS)
    @Transactional(readOnly = true)
    public Upload find(UUID id) {
        UploadStore.Row row = row(id);
        return upload(row, people(List.of(row)));
    }

    private static Upload upload(UploadStore.Row row, Map<UserId, String> people) {
        double seconds = row.activeMillis() / 1000.0;
        double share = row.state() == State.DONE
                ? 1
                : row.bytes() == 0 ? 0 : Math.min(1, (double) row.bytesDone() / row.bytes());
        Long left = row.state() == State.RUNNING && share > 0.02 && seconds > 2
                ? Long.valueOf(Math.round(seconds / share * (1 - share)))
                : null;
        return new Upload(
                row.id(),
                row.label(),
                row.from(),
                Objects.requireNonNullElse(people.get(new UserId(row.by())), "System"),
                row.state(),
                row.cancelling(),
                row.created(),
                row.finished(),
                row.files(),
                row.filesDone(),
                row.loaded(),
                row.unchanged(),
                row.skipped(),
                row.refused(),
                (int) Math.floor(share * 100),
                row.reading(),
                left,
                seconds,
                row.fault());
    }

    @Override
    @Requires(Permission.CODE_SETS)
    @Transactional(readOnly = true)
    public Slice<Outcome> outcomes(UUID id, @Nullable String after, int limit) {
        int place = -1;
        if (after != null) {
            try {
                place = Integer.parseInt(after);
            } catch (NumberFormatException unreadable) {
                place = -1;
            }
        }
        List<UploadStore.FileRow> rows = uploads.files(id, place, limit + 1);
        List<UploadStore.FileRow> shown = rows.size() > limit ? rows.subList(0, limit) : rows;
        return new Slice<>(
                shown.stream()
                        .map(row -> new Outcome(
                                row.place(),
                                row.report().system() == null
                                        ? null
                                        : FileKind.ofKey(row.report().system()).label(),
                                row.release(),
                                row.report()))
                        .toList(),
                rows.size() > limit ? String.valueOf(shown.getLast().place()) : null);
    }

    @Override
    @Requires(Permission.CODE_SETS)
    @Transactional
    public void cancel(UUID id) {
        row(id);
        audit.record(AuditEvent.done("codes.upload.cancel").on("code-upload", id));
        uploads.cancel(id);
    }

    @Override
    @Requires(Permission.CODE_SETS)
    public void resume(UUID id) {
        transactions.executeWithoutResult(status -> {
            UploadStore.Row row = row(id);
            if (!uploads.requeue(id)) {
                throw new Rejected(
                        "An upload that is " + row.state().name().toLowerCase(Locale.ROOT) + " cannot go on.");
            }
            audit.record(AuditEvent.done("codes.upload.resume").on("code-upload", id));
            schedule(id);
        });
        wake();
    }
}
