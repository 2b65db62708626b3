package org.chartkeeper.coding.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chartkeeper.coding.CaseJson;
import org.chartkeeper.coding.CodingCases.Closer;
import org.chartkeeper.coding.CodingCheck;
import org.chartkeeper.coding.Finding;
import org.chartkeeper.coding.Severity;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.terminology.CodeSets;
import org.chartkeeper.terminology.CodeSystem;
import org.chartkeeper.terminology.domain.CodeFixtures;
import org.chartkeeper.testing.ChartkeeperTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The diagnosis rules over the releases and lists as they are published. */
@ChartkeeperTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublishedCodesTest {

    @Autowired
    CodeSets codeSets;

    @Autowired
    CodingCheck check;

    @Autowired
    Suggester suggester;

    @Autowired
    CurrentActor actors;

    @Autowired
    JdbcClient database;

    @Autowired
    ApplicationEventPublisher events;

    @BeforeAll
    void load() {
        CodeFixtures.needData();
        CodeFixtures.forget(database, events);
        actors.asSystem(FacilityId.next(), () -> {
            try (Stream<Path> folders = Files.list(CodeFixtures.DATA)) {
                // HCPCS, ICD-10-PCS and drugs have nothing to say of a diagnosis.
                List<Path> said = folders.filter(
                                path -> !path.getFileName().toString().matches("hcpcs|icd10pcs|drugs"))
                        .toList();
                return codeSets.load(said, null, report -> {});
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @AfterAll
    void forget() {
        CodeFixtures.forget(database, events);
    }

    private List<Finding> findings(String codes, String klass, String day, String born) {
        boolean inpatient = klass.equals("inpatient");
        String diagnoses = Arrays.stream(codes.split(" "))
                .map(code -> {
                    String[] said = code.split("=");
                    String poa = said.length > 1 ? said[1] : inpatient ? "Y" : "-";
                    return "{\"code\":\"" + said[0] + "\"" + (poa.equals("-") ? "" : ",\"poa\":\"" + poa + "\"") + "}";
                })
                .collect(Collectors.joining(","));
        return check.check(CaseJson.read("{\"cases\":[{\"id\":\"c\",\"class\":\"" + klass + "\",\"admitted\":\"" + day
                        + "\",\"discharged\":\"" + day + "\",\"patient\":{\"born\":\"" + born
                        + "\",\"sex\":\"female\"},\"diagnoses\":[" + diagnoses + "]}]}")
                .get(0));
    }

    private boolean says(String rule, List<Finding> findings) {
        return findings.stream()
                .anyMatch(finding -> finding.rule().equals(rule)
                        && finding.severity() != Severity.I
                        && finding.item().matches("case|diagnoses\\[\\d+]"));
    }

    @ParameterizedTest
    @CsvSource({
        "DX-02, M54.5, ambulatory, 2021-10-01",
        "DX-02, N18.3, ambulatory, 2020-10-01",
        "DX-02, F32.A, ambulatory, 2021-09-30",
        "DX-02, E66.81, ambulatory, 2025-10-02",
        "DX-03, R69 S06.0X0B, inpatient, 2025-10-02",
        "DX-05, J18.9 J18.9, inpatient, 2025-10-02",
        "DX-06, W01.0XXA, inpatient, 2025-10-02",
        "DX-07, I32, inpatient, 2025-10-02",
        "DX-08, I10 I43, inpatient, 2025-10-02",
        "DX-09, B96.20, inpatient, 2025-10-02",
        "DX-09, Z37.0, inpatient, 2025-10-02",
        "DX-10, Z51.89, inpatient, 2025-10-02",
        "DX-13, G93.7, inpatient, 2025-10-02",
        "DX-17, I82.409, inpatient, 2025-10-02",
        "DX-17, E11.3219, ambulatory, 2025-10-02",
        "DX-17, T86.8409, ambulatory, 2025-10-02",
        "DX-17, S02.110A, ambulatory, 2025-10-02",
        "DX-17, N63.0, ambulatory, 2025-10-02",
        "DX-18, H25.11 H25.12, ambulatory, 2025-10-02",
        "DX-18, G56.91 G56.92, ambulatory, 2025-10-02",
        "DX-20, R73.03 E11.9, ambulatory, 2025-10-02",
        "DX-20, Z33.1 O26.891, ambulatory, 2025-10-02",
        "DX-24, E11.621, ambulatory, 2025-10-02",
        "DX-27, J18.9 R65.20 N17.9, inpatient, 2025-10-02",
        "DX-31, Z34.01 Z3A.30, ambulatory, 2025-10-02",
        "DX-40, S52.501S, ambulatory, 2025-10-02",
        "DX-43, T45.515A, inpatient, 2025-10-02",
        "DX-49, J18.9 Z37.0=Y, inpatient, 2025-10-02",
        "DX-49, J18.9 I10=-, inpatient, 2025-10-02",
        "DX-51, J18.9 L89.153=N, inpatient, 2025-10-02",
        "DX-51, J18.9 T83.511A=U, inpatient, 2025-10-02",
        "DX-59, K86.1 K85.90, inpatient, 2025-10-02"
    })
    void what_the_rule_book_says_fires(String rule, String codes, String klass, String day) {
        assertThat(says(rule, findings(codes, klass, day, "1960-02-03"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "M54.5, ambulatory, 2021-09-30",
        "M54.50, ambulatory, 2021-10-01",
        "F32.A, ambulatory, 2021-10-01",
        "E85.4 I43, inpatient, 2025-10-02",
        "G30.9 F02.80, inpatient, 2025-10-02",
        "A41.9 R65.21 J96.01, inpatient, 2025-10-02",
        "Z51.89=- C34.90, inpatient, 2025-10-02",
        "I82.401, inpatient, 2025-10-02",
        "H25.13, ambulatory, 2025-10-02",
        "I13.0 I50.9 N18.4, inpatient, 2025-10-02",
        "I12.0 N18.6 Z99.2=-, inpatient, 2025-10-02",
        "E11.22 N18.30, inpatient, 2025-10-02",
        "E11.621 L97.411, inpatient, 2025-10-02",
        "J44.0 J18.9, inpatient, 2025-10-02",
        "D68.32 T45.515A, inpatient, 2025-10-02",
        "E66.813 Z68.41=-, inpatient, 2025-10-02",
        "I21.4 I25.10 E78.5 Z79.82=-, inpatient, 2025-10-02",
        "K85.90 K86.1, inpatient, 2025-10-02",
        "J44.1 J96.01 F17.210, inpatient, 2025-10-02",
        "B39.4, ambulatory, 2025-10-02",
        "K92.2 I21.A1, inpatient, 2025-10-02",
        "B18.2 K74.02, ambulatory, 2025-10-02",
        "I10 T88.7XXA, ambulatory, 2025-10-02"
    })
    void a_case_that_is_coded_right_has_no_hard_stop_and_nothing_to_review(String codes, String klass, String day) {
        assertThat(findings(codes, klass, day, "1960-02-03"))
                .filteredOn(finding -> finding.severity() == Severity.H || finding.severity() == Severity.R)
                .isEmpty();
    }

    @Test
    void a_code_with_a_blank_behind_it_has_not_the_shape_of_one_and_is_mended() {
        Finding finding = check
                .check(CaseJson.read("{\"cases\":[{\"id\":\"c\",\"diagnoses\":[{\"code\":\"J18.9 \"}]}]}")
                        .get(0))
                .stream()
                .filter(each -> each.rule().equals("DX-01"))
                .findFirst()
                .orElseThrow();

        assertThat(finding.repair()).isNotNull();
    }

    private List<Closer> closer(String code, String display) {
        CodeEntity line = new CodeEntity();
        line.system = CodeSystem.ICD10CM.id();
        line.code = code;
        line.display = display;
        return suggester.closer(line, LocalDate.of(2025, 11, 3));
    }

    @Test
    void what_is_offered_as_more_specific_can_be_reported() {
        assertThat(closer("E66.9", "Obesity, unspecified"))
                .allMatch(Closer::billable)
                .extracting(Closer::code)
                .contains("E66.01", "E66.1", "E66.813")
                .doesNotContain("E66.0", "E66.8");
    }

    @Test
    void where_too_many_are_more_specific_the_headings_are_offered_as_such() {
        assertThat(closer("S52.501A", "Unspecified fracture of the lower end of right radius, initial encounter"))
                .isNotEmpty()
                .noneMatch(Closer::billable);
    }
}
