package org.chartkeeper.demo;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.platform.DepartmentId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.UserId;
import org.jspecify.annotations.Nullable;

/** Makes the demo's facilities, practitioners and accounts. */
class DemoHouse {

    static final ZoneId ZONE = ZoneId.of("America/New_York");

    private final Provisioning provisioning;
    private final String password;

    private final Map<String, DepartmentId> departments = new HashMap<>();
    private final Map<String, PractitionerId> practitioners = new HashMap<>();
    private final Map<String, UserId> users = new HashMap<>();

    DemoHouse(Provisioning provisioning, String password) {
        this.provisioning = provisioning;
        this.password = password;
    }

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

        staff("specialist", "Dana Reyes", "records-specialist", both, null);
        staff("coder", "Tomas Ahn", "coder", both, null);
        staff("release", "Renee Dubois", "release-specialist", both, null);
        staff("supervisor", "Walter Novak", "supervisor", both, null);
        staff("clinician", "Dr. A. Okafor", "clinician", Set.of(riverside), "Okafor");
        staff("clinician2", "Dr. P. Lindqvist", "clinician", both, "Lindqvist");
        staff("privacy", "Imani Clarke", "privacy-officer", both, null);
        staff("admin", "Jordan Price", "administrator", both, null);
        return new Facilities(riverside, westbrook);
    }

    Map<String, DepartmentId> departments() {
        return departments;
    }

    Map<String, PractitionerId> practitioners() {
        return practitioners;
    }

    UserId user(String login) {
        UserId user = users.get(login);
        if (user == null) {
            throw new IllegalArgumentException("no demo account " + login);
        }
        return user;
    }

    private void department(FacilityId facility, String prefix, String code, String name, String sensitivity) {
        departments.put(prefix + "/" + name, provisioning.createDepartment(facility, code, name, sensitivity));
    }

    private void practitioner(
            String family, String given, String prefix, @Nullable String npi, String kind, Set<FacilityId> where) {
        practitioners.put(family, provisioning.createPractitioner(family, given, prefix, npi, kind, where));
    }

    private void staff(String login, String name, String role, Set<FacilityId> where, @Nullable String practitioner) {
        Map<FacilityId, Set<String>> roles = new HashMap<>();
        where.forEach(facility -> roles.put(facility, Set.of(role)));
        users.put(
                login,
                provisioning.createUser(
                        login, name, password, roles, practitioner == null ? null : practitioners.get(practitioner)));
    }
}
