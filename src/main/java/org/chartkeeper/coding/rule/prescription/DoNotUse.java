package org.chartkeeper.coding.rule.prescription;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The official "Do Not Use" list of The Joint Commission (standard IM.02.02.01). */
final class DoNotUse {

    private static final int ANY_CASE = Pattern.CASE_INSENSITIVE;
    private static final String MEASURED =
            "(?=\\s*-?(?:mg|mcg|ug|µg|g|gm|kg|ml|l|units?|iu|u|meq|mmol|tabs?|tablets?|caps?|capsules?|puffs?|drops?|%)(?![a-z]))";

    /**
     * @param instead what takes its place, with groups of the pattern; null where only the writer can say
     */
    private record Form(
            Pattern pattern,
            String name,
            String advice,
            @Nullable String instead) {}

    private static final List<Form> FORMS = List.of(
            new Form(
                    Pattern.compile("(?<![\\w.])(\\d[\\d.,]*)\\s*i\\.?u(?:\\.(?=\\s|$))?(?![\\w/])", ANY_CASE),
                    "IU",
                    "international units",
                    "$1 units"),
            new Form(
                    Pattern.compile("(?<![\\w.\\[])I\\.?U(?:\\.(?=\\s|$))?(?![\\w\\]])"),
                    "IU",
                    "international units",
                    "units"),
            new Form(Pattern.compile("(?<![\\w.-])(\\d[\\d.,]*)\\s*[Uu](?![\\w])(?!/?\\d)"), "U", "units", "$1 units"),
            new Form(Pattern.compile("(?<=\\s)[Uu](?=\\s|$)"), "U", "units", "units"),
            new Form(
                    Pattern.compile("(?<![\\w.])q\\.?\\s?o\\.?\\s?d(?:\\.|(?!\\w))(?!\\w)", ANY_CASE),
                    "QOD",
                    "every other day",
                    "every other day"),
            new Form(Pattern.compile("(?<![\\w.])q\\.?\\s?d(?:\\.|(?!\\w))(?!\\w)", ANY_CASE), "QD", "daily", "daily"),
            new Form(
                    Pattern.compile("(?<![\\d.,])(\\d+)\\.0+(?!\\d)" + MEASURED, ANY_CASE),
                    "a trailing zero",
                    "no zero after the decimal point",
                    "$1"),
            new Form(
                    Pattern.compile("(?<![\\d.,])(?<![a-z]\\.[a-z])\\.(\\d+)" + MEASURED, ANY_CASE),
                    "a naked decimal point",
                    "a zero before the decimal point",
                    "0.$1"),
            new Form(Pattern.compile("(?<!\\w)MSO4(?!\\w)", ANY_CASE), "MSO4", "morphine sulfate", "morphine sulfate"),
            new Form(
                    Pattern.compile("(?<!\\w)MgSO4(?!\\w)", ANY_CASE),
                    "MgSO4",
                    "magnesium sulfate",
                    "magnesium sulfate"),
            new Form(
                    Pattern.compile(
                            "(?<![\\w.])(?<!\\b(?:for|of|with|prn|from|to|and)\\s)MS(?!\\w)(?!\\s*Contin)(?!\\s+(?:pain|spasm|spasticity|flare|fatigue|relapse))"),
                    "MS",
                    "morphine sulfate or magnesium sulfate",
                    null));

    private DoNotUse() {}

    /**
     * An abbreviation that was found.
     *
     * @param advice what is written instead
     * @param clear whether the text can be mended without asking
     */
    record Found(String name, String written, String advice, boolean clear) {}

    static List<Found> in(String text) {
        List<Found> all = new ArrayList<>();
        String rest = text;
        for (Form form : FORMS) {
            for (MatchResult found : form.pattern.matcher(rest).results().toList()) {
                all.add(new Found(form.name, found.group().strip(), form.advice, form.instead != null));
            }
            rest = mended(rest, form);
        }
        return List.copyOf(all);
    }

    /** The text with all of them written out; those that only the writer can tell stay. */
    static String mended(String text) {
        String mended = text;
        for (Form form : FORMS) {
            mended = mended(mended, form);
        }
        return mended;
    }

    private static String mended(String text, Form form) {
        return form.instead == null ? text : form.pattern.matcher(text).replaceAll(form.instead);
    }
}
