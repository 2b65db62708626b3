package org.chartkeeper.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import org.chartkeeper.platform.Permission;
import org.chartkeeper.testing.SoundPage;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.junit.jupiter.web.SpringJUnitWebConfig;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.resource.ResourceUrlEncodingFilter;

/** The frame of every page, its own pages, its fragments and its errors, as a reader of HTML finds them. */
@SpringJUnitWebConfig(ShellPages.class)
class ShellPagesTest {

    @Autowired
    WebApplicationContext context;

    MockMvc mvc;

    @BeforeEach
    void signIn() {
        mvc = MockMvcBuilders.webAppContextSetup(context)
                .addFilters(new ResourceUrlEncodingFilter())
                .build();
        ShellPages.actor = ShellPages.dana(Permission.VISIT_UPDATE, Permission.PATIENT_SEARCH);
    }

    @AfterEach
    void signOut() {
        ShellPages.actor = null;
    }

    private Document page(MockHttpServletRequestBuilder request) throws Exception {
        return Jsoup.parse(answer(request).getContentAsString());
    }

    private MockHttpServletResponse answer(MockHttpServletRequestBuilder request) throws Exception {
        return mvc.perform(request).andReturn().getResponse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/search",
                "/help",
                "/help/home",
                "/help/keyboard",
                "/help/words",
                "/account/preferences",
                "/sample",
                "/fails/404"
            })
    void every_page_is_sound_html_for_everybody(String path) throws Exception {
        SoundPage.check(page(get(path)));
    }

    @Test
    void the_rail_shows_what_the_role_opens_with_what_waits() throws Exception {
        Document page = page(get("/"));
        assertThat(page.select("nav[aria-label=Main] h2").eachText()).containsExactly("My day", "Records");
        assertThat(page.select("nav[aria-label=Main] a").eachText())
                .containsExactly("Home", "Patients", "Visit updates 23 waiting, some overdue");
        assertThat(page.select("nav[aria-label=Main] a[aria-current=page]").text())
                .isEqualTo("Home");
        assertThat(page.select(".rail .n.late")).hasSize(1);
    }

    @Test
    void counts_above_the_bound_say_so() throws Exception {
        ShellPages.actor = ShellPages.dana(Permission.USER_MANAGE);
        assertThat(page(get("/"))
                        .select("nav[aria-label=Main] a[href=/admin/users]")
                        .text())
                .startsWith("Users 500+");
    }

    @Test
    void the_bar_names_the_person_and_the_facility_and_signs_out_by_post() throws Exception {
        Document page = page(get("/"));
        assertThat(page.select("header.bar").text()).contains("Riverside Hospital", "Dana Reyes · Records specialist");
        assertThat(page.select("form[action=/logout][method=post]")).isNotEmpty();
        assertThat(page.select("form[action=/session/facility] button[aria-current=true]")
                        .text())
                .startsWith("Riverside Hospital");
        assertThat(page.select("a[href=/help/home]")).isNotEmpty();
    }

    @Test
    void who_is_not_signed_in_sees_no_rail_and_no_palette() throws Exception {
        ShellPages.actor = null;
        Document page = page(get("/fails/404"));
        assertThat(page.select("nav, dialog, .find")).isEmpty();
        assertThat(page.select("h1").text()).isEqualTo("There is nothing here");
    }

    @Test
    void styles_and_scripts_have_names_that_change_with_their_content() throws Exception {
        Document page = page(get("/"));
        assertThat(page.select("link[rel=stylesheet]").eachAttr("href"))
                .anyMatch(address -> address.startsWith("/webjars/bootstrap/5"))
                .allMatch(address -> address.matches("/webjars/bootstrap/.*|/css/chartkeeper-[0-9a-f]{32}\\.css"));
        String script = page.select("script[type=module]").attr("src");
        assertThat(script).matches("/js/[0-9a-f]{16}/app\\.js");
        assertThat(answer(get(script)).getStatus()).isEqualTo(200);
        assertThat(answer(get(script.replace("app.js", "lib.js"))).getHeader("Cache-Control"))
                .contains("max-age=31536000", "immutable");
        assertThat(answer(get("/js/0123456789abcdef/app.js")).getStatus()).isEqualTo(404);
    }

    @Test
    void the_home_page_shows_what_is_due_by_its_clock() throws Exception {
        Document page = page(get("/"));
        assertThat(page.select(".lead").text()).isEqualTo("1 overdue, 1 due today.");
        assertThat(page.select("main tbody tr").eachText())
                .containsExactly(
                        "Delacroix, Simone 4 West ▲ 1 day overdue ○ To do",
                        "Whitfield, Eleanor today 12:00 pm ✎ Draft",
                        "Osei, Kwame ○ Waiting for documentation");
    }

    @Test
    void a_person_without_work_is_told_where_to_go() throws Exception {
        ShellPages.actor = ShellPages.dana(Permission.USER_MANAGE);
        assertThat(page(get("/")).select("main tbody a").eachText()).containsExactly("Users");
    }

    @Test
    void the_palette_answers_with_a_part_of_a_page_and_keeps_the_words_out_of_addresses() throws Exception {
        String part = answer(post("/search").param("q", "whitf").header("X-Palette", "1"))
                .getContentAsString();
        Document hits = Jsoup.parse(part);
        assertThat(hits.select("main, header")).isEmpty();
        assertThat(hits.select("a").eachText()).containsExactly("Whitfield, Eleanor 11 Mar 1948 · MRN 0048-2217");
        assertThat(page(get("/")).select("form[action=/search]").eachAttr("method"))
                .containsOnly("post");
    }

    @Test
    void the_search_page_works_without_script() throws Exception {
        Document page = page(post("/search").param("q", "upd"));
        assertThat(page.select("#q").val()).isEqualTo("upd");
        assertThat(page.select("main .hits a").eachText()).contains("Visit updates Records");
        assertThat(page(post("/search").param("q", "zzz")).select("main").text())
                .contains("Nothing found");
    }

    @Test
    void a_page_that_is_named_whole_stands_before_patients_whose_names_sound_like_it() throws Exception {
        assertThat(page(post("/search").param("q", "visit updates"))
                        .select("main .hits a")
                        .eachText())
                .startsWith("Visit updates Records")
                .contains("Whitfield, Eleanor 11 Mar 1948 · MRN 0048-2217");
        assertThat(page(post("/search").param("q", "whit"))
                        .select("main .hits a")
                        .eachText())
                .startsWith("Whitfield, Eleanor 11 Mar 1948 · MRN 0048-2217");
    }

    @Test
    void search_asks_only_sources_that_the_role_opens() throws Exception {
        ShellPages.actor = ShellPages.dana(Permission.USER_MANAGE);
        assertThat(page(post("/search").param("q", "whitfield")).select("main").text())
                .contains("Nothing found");
    }

    @Test
    void every_help_page_exists_and_says_something() throws Exception {
        for (String name : HelpPages.names()) {
            Document page = page(get("/help/" + name));
            assertThat(page.select("main article").text().length()).as(name).isGreaterThan(300);
        }
        assertThat(answer(get("/help/nothing")).getStatus()).isEqualTo(404);
    }

    @Test
    void a_field_has_label_hint_and_value() throws Exception {
        Document page = page(get("/sample"));
        Element name = page.select("#bound #name").first();
        assertThat(name).isNotNull();
        assertThat(name.attr("aria-describedby")).isEqualTo("name-hint");
        assertThat(page.select("label[for=name]").text()).isEqualTo("Name");
        assertThat(page.select("#bound [aria-invalid]")).isEmpty();
        assertThat(page.select("#bound .summary")).isEmpty();
        assertThat(page.select("#bound option[selected]").text()).isEqualTo("Second");
        assertThat(page.select("#bound #mail[type=email][autocomplete=email]").val())
                .isEqualTo("d@example.org");
        assertThat(page.select("#bound #phone[type=tel][autocomplete=off]")).hasSize(1);
        assertThat(page.select("#agreed[checked]")).hasSize(1);
        assertThat(page.select("#bound input[name=version]").val()).isEqualTo("3");
        assertThat(page.select("#bound input[name=idempotencyKey]").val()).isEqualTo("abc");
    }

    @Test
    void a_refused_form_says_what_is_wrong_at_the_top_and_beside_the_field_and_keeps_what_was_typed() throws Exception {
        Document page = page(
                post("/sample").param("name", "Whit<b>").param("lines[0]", "x").param("note", "kept"));
        assertThat(page.title()).startsWith("Error: ");
        assertThat(page.select("#bound .summary[role=alert] a").eachAttr("href"))
                .containsExactlyInAnyOrder("#name", "#lines0");
        assertThat(page.select("#bound .summary li").eachText()).contains("The two dates contradict each other");
        assertThat(page.select("#name[aria-invalid=true]").attr("aria-describedby"))
                .isEqualTo("name-hint name-error");
        assertThat(page.select("#name-error").text()).isEqualTo("Enter a name");
        assertThat(page.select("#name").val()).isEqualTo("Whit<b>");
        assertThat(page.select("#note").text()).isEqualTo("kept");
        assertThat(page.select("#lines0-error").text()).isEqualTo("Enter the first line");
    }

    @Test
    void a_conflict_chooses_for_the_reader_only_where_one_side_changed() throws Exception {
        Document page = page(get("/sample"));
        assertThat(page.select("#conflict input[name=choice.hr][checked]").val())
                .isEqualTo("theirs");
        assertThat(page.select("#conflict input[name=choice.bp][checked]")).isEmpty();
        assertThat(page.select("#conflict input[name=choice.bp][required]")).isNotEmpty();
        assertThat(page.select("#diff del").text()).isEqualTo("20 mg");
        assertThat(page.select("#diff ins").eachText()).containsExactly("40 mg", "oral");
    }

    @ParameterizedTest
    @CsvSource({"403", "404", "409", "422", "503", "500"})
    void an_error_page_carries_a_reference_and_nothing_of_the_exception(int status) throws Exception {
        MockHttpServletResponse answer = answer(get("/fails/" + status).accept("text/html"));
        Document page = Jsoup.parse(answer.getContentAsString());
        assertThat(answer.getStatus()).isEqualTo(status);
        assertThat(page.select("#reference").text())
                .matches("[2-9A-Z]{4}-[2-9A-Z]{4}")
                .isEqualTo(answer.getHeader("X-Reference"));
        assertThat(page.html()).doesNotContain("Whitfield").doesNotContain("Exception");
        assertThat(page.select("h1")).hasSize(1);
        assertThat(answer.getHeader("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void the_page_of_a_lost_database_says_that_nothing_typed_is_lost() throws Exception {
        MockHttpServletResponse answer = answer(get("/fails/503"));
        Document page = Jsoup.parse(answer.getContentAsString());
        assertThat(page.select("main").text()).contains("Nothing that you typed is lost", "Try again");
        assertThat(page.select("nav"))
                .as("a page that asks the database for nothing")
                .isEmpty();
        assertThat(answer.getHeader("Retry-After")).isEqualTo("30");
    }

    @Test
    void what_was_wrong_with_an_input_is_told_in_words_meant_for_the_reader() throws Exception {
        assertThat(page(get("/fails/422")).select("main li").eachText())
                .containsExactly("The birth date lies in the future");
    }

    @Test
    void a_script_gets_its_error_as_json_and_a_part_of_a_page_as_a_line() throws Exception {
        assertThat(answer(get("/fails/500").accept("application/json")).getContentAsString())
                .contains("\"reference\"")
                .doesNotContain("Whitfield");
        String part = answer(get("/fails/409").header("HX-Request", "true")).getContentAsString();
        assertThat(part).contains("role=\"alert\"").doesNotContain("<main");
    }

    @Test
    void the_log_gets_classes_and_places_but_no_text_of_foreign_exceptions() {
        String trace =
                Failure.trace(new IllegalStateException("Whitfield has syphilis", new RuntimeException("1948-03-11")));
        assertThat(trace)
                .contains("java.lang.IllegalStateException", "ShellPagesTest")
                .doesNotContain("Whitfield")
                .doesNotContain("1948");
    }
}
