package org.chartkeeper.terminology.domain;

import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The indexes and tables of ICD-10-CM as XML: each term with the path to it and its codes. */
class IndexFile {

    /** Longest path that is kept; the longest published has some 300 characters. */
    private static final int LONGEST = 2000;

    private static final Pattern CODE = Pattern.compile("[A-Z][0-9A][0-9A-Z]?(\\.[0-9A-Z]{0,4})?\\.?[-–]?");

    private final FileKind kind;
    private final Deque<String> path = new ArrayDeque<>();
    private int main;
    private int terms;

    IndexFile(FileKind kind) {
        this.kind = kind;
    }

    /** Terms of the main level and all below it are counted apart: a release is known by the number below. */
    void read(InputStream in, Sink sink) throws BadFile {
        try {
            XMLStreamReader xml = SafeXml.reader(in);
            boolean closed = false;
            String code = "";
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    code = start(xml, sink, code);
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    String name = xml.getLocalName();
                    if (name.equals("mainTerm") || name.equals("term")) {
                        flush(sink, code, "");
                        code = "";
                        path.pop();
                    }
                    closed = name.equals("ICD10CM.index");
                }
            }
            if (!closed || main == 0) {
                throw new BadFile("The index holds no terms.");
            }
        } catch (XMLStreamException fault) {
            throw SafeXml.broken(fault);
        }
        sink.counts(kind == FileKind.ICD10CM_INDEX ? terms : main + terms, 0, 0, 0, 0);
    }

    private String start(XMLStreamReader xml, Sink sink, String open) throws XMLStreamException, BadFile {
        String code = open;
        long line = xml.getLocation().getLineNumber();
        switch (xml.getLocalName()) {
            case "version" -> {
                String year = xml.getElementText().strip();
                if (!year.matches("20\\d\\d")) {
                    throw new BadFile(line, "“" + year + "” is no year of a release.");
                }
                sink.stated(ReleaseDate.ofYear(kind, Integer.parseInt(year)));
            }
            case "mainTerm", "term" -> {
                flush(sink, code, "");
                code = "";
                if (xml.getLocalName().equals("term")) {
                    terms++;
                } else {
                    main++;
                }
                path.push("");
            }
            case "title" -> {
                String title = text(xml);
                if (!path.isEmpty()) {
                    path.pop();
                    path.push(title);
                }
            }
            case "code" -> {
                flush(sink, code, "");
                code = checked(xml.getElementText());
            }
            case "manif" -> {
                flush(sink, code, checked(xml.getElementText()));
                code = "";
            }
            case "cell" -> {
                String column = xml.getAttributeValue(null, "col");
                String cell = xml.getElementText().strip();
                if (column != null && column.matches("\\d{1,2}") && cell.length() > 2) {
                    String plain = cell.replaceAll("[^A-Z0-9.-]", "");
                    sink.term(words(), Integer.parseInt(column), checked(plain), "");
                }
            }
            default -> {
                // "see", "see also" and frames lead to no code.
            }
        }
        return code;
    }

    /** Text of a title with the words in brackets that change nothing, which stand in an element of their own. */
    private static String text(XMLStreamReader xml) throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        int depth = 1;
        while (depth > 0) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
                text.append(' ');
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                text.append(xml.getText());
            }
        }
        return text.toString().strip().replaceAll("\\s+", " ");
    }

    private void flush(Sink sink, String code, String manifestation) throws BadFile {
        if (!code.isEmpty()) {
            sink.term(words(), 0, code, manifestation);
        }
    }

    private String words() {
        StringBuilder words = new StringBuilder();
        path.descendingIterator()
                .forEachRemaining(
                        part -> words.append(words.isEmpty() ? "" : ", ").append(part));
        return words.length() > LONGEST ? words.substring(0, LONGEST) : words.toString();
    }

    /** The published tables have a few cells with words or marks in the place of a code: they lead nowhere. */
    private static String checked(String text) {
        String code = text.strip();
        return CODE.matcher(code).matches() ? code : "";
    }
}
