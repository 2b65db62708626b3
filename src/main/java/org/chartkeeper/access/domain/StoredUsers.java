package org.chartkeeper.access.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.chartkeeper.access.Users;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.Idempotency;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Slice;
import org.chartkeeper.platform.Stale;
import org.chartkeeper.platform.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
@Requires(Permission.USER_MANAGE)
class StoredUsers implements Users {

    private static final int MOST = 200;
    private static final String ROWS = """
            select u.id, u.login, u.name, u.status, u.last_sign_in,
                coalesce((select string_agg(r.name || ' · ' || f.code, ', ' order by f.code, r.name)
                    from user_role ur join role r on r.key = ur.role_key join facility f on f.id = ur.facility_id
                    where ur.user_id = u.id), '') as roles
            from app_user u
            where u.login <> 'system'
            """;

    private final JdbcClient database;
    private final Accounts accounts;
    private final Tokens tokens;
    private final Throttle throttle;
    private final Idempotency idempotency;
    private final CurrentActor actors;
    private final Clock clock;

    StoredUsers(
            JdbcClient database,
            Accounts accounts,
            Tokens tokens,
            Throttle throttle,
            Idempotency idempotency,
            CurrentActor actors,
            Clock clock) {
        this.database = database;
        this.accounts = accounts;
        this.tokens = tokens;
        this.throttle = throttle;
        this.idempotency = idempotency;
        this.actors = actors;
        this.clock = clock;
    }

    @Override
    @Transactional(readOnly = true)
    public Slice<Row> list(String words, String status, @Nullable String after, int limit) {
        int wanted = Math.clamp(limit, 1, MOST);
        String[] key = after == null ? new String[] {"", ""} : after.split("\n", 2);
        boolean paging = after != null && key.length == 2 && key[1].matches("[0-9a-f-]{36}");
        List<Row> rows = database.sql(
                        ROWS + """
                        and (:status = '' or u.status = :status)
                        and (:words = '' or strpos(lower(u.name), :words) > 0 or strpos(u.login, :words) > 0)
                        """ + (paging ? " and (lower(u.name), u.id) > (:name, cast(:id as uuid))" : "") + """
                         order by lower(u.name), u.id limit :limit
                        """)
                .param("status", status)
                .param("words", words.strip().toLowerCase(Locale.ROOT))
                .param("name", paging ? key[0] : "")
                .param("id", paging ? key[1] : "")
                .param("limit", wanted + 1)
                .query((row, number) -> row(row))
                .list();
        boolean more = rows.size() > wanted;
        List<Row> shown = more ? List.copyOf(rows.subList(0, wanted)) : rows;
        return new Slice<>(
                shown,
                more
                        ? shown.getLast().name().toLowerCase(Locale.ROOT) + "\n"
                                + shown.getLast().id()
                        : null);
    }

    @Override
    @Requires({Permission.USER_MANAGE, Permission.AUDIT_READ})
    @Transactional(readOnly = true)
    public Optional<UserId> byLogin(String login) {
        return database.sql("select id from app_user where login = :login")
                .param("login", Accounts.login(login))
                .query((row, number) -> new UserId(row.getObject("id", UUID.class)))
                .optional();
    }

    private static Row row(ResultSet row) throws SQLException {
        OffsetDateTime last = row.getObject("last_sign_in", OffsetDateTime.class);
        return new Row(
                new UserId(row.getObject("id", UUID.class)),
                row.getString("login"),
                row.getString("name"),
                row.getString("status"),
                last == null ? null : last.toInstant(),
                row.getString("roles"));
    }

    @Override
    @Transactional(readOnly = true)
    public View get(UserId user) {
        Accounts.Stored account = accounts.find(user);
        return new View(
                user,
                account.login(),
                account.name(),
                account.email(),
                account.status(),
                account.lastSignIn(),
                accounts.roles(user),
                account.practitioner(),
                throttle.blockedUntil(account.login()).orElse(null),
                account.version());
    }

    @Override
    @Transactional
    public Handover invite(String key, Change change) {
        String[] token = new String[1];
        String user = idempotency.once(key, () -> {
            refuse(accounts.problems(null, change));
            UserId made = accounts.insert(change, "invited", null);
            accounts.version("user.invite", made, null);
            token[0] = tokens.make("invite", made, actors.get().user());
            return made.toString();
        });
        return new Handover(UserId.of(user), token[0]);
    }

    @Override
    @Transactional
    public void edit(UserId user, int version, Change change) {
        refuse(accounts.problems(user, change));
        if (!accounts.update(user, version, change)) {
            throw stale(user, version);
        }
        accounts.requireManager();
        accounts.version("user.edit", user, null);
    }

    @Override
    @Transactional
    public void disable(UserId user, int version) {
        if (user.equals(actors.get().user())) {
            throw new Rejected("You cannot disable your own account; ask another administrator");
        }
        status(user, version, "update app_user set status = 'disabled', sessions_from = :now, version = version + 1");
        accounts.requireManager();
        accounts.version("user.disable", user, null);
    }

    @Override
    @Transactional
    public void enable(UserId user, int version) {
        status(
                user,
                version,
                "update app_user set status = case when password_hash is null then 'invited' else 'active' end,"
                        + " sessions_from = :now, version = version + 1");
        accounts.version("user.enable", user, null);
    }

    @Override
    @Transactional
    public Handover reset(UserId user, int version) {
        if (user.equals(actors.get().user())) {
            throw new Rejected("Change your own password on your account page");
        }
        Accounts.Stored account = accounts.find(user);
        if (account.status().equals("disabled")) {
            throw new Rejected("This account is disabled; enable it first");
        }
        String kind = account.hasPassword() ? "reset" : "invite";
        status(
                user,
                version,
                "update app_user set status = 'invited', password_hash = null, sessions_from = :now,"
                        + " version = version + 1");
        accounts.requireManager();
        accounts.version("user.reset", user, null);
        return new Handover(user, tokens.make(kind, user, actors.get().user()));
    }

    private void status(UserId user, int version, String update) {
        int changed = database.sql(update + " where id = :id and version = :version")
                .param("now", OffsetDateTime.now(clock.withZone(ZoneOffset.UTC)))
                .param("id", user.value())
                .param("version", version)
                .update();
        if (changed == 0) {
            throw stale(user, version);
        }
    }

    private Stale stale(UserId user, int version) {
        return new Stale("user " + user, version, accounts.find(user).version());
    }

    private static void refuse(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new Rejected(problems);
        }
    }
}
