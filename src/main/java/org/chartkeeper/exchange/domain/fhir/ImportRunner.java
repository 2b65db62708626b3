package org.chartkeeper.exchange.domain.fhir;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.chartkeeper.access.Directory;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.exchange.domain.fhir.Run.Position;
import org.chartkeeper.exchange.domain.fhir.RunStore.Trouble;
import org.chartkeeper.exchange.domain.fhir.Tally.Fate;
import org.chartkeeper.platform.ContentStore;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.Rejected;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Does the work of a run from where it stands to its end: pass by pass, piece by piece, each with its position in one
 * transaction. Whatever ends it in between, it goes on behind the last piece that was committed.
 */
@Component
class ImportRunner {

    /** Told after each piece. */
    interface Progress {
        void at(Pass pass, Tally soFar, double share, Duration active);

        default void waiting(String source) {}
    }

    /** How a run ended. */
    enum End {
        DONE,
        CANCELLED,
        /** Told to stop by this process, which goes down; it waits for another. */
        PAUSED
    }

    private final RunStore runs;
    private final ChunkWriter writer;
    private final ContentStore store;
    private final Directory directory;
    private final CurrentActor actor;
    private final AuditTrail audit;
    private final TransactionTemplate transactions;
    private final DataSource database;
    private final Clock clock;
    private final Expanded.Limits limits;

    ImportRunner(
            RunStore runs,
            ChunkWriter writer,
            ContentStore store,
            Directory directory,
            CurrentActor actor,
            AuditTrail audit,
            PlatformTransactionManager transactionManager,
            DataSource database,
            Clock clock,
            @Value("${chartkeeper.import.max-expanded-mb:51200}") long mostMegabytes,
            @Value("${chartkeeper.import.max-ratio:400}") int mostRatio) {
        this.runs = runs;
        this.writer = writer;
        this.store = store;
        this.directory = directory;
        this.actor = actor;
        this.audit = audit;
        this.transactions = new TransactionTemplate(transactionManager);
        this.database = database;
        this.clock = clock;
        this.limits = new Expanded.Limits(mostMegabytes * 1024 * 1024, mostRatio);
    }

    Expanded.Limits limits() {
        return limits;
    }

    /** Only one run of a source works at a time, on whatever node; the lock goes with its connection. */
    private final class SourceLock implements AutoCloseable {
        private final Connection connection;
        private final String name;

        SourceLock(String source, Progress progress) throws SQLException, InterruptedException {
            connection = database.getConnection();
            name = "import " + source;
            try {
                boolean told = false;
                while (!locked("select pg_try_advisory_lock(hashtextextended(?, 0))")) {
                    if (!told) {
                        progress.waiting(source);
                        told = true;
                    }
                    Thread.sleep(1000);
                }
            } catch (SQLException | InterruptedException | RuntimeException e) {
                connection.close();
                throw e;
            }
        }

        private boolean locked(String sql) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, name);
                try (ResultSet answer = statement.executeQuery()) {
                    return answer.next() && answer.getBoolean(1);
                }
            }
        }

        @Override
        public void close() throws SQLException {
            try (connection) {
                locked("select pg_advisory_unlock(hashtextextended(?, 0))");
            }
        }
    }

    /** Work that is done while no other run of the source works. */
    interface Locked<T> {
        T run() throws IOException;
    }

    <T> T locked(String source, Progress progress, Locked<T> work) throws IOException {
        try (SourceLock lock = new SourceLock(source, progress)) {
            return work.run();
        } catch (SQLException e) {
            throw new IllegalStateException("the database could not be asked for the lock of a source", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /**
     * Does a run to its end. The caller holds the lock of its source.
     *
     * @param stop asked after each piece: whether this process is to stop
     */
    End run(UUID id, Progress progress, BooleanSupplier stop) throws IOException {
        Run run = runs.load(id);
        return asSystem(run, () -> new Work(run, progress, stop).toEnd());
    }

    private <T> T asSystem(Run run, Locked<T> work) throws IOException {
        try {
            return actor.asSystem(run.facility(), () -> {
                try {
                    return work.run();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw new IOException(e.getCause());
        }
    }

    private final class Work {
        private final Run run;
        private final Progress progress;
        private final BooleanSupplier stop;
        private final TargetCache cache = new TargetCache();
        private final ZoneId zone;
        private final Tally tally = new Tally();
        private long since = System.nanoTime();
        private Duration active;

        Work(Run run, Progress progress, BooleanSupplier stop) {
            this.run = run;
            this.progress = progress;
            this.stop = stop;
            this.zone = directory
                    .facility(run.facility())
                    .orElseThrow(() -> new NotFound("facility " + run.facility()))
                    .zone();
            this.active = Duration.ofMillis(run.activeMillis());
        }

        End toEnd() throws IOException {
            tally.add(runs.counts(run.id()));
            transactions.executeWithoutResult(status -> {
                runs.begin(run.id(), clock.instant());
                audit.record(AuditEvent.done("import.begin").at(run.facility()).on("import", run.id()));
            });
            Position from = run.position();
            for (Pass pass : Pass.values()) {
                if (pass.number() < from.pass().number()) {
                    continue;
                }
                Position start = pass == from.pass() ? from : new Position(pass, 1, 0);
                End end = pass(start);
                if (end != End.DONE) {
                    return end;
                }
            }
            transactions.executeWithoutResult(status -> {
                runs.forgetDeferred(run.id());
                runs.end(run.id(), "done", null, clock.instant());
                audit.record(AuditEvent.done("import.end")
                        .at(run.facility())
                        .on("import", run.id())
                        .count((int) Math.min(Integer.MAX_VALUE, tally.read())));
            });
            return End.DONE;
        }

        private End pass(Position from) throws IOException {
            Map<Integer, java.util.BitSet> deferred = from.pass() == Pass.DEFERRED ? runs.deferred(run.id()) : Map.of();
            if (from.pass() == Pass.DEFERRED && deferred.isEmpty()) {
                return End.DONE;
            }
            try (ChunkReader reader = new ChunkReader(run, from, zone, this::open, limits, deferred)) {
                for (Chunk chunk = reader.next(); chunk != null; chunk = reader.next()) {
                    write(from.pass(), chunk);
                    if (runs.cancelRequested(run.id())) {
                        transactions.executeWithoutResult(status -> {
                            runs.end(run.id(), "cancelled", null, clock.instant());
                            audit.record(AuditEvent.done("import.cancel")
                                    .at(run.facility())
                                    .on("import", run.id()));
                        });
                        return End.CANCELLED;
                    }
                    if (stop.getAsBoolean()) {
                        return End.PAUSED;
                    }
                }
            }
            return End.DONE;
        }

        private InputStream open(Run.SourceFile file) throws IOException {
            return store.open(file.sha256());
        }

        private void write(Pass pass, Chunk chunk) {
            long millis = (System.nanoTime() - since) / 1_000_000;
            since += millis * 1_000_000;
            try {
                write(pass, chunk.items(), chunk, millis);
            } catch (RuntimeException fault) {
                if (!ofData(fault) || chunk.items().isEmpty()) {
                    throw fault;
                }
                apart(pass, chunk.items(), chunk.bytes());
                transactions.executeWithoutResult(status -> runs.moveTo(run.id(), chunk.end(), chunk.bytes(), millis));
            }
            active = active.plusMillis(millis);
            progress.at(pass, tally, share(pass, run.bytes() == 0 ? 1 : (double) chunk.bytes() / run.bytes()), active);
        }

        private void write(Pass pass, List<Incoming> items, Chunk chunk, long millis) {
            ChunkWriter.Written written = transactions.execute(status -> {
                ChunkWriter.Written one = writer.write(run, pass, items, cache, zone);
                runs.moveTo(run.id(), chunk.end(), chunk.bytes(), millis);
                return one;
            });
            taken(written);
        }

        private void taken(ChunkWriter.Written written) {
            cache.putAll(written.fresh());
            tally.add(written.tally());
        }

        /** Something of a piece cannot be written: halved until it stands alone, and is refused by itself. */
        private void apart(Pass pass, List<Incoming> items, long bytes) {
            List<List<Incoming>> open = new ArrayList<>();
            open.add(items);
            while (!open.isEmpty()) {
                List<Incoming> part = open.remove(open.size() - 1);
                Incoming last = part.get(part.size() - 1);
                Position end = new Position(pass, last.file(), last.entry());
                try {
                    taken(transactions.execute(status -> {
                        ChunkWriter.Written one = writer.write(run, pass, part, cache, zone);
                        runs.moveTo(run.id(), end, bytes, 0);
                        return one;
                    }));
                } catch (RuntimeException fault) {
                    if (!ofData(fault)) {
                        throw fault;
                    }
                    if (part.size() > 1) {
                        int half = part.size() / 2;
                        open.add(part.subList(half, part.size()));
                        open.add(part.subList(0, half));
                    } else {
                        refuse(last, fault, end, bytes);
                    }
                }
            }
        }

        private void refuse(Incoming item, RuntimeException fault, Position end, long bytes) {
            String reason =
                    fault instanceof Rejected rejected && !rejected.problems().isEmpty()
                            ? rejected.problems().get(0).message()
                            : "the record does not take it (" + fault.getClass().getSimpleName() + ")";
            Tally one = new Tally();
            one.add(item.type(), Fate.REFUSED);
            transactions.executeWithoutResult(status -> {
                runs.count(run.id(), one);
                runs.trouble(run.id(), List.of(new Trouble(item.file(), item.entry(), "refused", reason)));
                runs.moveTo(run.id(), end, bytes, 0);
            });
            tally.add(one);
        }
    }

    /** How much of the work is behind a run, by what the passes cost; {@code of} is the part of the pass that is. */
    static double share(Pass pass, double of) {
        return switch (pass) {
            case DIRECTORY -> 0.04 * of;
            case VISITS -> 0.04 + 0.08 * of;
            case RECORD -> 0.12 + 0.87 * of;
            case DEFERRED -> 0.99 + 0.01 * of;
        };
    }

    /** Whether a fault is that of what was to be written, and not of the database or of the program's surroundings. */
    private static boolean ofData(RuntimeException fault) {
        return fault instanceof Rejected
                || fault instanceof NotFound
                || fault instanceof WrongType
                || fault instanceof DataIntegrityViolationException
                || fault instanceof InvalidDataAccessApiUsageException
                || fault instanceof IllegalArgumentException
                || fault instanceof java.time.DateTimeException;
    }
}
