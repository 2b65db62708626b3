package org.chartkeeper.coding.rule.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.chartkeeper.coding.CodingCase.Medication;
import org.chartkeeper.coding.CodingCase.Prescription;
import org.chartkeeper.coding.rule.CaseView;
import org.jspecify.annotations.Nullable;

/** Drugs of a case by the ingredients that their names have, for what diagnoses and status codes say of them. */
final class DrugNames {

    static final Set<String> INSULIN = Set.of(
            "insulin",
            "lantus",
            "humalog",
            "novolog",
            "levemir",
            "tresiba",
            "basaglar",
            "toujeo",
            "humulin",
            "novolin",
            "apidra",
            "admelog",
            "fiasp",
            "semglee");
    static final Set<String> ORAL_ANTIDIABETIC = Set.of(
            "metformin",
            "glucophage",
            "glipizide",
            "glyburide",
            "glimepiride",
            "glibenclamide",
            "gliclazide",
            "tolbutamide",
            "tolazamide",
            "chlorpropamide",
            "sitagliptin",
            "januvia",
            "saxagliptin",
            "linagliptin",
            "alogliptin",
            "empagliflozin",
            "jardiance",
            "dapagliflozin",
            "farxiga",
            "canagliflozin",
            "ertugliflozin",
            "bexagliflozin",
            "pioglitazone",
            "rosiglitazone",
            "repaglinide",
            "nateglinide",
            "acarbose",
            "miglitol",
            "rybelsus");
    static final Set<String> INJECTED_ANTIDIABETIC = Set.of(
            "semaglutide",
            "ozempic",
            "liraglutide",
            "victoza",
            "dulaglutide",
            "trulicity",
            "exenatide",
            "lixisenatide",
            "albiglutide",
            "tirzepatide",
            "mounjaro",
            "pramlintide");
    static final Set<String> ANTICOAGULANT = Set.of(
            "warfarin",
            "coumadin",
            "jantoven",
            "apixaban",
            "eliquis",
            "rivaroxaban",
            "xarelto",
            "dabigatran",
            "pradaxa",
            "edoxaban",
            "savaysa",
            "enoxaparin",
            "lovenox",
            "dalteparin",
            "fondaparinux",
            "heparin",
            "tinzaparin");
    static final Set<String> ANTIPLATELET = Set.of(
            "clopidogrel",
            "plavix",
            "prasugrel",
            "ticagrelor",
            "brilinta",
            "dipyridamole",
            "cilostazol",
            "ticlopidine",
            "vorapaxar");
    static final Set<String> ASPIRIN = Set.of("aspirin", "acetylsalicylic");
    static final Set<String> NSAID = Set.of(
            "ibuprofen",
            "naproxen",
            "meloxicam",
            "diclofenac",
            "celecoxib",
            "indomethacin",
            "ketorolac",
            "etodolac",
            "nabumetone",
            "piroxicam",
            "sulindac",
            "oxaprozin",
            "ketoprofen");
    static final Set<String> OPIOID = Set.of(
            "oxycodone",
            "hydrocodone",
            "morphine",
            "fentanyl",
            "hydromorphone",
            "methadone",
            "tramadol",
            "tapentadol",
            "codeine",
            "oxymorphone",
            "buprenorphine",
            "levorphanol",
            "meperidine");
    static final Set<String> SYSTEMIC_STEROID = Set.of(
            "prednisone",
            "prednisolone",
            "methylprednisolone",
            "dexamethasone",
            "hydrocortisone",
            "cortisone",
            "deflazacort",
            "budesonide");
    static final Set<String> INHALED_STEROID = Set.of(
            "fluticasone",
            "budesonide",
            "beclomethasone",
            "mometasone",
            "ciclesonide",
            "triamcinolone",
            "flunisolide",
            "advair",
            "symbicort",
            "breo",
            "trelegy");
    static final Set<String> BISPHOSPHONATE = Set.of(
            "alendronate", "risedronate", "ibandronate", "zoledronic", "pamidronate", "etidronate", "alendronic");
    static final Set<String> SERM = Set.of("tamoxifen", "raloxifene", "toremifene");
    static final Set<String> AROMATASE_INHIBITOR = Set.of("anastrozole", "letrozole", "exemestane");
    static final Set<String> HORMONE_THERAPY = Set.of(
            "estradiol", "estrogens", "conjugated", "medroxyprogesterone", "progesterone", "premarin", "ospemifene");
    static final Set<String> CONTRACEPTIVE = Set.of(
            "norethindrone",
            "levonorgestrel",
            "drospirenone",
            "norgestimate",
            "desogestrel",
            "etonogestrel",
            "ethinyl",
            "norgestrel",
            "medroxyprogesterone",
            "norelgestromin",
            "mestranol");
    static final Set<String> ANTIBIOTIC = Set.of(
            "amoxicillin",
            "penicillin",
            "doxycycline",
            "minocycline",
            "azithromycin",
            "trimethoprim",
            "sulfamethoxazole",
            "nitrofurantoin",
            "methenamine",
            "cephalexin",
            "ciprofloxacin",
            "levofloxacin",
            "rifaximin",
            "dapsone",
            "erythromycin",
            "clarithromycin",
            "cefuroxime",
            "vancomycin",
            "linezolid",
            "rifampin",
            "metronidazole",
            "clindamycin",
            "tetracycline",
            "cefadroxil",
            "cefdinir",
            "ceftriaxone",
            "ampicillin");
    static final Set<String> THYROID = Set.of(
            "levothyroxine", "liothyronine", "synthroid", "thyroid", "liotrix", "unithroid", "levoxyl", "armour");

    private DrugNames() {}

    /** Names of all drugs that the patient takes or is prescribed now, in lower case. */
    static List<String> all(CaseView coded) {
        return Stream.concat(active(coded).stream(), prescribed(coded).stream()).toList();
    }

    /** Names of the drugs of the chart's list. */
    static List<String> active(CaseView coded) {
        List<String> names = new ArrayList<>();
        for (Medication drug : coded.coded().activeMedications()) {
            name(coded, drug.text(), drug.rxnorm()).ifPresent(names::add);
        }
        return names;
    }

    static List<String> prescribed(CaseView coded) {
        return coded.coded().prescriptions().stream()
                .flatMap(drug -> name(coded, drug.text(), drug.rxnorm()).stream())
                .toList();
    }

    static Optional<String> name(CaseView coded, Prescription drug) {
        return name(coded, drug.text(), drug.rxnorm());
    }

    /** The drug's text, or the name that the drug tables have of its RxNorm identifier. */
    private static Optional<String> name(CaseView coded, @Nullable String text, @Nullable String rxnorm) {
        if (text != null && !text.isBlank()) {
            return Optional.of(text.toLowerCase(Locale.ROOT));
        }
        return rxnorm == null
                ? Optional.empty()
                : coded.drugs().drug(rxnorm).map(drug -> drug.name().toLowerCase(Locale.ROOT));
    }

    /** Whether a name has one of these as a word: an RxNorm name begins with its ingredients, parted by " / ". */
    static boolean is(String name, Set<String> ingredients) {
        for (String word : name.split("[^a-z0-9]+")) {
            if (ingredients.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the drug is swallowed. */
    static boolean oral(String name) {
        return name.matches(".*\\b(oral|tablets?|tabs?|capsules?|caps?|by mouth|po|chewable)\\b.*");
    }

    /** Whether the drug goes on the skin, into an eye, an ear or the nose and so into no list of systemic treatment. */
    static boolean local(String name) {
        return name.matches(
                ".*\\b(topical|ophthalmic|otic|nasal|cream|ointment|lotion|shampoo|rectal|vaginal|eye|ear|drops)\\b.*");
    }

    static boolean inhaled(String name) {
        return name.matches(".*\\b(inhal\\w*|inhaler|actuat|nebuliz\\w*|hfa|diskus|respimat|puffs?)\\b.*");
    }
}
