package org.chartkeeper.terminology.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.chartkeeper.access.Access;
import org.chartkeeper.access.House;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.terminology.domain.CodeFixtures;
import org.chartkeeper.testing.ChartkeeperTest;
import org.chartkeeper.testing.StatementCounter;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.RequestBuilder;
import org.springframework.test.web.servlet.request.AbstractMockHttpServletRequestBuilder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@ChartkeeperTest
class CodeSetPagesTest {

    private static final String PATH = "/admin/code-sets";
    private static final String FY2025 =
            CodeFixtures.order("!M54:Dorsalgia", "M545:Low back pain", "M546:Pain in spine");
    private static final String FY2026 = CodeFixtures.order(
            "!M54:Dorsalgia",
            "!M545:Low back pain",
            "M5450:Low back pain, unspecified",
            "M5459:Other low back pain",
            "M546:Pain in thoracic spine");

    @Autowired
    private MockMvc http;

    @Autowired
    private Provisioning provisioning;

    @Autowired
    private Access access;

    @Autowired
    private CurrentActor actors;

    @Autowired
    private PlatformTransactionManager transactionManager;

    @Autowired
    private JdbcClient database;

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private StatementCounter statements;

    private House house;

    @BeforeEach
    void people() {
        house = House.shared(provisioning, access, actors, new TransactionTemplate(transactionManager));
        CodeFixtures.forget(database, events);
    }

    @AfterEach
    void forget() {
        CodeFixtures.forget(database, events);
    }

    private MockHttpServletResponse answer(String role, AbstractMockHttpServletRequestBuilder<?> request)
            throws Exception {
        return http.perform(
                        (RequestBuilder) request.with(user(house.login(role))).with(csrf()))
                .andReturn()
                .getResponse();
    }

    private Document page(String role, String path) throws Exception {
        MockHttpServletResponse response = answer(role, get(path));
        assertThat(response.getStatus()).isEqualTo(200);
        return Jsoup.parse(response.getContentAsString());
    }

    private Document page(String path) throws Exception {
        return page("administrator", path);
    }

    private static AbstractMockHttpServletRequestBuilder<?> upload(String name, byte[] content, String key) {
        return multipart(PATH)
                .file(new MockMultipartFile("file", name, "application/octet-stream", content))
                .param("idempotencyKey", key);
    }

    private static AbstractMockHttpServletRequestBuilder<?> upload(String name, byte[] content) {
        return upload(name, content, UUID.randomUUID().toString());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] zip(String... namesAndContents) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndContents[i]));
                zip.write(bytes(namesAndContents[i + 1]));
            }
        }
        return out.toByteArray();
    }

    /** Loads a file by its page and waits for the job queue. */
    private Document loaded(String name, byte[] content) throws Exception {
        MockHttpServletResponse response = answer("administrator", upload(name, content));
        assertThat(response.getStatus()).isIn(302, 303);
        return finished(response.getRedirectedUrl());
    }

    private Document finished(String path) throws Exception {
        Instant limit = Instant.now().plus(Duration.ofSeconds(90));
        Document page = page(path);
        while (page.selectFirst("#progress").hasAttr("hx-get") && Instant.now().isBefore(limit)) {
            Thread.sleep(200);
            page = page(path);
        }
        return page;
    }

    private static List<String> files(Document page) {
        return page.select("table:has(caption:containsOwn(order in which)) tbody tr")
                .eachText();
    }

    @Test
    void an_uploaded_archive_is_loaded_as_a_job_and_its_page_tells_what_became_of_each_file() throws Exception {
        Document page = loaded(
                "both-years.zip",
                zip("order_2026.txt", FY2026, "order_2025.txt", FY2025, "readme.txt", "Nothing but words\n"));
        assertThat(page.selectFirst("#progress").text())
                .startsWith("Done 3 of 3 files")
                .contains("2 loaded, 1 skipped");
        assertThat(files(page))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).startsWith("order_2025.txt Loaded ICD-10-CM FY2025 53 27"),
                        line -> assertThat(line).startsWith("order_2026.txt Loaded ICD-10-CM FY2026 55 28 2 1 1"),
                        line -> assertThat(line).startsWith("readme.txt Skipped"));
        assertThat(database.sql("select count(*) from audit_event where action = 'codes.load' and actor_id = :who")
                        .param("who", house.user("administrator").value())
                        .query(Integer.class)
                        .single())
                .isGreaterThanOrEqualTo(2);
    }

    @Test
    void what_is_loaded_is_listed_with_its_first_day_its_figures_and_who_loaded_it() throws Exception {
        loaded("order_2025.txt", bytes(FY2025));
        loaded("order_2026.txt", bytes(FY2026));
        Element table = page(PATH).selectFirst("table:has(caption:containsOwn(by code set))");
        assertThat(table.select("tbody th").eachText()).containsExactly("ICD-10-CM");
        assertThat(table.select("tbody tr").eachText())
                .satisfiesExactly(
                        newer -> assertThat(newer).contains("FY2026 1 Oct 2025 55 28 2 1 1", "order_2026.txt"),
                        older -> assertThat(older).contains("FY2025 1 Oct 2024 53 27", "order_2025.txt"));
        assertThat(page(PATH + "/kinds/icd10cm").select("main tbody tr")).hasSize(2);
    }

    @Test
    void the_same_file_again_is_unchanged() throws Exception {
        loaded("order_2025.txt", bytes(FY2025));
        assertThat(files(loaded("order_2025.txt", bytes(FY2025))))
                .singleElement()
                .asString()
                .contains("Unchanged");
    }

    @Test
    void an_older_release_says_that_it_takes_its_place_before_the_newer_one() throws Exception {
        loaded("order_2026.txt", bytes(FY2026));
        assertThat(files(loaded("order_2025.txt", bytes(FY2025))))
                .singleElement()
                .asString()
                .contains("Loaded", "Takes its place before FY2026, which stays as it is.");
    }

    @Test
    void two_releases_of_one_day_are_not_taken_and_the_second_names_the_first() throws Exception {
        loaded("order_2025.txt", bytes(FY2025));
        assertThat(files(loaded("another_2025.txt", bytes(CodeFixtures.order("!M54:Dorsalgia", "M541:Radiculopathy")))))
                .singleElement()
                .asString()
                .contains("Refused", "order_2025.txt", "two releases cannot have the same first day");
    }

    @Test
    void a_cut_file_is_refused_whole_with_its_line() throws Exception {
        Document page = loaded("order_2025.txt", bytes(FY2025.substring(0, FY2025.length() / 2)));
        assertThat(page.selectFirst("#progress .tag.stop").text()).isEqualTo("Refused");
        assertThat(files(page)).singleElement().asString().contains("Refused", "Line ", "cut");
        assertThat(database.sql("select count(*) from code_entry")
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(database.sql("select count(*) from audit_event where action = 'codes.load' and outcome = 'refused'"
                                + " and subject_type = 'code-upload'")
                        .query(Integer.class)
                        .single())
                .isPositive();
    }

    @Test
    void a_cut_archive_is_refused() throws Exception {
        byte[] whole = zip("order_2025.txt", FY2025);
        assertThat(files(loaded("fy2025.zip", Arrays.copyOf(whole, whole.length / 2))))
                .singleElement()
                .asString()
                .contains("Refused", "cut or damaged");
    }

    @Test
    void a_document_is_refused_at_once_beside_its_field() throws Exception {
        MockHttpServletResponse response =
                answer("administrator", upload("order_2026.pdf", bytes("%PDF-1.7 and so on")));
        assertThat(response.getStatus()).isEqualTo(422);
        Document page = Jsoup.parse(response.getContentAsString());
        assertThat(page.selectFirst("#error-summary a").attr("href")).isEqualTo("#file");
        assertThat(page.selectFirst("#file-error").text())
                .isEqualTo("This is a PDF document, not the file of codes itself.");
    }

    @Test
    void an_empty_file_is_told_from_none() throws Exception {
        Document page = Jsoup.parse(
                answer("administrator", upload("codes.txt", new byte[0])).getContentAsString());
        assertThat(page.selectFirst("#file-error").text()).isEqualTo("The file is empty.");
    }

    @Test
    void a_day_that_is_none_is_refused_and_stays_in_its_field() throws Exception {
        MockHttpServletResponse response =
                answer("administrator", upload("codes.txt", bytes(FY2025)).param("from", "sometime"));
        assertThat(response.getStatus()).isEqualTo(422);
        assertThat(Jsoup.parse(response.getContentAsString())
                        .selectFirst("#from")
                        .val())
                .isEqualTo("sometime");
    }

    @Test
    void a_file_that_tells_no_day_takes_the_one_that_is_typed() throws Exception {
        assertThat(files(loaded("codes.txt", bytes(FY2025))))
                .singleElement()
                .asString()
                .contains("Refused", "Valid from");
        Document page = finished(
                answer("administrator", upload("codes.txt", bytes(FY2025)).param("from", "4/1/2026"))
                        .getRedirectedUrl());
        assertThat(files(page)).singleElement().asString().contains("Loaded", "FY2026 (April 2026)");
    }

    @Test
    void an_archive_without_codes_says_so() throws Exception {
        Document page = loaded("pictures.zip", zip("readme.txt", "Nothing but words\n"));
        assertThat(page.selectFirst("#progress").text())
                .contains("No codes in it", "Nothing in it is a file of codes. Nothing was loaded.");
    }

    @Test
    void a_submit_that_comes_twice_makes_one_upload() throws Exception {
        String key = UUID.randomUUID().toString();
        String first = answer("administrator", upload("order_2025.txt", bytes(FY2025), key))
                .getRedirectedUrl();
        assertThat(answer("administrator", upload("order_2025.txt", bytes(FY2025), key))
                        .getRedirectedUrl())
                .isEqualTo(first);
        finished(first);
    }

    @Test
    void one_that_was_stopped_goes_on_behind_the_files_that_are_done() throws Exception {
        byte[] years = zip("order_2025.txt", FY2025, "order_2026.txt", FY2026);
        String first = answer("administrator", upload("years.zip", years)).getRedirectedUrl();
        finished(first);
        UUID id = UUID.randomUUID();
        database.sql("insert into code_upload (id, label, sha256, started_by, facility_id, state, created_at, files,"
                        + " files_done) select :id, label, sha256, started_by, facility_id, 'cancelled', now(), 2, 1"
                        + " from code_upload where id = cast(:first as uuid)")
                .param("id", id)
                .param("first", first.substring(first.lastIndexOf('/') + 1))
                .update();
        database.sql(
                        "insert into code_upload_file (upload_id, place, file, status, row_count, billable, added, revised,"
                                + " ended) values (:id, 0, 'years.zip!order_2025.txt', 'LOADED', 1, 1, 0, 0, 0)")
                .param("id", id)
                .update();
        String path = PATH + "/uploads/" + id;
        assertThat(page(path).select("button:containsOwn(Go on)")).hasSize(1);
        answer("administrator", post(path + "/resume"));
        Document page = finished(path);
        assertThat(page.selectFirst("#progress").text()).startsWith("Done 2 of 2 files");
        assertThat(files(page))
                .satisfiesExactly(
                        before -> assertThat(before).contains("order_2025.txt Loaded"),
                        behind -> assertThat(behind).contains("order_2026.txt Unchanged"));
    }

    @Test
    void while_one_is_open_it_can_be_stopped_and_its_state_is_asked_for_again() throws Exception {
        UUID id = UUID.randomUUID();
        database.sql("insert into code_upload (id, label, sha256, started_by, facility_id, state, created_at, files)"
                        + " values (:id, 'big.zip', repeat('a', 64), :by, :at, 'running', now(), 9)")
                .param("id", id)
                .param("by", house.user("administrator").value())
                .param("at", house.here.value())
                .update();
        String path = PATH + "/uploads/" + id;
        Document page = page(path);
        assertThat(page.selectFirst("#progress").attr("hx-get")).isEqualTo(path + "/progress");
        assertThat(page.select("#progress a").text()).isEqualTo("Refresh");
        answer("administrator", post(path + "/cancel"));
        assertThat(page(path).selectFirst("#progress .tag").text()).isEqualTo("Stopping");
        database.sql("update code_upload set state = 'cancelled' where id = :id")
                .param("id", id)
                .update();
        assertThat(answer("administrator", get(path + "/progress")).getHeader("HX-Refresh"))
                .isEqualTo("true");
    }

    private String release(String name) {
        return PATH + "/releases/"
                + database.sql("select id from code_release where name = :name and kind = 'icd10cm'")
                        .param("name", name)
                        .query(Long.class)
                        .single();
    }

    private static List<String> changes(Document page) {
        return page.select("table:has(caption:containsOwn(Changes)) tbody tr").eachText();
    }

    @Test
    void a_release_shows_what_it_added_revised_and_ended_against_the_one_before() throws Exception {
        loaded("years.zip", zip("order_2025.txt", FY2025, "order_2026.txt", FY2026));
        Document page = page(release("FY2026"));
        assertThat(page.select("nav[aria-label=Kinds of change] a").eachText())
                .containsExactly("All 4", "Added 2", "Revised 1", "Ended 1");
        assertThat(page.select("#difference-h").text()).isEqualTo("Against FY2025");
        assertThat(changes(page))
                .containsExactly(
                        "M54.5 Ended Low back pain",
                        "M54.50 Added Low back pain, unspecified",
                        "M54.59 Added Other low back pain",
                        "M54.6 Revised Pain in thoracic spine was: Pain in spine");
        assertThat(changes(page(release("FY2026") + "?change=ended"))).containsExactly("M54.5 Ended Low back pain");
    }

    @Test
    void the_first_release_has_nothing_to_compare_with() throws Exception {
        loaded("order_2025.txt", bytes(FY2025));
        Document page = page(release("FY2025"));
        assertThat(page.select("main").text()).contains("Nothing to compare with");
        assertThat(page.select("#difference-h, #impact-h")).isEmpty();
    }

    @Test
    void the_difference_can_be_taken_along_as_a_table() throws Exception {
        loaded("years.zip", zip("order_2025.txt", FY2025, "order_2026.txt", FY2026));
        MockHttpServletResponse response = answer("coder", get(release("FY2026") + "/difference.csv?change=added"));
        assertThat(response.getContentType()).startsWith("text/csv");
        assertThat(response.getHeader("Content-Disposition")).contains("icd10cm-FY2026-difference.csv");
        assertThat(response.getContentAsString())
                .isEqualTo("\"change\",\"code\",\"title\",\"title before\",\"list\"\r\n"
                        + "\"added\",\"M54.50\",\"Low back pain, unspecified\",,\r\n"
                        + "\"added\",\"M54.59\",\"Other low back pain\",,\r\n");
    }

    @Test
    void nothing_in_use_ends_where_nobody_uses_it() throws Exception {
        loaded("years.zip", zip("order_2025.txt", FY2025.replace("M545 ", "M548 "), "order_2026.txt", FY2026));
        assertThat(page(release("FY2026"))
                        .select("section[aria-labelledby=impact-h]")
                        .text())
                .contains("uses a code that ends with this release");
    }

    @Test
    void a_favorite_that_ends_is_told_with_what_it_becomes_and_everybody_sees_the_own_one() throws Exception {
        loaded("order_2025.txt", bytes(FY2025));
        answer("coder", post("/codes/icd-10-cm/M54.5/favorite").param("keep", "true"));
        try {
            loaded("order_2026.txt", bytes(FY2026));
            String impact = "section[aria-labelledby=impact-h] tbody tr";
            assertThat(page(release("FY2026")).select(impact).text())
                    .contains("M54.5 Low back pain", "Favorites 1", "No conversion table says it");
            assertThat(page(release("FY2026")).select(impact + " a[href*=uses]"))
                    .isEmpty();
            Element uses = page("coder", release("FY2026")).selectFirst(impact + " a[href*=uses]");
            assertThat(page("coder", uses.attr("href"))
                            .select("#place-0, main tbody td")
                            .eachText())
                    .contains("Favorites", "M54.5, a favorite of yours");
        } finally {
            answer("coder", post("/codes/icd-10-cm/M54.5/favorite").param("keep", "false"));
        }
    }

    @Test
    void a_code_that_does_not_end_has_no_page_of_uses() throws Exception {
        loaded("years.zip", zip("order_2025.txt", FY2025, "order_2026.txt", FY2026));
        assertThat(answer("coder", get(release("FY2026") + "/uses/M54.6")).getStatus())
                .isEqualTo(404);
        assertThat(answer("coder", get(release("FY2026") + "/uses/M54.5")).getStatus())
                .isEqualTo(200);
        assertThat(answer("administrator", get(release("FY2026") + "/uses/M54.5"))
                        .getStatus())
                .isEqualTo(403);
    }

    @Test
    void the_fiscal_year_2026_added_487_codes_and_ended_28_as_its_addenda_say() throws Exception {
        CodeFixtures.needData();
        for (String year : List.of("2025", "2026")) {
            loaded(
                    "cms-fy" + year + "-dx.zip",
                    Files.readAllBytes(CodeFixtures.DATA.resolve("icd10cm/cms-fy" + year + "-dx.zip")));
        }
        String path = release("FY2026");
        assertThat(page(path).select("nav[aria-label=Kinds of change] a").eachText())
                .containsExactly("All 553", "Added 487", "Revised 38", "Ended 28");
        assertThat(answer("administrator", get(path + "/difference.csv?change=added"))
                        .getContentAsString()
                        .lines())
                .hasSize(1 + 487);
        assertThat(changes(page(path + "?change=ended"))).hasSize(28);
        Document first = page(path + "?change=added");
        Document second = page(first.selectFirst("a[rel=next]").attr("href"));
        assertThat(changes(first)).hasSize(50).doesNotContainAnyElementsOf(changes(second));
    }

    @Test
    void a_coder_sees_what_is_loaded_and_loads_nothing() throws Exception {
        loaded("order_2025.txt", bytes(FY2025));
        Document page = page("coder", PATH);
        assertThat(page.select("main form")).isEmpty();
        assertThat(page.select("main tbody th").eachText()).containsExactly("ICD-10-CM");
        assertThat(answer("coder", upload("order_2026.txt", bytes(FY2026))).getStatus())
                .isEqualTo(403);
        assertThat(answer("clinician", get(PATH)).getStatus()).isEqualTo(403);
    }

    @Test
    void an_unknown_upload_and_kind_are_not_found() throws Exception {
        assertThat(answer("administrator", get(PATH + "/uploads/nonsense")).getStatus())
                .isEqualTo(404);
        assertThat(answer("administrator", get(PATH + "/uploads/" + UUID.randomUUID()))
                        .getStatus())
                .isEqualTo(404);
        assertThat(answer("administrator", get(PATH + "/kinds/nonsense")).getStatus())
                .isEqualTo(404);
    }

    @Test
    void its_pages_take_few_statements() throws Exception {
        String upload =
                answer("administrator", upload("order_2025.txt", bytes(FY2025))).getRedirectedUrl();
        finished(upload);
        for (String path : List.of(PATH, PATH + "/kinds/icd10cm", PATH + "/uploads", upload)) {
            String who = path.startsWith("/codes") ? "coder" : "administrator";
            assertThat(statements.fewest(() -> page(who, path)))
                    .as("statements of %s", path)
                    .hasSizeLessThanOrEqualTo(12);
        }
    }
}
