package org.chartkeeper.coding.rule.prescription;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An ingredient of the hand-written drug table.
 *
 * @param ingredient name in lower case, without salt
 * @param rxcui RxNorm identifier of the ingredient; null where the table has none
 * @param classes therapeutic classes, at the level at which two drugs are duplicate therapy
 * @param groups what interactions go by beside the class: {@code strong-3a4-inhibitor}, {@code qt}
 * @param allergens groups within which an allergy to one drug counts for the others
 * @param schedule of the Controlled Substances Act, II to V; null where not scheduled
 * @param weeklyOnly whether the oral form is taken once a week for anything but cancer
 * @param routes usual ones: oral, injection, topical, ophthalmic, otic, nasal, inhaled, transdermal, rectal, vaginal,
 *     sublingual
 * @param maxDailyMg usual greatest daily dose of an adult by mouth, in mg; null where none is usual
 * @param childMgPerKg usual greatest daily dose of a child under 12 years by mouth, in mg per kg of weight; null where
 *     none is known here
 * @param youngest below which age it must not be given; null where none is known here
 * @param elder another greatest daily dose of the old; null where it is the adult's
 * @param pregnancy why it is avoided in pregnancy; null where the table warns of nothing
 * @param lactation why it is avoided while breast-feeding; null where the table warns of nothing
 * @param renal limits by kidney function, the most severe first
 * @param mme factor from milligrams (of fentanyl patches: micrograms per hour) to morphine milligram equivalents, CDC
 *     2022; null of other drugs
 */
record DrugEntry(
        String ingredient,
        @Nullable String rxcui,
        Set<String> classes,
        Set<String> groups,
        Set<String> allergens,
        @Nullable String schedule,
        boolean weeklyOnly,
        Set<String> routes,
        @Nullable BigDecimal maxDailyMg,
        @Nullable BigDecimal childMgPerKg,
        @Nullable Youngest youngest,
        @Nullable Elder elder,
        @Nullable String pregnancy,
        @Nullable String lactation,
        List<RenalLimit> renal,
        @Nullable BigDecimal mme) {

    DrugEntry {
        classes = Set.copyOf(classes);
        groups = Set.copyOf(groups);
        allergens = Set.copyOf(allergens);
        routes = Set.copyOf(routes);
        renal = List.copyOf(renal);
    }

    /**
     * An age below which it must not be given.
     *
     * @param years exclusive
     */
    record Youngest(int years, String why) {}

    /**
     * The usual greatest daily dose of the old.
     *
     * @param over age in years, exclusive
     */
    record Elder(int over, BigDecimal maxDailyMg) {}

    /**
     * What holds below a kidney function.
     *
     * @param below eGFR in mL/min/1.73 m², exclusive
     * @param contraindicated whether it must not be given, rather than be given with care
     */
    record RenalLimit(int below, boolean contraindicated, String text) {}

    /** Whether it is this ingredient, of this class or in this group. */
    boolean is(String term) {
        return ingredient.equals(term) || classes.contains(term) || groups.contains(term);
    }

    boolean opioid() {
        return classes.contains("opioid");
    }
}
