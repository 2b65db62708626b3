package org.chartkeeper.coding.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.chart.Signing;
import org.chartkeeper.coding.Book;
import org.chartkeeper.coding.CaseStep;
import org.chartkeeper.coding.CodeEdit;
import org.chartkeeper.coding.CodingCases;
import org.chartkeeper.coding.CodingCases.Line;
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

/** A form of the workbench that comes too late: base, theirs and mine per field, as a browser without script meets them. */
@ChartkeeperTest
class LateEditTests {

    @Autowired
    MockMvc http;

    @Autowired
    CodingCases cases;

    @Autowired
    StatementCounter statements;

    CodingFixture coding;
    PatientId patrick;
    UUID id;
    int opened;

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
        EncounterId visit = coding.visit(patrick, "ambulatory", "finished");
        coding.note(patrick, visit, CodingFixture.NOTE);
        id = coding.work(visit).id();
        coding.add(id, "J44.1", "COPD with acute exacerbation");
        coding.add(id, "I10", "High blood pressure");
        opened = coding.desk(id).work().version();
    }

    /** The form of a page that was opened before others changed the case. */
    private Document late(String address, String action, Map<String, String> fields) throws Exception {
        MockHttpServletRequestBuilder request = MockMvcRequestBuilders.post(address)
                .param("patient", patrick.toString())
                .param("version", String.valueOf(opened))
                .param("key", UUID.randomUUID().toString())
                .param("do", action);
        fields.forEach(request::param);
        return refused(request);
    }

    private Document late(String action, Map<String, String> fields) throws Exception {
        return late("/coding/" + id, action, fields);
    }

    private MockHttpServletResponse sent(MockHttpServletRequestBuilder request) throws Exception {
        return http.perform(request.with(user(coding.here.coder())).with(csrf()))
                .andReturn()
                .getResponse();
    }

    private Document refused(MockHttpServletRequestBuilder request) throws Exception {
        MockHttpServletResponse answer = sent(request);
        assertThat(answer.getStatus()).isEqualTo(422);
        Document page = Jsoup.parse(answer.getContentAsString(), "http://localhost/");
        SoundPage.check(page);
        return page;
    }

    private static List<String> row(Document page, String label) {
        Element row = page.select("table.conflict tbody tr").stream()
                .filter(each -> each.select("th").text().equals(label))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "no " + label + " in " + page.select("table.conflict").text()));
        return row.select("td").eachText();
    }

    /** What a browser sends of the page's form, with these choices in the order of the fields. */
    private MockHttpServletRequestBuilder chosen(Document page, String... choices) {
        Element form = page.select("form:has(button[value=settle])").first();
        MockHttpServletRequestBuilder request = MockMvcRequestBuilders.post(form.attr("action"));
        form.select("input[type=hidden]").stream()
                .filter(each -> !each.attr("name").equals("_csrf"))
                .forEach(each -> request.param(each.attr("name"), each.attr("value")));
        List<String> asked = form.select("input[name=asked]").eachAttr("value");
        for (int i = 0; i < choices.length; i++) {
            request.param("choice." + asked.get(i), choices[i]);
        }
        return request.param("do", "settle");
    }

    private void choose(Document page, String... choices) throws Exception {
        MockHttpServletResponse answer = sent(chosen(page, choices));
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(302);
    }

    private Line procedure() {
        return coding.desk(id).procedures().get(0);
    }

    /** An office visit, which the page had open with 1 unit on no day. */
    private Line service() {
        coding.edit(id, new CodeEdit.Add(true, null, "99213", null, null, "typed"));
        coding.edit(id, detail(null, List.of(), "1", List.of(1)));
        opened = coding.desk(id).work().version();
        return procedure();
    }

    private CodeEdit.Detail detail(LocalDate on, List<String> modifiers, String units, List<Integer> pointers) {
        return new CodeEdit.Detail(procedure().id(), on, null, modifiers, new BigDecimal(units), pointers);
    }

    @Test
    void fields_of_a_service_are_chosen_one_by_one() throws Exception {
        Line line = service();
        coding.edit(id, detail(LocalDate.of(2026, 11, 2), List.of("25"), "1", List.of(1)));

        Document page = late(
                "detail:" + line.id(),
                Map.of(
                        "on-" + line.id(), "11/3/2026",
                        "modifiers-" + line.id(), "",
                        "units-" + line.id(), "2",
                        "pointers-" + line.id(), "1",
                        "performer-" + line.id(), coding.here.brandt().toString()));

        assertThat(row(page, "Day of 99213")).containsExactly("—", "2 Nov 2026", "3 Nov 2026");
        assertThat(row(page, "Modifiers of 99213")).containsExactly("—", "25", "—");
        assertThat(row(page, "Units of 99213")).containsExactly("1", "1", "2");
        assertThat(row(page, "Performer of 99213")).containsExactly("—", "—", "Dr. L. Brandt");
        assertThat(page.select("[role=alert]").text()).contains("T. Ahn", "Nothing was overwritten");
        choose(page, "theirs", "mine", "theirs", "mine");

        assertThat(procedure().on()).isEqualTo(LocalDate.of(2026, 11, 2));
        assertThat(procedure().performer()).isEqualTo(coding.here.brandt());
        assertThat(procedure().modifiers()).containsExactly("25");
        assertThat(procedure().units()).isEqualByComparingTo("2");
        assertThat(procedure().pointers()).containsExactly(1);
    }

    @Test
    void a_pointer_means_the_diagnosis_that_had_its_number_on_the_page() throws Exception {
        Line line = service();
        coding.edit(id, new CodeEdit.Role(coding.line(id, "I10").id(), "principal"));
        coding.edit(id, new CodeEdit.Role(coding.line(id, "I10").id(), "principal"));

        Document page = late("detail:" + line.id(), Map.of("units-" + line.id(), "1", "pointers-" + line.id(), "2"));

        assertThat(row(page, "99213 is for")).containsExactly("J44.1", "J44.1", "I10");
        choose(page, "mine");
        assertThat(procedure().pointers())
                .containsExactly(coding.line(id, "I10").number());
    }

    @Test
    void a_field_that_both_changed_has_no_choice_made_for_the_reader() throws Exception {
        UUID line = coding.line(id, "J44.1").id();
        coding.edit(id, new CodeEdit.Poa(line, "N"));

        Document page = late("poa:" + line + ":Y", Map.of());

        assertThat(row(page, "Present on admission, J44.1")).containsExactly("—", "N", "Y");
        assertThat(page.select("table.conflict input[checked]")).isEmpty();
        Document again = refused(chosen(page));
        assertThat(again.select("[role=alert]").text()).contains("Choose for each field");
        choose(again, "mine");
        assertThat(coding.line(id, "J44.1").poa()).isEqualTo("Y");
    }

    @Test
    void theirs_stands_where_it_is_chosen() throws Exception {
        UUID line = coding.line(id, "J44.1").id();
        coding.edit(id, new CodeEdit.Poa(line, "N"));

        choose(late("poa:" + line + ":Y", Map.of()), "theirs");

        assertThat(coding.line(id, "J44.1").poa()).isEqualTo("N");
    }

    @Test
    void a_principal_diagnosis_shows_which_one_others_made_it() throws Exception {
        coding.add(id, "R05.9", "Cough");
        opened = coding.desk(id).work().version();
        coding.edit(id, new CodeEdit.Role(coding.line(id, "R05.9").id(), "principal"));

        Document page = late("role:" + coding.line(id, "I10").id() + ":principal", Map.of());

        assertThat(row(page, "Role of I10"))
                .containsExactly("secondary; principal is J44.1", "secondary; principal is R05.9", "principal");
        choose(page, "mine");
        assertThat(coding.line(id, "I10").role()).isEqualTo("principal");
        assertThat(coding.line(id, "R05.9").role()).isEqualTo("secondary");
    }

    @Test
    void a_code_that_was_removed_comes_back_with_its_words_where_mine_is_chosen() throws Exception {
        UUID line = coding.line(id, "I10").id();
        coding.edit(id, new CodeEdit.Remove(line));

        Document page = late("poa:" + line + ":Y", Map.of());

        assertThat(row(page, "I10").get(0)).contains("secondary", "High blood pressure, at goal.");
        assertThat(row(page, "I10").subList(1, 3)).containsExactly("—", "with it, Y");
        choose(page, "mine");
        Line back = coding.line(id, "I10");
        assertThat(back.poa()).isEqualTo("Y");
        assertThat(back.evidence())
                .singleElement()
                .satisfies(each -> assertThat(each.label()).contains("Progress note", "Okafor"));
    }

    @Test
    void a_code_that_comes_too_late_is_added_after_a_look_with_the_sentence_that_was_chosen() throws Exception {
        String sentence = coding.words(id, "Cough with more sputum").key();
        coding.edit(id, new CodeEdit.Poa(coding.line(id, "I10").id(), "N"));

        Document page = late("add", Map.of("add", "R05.9", "sentence", sentence));

        assertThat(row(page, "R05.9").get(2)).contains("Cough with more sputum");
        choose(page, "mine");
        assertThat(coding.line(id, "R05.9").evidence()).hasSize(1);
    }

    @Test
    void words_that_others_linked_stay_beside_mine() throws Exception {
        UUID line = coding.line(id, "J44.1").id();
        String mine = coding.words(id, "Cough with more sputum").key();
        coding.edit(id, new CodeEdit.Link(line, coding.words(id, "doxycycline")));

        Document page = late("link:" + line, Map.of("sentence", mine));

        assertThat(row(page, "Evidence of J44.1").get(2)).contains("doxycycline", "Cough with more sputum");
        choose(page, "mine");
        assertThat(coding.line(id, "J44.1").evidence()).hasSize(3);
    }

    @Test
    void the_reason_for_a_code_without_evidence_is_not_lost() throws Exception {
        coding.edit(id, new CodeEdit.Add(false, null, "E87.6", null, null, "typed"));
        opened = coding.desk(id).work().version();
        UUID line = coding.line(id, "E87.6").id();
        coding.edit(id, new CodeEdit.Unsupported(line, "told on the telephone"));

        Document page = late("unsupported:" + line, Map.of("unsupported-" + line, "read on the monitor"));

        assertThat(row(page, "Why E87.6 has no evidence"))
                .containsExactly("—", "told on the telephone", "read on the monitor");
        choose(page, "mine");
        assertThat(coding.line(id, "E87.6").unsupported()).isEqualTo("read on the monitor");
    }

    @Test
    void fields_of_the_case_show_what_they_were_and_are() throws Exception {
        coding.step(id, new CaseStep.Payer("medicaid"));

        Document page = late(
                "/coding/" + id + "/step",
                "payer",
                Map.of("payer", "commercial", "was-payer", "medicare", "was-state", "in progress"));

        assertThat(row(page, "Payer")).containsExactly("medicare", "medicaid", "commercial");
        choose(page, "mine");
        assertThat(coding.desk(id).work().payer()).isEqualTo("commercial");
    }

    @Test
    void a_hold_keeps_its_reason_and_note() throws Exception {
        coding.step(id, new CaseStep.Priority(2));

        Document page = late(
                "/coding/" + id + "/step",
                "hold",
                Map.of("hold", "missing document", "hold-note", "operative report", "was-state", "in progress"));

        assertThat(row(page, "State of the case"))
                .containsExactly("in progress", "in progress", "held: missing document, operative report");
        choose(page, "mine");
        assertThat(coding.desk(id).work().holdNote()).isEqualTo("operative report");
    }

    @Test
    void finalizing_what_was_changed_meanwhile_shows_the_change_first() throws Exception {
        coding.edit(id, new CodeEdit.Remove(coding.line(id, "I10").id()));

        Document page = late("/coding/" + id + "/step", "finalize", Map.of("was-state", "in progress"));

        assertThat(page.select(".late").text()).contains("removed I10");
        assertThat(coding.desk(id).work().state()).isEqualTo("in progress");
    }

    @Test
    void whoever_may_no_longer_change_the_case_still_sees_what_was_asked_for() throws Exception {
        UUID line = coding.line(id, "I10").id();
        coding.step(id, new CaseStep.GiveBack());
        coding.step(coding.here.colleague(), id, new CaseStep.Claim());

        Document page = late("unsupported:" + line, Map.of("unsupported-" + line, "read on the monitor"));

        assertThat(row(page, "Why I10 has no evidence").get(2)).isEqualTo("read on the monitor");
        assertThat(page.select("button[value=settle]")).isEmpty();
        assertThat(page.select(".late").text()).contains("M. Roy", "can no longer change it");
    }

    @Test
    void a_choice_that_comes_too_late_itself_is_asked_again_with_the_first_base() throws Exception {
        UUID line = coding.line(id, "J44.1").id();
        coding.edit(id, new CodeEdit.Poa(line, "N"));
        Document page = late("poa:" + line + ":Y", Map.of());
        coding.edit(id, new CodeEdit.Poa(line, "U"));

        Document again = refused(chosen(page, "mine"));

        assertThat(row(again, "Present on admission, J44.1")).containsExactly("—", "U", "Y");
        choose(again, "mine");
        assertThat(coding.line(id, "J44.1").poa()).isEqualTo("Y");
    }

    @Test
    void the_conflict_costs_the_page_no_more_than_a_few_statements() throws Exception {
        UUID line = coding.line(id, "J44.1").id();
        coding.edit(id, new CodeEdit.Poa(line, "N"));
        CodingCases.Desk desk = coding.desk(id);

        assertThat(statements.fewest(() -> coding.as(
                        coding.here.coder(),
                        actor -> cases.late(actor, desk, Book.CODER, opened, new CodeEdit.Poa(line, "Y")))))
                .filteredOn(sql -> sql.contains("coding_"))
                .hasSizeLessThanOrEqualTo(3);
    }
}
