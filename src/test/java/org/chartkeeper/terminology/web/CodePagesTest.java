package org.chartkeeper.terminology.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.List;
import org.chartkeeper.access.Access;
import org.chartkeeper.access.House;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.terminology.domain.CodeFixtures;
import org.chartkeeper.testing.ChartkeeperTest;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.RequestBuilder;
import org.springframework.test.web.servlet.request.AbstractMockHttpServletRequestBuilder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Looking codes up, with the starter set that every installation has. */
@ChartkeeperTest
class CodePagesTest {

    @Autowired
    private MockMvc http;

    @Autowired
    private Provisioning provisioning;

    @Autowired
    private Access access;

    @Autowired
    private CurrentActor actors;

    @Autowired
    private PlatformTransactionManager transactionManager;

    @Autowired
    private JdbcClient database;

    @Autowired
    private ApplicationEventPublisher events;

    private House house;

    @BeforeEach
    void nothingKept() {
        house = House.shared(provisioning, access, actors, new TransactionTemplate(transactionManager));
        CodeFixtures.forget(database, events);
        database.sql("delete from code_choice").update();
    }

    private MockHttpServletResponse answer(String role, AbstractMockHttpServletRequestBuilder<?> request)
            throws Exception {
        return http.perform(
                        (RequestBuilder) request.with(user(house.login(role))).with(csrf()))
                .andReturn()
                .getResponse();
    }

    private Document page(String role, String path) throws Exception {
        MockHttpServletResponse response = answer(role, get(path));
        assertThat(response.getStatus()).isEqualTo(200);
        return Jsoup.parse(response.getContentAsString());
    }

    private String json(String role, String path) throws Exception {
        return answer(role, get(path).accept(MediaType.APPLICATION_JSON)).getContentAsString();
    }

    private void keep(String role, String code, boolean keep) throws Exception {
        assertThat(answer(role, post("/codes/icd-10-cm/" + code + "/favorite").param("keep", String.valueOf(keep)))
                        .getStatus())
                .isIn(302, 303);
    }

    private void pick(String role, String code) throws Exception {
        assertThat(answer(role, post("/codes/icd-10-cm/" + code + "/picked")).getStatus())
                .isEqualTo(204);
    }

    private static List<String> codes(Document page, String heading) {
        return page.select("section[aria-labelledby=" + heading + "] tbody tr td:nth-child(2)")
                .eachText();
    }

    @Test
    void a_code_is_kept_by_its_star_and_stands_among_the_favorites() throws Exception {
        keep("coder", "I10", true);
        assertThat(codes(page("coder", "/codes"), "favorites-h")).containsExactly("I10");
        assertThat(page("coder", "/codes?q=I10")
                        .select("button[aria-label=Favorite I10]")
                        .attr("aria-pressed"))
                .isEqualTo("true");
        keep("coder", "I10", false);
        assertThat(codes(page("coder", "/codes"), "favorites-h")).isEmpty();
    }

    @Test
    void without_a_system_all_of_them_answer() throws Exception {
        Document page = page("coder", "/codes?q=furosemide+40");

        assertThat(page.select("select[name=system] option[selected]")).isEmpty();
        assertThat(page.select("section[aria-labelledby=codes-h] tbody tr")
                        .first()
                        .text())
                .contains("Furosemide 40 mg tablet")
                .contains("Drugs (RxNorm)");
        assertThat(json("coder", "/codes?q=I10")).contains("\"code\":\"I10\"");
        assertThat(json("coder", "/codes?q=furosemide+40&system=icd-10-cm")).doesNotContain("Furosemide 40");
    }

    @Test
    void a_star_in_a_list_of_matches_leads_back_to_that_list() throws Exception {
        assertThat(answer(
                                "coder",
                                post("/codes/icd-10-cm/I10/favorite")
                                        .param("keep", "true")
                                        .param("among", "icd-10-cm")
                                        .param("q", "high blood & pressure")
                                        .param("on", "2026-01-02"))
                        .getRedirectedUrl())
                .isEqualTo("/codes?system=icd-10-cm&q=high%20blood%20%26%20pressure&on=2026-01-02");
    }

    @Test
    void favorites_and_recent_codes_are_everybodys_own() throws Exception {
        keep("coder", "I10", true);
        pick("coder", "E11.9");
        Document other = page("records-specialist", "/codes");
        assertThat(codes(other, "favorites-h")).isEmpty();
        assertThat(other.select("#recent-h")).isEmpty();
    }

    @Test
    void a_picked_code_is_recent_once_and_a_favorite_is_not_told_twice() throws Exception {
        keep("coder", "I10", true);
        pick("coder", "I10");
        pick("coder", "e119");
        pick("coder", "E11.9");
        assertThat(codes(page("coder", "/codes"), "recent-h")).containsExactly("E11.9");
    }

    @Test
    void a_field_in_which_nothing_is_typed_offers_favorites_then_what_was_picked_last() throws Exception {
        keep("coder", "I10", true);
        pick("coder", "E11.9");
        assertThat(json("coder", "/codes?q=&system=icd-10-cm"))
                .containsSubsequence("\"I10\"", "\"own\":\"favorite\"", "\"E11.9\"", "\"own\":\"recent\"");
        assertThat(json("coder", "/codes?q=&system=hcpcs")).isEqualTo("{\"results\":[]}");
    }

    @Test
    void what_is_typed_is_answered_without_a_word_of_ones_own() throws Exception {
        keep("coder", "I10", true);
        assertThat(json("coder", "/codes?q=I10")).contains("\"I10\"").doesNotContain("own");
    }

    @Test
    void an_answer_has_just_the_keys_that_are_promised() throws Exception {
        assertThat(json("coder", "/codes?q=I10&system=icd10cm&limit=1"))
                .isEqualTo("{\"results\":[{\"system\":\"icd10cm\",\"code\":\"I10\",\"display\":\"Essential (primary)"
                        + " hypertension\",\"billable\":true,\"validFrom\":null,\"validTo\":null}]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "0", "-1", "1.5"})
    void a_limit_that_is_none_is_refused_and_named(String limit) throws Exception {
        MockHttpServletResponse answer =
                answer("coder", get("/codes?q=I10&limit=" + limit).accept(MediaType.APPLICATION_JSON));
        assertThat(answer.getStatus()).isEqualTo(422);
        assertThat(answer.getContentAsString())
                .isEqualTo("{\"problems\":[\"The limit " + limit + " is no number from 1 to 50\"]}");
    }

    @Test
    void a_limit_beyond_what_is_answered_is_cut_to_it() throws Exception {
        assertThat(answer("coder", get("/codes?q=I10&limit=500").accept(MediaType.APPLICATION_JSON))
                        .getStatus())
                .isEqualTo(200);
    }

    @Test
    void more_than_is_searched_for_is_refused() throws Exception {
        MockHttpServletResponse answer =
                answer("coder", get("/codes?q=" + "a".repeat(501)).accept(MediaType.APPLICATION_JSON));
        assertThat(answer.getStatus()).isEqualTo(422);
        assertThat(answer.getContentAsString()).contains("No more than 500 characters");
    }

    @Test
    void the_last_twenty_are_shown_newest_first() throws Exception {
        List<String> known = page("coder", "/codes?q=E1")
                .select("main tbody td:nth-child(2)")
                .eachText();
        assertThat(known).hasSizeGreaterThan(2);
        for (int i = 0; i < known.size(); i++) {
            database.sql("insert into code_choice (user_id, system, code, used_at) values (:user, 'icd10cm', :code,"
                            + " timestamptz '2026-01-01 00:00Z' + make_interval(hours => :hour))")
                    .param("user", house.user("coder").value())
                    .param("code", known.get(i))
                    .param("hour", i)
                    .update();
        }
        List<String> newest = known.reversed();
        assertThat(codes(page("coder", "/codes"), "recent-h"))
                .isEqualTo(newest.subList(0, Math.min(20, newest.size())));
    }

    @Test
    void a_code_that_nothing_has_is_neither_kept_nor_noted() throws Exception {
        assertThat(answer("coder", post("/codes/icd-10-cm/Q99.99/favorite").param("keep", "true"))
                        .getStatus())
                .isEqualTo(404);
        pick("coder", "Q99.99");
        assertThat(page("coder", "/codes").select("#recent-h")).isEmpty();
    }

    @Test
    void who_looks_up_no_codes_keeps_none() throws Exception {
        assertThat(answer("administrator", post("/codes/icd-10-cm/I10/favorite").param("keep", "true"))
                        .getStatus())
                .isEqualTo(403);
    }

    @Test
    void a_code_of_the_starter_set_has_a_page_that_says_so() throws Exception {
        Document list = page("coder", "/codes?q=I10&system=icd10cm");
        assertThat(list.select("main table a[href^=/codes/icd-10-cm/I10], main table a[href^=/codes/icd10cm/I10]"))
                .isNotEmpty();

        Document code = page("coder", "/codes/icd10cm/I10");

        assertThat(code.select("h1").text()).startsWith("I10 Essential");
        assertThat(code.select("main .lead").text()).contains("can be reported", "starter set");
        assertThat(code.select("main .lead").text()).doesNotContain("valid since");
    }

    @Test
    void a_code_that_is_in_no_set_has_no_page() throws Exception {
        assertThat(answer("coder", get("/codes/icd10cm/I99.999")).getStatus()).isEqualTo(404);
    }
}
