package org.chartkeeper.coding.domain;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.Content.MedicationOrder;
import org.chartkeeper.chart.DoseUnit;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.Route;
import org.chartkeeper.chart.Sig;
import org.chartkeeper.coding.CodingCase;
import org.chartkeeper.coding.CodingCase.Prescription;
import org.chartkeeper.coding.OrderChecks.Change;
import org.chartkeeper.coding.rule.prescription.OrderNumbers;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.terminology.DrugBook;
import org.jspecify.annotations.Nullable;

/** Makes of what a specialist typed, or of a repair, the order that is to replace the one that stands. */
final class OrderChange {

    private static final Pattern QUANTITY = Pattern.compile("\\d{1,6}(\\.\\d{1,3})?(\\s*[\\p{L}µ]+)?");
    private static final int MOST_DAYS = 366;
    private static final int MOST_REFILLS = 99;

    private final MedicationOrder was;
    private final LocalDate today;
    private final List<Problem> wrong = new ArrayList<>();

    /** @param today civil date at the order's facility: the replacing order is authored then */
    OrderChange(MedicationOrder was, LocalDate today) {
        this.was = was;
        this.today = today;
    }

    /** What is wrong, field by field; empty where what was made can be proposed. */
    List<Problem> wrong() {
        return wrong;
    }

    // Typed -----------------------------------------------------------------------------------------------------------

    /** @param diagnoses of the chart that an order can be for */
    MedicationOrder typed(Change change, List<EntryView> diagnoses, DrugBook drugs) {
        String sig = change.directions().strip();
        String quantity = change.quantity().strip();
        if (!quantity.isEmpty() && !QUANTITY.matcher(quantity).matches()) {
            wrong("quantity", "Enter a number, with its unit if you like: 30, 150 mL");
        }
        if (sig.isEmpty() && was.dosage() != null) {
            wrong("directions", "Say how it is to be taken");
        }
        Integer days = whole("days", change.days(), MOST_DAYS);
        Integer refills = whole("refills", change.refills(), MOST_REFILLS);
        Concept drug = coded(Concept.RXNORM, rxnorm(change.rxnorm().strip(), drugs), was.medication());
        drug = coded(CaseFacts.NDC, ndc(change.ndc().strip()), drug);
        Content.Dosage dosage = was.dosage() != null && was.dosage().text().equals(sig) || sig.isEmpty()
                ? was.dosage()
                : Sig.read(sig, route());
        String diagnosis = change.diagnosis().strip();
        EntryView chosen = diagnoses.stream()
                .filter(each -> each.id().toString().equals(diagnosis))
                .findFirst()
                .orElse(null);
        if (!diagnosis.isEmpty() && chosen == null) {
            wrong("diagnosis", "Choose a diagnosis of this chart");
        }
        return order(
                drug,
                dosage,
                quantity.isEmpty() ? null : quantity,
                refills,
                days,
                chosen == null ? was.indication() : chosen.content().title(),
                chosen == null
                        ? was.indicationOf()
                        : new Content.EntryRef(chosen.id().toString()),
                was.start(),
                was.end());
    }

    /** New directions that name no route leave it as it was: who adds the reason of an inhaler changes no route. */
    private @Nullable String route() {
        return was.dosage() == null ? null : was.dosage().route();
    }

    private @Nullable String rxnorm(String typed, DrugBook drugs) {
        if (typed.isEmpty() || typed.equals(was.medication().code(Concept.RXNORM))) {
            return typed.isEmpty() ? null : typed;
        }
        if (!typed.matches("\\d{1,8}")) {
            wrong("rxnorm", "An RxNorm code is a number");
        } else if (drugs.edition().isPresent() && drugs.drug(typed).isEmpty()) {
            wrong(
                    "rxnorm",
                    "“" + typed + "” is not among the codes that are loaded ("
                            + drugs.edition().get() + ")");
        }
        return typed;
    }

    private @Nullable String ndc(String typed) {
        if (typed.isEmpty() || typed.equals(was.medication().code(CaseFacts.NDC))) {
            return typed.isEmpty() ? null : typed;
        }
        String code = OrderNumbers.packageCode(typed);
        if (code == null) {
            List<String> candidates = OrderNumbers.packageCodes(typed);
            wrong(
                    "ndc",
                    candidates.isEmpty()
                            ? "Enter a package code with its hyphens, or all 11 digits"
                            : "Ten digits can mean " + String.join(", ", candidates) + ". Enter the right one");
        }
        return code;
    }

    private @Nullable Integer whole(String name, String typed, int most) {
        String text = typed.strip();
        if (text.isEmpty()) {
            return null;
        }
        if (!text.matches("\\d{1,4}") || Integer.parseInt(text) > most) {
            wrong(name, "Enter a whole number up to " + most);
            return null;
        }
        return Integer.valueOf(text);
    }

    // A repair --------------------------------------------------------------------------------------------------------

    /**
     * The order with a repair applied; empty where the repair changes what only the prescriber can say (who prescribes,
     * the day of the order, the schedule).
     *
     * @param before the prescription as it was checked
     * @param after with the repair applied
     */
    Optional<MedicationOrder> repaired(Prescription before, Prescription after, List<EntryView> diagnoses) {
        if (!Objects.equals(before.prescriber(), after.prescriber())
                || !Objects.equals(before.schedule(), after.schedule())
                || !Objects.equals(before.ordered(), after.ordered())) {
            return Optional.empty();
        }
        Concept drug = was.medication();
        if (!Objects.equals(before.text(), after.text()) && after.text() != null) {
            drug = new Concept(after.text(), drug.codings());
        }
        if (!Objects.equals(before.rxnorm(), after.rxnorm())) {
            drug = coded(Concept.RXNORM, after.rxnorm(), drug);
        }
        if (!Objects.equals(before.ndc(), after.ndc())) {
            drug = coded(CaseFacts.NDC, after.ndc(), drug);
        }
        EntryView chosen = Objects.equals(before.indication(), after.indication())
                ? null
                : diagnoses.stream()
                        .filter(each -> each.content() instanceof Content.Condition condition
                                && Objects.equals(condition.code().code(Concept.ICD10CM), after.indication()))
                        .findFirst()
                        .orElse(null);
        if (chosen == null && !Objects.equals(before.indication(), after.indication())) {
            return Optional.empty();
        }
        return Optional.of(order(
                drug,
                dosage(before, after),
                Objects.equals(before.quantity(), after.quantity()) ? was.quantity() : quantity(after.quantity()),
                Objects.equals(before.refills(), after.refills()) ? was.refills() : after.refills(),
                Objects.equals(before.days(), after.days()) ? was.daysSupply() : days(after.days()),
                chosen == null ? was.indication() : chosen.content().title(),
                chosen == null
                        ? was.indicationOf()
                        : new Content.EntryRef(chosen.id().toString()),
                Objects.equals(before.start(), after.start()) ? was.start() : text(after.start()),
                Objects.equals(before.end(), after.end()) ? was.end() : text(after.end())));
    }

    private Content.@Nullable Dosage dosage(Prescription before, Prescription after) {
        Content.Dosage dosage = was.dosage();
        if (!Objects.equals(before.sig(), after.sig()) && after.sig() != null) {
            dosage = Sig.read(after.sig(), route());
        }
        boolean dosed = !Objects.equals(before.dose(), after.dose());
        boolean routed = !Objects.equals(before.route(), after.route());
        boolean needed = !Objects.equals(before.prnReason(), after.prnReason());
        if (!dosed && !routed && !needed) {
            return dosage;
        }
        CodingCase.Dose dose = after.dose();
        Content.Dosage fields = new Content.Dosage(
                "",
                !dosed
                        ? dosage == null ? null : dosage.dose()
                        : dose == null || dose.value() == null ? null : plain(dose.value()),
                !dosed ? dosage == null ? null : dosage.doseUnit() : dose == null ? null : word(dose.unit()),
                !routed
                        ? dosage == null ? null : dosage.route()
                        : Stream.of(Route.values())
                                .filter(route -> route.snomed().equals(after.route()))
                                .map(Route::word)
                                .findFirst()
                                .orElse(null),
                dosage == null ? null : dosage.timing(),
                needed ? after.prnReason() != null : dosage != null && dosage.asNeeded(),
                needed ? after.prnReason() : dosage == null ? null : dosage.asNeededReason(),
                dosage == null ? null : dosage.duration());
        // The line never says something else than its fields.
        return new Content.Dosage(
                Sig.words(fields),
                fields.dose(),
                fields.doseUnit(),
                fields.route(),
                fields.timing(),
                fields.asNeeded(),
                fields.asNeededReason(),
                fields.duration());
    }

    /** The word that the chart keeps for a UCUM unit; the unit itself where it has none. */
    private static @Nullable String word(@Nullable String ucum) {
        return Stream.of(DoseUnit.values())
                .filter(unit -> unit.ucum().equals(ucum))
                .map(DoseUnit::word)
                .findFirst()
                .orElse(ucum);
    }

    private @Nullable String quantity(@Nullable BigDecimal number) {
        if (number == null) {
            return null;
        }
        String[] parts = was.quantity() == null ? new String[0] : was.quantity().split("\\s+", 2);
        return plain(number) + (parts.length > 1 ? " " + parts[1] : "");
    }

    private static @Nullable Integer days(@Nullable BigDecimal number) {
        return number == null ? null : number.intValue();
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    private static @Nullable String text(@Nullable LocalDate day) {
        return day == null ? null : day.toString();
    }

    // Both ------------------------------------------------------------------------------------------------------------

    /** The concept with this code of a system in the place of the one that it had; without one where it is null. */
    private static Concept coded(String system, @Nullable String code, Concept drug) {
        if (Objects.equals(drug.code(system), code)) {
            return drug;
        }
        List<Concept.Coding> codings = new ArrayList<>();
        boolean put = code == null;
        for (Concept.Coding coding : drug.codings()) {
            if (!coding.system().equals(system)) {
                codings.add(coding);
            } else if (!put && code != null) {
                codings.add(new Concept.Coding(system, code, null));
                put = true;
            }
        }
        if (!put && code != null) {
            codings.add(new Concept.Coding(system, code, null));
        }
        return new Concept(drug.text(), codings);
    }

    private MedicationOrder order(
            Concept drug,
            Content.@Nullable Dosage dosage,
            @Nullable String quantity,
            @Nullable Integer refills,
            @Nullable Integer days,
            @Nullable String indication,
            Content.@Nullable EntryRef indicationOf,
            @Nullable String start,
            @Nullable String end) {
        return new MedicationOrder(
                drug,
                was.status(),
                dosage,
                quantity,
                refills,
                days,
                indication,
                indicationOf,
                today.toString(),
                start,
                end,
                null,
                was.replaces(),
                was.prescriber(),
                was.note());
    }

    /** What differs, in a few words: "quantity 28, refills 0"; empty where nothing does. */
    static String words(MedicationOrder was, MedicationOrder now) {
        List<String> said = new ArrayList<>();
        differ(said, "drug", was.medication().text(), now.medication().text());
        differ(
                said,
                "RxNorm",
                was.medication().code(Concept.RXNORM),
                now.medication().code(Concept.RXNORM));
        differ(
                said,
                "NDC",
                was.medication().code(CaseFacts.NDC),
                now.medication().code(CaseFacts.NDC));
        differ(
                said,
                "directions",
                was.dosage() == null ? null : "“" + was.dosage().text() + "”",
                now.dosage() == null ? null : "“" + now.dosage().text() + "”");
        differ(said, "quantity", was.quantity(), now.quantity());
        differ(said, "days", number(was.daysSupply()), number(now.daysSupply()));
        differ(said, "refills", number(was.refills()), number(now.refills()));
        differ(said, "for", was.indication(), now.indication());
        differ(said, "from", was.start(), now.start());
        differ(said, "until", was.end(), now.end());
        return String.join(", ", said);
    }

    private static @Nullable String number(@Nullable Integer value) {
        return value == null ? null : value.toString();
    }

    private static void differ(List<String> said, String name, @Nullable String was, @Nullable String now) {
        if (!Objects.equals(was, now)) {
            said.add(now == null ? "no " + name : name + " " + now);
        }
    }

    private void wrong(String field, String message) {
        wrong.add(Problem.error(field, message));
    }
}
