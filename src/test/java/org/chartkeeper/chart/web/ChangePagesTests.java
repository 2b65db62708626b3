package org.chartkeeper.chart.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.Objects;
import org.chartkeeper.access.House;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.patient.PatientFixture;
import org.chartkeeper.patient.Patients;
import org.chartkeeper.patient.Registrations;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.testing.ChartkeeperTest;
import org.chartkeeper.testing.SoundPage;
import org.chartkeeper.testing.StatementCounter;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** Ways to change what stands, as people use them at the pages. */
@ChartkeeperTest
class ChangePagesTests {

    private static final String SPECIALIST = "records-specialist";
    private static final String CLINICIAN = "clinician";

    @Autowired
    ApplicationContext context;

    @Autowired
    StatementCounter statements;

    @Autowired
    JdbcClient database;

    Charts charts;
    PatientId patient;
    EncounterId visit;

    @BeforeEach
    void aChart() {
        charts = new Charts(context);
        patient = charts.eleanor();
        visit = charts.visit(patient);
    }

    // ---- ways ---------------------------------------------------------------------------------------------------

    @Test
    void an_entry_offers_the_ways_that_are_open_as_it_stands() throws Exception {
        EntryId unsigned = charts.dictated(patient, visit, note("She is well."));
        EntryId locked = charts.imported(patient, Charts.problem("Hypertension"));

        assertThat(ways(SPECIALIST, unsigned)).containsExactly("Revise", "Entered in error", "Wrong patient");
        assertThat(ways(SPECIALIST, locked)).containsExactly("Update", "Correct", "Entered in error", "Wrong patient");
        assertThat(ways(CLINICIAN, unsigned)).containsExactly("Revise", "Entered in error");
        assertThat(ways("coder", locked)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"update", "correction", "retraction"})
    void a_form_of_change_is_a_sound_page_of_few_statements(String way) throws Exception {
        EntryId locked = charts.imported(patient, Charts.problem("Hypertension"));
        Document[] page = new Document[1];
        charts.page(SPECIALIST, path(locked));

        var sent = statements.fewest(() -> page[0] = charts.page(SPECIALIST, path(locked) + "/change/" + way));

        SoundPage.check(page[0]);
        assertThat(page[0].select("main h1").text()).endsWith("Hypertension");
        assertThat(sent).hasSizeLessThanOrEqualTo(12);
    }

    @Test
    void the_pages_of_a_changed_entry_take_few_statements() throws Exception {
        EntryId changed = charts.dictated(patient, visit, note("She is well."));
        submit(SPECIALIST, revision(changed, "She is not well.", 1, Charts.key()));

        charts.page(SPECIALIST, path(changed) + "/history");
        for (String page : new String[] {"", "/history", "/move", "/withdraw"}) {
            var sent = statements.fewest(() -> charts.page(SPECIALIST, path(changed) + page));
            assertThat(sent).as(page).hasSizeLessThanOrEqualTo(12);
        }
        for (String page : new String[] {"", "/move", "/late-entry"}) {
            var sent = statements.fewest(
                    () -> charts.page(SPECIALIST, "/patients/" + patient + "/visits/" + visit + page));
            assertThat(sent).as(page).hasSizeLessThanOrEqualTo(12);
        }
    }

    @Test
    void a_revision_says_on_its_face_what_it_changed_and_keeps_the_original_one_click_away() throws Exception {
        EntryId entry = charts.dictated(patient, visit, note("She is well."));

        MockHttpServletResponse answer = submit(SPECIALIST, revision(entry, "She is not well.", 1, Charts.key()));

        assertThat(answer.getStatus()).isEqualTo(302);
        Document page = charts.page(SPECIALIST, path(entry));
        Element mark = Objects.requireNonNull(page.selectFirst(".notice:contains(Revised)"));
        assertThat(mark.text()).contains("Transcription error", "She is well.", "She is not well.");
        assertThat(mark.select("a").attr("href")).endsWith("/history#version-1");
        assertThat(charts.page(SPECIALIST, path(entry) + "/history").select("#version-1"))
                .hasSize(1);
    }

    @Test
    void a_specialist_proposes_the_correction_of_what_is_locked_and_can_take_it_back() throws Exception {
        EntryId entry = charts.imported(patient, Charts.problem("Hypertension"));

        MockHttpServletResponse saved = submit(
                SPECIALIST,
                said(path(entry) + "/change/correction", 1, "transcription")
                        .param("values[words]", "Hypotension")
                        .param("eventDate", "t")
                        .param("by", "p:" + charts.house.practitioner));

        assertThat(saved.getStatus()).as(text(saved)).isEqualTo(302);
        Document proposed = charts.page(SPECIALIST, path(entry));
        assertThat(proposed.select("main .head .tag").eachText()).contains("✎ Correction proposed");
        assertThat(proposed.select("main h1").text()).isEqualTo("Hypertension");
        assertThat(ways(SPECIALIST, entry)).startsWith("Take back what waits");

        MockHttpServletResponse back = submit(
                SPECIALIST,
                post(path(entry) + "/withdraw")
                        .param("version", "2")
                        .param("idempotencyKey", Charts.key())
                        .param("reasonWords", "misread"));

        assertThat(back.getStatus()).isEqualTo(302);
        Document again = charts.page(SPECIALIST, path(entry));
        assertThat(again.select("main h1").text()).isEqualTo("Hypertension");
        assertThat(again.select("main .head .tag")).isEmpty();
        assertThat(again.select(".notice").text()).contains("Not taken over");
    }

    @Test
    void an_author_corrects_and_signs_in_one_step() throws Exception {
        EntryId entry = signedNote("The left knee.");

        MockHttpServletResponse wrong = submit(
                CLINICIAN,
                said(path(entry) + "/change/correction", 1, "side")
                        .param("values[text]", "The right knee.")
                        .param("eventDate", "t-2")
                        .param("by", "p:" + charts.house.practitioner)
                        .param("password", "not it"));
        assertThat(wrong.getStatus()).isEqualTo(422);
        assertThat(Jsoup.parse(wrong.getContentAsString())
                        .select("textarea[name='values[text]']")
                        .text())
                .isEqualTo("The right knee.");

        MockHttpServletResponse saved = submit(
                CLINICIAN,
                said(path(entry) + "/change/correction", 1, "side")
                        .param("values[text]", "The right knee.")
                        .param("eventDate", "t-2")
                        .param("by", "p:" + charts.house.practitioner)
                        .param("password", House.PASSWORD));

        assertThat(saved.getStatus()).as(text(saved)).isEqualTo(302);
        Document page = charts.page(CLINICIAN, path(entry));
        assertThat(page.select("main div.note").text()).isEqualTo("The right knee.");
        assertThat(page.select(".notice:contains(Corrected)").text()).contains("Wrong side or site");
        assertThat(page.select("main .head .tag").eachText()).containsExactly("✎ Corrected");
    }

    @Test
    void an_addendum_stands_beside_its_note_and_waits_for_the_author() throws Exception {
        EntryId entry = signedNote("She is well.");

        MockHttpServletResponse saved = submit(
                SPECIALIST,
                said(path(entry) + "/change/addendum", 1, "omitted")
                        .param("text", "And she sleeps.")
                        .param("eventDate", "t-2")
                        .param("by", "p:" + charts.house.practitioner));

        assertThat(saved.getStatus()).as(text(saved)).isEqualTo(302);
        Document parent = charts.page(SPECIALIST, path(entry));
        assertThat(parent.select("section[aria-labelledby=addenda-h] tbody").text())
                .contains("Addendum to Progress note", "Unsigned");
        assertThat(parent.select("main div.note").text()).isEqualTo("She is well.");
    }

    @Test
    void bad_input_is_kept_and_said_at_its_field() throws Exception {
        EntryId entry = charts.dictated(patient, visit, note("She is well."));

        MockHttpServletResponse answer = submit(
                SPECIALIST,
                post(path(entry) + "/change/revision")
                        .param("version", "1")
                        .param("idempotencyKey", Charts.key())
                        .param("values[words]", "Progress note")
                        .param("values[text]", "She is not well.")
                        .param("eventDate", "yesterweek")
                        .param("reasonCode", "other"));

        assertThat(answer.getStatus()).isEqualTo(422);
        Document page = Jsoup.parse(answer.getContentAsString());
        SoundPage.check(page);
        assertThat(page.select(".summary a").eachAttr("href"))
                .contains("#eventDate", "#statedDate", "#by", "#source", "#reasonWords");
        assertThat(page.select("textarea[name='values[text]']").text()).isEqualTo("She is not well.");
        assertThat(page.select("input[name=eventDate]").val()).isEqualTo("yesterweek");
    }

    @Test
    void a_stale_save_shows_base_theirs_and_mine_and_saves_what_is_chosen() throws Exception {
        EntryId entry = charts.dictated(patient, visit, note("She is well."));
        submit(SPECIALIST, revision(entry, "She is not well.", 1, Charts.key()));

        MockHttpServletResponse stale = submit(SPECIALIST, revision(entry, "She is very well.", 1, Charts.key()));

        assertThat(stale.getStatus()).isEqualTo(409);
        Document conflict = Jsoup.parse(stale.getContentAsString());
        SoundPage.check(conflict);
        assertThat(conflict.select("table.conflict tbody tr").text())
                .contains("She is well.", "She is not well.", "She is very well.");
        MockHttpServletRequestBuilder chosen =
                post(path(entry) + "/change/revision").param("choice.text", "mine");
        conflict.select("main form input[type=hidden]").forEach(field -> {
            if (!field.attr("name").equals("_csrf")) {
                chosen.param(field.attr("name"), field.val());
            }
        });
        MockHttpServletResponse saved = submit(SPECIALIST, chosen);
        assertThat(saved.getStatus()).as(text(saved)).isEqualTo(302);
        assertThat(charts.page(SPECIALIST, path(entry)).select("main div.note").text())
                .isEqualTo("She is very well.");
    }

    @Test
    void a_repeated_submit_writes_once_and_answers_the_same() throws Exception {
        EntryId entry = charts.dictated(patient, visit, note("She is well."));
        String key = Charts.key();

        MockHttpServletResponse first = submit(SPECIALIST, revision(entry, "She is not well.", 1, key));
        MockHttpServletResponse second = submit(SPECIALIST, revision(entry, "She is not well.", 1, key));

        assertThat(second.getStatus()).isEqualTo(302);
        assertThat(second.getRedirectedUrl()).isEqualTo(first.getRedirectedUrl());
        assertThat(database.sql("SELECT count(*) FROM entry_version WHERE entry_id = ?")
                        .param(entry.value())
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
    }

    // ---- late -----------------------------------------------------------------------------------------------------

    @Test
    void a_note_that_was_stated_late_is_marked_and_one_that_is_only_typed_late_is_not() throws Exception {
        Document late = follow(SPECIALIST, late("t", "10:00 am"));
        assertThat(late.select("main .head .tag").eachText()).contains("Late entry");
        assertThat(late.select(".notice:contains(Late entry)").text()).contains("Left out");

        Document inTime = follow(SPECIALIST, late("t-2", "11:59 pm"));
        assertThat(inTime.select("main .head .tag").eachText()).doesNotContain("Late entry");
        assertThat(inTime.select(".notice").text()).contains("from dictation of");
    }

    private MockHttpServletRequestBuilder late(String stated, String at) {
        return post("/patients/" + patient + "/visits/" + visit + "/late-entry")
                .param("idempotencyKey", Charts.key())
                .param("kind", "progress")
                .param("text", "Breath sounds were clear.")
                .param("eventDate", "t-2")
                .param("by", "p:" + charts.house.practitioner)
                .param("statedDate", stated)
                .param("statedTime", stated.equals("t") ? "12:01 am" : at)
                .param("source", "dictation")
                .param("reasonCode", "omitted");
    }

    // ---- wrong patient ----------------------------------------------------------------------------------------------

    @Test
    void a_move_needs_both_identifiers_of_the_right_patient_and_a_look_at_who_that_is() throws Exception {
        PatientId right = ellen();
        EntryId entry = charts.dictated(patient, visit, note("She is well."));
        String mrn = mrn(right);
        String path = path(entry) + "/move";

        MockHttpServletResponse wrongDate = submit(SPECIALIST, move(path, mrn, "3/12/1948", "check"));
        assertThat(wrongDate.getStatus()).isEqualTo(422);
        assertThat(Jsoup.parse(wrongDate.getContentAsString())
                        .select(".summary")
                        .text())
                .contains("No patient here has this MRN and this birth date");

        MockHttpServletResponse own = submit(SPECIALIST, move(path, mrn(patient), "3/11/1948", "check"));
        assertThat(own.getStatus()).isEqualTo(422);

        Document check = Jsoup.parse(
                submit(SPECIALIST, move(path, mrn, "11/2/1951", "check")).getContentAsString());
        SoundPage.check(check);
        assertThat(check.select("main h1").text()).endsWith("moves: Progress note");
        assertThat(check.select("section[aria-labelledby=right-h] dl").text())
                .contains("Whitfield, Ellen", "2 Nov 1951", mrn);
        assertThat(check.select("section[aria-labelledby=moves-h]").text()).contains("Progress note");

        MockHttpServletRequestBuilder unseen = move(path, mrn, "11/2/1951", "move");
        hidden(check, unseen);
        assertThat(submit(SPECIALIST, unseen).getStatus()).as("not compared").isEqualTo(422);

        MockHttpServletRequestBuilder done =
                move(path, mrn, "11/2/1951", "move").param("compared", "true");
        hidden(check, done);
        assertThat(submit(SPECIALIST, done).getStatus()).isEqualTo(302);

        Document there = charts.page(SPECIALIST, path(entry));
        assertThat(there.select("main .head .tag").eachText()).contains("✕ Entered in error");
        assertThat(there.select(".notice:contains(Taken out) a").eachAttr("href"))
                .anyMatch(link -> link.startsWith("/patients/" + right));
        assertThat(charts.page(CLINICIAN, "/inbox")
                        .select("section[aria-labelledby=notices-h]")
                        .text())
                .contains("Progress note was entered for the wrong patient");
    }

    @Test
    void what_is_signed_is_moved_by_a_supervisor_on_a_specialists_asking() throws Exception {
        PatientId right = ellen();
        EntryId entry = signedNote("She is well.");
        String path = path(entry) + "/move";
        Document check = Jsoup.parse(
                submit(SPECIALIST, move(path, mrn(right), "11/2/1951", "check")).getContentAsString());
        assertThat(check.select("button[value=move]").text()).isEqualTo("Ask a supervisor to confirm");
        MockHttpServletRequestBuilder ask =
                move(path, mrn(right), "11/2/1951", "move").param("compared", "true");
        hidden(check, ask);
        submit(SPECIALIST, ask);
        assertThat(charts.page(SPECIALIST, path(entry))
                        .select("main .head .tag")
                        .eachText())
                .doesNotContain("✕ Entered in error");

        Document list = charts.page("supervisor", "/moves");
        SoundPage.check(list);
        Element line = Objects.requireNonNull(list.select("main tbody tr").last());
        assertThat(line.text()).contains("Whitfield, Eleanor", "Whitfield, Ellen");
        String one = line.select("a").attr("href");
        Document page = charts.page("supervisor", one);
        SoundPage.check(page);
        MockHttpServletRequestBuilder confirm = post(one).param("answer", "confirm");
        hidden(page, confirm);
        assertThat(submit("supervisor", confirm).getStatus()).isEqualTo(302);

        assertThat(charts.page(SPECIALIST, path(entry))
                        .select("main .head .tag")
                        .eachText())
                .contains("✕ Entered in error");
        assertThat(charts.page(CLINICIAN, "/patients/" + right + "/review")
                        .select("main")
                        .text())
                .contains("Progress note");
    }

    @Test
    void a_whole_visit_moves_and_reads_entered_in_error_where_it_was() throws Exception {
        PatientId right = ellen();
        charts.dictated(patient, visit, note("She is well."));
        String path = "/patients/" + patient + "/visits/" + visit + "/move";
        Document check = Jsoup.parse(
                submit(SPECIALIST, move(path, mrn(right), "11/2/1951", "check")).getContentAsString());
        MockHttpServletRequestBuilder done =
                move(path, mrn(right), "11/2/1951", "move").param("compared", "true");
        hidden(check, done);

        MockHttpServletResponse answer = submit(SPECIALIST, done);
        assertThat(answer.getStatus()).as(text(answer)).isEqualTo(302);

        assertThat(charts.page(SPECIALIST, "/patients/" + patient + "/visits/" + visit)
                        .select("main .head")
                        .text())
                .containsIgnoringCase("entered in error")
                .doesNotContain("Wrong patient");
        assertThat(charts.page(SPECIALIST, "/patients/" + right + "/visits")
                        .select("main")
                        .text())
                .contains("Office visit");
    }

    // ---- what they have in common -----------------------------------------------------------------------------------

    private PatientId ellen() {
        return PatientFixture.aPatient()
                .named("Ellen", "Whitfield")
                .bornOn("1951-11-02")
                .registeredAt(
                        charts.house.here, context.getBean(Registrations.class), context.getBean(CurrentActor.class));
    }

    private String mrn(PatientId whose) {
        return context.getBean(CurrentActor.class)
                .asSystem(
                        charts.house.here,
                        () -> context.getBean(Patients.class)
                                .find(whose)
                                .orElseThrow()
                                .mrns()
                                .get(0)
                                .value());
    }

    private static Content.Note note(String text) {
        return new Content.Note("progress", Concept.of("Progress note"), "final", text, null);
    }

    /** A note that its author has signed at the desk. */
    private EntryId signedNote(String text) throws Exception {
        EntryId entry = charts.dictated(patient, visit, note(text));
        Document review = charts.page(CLINICIAN, "/patients/" + patient + "/review");
        MockHttpServletResponse signed = submit(
                CLINICIAN,
                Charts.signing(
                        "/patients/" + patient + "/review/sign",
                        House.PASSWORD,
                        Charts.key(),
                        review.select("input[name=pick]").eachAttr("value")));
        assertThat(signed.getStatus()).as(text(signed)).isEqualTo(302);
        return entry;
    }

    private MockHttpServletRequestBuilder revision(EntryId entry, String text, int version, String key) {
        return post(path(entry) + "/change/revision")
                .param("version", Integer.toString(version))
                .param("idempotencyKey", key)
                .param("values[words]", "Progress note")
                .param("values[text]", text)
                .param("eventDate", "t-2")
                .param("by", "p:" + charts.house.practitioner)
                .param("statedDate", "t-1")
                .param("statedTime", "9:00 am")
                .param("source", "dictation")
                .param("reasonCode", "transcription");
    }

    private static MockHttpServletRequestBuilder said(String path, int version, String reason) {
        return post(path)
                .param("version", Integer.toString(version))
                .param("idempotencyKey", Charts.key())
                .param("statedDate", "t-1")
                .param("statedTime", "9:00 am")
                .param("source", "dictation")
                .param("reasonCode", reason);
    }

    private static MockHttpServletRequestBuilder move(String path, String mrn, String born, String step) {
        return post(path)
                .param("mrn", mrn)
                .param("birthDate", born)
                .param("reasonWords", "dictated for her sister")
                .param("step", step);
    }

    private static void hidden(Document page, MockHttpServletRequestBuilder request) {
        for (String name : new String[] {"seen", "idempotencyKey", "pick"}) {
            page.select("main form input[name=" + name + "]").forEach(field -> request.param(name, field.val()));
        }
    }

    private MockHttpServletResponse submit(String role, MockHttpServletRequestBuilder request) throws Exception {
        return charts.answer(role, request);
    }

    private Document follow(String role, MockHttpServletRequestBuilder request) throws Exception {
        MockHttpServletResponse answer = submit(role, request);
        assertThat(answer.getStatus()).as(text(answer)).isEqualTo(302);
        return Jsoup.parse(charts.answer(role, get(String.valueOf(answer.getRedirectedUrl())))
                .getContentAsString());
    }

    private java.util.List<String> ways(String role, EntryId entry) throws Exception {
        return charts.page(role, path(entry))
                .select("section[aria-labelledby=ways-h] a")
                .eachText();
    }

    private String path(EntryId entry) {
        return "/patients/" + patient + "/entries/" + entry;
    }

    private static String text(MockHttpServletResponse answer) throws Exception {
        return Jsoup.parse(answer.getContentAsString())
                .select(".summary, .wrong, h1")
                .text();
    }
}
