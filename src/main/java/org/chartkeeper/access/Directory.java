package org.chartkeeper.access;

import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chartkeeper.platform.DepartmentId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.UserId;
import org.jspecify.annotations.Nullable;

/** Facilities, departments and practitioners, as everybody may know them. Small and cached per node for a few seconds. */
public interface Directory {

    List<Facility> facilities();

    Optional<Facility> facility(FacilityId id);

    Optional<Facility> facilityByCode(String code);

    List<Department> departments(FacilityId facility);

    Optional<Department> department(DepartmentId id);

    /** Practitioners by id; unknown ones are left out. One statement. */
    Map<PractitionerId, Practitioner> practitioners(Collection<PractitionerId> ids);

    /** Practitioners of a facility that can be chosen on a page, by name; imported directory entries are left out. */
    default List<Practitioner> practitionersAt(FacilityId facility) {
        return practitionersAt(List.of(facility));
    }

    /** Those who can be chosen at any of these facilities, each once, by name. One statement. */
    List<Practitioner> practitionersAt(Collection<FacilityId> facilities);

    /** Stores imported practitioners, by (source, sourceId); answers the id of each, in order. Joins the caller's transaction. */
    List<PractitionerId> importPractitioners(String source, List<ImportedPractitioner> practitioners);

    /**
     * A facility.
     *
     * @param code short and unique, as the command line names it
     * @param zone for due dates and display
     * @param part2 whether it is a Part 2 program (42 CFR 2.11): all its entries carry that label
     * @param updateDueHours within how many hours after its source a visit update is due
     */
    record Facility(FacilityId id, String code, String name, ZoneId zone, boolean part2, int updateDueHours) {}

    /** A department. {@code sensitivity} is the label of all its entries, empty for none. */
    record Department(DepartmentId id, FacilityId facility, String code, String name, String sensitivity) {}

    /**
     * A practitioner.
     *
     * @param name as shown: "Dr. A. Okafor"
     * @param npi ten digits, null where unknown
     * @param prescriberKind physician, nurse, other
     * @param dea DEA numbers by the facility for which they hold; empty where none
     * @param user the account, null for who does not sign in
     */
    record Practitioner(
            PractitionerId id,
            String name,
            String familyName,
            String givenName,
            @Nullable String npi,
            String prescriberKind,
            Map<FacilityId, String> dea,
            @Nullable UserId user) {}

    /** A practitioner met in an import. */
    record ImportedPractitioner(
            String sourceId,
            String familyName,
            String givenName,
            @Nullable String prefix,
            @Nullable String npi) {}
}
