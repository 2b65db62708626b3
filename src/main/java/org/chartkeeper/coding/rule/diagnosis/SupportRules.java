package org.chartkeeper.coding.rule.diagnosis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.chartkeeper.coding.CodingCase.Allergy;
import org.chartkeeper.coding.CodingCase.Author;
import org.chartkeeper.coding.CodingCase.Evidence;
import org.chartkeeper.coding.CodingCase.ProcedureSystem;
import org.chartkeeper.coding.Patch;
import org.chartkeeper.coding.Severity;
import org.chartkeeper.coding.rule.CaseView;
import org.chartkeeper.coding.rule.Dx;
import org.chartkeeper.coding.rule.NoteText;
import org.chartkeeper.coding.rule.NoteText.Mention;
import org.chartkeeper.coding.rule.NoteText.Stance;
import org.chartkeeper.coding.rule.Report;
import org.chartkeeper.terminology.CodeBook.CodeList;
import org.chartkeeper.terminology.CodeBook.Concept;
import org.chartkeeper.terminology.CodeSystem;
import org.jspecify.annotations.Nullable;

/** Does the documentation support the codes, and do the codes tell what was documented and treated? */
final class SupportRules {

    private SupportRules() {}

    /** DX-19: the side of a code against the side that is documented. */
    static final class Side extends DiagnosisRule {

        /** Parts of the body that are one place to whoever writes a note. */
        private static final List<Set<String>> PLACES = List.of(
                Set.of("wrist", "radius", "radial", "ulna", "ulnar", "forearm", "carpal", "navicular", "scaphoid"),
                Set.of("hand", "finger", "thumb", "metacarpal"),
                Set.of("elbow", "olecranon"),
                Set.of("shoulder", "clavicle", "scapula", "rotator"),
                Set.of("humerus", "arm", "upper extremity", "upper limb"),
                Set.of("hip", "femur", "femoral", "thigh"),
                Set.of("knee", "patella", "meniscus", "cruciate"),
                Set.of(
                        "leg",
                        "tibia",
                        "tibial",
                        "fibula",
                        "calf",
                        "popliteal",
                        "femoral vein",
                        "iliac vein",
                        "lower extremity",
                        "lower limb"),
                Set.of("ankle", "malleolus"),
                Set.of("foot", "toe", "metatarsal", "heel", "calcaneus"),
                Set.of("eye", "lens", "cataract", "retina", "retinal", "eyelid", "cornea", "corneal"),
                Set.of("ear", "otitis", "hearing"),
                Set.of("middle cerebral", "mca"),
                Set.of("hemiplegia", "hemiparesis", "weakness"),
                Set.of("rib"),
                Set.of("breast"),
                Set.of("kidney", "ureter", "renal"),
                Set.of("lung", "bronchus"),
                Set.of("ovary", "ovarian"),
                Set.of("testis", "testicle"));

        Side() {
            super("DX-19", Severity.R, "ICD-10-CM guidelines I.B.13");
        }

        @Override
        public void check(CaseView coded, Report report) {
            for (Dx dx : coded.all()) {
                String title = DiagnosisWords.title(coded, dx);
                String own = side(title);
                if (own.isEmpty() || dx.in("Z") || external(dx)) {
                    continue;
                }
                String other = own.equals("right") ? "left" : "right";
                Optional<String> documented = PLACES.stream()
                        .filter(place -> names(title, place))
                        .filter(place -> said(coded.note(), own, place).isEmpty())
                        .flatMap(place -> said(coded.note(), other, place).stream())
                        .filter(said -> !sideOf(coded, dx, own))
                        .map(said -> "the documentation says “" + said.words() + "”")
                        .findFirst();
                documented
                        .or(() -> operated(coded, dx, title, other))
                        .ifPresent(contrary -> report.add(
                                dx.item(),
                                dx.code() + " says " + own + "; " + contrary + ". Code the documented side, or ask.",
                                otherSide(coded, dx, title, own, other),
                                coded.named(dx.code()),
                                contrary));
            }
        }

        /** The side that a text names alone; empty where it names none or both. */
        private static String side(String text) {
            boolean right = text.matches(".*\\bright\\b.*");
            boolean left = text.matches(".*\\bleft\\b.*");
            return right == left || text.contains("bilateral") ? "" : right ? "right" : "left";
        }

        private static boolean names(String text, Set<String> place) {
            return Pattern.compile("\\b(?:" + String.join("|", place) + ")s?\\b")
                    .matcher(text)
                    .find();
        }

        /** Whether a sentence names the diagnosis with its own side, be it by another part of the body. */
        private static boolean sideOf(CaseView coded, Dx dx, String own) {
            Pattern named = DiagnosisWords.head(coded, dx);
            Pattern sided = Pattern.compile("\\b" + own + "\\b(?![ -]?(?:hand(?:ed)?\\b|dominant))");
            return coded.note().sentences().stream()
                    .anyMatch(sentence -> sided.matcher(sentence).find()
                            && named.matcher(sentence).find());
        }

        /**
         * An operation on the other side, where no diagnosis is of that side: by the title of an ICD-10-PCS code, or by the
         * modifier RT or LT of a line that points to the diagnosis.
         */
        private static Optional<String> operated(CaseView coded, Dx dx, String title, String other) {
            boolean both = coded.all().stream().anyMatch(one -> {
                String words = DiagnosisWords.title(coded, one);
                return words.contains("bilateral") || side(words).equals(other);
            });
            if (both) {
                return Optional.empty();
            }
            String modifier = other.equals("right") ? "RT" : "LT";
            return coded.coded().procedures().stream()
                    .filter(line -> {
                        if (line.system() == ProcedureSystem.ICD10PCS) {
                            String words = coded.codes()
                                    .concept(CodeSystem.ICD10PCS, line.code().toUpperCase(Locale.ROOT), coded.on())
                                    .map(concept -> concept.display().toLowerCase(Locale.ROOT))
                                    .orElse("");
                            return side(words).equals(other)
                                    && PLACES.stream().anyMatch(place -> names(title, place) && names(words, place));
                        }
                        return line.modifiers().stream().anyMatch(modifier::equalsIgnoreCase)
                                && line.modifiers().stream().noneMatch(one -> one.equals("50"))
                                && (line.pointers().isEmpty()
                                        ? dx.principal()
                                        : line.pointers().equals(List.of(dx.index() + 1)));
                    })
                    .findFirst()
                    .map(line -> "the procedure " + line.code() + " was done on the " + other);
        }

        private static Optional<Mention> said(NoteText note, String side, Set<String> place) {
            String parts = String.join("|", place);
            String written = side.equals("right") ? "right|rt|r" : "left|lt|l";
            String eye = place.contains("eye") ? side.equals("right") ? "|od" : "|os" : "";
            Pattern words = Pattern.compile("\\b(?:" + written + ")(?:[- ]sided)?\\s+(?:\\w+\\s+){0,3}?(?:" + parts
                    + ")s?\\b|\\b(?:" + parts + ")s?,?\\s+(?:" + side + eye + ")\\b");
            return note.mentions(words).stream()
                    .filter(mention -> mention.stance() == Stance.AFFIRMED || mention.stance() == Stance.UNCERTAIN)
                    .findFirst();
        }

        /** The code of the same title on the other side. */
        private static @Nullable Patch otherSide(CaseView coded, Dx dx, String title, String own, String other) {
            String wanted = title.replaceAll("\\b" + own + "\\b", other);
            String stem = dx.category();
            List<Concept> level = coded.codes().children(CodeSystem.ICD10CM, stem, coded.on());
            for (int depth = 0; depth < 4; depth++) {
                List<Concept> below = new ArrayList<>();
                for (Concept each : level) {
                    if (each.display().toLowerCase(Locale.ROOT).equals(wanted) && usable(coded, each.code())) {
                        return code(dx, each.code());
                    }
                    if (!each.billable()) {
                        below.addAll(coded.codes().children(CodeSystem.ICD10CM, each.code(), coded.on()));
                    }
                }
                level = below;
            }
            return null;
        }
    }

    /** DX-26: what a diabetic takes. */
    static final class DiabetesDrugs extends DiagnosisRule {
        DiabetesDrugs() {
            super(
                    "DX-26",
                    Severity.I,
                    "ICD-10-CM guidelines I.C.4.a.3; Tabular List at E08, E09, E11, E13: use additional code");
        }

        @Override
        public void check(CaseView coded, Report report) {
            List<Dx> diabetes = coded.in("E08", "E09", "E11", "E13");
            if (diabetes.isEmpty()) {
                return;
            }
            Dx dx = diabetes.get(0);
            List<String> active = DrugNames.active(coded);
            List<String> all = DrugNames.all(coded);
            if (all.isEmpty()) {
                return;
            }
            // Insulin for the stay alone is no long-term use; the prescriptions of a stay are such.
            List<String> lasting = coded.inpatient() ? active : all;
            boolean insulin = lasting.stream().anyMatch(each -> DrugNames.is(each, DrugNames.INSULIN));
            boolean oral = lasting.stream().anyMatch(each -> DrugNames.is(each, DrugNames.ORAL_ANTIDIABETIC));
            boolean injected = lasting.stream()
                    .anyMatch(each -> DrugNames.is(each, DrugNames.INJECTED_ANTIDIABETIC) && !DrugNames.oral(each));
            missing(coded, dx, insulin, "Z79.4", "insulin", report);
            missing(coded, dx, oral, "Z79.84", "an oral antidiabetic", report);
            missing(coded, dx, injected, "Z79.85", "an injected antidiabetic that is no insulin", report);
            boolean temporary = coded.inpatient()
                    && !insulin
                    && all.stream().anyMatch(each -> DrugNames.is(each, DrugNames.INSULIN));
            if (temporary) {
                coded.in("Z79.4")
                        .forEach(status -> report.add(
                                status.item(),
                                "Insulin was given during the stay only: Z79.4 is for lasting use.",
                                without(status),
                                String.join("; ", all)));
            }
            boolean linked = all.stream()
                    .anyMatch(each -> DrugNames.is(each, DrugNames.INSULIN)
                            || DrugNames.is(each, DrugNames.ORAL_ANTIDIABETIC)
                            || DrugNames.is(each, DrugNames.INJECTED_ANTIDIABETIC));
            if (!linked && !coded.has("Z79.4", "Z79.84", "Z79.85")) {
                report.add(
                        dx.item(),
                        dx.code() + ": none of the drugs is for diabetes; is it controlled by diet?",
                        String.join("; ", all));
            }
        }

        private static void missing(CaseView coded, Dx dx, boolean taken, String status, String what, Report report) {
            if (taken && !coded.has(status)) {
                report.add(
                        dx.item(),
                        dx.code() + " and " + what + ": add " + status + " for its long-term use.",
                        usable(coded, status) ? append(status) : null,
                        String.join("; ", DrugNames.all(coded)));
            }
        }
    }

    /** DX-39: what is uncertain is not coded as if it were there, outside a hospital stay. */
    static final class Uncertain extends DiagnosisRule {
        Uncertain() {
            super("DX-39", Severity.R, "ICD-10-CM guidelines IV.H");
        }

        @Override
        public void check(CaseView coded, Report report) {
            if (!coded.outpatient() || coded.note().isBlank()) {
                return;
            }
            for (Dx dx : coded.diagnoses()) {
                if (dx.in("R", "Z") || external(dx)) {
                    continue;
                }
                List<Mention> named = coded.note().mentions(DiagnosisWords.head(coded, dx));
                Optional<Mention> uncertain = named.stream()
                        .filter(mention -> mention.stance() == Stance.UNCERTAIN)
                        .findFirst();
                if (uncertain.isPresent() && named.stream().noneMatch(mention -> mention.stance() == Stance.AFFIRMED)) {
                    report.add(
                            dx.item(),
                            dx.code() + " is documented as uncertain only (“"
                                    + uncertain.get().sentence()
                                    + "”): in an outpatient code the symptom or sign instead.",
                            uncertain.get().sentence());
                }
            }
        }
    }

    /** DX-53: a diagnosis that nothing of the visit supports. */
    static final class Unsupported extends DiagnosisRule {

        private static final Pattern DENIED_BEFORE = Pattern.compile(
                "\\b(?:no|denies|denied|without|negative for|no evidence of|no signs? of|no history of)\\s+(?:known |acute )?$");
        private static final Pattern ENDS = Pattern.compile("^\\s*(?:[.,;)]|$|(?:and|or|at this time|today|now)\\b)");
        private static final Pattern DENIED_AFTER = Pattern.compile(
                "^\\s*(?:was|is|were|has been|have been|:)?\\s*(?:ruled out|excluded|absent|not present|not found)\\b");

        Unsupported() {
            super("DX-53", Severity.R, "ICD-10-CM guidelines III and IV.J; UHDDS: conditions that affect the care");
        }

        @Override
        public void check(CaseView coded, Report report) {
            if (coded.note().isBlank()) {
                return;
            }
            for (Dx dx : coded.diagnoses()) {
                List<Evidence> evidence = dx.entered().evidence();
                boolean linked = evidence != null && !evidence.isEmpty();
                if (linked || dx.in("Z", "R") || external(dx) || injury(dx)) {
                    continue;
                }
                Pattern names = DiagnosisWords.pattern(coded, dx);
                if (names.pattern().contains("(?!)")) {
                    continue;
                }
                if (!supported(coded.note(), names) && !treated(coded, dx)) {
                    report.add(
                            dx.item(),
                            coded.named(dx.code())
                                    + ": nothing in the documentation names, measures or treats it. Link what supports it,"
                                    + " or take it out.",
                            coded.named(dx.code()));
                }
            }
        }

        /** Named otherwise than in plain denials: "no malnutrition", "pneumonia was ruled out". */
        private static boolean supported(NoteText note, Pattern names) {
            return note.sentences().stream().anyMatch(sentence -> {
                Matcher found = names.matcher(sentence);
                while (found.find()) {
                    if (!(DENIED_BEFORE
                                            .matcher(sentence.substring(0, found.start()))
                                            .find()
                                    && ENDS.matcher(sentence.substring(found.end()))
                                            .find())
                            && !DENIED_AFTER
                                    .matcher(sentence.substring(found.end()))
                                    .find()) {
                        return true;
                    }
                }
                return false;
            });
        }

        private static boolean treated(CaseView coded, Dx dx) {
            return Treated.TREATMENTS.stream()
                    .filter(each -> dx.in(each.codes()))
                    .anyMatch(each -> DrugNames.all(coded).stream().anyMatch(each.drug()));
        }
    }

    /** DX-54: a drug whose reason is not coded. */
    static final class Treated extends DiagnosisRule {

        /** A drug and the codes any of which explains it. */
        private record Treatment(String name, Predicate<String> drug, String... codes) {}

        private static final List<Treatment> TREATMENTS = List.of(
                new Treatment(
                        "metformin",
                        drug("metformin", "glucophage"),
                        "E08",
                        "E09",
                        "E11",
                        "E13",
                        "R73",
                        "E28.2",
                        "O24",
                        "E88.81"),
                new Treatment(
                        "insulin",
                        each -> DrugNames.is(each, DrugNames.INSULIN),
                        "E08",
                        "E09",
                        "E10",
                        "E11",
                        "E13",
                        "O24",
                        "R73",
                        "E87.5",
                        "P70"),
                new Treatment(
                        "a thyroid hormone",
                        each -> DrugNames.is(each, DrugNames.THYROID),
                        "E00",
                        "E01",
                        "E02",
                        "E03",
                        "E04",
                        "E06",
                        "E89.0",
                        "E23",
                        "C73",
                        "D34",
                        "O99.28",
                        "Z85.850"),
                new Treatment(
                        "warfarin",
                        drug("warfarin", "coumadin", "jantoven"),
                        "I48",
                        "I26",
                        "I82",
                        "Z95.2",
                        "Z79.01",
                        "I74",
                        "I63",
                        "D68",
                        "I80",
                        "Z86.71",
                        "I51.3",
                        "I23.6",
                        "I05",
                        "I08",
                        "I34",
                        "I35",
                        "Z95.81"),
                new Treatment(
                        "donepezil or memantine",
                        drug("donepezil", "memantine", "aricept", "namenda"),
                        "G30",
                        "F01",
                        "F02",
                        "F03",
                        "G31"),
                new Treatment(
                        "allopurinol or febuxostat",
                        drug("allopurinol", "febuxostat"),
                        "M10",
                        "M1A",
                        "E79",
                        "N20",
                        "C8",
                        "C9",
                        "E88.3"),
                new Treatment(
                        "a triptan", drug("sumatriptan", "rizatriptan", "zolmitriptan", "eletriptan"), "G43", "G44"),
                new Treatment("levodopa", drug("levodopa", "carbidopa"), "G20", "G21", "G25.81", "G90.3"),
                new Treatment("lithium", drug("lithium"), "F30", "F31", "F25", "F32", "F33"),
                new Treatment(
                        "a glaucoma drop",
                        drug("latanoprost", "travoprost", "bimatoprost", "dorzolamide"),
                        "H40",
                        "H42",
                        "Q15.0"),
                new Treatment(
                        "a drug against HIV",
                        drug("dolutegravir", "bictegravir", "emtricitabine", "darunavir"),
                        "B20",
                        "Z21",
                        "B97.35",
                        "Z20.6",
                        "Z29.81",
                        "O98.7"),
                new Treatment("naltrexone or acamprosate", drug("acamprosate", "disulfiram"), "F10"));

        private static Predicate<String> drug(String... names) {
            Set<String> ingredients = Set.of(names);
            return each -> DrugNames.is(each, ingredients);
        }

        Treated() {
            super("DX-54", Severity.R, "ICD-10-CM guidelines III.A and IV.J: code what is treated");
        }

        @Override
        public void check(CaseView coded, Report report) {
            if (coded.diagnoses().isEmpty()) {
                return;
            }
            for (Treatment treatment : TREATMENTS) {
                DrugNames.all(coded).stream()
                        .filter(treatment.drug())
                        .filter(each -> !coded.has(treatment.codes()))
                        .findFirst()
                        .ifPresent(each -> report.add(
                                Report.CASE,
                                "The patient takes " + treatment.name() + ", and no code says why (such as "
                                        + String.join(
                                                ", ",
                                                List.of(treatment.codes())
                                                        .subList(0, Math.min(4, treatment.codes().length)))
                                        + "). Code the condition, or ask.",
                                each));
            }
        }
    }

    /** DX-55: a status code against the chart. */
    static final class StatusAgainstChart extends DiagnosisRule {

        private static final Map<String, Set<String>> LONG_TERM = longTerm();

        private static final Map<String, Pattern> ALLERGIES = Map.of(
                "Z88.0", Pattern.compile("penicillin|amoxicillin|ampicillin|\\w*cillin\\b"),
                "Z88.2", Pattern.compile("sulfa|sulfon\\w*|sulfameth\\w*|bactrim"),
                "Z88.5", Pattern.compile("opioid|narcotic|codeine|morphine|\\w*codone|hydromorphone|fentanyl|tramadol"),
                "Z88.6", Pattern.compile("aspirin|nsaid|ibuprofen|naproxen|analgesic|acetaminophen|ketorolac"),
                "Z91.010", Pattern.compile("peanut"),
                "Z91.013", Pattern.compile("fish|seafood|shrimp|shell"),
                "Z91.040", Pattern.compile("latex"),
                "Z91.041", Pattern.compile("contrast|iodin\\w*|dye"));

        private static Map<String, Set<String>> longTerm() {
            Map<String, Set<String>> drugs = new LinkedHashMap<>();
            drugs.put("Z79.01", DrugNames.ANTICOAGULANT);
            drugs.put("Z79.02", DrugNames.ANTIPLATELET);
            drugs.put("Z79.1", DrugNames.NSAID);
            drugs.put("Z79.2", DrugNames.ANTIBIOTIC);
            drugs.put("Z79.4", DrugNames.INSULIN);
            drugs.put("Z79.51", DrugNames.INHALED_STEROID);
            drugs.put("Z79.52", DrugNames.SYSTEMIC_STEROID);
            drugs.put("Z79.82", DrugNames.ASPIRIN);
            drugs.put("Z79.83", DrugNames.BISPHOSPHONATE);
            drugs.put("Z79.84", DrugNames.ORAL_ANTIDIABETIC);
            drugs.put("Z79.85", DrugNames.INJECTED_ANTIDIABETIC);
            drugs.put("Z79.891", DrugNames.OPIOID);
            return drugs;
        }

        StatusAgainstChart() {
            super("DX-55", Severity.W, "ICD-10-CM guidelines I.C.21.c.3: status codes");
        }

        @Override
        public void check(CaseView coded, Report report) {
            List<String> drugs = DrugNames.all(coded);
            LONG_TERM.forEach((status, names) -> coded.diagnoses().stream()
                    .filter(dx -> dx.code().equals(status))
                    .filter(dx -> drugs.stream().noneMatch(each -> DrugNames.is(each, names)))
                    .forEach(dx -> report.add(
                            dx.item(),
                            coded.named(dx.code()) + ": no such drug is on the patient’s list.",
                            without(dx),
                            drugs.isEmpty() ? "no drugs" : String.join("; ", drugs))));
            ALLERGIES.forEach((status, words) -> coded.in(status).stream()
                    .filter(dx -> coded.coded().allergies().stream().noneMatch(each -> is(coded, each, words)))
                    .forEach(dx -> report.add(
                            dx.item(),
                            coded.named(dx.code()) + ": the chart has no such allergy.",
                            without(dx),
                            coded.coded().allergies().size() + " allergies in the chart")));
        }

        private static boolean is(CaseView coded, Allergy allergy, Pattern words) {
            String status = allergy.status();
            boolean stands = status == null
                    || !Set.of("refuted", "resolved", "entered-in-error").contains(status);
            String text = allergy.text();
            String code = allergy.rxnorm();
            if (text == null || text.isBlank()) {
                // A code alone is looked up; one that is in no table loaded may well be the one meant.
                Optional<String> known = code == null
                        ? Optional.empty()
                        : coded.drugs().drug(code.strip()).map(drug -> drug.name());
                return stands
                        && code != null
                        && known.map(name -> found(words, name)).orElse(true);
            }
            return stands && found(words, text);
        }

        private static boolean found(Pattern words, String text) {
            return words.matcher(text.toLowerCase(Locale.ROOT)).find();
        }
    }

    /** DX-58: an unspecified code where the documentation has the detail. */
    static final class Truncated extends DiagnosisRule {

        private static final Pattern ASIDE = Pattern.compile("\\([^)]*\\)");

        private static final Set<String> NO_DETAIL = Set.of(
                "with",
                "without",
                "unspecified",
                "uncomplicated",
                "other",
                "specified",
                "and",
                "the",
                "due",
                "of",
                "not",
                "or",
                "in",
                "to",
                "type",
                "disease",
                "nos",
                "mellitus",
                "encounter",
                "initial");

        Truncated() {
            super("DX-58", Severity.W, "ICD-10-CM guidelines I.B.2 and I.B.18: the highest specificity documented");
        }

        @Override
        public void check(CaseView coded, Report report) {
            if (coded.note().isBlank()) {
                return;
            }
            for (Dx dx : coded.diagnoses()) {
                String title = DiagnosisWords.title(coded, dx);
                boolean vague = title.contains("unspecified")
                        || coded.listing(CodeList.UNSPECIFIED, dx.code()).isPresent();
                if (vague && !external(dx)) {
                    closer(coded, dx, title)
                            .ifPresent(better -> report.add(
                                    dx.item(),
                                    dx.code() + " leaves open what is documented: " + better.code() + " "
                                            + better.display() + ".",
                                    code(dx, better.code()),
                                    String.join(
                                            ", ",
                                            detail(
                                                    NoteText.words(title),
                                                    better.display().toLowerCase(Locale.ROOT)))));
                }
            }
        }

        /** The one sibling or cousin all of whose detail is affirmed in one sentence, with the most of it. */
        private static Optional<Concept> closer(CaseView coded, Dx dx, String title) {
            Pattern names = DiagnosisWords.pattern(coded, dx);
            Set<String> own = NoteText.words(title);
            List<Concept> best = new ArrayList<>();
            int most = 0;
            for (Concept candidate : family(coded, dx)) {
                String other = candidate.display().toLowerCase(Locale.ROOT);
                if (candidate.code().equals(dx.code()) || other.contains("unspecified") || contrary(title, other)) {
                    continue;
                }
                Set<String> detail = detail(own, other);
                if (detail.isEmpty() || !documented(coded.note(), detail, names)) {
                    continue;
                }
                if (detail.size() > most) {
                    best.clear();
                    most = detail.size();
                }
                if (detail.size() == most) {
                    best.add(candidate);
                }
            }
            return best.size() == 1 && usable(coded, best.get(0).code()) ? Optional.of(best.get(0)) : Optional.empty();
        }

        /** The billable codes of the same category, of the same seventh character. */
        private static List<Concept> family(CaseView coded, Dx dx) {
            List<Concept> found = new ArrayList<>();
            List<Concept> level = coded.codes().children(CodeSystem.ICD10CM, dx.category(), coded.on());
            for (int depth = 0; depth < 5 && !level.isEmpty(); depth++) {
                List<Concept> below = new ArrayList<>();
                for (Concept each : level) {
                    if (!each.billable()) {
                        below.addAll(coded.codes().children(CodeSystem.ICD10CM, each.code(), coded.on()));
                    } else if (dx.plain().length() < 7
                            || each.code()
                                    .endsWith(dx.code().substring(dx.code().length() - 1))) {
                        found.add(each);
                    }
                }
                level = below;
            }
            return found;
        }

        /** The words by which another title says more. */
        private static Set<String> detail(Set<String> own, String other) {
            // What stands in parentheses need not be said: "chronic kidney disease, stage 4 (severe)".
            Set<String> detail = NoteText.words(ASIDE.matcher(other).replaceAll(" "));
            detail.removeAll(own);
            detail.removeAll(NO_DETAIL);
            return detail;
        }

        /** "Without" is no detail of what the code leaves open or says the other way. */
        private static boolean contrary(String title, String other) {
            return other.contains("without") && !title.contains("without");
        }

        /** The words stand close together, where the diagnosis is named or nothing else is. */
        private static boolean documented(NoteText note, Set<String> detail, Pattern names) {
            return note.words().containsAll(detail)
                    && note.sentences().stream()
                            .filter(sentence -> detail.stream().allMatch(sentence::contains))
                            .filter(sentence -> {
                                List<String> words = Stream.of(sentence.split("[^a-z0-9]+"))
                                        .filter(word -> !word.isEmpty())
                                        .toList();
                                return together(words, detail)
                                        && (words.size() == detail.size()
                                                || names.matcher(sentence).find());
                            })
                            .map(NoteText::new)
                            .anyMatch(alone -> detail.stream()
                                    .allMatch(word ->
                                            alone.affirms(Pattern.compile("\\b" + Pattern.quote(word) + "\\b"))));
        }

        private static boolean together(List<String> words, Set<String> detail) {
            int reach = detail.size() + 3;
            for (int from = 0; from < words.size(); from++) {
                if (words.subList(from, Math.min(words.size(), from + reach)).containsAll(detail)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** EV-01: by whom the evidence is. */
    static final class EvidenceByWhom extends DiagnosisRule {

        /** What nurses, dietitians and others may document, with the provider's associated diagnosis (I.B.14). */
        private static final String[] OTHERS_MAY = {
            "Z68", "L89", "L97", "L98.4", "R40.2", "R29.7", "Z55", "Z56", "Z57", "Z58", "Z59", "Z60", "Z61", "Z62",
                    "Z63",
            "Z64", "Z65", "Y90", "Z28.3", "Z91.1", "W32", "W33", "W34", "X72", "X73", "X74", "X93", "X94", "X95", "Y22",
            "Y23", "Y24", "Y35.0", "Y36.4", "Y37.4", "Y38.4"
        };

        EvidenceByWhom() {
            super("EV-01", Severity.R, "ICD-10-CM guidelines I.B.14 and III.B");
        }

        @Override
        public void check(CaseView coded, Report report) {
            for (Dx dx : coded.diagnoses()) {
                List<Evidence> evidence = dx.entered().evidence();
                if (evidence == null || evidence.stream().allMatch(each -> each.reason() != null)) {
                    continue;
                }
                List<Evidence> documents =
                        evidence.stream().filter(each -> each.reason() == null).toList();
                String shown = String.join(
                        "; ", documents.stream().map(Evidence::document).toList());
                if (documents.stream().noneMatch(Evidence::signed)) {
                    report.add(
                            Severity.H,
                            dx.item(),
                            dx.code() + " rests on what is not signed yet (" + shown
                                    + "): it can be final when that is signed.",
                            null,
                            shown);
                } else if (documents.stream().noneMatch(Evidence::ofThisVisit)) {
                    report.add(
                            dx.item(),
                            dx.code() + " rests on another visit only (" + shown
                                    + "): link what this visit says of it.",
                            shown);
                } else if (documents.stream().noneMatch(each -> suffices(coded, dx, each))) {
                    report.add(
                            dx.item(),
                            dx.code() + " rests only on somebody who is not the patient’s provider (" + shown
                                    + "): link the provider’s own words, or ask.",
                            shown);
                }
            }
        }

        private static boolean suffices(CaseView coded, Dx dx, Evidence evidence) {
            return switch (evidence.author()) {
                case PROVIDER -> true;
                // An interpreted study is enough outside a stay (IV.K), not for an inpatient (III.B).
                case INTERPRETER -> !coded.inpatient();
                case OTHER_CLINICIAN, PATIENT -> dx.in(OTHERS_MAY) && (dx.in("Z") || associated(coded, dx));
            };
        }

        /** Whether a diagnosis beside it rests on the provider. */
        private static boolean associated(CaseView coded, Dx dx) {
            return coded.diagnoses().stream()
                    .filter(other -> other.index() != dx.index())
                    .map(other -> other.entered().evidence())
                    .anyMatch(evidence ->
                            evidence != null && evidence.stream().anyMatch(each -> each.author() == Author.PROVIDER));
        }
    }
}
