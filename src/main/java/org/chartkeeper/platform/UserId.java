package org.chartkeeper.platform;

import java.util.UUID;

/** A person who signs in. */
public record UserId(UUID value) {

    /** A new one, ordered by time (UUID version 7, RFC 9562). */
    public static UserId next() {
        return new UserId(Uuid7.next());
    }

    /**
     * Reads the textual form.
     *
     * @throws IllegalArgumentException where it is no UUID
     */
    public static UserId of(String text) {
        return new UserId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
