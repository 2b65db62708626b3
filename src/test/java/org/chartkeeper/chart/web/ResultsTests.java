package org.chartkeeper.chart.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chartkeeper.chart.web.Charts.laboratory;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.List;
import org.chartkeeper.access.House;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.testing.ChartkeeperTest;
import org.chartkeeper.testing.StatementCounter;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;

/** Results on the clinician's desk: their clocks, their acknowledgement, and what waits again after a correction. */
@ChartkeeperTest
class ResultsTests {

    private static final String CLINICIAN = "clinician";

    @Autowired
    ApplicationContext context;

    @Autowired
    StatementCounter counter;

    @Autowired
    JdbcClient database;

    Charts charts;
    PatientId patient;

    @BeforeEach
    void aChart() {
        charts = new Charts(context);
        patient = charts.eleanor();
        charts.visit(patient);
    }

    private List<Element> results() throws Exception {
        return charts.page(CLINICIAN, "/inbox").select("#results tbody tr");
    }

    private MockHttpServletResponse submit(String field, String value, String followed, String password)
            throws Exception {
        return charts.answer(
                CLINICIAN,
                post("/inbox/sign")
                        .param(field, value)
                        .param("followed", followed)
                        .param("comment", "Called at noon")
                        .param("password", password)
                        .param("idempotencyKey", Charts.key()));
    }

    private static String value(Element row) {
        return row.selectFirst("input[type=checkbox]").val();
    }

    @Test
    void the_critical_result_stands_first_with_an_hour_on_its_clock() throws Exception {
        charts.arrived(patient, laboratory("Sodium", "140", "mmol/L", "N"));
        charts.arrived(patient, laboratory("Glucose", "180", "mg/dL", "H"));
        charts.arrived(patient, laboratory("Potassium", "6.8", "mmol/L", "HH"));
        List<Element> rows = results();
        assertThat(rows.stream().map(row -> row.selectFirst(".tag").text()))
                .containsExactly("critical", "abnormal", "routine");
        assertThat(rows.get(0).text()).contains("Whitfield, Eleanor").contains("6.8 mmol/L");
    }

    @Test
    void an_imported_history_asks_nobody_to_look_at_it() throws Exception {
        charts.imported(patient, laboratory("Potassium", "6.8", "mmol/L", "HH"));
        assertThat(results()).isEmpty();
    }

    @Test
    void a_result_that_was_final_at_its_source_is_acknowledged_without_a_password_and_the_entry_says_by_whom()
            throws Exception {
        EntryId entry = charts.arrived(patient, laboratory("Potassium", "6.8", "mmol/L", "HH"));
        assertThat(submit("seen", value(results().get(0)), "PATIENT_TOLD", "").getRedirectedUrl())
                .isEqualTo("/inbox");
        assertThat(results()).isEmpty();
        Document page = charts.page("records-specialist", "/patients/" + patient + "/entries/" + entry);
        assertThat(page.select("dt:contains(Acknowledged) + dd").text())
                .contains("Okafor")
                .contains("patient told")
                .contains("Called at noon");
    }

    @Test
    void a_transcribed_result_is_signed_and_acknowledged_in_one_act() throws Exception {
        EncounterId visit = charts.visit(patient);
        EntryId entry = charts.dictated(patient, visit, laboratory("Potassium", "5.6", "mmol/L", "H"));
        Element row = results().get(0);
        assertThat(submit("result", value(row), "TO_BE_REPEATED", "").getStatus())
                .isEqualTo(422);
        assertThat(submit("result", value(row), "TO_BE_REPEATED", House.PASSWORD)
                        .getRedirectedUrl())
                .isEqualTo("/inbox");
        Document page = charts.page(CLINICIAN, "/patients/" + patient + "/entries/" + entry);
        assertThat(page.select("dt:contains(Acknowledged) + dd").text()).contains("to be repeated");
        assertThat(page.select("dt:contains(Signature) + dd").text()).startsWith("signed by");
    }

    @Test
    void a_result_stands_with_the_results_and_not_twice() throws Exception {
        charts.dictated(patient, charts.visit(patient), laboratory("Potassium", "5.6", "mmol/L", "H"));
        Document inbox = charts.page(CLINICIAN, "/inbox");
        assertThat(inbox.select("input[type=checkbox][form=sign-form]")).hasSize(1);
    }

    @Test
    void a_corrected_result_waits_again_and_an_answer_to_the_former_version_is_refused() throws Exception {
        EntryId entry = charts.arrived(patient, laboratory("Potassium", "6.8", "mmol/L", "HH"));
        String before = value(results().get(0));
        submit("seen", before, "SEEN", "");
        charts.correctedAtSource(patient, entry, 1, laboratory("Potassium", "4.8", "mmol/L", "N"));
        assertThat(results().get(0).text()).contains("Changed since it was signed or acknowledged");
        assertThat(submit("seen", before, "SEEN", "").getStatus()).isEqualTo(409);
        assertThat(results()).hasSize(1);
    }

    @Test
    void a_correction_never_gives_more_time() throws Exception {
        EntryId entry = charts.arrived(patient, laboratory("Potassium", "6.8", "mmol/L", "HH"));
        charts.correctedAtSource(patient, entry, 1, laboratory("Potassium", "4.8", "mmol/L", "N"));
        assertThat(database.sql("select due_at < now() + interval '2 hours' from result_due where entry_id = ?")
                        .param(entry.value())
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void what_does_not_wait_for_me_i_cannot_acknowledge() throws Exception {
        EntryId entry = charts.imported(patient, laboratory("Potassium", "6.8", "mmol/L", "HH"));
        MockHttpServletResponse answer = submit("seen", patient + "_" + entry + "_1", "SEEN", "");
        assertThat(answer.getStatus()).isEqualTo(422);
        assertThat(answer.getContentAsString()).contains("does not wait for you");
    }

    @Test
    void a_result_is_passed_on_only_to_somebody_else_and_with_a_reason() throws Exception {
        charts.arrived(patient, laboratory("Potassium", "6.8", "mmol/L", "HH"));
        String path = results().get(0).selectFirst("a:contains(Not mine)").attr("href");
        Document form = charts.page(CLINICIAN, path);
        assertThat(form.select("select[name=to] option").eachText()).noneMatch(name -> name.contains("Okafor"));
        MockHttpServletResponse answer = charts.answer(
                CLINICIAN,
                post(path)
                        .param("seen", form.selectFirst("input[name=seen]").val())
                        .param("to", charts.house.practitioner.toString())
                        .param("comment", "On leave")
                        .param("idempotencyKey", Charts.key()));
        assertThat(answer.getStatus()).isEqualTo(422);
        assertThat(answer.getContentAsString()).contains("Choose another practitioner");
        assertThat(results()).hasSize(1);
    }

    @Test
    void the_inbox_takes_no_more_statements_for_many_results() throws Exception {
        charts.arrived(patient, laboratory("Potassium", "6.8", "mmol/L", "HH"));
        int one = counter.fewest(() -> charts.page(CLINICIAN, "/inbox")).size();
        for (int i = 0; i < 20; i++) {
            charts.arrived(patient, laboratory("Test " + i, "4.8", "mmol/L", "N"));
        }
        int many = counter.fewest(() -> charts.page(CLINICIAN, "/inbox")).size();
        assertThat(many).isEqualTo(one).isLessThanOrEqualTo(12);
    }
}
