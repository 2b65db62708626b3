package org.chartkeeper.coding.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The title of an ICD-10-CM code taken apart into words, so that codes which say the same of another side, another
 * trimester or another course can be told.
 */
public final class Title {

    /** Which side a title names. */
    public enum Side {
        RIGHT,
        LEFT,
        BOTH,
        /** None, or more than one. */
        NONE
    }

    private static final Pattern WORD = Pattern.compile("[^a-z0-9]+");

    private static final Set<String> OF_SIDES = Set.of(
            "right", "left", "unspecified", "bilateral", "unilateral", "dominant", "non", "nondominant", "of", "the");

    private final String text;
    private final List<String> words = new ArrayList<>();

    /** @param text in lower case */
    public Title(String text) {
        this.text = text;
        for (String word : WORD.split(text)) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
    }

    public boolean isEmpty() {
        return words.isEmpty();
    }

    public String text() {
        return text;
    }

    public List<String> words() {
        return List.copyOf(words);
    }

    public boolean has(String word) {
        return words.contains(word);
    }

    public boolean unspecified() {
        return words.contains("unspecified");
    }

    public Side side() {
        boolean right = words.contains("right");
        boolean left = words.contains("left");
        if (words.contains("bilateral")) {
            return Side.BOTH;
        }
        return right == left ? Side.NONE : right ? Side.RIGHT : Side.LEFT;
    }

    /** The words that are none of a side, in the singular, sorted: equal for codes that differ in their side alone. */
    public List<String> sideless() {
        return words.stream()
                .filter(word -> !OF_SIDES.contains(word))
                .map(Title::singular)
                .sorted()
                .toList();
    }

    /** "Bilateral upper limbs" are both of "right upper limb". */
    private static String singular(String word) {
        return word.length() > 3 && word.endsWith("s") && !word.matches(".*(?:ss|is|us)") && !word.equals("lens")
                ? word.substring(0, word.length() - 1)
                : word;
    }

    /** As {@link #sideless()}, each word once. */
    public Set<String> sidelessSet() {
        return new TreeSet<>(sideless());
    }
}
