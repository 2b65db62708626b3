package org.chartkeeper.chart.web;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Cuts the text of a note into headings, paragraphs and lists, so that it reads as it was meant. Nothing is left out and
 * nothing is interpreted as markup: the words stay exactly those of the note.
 */
final class NoteText {

    private static final Pattern HEADING = Pattern.compile("^#{1,6}\\s+(.+?)\\s*#*$");
    private static final Pattern CAPITALS = Pattern.compile("^[A-Z][A-Z0-9 /&,()'-]{2,60}:?$");
    private static final Pattern ITEM = Pattern.compile("^\\s*[-*•]\\s+(.+)$");

    private NoteText() {}

    /**
     * A piece of a note.
     *
     * @param kind heading, paragraph or list
     * @param lines one for a heading, the items of a list, the lines of a paragraph
     */
    record Block(String kind, List<String> lines) {

        /** A paragraph's lines as they were broken. */
        public String text() {
            return String.join("\n", lines);
        }
    }

    static List<Block> blocks(String text) {
        List<Block> blocks = new ArrayList<>();
        List<String> gathered = new ArrayList<>();
        boolean list = false;
        for (String line : text.replace("\r\n", "\n").replace('\r', '\n').split("\n", -1)) {
            var heading = HEADING.matcher(line);
            var item = ITEM.matcher(line);
            if (heading.matches() || CAPITALS.matcher(line).matches()) {
                flush(blocks, gathered, list);
                list = false;
                blocks.add(new Block("heading", List.of(heading.matches() ? heading.group(1) : line)));
            } else if (item.matches()) {
                if (!list) {
                    flush(blocks, gathered, false);
                }
                list = true;
                gathered.add(item.group(1));
            } else if (line.isBlank()) {
                flush(blocks, gathered, list);
                list = false;
            } else {
                if (list) {
                    flush(blocks, gathered, true);
                    list = false;
                }
                gathered.add(line.stripTrailing());
            }
        }
        flush(blocks, gathered, list);
        return blocks;
    }

    private static void flush(List<Block> blocks, List<String> gathered, boolean list) {
        if (!gathered.isEmpty()) {
            blocks.add(new Block(list ? "list" : "paragraph", List.copyOf(gathered)));
            gathered.clear();
        }
    }

    /** The first words, for a list; whole words, at most about this many characters. */
    static String excerpt(String text, int length) {
        String flat = text.replaceAll("(?m)^#+\\s*", "").replaceAll("\\s+", " ").strip();
        if (flat.length() <= length) {
            return flat;
        }
        int end = flat.lastIndexOf(' ', length);
        return flat.substring(0, end < length / 2 ? length : end).stripTrailing() + " …";
    }
}
