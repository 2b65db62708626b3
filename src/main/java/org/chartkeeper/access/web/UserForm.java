package org.chartkeeper.access.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chartkeeper.access.Users;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;

/** An account on the form; a role held stands as facility and role key with a colon between. */
class UserForm {

    private String login = "";
    private String name = "";
    private String email = "";
    private String practitioner = "";
    private List<String> roles = new ArrayList<>();
    private int version;
    private String idempotencyKey = "";

    static UserForm of(Users.View user) {
        UserForm form = new UserForm();
        form.login = user.login();
        form.name = user.name();
        form.email = user.email() == null ? "" : user.email();
        form.practitioner =
                user.practitioner() == null ? "" : user.practitioner().toString();
        user.roles().forEach((facility, keys) -> keys.forEach(key -> form.roles.add(facility + ":" + key)));
        form.version = user.version();
        return form;
    }

    /** @throws Rejected where an id is none */
    Users.Change change() {
        Map<FacilityId, Set<String>> held = new LinkedHashMap<>();
        try {
            for (String role : roles) {
                int cut = role.indexOf(':');
                held.computeIfAbsent(FacilityId.of(role.substring(0, cut)), key -> new LinkedHashSet<>())
                        .add(role.substring(cut + 1));
            }
            return new Users.Change(
                    login, name, email, held, practitioner.isBlank() ? null : PractitionerId.of(practitioner));
        } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
            throw new Rejected(List.of(Problem.error("roles", "Choose roles and practitioner of the lists")));
        }
    }

    public String getLogin() {
        return login;
    }

    public void setLogin(String login) {
        this.login = login;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getEmail() {
        return email;
    }

    public void setEmail(String email) {
        this.email = email;
    }

    public String getPractitioner() {
        return practitioner;
    }

    public void setPractitioner(String practitioner) {
        this.practitioner = practitioner;
    }

    public List<String> getRoles() {
        return roles;
    }

    public void setRoles(List<String> roles) {
        this.roles = roles;
    }

    public int getVersion() {
        return version;
    }

    public void setVersion(int version) {
        this.version = version;
    }

    public String getIdempotencyKey() {
        return idempotencyKey;
    }

    public void setIdempotencyKey(String idempotencyKey) {
        this.idempotencyKey = idempotencyKey;
    }
}
