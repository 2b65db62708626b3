package org.chartkeeper.chart.note;

import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chartkeeper.platform.EntryId;
import org.jspecify.annotations.Nullable;

/**
 * How much of a text stands word for word in other texts. Words are compared without case, accents and punctuation; what
 * is counted are words within runs of {@value #RUN} words that stand in the same order elsewhere (shingles), and words of
 * shorter lines that stand there as a whole. Headings do not count.
 */
public final class CopyMeter {

    /** So many words in the same order are no coincidence. */
    static final int RUN = 8;

    /** A line of fewer words is nobody's property. */
    private static final int SHORTEST_LINE = 3;

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+(?:[.,/'’%-]+[\\p{L}\\p{N}]+)*");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private final List<Earlier> texts;
    /** For each run the texts that have it: the oldest and the newest, by index. */
    private final Map<Long, int[]> runs = new HashMap<>();

    /** @param texts in any order */
    public CopyMeter(List<Earlier> texts) {
        this.texts = texts.stream().sorted(Comparator.comparing(Earlier::at)).toList();
        for (int i = 0; i < this.texts.size(); i++) {
            int index = i;
            for (List<Word> paragraph : words(this.texts.get(i).text())) {
                runs(
                        paragraph,
                        (key, from, to) -> runs.computeIfAbsent(key, missing -> new int[] {index, index})[1] = index);
            }
        }
    }

    /**
     * A text that may have been copied from.
     *
     * @param label as a page names it: "Progress note"
     * @param imported whether it came from outside
     * @param sensitivity labels with a blank between, empty for none
     */
    public record Earlier(EntryId entry, Instant at, String label, boolean imported, String sensitivity, String text) {}

    /**
     * How much of a text is copied.
     *
     * @param words of the text, headings left out
     * @param copied how many of them stand elsewhere
     * @param blocks what is copied, in order
     * @param oldest the oldest text that any of it stands in; null where nothing is copied
     */
    public record Reading(
            int words,
            int copied,
            List<Block> blocks,
            @Nullable Earlier oldest) {

        /** In percent, 0 to 100. */
        public double share() {
            return words == 0 ? 0 : 100.0 * copied / words;
        }

        /** In whole percent, as shown. */
        public int percent() {
            return (int) Math.round(share());
        }
    }

    /**
     * A run of copied words.
     *
     * @param from where it begins in the text, in characters
     * @param to where it ends, exclusive
     * @param oldest in which it stood first
     * @param newest in which it stood last: where it was most likely taken from
     */
    public record Block(int from, int to, Earlier oldest, Earlier newest) {}

    public Reading read(String text) {
        int words = 0;
        int copied = 0;
        int oldest = Integer.MAX_VALUE;
        List<Block> blocks = new ArrayList<>();
        for (List<Word> paragraph : words(text)) {
            int[][] found = new int[paragraph.size()][];
            runs(paragraph, (key, from, to) -> {
                int[] where = runs.get(key);
                for (int i = from; where != null && i < to; i++) {
                    found[i] = found[i] == null
                            ? where.clone()
                            : new int[] {Math.min(found[i][0], where[0]), Math.max(found[i][1], where[1])};
                }
            });
            words += found.length;
            for (int i = 0; i < found.length; i++) {
                if (found[i] == null) {
                    continue;
                }
                int begin = i;
                int first = Integer.MAX_VALUE;
                int last = 0;
                for (; i < found.length && found[i] != null; i++) {
                    first = Math.min(first, found[i][0]);
                    last = Math.max(last, found[i][1]);
                }
                copied += i - begin;
                oldest = Math.min(oldest, first);
                blocks.add(new Block(
                        paragraph.get(begin).from(), paragraph.get(i - 1).to(), texts.get(first), texts.get(last)));
            }
        }
        return new Reading(words, copied, List.copyOf(blocks), oldest == Integer.MAX_VALUE ? null : texts.get(oldest));
    }

    private record Word(String text, int from, int to, int line) {}

    @FunctionalInterface
    private interface Run {
        void at(long key, int from, int to);
    }

    /** Every run of a paragraph, and its short lines as a whole. */
    private static void runs(List<Word> paragraph, Run run) {
        for (int i = 0; i + RUN <= paragraph.size(); i++) {
            run.at(key(paragraph, i, i + RUN), i, i + RUN);
        }
        for (int begin = 0; begin < paragraph.size(); ) {
            int end = begin + 1;
            while (end < paragraph.size()
                    && paragraph.get(end).line() == paragraph.get(begin).line()) {
                end++;
            }
            if (end - begin >= SHORTEST_LINE && end - begin < RUN) {
                // Another number of words makes another key, so that a line never meets the middle of a sentence.
                run.at(31 * key(paragraph, begin, end) + end - begin, begin, end);
            }
            begin = end;
        }
    }

    /** FNV-1a in 64 bits: two of a chart's runs meet by chance in one chart of a hundred million. */
    private static long key(List<Word> words, int from, int to) {
        long hash = 0xcbf29ce484222325L;
        for (int i = from; i < to; i++) {
            String word = words.get(i).text();
            for (int c = 0; c < word.length(); c++) {
                hash = (hash ^ word.charAt(c)) * 0x100000001b3L;
            }
            hash = (hash ^ ' ') * 0x100000001b3L;
        }
        return hash;
    }

    private static List<List<Word>> words(String text) {
        List<List<Word>> all = new ArrayList<>();
        for (Paragraphs.Paragraph paragraph : Paragraphs.of(text)) {
            List<Word> words = new ArrayList<>();
            Matcher word = WORD.matcher(paragraph.text());
            int line = 0;
            int scanned = 0;
            while (word.find()) {
                for (; scanned < word.start(); scanned++) {
                    if (paragraph.text().charAt(scanned) == '\n') {
                        line++;
                    }
                }
                words.add(new Word(
                        plain(word.group()), paragraph.from() + word.start(), paragraph.from() + word.end(), line));
            }
            all.add(words);
        }
        return all;
    }

    private static String plain(String word) {
        boolean ascii = word.chars().allMatch(c -> c < 128);
        String bare = ascii
                ? word
                : MARKS.matcher(Normalizer.normalize(word, Normalizer.Form.NFKD))
                        .replaceAll("");
        return bare.toLowerCase(Locale.ROOT);
    }
}
