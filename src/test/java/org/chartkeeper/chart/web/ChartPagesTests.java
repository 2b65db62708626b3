package org.chartkeeper.chart.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.ArrayList;
import java.util.List;
import org.chartkeeper.access.House;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.testing.ChartkeeperTest;
import org.chartkeeper.testing.StatementCounter;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;

/** Chart pages and the clinician's desk as a reader of HTML finds them, on the real database. */
@ChartkeeperTest
class ChartPagesTests {

    private static final String SPECIALIST = "records-specialist";
    private static final String CLINICIAN = "clinician";

    @Autowired
    ApplicationContext context;

    @Autowired
    StatementCounter counter;

    @Autowired
    JdbcClient database;

    Charts charts;
    PatientId patient;
    String base;

    @BeforeEach
    void aChart() {
        charts = new Charts(context);
        patient = charts.eleanor();
        base = "/patients/" + patient;
    }

    @Test
    void the_banner_says_who_this_is_and_the_title_begins_with_surname_and_number() throws Exception {
        Document page = charts.page(SPECIALIST, base);
        Element banner = page.selectFirst("header[aria-label=Patient]");
        assertThat(banner.selectFirst(".who").text()).isEqualTo("Whitfield, Eleanor");
        assertThat(banner.select("dt:containsOwn(Born) + dd").text()).startsWith("11 Mar 1948 · ");
        String mrn = banner.select("dt:containsOwn(MRN) + dd").text();
        assertThat(mrn).isNotBlank();
        assertThat(page.title()).startsWith("Whitfield · " + mrn + " · Chart");
        assertThat(page.select("nav[aria-label=Chart] a[aria-current=page]").text())
                .isEqualTo("Summary");
    }

    @Test
    void a_patient_whose_allergies_nobody_asked_for_is_not_one_without_allergies() throws Exception {
        assertThat(safety(charts.page(SPECIALIST, base))).contains("Allergies not asked");
        charts.imported(patient, Entries.noneKnown());
        assertThat(safety(charts.page(SPECIALIST, base)))
                .anySatisfy(text -> assertThat(text).startsWith("No known allergies ("));
    }

    @Test
    void the_summary_cuts_no_allergy_problem_or_drug() throws Exception {
        for (int i = 1; i <= 30; i++) {
            charts.imported(patient, Entries.allergyTo("Substance " + i, i == 30 ? "high" : "low", "rash"));
            charts.imported(patient, Charts.problem("Problem " + i));
            charts.imported(patient, Entries.orderOf("Drug " + i, "1 daily", "active", null));
        }
        Document page = charts.page(SPECIALIST, base);
        assertThat(table(page, "Allergies").select("tbody tr")).hasSize(30);
        assertThat(page.select("ul[aria-labelledby=problems-h] > li")).hasSize(30);
        assertThat(table(page, "Active medications").select("tbody tr")).hasSize(30);
        assertThat(safety(page)).contains("▲ Substance 30: rash", "+27 allergies");
    }

    @Test
    void an_allergy_protects_at_once_and_an_unsigned_stop_leaves_the_drug_on_the_list_until_it_is_signed()
            throws Exception {
        EncounterId visit = charts.visit(patient);
        Content running = Entries.orderOf("Metformin 500 mg tablet", "1 twice daily", "active", null);
        EntryId drug = charts.imported(patient, running);
        charts.looked(CLINICIAN, patient);
        charts.dictated(patient, visit, Entries.allergyTo("Naproxen", null, "hives"));
        charts.update(patient, drug, 1, Entries.orderOf("Metformin 500 mg tablet", "1 twice daily", "stopped", null));

        Document before = charts.page(SPECIALIST, base);
        assertThat(safety(before)).contains("▲ Naproxen: hives · unsigned");
        assertThat(table(before, "Active medications")
                        .select("tr:contains(Metformin) .tag")
                        .text())
                .isEqualTo("■ Stop pending signature");
        assertThat(charts.page(SPECIALIST, base + "/medications/print")
                        .select("main")
                        .text())
                .contains("Metformin 500 mg tablet")
                .contains("Stop pending signature");

        Document review = charts.page(CLINICIAN, base + "/review");
        Element waiting = table(review, "Waits for my signature");
        assertThat(waiting.select("tr:contains(Metformin) del").text()).isEqualTo("active");
        assertThat(waiting.select("tr:contains(Metformin) ins").text()).startsWith("stopped");
        assertThat(waiting.select("tr:contains(Naproxen)").text()).contains("hives");
        List<String> picks = picks(review);
        assertThat(picks).hasSize(2);

        MockHttpServletResponse wrong =
                charts.answer(CLINICIAN, Charts.signing(base + "/review/sign", "not it", Charts.key(), picks));
        assertThat(wrong.getStatus()).isEqualTo(422);
        Document refused = org.jsoup.Jsoup.parse(wrong.getContentAsString());
        assertThat(refused.select("#error-summary a[href=#password]").text()).contains("not your password");
        assertThat(refused.select("input[name=pick][checked]")).hasSize(2);
        assertThat(refused.select("#password").val()).isEmpty();

        String key = Charts.key();
        for (int i = 0; i < 2; i++) {
            MockHttpServletResponse signed =
                    charts.answer(CLINICIAN, Charts.signing(base + "/review/sign", House.PASSWORD, key, picks));
            assertThat(signed.getRedirectedUrl()).isEqualTo(base + "/review");
        }
        Document after = charts.page(SPECIALIST, base);
        assertThat(safety(after)).contains("▲ Naproxen: hives");
        assertThat(after.select("#medications-h").first().closest("section").text())
                .doesNotContain("Metformin");
        assertThat(database.sql("select count(*) from signature where patient_id = ?")
                        .param(patient.value())
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
    }

    @Test
    void the_immunization_record_says_the_age_at_each_dose_and_what_was_refused() throws Exception {
        charts.imported(patient, vaccine("Influenza", "completed", "L77", null));
        charts.imported(patient, vaccine("Shingles", "not-done", null, "refused by the patient"));
        Document page = charts.page(SPECIALIST, base + "/immunizations/print");
        assertThat(table(page, "Doses, the first given first")
                        .select("tbody tr")
                        .text())
                .contains("Influenza")
                .contains("lot L77")
                .containsPattern("7[0-9] y");
        assertThat(table(page, "Refused, exempt or not given, with the reason").text())
                .contains("Shingles")
                .contains("refused by the patient");
    }

    private static Content vaccine(String name, String status, String lot, String refused) {
        return new Content.Immunization(
                Concept.of(name), status, false, lot, null, null, null, null, null, null, refused, null);
    }

    @Test
    void nothing_is_signed_that_was_not_chosen() throws Exception {
        charts.dictated(patient, charts.visit(patient), Charts.problem("Heart failure"));
        MockHttpServletResponse answer =
                charts.answer(CLINICIAN, Charts.signing("/inbox/sign", House.PASSWORD, Charts.key(), List.of()));
        assertThat(answer.getStatus()).isEqualTo(422);
        assertThat(answer.getContentAsString()).contains("Choose what you sign");
    }

    @Test
    void a_changed_version_is_not_signed_by_a_choice_of_the_one_before() throws Exception {
        EncounterId visit = charts.visit(patient);
        EntryId entry = charts.dictated(patient, visit, Charts.problem("Heart failure"));
        List<String> seen = picks(charts.page(CLINICIAN, "/inbox"));
        charts.retract(patient, entry, 1, Charts.problem("Heart failure"), "transcription error");
        MockHttpServletResponse answer =
                charts.answer(CLINICIAN, Charts.signing("/inbox/sign", House.PASSWORD, Charts.key(), seen));
        assertThat(answer.getStatus()).isIn(409, 422);
        assertThat(database.sql("select count(*) from signature where patient_id = ?")
                        .param(patient.value())
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void the_inbox_groups_by_patient_and_a_returned_entry_reaches_who_entered_it() throws Exception {
        EntryId entry = charts.dictated(patient, charts.visit(patient), Charts.problem("Heart failure"));
        Document inbox = charts.page(CLINICIAN, "/inbox");
        Element group = inbox.selectFirst("section:has(h2:contains(Whitfield))");
        assertThat(group.text()).contains("born 11 Mar 1948").contains("Heart failure");
        String answerPath = group.selectFirst("a:contains(Not signing)").attr("href");
        Document form = charts.page(CLINICIAN, answerPath);
        String pick = form.selectFirst("input[name=pick]").val();

        MockHttpServletResponse empty = charts.answer(
                CLINICIAN,
                post(base + "/entries/" + entry + "/answer")
                        .param("pick", pick)
                        .param("answer", "return")
                        .param("idempotencyKey", Charts.key()));
        assertThat(empty.getStatus()).isEqualTo(422);

        MockHttpServletResponse done = charts.answer(
                CLINICIAN,
                post(base + "/entries/" + entry + "/answer")
                        .param("pick", pick)
                        .param("answer", "return")
                        .param("comment", "Which side?")
                        .param("from", "inbox")
                        .param("idempotencyKey", Charts.key()));
        assertThat(done.getRedirectedUrl()).isEqualTo("/inbox");
        assertThat(charts.page(CLINICIAN, "/inbox").text()).contains("Nothing waits for your signature");
        assertThat(charts.page(SPECIALIST, base + "/entries/" + entry)
                        .select(".tag")
                        .text())
                .contains("Returned");
    }

    @Test
    void the_history_shows_each_version_with_what_changed_and_that_its_hash_is_intact() throws Exception {
        EntryId drug =
                charts.imported(patient, Entries.orderOf("Metformin 500 mg tablet", "1 twice daily", "active", null));
        charts.update(patient, drug, 1, Entries.orderOf("Metformin 500 mg tablet", "1 twice daily", "stopped", null));
        Document page = charts.page(SPECIALIST, base + "/entries/" + drug + "/history");
        assertThat(page.select("h2:contains(Version)").eachText()).containsExactly("Version 2", "Version 1");
        Element changed = table(page, "What version 2 changed");
        assertThat(changed.select("tr:has(th:contains(Status)) del").text()).isEqualTo("active");
        assertThat(changed.select("tr:has(th:contains(Status)) ins").text()).isEqualTo("stopped");
        assertThat(page.text()).contains("hash intact").doesNotContain("Hash broken");
        assertThat(page.select("dt:contains(Taken from) + dd").eachText()).containsExactly("dictation", "import");
    }

    @Test
    void a_retracted_entry_reads_entered_in_error_and_stays_readable() throws Exception {
        EntryId entry = charts.dictated(patient, charts.visit(patient), Charts.problem("Latex contact"));
        charts.retract(patient, entry, 1, Charts.problem("Latex contact"), "wrong patient");
        Document page = charts.page(SPECIALIST, base + "/entries/" + entry);
        assertThat(page.select("h1").text()).isEqualTo("Latex contact");
        assertThat(page.select(".tag").eachText()).contains("✕ Entered in error");
        assertThat(charts.page(SPECIALIST, base + "/history").text()).contains("wrong patient");
    }

    @Test
    void an_entry_or_visit_of_another_patient_is_not_found_and_the_refusal_is_recorded() throws Exception {
        PatientId other = charts.eleanor();
        EntryId foreign = charts.imported(other, Charts.problem("Foreign"));
        EncounterId visit = charts.visit(other);
        for (String child : List.of(
                "/entries/" + foreign,
                "/entries/" + foreign + "/history",
                "/entries/" + foreign + "/print",
                "/results/" + foreign,
                "/visits/" + visit)) {
            assertThat(charts.answer(SPECIALIST, get(base + child)).getStatus())
                    .as(child)
                    .isEqualTo(404);
        }
        assertThat(database.sql("select count(*) from audit_event where patient_id = ? and outcome = 'refused'")
                        .param(patient.value())
                        .query(Integer.class)
                        .single())
                .isEqualTo(5);
    }

    @Test
    void a_psychotherapy_note_of_another_shows_nowhere() throws Exception {
        charts.imported(patient, new Content.Note("progress", Concept.of("Plain note"), "final", "Plain words", null));
        EntryId hidden = charts.labelled(
                patient,
                "psychotherapy",
                new Content.Note("psychotherapy", Concept.of("Session note"), "final", "Secret words", null));
        for (String path : List.of("", "/timeline", "/notes", "/history", "/print")) {
            assertThat(charts.page(SPECIALIST, base + path).text())
                    .as(path)
                    .doesNotContain("Session note")
                    .doesNotContain("Secret words");
        }
        assertThat(charts.answer(SPECIALIST, get(base + "/entries/" + hidden)).getStatus())
                .isEqualTo(404);
        assertThat(charts.page(CLINICIAN, base + "/notes").text()).doesNotContain("no note");
    }

    @Test
    void the_timeline_pages_by_key_and_shows_each_entry_once() throws Exception {
        charts.many(patient, 130);
        List<String> seen = new ArrayList<>();
        String path = base + "/timeline";
        int pages = 0;
        while (path != null) {
            Document page = charts.page(SPECIALIST, path);
            seen.addAll(page.select("ol.timeline .event a").eachAttr("href"));
            Element next = page.selectFirst("a[rel=next]");
            path = next == null ? null : next.attr("href");
            pages++;
        }
        assertThat(pages).isEqualTo(3);
        assertThat(seen).hasSize(130).doesNotHaveDuplicates();
    }

    @Test
    void all_changes_page_by_key_and_each_is_shown_once() throws Exception {
        charts.many(patient, 115);
        EntryId drug =
                charts.imported(patient, Entries.orderOf("Metformin 500 mg tablet", "1 twice daily", "active", null));
        charts.update(patient, drug, 1, Entries.orderOf("Metformin 500 mg tablet", "1 twice daily", "stopped", null));
        int rows = 0;
        String path = base + "/history";
        while (path != null) {
            Document page = charts.page(SPECIALIST, path);
            rows += table(page, "All changes of this chart").select("tbody tr").size();
            Element next = page.selectFirst("a[rel=next]");
            path = next == null ? null : next.attr("href");
        }
        assertThat(rows).isEqualTo(117);
    }

    @Test
    void words_that_are_looked_for_go_by_a_form_and_stand_in_no_address() throws Exception {
        charts.imported(patient, Charts.problem("Chronic diastolic heart failure"));
        charts.imported(patient, Charts.problem("Gout"));
        MockHttpServletResponse answer =
                charts.answer(SPECIALIST, post(base + "/timeline").param("q", "FAIL heart"));
        Document page = org.jsoup.Jsoup.parse(answer.getContentAsString());
        assertThat(page.select("ol.timeline .event a").eachText()).containsExactly("Chronic diastolic heart failure");
        assertThat(page.select("form[role=search]").attr("method")).isEqualTo("post");
        assertThat(page.select("a[href*=heart]")).isEmpty();
    }

    @Test
    void the_course_of_a_value_is_a_picture_with_words_and_a_table() throws Exception {
        charts.many(patient, 30);
        Document summary = charts.page(SPECIALIST, base);
        Element row = table(summary, "Latest values with trend").selectFirst("tr:contains(Weight)");
        assertThat(row.selectFirst("svg[role=img]").attr("aria-label")).startsWith("Trend of Weight: 10 values");
        Document page = charts.page(SPECIALIST, row.selectFirst("a").attr("href"));
        assertThat(table(page, "All values of Body weight").select("tbody tr")).hasSize(10);
        assertThat(page.selectFirst("svg[role=img]").attr("aria-label")).contains("10 values");
    }

    @ParameterizedTest
    @CsvSource({
        "records-specialist, ''",
        "records-specialist, /timeline",
        "records-specialist, /visits",
        "records-specialist, /notes",
        "records-specialist, /results",
        "records-specialist, /medications",
        "records-specialist, /allergies",
        "records-specialist, /problems",
        "records-specialist, /immunizations",
        "records-specialist, /history",
        "records-specialist, /review",
        "records-specialist, /print",
        "records-specialist, /documents",
        "records-specialist, /other",
        "clinician, ''",
        "clinician, /review",
        "clinician, /medications",
        "clinician, /visits"
    })
    void a_page_asks_the_database_at_most_twelve_times_however_long_the_chart(String role, String path)
            throws Exception {
        charts.visit(patient);
        charts.looked(role, patient);
        charts.imported(patient, Entries.allergyTo("Latex", "high", "hives"));
        charts.many(patient, 30);
        List<String> few = counter.fewest(() -> charts.page(role, base + path));
        charts.looked(role, patient);
        charts.many(patient, 600);
        List<String> many = counter.fewest(() -> charts.page(role, base + path));
        assertThat(few).as(String.join("\n---\n", few)).hasSizeLessThanOrEqualTo(12);
        assertThat(many).hasSameSizeAs(few);
    }

    @Test
    void a_print_names_the_patient_who_printed_it_and_that_it_is_a_copy() throws Exception {
        Document page = charts.page(SPECIALIST, base + "/print");
        assertThat(page.selectFirst("main header").text())
                .contains("Whitfield, Eleanor", "MRN", "Copy", "printed", "records-specialist");
        assertThat(page.select("[style]")).isEmpty();
    }

    @Test
    void the_administrator_sees_no_chart() throws Exception {
        assertThat(charts.answer("administrator", get(base)).getStatus()).isIn(403, 404);
    }

    private static List<String> picks(Document page) {
        return page.select("input[name=pick][type=checkbox]").eachAttr("value");
    }

    private static List<String> safety(Document page) {
        return page.select("ul[aria-label=Safety] > li").eachText();
    }

    private static Element table(Document page, String caption) {
        Element found = page.selectFirst("table:has(caption:matches(^" + java.util.regex.Pattern.quote(caption) + "))");
        assertThat(found)
                .as("table " + caption + " in " + page.select("caption").eachText())
                .isNotNull();
        return found;
    }
}
