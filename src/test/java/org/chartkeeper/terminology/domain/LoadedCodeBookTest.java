package org.chartkeeper.terminology.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.terminology.CodeBook;
import org.chartkeeper.terminology.CodeBook.CodeList;
import org.chartkeeper.terminology.CodeBook.CodeRange;
import org.chartkeeper.terminology.CodeBook.Concept;
import org.chartkeeper.terminology.CodeBook.Instruction;
import org.chartkeeper.terminology.CodeBook.InstructionKind;
import org.chartkeeper.terminology.CodeBook.Standing;
import org.chartkeeper.terminology.CodeSets;
import org.chartkeeper.terminology.CodeSystem;
import org.chartkeeper.terminology.DrugBook;
import org.chartkeeper.testing.ChartkeeperTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

@ChartkeeperTest
class LoadedCodeBookTest {

    private static final LocalDate FY2021 = LocalDate.of(2021, 9, 30);
    private static final LocalDate FY2022 = LocalDate.of(2021, 10, 1);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    CodeSets codeSets;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    CodeBook book;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    DrugBook drugs;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    CurrentActor actors;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    JdbcClient database;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    ApplicationEventPublisher events;

    private void load(Path... paths) {
        actors.asSystem(FacilityId.next(), () -> {
            try {
                return codeSets.load(Arrays.asList(paths), null, report -> {});
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    private void order(String name, String... codes) throws IOException {
        load(CodeFixtures.write(folder, name, CodeFixtures.order(codes)));
    }

    @Nested
    class WithSmallReleases {

        @BeforeEach
        @AfterEach
        void forget() {
            CodeFixtures.forget(database, events);
        }

        @Test
        void nothing_can_be_said_without_a_release() {
            assertThat(book.standing(CodeSystem.ICD10CM, "M54.5", FY2021)).isEqualTo(Standing.NO_RELEASE);
            assertThat(book.release(CodeSystem.ICD10CM, FY2021)).isEmpty();
            assertThat(drugs.edition()).isEmpty();
        }

        @Test
        void a_code_is_found_with_and_without_its_dot_in_any_case() throws IOException {
            order("order_2021.txt", "!M54:Dorsalgia", "M545:Low back pain");
            for (String typed : List.of("M54.5", "m545", " m54.5 ")) {
                assertThat(book.standing(CodeSystem.ICD10CM, typed, FY2021)).isEqualTo(Standing.VALID);
            }
        }

        @Test
        void a_code_that_the_next_loaded_release_has_as_a_heading_ends_with_its_own_year() throws IOException {
            order("order_2025.txt", "!M54:Dorsalgia", "!M545:Low back pain", "M5450:Low back pain, unspecified");
            order("order_2021.txt", "!M54:Dorsalgia", "M545:Low back pain");
            assertThat(book.standing(CodeSystem.ICD10CM, "M54.5", FY2021)).isEqualTo(Standing.VALID);
            assertThat(book.standing(CodeSystem.ICD10CM, "M54.5", FY2022)).isEqualTo(Standing.HEADING);
            assertThat(book.standing(CodeSystem.ICD10CM, "M54.50", FY2022)).isEqualTo(Standing.NOT_YET);
            Concept then = book.concept(CodeSystem.ICD10CM, "M54.5", FY2021).orElseThrow();
            assertThat(then.to()).isEqualTo(FY2021);
            assertThat(then.release()).isEqualTo("FY2021");
        }

        @Test
        void a_concept_of_snomed_ct_ends_on_the_day_that_the_file_of_concepts_tells() throws IOException {
            load(
                    CodeFixtures.write(
                            folder,
                            "descriptions_20260901.txt",
                            "id\teffectiveTime\tactive\tconceptId\tlanguageCode\ttypeId\tterm\n"
                                    + "1\t20200901\t1\t123456\ten\t900000000000003001\tExample (disorder)\n"
                                    + "2\t20200901\t1\t222222\ten\t900000000000003001\tFormer example (disorder)\n"),
                    CodeFixtures.write(
                            folder,
                            "concepts_20260901.txt",
                            "id\teffectiveTime\tactive\tmoduleId\tdefinitionStatusId\n"
                                    + "123456\t20200901\t1\t9\t9\n222222\t20230901\t0\t9\t9\n"));
            LocalDate ended = LocalDate.of(2023, 9, 1);
            assertThat(book.standing(CodeSystem.SNOMED, "123456", ended)).isEqualTo(Standing.VALID);
            assertThat(book.standing(CodeSystem.SNOMED, "222222", ended.minusDays(1)))
                    .isEqualTo(Standing.VALID);
            assertThat(book.standing(CodeSystem.SNOMED, "222222", ended)).isEqualTo(Standing.ENDED);
        }

        @Test
        void a_code_of_two_releases_is_valid_between_them() throws IOException {
            order("order_2021.txt", "!M54:Dorsalgia", "M546:Pain in spine");
            order("order_2025.txt", "!M54:Dorsalgia", "M546:Pain in thoracic spine");
            assertThat(book.standing(CodeSystem.ICD10CM, "M54.6", LocalDate.of(2023, 5, 5)))
                    .isEqualTo(Standing.VALID);
            assertThat(book.concept(CodeSystem.ICD10CM, "M54.6", FY2021)
                            .orElseThrow()
                            .display())
                    .isEqualTo("Pain in spine");
        }

        @Test
        void a_date_before_the_first_release_is_not_covered() throws IOException {
            order("order_2021.txt");
            assertThat(book.standing(CodeSystem.ICD10CM, "A00.0", LocalDate.of(2019, 1, 1)))
                    .isEqualTo(Standing.NO_RELEASE);
        }

        @Test
        void children_and_parents_are_those_of_the_day() throws IOException {
            order("order_2021.txt", "!M54:Dorsalgia", "M545:Low back pain");
            order("order_2022.txt", "!M54:Dorsalgia", "!M545:Low back pain", "M5450:Low back pain, unspecified");
            assertThat(book.children(CodeSystem.ICD10CM, "M54.5", FY2021)).isEmpty();
            assertThat(book.children(CodeSystem.ICD10CM, "M54.5", FY2022))
                    .extracting(Concept::code)
                    .containsExactly("M54.50");
            assertThat(book.parent(CodeSystem.ICD10CM, "M54.50", FY2022)
                            .orElseThrow()
                            .code())
                    .isEqualTo("M54.5");
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class WithThePublicReleases {

        @BeforeAll
        void loadAll() {
            CodeFixtures.needData();
            CodeFixtures.forget(database, events);
            load(CodeFixtures.DATA);
        }

        @AfterAll
        void forget() {
            CodeFixtures.forget(database, events);
        }

        private Standing standing(String code, LocalDate on) {
            return book.standing(CodeSystem.ICD10CM, code, on);
        }

        @Test
        void low_back_pain_ended_with_fiscal_year_2021() {
            assertThat(standing("M54.5", FY2021)).isEqualTo(Standing.VALID);
            assertThat(standing("M54.5", FY2022)).isEqualTo(Standing.HEADING);
            assertThat(standing("M54.50", FY2022)).isEqualTo(Standing.VALID);
            assertThat(standing("M54.50", FY2021)).isEqualTo(Standing.NOT_YET);
            assertThat(book.successors("M54.5")).extracting(Concept::code).contains("M54.50", "M54.51", "M54.59");
        }

        @Test
        void multiple_sclerosis_became_a_heading_in_fiscal_year_2026() {
            assertThat(standing("G35", LocalDate.of(2025, 9, 30))).isEqualTo(Standing.VALID);
            assertThat(standing("G35", LocalDate.of(2025, 10, 1))).isEqualTo(Standing.HEADING);
            assertThat(book.children(CodeSystem.ICD10CM, "G35", LocalDate.of(2025, 10, 1)))
                    .isNotEmpty();
        }

        @Test
        void instructions_come_from_the_code_and_from_above_with_their_edition() {
            List<Instruction> found = book.instructions("I21.4", LocalDate.of(2026, 1, 1));
            assertThat(found)
                    .anySatisfy(note -> {
                        assertThat(note.kind()).isEqualTo(InstructionKind.EXCLUDES2);
                        assertThat(note.statedAt()).isEqualTo("I21");
                        assertThat(note.edition()).isEqualTo("Tabular List FY2021");
                    })
                    .anySatisfy(note -> {
                        assertThat(note.statedAt()).isEqualTo("I20-I25");
                        assertThat(note.codes()).contains(new CodeRange("I10", "I16"));
                    })
                    .anySatisfy(note -> assertThat(note.statedAt()).isEqualTo("9"));
        }

        @Test
        void a_newer_edition_of_one_chapter_speaks_for_that_chapter() {
            assertThat(book.instructions("C50.911", LocalDate.of(2026, 1, 1)))
                    .isNotEmpty()
                    .allSatisfy(note -> assertThat(note.edition()).isEqualTo("Tabular List FY2025, chapter 2"));
            assertThat(book.instructions("C50.911", LocalDate.of(2021, 1, 1)))
                    .allSatisfy(note -> assertThat(note.edition()).isEqualTo("Tabular List FY2021"));
        }

        @Test
        void seventh_characters_are_inherited() {
            assertThat(book.seventhCharacters("S72.001A", LocalDate.of(2026, 1, 1))
                            .orElseThrow()
                            .meanings())
                    .containsKeys('A', 'D', 'S');
            assertThat(book.seventhCharacters("I10", LocalDate.of(2026, 1, 1))).isEmpty();
        }

        @Test
        void lists_name_the_edition_that_speaks_for_the_day() {
            assertThat(book.listing(CodeList.POA_EXEMPT, "B90.0", LocalDate.of(2026, 1, 1))
                            .orElseThrow()
                            .edition())
                    .isEqualTo("POA exempt list FY2026");
            assertThat(book.listing(CodeList.SEX_MALE, "N40.0", LocalDate.of(2026, 1, 1))
                            .orElseThrow()
                            .edition())
                    .isEqualTo("Medicare Code Editor v41.1");
            assertThat(book.listing(CodeList.UNACCEPTABLE_PRINCIPAL, "B95.0", LocalDate.of(2026, 1, 1))
                            .orElseThrow()
                            .edition())
                    .isEqualTo("Medicare Code Editor v37");
            assertThat(book.edition(CodeList.REQUIRES_SECONDARY, LocalDate.of(2026, 1, 1)))
                    .isEmpty();
        }

        @Test
        void package_codes_lead_to_drugs_and_their_ingredients() {
            assertThat(drugs.rxcuisOf("16714000610")).containsExactly("854228");
            assertThat(drugs.drug("854228").orElseThrow().ingredients()).containsExactly("enoxaparin sodium");
            assertThat(drugs.hasPackages("854228")).isTrue();
            assertThat(drugs.hasPackages("1")).isFalse();
        }

        @Test
        void a_modifier_of_hcpcs_is_no_code_to_report() {
            assertThat(book.standing(CodeSystem.HCPCS, "A1", LocalDate.of(2026, 1, 1)))
                    .isEqualTo(Standing.HEADING);
            assertThat(book.standing(CodeSystem.HCPCS, "V5362", LocalDate.of(2026, 1, 1)))
                    .isEqualTo(Standing.VALID);
        }
    }

    @Test
    void the_name_of_a_drug_tells_its_ingredients() {
        assertThat(LoadedDrugs.ingredientsOf("amoxicillin 250 MG / clavulanate 125 MG Oral Tablet [Augmentin]"))
                .containsExactly("amoxicillin", "clavulanate");
        assertThat(LoadedDrugs.ingredientsOf("24 HR metformin hydrochloride 500 MG Extended Release Oral Tablet"))
                .containsExactly("metformin hydrochloride");
        assertThat(LoadedDrugs.ingredientsOf("Breath-Actuated 120 ACTUAT beclomethasone dipropionate 0.04 MG/ACTUAT"
                        + " Metered Dose Inhaler [Qvar]"))
                .containsExactly("beclomethasone dipropionate");
        assertThat(LoadedDrugs.ingredientsOf(
                        "{21 (ethinyl estradiol 0.03 MG / norethindrone 1 MG Oral Tablet) / 7 (inert ingredients 1 MG Oral"
                                + " Tablet) } Pack"))
                .contains("ethinyl estradiol", "norethindrone");
    }
}
