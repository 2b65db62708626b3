package org.chartkeeper.chart.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of changes ends, as text for a link.
 *
 * @param at moment of the last change, as text
 * @param what kind of event it was, for a version and its signature may bear one moment
 */
record ChangeKey(String at, String entry, int number, String what) {

    private static final ChangeKey NEWEST =
            new ChangeKey("infinity", "ffffffff-ffff-ffff-ffff-ffffffffffff", Integer.MAX_VALUE, "~");

    static ChangeKey of(ChangeRow last) {
        return new ChangeKey(last.at().toString(), last.entry().toString(), last.number(), last.what());
    }

    /** Reads a link's key; a mangled or missing one starts at the newest. */
    static ChangeKey of(@Nullable String text) {
        if (text == null) {
            return NEWEST;
        }
        String[] parts = text.split("_", 4);
        try {
            return new ChangeKey(
                    Instant.EPOCH
                            .plus(Long.parseLong(parts[0]), ChronoUnit.MICROS)
                            .toString(),
                    UUID.fromString(parts[1]).toString(),
                    Integer.parseInt(parts[2]),
                    parts[3].replace('-', ' '));
        } catch (RuntimeException mangled) {
            return NEWEST;
        }
    }

    @Override
    public String toString() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(at)) + "_" + entry + "_" + number + "_"
                + what.replace(' ', '-');
    }
}
