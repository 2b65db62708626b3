package org.chartkeeper.platform;

import java.util.UUID;

/** A patient of the network. Never an MRN, which belongs to a facility. */
public record PatientId(UUID value) {

    /** A new one, ordered by time (UUID version 7, RFC 9562). */
    public static PatientId next() {
        return new PatientId(Uuid7.next());
    }

    /**
     * Reads the textual form.
     *
     * @throws IllegalArgumentException where it is no UUID
     */
    public static PatientId of(String text) {
        return new PatientId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
