package org.chartkeeper.patient;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version of a registration, for its history.
 *
 * @param kind registered, edited, name change, sex change, identified, imported and the like
 * @param statedBy who said it: patient, relative, document
 * @param accepted unlikely values that were accepted, and why
 * @param intact whether its hash verifies over its content and its predecessor
 * @param differences against the version before it; empty for the first
 */
public record RegistrationVersion(
        int number,
        String kind,
        String statedBy,
        String enteredBy,
        Instant enteredAt,
        @Nullable String reason,
        List<String> accepted,
        @Nullable String source,
        String hash,
        boolean intact,
        List<Difference> differences) {

    /** A field that changed, in the words of the pages; null stands for nothing there. */
    public record Difference(
            String field, @Nullable String was, @Nullable String now) {}
}
