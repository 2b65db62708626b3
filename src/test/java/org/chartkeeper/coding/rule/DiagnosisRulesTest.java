package org.chartkeeper.coding.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chartkeeper.coding.CaseJson;
import org.chartkeeper.coding.CodingCase;
import org.chartkeeper.coding.Finding;
import org.chartkeeper.coding.Severity;
import org.chartkeeper.terminology.CodeBook;
import org.chartkeeper.terminology.CodeBook.CodeList;
import org.chartkeeper.terminology.DrugBook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule with cases in which it fires and cases in which it stays quiet. */
class DiagnosisRulesTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

    private static final BookFixture BOOK = new BookFixture()
            .valid(
                    "I10",
                    "E11.9",
                    "E11.65",
                    "C4A.9",
                    "U07.1",
                    "J18.9",
                    "J44.0",
                    "S52.501A",
                    "W01.0XXA",
                    "Y92.009",
                    "E85.4",
                    "I43",
                    "G63",
                    "Z68.41",
                    "Z79.4",
                    "A41.9",
                    "R65.21",
                    "Z51.89",
                    "C34.90",
                    "Z38.00",
                    "A33",
                    "P27.1",
                    "Z00.110",
                    "Z00.111",
                    "Z00.129",
                    "G93.7",
                    "O80",
                    "O24.410",
                    "N40.1",
                    "Z00.00",
                    "C53.9",
                    "T36.0X1A",
                    "O32.1XX0",
                    "S06.0X0A",
                    "S06.0X0D",
                    "S06.0X0S",
                    "W19.XXXA",
                    "W19.XXXD",
                    "Y65.51",
                    "M54.50",
                    "QA0.0101")
            .heading("QA0.01", "E11", "S72.001", "S52.501", "W19.XXX", "S06.0X0")
            .until("M54.5", "2021-09-30", "M54.50")
            .since("F32.A", "2021-10-01")
            .listed(CodeList.MANIFESTATION, "I43", "G63")
            .codeFirst("I43", "E85", "E85")
            .listed(CodeList.UNACCEPTABLE_PRINCIPAL, "Z68.41")
            .listed(CodeList.REQUIRES_SECONDARY, "Z51.89")
            .listed(CodeList.AGE_NEWBORN, "Z38.00", "A33", "P27.1")
            .listed(CodeList.AGE_PEDIATRIC, "Z00.129", "G93.7")
            .listed(CodeList.AGE_MATERNITY, "O80", "O24.410")
            .listed(CodeList.AGE_ADULT, "N40.1", "Z00.00")
            .listed(CodeList.SEX_MALE, "N40.1")
            .listed(CodeList.SEX_FEMALE, "C53.9", "O80");

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

    private static List<Finding> check(CodeBook book, String fields, String... codes) {
        String diagnoses =
                Stream.of(codes).map(code -> "{\"code\":\"" + code + "\"}").collect(Collectors.joining(","));
        CodingCase coded = CaseJson.read("{\"cases\":[{\"id\":\"c\"" + (fields.isEmpty() ? "" : "," + fields)
                        + ",\"diagnoses\":[" + diagnoses + "]}]}")
                .get(0);
        return new Checker(Rules.all(), book, NO_DRUGS).check(coded, TODAY);
    }

    private static List<Finding> of(String rule, List<Finding> findings) {
        return findings.stream().filter(one -> one.rule().equals(rule)).toList();
    }

    private static String born(String day) {
        return "\"class\":\"inpatient\",\"admitted\":\"2026-03-01\",\"discharged\":\"2026-03-04\",\"patient\":{\"born\":\""
                + day + "\"}";
    }

    @ParameterizedTest
    @CsvSource({
        "DX-01, 1E1.9",
        "DX-01, E1",
        "DX-01, E11.65432",
        "DX-02, E11",
        "DX-02, S72.001",
        "DX-02, M54.5",
        "DX-03, T36.01A",
        "DX-03, W19.A",
        "DX-03, S52.501",
        "DX-03, S06.0X0B",
        "DX-05, J18.9 J18.9",
        "DX-05, I10 J18.9 J18.9",
        "DX-06, W01.0XXA",
        "DX-06, Y92.009",
        "DX-07, I43",
        "DX-07, G63",
        "DX-09, Z68.41",
        "DX-09, R65.21",
        "DX-10, Z51.89",
        "DX-48, J18.9 Y65.51"
    })
    void it_fires(String rule, String codes) {
        assertThat(of(rule, check(BOOK, "\"class\":\"inpatient\",\"discharged\":\"2026-03-04\"", codes.split(" "))))
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "DX-01, e1165",
        "DX-01, C4A.9",
        "DX-01, U07.1",
        "DX-01, QA0.0101",
        "DX-02, I10",
        "DX-02, E11.9",
        "DX-02, M54.50",
        "DX-03, T36.0X1A",
        "DX-03, W19.XXXA",
        "DX-03, O32.1XX0",
        "DX-05, J18.9 J44.0",
        "DX-06, S52.501A W01.0XXA",
        "DX-07, E85.4 I43",
        "DX-09, E11.9 Z79.4",
        "DX-09, A41.9 R65.21",
        "DX-10, Z51.89 C34.90",
        "DX-48, J18.9"
    })
    void it_stays_quiet(String rule, String codes) {
        assertThat(of(rule, check(BOOK, "\"class\":\"inpatient\",\"discharged\":\"2026-03-04\"", codes.split(" "))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "M54.5, 2021-09-30, false",
        "M54.5, 2021-10-01, true",
        "F32.A, 2021-09-30, true",
        "F32.A, 2021-10-01, false"
    })
    void a_code_is_valid_by_the_day(String code, String day, boolean fires) {
        assertThat(of("DX-02", check(BOOK, "\"class\":\"ambulatory\",\"admitted\":\"" + day + "\"", code))
                        .isEmpty())
                .isNotEqualTo(fires);
    }

    @Test
    void the_discharge_chooses_the_release_and_not_the_admission() {
        String over = "\"class\":\"inpatient\",\"admitted\":\"2021-09-28\",\"discharged\":\"2021-10-03\"";
        assertThat(of("DX-04", check(BOOK, over, "M54.5")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.repair()).isNotNull());
        assertThat(of("DX-04", check(BOOK, over, "M54.50"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "DX-11, Z38.00, 1996-01-01, true",
        "DX-11, A33, 2021-01-01, true",
        "DX-11, Z38.00, 2026-03-01, false",
        "DX-11, P27.1, 2021-01-01, false",
        "DX-12, Z00.110, 2026-02-17, true",
        "DX-12, Z00.111, 2026-02-17, false",
        "DX-13, Z00.129, 1986-01-01, true",
        "DX-13, Z00.129, 2008-06-01, false",
        "DX-14, O80, 1948-01-01, true",
        "DX-14, O24.410, 2018-01-01, true",
        "DX-14, O80, 1962-01-01, false",
        "DX-15, N40.1, 2021-01-01, true",
        "DX-15, Z00.00, 2016-01-01, true",
        "DX-15, N40.1, 1966-01-01, false"
    })
    void ages_are_those_of_the_editor(String rule, String code, String day, boolean fires) {
        assertThat(of(rule, check(BOOK, born(day), code)).isEmpty()).isNotEqualTo(fires);
    }

    @Test
    void the_organ_inventory_decides_over_the_sex() {
        assertThat(of("DX-16", check(BOOK, "\"patient\":{\"sex\":\"female\"}", "N40.1")))
                .hasSize(1);
        assertThat(of(
                        "DX-16",
                        check(BOOK, "\"patient\":{\"sex\":\"female\",\"organs\":{\"prostate\":\"present\"}}", "N40.1")))
                .isEmpty();
        assertThat(of("DX-16", check(BOOK, "\"patient\":{\"sex\":\"male\"}", "N40.1")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1955-01-01, H", "1965-03-01, H", "1965-03-02, ''", "1990-01-01, ''", "'', R"})
    void what_is_not_covered_beyond_sixty_years_of_age_is_asked_of_the_old_alone(String day, String severity) {
        BookFixture book = new BookFixture()
                .valid("M51.26", "0SR20JZ")
                .remarked(CodeList.NON_COVERED_PROCEDURE, "0SR20JZ", "age over 60");
        String patient = day.isEmpty() ? "" : ",\"patient\":{\"born\":\"" + day + "\"}";
        assertThat(of(
                        "MCE-11",
                        check(
                                book,
                                "\"class\":\"inpatient\",\"admitted\":\"2026-03-01\",\"discharged\":\"2026-03-04\""
                                        + patient + ",\"procedures\":[{\"system\":\"icd10pcs\",\"code\":\"0SR20JZ\"}]",
                                "M51.26")))
                .extracting(finding -> finding.severity().name())
                .isEqualTo(severity.isEmpty() ? List.of() : List.of(severity));
    }

    @Test
    void a_heading_with_a_letter_in_the_second_place_has_the_right_shape() {
        List<Finding> findings = check(BOOK, "", "QA0.01");
        assertThat(of("DX-01", findings)).isEmpty();
        assertThat(of("DX-02", findings))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("heading"));
    }

    @Test
    void a_diagnosis_without_a_code_is_found_and_does_not_refuse_the_file() {
        List<Finding> findings = new Checker(Rules.all(), BOOK, NO_DRUGS)
                .check(
                        CaseJson.read("{\"cases\":[{\"id\":\"c\",\"diagnoses\":[{\"code\":\"I10\"},{\"poa\":\"Y\"}],"
                                        + "\"procedures\":[{\"system\":\"icd10pcs\"}]}]}")
                                .get(0),
                        TODAY);
        assertThat(of("DX-01", findings))
                .singleElement()
                .satisfies(finding -> assertThat(finding.item()).isEqualTo("diagnoses[1]"));
        assertThat(of("MCE-11", findings))
                .singleElement()
                .satisfies(finding -> assertThat(finding.item()).isEqualTo("procedures[0]"));
    }

    @Test
    void the_editors_lists_are_hard_for_medicare_and_to_be_reviewed_for_others() {
        assertThat(of("DX-07", check(BOOK, "\"class\":\"inpatient\"", "G63"))
                        .get(0)
                        .severity())
                .isEqualTo(Severity.H);
    }

    @Test
    void a_claim_holds_twenty_five_diagnoses() {
        String[] many = Stream.iterate(0, i -> i + 1)
                .limit(26)
                .map(i -> "A0%d.%d".formatted(i / 10, i % 10))
                .toArray(String[]::new);
        assertThat(of("DX-57", check(BOOK, "\"class\":\"inpatient\"", many))).hasSize(1);
        assertThat(of(
                        "DX-57",
                        check(
                                BOOK,
                                "\"class\":\"inpatient\"",
                                Stream.of(many).limit(25).toArray(String[]::new))))
                .isEmpty();
    }

    @Test
    void without_a_full_release_a_code_is_not_checked_and_that_is_said() {
        List<Finding> findings = of("DX-02", check(BookFixture.empty(), "", "I10", "E11"));
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.I);
            assertThat(finding.message()).startsWith("Not checked: no full ICD-10-CM release");
        });
    }

    @Test
    void a_repair_silences_its_rule_and_raises_nothing_new() {
        String over = "\"class\":\"inpatient\",\"admitted\":\"2021-09-28\",\"discharged\":\"2021-10-03\"";
        for (List<String> codes : List.of(
                List.of("M54.5"),
                List.of("J18.9", "J18.9"),
                List.of("I43", "E85.4"),
                List.of("W01.0XXA", "S52.501A"))) {
            String diagnoses =
                    codes.stream().map(code -> "{\"code\":\"" + code + "\"}").collect(Collectors.joining(","));
            CodingCase coded = CaseJson.read(
                            "{\"cases\":[{\"id\":\"c\"," + over + ",\"diagnoses\":[" + diagnoses + "]}]}")
                    .get(0);
            Checker checker = new Checker(Rules.all(), BOOK, NO_DRUGS);
            List<Finding> before = checker.check(coded, TODAY);
            List<Finding> repairable =
                    before.stream().filter(one -> one.repair() != null).toList();
            assertThat(repairable).as(codes.toString()).isNotEmpty();
            for (Finding one : repairable) {
                List<Finding> after = checker.check(CaseJson.apply(coded, one.repair()), TODAY);
                assertThat(of(one.rule(), after)).as(codes + " " + one.rule()).isEmpty();
                assertThat(after.stream().map(Finding::rule))
                        .isSubsetOf(before.stream().map(Finding::rule).toList());
            }
        }
    }
}
