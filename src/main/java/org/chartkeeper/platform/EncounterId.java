package org.chartkeeper.platform;

import java.util.UUID;

/** An encounter, on the pages called a visit. */
public record EncounterId(UUID value) {

    /** A new one, ordered by time (UUID version 7, RFC 9562). */
    public static EncounterId next() {
        return new EncounterId(Uuid7.next());
    }

    /**
     * Reads the textual form.
     *
     * @throws IllegalArgumentException where it is no UUID
     */
    public static EncounterId of(String text) {
        return new EncounterId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
