package org.chartkeeper.chart.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.chartkeeper.access.House;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.testing.ChartkeeperTest;
import org.chartkeeper.testing.SoundPage;
import org.chartkeeper.testing.StatementCounter;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** Drug orders as specialists enter them from a dictation and clinicians give them. */
@ChartkeeperTest
class PrescriptionTests {

    private static final String SPECIALIST = "records-specialist";
    private static final String CLINICIAN = "clinician";

    @Autowired
    ApplicationContext context;

    @Autowired
    ChartReader reader;

    @Autowired
    CurrentActor actors;

    @Autowired
    StatementCounter statements;

    Charts charts;
    PatientId patient;
    String path;

    @BeforeEach
    void aChart() {
        charts = new Charts(context);
        patient = charts.eleanor();
        path = "/patients/" + patient + "/medications/order";
    }

    @Test
    void the_form_is_sound_and_says_that_nothing_is_sent() throws Exception {
        List<String> sent = statements.fewest(() -> charts.page(SPECIALIST, path));
        Document page = charts.page(SPECIALIST, path);
        SoundPage.check(page);
        assertThat(page.select("main").text()).contains("not sent to a pharmacy");
        assertThat(sent).hasSizeLessThanOrEqualTo(12);
    }

    @Test
    void one_line_of_directions_fills_dose_route_timing_duration_and_days() throws Exception {
        Content.MedicationOrder order = entered(Map.of(
                "drug", "Prednisone 20 mg tablet",
                "sig", "40 mg po daily x 5 d",
                "quantity", "10"));

        assertThat(order.dosage())
                .isEqualTo(new Content.Dosage("40 mg po daily x 5 d", "40", "mg", "oral", "daily", false, null, "5 d"));
        assertThat(order.daysSupply()).isEqualTo(5);
        assertThat(order.end())
                .isEqualTo(java.time.LocalDate.parse(Objects.requireNonNull(order.start()))
                        .plusDays(5)
                        .toString());
        assertThat(order.prescriber()).contains("Okafor");
    }

    @Test
    void fields_alone_make_the_directions() throws Exception {
        Content.MedicationOrder order = entered(Map.of(
                "drug", "Ibuprofen",
                "strength", "200 mg tablet",
                "dose", "1",
                "doseUnit", "tab",
                "route", "oral",
                "timing", "q8h",
                "asNeeded", "yes",
                "asNeededReason", "pain"));

        assertThat(order.medication().text()).isEqualTo("Ibuprofen 200 mg tablet");
        assertThat(Objects.requireNonNull(order.dosage()).text()).isEqualTo("1 tablet by mouth q8h as needed for pain");
    }

    @Test
    void directions_and_fields_that_contradict_are_told_at_the_field_and_nothing_is_lost() throws Exception {
        MockHttpServletResponse answer = submit(
                SPECIALIST, Map.of("drug", "Ibuprofen 200 mg tablet", "sig", "1 tablet po bid", "timing", "TID"));

        assertThat(answer.getStatus()).isEqualTo(422);
        Document page = Jsoup.parse(answer.getContentAsString());
        SoundPage.check(page);
        assertThat(page.select(".field:has(label:containsOwn(Timing)) .wrong").text())
                .contains("The directions say “BID”");
        assertThat(page.select("input[name='values[sig]']").attr("value")).isEqualTo("1 tablet po bid");
        assertThat(orders()).isEmpty();
    }

    @Test
    void a_days_supply_that_the_quantity_does_not_make_asks_before_it_is_taken() throws Exception {
        Map<String, String> typed =
                Map.of("drug", "Lisinopril 10 mg tablet", "sig", "1 tablet po daily", "quantity", "30", "days", "90");
        MockHttpServletResponse answer = submit(SPECIALIST, typed);
        assertThat(answer.getStatus()).isEqualTo(422);
        assertThat(Jsoup.parse(answer.getContentAsString()).text()).contains("30 lasts 30 days");

        Map<String, String> again = new LinkedHashMap<>(typed);
        again.put("daysRight", "yes");
        assertThat(entered(again).daysSupply()).isEqualTo(90);
    }

    @Test
    void a_drug_without_a_strength_or_directions_is_refused() throws Exception {
        Document page =
                Jsoup.parse(submit(SPECIALIST, Map.of("drug", "Lisinopril")).getContentAsString());

        assertThat(page.select(".field:has(label:containsOwn(Strength)) .wrong"))
                .isNotEmpty();
        assertThat(page.select(".field:has(label:containsOwn(Directions)) .wrong"))
                .isNotEmpty();
    }

    @Test
    void an_order_is_for_a_diagnosis_of_this_chart_only() throws Exception {
        EntryId failure = charts.imported(patient, problem("Heart failure"));
        EntryId foreign = charts.imported(charts.eleanor(), problem("Gout"));

        Content.MedicationOrder order = entered(Map.of(
                "drug", "Furosemide 40 mg tablet", "sig", "1 tablet po daily", "indication", failure.toString()));
        assertThat(order.indication()).isEqualTo("Heart failure");
        assertThat(order.indicationOf()).isEqualTo(new Content.EntryRef(failure.toString()));
        assertThat(submit(
                                SPECIALIST,
                                Map.of(
                                        "drug", "Allopurinol 100 mg tablet",
                                        "sig", "1 tablet po daily",
                                        "indication", foreign.toString()))
                        .getStatus())
                .isEqualTo(422);
    }

    @Test
    void what_is_on_the_list_already_is_not_entered_twice() throws Exception {
        entered(Map.of("drug", "Lisinopril 10 mg tablet", "sig", "1 tablet po daily"));
        MockHttpServletResponse twice =
                submit(SPECIALIST, Map.of("drug", "Lisinopril 10 mg tablet", "sig", "1 tablet po bid"));

        assertThat(twice.getStatus()).isEqualTo(422);
        assertThat(Jsoup.parse(twice.getContentAsString()).text()).contains("already on the medication list");
    }

    @Test
    void a_clinician_orders_and_signs_in_one_step_and_only_with_the_password() throws Exception {
        Map<String, String> typed = Map.of("drug", "Lisinopril 10 mg tablet", "sig", "1 tablet po daily");
        charts.visit(patient);
        assertThat(submit(CLINICIAN, typed).getStatus()).isEqualTo(422);
        assertThat(orders()).isEmpty();

        assertThat(charts.answer(CLINICIAN, request(CLINICIAN, typed).param("password", House.PASSWORD))
                        .getStatus())
                .isEqualTo(302);
        assertThat(orders().getFirst().signature()).isEqualTo("signed");
    }

    @Test
    void a_change_replaces_the_signed_order_once_it_is_signed() throws Exception {
        EntryId former =
                charts.imported(patient, Entries.orderOf("Lisinopril 10 mg tablet", "1 daily", "active", null));
        Document form = charts.page(SPECIALIST, path + "?replaces=" + former);
        assertThat(form.select("h1").text()).isEqualTo("Change: Lisinopril 10 mg tablet");
        assertThat(form.select("input[name='values[drug]']").attr("value")).isEqualTo("Lisinopril 10 mg tablet");

        MockHttpServletResponse answer = charts.answer(
                SPECIALIST,
                request(SPECIALIST, Map.of("drug", "Lisinopril 20 mg tablet", "sig", "1 tablet po daily"))
                        .param("replaces", former.toString())
                        .param("version", form.select("input[name=version]").attr("value")));
        assertThat(answer.getStatus()).isEqualTo(302);
        Document list = charts.page(SPECIALIST, "/patients/" + patient + "/medications");
        assertThat(list.select("section[aria-labelledby=active-h] tbody tr")).hasSize(1);
        assertThat(list.select("section[aria-labelledby=active-h]").text())
                .contains("Lisinopril 10 mg tablet", "Change pending signature", "Lisinopril 20 mg tablet");
    }

    @Test
    void the_list_offers_to_change_hold_and_stop_to_those_who_may() throws Exception {
        EntryId order = charts.imported(patient, Entries.orderOf("Lisinopril 10 mg tablet", "1 daily", "active", null));
        String list = "/patients/" + patient + "/medications";

        assertThat(charts.page(SPECIALIST, list)
                        .select("section[aria-labelledby=active-h] tbody a")
                        .eachText())
                .contains(
                        "Change Lisinopril 10 mg tablet",
                        "Hold Lisinopril 10 mg tablet",
                        "Stop Lisinopril 10 mg tablet");
        assertThat(charts.page("coder", list)
                        .select("section[aria-labelledby=active-h] tbody a")
                        .eachText())
                .containsExactly("Lisinopril 10 mg tablet");
        Document stop =
                charts.page(SPECIALIST, "/patients/" + patient + "/entries/" + order + "/change/update?status=stopped");
        assertThat(stop.select("select[name='values[status]'] option[selected]").attr("value"))
                .isEqualTo("stopped");
    }

    @Test
    void what_is_typed_is_read_back_at_once_and_names_nobody() throws Exception {
        MockHttpServletResponse answer = charts.answer(
                SPECIALIST,
                post("/medications/reading")
                        .param("values[drug]", "Amoxicillin 500 mg capsule")
                        .param("values[sig]", "1 cap po tid")
                        .param("values[quantity]", "30"));

        assertThat(answer.getContentAsString())
                .contains("Read as 1 capsule by mouth TID", "lasts 10 days")
                .doesNotContain(patient.toString());
    }

    private static Content problem(String title) {
        return new Content.Condition(false, Concept.of(title), "active", "confirmed", null, "2020", null, null, null);
    }

    private Content.MedicationOrder entered(Map<String, String> typed) throws Exception {
        MockHttpServletResponse answer = submit(SPECIALIST, typed);
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(302);
        return (Content.MedicationOrder) orders().getFirst().content();
    }

    private MockHttpServletResponse submit(String role, Map<String, String> typed) throws Exception {
        return charts.answer(role, request(role, typed));
    }

    private MockHttpServletRequestBuilder request(String role, Map<String, String> typed) {
        MockHttpServletRequestBuilder request = post(path)
                .param("idempotencyKey", Charts.key())
                .param("by", "p:" + charts.house.practitioner)
                .param("statedDate", "t")
                .param("statedTime", "")
                .param("source", role.equals(CLINICIAN) ? "direct" : "dictation")
                .param("visit", "");
        typed.forEach((name, value) -> request.param("values[" + name + "]", value));
        return request;
    }

    private List<EntryView> orders() {
        return actors.asSystem(
                charts.house.here,
                () -> reader.entries(actors.get(), patient, ChartReader.Filter.of(EntryType.MEDICATION_ORDER), null, 10)
                        .items());
    }
}
