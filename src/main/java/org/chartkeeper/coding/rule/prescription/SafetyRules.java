package org.chartkeeper.coding.rule.prescription;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.chartkeeper.coding.CodingCase;
import org.chartkeeper.coding.CodingCase.Medication;
import org.chartkeeper.coding.CodingCase.Reconciled;
import org.chartkeeper.coding.Severity;
import org.chartkeeper.coding.rule.CaseView;
import org.chartkeeper.coding.rule.Dx;
import org.chartkeeper.coding.rule.Report;
import org.chartkeeper.coding.rule.Rule;
import org.chartkeeper.coding.rule.prescription.Allergies.Known;
import org.chartkeeper.coding.rule.prescription.DrugEntry.RenalLimit;
import org.chartkeeper.coding.rule.prescription.Interactions.Pair;
import org.chartkeeper.coding.rule.prescription.Interactions.Tier;

/**
 * Whether the drugs of a case are safe for the patient: allergies, duplicate therapy, interactions, pregnancy, kidney
 * function, reconciliation. They rest on hand-written tables, which every finding names.
 */
final class SafetyRules {

    /** In the order of the rule book. */
    static final List<Rule> ALL = List.of(
            new SameIngredient(),
            new AllergyClass(),
            new CrossSensitivity(),
            new FreeTextAllergy(),
            new DuplicateIngredient(),
            new DuplicateClass(),
            new HighPriorityInteraction(),
            new OtherInteraction(),
            new PregnancyAndLactation(),
            new KidneyFunction(),
            new Reconciliation());

    /** Short-acting bronchodilators. */
    private static final Set<String> RESCUE = Set.of("saba", "sama");

    private static final Pattern NEBULIZED =
            Pattern.compile("nebul|\\bneb\\b|inhal\\w* (?:solution|suspension)", Pattern.CASE_INSENSITIVE);

    private SafetyRules() {}

    /** What these rules share: their identity and the tables. */
    private abstract static class SafetyRule implements Rule {
        private final String id;
        private final Severity severity;
        private final String source;

        SafetyRule(String id, Severity severity, String source) {
            this.id = id;
            this.severity = severity;
            this.source = source;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public Severity severity() {
            return severity;
        }

        @Override
        public String source() {
            return source;
        }

        static DrugTable table() {
            return DrugTable.load();
        }

        static List<Order> orders(CaseView coded) {
            return Order.of(coded, table());
        }

        static List<Known> allergies(CaseView coded) {
            return coded.coded().allergies().isEmpty()
                    ? List.of()
                    : Allergies.of(coded.coded().allergies(), table(), coded.drugs());
        }
    }

    /** How an allergy bears on a drug: the nearest relation alone counts. */
    private enum Relation {
        SAME,
        GROUP,
        CROSS,
        NONE
    }

    private record Match(Relation relation, DrugEntry drug, String why) {}

    /** The nearest relation of an allergy to a drug of the order. */
    private static Optional<Match> match(Known allergy, Order order) {
        List<Match> matches = new ArrayList<>();
        for (DrugEntry drug : order.drugs()) {
            String group = allergy.groupOf(drug);
            if (allergy.names(drug)) {
                matches.add(new Match(Relation.SAME, drug, drug.ingredient()));
            } else if (group != null) {
                matches.add(new Match(Relation.GROUP, drug, words(group)));
            } else {
                cross(allergy, drug).ifPresent(why -> matches.add(new Match(Relation.CROSS, drug, why)));
            }
        }
        return matches.stream().min((one, other) -> one.relation().compareTo(other.relation()));
    }

    private static String words(String term) {
        return term.replace('-', ' ');
    }

    /** Why a drug outside the group may still harm; empty where nothing is known of it. */
    private static Optional<String> cross(Known allergy, DrugEntry drug) {
        Set<String> groups = allergy.groups();
        if (groups.contains("penicillin")) {
            if (drug.groups().contains("cephalosporin-aminobenzyl")) {
                return Optional.of("its side chain is that of ampicillin and amoxicillin");
            }
            if (drug.classes().contains("cephalosporin")) {
                return Optional.of("low risk (under 2 %): its side chain differs from the penicillins'");
            }
            if (drug.classes().contains("carbapenem")) {
                return Optional.of("low risk (under 1 %)");
            }
        }
        if (groups.contains("cephalosporin")) {
            if (drug.classes().contains("penicillin")) {
                return Optional.of(
                        "low risk, higher where the side chain is the same (cephalexin, cefadroxil, cefaclor)");
            }
            if (drug.classes().contains("carbapenem")) {
                return Optional.of("low risk (under 1 %)");
            }
            if (drug.ingredient().equals("aztreonam") && named(allergy, "ceftazidime")) {
                return Optional.of("ceftazidime and aztreonam have the same side chain");
            }
        }
        if (groups.contains("carbapenem") && drug.allergens().contains("beta-lactam")) {
            return Optional.of("low risk: both are beta lactams");
        }
        if (groups.contains("monobactam") && drug.ingredient().equals("ceftazidime")) {
            return Optional.of("ceftazidime and aztreonam have the same side chain");
        }
        if (groups.contains("sulfonamide-antibiotic") && drug.allergens().contains("sulfonamide-nonantibiotic")) {
            return Optional.of("a sulfonamide that is no antibiotic: low risk, but its label warns");
        }
        if ((groups.contains("opioid-phenanthrene") || groups.contains("opioid-phenylpiperidine")) && drug.opioid()) {
            return Optional.of("another family of opioids: low risk");
        }
        if (groups.contains("ace-inhibitor") && drug.classes().contains("arb")) {
            return Optional.of("after angioedema low risk");
        }
        if (groups.contains("ace-inhibitor") && drug.classes().contains("neprilysin-inhibitor")) {
            return Optional.of("angioedema: the label forbids it after angioedema of an ACE inhibitor");
        }
        return Optional.empty();
    }

    private static boolean named(Known allergy, String ingredient) {
        return allergy.ingredients().stream().anyMatch(drug -> drug.ingredient().equals(ingredient));
    }

    private abstract static class AllergyRule extends SafetyRule {
        private final Relation relation;

        AllergyRule(String id, Severity severity, String source, Relation relation) {
            super(id, severity, source);
            this.relation = relation;
        }

        @Override
        public void check(CaseView coded, Report report) {
            List<Known> allergies = allergies(coded);
            if (allergies.isEmpty()) {
                return;
            }
            for (Order order : orders(coded)) {
                for (Known allergy : allergies) {
                    if (allergy.intolerance()) {
                        continue;
                    }
                    match(allergy, order)
                            .filter(match -> match.relation() == relation)
                            .ifPresent(match -> report.add(
                                    order.item(),
                                    message(order, allergy, match),
                                    order.label(),
                                    "allergy: " + allergy.label(),
                                    table().edition()));
                }
            }
        }

        abstract String message(Order order, Known allergy, Match match);
    }

    /** AL-01: the drug itself. */
    private static final class SameIngredient extends AllergyRule {
        SameIngredient() {
            super("AL-01", Severity.R, "The chart's allergies against the ingredients of the drug", Relation.SAME);
        }

        @Override
        public void check(CaseView coded, Report report) {
            super.check(coded, report);
            for (Known allergy : allergies(coded)) {
                if (allergy.coded() && !allergy.understood()) {
                    report.add(
                            Severity.I,
                            allergy.item(),
                            "Not checked: the allergy " + allergy.label() + " is not in the drug table.",
                            null,
                            allergy.label(),
                            table().edition());
                }
            }
        }

        @Override
        String message(Order order, Known allergy, Match match) {
            return order.label() + " holds " + match.drug().ingredient() + ", to which the patient is allergic ("
                    + allergy.label() + "): another drug, or refute the allergy.";
        }
    }

    /** AL-02: a drug of the same group. */
    private static final class AllergyClass extends AllergyRule {
        AllergyClass() {
            super("AL-02", Severity.R, "The chart's allergies against the allergen group of the drug", Relation.GROUP);
        }

        @Override
        String message(Order order, Known allergy, Match match) {
            return match.drug().ingredient() + " is in the group " + match.why()
                    + ", to which the patient is allergic (" + allergy.label()
                    + "): a drug of another group, or refute the allergy.";
        }
    }

    /** AL-03: a related group. */
    private static final class CrossSensitivity extends AllergyRule {
        CrossSensitivity() {
            super("AL-03", Severity.W, "Cross-sensitivity of related groups (FDA labels)", Relation.CROSS);
        }

        @Override
        String message(Order order, Known allergy, Match match) {
            return match.drug().ingredient() + " may cross-react with the allergy " + allergy.label() + ": "
                    + match.why() + ".";
        }
    }

    /** AL-04: what cannot be checked as it stands, and intolerances. */
    private static final class FreeTextAllergy extends SafetyRule {
        FreeTextAllergy() {
            super("AL-04", Severity.I, "An allergy is checked by its code; an intolerance is no allergy");
        }

        @Override
        public void check(CaseView coded, Report report) {
            for (Known allergy : allergies(coded)) {
                if (allergy.intolerance()) {
                    report.add(
                            allergy.item(),
                            allergy.label() + " tells of an intolerance, not an allergy: it raises no allergy alert"
                                    + matching(coded, allergy) + ".",
                            allergy.label(),
                            table().edition());
                } else if (allergy.ambiguous()) {
                    report.add(
                            allergy.item(),
                            "Allergy \"" + allergy.label() + "\" does not say which drugs are meant: only sulfonamide"
                                    + " antibiotics were checked against it. Code the allergy.",
                            allergy.label(),
                            table().edition());
                } else if (!allergy.readAs().isEmpty()) {
                    report.add(
                            allergy.item(),
                            "Allergy \"" + allergy.label() + "\" was read as " + allergy.readAs()
                                    + " for a letter that differs. Code the allergy.",
                            allergy.label(),
                            table().edition());
                } else if (!allergy.coded() && !allergy.understood()) {
                    report.add(
                            allergy.item(),
                            "Allergy \"" + allergy.label() + "\" is free text that cannot be checked against drugs."
                                    + " Code the allergy.",
                            allergy.label(),
                            table().edition());
                }
            }
        }

        private static String matching(CaseView coded, Known allergy) {
            List<String> meant = orders(coded).stream()
                    .filter(order -> match(allergy, order)
                            .filter(match -> match.relation() != Relation.CROSS)
                            .isPresent())
                    .map(Order::label)
                    .toList();
            return meant.isEmpty() ? "" : "; it bears on " + String.join(", ", meant);
        }
    }

    /** Each two drugs that are taken at the same time, the one that the finding is about first. */
    private static void pairs(CaseView coded, BiConsumer<Order, Order> each) {
        List<Order> orders = SafetyRule.orders(coded);
        for (int i = 0; i < orders.size(); i++) {
            for (int j = i + 1; j < orders.size(); j++) {
                Order first = orders.get(i);
                Order second = orders.get(j);
                if (first.overlaps(second)) {
                    // The later prescription is the one to change; an active medication only where both are.
                    if (second.prescribed() || !first.prescribed()) {
                        each.accept(second, first);
                    } else {
                        each.accept(first, second);
                    }
                }
            }
        }
    }

    private static Set<String> shared(Order one, Order other) {
        Set<String> shared = new LinkedHashSet<>();
        for (DrugEntry drug : one.drugs()) {
            if (other.drugs().contains(drug)) {
                shared.add(drug.ingredient());
            }
        }
        return shared;
    }

    /** A short- and a long-acting form of opioids are meant together. */
    private static boolean opioidPair(Order one, Order other) {
        return one.longActing() != other.longActing()
                && one.drugs().stream().anyMatch(DrugEntry::opioid)
                && other.drugs().stream().anyMatch(DrugEntry::opioid);
    }

    /** A rescue inhaler for the way and the same drug for the nebulizer at home are meant together. */
    private static boolean rescuePair(Order one, Order other) {
        return nebulized(one) != nebulized(other)
                && Stream.of(one, other)
                        .allMatch(order -> order.place().equals("inhaled")
                                && order.drugs().stream()
                                        .allMatch(drug -> RESCUE.stream().anyMatch(drug.classes()::contains)));
    }

    private static boolean nebulized(Order order) {
        return NEBULIZED.matcher(order.label()).find();
    }

    /** DT-01: the same ingredient twice. */
    private static final class DuplicateIngredient extends SafetyRule {
        DuplicateIngredient() {
            super("DT-01", Severity.R, "Duplicate therapy: the same ingredient");
        }

        @Override
        public void check(CaseView coded, Report report) {
            pairs(coded, (order, other) -> {
                Set<String> shared = shared(order, other);
                if (!shared.isEmpty()
                        && order.place().equals(other.place())
                        && !rescuePair(order, other)
                        && !order.succeeds(other)
                        && !other.succeeds(order)
                        && !(opioidPair(order, other) && shared.stream().allMatch(DuplicateIngredient::opioid))) {
                    report.add(
                            order.item(),
                            order.label() + " and " + other.label() + " (" + other.item() + ") both hold "
                                    + String.join(" and ", shared) + ": stop one of them.",
                            order.label(),
                            other.label(),
                            table().edition());
                }
            });
        }

        private static boolean opioid(String ingredient) {
            return table().ingredient(ingredient).filter(DrugEntry::opioid).isPresent();
        }
    }

    /** DT-02: two drugs of a class. */
    private static final class DuplicateClass extends SafetyRule {
        /** Given together on purpose, or only to help another drug. */
        private static final Set<String> TOGETHER =
                Set.of("local-anesthetic", "beta-lactamase-inhibitor", "alkylating-agent", "platinum");

        DuplicateClass() {
            super(
                    "DT-02",
                    Severity.W,
                    "Duplicate therapy: the same class (ATC level 4, established pharmacologic class)");
        }

        @Override
        public void check(CaseView coded, Report report) {
            pairs(coded, (order, other) -> {
                if (!order.place().equals(other.place())
                        || opioidPair(order, other)
                        || !shared(order, other).isEmpty()) {
                    return;
                }
                Set<String> told = new LinkedHashSet<>();
                for (DrugEntry one : order.drugs()) {
                    for (DrugEntry two : other.drugs()) {
                        one.classes().stream()
                                .filter(name -> two.classes().contains(name) && !TOGETHER.contains(name))
                                .filter(name -> !booster(one, two))
                                .filter(told::add)
                                .forEach(name -> report.add(
                                        order.item(),
                                        one.ingredient() + " and " + two.ingredient() + " (" + other.item()
                                                + ") are both of the class " + words(name)
                                                + ": one of them, unless both are meant.",
                                        order.label(),
                                        other.label(),
                                        table().edition()));
                    }
                }
            });
        }

        /** Ritonavir in a small dose keeps another protease inhibitor in the blood. */
        private static boolean booster(DrugEntry one, DrugEntry two) {
            return one.ingredient().equals("ritonavir") || two.ingredient().equals("ritonavir");
        }
    }

    /** Tells the interactions of every two orders, each line of the table once for two orders. */
    private abstract static class InteractionRule extends SafetyRule {
        InteractionRule(String id, Severity severity, String source) {
            super(id, severity, source);
        }

        @Override
        public void check(CaseView coded, Report report) {
            Interactions interactions = Interactions.load();
            pairs(coded, (order, other) -> {
                Set<Pair> told = new LinkedHashSet<>();
                for (DrugEntry one : order.drugs()) {
                    for (DrugEntry two : other.drugs()) {
                        if (!acts(order, one) || !acts(other, two)) {
                            continue;
                        }
                        interactions
                                .between(one, two)
                                .filter(pair -> pair.tier().onc() == onc())
                                .filter(told::add)
                                .ifPresent(pair -> report.add(
                                        weight(pair.tier()),
                                        order.item(),
                                        one.ingredient() + " with " + two.ingredient() + " (" + other.item() + "): "
                                                + pair.effect() + ".",
                                        null,
                                        order.label(),
                                        other.label(),
                                        level(pair.tier()),
                                        interactions.edition()));
                    }
                }
            });
        }

        /** What stays on the skin, in the eye or in the ear does not interact, but for beta blockers in the eye. */
        private static boolean acts(Order order, DrugEntry drug) {
            return !order.local() || drug.classes().contains("beta-blocker-eye");
        }

        private static String level(Tier tier) {
            return switch (tier) {
                case CONTRAINDICATED -> "ONC high priority, contraindicated";
                case HIGH_PRIORITY -> "ONC high priority";
                case MAJOR -> "major";
                case MODERATE -> "moderate";
            };
        }

        abstract boolean onc();

        abstract Severity weight(Tier tier);
    }

    /** DD-01: the pairs of the ONC list. */
    private static final class HighPriorityInteraction extends InteractionRule {
        HighPriorityInteraction() {
            super(
                    "DD-01",
                    Severity.H,
                    "ONC high-priority drug-drug interactions (Phansalkar et al., JAMIA 2012;19:735) and FDA labels");
        }

        @Override
        boolean onc() {
            return true;
        }

        @Override
        Severity weight(Tier tier) {
            return tier == Tier.CONTRAINDICATED ? Severity.H : Severity.R;
        }
    }

    /** DD-02: all other interactions, and drugs that the table does not know. */
    private static final class OtherInteraction extends InteractionRule {
        OtherInteraction() {
            super("DD-02", Severity.W, "FDA labels; AGS Beers criteria 2023; CDC opioid guideline 2022");
        }

        @Override
        public void check(CaseView coded, Report report) {
            super.check(coded, report);
            for (Order order : orders(coded)) {
                if (order.drugs().isEmpty()) {
                    report.add(
                            Severity.I,
                            order.item(),
                            "Not checked: " + order.label() + " is not in the drug table; its allergies, duplicates,"
                                    + " interactions and warnings are unknown.",
                            null,
                            order.label(),
                            table().edition());
                }
            }
        }

        @Override
        boolean onc() {
            return false;
        }

        @Override
        Severity weight(Tier tier) {
            return Severity.W;
        }
    }

    /** PG-01: pregnancy and breast-feeding. */
    private static final class PregnancyAndLactation extends SafetyRule {
        private static final String[] ABORTIVE = {"O00", "O01", "O02", "O03", "O04", "O07", "O08"};

        PregnancyAndLactation() {
            super("PG-01", Severity.W, "FDA labels, sections 8.1 and 8.2; NIH LactMed");
        }

        @Override
        public void check(CaseView coded, Report report) {
            // What ended in abortion, or in a delivery, has no fetus to protect: the drug may be the treatment.
            boolean delivered = coded.all().stream().anyMatch(dx -> dx.in("Z37"));
            Optional<Dx> pregnant = coded.all().stream()
                    .filter(dx -> dx.in("Z33.1", "O", "Z34", "Z3A", "Z32.01") && !dx.in(ABORTIVE) && !delivered)
                    .findFirst();
            Optional<Dx> nursing =
                    coded.all().stream().filter(dx -> dx.in("Z39.1")).findFirst();
            if (pregnant.isEmpty() && nursing.isEmpty()) {
                return;
            }
            for (Order order : orders(coded)) {
                for (DrugEntry drug : order.drugs()) {
                    if (order.local() && drug.routes().contains("oral")) {
                        continue;
                    }
                    if (pregnant.isPresent() && drug.pregnancy() != null) {
                        tell(report, order, drug, pregnant.get(), "pregnancy", drug.pregnancy());
                    }
                    if (nursing.isPresent() && drug.lactation() != null) {
                        tell(report, order, drug, nursing.get(), "lactation", drug.lactation());
                    }
                }
            }
        }

        private static void tell(Report report, Order order, DrugEntry drug, Dx dx, String when, String why) {
            report.add(
                    order.item(),
                    drug.ingredient() + " in " + when + " (" + dx.code() + "): " + why + ".",
                    order.label(),
                    dx.code(),
                    table().edition());
        }
    }

    /** RN-01: kidney function; of metformin below 30 a reason is asked for. */
    private static final class KidneyFunction extends SafetyRule {
        KidneyFunction() {
            super("RN-01", Severity.W, "FDA labels, section 8.6; KDIGO 2024");
        }

        @Override
        public void check(CaseView coded, Report report) {
            BigDecimal egfr = coded.coded().egfr();
            if (egfr == null) {
                return;
            }
            for (Order order : orders(coded)) {
                if (order.local()) {
                    continue;
                }
                for (DrugEntry drug : order.drugs()) {
                    Optional<RenalLimit> limit = drug.renal().stream()
                            .filter(one -> egfr.compareTo(BigDecimal.valueOf(one.below())) < 0)
                            .findFirst();
                    limit.ifPresent(below -> report.add(
                            below.contraindicated() && drug.ingredient().equals("metformin") ? Severity.R : Severity.W,
                            order.item(),
                            drug.ingredient() + " at an eGFR of " + egfr.toPlainString() + " (below " + below.below()
                                    + " mL/min/1.73 m²): " + below.text()
                                    + (below.contraindicated() ? "; not to be given." : "."),
                            null,
                            order.label(),
                            "eGFR " + egfr.toPlainString(),
                            table().edition()));
                }
            }
        }
    }

    /**
     * RC-01: at a transition of care every drug is kept, changed, stopped or new, with a reason. The decisions are
     * evidence outside a case from a file: without them the rule is silent.
     */
    private static final class Reconciliation extends SafetyRule {
        Reconciliation() {
            super("RC-01", Severity.R, "Joint Commission NPSG.03.06.01: medication reconciliation");
        }

        @Override
        public void check(CaseView coded, Report report) {
            List<Reconciled> lines = coded.coded().reconciliation();
            if (lines == null) {
                boolean transition =
                        coded.coded().discharged() != null && coded.coded().kind() != CodingCase.Kind.AMBULATORY;
                if (transition && !orders(coded).isEmpty()) {
                    report.add(
                            Severity.I,
                            Report.CASE,
                            Report.NOT_CHECKED + "the case does not say what was decided of each drug when the patient"
                                    + " left (keep, change, stop or new).",
                            null);
                }
                return;
            }
            for (Reconciled line : lines) {
                boolean reasoned = line.reason() != null && !line.reason().isBlank();
                if (line.decision() == null || !reasoned) {
                    report.add(
                            Report.CASE,
                            line.drug() + " is not reconciled: say keep, change, stop or new, with a reason.",
                            line.drug(),
                            line.decision() == null ? "no decision" : "no reason");
                }
            }
            List<Medication> active = coded.coded().activeMedications();
            for (int i = 0; i < active.size(); i++) {
                String text = active.get(i).text();
                if (text != null && lines.stream().noneMatch(line -> line.drug().equalsIgnoreCase(text))) {
                    report.add(
                            "activeMedications[" + i + "]",
                            text + " has no line in the reconciliation: say keep, change or stop, with a reason.",
                            text);
                }
            }
        }
    }
}
