package org.chartkeeper.coding.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.chart.Signing;
import org.chartkeeper.coding.CaseStep;
import org.chartkeeper.coding.CodeIndexes;
import org.chartkeeper.coding.CodeIndexes.Asked;
import org.chartkeeper.coding.CodeIndexes.Line;
import org.chartkeeper.coding.CodeRange;
import org.chartkeeper.coding.CodingCases;
import org.chartkeeper.patient.Registrations;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Slice;
import org.chartkeeper.testing.ChartkeeperTest;
import org.chartkeeper.testing.SoundPage;
import org.chartkeeper.testing.StatementCounter;
import org.chartkeeper.testing.TestClock;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.transaction.PlatformTransactionManager;

/** The indexes over final coded cases. */
@ChartkeeperTest
class CodeIndexTests {

    @Autowired
    MockMvc http;

    @Autowired
    CodingCases cases;

    @Autowired
    CodeIndexes indexes;

    @Autowired
    TestClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    StatementCounter statements;

    CodingFixture coding;
    PatientId patrick;
    EncounterId visit;
    UUID id;
    LocalDate yesterday;

    @BeforeEach
    void fixture(
            @Autowired Provisioning provisioning,
            @Autowired Registrations registrations,
            @Autowired Encounters encounters,
            @Autowired ChartWriter writer,
            @Autowired Signing signing,
            @Autowired CurrentActor actors,
            @Autowired PlatformTransactionManager transactions) {
        coding = new CodingFixture(
                provisioning, registrations, encounters, writer, signing, cases, actors, clock, jdbc, transactions);
        patrick = coding.patrick();
        visit = coding.visit(patrick, "ambulatory", "finished");
        coding.note(patrick, visit, CodingFixture.NOTE);
        id = coding.coded(patrick, visit);
        coding.step(id, new CaseStep.Finalize(""));
        yesterday = LocalDate.ofInstant(coding.yesterday(), CodingFixture.ZONE);
    }

    private Asked asked(@Nullable String codes) {
        return new Asked(
                coding.here.facility(), "diagnosis", CodeRange.read(codes), yesterday, yesterday, null, false, null);
    }

    private List<Line> lines(String login, Asked asked) {
        return coding.<Slice<Line>>as(login, actor -> indexes.lines(actor, asked, null, 1000))
                .items();
    }

    private boolean listed(String codes) {
        return listed(coding.here.coder(), asked(codes));
    }

    private boolean listed(String login, Asked asked) {
        return lines(login, asked).stream().anyMatch(line -> line.coded().equals(id));
    }

    @ParameterizedTest
    @CsvSource({
        "J44.1, true",
        "j441, true",
        "J44, true",
        "J, true",
        "J40-J44, true",
        "J44.0-J44.1, true",
        "J44.1-J44.9, true",
        "J44.0, false",
        "J45, false",
        "J40-J43, false",
        "J44.2-J44.9, false",
        "A00-I99, false"
    })
    void a_range_covers_its_ends_and_all_that_begins_with_them(String codes, boolean expected) {
        assertThat(listed(codes)).isEqualTo(expected);
    }

    @Test
    void a_line_tells_the_code_whose_it_is_and_who_attended() {
        Line line = lines(coding.here.coder(), asked("J44.1")).stream()
                .filter(each -> each.coded().equals(id))
                .findFirst()
                .orElseThrow();

        assertThat(line.patient()).isEqualTo(patrick);
        assertThat(line.role()).isEqualTo("principal");
        assertThat(line.physician()).isEqualTo("Dr. A. Okafor");
        assertThat(line.days()).isNull();
    }

    @Test
    void a_case_that_is_reopened_leaves_the_index() {
        coding.step(id, new CaseStep.Reopen(false, "A code was missed."));

        assertThat(listed("J44.1")).isFalse();
    }

    @Test
    void the_day_before_and_the_day_after_are_another_period() {
        for (LocalDate day : List.of(yesterday.minusDays(1), yesterday.plusDays(1))) {
            assertThat(listed(
                            coding.here.coder(),
                            new Asked(coding.here.facility(), "diagnosis", null, day, day, null, false, null)))
                    .isFalse();
        }
    }

    @Test
    void another_class_another_physician_or_another_section_lists_it_not() {
        Asked any = asked(null);
        assertThat(listed(
                        coding.here.coder(),
                        new Asked(any.facility(), "diagnosis", null, any.from(), any.to(), "inpatient", false, null)))
                .isFalse();
        assertThat(listed(
                        coding.here.coder(),
                        new Asked(
                                any.facility(),
                                "diagnosis",
                                null,
                                any.from(),
                                any.to(),
                                null,
                                false,
                                coding.here.brandt())))
                .isFalse();
        assertThat(listed(
                        coding.here.coder(),
                        new Asked(any.facility(), "procedure", null, any.from(), any.to(), null, false, null)))
                .isFalse();
    }

    @Test
    void a_restricted_visit_is_not_there_for_who_may_not_see_it() {
        jdbc.sql("UPDATE encounter SET sensitivity = 'psychotherapy' WHERE id = :id")
                .param("id", visit.value())
                .update();

        assertThat(listed("J44.1")).isFalse();
    }

    @Test
    void pages_go_on_where_the_one_before_ended() {
        Asked asked = asked(null);
        List<UUID> all =
                lines(coding.here.coder(), asked).stream().map(Line::id).toList();
        List<UUID> paged = new java.util.ArrayList<>();
        String after = null;
        do {
            String from = after;
            Slice<Line> page = coding.as(coding.here.coder(), actor -> indexes.lines(actor, asked, from, 1));
            page.items().forEach(line -> paged.add(line.id()));
            after = page.next();
        } while (after != null);

        assertThat(paged).isEqualTo(all);
    }

    @Test
    void the_physician_index_counts_cases_and_patients() {
        Asked of = new Asked(
                coding.here.facility(), "diagnosis", null, yesterday, yesterday, null, false, coding.here.okafor());

        List<CodeIndexes.Physician> found = coding.as(coding.here.coder(), actor -> indexes.physicians(actor, of));

        assertThat(found).singleElement().satisfies(each -> {
            assertThat(each.name()).isEqualTo("Dr. A. Okafor");
            assertThat(each.cases()).isPositive();
            assertThat(each.procedures()).isZero();
        });
    }

    // Pages -----------------------------------------------------------------------------------------------------------

    private MockHttpServletResponse get(String address, String login) throws Exception {
        return http.perform(
                        MockMvcRequestBuilders.get(address).with(user(login)).with(csrf()))
                .andReturn()
                .getResponse();
    }

    private String address(String suffix, String codes) {
        return "/coding/indexes" + suffix + "?codes=" + codes + "&from=" + yesterday + "&to=" + yesterday;
    }

    @Test
    void the_page_shows_the_lines_and_leads_to_the_case() throws Exception {
        MockHttpServletResponse answer = get(address("", "J44.1"), coding.here.coder());

        assertThat(answer.getStatus()).isEqualTo(200);
        Document page = Jsoup.parse(answer.getContentAsString(), "http://localhost/");
        SoundPage.check(page);
        assertThat(page.select("tbody tr:has(a[href$=" + id + "])").text())
                .contains("J44.1", "first-listed", "Brennan, Patrick", "MRN ", "Dr. A. Okafor");
        assertThat(page.select("a:contains(Download)"))
                .as("a coder takes no list out")
                .isEmpty();
    }

    @Test
    void the_physician_index_is_a_page_too() throws Exception {
        MockHttpServletResponse answer = get(address("", "") + "&by=physician", coding.here.coder());

        Document page = Jsoup.parse(answer.getContentAsString(), "http://localhost/");
        SoundPage.check(page);
        assertThat(page.select("tbody tr").text()).contains("Dr. A. Okafor");
    }

    @Test
    void the_page_takes_no_more_than_a_dozen_statements() throws Exception {
        assertThat(statements.fewest(() -> get(address("", "J"), coding.here.supervisor())))
                .hasSizeLessThanOrEqualTo(12);
    }

    @Test
    void without_a_period_it_is_the_last_full_month() throws Exception {
        Document page = Jsoup.parse(get("/coding/indexes", coding.here.coder()).getContentAsString());

        assertThat(page.select("#from").val()).startsWith("1 ");
        assertThat(page.select("[role=alert]")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Ｅ11, 1 Oct 2026, 31 Oct 2026, codes",
        "E13-E11, 1 Oct 2026, 31 Oct 2026, codes",
        "E11, 31 Oct 2026, 1 Oct 2026, to",
        "E11, 1 Oct 2015, 1 Oct 2026, to",
        "E11, yesteryear, 1 Oct 2026, from"
    })
    void what_cannot_be_read_is_told_beside_its_field_and_kept(String codes, String from, String to, String field)
            throws Exception {
        MockHttpServletResponse answer = http.perform(MockMvcRequestBuilders.get("/coding/indexes")
                        .param("codes", codes)
                        .param("from", from)
                        .param("to", to)
                        .with(user(coding.here.coder())))
                .andReturn()
                .getResponse();

        assertThat(answer.getStatus()).isEqualTo(422);
        Document page = Jsoup.parse(answer.getContentAsString());
        assertThat(page.select(".field:has(#" + field + ") .wrong").text()).isNotEmpty();
        assertThat(page.select("#codes").val()).isEqualTo(codes);
    }

    @Test
    void the_supervisors_download_has_the_lines_of_the_page() throws Exception {
        MockHttpServletResponse answer = get(address(".csv", "J44.1"), coding.here.supervisor());

        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getContentType()).startsWith("text/csv");
        assertThat(answer.getContentAsString().lines().skip(1))
                .hasSameSizeAs(lines(coding.here.supervisor(), asked("J44.1")))
                .anyMatch(line -> line.startsWith("\"J44.1\",") && line.contains("\"Brennan, Patrick\""));
        assertThat(get(address(".csv", "J44.1"), coding.here.coder()).getStatus())
                .isEqualTo(403);
    }

    @Test
    void looking_and_taking_away_are_on_record_with_the_patients_and_not_with_the_codes_asked_for() throws Exception {
        get(address(".csv", "J44.1"), coding.here.supervisor());

        List<String> exports = jdbc.sql("""
                        SELECT details FROM audit_event
                        WHERE action = 'coding-index.export' AND details LIKE '%' || :patient || '%'
                        """)
                .param("patient", patrick.toString())
                .query((row, number) -> row.getString("details"))
                .list();
        assertThat(exports).isNotEmpty().noneMatch(said -> said.contains("J44"));
    }
}
