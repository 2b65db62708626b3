package org.chartkeeper.coding.rule.prescription;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
                    + "|drops?|gtts?|patch(?:es)?|suppositor(?:y|ies)|lozenges?|packets?|pills?|teaspoon(?:ful)?s?|tsp"
                    + "|tablespoon(?:ful)?s?"
                    + "|tbsp|applications?|vials?|pens?|syringes?|amps?";

    private static final Pattern TWICE_SAID = Pattern.compile(
            "(?<![\\w.])(\\d+(?:\\.\\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve)\\s*\\(\\s*(?:\\d+(?:\\.\\d+)?"
                    + "|one|two|three|four|five|six|seven|eight|nine|ten|twelve|one[- ]half)\\s*\\)",
            ANY_CASE);
    private static final Pattern AND_A_HALF =
            Pattern.compile("(?<![\\w.])(one|two|three|\\d+) and (?:a|one)[- ]half(?!\\w)", ANY_CASE);
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
    private static final Pattern TWICE_A_DAY = Pattern.compile("(?<![\\w.])twice\\s*/\\s*(?:day|d)(?!\\w)", ANY_CASE);
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
    private static final String DAY_NAME =
            "((?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?)s?"
                    + "(?![\\w]|[- ]?(?:exposed|exposure|light|screen|burn|damaged))";
    private static final Pattern A_WEEKDAY = Pattern.compile("(?<!\\w)" + DAY_NAME, ANY_CASE);
    private static final Pattern ON_WEEKDAY = Pattern.compile("(?<!\\w)(?:on|every|each)\\s+" + DAY_NAME, ANY_CASE);
    private static final Pattern WEEKDAY_TO_WEEKDAY =
            Pattern.compile("(?<!\\w)" + DAY_NAME + "\\s*(?:-|–|to|through|thru)\\s*" + DAY_NAME, ANY_CASE);
    private static final Pattern WORKDAYS = Pattern.compile("(?<![\\w.])(?:weekdays?|m\\s*-\\s*f)(?!\\w)", ANY_CASE);
    private static final Pattern WEEKEND = Pattern.compile("(?<!\\w)weekends?(?!\\w)", ANY_CASE);
    private static final Pattern ALL_BUT_WEEKDAY =
            Pattern.compile("(?<!\\w)(?:except|but not|not|skip|omit|other than)\\s+(?:on\\s+)?" + DAY_NAME, ANY_CASE);
    /** Days that are named for something else than taking the drug, and every second one of them. */
    private static final Pattern OTHER_WEEKDAY = Pattern.compile(
            "(?<!\\w)(?:start\\w*|begin\\w*|until|from|next|this|last|labs?|inr|recheck|follow[- ]?up|visit|appointment)"
                    + "\\s[^.;,]*?" + DAY_NAME,
            ANY_CASE);

    private static final Pattern EVERY_OTHER_WEEKDAY =
            Pattern.compile("(?<!\\w)every (?:other|second) " + DAY_NAME, ANY_CASE);
    private static final List<String> WEEKDAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final Pattern ONCE_A_DAY = Pattern.compile(
            "(?<![\\w.])(?:once (?:per|each) day|per day|a day|/day|each night|every (?:day )?(?:afternoon|noon)|at noon|at night|at supper"
                    + "|(?:with|before|after|at) (?:the )?(?:evening meal|morning meal|first meal|largest meal|breakfast|lunch|dinner|supper)"
                    + "|every 24 h\\w*|am|pm|in the am|in the pm|mornings?|evenings?|nights?|prior to sleep|before bed(?:time)?"
                    + "|bedtime|on rising|upon waking|q24h|qday|q day|qdaily|qnight|noct(?:e|urnal))(?!\\w)",
            ANY_CASE);
    private static final Pattern YEARLY =
            Pattern.compile("(?<!\\w)(?:yearly|annually|once a year|every (?:6|six|12) months)(?!\\w)", ANY_CASE);
    private static final Pattern LASTING = Pattern.compile(
            "(?<!\\w)(?:continuous(?:ly)?|continuous infusion|over \\d+ (?:min|minutes|hours?|h)|(?:one|1) (?:dose|time)"
                    + "|x\\s*1(?: dose)?|as a single dose|as soon as possible|before (?:the )?(?:procedure|surgery|dental|dentist|intercourse|exercise|flight)"
                    + "|prior to \\w+|\\d+ (?:minutes?|hours?|hrs?|days?) (?:before|prior)|with (?:each|every) (?:feed\\w*|diaper change)"
                    + "|after each (?:loose )?(?:stool|bowel)\\w*|[x×]\\s*\\d+\\s*(?:d|days?|doses?)"
                    + "|\\d+ (?:hours?|hrs?|h) on\\b.{0,20}\\boff|(?:at|with) (?:the )?(?:first |1st )?(?:signs?|onset|start)\\b[^.]*"
                    + "|repeat (?:in|after|every) \\d+(?:\\s*(?:-|to)\\s*\\d+)? (?:days?|weeks?|hours?|minutes?)|days? \\d+"
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
    private static final Pattern CLOCK_OF_24 = Pattern.compile(
            "(?<!\\w)(?:at|and|&|,)\\s*(?:[01]\\d|2[0-3]):?[0-5]\\d(?:\\s*(?:h|hrs|hours))?(?![\\w.,])(?!\\s*(?:[ap]\\.?m|"
                    + UNITS + "))",
            ANY_CASE);
    private static final Pattern MEALS = Pattern.compile(
            "(?<!\\w)(?:(?:before|after|with) (?:each |every )?meals?|a\\.?c\\.?|p\\.?c\\.?)(?!\\w)", ANY_CASE);
    private static final Pattern THRICE =
            Pattern.compile("(?<!\\w)(?:t\\.?i\\.?d\\.?|(?:three|3) times (?:a day|daily|per day))(?!\\w)", ANY_CASE);
    private static final Pattern AND_BEDTIME = Pattern.compile(
            "(?:and|&|,|\\+)\\s*(?:(?:1|one)\\s+)?(?:at |every )?(?:bedtime|q?hs|nightly|night)(?!\\w)", ANY_CASE);
    private static final List<Pattern> PARTS = Stream.of(
                    "mornings?|qam|breakfast|in the am|every am|(?<!\\d)(?<!\\d )am",
                    "noon|midday|lunch",
                    "afternoons?",
                    "evenings?|qpm|dinner|supper|in the pm|every pm|(?<!\\d)(?<!\\d )pm",
                    "nights?|bedtime|q?hs|nightly")
            .map(words -> Pattern.compile("(?<!\\w)(?:" + words + ")(?!\\w)", ANY_CASE))
            .toList();
    private static final Pattern DOSE_AT_A_TIME = Pattern.compile(
            "(?<![\\w.])" + NUMBER + "\\s*(?:(" + UNITS
                    + ")(?!\\w)\\s*)?(?:(?:by mouth|po|orally|sc|subcut\\w*|under the skin)\\s*)?"
                    + "(?:(?:in|at|every|each|with|before|after)\\s+(?:the\\s+)?)?"
                    + "(?:qam|qpm|q?hs|(?<!\\d)(?<!\\d )[ap]m|mornings?|noon|midday|afternoons?|evenings?|nights?|nightly|bedtime|breakfast|lunch|dinner|supper)(?!\\w)",
            ANY_CASE);
    private static final Pattern UP_TO_OFTEN = Pattern.compile(
            "(?<![\\w.])(?:b\\.?i\\.?d\\.?|t\\.?i\\.?d\\.?)\\s*(?:-|–|to|or)\\s*([tq])\\.?i\\.?d\\.?(?!\\w)", ANY_CASE);
    private static final Pattern AWAKE = Pattern.compile("(?<!\\w)(?:while|when) awake(?!\\w)", ANY_CASE);
    /** "1 tab/day": the timing hangs on the unit. */
    private static final Pattern A_DAY = Pattern.compile("(?<=[a-z])\\s*/\\s*(?:day|d)(?!\\w)", ANY_CASE);

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
            "(?<!\\w)(?:then|taper|titrate|increase|decrease|followed by|alternat\\w+|off|loading|day 1|on day|sliding scale|first day|each (?:side|cheek)|snacks?|additional|extra|cycles?"
                    + "|days (?:of )?(?:each|every|a|per) (?:month|cycle))(?!\\w)",
            ANY_CASE);

    private static final Pattern NEXT_COURSE = Pattern.compile(
            "\\s*[,;.]?\\s*(?:and\\s+)?(?:then|followed by)\\s+|\\s*[,;]\\s*(?=" + NUMBER + "\\s*(?:" + UNITS
                    + ")(?!\\w))",
            ANY_CASE);
    private static final Pattern FOR_DAYS = Pattern.compile(
            "(?<!\\w)(?:x|×|for|times)\\s*(?:the\\s+)?" + NUMBER + "\\s*(?:more\\s+)?(d|days?|wks?|weeks?)(?!\\w)",
            ANY_CASE);
    private static final Pattern ON_DAYS = Pattern.compile(
            "(?<!\\w)days?\\s*(\\d{1,2})(?:\\s*(?:-|–|to|through|thru)\\s*(\\d{1,2}))?(?!\\w)|(?<!\\w)(?:today|tonight|first day)(?!\\w)",
            ANY_CASE);
    /** Where how long a stretch lasts depends on what happens. */
    private static final Pattern OPEN = Pattern.compile(
            "(?<!\\w)(?:may|can|increase|decrease|taper|titrate|until|off|cycles?|months?|now|stat|once(?!\\s+(?:a day|daily|per day|every day))|repeat|alternat\\w+)(?!\\w)",
            ANY_CASE);

    private final String text;

    SigText(String text) {
        // "2 (two) times daily" and "two (2) tablets" say one number twice; "one and a half" is one number.
        this.text = AND_A_HALF
                .matcher(TWICE_SAID.matcher(text).replaceAll("$1"))
                .replaceAll(half -> plain(half.group(1)) + " 1/2");
    }

    private static String plain(String number) {
        return NUMBERS.getOrDefault(number.toLowerCase(Locale.ROOT), number);
    }

    /** How much at a time, at most. */
    record Amount(BigDecimal most, String unit) {}

    /**
     * What a course of several stretches comes to, as a multiple of its first dose: "2 tabs daily x 3 days, then 1 tab daily
     * x 4 days" is five; empty where a stretch does not say how much, how often and how long. The last one may leave open
     * how long: it fills the days.
     */
    Optional<BigDecimal> course(BigDecimal days) {
        List<String> stretches = List.of(NEXT_COURSE.split(withoutLimits().strip()));
        if (stretches.size() < 2 || OPEN.matcher(text).find() || asNeeded()) {
            return Optional.empty();
        }
        BigDecimal first = BigDecimal.ZERO;
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal left = days;
        String unit = "";
        for (int at = 0; at < stretches.size(); at++) {
            SigText stretch = new SigText(stretches.get(at));
            Optional<Amount> dose = stretch.dose();
            Optional<BigDecimal> lasts = stretch.lasts();
            Optional<BigDecimal> times = stretch.perDay()
                    .or(() -> lasts.filter(some -> ON_DAYS.matcher(stretch.text).find())
                            .map(some -> BigDecimal.ONE));
            boolean last = at == stretches.size() - 1;
            if (dose.isEmpty()
                    || times.isEmpty()
                    || stretch.several(DOSE)
                    || lasts.isEmpty() && !(last && left.signum() > 0)
                    || at > 0 && !single(dose.get().unit()).equals(unit)) {
                return Optional.empty();
            }
            unit = single(dose.get().unit());
            first = at == 0 ? dose.get().most() : first;
            BigDecimal span = lasts.orElse(left);
            left = left.subtract(span);
            sum = sum.add(dose.get().most().multiply(times.get()).multiply(span));
        }
        return first.signum() > 0 ? Optional.of(sum.divide(first, DIGITS)) : Optional.empty();
    }

    private boolean several(Pattern what) {
        return what.matcher(text).results().count() > 1;
    }

    /** For how many days, where it says: "x 5 days", "for 2 weeks", "on day 1", "days 2-5". */
    private Optional<BigDecimal> lasts() {
        Matcher span = FOR_DAYS.matcher(text);
        if (span.find()) {
            BigDecimal unit = span.group(2).toLowerCase(Locale.ROOT).startsWith("w") ? WEEK : BigDecimal.ONE;
            return Optional.ofNullable(number(span.group(1))).map(unit::multiply);
        }
        Matcher named = ON_DAYS.matcher(text);
        if (!named.find()) {
            return Optional.empty();
        }
        int to = named.group(2) == null ? 0 : Integer.parseInt(named.group(2)) - Integer.parseInt(named.group(1));
        return to < 0 ? Optional.empty() : Optional.of(BigDecimal.valueOf(to + 1L));
    }

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
                || A_DAY.matcher(text).find()
                || YEARLY.matcher(text).find()
                || LASTING.matcher(text).find();
    }

    /** How often a day, at most; empty where it is not said, and for a single dose. */
    Optional<BigDecimal> perDay() {
        Optional<BigDecimal> times = timesADay();
        int days = daysAWeek();
        // "Weekly on Sunday" names the day of a week that is counted already.
        return days == 0 || times.isPresent() && times.get().compareTo(BigDecimal.ONE) < 0
                ? times
                : Optional.of(times.orElse(BigDecimal.ONE)
                        .multiply(BigDecimal.valueOf(days))
                        .divide(WEEK, DIGITS));
    }

    /** On how many days of the week it is taken, where the directions name them; 0 where they name none. */
    private int daysAWeek() {
        if (EVERY_OTHER_WEEKDAY.matcher(text).find()) {
            return 0;
        }
        String said = OTHER_WEEKDAY.matcher(text).replaceAll(" ");
        boolean allBut = ALL_BUT_WEEKDAY.matcher(said).find();
        boolean named = allBut || ON_WEEKDAY.matcher(said).find();
        Set<Integer> days = new TreeSet<>();
        Matcher range = WEEKDAY_TO_WEEKDAY.matcher(said);
        while (range.find()) {
            named = true;
            int to = weekday(range.group(2));
            for (int day = weekday(range.group(1)); day != to; day = (day + 1) % WEEKDAYS.size()) {
                days.add(day);
            }
        }
        Matcher each = A_WEEKDAY.matcher(said);
        while (each.find()) {
            days.add(weekday(each.group(1)));
        }
        // A single day without "on" may be part of another word's meaning; two are not.
        if (!named && days.size() < 2) {
            days.clear();
        }
        if (WORKDAYS.matcher(said).find()) {
            days.addAll(List.of(0, 1, 2, 3, 4));
        }
        if (WEEKEND.matcher(said).find()) {
            days.addAll(List.of(5, 6));
        }
        return allBut ? WEEKDAYS.size() - days.size() : days.size();
    }

    private static int weekday(String name) {
        return WEEKDAYS.indexOf(name.substring(0, 3).toLowerCase(Locale.ROOT));
    }

    private Optional<BigDecimal> timesADay() {
        Optional<BigDecimal> unequal = unequal();
        if (unequal.isPresent()) {
            return unequal;
        }
        Matcher matcher = UP_TO_OFTEN.matcher(text);
        if (matcher.find()) {
            return Optional.of(BigDecimal.valueOf(matcher.group(1).equalsIgnoreCase("t") ? 3 : 4));
        }
        matcher = TO_TIMES.matcher(text);
        if (matcher.find()) {
            return Optional.ofNullable(number(matcher.group(2)));
        }
        matcher = TIMES_A_DAY.matcher(text);
        if (matcher.find()) {
            return Optional.ofNullable(number(matcher.group(1)))
                    .map(times -> times.max(BigDecimal.valueOf(partsOfDay())));
        }
        if (TWICE_A_DAY.matcher(text).find()) {
            return Optional.of(BigDecimal.valueOf(2));
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
        return parts == 1 && CLOCK_OF_24.matcher(text).find()
                        || ONCE_A_DAY.matcher(text).find()
                ? Optional.of(BigDecimal.ONE)
                : Optional.empty();
    }

    /**
     * How many times of the day the directions name beside each other: "at 8 am and 8 pm" two, "morning, noon and night"
     * three, "with meals and at bedtime" four; 0 or 1 where they name no more.
     */
    private int partsOfDay() {
        int clocks = (int) (CLOCK.matcher(text).results().count()
                + CLOCK_OF_24.matcher(text).results().count());
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

    /** Whether the directions leave the taker a choice of how much or how often: "1-2 tabs", "q4-6h", "BID-TID". */
    boolean ranged() {
        return RANGE.matcher(text).find()
                || UP_TO_OFTEN.matcher(text).find()
                || AWAKE.matcher(text).find();
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
