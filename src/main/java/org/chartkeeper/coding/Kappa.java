package org.chartkeeper.coding;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cohen's kappa of two coders (Cohen 1960): how much more they agree than by chance. Each code that either of them gave is
 * one item; what each gave for it, or that he or she gave none, is the category.
 */
public final class Kappa {

    private static final String NONE = "";

    private Kappa() {}

    /** What two coders gave for the same thing; null where one gave nothing. */
    public record Pair(@Nullable String one, @Nullable String other) {}

    /**
     * From −1 to 1; 1 where they agree wholly.
     *
     * @return null where there is no item
     */
    public static @Nullable Double of(List<Pair> pairs) {
        if (pairs.isEmpty()) {
            return null;
        }
        Map<String, Integer> first = new HashMap<>();
        Map<String, Integer> second = new HashMap<>();
        int agreed = 0;
        for (Pair pair : pairs) {
            String one = pair.one() == null ? NONE : pair.one();
            String other = pair.other() == null ? NONE : pair.other();
            first.merge(one, 1, Integer::sum);
            second.merge(other, 1, Integer::sum);
            if (one.equals(other)) {
                agreed++;
            }
        }
        double all = pairs.size();
        double observed = agreed / all;
        double chance = first.entrySet().stream()
                .mapToDouble(entry -> entry.getValue() / all * second.getOrDefault(entry.getKey(), 0) / all)
                .sum();
        // Where chance alone would agree on everything, agreement says all there is to say.
        return chance >= 1 ? Double.valueOf(observed) : Double.valueOf((observed - chance) / (1 - chance));
    }
}
