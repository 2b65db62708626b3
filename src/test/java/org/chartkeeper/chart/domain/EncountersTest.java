package org.chartkeeper.chart.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.chartkeeper.access.Access;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.EncounterView;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.chart.Encounters.ImportedEncounter;
import org.chartkeeper.chart.Encounters.NewEncounter;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Slice;
import org.chartkeeper.platform.Stale;
import org.chartkeeper.testing.ChartkeeperTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

@ChartkeeperTest
class EncountersTest {

    @Autowired
    Encounters encounters;

    @Autowired
    Access access;

    @Autowired
    ChartWriter writer;

    @Autowired
    ChartReader reader;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    Provisioning provisioning;

    @Autowired
    CurrentActor currentActor;

    Fixture fixture;
    PatientId patient;

    @BeforeEach
    void aPatient() {
        fixture = new Fixture(jdbc, writer, transactions, provisioning, currentActor);
        patient = fixture.aPatient();
    }

    @Test
    void an_opened_visit_shows_its_people_and_gives_them_the_chart() {
        EncounterId id = open("in progress");

        EncounterView visit = find(id);

        assertThat(visit.status()).isEqualTo("in progress");
        assertThat(visit.facilityName()).isEqualTo("Record Test Hospital");
        assertThat(visit.attendingName()).isEqualTo("Dr. A. Okafor");
        assertThat(visit.imported()).isFalse();
        assertThat(visit.participants())
                .extracting(EncounterView.Participant::role)
                .containsExactly("attending");
        assertThat(access.decideChart(fixture.here.clinician(), patient)).isInstanceOf(Access.Decision.Granted.class);
        assertThat(access.decideChart(fixture.here.colleague(), patient))
                .isNotInstanceOf(Access.Decision.Granted.class);
    }

    @Test
    void an_illegal_step_names_both_states_and_changes_nothing() {
        EncounterId id = open("finished");

        assertThatThrownBy(() -> move(id, 0, "in progress"))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        refused ->
                                assertThat(refused.problems().get(0).message()).contains("finished", "in progress"));
        assertThat(find(id).status()).isEqualTo("finished");
    }

    @Test
    void a_step_on_an_old_version_is_stale_and_one_on_another_patient_is_not_there() {
        EncounterId id = open("planned");
        move(id, 0, "arrived");

        assertThatThrownBy(() -> move(id, 0, "in progress")).isInstanceOf(Stale.class);
        PatientId other = fixture.aPatient();
        assertThatThrownBy(() -> fixture.run(
                        fixture.here.specialist(),
                        () -> encounters.moveTo(other, id, 1, "in progress", Fixture.DICTATED, null)))
                .isInstanceOf(NotFound.class);
        move(id, 1, "in progress");
        move(id, 2, "finished");
        assertThat(find(id).end()).isEqualTo(Fixture.DICTATED);
        assertThat(jdbc.sql("select status from encounter_status_history where encounter_id = ? order by number")
                        .param(id.value())
                        .query(String.class)
                        .list())
                .containsExactly("planned", "arrived", "in progress", "finished");
    }

    @ParameterizedTest
    @EnumSource(EncounterStatus.class)
    void every_state_can_be_an_error_but_an_error_is_the_end(EncounterStatus status) {
        if (status == EncounterStatus.ENTERED_IN_ERROR) {
            assertThat(status.next()).isEmpty();
        } else {
            assertThat(status.next()).contains(EncounterStatus.ENTERED_IN_ERROR).doesNotContain(status);
        }
    }

    @Test
    void what_a_nurse_states_at_a_visit_waits_for_its_attending() {
        EncounterId id = open("finished");
        var command = Fixture.at(Fixture.original(patient, Fixture.weight("71.4")), id);
        var nurse = new org.chartkeeper.chart.EntryCommand.Statement("nurse", null, "K. Bell", Fixture.DICTATED, null);
        fixture.write(new org.chartkeeper.chart.EntryCommand(
                command.kind(),
                null,
                null,
                patient,
                command.facility(),
                id,
                command.content(),
                command.event(),
                command.eventPrecision(),
                nurse,
                command.source(),
                null,
                "",
                false));

        var shown =
                fixture.as(fixture.here.specialist(), () -> reader.ofEncounter(fixture.here.specialist(), patient, id));

        assertThat(shown).hasSize(1);
        assertThat(shown.get(0).statedBy()).isEqualTo("nurse K. Bell");
        assertThat(shown.get(0).signer()).isEqualTo(fixture.here.okafor());
    }

    @Test
    void an_entry_of_a_visit_of_somebody_else_is_not_there() {
        EncounterId id = open("finished");
        PatientId other = fixture.aPatient();

        assertThatThrownBy(() -> fixture.write(Fixture.at(Fixture.original(other, Fixture.weight("71.4")), id)))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void imported_visits_are_stored_once_and_changed_only_where_the_source_has_changed() {
        String source = "test-" + UUID.randomUUID();
        List<ImportedEncounter> first = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            first.add(imported(i, "in progress", "hash-" + i));
        }
        List<EncounterId> ids = importAll(source, first);
        List<ImportedEncounter> second = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            second.add(imported(i, "finished", i == 7 ? "other" : "hash-" + i));
        }

        List<EncounterId> again = importAll(source, second);

        assertThat(again).isEqualTo(ids);
        assertThat(find(ids.get(7)).status()).isEqualTo("finished");
        assertThat(find(ids.get(8)).status()).isEqualTo("in progress");
        assertThat(find(ids.get(7)).imported()).isTrue();
        Slice<EncounterView> page = fixture.as(fixture.here.specialist(), () -> encounters.list(patient, null, 40));
        assertThat(page.items()).hasSize(40);
        Slice<EncounterView> rest =
                fixture.as(fixture.here.specialist(), () -> encounters.list(patient, page.next(), 40));
        assertThat(rest.items()).hasSize(20);
        assertThat(rest.next()).isNull();
    }

    private ImportedEncounter imported(int number, String status, String hash) {
        NewEncounter visit = visit(status);
        return new ImportedEncounter(EncounterId.next(), "visit-" + number, visit, hash);
    }

    private List<EncounterId> importAll(String source, List<ImportedEncounter> visits) {
        return currentActor.asSystem(
                fixture.here.facility(),
                () -> new org.springframework.transaction.support.TransactionTemplate(transactions)
                        .execute(status -> encounters.importAll(source, visits)));
    }

    private EncounterId open(String status) {
        return fixture.as(fixture.here.specialist(), () -> encounters.open(visit(status)));
    }

    private NewEncounter visit(String status) {
        return new NewEncounter(
                patient,
                fixture.here.facility(),
                null,
                "ambulatory",
                status,
                "Office visit",
                "follow-up",
                Fixture.VISIT,
                status.equals("finished") ? Fixture.DICTATED : null,
                fixture.here.okafor(),
                "Room 3",
                null,
                null,
                null,
                false,
                List.of(new EncounterView.Participant(fixture.here.okafor(), "Dr. A. Okafor", "attending")),
                null);
    }

    private void move(EncounterId id, int version, String status) {
        Instant at = Fixture.DICTATED;
        fixture.run(fixture.here.specialist(), () -> encounters.moveTo(patient, id, version, status, at, null));
    }

    private EncounterView find(EncounterId id) {
        return fixture.as(fixture.here.specialist(), () -> encounters.find(patient, id))
                .orElseThrow();
    }
}
