package org.chartkeeper.terminology.domain;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The cells of the first sheet of an Excel workbook (ECMA-376), as text, row by row: all that the two published tables
 * need. Numbers and dates come as they are stored, formulas by their stored values.
 */
final class Xlsx {

    private static final int COLUMNS = 64;
    private static final int LONGEST_SHARED = 60_000_000;

    /** Takes a row. */
    interface Rows {
        void row(int number, List<String> cells) throws BadFile;
    }

    private Xlsx() {}

    /** Whether an archive is a workbook. */
    static boolean isWorkbook(ZipFile zip) {
        return zip.getEntry("[Content_Types].xml") != null && zip.getEntry("xl/workbook.xml") != null;
    }

    static void read(ZipFile zip, Rows rows) throws IOException, BadFile {
        try {
            List<String> shared = shared(zip);
            ZipEntry sheet = zip.stream()
                    .filter(entry -> entry.getName().matches("xl/worksheets/sheet\\d+\\.xml"))
                    .min((one, other) ->
                            one.getName().length() == other.getName().length()
                                    ? one.getName().compareTo(other.getName())
                                    : one.getName().length() - other.getName().length())
                    .orElseThrow(() -> new BadFile("The workbook has no sheet."));
            try (InputStream in = new Guarded(zip, sheet)) {
                sheet(in, shared, rows);
            }
        } catch (XMLStreamException fault) {
            throw new BadFile("The workbook is damaged.");
        }
    }

    private static List<String> shared(ZipFile zip) throws IOException, XMLStreamException, BadFile {
        List<String> texts = new ArrayList<>();
        ZipEntry entry = zip.getEntry("xl/sharedStrings.xml");
        if (entry == null) {
            return texts;
        }
        long size = 0;
        try (InputStream in = new Guarded(zip, entry)) {
            XMLStreamReader xml = SafeXml.reader(in);
            StringBuilder text = new StringBuilder();
            boolean phonetic = false;
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    switch (xml.getLocalName()) {
                        case "si" -> text.setLength(0);
                        case "rPh" -> phonetic = true;
                        case "t" -> {
                            String part = xml.getElementText();
                            if (!phonetic) {
                                text.append(part);
                            }
                        }
                        default -> {
                            // layout
                        }
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    if (xml.getLocalName().equals("rPh")) {
                        phonetic = false;
                    } else if (xml.getLocalName().equals("si")) {
                        size += text.length();
                        if (size > LONGEST_SHARED) {
                            throw new BadFile("The workbook holds more text than a table of codes can.");
                        }
                        texts.add(text.toString());
                    }
                }
            }
        }
        return texts;
    }

    private static void sheet(InputStream in, List<String> shared, Rows rows) throws XMLStreamException, BadFile {
        XMLStreamReader xml = SafeXml.reader(in);
        List<String> cells = new ArrayList<>();
        int number = 0;
        String type = "";
        int column = 0;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "row" -> {
                        String stated = xml.getAttributeValue(null, "r");
                        number = stated == null ? number + 1 : place(stated);
                        cells.clear();
                    }
                    case "c" -> {
                        column = column(xml.getAttributeValue(null, "r"), cells.size());
                        String stated = xml.getAttributeValue(null, "t");
                        type = stated == null ? "" : stated;
                    }
                    case "v", "t" -> put(cells, column, value(type, xml.getElementText(), shared));
                    default -> {
                        // layout
                    }
                }
            } else if (event == XMLStreamConstants.END_ELEMENT
                    && xml.getLocalName().equals("row")) {
                rows.row(number, cells);
            }
        }
    }

    private static String value(String type, String text, List<String> shared) throws BadFile {
        if (!type.equals("s")) {
            return text;
        }
        int at = place(text.strip());
        return at < shared.size() ? shared.get(at) : "";
    }

    private static int place(String number) throws BadFile {
        if (!number.matches("\\d{1,7}")) {
            throw new BadFile("The workbook is damaged.");
        }
        return Integer.parseInt(number);
    }

    private static void put(List<String> cells, int column, String value) {
        if (column >= COLUMNS) {
            return;
        }
        while (cells.size() <= column) {
            cells.add("");
        }
        cells.set(column, value);
    }

    /** {@code B7} is column 1. */
    private static int column(@Nullable String reference, int next) throws BadFile {
        if (reference == null) {
            return next;
        }
        if (!reference.matches("[A-Z]{1,3}\\d{1,7}")) {
            throw new BadFile("The workbook is damaged.");
        }
        int column = 0;
        for (int i = 0; Character.isLetter(reference.charAt(i)); i++) {
            column = column * 26 + (reference.charAt(i) - 'A' + 1);
        }
        return column - 1;
    }
}
