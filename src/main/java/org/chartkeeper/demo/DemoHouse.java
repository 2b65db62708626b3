package org.chartkeeper.demo;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.platform.DepartmentId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PractitionerId;
import org.jspecify.annotations.Nullable;

/** Makes the demo's facilities, practitioners and accounts. */
class DemoHouse {

    static final ZoneId ZONE = ZoneId.of("America/New_York");

    /** Who signs in, each for one role. */
    static final List<Account> ACCOUNTS = List.of(
            new Account("specialist", "Dana Reyes", "records-specialist", null),
            new Account("coder", "Tomas Ahn", "coder", null),
            new Account("release", "Renee Dubois", "release-specialist", null),
            new Account("supervisor", "Walter Novak", "supervisor", null),
            new Account("clinician", "Dr. A. Okafor", "clinician", "Okafor"),
            new Account("clinician2", "Dr. P. Lindqvist", "clinician", "Lindqvist"),
            new Account("privacy", "Imani Clarke", "privacy-officer", null),
            new Account("admin", "Jordan Price", "administrator", null));

    private final Provisioning provisioning;
    private final String password;

    private final Map<String, DepartmentId> departments = new HashMap<>();
    private final Map<String, PractitionerId> practitioners = new HashMap<>();
    private final Map<String, String> shown = new HashMap<>();

    DemoHouse(Provisioning provisioning, String password) {
        this.provisioning = provisioning;
        this.password = password;
    }

    /** An account of the demo. {@code practitioner}: surname, null for staff who is none. */
    record Account(
            String login,
            String name,
            String role,
            @Nullable String practitioner) {}

    /** The two facilities, as they were made. */
    record Facilities(FacilityId riverside, FacilityId westbrook) {}

    Facilities make() {
        FacilityId riverside = provisioning.createFacility("RIV", "Riverside Hospital", ZONE, false);
        FacilityId westbrook = provisioning.createFacility("WES", "Westbrook Clinic", ZONE, false);
        department(riverside, "RIV", "CARD", "Cardiology", "");
        department(riverside, "RIV", "FM", "Family medicine", "");
        department(riverside, "RIV", "PED", "Pediatrics", "");
        department(riverside, "RIV", "OB", "Obstetrics", "");
        department(riverside, "RIV", "ED", "Emergency", "");
        department(riverside, "RIV", "4W", "4 West", "");
        department(riverside, "RIV", "BH", "Behavioral health", "mental-health");
        department(riverside, "RIV", "REC", "Recovery program", "part2");
        department(westbrook, "WES", "PC", "Primary care", "");

        Set<FacilityId> both = Set.of(riverside, westbrook);
        practitioner("Okafor", "Adaeze", "Dr.", "1234567893", "physician", Set.of(riverside));
        practitioner("Lindqvist", "Per", "Dr.", "1245319599", "physician", both);
        practitioner("Brandt", "Lena", "Dr.", null, "physician", Set.of(riverside));
        practitioner("Stone", "Rebecca", "Dr.", null, "physician", Set.of(riverside));
        practitioner("Haddad", "Samir", "Dr.", null, "physician", Set.of(riverside));
        practitioner("Adeyemi", "Folake", "Dr.", null, "other", Set.of(riverside));
        practitioner("Marsh", "Helen", "Dr.", null, "physician", Set.of(westbrook));
        practitioner("Bell", "Karen", "nurse", null, "nurse", both);
        // Invented: no such registrations exist. A psychologist and a nurse prescribe no controlled substances.
        registerDea("Okafor", riverside, "FO5127344");
        registerDea("Lindqvist", riverside, "BL3068156");
        registerDea("Lindqvist", westbrook, "BL3068156");
        registerDea("Brandt", riverside, "FB7204617");
        registerDea("Stone", riverside, "BS1583029");
        registerDea("Haddad", riverside, "FH6439170");
        registerDea("Marsh", westbrook, "AM2075465");

        for (Account account : ACCOUNTS) {
            Set<FacilityId> where =
                    account.practitioner() != null && account.practitioner().equals("Okafor")
                            ? Set.of(riverside)
                            : both;
            staff(account, where);
        }
        return new Facilities(riverside, westbrook);
    }

    Map<String, DepartmentId> departments() {
        return departments;
    }

    Map<String, PractitionerId> practitioners() {
        return practitioners;
    }

    /** Names of the practitioners as on the door, by surname. */
    Map<String, String> shown() {
        return shown;
    }

    private void department(FacilityId facility, String prefix, String code, String name, String sensitivity) {
        departments.put(prefix + "/" + name, provisioning.createDepartment(facility, code, name, sensitivity));
    }

    private void practitioner(
            String family, String given, String prefix, @Nullable String npi, String kind, Set<FacilityId> where) {
        practitioners.put(family, provisioning.createPractitioner(family, given, prefix, npi, kind, where));
        shown.put(family, prefix + " " + given.charAt(0) + ". " + family);
    }

    private void registerDea(String family, FacilityId facility, String number) {
        provisioning.registerDea(Objects.requireNonNull(practitioners.get(family)), facility, number);
    }

    private void staff(Account account, Set<FacilityId> where) {
        Map<FacilityId, Set<String>> roles = new HashMap<>();
        where.forEach(facility -> roles.put(facility, Set.of(account.role())));
        provisioning.createUser(
                account.login(),
                account.name(),
                password,
                roles,
                account.practitioner() == null ? null : practitioners.get(account.practitioner()));
    }
}
