package org.chartkeeper.coding.domain;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.chartkeeper.testing.TestDatabase;

/** What somebody does in a transaction that stays open, once it is done, until it is told to end. */
final class OpenWork {

    /** One for each: the common pool may have a single one. */
    private static final Executor THREADS = task -> Thread.ofPlatform().daemon().start(task);

    private static final String WAITING = """
            SELECT 1 FROM pg_locks JOIN pg_stat_activity USING (pid)
            WHERE NOT granted AND datname = current_database()
            """;
    private static final int SECONDS = 60;

    private final CountDownLatch go = new CountDownLatch(1);
    private final CompletableFuture<Object> ended;

    OpenWork(CodingFixture coding, String login, Supplier<Object> work) {
        CountDownLatch done = new CountDownLatch(1);
        ended = CompletableFuture.supplyAsync(
                () -> coding.as(
                        login,
                        actor -> coding.read(() -> {
                            Object answer = work.get();
                            done.countDown();
                            await(go);
                            return answer;
                        })),
                THREADS);
        ended.whenComplete((answer, thrown) -> done.countDown());
        await(done);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody came");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void end() {
        go.countDown();
        ended.join();
    }

    /** Begins another's work and waits until it has run into the open transaction, or has ended without. */
    static CompletableFuture<Void> meanwhile(Runnable work) throws InterruptedException, SQLException {
        CompletableFuture<Void> future = CompletableFuture.runAsync(work, THREADS);
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        try (Connection connection = TestDatabase.application();
                PreparedStatement waiting = connection.prepareStatement(WAITING)) {
            while (!future.isDone() && !found(waiting)) {
                if (System.nanoTime() > limit) {
                    throw new IllegalStateException("neither waits nor ends");
                }
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
        return future;
    }

    private static boolean found(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            return row.next();
        }
    }
}
