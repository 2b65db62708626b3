package org.chartkeeper.terminology.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.chartkeeper.access.Access;
import org.chartkeeper.access.House;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.terminology.CodeLookup;
import org.chartkeeper.terminology.CodeSets;
import org.chartkeeper.terminology.CodeSystem;
import org.chartkeeper.testing.ChartkeeperTest;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@ChartkeeperTest
class CodeSearchTest {

    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);

    @Autowired
    @SuppressWarnings("NullAway.Init")
    CodeSets codeSets;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    CodeLookup lookup;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    CurrentActor actors;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    JdbcClient database;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    ApplicationEventPublisher events;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    MockMvc http;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    Provisioning provisioning;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    Access access;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    PlatformTransactionManager transactions;

    private void load(Path path) {
        actors.asSystem(FacilityId.next(), () -> {
            try {
                return codeSets.load(List.of(path), null, report -> {});
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    private List<String> found(String query, LocalDate on) {
        return lookup.matches(CodeSystem.ICD10CM, query, on, 5).stream()
                .map(match -> match.code().code())
                .toList();
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class InASmallRelease {

        @BeforeAll
        void load(@TempDir Path folder) throws IOException {
            CodeFixtures.forget(database, events);
            CodeFixtures.write(
                    folder,
                    "order_2025.txt",
                    CodeFixtures.order(
                            "!I50:Heart failure",
                            "I501:Left ventricular failure, unspecified",
                            "!I502:Systolic (congestive) heart failure",
                            "I5020:Unspecified systolic (congestive) heart failure",
                            "I509:Heart failure, unspecified",
                            "!M54:Dorsalgia",
                            "M545:Low back pain",
                            "!S72:Fracture of femur",
                            "S720:Fracture of head and neck of femur"));
            CodeFixtures.write(
                    folder,
                    "order_2026.txt",
                    CodeFixtures.order(
                            "!I50:Heart failure",
                            "I501:Left ventricular failure, unspecified",
                            "!I502:Systolic (congestive) heart failure",
                            "I5020:Unspecified systolic (congestive) heart failure",
                            "I509:Heart failure, unspecified",
                            "!M54:Dorsalgia",
                            "!M545:Low back pain",
                            "M5450:Low back pain, unspecified",
                            "!S72:Fracture of femur",
                            "S720:Fracture of head and neck of femur"));
            CodeSearchTest.this.load(folder);
        }

        @AfterAll
        void forget() {
            CodeFixtures.forget(database, events);
        }

        @ParameterizedTest
        @ValueSource(strings = {"I50.20", "i5020", " I50.20 ", "i50.20", "Ｉ５０．２０"})
        void the_exact_code_is_first_however_it_is_typed(String typed) {
            assertThat(found(typed, DAY).get(0)).isEqualTo("I50.20");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "I 50.20",
                    "I50,20",
                    "i50-20",
                    "I50.20*",
                    "I5O.2O",
                    "ICD-10-CM: I50.20",
                    "I50.20 Unspecified systolic (congestive) heart failure"
                })
        void a_code_in_another_form_or_before_its_title_is_meant(String typed) {
            assertThat(found(typed, DAY)).containsExactly("I50.20");
        }

        @Test
        void what_answers_a_whole_code_is_no_word_of_another_system() {
            assertThat(lookup.matches(null, "I50.20", DAY, 12))
                    .extracting(match -> match.code().code())
                    .containsExactly("I50.20");
        }

        @Test
        void a_vaccine_is_found_by_its_number_without_zero_and_by_its_brand() {
            assertThat(lookup.matches(CodeSystem.VACCINE, "8", DAY, 1))
                    .extracting(match -> match.code().code())
                    .containsExactly("08");
            assertThat(lookup.matches(null, "cvx 187", DAY, 1))
                    .extracting(match -> match.code().code())
                    .containsExactly("187");
            assertThat(lookup.matches(CodeSystem.VACCINE, "bexsero", DAY, 1))
                    .extracting(match -> match.code().code())
                    .containsExactly("163");
        }

        @Test
        void who_types_the_name_of_a_drug_gets_drugs_first() {
            assertThat(lookup.matches(null, "furosemide 40", DAY, 12))
                    .first()
                    .extracting(match -> match.code().system())
                    .isEqualTo(CodeSystem.DRUG);
            assertThat(lookup.matches(null, "heart failure", DAY, 12))
                    .first()
                    .extracting(match -> match.code().code())
                    .isEqualTo("I50.9");
        }

        @Test
        void the_beginning_of_a_code_finds_it_and_what_is_below() {
            assertThat(found("I50.2", DAY)).containsExactly("I50.2", "I50.20");
        }

        @Test
        void an_ended_code_is_found_by_itself_with_the_day_on_which_it_ended() {
            CodeLookup.Match found = lookup.matches(CodeSystem.ICD10CM, "M54.5", LocalDate.of(2025, 9, 30), 5)
                    .get(0);
            assertThat(found.code().general()).isFalse();
            assertThat(found.validTo()).isEqualTo(LocalDate.of(2025, 9, 30));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "systolic heart failure",
                    "failure of the heart, systolic",
                    "systolic hearts failing",
                    "sistolic heart failure",
                    "systolic cardiac failure",
                    "syst heart fail"
                })
        void words_are_found_in_any_order_inflection_and_spelling(String typed) {
            assertThat(found(typed, DAY)).contains("I50.20");
        }

        @Test
        void a_heading_comes_after_the_best_code_below_it() {
            assertThat(found("heart failure", DAY).get(0)).isIn("I50.9", "I50.1", "I50.20");
            assertThat(found("heart failure", DAY)).contains("I50");
        }

        @Test
        void the_day_decides_which_codes_there_are() {
            assertThat(found("low back pain", LocalDate.of(2025, 3, 1))).containsExactly("M54.5");
            assertThat(found("low back pain", DAY)).containsExactly("M54.50", "M54.5");
        }

        @Test
        void lay_words_are_understood() {
            assertThat(found("broken thigh bone", DAY)).contains("S72.0");
        }

        private ResultActions ask(String address, MediaType accept) throws Exception {
            House house = House.shared(provisioning, access, actors, new TransactionTemplate(transactions));
            return http.perform(MockMvcRequestBuilders.get(address)
                    .accept(accept)
                    .with(SecurityMockMvcRequestPostProcessors.user(house.login("coder"))));
        }

        @Test
        void the_answer_in_json_says_what_can_be_reported_and_from_when() throws Exception {
            String json = ask("/codes?q=low+back+pain&on=2025-03-01", MediaType.APPLICATION_JSON)
                    .andReturn()
                    .getResponse()
                    .getContentAsString();
            assertThat(json)
                    .startsWith("{\"results\":[{\"system\":\"icd10cm\",\"code\":\"M54.5\"")
                    .contains("\"billable\":true", "\"validFrom\":\"2024-10-01\"", "\"validTo\":\"2025-09-30\"");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/codes?q=heart&system=icd9", "/codes?q=heart&on=2026-13-45"})
        void a_system_or_day_that_there_is_not_is_refused_by_name(String address) throws Exception {
            MockHttpServletResponse json =
                    ask(address, MediaType.APPLICATION_JSON).andReturn().getResponse();
            assertThat(json.getStatus()).isEqualTo(422);
            assertThat(json.getContentAsString()).startsWith("{\"problems\":[").containsAnyOf("icd9", "2026-13-45");
            MockHttpServletResponse html =
                    ask(address, MediaType.TEXT_HTML).andReturn().getResponse();
            assertThat(html.getStatus()).isEqualTo(422);
            Document page = Jsoup.parse(html.getContentAsString());
            assertThat(page.select("[role=alert]").text()).containsAnyOf("icd9", "2026-13-45");
            assertThat(page.select("input[name=q]").val()).isEqualTo("heart");
            assertThat(page.select("main table")).isEmpty();
        }

        @Test
        void what_is_too_long_to_be_searched_for_is_said() throws Exception {
            assertThat(ask("/codes?q=" + "x".repeat(600), MediaType.TEXT_HTML)
                            .andReturn()
                            .getResponse()
                            .getContentAsString())
                    .contains("No more than 500 characters");
        }

        @Test
        void the_page_of_a_code_shows_what_is_above_and_below_it() throws Exception {
            Document page = Jsoup.parse(ask("/codes/icd-10-cm/I50.2?on=2026-03-01", MediaType.TEXT_HTML)
                    .andReturn()
                    .getResponse()
                    .getContentAsString());
            assertThat(page.select("h1").text()).isEqualTo("I50.2 Systolic (congestive) heart failure");
            assertThat(page.select(".crumbs").text()).contains("I50 Heart failure");
            assertThat(page.select("section:has(h2:containsOwn(Below it)) tbody tr")
                            .text())
                    .isEqualTo("I50.20 Unspecified systolic (congestive) heart failure");
        }

        @Test
        void a_code_that_no_release_has_has_no_page() throws Exception {
            assertThat(ask("/codes/icd-10-cm/Q99.99", MediaType.TEXT_HTML)
                            .andReturn()
                            .getResponse()
                            .getStatus())
                    .isEqualTo(404);
        }

        @Test
        void what_is_no_word_finds_nothing() {
            assertThat(found("", DAY)).isEmpty();
            assertThat(found("???", DAY)).isEmpty();
            assertThat(found("x".repeat(300), DAY)).isEmpty();
            assertThat(found("heart failure ".repeat(800), DAY)).isEmpty();
        }

        @Test
        void the_system_of_the_starter_set_is_marked_as_such() {
            assertThat(lookup.full(CodeSystem.ICD10CM)).isTrue();
            assertThat(lookup.full(CodeSystem.DRUG)).isFalse();
            assertThat(lookup.release(CodeSystem.DRUG)).contains("starter set");
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class InATableOfPackages {

        @BeforeAll
        void load(@TempDir Path folder) throws IOException {
            CodeFixtures.forget(database, events);
            CodeFixtures.write(folder, "packages.csv", """
                    rxcui,ndc11,description
                    900001,99001000101,quellidine 10 MG Oral Tablet [Quell]
                    900001,99001000102,quellidine 10 MG Oral Tablet
                    900001,99001000103,quellidine 10 MG Oral Tablet
                    900002,99001000201,quellidine 20 MG Oral Tablet
                    """);
            CodeSearchTest.this.load(folder);
        }

        @AfterAll
        void forget() {
            CodeFixtures.forget(database, events);
        }

        private List<CodeLookup.Match> drugs(String typed) {
            return lookup.matches(CodeSystem.DRUG, typed, DAY, 5);
        }

        @Test
        void a_drug_bears_the_name_that_most_of_its_packages_have() {
            assertThat(drugs("quellidine 10"))
                    .first()
                    .extracting(match -> match.code().display())
                    .isEqualTo("quellidine 10 MG Oral Tablet");
        }

        @ParameterizedTest
        @ValueSource(strings = {"99001-0002-01", "99001000201"})
        void a_drug_is_found_by_the_code_of_its_package(String typed) {
            assertThat(drugs(typed)).extracting(match -> match.code().code()).containsExactly("900002");
            assertThat(lookup.matches(null, typed, DAY, 5))
                    .first()
                    .extracting(match -> match.code().code())
                    .isEqualTo("900002");
        }

        @Test
        void what_the_table_does_not_have_the_starter_set_may() {
            assertThat(drugs("furosemide 40")).isNotEmpty();
            assertThat(lookup.full(CodeSystem.DRUG)).isFalse();
            assertThat(lookup.release(CodeSystem.DRUG)).contains("no full release");
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class InThePublicReleases {

        @BeforeAll
        void load() {
            CodeFixtures.needData();
            CodeFixtures.forget(database, events);
            CodeSearchTest.this.load(CodeFixtures.DATA);
        }

        @AfterAll
        void forget() {
            CodeFixtures.forget(database, events);
        }

        /** Phrases of our own, not of any index. */
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "heart attack|I21.9",
                    "nstemi|I21.4",
                    "afib|I48.91",
                    "high blood pressure|I10",
                    "htn|I10",
                    "chf|I50.9",
                    "copd exacerbation|J44.1",
                    "type 2 diabetes with neuropathy|E11.40",
                    "t2dm|E11.9",
                    "uti|N39.0",
                    "kidney stone|N20.0",
                    "pink eye|H10.9",
                    "shingles|B02.9",
                    "gerd|K21.9",
                    "broken hip|S72.009",
                    "tennis elbow|M77.10",
                    "low back pain|M54.50",
                    "stroke|I63.9",
                    "blood clot in leg|I82.40",
                    "pnuemonia|J18.9",
                    "diabetis type 2|E11.9",
                    "migrane|G43.909",
                    "sepsis|A41.9",
                    "major depression|F32.9",
                    "ptsd|F43.10",
                    "hypothyroid|E03.9",
                    "iron deficiency anemia|D50.9",
                    "osteoarthritis knee|M17.9",
                    "rheumatoid arthritis|M06.9",
                    "bph|N40.0",
                    "whooping cough|A37.90",
                    "hay fever|J30.1",
                    "ear infection|H66.90"
                })
        void what_people_type_leads_to_the_code_or_its_neighborhood(String typed, String code) {
            List<String> found = lookup.matches(CodeSystem.ICD10CM, typed, DAY, 10).stream()
                    .map(match -> match.code().code())
                    .toList();
            assertThat(found).anyMatch(one -> one.startsWith(code.substring(0, Math.min(5, code.length()))));
        }

        @Test
        void the_initial_encounter_stands_before_later_ones_where_none_is_named() {
            assertThat(lookup.matches(CodeSystem.ICD10CM, "broken wrist", DAY, 3)
                            .get(0)
                            .code()
                            .code())
                    .endsWith("A");
            assertThat(lookup.matches(CodeSystem.ICD10CM, "fracture femur sequela", DAY, 3)
                            .get(0)
                            .code()
                            .code())
                    .endsWith("S");
        }

        @Test
        void a_system_that_has_only_some_of_the_words_is_silent_where_another_has_them_all() {
            assertThat(lookup.matches(null, "high blood pressure", DAY, 14))
                    .extracting(match -> match.code().system())
                    .contains(CodeSystem.ICD10CM)
                    .doesNotContain(CodeSystem.DRUG, CodeSystem.VACCINE);
        }

        @Test
        void what_patients_say_and_doctors_write_leads_to_what_they_mean() throws IOException {
            List<String> asked = Files.readAllLines(Path.of("src/test/resources/terminology/lay-phrases.txt")).stream()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
            List<String> missed = asked.stream()
                    .filter(line -> {
                        String[] sides = line.split(" = ");
                        return found(sides[0], DAY).stream()
                                .noneMatch(code ->
                                        List.of(sides[1].split("\\|")).stream().anyMatch(code::startsWith));
                    })
                    .toList();
            assertThat(missed).hasSizeLessThanOrEqualTo(asked.size() / 20);
        }

        @Test
        void imaging_without_contrast_is_told_from_that_with_it() {
            assertThat(lookup.matches(CodeSystem.ICD10PCS, "ct of the head without contrast", DAY, 5))
                    .first()
                    .extracting(match -> match.code().code())
                    .isIn("BW28ZZZ", "B020ZZZ");
        }

        @Test
        void all_systems_are_searched_together() {
            assertThat(lookup.matches(null, "0SR9019", DAY, 5).get(0).code().system())
                    .isEqualTo(CodeSystem.ICD10PCS);
            assertThat(lookup.matches(null, "ambulance", DAY, 12))
                    .anyMatch(match -> match.code().system() == CodeSystem.HCPCS);
        }
    }
}
