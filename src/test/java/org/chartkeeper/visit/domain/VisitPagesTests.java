package org.chartkeeper.visit.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chartkeeper.visit.domain.VisitFixture.drug;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.List;
import java.util.Map;
import org.chartkeeper.access.Access;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.ChartWriter.Written;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.patient.Registrations;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.testing.ChartkeeperTest;
import org.chartkeeper.testing.StatementCounter;
import org.chartkeeper.testing.TestClock;
import org.chartkeeper.visit.UpdateSheet;
import org.chartkeeper.visit.VisitUpdates;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.transaction.PlatformTransactionManager;

/** The worklist and the page of an update as a browser without script meets them. */
@ChartkeeperTest
class VisitPagesTests {

    @Autowired
    MockMvc http;

    @Autowired
    VisitUpdates updates;

    @Autowired
    StatementCounter statements;

    VisitFixture visits;
    PatientId eleanor;
    EncounterId visit;
    String path;

    @BeforeEach
    void fixture(
            @Autowired Provisioning provisioning,
            @Autowired Registrations registrations,
            @Autowired Encounters encounters,
            @Autowired ChartWriter writer,
            @Autowired CurrentActor actors,
            @Autowired Access access,
            @Autowired TestClock clock,
            @Autowired PlatformTransactionManager transactions) {
        visits = new VisitFixture(
                provisioning, registrations, encounters, writer, updates, actors, access, clock, transactions);
        eleanor = visits.eleanor();
        visit = visits.dictatedVisit(eleanor);
        path = "/patients/" + eleanor + "/visits/" + visit + "/update";
    }

    private MockHttpServletResponse get(String address) throws Exception {
        return http.perform(MockMvcRequestBuilders.get(address).with(user(visits.here.specialist())))
                .andReturn()
                .getResponse();
    }

    private Document page(String address) throws Exception {
        MockHttpServletResponse answer = get(address);
        assertThat(answer.getStatus()).isEqualTo(200);
        return Jsoup.parse(answer.getContentAsString());
    }

    private MockHttpServletResponse send(String address, Map<String, String> fields) throws Exception {
        MockHttpServletRequestBuilder request =
                post(address).with(user(visits.here.specialist())).with(csrf());
        fields.forEach(request::param);
        return http.perform(request).andReturn().getResponse();
    }

    /** What a browser would send of the form as it stands. */
    private static UpdateSheet form(Document page) {
        UpdateSheet sheet = UpdateSheet.empty();
        Element form = page.selectFirst("form#update");
        assertThat(form).isNotNull();
        for (Element field : form.select("input[name], select[name], textarea[name]")) {
            if (field.attr("type").equals("checkbox") && !field.hasAttr("checked")) {
                continue;
            }
            Element chosen = field.selectFirst("option[selected]");
            String value = field.tagName().equals("select")
                    ? chosen == null ? "" : chosen.attr("value")
                    : field.tagName().equals("textarea") ? field.text() : field.attr("value");
            sheet = sheet.with(field.attr("name"), value);
        }
        return sheet;
    }

    private static UpdateSheet settled(Document page) {
        UpdateSheet sheet = form(page);
        for (Element state : page.select("select[name^=state.]")) {
            String item = state.attr("name").substring(6);
            sheet = sheet.with("state." + item, "does not apply").with("why." + item, "not-this-visit");
        }
        return sheet;
    }

    @Test
    void the_worklist_shows_who_which_visit_from_what_and_until_when() throws Exception {
        Document page = page("/visits/updates?whose=all");
        Element row = page.select("table.list tbody tr:has(a[href$=" + visit + "/update])")
                .first();
        assertThat(row).isNotNull();
        assertThat(row.text())
                .contains("Whitfield, Eleanor")
                .contains("11 Mar 1948")
                .contains("MRN")
                .contains("Out · Cardiology")
                .contains("Acct 7731-204")
                .contains("Okafor")
                .contains("Dictation")
                .contains("To do");
        assertThat(row.select("form[data-key=c] button").text()).startsWith("Claim");
        assertThat(page.select("main table.list caption").text()).isEqualTo("Visits awaiting their update");
    }

    @Test
    void claiming_from_the_list_comes_back_to_it_and_shows_me_as_owner() throws Exception {
        MockHttpServletResponse answer = send(path + "/claim", Map.of("query", "whose=mine"));
        assertThat(answer.getRedirectedUrl()).isEqualTo("/visits/updates?whose=mine");
        assertThat(page("/visits/updates?whose=mine")
                        .select("tr:has(a[href$=" + visit + "/update]) td")
                        .last()
                        .text())
                .isEqualTo("Me");
        assertThat(send(path + "/claim", Map.of("query", "//evil.example")).getRedirectedUrl())
                .isEqualTo("/visits/updates");
    }

    @Test
    void the_update_shows_source_checklist_and_fields_with_their_labels() throws Exception {
        Document page = page(path);
        assertThat(page.select("h1").text()).startsWith("Update after the visit of yesterday");
        assertThat(page.select("[aria-label='Text of the source']").text()).contains("Blood pressure 142/78");
        assertThat(page.select("#items li a").eachText())
                .startsWith("Vital signs", "Diagnoses", "Problems", "Allergies");
        assertThat(page.select("label[for='vs0.weight']").text()).isEqualTo("Weight lb");
        assertThat(page.select("[data-said]").text()).contains("Okafor").contains("from dictation");
        for (Element field :
                page.select("form#update input:not([type=hidden]), form#update select, form#update textarea")) {
            boolean labelled =
                    !page.select("label[for=\"" + field.id() + "\"]").isEmpty() || field.hasAttr("aria-label");
            assertThat(labelled).as("a label for " + field).isTrue();
        }
        assertThat(page.select("[style], [onclick]")).isEmpty();
    }

    @Test
    void bad_input_is_answered_with_422_and_everything_typed_is_kept() throws Exception {
        UpdateSheet sheet = settled(page(path))
                .with("vs0.hr", "fast")
                .with("vs0.weight", "157 lb")
                .with("fu0.text", "Return visit");
        sheet = sheet.without(List.of("state.vitals", "state.followup"));
        MockHttpServletResponse answer = send(path, withKey(sheet));
        assertThat(answer.getStatus()).isEqualTo(422);
        Document page = Jsoup.parse(answer.getContentAsString());
        assertThat(page.select("[role=alert] a[href='#vs0.hr']").text()).isEqualTo("Heart rate: enter a number");
        assertThat(page.select("[id='vs0.hr']").attr("value")).isEqualTo("fast");
        assertThat(page.select("[id='vs0.weight']").attr("value")).isEqualTo("157 lb");
        assertThat(page.select("[id='fu0.text']").attr("value")).isEqualTo("Return visit");
        assertThat(page.select("[id='vs0.hr']").attr("aria-invalid")).isEqualTo("true");
    }

    private static Map<String, String> withKey(UpdateSheet sheet) {
        return sheet.with("do", "post").fields();
    }

    @Test
    void posting_leads_to_the_visit_and_post_and_next_to_the_next_of_my_list() throws Exception {
        PatientId second = visits.eleanor();
        EncounterId other = visits.dictatedVisit(second);
        visits.run(visits.here.specialist(), () -> updates.claim(second, other));
        UpdateSheet sheet = settled(page(path)).with("vs0.hr", "88").without(List.of("state.vitals"));
        MockHttpServletResponse answer = send(path, sheet.with("do", "next").fields());
        assertThat(answer.getRedirectedUrl()).endsWith("/update").doesNotContain(visit.toString());
        assertThat(page(path).select(".notice.ok").text()).contains("Posted by");
    }

    @Test
    void a_draft_is_kept_as_it_is_typed_and_answers_with_what_the_checks_say() throws Exception {
        UpdateSheet sheet = form(page(path)).with("vs0.weight", "157").with("vs0.temp", "37");
        MockHttpServletRequestBuilder request = post(path + "/draft")
                .with(user(visits.here.specialist()))
                .with(csrf())
                .accept(MediaType.APPLICATION_JSON);
        sheet.fields().forEach(request::param);
        MockHttpServletResponse answer = http.perform(request).andReturn().getResponse();
        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getContentAsString())
                .contains("\"vs0.weight\":\"71.2 kg\"")
                .contains("\"repair\":\"37 °C\"")
                .contains("\"draftVersion\":1");
        Document again = page(path);
        assertThat(again.select("[id='vs0.weight']").attr("value")).isEqualTo("157");
        assertThat(again.select(".notice.note").text()).contains("You go on with your draft");
        assertThat(again.select("button[value='repair:vs0.temp']").text()).startsWith("37 °C");
        send(path, form(again).with("do", "repair:vs0.temp").fields());
        assertThat(page(path).select("[id='vs0.temp']").attr("value")).isEqualTo("37 °C");
    }

    @Test
    void a_summary_for_the_patient_is_drafted_from_what_is_in_force_and_kept_as_it_was_given() throws Exception {
        visits.known(eleanor, VisitFixture.allergy("Penicillin"));
        visits.known(eleanor, VisitFixture.drug("Lisinopril 10 mg tablet", "1 by mouth daily"));
        String summary = path.replace("/update", "/summary");
        Document draft = page(summary);
        assertThat(draft.select("textarea#reason").text()).isEqualTo("Shortness of breath");
        assertThat(draft.select("textarea#medicines").text()).isEqualTo("Lisinopril 10 mg tablet: 1 by mouth daily");
        assertThat(draft.select("textarea#allergies").text()).isEqualTo("Penicillin: anaphylaxis");
        Map<String, String> typed = Map.of(
                "idempotencyKey", draft.select("input[name=idempotencyKey]").val(),
                "reason", "You were short of breath.",
                "instructions", "Weigh yourself every morning.\n<b>Call us</b> at 3 pounds more.");
        String given = send(summary, typed).getRedirectedUrl();
        assertThat(send(summary, typed).getRedirectedUrl()).as("given once").isEqualTo(given);
        Document paper = page(given);
        assertThat(paper.select("main h2").eachText()).containsExactly("WHY YOU CAME", "WHAT TO DO AT HOME");
        assertThat(paper.select("main").text())
                .contains("Eleanor Whitfield, born March 11, 1948", "<b>Call us</b> at 3 pounds more.");
        assertThat(page(summary).select("section:has(h2:contains(Given so far)) tbody tr"))
                .hasSize(1);
        assertThat(page(path.replace("/update", "")).text()).contains("Summary given");
    }

    @Test
    void an_empty_summary_is_refused_and_another_patients_is_not_there() throws Exception {
        String summary = path.replace("/update", "/summary");
        MockHttpServletResponse refused = send(summary, Map.of("idempotencyKey", "k" + System.nanoTime()));
        assertThat(refused.getStatus()).isEqualTo(422);
        assertThat(Jsoup.parse(refused.getContentAsString())
                        .select("#error-summary")
                        .text())
                .contains("Write what the patient is to take home");
        String given =
                String.valueOf(send(summary, Map.of("idempotencyKey", "g" + System.nanoTime(), "instructions", "Rest."))
                        .getRedirectedUrl());
        PatientId other = visits.eleanor();
        assertThat(get(given.replace(eleanor.toString(), other.toString())).getStatus())
                .isEqualTo(404);
    }

    private MockHttpServletResponse draft(UpdateSheet sheet) throws Exception {
        MockHttpServletRequestBuilder request = post(path + "/draft")
                .with(user(visits.here.specialist()))
                .with(csrf())
                .accept(MediaType.APPLICATION_JSON);
        sheet.fields().forEach(request::param);
        return http.perform(request).andReturn().getResponse();
    }

    @Test
    void two_windows_of_one_person_do_not_swallow_each_others_draft() throws Exception {
        UpdateSheet first = form(page(path));
        UpdateSheet second = form(page(path));
        assertThat(draft(first.with("vs0.hr", "88")).getStatus()).isEqualTo(200);
        assertThat(draft(first.with("vs0.hr", "89")).getStatus())
                .as("the same window, whose first answer got lost")
                .isEqualTo(200);
        MockHttpServletResponse refused = draft(second.with("vs0.pain", "3"));
        assertThat(refused.getStatus()).isEqualTo(409);
        assertThat(refused.getContentAsString()).contains("Another window of yours saved this draft at");
        assertThat(page(path).select("[id='vs0.hr']").attr("value")).isEqualTo("89");
        MockHttpServletResponse told =
                send(path, second.with("vs0.pain", "3").with("do", "keep").fields());
        assertThat(told.getStatus()).isEqualTo(422);
        Document page = Jsoup.parse(told.getContentAsString());
        assertThat(page.select("#error-summary").text()).contains("Another window of yours");
        assertThat(page.select("[id='vs0.pain']").attr("value")).isEqualTo("3");
        assertThat(send(path, form(page).with("do", "keep").fields()).getRedirectedUrl())
                .isEqualTo(path);
        assertThat(page(path).select("[id='vs0.pain']").attr("value")).isEqualTo("3");
    }

    @Test
    void what_cannot_be_read_is_said_while_it_is_typed_and_what_is_missing_is_not() throws Exception {
        String answer = draft(form(page(path)).with("vs0.hr", "fast").with("an0.reaction", "hives"))
                .getContentAsString();
        assertThat(answer).contains("Heart rate: enter a number").doesNotContain("\"field\":\"an0.text\"");
        assertThat(page(path).select("[id='vs0.hr-check']").text()).isEqualTo("Heart rate: enter a number");
    }

    @Test
    void a_refused_post_says_that_nothing_was_posted_and_the_tab_says_error() throws Exception {
        MockHttpServletResponse answer = send(path, withKey(form(page(path)).with("vs0.hr", "fast")));
        Document page = Jsoup.parse(answer.getContentAsString());
        assertThat(page.select("#error-summary h2").text())
                .isEqualTo("Nothing was posted; what you typed stands below");
        assertThat(page.title()).startsWith("Error: Whitfield");
    }

    @Test
    void the_state_of_the_draft_stands_where_it_is_posted() throws Exception {
        assertThat(page(path).select("form#update .foot [data-draft-state]")).hasSize(1);
    }

    @Test
    void after_post_and_next_the_message_names_whose_update_was_posted() throws Exception {
        UpdateSheet sheet = settled(page(path)).with("vs0.hr", "88").without(List.of("state.vitals"));
        MockHttpServletRequestBuilder request =
                post(path).with(user(visits.here.specialist())).with(csrf());
        sheet.with("do", "next").fields().forEach(request::param);
        Object done = http.perform(request).andReturn().getFlashMap().get("done");
        assertThat(String.valueOf(done)).startsWith("Posted for Whitfield, Eleanor: 1 new, to ");
    }

    @Test
    void who_lost_the_update_to_somebody_else_keeps_what_was_typed_in_sight() throws Exception {
        UpdateSheet mine = settled(page(path)).with("vs0.hr", "88").without(List.of("state.vitals"));
        visits.run(visits.here.colleague(), () -> updates.claim(eleanor, visit));
        MockHttpServletResponse answer = send(path, withKey(mine));
        assertThat(answer.getStatus()).isEqualTo(409);
        Document page = Jsoup.parse(answer.getContentAsString());
        assertThat(page.select("#error-summary").text()).contains("holds this update now");
        assertThat(page.select("[id='vs0.hr']").attr("value")).isEqualTo("88");
    }

    @Test
    void who_stated_it_is_told_with_the_day_as_people_say_it() throws Exception {
        assertThat(page(path).select("[data-said]").text())
                .contains(", yesterday ")
                .doesNotContain("/20");
    }

    @Test
    void codes_are_found_on_the_page_without_script() throws Exception {
        UpdateSheet sheet = form(page(path)).with("dx0.text", "acute on chronic diastolic");
        MockHttpServletResponse found = send(path, sheet.with("do", "find:dx0").fields());
        Document page = Jsoup.parse(found.getContentAsString());
        assertThat(page.select("table.matches tr").first().text()).contains("I50.33");
        Document general = Jsoup.parse(send(
                        path,
                        sheet.with("dx0.text", "diastolic heart failure")
                                .with("do", "find:dx0")
                                .fields())
                .getContentAsString());
        assertThat(general.select("table.matches").text()).contains("too general, choose below");
        send(path, form(page).with("do", "pick:dx0:I50.33").fields());
        Document picked = page(path);
        assertThat(picked.select("[id='dx0.code']").attr("value")).isEqualTo("I50.33");
        assertThat(picked.select("[id='dx0.text']").attr("value"))
                .isEqualTo("Acute on chronic diastolic (congestive) heart failure");
    }

    @Test
    void a_conflict_shows_base_theirs_and_mine_and_the_choice_posts() throws Exception {
        Written furosemide = visits.write(
                eleanor, null, drug("Furosemide 20 mg tablet", "1 by mouth daily"), visits.yesterday(), false);
        String row = "md." + furosemide.entry() + ".";
        UpdateSheet sheet = settled(page(path))
                .with(row + "do", "stop")
                .with(row + "why", "ineffective")
                .without(List.of("state.medications"));
        visits.revise(eleanor, furosemide, drug("Furosemide 20 mg tablet", "2 by mouth daily"));
        MockHttpServletResponse answer = send(path, withKey(sheet));
        assertThat(answer.getStatus()).isEqualTo(409);
        Document conflict = Jsoup.parse(answer.getContentAsString());
        assertThat(conflict.select("table.conflict tbody tr").text())
                .contains("1 by mouth daily")
                .contains("2 by mouth daily")
                .contains("stopped");
        UpdateSheet resolved = UpdateSheet.empty();
        for (Element field : conflict.select("main form input[type=hidden]")) {
            resolved = resolved.with(field.attr("name"), field.attr("value"));
        }
        resolved = resolved.with("choice." + row + "do", "mine");
        assertThat(send(path, resolved.with("do", "post").fields()).getStatus()).isEqualTo(302);
        assertThat(visits.as(
                        visits.here.specialist(),
                        () -> updates.view(eleanor, visit, null).work().state()))
                .isEqualTo("posted");
    }

    @Test
    void a_visit_of_another_patient_is_404_and_an_administrator_is_refused() throws Exception {
        PatientId other = visits.eleanor();
        assertThat(get("/patients/" + other + "/visits/" + visit + "/update").getStatus())
                .isEqualTo(404);
        assertThat(http.perform(MockMvcRequestBuilders.get(path).with(user(visits.here.administrator())))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isIn(403, 404);
    }

    @Test
    void the_pages_send_at_most_twelve_statements() throws Exception {
        page("/visits/updates");
        page(path);
        assertThat(statements.fewest(() -> page("/visits/updates"))).hasSizeLessThanOrEqualTo(12);
        assertThat(statements.fewest(() -> page(path))).hasSizeLessThanOrEqualTo(12);
    }

    @Test
    void a_childs_page_asks_for_the_head_circumference() throws Exception {
        PatientId kwame = visits.child("2026-06-01");
        EncounterId checkup = visits.dictatedVisit(kwame);
        assertThat(page("/patients/" + kwame + "/visits/" + checkup + "/update").select("[id='vs0.head']"))
                .hasSize(1);
        assertThat(page(path).select("[id='vs0.head']")).isEmpty();
    }

    @Test
    void codes_can_be_looked_up_on_a_page_and_as_choices() throws Exception {
        assertThat(page("/codes?q=heart+failure").select("table tbody tr")).isNotEmpty();
        MockHttpServletResponse choices = http.perform(MockMvcRequestBuilders.get("/codes?q=I50.3&system=icd-10-cm")
                        .accept(MediaType.APPLICATION_JSON)
                        .with(user(visits.here.specialist())))
                .andReturn()
                .getResponse();
        assertThat(choices.getContentAsString()).contains("\"code\":\"I50.3\"").contains("\"billable\":false");
    }
}
