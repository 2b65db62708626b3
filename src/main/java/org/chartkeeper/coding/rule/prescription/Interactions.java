package org.chartkeeper.coding.rule.prescription;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The hand-written table of interactions ({@code coding/interactions.txt}). Immutable; read once. */
final class Interactions {

    /** How much an interaction weighs, the gravest first. */
    enum Tier {
        /** ONC high priority and forbidden by the label. */
        CONTRAINDICATED("H"),
        /** ONC high priority, possible with care. */
        HIGH_PRIORITY("R"),
        MAJOR("1"),
        MODERATE("2");

        private final String mark;

        Tier(String mark) {
            this.mark = mark;
        }

        /** Whether it is one of the 15 pairs of the ONC list. */
        boolean onc() {
            return this == CONTRAINDICATED || this == HIGH_PRIORITY;
        }
    }

    /**
     * A pair of sides; a drug stands on a side that names it, its class or its group.
     *
     * @param effect what happens and what to do
     */
    record Pair(Tier tier, List<String> one, List<String> other, String effect) {

        boolean joins(DrugEntry first, DrugEntry second) {
            return on(one, first) && on(other, second) || on(one, second) && on(other, first);
        }

        private static boolean on(List<String> side, DrugEntry drug) {
            return side.stream().anyMatch(drug::is);
        }
    }

    private static final Interactions LOADED = read("/coding/interactions.txt");

    private final String edition;
    private final List<Pair> pairs;

    private Interactions(String edition, List<Pair> pairs) {
        this.edition = edition;
        this.pairs = List.copyOf(pairs);
    }

    static Interactions load() {
        return LOADED;
    }

    /** Name, version and date of the table, as a finding cites it. */
    String edition() {
        return edition;
    }

    /** The gravest first. */
    List<Pair> pairs() {
        return pairs;
    }

    /** The gravest interaction of two drugs; empty where the table has none and of a drug with itself. */
    Optional<Pair> between(DrugEntry first, DrugEntry second) {
        return first.ingredient().equals(second.ingredient())
                ? Optional.empty()
                : pairs.stream().filter(pair -> pair.joins(first, second)).findFirst();
    }

    private static Interactions read(String resource) {
        String edition = "";
        List<Pair> pairs = new ArrayList<>();
        for (String line : DrugTable.lines(resource)) {
            if (line.startsWith("@")) {
                edition = line.substring(1).strip();
                continue;
            }
            String[] parts = line.split("\\|");
            if (parts.length != 4) {
                throw new IllegalStateException("Interaction table: cannot read: " + line);
            }
            Tier tier = Stream.of(Tier.values())
                    .filter(one -> one.mark.equals(parts[0].strip()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("Interaction table: no such tier: " + line));
            pairs.add(new Pair(tier, side(parts[1]), side(parts[2]), parts[3].strip()));
        }
        pairs.sort(Comparator.comparing(Pair::tier));
        return new Interactions(edition, pairs);
    }

    private static List<String> side(String text) {
        return Stream.of(text.split(",")).map(String::strip).toList();
    }
}
