package org.chartkeeper.chart.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a page of a list ends: the moment and id of its last row, as text for a link. */
record PageKey(Instant at, UUID id) {

    /** Reads a link's key; a mangled one starts at the beginning. */
    static @Nullable PageKey of(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        int cut = text.indexOf('_');
        try {
            return new PageKey(
                    Instant.EPOCH.plus(Long.parseLong(text.substring(0, cut)), ChronoUnit.MICROS),
                    UUID.fromString(text.substring(cut + 1)));
        } catch (RuntimeException e) {
            return null;
        }
    }

    @Override
    public String toString() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at) + "_" + id;
    }
}
