package org.chartkeeper.access.domain;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.chartkeeper.platform.CanonicalJson;
import org.chartkeeper.platform.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Makes and spends tokens of links that work once. Only their hash is kept. */
@Component
class Tokens {

    static final Duration GOOD_FOR = Duration.ofHours(72);
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient database;
    private final Clock clock;

    Tokens(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A fresh token; others of the same kind and person stop working. */
    String make(String kind, @Nullable UserId user, UserId by) {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = clock.instant();
        database.sql("delete from one_time_link where used_at is null and user_id is not distinct from :user")
                .param("user", user == null ? null : user.value(), java.sql.Types.OTHER)
                .update();
        database.sql("""
                        insert into one_time_link (token_hash, kind, user_id, made_by, made_at, until)
                        values (:hash, :kind, :user, :by, :now, :until)
                        """)
                .param("hash", CanonicalJson.sha256(token))
                .param("kind", kind)
                .param("user", user == null ? null : user.value(), java.sql.Types.OTHER)
                .param("by", by.value())
                .param("now", at(now))
                .param("until", at(now.plus(GOOD_FOR)))
                .update();
        return token;
    }

    Optional<Token> find(String token) {
        return database.sql("""
                        select l.kind, l.user_id, u.login, u.name
                        from one_time_link l left join app_user u on u.id = l.user_id
                        where l.token_hash = :hash and l.used_at is null and l.until > :now
                            and (u.id is null or u.status = 'invited')
                        """)
                .param("hash", CanonicalJson.sha256(token))
                .param("now", at(clock.instant()))
                .query((row, number) -> new Token(
                        row.getString("kind"),
                        Optional.ofNullable(row.getObject("user_id", UUID.class))
                                .map(UserId::new)
                                .orElse(null),
                        row.getString("login"),
                        row.getString("name")))
                .optional();
    }

    /** Spends a token; false where somebody else was first. */
    boolean spend(String token) {
        return database.sql(
                                "update one_time_link set used_at = :now where token_hash = :hash and used_at is null and until > :now")
                        .param("now", at(clock.instant()))
                        .param("hash", CanonicalJson.sha256(token))
                        .update()
                == 1;
    }

    private static OffsetDateTime at(Instant moment) {
        return OffsetDateTime.ofInstant(moment, ZoneOffset.UTC);
    }

    record Token(
            String kind,
            @Nullable UserId user,
            @Nullable String login,
            @Nullable String name) {}
}
