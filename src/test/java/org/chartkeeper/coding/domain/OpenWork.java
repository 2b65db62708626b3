package org.chartkeeper.coding.domain;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What somebody does in a transaction that stays open, once it is done, until it is told to end. */
final class OpenWork {

    /** One for each: the common pool may have a single one. */
    private static final Executor THREADS = task -> Thread.ofPlatform().daemon().start(task);

    private static final int MILLIS = 400;
    private static final int SECONDS = 20;

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

    /** Begins another's work and gives it the time to run into the open transaction. */
    static CompletableFuture<Void> meanwhile(Runnable work) throws InterruptedException {
        CompletableFuture<Void> future = CompletableFuture.runAsync(work, THREADS);
        TimeUnit.MILLISECONDS.sleep(MILLIS);
        return future;
    }
}
