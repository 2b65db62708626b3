package org.chartkeeper.exchange.domain.fhir;

import java.util.Map;
import java.util.TreeMap;

/** Counts of what became of resources, by type. */
final class Tally {

    /** What became of one. */
    enum Fate {
        STORED,
        UPDATED,
        UNCHANGED,
        KEPT,
        REFUSED
    }

    private final Map<String, long[]> byType = new TreeMap<>();

    void add(String type, Fate fate) {
        add(type, fate, 1);
    }

    void add(String type, Fate fate, long count) {
        byType.computeIfAbsent(type, key -> new long[Fate.values().length])[fate.ordinal()] += count;
    }

    void add(Tally other) {
        other.byType.forEach((type, counts) -> {
            for (Fate fate : Fate.values()) {
                add(type, fate, counts[fate.ordinal()]);
            }
        });
    }

    Iterable<String> types() {
        return byType.keySet();
    }

    long count(String type, Fate fate) {
        long[] counts = byType.get(type);
        return counts == null ? 0 : counts[fate.ordinal()];
    }

    /** Of all types. */
    long count(Fate fate) {
        return byType.values().stream()
                .mapToLong(counts -> counts[fate.ordinal()])
                .sum();
    }

    long read(String type) {
        long sum = 0;
        for (Fate fate : Fate.values()) {
            sum += count(type, fate);
        }
        return sum;
    }

    long read() {
        long sum = 0;
        for (Fate fate : Fate.values()) {
            sum += count(fate);
        }
        return sum;
    }
}
