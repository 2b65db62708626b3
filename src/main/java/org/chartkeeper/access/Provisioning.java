package org.chartkeeper.access;

import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.chartkeeper.platform.DepartmentId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Makes facilities, people and their accounts at once, without invitation: for first set-up and demo data. Each call is
 * versioned and recorded like the same act of an administrator and joins the caller's transaction.
 */
public interface Provisioning {

    /** Whether any account exists besides the system's own. */
    boolean anyAccount();

    FacilityId createFacility(String code, String name, ZoneId zone, boolean part2);

    /** @param sensitivity label of all its entries, empty for none */
    DepartmentId createDepartment(FacilityId facility, String code, String name, String sensitivity);

    /**
     * Makes a practitioner who can be chosen at these facilities.
     *
     * @param prefix as in {@code Dr.}, null for none
     * @param npi ten digits, null where unknown
     * @param prescriberKind physician, nurse, other
     */
    PractitionerId createPractitioner(
            String familyName,
            String givenName,
            @Nullable String prefix,
            @Nullable String npi,
            String prescriberKind,
            Set<FacilityId> facilities);

    /** States the DEA number under which a practitioner prescribes at a facility. */
    void registerDea(PractitionerId practitioner, FacilityId facility, String number);

    /**
     * Makes an account that can sign in at once.
     *
     * @param login as typed; kept in lower case
     * @param roles role keys by facility
     * @param practitioner who this person is, null for staff who is none
     * @throws org.chartkeeper.platform.Rejected where the login is taken or the roles may not be held together
     */
    UserId createUser(
            String login,
            String name,
            String password,
            Map<FacilityId, Set<String>> roles,
            @Nullable PractitionerId practitioner);

    /** Whether an account of this login has exactly this name. */
    boolean isNamed(String login, String name);

    /**
     * Gives an active account this password where it has another, as an administrator's reset would; sessions that began
     * earlier end then. An account that is shut, or not there, stays as it is.
     *
     * @return whether it had another
     */
    boolean setPassword(String login, String password);
}
