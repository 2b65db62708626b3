package org.chartkeeper.terminology.domain;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Tells by the first bytes of a file what it is; its name says nothing. */
final class Recogniser {

    private static final Pattern WEB_PAGE = Pattern.compile(
            "\\s*(<\\?xml[^>]*>\\s*)?(<!--.*?-->\\s*)*<(!doctype\\s+html|html)\\b.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern ORDER = Pattern.compile("\\d{5} .{7} \\S .{60} .*");
    private static final Pattern DIAGNOSIS = Pattern.compile("\\d{5} [A-Za-z][0-9].*");
    private static final Pattern CHANGE = Pattern.compile("(Add|Delete|Revise from|Revise to): .*");
    private static final Pattern FLAGGED_CHANGE = Pattern.compile("(Add|Delete|Revise from|Revise to): +[01] \\S.*");
    private static final Pattern SHORT_CHANGE = Pattern.compile(".{13}[A-Z][0-9A][0-9A-Z]{1,5} .*");
    private static final Pattern SUMMARY = Pattern.compile("\\s+\\d+ (headers|codes) in icd10(cm|pcs)_order_\\d{4}.*");
    private static final Pattern LIST = Pattern.compile("[A-Z][0-9A][0-9A-Z]{1,5} +\\S.*");
    private static final Pattern CPT = Pattern.compile("\\d{4}[0-9AFTMU][ \t]\\S.*");
    private static final Pattern CPT_PIECES = Pattern.compile("\\d{4}[0-9AFTMU]\\d{2} \\S.*");

    private Recogniser() {}

    static boolean isArchive(byte[] head) {
        return head.length > 3 && head[0] == 'P' && head[1] == 'K' && head[2] <= 7;
    }

    /** @throws BadFile that is passed over in a folder, where it is no file of codes */
    static FileKind recognise(byte[] head) throws BadFile {
        if (head.length == 0) {
            throw BadFile.other("The file is empty.");
        }
        String text = text(head);
        if (text.startsWith("%PDF")) {
            throw BadFile.other("This is a PDF document, not the file of codes itself.");
        }
        if (text.indexOf('\0') >= 0) {
            throw BadFile.other("This is neither text nor a workbook: no file of codes.");
        }
        if (text.stripLeading().startsWith("<")) {
            if (WEB_PAGE.matcher(text).lookingAt()) {
                throw BadFile.other(
                        "This is a web page, such as a message about a download that failed: no file of codes.");
            }
            return xml(text);
        }
        List<String> lines = Arrays.stream(text.split("\r?\n", -1))
                .filter(line -> !line.isBlank())
                .toList();
        if (lines.isEmpty()) {
            throw BadFile.other("The file is blank.");
        }
        return lines(lines);
    }

    /** The beginning of a file without the mark that says how its characters are written. */
    static String text(byte[] head) {
        if (Lines.isWide(head)) {
            String text = new String(head, StandardCharsets.UTF_16);
            // A byte of the last character may be missing.
            return text.endsWith("\uFFFD") ? text.substring(0, text.length() - 1) : text;
        }
        String text = new String(head, StandardCharsets.ISO_8859_1);
        return text.startsWith("\u00EF\u00BB\u00BF") ? text.substring(3) : text;
    }

    private static FileKind xml(String text) throws BadFile {
        if (text.contains("<ICD10CM.tabular")) {
            return FileKind.ICD10CM_TABULAR;
        }
        if (text.contains("<ICD10CM.index")) {
            String plain = text.toLowerCase(Locale.US);
            if (plain.contains("<head col=\"1\">substance")) {
                return FileKind.ICD10CM_DRUGS;
            }
            if (plain.contains("<head col=\"1\">neoplasm")) {
                return FileKind.ICD10CM_NEOPLASM;
            }
            return plain.contains("<title>icd-10-cm external cause")
                    ? FileKind.ICD10CM_EXTERNAL
                    : FileKind.ICD10CM_INDEX;
        }
        throw BadFile.other("This XML is none of the lists and indexes of ICD-10-CM.");
    }

    private static FileKind lines(List<String> lines) throws BadFile {
        String first = lines.get(0);
        if (ORDER.matcher(first).matches()) {
            return DIAGNOSIS.matcher(first).matches() ? FileKind.ICD10CM : FileKind.ICD10PCS;
        }
        if (CHANGE.matcher(first).matches()) {
            if (FLAGGED_CHANGE.matcher(first).matches()) {
                return FileKind.ICD10CM_ADDENDA;
            }
            if (lines.stream()
                    .filter(line -> CHANGE.matcher(line).matches())
                    .limit(20)
                    .allMatch(line -> SHORT_CHANGE.matcher(line).matches())) {
                throw BadFile.other("This is the billable part of the addenda; the order addenda are what is loaded.");
            }
            return FileKind.ICD10PCS_ADDENDA;
        }
        if (lines.stream().limit(10).anyMatch(line -> SUMMARY.matcher(line).matches())) {
            boolean headers = lines.stream().anyMatch(line -> line.startsWith("Headers"));
            if (!headers) {
                throw BadFile.other("This is the billable part of the addenda; the order addenda are what is loaded.");
            }
            return lines.stream().anyMatch(line -> line.contains("icd10pcs"))
                    ? FileKind.ICD10PCS_ADDENDA
                    : FileKind.ICD10CM_ADDENDA;
        }
        FileKind table = TableFile.recognise(lines);
        if (table != null) {
            return table;
        }
        if (lines.stream()
                .limit(40)
                .anyMatch(line -> HcpcsFile.RECORD.matcher(line).matches() && line.length() > 280)) {
            return FileKind.HCPCS;
        }
        List<String> whole = lines.size() > 3 ? lines.subList(0, Math.min(lines.size() - 1, 50)) : lines;
        if (whole.stream().allMatch(line -> LIST.matcher(line).matches())) {
            throw BadFile.other(
                    "This is the list of billable codes alone; the order file, which has the headings too, is what is"
                            + " loaded.");
        }
        if (whole.size() > 2
                && whole.stream().filter(line -> CPT.matcher(line).matches()).count() * 2 > whole.size()) {
            return FileKind.CPT;
        }
        if (whole.size() > 2
                && whole.stream()
                                        .filter(line -> CPT_PIECES.matcher(line).matches())
                                        .count()
                                * 2
                        > whole.size()) {
            throw BadFile.other("These are the titles of CPT in pieces of fixed width; the ones with tabs (LONGULT) are"
                    + " what is loaded.");
        }
        throw BadFile.other("This is no file of codes that is known.");
    }
}
