package org.chartkeeper.exchange.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.chartkeeper.access.Access;
import org.chartkeeper.access.House;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.testing.ChartkeeperTest;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.RequestBuilder;
import org.springframework.test.web.servlet.request.AbstractMockHttpServletRequestBuilder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@ChartkeeperTest
class ImportPagesTest {

    private static final String PATH = "/exchange/imports";

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

    private House house;

    @BeforeEach
    void people() {
        house = House.shared(provisioning, access, actors, new TransactionTemplate(transactionManager));
    }

    private MockHttpServletResponse answer(String role, AbstractMockHttpServletRequestBuilder<?> request)
            throws Exception {
        return http.perform(
                        (RequestBuilder) request.with(user(house.login(role))).with(csrf()))
                .andReturn()
                .getResponse();
    }

    private Document page(String path) throws Exception {
        MockHttpServletResponse response = answer("administrator", get(path));
        assertThat(response.getStatus()).isEqualTo(200);
        return Jsoup.parse(response.getContentAsString());
    }

    private AbstractMockHttpServletRequestBuilder<?> upload(String content, String key) {
        return multipart(PATH)
                .file(new MockMultipartFile(
                        "file", "visit.json", "application/json", content.getBytes(StandardCharsets.UTF_8)))
                .param("facility", house.here.toString())
                .param("source", "pages-" + key)
                .param("idempotencyKey", key);
    }

    private static String bundle(String id) {
        return """
                {"resourceType":"Bundle","type":"collection","entry":[
                 {"resource":{"resourceType":"Patient","id":"p","name":[{"family":"Uploaded","given":["Ida"]}],
                  "identifier":[{"system":"urn:example:pages","value":"%s"}]}},
                 {"resource":{"resourceType":"Observation","id":"o","status":"final","code":{"text":"Pulse"},
                  "subject":{"reference":"Patient/p"},"valueQuantity":{"value":72,"unit":"/min"}}},
                 {"resource":{"id":"nameless"}}]}
                """.formatted(id);
    }

    /** Waits for the job queue. */
    private Document finished(String path) throws Exception {
        Instant limit = Instant.now().plus(Duration.ofSeconds(90));
        Document page = page(path);
        while (page.selectFirst("#progress").hasAttr("hx-get") && Instant.now().isBefore(limit)) {
            Thread.sleep(300);
            page = page(path);
        }
        return page;
    }

    @Test
    void an_uploaded_bundle_is_imported_as_a_job_and_its_page_tells_what_became_of_it() throws Exception {
        String key = UUID.randomUUID().toString();
        MockHttpServletResponse response = answer("administrator", upload(bundle(key), key));
        assertThat(response.getStatus()).isIn(302, 303);

        Document page = finished(response.getRedirectedUrl());

        assertThat(page.selectFirst("#progress .tag").text()).isEqualTo("Done");
        assertThat(page.select("tbody tr:has(th:containsOwn(Observation)) td").eachText())
                .containsExactly("1", "1", "0", "0", "0", "0");
        assertThat(page.select("tfoot td").eachText()).containsExactly("3", "2", "0", "0", "0", "1");
        assertThat(page.select("table:has(caption:containsOwn(refused)) tbody tr")
                        .eachText())
                .singleElement()
                .asString()
                .contains("Refused", "visit.json", "3", "resourceType is missing");
        assertThat(page(PATH)
                        .select("a[href=" + response.getRedirectedUrl() + "]")
                        .text())
                .isEqualTo("visit.json");
    }

    @Test
    void a_submit_that_comes_twice_makes_one_run() throws Exception {
        String key = UUID.randomUUID().toString();
        String first = answer("administrator", upload(bundle(key), key)).getRedirectedUrl();

        assertThat(answer("administrator", upload(bundle(key), key)).getRedirectedUrl())
                .isEqualTo(first);
        finished(first);
    }

    @Test
    void while_a_run_is_open_its_state_is_asked_for_again_and_can_be_read_without_script() throws Exception {
        UUID run = UUID.randomUUID();
        database.sql("""
                        insert into import_run (id, source, facility_id, started_by, origin, label, state, fingerprint, created_at)
                        values (?, 'x', ?, ?, 'upload', 'big.ndjson', 'running', '', now())
                        """)
                .params(run, house.here.value(), house.user("administrator").value())
                .update();

        Document page = page(PATH + "/" + run);

        assertThat(page.selectFirst("#progress").attr("hx-get")).isEqualTo(PATH + "/" + run + "/progress");
        assertThat(page.selectFirst("#progress progress").attr("value")).isEqualTo("0");
        assertThat(page.select("#progress a").text()).isEqualTo("Refresh");
        answer("administrator", post(PATH + "/" + run + "/cancel"));
        assertThat(page(PATH + "/" + run).selectFirst("#progress .tag").text()).isEqualTo("Stopping");
        database.sql("update import_run set state = 'cancelled' where id = ?")
                .param(run)
                .update();
        assertThat(answer("administrator", get(PATH + "/" + run + "/progress")).getHeader("HX-Refresh"))
                .isEqualTo("true");
        assertThat(page(PATH + "/" + run).select("button:containsOwn(Go on)")).hasSize(1);
    }

    @Test
    void a_file_that_holds_no_records_is_refused_with_everything_kept() throws Exception {
        MockHttpServletResponse response =
                answer("administrator", upload("Name,Born\n", UUID.randomUUID().toString()));

        assertThat(response.getStatus()).isEqualTo(422);
        Document page = Jsoup.parse(response.getContentAsString());
        assertThat(page.selectFirst("#error-summary a").attr("href")).isEqualTo("#file");
        assertThat(page.selectFirst("#source").val()).startsWith("pages-");
        assertThat(page.selectFirst("#facility option[selected]").val()).isEqualTo(house.here.toString());
    }

    @Test
    void an_unknown_run_and_somebody_without_the_permission_get_nothing() throws Exception {
        assertThat(answer("administrator", get(PATH + "/" + UUID.randomUUID())).getStatus())
                .isEqualTo(404);
        assertThat(answer("administrator", get(PATH + "/nonsense")).getStatus()).isEqualTo(404);
        assertThat(answer("clinician", get(PATH)).getStatus()).isEqualTo(403);
        assertThat(answer("records-specialist", upload(bundle("x"), "x")).getStatus())
                .isEqualTo(403);
    }

    @Test
    void nothing_waits_for_a_person_is_said_so() throws Exception {
        assertThat(page(PATH + "/parked").select("main").text()).contains("Changes that wait for a person");
    }
}
