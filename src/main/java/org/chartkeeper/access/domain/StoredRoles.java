package org.chartkeeper.access.domain;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.chartkeeper.access.Roles;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Stale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
@Requires(Permission.ROLE_MANAGE)
class StoredRoles implements Roles {

    private static final int LONGEST_NAME = 60;
    private static final String ROLES = """
            select r.key, r.name, r.shipped, r.version,
                array(select permission from role_permission where role_key = r.key) as held,
                (select count(distinct user_id) from user_role where role_key = r.key) as holders
            from role r
            """;

    private final JdbcClient database;
    private final SettingVersions versions;
    private final Accounts accounts;

    StoredRoles(JdbcClient database, SettingVersions versions, Accounts accounts) {
        this.database = database;
        this.versions = versions;
        this.accounts = accounts;
    }

    @Override
    @Requires({Permission.ROLE_MANAGE, Permission.USER_MANAGE})
    @Transactional(readOnly = true)
    public List<Role> list() {
        return database.sql(ROLES + " order by r.shipped desc, r.name")
                .query((row, number) -> new Role(
                        row.getString("key"),
                        row.getString("name"),
                        row.getBoolean("shipped"),
                        PermissionKeys.read(row.getArray("held")),
                        row.getInt("holders"),
                        row.getInt("version")))
                .list();
    }

    @Override
    @Transactional(readOnly = true)
    public Role get(String key) {
        return list().stream()
                .filter(role -> role.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new NotFound("role " + key));
    }

    @Override
    @Transactional
    public String create(String name, Set<Permission> permissions) {
        String key = name.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^[^a-z]+|-+$", "");
        List<Problem> problems = problems("", name, permissions);
        if (problems.isEmpty() && (key.length() < 2 || key.length() > 40)) {
            problems.add(Problem.error("name", "Enter a name with at least two letters and at most 40"));
        }
        if (problems.isEmpty() && exists("select exists (select from role where key = :value)", key)) {
            problems.add(Problem.error("name", "There is a role of this name"));
        }
        refuse(problems);
        database.sql("insert into role (key, name) values (:key, :name)")
                .param("key", key)
                .param("name", name.strip())
                .update();
        put(key, permissions);
        version("role.create", key);
        return key;
    }

    @Override
    @Transactional
    public void edit(String key, int version, String name, Set<Permission> permissions) {
        Role present = get(key);
        refuse(problems(key, name, permissions));
        int changed = database.sql(
                        "update role set name = :name, version = version + 1 where key = :key and version = :version")
                .param("name", name.strip())
                .param("key", key)
                .param("version", version)
                .update();
        if (changed == 0) {
            throw new Stale("role " + key, version, present.version());
        }
        put(key, permissions);
        refuse(holders(key));
        accounts.requireManager();
        version("role.edit", key);
    }

    private List<Problem> problems(String key, String name, Set<Permission> permissions) {
        List<Problem> problems = new ArrayList<>();
        if (name.isBlank() || name.strip().length() > LONGEST_NAME) {
            problems.add(Problem.error("name", "Enter a name of at most " + LONGEST_NAME + " characters"));
        } else if (database.sql("select exists (select from role where lower(name) = lower(:name) and key <> :key)")
                .param("name", name.strip())
                .param("key", key)
                .query(Boolean.class)
                .single()) {
            problems.add(Problem.error("name", "There is a role of this name"));
        }
        if (permissions.isEmpty()) {
            problems.add(Problem.error("permissions", "Choose at least one permission"));
        }
        problems.addAll(Separation.problems("permissions", permissions));
        return problems;
    }

    /** Whether one of those who hold the role now holds together, with other roles, what may not be. */
    private List<Problem> holders(String key) {
        List<Problem> problems = new ArrayList<>();
        database.sql("""
                        select u.name, array_agg(distinct rp.permission) as held
                        from user_role mine
                            join app_user u on u.id = mine.user_id
                            join user_role ur on ur.user_id = u.id
                            join role_permission rp on rp.role_key = ur.role_key
                        where mine.role_key = :key
                        group by u.id, u.name order by u.name
                        """).param("key", key).query(row -> {
            Set<Permission> held = PermissionKeys.read(row.getArray("held"));
            String name = row.getString("name");
            Separation.problems("permissions", held)
                    .forEach(problem -> problems.add(Problem.error("permissions", name + ": " + problem.message())));
        });
        return problems;
    }

    private boolean exists(String sql, String value) {
        return database.sql(sql).param("value", value).query(Boolean.class).single();
    }

    private void put(String key, Set<Permission> permissions) {
        database.sql("delete from role_permission where role_key = :key")
                .param("key", key)
                .update();
        // To be signed in is no matter of a role.
        Set<Permission> kept = EnumSet.noneOf(Permission.class);
        kept.addAll(permissions);
        kept.remove(Permission.SIGNED_IN);
        kept.forEach(permission -> database.sql(
                        "insert into role_permission (role_key, permission) values (:key, :permission)")
                .param("key", key)
                .param("permission", permission.key())
                .update());
    }

    private void version(String action, String key) {
        Role role = get(key);
        versions.add(
                action,
                "role",
                key,
                Map.of(
                        "name",
                        role.name(),
                        "permissions",
                        role.permissions().stream()
                                .map(Permission::key)
                                .sorted()
                                .toList()));
    }

    private static void refuse(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new Rejected(problems);
        }
    }
}
