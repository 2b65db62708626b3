package org.chartkeeper.exchange.domain.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.chartkeeper.chart.Content;
import org.chartkeeper.exchange.domain.fhir.BundleReader.Bundle;
import org.chartkeeper.exchange.domain.fhir.BundleReader.Line;
import org.chartkeeper.platform.Rejected;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is laid beside a chart of a FHIR bundle, and what is refused. */
class BundleReaderTest {

    private static final String PATIENT = """
            {"resourceType":"Patient","id":"p1","name":[{"family":"Whitfield","given":["Eleanor"],"use":"official"}],
             "birthDate":"1948-03-11","gender":"female"}""";
    private static final String PENICILLIN = """
            {"resourceType":"AllergyIntolerance","id":"a1","clinicalStatus":{"coding":[{"code":"active"}]},
             "code":{"coding":[{"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"7980","display":"Penicillin"}]},
             "patient":{"reference":"Patient/p1"},"recordedDate":"2019-04-02"}""";
    private static final String DIABETES = """
            {"resourceType":"Condition","id":"c1","clinicalStatus":{"coding":[{"code":"active"}]},
             "code":{"coding":[{"system":"http://snomed.info/sct","code":"44054006","display":"Type 2 diabetes"}]},
             "subject":{"reference":"Patient/p1"},"onsetDateTime":"2011-05"}""";

    private static Bundle read(String... resources) {
        String entries = Arrays.stream(resources)
                .map(resource -> "{\"resource\":" + resource + "}")
                .collect(Collectors.joining(","));
        return bytes(
                "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"timestamp\":\"2026-11-02T09:15:00Z\",\"entry\":["
                        + entries + "]}");
    }

    private static Bundle bytes(String json) {
        return BundleReader.read(
                json.getBytes(StandardCharsets.UTF_8),
                ZoneId.of("America/New_York"),
                Instant.parse("2026-11-23T12:00:00Z"));
    }

    private static Consumer<Rejected> saying(String reason) {
        return rejected -> assertThat(rejected.problems().get(0).message()).contains(reason);
    }

    private static String drug(String id, String status, String written) {
        return """
                {"resourceType":"MedicationRequest","id":"%s","status":"%s","intent":"order","authoredOn":"%s",
                 "medicationReference":{"reference":"Medication/m1"},"subject":{"reference":"Patient/p1"},
                 "dosageInstruction":[{"text":"1 tablet daily"}]}""".formatted(id, status, written);
    }

    private static final String METFORMIN = """
            {"resourceType":"Medication","id":"m1","code":{"coding":[
             {"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"860975","display":"metformin 500 MG"}]}}""";

    @Test
    void the_person_and_the_lists_are_read() {
        Bundle bundle = read(PATIENT, PENICILLIN, DIABETES);
        assertThat(bundle.family()).isEqualTo("Whitfield");
        assertThat(bundle.birth()).isEqualTo("1948-03-11");
        assertThat(bundle.sex()).isEqualTo("F");
        assertThat(bundle.lines()).extracting(Line::kind).containsExactly("allergy", "problem");
        assertThat(bundle.lines().get(1).when().text()).isEqualTo("2011-05");
    }

    @Test
    void an_order_of_another_place_is_what_the_patient_takes_and_names_its_drug() {
        Bundle bundle = read(PATIENT, METFORMIN, drug("r1", "active", "2026-01-05"));
        assertThat(bundle.lines()).singleElement().satisfies(line -> {
            assertThat(line.content()).isInstanceOf(Content.MedicationStatement.class);
            assertThat(line.content().title()).isEqualTo("metformin 500 MG");
        });
    }

    @Test
    void of_many_prescriptions_of_one_drug_the_newest_stands_and_the_others_are_counted() {
        Bundle bundle = read(
                PATIENT,
                METFORMIN,
                drug("r1", "stopped", "2024-01-05"),
                drug("r2", "active", "2026-01-05"),
                drug("r3", "stopped", "2023-01-05"));
        assertThat(bundle.lines())
                .singleElement()
                .satisfies(line -> assertThat(((Content.MedicationStatement) line.content()).status())
                        .isEqualTo("active"));
        assertThat(bundle.left()).containsExactly("Earlier prescriptions of the same drug (2)");
    }

    @Test
    void what_was_entered_in_error_at_its_source_is_not_offered() {
        Bundle bundle = read(
                PATIENT,
                DIABETES.replace(
                        "\"onsetDateTime\"",
                        "\"verificationStatus\":{\"coding\":[{\"code\":\"entered-in-error\"}]},\"onsetDateTime\""));
        assertThat(bundle.lines()).isEmpty();
        assertThat(bundle.left()).containsExactly("Entered in error at the source (1)");
    }

    @Test
    void a_resource_that_cannot_be_read_is_counted_and_the_others_stand() {
        Bundle bundle = read(PATIENT, PENICILLIN, "{\"resourceType\":\"Condition\",\"code\":\"diabetes\"}");
        assertThat(bundle.lines()).hasSize(1);
        assertThat(bundle.left()).containsExactly("Condition that could not be read (1)");
    }

    @Test
    void a_single_resource_that_contains_its_patient_is_read() {
        Bundle bundle = bytes(PENICILLIN.replaceFirst(
                "\\{", "{\"contained\":[" + PATIENT.replace("\n", "").replace("$", "\\$") + "],"));
        assertThat(bundle.lines()).hasSize(1);
        assertThat(bundle.given()).isEqualTo("Eleanor");
    }

    @Test
    void a_bundle_about_two_patients_is_refused() {
        assertThatThrownBy(() -> read(PATIENT, PATIENT.replace("p1", "p2")))
                .isInstanceOfSatisfying(Rejected.class, saying("2 patients"));
    }

    @Test
    void a_bundle_about_nobody_is_refused() {
        assertThatThrownBy(() -> read(PENICILLIN)).isInstanceOfSatisfying(Rejected.class, saying("names no patient"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"resourceType\":\"Bundle\",\"entry\":[ | no well-formed JSON",
                "{\"a\":1} | nothing says what it is",
                "{\"resourceType\":\"Patient\",\"resourceType\":\"Bundle\"} | one thing twice"
            })
    void what_is_no_fhir_is_refused_with_its_reason(String json, String reason) {
        assertThatThrownBy(() -> bytes(json)).isInstanceOfSatisfying(Rejected.class, saying(reason));
    }

    @Test
    void a_file_that_is_nested_without_end_is_refused() {
        assertThatThrownBy(() -> bytes("{\"resourceType\":\"Bundle\",\"x\":" + "[".repeat(5_000)))
                .isInstanceOfSatisfying(Rejected.class, saying("nested deeper"));
    }

    @Test
    void a_synthetic_patient_of_twenty_megabytes_at_most_opens() throws IOException {
        Path folder = Path.of("../shared/data/synthea");
        assumeTrue(Files.isDirectory(folder), "no synthetic patients here");
        List<Path> some;
        try (Stream<Path> files = Files.walk(folder)) {
            some = files.filter(file -> file.toString().endsWith(".json.gz"))
                    .filter(file -> !file.getFileName().toString().matches("(hospital|practitioner)Information.*"))
                    .sorted()
                    .limit(5)
                    .toList();
        }
        for (Path file : some) {
            try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
                Bundle bundle = BundleReader.read(in.readAllBytes(), ZoneId.of("UTC"), Instant.EPOCH);
                assertThat(bundle.family()).isNotEmpty();
                assertThat(bundle.lines()).isNotEmpty();
                assertThat(bundle.lines().stream().filter(line -> line.kind().equals("result")))
                        .hasSizeLessThanOrEqualTo(BundleReader.RESULTS);
            }
        }
    }
}
