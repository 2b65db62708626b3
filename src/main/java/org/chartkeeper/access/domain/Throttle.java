package org.chartkeeper.access.domain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.chartkeeper.platform.CanonicalJson;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Slows down who guesses passwords, by account and by address. An attempt is counted before the password is looked at,
 * so that many at the same moment count too. Unknown accounts are counted like known ones, and all under a hash, because
 * people type passwords into the wrong field.
 */
@Component
class Throttle {

    static final int FAILURES_OF_ACCOUNT = 5;
    static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

    private final JdbcClient database;
    private final Clock clock;
    private final int failuresOfAddress;

    Throttle(
            JdbcClient database,
            Clock clock,
            @Value("${chartkeeper.sign-in.failures-per-address:100}") int failuresOfAddress) {
        this.database = database;
        this.clock = clock;
        this.failuresOfAddress = failuresOfAddress;
    }

    /** Counts an attempt; false where the account or the address has to wait. */
    @Transactional
    boolean attempt(String account, @Nullable String address) {
        boolean may = count(key("account", account), FAILURES_OF_ACCOUNT);
        return (address == null || count(key("address", address), failuresOfAddress)) && may;
    }

    /** Takes back the attempt that succeeded; the account begins anew. */
    @Transactional
    void succeeded(String account, @Nullable String address) {
        forget(account);
        if (address != null) {
            database.sql(
                            "update sign_in_throttle set failures = greatest(failures - 1, 0), until = null where key = :key")
                    .param("key", key("address", address))
                    .update();
        }
    }

    /** Lets an account begin anew, after its password was set. */
    @Transactional
    void forget(String account) {
        database.sql("delete from sign_in_throttle where key = :key")
                .param("key", key("account", account))
                .update();
    }

    /** Until when an account has to wait; empty where it has not. */
    Optional<Instant> blockedUntil(String account) {
        return database.sql("select until from sign_in_throttle where key = :key and until > :now")
                .param("key", key("account", account))
                .param("now", at(clock.instant()))
                .query((row, number) ->
                        row.getObject("until", OffsetDateTime.class).toInstant())
                .optional();
    }

    private boolean count(String key, int allowed) {
        Instant now = clock.instant();
        database.sql("""
                        insert into sign_in_throttle (key, failures, since, last_at) values (:key, 0, :now, :now)
                        on conflict (key) do nothing
                        """).param("key", key).param("now", at(now)).update();
        Counter counter = database.sql(
                        "select failures, last_at, until from sign_in_throttle where key = :key for update")
                .param("key", key)
                .query((row, number) -> {
                    OffsetDateTime until = row.getObject("until", OffsetDateTime.class);
                    return new Counter(
                            row.getInt("failures"),
                            row.getObject("last_at", OffsetDateTime.class).toInstant(),
                            until == null ? null : until.toInstant());
                })
                .single();
        if (counter.until != null && counter.until.isAfter(now)) {
            return false;
        }
        int failures = counter.last.plus(FORGOTTEN_AFTER).isBefore(now) ? 1 : counter.failures + 1;
        Instant until = failures < allowed ? null : now.plus(pause(failures - allowed));
        database.sql("""
                        update sign_in_throttle set failures = :failures, last_at = :now, until = :until,
                            since = case when :failures = 1 then :now else since end
                        where key = :key
                        """)
                .param("failures", failures)
                .param("now", at(now))
                .param("until", until == null ? null : at(until), java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .param("key", key)
                .update();
        return true;
    }

    /** Doubles with every further failure. */
    static Duration pause(int further) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(further, 10));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    private static String key(String kind, String name) {
        return CanonicalJson.sha256(kind + ":" + name);
    }

    private static OffsetDateTime at(Instant moment) {
        return OffsetDateTime.ofInstant(moment, ZoneOffset.UTC);
    }

    private record Counter(
            int failures, Instant last, @Nullable Instant until) {}
}
