package org.chartkeeper.chart;

import java.util.List;
import java.util.function.LongConsumer;

/** Proves the record: version hashes and chains, current rows against versions in force, signatures. */
public interface ChartVerification {

    /** Checks everything, streaming; {@code progress} gets the number of versions checked so far. */
    Report verify(LongConsumer progress);

    /** What was found. */
    record Report(long entries, long versions, long signatures, long unresolvedReferences, List<Finding> findings) {}

    /**
     * Something broken.
     *
     * @param entry id of the entry, or of whatever else is broken
     * @param version number of the version, 0 where it is the entry as a whole
     * @param kind hash, chain, content, current-row, signature, audit
     */
    record Finding(String entry, int version, String kind, String detail) {}
}
