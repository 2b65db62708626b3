package org.chartkeeper.terminology.domain;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.pattern.PatternTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MultiTermQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.ByteRunAutomaton;
import org.apache.lucene.util.automaton.LevenshteinAutomata;

/**
 * The words that the codes of one system are found by, in memory. Each title, inclusion term and term of an index is a
 * phrase of its own, so that a short one that says just what was asked stands before a long one that says it among other
 * things; a code is as good as its best phrase.
 */
final class CodeIndex {

    private static final String STEM = "s";
    private static final String WORD = "w";
    private static final String ASIDE = "a";
    private static final String WHOLE = "e";
    private static final String SORTED = "o";
    private static final String CODE = "c";

    /** Phrases looked at before they are gathered into codes. */
    private static final int LOOKED_AT = 400;

    private static final int LONGEST_QUERY = 24;
    private static final int WHOLE_WORD = 5;
    /** Letters from which a word may be mistyped twice. */
    private static final int TWO_EDITS = 8;

    /** Letters of the longest word that may be a mistyped one. */
    private static final int LONGEST_WORD = 40;
    /** What a title says when nothing more is known; people who know nothing more do not type it. */
    private static final Pattern UNSAID = Pattern.compile(
            "(?i)\\b(?:unspecified(?: organism| site)?|without (?:mention of )?complications?|not elsewhere classified"
                    + "|initial encounter)\\b");

    /** Two words with a hyphen, which many write as one: pre-eclampsia. */
    private static final Pattern JOINED = Pattern.compile("(\\p{L}+)-(\\p{L}+)");

    /** A range of numbers, which people ask for by one that lies in it: 40.0-44.9. */
    private static final Pattern RANGE = Pattern.compile("\\b(\\d{1,3})(?:\\.\\d)?\\s?-\\s?(\\d{1,3})(?:\\.\\d)?\\b");

    private static final int WIDEST = 20;

    /** Letters from which a word that no phrase has may be two without the space, and those of each at least. */
    private static final int TWO_WORDS = 7;

    private static final int SHORTEST = 3;

    /** What a word counts at least, however many phrases have it. */
    private static final float LEAST = 4f;

    /** What a phrase of just the words that were typed counts, in another order. */
    private static final float JUST = 60f;

    /** What a phrase that is just what was typed counts: more than any other can. */
    private static final float SAME = 1000f;

    /** How many times rarer than what is meant a word is that a mistyped one happens to share its stem with. */
    private static final int RARER = 3;

    /** How far a word is to be believed to mean another. */
    private static final float ALSO = 0.95f;

    /** How much a phrase is worth that lacks some of the words. */
    private static final float PARTLY = 0.55f;

    /** How much nearer than one that is spelt alike a word is that sounds the same. */
    private static final double SOUNDS_SAME = 1.3;

    /** Letters from which a mistyped word is looked for. */
    private static final int SPELT = 4;

    /** How far what was typed is to be believed to be mistyped. */
    private static final float MISTYPED = 0.9f;

    /** Words that a mistyped one may be. */
    private static final int MEANT = 3;

    private static final CharArraySet FILLERS = new CharArraySet(
            List.of(
                    "of", "the", "a", "an", "in", "to", "on", "for", "and", "or", "by", "at", "nec", "nos", "is", "be",
                    "as"),
            true);

    private final IndexSearcher searcher;

    /** The words that sound the same. */
    private final Map<String, List<String>> sounds = new HashMap<>();

    /** Words as they are, without fillers; stemmed so that inflections are one. */
    private static Analyzer analyzer(boolean stemmed) {
        return new Analyzer() {
            @Override
            protected TokenStreamComponents createComponents(String field) {
                Tokenizer tokens = new PatternTokenizer(Pattern.compile("[^\\p{L}\\p{N}]+"), -1);
                TokenStream stream = new ASCIIFoldingFilter(new LowerCaseFilter(tokens));
                stream = new StopFilter(stream, FILLERS);
                return new TokenStreamComponents(tokens, stemmed ? new PorterStemFilter(stream) : stream);
            }
        };
    }

    private static final Analyzer STEMS = analyzer(true);
    private static final Analyzer WORDS = analyzer(false);

    /** Takes phrases while an index is made. */
    static final class Builder {
        private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
        private final IndexWriter writer;
        private final FieldType indexed = new FieldType();
        private final FieldType whole = new FieldType();

        Builder() {
            indexed.setIndexOptions(IndexOptions.DOCS);
            indexed.setTokenized(true);
            indexed.freeze();
            whole.setIndexOptions(IndexOptions.DOCS);
            whole.setTokenized(false);
            whole.setOmitNorms(true);
            whole.freeze();
            try {
                IndexWriterConfig config = new IndexWriterConfig(new WhitespaceAnalyzer());
                config.setSimilarity(similarity());
                config.setRAMBufferSizeMB(24);
                writer = new IndexWriter(directory, config);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /**
         * @param position of the code in its table
         * @param phrase in its own words; what stands in parentheses is found by, but costs nothing where it is not
         *     asked for
         */
        void add(int position, String phrase, boolean parenthesesAside) {
            String main = phrase;
            if (parenthesesAside) {
                main = UNSAID.matcher(main.replaceAll("\\([^()]*\\)", " ")).replaceAll(" ");
            }
            if (words(main).isEmpty()) {
                main = phrase;
            }
            Document document = new Document();
            Set<String> stems = new LinkedHashSet<>(stems(main));
            document.add(new Field(STEM, String.join(" ", stems), indexed));
            Set<String> words = new LinkedHashSet<>(words(phrase));
            Set<String> aside = new LinkedHashSet<>(main.length() < phrase.length() ? stems(phrase) : List.of());
            JOINED.matcher(phrase)
                    .results()
                    .map(joined -> joined.group(1) + joined.group(2))
                    .forEach(joined -> {
                        words.addAll(words(joined));
                        aside.addAll(stems(joined));
                    });
            document.add(new Field(WORD, String.join(" ", words), indexed));
            RANGE.matcher(phrase).results().forEach(range -> aside.addAll(between(range)));
            aside.removeAll(stems);
            if (!aside.isEmpty()) {
                document.add(new Field(ASIDE, String.join(" ", aside), indexed));
            }
            document.add(new Field(SORTED, sorted(stems), whole));
            for (String same : Set.copyOf(List.of(whole(phrase), whole(main)))) {
                document.add(new Field(WHOLE, same, whole));
            }
            document.add(new NumericDocValuesField(CODE, position));
            try {
                writer.addDocument(document);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The whole numbers of a range. */
        private static List<String> between(MatchResult range) {
            int first = Integer.parseInt(range.group(1));
            int last = Integer.parseInt(range.group(2));
            return last - first > WIDEST
                    ? List.of()
                    : IntStream.rangeClosed(first, last)
                            .mapToObj(Integer::toString)
                            .toList();
        }

        CodeIndex build() {
            try {
                writer.forceMerge(1);
                writer.close();
                return new CodeIndex(directory);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Words count once; longer phrases are somewhat worse than short ones. Frequent words tell codes apart that differ in
     * nothing else, right or left, initial or subsequent: each counts for something.
     */
    private static BM25Similarity similarity() {
        return new BM25Similarity(0.6f, 0.6f) {
            @Override
            protected float idf(long with, long all) {
                return Math.max(LEAST, super.idf(with, all));
            }
        };
    }

    private CodeIndex(ByteBuffersDirectory made) throws IOException {
        searcher = new IndexSearcher(DirectoryReader.open(made));
        searcher.setSimilarity(similarity());
        Terms terms = MultiTerms.getTerms(searcher.getIndexReader(), WORD);
        TermsEnum each = terms == null ? TermsEnum.EMPTY : terms.iterator();
        for (BytesRef term = each.next(); term != null; term = each.next()) {
            String word = term.utf8ToString();
            if (word.length() >= SPELT && word.chars().allMatch(Character::isLetter)) {
                sounds.computeIfAbsent(Sound.of(word), sound -> new ArrayList<>(1))
                        .add(word);
            }
        }
    }

    /** A phrase in whatever order its words are said. */
    private static String sorted(Collection<String> stems) {
        return String.join(" ", new TreeSet<>(stems));
    }

    /** All words of a phrase, inflections and fillers apart. */
    private static String whole(String phrase) {
        return String.join(" ", stems(phrase));
    }

    static List<String> stems(String text) {
        return tokens(STEMS, text);
    }

    static List<String> words(String text) {
        return tokens(WORDS, text);
    }

    private static List<String> tokens(Analyzer analyzer, String text) {
        List<String> tokens = new ArrayList<>();
        try (TokenStream stream = analyzer.tokenStream("", new StringReader(text))) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                tokens.add(term.toString());
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tokens;
    }

    /** A code with how well it matches. */
    record Hit(int position, float score) {}

    /** Whether a phrase has the word or an inflection of it. */
    boolean knows(String word) {
        try {
            for (String stem : stems(word)) {
                if (frequency(new Term(STEM, stem)) > 0) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a phrase has the word just so. */
    boolean writes(String word) {
        try {
            return frequency(new Term(WORD, word)) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a phrase says just this. */
    boolean says(String typed) {
        try {
            return frequency(new Term(WHOLE, whole(typed))) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether one phrase has all the words. */
    boolean hasAll(List<String> words) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        for (String stem : stems(String.join(" ", words))) {
            all.add(
                    new DisjunctionMaxQuery(
                            List.of(new TermQuery(new Term(STEM, stem)), new TermQuery(new Term(ASIDE, stem))), 0f),
                    BooleanClause.Occur.FILTER);
        }
        try {
            return searcher.search(all.build(), 1).scoreDocs.length > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Positions of the codes that match best, best first, some {@value #LOOKED_AT} phrases deep.
     *
     * @param typedWords what is known of the words
     */
    List<Hit> search(String typed, LayWords lay, TypedWords typedWords) {
        List<String> words = words(typed);
        if (words.isEmpty()) {
            return List.of();
        }
        if (words.size() > LONGEST_QUERY) {
            words = words.subList(0, LONGEST_QUERY);
        }
        boolean unfinished = !typed.endsWith(" ");
        try {
            words = mended(words);
            Ways ways = new Ways(typedWords, lay, new HashMap<>(), new HashMap<>());
            List<String> spelt = spelt(words, unfinished, ways);
            Query query = readings(words, lay, unfinished, false, ways);
            if (!spelt.equals(words)) {
                Query right = new BoostQuery(readings(spelt, lay, false, false, ways), MISTYPED);
                query = new DisjunctionMaxQuery(List.of(query, right), 0f);
            }
            List<Hit> hits = run(query, whole(spelt.equals(words) ? typed : String.join(" ", spelt)));
            return hits.isEmpty() && words.size() > 1 && typedWords.areSomeEnough()
                    ? run(readings(words, lay, unfinished, true, ways), "")
                    : hits;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Two words that are one with a space in it, as no phrase has one of them by itself. */
    private List<String> mended(List<String> words) throws IOException {
        List<String> mended = new ArrayList<>(words.subList(0, 1));
        for (String word : words.subList(1, words.size())) {
            String before = mended.get(mended.size() - 1);
            String both = before + word;
            if (both.length() >= TWO_WORDS
                    && frequency(new Term(WORD, both)) > 0
                    && (frequency(new Term(WORD, before)) == 0 || frequency(new Term(WORD, word)) == 0)) {
                mended.set(mended.size() - 1, both);
            } else {
                mended.add(word);
            }
        }
        return mended;
    }

    /** The words, each that nobody knows replaced by the one that it most likely is. */
    private List<String> spelt(List<String> words, boolean unfinished, Ways ways) throws IOException {
        List<String> spelt = new ArrayList<>(words);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean last = i == words.size() - 1;
            if (isSpelt(word)
                    && !ways.typed.known(word)
                    && !ways.lay.knows(word)
                    && !knows(word)
                    && !writes(word)
                    && !(unfinished && last && begins(word))) {
                spelt.set(i, near(word, ways).stream().findFirst().orElse(word));
            }
        }
        return spelt;
    }

    private static boolean isSpelt(String word) {
        return word.length() >= SPELT && word.length() <= LONGEST_WORD;
    }

    /** Whether a word of a phrase begins so. */
    private boolean begins(String word) throws IOException {
        Terms terms = MultiTerms.getTerms(searcher.getIndexReader(), WORD);
        if (terms == null) {
            return false;
        }
        TermsEnum from = terms.iterator();
        return from.seekCeil(new BytesRef(word)) != TermsEnum.SeekStatus.END
                && from.term().utf8ToString().startsWith(word);
    }

    /** How each word of a query is looked for, and what it may be mistyped for: several readings share most words. */
    private record Ways(TypedWords typed, LayWords lay, Map<String, Query> made, Map<String, List<String>> near) {}

    private Query readings(List<String> words, LayWords lay, boolean unfinished, boolean loose, Ways ways)
            throws IOException {
        List<Query> readings = new ArrayList<>();
        for (LayWords.Reading reading : lay.readings(words)) {
            readings.add(query(reading, unfinished && readings.isEmpty(), loose, ways));
        }
        // What says just what was typed is meant before anything that it also means.
        Term just = new Term(SORTED, sorted(stems(String.join(" ", words))));
        readings.add(new BoostQuery(new ConstantScoreQuery(new TermQuery(just)), JUST));
        return new DisjunctionMaxQuery(readings, 0f);
    }

    private Query query(LayWords.Reading reading, boolean unfinished, boolean loose, Ways ways) throws IOException {
        if (reading.meant().isEmpty()) {
            return words(reading.words(), unfinished, loose, ways);
        }
        Query meant = new BoostQuery(group(reading.meant(), ways), reading.weight());
        if (reading.words().isEmpty()) {
            return meant;
        }
        BooleanQuery.Builder both = new BooleanQuery.Builder();
        both.add(meant, BooleanClause.Occur.MUST);
        for (String word : reading.words()) {
            both.add(way(word, stems(word).get(0), false, ways), BooleanClause.Occur.SHOULD);
        }
        return both.build();
    }

    /** Most of the words of a meaning, which mean just themselves. */
    private Query group(List<String> meaning, Ways ways) throws IOException {
        BooleanQuery.Builder words = new BooleanQuery.Builder();
        Set<String> stems = new LinkedHashSet<>();
        for (String one : meaning) {
            String stem = stems(one).get(0);
            if (stems.add(stem)) {
                words.add(word(one, stem, false, TypedWords.RIGHT, ways), BooleanClause.Occur.SHOULD);
            }
        }
        words.setMinimumNumberShouldMatch(most(stems.size()));
        return words.build();
    }

    /** @param loose some of the words are enough: there was nothing that has most of them */
    private Query words(List<String> words, boolean unfinished, boolean loose, Ways ways) throws IOException {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        Set<String> stems = new LinkedHashSet<>();
        int clauses = 0;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            List<String> stemmed = stems(word);
            String stem = stemmed.isEmpty() ? word : stemmed.get(0);
            if (!stems.add(stem)) {
                continue;
            }
            all.add(way(word, stem, unfinished && i == words.size() - 1, ways), BooleanClause.Occur.SHOULD);
            clauses++;
        }
        if (loose) {
            return all.setMinimumNumberShouldMatch(Math.max(1, clauses / 3)).build();
        }
        Query each = all.setMinimumNumberShouldMatch(clauses).build();
        int some = most(clauses);
        return some == clauses
                ? each
                : new DisjunctionMaxQuery(
                        List.of(
                                each,
                                new BoostQuery(
                                        all.setMinimumNumberShouldMatch(some).build(), PARTLY)),
                        0f);
    }

    private Query way(String word, String stem, boolean unfinished, Ways ways) throws IOException {
        String key = unfinished ? word + '*' : word;
        Query way = ways.made.get(key);
        if (way == null) {
            way = meant(word, stem, unfinished, ways);
            ways.made.put(key, way);
        }
        return way;
    }

    private static int most(int clauses) {
        return clauses <= 2 ? clauses : clauses <= 4 ? clauses - 1 : (clauses * 3 + 4) / 5;
    }

    /** The word, and what it also means. */
    private Query meant(String word, String stem, boolean unfinished, Ways ways) throws IOException {
        LayWords.Also also = ways.lay.also(word);
        if (also.meanings().isEmpty()) {
            return word(word, stem, unfinished, ways.typed, ways);
        }
        List<Query> all = new ArrayList<>();
        if (!also.only()) {
            all.add(word(word, stem, false, TypedWords.RIGHT, ways));
            if (unfinished && word.length() < WHOLE_WORD) {
                all.add(new BoostQuery(beginning(word), 0.55f));
            }
        }
        for (List<String> meaning : also.meanings()) {
            all.add(new BoostQuery(group(meaning, ways), ALSO / meaning.size()));
        }
        return new DisjunctionMaxQuery(all, 0f);
    }

    private Query word(String word, String stem, boolean unfinished, TypedWords typedWords, Ways within)
            throws IOException {
        List<Query> ways = new ArrayList<>();
        Term exact = new Term(STEM, stem);
        Term aside = new Term(ASIDE, stem);
        boolean known = frequency(exact) > 0;
        boolean right = !known && !unfinished && typedWords.known(word);
        ways.add(new TermQuery(exact));
        ways.add(new BoostQuery(new TermQuery(aside), 0.7f));
        // A whole word is rarely the beginning of the one that is meant.
        if (!right && (!known || unfinished && word.length() < WHOLE_WORD) && word.length() >= 2) {
            ways.add(new BoostQuery(beginning(word), known ? 0.55f : 0.8f));
        }
        if (!right && !known && word.length() >= TWO_WORDS && word.length() <= LONGEST_WORD) {
            for (int at = SHORTEST; at <= word.length() - SHORTEST; at++) {
                Term one = new Term(WORD, word.substring(0, at));
                Term other = new Term(WORD, word.substring(at));
                if (frequency(one) > 0 && frequency(other) > 0) {
                    ways.add(new BooleanQuery.Builder()
                            .add(new TermQuery(one), BooleanClause.Occur.MUST)
                            .add(new TermQuery(other), BooleanClause.Occur.MUST)
                            .build());
                }
            }
        }
        // A word that no phrase has may share its stem with a rare one and yet be a frequent one mistyped.
        boolean unseen = known
                && word.length() > WHOLE_WORD
                && frequency(new Term(WORD, word)) == 0
                && !typedWords.written(word);
        if (!right && (!known || unseen) && isSpelt(word)) {
            // A rarer word weighs more by itself: the less likely it is meant, the less it may count.
            float likely = 0.8f;
            for (String meant : near(word, within)) {
                for (String meantStem : stems(meant)) {
                    if (unseen && frequency(new Term(STEM, meantStem)) < RARER * frequency(exact)) {
                        continue;
                    }
                    if (unseen) {
                        ways.set(0, new BoostQuery(new TermQuery(exact), 0.4f));
                    }
                    ways.add(new BoostQuery(new TermQuery(new Term(STEM, meantStem)), likely));
                    ways.add(new BoostQuery(new TermQuery(new Term(ASIDE, meantStem)), likely * 0.6f));
                }
                likely *= 0.4f;
            }
        }
        return new DisjunctionMaxQuery(ways, 0f);
    }

    private static Query beginning(String word) {
        return new PrefixQuery(new Term(WORD, word), new MultiTermQuery.TopTermsBlendedFreqScoringRewrite(24));
    }

    private int frequency(Term term) throws IOException {
        return searcher.getIndexReader().docFreq(term);
    }

    /** Words of the index that it may be mistyped for, the nearest and most frequent first. */
    private List<String> near(String word, Ways ways) throws IOException {
        List<String> near = ways.near.get(word);
        if (near == null) {
            near = near(word, ways.typed);
            ways.near.put(word, near);
        }
        return near;
    }

    /** Words that sound the same or differ by a letter or two. */
    private List<String> near(String word, TypedWords typedWords) throws IOException {
        Terms terms = MultiTerms.getTerms(searcher.getIndexReader(), WORD);
        if (terms == null) {
            return List.of();
        }
        ByteRunAutomaton closest = typedWords.like(word, 1).runAutomaton;
        int edits = word.length() >= TWO_EDITS ? LevenshteinAutomata.MAXIMUM_SUPPORTED_DISTANCE : 1;
        record Near(String word, double weight) {}
        List<Near> found = new ArrayList<>();
        TermsEnum each = typedWords.like(word, edits).getTermsEnum(terms);
        for (BytesRef term = each.next(); term != null; term = each.next()) {
            int apart = closest == null || closest.run(term.bytes, term.offset, term.length) ? 1 : edits;
            double closeness = 1 - (double) apart / Math.min(word.length(), term.length);
            found.add(new Near(term.utf8ToString(), closeness * 10 + Math.log(each.docFreq())));
        }
        for (String same : sounds.getOrDefault(Sound.of(word), List.of())) {
            found.removeIf(one -> one.word.equals(same));
            found.add(new Near(same, SOUNDS_SAME * 10 + Math.log(frequency(new Term(WORD, same)))));
        }
        return found.stream()
                .sorted(Comparator.comparingDouble(Near::weight).reversed())
                .limit(MEANT)
                .map(Near::word)
                .toList();
    }

    /** @param whole the words of a phrase that comes first where there is one, whatever else they mean */
    private List<Hit> run(Query words, String whole) throws IOException {
        Query same = new BoostQuery(new ConstantScoreQuery(new TermQuery(new Term(WHOLE, whole))), SAME);
        Query query = new BooleanQuery.Builder()
                .add(words, BooleanClause.Occur.SHOULD)
                .add(same, BooleanClause.Occur.SHOULD)
                .build();
        ScoreDoc[] found = searcher.search(query, LOOKED_AT).scoreDocs;
        Set<Integer> seen = new LinkedHashSet<>();
        List<Hit> hits = new ArrayList<>();
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        // Doc values are read forwards: in the order of the documents, then put back into that of the score.
        ScoreDoc[] inOrder = found.clone();
        Arrays.sort(inOrder, (one, other) -> Integer.compare(one.doc, other.doc));
        Map<Integer, Integer> codes = new HashMap<>();
        int leafAt = -1;
        NumericDocValues values = null;
        for (ScoreDoc one : inOrder) {
            int leaf = ReaderUtil.subIndex(one.doc, leaves);
            if (leaf != leafAt) {
                values = leaves.get(leaf).reader().getNumericDocValues(CODE);
                leafAt = leaf;
            }
            if (values != null && values.advanceExact(one.doc - leaves.get(leaf).docBase)) {
                codes.put(one.doc, (int) values.longValue());
            }
        }
        for (ScoreDoc one : found) {
            Integer code = codes.get(one.doc);
            if (code != null && seen.add(code)) {
                hits.add(new Hit(code, one.score));
            }
        }
        return hits;
    }
}
