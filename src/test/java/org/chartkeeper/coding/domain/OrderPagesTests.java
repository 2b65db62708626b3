package org.chartkeeper.coding.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import java.net.URI;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.ChartWriter.Written;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.chart.Signing;
import org.chartkeeper.coding.CodingCases;
import org.chartkeeper.patient.Registrations;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.testing.ChartkeeperTest;
import org.chartkeeper.testing.SoundPage;
import org.chartkeeper.testing.StatementCounter;
import org.chartkeeper.testing.TestClock;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.transaction.PlatformTransactionManager;

/** The worklist of prescriptions and the bench of one as a browser without script meets them. */
@ChartkeeperTest
class OrderPagesTests {

    @Autowired
    MockMvc http;

    @Autowired
    OrderRecheck recheck;

    @Autowired
    StatementCounter statements;

    CodingFixture coding;
    PatientId patrick;
    Written order;

    @BeforeEach
    void fixture(
            @Autowired Provisioning provisioning,
            @Autowired Registrations registrations,
            @Autowired Encounters encounters,
            @Autowired ChartWriter writer,
            @Autowired Signing signing,
            @Autowired CodingCases cases,
            @Autowired CurrentActor actors,
            @Autowired TestClock clock,
            @Autowired JdbcClient jdbc,
            @Autowired PlatformTransactionManager transactions) {
        coding = new CodingFixture(
                provisioning, registrations, encounters, writer, signing, cases, actors, clock, jdbc, transactions);
        patrick = coding.patrick();
        EncounterId visit = coding.visit(patrick, "ambulatory", "finished");
        coding.note(patrick, visit, CodingFixture.NOTE);
        order = coding.order(patrick, visit, "Lisinopril 10 MG Oral Tablet", "1 tablet by mouth QD", "30 tablet", 30);
        recheck.work(() -> false);
    }

    private String path() {
        return "/coding/prescriptions/" + order.entry();
    }

    private MockHttpServletResponse answer(MockHttpServletRequestBuilder request) throws Exception {
        return http.perform(request.with(user(coding.here.coder())).with(csrf()))
                .andReturn()
                .getResponse();
    }

    private Document page(String address) throws Exception {
        return page(URI.create(address));
    }

    private Document page(URI address) throws Exception {
        MockHttpServletResponse answer = answer(MockMvcRequestBuilders.get(address));
        assertThat(answer.getStatus()).isEqualTo(200);
        Document page = Jsoup.parse(answer.getContentAsString(), "http://localhost/");
        SoundPage.check(page);
        return page;
    }

    private MockHttpServletRequestBuilder post(String action) {
        return MockMvcRequestBuilders.post(path())
                .param("patient", patrick.toString())
                .param("version", Integer.toString(order.version()))
                .param("do", action);
    }

    /** The line of the order, on whichever page of the list: all tests share the hospital. */
    private Element row(String address) throws Exception {
        String own = "table.orders tr:has(a[href$=" + order.entry() + "])";
        Document page = page(address);
        while (page.select(own).isEmpty() && page.selectFirst("a[rel=next]") instanceof Element next) {
            page = page(URI.create(next.attr("href")));
        }
        Element row = page.selectFirst(own);
        assertThat(row).isNotNull();
        return row;
    }

    @Test
    void a_line_names_the_patient_with_birth_date_and_mrn_the_order_the_finding_and_the_prescriber() throws Exception {
        assertThat(row("/coding/prescriptions").text())
                .contains("Brennan, Patrick", "17 Apr 1959", "MRN")
                .contains("Lisinopril 10 MG Oral Tablet", "1 tablet by mouth QD", "RX-22", "Hard stop", "Okafor");
    }

    @Test
    void the_list_is_filtered_by_severity_rule_prescriber_and_age() throws Exception {
        String okafor = coding.here.okafor().toString();

        row("/coding/prescriptions?severity=H&rule=RX-26&age=1&prescriber=" + okafor);
        assertThat(page("/coding/prescriptions?rule=CS-01").select("a[href$=" + order.entry() + "]"))
                .isEmpty();
        assertThat(page("/coding/prescriptions?age=30").select("a[href$=" + order.entry() + "]"))
                .isEmpty();
        assertThat(page("/coding/prescriptions?prescriber=" + coding.here.brandt())
                        .select("a[href$=" + order.entry() + "]"))
                .isEmpty();
    }

    @Test
    void the_list_takes_no_more_than_a_dozen_statements() throws Exception {
        assertThat(statements.fewest(() -> page("/coding/prescriptions"))).hasSizeLessThanOrEqualTo(12);
    }

    @Test
    void the_bench_takes_no_more_than_a_dozen_statements() throws Exception {
        assertThat(statements.fewest(() -> page(path()))).hasSizeLessThanOrEqualTo(12);
    }

    @Test
    void the_bench_shows_the_order_at_the_left_and_its_findings_with_source_and_tables_at_the_right() throws Exception {
        Document page = page(path());

        assertThat(page.select("section:has(#ordered-h)").text())
                .contains("1 tablet by mouth QD", "NPI 1234567893, check digit right", "30 tablet for 30 days");
        assertThat(page.select("section:has(#sources-h)").text()).contains("COPD with acute exacerbation");
        assertThat(page.select("section:has(#found-h)").text())
                .contains("RX-26", "The Joint Commission", "Chartkeeper drug table");
    }

    @Test
    void a_repair_is_proposed_with_one_button() throws Exception {
        Element button = page(path()).selectFirst("button[value^=repair:RX-26]");
        assertThat(button).isNotNull();

        MockHttpServletResponse answer = answer(post(button.attr("value")));

        assertThat(answer.getRedirectedUrl()).isEqualTo(path());
        assertThat(page(path()).text()).contains("A change waits for the prescriber’s signature", "T. Ahn");
    }

    @Test
    void a_wrong_field_is_told_beside_it_and_what_was_typed_stays() throws Exception {
        MockHttpServletResponse answer = answer(post("propose")
                .param("directions", "1 tablet by mouth daily")
                .param("quantity", "many")
                .param("days", "30")
                .param("refills", "0")
                .param("reason", ""));

        assertThat(answer.getStatus()).isEqualTo(422);
        Document page = Jsoup.parse(answer.getContentAsString());
        assertThat(page.select("#quantity").val()).isEqualTo("many");
        assertThat(page.select(".field:has(#quantity) .wrong").text()).contains("Enter a number");
        assertThat(page.select(".field:has(#reason) .wrong").text()).contains("Tell the prescriber why");
    }

    @Test
    void a_form_of_another_patient_is_refused() throws Exception {
        MockHttpServletResponse answer = answer(MockMvcRequestBuilders.post(path())
                .param("patient", coding.patrick().toString())
                .param("version", "1")
                .param("do", "propose"));

        assertThat(answer.getStatus()).isEqualTo(403);
    }

    @Test
    void the_coding_queue_leads_to_the_prescriptions() throws Exception {
        assertThat(page("/coding/queue").select("main a[href=/coding/prescriptions]"))
                .hasSize(1);
    }
}
