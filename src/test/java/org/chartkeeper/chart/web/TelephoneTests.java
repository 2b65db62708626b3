package org.chartkeeper.chart.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.List;
import org.chartkeeper.patient.Registrations;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.testing.ChartkeeperTest;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** A correction by telephone: registration at once, the record by whoever answers for it, nothing without two identifiers. */
@ChartkeeperTest
class TelephoneTests {

    private static final String SPECIALIST = "records-specialist";

    @Autowired
    ApplicationContext context;

    @Autowired
    Registrations registrations;

    @Autowired
    JdbcClient database;

    Charts charts;
    PatientId patient;
    String path;

    @BeforeEach
    void aChart() {
        charts = new Charts(context);
        patient = charts.eleanor();
        path = "/patients/" + patient + "/telephone-correction";
    }

    private MockHttpServletRequestBuilder call(String... verified) throws Exception {
        Document form = charts.page(SPECIALIST, path);
        return post(path)
                .param("version", form.selectFirst("input[name=version]").val())
                .param("idempotencyKey", Charts.key())
                .param("caller", "Eleanor Whitfield")
                .param("relation", "patient")
                .param("verified", verified);
    }

    private static List<String> wrong(MockHttpServletResponse answer) throws Exception {
        return Jsoup.parse(answer.getContentAsString()).select(".wrong").eachText();
    }

    @Test
    void a_new_number_stands_in_the_registration_at_once_with_who_called_and_how_that_was_made_sure() throws Exception {
        MockHttpServletResponse answer = charts.answer(
                SPECIALIST,
                call("birth date", "address").param("phone", "617-555-0148").param("phoneUse", "HOME"));
        assertThat(answer.getRedirectedUrl()).as(() -> "said").isEqualTo("/patients/" + patient);
        Document registration = charts.page(SPECIALIST, "/patients/" + patient + "/registration");
        assertThat(registration.text()).contains("555-0148");
        assertThat(registration.select("#history").text())
                .contains("by telephone from Eleanor Whitfield (patient), verified by birth date and address");
    }

    @Test
    void what_is_said_of_the_record_waits_for_who_stated_it_and_changes_nothing() throws Exception {
        EntryId entry = charts.dictated(patient, charts.visit(patient), Charts.problem("Heart failure"));
        MockHttpServletResponse answer = charts.answer(
                SPECIALIST,
                call("birth date", "address")
                        .param("entry", entry.toString())
                        .param("clinical", "She says that she never had heart failure."));
        assertThat(answer.getStatus()).isEqualTo(302);
        assertThat(charts.page("clinician", "/inbox").text())
                .contains("Telephone call: correction asked for")
                .contains("About: Heart failure")
                .contains("never had heart failure");
        assertThat(database.sql("select current_version from entry where id = ?")
                        .param(entry.value())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void one_identifier_or_the_name_alone_beside_another_is_not_enough() throws Exception {
        assertThat(wrong(charts.answer(SPECIALIST, call("birth date").param("phone", "617-555-0148"))))
                .contains("Two identifiers are needed to be sure who calls");
        assertThat(wrong(charts.answer(
                        SPECIALIST, call("full name", "birth date").param("phone", "617-555-0148"))))
                .contains("A name is known to many: two identifiers beside it");
    }

    @Test
    void what_nobody_of_this_house_stated_needs_somebody_to_answer_it() throws Exception {
        assertThat(wrong(charts.answer(
                        SPECIALIST, call("birth date", "address").param("clinical", "The allergy list is wrong."))))
                .contains("Choose who is to answer it: nobody of this house stated it");
    }

    @Test
    void a_number_that_cannot_be_one_is_refused_and_what_was_said_of_the_record_is_not_written_either()
            throws Exception {
        EntryId entry = charts.dictated(patient, charts.visit(patient), Charts.problem("Heart failure"));
        MockHttpServletResponse answer = charts.answer(
                SPECIALIST,
                call("birth date", "address")
                        .param("phone", "12")
                        .param("entry", entry.toString())
                        .param("clinical", "Never had it."));
        assertThat(answer.getStatus()).isEqualTo(422);
        assertThat(answer.getContentAsString()).contains("ten digits").contains("Never had it.");
        assertThat(database.sql("select count(*) from entry where patient_id = ? and type = 'note'")
                        .param(patient.value())
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void a_form_that_was_opened_before_another_change_is_not_laid_over_it() throws Exception {
        MockHttpServletRequestBuilder late = call("birth date", "address").param("phone", "617-555-0148");
        charts.answer(
                SPECIALIST,
                call("birth date", "address").param("phone", "617-555-0199").param("phoneUse", "WORK"));
        assertThat(charts.answer(SPECIALIST, late).getStatus()).isEqualTo(409);
    }
}
