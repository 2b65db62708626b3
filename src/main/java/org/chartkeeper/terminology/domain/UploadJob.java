package org.chartkeeper.terminology.domain;

import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.chartkeeper.access.SignIns;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.ContentStore;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.UserId;
import org.chartkeeper.terminology.CodeSets.FileReport;
import org.chartkeeper.terminology.CodeSets.Status;
import org.chartkeeper.terminology.CodeUploads.State;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Loads uploads as the person who brought them. That a file is loaded is noted in the transaction that loads it, so that
 * a server that stops in the middle goes on behind it.
 */
@Configuration(proxyBeanMethods = false)
class UploadJob {

    static final TaskDescriptor<Void> TASK = TaskDescriptor.of("code-upload");

    private static final Logger log = LoggerFactory.getLogger(UploadJob.class);

    private final UploadStore uploads;
    private final CodeImport codes;
    private final ContentStore store;
    private final SignIns signIns;
    private final CurrentActor actors;
    private final AuditTrail audit;
    private final TransactionTemplate transactions;
    private final Clock clock;

    UploadJob(
            UploadStore uploads,
            CodeImport codes,
            ContentStore store,
            SignIns signIns,
            CurrentActor actors,
            AuditTrail audit,
            PlatformTransactionManager transactionManager,
            Clock clock) {
        this.uploads = uploads;
        this.codes = codes;
        this.store = store;
        this.signIns = signIns;
        this.actors = actors;
        this.audit = audit;
        this.transactions = new TransactionTemplate(transactionManager);
        this.clock = clock;
    }

    @Bean
    OneTimeTask<Void> codeUploadTask() {
        return Tasks.oneTime(TASK)
                .onFailure(new FailureHandler.OnFailureRetryLater<>(Duration.ofSeconds(15)))
                .execute((instance, context) -> {
                    UUID upload = UUID.fromString(instance.getId().substring(0, 36));
                    if (work(upload, () -> context.getSchedulerState().isShuttingDown())) {
                        throw new Interrupted();
                    }
                });
    }

    /** The upload is to go on later, here or elsewhere. */
    private static final class Interrupted extends RuntimeException {
        Interrupted() {
            super("the upload goes on when a server is up again", null, false, false);
        }
    }

    /** Loads an upload; answers whether it is to go on later. */
    boolean work(UUID id, BooleanSupplier down) {
        UploadStore.Row upload = transactions.execute(status -> uploads.find(id).orElse(null));
        if (upload == null || upload.state() != State.WAITING && upload.state() != State.RUNNING) {
            return false;
        }
        Optional<Actor> actor = signIns.actor(new UserId(upload.by()), new FacilityId(upload.facility()))
                .filter(found -> found.may(Permission.CODE_SETS));
        if (actor.isEmpty()) {
            end(id, State.FAILED, "not allowed any more");
            return false;
        }
        try {
            Progress progress = new Progress(upload, down);
            actors.as(actor.get(), () -> {
                load(upload, progress);
                return true;
            });
            if (progress.paused) {
                return true;
            }
            end(id, progress.stopped ? State.CANCELLED : State.DONE, null);
            return false;
        } catch (RuntimeException fault) {
            if (down.getAsBoolean()) {
                return true;
            }
            String reference = UUID.randomUUID().toString().substring(0, 8);
            log.error("upload of codes {} broke off, reference {}", id, reference, fault);
            end(id, State.FAILED, reference);
            return false;
        }
    }

    private void end(UUID id, State state, @Nullable String fault) {
        transactions.executeWithoutResult(status -> uploads.end(id, state, fault, clock.instant()));
    }

    private void load(UploadStore.Row upload, Progress progress) {
        try {
            Path copy = Files.createTempFile("codes-", ".upload");
            try {
                try (InputStream in = store.open(upload.sha256())) {
                    Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
                }
                codes.load(copy, upload.label(), upload.from(), progress);
            } finally {
                Files.deleteIfExists(copy);
            }
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** Notes what is done and asks before each file whether to go on. */
    private final class Progress implements CodeImport.Follower {
        private final UploadStore.Row upload;
        private final BooleanSupplier down;
        private final Set<Integer> before;
        private final long begun = System.nanoTime();
        private int files;
        private long bytes;
        private boolean stopped;
        private boolean paused;

        Progress(UploadStore.Row upload, BooleanSupplier down) {
            this.upload = upload;
            this.down = down;
            this.before = transactions.execute(status -> uploads.done(upload.id()));
            this.files = upload.filesDone();
            this.bytes = upload.bytesDone();
        }

        @Override
        public void found(int all, long size) {
            transactions.executeWithoutResult(status -> uploads.start(upload.id(), all, size));
        }

        @Override
        public boolean knows(int place) {
            return before.contains(place);
        }

        @Override
        public boolean next(String file) {
            if (down.getAsBoolean()) {
                paused = true;
                return false;
            }
            stopped = Boolean.TRUE.equals(transactions.execute(status -> uploads.cancelRequested(upload.id())));
            if (!stopped) {
                transactions.executeWithoutResult(status -> uploads.reading(upload.id(), file));
            }
            return !stopped;
        }

        @Override
        public void loaded(int place, FileReport report) {
            uploads.file(upload.id(), place, report);
        }

        @Override
        public void done(int place, long size, FileReport report) {
            files++;
            bytes += size;
            transactions.executeWithoutResult(status -> {
                if (report.status() != Status.LOADED) {
                    uploads.file(upload.id(), place, report);
                }
                if (report.status() == Status.REFUSED) {
                    audit.record(AuditEvent.refused("codes.load").on("code-upload", upload.id()));
                }
                uploads.progress(
                        upload.id(), files, bytes, upload.activeMillis() + (System.nanoTime() - begun) / 1_000_000);
            });
        }
    }
}
