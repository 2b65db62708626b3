package org.chartkeeper.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chartkeeper.patient.PatientFixture.aPatient;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.time.Clock;
import java.util.List;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

class SearchTest extends PatientTest {

    @Autowired
    Clock clock;

    PatientId eleanor;

    @BeforeAll
    void somePatients() {
        eleanor = register(aPatient()
                .named("Eleanor", "Whitfield")
                .preferring("Ellie")
                .formerly("Eleanor", "Brown")
                .bornOn("1948-03-11")
                .withMrn(facility, "0048-2217")
                .withPhone("(617) 555-0143")
                .withIdentifier("http://payer.example/" + facility, "XEH 123-456")
                .coveredBy("Medicare", "1EG4-TE5-MK73"));
        register(aPatient().named("Ellen", "Whitman").bornOn("1951-11-02"));
        register(aPatient().named("Edward", "Whitfield").bornOn("1950-01-20").ofSex("male"));
        register(aPatient().named("Elena", "Winfield").bornOn("1990-07-04"));
        register(aPatient().named("José", "O'Neil-García").bornOn("1948-11-03").ofSex("male"));
    }

    private List<PatientId> found(String words) {
        return as(specialist, () -> search.search(actors.get(), words, 50)).hits().stream()
                .map(hit -> hit.patient().id())
                .toList();
    }

    private List<String> names(String words) {
        return as(specialist, () -> search.search(actors.get(), words, 50)).hits().stream()
                .map(hit -> hit.patient().label())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Eleanor Whitfield",
                "whitfield eleanor",
                "WHITFIELD, ELEANOR",
                "Elanor Witfield",
                "Elinor Whitfeild",
                "whit elea",
                "Ellie Whitfield",
                "Nora Whitfield",
                "Eleanor Brown",
                "brown",
                "3/11/1948",
                "03111948",
                "11 Mar 1948",
                "March 11, 1948",
                "1948-03-11",
                "whitfield 3/11/48",
                "3/11/1948 eleanor",
                "Mar 1948",
                "0048-2217",
                "00482217",
                "482217",
                "48-2217",
                "(617) 555-0143",
                "617-555-0143",
                "6175550143",
                "555-0143",
                "whitfield 0143",
                "XEH123456",
                "1EG4TE5MK73"
            })
    void finds_eleanor_first(String words) {
        assertThat(found(words)).first().isEqualTo(eleanor);
    }

    @Test
    void the_end_of_a_phone_number_alone_finds_the_patient() {
        assertThat(found("0143")).contains(eleanor);
    }

    @Test
    void a_birth_date_alone_finds_those_born_that_day_only() {
        assertThat(found("3/11/1948")).containsExactly(eleanor);
        assertThat(names("11/3/1948")).containsExactly("O'Neil-García, José");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jose oneil", "O'Neil", "o'neil-garcia jose", "Garcia Jose"})
    void finds_names_without_accents_apostrophes_and_hyphens(String words) {
        assertThat(names(words)).first().isEqualTo("O'Neil-García, José");
    }

    @Test
    void what_matches_all_words_comes_before_what_resembles_them() {
        assertThat(names("whitfield")).startsWith("Whitfield, Edward", "Whitfield, Eleanor");
        assertThat(names("Whitfield E")).containsExactly("Whitfield, Edward", "Whitfield, Eleanor");
        assertThat(names("Eleanor Whitfield")).first().isEqualTo("Whitfield, Eleanor");
        assertThat(names("Eleanor Whitfield")).doesNotContain("O'Neil-García, José");
    }

    @Test
    void a_word_that_fits_nobody_still_leaves_what_fits_the_rest_and_says_so() {
        PatientSearch.Result result =
                as(specialist, () -> search.search(actors.get(), "Eleanor Whitfield Xyzzyqk", 50));
        assertThat(result.partly()).isTrue();
        assertThat(result.hits().getFirst().patient().id()).isEqualTo(eleanor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "%", "_", "'; drop table patient; --", "zzzzqqq", "99/99/9999", "\\", "a"})
    void odd_input_finds_nobody_and_breaks_nothing(String words) {
        assertThat(found(words)).isEmpty();
    }

    @Test
    void shows_a_former_name_unless_the_patient_asked_not_to() {
        register(aPatient()
                .named("Marcus", "Delray")
                .suppressing("Martha", "Delray")
                .bornOn("1988-02-02"));
        PatientSearch.Result former = as(specialist, () -> search.search(actors.get(), "brown eleanor", 50));
        PatientSearch.Result suppressed = as(specialist, () -> search.search(actors.get(), "martha delray", 50));
        assertThat(former.hits().getFirst().formerly()).isEqualTo("Brown, Eleanor");
        assertThat(suppressed.hits().getFirst().patient().label()).isEqualTo("Delray, Marcus");
        assertThat(suppressed.hits().getFirst().formerly()).isNull();
    }

    @Test
    void marks_those_who_are_called_the_same_or_nearly_so() {
        PatientId anna = register(aPatient().named("Anna", "Garcia").bornOn("1973-12-08"));
        register(aPatient().named("Ana", "Garzia").bornOn("1951-11-02"));
        PatientSearch.Result result = as(specialist, () -> search.search(actors.get(), "anna garcia", 50));
        assertThat(result.hits().getFirst().sameName()).isTrue();
        assertThat(as(specialist, () -> patients.find(anna)).orElseThrow().sameNames())
                .containsExactly("Ana Garzia, born 2 Nov 1951");
        assertThat(as(specialist, () -> search.search(actors.get(), "winfield", 50))
                        .hits()
                        .getFirst()
                        .sameName())
                .isFalse();
    }

    @Test
    void patients_of_another_facility_are_not_there() {
        FacilityId other = facility("Lakeside");
        String stranger = someone("records-specialist", other);
        assertThat(as(stranger, () -> search.search(actors.get(), "Eleanor Whitfield", 50))
                        .hits())
                .isEmpty();
        assertThat(as(stranger, () -> search.search(actors.get(), "0048-2217", 50))
                        .hits())
                .isEmpty();
    }

    @Test
    void a_restricted_patient_is_not_there() {
        PatientId hidden = register(
                aPatient().named("Quentin", "Vandermolen").bornOn("1961-08-19").withMrn(facility, "0077-1234"));
        assertThat(found("0077-1234")).containsExactly(hidden);
        database.sql("""
                        insert into patient_restriction (id, patient_id, reason, stated_by, since)
                        values (gen_random_uuid(), ?, 'test', '00000000-0000-7000-8000-000000000001', now())
                        """).param(hidden.value()).update();
        assertThat(found("Quentin Vandermolen")).isEmpty();
        assertThat(found("0077-1234")).isEmpty();
        assertThat(as(
                        specialist,
                        () -> registrations.likely(aPatient()
                                .named("Quentin", "Vandermolen")
                                .bornOn("1961-08-19")
                                .data())))
                .isEmpty();
    }

    @Test
    void a_search_is_recorded_with_its_hits_and_without_its_words() {
        found("Elanor Witfield");
        assertThat(database.sql("""
                        select count || ' ' || details from audit_event
                         where action = 'patient.search' order by occurred_at desc, id desc limit 1
                        """).query(String.class).single())
                .contains(eleanor.toString())
                .doesNotContainIgnoringCase("witfield");
    }

    @Test
    void the_page_shows_who_was_found_in_a_table_that_can_be_walked() throws Exception {
        Document page = html(mvc.perform(post("/patients/search")
                        .param("q", "Elanor Witfield")
                        .with(user(specialist))
                        .with(csrf()))
                .andReturn());
        assertThat(page.select("table[data-list-keys] caption").text()).isEqualTo("Patients found");
        assertThat(page.select("tbody tr").first().text())
                .contains("Whitfield, Eleanor", "formerly Brown, Eleanor", "11 Mar 1948", "Female", "0048-2217");
        assertThat(page.select("tbody tr").first().select("th[scope=row] a").attr("href"))
                .isEqualTo("/patients/" + eleanor);
        assertThat(page.select("#q").attr("value")).isEqualTo("Elanor Witfield");
        assertThat(page.select("form[role=search]").attr("method")).isEqualTo("post");
    }

    @Test
    void the_page_without_a_search_shows_what_the_user_opened_last() throws Exception {
        open("/patients/" + eleanor + "/registration");
        assertThat(page("/patients").select("tbody tr").text()).contains("Whitfield, Eleanor");
        String other = someone("records-specialist", facility);
        assertThat(as(other, () -> search.recent(actors.get(), 10))).isEmpty();
    }
}
