package org.chartkeeper.terminology.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.terminology.CodeSets;
import org.chartkeeper.terminology.CodeSets.FileReport;
import org.chartkeeper.terminology.CodeSets.Status;
import org.chartkeeper.testing.ChartkeeperTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@ChartkeeperTest
class CodeImportTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    CodeSets codeSets;

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
    TransactionTemplate transactions;

    @BeforeEach
    @AfterEach
    void forget() {
        CodeFixtures.forget(database, events);
    }

    private List<FileReport> load(Path... paths) {
        return load(null, paths);
    }

    private List<FileReport> load(@Nullable LocalDate from, Path... paths) {
        return actors.asSystem(FacilityId.next(), () -> {
            try {
                return codeSets.load(List.of(paths), from, report -> {});
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    private FileReport order(String name, String... codes) throws IOException {
        return load(CodeFixtures.write(folder, name, CodeFixtures.order(codes))).get(0);
    }

    private int entries() {
        return database.sql("select count(*) from code_entry")
                .query(Integer.class)
                .single();
    }

    @Test
    void an_order_file_is_loaded_with_its_counts() throws IOException {
        FileReport report = order("order_2025.txt", "!M54:Dorsalgia", "M545:Low back pain");
        assertThat(report.status()).isEqualTo(Status.LOADED);
        assertThat(report.system()).isEqualTo("icd10cm");
        assertThat(report.release()).isEqualTo("FY2025");
        assertThat(report.from()).isEqualTo(LocalDate.of(2024, 10, 1));
        assertThat(report.rows()).isEqualTo(52);
        assertThat(report.billable()).isEqualTo(26);
    }

    @Test
    void the_same_file_again_changes_nothing() throws IOException {
        order("order_2025.txt");
        int before = entries();
        assertThat(order("order_2025.txt").status()).isEqualTo(Status.UNCHANGED);
        assertThat(entries()).isEqualTo(before);
    }

    @Test
    void what_two_releases_share_is_kept_once_and_their_difference_is_told() throws IOException {
        order("order_2025.txt", "!M54:Dorsalgia", "M545:Low back pain", "M546:Pain in spine");
        int before = entries();
        FileReport next = order(
                "order_2026.txt",
                "!M54:Dorsalgia",
                "!M545:Low back pain",
                "M5450:Low back pain, unspecified",
                "M546:Pain in thoracic spine");
        assertThat(List.of(next.added(), next.revised(), next.ended())).containsExactly(1, 1, 1);
        assertThat(entries()).isEqualTo(before + 3);
    }

    @Test
    void an_older_release_takes_its_place_before_a_newer_one() throws IOException {
        order("order_2026.txt", "!M54:Dorsalgia", "!M545:Low back pain", "M5450:Low back pain, unspecified");
        assertThat(order("order_2025.txt", "!M54:Dorsalgia", "M545:Low back pain")
                        .reason())
                .isEqualTo("Takes its place before FY2026, which stays as it is.");
        FileReport newer =
                order("order_2026.txt", "!M54:Dorsalgia", "!M545:Low back pain", "M5450:Low back pain, unspecified");
        assertThat(newer.status()).isEqualTo(Status.UNCHANGED);
        assertThat(List.of(newer.added(), newer.revised(), newer.ended())).containsExactly(1, 0, 1);
        assertThat(database.sql("select since || ' ' || coalesce(until::text, '-') from code_entry where code = 'M54'")
                        .query(String.class)
                        .list())
                .containsExactly("2024-10-01 -");
        assertThat(database.sql("select since || ' ' || coalesce(until::text, '-') from code_entry where code = 'M545'"
                                + " and billable")
                        .query(String.class)
                        .list())
                .containsExactly("2024-10-01 2025-10-01");
    }

    @Test
    void a_release_between_two_others_changes_neither() throws IOException {
        order("order_2024.txt", "!M54:Dorsalgia", "M545:Low back pain");
        order("order_2026.txt", "!M54:Dorsalgia", "M545:Low back pain");
        order("order_2025.txt", "!M54:Dorsalgia", "M546:Pain in spine");
        assertThat(database.sql("select since || ' ' || coalesce(until::text, '-') from code_entry where code = 'M545'"
                                + " order by since")
                        .query(String.class)
                        .list())
                .containsExactly("2023-10-01 2024-10-01", "2025-10-01 -");
        assertThat(database.sql("select since || ' ' || coalesce(until::text, '-') from code_entry where code = 'M546'")
                        .query(String.class)
                        .list())
                .containsExactly("2024-10-01 2025-10-01");
    }

    @Test
    void a_second_release_of_the_same_day_with_other_codes_is_refused() throws IOException {
        order("order_2025.txt");
        FileReport other = order("other_2025.txt", "!M54:Dorsalgia", "M545:Low back pain");
        assertThat(other.status()).isEqualTo(Status.REFUSED);
        assertThat(other.reason()).contains("two releases cannot have the same first day");
        assertThat(database.sql("select count(*) from code_entry where code = 'M545'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void a_file_without_a_date_asks_for_one_and_takes_it() throws IOException {
        Path file = CodeFixtures.write(folder, "download.txt", CodeFixtures.order());
        assertThat(load(file).get(0).reason()).contains("--from");
        FileReport dated = load(LocalDate.of(2026, 4, 1), file).get(0);
        assertThat(dated.release()).isEqualTo("FY2026 (April 2026)");
    }

    private void refused(String content, String reason) throws IOException {
        FileReport report =
                load(CodeFixtures.write(folder, "order_2025.txt", content)).get(0);
        assertThat(report.status()).isEqualTo(Status.REFUSED);
        assertThat(report.reason()).contains(reason);
        assertThat(entries()).isZero();
        assertThat(database.sql("select count(*) from code_release")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void a_lower_case_letter_is_refused_with_its_line() throws IOException {
        refused(CodeFixtures.order().replace("B000   ", "B00a   "), "Line 4: the code “B00a” has a lower-case letter");
    }

    @Test
    void a_full_width_character_is_refused_with_its_line() throws IOException {
        refused(CodeFixtures.order().replace("B000   ", "B00０   "), "Line 4: the code “B00０” has the character");
    }

    @Test
    void a_space_within_a_code_is_refused_with_its_line() throws IOException {
        refused(CodeFixtures.order().replace("B000   ", "B0 0   "), "Line 4");
    }

    @Test
    void a_file_cut_in_the_middle_of_a_line_is_refused() throws IOException {
        String whole = CodeFixtures.order();
        refused(whole.substring(0, whole.length() / 2), "cut");
    }

    @Test
    void a_file_cut_between_lines_is_refused() throws IOException {
        String whole = CodeFixtures.order();
        refused(whole.substring(0, whole.indexOf("00031")), "The codes with P are missing");
    }

    @ParameterizedTest
    @MethodSource("lists")
    void a_list_cut_at_the_end_of_a_line_is_refused_and_the_whole_one_is_not(
            String name, String head, String rest, String reason) throws IOException {
        FileReport cut =
                load(CodeFixtures.write(folder, name, head.strip() + "\n")).get(0);
        assertThat(cut.status()).isEqualTo(Status.REFUSED);
        assertThat(cut.reason()).contains(reason);
        assertThat(entries()).isZero();
        assertThat(load(CodeFixtures.write(folder, name, head.strip() + "\n" + rest.strip() + "\n"))
                        .get(0))
                .matches(report -> report.status() == Status.LOADED, "is loaded")
                .matches(report -> report.rows() > 0, "has rows");
    }

    static Stream<Arguments> lists() {
        String exempt = IntStream.range(0, 1000)
                .mapToObj(i -> "%d\tB%02d%d\twhat it is".formatted(i + 1, i / 10, i % 10))
                .collect(Collectors.joining("\n", "Order\tPOAexemptCode\tDescription\n", ""));
        return Stream.of(
                Arguments.of(
                        "msdrg_v43_cc_mcc_list.csv",
                        "icd_code,icd_description,dx_type\nA00.0,one,CC\nB20,two,MCC",
                        "Z99.12,three,CC",
                        "no codes with Z after 2 rows"),
                Arguments.of(
                        "msdrg_v43_list.csv",
                        "drg,mdc,drg_abb,drg_description\n001,,P,HEART\n002,,P,HEART",
                        "999,,,UNGROUPABLE",
                        "no group 999"),
                Arguments.of(
                        "hcpcs-2026-jan.csv",
                        "Code,Description,last_updated\n   V5,Vascular catheter,01-01-2026\nA0021,Ambulance,01-01-2026",
                        "V5364,Screening,01-01-2026",
                        "no codes with V after 2 rows"),
                Arguments.of(
                        "mce_v43_code_edits.csv",
                        "icd_code,icd_description,icd_conflict_group,icd_conflict_rule\n"
                                + "A33,a,Age,Perinatal/Newborn (Age 0 Only)\nA48.51,b,Age,Pediatric (Ages 0-17)\n"
                                + "A34,c,Age,Maternity (Ages 9-64)\nA18.14,d,Age,Adult (Ages 15-124)",
                        "D63.0,e,Other,Manifestation (Not Allowed as Principal Diagnosis)",
                        "no edits"),
                Arguments.of("POAexemptCodesFY26.txt", exempt, "1001\tZ99.89\twhat it is", "no codes with Z"));
    }

    @Test
    void a_dot_in_the_wrong_place_is_refused_with_its_line() throws IOException {
        FileReport report = load(CodeFixtures.write(
                        folder,
                        "msdrg_v43_cc_mcc_list.csv",
                        "icd_code,icd_description,dx_type\nA00.0,one,CC\nG542.26S,two,CC\nZ99.12,three,CC\n"))
                .get(0);
        assertThat(report.status()).isEqualTo(Status.REFUSED);
        assertThat(report.reason()).startsWith("Line 3: “G542.26S” is not a code of ICD-10-CM");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Add:", "Codes", "Codes\n 1 additions"})
    void addenda_cut_within_a_line_or_their_summary_are_refused(String end) throws IOException {
        String line = "Add:         00H033J Insertion                                                    Insertion";
        String whole = line + "\n\nCodes\n 1 additions\n 0 deletions\n";
        assertThat(load(CodeFixtures.write(folder, "order_addenda_2026.txt", line + "\n" + end + "\n"))
                        .get(0)
                        .status())
                .isEqualTo(Status.REFUSED);
        assertThat(load(CodeFixtures.write(folder, "order_addenda_2026.txt", whole))
                        .get(0)
                        .status())
                .isEqualTo(Status.LOADED);
    }

    @Test
    void mixed_up_lines_are_refused_with_the_line() throws IOException {
        String whole = CodeFixtures.order();
        refused(whole.replace("00007", "00009"), "Line 7: the running number is 9 where 7 is expected");
    }

    @Test
    void a_heading_without_a_code_below_it_is_refused_with_its_line() throws IOException {
        refused(
                CodeFixtures.order().replace("B000    1", "B000    0"),
                "Line 4: B000 is marked as a heading, but nothing stands below it");
    }

    @Test
    void a_billable_code_with_a_code_below_it_is_refused_with_its_line() throws IOException {
        refused(
                CodeFixtures.order().replace("B00     0", "B00     1"),
                "Line 3: B00 is marked as billable, but B000 stands below it");
    }

    @Test
    void a_character_that_is_no_text_is_refused_with_its_line() throws IOException {
        refused(CodeFixtures.order().replace("Condition of B", "Condition\u0001of B"), "Line 4: this is no text");
    }

    @Test
    void codes_of_another_system_among_them_are_refused() throws IOException {
        refused(CodeFixtures.order().replace("C000   ", "0016070"), "the file mixes two code systems");
    }

    @Test
    void a_pdf_is_refused_where_it_is_named_and_passed_over_in_a_folder() throws IOException {
        Path pdf = CodeFixtures.write(folder, "order_2026.txt", "%PDF-1.7 and so on");
        assertThat(load(pdf).get(0).status()).isEqualTo(Status.REFUSED);
        assertThat(load(pdf).get(0).reason()).contains("PDF");
        assertThat(load(folder).get(0).status()).isEqualTo(Status.SKIPPED);
    }

    @Test
    void the_folder_around_a_folder_tells_the_day_where_nothing_nearer_does() throws IOException {
        Path release = Files.createDirectories(folder.resolve("RxNorm_full_09072026"));
        CodeFixtures.write(
                Files.createDirectories(release.resolve("rrf")),
                "RXNCONSO.RRF",
                "90002|ENG||||||2||||RXNORM|IN|90002|examplol||N||\n");
        assertThat(load(release).get(0).from()).isEqualTo(LocalDate.of(2026, 9, 7));
    }

    @Test
    void a_folder_in_an_archive_tells_the_day_where_nothing_nearer_does() throws IOException {
        Path archive = Files.write(
                folder.resolve("download.zip"),
                zip("icd10cm 2026/files/order.txt", CodeFixtures.order().getBytes(StandardCharsets.UTF_8)));
        FileReport report = load(archive).get(0);
        assertThat(report.file()).isEqualTo("download.zip!icd10cm 2026/files/order.txt");
        assertThat(report.release()).isEqualTo("FY2026");
    }

    @Test
    void titles_of_cpt_with_tabs_are_loaded_and_those_in_pieces_passed_over() throws IOException {
        String rows = "9000%d%sExample of a service%n";
        CodeFixtures.write(
                folder,
                "LONGULT_2026.TXT",
                "A licence of its owner\n\n"
                        + IntStream.range(0, 6)
                                .mapToObj(i -> rows.formatted(i, "\t"))
                                .collect(Collectors.joining()));
        CodeFixtures.write(
                folder,
                "LONGULF_2026.TXT",
                "A licence of its owner\n\n"
                        + IntStream.range(0, 6)
                                .mapToObj(i -> rows.formatted(i, "01 ") + rows.formatted(i, "02 "))
                                .collect(Collectors.joining()));
        List<FileReport> reports = load(folder);
        assertThat(reports.stream().map(FileReport::status)).containsExactly(Status.SKIPPED, Status.LOADED);
        assertThat(reports.get(0).reason()).contains("in pieces of fixed width");
        assertThat(reports.get(1).rows()).isEqualTo(6);
        assertThat(database.sql("select title from code_entry where series = 'cpt' and code = '90000'")
                        .query(String.class)
                        .single())
                .isEqualTo("Example of a service");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
    void a_file_of_two_bytes_a_character_is_read(String written) throws IOException {
        String vaccines = "\uFEFF01 |DTP|diphtheria, tetanus and \u201Cpertussis\u201D||Inactive|False|2020/01/01\r\n"
                + "03 |MMR|measles, mumps and rubella||Active|False|2020/01/01\r\n";
        Path file = Files.write(folder.resolve("cvx.txt"), vaccines.getBytes(Charset.forName(written)));
        FileReport report = load(file).get(0);
        assertThat(report.reason()).isNull();
        assertThat(List.of(report.rows(), report.billable())).containsExactly(2, 1);
        assertThat(database.sql("select title from code_entry where series = 'cvx' and code = '01'")
                        .query(String.class)
                        .single())
                .isEqualTo("diphtheria, tetanus and \u201Cpertussis\u201D");
    }

    private static byte[] zip(String name, byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return out.toByteArray();
    }

    @Test
    void an_archive_in_an_archive_is_opened() throws IOException {
        byte[] inner = zip("order.txt", CodeFixtures.order().getBytes(StandardCharsets.UTF_8));
        Path outer = Files.write(folder.resolve("release-fy2026.zip"), zip("inner.zip", inner));
        FileReport report = load(outer).get(0);
        assertThat(report.file()).isEqualTo("release-fy2026.zip!inner.zip!order.txt");
        assertThat(report.status()).isEqualTo(Status.LOADED);
        assertThat(report.release()).isEqualTo("FY2026");
    }

    @Test
    void a_cut_archive_is_refused() throws IOException {
        byte[] whole = zip("order.txt", CodeFixtures.order().getBytes(StandardCharsets.UTF_8));
        Path cut = Files.write(folder.resolve("release-fy2026.zip"), java.util.Arrays.copyOf(whole, whole.length / 2));
        assertThat(load(cut).get(0).status()).isEqualTo(Status.REFUSED);
        assertThat(load(cut).get(0).reason()).contains("cut or damaged");
    }

    @Test
    void an_archive_that_expands_without_end_is_refused() throws IOException {
        Path bomb = Files.write(folder.resolve("fy2026.zip"), zip("order.txt", new byte[100 << 20]));
        FileReport report = load(bomb).get(0);
        assertThat(report.status()).isIn(Status.REFUSED, Status.SKIPPED);
        assertThat(entries()).isZero();
    }

    @Test
    void a_file_cut_in_its_last_chapter_or_behind_a_heading_is_refused() throws IOException {
        String whole = CodeFixtures.order();
        refused(whole.substring(0, whole.indexOf("00051 ")), "The codes with U are missing");
        refused(whole.substring(0, whole.indexOf("00052 ")), "nothing stands below U00, a heading");
    }

    @ParameterizedTest
    @ValueSource(strings = {"B000\t  ", "B000\u3000  "})
    void a_blank_that_is_no_space_behind_a_code_is_refused(String code) throws IOException {
        refused(CodeFixtures.order().replace("B000   ", code), "Line 4: the code “B000");
    }

    @Test
    void a_space_behind_a_code_of_a_list_is_refused_with_its_line() throws IOException {
        FileReport report = load(CodeFixtures.write(
                        folder,
                        "msdrg_v43_cc_mcc_list.csv",
                        "icd_code,icd_description,dx_type\nA00.0 ,one,CC\nZ99.12,three,CC\n"))
                .get(0);
        assertThat(report.reason()).startsWith("Line 2: “A00.0 ” is not a code of ICD-10-CM: it has a space");
    }

    @Test
    void a_doubled_line_of_a_title_in_the_yearly_file_of_hcpcs_is_refused() throws IOException {
        String code = String.format("%-91s%-177s20200101%-36s", "V0001001003Example", "Ex", "");
        String more = String.format("%-320s", "V0001001014of a service");
        assertThat(load(CodeFixtures.write(folder, "hcpcs_2026.txt", code + "\n" + more + "\n" + more + "\n"))
                        .get(0)
                        .reason())
                .startsWith("Line 3: the running number of V0001 is 101 after 101");
        assertThat(load(CodeFixtures.write(folder, "hcpcs_2026.txt", code + "\n" + more + "\n"))
                        .get(0)
                        .status())
                .isEqualTo(Status.LOADED);
    }

    @Test
    void a_day_that_is_none_in_the_yearly_file_of_hcpcs_is_refused_with_its_line() throws IOException {
        String record =
                String.format("%-268s%-52s", String.format("%-91s%-28s", "V536400100" + "3Screening", "Screening"), "");
        assertThat(load(CodeFixtures.write(folder, "hcpcs_2026.txt", record + "\n"))
                        .get(0)
                        .status())
                .isEqualTo(Status.LOADED);
        String wrong = record.substring(0, 284) + "20261399" + record.substring(292);
        assertThat(load(CodeFixtures.write(folder, "hcpcs_2027.txt", wrong + "\n"))
                        .get(0)
                        .reason())
                .isEqualTo("Line 1: “20261399” is no day.");
    }

    @Test
    void a_web_page_in_the_place_of_an_archive_is_named_so() throws IOException {
        Path page = CodeFixtures.write(folder, "2026.zip", "<!DOCTYPE html>\n<html><body>gone</body></html>");
        assertThat(load(page).get(0).reason()).contains("web page");
    }

    @Test
    void a_damaged_workbook_is_refused_and_the_others_are_loaded() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String name : List.of("[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml")) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(
                        "<sheet><row r=\"one\"><c r=\"7\"><v>1</v></c></row></sheet>".getBytes(StandardCharsets.UTF_8));
            }
        }
        Files.write(folder.resolve("a.xlsx"), out.toByteArray());
        CodeFixtures.write(folder, "order_2026.txt", CodeFixtures.order());
        assertThat(load(folder)).extracting(FileReport::status).containsExactly(Status.REFUSED, Status.LOADED);
    }

    @Test
    void a_link_to_a_folder_is_walked_as_the_folder_is() throws IOException {
        Path real = Files.createDirectory(folder.resolve("real"));
        CodeFixtures.write(real, "order_2026.txt", CodeFixtures.order());
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        Files.createSymbolicLink(real.resolve("loop"), real);
        assertThat(load(link)).extracting(FileReport::status).containsExactly(Status.LOADED);
    }

    @Test
    void an_archive_whose_bytes_are_not_those_it_was_made_of_is_refused() throws IOException {
        byte[] content = CodeFixtures.order().getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(0);
            zip.putNextEntry(new ZipEntry("order.txt"));
            zip.write(content);
        }
        String bytes = out.toString(StandardCharsets.ISO_8859_1).replaceFirst("Condition of B", "Condition of 8");
        Path damaged = Files.write(folder.resolve("fy2026.zip"), bytes.getBytes(StandardCharsets.ISO_8859_1));
        FileReport report = load(damaged).get(0);
        assertThat(report.status()).isEqualTo(Status.REFUSED);
        assertThat(report.reason()).contains("cut or damaged");
        assertThat(entries()).isZero();
    }

    @Test
    void an_archive_with_a_password_or_with_nothing_in_it_says_so() throws IOException {
        byte[] locked = zip("order.txt", CodeFixtures.order().getBytes(StandardCharsets.UTF_8));
        locked[6] |= 1;
        locked[new String(locked, StandardCharsets.ISO_8859_1).lastIndexOf("PK\1\2") + 8] |= 1;
        assertThat(load(Files.write(folder.resolve("fy2026.zip"), locked))
                        .get(0)
                        .reason())
                .contains("password");
        byte[] none = new byte[22];
        System.arraycopy("PK\5\6".getBytes(StandardCharsets.ISO_8859_1), 0, none, 0, 4);
        FileReport empty = load(Files.write(folder.resolve("fy2027.zip"), none)).get(0);
        assertThat(empty.status()).isEqualTo(Status.REFUSED);
        assertThat(empty.reason()).contains("empty");
    }

    @Test
    void names_in_an_archive_may_be_in_any_code_page() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.ISO_8859_1)) {
            zip.putNextEntry(new ZipEntry("\u0081order_2026.txt"));
            zip.write(CodeFixtures.order().getBytes(StandardCharsets.UTF_8));
        }
        assertThat(load(Files.write(folder.resolve("a.zip"), out.toByteArray()))
                        .get(0)
                        .status())
                .isEqualTo(Status.LOADED);
    }

    @Test
    void of_several_forms_of_one_release_the_fullest_is_loaded_and_the_others_are_passed_over() throws IOException {
        String concepts = "90001|ENG||||||1||||RXNORM|IN|90001|examplol||N||\n";
        Files.createDirectories(folder.resolve("prescribe/rrf"));
        Files.createDirectories(folder.resolve("rrf"));
        CodeFixtures.write(folder, "prescribe/rrf/RXNCONSO.RRF", concepts);
        CodeFixtures.write(
                folder, "rrf/RXNCONSO.RRF", concepts + "90002|ENG||||||2||||SNOMEDCT_US|PT|90002|other||N||\n");
        String row = "90001 Example of a service\n90002 Another one\n90003 A third one\n";
        CodeFixtures.write(folder, "SHORTU.txt", row);
        CodeFixtures.write(
                folder,
                "ConsolidatedCodeList.txt",
                "Owned by others.\nNot to be passed on.\n\nConcept Id\tCPT Code\tLong\tMedium\tShort\n"
                        + "1\t90001\tExample of a service, at length\tExample of a service\tExample\n");
        List<FileReport> reports = load(LocalDate.of(2026, 1, 1), folder);
        assertThat(reports)
                .extracting(report -> report.status() + " " + report.file())
                .containsExactly(
                        "LOADED ConsolidatedCodeList.txt",
                        "SKIPPED SHORTU.txt",
                        "SKIPPED prescribe/rrf/RXNCONSO.RRF",
                        "LOADED rrf/RXNCONSO.RRF");
        assertThat(load(LocalDate.of(2026, 1, 1), folder))
                .extracting(FileReport::status)
                .containsExactly(Status.UNCHANGED, Status.SKIPPED, Status.SKIPPED, Status.UNCHANGED);
    }

    @Test
    void the_history_of_snomed_ct_is_not_taken_for_its_snapshot() throws IOException {
        String snapshot =
                "id\teffectiveTime\tactive\tmoduleId\tconceptId\tlanguageCode\ttypeId\tterm\tcaseSignificanceId\n"
                        + "1\t20260901\t0\t9\t123456\ten\t900000000000003001\tExample (disorder)\t9\n"
                        + "2\t20260901\t1\t9\t123456\ten\t900000000000003001\tSample (disorder)\t9\n";
        String history = snapshot + "1\t20200901\t1\t9\t123456\ten\t900000000000003001\tExample (disorder)\t9\n";
        Path full = CodeFixtures.write(folder, "sct2_Description_Full_20260901.txt", history);
        assertThat(load(full).get(0).reason())
                .startsWith("Line 4: 1 is there twice")
                .contains("snapshot");
        CodeFixtures.write(folder, "sct2_Description_Snapshot_20260901.txt", snapshot);
        assertThat(load(folder)).extracting(FileReport::status).containsExactly(Status.SKIPPED, Status.LOADED);
    }

    @Test
    void of_the_maps_of_snomed_ct_that_to_icd_10_cm_alone_is_taken() throws IOException {
        String head =
                "id\teffectiveTime\tactive\tmoduleId\trefsetId\treferencedComponentId\tmapGroup\tmapPriority\tmapRule"
                        + "\tmapAdvice\tmapTarget\tcorrelationId\tmapCategoryId\n";
        String who = "a\t20260301\t1\t9\t447562003\t123456\t1\t1\tTRUE\tALWAYS\tJ18.8\t4\t4\n";
        String own = "b\t20260301\t1\t9\t6011000124106\t123456\t1\t1\tTRUE\tALWAYS\tI10\t4\t4\n";
        assertThat(load(CodeFixtures.write(folder, "map_20260301.txt", head + who))
                        .get(0)
                        .reason())
                .isEqualTo("None of its rows leads to ICD-10-CM.");
        FileReport report = load(CodeFixtures.write(folder, "map_20260901.txt", head + who + own))
                .get(0);
        assertThat(report.status()).isEqualTo(Status.LOADED);
        assertThat(report.reason()).contains("load SNOMED CT descriptions too");
        assertThat(database.sql("select title from code_entry where series = 'snomed-map'")
                        .query(String.class)
                        .list())
                .containsExactly("I10");
    }

    @Test
    void the_tables_of_vaccines_come_with_bars_and_with_tabs() throws IOException {
        String row = "54 |adenovirus|adenovirus vaccine| |Inactive|False|2010/09/30\n";
        assertThat(load(CodeFixtures.write(folder, "cvx_2025-01-01.txt", row))
                        .get(0)
                        .rows())
                .isEqualTo(1);
        assertThat(load(CodeFixtures.write(folder, "cvx_2026-01-01.txt", row.replace('|', '\t')))
                        .get(0)
                        .system())
                .isEqualTo("cvx");
        assertThat(load(CodeFixtures.write(
                                folder,
                                "cvx_2027-01-01.txt",
                                "CVX Code\tCVX Short Description\tFull Vaccine Name\tVaccineStatus\n54\ta\tb\tActive\n"))
                        .get(0)
                        .billable())
                .isEqualTo(1);
    }

    @Test
    void a_release_that_ends_many_codes_is_loaded_and_remarked_on() throws IOException {
        order("order_2025.txt", "!M54:Dorsalgia", "M545:Low back pain", "M546:Pain", "M547:Other pain");
        FileReport next = order("order_2026.txt", "!M54:Dorsalgia", "M548:Something else");
        assertThat(next.status()).isEqualTo(Status.LOADED);
        assertThat(next.reason()).startsWith("It ends 3 codes and has 52");
    }

    @Test
    void older_editions_that_state_their_version_are_loaded_before_newer_ones_that_do_not() throws IOException {
        StringBuilder old = new StringBuilder("MCE_Version\tMCE_Section\tMCE_Subsection\tMCE_Edit_Type\tICD_Code\n");
        for (String edit :
                List.of("Newborn_only", "Pediatric_only", "Maternity_only", "Adult_only", "Principal_Manifestation")) {
            old.append("37\t1\ta\t").append(edit).append("\tA000\n");
        }
        old.append("37\t18\ta\tUnspecified\tA000\n");
        CodeFixtures.write(folder, "z.txt", old.toString());
        CodeFixtures.write(
                folder,
                "mce_v43_code_edits.csv",
                "icd_code,icd_description,icd_conflict_group,icd_conflict_rule\n"
                        + "A00.0,a,Age,Perinatal/Newborn (Age 0 Only)\nA00.0,b,Age,Pediatric (Ages 0-17)\n"
                        + "A00.0,c,Age,Maternity (Ages 9-64)\nA00.0,d,Age,Adult (Ages 15-124)\n"
                        + "A00.0,e,Other,Manifestation (Not Allowed as Principal Diagnosis)\n"
                        + "A00.1,e,Other,Manifestation (Not Allowed as Principal Diagnosis)\n");
        assertThat(load(folder).get(0).added()).isEqualTo(1);
    }

    @Test
    void who_comes_second_waits_for_the_first() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        Thread first = Thread.ofVirtual()
                .start(() -> transactions.executeWithoutResult(status -> {
                    database.sql("select pg_advisory_xact_lock(hashtextextended('code sets', 0)), pg_sleep(0)")
                            .query(rows -> {});
                    held.countDown();
                    database.sql("select pg_sleep(6)").query(rows -> {});
                }));
        held.await();
        assertThat(order("order_2026.txt").status()).isEqualTo(Status.LOADED);
        first.join();
    }

    @Test
    void the_shapes_of_licensed_systems_are_known() throws IOException {
        CodeFixtures.write(
                folder,
                "RXNCONSO.RRF",
                "90001|ENG||||||1||||RXNORM|SCD|90001|examplol 10 MG Oral Tablet||N||\n"
                        + "90002|ENG||||||2||||RXNORM|IN|90002|examplol||N||\n");
        CodeFixtures.write(folder, "RXNREL.RRF", "90002||CUI|RO|90001||CUI|has_ingredient|1||RXNORM|RXNORM|||N||\n");
        CodeFixtures.write(folder, "RXNSAT.RRF", "90001|||1|AUI|90001|||NDC|RXNORM|00001-0002-03|N||\n");
        CodeFixtures.write(
                folder,
                "RXNATOMARCHIVE.RRF",
                "7|7|oldol 5 MG|2020|2019|2020|1|N|ENG|2020|1|RXNORM|80001|RXNORM|SCD|90001|\n");
        CodeFixtures.write(folder, "cvx.txt", "901|exvac|example vaccine|a note|Active|False|2026/01/01\n");
        CodeFixtures.write(
                folder,
                "Loinc.csv",
                "\"LOINC_NUM\",\"COMPONENT\",\"STATUS\",\"SHORTNAME\",\"LONG_COMMON_NAME\"\n"
                        + "\"99999-1\",\"Exampline\",\"ACTIVE\",\"Exa\",\"Exampline in Serum\"\n");
        CodeFixtures.write(
                folder,
                "sct2_Description_Full_20260901.txt",
                "id\teffectiveTime\tactive\tmoduleId\tconceptId\tlanguageCode\ttypeId\tterm\tcaseSignificanceId\n"
                        + "1\t20260901\t1\t9\t123456\ten\t900000000000003001\tExample (disorder)\t9\n");
        CodeFixtures.write(
                folder,
                "product.txt",
                "PRODUCTID\tPRODUCTNDC\tPRODUCTTYPENAME\tPROPRIETARYNAME\tNONPROPRIETARYNAME\n"
                        + "1_x\t0001-0002\tHUMAN\tExamplan\texamplol\n");
        CodeFixtures.write(
                folder,
                "package.txt",
                "PRODUCTID\tPRODUCTNDC\tNDCPACKAGECODE\tPACKAGEDESCRIPTION\n1_x\t0001-0002\t0001-0002-03\t30 TABLET\n");
        CodeFixtures.write(
                folder,
                "LONGULT_2026.txt",
                "A licence of its owner\n\n90001 Example of a service\n90002 Another service\n"
                        + "90003 A third service\n90004 A fourth service\n90005 A fifth one\n");
        List<FileReport> reports = load(folder);
        assertThat(reports).allSatisfy(report -> assertThat(report.status()).isEqualTo(Status.LOADED));
        assertThat(reports.stream().map(FileReport::system))
                .containsExactlyInAnyOrder(
                        "rxnorm",
                        "rxnorm-relations",
                        "rxnorm-attributes",
                        "rxnorm-archive",
                        "cvx",
                        "loinc",
                        "snomed",
                        "ndc-product",
                        "ndc-package",
                        "cpt");
    }

    @Test
    void the_public_code_sets_are_loaded_by_one_command_and_a_second_changes_nothing() {
        CodeFixtures.needData();
        List<FileReport> first = load(CodeFixtures.DATA);
        assertThat(first).noneMatch(report -> report.status() == Status.REFUSED);
        assertThat(first)
                .anySatisfy(report -> counts(report, "icd10cm", "FY2025", 97_584, 74_260))
                .anySatisfy(report -> counts(report, "icd10cm", "FY2026", 98_186, 74_719))
                .anySatisfy(report -> counts(report, "icd10pcs", "FY2026", 80_029, 79_115))
                .anySatisfy(report -> counts(report, "icd10cm-tabular", "FY2021", 45_017, 0))
                .anySatisfy(report -> counts(report, "icd10cm-index", "FY2017", 69_226, 0));
        List<FileReport> fiscal2026 = first.stream()
                .filter(report -> "FY2026".equals(report.release()))
                .filter(report -> List.of("icd10cm", "icd10cm-addenda").contains(report.system()))
                .toList();
        assertThat(fiscal2026)
                .hasSize(4)
                .allSatisfy(report -> assertThat(List.of(report.added(), report.revised(), report.ended()))
                        .containsExactly(487, 38, 28));
        int before = entries();
        List<FileReport> second = load(CodeFixtures.DATA);
        assertThat(second).allSatisfy(report -> assertThat(report.status()).isIn(Status.UNCHANGED, Status.SKIPPED));
        assertThat(entries()).isEqualTo(before);
    }

    @Test
    void the_difference_of_two_public_releases_is_that_of_the_addenda_code_by_code() {
        CodeFixtures.needData();
        load(
                CodeFixtures.DATA.resolve("icd10cm/cms-fy2026-dx.zip"),
                CodeFixtures.DATA.resolve("icd10cm/cms-fy2025-dx.zip"));
        String addenda = "select code || ' ' || short_title from code_entry where series = 'icd10cm-addenda'"
                + " and billable and since = '2025-10-01' and short_title in ('add', 'delete') order by 1";
        String difference = """
                select code || ' ' || word from (
                    select code, 'add' as word from code_entry where series = 'icd10cm' and billable and since = '2025-10-01'
                    and code not in (select code from code_entry where series = 'icd10cm' and billable and until = '2025-10-01')
                    union all
                    select code, 'delete' from code_entry where series = 'icd10cm' and billable and until = '2025-10-01'
                    and code not in (select code from code_entry where series = 'icd10cm' and billable and since = '2025-10-01')
                ) d order by 1
                """;
        assertThat(database.sql(difference).query(String.class).list())
                .isEqualTo(database.sql(addenda).query(String.class).list())
                .hasSize(487 + 28);
    }

    private static void counts(FileReport report, String system, String release, int rows, int billable) {
        assertThat(report.system()).isEqualTo(system);
        assertThat(report.release()).isEqualTo(release);
        assertThat(report.rows()).isEqualTo(rows);
        assertThat(report.billable()).isEqualTo(billable);
    }
}
