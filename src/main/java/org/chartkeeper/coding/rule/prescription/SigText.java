package org.chartkeeper.coding.rule.prescription;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.chartkeeper.chart.Timing;
import org.jspecify.annotations.Nullable;

/** The directions of a prescription, read for how much, how often and what for. */
final class SigText {

    private static final int ANY_CASE = Pattern.CASE_INSENSITIVE;
    private static final MathContext DIGITS = MathContext.DECIMAL64;
    private static final BigDecimal MINUTES = BigDecimal.valueOf(1440);
    private static final BigDecimal WEEK = BigDecimal.valueOf(7);

    private static final Map<String, String> NUMBERS = Map.ofEntries(
            Map.entry("half", "0.5"),
            Map.entry("½", "0.5"),
            Map.entry("1/2", "0.5"),
            Map.entry("1½", "1.5"),
            Map.entry("1 1/2", "1.5"),
            Map.entry("one", "1"),
            Map.entry("two", "2"),
            Map.entry("three", "3"),
            Map.entry("four", "4"),
            Map.entry("five", "5"),
            Map.entry("six", "6"),
            Map.entry("i", "1"),
            Map.entry("ii", "2"),
            Map.entry("iii", "3"));
    private static final String NUMBER =
            "(\\d+(?:,\\d{3})+|\\d*\\.\\d+|\\d+\\s(?:and\\s|& ?)?1/2|\\d+/\\d+|1½|\\d+|½|half|one|two|three|four|five|six|i{1,3})";
    private static final String UNITS =
            "mg|mcg|ug|µg|μg|micrograms?|milligrams?|grams?|gm|g|ml|mls|cc|milliliters?|units?|iu|u|meq|mmol"
                    + "|(?:chewable |oral )?tablets?|tabs?|caplets?|capsules?|caps?|softgels?|puffs?|inhalations?|sprays?"
                    + "|drops?|gtts?|patch(?:es)?|suppositor(?:y|ies)|lozenges?|packets?|pills?|teaspoons?|tsp|tablespoons?"
                    + "|tbsp|applications?|vials?|pens?|syringes?|amps?";

    private static final Pattern TWICE_SAID = Pattern.compile(
            "(?<![\\w.])(\\d+(?:\\.\\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve)\\s*\\(\\s*(?:\\d+(?:\\.\\d+)?"
                    + "|one|two|three|four|five|six|seven|eight|nine|ten|twelve|one[- ]half)\\s*\\)",
            ANY_CASE);
    private static final Pattern DOSE = Pattern.compile(
            "(?<![\\w.])" + NUMBER + "(?:\\s*(?:-|–|to|or)\\s*" + NUMBER + ")?\\s*(?:of\\s+a\\s+|a\\s+)?(" + UNITS
                    + ")(?![\\w])(?!\\s*/\\s*(?:day|d|kg|m2)\\b)",
            ANY_CASE);
    private static final Pattern BARE_DOSE = Pattern.compile(
            "^(?:take|give|use|inhale|apply|inject|instill)?\\s*" + NUMBER + "(?:\\s*(?:-|–|to|or)\\s*" + NUMBER
                    + ")?\\s+(?=(?:po|by mouth|orally|daily|bid|tid|qid|qhs|qam|qpm|q\\s?\\d+\\w*|every|once|twice|at|in|weekly"
                    + "|prn|qd|qod|hs)\\b)",
            ANY_CASE);

    private static final Pattern TIMES_A_DAY = Pattern.compile(
            "(?<![\\w.])" + NUMBER + "\\s*(?:x|×|times)\\s*(?:/|per |a |each |every )?\\s*(?:day|d|daily)(?!\\w)",
            ANY_CASE);
    private static final Pattern TIMES_A_WEEK = Pattern.compile(
            "(?<![\\w.])" + NUMBER
                    + "\\s*(?:(?:x|×|times)\\s*(?:/|per |a |each |every )?|days\\s+(?:per|a|each|every) )\\s*(?:week|wk|weekly)(?!\\w)",
            ANY_CASE);
    private static final Pattern TO_TIMES = Pattern.compile(
            "(?<![\\w.])" + NUMBER + "\\s*(?:-|–|to)\\s*" + NUMBER
                    + "\\s*(?:x|×|times)\\s*(?:/|per |a |each |every )?\\s*(?:day|d|daily)(?!\\w)",
            ANY_CASE);
    private static final Pattern MINUTELY = Pattern.compile(
            "(?<![\\w.])(?:q|every)\\s*(\\d{1,3})(?:\\s*(?:-|to)\\s*\\d{1,3})?\\s*(?:min|mins|minutes?)(?!\\w)",
            ANY_CASE);
    private static final Pattern HOURLY =
            Pattern.compile("(?<![\\w.])(?:hourly|every hour|q1h|q1hr|qh)(?!\\w)", ANY_CASE);
    private static final Pattern MANY_HOURS =
            Pattern.compile("(?<![\\w.])(?:q|every)\\s*(\\d{1,3})\\s*(?:h|hr|hrs|hours?)(?!\\w)", ANY_CASE);
    private static final Pattern MANY_WEEKS = Pattern.compile(
            "(?<![\\w.])(?:q|every)\\s*(?:(\\d{1,2})|other|two|three|four)\\s*-?(?:wks?|weeks?)(?!\\w)", ANY_CASE);
    private static final Pattern WEEKDAYS = Pattern.compile(
            "(?<!\\w)(?:on|every|each)\\s+(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?s?(?!\\w)",
            ANY_CASE);
    private static final Pattern A_WEEKDAY = Pattern.compile(
            "(?<!\\w)(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:day|nesday|sday|rsday|urday)?s?(?!\\w)",
            ANY_CASE);
    private static final Pattern ONCE_A_DAY = Pattern.compile(
            "(?<![\\w.])(?:once (?:per|each) day|per day|a day|/day|each night|every (?:day )?(?:afternoon|noon)|at noon|at night|at supper"
                    + "|(?:with|before|after|at) (?:the )?(?:evening meal|morning meal|first meal|largest meal|breakfast|lunch|dinner|supper)"
                    + "|every 24 h\\w*|am|pm|in the am|in the pm|mornings?|evenings?|nights?|prior to sleep|before bed(?:time)?"
                    + "|on rising|upon waking|q24h|qday|q day|qdaily|qnight|noct(?:e|urnal))(?!\\w)",
            ANY_CASE);
    private static final Pattern YEARLY =
            Pattern.compile("(?<!\\w)(?:yearly|annually|once a year|every (?:6|six|12) months)(?!\\w)", ANY_CASE);
    private static final Pattern LASTING = Pattern.compile(
            "(?<!\\w)(?:continuous(?:ly)?|continuous infusion|over \\d+ (?:min|minutes|hours?|h)|(?:one|1) (?:dose|time)"
                    + "|x\\s*1(?: dose)?|as a single dose|as soon as possible|before (?:the )?(?:procedure|surgery|dental|dentist|intercourse|exercise|flight)"
                    + "|prior to \\w+|\\d+ (?:minutes?|hours?|hrs?|days?) (?:before|prior)|with (?:each|every) feed\\w*"
                    + "|after each (?:loose )?(?:stool|bowel)\\w*|[x×]\\s*\\d+\\s*(?:d|days?|doses?)"
                    + "|\\d+ (?:hours?|hrs?|h) on\\b.{0,20}\\boff|(?:at|with) (?:the )?(?:first |1st )?(?:signs?|onset|start)\\b[^.]*"
                    + "|repeat (?:in|after|every) \\d+(?:\\s*(?:-|to)\\s*\\d+)? (?:days?|weeks?|hours?|minutes?)|day \\d+"
                    + "|(?:leave|left) (?:on|in)(?: place)?(?: for)? \\d.*)(?!\\w)",
            ANY_CASE);

    private static final Pattern BOUND = Pattern.compile(
            "(?<!\\w)(?:max(?:imum)?(?: daily dose)?(?: of)?:?|up to|not to exceed|no more than|do not exceed|limit(?: of)?)\\s*"
                    + NUMBER + "\\s*(" + UNITS
                    + "|doses?)?\\s*(?:/|per|a|in|in a|each|every|within)?\\s*(?:24\\s*-?(?:h|hr|hrs|hours?)|day|daily|d)(?!\\w)",
            ANY_CASE);
    private static final Pattern WEEKLY = Pattern.compile("(?<![\\w.])q\\s?\\.?wk(?!\\w)", ANY_CASE);
    private static final Pattern CLOCK =
            Pattern.compile("(?<![\\w.:])\\d{1,2}(?::\\d\\d)?\\s*(?:a\\.?m\\.?|p\\.?m\\.?)(?!\\w)", ANY_CASE);
    private static final Pattern MEALS = Pattern.compile(
            "(?<!\\w)(?:(?:before|after|with) (?:each |every )?meals?|a\\.?c\\.?|p\\.?c\\.?)(?!\\w)", ANY_CASE);
    private static final Pattern THRICE =
            Pattern.compile("(?<!\\w)(?:t\\.?i\\.?d\\.?|(?:three|3) times (?:a day|daily|per day))(?!\\w)", ANY_CASE);
    private static final Pattern AND_BEDTIME = Pattern.compile(
            "(?:and|&|,|\\+)\\s*(?:(?:1|one)\\s+)?(?:at |every )?(?:bedtime|q?hs|nightly|night)(?!\\w)", ANY_CASE);
    private static final List<Pattern> PARTS = Stream.of(
                    "mornings?|qam|breakfast|in the am|every am",
                    "noon|midday|lunch",
                    "afternoons?",
                    "evenings?|qpm|dinner|supper|in the pm|every pm",
                    "nights?|bedtime|q?hs|nightly")
            .map(words -> Pattern.compile("(?<!\\w)(?:" + words + ")(?!\\w)", ANY_CASE))
            .toList();
    private static final Pattern DOSE_AT_A_TIME = Pattern.compile(
            "(?<![\\w.])" + NUMBER + "\\s*(?:(" + UNITS
                    + ")(?!\\w)\\s*)?(?:(?:by mouth|po|orally|sc|subcut\\w*|under the skin)\\s*)?"
                    + "(?:(?:in|at|every|each|with|before|after)\\s+(?:the\\s+)?)?"
                    + "(?:qam|qpm|q?hs|(?<!\\d)(?<!\\d )[ap]m|mornings?|noon|midday|afternoons?|evenings?|nights?|nightly|bedtime|breakfast|lunch|dinner|supper)(?!\\w)",
            ANY_CASE);
    private static final Pattern RANGE =
            Pattern.compile("(?<![\\w.])" + NUMBER + "\\s*(?:-|–|to|or)\\s*" + NUMBER + "(?!/)", ANY_CASE);
    private static final Pattern DIRECTED = Pattern.compile(
            "(?<!\\w)(?:as (?:directed|instructed|prescribed|told|above)|ud|ut dict(?:um)?"
                    + "|(?:per|by|according to|follow(?:ing)?)(?: the)? (?:package|pack|label|protocol|instructions?|directions?"
                    + "|scale|sliding scale|inr|physician|prescriber|doctor|(?:anticoagulation )?clinic)\\w*|use as needed)(?!\\w)",
            ANY_CASE);

    /** Abbreviations of timing that are mistaken for others (Joint Commission; ISMP), and what they mean. */
    static final Map<Pattern, String> MISTAKEN_TIMES = Map.of(
            Pattern.compile("(?<![\\w.])q\\.?\\s?o\\.?\\s?d\\.?(?!\\w)", ANY_CASE),
            "every other day",
            Pattern.compile("(?<![\\w.])q\\.?\\s?d\\.?(?!\\w)", ANY_CASE),
            "daily",
            Pattern.compile("(?<![\\w.])t\\.?i\\.?w\\.?(?!\\w)", ANY_CASE),
            "3 times a week",
            Pattern.compile("(?<![\\w.])(?<!q\\s)h\\.?s\\.?(?!\\w)", ANY_CASE),
            "at bedtime");

    private static final Pattern PRN = Pattern.compile(
            "(?<!\\w)(?:p\\.?r\\.?n\\.?|(?:as|if|when|whenever) (?:needed|required|necessary))(?!\\w)", ANY_CASE);
    private static final Pattern FOR = Pattern.compile(
            "(?<!\\w)(?:for|to relieve|to treat|to help|to control)\\s+(?!\\d|up to|a total|(?:one|two|three|four|five|six|seven|ten"
                    + "|fourteen)\\s+(?:days?|weeks?|months?|doses?))(?!(?:a |the )?(?:max|maximum|next))[a-z]{3,}",
            ANY_CASE);
    private static final Pattern CAUSE = Pattern.compile(
            "(?<!\\w)(?:if|when|with|during) (?:[a-z]+ ){0,3}?(?:pain|nausea|fever|itch\\w*|cough|wheez\\w*"
                    + "|anxious|anxiety|headaches?|migraines?|insomnia|constipated|constipation|short of breath|dyspnea|diarrhea|agitat\\w*|seizures?|vomiting|spasms?|allerg\\w*)",
            ANY_CASE);
    /** What after "as needed" is no reason. */
    private static final Pattern NO_REASON = Pattern.compile(
            "(?:max(?:imum)?(?: of)?|up to|not to exceed|no more than|do not exceed)[^,;.]*"
                    + "|(?:q|every)\\s*\\d+(?:\\s*(?:-|to)\\s*\\d+)?\\s*(?:hours?|hrs?|h|minutes?|mins?|days?|d)?\\b"
                    + "|\\b(?:bid|tid|qid|daily|qhs|qam|qpm|nightly|at bedtime|hs|qd|once|twice|weekly|(?:a|per|each|every) (?:day|night|week)"
                    + "|(?:in the )?(?:morning|evening)s?|po|by mouth|orally|oral|iv|im|sc|subcut\\w*|with (?:food|meals?|water|milk)"
                    + "|times|x|for|may repeat|repeat|dose|doses|days?|weeks?|hours?|refills?|no|and|or|only|mg|ml|tabs?|tablets?|caps?|capsules?"
                    + "|take|to|then|the|a|of|directed|as|needed|prn|dispense|disp)\\b"
                    + "|[\\d/#x×.,;:()\\-]+",
            ANY_CASE);

    /** Reasons of two letters. */
    private static final Pattern SHORT_REASON = Pattern.compile(
            "(?<!\\w)(?:n\\s?[/&]\\s?v|ha|h/a|cp|bp|sbp|dbp|bm|ed|hr|t(?:emp)?(?=\\s*[>≥]))(?!\\w)", ANY_CASE);

    private static final Pattern SEVERAL = Pattern.compile(
            "(?<!\\w)(?:then|taper|titrate|increase|decrease|followed by|alternat\\w+|off|loading|day 1|on day|sliding scale|first day|each (?:side|cheek)|snacks?|additional|extra)(?!\\w)",
            ANY_CASE);

    private final String text;

    SigText(String text) {
        // "2 (two) times daily" and "two (2) tablets" say one number twice.
        this.text = TWICE_SAID.matcher(text).replaceAll("$1");
    }

    /** How much at a time, at most. */
    record Amount(BigDecimal most, String unit) {}

    /** Whether the directions change over time or hold several doses, so that no single sum tells the need. */
    boolean several() {
        return SEVERAL.matcher(text).find()
                || DOSE.matcher(withoutLimits()).results().count() > 1
                        && unequal().isEmpty();
    }

    /** The dose; empty where the directions name none. The unit is empty where a number stands alone. */
    Optional<Amount> dose() {
        Matcher doses = DOSE.matcher(withoutLimits());
        if (doses.find()) {
            return amount(doses, doses.group(3));
        }
        Matcher bare = BARE_DOSE.matcher(text);
        return bare.find() ? amount(bare, "") : Optional.empty();
    }

    /**
     * What doses at named times of the day come to, as a multiple of the first: "1 tab in the morning and 2 at bedtime" is
     * three; empty where the directions name no two of them.
     */
    private Optional<BigDecimal> unequal() {
        List<MatchResult> doses =
                DOSE_AT_A_TIME.matcher(withoutLimits()).results().toList();
        BigDecimal first = dose().map(Amount::most).orElse(BigDecimal.ZERO);
        if (doses.size() < 2
                || first.signum() <= 0
                || doses.stream()
                                .map(dose -> dose.group(2))
                                .filter(Objects::nonNull)
                                .map(SigText::single)
                                .distinct()
                                .count()
                        > 1) {
            return Optional.empty();
        }
        return Optional.of(doses.stream()
                .map(dose -> Objects.requireNonNullElse(number(dose.group(1)), BigDecimal.ZERO))
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .divide(first, DIGITS));
    }

    private static String single(String unit) {
        return unit.toLowerCase(Locale.ROOT).replaceFirst("s$", "");
    }

    /** Without what bounds the doses: "max 4 tablets a day" is no dose. */
    private String withoutLimits() {
        return text.replaceAll(
                        "(?i)\\(?(?:max(?:imum)?(?: of)?|up to|not to exceed|no more than|do not exceed)[^,;.)]*\\)?",
                        " ")
                .replaceAll("\\([^)]*\\)", " ");
    }

    private static Optional<Amount> amount(Matcher found, String unit) {
        String most = found.group(2) == null ? found.group(1) : found.group(2);
        return Optional.ofNullable(number(most)).map(number -> new Amount(number, unit.toLowerCase(Locale.ROOT)));
    }

    private static @Nullable BigDecimal number(String written) {
        String plain = written.toLowerCase(Locale.ROOT).strip().replace(",", "");
        String known = NUMBERS.getOrDefault(plain, plain);
        try {
            int whole = known.indexOf(' ');
            if (whole > 0) {
                return new BigDecimal(known.substring(0, whole)).add(new BigDecimal("0.5"));
            }
            int slash = known.indexOf('/');
            return slash < 0
                    ? new BigDecimal(known)
                    : new BigDecimal(known.substring(0, slash))
                            .divide(new BigDecimal(known.substring(slash + 1)), DIGITS);
        } catch (ArithmeticException | NumberFormatException none) {
            return null;
        }
    }

    /** Whether the directions say when, in words or abbreviations that are understood. */
    boolean timed() {
        return Timing.in(text).isPresent()
                || perDay().isPresent()
                || A_WEEKDAY.matcher(text).find()
                || YEARLY.matcher(text).find()
                || LASTING.matcher(text).find();
    }

    /** How often a day, at most; empty where it is not said, and for a single dose. */
    Optional<BigDecimal> perDay() {
        Optional<BigDecimal> unequal = unequal();
        if (unequal.isPresent()) {
            return unequal;
        }
        Matcher matcher = TO_TIMES.matcher(text);
        if (matcher.find()) {
            return Optional.ofNullable(number(matcher.group(2)));
        }
        matcher = TIMES_A_DAY.matcher(text);
        if (matcher.find()) {
            return Optional.ofNullable(number(matcher.group(1)))
                    .map(times -> times.max(BigDecimal.valueOf(partsOfDay())));
        }
        matcher = TIMES_A_WEEK.matcher(text);
        if (matcher.find()) {
            return Optional.ofNullable(number(matcher.group(1))).map(times -> times.divide(WEEK, DIGITS));
        }
        matcher = MINUTELY.matcher(text);
        if (matcher.find() && Integer.parseInt(matcher.group(1)) > 0) {
            return Optional.of(MINUTES.divide(new BigDecimal(matcher.group(1)), DIGITS));
        }
        if (HOURLY.matcher(text).find()) {
            return Optional.of(BigDecimal.valueOf(24));
        }
        matcher = MANY_HOURS.matcher(text);
        if (matcher.find() && Integer.parseInt(matcher.group(1)) > 0) {
            return Optional.of(BigDecimal.valueOf(24).divide(new BigDecimal(matcher.group(1)), DIGITS));
        }
        matcher = MANY_WEEKS.matcher(text);
        if (matcher.find()) {
            String weeks = matcher.group(1) != null
                    ? matcher.group(1)
                    : matcher.group().contains("three") ? "3" : matcher.group().contains("four") ? "4" : "2";
            int number = Math.max(1, Integer.parseInt(weeks));
            return Optional.of(BigDecimal.ONE.divide(WEEK.multiply(BigDecimal.valueOf(number)), DIGITS));
        }
        if (WEEKDAYS.matcher(text).find()) {
            Matcher days = A_WEEKDAY.matcher(text);
            int count = 0;
            while (days.find()) {
                count++;
            }
            return Optional.of(BigDecimal.valueOf(Math.max(1, count)).divide(WEEK, DIGITS));
        }
        if (MISTAKEN_TIMES.entrySet().stream()
                .anyMatch(entry -> entry.getValue().startsWith("3")
                        && entry.getKey().matcher(text).find())) {
            return Optional.of(BigDecimal.valueOf(3).divide(WEEK, DIGITS));
        }
        if (WEEKLY.matcher(text).find()) {
            return Optional.of(BigDecimal.ONE.divide(WEEK, DIGITS));
        }
        Optional<Timing> usual = Timing.in(text);
        int parts = partsOfDay();
        if (usual.isPresent()) {
            Optional<BigDecimal> times = usual.get().perDay();
            return times.isPresent()
                            && "d".equals(usual.get().periodUnit())
                            && usual.get().period().compareTo(BigDecimal.ONE) == 0
                    ? times.map(each -> each.max(BigDecimal.valueOf(parts)))
                    : times;
        }
        if (parts > 1) {
            return Optional.of(BigDecimal.valueOf(parts));
        }
        return ONCE_A_DAY.matcher(text).find() ? Optional.of(BigDecimal.ONE) : Optional.empty();
    }

    /**
     * How many times of the day the directions name beside each other: "at 8 am and 8 pm" two, "morning, noon and night"
     * three, "with meals and at bedtime" four; 0 or 1 where they name no more.
     */
    private int partsOfDay() {
        int clocks = 0;
        Matcher clock = CLOCK.matcher(text);
        while (clock.find()) {
            clocks++;
        }
        boolean meals = MEALS.matcher(text).find();
        boolean thrice = THRICE.matcher(text).find();
        int parts = 0;
        // A patch that is removed at bedtime is not put on then.
        String taken = text.replaceAll("(?i)\\b(?:remove|take off)\\b[^.;]*", " ");
        for (Pattern part : PARTS) {
            parts += part.matcher(taken).find() ? 1 : 0;
        }
        boolean bedtime = AND_BEDTIME.matcher(text).find();
        return Math.max(clocks, meals || thrice ? (bedtime ? 4 : 0) : parts);
    }

    /**
     * What the directions bound a day by: "max 8 tablets a day", "up to 5 doses in 24 hours", "max 4 g/day"; empty where
     * they bound nothing. The unit is empty where a number stands alone.
     */
    Optional<Amount> atMostADay() {
        Matcher bound = BOUND.matcher(text);
        return bound.find()
                ? Optional.ofNullable(number(bound.group(1)))
                        .map(number -> new Amount(
                                number,
                                bound.group(2) == null ? "" : bound.group(2).toLowerCase(Locale.ROOT)))
                : Optional.empty();
    }

    /** Whether the directions leave the taker a choice of how much or how often: "1-2 tabs", "q4-6h". */
    boolean ranged() {
        return RANGE.matcher(text).find();
    }

    /** Whether the timing is left to what was said elsewhere: "as directed", "per protocol". */
    boolean asDirected() {
        return DIRECTED.matcher(text).find();
    }

    boolean asNeeded() {
        // "1 tab once, repeat in 3 days if needed" is one repetition, not a drug to take at will.
        return PRN.matcher(text.replaceAll(
                        "(?i)\\b(?:may )?repeat (?:x\\s*1|once|(?:in|after|every) \\d+(?:\\s*(?:-|to)\\s*\\d+)? (?:minutes?|hours?|days?|weeks?))[^.;]*?(?:if|as) (?:needed|necessary)",
                        " "))
                .find();
    }

    /** Whether "as needed" comes with what for. */
    boolean saysWhy() {
        if (FOR.matcher(text).find() || CAUSE.matcher(text).find()) {
            return true;
        }
        Matcher needed = PRN.matcher(text);
        if (!needed.find()) {
            return false;
        }
        String rest = text.substring(needed.end());
        return SHORT_REASON.matcher(rest).find()
                || NO_REASON
                                .matcher(rest)
                                .replaceAll(" ")
                                .chars()
                                .filter(Character::isLetter)
                                .count()
                        >= 3;
    }
}
