package org.chartkeeper.coding.rule.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.chartkeeper.coding.rule.query.ClinicianQuery.Form;
import org.chartkeeper.coding.rule.query.ClinicianQuery.Indicator;
import org.chartkeeper.coding.rule.query.ClinicianQuery.Purpose;

/** Whether a query may be sent as it is. */
public final class QueryRules {

    /** The rules that a query is held to before it is sent; QY-7 is held by how it is answered. */
    public static final List<String> IDS = List.of("QY-1", "QY-2", "QY-3", "QY-4", "QY-5", "QY-6", "QY-7");

    private static final Pattern PAYMENT = Pattern.compile(
            "\\b(pay(s|ment|ments|ing|er|ers|or|ors)?|paid|reimburse(ment|ments|d|s)?|(ms-?)?drgs?|(?-i:M?CCs?)|hccs?|cmi|case[- ]mix"
                    + "|revenue|bill(ing|able|ed|s)?|claims?|denials?|denied|quality (score|measure|metric|indicator)s?"
                    + "|severity of illness|risk of mortality|psi[- ]?\\d*|hac|pepper|audit(or|ors|s)?)\\b",
            Pattern.CASE_INSENSITIVE);

    private static final Set<String> LITTLE = Set.of(
            "with",
            "without",
            "unspecified",
            "other",
            "acute",
            "chronic",
            "disease",
            "disorder",
            "syndrome",
            "due",
            "and",
            "the",
            "for",
            "not",
            "elsewhere",
            "classified",
            "specified",
            "type",
            "stage",
            "left",
            "right",
            "initial",
            "encounter",
            "condition",
            "clarification",
            "query",
            "documentation",
            "status",
            "present",
            "admission",
            "patient",
            "clinical",
            "finding",
            "findings",
            "complication",
            "complications",
            "primary",
            "secondary",
            "severe",
            "mild",
            "moderate");

    private QueryRules() {}

    /**
     * What is wrong with a query.
     *
     * @param field the form's field that it is about
     */
    public record Wrong(String rule, String field, String message) {}

    /** Everything that is wrong, in the order of the rules; empty where it may be sent. */
    public static List<Wrong> check(ClinicianQuery query) {
        List<Wrong> wrong = new ArrayList<>();
        indicators(query, wrong);
        payment(query, wrong);
        choice(query, wrong);
        yesNo(query, wrong);
        title(query, wrong);
        earlier(query, wrong);
        return List.copyOf(wrong);
    }

    /**
     * QY-7: the answer must stand in a signed entry, too.
     *
     * @param answered whether an answer is kept
     * @param signedEntry whether a signed entry says it
     */
    public static List<Wrong> answer(boolean answered, boolean signedEntry) {
        return answered && !signedEntry
                ? List.of(new Wrong(
                        "QY-7",
                        "answer",
                        "The answer stands in no signed entry: a code cannot rest on the query alone."))
                : List.of();
    }

    private static void indicators(ClinicianQuery query, List<Wrong> wrong) {
        if (query.indicators().stream().noneMatch(Indicator::linked)) {
            wrong.add(new Wrong(
                    "QY-1", "indicators", "Choose at least one clinical indicator from this patient’s record."));
        }
    }

    private static void payment(ClinicianQuery query, List<Wrong> wrong) {
        String text = query.title() + "\n" + query.question() + "\n" + String.join("\n", query.options());
        var found = PAYMENT.matcher(text);
        if (found.find()) {
            wrong.add(new Wrong(
                    "QY-2",
                    "question",
                    "“" + found.group() + "”: a query says nothing of payment, groups or quality scores."));
        }
    }

    private static void choice(ClinicianQuery query, List<Wrong> wrong) {
        if (query.form() != Form.CHOICE) {
            return;
        }
        long options = query.options().stream()
                .map(option -> option.strip().toLowerCase(Locale.ROOT))
                .filter(option -> !option.isEmpty())
                .distinct()
                .count();
        if (options < 2) {
            wrong.add(new Wrong("QY-3", "option-1", "Offer at least two options that the indicators support."));
        }
        if (!query.other() || !query.undetermined()) {
            wrong.add(new Wrong("QY-3", "option-1", "“Other” and “unable to determine” can always be chosen."));
        }
    }

    private static void yesNo(ClinicianQuery query, List<Wrong> wrong) {
        if (query.form() == Form.YES_NO && query.purpose() == Purpose.NEW) {
            wrong.add(new Wrong(
                    "QY-4",
                    "form",
                    "Yes or no only for present on admission, for a diagnosis that is documented, or for cause and"
                            + " effect; a new diagnosis is asked openly or by options."));
        }
    }

    private static void title(ClinicianQuery query, List<Wrong> wrong) {
        List<String> named = new ArrayList<>(query.diagnoses());
        named.addAll(query.options());
        List<String> title = words(query.title());
        for (String diagnosis : named) {
            for (String word : words(diagnosis)) {
                if (title.stream().anyMatch(said -> said.equals(word) || alike(said, word))) {
                    wrong.add(new Wrong(
                            "QY-5", "title", "The title must not name the diagnosis (“" + word + "”): it leads."));
                    return;
                }
            }
        }
    }

    private static boolean alike(String one, String other) {
        return one.length() >= 6 && other.length() >= 6 && one.regionMatches(0, other, 0, 6);
    }

    private static List<String> words(String text) {
        return java.util.Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}]+"))
                .filter(word -> word.length() >= 4 && !LITTLE.contains(word))
                .toList();
    }

    private static void earlier(ClinicianQuery query, List<Wrong> wrong) {
        if (query.indicators().stream()
                .anyMatch(each -> !each.ofVisit()
                        && (each.relevance() == null || each.relevance().isBlank()))) {
            wrong.add(new Wrong("QY-6", "relevance", "Say why what stands in an earlier visit matters to this one."));
        }
    }
}
