package org.chartkeeper.access.domain;

import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.chartkeeper.access.Users.Change;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows of accounts and the rules that hold however an account is made. Works inside the caller's transaction. */
@Component
class Accounts {

    private static final Pattern LOGIN = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,79}");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");
    private static final int LONGEST_NAME = 120;

    private final JdbcClient database;
    private final SettingVersions versions;
    private final Clock clock;

    Accounts(JdbcClient database, SettingVersions versions, Clock clock) {
        this.database = database;
        this.versions = versions;
        this.clock = clock;
    }

    static String login(String typed) {
        return typed.strip().toLowerCase(Locale.ROOT);
    }

    /**
     * What is wrong with the answers on a form.
     *
     * @param user whom they are about, null for a new account
     */
    List<Problem> problems(@Nullable UserId user, Change change) {
        List<Problem> problems = new ArrayList<>();
        String login = login(change.login());
        if (user == null && !LOGIN.matcher(login).matches()) {
            problems.add(Problem.error(
                    "login", "Enter a login of letters, digits, dots, hyphens or @, beginning with a letter or digit"));
        } else if (user == null && taken(login)) {
            problems.add(Problem.error("login", "This login is taken"));
        }
        if (change.name().isBlank() || change.name().strip().length() > LONGEST_NAME) {
            problems.add(Problem.error("name", "Enter a name of at most " + LONGEST_NAME + " characters"));
        }
        String email = change.email();
        if (email != null && !email.isBlank() && !EMAIL.matcher(email.strip()).matches()) {
            problems.add(Problem.error("email", "Enter an e-mail address like name@example.org, or none"));
        }
        Set<Permission> held = permissions(change.roles());
        problems.addAll(Separation.problems("roles", held));
        if (held.contains(Permission.CHART_SIGN) && change.practitioner() == null) {
            problems.add(Problem.error(
                    "practitioner", "Choose the practitioner who this person is: only a practitioner signs"));
        }
        if (change.practitioner() != null && linkedToOther(change.practitioner(), user)) {
            problems.add(Problem.error("practitioner", "This practitioner has another account"));
        }
        return problems;
    }

    private boolean taken(String login) {
        return database.sql("select exists (select from app_user where login = :login)")
                .param("login", login)
                .query(Boolean.class)
                .single();
    }

    private boolean linkedToOther(PractitionerId practitioner, @Nullable UserId user) {
        return database.sql("""
                        select exists (select from practitioner
                            where id = :id and user_id is not null and user_id is distinct from :user)
                        """)
                .param("id", practitioner.value())
                .param("user", user == null ? null : user.value(), Types.OTHER)
                .query(Boolean.class)
                .single();
    }

    private Set<Permission> permissions(Map<FacilityId, Set<String>> roles) {
        Set<String> keys = new HashSet<>();
        roles.values().forEach(keys::addAll);
        if (keys.isEmpty()) {
            return Set.of();
        }
        Set<Permission> permissions = new HashSet<>();
        Set<String> known = new HashSet<>();
        database.sql("""
                        select r.key, array(select permission from role_permission where role_key = r.key) as held
                        from role r where r.key = any (:keys)
                        """).param("keys", keys.toArray(String[]::new)).query(row -> {
            known.add(row.getString("key"));
            permissions.addAll(PermissionKeys.read(row.getArray("held")));
        });
        if (!known.containsAll(keys)) {
            throw new Rejected(List.of(Problem.error("roles", "Choose roles of the list")));
        }
        return permissions;
    }

    /** Stores a new account. */
    UserId insert(Change change, String status, @Nullable String passwordHash) {
        UserId user = UserId.next();
        OffsetDateTime now = OffsetDateTime.now(clock.withZone(ZoneOffset.UTC));
        database.sql("""
                        insert into app_user (id, login, name, email, password_hash, status, sessions_from, created_at)
                        values (:id, :login, :name, :email, :hash, :status, :now, :now)
                        """)
                .param("id", user.value())
                .param("login", login(change.login()))
                .param("name", change.name().strip())
                .param("email", blankToNull(change.email()), Types.VARCHAR)
                .param("hash", passwordHash, Types.VARCHAR)
                .param("status", status)
                .param("now", now)
                .update();
        putRoles(user, change.roles());
        linkPractitioner(user, change.practitioner());
        return user;
    }

    /** @return false where the account is no longer at that version */
    boolean update(UserId user, int version, Change change) {
        int changed = database.sql("""
                        update app_user set name = :name, email = :email, version = version + 1
                        where id = :id and version = :version
                        """)
                .param("name", change.name().strip())
                .param("email", blankToNull(change.email()), Types.VARCHAR)
                .param("id", user.value())
                .param("version", version)
                .update();
        if (changed == 0) {
            return false;
        }
        putRoles(user, change.roles());
        linkPractitioner(user, change.practitioner());
        return true;
    }

    private void putRoles(UserId user, Map<FacilityId, Set<String>> roles) {
        database.sql("delete from user_role where user_id = :user")
                .param("user", user.value())
                .update();
        roles.forEach((facility, keys) -> keys.forEach(key -> database.sql(
                        "insert into user_role (user_id, facility_id, role_key) values (:user, :facility, :role)")
                .param("user", user.value())
                .param("facility", facility.value())
                .param("role", key)
                .update()));
    }

    private void linkPractitioner(UserId user, @Nullable PractitionerId practitioner) {
        database.sql(
                        "update practitioner set user_id = null where user_id = :user and id is distinct from :practitioner")
                .param("user", user.value())
                .param("practitioner", practitioner == null ? null : practitioner.value(), Types.OTHER)
                .update();
        if (practitioner != null) {
            database.sql("update practitioner set user_id = :user where id = :practitioner")
                    .param("user", user.value())
                    .param("practitioner", practitioner.value())
                    .update();
        }
    }

    /**
     * Sets the password of an invited account and opens it, or that of an open one. Sessions that began earlier end.
     *
     * @param mustChange whether a new one is due at the next sign-in
     */
    void password(UserId user, String hash, boolean mustChange) {
        database.sql("""
                        update app_user set password_hash = :hash, status = 'active', change_password = :change,
                            sessions_from = :now, version = version + 1
                        where id = :id
                        """)
                .param("hash", hash)
                .param("change", mustChange)
                // Sessions count their beginning in milliseconds, and the one that changes the password goes on.
                .param("now", OffsetDateTime.ofInstant(clock.instant().truncatedTo(ChronoUnit.MILLIS), ZoneOffset.UTC))
                .param("id", user.value())
                .update();
    }

    /** Somebody must be left who can give access. */
    void requireManager() {
        boolean left = database.sql("""
                        select exists (select
                            from app_user u
                                join user_role ur on ur.user_id = u.id
                                join facility f on f.id = ur.facility_id and f.active
                                join role_permission rp on rp.role_key = ur.role_key
                            where u.status = 'active' and rp.permission = 'user.manage')
                        """).query(Boolean.class).single();
        if (!left) {
            throw new Rejected("Nobody would be left who can manage users; give another person that role first");
        }
    }

    /** Versions the account as it stands now and records the change. */
    void version(String action, UserId user, @Nullable UserId by) {
        Stored account = find(user);
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("login", account.login);
        content.put("name", account.name);
        if (account.email != null) {
            content.put("email", account.email);
        }
        content.put("status", account.status);
        if (account.practitioner != null) {
            content.put("practitioner", account.practitioner.toString());
        }
        TreeMap<String, Object> roles = new TreeMap<>();
        roles(user).forEach((facility, keys) -> roles.put(facility.toString(), List.copyOf(new TreeSet<>(keys))));
        content.put("roles", roles);
        versions.add(action, "user", user, content, by);
    }

    Stored find(UserId user) {
        return database.sql("""
                        select u.id, u.login, u.name, u.email, u.status, u.last_sign_in, u.version, u.password_hash,
                            p.id as practitioner
                        from app_user u left join practitioner p on p.user_id = u.id
                        where u.id = :id and u.login <> 'system'
                        """)
                .param("id", user.value())
                .query((row, number) -> {
                    OffsetDateTime last = row.getObject("last_sign_in", OffsetDateTime.class);
                    return new Stored(
                            row.getString("login"),
                            row.getString("name"),
                            row.getString("email"),
                            row.getString("status"),
                            last == null ? null : last.toInstant(),
                            Optional.ofNullable(row.getObject("practitioner", UUID.class))
                                    .map(PractitionerId::new)
                                    .orElse(null),
                            row.getString("password_hash") != null,
                            row.getInt("version"));
                })
                .optional()
                .orElseThrow(() -> new NotFound("user " + user));
    }

    Map<FacilityId, Set<String>> roles(UserId user) {
        Map<FacilityId, Set<String>> roles = new LinkedHashMap<>();
        database.sql("select facility_id, role_key from user_role where user_id = :user order by facility_id, role_key")
                .param("user", user.value())
                .query(row -> {
                    roles.computeIfAbsent(
                                    new FacilityId(row.getObject("facility_id", UUID.class)), key -> new TreeSet<>())
                            .add(row.getString("role_key"));
                });
        return roles;
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    record Stored(
            String login,
            String name,
            @Nullable String email,
            String status,
            @Nullable Instant lastSignIn,
            @Nullable PractitionerId practitioner,
            boolean hasPassword,
            int version) {}
}
