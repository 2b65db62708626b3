package org.chartkeeper.platform;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who acts: a signed-in person at a facility, or the system itself (import, job, start-up).
 *
 * @param user the account; for the system {@link #SYSTEM_USER}
 * @param name as shown on pages
 * @param practitioner the practitioner that this person is, null for staff who is none
 * @param facility where the person works at the moment, null for the system and for whoever has no facility
 * @param facilities all facilities where the person has a role
 * @param roles keys of the roles held at {@code facility}
 * @param permissions what those roles allow
 */
public record Actor(
        UserId user,
        String name,
        @Nullable PractitionerId practitioner,
        @Nullable FacilityId facility,
        Set<FacilityId> facilities,
        Set<String> roles,
        Set<Permission> permissions) {

    /** The account that stands for the system itself; nobody can sign in with it. */
    public static final UserId SYSTEM_USER = UserId.of("00000000-0000-7000-8000-000000000001");

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }

    public boolean isSystem() {
        return user.equals(SYSTEM_USER);
    }
}
