package org.chartkeeper.terminology.domain;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/**
 * The two published workbooks: the conversion table of ICD-10-CM (new code, first year, codes that stood for it before)
 * and the list of codes exempt from present on admission.
 */
final class ConversionTable {

    private static final Pattern CODE = Pattern.compile("([A-Z]{1,2}[0-9][0-9A-Z]?)\\.?([0-9A-Z]{0,4})");
    private static final Pattern LISTED = Pattern.compile("[A-Z][0-9A][0-9A-Z](?:\\.[0-9A-Z]{1,4}|[0-9A-Z]{1,4})?");
    private static final Pattern FISCAL = Pattern.compile("FY\\s*(20\\d\\d)");

    /** Day 0 of the serial numbers that Excel keeps days as. */
    private static final LocalDate EXCEL = LocalDate.of(1899, 12, 30);

    private static final int FIRST_YEAR = 2015;
    private static final int LAST_YEAR = 2100;

    private ConversionTable() {}

    /** The kind of a workbook. */
    static FileKind recognise(ZipFile workbook) throws IOException, BadFile {
        for (List<String> row : top(workbook)) {
            for (String cell : row) {
                if (cell.strip().equalsIgnoreCase("Current code assignment")) {
                    return FileKind.CONVERSION;
                }
                if (cell.strip().equalsIgnoreCase("POAexemptCode")) {
                    return FileKind.POA_EXEMPT;
                }
            }
        }
        throw BadFile.other("This workbook is none of the tables that are known.");
    }

    private static List<List<String>> top(ZipFile workbook) throws IOException, BadFile {
        List<List<String>> top = new ArrayList<>();
        Xlsx.read(workbook, (number, cells) -> {
            if (top.size() < 10) {
                top.add(List.copyOf(cells));
            }
        });
        return top;
    }

    static void read(FileKind kind, ZipFile workbook, Sink sink) throws IOException, BadFile {
        if (kind == FileKind.POA_EXEMPT) {
            List<List<String>> table = new ArrayList<>();
            Xlsx.read(workbook, (number, cells) -> table.add(List.copyOf(cells)));
            new TableFile().readPoa(table, sink);
            return;
        }
        int[] rows = {0};
        boolean[] begun = {false};
        Xlsx.read(workbook, (number, cells) -> {
            String first = cells.isEmpty() ? "" : cells.get(0).strip();
            if (!begun[0]) {
                Matcher fiscal = FISCAL.matcher(first);
                if (fiscal.find()) {
                    sink.stated(ReleaseDate.ofYear(kind, Integer.parseInt(fiscal.group(1))));
                }
                begun[0] = first.equalsIgnoreCase("Current code assignment");
            } else if (!first.isEmpty()) {
                rows[0]++;
                row(number, cells, sink);
            }
        });
        if (rows[0] == 0) {
            throw new BadFile("The conversion table holds no rows.");
        }
        sink.counts(rows[0], 0, 0, 0, 0);
    }

    private static void row(int number, List<String> cells, Sink sink) throws BadFile {
        String code = cells.get(0).strip();
        if (!CODE.matcher(code).matches()) {
            throw new BadFile(number, "“" + code + "” is no code of ICD-10-CM" + TableFile.said(code) + ".");
        }
        if (cells.size() < 3) {
            throw new BadFile(number, "the code that stood for " + code + " before is missing.");
        }
        LocalDate since = since(cells.get(1).strip(), number);
        Matcher before = LISTED.matcher(cells.get(2));
        while (before.find()) {
            sink.entry(
                    "icd10cm-conversion",
                    before.group().replace(".", ""),
                    code.replace(".", ""),
                    "",
                    true,
                    since.toString());
        }
    }

    /** A year, whose October 1 it is, or a day as Excel numbers them. */
    private static LocalDate since(String text, int row) throws BadFile {
        try {
            int number = (int) Double.parseDouble(text);
            if (number >= FIRST_YEAR) {
                return number < LAST_YEAR ? LocalDate.of(number, 10, 1) : EXCEL.plusDays(number);
            }
        } catch (NumberFormatException | DateTimeException wrong) {
            // told below
        }
        throw new BadFile(row, "“" + text + "” is no year and no day.");
    }
}
