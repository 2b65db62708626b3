package org.chartkeeper.platform.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.chartkeeper.platform.Idempotency;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.testing.ChartkeeperTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@ChartkeeperTest
class IdempotencyTests {

    @Autowired
    Idempotency idempotency;

    @Autowired
    PlatformTransactionManager transactions;

    private final String key = UUID.randomUUID().toString();
    private final AtomicInteger done = new AtomicInteger();

    @Test
    void a_repeated_submit_does_nothing_and_gets_the_first_answer() {
        assertThat(submit()).isEqualTo("/answer/1");
        assertThat(submit()).isEqualTo("/answer/1");
        assertThat(done).hasValue(1);
    }

    @Test
    void of_many_submits_at_once_one_does_the_work_and_all_get_its_answer() {
        List<CompletableFuture<String>> answers = IntStream.range(0, 8)
                .mapToObj(number -> CompletableFuture.supplyAsync(this::submit))
                .toList();

        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo("/answer/1"));
        assertThat(done).hasValue(1);
    }

    @Test
    void what_failed_may_be_tried_again() {
        assertThatThrownBy(() -> new TransactionTemplate(transactions)
                        .execute(status -> idempotency.once(key, () -> {
                            throw new Rejected("no");
                        })))
                .isInstanceOf(Rejected.class);

        assertThat(submit()).isEqualTo("/answer/1");
    }

    @Test
    void a_form_without_a_key_is_refused() {
        assertThatThrownBy(
                        () -> new TransactionTemplate(transactions).execute(status -> idempotency.once(" ", () -> "x")))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void outside_a_transaction_there_is_no_promise_to_give() {
        assertThatThrownBy(() -> idempotency.once(key, () -> "x")).isInstanceOf(IllegalTransactionStateException.class);
    }

    private String submit() {
        return new TransactionTemplate(transactions)
                .execute(status -> idempotency.once(key, () -> "/answer/" + done.incrementAndGet()));
    }
}
