package org.chartkeeper.coding.rule.prescription;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.chartkeeper.terminology.DrugBook;
import org.jspecify.annotations.Nullable;

/** Drugs of the drug table that are controlled under federal law, in the schedule of their combination. */
final class ControlledDrugs {

    private static final DrugTable TABLE = DrugTable.load();

    /** As findings name it. */
    static final String EDITION = TABLE.edition() + " (schedules of 21 CFR 1308; MME of CDC 2022)";

    /** Combinations with hydrocodone left schedule III that day (79 FR 49661). */
    private static final LocalDate HYDROCODONE_II = LocalDate.of(2014, 10, 6);

    /** Codeine in these is a cough preparation: schedule V (21 CFR 1308.15(c)). */
    private static final Set<String> COUGH =
            Set.of("guaifenesin", "promethazine", "pseudoephedrine", "chlorpheniramine");

    private static final Pattern MIXED = Pattern.compile(
            "(?i) / |acetaminophen|apap|aspirin|ibuprofen|butalbital|carisoprodol|tylenol|#\\s?[234]\\b");

    private ControlledDrugs() {}

    /** What it does, as far as it matters here. */
    enum Kind {
        OPIOID,
        BENZODIAZEPINE,
        OTHER
    }

    /**
     * A controlled drug.
     *
     * @param schedule 2 to 5
     * @param factor to morphine milligram equivalents; null where none is published
     */
    record Controlled(
            String ingredient,
            int schedule,
            Kind kind,
            @Nullable BigDecimal factor) {}

    /** The controlled drugs of a prescription or a medication, each once. */
    static List<Controlled> of(@Nullable String rxnorm, @Nullable String text, DrugBook drugs, LocalDate on) {
        List<DrugEntry> all = TABLE.ingredientsOf(rxnorm, text, drugs);
        Set<String> names = all.stream().map(DrugEntry::ingredient).collect(Collectors.toSet());
        boolean mixed = names.size() > 1 || text != null && MIXED.matcher(text).find();
        String words = text == null ? "" : text.toLowerCase(Locale.ROOT);
        boolean cough = COUGH.stream().anyMatch(one -> names.contains(one) || words.contains(one));
        boolean exempt = names.contains("acetaminophen") && !names.contains("aspirin");
        boolean solution = words.contains("solution") || words.contains("syndros");
        return all.stream()
                .filter(entry -> entry.schedule() != null)
                .map(entry -> new Controlled(
                        entry.ingredient(),
                        schedule(entry, mixed, cough, exempt, solution, on),
                        kind(entry),
                        entry.mme()))
                .filter(drug -> drug.schedule() > 0)
                .distinct()
                .toList();
    }

    /** The most strictly controlled drug of a prescription; empty where it has none. */
    static Optional<Controlled> strictest(Rx rx) {
        return of(Drugs.code(rx), rx.entered().text(), rx.of().drugs(), rx.day()).stream()
                .min((one, other) -> Integer.compare(one.schedule(), other.schedule()));
    }

    private static Kind kind(DrugEntry entry) {
        if (entry.opioid() || entry.classes().contains("opioid-partial-agonist")) {
            return Kind.OPIOID;
        }
        return entry.classes().contains("benzodiazepine") ? Kind.BENZODIAZEPINE : Kind.OTHER;
    }

    private static int schedule(
            DrugEntry entry, boolean mixed, boolean cough, boolean exempt, boolean solution, LocalDate on) {
        if (entry.ingredient().equals("codeine") && mixed) {
            return cough ? 5 : 3;
        }
        if (entry.ingredient().equals("codeine") && cough) {
            return 5;
        }
        if (entry.ingredient().equals("hydrocodone") && mixed && on.isBefore(HYDROCODONE_II)) {
            return 3;
        }
        // With acetaminophen butalbital is exempt (21 CFR 1308.32), with aspirin it is schedule III (1308.13(c)).
        if (entry.ingredient().equals("butalbital") && exempt) {
            return 0;
        }
        // The oral solution alone stands in schedule II (21 CFR 1308.12(f)), the capsule in III (1308.13(g)).
        if (entry.ingredient().equals("dronabinol") && solution) {
            return 2;
        }
        return Schedule.read(entry.schedule());
    }
}
