package org.chartkeeper.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chartkeeper.access.Access.CareRelation;
import org.chartkeeper.access.Access.Decision;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.ChainCheck;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.NotAllowed;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.testing.ChartkeeperTest;
import org.chartkeeper.testing.TestClock;
import org.chartkeeper.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@ChartkeeperTest
class AccessTests {

    @Autowired
    private List<ChainCheck> chains;

    @Autowired
    MockMvc http;

    @Autowired
    TestClock clock;

    @Autowired
    Access access;

    @Autowired
    SignIns signIns;

    @Autowired
    Users users;

    @Autowired
    Roles roles;

    @Autowired
    Provisioning provisioning;

    @Autowired
    CurrentActor actors;

    @Autowired
    JdbcClient database;

    TransactionTemplate transaction;
    House house;

    @BeforeEach
    void house(@Autowired PlatformTransactionManager transactions) {
        transaction = new TransactionTemplate(transactions);
        house = House.shared(provisioning, access, actors, transaction);
    }

    @Test
    void specialist_coder_and_release_open_every_chart_of_their_facility() {
        PatientId patient = house.patientAt(house.here);
        for (String role : List.of("records-specialist", "coder", "release-specialist", "supervisor")) {
            assertThat(decide(role, patient)).as(role).isEqualTo(new Decision.Granted("role"));
        }
    }

    @Test
    void nobody_opens_the_chart_of_a_patient_of_another_facility() {
        PatientId patient = house.patientAt(house.elsewhere);
        for (String role : List.of("records-specialist", "clinician", "privacy-officer", "administrator")) {
            assertThat(decide(role, patient)).as(role).isEqualTo(new Decision.Hidden());
        }
    }

    @Test
    void the_administrator_opens_no_chart_and_no_registration() {
        PatientId patient = house.patientAt(house.here);
        assertThat(decide("administrator", patient)).isEqualTo(new Decision.Hidden());
        assertThat(access.decideRegistration(actor("administrator"), patient)).isEqualTo(new Decision.Hidden());
    }

    @Test
    void a_clinician_opens_charts_of_the_own_care_until_it_ends_and_others_by_reason() {
        PatientId patient = house.patientAt(house.here);
        assertThat(decide("clinician", patient)).isEqualTo(new Decision.NeedsReason());
        relate(patient, null);
        assertThat(decide("clinician", patient)).isEqualTo(new Decision.Granted("care"));
        relate(patient, clock.instant().minusSeconds(1));
        assertThat(decide("clinician", patient)).isEqualTo(new Decision.NeedsReason());
    }

    @Test
    void a_reason_opens_a_chart_for_four_hours() {
        PatientId patient = house.patientAt(house.here);
        access.openByReason(actor("clinician"), patient, "covering", "Night call");
        assertThat(decide("clinician", patient)).isEqualTo(new Decision.Granted("emergency"));
        clock.advance(Duration.ofHours(4).plusSeconds(1));
        assertThat(decide("clinician", patient)).isEqualTo(new Decision.NeedsReason());
    }

    @Test
    void a_restriction_hides_a_patient_from_everybody_but_its_exceptions() {
        PatientId patient = house.patientAt(house.here);
        restrict(patient, null, false);
        assertThat(decide("coder", patient)).isEqualTo(new Decision.Hidden());
        assertThat(decide("clinician", patient)).isEqualTo(new Decision.Hidden());
        restrict(patient, "coder", true);
        assertThat(decide("coder", patient)).isEqualTo(new Decision.Granted("role"));
        assertThat(decide("supervisor", patient)).isEqualTo(new Decision.Hidden());
    }

    @Test
    void the_functions_that_lists_join_answer_as_the_pages_do() {
        PatientId here = house.patientAt(house.here);
        PatientId elsewhere = house.patientAt(house.elsewhere);
        assertThat(seen("coder", here)).isEqualTo("true true");
        assertThat(seen("coder", elsewhere)).isEqualTo("false false");
        assertThat(seen("clinician", here)).isEqualTo("true false");
        relate(here, null);
        assertThat(seen("clinician", here)).isEqualTo("true true");
        assertThat(seen("administrator", here)).isEqualTo("false false");
    }

    @Test
    void closed_labels_are_read_by_who_stated_the_entry_and_by_permission() {
        Actor clinician = actor("clinician");
        for (String label : List.of("psychotherapy", "sud-counseling", "part2")) {
            assertThat(access.maySee(clinician, label, house.practitioner))
                    .as(label)
                    .isTrue();
            assertThat(access.maySee(clinician, label, null)).as(label).isFalse();
            assertThat(access.maySee(actor("coder"), label, null)).as(label).isFalse();
        }
        assertThat(access.maySee(actor("release-specialist"), "part2", null)).isTrue();
        assertThat(access.maySee(actor("release-specialist"), "psychotherapy", null))
                .isFalse();
        assertThat(access.maySee(clinician, "hiv", null)).isTrue();
        assertThat(access.maySee(clinician, "a label of tomorrow", null)).isFalse();
    }

    @Test
    void who_gives_access_may_hold_no_role_that_sees_charts() {
        assertThatThrownBy(() -> provisioning.createUser(
                        "both" + System.nanoTime(),
                        "Both",
                        House.PASSWORD,
                        Map.of(house.here, Set.of("administrator"), house.elsewhere, Set.of("coder")),
                        null))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.problems())
                                .singleElement()
                                .extracting("field")
                                .isEqualTo("roles"));
    }

    @Test
    void who_enters_visit_updates_may_not_sign() {
        assertThatThrownBy(() -> provisioning.createUser(
                        "sign" + System.nanoTime(),
                        "Both",
                        House.PASSWORD,
                        Map.of(house.here, Set.of("records-specialist", "clinician")),
                        null))
                .isInstanceOf(Rejected.class);
        for (Roles.Role role : actors.asSystem(house.here, roles::list)) {
            assertThat(role.permissions().contains(Permission.CHART_SIGN)
                            && role.permissions().contains(Permission.VISIT_UPDATE))
                    .as(role.name())
                    .isFalse();
        }
    }

    @Test
    void a_role_cannot_be_changed_into_one_that_gives_access_and_sees_charts() {
        assertThatThrownBy(() -> actors.asSystem(
                        house.here,
                        () -> roles.create("Odd one", Set.of(Permission.USER_MANAGE, Permission.CHART_READ))))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void services_ask_for_permission_themselves() {
        as("coder", () -> assertThatThrownBy(() -> users.list("", "", null, 10)).isInstanceOf(NotAllowed.class));
        assertThatThrownBy(() -> users.list("", "", null, 10)).isInstanceOf(NotAllowed.class);
    }

    @Test
    void every_change_of_an_account_is_a_version_chained_to_the_one_before() {
        House own = new House(provisioning, access, actors, transaction);
        Users.View view = actors.asSystem(own.here, () -> users.get(own.user("coder")));
        actors.asSystem(own.here, () -> {
            users.edit(
                    view.id(),
                    view.version(),
                    new Users.Change(view.login(), "New Name", "n@example.org", view.roles(), null));
            users.disable(view.id(), view.version() + 1);
            return true;
        });
        List<Map<String, Object>> versions =
                database.sql("""
                        select number, kind, hash, predecessor, content::text as content from setting_version
                        where subject_type = 'user' and subject_id = :id order by number
                        """).param("id", view.id().toString()).query().listOfRows();
        assertThat(versions).extracting(row -> row.get("number")).containsExactly(1, 2, 3);
        assertThat(versions.get(1).get("predecessor")).isEqualTo(versions.get(0).get("hash"));
        assertThat(versions.get(2).get("predecessor")).isEqualTo(versions.get(1).get("hash"));
        assertThat(String.valueOf(versions.get(2).get("content")))
                .contains("\"status\":\"disabled\"")
                .doesNotContain("argon2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            content = replace(content::text, 'New', 'Now')::json  | 2, the version is not what its hash says
            entered_at = entered_at - interval '1 microsecond'    | 2, the version is not what its hash says
            entered_by = (select u.id from app_user u where u.id <> entered_by limit 1) | 2, the version is not what its hash says
            reason = 'because'                                    | 2, the version is not what its hash says
            predecessor = reverse(predecessor)                    | 2, it does not name the hash of the version before it
            hash = reverse(hash)                                  | 3, it does not name the hash of the version before it
            number = 9                                            | 3, version 2 is missing before it
            audit_event = '00000000-0000-7000-8000-0000000000ff'  | 2, the audit trail has no event that made it
            """)
    void one_changed_byte_of_a_setting_is_found_and_named(String set, String finding) throws SQLException {
        House own = new House(provisioning, access, actors, transaction);
        Users.View view = actors.asSystem(own.here, () -> users.get(own.user("coder")));
        actors.asSystem(own.here, () -> {
            users.edit(
                    view.id(),
                    view.version(),
                    new Users.Change(view.login(), "New Name", "n@example.org", view.roles(), null));
            users.disable(view.id(), view.version() + 1);
            return true;
        });
        assertThat(findings("user " + view.id())).isEmpty();
        try (Connection owner = TestDatabase.owner();
                Statement statement = owner.createStatement()) {
            String trigger = " trigger setting_version_is_not_changed";
            statement.execute("alter table setting_version disable" + trigger);
            int changed = statement.executeUpdate("update setting_version set " + set
                    + " where number = 2 and subject_type = 'user' and subject_id = '" + view.id() + "'");
            statement.execute("alter table setting_version enable" + trigger);
            assertThat(changed).isEqualTo(1);
        }
        assertThat(findings("user " + view.id())).contains(finding);
    }

    private List<String> findings(String subject) {
        ChainCheck check = chains.stream()
                .filter(chain -> chain.subject().equals("setting"))
                .findFirst()
                .orElseThrow();
        return actors.asSystem(house.here, check::check).findings().stream()
                .filter(finding -> finding.id().equals(subject))
                .map(finding -> finding.version() + ", " + finding.what())
                .toList();
    }

    @Test
    void the_page_of_a_patient_elsewhere_looks_like_one_who_does_not_exist_and_both_are_recorded() throws Exception {
        PatientId hidden = house.patientAt(house.elsewhere);
        PatientId unknown = PatientId.next();
        for (PatientId patient : List.of(hidden, unknown)) {
            assertThat(http.perform(get("/patients/" + patient + "/reason").with(user(house.login("clinician"))))
                            .andReturn()
                            .getResponse()
                            .getStatus())
                    .isEqualTo(404);
            assertThat(events(patient)).containsExactly("patient.view refused hidden");
        }
    }

    @Test
    void a_malformed_patient_id_is_not_found() throws Exception {
        assertThat(http.perform(get("/patients/not-an-id/reason").with(user(house.login("clinician"))))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(404);
    }

    @Test
    void a_clinician_gives_a_reason_on_its_page_and_the_chart_opens() throws Exception {
        PatientId patient = house.patientAt(house.here);
        String path = "/patients/" + patient + "/reason";
        assertThat(http.perform(post(path).with(user(house.login("clinician"))).with(csrf()))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(422);
        assertThat(http.perform(post(path)
                                .with(user(house.login("clinician")))
                                .with(csrf())
                                .param("reason", "treating")
                                .param("text", "Seen in the corridor"))
                        .andReturn()
                        .getResponse()
                        .getRedirectedUrl())
                .isEqualTo("/patients/" + patient);
        assertThat(decide("clinician", patient)).isEqualTo(new Decision.Granted("emergency"));
        assertThat(events(patient)).contains("access.emergency done treating");
        assertThat(http.perform(get(path).with(user(house.login("coder"))))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(403);
    }

    private List<String> events(PatientId patient) {
        return database.sql("""
                        select action || ' ' || outcome || coalesce(' ' || reason, '') from audit_event
                        where patient_id = :patient order by occurred_at, id
                        """)
                .param("patient", patient.value())
                .query(String.class)
                .list();
    }

    private Actor actor(String role) {
        return signIns.find(house.login(role), null).orElseThrow().actor();
    }

    private Decision decide(String role, PatientId patient) {
        return access.decideChart(actor(role), patient);
    }

    private void relate(PatientId patient, Instant until) {
        transaction.executeWithoutResult(
                status -> access.careRelation(new CareRelation(patient, house.practitioner, "covering", null, until)));
    }

    private void restrict(PatientId patient, String role, boolean exception) {
        database.sql("""
                        insert into patient_restriction (id, patient_id, user_id, exception, reason, stated_by, since)
                        values (gen_random_uuid(), :patient, :user, :exception, 'test', :by, now())
                        """)
                .param("patient", patient.value())
                .param("user", role == null ? null : house.user(role).value(), java.sql.Types.OTHER)
                .param("exception", exception)
                .param("by", Actor.SYSTEM_USER.value())
                .update();
    }

    /** What may_see and may_open answer inside a transaction of this person. */
    private String seen(String role, PatientId patient) {
        String[] answer = new String[1];
        as(
                role,
                () -> answer[0] = transaction.execute(
                        status -> database.sql("select may_see(:patient) || ' ' || may_open(:patient)")
                                .param("patient", patient.value())
                                .query(String.class)
                                .single()));
        return answer[0];
    }

    private void as(String role, Runnable work) {
        SecurityContextHolder.getContext()
                .setAuthentication(
                        UsernamePasswordAuthenticationToken.authenticated(house.login(role), null, List.of()));
        try {
            work.run();
        } finally {
            SecurityContextHolder.clearContext();
        }
    }
}
