package org.chartkeeper.platform;

import java.io.IOException;
import java.io.InputStream;

/** Keeps files outside the database by the hash of their content; what is stored never changes. */
public interface ContentStore {

    /** Stores a stream whole and syncs it to disk before it returns; the same content is kept once. */
    Stored put(InputStream content) throws IOException;

    /**
     * The content as it was given.
     *
     * @throws NotFound where nothing has this hash
     */
    InputStream open(String sha256) throws IOException;

    /**
     * What was stored.
     *
     * @param sha256 lower-case hexadecimal, of the uncompressed content
     */
    record Stored(String sha256, long size) {}
}
