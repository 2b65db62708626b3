package org.chartkeeper.access.web;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.chartkeeper.access.Roles;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;

/** A role on the form. */
class RoleForm {

    private String name = "";
    private List<String> permissions = new ArrayList<>();
    private int version;

    static RoleForm of(Roles.Role role) {
        RoleForm form = new RoleForm();
        form.name = role.name();
        role.permissions().forEach(permission -> form.permissions.add(permission.key()));
        form.version = role.version();
        return form;
    }

    /** @throws Rejected where a key is none */
    Set<Permission> chosen() {
        Set<Permission> chosen = new HashSet<>();
        try {
            permissions.forEach(key -> chosen.add(Permission.ofKey(key)));
        } catch (IllegalArgumentException unknown) {
            throw new Rejected(List.of(Problem.error("permissions", "Choose permissions of the list")));
        }
        return chosen;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public List<String> getPermissions() {
        return permissions;
    }

    public void setPermissions(List<String> permissions) {
        this.permissions = permissions;
    }

    public int getVersion() {
        return version;
    }

    public void setVersion(int version) {
        this.version = version;
    }
}
