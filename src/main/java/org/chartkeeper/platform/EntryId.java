package org.chartkeeper.platform;

import java.util.UUID;

/** An entry of the record; the same through all its versions. */
public record EntryId(UUID value) {

    /** A new one, ordered by time (UUID version 7, RFC 9562). */
    public static EntryId next() {
        return new EntryId(Uuid7.next());
    }

    /**
     * Reads the textual form.
     *
     * @throws IllegalArgumentException where it is no UUID
     */
    public static EntryId of(String text) {
        return new EntryId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
