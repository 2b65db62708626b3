package org.chartkeeper.exchange.domain.fhir;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A resource as it was met in a file, or what stands in its place.
 *
 * @param entry position in its file, from 1
 * @param fullUrl as the bundle gives it, null where it gives none
 * @param type of the resource, null where it cannot be told
 * @param resource null where it is refused
 * @param problem why it is refused; never clinical content
 * @param bytes length in its file
 */
record Met(
        int entry,
        @Nullable String fullUrl,
        @Nullable String type,
        @Nullable ObjectNode resource,
        @Nullable String problem,
        int bytes) {

    static Met refused(int entry, @Nullable String type, String problem, int bytes) {
        return new Met(entry, null, type, null, problem, bytes);
    }
}
