package org.chartkeeper.access;

import java.util.List;
import java.util.Set;
import org.chartkeeper.platform.Permission;

/** Roles: named sets of permissions. */
public interface Roles {

    /** All, shipped ones first, then by name. */
    List<Role> list();

    /** @throws org.chartkeeper.platform.NotFound where there is none */
    Role get(String key);

    /**
     * Makes a role.
     *
     * @return its key, made from its name
     * @throws org.chartkeeper.platform.Rejected where the name is taken or permissions may not stand together
     */
    String create(String name, Set<Permission> permissions);

    /**
     * Changes name and permissions.
     *
     * @throws org.chartkeeper.platform.Rejected where permissions may not stand together, in the role or in one of the
     *     people who hold it
     * @throws org.chartkeeper.platform.Stale where it is no longer at that version
     */
    void edit(String key, int version, String name, Set<Permission> permissions);

    /**
     * A role.
     *
     * @param shipped whether it came with the product; such a role keeps its key
     * @param holders how many accounts hold it
     */
    record Role(String key, String name, boolean shipped, Set<Permission> permissions, int holders, int version) {}
}
