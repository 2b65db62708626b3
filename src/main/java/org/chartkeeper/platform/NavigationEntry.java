package org.chartkeeper.platform;

import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A link of the rail at the left. Modules contribute beans of this type.
 *
 * @param group heading: My day, Records, Review, Coding, Release, Administration
 * @param order position in the rail; tens per group
 * @param anyOf one of these it takes to see it: those that open its page
 * @param count what waits there for this actor, null where nothing is counted; must be one cheap statement
 */
public record NavigationEntry(
        String group,
        String label,
        String path,
        int order,
        Set<Permission> anyOf,
        @Nullable Function<Actor, Count> count) {

    public NavigationEntry(
            String group,
            String label,
            String path,
            int order,
            Permission permission,
            @Nullable Function<Actor, Count> count) {
        this(group, label, path, order, Set.of(permission), count);
    }

    public boolean opensFor(Actor actor) {
        return anyOf.contains(Permission.SIGNED_IN) || anyOf.stream().anyMatch(actor::may);
    }

    /**
     * A bounded count.
     *
     * @param number at most 501; above 500 the page reads "500+"
     * @param late whether something of it is overdue
     */
    public record Count(int number, boolean late) {

        @Override
        public String toString() {
            return number > 500 ? "500+" : Integer.toString(number);
        }
    }
}
