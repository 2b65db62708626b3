package org.chartkeeper.exchange.domain.fhir;

import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.chartkeeper.platform.ContentStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Imports as jobs: a node that goes down leaves its run to another, which goes on behind the last committed piece. */
@Configuration(proxyBeanMethods = false)
class ImportJob {

    static final TaskDescriptor<Void> TASK = TaskDescriptor.of("exchange-import");

    private static final Logger log = LoggerFactory.getLogger(ImportJob.class);

    private final RunStore runs;
    private final ImportRunner runner;
    private final ContentStore store;
    private final TransactionTemplate transactions;
    private final Clock clock;

    ImportJob(
            RunStore runs,
            ImportRunner runner,
            ContentStore store,
            PlatformTransactionManager transactionManager,
            Clock clock) {
        this.runs = runs;
        this.runner = runner;
        this.store = store;
        this.transactions = new TransactionTemplate(transactionManager);
        this.clock = clock;
    }

    @Bean
    OneTimeTask<Void> importTask() {
        return Tasks.oneTime(TASK)
                .onFailure(new FailureHandler.OnFailureRetryLater<>(Duration.ofSeconds(15)))
                .execute((instance, context) -> {
                    UUID run = UUID.fromString(instance.getId());
                    if (work(run, () -> context.getSchedulerState().isShuttingDown())) {
                        throw new Interrupted();
                    }
                });
    }

    /** The run is to go on later, here or elsewhere. */
    private static final class Interrupted extends RuntimeException {
        Interrupted() {
            super("the run goes on when a server is up again", null, false, false);
        }
    }

    /** Does a run; answers whether it is to go on later. */
    boolean work(UUID run, BooleanSupplier stop) {
        String state = runs.state(run).orElse("gone");
        if (!state.equals("waiting") && !state.equals("running")) {
            return false;
        }
        if (runs.cancelRequested(run)) {
            runs.end(run, "cancelled", null, clock.instant());
            return false;
        }
        try {
            Run found = runs.load(run);
            ImportRunner.Progress quiet = (pass, tally, share, active) -> {};
            ImportRunner.End end = runner.locked(found.source(), quiet, () -> {
                if (found.files().isEmpty()) {
                    unpack(run);
                }
                return runner.run(run, quiet, stop);
            });
            return end == ImportRunner.End.PAUSED;
        } catch (IOException | RuntimeException fault) {
            if (stop.getAsBoolean()) {
                return true;
            }
            String reference = UUID.randomUUID().toString().substring(0, 8);
            log.error("import {} failed, reference {}", run, reference, fault);
            runs.end(run, "failed", reference, clock.instant());
            return false;
        }
    }

    private void unpack(UUID run) throws IOException {
        String upload = runs.upload(run).orElseThrow(() -> new IllegalStateException("run without files"));
        List<SourceFiles.Kept> files;
        try (InputStream in = store.open(upload)) {
            files = new SourceFiles(store, runner.limits()).keep(runs.label(run), in);
        }
        transactions.executeWithoutResult(status -> runs.addFiles(run, files));
    }
}
