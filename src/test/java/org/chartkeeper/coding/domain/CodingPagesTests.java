package org.chartkeeper.coding.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.chartkeeper.access.Access;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.ChartWriter.Written;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.chart.Signing;
import org.chartkeeper.coding.Book;
import org.chartkeeper.coding.CaseStep;
import org.chartkeeper.coding.CodeEdit;
import org.chartkeeper.coding.CodingCases;
import org.chartkeeper.coding.SecondReviews;
import org.chartkeeper.patient.Registrations;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.terminology.CodeSystem;
import org.chartkeeper.testing.ChartkeeperTest;
import org.chartkeeper.testing.SoundPage;
import org.chartkeeper.testing.StatementCounter;
import org.chartkeeper.testing.TestClock;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The queue, the workbench and the query as a browser without script meets them. */
@ChartkeeperTest
class CodingPagesTests {

    @Autowired
    MockMvc http;

    @Autowired
    CodingCases cases;

    @Autowired
    StatementCounter statements;

    CodingFixture coding;
    PatientId patrick;
    EncounterId visit;
    Written note;
    UUID id;

    @BeforeEach
    void fixture(
            @Autowired Provisioning provisioning,
            @Autowired Registrations registrations,
            @Autowired Encounters encounters,
            @Autowired ChartWriter writer,
            @Autowired Signing signing,
            @Autowired CurrentActor actors,
            @Autowired TestClock clock,
            @Autowired JdbcClient jdbc,
            @Autowired PlatformTransactionManager transactions) {
        coding = new CodingFixture(
                provisioning, registrations, encounters, writer, signing, cases, actors, clock, jdbc, transactions);
        patrick = coding.patrick();
        visit = coding.visit(patrick, "ambulatory", "finished");
        note = coding.note(patrick, visit, CodingFixture.NOTE);
        id = coding.work(visit).id();
    }

    private MockHttpServletResponse answer(MockHttpServletRequestBuilder request, String login) throws Exception {
        return http.perform(request.with(user(login)).with(csrf())).andReturn().getResponse();
    }

    private Document page(String address, String login) throws Exception {
        MockHttpServletResponse answer = answer(MockMvcRequestBuilders.get(URI.create(address)), login);
        assertThat(answer.getStatus()).isEqualTo(200);
        Document page = Jsoup.parse(answer.getContentAsString(), "http://localhost/");
        SoundPage.check(page);
        return page;
    }

    /** What is in the queue, on whichever page of it: all tests share the hospital. */
    private Elements queued(String row) throws Exception {
        Document page = page("/coding/queue", coding.here.coder());
        while (page.select(row).isEmpty() && page.selectFirst("a[rel=next]") instanceof Element next) {
            page = page(next.attr("href"), coding.here.coder());
        }
        return page.select(row);
    }

    private MockHttpServletRequestBuilder post(String address, String action) {
        return MockMvcRequestBuilders.post(address)
                .param("patient", patrick.toString())
                .param("version", Integer.toString(coding.desk(id).work().version()))
                .param("do", action);
    }

    @Test
    void the_queue_shows_what_is_discharged_and_not_final_coded() throws Exception {
        assertThat(queued("table.list tbody tr:has(a[href$=" + id + "])").text())
                .contains("Brennan, Patrick", "Outpatient, professional", "Not coded");
    }

    @Test
    void the_queue_takes_no_more_than_a_dozen_statements() throws Exception {
        assertThat(statements.fewest(() -> page("/coding/queue", coding.here.coder())))
                .hasSizeLessThanOrEqualTo(12);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/coding/queue?state=final-coded",
                "/coding/queries",
                "/coding/queries?show=all",
                "/coding/reviews",
                "/coding/accuracy",
                "/coding/indexes",
                "/coding/indexes?by=physician",
                "/coding/prescriptions",
                "/codes?q=diabetes",
                "/admin/code-sets"
            })
    void a_page_takes_no_more_than_a_dozen_statements(String path) throws Exception {
        assertThat(statements.fewest(() -> page(path, coding.here.coder()))).hasSizeLessThanOrEqualTo(12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/query", "/history"})
    void a_page_of_a_case_takes_no_more_than_a_dozen_statements_with_many_codes_and_queries(String page)
            throws Exception {
        for (String code : List.of("J44.1", "I10", "E11.9", "N18.9", "J18.9")) {
            coding.add(id, code, "COPD");
        }
        assertThat(statements.fewest(() -> page("/coding/" + id + page, coding.here.coder())))
                .hasSizeLessThanOrEqualTo(12);
    }

    @Test
    void a_character_that_no_text_has_is_refused() throws Exception {
        assertThat(answer(MockMvcRequestBuilders.get("/coding/queue").param("state", "\u0000"), coding.here.coder())
                        .getStatus())
                .isEqualTo(400);
    }

    @Test
    void of_thousands_of_values_those_out_of_range_and_the_newest_are_offered() throws Exception {
        coding.values(patrick, visit, 320);

        Document page = page("/coding/" + id, coding.here.coder());

        assertThat(page.select("#sources h3").eachText()).anyMatch(each -> each.startsWith("Values: 300 of 320"));
        assertThat(page.select("#sources .data .sentence")).hasSize(300);
        assertThat(page.select("#sources .data").text()).contains("(H)");
    }

    @Test
    void the_workbench_takes_no_more_than_a_dozen_statements() throws Exception {
        coding.add(id, "J44.1", "COPD");
        assertThat(statements.fewest(() -> page("/coding/" + id, coding.here.coder())))
                .hasSizeLessThanOrEqualTo(12);
    }

    @Test
    void the_workbench_shows_the_documentation_by_sentences_and_the_codes_with_their_evidence() throws Exception {
        coding.add(id, "J44.1", "COPD");

        Document page = page("/coding/" + id, coding.here.coder());

        assertThat(page.select("label:has(input[type=radio][name=sentence])").eachText())
                .contains("Assessment: COPD with acute exacerbation.");
        assertThat(page.select("table.codes tr:has(a:contains(J44.1))").text())
                .contains("first-listed", "COPD with acute exacerbation.", "Progress note");
        assertThat(page.select("header.patient").text()).contains("Brennan, Patrick");
    }

    @Test
    void a_code_is_added_by_its_form_and_the_page_comes_back() throws Exception {
        MockHttpServletResponse answer = answer(post("/coding/" + id, "add").param("add", "I10"), coding.here.coder());

        assertThat(answer.getStatus()).isBetween(302, 303);
        assertThat(answer.getRedirectedUrl()).isEqualTo("/coding/" + id);
        assertThat(coding.line(id, "I10").role()).isEqualTo("principal");
    }

    @Test
    void what_is_no_code_is_refused_beside_the_case_and_changes_nothing() throws Exception {
        MockHttpServletResponse answer = answer(post("/coding/" + id, "add").param("add", "I１0"), coding.here.coder());

        assertThat(answer.getStatus()).isEqualTo(422);
        assertThat(Jsoup.parse(answer.getContentAsString())
                        .select("[role=alert]")
                        .text())
                .contains("is no code of");
        assertThat(coding.desk(id).diagnoses()).isEmpty();
    }

    @Test
    void a_form_that_names_another_patient_is_refused() throws Exception {
        PatientId other = coding.patrick();

        MockHttpServletResponse answer = answer(
                MockMvcRequestBuilders.post("/coding/" + id)
                        .param("patient", other.toString())
                        .param("version", "0")
                        .param("do", "add")
                        .param("add", "I10"),
                coding.here.coder());

        assertThat(answer.getStatus()).isEqualTo(403);
        assertThat(coding.desk(id).diagnoses()).isEmpty();
    }

    @Test
    void a_form_of_a_case_that_has_moved_on_shows_how_it_stands_now() throws Exception {
        MockHttpServletRequestBuilder late = post("/coding/" + id, "add").param("add", "I10");
        coding.add(id, "J44.1", "COPD");

        MockHttpServletResponse answer = answer(late, coding.here.coder());

        assertThat(answer.getStatus()).isEqualTo(422);
        assertThat(answer.getContentAsString()).contains("changed elsewhere", "J44.1");
    }

    @Test
    void a_clinician_has_no_workbench() throws Exception {
        assertThat(answer(MockMvcRequestBuilders.get("/coding/" + id), coding.here.clinician())
                        .getStatus())
                .isEqualTo(403);
    }

    @Test
    void finalizing_too_early_says_what_stands_against_it() throws Exception {
        MockHttpServletResponse answer = answer(post("/coding/" + id + "/step", "finalize"), coding.here.coder());

        assertThat(answer.getStatus()).isEqualTo(422);
        assertThat(Jsoup.parse(answer.getContentAsString())
                        .select("[role=alert]")
                        .text())
                .contains("No first-listed diagnosis");
    }

    @Test
    void a_query_is_refused_with_the_rules_that_it_breaks_beside_its_fields_and_keeps_what_was_typed()
            throws Exception {
        coding.add(id, "J44.1", "COPD");
        Document form = page("/coding/" + id + "/query", coding.here.coder());
        assertThat(form.select("label[for=title]").text()).isEqualTo("Title");

        MockHttpServletResponse answer = answer(
                post("/coding/" + id + "/query", "")
                        .param("key", UUID.randomUUID().toString())
                        .param("to", coding.here.okafor().toString())
                        .param("form", "choice")
                        .param("purpose", "new")
                        .param("title", "Pulmonary disease?")
                        .param("question", "It would raise the DRG.")
                        .param("option-1", "Acute kidney injury"),
                coding.here.coder());

        assertThat(answer.getStatus()).isEqualTo(422);
        Document page = Jsoup.parse(answer.getContentAsString());
        assertThat(page.select("[role=alert]").text()).contains("QY-1", "QY-2", "QY-3", "QY-5");
        assertThat(page.select("#title").val()).isEqualTo("Pulmonary disease?");
        assertThat(page.select(".field:has(#question) .wrong").text()).contains("DRG");
    }

    @Test
    void a_query_about_a_code_begins_with_its_template_and_the_words_that_the_code_rests_on() throws Exception {
        coding.add(id, "J44.1", "COPD");

        Document form = page(
                "/coding/" + id + "/query?template=findings&line="
                        + coding.line(id, "J44.1").id(),
                coding.here.coder());

        assertThat(form.select("#title").val()).isEqualTo("Meaning of clinical findings");
        assertThat(form.select("#form option[selected]").val()).isEqualTo("open");
        assertThat(form.select("label.pick:has(input[checked])").eachText())
                .containsExactly("Assessment: COPD with acute exacerbation.");
        assertThat(form.select("nav[aria-label='Begin with a template'] a[aria-current=true]")
                        .text())
                .isEqualTo("findings without diagnosis");
    }

    /** Where the clinician finds the query of this case, among those of other tests. */
    private String waiting(String title) throws Exception {
        UUID query = coding.jdbc
                .sql("SELECT id FROM coding_query WHERE case_id = :id")
                .param("id", id)
                .query(UUID.class)
                .single();
        Element link = page("/queries", coding.here.clinician()).selectFirst("a[href$=/queries/" + query + "]");
        assertThat(link).isNotNull();
        assertThat(link.text()).contains(title);
        return link.attr("href");
    }

    @Test
    void a_query_is_sent_and_answered_and_the_case_shows_the_answer() throws Exception {
        coding.add(id, "J44.1", "COPD");
        var words = coding.words(id, "Creatinine 2.4");
        MockHttpServletResponse sent = answer(
                post("/coding/" + id + "/query", "")
                        .param("key", UUID.randomUUID().toString())
                        .param("to", coding.here.okafor().toString())
                        .param("note", note.entry().toString())
                        .param("form", "choice")
                        .param("purpose", "new")
                        .param("title", "Clarification of the laboratory values")
                        .param("question", "What do these values stand for?")
                        .param("option-1", "Acute kidney injury")
                        .param("option-2", "Chronic kidney disease")
                        .param("indicator", words.key()),
                coding.here.coder());
        assertThat(sent.getStatus()).isBetween(302, 303);
        assertThat(page("/coding/queries", coding.here.coder())
                        .select("tr:contains(Clarification of the laboratory values) td")
                        .text())
                .as("a patient is never told by the name alone")
                .contains("Brennan, Patrick", "MRN ");
        String path = waiting("Clarification of the laboratory values");
        Document asked = page(path, coding.here.clinician());
        assertThat(asked.select("li:has(q)").text()).contains("Creatinine 2.4");
        assertThat(asked.select("input[name=option]").eachAttr("value"))
                .containsExactly("Acute kidney injury", "Chronic kidney disease", "Other", "Unable to determine");

        MockHttpServletResponse answered = answer(
                MockMvcRequestBuilders.post(path)
                        .param("patient", patrick.toString())
                        .param("idempotencyKey", UUID.randomUUID().toString())
                        .param("option", "Acute kidney injury")
                        .param("password", CodingFixture.PASSWORD),
                coding.here.clinician());

        assertThat(answered.getStatus()).isBetween(302, 303);
        assertThat(page("/coding/" + id, coding.here.coder())
                        .select("section:has(h2:contains(Queries))")
                        .text())
                .contains("answered", "Acute kidney injury.");
        assertThat(page("/coding/queries?show=all", coding.here.coder()).text())
                .contains("Clarification of the laboratory values");
    }

    @Test
    void a_wrong_password_signs_nothing() throws Exception {
        coding.add(id, "J44.1", "COPD");
        var words = coding.words(id, "Creatinine 2.4");
        answer(
                post("/coding/" + id + "/query", "")
                        .param("key", UUID.randomUUID().toString())
                        .param("to", coding.here.okafor().toString())
                        .param("form", "open")
                        .param("purpose", "new")
                        .param("title", "Clarification of the values, again")
                        .param("question", "What do these values stand for?")
                        .param("indicator", words.key()),
                coding.here.coder());
        String path = waiting("Clarification of the values, again");

        MockHttpServletResponse refused = answer(
                MockMvcRequestBuilders.post(path)
                        .param("patient", patrick.toString())
                        .param("idempotencyKey", UUID.randomUUID().toString())
                        .param("words", "Acute kidney injury.")
                        .param("password", "wrong"),
                coding.here.clinician());

        assertThat(refused.getStatus()).isEqualTo(422);
        assertThat(refused.getContentAsString()).contains("not your password", "Acute kidney injury.");
        assertThat(coding.work(visit).state()).isEqualTo("query pending");
    }

    @Test
    void the_comparison_shows_what_one_of_two_coders_alone_gave_and_what_goes_with_the_codes(
            @Autowired SecondReviews reviews) throws Exception {
        coding.edit(id, new CodeEdit.Add(true, null, "99213", null, coding.words(id, "COPD"), "typed"));
        coding.edit(id, modifier("25"));
        coding.review(100);
        try {
            coding.step(coding.coded(patrick, visit), new CaseStep.Finalize(""));
        } finally {
            coding.review(0);
        }
        for (String code : List.of("J44.1", "I10")) {
            second(new CodeEdit.Add(false, null, code, null, null, "typed"));
        }
        second(new CodeEdit.Add(true, null, "99213", null, null, "typed"));
        coding.as(coding.here.colleague(), actor -> {
            reviews.compare(actor, id, patrick);
            return "";
        });

        Document page = page("/coding/" + id + "/comparison", coding.here.colleague());

        assertThat(page.select("tr:has(th:contains(diagnosis))").text()).contains("— I10");
        assertThat(page.select("tr:has(th:contains(modifiers of 99213))").text())
                .contains("25 —");
        assertThat(page.select("select[aria-label='Who is right at modifiers of 99213']"))
                .hasSize(1);
    }

    private void second(CodeEdit edit) {
        coding.edit(coding.here.colleague(), id, Book.REVIEW, edit);
    }

    private CodeEdit modifier(String modifier) {
        return new CodeEdit.Detail(
                coding.desk(id).procedures().get(0).id(),
                LocalDate.of(2026, 11, 2),
                coding.here.okafor(),
                List.of(modifier),
                BigDecimal.ONE,
                List.of());
    }

    @Test
    void the_figures_of_the_accuracy_can_be_taken_away_as_a_table() throws Exception {
        coding.step(coding.coded(patrick, visit), new CaseStep.Finalize(""));

        MockHttpServletResponse answer =
                answer(MockMvcRequestBuilders.get("/coding/accuracy.csv"), coding.here.supervisor());

        assertThat(answer.getContentType()).startsWith("text/csv");
        assertThat(answer.getContentAsString().lines().toList())
                .anySatisfy(line -> assertThat(line).matches("\"\\d{4}-\\d{2}\",\"T\\. Ahn\",\"[1-9].*"));
    }

    @Test
    void the_figures_of_accuracy_are_open_to_every_coder_and_shares_to_the_supervisor_only() throws Exception {
        assertThat(page("/coding/accuracy", coding.here.coder()).select("h2").eachText())
                .contains("By month")
                .doesNotContain("How many are reviewed");
        assertThat(page("/coding/accuracy", coding.here.supervisor())
                        .select("label")
                        .eachText())
                .contains("T. Ahn");
        assertThat(page("/coding/reviews", coding.here.coder()).select("h1").text())
                .isEqualTo("Second reviews");
    }

    @Test
    void what_was_typed_stands_in_its_field_again_when_it_is_refused() throws Exception {
        MockHttpServletResponse answer = answer(
                MockMvcRequestBuilders.post("/coding/" + id)
                        .param("patient", patrick.toString())
                        .param("version", "0")
                        .param("do", "add")
                        .param("add", "no such code"),
                coding.here.coder());

        assertThat(answer.getStatus()).isEqualTo(422);
        assertThat(Jsoup.parse(answer.getContentAsString()).select("#add").val())
                .isEqualTo("no such code");
    }

    @Test
    void what_stands_against_finalizing_leads_to_the_code_that_it_is_about() throws Exception {
        coding.edit(id, new CodeEdit.Add(false, null, "I10", null, null, "typed"));
        String line = "#code-" + coding.line(id, "I10").id();
        MockHttpServletResponse answer = answer(
                MockMvcRequestBuilders.post("/coding/" + id + "/step")
                        .param("patient", patrick.toString())
                        .param("version", String.valueOf(coding.work(visit).version()))
                        .param("do", "finalize"),
                coding.here.coder());

        Document page = Jsoup.parse(answer.getContentAsString());
        assertThat(page.select("#error-summary a").eachAttr("href")).contains(line);
        assertThat(page.select(".stops a").eachAttr("href")).contains(line);
        assertThat(page.select(line)).hasSize(1);
    }

    @Test
    void a_case_that_is_opened_from_a_list_shows_its_place_and_keeps_the_list() throws Exception {
        Document queue = page("/coding/queue?whose=all&kind=professional", coding.here.coder());
        String link = queue.select("table.list th a").first().attr("href");
        assertThat(link).contains("list=");

        Document bench = Jsoup.parse(answer(MockMvcRequestBuilders.get(java.net.URI.create(link)), coding.here.coder())
                .getContentAsString());

        assertThat(bench.select(".place").text()).contains("1 of ");
        assertThat(bench.select("form#step input[name=list]").val()).isEqualTo("whose=all&kind=professional");
        assertThat(bench.select("a:contains(Ask the clinician)").attr("href"))
                .endsWith("/query?list=whose%3Dall%26kind%3Dprofessional");
    }

    @Test
    void whoever_may_review_a_case_is_led_to_code_it_blind() throws Exception {
        UUID coded = coding.coded(patrick, visit);
        coding.review(100);
        coding.step(coded, new CaseStep.Finalize(""));
        coding.review(0);

        MockHttpServletResponse answer =
                answer(MockMvcRequestBuilders.get("/coding/" + coded), coding.here.supervisor());
        assertThat(answer.getRedirectedUrl()).isEqualTo("/coding/" + coded + "/second");
        for (String page : List.of("/history", "/query", "/comparison")) {
            assertThat(answer(MockMvcRequestBuilders.get("/coding/" + coded + page), coding.here.supervisor())
                            .getStatus())
                    .isEqualTo(404);
        }
        assertThat(page("/coding/" + coded + "/second", coding.here.supervisor())
                        .select("tr[data-line]"))
                .isEmpty();
    }

    @Test
    void a_specialist_finds_the_worklist_of_prescriptions_in_the_rail() throws Exception {
        assertThat(page("/", coding.here.specialist()).select("nav a").eachAttr("href"))
                .contains("/coding/prescriptions")
                .doesNotContain("/coding/queue", "/coding/queries");
    }

    @Test
    void a_clinician_finds_the_queries_in_the_rail() throws Exception {
        assertThat(page("/", coding.here.clinician()).select("nav a").eachAttr("href"))
                .contains("/queries")
                .doesNotContain("/coding/queries", "/coding/prescriptions");
    }

    @Test
    void the_day_of_a_procedure_stands_on_its_line() throws Exception {
        coding.edit(id, new CodeEdit.Add(true, CodeSystem.HCPCS, "G0008", null, null, "typed"));
        UUID line = coding.desk(id).procedures().get(0).id();
        answer(
                post("/coding/" + id, "detail:" + line)
                        .param("on-" + line, "11/2/2026")
                        .param("modifiers-" + line, "25"),
                coding.here.coder());

        assertThat(page("/coding/" + id, coding.here.coder())
                        .select("#line-" + line + " .title")
                        .text())
                .contains("2 Nov 2026 · modifiers 25");
    }

    @Test
    void no_reason_is_no_reason_for_a_code_without_evidence() throws Exception {
        coding.edit(id, new CodeEdit.Add(false, null, "I10", null, null, "typed"));
        String line = "unsupported:" + coding.line(id, "I10").id();

        assertThat(answer(post("/coding/" + id, line), coding.here.coder()).getStatus())
                .isEqualTo(422);
        answer(
                post("/coding/" + id, line)
                        .param("unsupported-" + coding.line(id, "I10").id(), "by telephone"),
                coding.here.coder());
        assertThat(coding.line(id, "I10").unsupported()).isEqualTo("by telephone");
        answer(post("/coding/" + id, line), coding.here.coder());
        assertThat(coding.line(id, "I10").unsupported())
                .as("taken back by its own button")
                .isNull();
    }

    @Test
    void a_query_is_open_to_the_clinician_whom_it_asks_and_to_no_other_who_treats_the_patient(
            @Autowired Access access, @Autowired PlatformTransactionManager transactions) throws Exception {
        coding.add(id, "J44.1", "COPD");
        answer(
                post("/coding/" + id + "/query", "")
                        .param("key", UUID.randomUUID().toString())
                        .param("to", coding.here.okafor().toString())
                        .param("form", "open")
                        .param("purpose", "new")
                        .param("title", "Clarification for one reader")
                        .param("question", "What do these values stand for?")
                        .param("indicator", coding.words(id, "Creatinine 2.4").key()),
                coding.here.coder());
        String path = page("/queries", coding.here.clinician())
                .selectFirst("a:contains(Clarification for one reader)")
                .attr("href");

        coding.as(
                coding.here.otherClinician(),
                actor -> new TransactionTemplate(transactions).execute(status -> {
                    access.careRelation(new Access.CareRelation(
                            patrick, Objects.requireNonNull(actor.practitioner()), "covering", null, null));
                    return true;
                }));

        assertThat(answer(MockMvcRequestBuilders.get(path), coding.here.clinician())
                        .getStatus())
                .isEqualTo(200);
        assertThat(answer(MockMvcRequestBuilders.get(path), coding.here.otherClinician())
                        .getStatus())
                .isEqualTo(404);
    }
}
