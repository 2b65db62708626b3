package org.chartkeeper.platform;

import java.util.List;

/**
 * Proves one table of versions that are chained by hash: every version is what its hash says, names the one before it,
 * has the audit event that made it, and what stands now is the newest. Each module with such a table has a bean of it;
 * {@code verify} runs them all.
 */
public interface ChainCheck {

    /** What is chained, in one word, as findings name it: {@code registration}, {@code setting}. */
    String subject();

    /** Reads the whole table once, from one snapshot and in bounded memory. */
    Result check();

    /**
     * What was found.
     *
     * @param versions how many versions were read
     * @param findings what does not match, at most 1,000; empty where all is as it was written
     */
    record Result(long versions, List<Finding> findings) {}

    /**
     * Something that does not match.
     *
     * @param id of what the versions are of
     * @param version its number, 0 where it is the chain as a whole
     * @param what in words, without data of patients
     */
    record Finding(String id, int version, String what) {}
}
