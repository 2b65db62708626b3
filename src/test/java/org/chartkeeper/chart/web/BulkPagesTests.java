package org.chartkeeper.chart.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.testing.ChartkeeperTest;
import org.chartkeeper.testing.StatementCounter;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** The pages of bulk correction as a supervisor finds them. */
@ChartkeeperTest
class BulkPagesTests {

    private static final String SUPERVISOR = "supervisor";

    @Autowired
    ApplicationContext context;

    @Autowired
    StatementCounter counter;

    Charts charts;
    PatientId patient;

    @BeforeEach
    void aChart() {
        charts = new Charts(context);
        patient = charts.eleanor();
    }

    private static Content heartFailure(String code) {
        return new Content.Condition(
                false,
                Concept.of(Concept.ICD10CM, code, "Heart failure"),
                "active",
                "confirmed",
                null,
                "2019",
                null,
                null,
                null);
    }

    private MockHttpServletRequestBuilder order(String former, String correct, String reason) {
        return post("/corrections")
                .param("rule", "code")
                .param("facility", charts.house.here.toString())
                .param("type", "condition")
                .param("system", Concept.ICD10CM)
                .param("former", former)
                .param("correct", correct)
                .param("reason", reason)
                .param("idempotencyKey", Charts.key());
    }

    /** The page of a batch when its job has ended, which takes a moment. */
    private Document ended(String path) throws Exception {
        for (int i = 0; i < 300; i++) {
            Document page = charts.page(SUPERVISOR, path);
            if (page.select("#progress[hx-get]").isEmpty()) {
                return page;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("the job did not end");
    }

    @Test
    void what_is_affected_is_shown_before_anything_changes_and_can_be_put_back_afterwards() throws Exception {
        charts.dictated(patient, charts.visit(patient), heartFailure("I50.9"));
        String path = charts.answer(SUPERVISOR, order("I50.9", "I50.32", "Template was wrong"))
                .getRedirectedUrl();
        Document dry = ended(path);
        assertThat(dry.selectFirst("#progress .tag").text()).isEqualTo("dry run");
        Element row = dry.selectFirst("table tbody tr");
        assertThat(row.text()).contains("Whitfield, Eleanor").contains("I50.9").contains("I50.32");
        Document applied = step(dry, "Correct these 1");
        assertThat(applied.selectFirst("#progress .tag").text()).isEqualTo("applied");
        Document undone = step(applied, "Undo: put 1 back");
        assertThat(undone.selectFirst("table tbody tr .tag").text()).isEqualTo("undone");
    }

    private Document step(Document page, String button) throws Exception {
        Element form =
                page.select("form:has(button:containsOwn(" + button + "))").first();
        MockHttpServletResponse answer = charts.answer(
                SUPERVISOR,
                post(form.attr("action"))
                        .param(
                                "version",
                                form.selectFirst("input[name=version]").val())
                        .param(
                                "idempotencyKey",
                                form.selectFirst("input[name=idempotencyKey]").val()));
        return ended(answer.getRedirectedUrl());
    }

    @Test
    void bad_input_is_said_at_its_field_and_nothing_typed_is_lost() throws Exception {
        MockHttpServletResponse answer = charts.answer(SUPERVISOR, order("I50.9", "I50.9", ""));
        assertThat(answer.getStatus()).isEqualTo(422);
        Document page = Jsoup.parse(answer.getContentAsString());
        assertThat(page.select("#reason-error").text()).contains("Say why");
        assertThat(page.select("#correct-error").text()).contains("stands already");
        assertThat(page.selectFirst("input[name=former]").val()).isEqualTo("I50.9");
    }

    @Test
    void a_code_that_no_loaded_list_has_needs_its_title() throws Exception {
        MockHttpServletResponse answer = charts.answer(SUPERVISOR, order("I50.9", "X99.ZZ", "Wrong"));
        assertThat(Jsoup.parse(answer.getContentAsString())
                        .select("#title-error")
                        .text())
                .contains("give its title");
    }

    @Test
    void the_batch_of_another_facility_is_as_if_not_there() throws Exception {
        String path = charts.answer(SUPERVISOR, order("I50.9", "I50.32", "Template was wrong"))
                .getRedirectedUrl();
        Charts others = new Charts(context);
        assertThat(others.answer(
                                SUPERVISOR,
                                org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get(path))
                        .getStatus())
                .isEqualTo(404);
    }

    @Test
    void a_batch_takes_twelve_statements_at_most_for_many_entries() throws Exception {
        for (int i = 0; i < 12; i++) {
            PatientId each = charts.eleanor();
            charts.dictated(each, charts.visit(each), heartFailure("I50.9"));
        }
        String path = charts.answer(SUPERVISOR, order("I50.9", "I50.32", "Template was wrong"))
                .getRedirectedUrl();
        assertThat(ended(path).select("[data-list-keys] tbody tr")).hasSize(12);
        assertThat(counter.fewest(() -> charts.page(SUPERVISOR, path)).size()).isLessThanOrEqualTo(12);
    }
}
