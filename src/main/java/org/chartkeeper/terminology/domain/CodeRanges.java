package org.chartkeeper.terminology.domain;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chartkeeper.terminology.CodeBook.CodeRange;

/**
 * The codes that an instruction of the Tabular List names in parentheses: {@code (I50.-)}, {@code (E08-E13)},
 * {@code (Z79.4, Z79.84)}, {@code (T36-T50 with fifth or sixth character 5)}. Where a condition narrows a range, the
 * codes that meet it are named one by one; a condition that is not understood names none, rather than too many.
 */
final class CodeRanges {

    private static final String CODE = "[A-Z][0-9A][0-9A-Z](?:\\.[0-9A-Z]{0,4})?";
    private static final Pattern PARENTHESES = Pattern.compile("[(\\[]([^()\\[\\]]*)[)\\]]");
    private static final Pattern ITEM = Pattern.compile("(" + CODE + ")(?:-?\\s*[-–]\\s*(" + CODE + "))?-?");
    private static final Pattern BEGINS = Pattern.compile("(?:(?:code|codes|category|categories)\\s+)?" + CODE + ".*");
    private static final Pattern POSITION =
            Pattern.compile("(fifth|sixth|5th|6th)(?: or (?:sixth|6th))? characters? ([0-9 ,or-]+)");
    private static final Pattern FINAL = Pattern.compile("final characters? -?([0-9A-Z]{1,3})");
    private static final Pattern TAIL = Pattern.compile("\\.([0-9A-Z]{1,4})(?:-\\.?([0-9A-Z]{1,4}))?");

    private CodeRanges() {}

    /** @param known codes without dots that a condition chooses from */
    static List<CodeRange> in(String words, NavigableSet<String> known) {
        Set<CodeRange> found = new LinkedHashSet<>();
        Matcher parentheses = PARENTHESES.matcher(words);
        while (parentheses.find()) {
            String inside = parentheses.group(1).strip();
            if (BEGINS.matcher(inside).matches()) {
                inside(inside, known, found::add);
            }
        }
        return List.copyOf(found);
    }

    private static void inside(String inside, NavigableSet<String> known, Consumer<CodeRange> found) {
        int with = inside.indexOf(" with ");
        List<CodeRange> ranges = new ArrayList<>();
        Matcher item = ITEM.matcher(with < 0 ? inside : inside.substring(0, with));
        while (item.find()) {
            String from = bare(item.group(1));
            ranges.add(new CodeRange(from, item.group(2) == null ? from : bare(item.group(2))));
        }
        if (with < 0) {
            ranges.forEach(found);
        } else {
            String condition = inside.substring(with + " with ".length()).strip();
            for (CodeRange range : ranges) {
                narrowed(range, condition, known, found);
            }
        }
    }

    private static String bare(String code) {
        return code.endsWith(".") ? code.substring(0, code.length() - 1) : code;
    }

    private static void narrowed(
            CodeRange range, String condition, NavigableSet<String> known, Consumer<CodeRange> found) {
        String first = range.from().replace(".", "");
        String last = range.to().replace(".", "") + Character.MAX_VALUE;
        Matcher position = POSITION.matcher(condition);
        Matcher end = FINAL.matcher(condition);
        Matcher tail = TAIL.matcher(condition);
        if (position.find()) {
            String symbols = symbols(position.group(2));
            boolean fifth =
                    position.group(1).startsWith("f") || position.group(1).startsWith("5");
            boolean sixth = position.group(1).startsWith("s")
                    || position.group(1).startsWith("6")
                    || position.group().contains("or sixth")
                    || position.group().contains("or 6th");
            for (String code : known.subSet(first, last)) {
                boolean named = fifth
                                && code.length() == 5
                                && symbols.indexOf(code.charAt(4)) >= 0
                                && !(sixth && goesOn(code, known))
                        || sixth && code.length() == 6 && symbols.indexOf(code.charAt(5)) >= 0;
                if (named) {
                    found.accept(one(code));
                }
            }
        } else if (end.find()) {
            for (String code : known.subSet(first, last)) {
                if (code.length() > 3 && code.substring(3).endsWith(end.group(1))) {
                    found.accept(one(code));
                }
            }
        } else if (tail.matches()) {
            String to = tail.group(2) == null ? tail.group(1) : tail.group(2);
            for (String code : known.subSet(first, last)) {
                if (code.length() == 3) {
                    found.accept(new CodeRange(code + "." + tail.group(1), code + "." + to));
                }
            }
        }
    }

    /** Whether a code of five characters has codes of six below it, whose last character then counts. */
    private static boolean goesOn(String code, NavigableSet<String> known) {
        return known.subSet(code + "0", code + Character.MAX_VALUE).stream().anyMatch(below -> below.length() == 6);
    }

    /** {@code 1-4 or 6} is 12346. */
    private static String symbols(String list) {
        StringBuilder symbols = new StringBuilder();
        Matcher part = Pattern.compile("([0-9])(?:-([0-9]))?").matcher(list);
        while (part.find()) {
            char to = part.group(2) == null
                    ? part.group(1).charAt(0)
                    : part.group(2).charAt(0);
            for (char c = part.group(1).charAt(0); c <= to; c++) {
                symbols.append(c);
            }
        }
        return symbols.toString();
    }

    private static CodeRange one(String code) {
        String dotted = IcdCode.dotted(code);
        return new CodeRange(dotted, dotted);
    }
}
