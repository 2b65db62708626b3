package org.chartkeeper.exchange.domain.fhir;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A resource on its way in, as far as it can be judged without the database.
 *
 * @param file ordinal of its file in the run, from 1
 * @param entry position in the file, from 1
 * @param type name of its type, {@code Unknown} where it cannot be told
 * @param key by which it is known at its source
 * @param hash of its canonical form
 * @param resource null where it is refused
 * @param base of relative references
 * @param needs keys of everything that it refers to
 * @param entryNeeds for each of its references to other entries the keys that it may mean
 * @param mapper for a type that becomes an entry
 * @param problem why it is refused
 */
record Incoming(
        int file,
        int entry,
        String type,
        String key,
        String hash,
        @Nullable String fullUrl,
        @Nullable Element resource,
        @Nullable String base,
        Collection<String> needs,
        List<List<String>> entryNeeds,
        @Nullable EntryMapper mapper,
        @Nullable String problem) {

    static Incoming refused(int file, int entry, @Nullable String type, String problem) {
        return new Incoming(
                file,
                entry,
                type == null ? "Unknown" : type,
                "",
                "",
                null,
                null,
                null,
                List.of(),
                List.of(),
                null,
                problem);
    }

    /** As source identities and caches know it. */
    String typedKey() {
        return type + "|" + key;
    }

    /** Where it stands, as its entry names it. */
    String place() {
        return fullUrl != null ? fullUrl : key.startsWith("sha256:") ? "entry " + entry : type + "/" + key;
    }
}
