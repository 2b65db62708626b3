package org.chartkeeper.chart.document.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.chartkeeper.access.Access;
import org.chartkeeper.access.House;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.access.SignIns;
import org.chartkeeper.chart.ChartVerification;
import org.chartkeeper.chart.document.Intake;
import org.chartkeeper.patient.PatientFixture;
import org.chartkeeper.patient.Registrations;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Uuid7;
import org.chartkeeper.testing.ChartkeeperTest;
import org.chartkeeper.testing.SoundPage;
import org.chartkeeper.testing.StatementCounter;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.AbstractMockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Indexing what came in, by its pages, as a records specialist does it. */
@ChartkeeperTest
class FilingTests {

    private static final String SPECIALIST = "records-specialist";
    private static final int MOST_STATEMENTS = 12;

    @Autowired
    MockMvc http;

    @Autowired
    Intake intake;

    @Autowired
    CurrentActor actors;

    @Autowired
    Registrations registrations;

    @Autowired
    SignIns signIns;

    @Autowired
    TextJob texts;

    @Autowired
    ChartVerification verification;

    @Autowired
    StatementCounter statements;

    @Autowired
    JdbcClient database;

    House house;
    PatientId eleanor;
    PatientId jacob;

    @BeforeEach
    void aHouse(
            @Autowired Provisioning provisioning,
            @Autowired Access access,
            @Autowired PlatformTransactionManager transactions) {
        house = new House(provisioning, access, actors, new TransactionTemplate(transactions));
        eleanor = PatientFixture.aPatient()
                .named("Eleanor", "Whitfield")
                .bornOn("1948-03-11")
                .withMrn(house.here, "0048-2217")
                .registeredAt(house.here, registrations, actors);
        jacob = PatientFixture.aPatient()
                .named("Jacob", "Ferreira")
                .bornOn("1990-07-02")
                .withMrn(house.here, "0051-0003")
                .registeredAt(house.here, registrations, actors);
    }

    @Test
    void a_three_page_scan_goes_to_two_patients_and_nothing_of_one_into_the_chart_of_the_other() throws Exception {
        UUID file = receive("scan.pdf", Papers.pdf("Eleanor one", "Eleanor two", "Jacob three"));
        Document page = page("/documents/intake/" + file);
        SoundPage.check(page);
        assertThat(page.select(".head .tag").text()).contains("1 of 1");
        assertThat(page.select("#pages").val()).isEqualTo("1-3");
        assertThat(page.select("figure img")).hasSize(3);

        MockHttpServletResponse first = send(index(file, eleanor, page)
                .param("pages", "2, 1")
                .param("mrn", "482217")
                .param("birthDate", "3/11/1948")
                .param("type", "consultation"));
        assertThat(first.getRedirectedUrl()).as(problems(first)).isEqualTo("/documents/intake/" + file);

        Document rest = page("/documents/intake/" + file);
        assertThat(rest.select("#pages").val()).isEqualTo("3");
        assertThat(rest.select("figure .tag.ok")).hasSize(2);
        MockHttpServletResponse second = send(index(file, jacob, rest)
                .param("pages", "3")
                .param("mrn", "0051-0003")
                .param("birthDate", "7/2/1990")
                .param("type", "letter-from-provider"));
        assertThat(second.getRedirectedUrl()).as(problems(second)).isEqualTo("/documents/intake");

        assertThat(text(eleanor)).contains("Eleanor two").doesNotContain("Jacob");
        assertThat(text(eleanor).indexOf("Eleanor two"))
                .isLessThan(text(eleanor).indexOf("Eleanor one"));
        assertThat(text(jacob)).contains("Jacob three").doesNotContain("Eleanor");
        assertThat(page("/documents/intake").select("main table")).isEmpty();
        assertThat(page("/patients/" + eleanor + "/documents")
                        .select("main tbody tr")
                        .text())
                .contains("Consultation", "3 Mar 2026", "Notes");
        assertThat(actors.asSystem(house.here, () -> verification.verify(count -> {}))
                        .findings())
                .noneMatch(finding -> List.of(
                                document(eleanor).toString(), document(jacob).toString())
                        .contains(finding.entry()));
    }

    @Test
    void identifiers_that_are_not_the_patients_file_nothing_and_do_not_say_what_would_be_right() throws Exception {
        UUID file = receive("scan.pdf", Papers.pdf("Jacob"));
        Document page = page("/documents/intake/" + file);
        MockHttpServletResponse wrong = send(index(file, eleanor, page)
                .param("pages", "1")
                .param("mrn", "0051-0003")
                .param("birthDate", "7/2/1990")
                .param("type", "consultation"));
        assertThat(wrong.getStatus()).isEqualTo(422);
        Document refused = Jsoup.parse(wrong.getContentAsString());
        SoundPage.check(refused);
        assertThat(refused.select("#error-summary a").eachAttr("href")).containsExactly("#mrn", "#birthDate");
        assertThat(refused.select("#mrn").val()).isEqualTo("0051-0003");
        assertThat(refused.select("#type option[selected]").val()).isEqualTo("consultation");
        assertThat(refused.text()).doesNotContain("0048-2217", "11 Mar 1948", "3/11/1948");
        assertThat(documents(eleanor)).isZero();

        MockHttpServletResponse one = send(index(file, eleanor, page)
                .param("pages", "1")
                .param("mrn", "0048-2217")
                .param("type", "consultation"));
        assertThat(Jsoup.parse(one.getContentAsString())
                        .select("#error-summary")
                        .text())
                .contains("two identifiers");
        MockHttpServletResponse name = send(index(file, eleanor, page)
                .param("pages", "1")
                .param("mrn", "0048-2217")
                .param("name", "WHITFIELD, Eleanor M")
                .param("type", "consultation"));
        assertThat(name.getRedirectedUrl()).as(problems(name)).isEqualTo("/documents/intake");
    }

    @Test
    void the_search_shows_neither_birth_date_nor_number_in_full() throws Exception {
        UUID file = receive("scan.pdf", Papers.pdf("x"));
        Document page = page("/documents/intake/" + file);
        MockHttpServletResponse found = send(form(file, "look", page).param("find", "Whitfield"));
        Document shown = Jsoup.parse(found.getContentAsString());
        assertThat(shown.select(".found label").text()).contains("Whitfield, Eleanor", "born 1948", "MRN ends in 17");
        assertThat(shown.select("main").text()).doesNotContain("0048-2217", "Mar 1948");
        assertThat(shown.select(".found input[type=radio]").val()).isEqualTo(eleanor.toString());
        assertThat(shown.select("#find").val()).isEqualTo("Whitfield");
    }

    @Test
    void a_repeated_submit_files_once_and_a_page_is_filed_once() throws Exception {
        UUID file = receive("scan.pdf", Papers.pdf("one", "two"));
        Document page = page("/documents/intake/" + file);
        for (int i = 0; i < 3; i++) {
            MockHttpServletResponse filed = send(index(file, eleanor, page)
                    .param("pages", "1")
                    .param("mrn", "0048-2217")
                    .param("birthDate", "3/11/1948")
                    .param("type", "consultation"));
            assertThat(filed.getStatus()).as(problems(filed)).isEqualTo(302);
        }
        assertThat(documents(eleanor)).isEqualTo(1);
        Document later = page("/documents/intake/" + file);
        MockHttpServletResponse again = send(index(file, jacob, later)
                .param("pages", "1")
                .param("mrn", "0051-0003")
                .param("birthDate", "7/2/1990")
                .param("type", "consultation"));
        assertThat(again.getStatus()).isEqualTo(422);
        assertThat(problems(again)).contains("filed or left out");
        assertThat(documents(jacob)).isZero();
    }

    @Test
    void what_was_read_before_somebody_else_changed_it_is_not_filed() throws Exception {
        UUID file = receive("scan.pdf", Papers.pdf("one", "two"));
        Document mine = page("/documents/intake/" + file);
        send(form(file, "pages", mine).param("leave", "2"));
        MockHttpServletResponse stale = send(index(file, eleanor, mine)
                .param("pages", "1-2")
                .param("mrn", "0048-2217")
                .param("birthDate", "3/11/1948")
                .param("type", "consultation"));
        assertThat(stale.getStatus()).isEqualTo(422);
        assertThat(problems(stale)).contains("Somebody changed this file meanwhile");
        assertThat(documents(eleanor)).isZero();
    }

    @Test
    void a_turned_page_is_filed_as_it_was_turned_and_a_whole_file_byte_for_byte() throws Exception {
        byte[] scan = Papers.pdf("upright");
        UUID whole = receive("whole.pdf", scan);
        file(whole, eleanor, "1", "consultation");
        assertThat(download(eleanor)).isEqualTo(scan);

        UUID turned = receive("turned.pdf", Papers.pdf("lying"));
        send(form(turned, "rotate", page("/documents/intake/" + turned)).param("turn", "1 1"));
        file(turned, jacob, "1", "consultation");
        try (PDDocument made = Loader.loadPDF(download(jacob))) {
            assertThat(made.getPage(0).getRotation()).isEqualTo(90);
        }
    }

    @Test
    void a_download_is_an_attachment_in_a_sandbox_and_recorded() throws Exception {
        file(receive("scan.pdf", Papers.pdf("x")), eleanor, "1", "consultation");
        String path = "/patients/" + eleanor + "/documents/" + document(eleanor);
        for (String each :
                List.of(path + "/download", "/patients/" + eleanor + "/entries/" + document(eleanor) + "/file")) {
            MockHttpServletResponse answer = send(get(each));
            assertThat(answer.getStatus()).isEqualTo(200);
            assertThat(answer.getHeader("Content-Disposition")).startsWith("attachment;");
            assertThat(answer.getHeader("Content-Security-Policy")).contains("sandbox");
            assertThat(answer.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.getHeader("Cache-Control")).contains("no-store");
        }
        assertThat(events(eleanor, "patient.view", "document file")).isEqualTo(2);
        MockHttpServletResponse picture = send(get(path + "/pages/1"));
        assertThat(picture.getContentType()).isEqualTo("image/jpeg");
        assertThat(picture.getHeader("Content-Security-Policy")).contains("sandbox");
        assertThat(events(eleanor, "patient.view", "document page")).isEqualTo(1);
        assertThat(send(get(path + "/pages/2")).getStatus()).isEqualTo(404);
        assertThat(send(get("/patients/" + jacob + "/documents/" + document(eleanor) + "/pages/1"))
                        .getStatus())
                .isEqualTo(404);
    }

    @Test
    void indexing_anew_keeps_the_former_index_in_the_history() throws Exception {
        file(receive("scan.pdf", Papers.pdf("x")), eleanor, "1", "consultation");
        EntryId entry = document(eleanor);
        String path = "/patients/" + eleanor + "/documents/" + entry;
        Document form = page(path + "/index");
        SoundPage.check(form);
        assertThat(form.select("#type option[selected]").val()).isEqualTo("consultation");
        MockHttpServletResponse without = send(fields(post(path + "/index"), form)
                .param("type", "living-will")
                .param("date", "3/4/2026")
                .param("decision", "given"));
        assertThat(problems(without)).contains("Say why");
        MockHttpServletResponse anew = send(fields(post(path + "/index"), form)
                .param("type", "living-will")
                .param("title", "Living will")
                .param("date", "3/4/2026")
                .param("decision", "given")
                .param("signedBy", "the patient")
                .param("reason", "Wrong type"));
        assertThat(anew.getRedirectedUrl()).as(problems(anew)).isEqualTo(path);
        assertThat(page("/patients/" + eleanor + "/documents?section=directives")
                        .select("main tbody tr")
                        .text())
                .contains("Living will", "Given", "Indexed anew");
        assertThat(page("/patients/" + eleanor + "/documents?section=notes").select("main tbody tr"))
                .isEmpty();
        String history = page("/patients/" + eleanor + "/entries/" + entry + "/history")
                .select("main")
                .text();
        assertThat(history).contains("Wrong type", "Consultation", "Living will");
    }

    @Test
    void a_document_given_back_is_entered_in_error_there_and_its_pages_are_in_the_queue_again() throws Exception {
        UUID file = receive("scan.pdf", Papers.pdf("Jacob"));
        file(file, eleanor, "1", "consultation");
        EntryId wrong = document(eleanor);
        String path = "/patients/" + eleanor + "/documents/" + wrong;
        Document page = page(path);
        MockHttpServletResponse back =
                send(fields(post(path + "/give-back"), page).param("backReason", "Filed to the wrong patient"));
        assertThat(back.getRedirectedUrl()).as(problems(back)).isEqualTo("/documents/intake/" + file);
        Document shown = page(path);
        assertThat(shown.select("main").text()).contains("Entered in error");
        assertThat(shown.select("main").text()).doesNotContain("Ferreira");
        file(file, jacob, "1", "consultation");
        assertThat(documents(jacob)).isEqualTo(1);
    }

    @Test
    void words_of_a_filed_document_are_searched_and_those_of_a_scan_are_said_to_be_missing() throws Exception {
        file(
                receive("letter.pdf", Papers.pdf("The sarcoidosis is in remission; follow up in the spring")),
                eleanor,
                "1",
                "consultation");
        EntryId letter = document(eleanor);
        texts.work(letter.value());
        Document found =
                Jsoup.parse(send(post("/patients/" + eleanor + "/notes/search").param("q", "sarcoidos remission"))
                        .getContentAsString());
        assertThat(found.select("ol.found-notes a").attr("href"))
                .isEqualTo("/patients/" + eleanor + "/documents/" + letter);
        assertThat(found.select("ol.found-notes mark").eachText()).contains("sarcoidosis");
        assertThat(Jsoup.parse(send(post("/patients/" + jacob + "/notes/search").param("q", "sarcoidosis"))
                                .getContentAsString())
                        .select("ol.found-notes"))
                .isEmpty();
        assertThat(state(letter)).isEqualTo("read");

        file(receive("fax.tif", Papers.tiff(1)), jacob, "1", "consultation");
        texts.work(document(jacob).value());
        assertThat(state(document(jacob))).isIn("none", "recognized");
        assertThat(page("/patients/" + jacob + "/documents/" + document(jacob))
                        .select("main")
                        .text())
                .containsAnyOf("text recognition is not installed", "recognized from the image", "none found");
    }

    @Test
    void words_of_a_document_that_its_reader_may_not_see_give_no_hit() throws Exception {
        file(receive("letter.pdf", Papers.pdf("The sarcoidosis is in remission")), eleanor, "1", "consultation");
        texts.work(document(eleanor).value());
        database.sql("update entry set sensitivity = 'psychotherapy' where id = ?")
                .param(document(eleanor).value())
                .update();
        assertThat(Jsoup.parse(send(post("/patients/" + eleanor + "/notes/search")
                                        .param("q", "sarcoidosis"))
                                .getContentAsString())
                        .select("ol.found-notes"))
                .isEmpty();
    }

    @Test
    void uploads_of_the_page_say_what_became_of_each_file() throws Exception {
        byte[] scan = Papers.pdf("one");
        MockHttpServletResponse taken = send(multipart("/documents/intake")
                .file(new MockMultipartFile("file", "one.pdf", "application/pdf", scan))
                .param("channel", "fax"));
        assertThat(taken.getRedirectedUrl()).isEqualTo("/documents/intake");
        MockHttpServletResponse mixed = send(multipart("/documents/intake")
                .file(new MockMultipartFile("file", "again.pdf", "application/pdf", scan))
                .file(new MockMultipartFile("file", "virus.exe", "application/pdf", new byte[] {'M', 'Z', 0}))
                .param("channel", "scan"));
        assertThat(mixed.getStatus()).isEqualTo(422);
        Document page = Jsoup.parse(mixed.getContentAsString());
        SoundPage.check(page);
        assertThat(page.select("section[aria-labelledby=sent-h] li").eachText())
                .satisfiesExactly(
                        line -> assertThat(line).contains("again.pdf", "same file as “one.pdf”"),
                        line -> assertThat(line).contains("virus.exe", "a program"));
        assertThat(page.select("main tbody tr").text()).contains("one.pdf", "fax");
        assertThat(page.select("#file-hint").text()).contains("100 MB");
    }

    @Test
    void a_blank_back_is_left_out_and_a_file_that_belongs_to_nobody_is_removed_with_a_reason() throws Exception {
        UUID file = receive("scan.pdf", Papers.pdf("one", "blank"));
        Document page = page("/documents/intake/" + file);
        Document left =
                Jsoup.parse(send(form(file, "pages", page).param("leave", "2")).getContentAsString());
        assertThat(left.select("#pages").val()).isEqualTo("1");
        MockHttpServletResponse silent = send(form(file, "remove", left));
        assertThat(problems(silent)).contains("Say why");
        MockHttpServletResponse removed =
                send(form(file, "remove", page("/documents/intake/" + file)).param("reason", "Advertisement"));
        assertThat(removed.getRedirectedUrl()).isEqualTo("/documents/intake");
        assertThat(page("/documents/intake/" + file).select("main").text()).contains("Removed from the queue");
    }

    @Test
    void finishing_one_moves_on_to_the_next() throws Exception {
        UUID first = receive("1.pdf", Papers.pdf("1"));
        UUID second = receive("2.pdf", Papers.pdf("2"));
        UUID third = receive("3.pdf", Papers.pdf("3"));
        assertThat(page("/documents/intake/" + second).select(".head .tag.note").text())
                .isEqualTo("2 of 3");
        assertThat(file(second, eleanor, "1", "consultation")).isEqualTo("/documents/intake/" + third);
        assertThat(file(third, eleanor, "1", "progress-note")).isEqualTo("/documents/intake/" + first);
    }

    @Test
    void the_queue_of_another_facility_is_not_there() throws Exception {
        UUID file = actors.asSystem(house.elsewhere, () -> {
            try {
                return intake.receive("x.pdf", new ByteArrayInputStream(Papers.pdf("x")), house.elsewhere, "scan")
                        .file();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(send(get("/documents/intake/" + file)).getStatus()).isEqualTo(404);
        assertThat(send(get("/documents/intake/" + file + "/pages/1")).getStatus())
                .isEqualTo(404);
        assertThat(send(get("/documents/intake/" + file + "/content")).getStatus())
                .isEqualTo(404);
    }

    @Test
    void each_page_takes_few_statements_however_many_files_wait() throws Exception {
        UUID file = null;
        for (int i = 0; i < 12; i++) {
            file = receive(i + ".pdf", Papers.pdf("page", "page"));
        }
        file(receive("x.pdf", Papers.pdf("x")), eleanor, "1", "consultation");
        String document = "/patients/" + eleanor + "/documents/" + document(eleanor);
        for (String path : List.of(
                "/documents/intake",
                "/documents/intake/" + file,
                "/documents/intake/" + file + "/pages/1",
                "/patients/" + eleanor + "/documents",
                document,
                document + "/pages/1",
                document + "/index")) {
            assertThat(statements.fewest(() -> send(get(path)))).as(path).hasSizeLessThanOrEqualTo(MOST_STATEMENTS);
        }
    }

    // ---- help
    // ------------------------------------------------------------------------------------------------------------------

    private UUID receive(String name, byte[] content) {
        Actor who = signIns.find(house.login(SPECIALIST), null).orElseThrow().actor();
        assertThat(who.facility()).isEqualTo(house.here);
        return actors.asSystem(house.here, () -> {
            try {
                return intake.receive(name, new ByteArrayInputStream(content), house.here, "scan")
                        .file();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private String file(UUID file, PatientId patient, String pages, String type) throws Exception {
        boolean hers = patient.equals(eleanor);
        MockHttpServletResponse filed = send(index(file, patient, page("/documents/intake/" + file))
                .param("pages", pages)
                .param("mrn", hers ? "0048-2217" : "0051-0003")
                .param("birthDate", hers ? "3/11/1948" : "7/2/1990")
                .param("type", type));
        assertThat(filed.getStatus()).as(problems(filed)).isEqualTo(302);
        return String.valueOf(filed.getRedirectedUrl());
    }

    private MockHttpServletRequestBuilder index(UUID file, PatientId patient, Document page) {
        return form(file, "file", page).param("patient", patient.toString()).param("date", "3/3/2026");
    }

    private static MockHttpServletRequestBuilder form(UUID file, String action, Document page) {
        return fields(post("/documents/intake/" + file + "/" + action), page);
    }

    private static MockHttpServletRequestBuilder fields(MockHttpServletRequestBuilder request, Document page) {
        Element key = page.selectFirst("input[name=idempotencyKey]");
        return request.param("version", page.select("input[name=version]").val())
                .param("idempotencyKey", key == null ? Uuid7.next().toString() : key.val());
    }

    private Document page(String path) throws Exception {
        MockHttpServletResponse answer = send(get(path));
        assertThat(answer.getStatus()).as(path).isEqualTo(200);
        return Jsoup.parse(answer.getContentAsString());
    }

    private MockHttpServletResponse send(AbstractMockHttpServletRequestBuilder<?> request) throws Exception {
        return http.perform(request.with(user(house.login(SPECIALIST))).with(csrf()))
                .andReturn()
                .getResponse();
    }

    private static String problems(MockHttpServletResponse answer) throws Exception {
        return Jsoup.parse(answer.getContentAsString()).select("#error-summary").text();
    }

    private EntryId document(PatientId patient) {
        return new EntryId(
                database.sql("SELECT id FROM entry WHERE patient_id = ? AND type = 'document' ORDER BY id DESC LIMIT 1")
                        .param(patient.value())
                        .query(UUID.class)
                        .single());
    }

    private int documents(PatientId patient) {
        return database.sql("SELECT count(*) FROM entry WHERE patient_id = ? AND type = 'document'")
                .param(patient.value())
                .query(Integer.class)
                .single();
    }

    private byte[] download(PatientId patient) throws Exception {
        return send(get("/patients/" + patient + "/documents/" + document(patient) + "/download"))
                .getContentAsByteArray();
    }

    private String text(PatientId patient) throws Exception {
        try (PDDocument made = Loader.loadPDF(download(patient))) {
            return new PDFTextStripper().getText(made);
        }
    }

    private String state(EntryId entry) {
        return database.sql("SELECT state FROM document_text WHERE entry_id = ?")
                .param(entry.value())
                .query(String.class)
                .single();
    }

    private int events(PatientId patient, String action, String section) {
        return database.sql("""
                        SELECT count(*) FROM audit_event
                        WHERE patient_id = :patient AND action = :action AND subject_id = :section
                        """)
                .params(Map.of("patient", patient.value(), "action", action, "section", section))
                .query(Integer.class)
                .single();
    }
}
