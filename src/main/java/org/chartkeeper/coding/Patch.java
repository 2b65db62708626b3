package org.chartkeeper.coding;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A repair of a case: an RFC 6902 patch of its JSON.
 *
 * @param operations in the order in which they are applied
 */
public record Patch(List<Operation> operations) {

    public Patch {
        operations = List.copyOf(operations);
    }

    /**
     * One operation.
     *
     * @param op add, remove, replace or move
     * @param path JSON pointer within the case
     * @param from JSON pointer of a move; null otherwise
     * @param value of add and replace: a string, a number, a boolean, a map or a list of such; null otherwise
     */
    public record Operation(
            String op,
            String path,
            @Nullable String from,
            @Nullable Object value) {}

    public static Patch replace(String path, Object value) {
        return new Patch(List.of(new Operation("replace", path, null, value)));
    }

    /** Adds a member, or replaces it where it is there. */
    public static Patch add(String path, Object value) {
        return new Patch(List.of(new Operation("add", path, null, value)));
    }

    public static Patch remove(String path) {
        return new Patch(List.of(new Operation("remove", path, null, null)));
    }

    public static Patch move(String from, String path) {
        return new Patch(List.of(new Operation("move", path, from, null)));
    }

    /** This patch and then another; the other's pointers are those after this one. */
    public Patch then(Patch other) {
        List<Operation> all = new ArrayList<>(operations);
        all.addAll(other.operations);
        return new Patch(all);
    }
}
