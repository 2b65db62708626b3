package org.chartkeeper.terminology.domain;

import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lists and tables with a line of headings, known by those headings, and the bar-separated files of RxNorm and CVX. */
class TableFile {

    /** How a kind of table is laid out. */
    private record Layout(FileKind kind, char separator, boolean quotes, List<String> headings) {}

    private static final List<Layout> LAYOUTS = List.of(
            new Layout(FileKind.POA_EXEMPT, '\t', true, List.of("poaexemptcode", "description")),
            new Layout(
                    FileKind.MCE,
                    ',',
                    true,
                    List.of("icd_code", "icd_description", "icd_conflict_group", "icd_conflict_rule")),
            new Layout(
                    FileKind.MCE,
                    '\t',
                    false,
                    List.of("mce_version", "mce_section", "mce_subsection", "mce_edit_type", "icd_code")),
            new Layout(FileKind.CC_MCC, ',', true, List.of("icd_code", "icd_description", "dx_type")),
            new Layout(FileKind.MSDRG, ',', true, List.of("drg", "mdc", "drg_description")),
            new Layout(FileKind.HCPCS, ',', true, List.of("code", "description", "last_updated")),
            new Layout(FileKind.RXCUI_NDC, ',', true, List.of("rxcui", "ndc11", "description")),
            new Layout(
                    FileKind.NDC_PRODUCT,
                    '\t',
                    false,
                    List.of("productid", "productndc", "proprietaryname", "nonproprietaryname")),
            new Layout(
                    FileKind.NDC_PACKAGE,
                    '\t',
                    false,
                    List.of("productid", "productndc", "ndcpackagecode", "packagedescription")),
            new Layout(FileKind.LOINC, ',', true, List.of("loinc_num", "component", "long_common_name", "status")),
            new Layout(
                    FileKind.SNOMED,
                    '\t',
                    false,
                    List.of("id", "effectivetime", "active", "conceptid", "languagecode", "typeid", "term")),
            new Layout(
                    FileKind.SNOMED_CONCEPTS,
                    '\t',
                    false,
                    List.of("id", "effectivetime", "active", "moduleid", "definitionstatusid")),
            new Layout(
                    FileKind.SNOMED_MAP,
                    '\t',
                    false,
                    List.of(
                            "id",
                            "effectivetime",
                            "active",
                            "refsetid",
                            "referencedcomponentid",
                            "mappriority",
                            "maprule",
                            "maptarget")),
            new Layout(FileKind.CPT, '\t', false, List.of("cpt code", "long", "medium", "short")),
            new Layout(FileKind.CVX, '|', false, List.of("cvx code", "full vaccine name")),
            new Layout(FileKind.CVX, '\t', false, List.of("cvx code", "full vaccine name")),
            new Layout(FileKind.CVX, ',', true, List.of("cvx code", "full vaccine name")));

    /** So many lines of a licence may stand before the headings. */
    private static final int PREAMBLE = 60;

    private static final Pattern ICD = Pattern.compile("[A-Z][0-9A][0-9A-Z](?:\\.?[0-9A-Z]{1,4})?");
    private static final Pattern PCS = Pattern.compile("[0-9A-HJ-NP-Z]{7}");
    private static final Pattern HCPCS = Pattern.compile("[A-Z][0-9]{4}|[0-9A-Z]{2}");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Pattern NDC11 = Pattern.compile("\\d{11}");

    /** Columns of the RRF files of RxNorm, without the empty one behind the last bar. */
    private static final int CONSO = 18;

    private static final int REL = 16;
    private static final int SAT = 13;

    /** Fewer rows than that are a list of changes: the whole list has had more than 30,000 since 2016. */
    private static final int WHOLE_POA_LIST = 1000;

    /** "Wrong procedure performed": the last section that every version has. */
    private static final int LAST_SECTION = 18;

    private static final Set<String> PROCEDURES = Set.of(
            "SEX_FEMALE_PROCEDURE",
            "SEX_MALE_PROCEDURE",
            "NON_COVERED_PROCEDURE",
            "LIMITED_COVERAGE_PROCEDURE",
            "LENGTH_OF_STAY_PROCEDURE");

    private static final String FULLY_SPECIFIED_NAME = "900000000000003001";
    private static final String DEFINITION = "900000000000550004";

    /** The map of the US edition; that of the international one leads to ICD-10 of WHO. */
    private static final String TO_ICD10CM = "6011000124106";

    /** Edits of the Medicare Code Editor by the names in its files, and the lists that they are. */
    private static final Map<String, String> EDITS = edits();

    /** Edits that the lists of every version have, and that stand far apart in them. */
    private static final Set<String> EDITS_OF_ALL =
            Set.of("AGE_NEWBORN", "AGE_PEDIATRIC", "AGE_MATERNITY", "AGE_ADULT", "MANIFESTATION");

    private final Set<String> seen = new HashSet<>();

    /** Lists of codes that were read, and the first characters of codes. */
    private final Set<String> lists = new TreeSet<>();

    private final Set<Character> letters = new TreeSet<>();
    private final Map<String, Map<String, Integer>> drugNames = new LinkedHashMap<>();
    private int rows;
    private int billable;
    private int section;

    /** The kind of a table by its first lines; null where it is none. */
    static @Nullable FileKind recognise(List<String> head) {
        List<String> lines =
                head.stream().filter(line -> !line.isBlank()).limit(PREAMBLE).toList();
        for (String line : lines) {
            Layout layout = layout(line);
            if (layout != null) {
                return layout.kind;
            }
        }
        return lines.isEmpty() ? null : bars(lines.getFirst());
    }

    private static @Nullable Layout layout(String line) {
        for (Layout layout : LAYOUTS) {
            if (columns(line, layout).keySet().containsAll(layout.headings)) {
                return layout;
            }
        }
        return null;
    }

    private static @Nullable FileKind bars(String line) {
        List<String> fields = Delimited.fields(line, separator(line), false);
        int width = fields.size() - 1;
        if (width == CONSO
                && NUMBER.matcher(fields.get(0)).matches()
                && fields.get(1).length() == 3) {
            return FileKind.RXNORM;
        }
        if (width == REL && List.of("AUI", "CUI").contains(fields.get(2))) {
            return FileKind.RXNORM_RELATIONS;
        }
        if (width == SAT
                && NUMBER.matcher(fields.get(0)).matches()
                && fields.get(4).matches("[A-Z]{2,4}")) {
            return FileKind.RXNORM_ATTRIBUTES;
        }
        if (width == REL
                && NUMBER.matcher(fields.get(0)).matches()
                && NUMBER.matcher(fields.get(12)).matches()) {
            return FileKind.RXNORM_ARCHIVE;
        }
        if (fields.size() >= 5
                && fields.get(0).strip().matches("\\d{1,3}")
                && fields.stream()
                        .anyMatch(field -> field.strip()
                                .toLowerCase(Locale.US)
                                .matches("active|inactive|pending|non-us|never active"))) {
            return FileKind.CVX;
        }
        return null;
    }

    /** CVX comes with tabs, too. */
    private static char separator(String line) {
        return line.indexOf('|') < 0 ? '\t' : '|';
    }

    private static Map<String, Integer> columns(String line, Layout layout) {
        Map<String, Integer> columns = new HashMap<>();
        List<String> names = Delimited.fields(line, layout.separator, layout.quotes);
        for (int i = 0; i < names.size(); i++) {
            columns.putIfAbsent(names.get(i).strip().toLowerCase(Locale.US), i);
        }
        return columns;
    }

    /** A record by the names of its columns. */
    private record Row(Map<String, Integer> columns, List<String> fields, long line) {

        String get(String name) {
            Integer at = columns.get(name);
            return at == null || at >= fields.size() ? "" : fields.get(at);
        }

        String stripped(String name) {
            return get(name).strip();
        }
    }

    void read(FileKind kind, InputStream in, Sink sink) throws IOException, BadFile {
        Lines lines = new Lines(in);
        List<String> preamble = new ArrayList<>();
        Layout layout = null;
        String first = lines.next();
        while (first != null) {
            if (!first.isBlank()) {
                layout = layout(first);
                if (layout != null || preamble.isEmpty() && bars(first) != null || preamble.size() > PREAMBLE) {
                    break;
                }
                preamble.add(first);
            }
            first = lines.next();
        }
        if (first == null) {
            throw new BadFile("The file is empty.");
        }
        if (layout == null) {
            bars(kind, first, lines, sink);
        } else {
            Map<String, Integer> columns = columns(first, layout);
            int width = Delimited.fields(first, layout.separator, layout.quotes).size();
            int needed = layout.headings.stream()
                    .mapToInt(name -> columns.getOrDefault(name, 0))
                    .max()
                    .orElse(0);
            Delimited records = new Delimited(lines, layout.separator, layout.quotes);
            List<String> fields;
            while ((fields = records.next()) != null) {
                if (fields.size() <= needed || fields.size() > width + 1) {
                    throw new BadFile(
                            records.line(),
                            "it has " + fields.size() + " fields where the headings name " + width
                                    + "; the file is cut or damaged.");
                }
                row(kind, new Row(columns, fields, records.line()), sink);
            }
            if (kind == FileKind.MCE && columns.containsKey("mce_section")) {
                checkSections(records.line());
            } else {
                lines.checkEnd();
            }
        }
        if (rows == 0) {
            throw new BadFile("The file holds no rows.");
        }
        checkWhole(kind);
        for (Map.Entry<String, Map<String, Integer>> drug : drugNames.entrySet()) {
            sink.entry("rxnorm-ndc-drugs", drug.getKey(), usual(drug.getValue()), "", true, "");
        }
        sink.counts(rows, billable, 0, 0, 0);
    }

    /** A file that is cut at the end of a line is known by what the whole one has at its end. */
    private void checkWhole(FileKind kind) throws BadFile {
        switch (kind) {
            case POA_EXEMPT -> {
                if (rows < WHOLE_POA_LIST) {
                    throw BadFile.other("This is a list of changes with " + rows
                            + " rows; the whole list of exempt codes is what is loaded.");
                }
                reaches('Z');
            }
            case CC_MCC -> reaches('Z');
            case MCE -> has(lists.containsAll(EDITS_OF_ALL), "edits of one of the ages, or of manifestations,");
            case SNOMED_MAP -> {
                if (billable == 0) {
                    throw BadFile.other("None of its rows leads to ICD-10-CM.");
                }
                billable = 0;
            }
            case MSDRG -> has(seen.contains("999"), "group 999 (ungroupable)");
            case HCPCS -> reaches('V');
            default -> {
                // The others have no end to be known by.
            }
        }
    }

    private void reaches(char last) throws BadFile {
        has(letters.contains(last), "codes with " + last);
    }

    private void has(boolean there, String what) throws BadFile {
        if (!there) {
            throw new BadFile(
                    "The file has no " + what + " after " + rows + " rows: it is cut, or not the whole list.");
        }
    }

    /** Packages of one drug are described in many ways, with the brand of some: the most frequent one is its name. */
    private static String usual(Map<String, Integer> names) {
        return Collections.max(names.entrySet(), Map.Entry.comparingByValue()).getKey();
    }

    /** The text file of the editor has no line end at its end; its sections, which stand in order, tell a cut instead. */
    private void checkSections(long line) throws BadFile {
        if (section < LAST_SECTION) {
            throw new BadFile(line, "the file ends in section " + section + " of the editor; it is cut.");
        }
    }

    /** Exempt codes out of a workbook, whose rows are those of the text file. */
    void readPoa(List<List<String>> table, Sink sink) throws BadFile {
        List<String> headings = table.get(0);
        int at = -1;
        for (int i = 0; i < headings.size(); i++) {
            if (headings.get(i).strip().equalsIgnoreCase("POAexemptCode")) {
                at = i;
            }
        }
        for (int i = 1; i < table.size(); i++) {
            List<String> cells = table.get(i);
            if (at >= 0 && at < cells.size() && !cells.get(at).isBlank()) {
                rows++;
                list("POA_EXEMPT", cells.get(at), "", i + 1, sink);
            }
        }
        checkWhole(FileKind.POA_EXEMPT);
        sink.counts(rows, 0, 0, 0, 0);
    }

    private void row(FileKind kind, Row row, Sink sink) throws BadFile {
        rows++;
        switch (kind) {
            case POA_EXEMPT -> list("POA_EXEMPT", row.get("poaexemptcode"), "", row.line, sink);
            case MCE -> edit(row, sink);
            case CC_MCC -> {
                String type = row.stripped("dx_type").toUpperCase(Locale.US);
                if (!type.equals("CC") && !type.equals("MCC")) {
                    throw new BadFile(row.line, "“" + type + "” is neither CC nor MCC.");
                }
                list(type, row.get("icd_code"), "", row.line, sink);
            }
            case MSDRG -> {
                String code = row.get("drg");
                need(code.matches("\\d{3}"), row.line, code, "an MS-DRG");
                code(sink, row.line, "msdrg", code, row.get("drg_description"), "", true, row.stripped("mdc"));
            }
            case HCPCS -> {
                String code = row.get("code").stripLeading();
                need(HCPCS.matcher(code).matches(), row.line, code, "a code of HCPCS");
                boolean modifier = code.length() == 2;
                code(sink, row.line, "hcpcs", code, row.get("description"), "", !modifier, modifier ? "modifier" : "");
            }
            case RXCUI_NDC -> {
                String rxcui = row.get("rxcui");
                String ndc = row.get("ndc11");
                need(NUMBER.matcher(rxcui).matches(), row.line, rxcui, "an RxCUI");
                need(NDC11.matcher(ndc).matches(), row.line, ndc, "a package code of 11 digits");
                drugNames
                        .computeIfAbsent(rxcui, key -> new LinkedHashMap<>())
                        .merge(row.stripped("description"), 1, Integer::sum);
                if (seen.add(rxcui + ' ' + ndc)) {
                    sink.entry("rxnorm-ndc", ndc, rxcui, "", true, "");
                }
            }
            case NDC_PRODUCT -> product(row, sink);
            case NDC_PACKAGE -> {
                String ndc = Ndc.normal(row.stripped("ndcpackagecode"));
                need(ndc != null, row.line, row.stripped("ndcpackagecode"), "a package code (NDC)");
                if (ndc != null && seen.add(ndc)) {
                    sink.entry(
                            "ndc-package",
                            ndc,
                            row.stripped("packagedescription"),
                            "",
                            true,
                            row.stripped("productndc") + "|" + row.stripped("endmarketingdate"));
                }
            }
            case CVX ->
                cvx(
                        row.line,
                        row.stripped("cvx code"),
                        row.stripped("full vaccine name"),
                        row.stripped("cvx short description"),
                        row.stripped("vaccinestatus"),
                        sink);
            case LOINC -> {
                String code = row.get("loinc_num");
                need(code.matches("(LP|LA|LG)?\\d+-\\d"), row.line, code, "a code of LOINC");
                code(
                        sink,
                        row.line,
                        "loinc",
                        code,
                        row.get("long_common_name"),
                        row.stripped("shortname"),
                        !row.stripped("status").equalsIgnoreCase("DEPRECATED"),
                        row.stripped("status").toLowerCase(Locale.US));
            }
            case SNOMED -> {
                component(row);
                if (row.get("typeid").equals(DEFINITION)) {
                    throw BadFile.other("These are the definitions of SNOMED CT; its descriptions are what is loaded.");
                }
                if (row.get("active").equals("1")) {
                    String code = row.stripped("conceptid");
                    need(NUMBER.matcher(code).matches(), row.line, code, "a concept of SNOMED CT");
                    boolean full = row.get("typeid").equals(FULLY_SPECIFIED_NAME);
                    sink.entry(
                            full ? "snomed" : "snomed-synonyms",
                            code,
                            row.stripped("term"),
                            "",
                            true,
                            row.stripped("languagecode"));
                }
            }
            case SNOMED_CONCEPTS -> {
                String code = row.stripped("id");
                need(NUMBER.matcher(code).matches(), row.line, code, "a concept of SNOMED CT");
                component(row);
                LocalDate since = day(row.stripped("effectivetime"));
                if (row.get("active").equals("0") && since != null) {
                    sink.entry("snomed-inactive", code, since.toString(), "", false, "");
                } else {
                    billable++;
                }
            }
            case SNOMED_MAP -> {
                component(row);
                if (row.get("active").equals("1")
                        && row.get("refsetid").equals(TO_ICD10CM)
                        && !row.stripped("maptarget").isEmpty()) {
                    billable++;
                    sink.entry(
                            "snomed-map",
                            row.stripped("referencedcomponentid"),
                            row.stripped("maptarget").replace(".", ""),
                            "",
                            true,
                            row.stripped("mappriority") + " " + row.stripped("maprule"));
                }
            }
            case CPT -> {
                String code = row.get("cpt code");
                need(code.matches("\\d{4}[0-9A-Z]"), row.line, code, "a code of CPT");
                code(sink, row.line, "cpt", code, row.get("long"), row.stripped("short"), true, "");
            }
            default -> throw new IllegalStateException("no table of " + kind);
        }
    }

    /** A snapshot has a component once; the full history, in which what ended stands as if it held, more than once. */
    private void component(Row row) throws BadFile {
        if (!seen.add(row.get("id"))) {
            throw BadFile.other("Line " + row.line + ": " + row.get("id")
                    + " is there twice. This is the full history of SNOMED CT; the snapshot is what is loaded.");
        }
    }

    private void code(
            Sink sink,
            long line,
            String series,
            String code,
            String title,
            String shortTitle,
            boolean reportable,
            String detail)
            throws BadFile {
        if (!seen.add(code)) {
            throw new BadFile(line, code + " is there twice.");
        }
        if (title.isBlank()) {
            throw new BadFile(line, code + " has no title.");
        }
        if (code.length() > 2) {
            letters.add(code.charAt(0));
        }
        billable += reportable ? 1 : 0;
        sink.entry(series, code, title.strip(), shortTitle, reportable, detail);
    }

    private static void need(boolean right, long line, String value, String what) throws BadFile {
        if (!right) {
            throw new BadFile(line, "“" + value + "” is not " + what + said(value) + ".");
        }
    }

    /** What is wrong with a code, where it can be seen: letters, blanks, characters that only look right. */
    static String said(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c > '~') {
                return String.format(": it has the character “%s” (U+%04X)", c, (int) c);
            }
            if (c >= 'a' && c <= 'z') {
                return ": it has a lower-case letter";
            }
            if (c <= ' ') {
                return ": it has a space";
            }
        }
        return "";
    }

    private void list(String list, String dotted, String remark, long line, Sink sink) throws BadFile {
        String code = dotted.replace(".", "");
        boolean procedure = PROCEDURES.contains(list);
        need(
                (procedure ? PCS : ICD).matcher(dotted).matches(),
                line,
                dotted,
                "a code of ICD-10-" + (procedure ? "PCS" : "CM"));
        lists.add(list);
        letters.add(code.charAt(0));
        if (seen.add(list + ' ' + code)) {
            sink.entry("list:" + list, code, remark, "", true, "");
        }
    }

    private void edit(Row row, Sink sink) throws BadFile {
        if (row.columns.containsKey("mce_version")) {
            ReleaseDate version = ReleaseDate.ofVersion(row.stripped("mce_version"))
                    .orElseThrow(() -> new BadFile(
                            row.line, "“" + row.stripped("mce_version") + "” is no version of the editor."));
            if (rows == 1) {
                sink.stated(version);
            } else if (!version.from().equals(sink.from())) {
                throw new BadFile(
                        row.line,
                        "version " + row.stripped("mce_version") + " stands among another; the file is mixed up.");
            }
        }
        boolean tabs = row.columns.containsKey("mce_edit_type");
        if (tabs) {
            String stated = row.stripped("mce_section");
            need(stated.matches("\\d{1,2}"), row.line, stated, "a section of the editor");
            section = Integer.parseInt(stated);
        }
        String type = tabs
                ? row.stripped("mce_edit_type") + (row.stripped("icd_code_type").equals("P") ? "/P" : "")
                : row.stripped("icd_conflict_group") + ": " + row.stripped("icd_conflict_rule");
        String list = EDITS.get(type.toLowerCase(Locale.US).replaceAll("\\s*\\(.*", ""));
        if (list == null) {
            throw new BadFile(row.line, "“" + type + "” is no edit of the Medicare Code Editor that is known.");
        }
        String remark = type.startsWith("Noncovered_Over60") ? "age over 60" : "";
        list(list, row.get("icd_code"), tabs ? remark : row.stripped("icd_conflict_rule"), row.line, sink);
    }

    private static Map<String, String> edits() {
        Map<String, String> edits = new HashMap<>();
        edits.put("newborn_only", "AGE_NEWBORN");
        edits.put("pediatric_only", "AGE_PEDIATRIC");
        edits.put("maternity_only", "AGE_MATERNITY");
        edits.put("adult_only", "AGE_ADULT");
        edits.put("female_only", "SEX_FEMALE");
        edits.put("male_only", "SEX_MALE");
        edits.put("female_only/p", "SEX_FEMALE_PROCEDURE");
        edits.put("male_only/p", "SEX_MALE_PROCEDURE");
        edits.put("principal_manifestation", "MANIFESTATION");
        edits.put("principal_questionable_admit", "QUESTIONABLE_ADMISSION");
        edits.put("principal_unacceptable", "UNACCEPTABLE_PRINCIPAL");
        edits.put("principal_requires_secondary", "REQUIRES_SECONDARY");
        edits.put("unspecified", "UNSPECIFIED");
        edits.put("noncovered_always/p", "NON_COVERED_PROCEDURE");
        edits.put("noncovered_over60/p", "NON_COVERED_PROCEDURE");
        edits.put("limited_coverage/p", "LIMITED_COVERAGE_PROCEDURE");
        edits.put("wrong_performed", "WRONG_PROCEDURE");
        edits.put("noncovered_los_96hr/p", "LENGTH_OF_STAY_PROCEDURE");
        edits.put("age: perinatal/newborn", "AGE_NEWBORN");
        edits.put("age: pediatric", "AGE_PEDIATRIC");
        edits.put("age: maternity", "AGE_MATERNITY");
        edits.put("age: adult", "AGE_ADULT");
        edits.put("sex: female only", "SEX_FEMALE");
        edits.put("sex: male only", "SEX_MALE");
        edits.put("other: manifestation", "MANIFESTATION");
        edits.put("other: unacceptable principal diagnosis", "UNACCEPTABLE_PRINCIPAL");
        edits.put("other: requires secondary diagnosis", "REQUIRES_SECONDARY");
        edits.put("other: questionable admission", "QUESTIONABLE_ADMISSION");
        edits.put("other: unspecified", "UNSPECIFIED");
        return Map.copyOf(edits);
    }

    private void product(Row row, Sink sink) throws BadFile {
        String ndc = row.stripped("productndc");
        need(ndc.matches("\\d{4,5}-\\d{3,4}"), row.line, ndc, "a product code (NDC)");
        if (seen.add(ndc)) {
            sink.entry(
                    "ndc-product",
                    ndc,
                    row.stripped("nonproprietaryname"),
                    row.stripped("proprietaryname"),
                    true,
                    row.stripped("dosageformname") + "|" + row.stripped("routename") + "|"
                            + row.stripped("active_numerator_strength") + "|" + row.stripped("active_ingred_unit") + "|"
                            + row.stripped("deaschedule"));
        }
    }

    private void cvx(long line, String code, String name, String shortName, String status, Sink sink) throws BadFile {
        need(code.matches("\\d{1,3}"), line, code, "a code of CVX");
        String padded = code.length() == 1 ? "0" + code : code;
        code(
                sink,
                line,
                "cvx",
                padded,
                name,
                shortName,
                status.isEmpty() || status.equalsIgnoreCase("Active"),
                status.toLowerCase(Locale.US));
    }

    private void bars(FileKind kind, String first, Lines lines, Sink sink) throws IOException, BadFile {
        Delimited records = new Delimited(lines, separator(first), false);
        List<String> fields = new ArrayList<>(Delimited.fields(first, separator(first), false));
        int width = fields.size();
        long line = lines.number();
        while (fields != null) {
            if (fields.size() != width) {
                throw new BadFile(
                        line,
                        "it has " + fields.size() + " fields where the first line has " + width
                                + "; the file is cut or damaged.");
            }
            rows++;
            switch (kind) {
                case RXNORM -> concept(fields, line, sink);
                case RXNORM_RELATIONS -> relation(fields, sink);
                case RXNORM_ATTRIBUTES -> attribute(fields, sink);
                case RXNORM_ARCHIVE -> archived(fields, sink);
                case CVX -> {
                    int status = -1;
                    for (int i = 0; i < fields.size(); i++) {
                        if (fields.get(i)
                                .strip()
                                .toLowerCase(Locale.US)
                                .matches("active|inactive|pending|non-us|never active")) {
                            status = i;
                        }
                    }
                    cvx(
                            line,
                            fields.get(0).strip(),
                            fields.get(2).strip(),
                            fields.get(1).strip(),
                            status < 0 ? "" : fields.get(status).strip(),
                            sink);
                }
                default -> throw new BadFile("The first line does not name the columns of a table that is known.");
            }
            fields = records.next();
            line = records.line();
        }
        lines.checkEnd();
    }

    /** RXNCONSO: names. Of RxNorm itself only; the other sources in it are licensed by others. */
    private void concept(List<String> fields, long line, Sink sink) throws BadFile {
        String rxcui = fields.get(0);
        need(NUMBER.matcher(rxcui).matches(), line, rxcui, "an RxCUI");
        if (!fields.get(11).equals("RXNORM")) {
            return;
        }
        String type = fields.get(12);
        if (type.equals("SY") || type.equals("TMSY") || type.equals("PSN") || type.equals("ET")) {
            sink.entry("rxnorm-synonyms", rxcui, fields.get(14), "", true, type);
        } else {
            boolean active = fields.get(16).equals("N");
            billable += active ? 1 : 0;
            sink.entry("rxnorm", rxcui, fields.get(14), "", active, type);
        }
    }

    /** RXNREL: {@code RXCUI2 RELA RXCUI1}, such as "has_ingredient". */
    private static void relation(List<String> fields, Sink sink) throws BadFile {
        String name = fields.get(7);
        boolean wanted = Set.of(
                        "has_ingredient",
                        "consists_of",
                        "has_tradename",
                        "tradename_of",
                        "has_form",
                        "isa",
                        "contains",
                        "ingredients_of",
                        "has_ingredients",
                        "has_precise_ingredient",
                        "quantified_form_of",
                        "has_quantified_form")
                .contains(name);
        if (wanted
                && fields.get(10).equals("RXNORM")
                && !fields.get(0).isEmpty()
                && !fields.get(4).isEmpty()) {
            sink.entry("rxnorm-relations", fields.get(4), fields.get(0), "", true, name);
        }
    }

    /** RXNSAT: package codes, and what prescribing needs. */
    private static void attribute(List<String> fields, Sink sink) throws BadFile {
        if (!fields.get(9).equals("RXNORM") || fields.get(0).isEmpty()) {
            return;
        }
        if (fields.get(8).equals("NDC")) {
            String ndc = Ndc.normal(fields.get(10));
            if (ndc != null) {
                sink.entry("rxnorm-package", ndc, fields.get(0), "", true, "");
            }
        } else if (fields.get(8).equals("RXN_QUANTITY") || fields.get(8).equals("RXN_HUMAN_DRUG")) {
            sink.entry("rxnorm-attributes", fields.get(0), fields.get(10), "", true, fields.get(8));
        }
    }

    /** RXNATOMARCHIVE: what former concepts became. */
    private static void archived(List<String> fields, Sink sink) throws BadFile {
        String was = fields.get(12);
        String became = fields.get(15);
        if (!was.isEmpty() && fields.get(13).equals("RXNORM")) {
            sink.entry("rxnorm-archive", was, became.equals(was) ? "" : became, fields.get(2), false, fields.get(14));
        }
    }

    /** Reads a day of the form 20200101; null where it is none. */
    static @Nullable LocalDate day(String text) {
        try {
            return text.matches("(19|20)\\d{6}") ? LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE) : null;
        } catch (DateTimeException impossible) {
            return null;
        }
    }
}
