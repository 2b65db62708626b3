package org.chartkeeper.platform.domain;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.Supplier;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.Idempotency;
import org.chartkeeper.platform.Rejected;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps the answer under (actor, key). Two submits at the same moment meet at the primary key: the second waits for the
 * first transaction to end and then reads its answer.
 */
@Service
class StoredIdempotency implements Idempotency {

    /** For how long a repeated submit still gets the first answer. */
    static final Duration KEPT = Duration.ofDays(7);

    private static final int LONGEST_KEY = 100;

    private final JdbcClient database;
    private final ObjectProvider<CurrentActor> actors;
    private final Clock clock;

    StoredIdempotency(JdbcClient database, ObjectProvider<CurrentActor> actors, Clock clock) {
        this.database = database;
        this.actors = actors;
        this.clock = clock;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public String once(String key, Supplier<String> work) {
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            throw new Rejected("This form is damaged. Open the page again.");
        }
        CurrentActor current = actors.getIfAvailable();
        UUID actor = current == null
                ? Actor.SYSTEM_USER.value()
                : current.find().map(Actor::user).orElse(Actor.SYSTEM_USER).value();
        int begun = database.sql("""
                        insert into idempotency_key (actor, key, answer, at) values (:actor, :key, '', :at)
                        on conflict (actor, key) do nothing
                        """)
                .param("actor", actor)
                .param("key", key)
                .param("at", OffsetDateTime.now(clock.withZone(ZoneOffset.UTC)))
                .update();
        if (begun == 0) {
            return database.sql("select answer from idempotency_key where actor = :actor and key = :key")
                    .param("actor", actor)
                    .param("key", key)
                    .query(String.class)
                    .single();
        }
        String answer = work.get();
        database.sql("update idempotency_key set answer = :answer where actor = :actor and key = :key")
                .param("answer", answer)
                .param("actor", actor)
                .param("key", key)
                .update();
        return answer;
    }
}
