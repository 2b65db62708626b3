package org.chartkeeper.chart.note;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the text of a note falls into paragraphs; headings are none. */
public final class Paragraphs {

    private Paragraphs() {}

    /**
     * A paragraph.
     *
     * @param from where it begins in the text, in characters
     * @param to where it ends, exclusive
     * @param heading under which it is the first; null for one that follows another
     */
    public record Paragraph(
            int from, int to, String text, @Nullable String heading) {}

    /** The paragraphs of a text, in their order. */
    public static List<Paragraph> of(String text) {
        List<Paragraph> found = new ArrayList<>();
        String heading = null;
        int begin = -1;
        int end = -1;
        int at = 0;
        while (at <= text.length()) {
            int stop = text.indexOf('\n', at);
            int next = stop < 0 ? text.length() : stop;
            String line = text.substring(at, next);
            boolean head = line.matches("#{1,6}\\s+\\S.*");
            if (head || line.isBlank()) {
                if (begin >= 0) {
                    found.add(new Paragraph(begin, end, text.substring(begin, end), heading));
                    heading = null;
                    begin = -1;
                }
                if (head) {
                    heading = line.replaceFirst("^#+\\s+", "").replaceFirst("\\s*#*\\s*$", "");
                }
            } else {
                begin = begin < 0 ? at : begin;
                end = next;
            }
            at = next + 1;
        }
        if (begin >= 0) {
            found.add(new Paragraph(begin, end, text.substring(begin, end), heading));
        }
        return found;
    }
}
