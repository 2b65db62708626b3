package org.chartkeeper.platform;

import java.util.UUID;

/** A practitioner, whether or not that person signs in here. */
public record PractitionerId(UUID value) {

    /** A new one, ordered by time (UUID version 7, RFC 9562). */
    public static PractitionerId next() {
        return new PractitionerId(Uuid7.next());
    }

    /**
     * Reads the textual form.
     *
     * @throws IllegalArgumentException where it is no UUID
     */
    public static PractitionerId of(String text) {
        return new PractitionerId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
