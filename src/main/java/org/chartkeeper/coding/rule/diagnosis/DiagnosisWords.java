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

    /** What supports a code beside its own names: the state or the germ that its title describes in other words. */
    private static final Map<String, String> ALSO = Map.ofEntries(
            Map.entry(
                    "O",
                    "pregnan\\w*|gestation\\w*|weeks|prenatal|antepartum|postpartum|deliver\\w*|labor|obstetric\\w*|iup|g\\d ?p\\d"
                            + "|c-?section|cesarean"),
            Map.entry("B95", "strep\\w*|staph\\w*|mrsa|mssa|enterococc\\w*|gbs"),
            Map.entry("B96.2", "e\\.? ?coli|stec"),
            Map.entry("B96", "klebsiella|pseudomonas|proteus|h\\.? ?pylori|h\\.? ?influenzae|mycoplasma"),
            Map.entry("B97", "virus|viral|rsv|adenovirus|coronavirus"),
            Map.entry("C", "mass(?:es)?"),
            Map.entry("D5", "hgb|hb|hemoglobin|hematocrit|transfus\\w*"),
            Map.entry("D6", "hgb|hb|hemoglobin|hematocrit|transfus\\w*"),
            Map.entry("D69.6", "platelets?|plts?"),
            Map.entry("D72", "wbc|white (?:blood )?cells?|white count"),
            Map.entry("E78", "hld|hdl"),
            Map.entry("E83.4", "magnesium|mag|mg"),
            Map.entry("E86", "volume|hypovol\\w*|fluids?"),
            Map.entry("E87", "na|k\\+?|hyperk|hypok|lactate|bicarb\\w*"),
            Map.entry("F05", "confus\\w*|encephalopath\\w*|altered mental status|ams"),
            Map.entry("G93.4", "confus\\w*|altered mental status|ams"),
            Map.entry("I10", "bp"),
            Map.entry("I25", "stents?|pci|cabg|rca|lad|lcx"),
            Map.entry("I95", "blood pressure|bp"),
            Map.entry("G81", "weakness|stroke|cva|plegi\\w*"),
            Map.entry("G89", "pain"),
            Map.entry("I63", "ischemi\\w*|embol\\w*|tpa|nihss"),
            Map.entry("I69", "stroke|cva|residual|hemipare\\w*|aphasia"),
            Map.entry("K92.2", "bleed\\w*|melena|hematochezia|hematemesis|hemorrhag\\w*"),
            Map.entry("N18", "renal"),
            Map.entry("P", "newborn|neonat\\w*|infant|preterm|prematur\\w*|birth"));

    private static Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("A41", "sepsis|septic|septicemia|bacteremia");
        names.put("R65.2", "sepsis|septic shock");
        names.put("B20", "hiv|aids");
        names.put("C", "cancer|ca|\\w*carcinoma|malignan\\w*|tumou?r|lymphoma|leukemia|melanoma|metasta\\w*|neoplasm");
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
        names.put("G45", "tia|transient ischemic attack");
        names.put("G81", "hemiplegi\\w*|hemipare\\w*");
        names.put("I61", "intracerebral ha?emorrhage|ich|hemorrhagic stroke");
        names.put("K92.2", "gi bleed\\w*|gastrointestinal bleed\\w*|gib");
        names.put("B37.0", "thrush|oral candid\\w*");
        names.put("A04.7", "c\\.? ?diff\\w*|clostridi\\w*");
        names.put("I73.9", "pad|pvd|peripheral (arterial|vascular) disease|claudication");
        names.put("I16", "hypertensive (urgency|emergency|crisis)");
        names.put("F31", "bipolar");
        names.put("F43.1", "ptsd|post-?traumatic stress");
        names.put("F90", "adhd|attention deficit\\w*");
        names.put("F11", "opioid\\w*|opiate\\w*|heroin|oud");
        names.put("G35", "multiple sclerosis|ms");
        names.put("G20", "parkinson\\w*|pd");
        names.put("J12", "pneumoni\\w*|pna");
        names.put("J15", "pneumoni\\w*|pna");
        names.put("G62", "\\w*neuropath\\w*");
        names.put("H40", "glaucoma|p?oag");
        names.put("H35.3", "macular|w?amd");
        names.put("L50", "urticaria|hives");
        names.put("K58", "ibs|irritable bowel");
        names.put("K51", "colitis|uc");
        names.put("K76.0", "fatty liver|steato\\w*|nafld|nash|masld|mash");
        names.put("K27", "ulcers?|pud");
        names.put("B18", "hep(?:atitis)? [bc]|h[bc]v");
        names.put("E28.2", "pcos|polycystic");
        names.put("I71", "aneurysm|aaa");
        names.put("I47", "tachycardia|p?svt|n?svt|vt");
        names.put("J84", "ild|ipf|fibrosis|interstitial");
        names.put("N30", "cystitis|uti|urinary tract infection");
        names.put("A09", "gastroenteritis|diarrhea|colitis");
        names.put("J80", "ards|respiratory distress");
        names.put("J30", "allergic rhinitis|hay fever|rhinitis|seasonal allerg\\w*");
        names.put("B02", "zoster|shingles");
        names.put("J10", "influenza|flu");
        names.put("J11", "influenza|flu");
        names.put("J02", "pharyngitis|strep\\w*|sore throat");
        names.put("H66", "otitis|ear infection|aom");
        names.put("I46", "cardiac arrest|pea|asystole|code blue");
        names.put("K57", "diverticul\\w*");
        names.put("K70", "alcoholic (liver|hepatitis|cirrhosis)|cirrhosis");
        names.put("K74", "cirrhosis|fibrosis");
        names.put("K56", "obstruction|ileus|sbo");
        names.put("M05", "rheumatoid|ra");
        names.put("M06", "rheumatoid|ra");
        names.put("M32", "lupus|sle");
        names.put("N20", "(kidney|renal|ureteral) stones?|calcul\\w*|nephrolithiasis|stones?");
        names.put("U07.1", "covid\\w*|sars-cov-2|coronavirus");
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
        names.put("I12", "hypertens\\w*|htn|ckd|esrd|renal (?:disease|failure)|kidney");
        names.put("I13", "hypertens\\w*|htn|heart failure|h?chf|ckd|esrd|kidney");
        names.put("I10", "hypertens\\w*|high blood pressure|elevated blood pressure|htn|blood pressure");
        names.put("I1", "hypertens\\w*|high blood pressure|htn");
        names.put("I21", "infarct\\w*|heart attack|n?stemi|mi");
        names.put("I25", "coronary|cad|ischemic heart|atheroscler\\w*|angina|infarct\\w*|mi");
        names.put("I26", "pulmonary embol\\w*|pe|embol\\w*");
        names.put("I48", "fibrillation|a-?fib|flutter|p?af");
        names.put("I50", "heart failure|h?chf|hfpef|hfref|cardiomyopath\\w*|failure");
        names.put("I63", "stroke|cva|infarct\\w*");
        names.put("I82", "thrombosis|dvt|thrombus|clot");
        names.put("J06", "uri|cold|respiratory infection");
        names.put("J18", "pneumoni\\w*|pna|infiltrate|consolidation");
        names.put("J44", "(?:ae)?copd|chronic obstructive|emphysema|chronic bronchitis");
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
        names.put("M15", "\\w*arthritis|oa|djd");
        names.put("M16", "hip|\\w*arthritis|oa|djd");
        names.put("M17", "knee|\\w*arthritis|oa|djd");
        names.put("M19", "\\w*arthritis|oa|djd");
        names.put("M54.1", "radicul\\w*");
        names.put("M54", "back pain|backache|lumbago|sciatica|neck pain|back|spine");
        names.put("M81", "osteoporo\\w*|bone density|dexa");
        names.put("N17", "kidney injury|renal (failure|injury|insufficiency)|aki|arf|creatinine");
        names.put("N18", "ckd|kidney disease|renal (disease|failure|insufficiency)|esrd|egfr|dialysis|kidney");
        names.put("N39.0", "(?:ca)?uti|urinary tract infection|urinary infection|cystitis|bacteriuria");
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
        String also = ALSO.entrySet().stream()
                .filter(entry -> dx.in(entry.getKey()))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining("|"));
        words = words.isEmpty() || also.isEmpty() ? words + also : words + "|" + also;
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
