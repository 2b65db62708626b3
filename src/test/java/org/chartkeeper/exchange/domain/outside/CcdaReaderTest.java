package org.chartkeeper.exchange.domain.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.chartkeeper.chart.Content;
import org.chartkeeper.platform.Rejected;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class CcdaReaderTest {

    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final Path SAMPLES = Path.of("../shared/data/ccda");

    static byte[] whitfield() {
        try (InputStream in = CcdaReaderTest.class.getResourceAsStream("/ccda/whitfield.xml")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String reason(String document) {
        try {
            CcdaReader.read(document.getBytes(StandardCharsets.UTF_8), ZONE);
            return "read";
        } catch (Rejected rejected) {
            return rejected.problems().get(0).message();
        }
    }

    @Test
    void the_header_says_whose_and_from_where() {
        OutsideDocument document = CcdaReader.read(whitfield(), ZONE);
        assertThat(document.title()).isEqualTo("Continuity of Care Document");
        assertThat(document.custodian()).isEqualTo("Lakeside Clinic");
        assertThat(document.written().text()).isEqualTo("2026-11-02T14:15:00Z");
        assertThat(document.person().words()).isEqualTo("Eleanor Whitfield, born 1948-03-11");
        assertThat(document.unread()).containsExactly("Social history");
    }

    @Test
    void each_statement_becomes_a_line_and_what_there_is_none_of_does_not() {
        assertThat(CcdaReader.read(whitfield(), ZONE).items())
                .extracting(item -> item.key() + " " + item.content().title())
                .containsExactly(
                        "allergy-1 penicillin",
                        "medication-1 atorvastatin 40 MG Oral Tablet [Lipitor]",
                        "problem-1 Type 2 diabetes mellitus",
                        "immunization-1 Influenza, quadrivalent",
                        "result-1 Creatinine");
    }

    @Test
    void codes_keep_every_translation_and_dates_their_precision() {
        Content.Condition problem = (Content.Condition)
                CcdaReader.read(whitfield(), ZONE).items().get(2).content();
        assertThat(problem.code().codings()).extracting(coding -> coding.code()).containsExactly("44054006", "E11.9");
        assertThat(problem.onset()).isEqualTo("2019-03");
        assertThat(problem.clinicalStatus()).isEqualTo("active");
    }

    @Test
    void a_drug_is_taken_as_the_narrative_says() {
        Content.MedicationStatement drug = (Content.MedicationStatement)
                CcdaReader.read(whitfield(), ZONE).items().get(1).content();
        assertThat(drug.dosage().text()).isEqualTo("One tablet by mouth every evening");
        assertThat(drug.dosage().timing()).isEqualTo("every 24 h");
        assertThat(drug.start()).isEqualTo("2020-01-15");
    }

    @Test
    void a_result_keeps_its_digits_unit_and_range() {
        Content.Observation result = (Content.Observation)
                CcdaReader.read(whitfield(), ZONE).items().get(4).content();
        assertThat(result.value().display()).isEqualTo("1.40 mg/dL");
        assertThat(result.interpretation()).isEqualTo("H");
        assertThat(result.referenceRange()).isEqualTo("0.5 mg/dL to 1.1 mg/dL");
    }

    @Test
    void an_external_entity_is_refused_before_anything_is_read() {
        assertThat(reason("<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"
                        + "<ClinicalDocument xmlns=\"urn:hl7-org:v3\">&e;</ClinicalDocument>"))
                .contains("declares a document type");
    }

    @Test
    void a_part_of_a_document_is_refused_by_its_name() {
        assertThat(reason("<section xmlns=\"urn:hl7-org:v3\"/>")).contains("part of a document (section)");
    }

    @Test
    void a_broken_document_is_refused() {
        assertThat(reason("<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><title>")).contains("no well-formed XML");
    }

    @Test
    void a_document_without_a_patient_is_refused() {
        assertThatThrownBy(() -> CcdaReader.read(
                        "<ClinicalDocument xmlns=\"urn:hl7-org:v3\"/>".getBytes(StandardCharsets.UTF_8), ZONE))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void every_whole_document_of_the_samples_opens_and_everything_else_is_refused_with_a_reason() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(SAMPLES), "no sample documents beside the project: skipped");
        List<String> wrong = new ArrayList<>();
        int opened = 0;
        int refused = 0;
        List<Path> files;
        try (Stream<Path> all = Files.walk(SAMPLES)) {
            files = all.filter(Files::isRegularFile)
                    .filter(file ->
                            file.toString().toLowerCase(java.util.Locale.ROOT).matches(".*\\.(xml|ccda)"))
                    .toList();
        }
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            String text = new String(bytes, StandardCharsets.UTF_8);
            boolean whole = text.contains("<ClinicalDocument") && text.contains("<recordTarget");
            try {
                CcdaReader.read(bytes, ZONE);
                opened++;
                if (!whole) {
                    wrong.add("opened a fragment: " + file);
                }
            } catch (Rejected rejected) {
                refused++;
                if (whole) {
                    wrong.add(file.getFileName() + ": "
                            + rejected.problems().get(0).message());
                }
            }
        }
        assertThat(Map.of("opened", opened, "refused", refused)).doesNotContainValue(0);
        assertThat(wrong).as("of %d opened and %d refused", opened, refused).isEmpty();
    }
}
