package org.chartkeeper.platform;

import java.util.UUID;

/** A facility: hospital or practice; the custodian of what is written there. */
public record FacilityId(UUID value) {

    /** A new one, ordered by time (UUID version 7, RFC 9562). */
    public static FacilityId next() {
        return new FacilityId(Uuid7.next());
    }

    /**
     * Reads the textual form.
     *
     * @throws IllegalArgumentException where it is no UUID
     */
    public static FacilityId of(String text) {
        return new FacilityId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
