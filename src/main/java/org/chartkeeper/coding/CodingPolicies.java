package org.chartkeeper.coding;

import java.util.List;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.FacilityId;

/** How the facilities code: what supervisors set. */
public interface CodingPolicies {

    /** Of one of the actor's facilities; the usual one where nothing was set. */
    Policy of(Actor actor, FacilityId facility);

    /**
     * Sets how a facility codes. It holds from the next check, query and finished case on.
     *
     * @throws org.chartkeeper.platform.Rejected with what is wrong, by field
     * @throws org.chartkeeper.platform.Stale where somebody else set it since
     */
    void keep(Actor actor, FacilityId facility, int version, Typed typed);

    /**
     * @param facilityType acute, cah, psych, rehab, other; present on admission is asked of acute ones
     * @param reviewPercent of each coder's finished cases so many in a hundred are coded a second time
     * @param reviewRules rules whose answer sends a case to second review
     * @param queryDays days within which a query is to be answered
     * @param queryRecord whether queries belong to the legal or to the business record
     */
    record Policy(
            String facilityType,
            int reviewPercent,
            List<String> reviewRules,
            int queryDays,
            String queryRecord,
            int version) {}

    /** The same as typed. */
    record Typed(String facilityType, String reviewPercent, String reviewRules, String queryDays, String queryRecord) {}
}
