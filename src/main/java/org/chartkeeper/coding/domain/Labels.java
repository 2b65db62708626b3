package org.chartkeeper.coding.domain;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chartkeeper.chart.EntryView;

/** Labels that close an entry to some who may open its chart. */
final class Labels {

    private static final Set<String> CLOSED = Set.of("part2", "psychotherapy", "sud-counseling");

    /**
     * Kept apart from the record: not used for payment without an authorization or consent of its own (45 CFR
     * 164.508(a)(2), 42 CFR 2.31(b)), so no code rests on them and no query asks about them.
     */
    private static final Set<String> APART = Set.of("psychotherapy", "sud-counseling");

    static final String REFUSED = "Psychotherapy and SUD counseling notes are kept apart: nothing is coded from them.";

    private Labels() {}

    static boolean open(EntryView entry) {
        return of(entry).noneMatch(CLOSED::contains);
    }

    static boolean apart(EntryView entry) {
        return of(entry).anyMatch(APART::contains);
    }

    /** The closed labels of these entries, with a blank between. */
    static String closed(Collection<EntryView> entries) {
        return entries.stream()
                .flatMap(Labels::of)
                .filter(CLOSED::contains)
                .distinct()
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private static Stream<String> of(EntryView entry) {
        return Stream.of(entry.sensitivity().split(" "));
    }
}
