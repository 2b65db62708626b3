package org.chartkeeper.terminology.domain;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.util.automaton.CompiledAutomaton;

/**
 * What is known of the words of one query, for all indexes that it is looked up in: what one system writes is not taken for a
 * mistyped word in another, and what is like a word is worked out once.
 */
final class TypedWords {

    /** Words that nobody typed: none of them is mistyped. */
    static final TypedWords RIGHT = new TypedWords(word -> true, word -> true, false, Map.of());

    private final Predicate<String> known;
    private final Predicate<String> written;
    private final boolean someAreEnough;
    private final Map<String, CompiledAutomaton> like;

    private TypedWords(
            Predicate<String> known,
            Predicate<String> written,
            boolean someAreEnough,
            Map<String, CompiledAutomaton> like) {
        this.known = known;
        this.written = written;
        this.someAreEnough = someAreEnough;
        this.like = like;
    }

    /** Of a query in one system alone: where nothing has most of the words, some are enough. */
    static TypedWords alone() {
        return new TypedWords(word -> false, word -> false, true, new HashMap<>());
    }

    /**
     * Of a query in several systems.
     *
     * @param known whether one of them has a form of the word
     * @param written whether one of them has the word just so
     */
    static TypedWords among(Predicate<String> known, Predicate<String> written) {
        return new TypedWords(once(known), once(written), false, new HashMap<>());
    }

    /** Each word is asked about by every system. */
    private static Predicate<String> once(Predicate<String> asked) {
        Map<String, Boolean> answers = new HashMap<>();
        return word -> answers.computeIfAbsent(word, asked::test);
    }

    /** The same where no system has most of them. */
    TypedWords someAreEnough() {
        return new TypedWords(known, written, true, like);
    }

    boolean areSomeEnough() {
        return someAreEnough;
    }

    boolean known(String word) {
        return known.test(word);
    }

    boolean written(String word) {
        return written.test(word);
    }

    /**
     * Words with the same first letter that differ by so many letters at most: another one, one more, one less, two that
     * changed places.
     */
    CompiledAutomaton like(String word, int edits) {
        return like.computeIfAbsent(edits + word, key -> FuzzyQuery.getFuzzyAutomaton(word, edits, 1, true));
    }
}
