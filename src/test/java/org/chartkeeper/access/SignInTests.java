package org.chartkeeper.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import jakarta.servlet.http.Cookie;
import java.time.Duration;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.testing.ChartkeeperTest;
import org.chartkeeper.testing.TestClock;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@ChartkeeperTest
class SignInTests {

    @Autowired
    MockMvc http;

    @Autowired
    TestClock clock;

    @Autowired
    Users users;

    @Autowired
    CurrentActor actors;

    @Autowired
    ContentPolicyReports reports;

    @Autowired
    JdbcClient database;

    House house;

    @BeforeEach
    void house(
            @Autowired Provisioning provisioning, @Autowired Access access, @Autowired PlatformTransactionManager tx) {
        house = new House(provisioning, access, actors, new TransactionTemplate(tx));
    }

    @Test
    void who_is_not_signed_in_is_sent_to_sign_in_and_back() throws Exception {
        MockHttpServletResponse answer =
                http.perform(get("/account")).andReturn().getResponse();
        assertThat(answer.getRedirectedUrl()).isEqualTo("/login?next=/account");
        MockHttpServletResponse signedIn = http.perform(
                        signIn("coder", House.PASSWORD).param("next", "/account"))
                .andReturn()
                .getResponse();
        assertThat(signedIn.getRedirectedUrl()).isEqualTo("/account");
    }

    @Test
    void a_foreign_address_to_go_on_to_is_ignored() throws Exception {
        for (String next : new String[] {"https://evil.example", "//evil.example", "/\\evil.example", "javascript:1"}) {
            assertThat(http.perform(signIn("coder", House.PASSWORD).param("next", next))
                            .andReturn()
                            .getResponse()
                            .getRedirectedUrl())
                    .isEqualTo("/");
        }
    }

    @Test
    void a_wrong_password_and_an_unknown_user_get_the_same_answer() throws Exception {
        MockHttpServletResponse wrong =
                http.perform(signIn("coder", "not the password")).andReturn().getResponse();
        MockHttpServletResponse unknown = http.perform(post("/login")
                        .with(csrf())
                        .param("username", "nobody-" + house.here)
                        .param("password", "x"))
                .andReturn()
                .getResponse();
        assertThat(wrong.getRedirectedUrl()).isEqualTo("/login?error").isEqualTo(unknown.getRedirectedUrl());
        assertThat(Jsoup.parse(http.perform(get("/login?error"))
                                .andReturn()
                                .getResponse()
                                .getContentAsString())
                        .select("[role=alert] h2")
                        .text())
                .isEqualTo("You are not signed in");
    }

    @Test
    void the_trail_tells_sign_in_refusal_and_sign_out() throws Exception {
        http.perform(signIn("coder", "not the password"));
        Cookie session = session("coder");
        http.perform(post("/logout").cookie(session).with(csrf()));
        assertThat(database.sql("""
                                select action || ' ' || outcome || coalesce(' ' || reason, '') from audit_event
                                where actor_id = :user order by occurred_at, id
                                """)
                        .param("user", house.user("coder").value())
                        .query(String.class)
                        .list())
                .containsExactly("signin refused password", "signin done", "signout done");
        assertThat(http.perform(get("/account").cookie(session))
                        .andReturn()
                        .getResponse()
                        .getRedirectedUrl())
                .startsWith("/login");
    }

    @Test
    void five_wrong_passwords_pause_the_account_and_time_opens_it_again() throws Exception {
        clock.setTo(java.time.Instant.parse("2031-11-25T12:00:00Z"));
        for (int i = 0; i < 5; i++) {
            http.perform(signIn("coder", "guess " + i));
        }
        assertThat(http.perform(signIn("coder", House.PASSWORD))
                        .andReturn()
                        .getResponse()
                        .getRedirectedUrl())
                .isEqualTo("/login?error");
        clock.advance(Duration.ofSeconds(31));
        assertThat(http.perform(signIn("coder", House.PASSWORD))
                        .andReturn()
                        .getResponse()
                        .getRedirectedUrl())
                .isEqualTo("/");
    }

    @Test
    void a_session_without_use_ends_after_15_minutes_and_asking_for_the_time_left_is_no_use() throws Exception {
        clock.setTo(java.time.Instant.parse("2031-11-25T12:00:00Z"));
        Cookie session = session("coder");
        clock.advance(Duration.ofMinutes(10));
        assertThat(http.perform(get("/session/remaining").cookie(session))
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .isEqualTo("{\"seconds\":300}");
        clock.advance(Duration.ofMinutes(6));
        assertThat(http.perform(get("/account").cookie(session))
                        .andReturn()
                        .getResponse()
                        .getRedirectedUrl())
                .isEqualTo("/login?ended=time&next=/account");
    }

    @Test
    void use_extends_a_session_to_twelve_hours_and_no_more() throws Exception {
        clock.setTo(java.time.Instant.parse("2031-11-25T00:00:00Z"));
        Cookie session = session("coder");
        for (int i = 0; i < 71; i++) {
            clock.advance(Duration.ofMinutes(10));
            assertThat(http.perform(post("/session/extend").cookie(session).with(csrf()))
                            .andReturn()
                            .getResponse()
                            .getStatus())
                    .isEqualTo(200);
        }
        clock.advance(Duration.ofMinutes(11));
        assertThat(http.perform(get("/session/remaining").cookie(session))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(401);
    }

    @Test
    void a_disabled_user_is_out_with_the_next_request() throws Exception {
        Cookie session = session("coder");
        assertThat(http.perform(get("/account").cookie(session))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(200);
        actors.asSystem(house.here, () -> {
            users.disable(house.user("coder"), users.get(house.user("coder")).version());
            return true;
        });
        assertThat(http.perform(get("/account").cookie(session))
                        .andReturn()
                        .getResponse()
                        .getRedirectedUrl())
                .startsWith("/login?ended=account");
        assertThat(http.perform(signIn("coder", House.PASSWORD))
                        .andReturn()
                        .getResponse()
                        .getRedirectedUrl())
                .isEqualTo("/login?error");
    }

    @Test
    void a_session_gets_a_new_id_at_sign_in() throws Exception {
        Cookie before = session("coder");
        Cookie after = http.perform(signIn("coder", House.PASSWORD).cookie(before))
                .andReturn()
                .getResponse()
                .getCookie("chartkeeper");
        assertThat(after).isNotNull();
        assertThat(after.getValue()).isNotEqualTo(before.getValue());
    }

    @Test
    void a_part_of_a_page_without_session_asks_for_the_whole_page_anew() throws Exception {
        MockHttpServletResponse answer = http.perform(get("/account").header("HX-Request", "true"))
                .andReturn()
                .getResponse();
        assertThat(answer.getHeader("HX-Refresh")).isEqualTo("true");
        assertThat(answer.getContentAsString()).isEmpty();
    }

    @Test
    void every_page_bears_the_headers_that_guard_it() throws Exception {
        MockHttpServletResponse answer =
                http.perform(get("/login").secure(true)).andReturn().getResponse();
        assertThat(answer.getHeader("Content-Security-Policy"))
                .startsWith("default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
                        + " form-action 'self'; frame-ancestors 'none'");
        assertThat(answer.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.getHeader("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.getHeader("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(answer.getHeader("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        assertThat(answer.getHeader("Strict-Transport-Security")).contains("max-age=31536000");
        assertThat(answer.getHeader("Cache-Control")).contains("no-store");
    }

    @Test
    void a_change_without_the_forms_token_or_from_another_site_is_refused() throws Exception {
        assertThat(http.perform(post("/session/extend").with(user(house.login("coder"))))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(403);
        assertThat(http.perform(post("/session/extend")
                                .with(user(house.login("coder")))
                                .with(csrf())
                                .header("Sec-Fetch-Site", "cross-site"))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(403);
    }

    @Test
    void reports_against_the_content_policy_are_kept_without_queries() throws Exception {
        long before = reports.count();
        http.perform(post("/csp-report").contentType("application/csp-report").content("""
                {"csp-report": {"effective-directive": "script-src-elem", "blocked-uri": "inline",
                  "document-uri": "http://localhost/patients?q=Whitfield"}}"""));
        assertThat(reports.count()).isEqualTo(before + 1);
        assertThat(reports.newest().getLast()).isEqualTo("script-src-elem blocked inline on http://localhost/patients");
    }

    @Test
    void a_new_password_needs_the_present_one_and_ends_other_sessions() throws Exception {
        Cookie here = session("coder");
        Cookie elsewhere = session("coder");
        String wanted = "seven slow herons wade";
        assertThat(http.perform(change(here, "wrong", wanted))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(422);
        assertThat(http.perform(change(here, House.PASSWORD, "short"))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(422);
        clock.advance(Duration.ofSeconds(1));
        MockHttpServletResponse changed =
                http.perform(change(here, House.PASSWORD, wanted)).andReturn().getResponse();
        assertThat(changed.getRedirectedUrl()).isEqualTo("/account");
        assertThat(http.perform(get("/account").cookie(elsewhere))
                        .andReturn()
                        .getResponse()
                        .getRedirectedUrl())
                .startsWith("/login");
        Cookie renamed = changed.getCookie("chartkeeper");
        assertThat(http.perform(get("/account").cookie(renamed == null ? here : renamed))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(200);
        assertThat(http.perform(signIn("coder", wanted))
                        .andReturn()
                        .getResponse()
                        .getRedirectedUrl())
                .isEqualTo("/");
    }

    private static MockHttpServletRequestBuilder change(Cookie session, String present, String wanted) {
        return post("/account/password")
                .cookie(session)
                .with(csrf())
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .param("present", present)
                .param("password", wanted)
                .param("again", wanted);
    }

    private MockHttpServletRequestBuilder signIn(String role, String password) {
        return post("/login").with(csrf()).param("username", house.login(role)).param("password", password);
    }

    private Cookie session(String role) throws Exception {
        Cookie cookie = http.perform(signIn(role, House.PASSWORD))
                .andReturn()
                .getResponse()
                .getCookie("chartkeeper");
        assertThat(cookie).isNotNull();
        return cookie;
    }
}
