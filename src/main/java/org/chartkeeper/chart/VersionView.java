package org.chartkeeper.chart;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version of an entry, for its history.
 *
 * @param json the content exactly as hashed
 * @param differences against the version before it, field by field; empty for the first
 * @param intact whether its hash verifies
 */
public record VersionView(
        int number,
        String kind,
        Content content,
        String json,
        String hash,
        boolean intact,
        Instant event,
        String statedBy,
        Instant statedAt,
        String enteredBy,
        Instant enteredAt,
        String sourceKind,
        @Nullable String sourceReference,
        @Nullable String sourcePlace,
        @Nullable String reason,
        @Nullable String signedBy,
        @Nullable Instant signedAt,
        List<Difference> differences) {

    /** A field that changed, in the words of the pages. Null stands for nothing there. */
    public record Difference(
            String field, @Nullable String was, @Nullable String now) {}
}
