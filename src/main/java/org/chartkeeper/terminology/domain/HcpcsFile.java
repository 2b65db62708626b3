package org.chartkeeper.terminology.domain;

import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The yearly file of HCPCS Level II, 320 columns wide: 1 to 5 the code (a modifier at 4), 6 to 10 a running number, 11
 * the kind of record (3 code, 4 more of its title, 7 modifier, 8 more of its title), 12 to 91 the long and 92 to 119 the
 * short title, 269 the day added, 277 of the last action, 285 of the end. Lines of a disclaimer stand before them.
 */
class HcpcsFile {

    static final Pattern RECORD = Pattern.compile("(?:[A-Z][0-9]{4}| {3}[0-9A-Z]{2})\\d{5}[34678].*");
    private static final Pattern LOOSE = Pattern.compile(".{5}\\d{5}[34678].*");
    private static final int WIDTH = 320;

    private int rows;
    private int billable;
    private String code = "";
    private String title = "";
    private String shortTitle = "";
    private String detail = "";
    private boolean modifier;

    void read(InputStream in, Sink sink) throws IOException, BadFile {
        Lines lines = new Lines(in);
        Set<String> seen = new HashSet<>();
        String line;
        boolean begun = false;
        int last = 0;
        while ((line = lines.next()) != null) {
            if (!begun && !RECORD.matcher(line).matches()) {
                continue;
            }
            begun = true;
            if (line.isBlank()) {
                continue;
            }
            if (!LOOSE.matcher(line).matches()) {
                throw new BadFile(lines.number(), "this is no record of HCPCS; the file is cut or mixed up.");
            }
            if (!RECORD.matcher(line).matches()) {
                String wrong = line.substring(0, 5);
                throw new BadFile(
                        lines.number(), "“" + wrong + "” is not a code of HCPCS" + TableFile.said(wrong.strip()) + ".");
            }
            String own = line.substring(0, 5).strip();
            int number = Integer.parseInt(line.substring(5, 10));
            char kind = line.charAt(10);
            String words = line.substring(11, Math.min(line.length(), 91)).strip();
            if (kind == '3' || kind == '7') {
                put(sink);
                if (line.length() < WIDTH - 40) {
                    throw new BadFile(lines.number(), "the record is too short; the file is cut.");
                }
                if (!seen.add(own)) {
                    throw new BadFile(lines.number(), own + " is there twice.");
                }
                code = own;
                modifier = kind == '7';
                title = words;
                shortTitle = line.substring(91, 119).strip();
                LocalDate added = day(line, 268, lines.number());
                LocalDate ends = day(line, 284, lines.number());
                detail = (modifier ? "modifier" : "") + "|" + (added == null ? "" : added) + "|"
                        + (ends == null ? "" : ends);
            } else if (own.equals(code)) {
                if (number <= last) {
                    throw new BadFile(
                            lines.number(),
                            "the running number of " + own + " is " + number + " after " + last
                                    + "; lines are doubled or mixed up.");
                }
                title = title + " " + words;
            } else {
                throw new BadFile(
                        lines.number(),
                        "the title of " + own + " goes on without a beginning; the file is" + " mixed up.");
            }
            last = number;
        }
        put(sink);
        lines.checkEnd();
        if (rows == 0) {
            throw new BadFile("The file holds no codes.");
        }
        if (seen.stream().noneMatch(each -> each.length() > 2 && each.charAt(0) == 'V')) {
            throw new BadFile("The codes with V are missing after " + rows + " rows: the file is cut.");
        }
        sink.counts(rows, billable, 0, 0, 0);
    }

    private static @Nullable LocalDate day(String line, int at, long number) throws BadFile {
        String day = line.length() < at + 8 ? "" : line.substring(at, at + 8);
        try {
            return day.isBlank() ? null : LocalDate.parse(day, DateTimeFormatter.BASIC_ISO_DATE);
        } catch (DateTimeException wrong) {
            throw new BadFile(number, "“" + day + "” is no day.");
        }
    }

    private void put(Sink sink) throws BadFile {
        if (!code.isEmpty()) {
            rows++;
            billable += modifier ? 0 : 1;
            sink.entry("hcpcs", code, title.strip(), shortTitle, !modifier, detail);
        }
    }
}
