package org.chartkeeper.coding.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chartkeeper.chart.note.Paragraphs;

/** The sentences of a note, each of which a code can be linked to. The same text always gives the same sentences. */
final class Sentences {

    /** A stop, an exclamation or a question mark before a blank and a capital, a digit or a quote; not after Dr. or a number. */
    private static final Pattern END =
            Pattern.compile("(?<!\\b(?:Dr|Mr|Mrs|Ms|St|vs|No|approx|p\\.o))[.!?;](?=\\s+[\\p{Lu}\\d“\"(])|\\R");

    private Sentences() {}

    /** A sentence; {@code first}: whether a paragraph begins with it. */
    record Piece(String text, boolean first) {}

    static List<Piece> of(String text) {
        List<Piece> pieces = new ArrayList<>();
        for (Paragraphs.Paragraph paragraph : Paragraphs.of(text)) {
            String heading = paragraph.heading();
            if (heading != null && !heading.isBlank()) {
                pieces.add(new Piece(heading + ":", true));
            }
            boolean first = true;
            Matcher end = END.matcher(paragraph.text());
            int from = 0;
            while (end.find()) {
                first = add(pieces, paragraph.text().substring(from, end.end()), first);
                from = end.end();
            }
            add(pieces, paragraph.text().substring(from), first);
        }
        return pieces;
    }

    private static boolean add(List<Piece> pieces, String text, boolean first) {
        if (text.isBlank()) {
            return first;
        }
        pieces.add(new Piece(text.strip(), first));
        return false;
    }
}
