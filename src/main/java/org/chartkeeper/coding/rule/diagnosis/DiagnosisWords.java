package org.chartkeeper.coding.rule.diagnosis;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.chartkeeper.coding.rule.CaseView;
import org.chartkeeper.coding.rule.Dx;
import org.chartkeeper.terminology.CodeSystem;

/** How clinicians name what a code stands for: the words of its title, and the usual short and lay names. */
final class DiagnosisWords {

    /** Names by the beginning of the code; each is a regular expression of whole words. */
    private static final Map<String, String> NAMES = names();

    private static final Set<String> LITTLE = Set.of(
            "unspecified",
            "specified",
            "other",
            "without",
            "with",
            "organism",
            "elsewhere",
            "classified",
            "disease",
            "diseases",
            "disorder",
            "disorders",
            "condition",
            "conditions",
            "type",
            "stage",
            "acute",
            "chronic",
            "primary",
            "secondary",
            "essential",
            "initial",
            "subsequent",
            "encounter",
            "sequela",
            "right",
            "left",
            "bilateral",
            "upper",
            "lower",
            "limb",
            "site",
            "part",
            "parts",
            "closed",
            "open",
            "nondisplaced",
            "displaced",
            "complication",
            "complications",
            "complicated",
            "uncomplicated",
            "cause",
            "causes",
            "known",
            "physiological",
            "mellitus",
            "malignant",
            "benign",
            "simple",
            "following",
            "during",
            "status",
            "findings",
            "finding",
            "abnormal",
            "episode",
            "single",
            "recurrent",
            "current",
            "having",
            "mention",
            "level",
            "system",
            "region",
            "codes",
            "native",
            "involving",
            "associated",
            "resulting",
            "identified",
            "state",
            "states",
            "syndrome",
            "moderate",
            "severe",
            "mild",
            "female",
            "male",
            "adult");

    private DiagnosisWords() {}

    private static Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("A41", "sepsis|septic|septicemia|bacteremia");
        names.put("R65.2", "sepsis|septic shock");
        names.put("B20", "hiv|aids");
        names.put("C", "cancer|carcinoma|malignan\\w*|tumou?r|lymphoma|leukemia|melanoma|metasta\\w*|neoplasm|mass");
        names.put("D5", "an[a]?emi\\w*");
        names.put("D6", "an[a]?emi\\w*|thrombocytopeni\\w*|neutropeni\\w*|coagulopath\\w*");
        names.put("E03", "hypothyroid\\w*|thyroid");
        names.put("E05", "hyperthyroid\\w*|thyroid|graves");
        names.put("E10", "diabet\\w*|t1dm|dm ?1?|iddm");
        names.put("E11", "diabet\\w*|t2dm|dm ?2?|niddm|hyperglycemi\\w*|a1c|hba1c");
        names.put("E1", "diabet\\w*|dm");
        names.put(
                "E43",
                "malnutrition|malnourish\\w*|cachexi\\w*|albumin|weight loss|muscle wasting|diet\\w*|nutrition\\w*"
                        + "|weight|intake|bmi");
        names.put(
                "E4", "malnutrition|malnourish\\w*|cachexi\\w*|albumin|weight loss|nutrition\\w*|diet\\w*|weight|bmi");
        names.put("E55", "vitamin d");
        names.put("E66", "obes\\w*|overweight|bmi");
        names.put(
                "E78", "cholesterol|lipid\\w*|hyperlipid\\w*|dyslipid\\w*|triglycerid\\w*|hypercholest\\w*|ldl|statin");
        names.put("E87", "sodium|potassium|hypo\\w*emi\\w*|hyper\\w*emi\\w*|acidosis|alkalosis|fluid|volume");
        names.put("F03", "dementia");
        names.put("F10", "alcohol\\w*|drink\\w*|etoh");
        names.put("F17", "smok\\w*|tobacco|nicotine|cigarette\\w*|packs?");
        names.put("F32", "depress\\w*|mdd");
        names.put("F33", "depress\\w*|mdd");
        names.put("F41", "anxi\\w*|panic|gad");
        names.put("G30", "alzheimer\\w*|dementia");
        names.put("G40", "epilep\\w*|seizure\\w*");
        names.put("G43", "migraine\\w*|headache\\w*");
        names.put("G47.3", "sleep apnea|apnea|osa|cpap");
        names.put("I10", "hypertens\\w*|high blood pressure|elevated blood pressure|htn|blood pressure");
        names.put("I1", "hypertens\\w*|high blood pressure|htn");
        names.put("I21", "infarct\\w*|heart attack|n?stemi|mi");
        names.put("I25", "coronary|cad|ischemic heart|atheroscler\\w*|angina|infarct\\w*|mi");
        names.put("I26", "pulmonary embol\\w*|pe|embol\\w*");
        names.put("I48", "fibrillation|a-?fib|flutter|af");
        names.put("I50", "heart failure|h?chf|hfpef|hfref|cardiomyopath\\w*|failure");
        names.put("I63", "stroke|cva|infarct\\w*");
        names.put("I82", "thrombosis|dvt|thrombus|clot");
        names.put("J06", "uri|cold|respiratory infection");
        names.put("J18", "pneumoni\\w*|infiltrate|consolidation");
        names.put("J44", "copd|chronic obstructive|emphysema|chronic bronchitis");
        names.put("J45", "asthma\\w*|wheez\\w*");
        names.put("J96", "respiratory failure|hypoxi\\w*|hypercapni\\w*|intubat\\w*|ventilat\\w*");
        names.put("K21", "reflux|gerd|heartburn");
        names.put("K35", "appendic\\w*");
        names.put("K80", "gallstone\\w*|cholelithiasis|cholecyst\\w*|calcul\\w*|biliary");
        names.put("K81", "cholecystitis|gallbladder");
        names.put("K85", "pancreatitis");
        names.put("L03", "cellulitis");
        names.put("L89", "pressure (ulcer|injury|sore)|decubitus|bedsore");
        names.put("M10", "gout\\w*");
        names.put("M17", "knee|osteoarthritis|arthritis");
        names.put("M54", "back pain|backache|lumbago|sciatica|neck pain|back|spine");
        names.put("M81", "osteoporo\\w*|bone density|dexa");
        names.put("N17", "kidney injury|renal (failure|injury|insufficiency)|aki|arf|creatinine");
        names.put("N18", "ckd|kidney disease|renal (disease|failure|insufficiency)|esrd|egfr|dialysis|kidney");
        names.put("N39.0", "uti|urinary tract infection|urinary infection|cystitis|bacteriuria");
        names.put("N40", "prostat\\w*|bph");
        names.put("R73", "prediabet\\w*|glucose|a1c|hyperglycemi\\w*|blood sugar");
        names.put("T81", "wound|postoperative|infection|surgical");
        return names;
    }

    /** The title of a code; empty where no release has it. */
    static String title(CaseView coded, Dx dx) {
        return coded.codes()
                .concept(CodeSystem.ICD10CM, dx.code(), coded.on())
                .map(concept -> concept.display().toLowerCase(Locale.ROOT))
                .orElse("");
    }

    /** The words of a title that say what it is. */
    static List<String> telling(String title) {
        return Arrays.stream(title.toLowerCase(Locale.ROOT).split("[^a-z]+"))
                .filter(word -> word.length() >= 5 && !LITTLE.contains(word))
                .distinct()
                .toList();
    }

    /** The usual names of what a code stands for; null where none are kept. */
    private static String usual(Dx dx) {
        return NAMES.entrySet().stream()
                .filter(entry -> dx.in(entry.getKey()))
                .max(java.util.Comparator.comparingInt(entry -> entry.getKey().length()))
                .map(Map.Entry::getValue)
                .orElse("");
    }

    /**
     * Finds what names a diagnosis in a text: its usual names, and the telling words of its title by their first six
     * letters. Matches nothing where neither is known.
     */
    static Pattern pattern(CaseView coded, Dx dx) {
        String usual = usual(dx);
        String words = telling(title(coded, dx)).stream()
                .map(word -> Pattern.quote(word.substring(0, Math.min(6, word.length()))) + "\\w*")
                .collect(Collectors.joining("|"));
        String all = usual.isEmpty() ? words : words.isEmpty() ? usual : usual + "|" + words;
        return Pattern.compile(all.isEmpty() ? "(?!)" : "\\b(?:" + all + ")\\b");
    }

    /** What a diagnosis is called in the first place: its usual names, else the first telling word of its title. */
    static Pattern head(CaseView coded, Dx dx) {
        String usual = usual(dx);
        if (usual.isEmpty()) {
            List<String> words = telling(title(coded, dx));
            usual = words.isEmpty()
                    ? "(?!)"
                    : Pattern.quote(words.get(0)
                                    .substring(0, Math.min(6, words.get(0).length()))) + "\\w*";
        }
        return Pattern.compile("\\b(?:" + usual + ")\\b");
    }
}
