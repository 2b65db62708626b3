package org.chartkeeper.coding.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.ChartWriter.Written;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.chart.Signing;
import org.chartkeeper.coding.CaseStep;
import org.chartkeeper.coding.CodeEdit;
import org.chartkeeper.coding.CodingCases;
import org.chartkeeper.coding.CodingCases.Happened;
import org.chartkeeper.coding.CodingPolicies;
import org.chartkeeper.coding.CodingPolicies.Typed;
import org.chartkeeper.coding.CodingQueries;
import org.chartkeeper.coding.CodingQueries.Query;
import org.chartkeeper.coding.Severity;
import org.chartkeeper.patient.Registrations;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.DueWork;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Stale;
import org.chartkeeper.terminology.CodeChoices;
import org.chartkeeper.terminology.CodeSystem;
import org.chartkeeper.terminology.CodeUse;
import org.chartkeeper.testing.ChartkeeperTest;
import org.chartkeeper.testing.SoundPage;
import org.chartkeeper.testing.StatementCounter;
import org.chartkeeper.testing.TestClock;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.transaction.PlatformTransactionManager;

/** What supervisors set and follow: how a facility codes, and queries that nobody answered. */
@ChartkeeperTest
class CodingSettingsTests {

    private static final Typed USUAL = new Typed("acute", "0", "", "3", "business");

    @Autowired
    MockMvc http;

    @Autowired
    CodingCases cases;

    @Autowired
    CodingPolicies policies;

    @Autowired
    CodingQueries queries;

    @Autowired
    CodeChoices choices;

    @Autowired
    CaseCodeUse use;

    @Autowired
    @Qualifier("overdueQueries")
    DueWork overdue;

    @Autowired
    TestClock clock;

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
            @Autowired JdbcClient jdbc,
            @Autowired PlatformTransactionManager transactions) {
        coding = new CodingFixture(
                provisioning, registrations, encounters, writer, signing, cases, actors, clock, jdbc, transactions);
        patrick = coding.patrick();
        visit = coding.visit(patrick, "ambulatory", "finished");
        note = coding.note(patrick, visit, CodingFixture.NOTE);
        id = coding.work(visit).id();
    }

    @AfterEach
    void usual() {
        clock.reset();
        keep(USUAL);
    }

    private void keep(Typed typed) {
        coding.as(coding.here.supervisor(), actor -> {
            policies.keep(
                    actor,
                    coding.here.facility(),
                    policies.of(actor, coding.here.facility()).version(),
                    typed);
            return "";
        });
    }

    private CodingPolicies.Policy policy() {
        return coding.as(coding.here.supervisor(), actor -> policies.of(actor, coding.here.facility()));
    }

    private MockHttpServletResponse answer(MockHttpServletRequestBuilder request, String login) throws Exception {
        return http.perform(request.with(user(login)).with(csrf())).andReturn().getResponse();
    }

    private Document page(String address, String login) throws Exception {
        MockHttpServletResponse answer = answer(MockMvcRequestBuilders.get(address), login);
        assertThat(answer.getStatus()).isEqualTo(200);
        Document page = Jsoup.parse(answer.getContentAsString(), "http://localhost/");
        SoundPage.check(page);
        return page;
    }

    private MockHttpServletRequestBuilder settings(String percent, String rules) {
        return MockMvcRequestBuilders.post("/coding/settings")
                .param("facility", coding.here.facility().toString())
                .param("version", Integer.toString(policy().version()))
                .param("facility-type", "cah")
                .param("review-percent", percent)
                .param("review-rules", rules)
                .param("query-days", "2")
                .param("query-record", "legal");
    }

    @Test
    void a_supervisor_sets_how_the_facility_codes() throws Exception {
        MockHttpServletResponse kept = answer(settings("10", "dx-53, DX-20"), coding.here.supervisor());

        assertThat(kept.getStatus()).isBetween(302, 303);
        assertThat(policy())
                .extracting(
                        CodingPolicies.Policy::facilityType,
                        CodingPolicies.Policy::reviewPercent,
                        CodingPolicies.Policy::reviewRules,
                        CodingPolicies.Policy::queryDays,
                        CodingPolicies.Policy::queryRecord)
                .containsExactly("cah", 10, List.of("DX-20", "DX-53"), 2, "legal");
        assertThat(page("/coding/settings", coding.here.supervisor())
                        .select("#review-rules")
                        .val())
                .isEqualTo("DX-20 DX-53");
        assertThat(page("/coding/settings", coding.here.supervisor())
                        .select("#facility-type option[selected]")
                        .text())
                .isEqualTo("Critical access hospital");
    }

    @Test
    void what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost() throws Exception {
        MockHttpServletResponse refused = answer(settings("101", "DX-20 DX-99"), coding.here.supervisor());

        assertThat(refused.getStatus()).isEqualTo(422);
        Document page = Jsoup.parse(refused.getContentAsString());
        assertThat(page.select(".field:has(#review-percent) .wrong").text()).contains("0 to 100");
        assertThat(page.select(".field:has(#review-rules) .wrong").text()).contains("DX-99");
        assertThat(page.select("#review-rules").val()).isEqualTo("DX-20 DX-99");
        assertThat(policy().facilityType()).isEqualTo("acute");
    }

    @Test
    void settings_that_somebody_else_changed_meanwhile_are_not_overwritten() {
        int other = policy().version() + 1;

        assertThatThrownBy(() -> coding.as(coding.here.supervisor(), actor -> {
                    policies.keep(actor, coding.here.facility(), other, USUAL);
                    return "";
                }))
                .isInstanceOf(Stale.class);
    }

    @Test
    void a_coder_does_not_set_how_the_facility_codes() throws Exception {
        assertThat(answer(MockMvcRequestBuilders.get("/coding/settings"), coding.here.coder())
                        .getStatus())
                .isEqualTo(403);
    }

    @Test
    void the_page_takes_no_more_than_a_dozen_statements() throws Exception {
        assertThat(statements.fewest(() -> page("/coding/settings", coding.here.supervisor())))
                .hasSizeLessThanOrEqualTo(12);
    }

    @Test
    void with_every_case_reviewed_the_next_finished_one_goes_to_second_review() {
        keep(new Typed("acute", "100", "", "3", "business"));
        coding.coded(patrick, visit);

        coding.step(id, new CaseStep.Finalize(""));

        assertThat(coding.work(visit).state()).isEqualTo("second review");
    }

    @Test
    void a_case_that_answered_for_a_watched_rule_is_reviewed() {
        keep(new Typed("acute", "0", "DX-20", "3", "business"));
        coding.coded(patrick, visit);
        coding.add(id, "E10.9", "COPD");
        coding.add(id, "E11.9", "COPD");
        for (CodingCases.Told told : coding.desk(id).findings()) {
            if (told.finding().severity() == Severity.R && told.answer() == null) {
                coding.edit(id, new CodeEdit.Answer(told.key(), "as documented"));
            }
        }

        coding.step(id, new CaseStep.Finalize(""));

        assertThat(coding.work(visit).state()).isEqualTo("second review");
    }

    @Test
    void the_type_of_the_facility_reaches_the_check() {
        EncounterId stay = coding.visit(patrick, "inpatient", "finished");
        coding.note(patrick, stay, CodingFixture.NOTE);
        UUID inpatient = coding.work(stay).id();
        coding.add(inpatient, "J44.1", "COPD");
        assertThat(coding.desk(inpatient).findings())
                .anyMatch(told -> told.finding().rule().equals("DX-49"));

        keep(new Typed("psych", "0", "", "3", "business"));

        assertThat(coding.desk(inpatient).findings())
                .noneMatch(told -> told.finding().rule().equals("DX-49"));
    }

    // Queries ---------------------------------------------------------------------------------------------------------

    private UUID asked() {
        coding.add(id, "J44.1", "COPD");
        int version = coding.work(visit).version();
        CodeEdit.Words words = coding.words(id, "Creatinine 2.4");
        return coding.as(
                coding.here.coder(),
                actor -> queries.send(
                        actor,
                        id,
                        patrick,
                        version,
                        new CodingQueries.Draft(
                                coding.here.okafor(),
                                note.entry(),
                                "open",
                                "new",
                                "Meaning of clinical findings",
                                "What do these values stand for?",
                                List.of(),
                                List.of(words),
                                "",
                                false),
                        UUID.randomUUID().toString()));
    }

    private List<DueWork.Item> due() {
        return coding.as(coding.here.supervisor(), actor -> coding.read(() -> overdue.items(actor, 500)));
    }

    private void escalate(UUID query) {
        coding.as(coding.here.supervisor(), actor -> {
            queries.escalate(actor, query, patrick, coding.here.brandt(), "Dr. Okafor is away.");
            return "";
        });
    }

    private List<Query> late() {
        return coding.as(coding.here.supervisor(), actor -> queries.overdue(actor, coding.here.facility(), 500));
    }

    @Test
    void a_query_that_is_not_answered_in_its_days_is_the_supervisors_to_follow() {
        UUID query = asked();
        assertThat(late()).extracting(Query::id).doesNotContain(query);

        clock.advance(Duration.ofDays(3).plusMinutes(1));

        assertThat(late()).extracting(Query::id).contains(query);
        assertThat(due())
                .anyMatch(item -> item.path().equals("/coding/" + id)
                        && "Meaning of clinical findings · Dr. A. Okafor".equals(item.detail()));
    }

    @Test
    void an_answered_query_is_nobodys_to_follow() {
        UUID query = asked();
        coding.as(
                coding.here.clinician(),
                actor -> queries.answer(
                        actor,
                        query,
                        patrick,
                        "",
                        "Acute kidney injury.",
                        UUID.randomUUID().toString()));

        clock.advance(Duration.ofDays(4));

        assertThat(late()).extracting(Query::id).doesNotContain(query);
    }

    @Test
    void an_overdue_query_is_passed_to_another_clinician_and_its_clock_begins_anew() {
        UUID query = asked();
        clock.advance(Duration.ofDays(4));

        escalate(query);

        Query passed = coding.as(
                coding.here.coder(), actor -> queries.find(actor, query).orElseThrow());
        assertThat(passed.to()).isEqualTo(coding.here.brandt());
        assertThat(passed.escalated()).isNotNull();
        assertThat(passed.due()).isAfter(clock.instant());
        assertThat(coding.<List<Happened>>as(coding.here.coder(), actor -> cases.history(actor, id)))
                .anyMatch(each -> each.what().equals("query escalated from Dr. A. Okafor to Dr. L. Brandt")
                        && "Dr. Okafor is away.".equals(each.reason()));
    }

    @Test
    void a_query_that_is_not_overdue_stays_where_it_is() {
        UUID query = asked();

        assertThatThrownBy(() -> escalate(query)).isInstanceOf(Rejected.class);
        assertThat(coding.<Query>as(
                                coding.here.coder(),
                                actor -> queries.find(actor, query).orElseThrow())
                        .to())
                .isEqualTo(coding.here.okafor());
    }

    @Test
    void the_list_of_queries_offers_a_supervisor_to_pass_an_overdue_one_on() throws Exception {
        UUID query = asked();
        clock.advance(Duration.ofDays(4));

        Document page = page("/coding/queries", coding.here.supervisor());

        assertThat(page.select("form[action$=" + query + "/escalate] button").text())
                .startsWith("Escalate");
        assertThat(page("/coding/queries", coding.here.coder()).select("form[action$=/escalate]"))
                .isEmpty();
    }

    // Codes in use ----------------------------------------------------------------------------------------------------

    @Test
    void a_code_that_was_added_is_among_the_coders_recent_ones() {
        coding.add(id, "J44.1", "COPD");

        assertThat(coding.<CodeChoices.Own>as(coding.here.coder(), actor -> choices.of(actor, CodeSystem.ICD10CM))
                        .recent())
                .anyMatch(match -> match.code().code().equals("J44.1"));
    }

    @Test
    void an_open_case_uses_its_codes_and_a_final_one_does_not() {
        int before = uses();
        coding.coded(patrick, visit);
        assertThat(uses()).isEqualTo(before + 1);

        coding.step(id, new CaseStep.Finalize(""));

        assertThat(uses()).isEqualTo(before);
    }

    private int uses() {
        return coding.<List<CodeUse.Use>>as(
                        coding.here.coder(),
                        actor -> coding.read(() -> use.uses(actor, CodeSystem.ICD10CM, List.of("J44.1"), 500)))
                .size();
    }
}
