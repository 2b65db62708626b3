package org.chartkeeper.chart;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Directions of a prescription: read from the words that were dictated, and put into words. */
public final class Sig {

    private static final Map<String, String> NUMBERS = Map.of(
            "half", "0.5", "½", "0.5", "1/2", "0.5", "one", "1", "two", "2", "three", "3", "four", "4", "a", "1", "an",
            "1");

    private static final Pattern DOSE = Pattern.compile(
            "^(?:take|inhale|apply|instill|inject|use|give|chew|place|insert|spray|put)?\\s*"
                    + "(\\d+(?:[.,]\\d+)*|\\d+/\\d+|half|½|one|two|three|four|an?(?= ))"
                    + "(\\s*(?:-|to|or)\\s*(?:\\d+(?:\\.\\d+)?|two|three|four))?"
                    + "\\s*(?:(" + DoseUnit.ANY + ")(?![\\w]))?(?!\\s*(?:times|x)\\b)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NEEDED = Pattern.compile(
            "(?<!\\w)(?:as needed|if needed|when needed|p\\.?r\\.?n\\.?)(?!\\w)"
                    + "(?:\\s+(?:for\\s+)?((?!for\\s|x\\s*\\d|\\d)[^.;,]+?)(?=\\s+for\\s+\\d|\\s+x\\s*\\d|\\s*[.;,]|\\s*$))?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern DURATION = Pattern.compile(
            "(?<!\\w)(?:for|x|×)\\s*(\\d{1,3}|one|two|three|four)\\s*(d|days?|w|wks?|weeks?|mo|months?|h|hrs?|hours?)(?!\\w)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern KEPT_DURATION = Pattern.compile("([1-9]\\d{0,2}) (h|d|wk|mo)");

    private Sig() {}

    /**
     * Reads directions. What cannot be read stays in the words, which are kept as they are; a range of doses is no single
     * dose and stays there too.
     *
     * @param words not blank
     * @param otherwise the route where the words name none; null for none
     */
    public static Content.Dosage read(String words, @Nullable String otherwise) {
        String text = words.strip();
        Matcher dose = DOSE.matcher(text);
        boolean single = dose.find() && dose.group(2) == null;
        Matcher needed = NEEDED.matcher(text);
        boolean asNeeded = needed.find();
        return new Content.Dosage(
                text,
                single ? number(dose.group(1)) : null,
                single && dose.group(3) != null
                        ? DoseUnit.read(dose.group(3)).map(DoseUnit::word).orElse(null)
                        : null,
                Route.in(text).map(Route::word).orElse(otherwise),
                Timing.in(text).map(Timing::words).orElse(null),
                asNeeded,
                asNeeded && needed.group(1) != null ? needed.group(1).strip() : null,
                duration(text));
    }

    /** Directions in words: {@code 1 tablet by mouth BID as needed for pain for 5 days}. */
    public static String words(Content.Dosage dosage) {
        String unit = dosage.doseUnit();
        String dose = dosage.dose() == null
                ? null
                : unit == null ? dosage.dose() : dosage.dose() + " " + plural(unit, dosage.dose());
        String route = dosage.route() == null
                ? null
                : Route.read(dosage.route()).map(Route::plain).orElse(dosage.route());
        String needed = !dosage.asNeeded()
                ? null
                : dosage.asNeededReason() == null ? "as needed" : "as needed for " + dosage.asNeededReason();
        String duration = dosage.duration() == null ? null : "for " + time(dosage.duration());
        return Stream.of(dose, route, dosage.timing(), needed, duration)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
    }

    /** Whether it is a whole number and a UCUM unit of time, as an order keeps it. */
    public static boolean isDuration(String text) {
        return KEPT_DURATION.matcher(text).matches();
    }

    /** A duration as typed ({@code 5 days}, {@code 2 wk}, {@code 10d}) as an order keeps it; empty where it is none. */
    public static Optional<String> durationOf(String typed) {
        return Optional.ofNullable(duration("for " + typed.strip()));
    }

    /** {@code 5 days} for {@code 5 d}. */
    public static String time(String duration) {
        Matcher matcher = KEPT_DURATION.matcher(duration);
        if (!matcher.matches()) {
            return duration;
        }
        String unit = switch (matcher.group(2)) {
            case "h" -> "hour";
            case "d" -> "day";
            case "wk" -> "week";
            default -> "month";
        };
        return matcher.group(1) + " " + unit + (matcher.group(1).equals("1") ? "" : "s");
    }

    private static @Nullable String duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.find()) {
            return null;
        }
        String unit = matcher.group(2).toLowerCase(Locale.ROOT);
        String code = unit.startsWith("d") ? "d" : unit.startsWith("w") ? "wk" : unit.startsWith("m") ? "mo" : "h";
        return Optional.ofNullable(number(matcher.group(1)))
                .filter(number -> !number.equals("0"))
                .map(number -> number + " " + code)
                .orElse(null);
    }

    /** As a plain decimal; null where it is none. */
    private static @Nullable String number(String typed) {
        String text = typed.toLowerCase(Locale.ROOT).replace(",", "");
        String known = NUMBERS.getOrDefault(text, text);
        try {
            return new BigDecimal(known).stripTrailingZeros().toPlainString();
        } catch (NumberFormatException fraction) {
            return null;
        }
    }

    private static String plural(String unit, String dose) {
        boolean one = dose.equals("1") || dose.startsWith("0.");
        return DoseUnit.read(unit)
                .filter(known -> !one && known.ucum().startsWith("{"))
                .map(known -> switch (known) {
                    case PATCH -> "patches";
                    case SUPPOSITORY -> "suppositories";
                    default -> known.word() + "s";
                })
                .orElse(unit);
    }
}
