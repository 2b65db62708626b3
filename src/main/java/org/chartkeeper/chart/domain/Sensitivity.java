package org.chartkeeper.chart.domain;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.chartkeeper.access.Access;
import org.chartkeeper.platform.Actor;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Leaves out what an actor may not see by its labels, in SQL and in Java by the same sets. */
@Component
class Sensitivity {

    /** Of the entry {@code e}; its parameters are bound by {@link Visible#bind}. */
    static final String PREDICATE = """
            (e.sensitivity = ''
             OR string_to_array(e.sensitivity, ' ') <@ string_to_array(:labels, ',')
             OR e.stated_by_practitioner = :self::uuid
                AND string_to_array(e.sensitivity, ' ') <@ string_to_array(:ownLabels, ','))""";

    static final List<String> LABELS = List.of(
            "genetic",
            "hiv",
            "mental-health",
            "minor-consent",
            "part2",
            "psychotherapy",
            "reproductive",
            "sud-counseling");

    /** Who may open the chart may not read these by that alone. */
    private static final Set<String> CLOSED = Set.of("part2", "psychotherapy", "sud-counseling");

    private final Access access;

    Sensitivity(Access access) {
        this.access = access;
    }

    /** Whether labels close an entry to some who may open the chart. */
    static boolean closed(String sensitivity) {
        return !sensitivity.isEmpty() && Arrays.stream(sensitivity.split(" ")).anyMatch(CLOSED::contains);
    }

    /** What an actor may see: labels of anybody's entries, and labels of entries of his or her own. */
    record Visible(
            Set<String> labels, Set<String> own, @Nullable UUID practitioner) {

        JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement) {
            return statement
                    .param("labels", String.join(",", labels))
                    .param("ownLabels", String.join(",", own))
                    .param("self", practitioner == null ? null : practitioner.toString());
        }

        boolean sees(String sensitivity, @Nullable UUID statedBy) {
            if (sensitivity.isEmpty()) {
                return true;
            }
            List<String> all = Arrays.asList(sensitivity.split(" "));
            return labels.containsAll(all)
                    || practitioner != null && practitioner.equals(statedBy) && own.containsAll(all);
        }
    }

    Visible visible(Actor actor) {
        Set<String> labels = new HashSet<>();
        Set<String> own = new HashSet<>();
        for (String label : LABELS) {
            if (access.maySee(actor, label, null)) {
                labels.add(label);
            }
            if (actor.practitioner() != null && access.maySee(actor, label, actor.practitioner())) {
                own.add(label);
            }
        }
        return new Visible(
                labels,
                own,
                actor.practitioner() == null ? null : actor.practitioner().value());
    }
}
