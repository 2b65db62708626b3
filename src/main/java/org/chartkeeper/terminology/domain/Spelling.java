package org.chartkeeper.terminology.domain;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.util.automaton.CompiledAutomaton;

/**
 * What is known of how the words of one query are spelled, for all indexes that it is looked up in: what one system writes is
 * not taken for a mistyped word in another, and what is like a word is worked out once.
 */
final class Spelling {

    /** Of words that nobody typed: none of them is mistyped. */
    static final Spelling RIGHT = new Spelling(word -> true, word -> true);

    private final Predicate<String> known;
    private final Predicate<String> written;
    private final Map<String, Boolean> right = new HashMap<>();
    private final Map<String, CompiledAutomaton> like = new HashMap<>();

    /**
     * @param known whether another system has a form of the word
     * @param written whether another system has the word just so
     */
    Spelling(Predicate<String> known, Predicate<String> written) {
        this.known = known;
        this.written = written;
    }

    /** Of a query in one system alone. */
    static Spelling unknown() {
        return new Spelling(word -> false, word -> false);
    }

    boolean known(String word) {
        return known.test(word);
    }

    boolean written(String word) {
        return right.computeIfAbsent(word, written::test);
    }

    /** Words with the same first letter from which it differs by so many letters at most: another, one more, one less, two swapped. */
    CompiledAutomaton like(String word, int edits) {
        return like.computeIfAbsent(edits + word, key -> FuzzyQuery.getFuzzyAutomaton(word, edits, 1, true));
    }
}
