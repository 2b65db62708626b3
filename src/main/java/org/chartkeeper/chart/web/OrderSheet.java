package org.chartkeeper.chart.web;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.DaysSupply;
import org.chartkeeper.chart.DoseUnit;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.Route;
import org.chartkeeper.chart.Sig;
import org.chartkeeper.chart.Timing;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.TypedDate;
import org.chartkeeper.terminology.CodeLookup;
import org.chartkeeper.terminology.CodeSystem;
import org.jspecify.annotations.Nullable;

/**
 * A drug order as fields that a person types into, and back. Directions can be typed as one line, as fields, or as both
 * where they say the same.
 */
final class OrderSheet {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}(\\.\\d{1,4})?");
    private static final Pattern QUANTITY = Pattern.compile("\\d{1,6}(\\.\\d{1,3})?(\\s*[\\p{L}µ]+)?");
    private static final Pattern STRENGTH = Pattern.compile(".*\\d.*");
    private static final int MOST_REFILLS = 99;
    private static final int MOST_DAYS = 366;

    private final Map<String, String> typed;
    private final CodeLookup codes;
    private final LocalDate today;
    private final List<Sheet.Wrong> wrong = new ArrayList<>();

    OrderSheet(Map<String, String> typed, CodeLookup codes, LocalDate today) {
        this.typed = typed;
        this.codes = codes;
        this.today = today;
    }

    /** What is wrong, field by field; empty where the order can be written. */
    List<Sheet.Wrong> wrong() {
        return wrong;
    }

    /** The fields of an order that is to be replaced, as they stand; its quantity is asked anew. */
    static Map<String, String> values(Content.MedicationOrder was) {
        Map<String, String> values = new HashMap<>();
        values.put("drug", was.medication().text());
        values.put("code", Objects.requireNonNullElse(was.medication().code(Concept.RXNORM), ""));
        if (was.dosage() != null) {
            values.put("sig", was.dosage().text());
        }
        if (was.indicationOf() != null) {
            values.put("indication", was.indicationOf().entry());
        } else if (was.indication() != null) {
            values.put("indicationWords", was.indication());
        }
        return values;
    }

    /**
     * The order as typed, of no use where something is wrong.
     *
     * @param diagnoses that it can be for
     * @param authored civil date on which it was ordered
     * @param prescriber as shown
     */
    Content.MedicationOrder order(
            List<EntryView> diagnoses, String authored, String prescriber, Content.@Nullable EntryRef replaces) {
        Concept drug = drug();
        Content.Dosage dosage = dosage();
        String quantity = quantity();
        EntryView diagnosis = diagnosis(diagnoses);
        String words = text("indicationWords");
        if (diagnosis != null && words != null) {
            wrong("indicationWords", "Choose a diagnosis of the chart or say it in words, not both");
        }
        String start = start(authored);
        return new Content.MedicationOrder(
                drug,
                "active",
                dosage,
                quantity,
                whole("refills", MOST_REFILLS),
                days(drug, dosage, quantity),
                diagnosis == null ? words : diagnosis.content().title(),
                diagnosis == null ? null : new Content.EntryRef(diagnosis.id().toString()),
                authored,
                start,
                end(start, dosage),
                null,
                replaces,
                prescriber,
                text("note"));
    }

    /** How the directions read and how long the quantity lasts, for the line under the fields while they are typed. */
    Map<String, String> reading() {
        Content.Dosage dosage = dosage();
        String read = dosage == null ? "" : Sig.words(dosage);
        Optional<Integer> days = DaysSupply.of(drugWords(), dosage, text("quantity"));
        return Map.of(
                "reads",
                read.isEmpty() ? "" : "Read as " + read,
                "days",
                days.map(number -> "lasts " + number + (number == 1 ? " day" : " days"))
                        .orElse(""));
    }

    private Concept drug() {
        String words = drugWords();
        if (words.isEmpty()) {
            wrong("drug", "Enter the drug");
            return Concept.of("");
        }
        if (!STRENGTH.matcher(words).matches()) {
            wrong("strength", "Enter the strength, such as 20 mg tablet");
        }
        String code = text("code");
        if (code == null) {
            return Concept.of(words);
        }
        return codes.find(CodeSystem.DRUG, code)
                .map(found -> Concept.of(Concept.RXNORM, found.code(), found.display()))
                .orElseGet(() -> {
                    wrong("code", "“" + code + "” is not among the codes that are loaded; the words alone will do");
                    return Concept.of(words);
                });
    }

    /** The name with its strength, which may have been typed into a field of its own. */
    private String drugWords() {
        String words = Objects.requireNonNullElse(text("drug"), "");
        String strength = text("strength");
        return strength == null || words.isEmpty() || words.contains(strength) ? words : words + " " + strength;
    }

    private Content.@Nullable Dosage dosage() {
        String line = text("sig");
        Content.Dosage said = line == null ? null : Sig.read(line, null);
        boolean needed = "yes".equals(typed.get("asNeeded")) || text("asNeededReason") != null;
        Content.Dosage fields = new Content.Dosage(
                "",
                one("dose", said == null ? null : said.dose(), this::number, "Enter the dose as a number"),
                one(
                        "doseUnit",
                        said == null ? null : said.doseUnit(),
                        unit -> DoseUnit.read(unit).map(DoseUnit::word),
                        "Enter a unit such as tablet, mL or mg"),
                one(
                        "route",
                        said == null ? null : said.route(),
                        route -> Route.read(route).map(Route::word),
                        "Choose a route"),
                one(
                        "timing",
                        said == null ? null : said.timing(),
                        timing -> Timing.read(timing).map(Timing::words),
                        "Enter a timing such as daily, BID, q8h or every other day"),
                needed || said != null && said.asNeeded(),
                text("asNeededReason") != null ? text("asNeededReason") : said == null ? null : said.asNeededReason(),
                one(
                        "duration",
                        said == null ? null : said.duration(),
                        Sig::durationOf,
                        "Enter a duration such as 5 days or 2 weeks"));
        if (line == null && (fields.dose() == null || fields.timing() == null)) {
            boolean told =
                    wrong.stream().anyMatch(each -> Set.of("dose", "timing").contains(each.name()));
            if (!told) {
                wrong("sig", "Enter how it is taken: here in one line, or dose and timing below");
            }
            return null;
        }
        return new Content.Dosage(
                line == null ? Sig.words(fields) : line,
                fields.dose(),
                fields.doseUnit(),
                fields.route(),
                fields.timing(),
                fields.asNeeded(),
                fields.asNeededReason(),
                fields.duration());
    }

    /** What a field says, or else the directions; both have to say the same. */
    private @Nullable String one(
            String name, @Nullable String said, Function<String, Optional<String>> reader, String message) {
        String text = text(name);
        if (text == null) {
            return said;
        }
        Optional<String> read = reader.apply(text);
        if (read.isEmpty()) {
            wrong(name, message);
            return said;
        }
        if (said != null && !said.equals(read.get())) {
            wrong(name, "The directions say “" + said + "”. Make both say the same, or leave one out");
        }
        return read.get();
    }

    private Optional<String> number(String text) {
        return NUMBER.matcher(text).matches()
                ? Optional.of(
                        new java.math.BigDecimal(text).stripTrailingZeros().toPlainString())
                : Optional.empty();
    }

    private @Nullable String quantity() {
        String text = text("quantity");
        if (text != null && !QUANTITY.matcher(text).matches()) {
            wrong("quantity", "Enter a number, with its unit if you like: 30, 150 mL");
        }
        return text;
    }

    private @Nullable Integer days(Concept drug, Content.@Nullable Dosage dosage, @Nullable String quantity) {
        Integer days = whole("days", MOST_DAYS);
        Integer computed = DaysSupply.of(drug.text(), dosage, quantity).orElse(null);
        if (days == null || computed == null) {
            return days == null ? computed : days;
        }
        if (Math.abs(days - computed) > 1 && !"yes".equals(typed.get("daysRight"))) {
            wrong(
                    "days",
                    quantity + " lasts " + computed + " days with these directions. Correct one of them, or tick that"
                            + " it is right");
        }
        return days;
    }

    private @Nullable EntryView diagnosis(List<EntryView> diagnoses) {
        String chosen = text("indication");
        if (chosen == null) {
            return null;
        }
        EntryView found = diagnoses.stream()
                .filter(each -> each.id().toString().equals(chosen))
                .findFirst()
                .orElse(null);
        if (found == null) {
            wrong("indication", "Choose a diagnosis of this chart");
        }
        return found;
    }

    private String start(String authored) {
        String text = text("from");
        if (text == null) {
            return authored;
        }
        PartialDate day = TypedDate.near(text, today).filter(PartialDate::exact).orElse(null);
        if (day == null) {
            wrong("from", "“" + text + "” is no date. Type 11/23/2026");
            return authored;
        }
        return day.toString();
    }

    /** The day after the last dose of directions that end; null where they do not. */
    private static @Nullable String end(String start, Content.@Nullable Dosage dosage) {
        if (dosage == null || dosage.duration() == null) {
            return null;
        }
        String[] parts = dosage.duration().split(" ", -1);
        int number = Integer.parseInt(parts[0]);
        LocalDate from = LocalDate.parse(start);
        LocalDate until = switch (parts[1]) {
            case "d" -> from.plusDays(number);
            case "wk" -> from.plusWeeks(number);
            case "mo" -> from.plusMonths(number);
            default -> from.plusDays((number + 23) / 24);
        };
        return until.toString();
    }

    private @Nullable Integer whole(String name, int most) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        if (!text.matches("\\d{1,4}") || Integer.parseInt(text) > most) {
            wrong(name, "Enter a whole number up to " + most);
            return null;
        }
        return Integer.valueOf(text);
    }

    private @Nullable String text(String name) {
        String value = typed.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    private void wrong(String name, String message) {
        if (wrong.stream().noneMatch(each -> each.name().equals(name))) {
            wrong.add(new Sheet.Wrong(name, message));
        }
    }
}
