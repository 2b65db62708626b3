package org.chartkeeper.coding.rule.prescription;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What names and codes of drugs tell without a full RxNorm. */
final class Drugs {

    /** Some of the most prescribed drugs (RxNorm, NLM), for installations without RxNorm. */
    private static final Map<String, String> COMMON = Map.ofEntries(
            Map.entry("314076", "lisinopril 10 MG Oral Tablet"),
            Map.entry("314077", "lisinopril 20 MG Oral Tablet"),
            Map.entry("197361", "amlodipine 5 MG Oral Tablet"),
            Map.entry("308135", "amlodipine 10 MG Oral Tablet"),
            Map.entry("308136", "amlodipine 2.5 MG Oral Tablet"),
            Map.entry("617312", "atorvastatin 10 MG Oral Tablet"),
            Map.entry("617310", "atorvastatin 20 MG Oral Tablet"),
            Map.entry("617311", "atorvastatin 40 MG Oral Tablet"),
            Map.entry("259255", "atorvastatin 80 MG Oral Tablet"),
            Map.entry("861007", "metformin hydrochloride 500 MG Oral Tablet"),
            Map.entry("861004", "metformin hydrochloride 1000 MG Oral Tablet"),
            Map.entry("855332", "warfarin sodium 5 MG Oral Tablet"),
            Map.entry("1049621", "oxycodone hydrochloride 5 MG Oral Tablet"),
            Map.entry("835603", "tramadol hydrochloride 50 MG Oral Tablet"),
            Map.entry("105585", "methotrexate 2.5 MG Oral Tablet"));

    /** Words of names that tell no drug. */
    private static final Set<String> PLAIN = Set.of(
            "oral",
            "tablet",
            "tablets",
            "capsule",
            "capsules",
            "extended",
            "delayed",
            "release",
            "coated",
            "film",
            "solution",
            "suspension",
            "injection",
            "injectable",
            "topical",
            "cream",
            "ointment",
            "patch",
            "transdermal",
            "inhalation",
            "ophthalmic",
            "nasal",
            "spray",
            "hydrochloride",
            "sodium",
            "potassium",
            "calcium",
            "bitartrate",
            "tartrate",
            "maleate",
            "succinate",
            "sulfate",
            "phosphate",
            "acetate",
            "besylate",
            "mesylate",
            "fumarate",
            "citrate",
            "bromide",
            "hydrobromide",
            "disintegrating",
            "chewable",
            "prefilled",
            "syringe",
            "powder",
            "pack",
            "hour",
            "dose",
            "metered",
            "actuat",
            "each",
            "with",
            "strength",
            "extra");

    private static final Pattern SLOW = Pattern.compile(
            "\\b(?:extended|sustained|controlled|delayed)[- ]release|\\b(?:er|xr|xl|sr|cr)\\b",
            Pattern.CASE_INSENSITIVE);

    private Drugs() {}

    /** What a code stands for: by the loaded tables, else by the drugs known here; empty where neither has it. */
    static Optional<String> named(Rx rx, String rxcui) {
        return rx.of()
                .drugs()
                .drug(rxcui)
                .map(drug -> drug.name())
                .filter(name -> !name.isBlank())
                .or(() -> Optional.ofNullable(COMMON.get(rxcui)));
    }

    /** What one of the most prescribed drugs' codes stands for; empty of any other. */
    static Optional<String> common(String rxcui) {
        return Optional.ofNullable(COMMON.get(rxcui));
    }

    /** The ingredient alone that a code stands for (term type IN); empty where the drug table has none of it. */
    static Optional<String> ingredient(String rxcui) {
        return DrugTable.load().ofRxcui(rxcui).map(DrugEntry::ingredient);
    }

    /** The prescription's code of RxNorm; empty where absent. */
    static String rxcui(Rx rx) {
        String code = rx.entered().rxnorm();
        return code == null ? "" : code.strip();
    }

    /** The code that tells the drug: its own, else the one that the loaded tables give its package; empty where none. */
    static String code(Rx rx) {
        String own = rxcui(rx);
        String ndc = rx.entered().ndc();
        String normal = own.isEmpty() && ndc != null ? PackageCode.of(ndc).normal() : null;
        return normal == null
                ? own
                : rx.of().drugs().rxcuisOf(normal).stream().sorted().findFirst().orElse("");
    }

    /** The ingredients of the drug table that the prescription holds: by its text, else by its codes. */
    static List<DrugEntry> entries(Rx rx) {
        return DrugTable.load()
                .ingredientsOf(code(rx), rx.entered().text(), rx.of().drugs());
    }

    /** The dose form: of the text, else of the drug that the code stands for; empty where neither tells. */
    static Optional<DoseForm> formOf(Rx rx) {
        return Stream.concat(Stream.of(rx.text()), code(rx).isEmpty() ? Stream.empty() : named(rx, code(rx)).stream())
                .map(DoseForm::in)
                .filter(form -> form != DoseForm.UNSAID)
                .findFirst();
    }

    /**
     * Whether a drug is usually given in this way, though its form is made for another: a tablet of misoprostol in the
     * vagina, one of lorazepam or drops of atropine under the tongue. What is released slowly is not.
     */
    static boolean givenSo(Rx rx, DoseForm form, DoseForm.Way way) {
        String usual = switch (way) {
            case SUBLINGUAL, BUCCAL -> "sublingual";
            case VAGINAL -> "vaginal";
            case RECTAL -> "rectal";
            default -> "";
        };
        return (form == DoseForm.TABLET || form == DoseForm.CAPSULE || form == DoseForm.EYE)
                && !SLOW.matcher(Schedule.name(rx)).find()
                && entries(rx).stream().anyMatch(drug -> drug.routes().contains(usual));
    }

    /** The words of a name that tell the drug: ingredients and brands. */
    static Set<String> words(String name) {
        return Arrays.stream(name.toLowerCase(java.util.Locale.ROOT).split("[^a-z]+"))
                .filter(word -> word.length() > 3 && !PLAIN.contains(word))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
