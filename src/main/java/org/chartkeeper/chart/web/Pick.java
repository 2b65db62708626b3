package org.chartkeeper.chart.web;

import java.util.Set;
import org.chartkeeper.chart.ResultDesk;
import org.chartkeeper.chart.Signing;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Rejected;

/**
 * Exactly one version that was on the page, as a form carries it: patient, entry, version, hash and in what capacity it is
 * to be signed. What the hash does not match is refused by the domain.
 */
record Pick(Signing.VersionRef ref, String meaning) {

    private static final Set<String> MEANINGS = Set.of("author", "attending", "co-signature");

    String text() {
        return ref.patient() + "_" + ref.entry() + "_" + ref.version() + "_" + ref.hash() + "_" + meaning;
    }

    ResultDesk.Seen seen() {
        return new ResultDesk.Seen(ref.patient(), ref.entry(), ref.version());
    }

    /** @throws Rejected where it is not what a page gave out */
    static Pick parse(String text) {
        String[] parts = text.split("_", -1);
        if (parts.length != 5 || !MEANINGS.contains(parts[4]) || !parts[3].matches("[0-9a-f]{64}")) {
            throw new Rejected("That choice is not from this page. Load the page again.");
        }
        try {
            return new Pick(
                    new Signing.VersionRef(
                            PatientId.of(parts[0]), EntryId.of(parts[1]), Integer.parseInt(parts[2]), parts[3]),
                    parts[4]);
        } catch (IllegalArgumentException malformed) {
            throw new Rejected("That choice is not from this page. Load the page again.");
        }
    }
}
