package org.chartkeeper.chart.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.chartkeeper.chart.ChartVerification;
import org.chartkeeper.patient.Filing;
import org.chartkeeper.patient.PatientMergeParticipant;
import org.chartkeeper.patient.Registrations;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Uuid7;
import org.chartkeeper.testing.ChartkeeperTest;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;

/** Somebody came without a name, was recognized, and the two charts became one. */
@ChartkeeperTest
class MergedChartTests {

    private static final String SPECIALIST = "records-specialist";
    private static final String CLINICIAN = "clinician";
    private static final String SUPERVISOR = "supervisor";

    @Autowired
    ApplicationContext context;

    @Autowired
    Registrations registrations;

    @Autowired
    ChartVerification verification;

    @Autowired
    CurrentActor actors;

    @Autowired
    JdbcClient database;

    @Autowired
    List<PatientMergeParticipant> participants;

    Charts charts;
    PatientId eleanor;
    PatientId unknown;
    EncounterId emergency;
    EntryId allergy;

    @BeforeEach
    void aChartAndSomebodyUnknown() {
        charts = new Charts(context);
        eleanor = charts.eleanor();
        charts.imported(eleanor, Entries.allergyTo("Penicillin", "high", "anaphylaxis"));
        charts.imported(eleanor, Entries.orderOf("Warfarin 5 mg tablet", "1 daily", "active", null));
        unknown = asSystem(() -> registrations.registerUnidentified(
                new Registrations.Unidentified("female", 80, "Found at the station"), Filing.statedBy("staff")));
        emergency = charts.visit(unknown);
        allergy = charts.dictated(unknown, emergency, Entries.allergyTo("Latex", null, "hives"));
    }

    @Test
    void before_the_merge_the_banner_warns_of_what_the_probable_chart_says() throws Exception {
        assertThat(safety(charts.page(CLINICIAN, "/patients/" + unknown))).doesNotContain("Penicillin");
        link();

        String row = safety(charts.page(CLINICIAN, "/patients/" + unknown));
        assertThat(row)
                .contains("From probable chart", "merge pending", "▲ Penicillin: anaphylaxis", "Takes Warfarin 5 mg");
        assertThat(database.sql("""
                        select count(*) from audit_event
                        where patient_id = ? and subject_id = 'probable chart' and outcome = 'done'
                        """).param(eleanor.value()).query(Integer.class).single())
                .isPositive();
    }

    @Test
    void the_old_id_leads_to_the_chart_that_has_the_entries_of_both() throws Exception {
        link();
        merge();

        MockHttpServletResponse old = charts.answer(CLINICIAN, get("/patients/" + unknown));
        assertThat(old.getStatus()).isEqualTo(302);
        assertThat(old.getRedirectedUrl()).isEqualTo("/patients/" + eleanor);
        assertThat(charts.answer(SPECIALIST, get("/patients/" + unknown + "/entries/" + allergy + "/history?a=b"))
                        .getRedirectedUrl())
                .isEqualTo("/patients/" + eleanor + "/entries/" + allergy + "/history?a=b");
        Document page = charts.page(CLINICIAN, "/patients/" + eleanor);
        assertThat(safety(page)).contains("Penicillin", "Latex");
        assertThat(page.select("table:contains(Clinician)").text()).contains("Breathless");
        assertThat(charts.page(SPECIALIST, "/patients/" + eleanor + "/entries/" + allergy + "/history")
                        .text())
                .contains("Latex");
        assertThat(charts.page(SPECIALIST, "/patients/" + eleanor + "/history").text())
                .contains("Latex");
        assertThat(charts.page(SPECIALIST, "/patients/" + eleanor + "/registration")
                        .text())
                .contains("Merged into this chart", "Driver's license");
    }

    @Test
    void letters_begun_in_both_charts_go_on_in_the_one_that_stays() throws Exception {
        charts.visit(eleanor);
        String mine = letter(eleanor);
        letter(unknown);
        link();
        merge();

        Document choice = charts.page(CLINICIAN, "/patients/" + eleanor + "/notes/new");
        assertThat(choice.select("section[aria-labelledby=begun-h] li a").eachText())
                .containsExactly("Letter", "Letter");
        for (String path :
                choice.select("section[aria-labelledby=begun-h] li a").eachAttr("href")) {
            assertThat(charts.page(CLINICIAN, path).select("h1").text()).isEqualTo("Letter");
        }
        assertThat(letter(eleanor)).isEqualTo(mine);
    }

    /** Begins a letter of no visit, or goes on with it. */
    private String letter(PatientId patient) throws Exception {
        return java.util.Objects.requireNonNull(charts.answer(
                        CLINICIAN,
                        post("/patients/" + patient + "/notes/drafts").param("kind", "letter"))
                .getRedirectedUrl());
    }

    @Test
    void what_waits_for_a_signature_still_does_and_nothing_is_found_broken() throws Exception {
        link();
        merge();

        Document review = charts.page(CLINICIAN, "/patients/" + eleanor + "/review");
        List<String> picks = review.select("input[name=pick]").eachAttr("value");
        assertThat(picks).hasSize(1);
        MockHttpServletResponse signed = charts.answer(
                CLINICIAN,
                Charts.signing(
                        "/patients/" + eleanor + "/review/sign",
                        org.chartkeeper.access.House.PASSWORD,
                        Charts.key(),
                        picks));
        assertThat(signed.getStatus()).isBetween(300, 399);
        assertThat(asSystem(() -> verification.verify(read -> {})).findings())
                .noneMatch(finding -> finding.entry().equals(allergy.toString()));
        assertThat(database.sql("select patient_id from entry_version where entry_id = ?")
                        .param(allergy.value())
                        .query((row, number) -> new PatientId(row.getObject(1, java.util.UUID.class)))
                        .list())
                .as("history keeps the patient that it was written for")
                .containsOnly(unknown);
    }

    @Test
    void who_linked_the_charts_does_not_merge_them_and_neither_does_a_specialist() throws Exception {
        link();
        assertThat(charts.answer(SPECIALIST, merging()).getStatus()).isEqualTo(403);
        MockHttpServletResponse linker = charts.answer(SUPERVISOR, merging());
        assertThat(linker.getRedirectedUrl()).isEqualTo("/patients/" + eleanor + "/registration");

        PatientId another = asSystem(() -> registrations.registerUnidentified(
                new Registrations.Unidentified("female", null, null), Filing.statedBy("staff")));
        int version = version(another);
        charts.answer(
                SUPERVISOR,
                post("/patients/" + another + "/identify")
                        .param("version", Integer.toString(version))
                        .param("idempotencyKey", Charts.key())
                        .param("statedBy", "document")
                        .param("values[evidence]", "Recognized")
                        .param("values[existing]", mrn(eleanor)));
        assertThat(charts.answer(
                                SUPERVISOR,
                                post("/patients/" + another + "/merge")
                                        .param("version", Integer.toString(version + 1))
                                        .param("idempotencyKey", Charts.key()))
                        .getRedirectedUrl())
                .as("back, because a second person merges")
                .isEqualTo("/patients/" + another + "/registration");
    }

    @Test
    void the_number_of_the_merged_chart_finds_the_survivor_and_its_name_nobody_else() throws Exception {
        String number = mrn(unknown);
        link();
        merge();

        Document found =
                Jsoup.parse(charts.answer(SPECIALIST, post("/patients/search").param("q", number))
                        .getContentAsString());
        assertThat(found.select("a[href$=" + eleanor + "]")).isNotEmpty();
        assertThat(found.select("a[href$=" + unknown + "]")).isEmpty();
    }

    @Test
    void an_old_id_tells_nothing_to_who_may_not_see_the_survivor() throws Exception {
        link();
        merge();
        Charts others = new Charts(context);

        assertThat(others.answer(SPECIALIST, get("/patients/" + unknown)).getStatus())
                .isEqualTo(404);
        assertThat(others.answer("administrator", get("/patients/" + unknown)).getStatus())
                .isBetween(403, 404);
    }

    @Test
    void a_chart_that_entries_wait_to_leave_is_not_merged() throws Exception {
        database.sql("""
                        insert into entry_move (id, facility_id, from_patient, to_patient, seen, reason, state, asked_by,
                                                asked_at)
                        values (?, ?, ?, ?, '', 'Dictated for her sister', 'waiting', ?, now())
                        """)
                .params(
                        Uuid7.next(),
                        charts.house.here.value(),
                        unknown.value(),
                        charts.eleanor().value(),
                        Uuid7.next())
                .update();
        link();
        assertThat(charts.answer(SUPERVISOR, merging()).getRedirectedUrl())
                .isEqualTo("/patients/" + unknown + "/registration");
        assertThat(safety(charts.page(CLINICIAN, "/patients/" + unknown))).contains("Latex");
    }

    @Test
    void every_table_with_a_patient_has_a_participant() {
        Set<String> known = new HashSet<>();
        participants.forEach(participant -> {
            known.addAll(participant.moved().keySet());
            known.addAll(participant.kept());
        });
        List<String> tables = database.sql("""
                        select c.table_name from information_schema.columns c
                        join information_schema.tables t using (table_schema, table_name)
                        where c.table_schema = 'public' and c.column_name = 'patient_id'
                          and t.table_type = 'BASE TABLE' and c.table_name not like 'audit_event\\_%'
                        """).query(String.class).list();
        assertThat(known).containsAll(tables);
    }

    private void link() throws Exception {
        MockHttpServletResponse linked = charts.answer(
                SPECIALIST,
                post("/patients/" + unknown + "/identify")
                        .param("version", Integer.toString(version(unknown)))
                        .param("idempotencyKey", Charts.key())
                        .param("statedBy", "document")
                        .param("values[evidence]", "Driver's license in the coat")
                        .param("values[existing]", mrn(eleanor)));
        assertThat(linked.getStatus()).isEqualTo(303);
    }

    private void merge() throws Exception {
        assertThat(charts.answer(SUPERVISOR, merging()).getRedirectedUrl())
                .isEqualTo("/patients/" + eleanor + "/registration");
    }

    private org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder merging() {
        return post("/patients/" + unknown + "/merge")
                .param("version", Integer.toString(version(unknown)))
                .param("idempotencyKey", Charts.key());
    }

    private int version(PatientId patient) {
        return asSystem(() -> registrations.get(patient)).version();
    }

    private String mrn(PatientId patient) {
        return asSystem(() -> registrations.get(patient))
                .data()
                .mrns()
                .getFirst()
                .value();
    }

    private static String safety(Document page) {
        return page.select("header[aria-label=Patient]").text();
    }

    private <T> T asSystem(Supplier<T> work) {
        return actors.asSystem(charts.house.here, work);
    }
}
