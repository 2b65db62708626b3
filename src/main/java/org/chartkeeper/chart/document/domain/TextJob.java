package org.chartkeeper.chart.document.domain;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.Rejected;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads the words of a filed document for the search: as they stand in the file, else by recognition where there is one. */
@Configuration(proxyBeanMethods = false)
class TextJob {

    static final TaskDescriptor<Void> TASK = TaskDescriptor.of("chart-document-text");

    private static final Logger LOG = LoggerFactory.getLogger(TextJob.class);
    private static final int RECOGNIZED_PAGES = 300;
    private static final int FINE = 2400;
    /** With fewer letters than these per page a PDF is a scan with perhaps a stamp in letters. */
    private static final int LETTERS = 16;

    private final TextStore texts;
    private final Workbench bench;
    private final Recognition recognition;
    private final TransactionTemplate transactions;
    private final Clock clock;

    TextJob(
            TextStore texts,
            Workbench bench,
            Recognition recognition,
            PlatformTransactionManager transactionManager,
            Clock clock) {
        this.texts = texts;
        this.bench = bench;
        this.recognition = recognition;
        this.transactions = new TransactionTemplate(transactionManager);
        this.clock = clock;
    }

    @Bean
    OneTimeTask<Void> documentTextTask() {
        return Tasks.oneTime(TASK)
                .onFailure(new FailureHandler.MaxRetriesFailureHandler<>(
                        3, new FailureHandler.OnFailureRetryLater<>(Duration.ofMinutes(1))))
                .execute((instance, context) -> work(UUID.fromString(instance.getId())));
    }

    /** Puts a document into the queue, in the caller's transaction. */
    static void enqueue(ObjectProvider<SchedulerClient> scheduler, EntryId entry, Clock clock) {
        SchedulerClient client = scheduler.getIfAvailable();
        if (client != null) {
            client.scheduleIfNotExists(TASK.instance(entry.toString()).scheduledTo(clock.instant()));
        }
    }

    void work(UUID id) {
        TextStore.Awaited awaited =
                transactions.execute(status -> texts.find(id).orElse(null));
        if (awaited == null) {
            return;
        }
        FileKind kind = FileKind.ofMediaType(awaited.mediaType()).orElse(null);
        if (kind == null) {
            put(awaited, "none", "");
            return;
        }
        try (Workbench.OnBench file = bench.fetch(awaited.sha256())) {
            String words = bench.text(file.path, kind);
            int pages = kind.drawn() ? bench.pages(file.path, kind) : 1;
            if (words != null && letters(words) >= (kind == FileKind.PDF ? (long) LETTERS * pages : 1)) {
                put(awaited, "read", words);
            } else if (recognition.installed()) {
                put(awaited, "recognized", recognized(file, kind, Math.min(pages, RECOGNIZED_PAGES)));
            } else {
                put(awaited, "none", words == null ? "" : words);
            }
        } catch (IOException | Rejected e) {
            // The exception's text may hold what stands in the document.
            LOG.warn(
                    "the words of document {} could not be read: {}",
                    id,
                    e.getClass().getSimpleName());
            put(awaited, "failed", "");
        }
    }

    private String recognized(Workbench.OnBench file, FileKind kind, int pages) throws IOException {
        StringBuilder all = new StringBuilder();
        for (int page = 1; page <= pages && all.length() < Bounds.SEARCHED; page++) {
            int number = page;
            byte[] picture = bench.drawing(() -> {
                BufferedImage image;
                if (kind == FileKind.PDF) {
                    try (PDDocument document = PdfGuard.open(file.path)) {
                        image = PdfPages.draw(document, number, FINE);
                    }
                } else {
                    image = Pictures.read(file.path, kind, number, FINE);
                }
                return Pictures.png(image);
            });
            all.append(recognition.read(picture)).append('\n');
        }
        return all.toString();
    }

    private static long letters(String words) {
        return words.codePoints().filter(Character::isLetterOrDigit).count();
    }

    private void put(TextStore.Awaited awaited, String state, String words) {
        String clean = words.replace("\0", "");
        String kept = clean.length() > Bounds.SEARCHED ? clean.substring(0, Bounds.SEARCHED) : clean;
        transactions.executeWithoutResult(status -> texts.put(awaited.entry(), state, storable(kept), clock.instant()));
    }

    /** Halves of surrogate pairs are no text to the database. */
    private static String storable(String text) {
        return new String(
                text.getBytes(java.nio.charset.StandardCharsets.UTF_8), java.nio.charset.StandardCharsets.UTF_8);
    }
}
