package org.chartkeeper.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.List;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.chartkeeper.access.Access;
import org.chartkeeper.access.House;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.testing.ChartkeeperTest;
import org.chartkeeper.testing.SoundPage;
import org.chartkeeper.testing.StatementCounter;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every page without an id in its path, for every role: sound, quick and never a fault. */
@ChartkeeperTest
class EveryPageTests {

    private static final int MOST_STATEMENTS = 12;

    @Autowired
    MockMvc http;

    @Autowired
    RequestMappingHandlerMapping requestMappingHandlerMapping;

    @Autowired
    StatementCounter statements;

    @Autowired
    Provisioning provisioning;

    @Autowired
    Access access;

    @Autowired
    CurrentActor actors;

    @Autowired
    TransactionTemplate transaction;

    House house;

    @BeforeEach
    void house() {
        house = House.shared(provisioning, access, actors, transaction);
    }

    private List<String> pages() {
        return requestMappingHandlerMapping.getHandlerMethods().keySet().stream()
                .filter(route -> route.getMethodsCondition().getMethods().contains(RequestMethod.GET))
                .flatMap(route -> route.getPatternValues().stream())
                .filter(path -> !path.contains("{") && !path.equals("/error"))
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "records-specialist",
                "coder",
                "release-specialist",
                "supervisor",
                "clinician",
                "privacy-officer",
                "administrator"
            })
    void every_page_of_a_role_is_sound_and_takes_few_statements(String role) throws Exception {
        String login = house.login(role);
        SoftAssertions all = new SoftAssertions();
        for (String path : pages()) {
            MockHttpServletResponse[] answer = new MockHttpServletResponse[1];
            List<String> sent = statements.during(() -> answer[0] =
                    http.perform(get(path).with(user(login))).andReturn().getResponse());
            all.assertThat(answer[0].getStatus()).as(path).isLessThan(500);
            if (answer[0].getStatus() == 200
                    && String.valueOf(answer[0].getContentType()).startsWith("text/html")) {
                all.assertThatCode(() -> SoundPage.check(Jsoup.parse(answer[0].getContentAsString())))
                        .as(path)
                        .doesNotThrowAnyException();
                if (sent.size() > MOST_STATEMENTS) {
                    sent = statements.fewest(() -> http.perform(get(path).with(user(login))));
                }
                all.assertThat(sent).as("statements of %s", path).hasSizeLessThanOrEqualTo(MOST_STATEMENTS);
            }
        }
        all.assertAll();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/search", "/help", "/help/chart", "/account/preferences"})
    void a_person_without_any_task_sees_the_shell(String path) throws Exception {
        Document page = page(path, "privacy-officer");
        assertThat(page.select("header.bar").text()).contains("Privacy officer");
        assertThat(page.select("main h1")).hasSize(1);
    }

    @Test
    void the_rail_of_a_role_holds_only_pages_that_it_opens() throws Exception {
        for (String role : Set.of("records-specialist", "clinician", "administrator")) {
            for (String path : page("/", role).select(".rail a").eachAttr("href")) {
                assertThat(http.perform(get(path).with(user(house.login(role))))
                                .andReturn()
                                .getResponse()
                                .getStatus())
                        .as("%s for %s", path, role)
                        .isNotEqualTo(403)
                        .isLessThan(500);
            }
        }
    }

    @Test
    void the_state_page_is_for_those_who_look_after_the_system() throws Exception {
        assertThat(page("/upkeep", "administrator").select("h1").text()).isEqualTo("System");
        MockHttpServletResponse refused = http.perform(get("/upkeep").with(user(house.login("clinician"))))
                .andReturn()
                .getResponse();
        assertThat(refused.getStatus()).isEqualTo(403);
        assertThat(Jsoup.parse(refused.getContentAsString())
                        .select("#reference")
                        .text())
                .isEqualTo(refused.getHeader("X-Reference"));
    }

    @Test
    void preferences_act_on_the_next_page() throws Exception {
        String login = house.login("supervisor");
        http.perform(post("/account/preferences")
                .with(user(login))
                .with(csrf())
                .param("theme", "dark")
                .param("density", "compact")
                .param("_shortcuts", "on"));
        Document page = page("/", "supervisor");
        assertThat(page.select("html[data-theme=dark][data-density=compact][data-shortcuts=off]"))
                .hasSize(1);
        MockHttpServletResponse refused = http.perform(post("/account/preferences")
                        .with(user(login))
                        .with(csrf())
                        .param("theme", "pink")
                        .param("density", "compact"))
                .andReturn()
                .getResponse();
        assertThat(refused.getStatus()).isEqualTo(422);
        assertThat(Jsoup.parse(refused.getContentAsString())
                        .select(".summary a")
                        .attr("href"))
                .isEqualTo("#theme");
    }

    @Test
    void a_request_without_its_token_is_refused_with_a_reference() throws Exception {
        MockHttpServletResponse refused = http.perform(
                        post("/views").with(user(house.login("clinician"))).param("list", "/inbox"))
                .andReturn()
                .getResponse();
        assertThat(refused.getStatus()).isEqualTo(403);
    }

    private Document page(String path, String role) throws Exception {
        return Jsoup.parse(http.perform(get(path).with(user(house.login(role))))
                .andReturn()
                .getResponse()
                .getContentAsString());
    }
}
