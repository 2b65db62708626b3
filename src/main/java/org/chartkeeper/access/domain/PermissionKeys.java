package org.chartkeeper.access.domain;

import java.sql.Array;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Set;
import org.chartkeeper.platform.Permission;

/** Permissions as the database keeps them. */
final class PermissionKeys {

    private PermissionKeys() {}

    /** Keys that this version of the product does not know are left out: what they allow is not here. */
    static Set<Permission> read(Array keys) throws SQLException {
        Set<Permission> permissions = EnumSet.noneOf(Permission.class);
        for (String key : (String[]) keys.getArray()) {
            for (Permission permission : Permission.values()) {
                if (permission.key().equals(key)) {
                    permissions.add(permission);
                }
            }
        }
        return permissions;
    }
}
