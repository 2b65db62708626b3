package org.chartkeeper.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.List;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Uuid7;
import org.chartkeeper.testing.ChartkeeperTest;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@ChartkeeperTest
class AdministrationTests {

    @Autowired
    MockMvc http;

    @Autowired
    AuditTrail trail;

    @Autowired
    JdbcClient database;

    House house;
    TransactionTemplate transaction;

    @Autowired
    Provisioning provisioning;

    @Autowired
    Access access;

    @Autowired
    CurrentActor actors;

    @BeforeEach
    void house(@Autowired PlatformTransactionManager transactions) {
        transaction = new TransactionTemplate(transactions);
        house = House.shared(provisioning, access, actors, transaction);
    }

    @Test
    void an_invited_person_chooses_a_password_by_a_link_that_works_once() throws Exception {
        String login = "invited" + System.nanoTime();
        MvcResult invited = http.perform(admin(post("/admin/users"))
                        .param("idempotencyKey", Uuid7.next().toString())
                        .param("login", login)
                        .param("name", "Invited Person")
                        .param("roles", house.here + ":coder"))
                .andReturn();
        assertThat(invited.getResponse().getRedirectedUrl()).startsWith("/admin/users/");
        String link = String.valueOf(invited.getFlashMap().get("link"));
        String token = link.substring(link.indexOf("token=") + 6);
        assertThat(database.sql("select count(*) from one_time_link where token_hash = :token")
                        .param("token", token)
                        .query(Long.class)
                        .single())
                .as("the token itself is not kept")
                .isZero();
        assertThat(page(get("/password").param("token", token)).select("label").eachText())
                .contains("New password", "New password again");
        MockHttpServletRequestBuilder weak = post("/password")
                .with(csrf())
                .param("token", token)
                .param("password", "short")
                .param("again", "short");
        assertThat(http.perform(weak).andReturn().getResponse().getStatus()).isEqualTo(422);
        MockHttpServletRequestBuilder good = post("/password")
                .with(csrf())
                .param("token", token)
                .param("password", House.PASSWORD)
                .param("again", House.PASSWORD);
        assertThat(http.perform(good).andReturn().getResponse().getRedirectedUrl())
                .isEqualTo("/login?welcome");
        assertThat(http.perform(good).andReturn().getResponse().getStatus()).isEqualTo(404);
        assertThat(http.perform(post("/login")
                                .with(csrf())
                                .param("username", login.toUpperCase(java.util.Locale.ROOT))
                                .param("password", House.PASSWORD))
                        .andReturn()
                        .getResponse()
                        .getRedirectedUrl())
                .isEqualTo("/");
    }

    @Test
    void a_repeated_invitation_makes_one_account() throws Exception {
        String key = Uuid7.next().toString();
        String login = "twice" + System.nanoTime();
        MockHttpServletRequestBuilder invite = admin(post("/admin/users"))
                .param("idempotencyKey", key)
                .param("login", login)
                .param("name", "Twice");
        String first = http.perform(invite).andReturn().getResponse().getRedirectedUrl();
        MvcResult second = http.perform(invite).andReturn();
        assertThat(second.getResponse().getRedirectedUrl()).isEqualTo(first);
        assertThat(second.getFlashMap().get("link")).isNull();
    }

    @Test
    void bad_input_is_named_at_its_field_and_what_was_typed_is_kept() throws Exception {
        MockHttpServletResponse answer = http.perform(admin(post("/admin/users"))
                        .param("idempotencyKey", Uuid7.next().toString())
                        .param("login", "No spaces allowed")
                        .param("name", "Kept Name")
                        .param("roles", house.here + ":administrator", house.here + ":coder"))
                .andReturn()
                .getResponse();
        assertThat(answer.getStatus()).isEqualTo(422);
        Document page = Jsoup.parse(answer.getContentAsString());
        assertThat(page.select("#error-summary a").eachAttr("href")).contains("#login", "#roles");
        assertThat(page.select("input[name=name]").val()).isEqualTo("Kept Name");
        assertThat(page.select("input[name=roles][checked]")).hasSize(2);
        assertThat(page.select("#roles-error").text()).contains("sees no patient or chart");
    }

    @Test
    void a_stale_save_changes_nothing_and_says_so() throws Exception {
        String path = "/admin/users/" + house.user("supervisor");
        Document form = page(admin(get(path)));
        String version = form.select("form.card input[name=version]").first().val();
        MockHttpServletRequestBuilder save = admin(post(path))
                .param("version", version)
                .param("name", "supervisor renamed")
                .param("roles", house.here + ":supervisor");
        assertThat(http.perform(save).andReturn().getResponse().getStatus()).isEqualTo(302);
        assertThat(http.perform(save).andReturn().getResponse().getStatus()).isEqualTo(409);
    }

    @Test
    void the_last_who_can_manage_users_is_not_shut_out_by_oneself() throws Exception {
        String path = "/admin/users/" + house.user("administrator");
        String version = page(admin(get(path)))
                .select("form.card input[name=version]")
                .first()
                .val();
        MvcResult answer = http.perform(admin(post(path + "/disable")).param("version", version))
                .andReturn();
        assertThat(answer.getResponse().getStatus()).isEqualTo(302);
        assertThat(String.valueOf(answer.getFlashMap().get("problems"))).contains("your own account");
    }

    @Test
    void users_roles_and_facilities_are_listed() throws Exception {
        assertThat(page(admin(get("/admin/users").param("q", house.login("coder"))))
                        .select("td a")
                        .eachText())
                .contains("coder " + house.login("coder").replaceAll("\\D", ""));
        assertThat(page(admin(get("/admin/roles"))).select("td a").eachText())
                .contains("Records specialist", "Clinician", "Administrator");
        assertThat(page(admin(get("/admin/facilities"))).select("td a").eachText())
                .isNotEmpty();
    }

    @Test
    void a_facility_gets_a_department_under_a_label() throws Exception {
        String code = "F" + System.nanoTime() % 100_000_000;
        String path = http.perform(admin(post("/admin/facilities"))
                        .param("code", code)
                        .param("name", "Facility " + code)
                        .param("zone", "America/Chicago")
                        .param("updateDueHours", "24")
                        .param("active", "true"))
                .andReturn()
                .getResponse()
                .getRedirectedUrl();
        assertThat(path).startsWith("/admin/facilities/");
        assertThat(http.perform(admin(post(path + "/departments"))
                                .param("code", "REC")
                                .param("name", "Recovery program")
                                .param("sensitivity", "part2"))
                        .andReturn()
                        .getResponse()
                        .getRedirectedUrl())
                .isEqualTo(path);
        assertThat(page(admin(get(path))).select("table tbody tr").text())
                .contains("Recovery program", "Part 2 program");
        assertThat(http.perform(admin(post("/admin/facilities"))
                                .param("code", "no good")
                                .param("zone", "Mars"))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(422);
    }

    @Test
    void a_facility_says_when_an_entry_is_late_and_names_who_co_signs() throws Exception {
        String path = "/admin/facilities/" + house.here;
        var form = page(admin(get(path)));
        assertThat(form.select("#lateEntryHours").val()).isEqualTo("24");
        assertThat(http.perform(admin(post(path))
                                .param("version", form.select("[name=version]").val())
                                .param("code", form.select("#code").val())
                                .param("name", form.select("#name").val())
                                .param(
                                        "zone",
                                        form.select("#zone option[selected]").val())
                                .param(
                                        "updateDueHours",
                                        form.select("#updateDueHours").val())
                                .param("lateEntryHours", "0")
                                .param("active", "true"))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(422);
        String signatures = path + "/co-signatures";
        assertThat(page(admin(get(signatures))).select("select[name=cosigner]")).isNotEmpty();
        assertThat(http.perform(admin(post(signatures))
                                .param("cosigner", house.practitioner + ":" + house.practitioner))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(422);
        assertThat(http.perform(admin(post(signatures)).param("cosigner", house.practitioner + ":"))
                        .andReturn()
                        .getResponse()
                        .getRedirectedUrl())
                .isEqualTo(signatures);
    }

    @Test
    void the_privacy_officer_finds_on_the_home_page_who_opened_a_chart_with_a_reason() throws Exception {
        PatientId patient = PatientId.next();
        transaction.executeWithoutResult(status ->
                trail.record(AuditEvent.done("access.emergency").of(patient).because("covering")));
        Document home = home("privacy-officer");
        assertThat(home.select("section:has(h2:contains(Opened with a reason)) tbody tr")
                        .eachText())
                .anyMatch(row -> row.contains("I am covering for a colleague"));
        assertThat(home.select("a[href$='patient=" + patient + "']")).hasSize(1);
        assertThat(home("records-specialist").text()).doesNotContain("Opened with a reason");
    }

    @Test
    void the_administrator_finds_on_the_home_page_who_has_not_followed_the_invitation() throws Exception {
        String name = "Aa Invited " + System.nanoTime();
        http.perform(admin(post("/admin/users"))
                .param("idempotencyKey", Uuid7.next().toString())
                .param("login", "invited" + System.nanoTime())
                .param("name", name));
        assertThat(home("administrator")
                        .select("section:has(h2:contains(Invited)) tbody")
                        .text())
                .contains(name);
    }

    private Document home(String role) throws Exception {
        return Jsoup.parse(http.perform(get("/").with(user(house.login(role))))
                .andReturn()
                .getResponse()
                .getContentAsString());
    }

    @Test
    void the_audit_page_finds_events_of_a_patient_and_tells_the_administrator_no_name() throws Exception {
        PatientId patient = PatientId.next();
        trail.recordAlone(AuditEvent.done("test.page").of(patient).by(house.user("coder")));
        for (String role : List.of("privacy-officer", "administrator")) {
            Document page = page(get("/audit")
                    .param("patient", patient.toString())
                    .param("action", "test")
                    .with(user(house.login(role))));
            assertThat(page.select("main tbody tr")).hasSize(1);
            assertThat(page.select("main tbody tr").text()).contains("test.page", "coder", patient.toString());
        }
    }

    @Test
    void the_audit_page_sends_what_was_typed_on_as_ids_and_days() throws Exception {
        assertThat(http.perform(admin(post("/audit/search"))
                                .param("user", house.login("coder"))
                                .param("from", "11/22/2026")
                                .param("outcome", "done"))
                        .andReturn()
                        .getResponse()
                        .getRedirectedUrl())
                .isEqualTo("/audit?user=" + house.login("coder") + "&from=2026-11-22&outcome=done");
        assertThat(http.perform(admin(post("/audit/search"))
                                .param("patient", "no such number")
                                .param("from", "soon"))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(422);
    }

    private Document page(MockHttpServletRequestBuilder request) throws Exception {
        MockHttpServletResponse answer = http.perform(request).andReturn().getResponse();
        assertThat(answer.getStatus()).isEqualTo(200);
        return Jsoup.parse(answer.getContentAsString());
    }

    private MockHttpServletRequestBuilder admin(MockHttpServletRequestBuilder request) {
        return request.with(user(house.login("administrator"))).with(csrf());
    }

    @Test
    void a_dea_number_is_checked_beside_its_field_and_kept_as_a_version_of_the_practitioner() throws Exception {
        House own = new House(provisioning, access, actors, transaction);
        String path = "/admin/facilities/" + own.here + "/dea-numbers";
        String number = aDeaNumber("BO");
        Document form = page(admin(get(path)));
        assertThat(form.select("label[for=numbers0]").text()).isEqualTo("Dr. A. Okafor");

        MvcResult refused = http.perform(
                        typed(path, own, number.substring(0, 8) + (number.charAt(8) - '0' + 1) % 10, ""))
                .andReturn();
        assertThat(refused.getResponse().getStatus()).isEqualTo(422);
        Document wrong = Jsoup.parse(refused.getResponse().getContentAsString());
        assertThat(wrong.select("#error-summary a[href=#numbers0]").text()).contains("its last digit does not fit");
        assertThat(wrong.select("#numbers0").attr("aria-invalid")).isEqualTo("true");
        assertThat(status(typed(path, own, "Z91234563", ""))).isEqualTo(422);

        assertThat(status(typed(path, own, " " + number.toLowerCase(java.util.Locale.ROOT), "")))
                .isEqualTo(302);
        assertThat(page(admin(get(path))).select("#numbers0").val()).isEqualTo(number);
        assertThat(database.sql(
                                "select content::text from setting_version where subject_id = ? order by number desc limit 1")
                        .param(own.practitioner.toString())
                        .query(String.class)
                        .single())
                .contains("\"deaNumbers\"", number);

        // Opened before that change, it does not undo it.
        assertThat(status(typed(path, own, aDeaNumber("BO"), ""))).isEqualTo(422);
        assertThat(status(typed(path, own, "", number))).isEqualTo(302);
        assertThat(page(admin(get(path))).select("#numbers0").val()).isEmpty();
    }

    @Test
    void a_dea_number_is_one_persons() throws Exception {
        House own = new House(provisioning, access, actors, transaction);
        House other = new House(provisioning, access, actors, transaction);
        String number = aDeaNumber("FO");
        assertThat(status(typed("/admin/facilities/" + own.here + "/dea-numbers", own, number, "")))
                .isEqualTo(302);
        assertThat(status(typed("/admin/facilities/" + other.here + "/dea-numbers", other, number, "")))
                .isEqualTo(422);
    }

    private MockHttpServletRequestBuilder typed(String path, House of, String number, String was) {
        return admin(post(path))
                .param("practitioners[0]", of.practitioner.toString())
                .param("numbers[0]", number)
                .param("was[0]", was);
    }

    private int status(MockHttpServletRequestBuilder request) throws Exception {
        return http.perform(request).andReturn().getResponse().getStatus();
    }

    /** A number that no other test has. */
    private static String aDeaNumber(String letters) {
        String six = String.format("%06d", System.nanoTime() / 1000 % 1_000_000);
        for (int last = 0; last < 10; last++) {
            if (DeaNumbers.checked(six + last)) {
                return letters + six + last;
            }
        }
        throw new AssertionError(six);
    }
}
