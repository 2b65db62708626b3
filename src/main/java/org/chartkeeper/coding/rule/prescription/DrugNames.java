package org.chartkeeper.coding.rule.prescription;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the names of drugs in a text: the longest known one at each place, words alone counting. */
final class DrugNames {

    private final Map<String, List<String>> ingredients;
    private final int longest;

    private DrugNames(Map<String, List<String>> ingredients, int longest) {
        this.ingredients = Map.copyOf(ingredients);
        this.longest = longest;
    }

    /** The ingredients that a text names, in its order, each once. */
    Set<String> in(String text) {
        List<String> words = words(text);
        Set<String> found = new LinkedHashSet<>();
        int at = 0;
        while (at < words.size()) {
            int taken = 1;
            for (int length = Math.min(longest, words.size() - at); length > 0; length--) {
                List<String> named = ingredients.get(String.join(" ", words.subList(at, at + length)));
                if (named != null) {
                    found.addAll(named);
                    taken = length;
                    break;
                }
            }
            at += taken;
        }
        return found;
    }

    /** The ingredients of the one name of a single word that differs from a word by one letter, not the first; empty where none or several. */
    Set<String> nearly(String word) {
        Set<List<String>> near = new LinkedHashSet<>();
        ingredients.forEach((name, of) -> {
            if (name.charAt(0) == word.charAt(0) && oneLetterApart(name, word)) {
                near.add(of);
            }
        });
        return near.size() == 1 ? Set.copyOf(near.iterator().next()) : Set.of();
    }

    private static boolean oneLetterApart(String one, String other) {
        int shorter = Math.min(one.length(), other.length());
        int longer = Math.max(one.length(), other.length());
        int front = 0;
        while (front < shorter && one.charAt(front) == other.charAt(front)) {
            front++;
        }
        int back = 0;
        while (back < shorter - front
                && one.charAt(one.length() - 1 - back) == other.charAt(other.length() - 1 - back)) {
            back++;
        }
        return longer - front - back == 1;
    }

    /** Lower case, cut at whatever is neither letter nor digit: {@code SMX-TMP} is two words. */
    static List<String> words(String text) {
        return Stream.of(text.toLowerCase(Locale.ROOT).split("[^a-z0-9]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    static final class Builder {
        private final Map<String, List<String>> ingredients = new HashMap<>();
        private int longest;

        /** Throws where the name already stands for something. */
        void add(String name, List<String> of) {
            List<String> words = words(name);
            if (words.isEmpty() || ingredients.putIfAbsent(String.join(" ", words), new ArrayList<>(of)) != null) {
                throw new IllegalStateException("Drug table: the name " + name + " stands twice or is empty");
            }
            longest = Math.max(longest, words.size());
        }

        DrugNames build() {
            return new DrugNames(ingredients, longest);
        }
    }
}
