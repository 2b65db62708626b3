package org.chartkeeper.access.domain;

import java.sql.Types;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.chartkeeper.access.DeaNumbers;
import org.chartkeeper.access.Places;
import org.chartkeeper.access.Places.DepartmentChange;
import org.chartkeeper.access.Places.FacilityChange;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.access.Users.Change;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.DepartmentId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.NotAllowed;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class StoredProvisioning implements Provisioning {

    private final JdbcClient database;
    private final Places places;
    private final DeaNumbers numbers;
    private final Accounts accounts;
    private final Passwords passwords;
    private final SettingVersions versions;
    private final SessionActor actors;

    StoredProvisioning(
            JdbcClient database,
            Places places,
            DeaNumbers numbers,
            Accounts accounts,
            Passwords passwords,
            SettingVersions versions,
            SessionActor actors) {
        this.database = database;
        this.places = places;
        this.numbers = numbers;
        this.accounts = accounts;
        this.passwords = passwords;
        this.versions = versions;
        this.actors = actors;
    }

    @Override
    @Transactional(readOnly = true)
    public boolean anyAccount() {
        return database.sql("select exists (select from app_user where login <> 'system')")
                .query(Boolean.class)
                .single();
    }

    @Override
    @Transactional
    public FacilityId createFacility(String code, String name, ZoneId zone, boolean part2) {
        return working(
                Permission.FACILITY_MANAGE,
                () -> places.create(new FacilityChange(code, name, zone.getId(), part2, null, true)));
    }

    @Override
    @Transactional
    public DepartmentId createDepartment(FacilityId facility, String code, String name, String sensitivity) {
        return working(
                Permission.FACILITY_MANAGE,
                () -> places.create(facility, new DepartmentChange(code, name, sensitivity, true)));
    }

    @Override
    @Transactional
    public PractitionerId createPractitioner(
            String familyName,
            String givenName,
            @Nullable String prefix,
            @Nullable String npi,
            String prescriberKind,
            Set<FacilityId> facilities) {
        return working(
                Permission.FACILITY_MANAGE,
                () -> practitioner(familyName, givenName, prefix, npi, prescriberKind, facilities));
    }

    private PractitionerId practitioner(
            String familyName,
            String givenName,
            @Nullable String prefix,
            @Nullable String npi,
            String prescriberKind,
            Set<FacilityId> facilities) {
        PractitionerId id = PractitionerId.next();
        database.sql("""
                        insert into practitioner (id, family_name, given_name, prefix, npi, prescriber_kind)
                        values (:id, :family, :given, :prefix, :npi, :kind)
                        """)
                .param("id", id.value())
                .param("family", familyName)
                .param("given", givenName)
                .param("prefix", prefix, Types.VARCHAR)
                .param("npi", npi, Types.VARCHAR)
                .param("kind", prescriberKind)
                .update();
        facilities.forEach(facility -> database.sql(
                        "insert into practitioner_facility (practitioner_id, facility_id) values (:id, :facility)")
                .param("id", id.value())
                .param("facility", facility.value())
                .update());
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("familyName", familyName);
        content.put("givenName", givenName);
        if (prefix != null) {
            content.put("prefix", prefix);
        }
        if (npi != null) {
            content.put("npi", npi);
        }
        content.put("prescriberKind", prescriberKind);
        content.put(
                "facilities",
                facilities.stream().map(FacilityId::toString).sorted().toList());
        versions.add("practitioner.create", "practitioner", id, content);
        return id;
    }

    @Override
    @Transactional
    public void registerDea(PractitionerId practitioner, FacilityId facility, String number) {
        working(Permission.FACILITY_MANAGE, () -> {
            numbers.register(facility, List.of(new DeaNumbers.Change(practitioner, number, "")));
            return practitioner;
        });
    }

    @Override
    @Transactional
    public UserId createUser(
            String login,
            String name,
            String password,
            Map<FacilityId, Set<String>> roles,
            @Nullable PractitionerId practitioner) {
        Change change = new Change(login, name, null, roles, practitioner);
        List<Problem> problems = accounts.problems(null, change);
        if (!problems.isEmpty()) {
            throw new Rejected(problems);
        }
        return working(Permission.USER_MANAGE, () -> {
            UserId user = accounts.insert(change, "active", passwords.hash(password));
            accounts.version("user.create", user, null);
            return user;
        });
    }

    @Override
    @Transactional(readOnly = true)
    public boolean isNamed(String login, String name) {
        return database.sql("select exists (select from app_user where login = :login and name = :name)")
                .param("login", Accounts.login(login))
                .param("name", name)
                .query(Boolean.class)
                .single();
    }

    /** An account and the hash of its password. */
    private record Held(UserId user, @Nullable String hash) {}

    @Override
    @Transactional
    public boolean setPassword(String login, String password) {
        return working(
                Permission.USER_MANAGE,
                () -> database.sql("""
                        select id, password_hash from app_user
                        where login = :login and login <> 'system' and status = 'active'
                        """)
                        .param("login", Accounts.login(login))
                        .query((row, number) ->
                                new Held(new UserId(row.getObject("id", UUID.class)), row.getString("password_hash")))
                        .optional()
                        .filter(held -> !passwords.matches(password, held.hash()))
                        .map(held -> {
                            accounts.password(held.user(), passwords.hash(password), false);
                            accounts.version("user.password", held.user(), null);
                            return true;
                        })
                        .orElse(false));
    }

    /** At the start nobody is signed in and the system does it; whoever is signed in needs the permission. */
    private <T> T working(Permission permission, Supplier<T> work) {
        Optional<Actor> actor = actors.find();
        if (actor.isEmpty()) {
            return actors.asSystem(work);
        }
        if (!actor.get().may(permission)) {
            throw new NotAllowed("needs " + permission.key());
        }
        return work.get();
    }
}
