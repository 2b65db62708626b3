package org.chartkeeper.terminology.domain;

import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The order files of ICD-10-CM and ICD-10-PCS (fixed width: columns 1 to 5 a running number, 7 to 13 the code without a
 * dot, 15 whether it can be reported, 17 to 76 the short and from 78 the long title) and their addenda.
 */
class OrderFile {

    private static final int TITLES = 16;
    private static final int LONG_TITLE = 77;
    private static final Pattern CM = Pattern.compile("[A-Z][0-9A][0-9A-Z][0-9A-Z]{0,4}");
    private static final Pattern PCS = Pattern.compile("[0-9A-HJ-NP-Z]{3}([0-9A-HJ-NP-Z]{4})?");
    /** U07.1 came in April 2020; each release since ends with chapter 22. */
    private static final LocalDate FIRST_WITH_U = LocalDate.of(2020, 10, 1);

    private static final Pattern NUMBER = Pattern.compile("\\d{5}");
    private static final Pattern COUNTED = Pattern.compile("\\s*(\\d+) (additions?|deletions?|revisions?)\\s*");

    private final boolean procedures;

    OrderFile(boolean procedures) {
        this.procedures = procedures;
    }

    void read(InputStream in, Sink sink) throws IOException, BadFile {
        Lines lines = new Lines(in);
        String series = procedures ? "icd10pcs" : "icd10cm";
        Set<String> known = new HashSet<>(1 << 18);
        Set<Character> letters = new TreeSet<>();
        int rows = 0;
        char flag = '0';
        String last = "";
        long at = 0;
        String line;
        while ((line = lines.next()) != null) {
            if (line.isBlank()) {
                continue;
            }
            rows++;
            if (line.length() <= LONG_TITLE) {
                throw new BadFile(
                        lines.number(),
                        "the line is too short for an order file; the file is cut or of" + " another kind.");
            }
            if (!NUMBER.matcher(line.substring(0, 5)).matches()
                    || line.charAt(5) != ' '
                    || line.charAt(13) != ' '
                    || line.charAt(15) != ' ') {
                throw new BadFile(lines.number(), "this is no line of an order file.");
            }
            int number = Integer.parseInt(line.substring(0, 5));
            if (number != rows) {
                throw new BadFile(
                        lines.number(),
                        "the running number is " + number + " where " + rows
                                + " is expected; lines are missing, doubled or mixed up.");
            }
            String code = code(line.substring(6, 13), lines.number());
            if (!last.isEmpty() && (flag == '0') != code.startsWith(last)) {
                throw new BadFile(
                        at,
                        flag == '0'
                                ? last + " is marked as a heading, but nothing stands below it; the file is damaged"
                                        + " or mixed up."
                                : last + " is marked as billable, but " + code
                                        + " stands below it; the file is damaged or mixed up.");
            }
            flag = line.charAt(14);
            if (flag != '0' && flag != '1') {
                throw new BadFile(lines.number(), "“" + flag + "” says neither heading (0) nor billable (1).");
            }
            if (!known.add(code)) {
                throw new BadFile(lines.number(), code + " is there twice.");
            }
            if (!procedures && code.length() > 3 && !known.contains(code.substring(0, 3))) {
                throw new BadFile(
                        lines.number(), "the category " + code.substring(0, 3) + " of " + code + " is missing.");
            }
            letters.add(code.charAt(0));
            last = code;
            at = lines.number();
            String shortTitle = line.substring(TITLES, LONG_TITLE).strip();
            String title = line.substring(LONG_TITLE).strip();
            if (title.isEmpty()) {
                throw new BadFile(lines.number(), code + " has no title.");
            }
            sink.entry(series, code, title, shortTitle, flag == '1', "");
        }
        lines.checkEnd();
        checkWhole(letters, rows, !sink.from().isBefore(FIRST_WITH_U));
        if (flag == '0') {
            throw new BadFile(lines.number(), "the file is cut: nothing stands below " + last + ", a heading.");
        }
    }

    private String code(String field, long line) throws BadFile {
        String code = field.replaceFirst(" +$", "");
        for (int i = 0; i < code.length(); i++) {
            char c = code.charAt(i);
            if (c >= 'a' && c <= 'z') {
                throw new BadFile(line, "the code “" + code + "” has a lower-case letter.");
            }
            if (c > '~') {
                throw new BadFile(
                        line, String.format("the code “%s” has the character “%s” (U+%04X).", code, c, (int) c));
            }
            if (c <= ' ') {
                throw new BadFile(line, "the code “" + code + "” has a space in it.");
            }
        }
        if (!(procedures ? PCS : CM).matcher(code).matches()) {
            boolean other = (procedures ? CM : PCS).matcher(code).matches();
            throw new BadFile(
                    line,
                    "“" + code + "” is no code of ICD-10-" + (procedures ? "PCS" : "CM")
                            + (other ? "; the file mixes two code systems." : "."));
        }
        return code;
    }

    /** ICD-10-CM has a chapter for each letter, U behind Z and newer than the rest; ICD-10-PCS ends with section X. */
    private void checkWhole(Set<Character> letters, int rows, boolean withU) throws BadFile {
        if (rows == 0) {
            throw new BadFile("The file holds no codes.");
        }
        if (procedures) {
            for (char section : "0123456789BCDFGHX".toCharArray()) {
                if (!letters.contains(section)) {
                    throw new BadFile("Section " + section + " is missing after " + rows
                            + " lines: the file is cut or not a whole release.");
                }
            }
            return;
        }
        for (char letter = 'A'; letter <= 'Z'; letter++) {
            if ((letter != 'U' || withU) && !letters.contains(letter)) {
                throw new BadFile("The codes with " + letter + " are missing after " + rows
                        + " lines: the file is cut or not a whole release.");
            }
        }
    }

    /** Addenda: what a release says that it changes. Kept to check the difference by, never to change codes. */
    void readAddenda(InputStream in, Sink sink) throws IOException, BadFile {
        Lines lines = new Lines(in);
        String series = (procedures ? "icd10pcs" : "icd10cm") + "-addenda";
        int rows = 0;
        int added = 0;
        int ended = 0;
        int revised = 0;
        boolean summary = false;
        @Nullable String saidOfCodes = null;
        int[] said = {-1, -1, -1};
        String line;
        while ((line = lines.next()) != null) {
            String kind = line.substring(0, Math.min(13, line.length())).strip().toLowerCase(Locale.US);
            boolean change = kind.equals("add:") || kind.equals("delete:") || kind.startsWith("revise ");
            if (line.isBlank()) {
                continue;
            }
            if (!change) {
                String words = line.strip();
                if (words.equals("Codes") || words.equals("Headers")) {
                    saidOfCodes = words;
                }
                summary = true;
                Matcher counted = COUNTED.matcher(line);
                if ("Codes".equals(saidOfCodes) && counted.matches()) {
                    int at = "adr".indexOf(counted.group(2).charAt(0));
                    if (said[at] < 0) {
                        said[at] = Integer.parseInt(counted.group(1));
                    }
                }
                continue;
            }
            if (summary) {
                throw new BadFile(lines.number(), "a change stands behind the summary; the file is mixed up.");
            }
            rows++;
            boolean flagged = !procedures;
            int at = flagged ? 15 : 13;
            if (line.length() < at + 8) {
                throw new BadFile(lines.number(), "the line is too short; the file is cut.");
            }
            char flag = flagged ? line.charAt(13) : '1';
            if (flag != '0' && flag != '1') {
                throw new BadFile(lines.number(), "“" + flag + "” says neither heading (0) nor billable (1).");
            }
            String code = code(line.substring(at, Math.min(line.length(), at + 8)), lines.number());
            String title = line.length() > at + 69
                    ? line.substring(at + 69).strip()
                    : line.substring(at + 8).strip();
            boolean billable = flag == '1' && (!procedures || code.length() == 7);
            if (billable) {
                switch (kind) {
                    case "add:" -> added++;
                    case "delete:" -> ended++;
                    case "revise to:" -> revised++;
                    default -> {
                        // the title before
                    }
                }
            }
            sink.entry(series, code, title, kind.replace(":", ""), billable, String.valueOf(rows));
        }
        if (said[0] < 0 || said[1] < 0) {
            throw new BadFile(
                    lines.number(), "the summary of additions and deletions at the end is missing: the file is cut.");
        }
        check(said[0], added, "added");
        check(said[1], ended, "deleted");
        check(said[2], revised, "revised");
        sink.counts(rows, 0, added, revised, ended);
    }

    private static void check(int said, int counted, String what) throws BadFile {
        if (said >= 0 && said != counted) {
            throw new BadFile("The summary says " + said + " codes " + what + ", but there are " + counted
                    + ": the file is cut or mixed up.");
        }
    }
}
