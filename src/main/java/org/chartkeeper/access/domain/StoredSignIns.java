package org.chartkeeper.access.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.chartkeeper.access.SignIns;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads an account with its roles in one statement, so that what was taken away is gone with the next request. */
@Service
class StoredSignIns implements SignIns {

    private final JdbcClient database;
    private final AuditTrail trail;
    private final Clock clock;

    StoredSignIns(JdbcClient database, AuditTrail trail, Clock clock) {
        this.database = database;
        this.trail = trail;
        this.clock = clock;
    }

    @Override
    public Optional<SignedIn> find(String login, @Nullable FacilityId facility) {
        List<Row> rows = database.sql("""
                        select u.id, u.name, u.sessions_from, u.change_password, u.last_facility_id,
                            p.id as practitioner, f.id as facility, ur.role_key,
                            array(select rp.permission from role_permission rp where rp.role_key = ur.role_key) as held
                        from app_user u
                        left join practitioner p on p.user_id = u.id
                        left join user_role ur on ur.user_id = u.id
                        left join facility f on f.id = ur.facility_id and f.active
                        where u.login = :login and u.status = 'active'
                        order by f.name, f.id, ur.role_key
                        """)
                .param("login", login)
                .query((row, number) -> new Row(row))
                .list();
        return rows.isEmpty() ? Optional.empty() : Optional.of(signedIn(rows, facility));
    }

    @Override
    public Optional<Actor> actor(UserId user, FacilityId facility) {
        return database.sql("select login from app_user where id = ?")
                .param(user.value())
                .query(String.class)
                .optional()
                .flatMap(login -> find(login, facility))
                .map(SignedIn::actor)
                .filter(actor -> facility.equals(actor.facility()));
    }

    private static SignedIn signedIn(List<Row> rows, @Nullable FacilityId wanted) {
        Row first = rows.getFirst();
        Set<FacilityId> facilities = new LinkedHashSet<>();
        for (Row row : rows) {
            if (row.facility != null) {
                facilities.add(new FacilityId(row.facility));
            }
        }
        FacilityId last = first.lastFacility == null ? null : new FacilityId(first.lastFacility);
        FacilityId here = wanted != null && facilities.contains(wanted)
                ? wanted
                : last != null && facilities.contains(last)
                        ? last
                        : facilities.stream().findFirst().orElse(null);
        Set<String> roles = new HashSet<>();
        Set<Permission> permissions = EnumSet.of(Permission.SIGNED_IN);
        for (Row row : rows) {
            if (here != null && here.value().equals(row.facility) && row.role != null) {
                roles.add(row.role);
                permissions.addAll(row.permissions);
            }
        }
        return new SignedIn(
                new Actor(
                        new UserId(first.user),
                        first.name,
                        first.practitioner == null ? null : new PractitionerId(first.practitioner),
                        here,
                        Set.copyOf(facilities),
                        Set.copyOf(roles),
                        Set.copyOf(permissions)),
                first.sessionsFrom.toInstant(),
                first.changePassword);
    }

    @Override
    @Transactional
    public void signedIn(String login) {
        UUID user = database.sql("update app_user set last_sign_in = :now where login = :login returning id")
                .param("now", OffsetDateTime.now(clock.withZone(ZoneOffset.UTC)))
                .param("login", login)
                .query(UUID.class)
                .single();
        trail.record(AuditEvent.done("signin").by(new UserId(user)).on("user", user));
    }

    @Override
    @Transactional
    public void signedOut(UserId user) {
        trail.record(AuditEvent.done("signout").by(user).on("user", user));
    }

    @Override
    @Transactional
    public void workingAt(UserId user, FacilityId facility) {
        database.sql("update app_user set last_facility_id = :facility where id = :user")
                .param("facility", facility.value())
                .param("user", user.value())
                .update();
        trail.record(AuditEvent.done("session.facility").by(user).at(facility).on("facility", facility));
    }

    private static final class Row {

        private final UUID user;
        private final String name;
        private final OffsetDateTime sessionsFrom;
        private final boolean changePassword;
        private final @Nullable UUID lastFacility;
        private final @Nullable UUID practitioner;
        private final @Nullable UUID facility;
        private final @Nullable String role;
        private final Set<Permission> permissions;

        Row(ResultSet row) throws SQLException {
            user = row.getObject("id", UUID.class);
            name = row.getString("name");
            sessionsFrom = row.getObject("sessions_from", OffsetDateTime.class);
            changePassword = row.getBoolean("change_password");
            lastFacility = row.getObject("last_facility_id", UUID.class);
            practitioner = row.getObject("practitioner", UUID.class);
            facility = row.getObject("facility", UUID.class);
            role = row.getString("role_key");
            permissions = PermissionKeys.read(row.getArray("held"));
        }
    }
}
