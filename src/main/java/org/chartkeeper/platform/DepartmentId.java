package org.chartkeeper.platform;

import java.util.UUID;

/** A department of a facility. */
public record DepartmentId(UUID value) {

    /** A new one, ordered by time (UUID version 7, RFC 9562). */
    public static DepartmentId next() {
        return new DepartmentId(Uuid7.next());
    }

    /**
     * Reads the textual form.
     *
     * @throws IllegalArgumentException where it is no UUID
     */
    public static DepartmentId of(String text) {
        return new DepartmentId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
