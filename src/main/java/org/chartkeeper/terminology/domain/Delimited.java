package org.chartkeeper.terminology.domain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records of a text file whose fields are separated by a comma, a tab or a bar; quotes may hold line ends. */
class Delimited {

    private static final int MOST_LINES = 200;

    private final Lines lines;
    private final char separator;
    private final boolean quotes;
    private long line;

    Delimited(Lines lines, char separator, boolean quotes) {
        this.lines = lines;
        this.separator = separator;
        this.quotes = quotes;
    }

    /** Line that the record which was read last begins in. */
    long line() {
        return line;
    }

    /** The next record that is not blank; null behind the last. */
    @Nullable
    List<String> next() throws IOException, BadFile {
        String text = lines.next();
        while (text != null && text.isBlank()) {
            text = lines.next();
        }
        if (text == null) {
            return null;
        }
        line = lines.number();
        if (quotes) {
            StringBuilder whole = new StringBuilder(text);
            while (open(whole)) {
                String more = lines.next();
                if (more == null || lines.number() - line > MOST_LINES) {
                    throw new BadFile(line, "a quotation mark is not closed; the file is cut or damaged.");
                }
                whole.append('\n').append(more);
            }
            text = whole.toString();
        }
        return fields(text, separator, quotes);
    }

    private static boolean open(CharSequence text) {
        boolean open = false;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '"') {
                open = !open;
            }
        }
        return open;
    }

    static List<String> fields(String text, char separator, boolean quotes) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quotes && c == '"') {
                if (quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    field.append('"');
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == separator && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
