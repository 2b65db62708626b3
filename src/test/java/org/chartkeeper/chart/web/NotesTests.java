package org.chartkeeper.chart.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.chartkeeper.access.House;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.access.RecordRules;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.testing.ChartkeeperTest;
import org.chartkeeper.testing.SoundPage;
import org.chartkeeper.testing.StatementCounter;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.transaction.support.TransactionTemplate;

/** Notes from the first word to the co-signature, as their pages do it. */
@ChartkeeperTest
class NotesTests {

    private static final String SPECIALIST = "records-specialist";
    private static final String CLINICIAN = "clinician";
    private static final Map<String, String> SOAP = Map.of(
            "subjective", "She is breathless on one flight of stairs since Tuesday and sleeps on two pillows.",
            "objective", "Edema of both ankles, crackles at both bases, weight up four pounds since the last visit.",
            "assessment", "Acute on chronic diastolic heart failure.",
            "plan", "Furosemide 40 mg daily, weigh every morning, back in one week.");

    @Autowired
    ApplicationContext context;

    @Autowired
    StatementCounter counter;

    @Autowired
    JdbcClient database;

    @Autowired
    MockMvc http;

    Charts charts;
    PatientId patient;
    EncounterId visit;
    String base;

    @BeforeEach
    void aChart() {
        charts = new Charts(context);
        patient = charts.eleanor();
        visit = charts.visit(patient);
        base = "/patients/" + patient;
    }

    // Writing
    // -----------------------------------------------------------------------------------------------------------

    @Test
    void a_clinician_writes_and_signs_a_note_and_its_draft_is_gone() throws Exception {
        Document choice = charts.page(CLINICIAN, base + "/notes/new?visit=" + visit);
        SoundPage.check(choice);
        assertThat(choice.select("input[name=kind]").eachAttr("value"))
                .contains(
                        "history-and-physical",
                        "progress",
                        "consultation",
                        "operative",
                        "procedure",
                        "discharge-summary",
                        "telephone",
                        "letter");
        String draft = begin(CLINICIAN, "progress");
        Document page = charts.page(CLINICIAN, draft);
        SoundPage.check(page);
        assertThat(page.select(".sections label").eachText())
                .containsExactly("Subjective", "Objective", "Assessment", "Plan");

        MockHttpServletResponse signed = send(CLINICIAN, draft, "sign", page, SOAP, Map.of("password", House.PASSWORD));

        assertThat(signed.getStatus()).isEqualTo(302);
        Document note = charts.page(CLINICIAN, Objects.requireNonNull(signed.getRedirectedUrl()));
        SoundPage.check(note);
        Element article = note.selectFirst("article");
        assertThat(article.select("h2 + .tag").text()).isEqualTo("Authenticated");
        assertThat(article.select(".note h3").eachText())
                .containsExactly("Subjective", "Objective", "Assessment", "Plan");
        assertThat(article.text())
                .contains("Acute on chronic diastolic heart failure", "signed by Dr. A. Okafor")
                .contains("every paragraph typed by its author");
        assertThat(count("note_draft")).isZero();
        assertThat(charts.answer(CLINICIAN, get(draft)).getStatus()).isEqualTo(404);
    }

    @Test
    void a_repeated_submit_files_once_and_answers_the_same() throws Exception {
        String draft = begin(CLINICIAN, "progress");
        Document page = charts.page(CLINICIAN, draft);
        String first = send(CLINICIAN, draft, "file", page, SOAP, Map.of()).getRedirectedUrl();
        String second = send(CLINICIAN, draft, "file", page, SOAP, Map.of()).getRedirectedUrl();
        assertThat(second).isEqualTo(first).contains("/notes?note=");
        assertThat(count("note")).isOne();
    }

    @Test
    void what_a_signature_needs_is_asked_for_by_section_and_everything_typed_is_kept() throws Exception {
        String draft = begin(CLINICIAN, "discharge-summary");
        Document page = charts.page(CLINICIAN, draft);
        MockHttpServletResponse refused = send(
                CLINICIAN,
                draft,
                "sign",
                page,
                Map.of("course", "Diuresis with relief.", "disposition", "Home"),
                Map.of("password", House.PASSWORD, "date", "32/13"));
        assertThat(refused.getStatus()).isEqualTo(422);
        Document answer = Jsoup.parse(refused.getContentAsString());
        assertThat(answer.select("#error-summary a").eachAttr("href"))
                .contains("#sectionsdiagnoses", "#sectionscondition", "#sectionsfollowup", "#date")
                .doesNotContain("#sectionscourse", "#sectionspending");
        assertThat(answer.select("#sectionscourse").text()).isEqualTo("Diuresis with relief.");
        assertThat(answer.select("#date").val()).isEqualTo("32/13");
        assertThat(answer.select("#password").val()).isEmpty();
        assertThat(charts.page(CLINICIAN, draft).select("#sectionscourse").text())
                .isEqualTo("Diuresis with relief.");
        assertThat(count("note")).isZero();
    }

    @Test
    void a_wrong_password_signs_and_files_nothing() throws Exception {
        String draft = begin(CLINICIAN, "progress");
        MockHttpServletResponse refused =
                send(CLINICIAN, draft, "sign", charts.page(CLINICIAN, draft), SOAP, Map.of("password", "not it"));
        assertThat(refused.getStatus()).isEqualTo(422);
        assertThat(refused.getContentAsString()).contains("That is not your password");
        assertThat(count("note")).isZero();
    }

    // Drafts
    // ------------------------------------------------------------------------------------------------------------

    @Test
    void typing_is_kept_and_said_to_be_kept_only_when_it_is() throws Exception {
        String draft = begin(CLINICIAN, "progress");
        Document page = charts.page(CLINICIAN, draft);
        assertThat(page.select("[data-draft-state]").text()).isEmpty();
        MockHttpServletResponse kept = save(CLINICIAN, draft, 1, Map.of("plan", "Weigh every morning."));
        assertThat(kept.getStatus()).isEqualTo(200);
        assertThat(kept.getContentAsString()).contains("\"draftVersion\":2", "\"saved\":");
        Document again = charts.page(CLINICIAN, draft);
        assertThat(again.select("#sectionsplan").text()).isEqualTo("Weigh every morning.");
        assertThat(again.select("[data-draft-state]").text()).startsWith("✓ Draft saved");
        assertThat(save(CLINICIAN, draft, 1, Map.of("plan", "From another window."))
                        .getStatus())
                .isEqualTo(409);
        assertThat(charts.page(CLINICIAN, draft).select("#sectionsplan").text()).isEqualTo("Weigh every morning.");
    }

    @Test
    void a_draft_of_one_patient_is_never_offered_in_another_or_to_another_person() throws Exception {
        String draft = begin(CLINICIAN, "progress");
        save(CLINICIAN, draft, 1, Map.of("plan", "Only for Eleanor."));
        PatientId other = charts.eleanor();
        charts.visit(other);
        String id = draft.substring(draft.lastIndexOf('/') + 1);
        String foreign = "/patients/" + other + "/notes/drafts/" + id;
        assertThat(charts.answer(CLINICIAN, get(foreign)).getStatus()).isEqualTo(404);
        assertThat(save(CLINICIAN, foreign, 2, Map.of("plan", "x")).getStatus()).isEqualTo(404);
        assertThat(charts.page(CLINICIAN, "/patients/" + other + "/notes/new").select("#begun-h"))
                .isEmpty();
        assertThat(charts.answer(SPECIALIST, get(draft)).getStatus()).isEqualTo(404);
        assertThat(charts.page(CLINICIAN, base + "/notes/new")
                        .select("#begun-h")
                        .next()
                        .text())
                .isEmpty();
        assertThat(charts.page(CLINICIAN, base + "/notes/new").text()).contains("You began in this chart");
        assertThat(begin(CLINICIAN, "progress")).isEqualTo(draft);
    }

    @Test
    void who_goes_on_with_a_draft_sees_what_changed_in_the_chart_since() throws Exception {
        String draft = begin(CLINICIAN, "progress");
        save(CLINICIAN, draft, 1, Map.of("plan", "Naproxen for the knee."));
        charts.dictated(patient, visit, Entries.allergyTo("Naproxen", null, "hives"));
        Document page = charts.page(CLINICIAN, draft);
        assertThat(page.select(".notice.note").text())
                .contains("You go on with your draft", "the chart changed", "Naproxen");
    }

    @Test
    void a_draft_saved_in_two_windows_shows_both_and_overwrites_neither_silently() throws Exception {
        String draft = begin(CLINICIAN, "progress");
        Document page = charts.page(CLINICIAN, draft);
        save(CLINICIAN, draft, 1, Map.of("plan", "From the other window."));
        MockHttpServletResponse answer =
                send(CLINICIAN, draft, "file", page, Map.of("plan", "From this window."), Map.of());
        assertThat(answer.getStatus()).isEqualTo(409);
        Document both = Jsoup.parse(answer.getContentAsString());
        assertThat(both.select("#sectionsplan").text()).isEqualTo("From this window.");
        assertThat(both.select("table.diff").text()).contains("From the other window.", "From this window.");
        assertThat(both.select("input[name=draftVersion]").val()).isEqualTo("2");
        assertThat(charts.page(CLINICIAN, draft).select("#sectionsplan").text()).isEqualTo("From the other window.");
    }

    @Test
    void a_note_that_was_revised_meanwhile_shows_the_difference_and_goes_on_only_when_told_to() throws Exception {
        String filed = file(CLINICIAN, SOAP);
        String mine = goOn(CLINICIAN, filed);
        String theirs = goOn(SPECIALIST, filed);
        Document page = charts.page(CLINICIAN, mine);
        Document their = charts.page(SPECIALIST, theirs);
        Map<String, String> changed = new LinkedHashMap<>(SOAP);
        changed.put("plan", "Torsemide 20 mg daily.");
        assertThat(send(SPECIALIST, theirs, "file", their, changed, transcribed())
                        .getStatus())
                .isEqualTo(302);

        MockHttpServletResponse stale = send(CLINICIAN, mine, "file", page, SOAP, Map.of());
        assertThat(stale.getStatus()).isEqualTo(409);
        Document shown = Jsoup.parse(stale.getContentAsString());
        assertThat(shown.select("table.diff").text()).contains("Furosemide 40 mg", "Torsemide 20 mg");
        assertThat(shown.select("#sectionsplan").text()).contains("Furosemide");
        assertThat(send(CLINICIAN, mine, "rebase", shown, SOAP, Map.of()).getStatus())
                .isEqualTo(302);
        assertThat(send(CLINICIAN, mine, "file", charts.page(CLINICIAN, mine), SOAP, Map.of())
                        .getStatus())
                .isEqualTo(302);
        assertThat(charts.page(CLINICIAN, filed).select("article").text()).contains("Furosemide 40 mg");
    }

    // Dictation
    // ---------------------------------------------------------------------------------------------------------

    @Test
    void a_dictation_is_filed_without_text_transcribed_with_blanks_and_signed_when_they_are_filled() throws Exception {
        String draft = begin(SPECIALIST, "progress");
        Document page = charts.page(SPECIALIST, draft);
        Map<String, String> dictation = new LinkedHashMap<>(transcribed());
        dictation.put("job", "D-4711");
        String note = send(SPECIALIST, draft, "file", page, Map.of(), dictation).getRedirectedUrl();
        assertThat(state(note)).isEqualTo("Dictated");
        assertThat(sign(picks(charts.page(CLINICIAN, base + "/review"))).getContentAsString())
                .contains("not transcribed yet");

        Map<String, String> words = new LinkedHashMap<>(SOAP);
        words.put("plan", "Furosemide ____ mg daily.");
        String again = goOn(SPECIALIST, note);
        assertThat(charts.page(SPECIALIST, again).select("#job").val()).isEqualTo("D-4711");
        send(SPECIALIST, again, "file", charts.page(SPECIALIST, again), words, dictation);
        assertThat(state(note)).isEqualTo("Transcribed with blanks");
        assertThat(sign(picks(charts.page(CLINICIAN, base + "/review"))).getContentAsString())
                .contains("has blanks");

        String mended = goOn(SPECIALIST, note);
        send(SPECIALIST, mended, "file", charts.page(SPECIALIST, mended), SOAP, dictation);
        assertThat(state(note)).isEqualTo("Transcribed");
        assertThat(charts.page(SPECIALIST, note).select("article").text())
                .contains("stated by Dr. A. Okafor (dictation)", "every paragraph transcribed");
        assertThat(sign(picks(charts.page(CLINICIAN, base + "/review"))).getStatus())
                .isEqualTo(302);
        assertThat(state(note)).isEqualTo("Authenticated");
    }

    @Test
    void dictated_but_not_read_is_no_signature() throws Exception {
        Map<String, String> words = new LinkedHashMap<>(SOAP);
        words.put("plan", "Furosemide 40 mg daily. Dictated, but not read.");
        String draft = begin(CLINICIAN, "progress");
        MockHttpServletResponse refused = send(
                CLINICIAN, draft, "sign", charts.page(CLINICIAN, draft), words, Map.of("password", House.PASSWORD));
        assertThat(refused.getStatus()).isEqualTo(422);
        assertThat(refused.getContentAsString()).contains("is no signature");
    }

    @Test
    void who_transcribes_names_whose_words_they_are_and_never_signs() throws Exception {
        String draft = begin(SPECIALIST, "progress");
        Document page = charts.page(SPECIALIST, draft);
        assertThat(page.select("button[value=sign]")).isEmpty();
        Document refused = Jsoup.parse(
                send(SPECIALIST, draft, "file", page, SOAP, Map.of()).getContentAsString());
        assertThat(refused.select("#error-summary a").eachAttr("href")).containsExactlyInAnyOrder("#author", "#source");
        Map<String, String> signing = new LinkedHashMap<>(transcribed());
        signing.put("password", House.PASSWORD);
        assertThat(send(SPECIALIST, draft, "sign", refused, SOAP, signing).getStatus())
                .isEqualTo(422);
        assertThat(count("note")).isZero();
        assertThat(charts.page(SPECIALIST, base + "/notes/new").select("input[value=psychotherapy]"))
                .isEmpty();
    }

    // Addenda and co-signatures
    // -----------------------------------------------------------------------------------------

    @Test
    void an_addendum_is_an_entry_of_its_own_and_leaves_what_was_signed_as_it_was() throws Exception {
        String unsigned = file(CLINICIAN, SOAP);
        assertThat(charts.page(CLINICIAN, unsigned).select("a[href$=/change/addendum]"))
                .isEmpty();
        sign(picks(charts.page(CLINICIAN, base + "/review")));
        String hash = hash(unsigned);
        String form = charts.page(CLINICIAN, unsigned)
                .select("a[href$=/change/addendum]")
                .attr("href");
        Document page = charts.page(CLINICIAN, form);
        MockHttpServletRequestBuilder adding = post(form);
        page.select("main form input[value]:not(#password), main form select:not(#reasonCode)")
                .forEach(field -> adding.param(field.attr("name"), field.val()));
        MockHttpServletResponse added = charts.answer(
                CLINICIAN,
                adding.param("text", "Potassium came back at 3.1; replaced.")
                        .param("reasonCode", "omitted")
                        .param("password", House.PASSWORD));
        assertThat(Jsoup.parse(added.getContentAsString())
                        .select("#error-summary li")
                        .eachText())
                .isEmpty();
        assertThat(added.getStatus()).isEqualTo(302);
        assertThat(hash(unsigned)).isEqualTo(hash);
        Document read = charts.page(CLINICIAN, unsigned);
        assertThat(read.select("article h2 + .tag").text()).isEqualTo("Addended");
        assertThat(read.select("section.added").text()).contains("Addendum", "Potassium came back at 3.1", "signed by");
        assertThat(charts.answer(CLINICIAN, post(base + "/notes/drafts").param("revises", id(unsigned)))
                        .getStatus())
                .isEqualTo(422);
    }

    @Test
    void a_co_signature_with_attestation_is_two_signatures_and_an_entry_of_its_own() throws Exception {
        coSigned();
        String note = file(CLINICIAN, SOAP);
        sign(picks(charts.page(CLINICIAN, base + "/review")));
        assertThat(state(note)).isEqualTo("Co-signature due");
        String attest = base + "/notes/" + id(note) + "/attest";
        assertThat(charts.answer(CLINICIAN, get(attest)).getStatus()).isEqualTo(404);

        Document page = Jsoup.parse(asTeacher(get(attest)).getContentAsString());
        SoundPage.check(page);
        assertThat(counter.fewest(() -> asTeacher(get(attest)))).hasSizeLessThanOrEqualTo(12);
        String pick = page.select("input[name=pick]").val();
        String key = page.select("input[name=idempotencyKey]").val();
        MockHttpServletResponse nothing = asTeacher(
                post(attest).param("pick", pick).param("idempotencyKey", key).param("password", House.PASSWORD));
        assertThat(nothing.getStatus()).isEqualTo(422);
        for (int i = 0; i < 2; i++) {
            MockHttpServletResponse done = asTeacher(post(attest)
                    .param("pick", pick)
                    .param("idempotencyKey", key)
                    .param("choice", "present")
                    .param("password", House.PASSWORD));
            assertThat(done.getRedirectedUrl()).isEqualTo(note);
        }
        Document after = charts.page(CLINICIAN, note);
        assertThat(after.select("article h2 + .tag").text()).isEqualTo("Attested");
        assertThat(after.select("article > .said").text())
                .contains("signed by Dr. A. Okafor", "co-signed by Dr. T. Mentor");
        assertThat(after.select("section.added").text())
                .contains("Attestation", "I saw and evaluated the patient", "Dr. T. Mentor");
        assertThat(database.sql("select count(*) from signature where patient_id = ?")
                        .param(patient.value())
                        .query(Integer.class)
                        .single())
                .isEqualTo(3);
    }

    // Copied text
    // -------------------------------------------------------------------------------------------------------

    @Test
    void what_is_brought_in_is_measured_marked_and_filed_only_with_a_reason() throws Exception {
        String earlier = file(CLINICIAN, SOAP);
        EncounterId next = charts.visit(patient);
        String draft = begin(CLINICIAN, "progress", next);
        Document page = charts.page(CLINICIAN, draft);
        assertThat(page.select("[data-note-meter]").text()).isEqualTo("Nothing written yet");
        for (String section : List.of("subjective", "objective", "assessment", "plan")) {
            assertThat(send(CLINICIAN, draft, "bring:" + id(earlier) + ":" + section, page, typed(page), Map.of())
                            .getStatus())
                    .isEqualTo(302);
            page = charts.page(CLINICIAN, draft);
        }
        assertThat(page.select("[data-note-meter].much").text()).startsWith("100 % stands word for word");
        Map<String, String> words = typed(page);
        words.put("plan", "No change.");
        MockHttpServletResponse refused = send(CLINICIAN, draft, "file", page, words, Map.of());
        assertThat(refused.getStatus()).isEqualTo(422);
        Document asked = Jsoup.parse(refused.getContentAsString());
        assertThat(asked.select("#error-summary a[href=#reason]").text()).contains("% of this stands word for word");
        String note = send(CLINICIAN, draft, "file", asked, words, Map.of("reason", "unchanged since yesterday"))
                .getRedirectedUrl();

        Document read = charts.page(CLINICIAN, Objects.requireNonNull(note) + "&copied=true");
        SoundPage.check(read);
        assertThat(read.select("article .origin .tag").eachText())
                .hasSize(4)
                .last()
                .isEqualTo("typed");
        assertThat(read.select("article .origin a").first().attr("href")).isEqualTo(earlier);
        assertThat(read.select("article .origin a").first().text()).startsWith("copied from Progress note");
        assertThat(read.select("article mark").first().text()).startsWith("She is breathless");
        assertThat(read.select("article .said .tag.warn").text()).endsWith("% copied");
    }

    @Test
    void labels_travel_with_copied_words_and_those_of_a_psychotherapy_note_stay_there() throws Exception {
        String secret = "He spoke at length about the quarrel with his brother and about what it had meant.";
        String draft = begin(CLINICIAN, "psychotherapy");
        send(CLINICIAN, draft, "file", charts.page(CLINICIAN, draft), Map.of("body", secret), Map.of());
        Map<String, String> words = new LinkedHashMap<>(SOAP);
        words.put("subjective", secret);
        String copy = begin(CLINICIAN, "progress");
        MockHttpServletResponse refused = send(CLINICIAN, copy, "file", charts.page(CLINICIAN, copy), words, Map.of());
        assertThat(refused.getStatus()).isEqualTo(422);
        assertThat(refused.getContentAsString()).contains("only its author may read");

        charts.labelled(
                patient,
                "hiv",
                new Content.Note(
                        "progress",
                        Concept.of("Clinic note"),
                        "final",
                        "Viral load undetectable for" + " the third time in a row since last spring.",
                        null));
        words.put("subjective", "Viral load undetectable for the third time in a row since last spring.");
        String note = send(CLINICIAN, copy, "file", charts.page(CLINICIAN, copy), words, Map.of())
                .getRedirectedUrl();
        assertThat(database.sql("select sensitivity from entry where id = ?::uuid")
                        .param(id(note))
                        .query(String.class)
                        .single())
                .isEqualTo("hiv");
    }

    // Search
    // ------------------------------------------------------------------------------------------------------------

    @Test
    void notes_are_found_by_words_beginnings_and_phrases_of_this_chart_only() throws Exception {
        file(CLINICIAN, SOAP);
        PatientId other = charts.eleanor();
        charts.imported(
                other, new Content.Note("progress", Concept.of("Other chart"), "final", "Edema of both ankles.", null));
        charts.imported(
                patient,
                new Content.Note("progress", Concept.of("Old note"), "final", "No edema. Diabetic foot care.", null));
        assertThat(hits(CLINICIAN, "edema")).containsExactly("Progress note", "Old note");
        assertThat(hits(CLINICIAN, "ankl")).containsExactly("Progress note");
        assertThat(hits(CLINICIAN, "diabetes")).containsExactly("Old note");
        assertThat(hits(CLINICIAN, "\"edema of both\"")).containsExactly("Progress note");
        assertThat(hits(CLINICIAN, "\"both edema\"")).isEmpty();
        assertThat(hits(CLINICIAN, "edema furosemide")).containsExactly("Progress note");
        assertThat(hits(CLINICIAN, "edema -diabetic")).containsExactly("Progress note");
        for (String odd : List.of("", "the", "\"", "-", "'); drop table note; --", "& | ! :* <->", "edema:*", "( )")) {
            assertThat(charts.answer(CLINICIAN, post(base + "/notes/search").param("q", odd))
                            .getStatus())
                    .isEqualTo(200);
        }
        Document page = search(CLINICIAN, "ankl");
        SoundPage.check(page);
        assertThat(page.select("mark").text()).isEqualTo("ankles");
        assertThat(database.sql("select count(*) from audit_event where patient_id = ? and action = 'note.search'")
                        .param(patient.value())
                        .query(Integer.class)
                        .single())
                .isGreaterThan(5);
        assertThat(database.sql(
                                "select count(*) from audit_event where patient_id = ? and audit_event::text like '%ankl%'")
                        .param(patient.value())
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void the_search_finds_nothing_that_its_reader_may_not_read() throws Exception {
        charts.labelled(
                patient,
                "psychotherapy",
                new Content.Note("psychotherapy", Concept.of("Session"), "final", "Quarrel with the brother.", null));
        assertThat(hits(CLINICIAN, "quarrel")).containsExactly("Session");
        assertThat(hits(SPECIALIST, "quarrel")).isEmpty();
        assertThat(search(SPECIALIST, "quarrel").text())
                .contains("No note or document of this chart that you may read");
    }

    @Test
    void the_search_reads_by_the_patient_and_never_through_the_words_of_all() {
        List<String> plan = database.sql(
                        "explain select n.id from note n where n.patient_id = ? and n.words @@ to_tsquery('edema')")
                .param(patient.value())
                .query(String.class)
                .list();
        assertThat(String.join("\n", plan)).doesNotContain("Seq Scan").contains("patient_id = ");
        assertThat(database.sql("select count(*) from pg_indexes where tablename = 'note' and indexdef like '%gin%'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void writing_reading_and_searching_ask_the_database_at_most_twelve_times() throws Exception {
        String note = file(CLINICIAN, SOAP);
        sign(picks(charts.page(CLINICIAN, base + "/review")));
        charts.many(patient, 300);
        String draft = begin(CLINICIAN, "progress");
        save(CLINICIAN, draft, 1, SOAP);
        for (String path : List.of(note, draft, base + "/notes/new")) {
            List<String> asked = counter.fewest(() -> charts.page(CLINICIAN, path));
            assertThat(asked).as(path + "\n" + String.join("\n---\n", asked)).hasSizeLessThanOrEqualTo(12);
        }
        List<String> asked = counter.fewest(() -> search(CLINICIAN, "edema"));
        assertThat(asked).as(String.join("\n---\n", asked)).hasSizeLessThanOrEqualTo(12);
    }

    // How people do it
    // --------------------------------------------------------------------------------------------------

    private String begin(String role, String kind) throws Exception {
        return begin(role, kind, visit);
    }

    private String begin(String role, String kind, EncounterId of) throws Exception {
        return Objects.requireNonNull(charts.answer(
                        role,
                        post(base + "/notes/drafts")
                                .param("visit", of.toString())
                                .param("kind", kind))
                .getRedirectedUrl());
    }

    private String goOn(String role, String note) throws Exception {
        return Objects.requireNonNull(
                charts.answer(role, post(base + "/notes/drafts").param("revises", id(note)))
                        .getRedirectedUrl());
    }

    /** Files without a signature; answers where the note is read. */
    private String file(String role, Map<String, String> sections) throws Exception {
        String draft = begin(role, "progress");
        return Objects.requireNonNull(send(role, draft, "file", charts.page(role, draft), sections, Map.of())
                .getRedirectedUrl());
    }

    private Map<String, String> transcribed() {
        return Map.of("author", charts.house.practitioner.toString(), "source", "dictation");
    }

    private MockHttpServletResponse send(
            String role,
            String draft,
            String act,
            Document page,
            Map<String, String> sections,
            Map<String, String> fields)
            throws Exception {
        MockHttpServletRequestBuilder request = post(draft)
                .param("do", act)
                .param("draftVersion", page.select("input[name=draftVersion]").val())
                .param(
                        "idempotencyKey",
                        page.select("input[name=idempotencyKey]").val());
        page.select("input[name=brought]").eachAttr("value").forEach(each -> request.param("brought", each));
        sections.forEach((key, text) -> request.param("sections[" + key + "]", text));
        fields.forEach(request::param);
        return charts.answer(role, request);
    }

    private static Map<String, String> typed(Document page) {
        return page.select("textarea[name^=sections]").stream()
                .collect(Collectors.toMap(
                        area -> area.attr("name").replaceAll("sections\\[|]", ""),
                        Element::wholeText,
                        (one, other) -> one,
                        LinkedHashMap::new));
    }

    private MockHttpServletResponse save(String role, String draft, int number, Map<String, String> sections)
            throws Exception {
        MockHttpServletRequestBuilder request = post(draft + "/save").param("draftVersion", Integer.toString(number));
        sections.forEach((key, text) -> request.param("sections[" + key + "]", text));
        return charts.answer(role, request);
    }

    private MockHttpServletResponse sign(List<String> picks) throws Exception {
        return charts.answer(CLINICIAN, Charts.signing(base + "/review/sign", House.PASSWORD, Charts.key(), picks));
    }

    private static List<String> picks(Document page) {
        return page.select("input[name=pick]").eachAttr("value");
    }

    private Document search(String role, String words) throws Exception {
        return Jsoup.parse(charts.answer(role, post(base + "/notes/search").param("q", words))
                .getContentAsString());
    }

    private List<String> hits(String role, String words) throws Exception {
        return search(role, words).select(".found-notes h3").eachText();
    }

    private String state(String note) throws Exception {
        return charts.page(CLINICIAN, note).select("article h2 + .tag").text();
    }

    private static String id(String note) {
        return note.substring(note.indexOf("note=") + 5);
    }

    private String hash(String note) {
        return database.sql("select string_agg(encode(hash, 'hex'), ' ') from entry_version where entry_id = ?::uuid")
                .param(id(note))
                .query(String.class)
                .single();
    }

    private int count(String table) {
        return database.sql("select count(*) from " + table + " where patient_id = ?")
                .param(patient.value())
                .query(Integer.class)
                .single();
    }

    private String teacher = "";

    /** What the clinician signs is co-signed from here on by another, who had no part in this patient’s care. */
    private void coSigned() {
        Provisioning provisioning = context.getBean(Provisioning.class);
        teacher = "mentor." + charts.house.login(CLINICIAN);
        context.getBean(CurrentActor.class)
                .asSystem(
                        charts.house.here,
                        () -> context.getBean(TransactionTemplate.class).execute(status -> {
                            PractitionerId made = provisioning.createPractitioner(
                                    "Mentor", "Tess", "Dr.", null, "physician", Set.of(charts.house.here));
                            provisioning.createUser(
                                    teacher,
                                    "Dr. T. Mentor",
                                    House.PASSWORD,
                                    Map.of(charts.house.here, Set.of("clinician")),
                                    made);
                            context.getBean(RecordRules.class)
                                    .cosign(charts.house.here, Map.of(charts.house.practitioner, made));
                            return made;
                        }));
    }

    private MockHttpServletResponse asTeacher(MockHttpServletRequestBuilder request) throws Exception {
        return http.perform(request.with(user(teacher)).with(csrf()))
                .andReturn()
                .getResponse();
    }
}
