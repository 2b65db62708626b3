package org.chartkeeper.terminology.domain;

import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** The Tabular List of ICD-10-CM as XML: chapters, blocks, instructions and seventh characters. */
class TabularFile {

    private static final Map<String, String> KINDS = Map.of(
            "includes", "INCLUDES",
            "inclusionTerm", "INCLUSION_TERM",
            "excludes1", "EXCLUDES1",
            "excludes2", "EXCLUDES2",
            "codeFirst", "CODE_FIRST",
            "useAdditionalCode", "USE_ADDITIONAL",
            "codeAlso", "CODE_ALSO",
            "notes", "NOTE");
    private static final Pattern CODE = Pattern.compile("[A-Z][0-9A][0-9A-Z](\\.[0-9A-Z]{1,4})?");
    private static final Pattern YEAR = Pattern.compile("20\\d\\d");
    private static final Pattern RANGE = Pattern.compile("([A-Z][0-9A][0-9A-Z])(?:-([A-Z][0-9A][0-9A-Z]))?");

    /** Chapters of ICD-10-CM since fiscal year 2021; 21 before. */
    private static final int CHAPTERS = 21;

    private final Deque<String> open = new ArrayDeque<>();
    private final Deque<String> stated = new ArrayDeque<>();
    private final TreeSet<Integer> chapters = new TreeSet<>();
    private int chapter;
    private int codes;

    void read(InputStream in, Sink sink) throws BadFile {
        try {
            XMLStreamReader xml = SafeXml.reader(in);
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    start(xml, sink);
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    end(xml);
                }
            }
        } catch (XMLStreamException fault) {
            throw SafeXml.broken(fault);
        }
        if (codes == 0) {
            throw new BadFile("The Tabular List holds no codes.");
        }
        if (chapters.size() < CHAPTERS) {
            sink.part("chapter "
                    + String.join(", ", chapters.stream().map(String::valueOf).toList()));
        }
        sink.counts(codes, 0, 0, 0, 0);
    }

    private void start(XMLStreamReader xml, Sink sink) throws XMLStreamException, BadFile {
        String name = xml.getLocalName();
        long line = xml.getLocation().getLineNumber();
        switch (name) {
            case "version" -> {
                String year = xml.getElementText().strip();
                if (!YEAR.matcher(year).matches()) {
                    throw new BadFile(line, "“" + year + "” is no year of a release.");
                }
                sink.stated(ReleaseDate.ofYear(FileKind.ICD10CM_TABULAR, Integer.parseInt(year)));
                return;
            }
            case "chapter", "section", "diag" -> stated.push("");
            case "name" -> {
                name(xml.getElementText().strip(), line);
                return;
            }
            case "desc" -> {
                String title = xml.getElementText().strip().replaceAll("\\s+", " ");
                String place = stated.isEmpty() ? "" : stated.peek();
                if ("chapter".equals(open.peek())) {
                    sink.place(chapter, place, title);
                } else if ("section".equals(open.peek())) {
                    sink.place(chapter, place, title);
                }
                return;
            }
            case "note" -> {
                String kind = open.peek() == null ? null : KINDS.get(open.peek());
                String words = xml.getElementText().strip().replaceAll("\\s+", " ");
                if (kind != null && !stated.isEmpty() && !words.isEmpty()) {
                    sink.note(chapter, stated.peek(), kind, words);
                }
                return;
            }
            case "extension" -> {
                String symbol = xml.getAttributeValue(null, "char");
                String meaning = xml.getElementText().strip();
                if (symbol == null || symbol.strip().length() != 1) {
                    throw new BadFile(line, "a seventh character is missing.");
                }
                if (!stated.isEmpty()) {
                    sink.seventh(chapter, stated.peek(), symbol.strip().charAt(0), meaning);
                }
                return;
            }
            default -> {
                // A frame around others, or a part that says nothing about codes.
            }
        }
        open.push(name);
        if (name.equals("section")) {
            String id = xml.getAttributeValue(null, "id");
            if (id != null) {
                stated.pop();
                stated.push(id.strip());
            }
        }
    }

    private void name(String name, long line) throws BadFile {
        String holder = open.peek();
        if ("chapter".equals(holder)) {
            if (!name.matches("\\d{1,2}")) {
                throw new BadFile(line, "“" + name + "” is no number of a chapter.");
            }
            chapter = Integer.parseInt(name);
            chapters.add(chapter);
            stated.pop();
            stated.push(name);
        } else if ("diag".equals(holder)) {
            if (!CODE.matcher(name).matches()) {
                throw new BadFile(line, "“" + name + "” is no code of ICD-10-CM.");
            }
            codes++;
            stated.pop();
            stated.push(name);
        }
    }

    private void end(XMLStreamReader xml) {
        String name = xml.getLocalName();
        if (open.isEmpty() || !open.peek().equals(name)) {
            return;
        }
        open.pop();
        if (name.equals("chapter") || name.equals("section") || name.equals("diag")) {
            stated.pop();
        }
    }

    /** First and last category of a block: {@code E08-E13}; null where it names none. */
    static String @Nullable [] range(String place) {
        Matcher range = RANGE.matcher(place);
        if (!range.matches()) {
            return null;
        }
        return new String[] {range.group(1), range.group(2) == null ? range.group(1) : range.group(2)};
    }
}
