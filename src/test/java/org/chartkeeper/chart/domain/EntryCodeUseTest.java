package org.chartkeeper.chart.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.chartkeeper.access.Access;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.terminology.CodeSystem;
import org.chartkeeper.terminology.CodeUse;
import org.chartkeeper.testing.ChartkeeperTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Where a code is in use when its system ends it. */
@ChartkeeperTest
class EntryCodeUseTest {

    private static final AtomicInteger CODES = new AtomicInteger(10);

    @Autowired
    @Qualifier("codesOfProblems")
    CodeUse problems;

    @Autowired
    @Qualifier("codesOfOrders")
    CodeUse orders;

    @Autowired
    ChartWriter writer;

    @Autowired
    Access access;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    Provisioning provisioning;

    @Autowired
    CurrentActor currentActor;

    Fixture fixture;
    /** A code that no other test has. */
    String code;

    @BeforeEach
    void people() {
        fixture = new Fixture(jdbc, writer, transactions, provisioning, currentActor);
        code = "Y97." + CODES.incrementAndGet();
    }

    private PatientId known() {
        PatientId whose = fixture.aPatient();
        fixture.run(fixture.here.specialist(), () -> access.patientAtFacility(whose, fixture.here.facility()));
        return whose;
    }

    private Map<String, Integer> counts(Actor actor, CodeUse place, CodeSystem system) {
        return fixture.as(actor, () -> place.counts(actor, system, List.of(code, "Y98")));
    }

    private List<CodeUse.Use> uses(Actor actor) {
        return fixture.as(actor, () -> problems.uses(actor, CodeSystem.ICD10CM, List.of(code), 10));
    }

    /** Who looks after the system and sees no chart. */
    private Actor administrator() {
        Actor specialist = fixture.here.specialist();
        Set<Permission> permissions = new HashSet<>(Set.of(Permission.SIGNED_IN, Permission.CODE_SETS));
        return new Actor(
                specialist.user(),
                specialist.name(),
                null,
                specialist.facility(),
                specialist.facilities(),
                Set.of("administrator"),
                permissions);
    }

    @Test
    void active_problems_under_a_code_are_counted_and_resolved_ones_are_not() {
        fixture.bring(Fixture.original(known(), Fixture.problem(code, "Low back pain", "active")));
        fixture.bring(Fixture.original(known(), Fixture.problem(code, "Low back pain", "active")));
        fixture.bring(Fixture.original(known(), Fixture.problem(code, "Low back pain", "resolved")));
        assertThat(counts(fixture.here.specialist(), problems, CodeSystem.ICD10CM))
                .isEqualTo(Map.of(code, 2));
    }

    @Test
    void a_problem_is_led_to_by_its_entry() {
        PatientId patient = known();
        fixture.bring(Fixture.original(patient, Fixture.problem(code, "Low back pain", "active")));
        assertThat(uses(fixture.here.specialist())).singleElement().satisfies(use -> {
            assertThat(use.patient()).isEqualTo(patient);
            assertThat(use.title()).isEqualTo("Low back pain");
            assertThat(use.path()).startsWith("/patients/" + patient + "/entries/");
        });
    }

    @Test
    void a_chart_that_the_actor_may_not_open_is_neither_counted_nor_listed() {
        fixture.bring(Fixture.original(fixture.aPatient(), Fixture.problem(code, "Low back pain", "active")));
        assertThat(counts(fixture.here.specialist(), problems, CodeSystem.ICD10CM))
                .isEmpty();
        assertThat(uses(fixture.here.specialist())).isEmpty();
    }

    @Test
    void who_opens_no_chart_gets_the_number_of_all_and_learns_of_nobody() {
        fixture.bring(Fixture.original(fixture.aPatient(), Fixture.problem(code, "Low back pain", "active")));
        assertThat(counts(administrator(), problems, CodeSystem.ICD10CM)).isEqualTo(Map.of(code, 1));
        assertThat(uses(administrator())).isEmpty();
    }

    @Test
    void active_orders_are_counted_by_the_code_of_their_own_system() {
        fixture.bring(Fixture.original(known(), Fixture.order(code, "Examplol 5 mg tablet", "5", "active")));
        assertThat(counts(fixture.here.specialist(), orders, CodeSystem.DRUG)).isEqualTo(Map.of(code, 1));
        assertThat(counts(fixture.here.specialist(), orders, CodeSystem.ICD10CM))
                .isEmpty();
    }
}
