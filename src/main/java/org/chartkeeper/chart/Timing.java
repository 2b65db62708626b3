package org.chartkeeper.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When a drug is taken: FHIR's Timing.repeat, and how it is usually written.
 *
 * @param words as an order keeps it: daily, BID, q8h, every other day
 * @param frequency times in a period; zero for a single dose
 * @param period how long a period is, in its unit; the shorter where a range was said
 * @param periodUnit h, d, wk, mo (UCUM); null for a single dose
 * @param when FHIR's event code: HS, MORN, EVE, AC, PC, C; null where any time will do
 */
public record Timing(
        String words,
        int frequency,
        BigDecimal period,
        @Nullable String periodUnit,
        @Nullable String when) {

    private static final MathContext DIGITS = MathContext.DECIMAL64;

    private static final Map<String, String> NUMBERS = Map.of(
            "once", "1", "one", "1", "twice", "2", "two", "2", "three", "3", "four", "4", "five", "5", "six", "6",
            "eight", "8", "twelve", "12");
    private static final String NUMBER = "(\\d{1,2}|one|two|three|four|five|six|eight|twelve)";

    private static final Map<String, BigDecimal> DAYS = Map.of(
            "h", BigDecimal.ONE.divide(BigDecimal.valueOf(24), DIGITS),
            "d", BigDecimal.ONE,
            "wk", BigDecimal.valueOf(7),
            "mo", BigDecimal.valueOf(30));

    private record Form(Pattern pattern, Function<MatchResult, Timing> meaning) {}

    /** The more particular ones first: "every other day" holds no "every day". */
    private static final List<Form> FORMS = List.of(
            form(
                    "q\\.?o\\.?d\\.?|every other (?:day|night|evening|morning)|every 2 days|every second day"
                            + "|(?:every |on )?alternat(?:e|ing) days|(?:on )?(?:odd|even)(?:[- ]numbered)? days",
                    m -> every("every other day", 2, "d")),
            form("every (?:third|3rd) day", m -> every("every 3 days", 3, "d")),
            form(
                    "(?:q|every )\\s*" + NUMBER + "\\s*(?:-|to)\\s*" + NUMBER + "\\s*(?:h|hr|hrs|hours?)",
                    m -> every("q" + number(m, 1) + "-" + number(m, 2) + "h", number(m, 1), "h")),
            form(
                    "(?:q|every )\\s*" + NUMBER + "\\s*(?:h|hr|hrs|hours?)",
                    m -> every("q" + number(m, 1) + "h", number(m, 1), "h")),
            form("(?:q|every )\\s*" + NUMBER + "\\s*(?:d|days)", m -> every(number(m, 1), "day", "d")),
            form("(?:q|every )\\s*" + NUMBER + "\\s*(?:w|wk|weeks)", m -> every(number(m, 1), "week", "wk")),
            form("(?:q|every )\\s*" + NUMBER + "\\s*(?:mo|months)", m -> every(number(m, 1), "month", "mo")),
            form("q\\s*(4|6|8|12|24)(?!\\s*(?:-|to|m|w|d))", m -> every("q" + number(m, 1) + "h", number(m, 1), "h")),
            form("q\\.?h\\.?s\\.?|h\\.?s\\.?|(?:nightly )?at bedtime|nightly|every night", m -> at("at bedtime", "HS")),
            form("q\\.?a\\.?m\\.?|every morning|each morning|in the morning", m -> at("every morning", "MORN")),
            form("q\\.?p\\.?m\\.?|every evening|each evening|in the evening", m -> at("every evening", "EVE")),
            form("b\\.?i?\\.?d\\.?|(?:twice|two times|2 times) (?:a day|daily|per day)", m -> daily("BID", 2)),
            form("t\\.?i\\.?d\\.?|(?:three|3) times (?:a day|daily|per day)", m -> daily("TID", 3)),
            form("q\\.?i\\.?d\\.?|(?:four|4) times (?:a day|daily|per day)", m -> daily("QID", 4)),
            form(NUMBER + " times (?:a day|daily|per day)", m -> daily(number(m, 1) + " times a day", number(m, 1))),
            form(
                    "(twice|" + NUMBER + " times) (?:a week|weekly|per week)",
                    m -> weekly(m.group(1).equalsIgnoreCase("twice") ? 2 : number(m, 2))),
            form("(?:once )?weekly|once a week|every week|q\\s*week", m -> every("weekly", 1, "wk")),
            form("(?:once )?monthly|once a month|every month|q\\s*month", m -> every("monthly", 1, "mo")),
            form("before (?:each meal|meals)|a\\.?c\\.?", m -> meals("before meals", "AC")),
            form("after (?:each meal|meals)|p\\.?c\\.?", m -> meals("after meals", "PC")),
            form("with (?:each meal|meals)", m -> meals("with meals", "C")),
            form(
                    "(?:once )?daily|q\\.?d\\.?|once a day|every day|each day|one time (?:a day|daily)",
                    m -> daily("daily", 1)),
            form(
                    "once|one time(?: only)?|single dose|stat|now",
                    m -> new Timing("once", 0, BigDecimal.ZERO, null, null)));

    /** Reads a timing that is written alone; empty where it is none of the usual ones. */
    public static Optional<Timing> read(String written) {
        String text = written.strip();
        for (Form form : FORMS) {
            Matcher matcher = form.pattern.matcher(text);
            if (matcher.matches()) {
                return Optional.of(form.meaning.apply(matcher));
            }
        }
        return Optional.empty();
    }

    /** The timing that directions name; empty where they name none. */
    public static Optional<Timing> in(String directions) {
        for (Form form : FORMS) {
            Matcher matcher = form.pattern.matcher(directions);
            if (matcher.find()) {
                return Optional.of(form.meaning.apply(matcher));
            }
        }
        return Optional.empty();
    }

    /** Doses a day, at most; empty for a single dose. */
    public Optional<BigDecimal> perDay() {
        return periodUnit == null
                ? Optional.empty()
                : Optional.of(
                        BigDecimal.valueOf(frequency).divide(period.multiply(DAYS.get(periodUnit), DIGITS), DIGITS));
    }

    private static Form form(String pattern, Function<MatchResult, Timing> meaning) {
        return new Form(Pattern.compile("(?<![\\w.])(?:" + pattern + ")(?!\\w)", Pattern.CASE_INSENSITIVE), meaning);
    }

    private static int number(MatchResult match, int group) {
        String text = match.group(group).toLowerCase(Locale.ROOT);
        return Integer.parseInt(NUMBERS.getOrDefault(text, text));
    }

    private static Timing every(int number, String unit, String code) {
        return every("every " + (number == 1 ? unit : number + " " + unit + "s"), number, code);
    }

    private static Timing every(String words, int number, String unit) {
        return new Timing(words, 1, BigDecimal.valueOf(Math.max(1, number)), unit, null);
    }

    private static Timing daily(String words, int times) {
        return new Timing(words, times, BigDecimal.ONE, "d", null);
    }

    private static Timing weekly(int times) {
        return new Timing(times == 2 ? "twice a week" : times + " times a week", times, BigDecimal.ONE, "wk", null);
    }

    private static Timing at(String words, String when) {
        return new Timing(words, 1, BigDecimal.ONE, "d", when);
    }

    private static Timing meals(String words, String when) {
        return new Timing(words, 3, BigDecimal.ONE, "d", when);
    }
}
