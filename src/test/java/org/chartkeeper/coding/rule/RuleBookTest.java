package org.chartkeeper.coding.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.chartkeeper.coding.CaseJson;
import org.chartkeeper.coding.CodingCase;
import org.chartkeeper.coding.CodingCase.Author;
import org.chartkeeper.coding.CodingCase.Diagnosis;
import org.chartkeeper.coding.CodingCase.Evidence;
import org.chartkeeper.coding.CodingCase.Role;
import org.chartkeeper.coding.Finding;
import org.chartkeeper.coding.Severity;
import org.chartkeeper.coding.rule.query.QueryRules;
import org.chartkeeper.terminology.CodeBook.CodeList;
import org.chartkeeper.terminology.DrugBook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Every rule of the rule book is there, speaks where it must and is quiet where it must. */
class RuleBookTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final BookFixture BOOK = BookFixture.anyCode()
            .heading("E11", "S52.501", "S72.001")
            .until("M54.5", "2021-09-30", "M54.50")
            .since("M54.50", "2021-10-01")
            .titled(
                    "S52.501A",
                    "Unspecified fracture of the lower end of right radius, initial encounter for closed fracture")
            .titled(
                    "S52.502A",
                    "Unspecified fracture of the lower end of left radius, initial encounter for closed fracture")
            .titled("J18.9", "Pneumonia, unspecified organism")
            .titled("E43", "Unspecified severe protein-calorie malnutrition")
            .titled("O26.891", "Other specified pregnancy related conditions, first trimester")
            .titled("O26.893", "Other specified pregnancy related conditions, third trimester")
            .titled("J45.40", "Moderate persistent asthma, uncomplicated")
            .heading("N18")
            .titled("N18.4", "Chronic kidney disease, stage 4 (severe)")
            .titled("N18.5", "Chronic kidney disease, stage 5")
            .titled("N18.9", "Chronic kidney disease, unspecified")
            .titled("K91.71", "Accidental puncture of a digestive organ during a procedure, intraoperative")
            .heading("D57")
            .titled("D57.00", "Hb-SS disease with crisis, unspecified")
            .titled("D57.1", "Sickle-cell disease without crisis")
            .titled("C50.911", "Malignant neoplasm of unspecified site of right female breast")
            .titled("M17.11", "Unilateral primary osteoarthritis, right knee")
            .titled("M17.12", "Unilateral primary osteoarthritis, left knee")
            .titled("M25.562", "Pain in left knee")
            .titled("0SRD0J9", "Replacement of Left Knee Joint with Synthetic Substitute, Cemented, Open Approach")
            .titled("E11.9", "Type 2 diabetes mellitus without complications")
            .titled("G20.A1", "Parkinson's disease without dyskinesia, without mention of fluctuations")
            .titled("B96.20", "Unspecified Escherichia coli [E. coli] as the cause of diseases classified elsewhere")
            .titled("J45.909", "Unspecified asthma, uncomplicated")
            .titled("I82.409", "Acute embolism and thrombosis of unspecified deep veins of unspecified lower extremity")
            .titled("I82.401", "Acute embolism and thrombosis of unspecified deep veins of right lower extremity")
            .titled("H25.11", "Age-related nuclear cataract, right eye")
            .titled("H25.12", "Age-related nuclear cataract, left eye")
            .titled("H25.13", "Age-related nuclear cataract, bilateral")
            .heading("J45", "J45.4", "J45.9", "J45.90", "H25", "H25.1")
            .listed(CodeList.MANIFESTATION, "I43", "G63")
            .codeFirst("I43", "E85", "E85")
            .listed(CodeList.UNACCEPTABLE_PRINCIPAL, "Z68.41", "B96.20")
            .listed(CodeList.REQUIRES_SECONDARY, "Z51.89")
            .listed(CodeList.AGE_NEWBORN, "Z38.00", "A33", "P27.1")
            .listed(CodeList.AGE_PEDIATRIC, "Z00.129", "G93.7")
            .listed(CodeList.AGE_MATERNITY, "O80", "O24.410")
            .listed(CodeList.AGE_ADULT, "N40.1", "Z00.00")
            .listed(CodeList.SEX_MALE, "N40.1")
            .listed(CodeList.SEX_FEMALE, "Z12.4")
            .titled("L97.511", "Non-pressure chronic ulcer of other part of right foot limited to breakdown of skin")
            .titled("Z89.421", "Acquired absence of other right toe(s)")
            .titled("Z89.431", "Acquired absence of right foot")
            .listed(CodeList.UNSPECIFIED, "I82.409", "S72.009A")
            .listed(CodeList.POA_EXEMPT, "Z79.4", "Z37.0")
            .listed(CodeList.WRONG_PROCEDURE, "Y65.51");

    private static final DrugBook NO_DRUGS = new DrugBook() {
        @Override
        public Optional<Drug> drug(String rxcui) {
            return Optional.empty();
        }

        @Override
        public Set<String> rxcuisOf(String ndc11) {
            return Set.of();
        }

        @Override
        public boolean hasPackages(String rxcui) {
            return false;
        }

        @Override
        public Optional<String> edition() {
            return Optional.empty();
        }
    };

    private static final Checker CHECKER = new Checker(Rules.all(), BOOK, NO_DRUGS);

    /** What a rule says of a case, without what it says that it could not check. */
    private static List<Finding> said(String rule, CodingCase coded) {
        return CHECKER.check(coded, TODAY).stream()
                .filter(each -> each.rule().equals(rule))
                .filter(each -> !each.message().startsWith(Report.NOT_CHECKED))
                .toList();
    }

    static List<String> lines() {
        return RuleBookCases.ALL;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lines")
    void each_line_of_the_rule_book_holds(String line) {
        String[] parts = line.split("\\s*\\|\\s*");
        String rule = parts[0].split(" ")[0];

        List<Finding> said = said(rule, parse(parts[1], parts.length > 2 ? parts[2] : ""));

        if (parts[0].endsWith("fires")) {
            assertThat(said).as("what %s says", rule).isNotEmpty();
        } else {
            assertThat(said).as("what %s says", rule).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lines")
    void a_repair_makes_its_rule_silent_and_raises_nothing_new(String line) {
        String[] parts = line.split("\\s*\\|\\s*");
        CodingCase coded = parse(parts[1], parts.length > 2 ? parts[2] : "");
        List<Finding> before = CHECKER.check(coded, TODAY);
        for (Finding finding : before) {
            if (finding.repair() != null) {
                List<Finding> after = CHECKER.check(CaseJson.apply(coded, finding.repair()), TODAY);
                assertThat(after.stream()
                                .filter(each -> each.rule().equals(finding.rule()) && each.severity() != Severity.I)
                                .filter(each -> finding.severity() != Severity.I)
                                .toList())
                        .as("%s after its repair of %s", finding.rule(), line)
                        .isEmpty();
                assertThat(after.stream().map(Finding::rule).filter(rule -> !rule.equals(finding.rule())))
                        .as("rules after the repair of %s by %s", line, finding.rule())
                        .isSubsetOf(Stream.concat(
                                        before.stream(), after.stream().filter(each -> each.severity() == Severity.I))
                                .map(Finding::rule)
                                .toList());
            }
        }
    }

    @Test
    void every_rule_of_the_book_is_there() {
        Set<String> present = new TreeSet<>(Rules.all().stream().map(Rule::id).toList());
        present.addAll(QueryRules.IDS);

        assertThat(present)
                .containsAll(RuleBook.DIAGNOSES)
                .containsAll(RuleBook.QUERIES)
                .containsAll(RuleBook.PRESCRIPTIONS);
    }

    @Test
    void no_rule_stands_twice() {
        assertThat(Rules.all().stream().map(Rule::id)).doesNotHaveDuplicates();
    }

    @Test
    void every_rule_has_a_case_in_which_it_speaks_and_one_in_which_it_is_quiet() throws Exception {
        Map<String, Set<Boolean>> shown = new HashMap<>();
        for (String line : RuleBookCases.ALL) {
            String[] words = line.split(" ");
            shown.computeIfAbsent(words[0], rule -> new TreeSet<>()).add(words[1].equals("fires"));
        }
        for (String name : List.of(
                "RuleBookTest",
                "QueryRulesTest",
                "DiagnosisRulesTest",
                "prescription.SafetyRulesTest",
                "NdcRulesTest",
                "RxNormRulesTest",
                "SigRulesTest",
                "PrescriberRulesTest",
                "ControlledRulesTest",
                "PrescriptionRulesTest")) {
            for (Method method : methods(name)) {
                for (RuleCase each : method.getAnnotationsByType(RuleCase.class)) {
                    shown.computeIfAbsent(each.rule(), rule -> new TreeSet<>()).add(each.fires());
                }
            }
        }
        List<String> all = Stream.of(RuleBook.DIAGNOSES, RuleBook.QUERIES, RuleBook.PRESCRIPTIONS)
                .flatMap(List::stream)
                .toList();
        assertThat(all.stream()
                        .filter(rule -> shown.getOrDefault(rule, Set.of()).size() < 2))
                .as("rules without both cases")
                .isEmpty();
    }

    private static Method[] methods(String name) {
        try {
            return Class.forName("org.chartkeeper.coding.rule." + name).getDeclaredMethods();
        } catch (ClassNotFoundException none) {
            return new Method[0];
        }
    }

    // Rules over what a case from a file does not hold
    // ------------------------------------------------------------------

    @Test
    @RuleCase(rule = "EV-01", fires = true)
    void what_a_nurse_wrote_is_no_diagnosis() {
        assertThat(said(
                        "EV-01",
                        resting("I10", new Evidence("Triage, 3 Mar", Author.OTHER_CLINICIAN, true, true, null))))
                .isNotEmpty();
    }

    @Test
    @RuleCase(rule = "EV-01", fires = false)
    void the_providers_own_words_are_enough() {
        assertThat(said("EV-01", resting("I10", new Evidence("Note, 3 Mar", Author.PROVIDER, true, true, null))))
                .isEmpty();
    }

    @Test
    void what_is_not_signed_stops_a_case_hard() {
        assertThat(said("EV-01", resting("I10", new Evidence("Dictation, 3 Mar", Author.PROVIDER, false, true, null))))
                .singleElement()
                .satisfies(each -> assertThat(each.severity()).isEqualTo(Severity.H));
    }

    @Test
    void another_visit_alone_does_not_support_a_code() {
        assertThat(said("EV-01", resting("I10", new Evidence("Note of May", Author.PROVIDER, true, false, null))))
                .singleElement()
                .satisfies(each -> assertThat(each.severity()).isEqualTo(Severity.R));
    }

    @Test
    void a_nurse_may_state_social_circumstances() {
        assertThat(said(
                        "EV-01",
                        resting("Z59.01", new Evidence("Intake, 3 Mar", Author.OTHER_CLINICIAN, true, true, null))))
                .isEmpty();
    }

    private static CodingCase resting(String code, Evidence evidence) {
        CodingCase plain = parse(code, "class=ambulatory");
        return new CodingCase(
                plain.id(),
                plain.kind(),
                plain.admitted(),
                plain.discharged(),
                plain.disposition(),
                plain.payer(),
                plain.facilityType(),
                plain.patient(),
                List.of(new Diagnosis(code, Role.PRINCIPAL, null, List.of(evidence))),
                plain.procedures(),
                plain.note(),
                plain.weightKg(),
                plain.egfr(),
                plain.allergies(),
                plain.activeMedications(),
                plain.prescriptions());
    }

    private static final Set<String> FIVE = Set.of("I10", "E11.9", "E78.5", "K21.9", "M17.0");

    private static CodingCase cloned(int earlier) {
        CodingCase plain = parse("I10 E11.9 E78.5 K21.9 M17.0", "class=ambulatory");
        List<Set<String>> before = new ArrayList<>();
        for (int i = 0; i < earlier; i++) {
            before.add(FIVE);
        }
        return plain.withEarlier(before);
    }

    @Test
    @RuleCase(rule = "DX-56", fires = true)
    void the_same_five_codes_at_three_visits_running_are_looked_at() {
        assertThat(said("DX-56", cloned(2))).isNotEmpty();
    }

    @Test
    @RuleCase(rule = "DX-56", fires = false)
    void the_same_five_codes_at_two_visits_are_no_matter() {
        assertThat(said("DX-56", cloned(1))).isEmpty();
    }

    // Reading a line
    // ----------------------------------------------------------------------------------------------------

    private static CodingCase parse(String codes, String options) {
        Map<String, Object> coded = new LinkedHashMap<>();
        coded.put("id", "c1");
        Map<String, String> said = new LinkedHashMap<>();
        for (String option : options.split("\\s*;\\s*")) {
            int at = option.indexOf('=');
            if (at > 0) {
                said.put(option.substring(0, at), option.substring(at + 1));
            }
        }
        String admitted = said.getOrDefault("admitted", "2026-03-01");
        coded.put("admitted", admitted);
        coded.put(
                "discharged", said.getOrDefault("discharged", said.containsKey("admitted") ? admitted : "2026-03-05"));
        for (String key : List.of("class", "disposition", "payer", "facilityType", "note")) {
            if (said.containsKey(key)) {
                coded.put(key, said.get(key));
            }
        }
        Map<String, Object> patient = new LinkedHashMap<>();
        LocalDate day = LocalDate.parse(admitted);
        if (said.containsKey("age")) {
            patient.put("born", day.minusYears(Long.parseLong(said.get("age"))).toString());
        } else if (said.containsKey("days")) {
            patient.put("born", day.minusDays(Long.parseLong(said.get("days"))).toString());
        }
        if (said.containsKey("sex")) {
            patient.put("sex", said.get("sex"));
        }
        if (said.containsKey("organ")) {
            patient.put("organs", Map.of(said.get("organ"), "present"));
        }
        coded.put("patient", patient);
        List<Map<String, Object>> diagnoses = new ArrayList<>();
        for (String token : codes.split("\\s+")) {
            Map<String, Object> diagnosis = new LinkedHashMap<>();
            String[] poa = token.split("=");
            diagnosis.put("code", poa[0]);
            diagnosis.put("role", diagnoses.isEmpty() ? "principal" : "secondary");
            if (poa.length > 1) {
                diagnosis.put("poa", poa[1]);
            }
            diagnoses.add(diagnosis);
        }
        coded.put("diagnoses", diagnoses);
        if (said.containsKey("drugs")) {
            coded.put("activeMedications", List.of(Map.of("text", said.get("drugs"))));
        }
        if (said.containsKey("operation")) {
            String[] line = said.get("operation").split(" ");
            coded.put(
                    "procedures",
                    List.of(Map.of(
                            "system",
                            line[0],
                            "code",
                            line[1],
                            "modifiers",
                            List.of(line).subList(2, line.length))));
        }
        if (said.containsKey("allergy")) {
            coded.put("allergies", List.of(Map.of("text", said.get("allergy"), "status", "active")));
        }
        return CaseJson.read(JSON.writeValueAsBytes(Map.of("cases", List.of(coded))))
                .get(0);
    }
}
