package org.chartkeeper.access.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Problem;

/**
 * What one person may not hold together: who gives access sees no chart, and who enters clinical content does not sign
 * it. Counted over all facilities, because a person is one.
 */
final class Separation {

    private static final Set<Permission> GIVING = Set.of(Permission.USER_MANAGE, Permission.ROLE_MANAGE);
    private static final Set<Permission> SEEING = Set.of(
            Permission.CHART_READ,
            Permission.CHART_READ_ALL,
            Permission.EMERGENCY_ACCESS,
            Permission.CHART_SIGN,
            Permission.VISIT_UPDATE,
            Permission.PATIENT_READ,
            Permission.PATIENT_SEARCH,
            Permission.PATIENT_REGISTER,
            Permission.PATIENT_EDIT,
            Permission.PATIENT_MERGE,
            Permission.BULK_CORRECT,
            Permission.PSYCHOTHERAPY_READ,
            Permission.PART2_READ,
            Permission.CODING_WORK,
            Permission.CODING_REVIEW,
            Permission.CODING_SUPERVISE,
            Permission.RELEASE_WORK);

    private Separation() {}

    /** @param field the form field that a problem is shown at */
    static List<Problem> problems(String field, Set<Permission> held) {
        List<Problem> problems = new ArrayList<>();
        if (held.stream().anyMatch(GIVING::contains) && held.stream().anyMatch(SEEING::contains)) {
            problems.add(Problem.error(
                    field, "Who manages users or roles sees no patient or chart: these cannot be held together"));
        }
        if (held.contains(Permission.CHART_SIGN) && held.contains(Permission.VISIT_UPDATE)) {
            problems.add(Problem.error(
                    field, "Who enters visit updates does not sign clinical content: these cannot be held together"));
        }
        return problems;
    }
}
