package org.chartkeeper.coding.rule.prescription;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.chartkeeper.coding.CodingCase.Allergy;
import org.chartkeeper.terminology.DrugBook;
import org.jspecify.annotations.Nullable;

/** Reads the allergies of a case: which drugs and which groups of drugs each of them means. */
final class Allergies {

    /** RxNorm's ingredient "penicillin", which stands for the whole group. */
    private static final String PENICILLIN = "70618";

    private static final Set<String> OVER = Set.of("refuted", "resolved", "entered-in-error", "inactive");

    private static final Pattern NO_ALLERGY =
            Pattern.compile("^\\W*(nkda|nka|none|no known|no drug|no allerg|denies).*");

    /** No allergy, but something that a drug does to many. */
    private static final Pattern INTOLERANCE =
            Pattern.compile(".*\\b(intoleran(t|ce|ces)|side[- ]effects?|gi upset|upset stomach|stomach upset)\\b.*");

    /** May mean antibiotics, other sulfonamides, sulfites or sulfates. */
    private static final Pattern SULFA = Pattern.compile("\\bsul(f|ph)a\\b(?! antibiotic)");

    /** Words for groups of drugs. */
    private static final Map<Pattern, List<String>> GROUPS = groups();

    private Allergies() {}

    /**
     * An allergy that counts.
     *
     * @param item as a finding names it
     * @param label the chart's own words
     * @param ingredients drugs that it names
     * @param groups allergen groups or classes that it names or that the drugs belong to
     * @param coded whether it has a code
     * @param ambiguous whether its words leave open which drugs are meant
     * @param intolerance whether its words tell of an intolerance rather than an allergy
     * @param readAs what misspelt words were taken for; empty where they are spelt as known
     */
    record Known(
            String item,
            String label,
            List<DrugEntry> ingredients,
            Set<String> groups,
            boolean coded,
            boolean ambiguous,
            boolean intolerance,
            String readAs) {

        boolean understood() {
            return !ingredients.isEmpty() || !groups.isEmpty();
        }

        boolean names(DrugEntry drug) {
            return ingredients.contains(drug);
        }

        /** A group that the drug belongs to and within which an allergy counts; null where there is none. */
        @Nullable
        String groupOf(DrugEntry drug) {
            for (String group : groups) {
                if (drug.allergens().contains(group)
                        || drug.classes().contains(group)
                        || drug.groups().contains(group)) {
                    return group;
                }
            }
            return null;
        }
    }

    /** The allergies that count: neither refuted nor resolved nor entered in error. */
    static List<Known> of(List<Allergy> allergies, DrugTable table, DrugBook drugs) {
        List<Known> known = new ArrayList<>();
        for (int i = 0; i < allergies.size(); i++) {
            Allergy allergy = allergies.get(i);
            String status = allergy.status();
            String text = allergy.text() == null ? "" : allergy.text().strip();
            String low = text.toLowerCase(Locale.ROOT);
            String code = allergy.rxnorm() == null ? "" : allergy.rxnorm().strip();
            boolean said = !text.isEmpty() && !NO_ALLERGY.matcher(low).matches() || !code.isEmpty();
            if (!said
                    || status != null
                            && OVER.contains(
                                    status.strip().toLowerCase(Locale.ROOT).replaceAll("[ _]", "-"))) {
                continue;
            }
            Set<DrugEntry> ingredients = new LinkedHashSet<>(table.named(text));
            if (!code.isEmpty()) {
                ingredients.addAll(table.ingredientsOf(code, null, drugs));
            }
            Set<String> groups = new LinkedHashSet<>();
            GROUPS.forEach((words, named) -> {
                if (words.matcher(low).find()) {
                    groups.addAll(named);
                }
            });
            List<DrugEntry> meant =
                    ingredients.isEmpty() && groups.isEmpty() ? table.nearlyNamed(text) : List.<DrugEntry>of();
            ingredients.addAll(meant);
            if (code.equals(PENICILLIN) || groups.contains("penicillin")) {
                groups.add("penicillin");
                table.ingredient("penicillin v").ifPresent(ingredients::add);
                table.ingredient("penicillin g").ifPresent(ingredients::add);
            }
            for (DrugEntry drug : ingredients) {
                drug.allergens().stream()
                        .filter(group -> !group.equals("beta-lactam") && !group.equals("sulfonamide-nonantibiotic"))
                        .sorted()
                        .forEach(groups::add);
            }
            known.add(new Known(
                    "allergies[" + i + "]",
                    text.isEmpty() ? "RxNorm " + code : text,
                    List.copyOf(ingredients),
                    groups,
                    !code.isEmpty(),
                    code.isEmpty()
                            && ingredients.isEmpty()
                            && SULFA.matcher(low).find(),
                    INTOLERANCE.matcher(low).matches(),
                    meant.stream().map(DrugEntry::ingredient).collect(Collectors.joining(", "))));
        }
        return List.copyOf(known);
    }

    private static Map<Pattern, List<String>> groups() {
        Map<Pattern, List<String>> groups = new LinkedHashMap<>();
        group(groups, "penicillins?|pcns?", "penicillin");
        group(groups, "cephalosporins?|cephs?", "cephalosporin");
        group(groups, "beta[- ]?lactams?", "beta-lactam");
        group(groups, "carbapenems?", "carbapenem");
        group(groups, "sul(f|ph)onamides?|sul(f|ph)a", "sulfonamide-antibiotic");
        group(groups, "nsaids?|non[- ]?steroidals?|nonsteroidals?", "nsaid");
        group(groups, "salicylates?", "salicylate", "nsaid");
        group(groups, "macrolides?", "macrolide");
        group(groups, "(fluoro)?quinolones?", "fluoroquinolone");
        group(groups, "tetracyclines?", "tetracycline");
        group(groups, "aminoglycosides?", "aminoglycoside");
        group(groups, "azoles?|azole antifungals?", "azole");
        group(groups, "opioids?|opiates?|narcotics?", "opioid", "opioid-partial-agonist");
        group(groups, "ace[- ]?(inhibitors?|i)|acei", "ace-inhibitor");
        group(groups, "arbs?|angiotensin (ii )?receptor blockers?", "arb");
        group(groups, "statins?|hmg[- ]coa reductase inhibitors?", "statin");
        group(groups, "beta[- ]?blockers?", "beta-blocker");
        group(groups, "calcium channel blockers?|ccbs?", "dhp-ccb", "nondhp-ccb");
        group(groups, "thiazides?", "thiazide");
        group(groups, "loop diuretics?", "loop-diuretic");
        group(groups, "benzodiazepines?|benzos?", "benzodiazepine");
        group(groups, "barbiturates?", "barbiturate", "barbiturate-like");
        group(groups, "ssris?", "ssri");
        group(groups, "snris?", "snri");
        group(groups, "tricyclics?|tcas?", "tricyclic");
        group(groups, "triptans?", "triptan");
        group(groups, "ppis?|proton[- ]pump inhibitors?", "ppi");
        group(groups, "h2 (blockers?|antagonists?)", "h2-blocker");
        group(groups, "phenothiazines?", "phenothiazine");
        group(groups, "sulfonylureas?", "sulfonylurea");
        group(groups, "glp[- ]?1( agonists?)?", "glp1");
        group(groups, "sglt2( inhibitors?)?", "sglt2");
        group(groups, "insulins?", "insulin");
        group(groups, "nitrates?", "nitrate");
        group(groups, "(cortico)?steroids?", "corticosteroid");
        group(groups, "bisphosphonates?", "bisphosphonate");
        group(groups, "local an(a)?esthetics?", "local-anesthetic");
        return groups;
    }

    private static void group(Map<Pattern, List<String>> groups, String words, String... named) {
        groups.put(Pattern.compile("\\b(" + words + ")\\b"), List.of(named));
    }
}
