package org.chartkeeper.chart.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.access.RecordRules;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.ChartSafety;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EncounterView;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.chart.EntryCommand;
import org.chartkeeper.chart.EntryCommand.VersionKind;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.Signing;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.DepartmentId;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.testing.ChartkeeperTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** What is closed stays closed, in refusals and dates too; what is labelled can say how it came to its label. */
@ChartkeeperTest
class ClosedRecordTest {

    private static final String METHADONE = "6813";

    @Autowired
    ChartWriter writer;

    @Autowired
    ChartReader reader;

    @Autowired
    ChartSafety safety;

    @Autowired
    Signing signing;

    @Autowired
    Encounters encounters;

    @Autowired
    RecordRules rules;

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
    void a_second_allergy_beside_a_closed_one_is_taken_as_if_that_were_not_there() {
        fixture.write(part2Actor(), List.of(labelled(Fixture.allergy(METHADONE, "Methadone"), "part2")));

        assertThatCode(() -> fixture.write(Fixture.original(patient, Fixture.allergy(METHADONE, "Methadone"))))
                .doesNotThrowAnyException();
        assertThat(allergies(fixture.here.specialist())).hasSize(1);
        assertThat(allergies(part2Actor())).hasSize(2);
    }

    @Test
    void two_open_allergies_to_the_same_are_still_refused() {
        fixture.write(Fixture.original(patient, Fixture.allergy(METHADONE, "Methadone")));

        assertThatThrownBy(() -> fixture.write(Fixture.original(patient, Fixture.allergy(METHADONE, "Methadone"))))
                .satisfies(refused("already on the allergy list"));
    }

    @Test
    void no_known_allergies_is_not_contradicted_by_a_closed_one() {
        fixture.write(part2Actor(), List.of(labelled(Fixture.allergy(METHADONE, "Methadone"), "part2")));
        Content none = new Content.Allergy(
                "none-known",
                null,
                org.chartkeeper.chart.Concept.of(org.chartkeeper.chart.Concept.SNOMED, "716186003", "No known allergy"),
                "active",
                "confirmed",
                null,
                List.of(),
                null,
                null);

        assertThatCode(() -> fixture.write(Fixture.original(patient, none))).doesNotThrowAnyException();
    }

    @Test
    void a_closed_order_cannot_be_replaced_by_who_does_not_see_it() {
        var order = fixture.write(
                        part2Actor(),
                        List.of(labelled(Fixture.order(METHADONE, "Methadone 10 mg", "10", "active"), "part2")))
                .get(0);

        assertThatThrownBy(() -> fixture.write(Fixture.original(
                        patient, Fixture.order(METHADONE, "Methadone 20 mg", "20", "active", order.entry()))))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void the_banner_does_not_say_that_allergies_were_asked_where_only_a_closed_one_says_so() {
        fixture.write(part2Actor(), List.of(labelled(Fixture.allergy(METHADONE, "Methadone"), "part2")));

        var specialist = fixture.here.specialist();
        assertThat(fixture.as(specialist, () -> safety.facts(specialist, patient))
                        .allergiesAsked())
                .isNull();
        assertThat(fixture.as(part2Actor(), () -> safety.facts(part2Actor(), patient))
                        .allergiesAsked())
                .isNotNull();
    }

    @Test
    void a_visit_to_a_closed_department_is_not_there_for_who_may_not_see_the_program() {
        EncounterId id = part2Visit("in progress");

        Actor specialist = fixture.here.specialist();
        assertThat(fixture.as(specialist, () -> encounters.find(patient, id))).isEmpty();
        assertThat(fixture.as(specialist, () -> encounters.list(patient, null, 10))
                        .items())
                .isEmpty();
        assertThat(fixture.as(specialist, () -> reader.summary(specialist, patient))
                        .visits())
                .isEmpty();
        assertThat(fixture.as(specialist, () -> safety.facts(specialist, patient))
                        .house())
                .isNull();
        assertThat(fixture.as(specialist, () -> encounters.course(patient, id)).states())
                .isEmpty();
        assertThatThrownBy(() -> fixture.run(
                        specialist, () -> encounters.moveTo(patient, id, 0, "finished", Fixture.DICTATED, null)))
                .isInstanceOf(NotFound.class);
        assertThat(fixture.as(part2Actor(), () -> encounters.find(patient, id)))
                .map(EncounterView::departmentName)
                .contains("Recovery program");
        assertThat(fixture.as(part2Actor(), () -> safety.facts(part2Actor(), patient))
                        .house())
                .contains("Recovery program");
    }

    @Test
    void who_took_part_in_a_visit_to_a_closed_department_sees_it() {
        EncounterId id = part2Visit("finished");

        assertThat(fixture.as(fixture.here.clinician(), () -> encounters.find(patient, id)))
                .isPresent();
        assertThat(fixture.as(fixture.here.colleague(), () -> encounters.find(patient, id)))
                .isEmpty();
    }

    @Test
    void a_code_of_the_lists_puts_its_label_on_an_entry_and_the_label_says_how_it_came() {
        var hiv = fixture.write(Fixture.original(patient, Fixture.problem("B20", "HIV disease", "active")));

        assertThat(entry(hiv).sensitivity()).isEqualTo("hiv");
        assertThat(jdbc.sql("select label || ' ' || basis from entry_label where entry_id = ?")
                        .param(hiv.entry().value())
                        .query(String.class)
                        .list())
                .containsExactly("hiv codes");
        var plain = fixture.write(Fixture.original(patient, Fixture.problem("I10", "Hypertension", "active")));
        assertThat(entry(plain).sensitivity()).isEmpty();
    }

    @Test
    void a_label_survives_update_and_correction() {
        var hiv = fixture.write(Fixture.original(patient, Fixture.problem("B20", "HIV disease", "active")));
        fixture.write(Fixture.change(
                VersionKind.REVISION, hiv, patient, Fixture.problem("D84.9", "Immunodeficiency", "active"), null));

        assertThat(entry(hiv).sensitivity()).isEqualTo("hiv");
    }

    @Test
    void a_version_says_under_which_visit_it_was_written_also_after_a_correction_moved_it() {
        EncounterId first = visit(null, "finished");
        EncounterId second = visit(null, "finished");
        var weight = fixture.write(Fixture.at(Fixture.original(patient, Fixture.weight("71.4")), first));
        fixture.write(Fixture.at(
                Fixture.change(VersionKind.REVISION, weight, patient, Fixture.weight("71.4"), "wrong visit"), second));

        assertThat(jdbc.sql("select encounter_id::text from entry_version where entry_id = ? order by number")
                        .param(weight.entry().value())
                        .query(String.class)
                        .list())
                .containsExactly(first.toString(), second.toString());
    }

    @Test
    void what_a_resident_signs_waits_for_the_co_signature_of_the_supervisor() {
        PractitionerId okafor = fixture.here.okafor();
        PractitionerId lindqvist = fixture.here.lindqvist();
        cosigned(okafor, lindqvist);
        try {
            var weight = fixture.write(Fixture.original(patient, Fixture.weight("71.4")));
            Actor resident = fixture.here.clinician();
            Actor supervisor = fixture.here.colleague();
            sign(resident, weight);

            assertThat(entry(weight).signature()).isEqualTo("co-signature due");
            assertThat(awaiting(resident)).isEmpty();
            assertThat(awaiting(supervisor))
                    .extracting(waiting -> waiting.entry().id())
                    .containsExactly(weight.entry());
            assertThatThrownBy(() -> sign(resident, weight)).satisfies(refused("does not wait for your signature"));

            sign(supervisor, weight);

            assertThat(entry(weight).signature()).isEqualTo("signed");
            assertThat(awaiting(supervisor)).isEmpty();
            assertThat(jdbc.sql("select meaning from signature where entry_id = ? order by signed_at, id")
                            .param(weight.entry().value())
                            .query(String.class)
                            .list())
                    .containsExactly("author", "co-signature");
        } finally {
            cosigned(okafor, null);
        }
    }

    @Test
    void nobody_co_signs_for_himself_or_in_a_circle() {
        PractitionerId okafor = fixture.here.okafor();
        PractitionerId lindqvist = fixture.here.lindqvist();

        assertThatThrownBy(() -> cosigned(okafor, okafor)).satisfies(refused("himself"));
        cosigned(okafor, lindqvist);
        try {
            assertThatThrownBy(() -> cosigned(lindqvist, okafor)).satisfies(refused("co-signature as well"));
        } finally {
            cosigned(okafor, null);
        }
    }

    private static java.util.function.Consumer<Throwable> refused(String words) {
        return thrown -> assertThat(((Rejected) thrown).problems())
                .anyMatch(problem -> problem.message().contains(words));
    }

    private void cosigned(PractitionerId who, @org.jspecify.annotations.Nullable PractitionerId cosigner) {
        Map<PractitionerId, @org.jspecify.annotations.Nullable PractitionerId> wanted = new java.util.HashMap<>();
        wanted.put(who, cosigner);
        currentActor.asSystem(
                fixture.here.facility(),
                () -> new org.springframework.transaction.support.TransactionTemplate(transactions).execute(status -> {
                    rules.cosign(fixture.here.facility(), wanted);
                    return "";
                }));
    }

    private void sign(Actor actor, ChartWriter.Written written) {
        fixture.run(
                actor,
                () -> signing.sign(
                        actor,
                        List.of(new Signing.VersionRef(patient, written.entry(), written.version(), written.hash())),
                        "author"));
    }

    private List<Signing.Awaiting> awaiting(Actor actor) {
        return fixture.as(actor, () -> signing.awaiting(actor, patient, null, 10))
                .items();
    }

    private EntryView entry(ChartWriter.Written written) {
        Actor specialist = fixture.here.specialist();
        return fixture.as(specialist, () -> reader.entry(specialist, patient, written.entry()))
                .orElseThrow();
    }

    private List<EntryView> allergies(Actor actor) {
        return fixture.as(actor, () -> reader.summary(actor, patient)).allergies();
    }

    private EncounterId part2Visit(String status) {
        DepartmentId department = currentActor.asSystem(
                fixture.here.facility(),
                () -> new org.springframework.transaction.support.TransactionTemplate(transactions)
                        .execute(done -> provisioning.createDepartment(
                                fixture.here.facility(),
                                "D" + java.util.UUID.randomUUID().toString().substring(0, 6),
                                "Recovery program",
                                "part2")));
        return visit(department, status);
    }

    private EncounterId visit(@org.jspecify.annotations.Nullable DepartmentId department, String status) {
        return fixture.as(
                part2Actor(),
                () -> encounters.open(new Encounters.NewEncounter(
                        patient,
                        fixture.here.facility(),
                        department,
                        "inpatient",
                        status,
                        "Stay",
                        null,
                        Fixture.VISIT,
                        null,
                        fixture.here.okafor(),
                        "412-B",
                        null,
                        null,
                        null,
                        false,
                        List.of(),
                        null)));
    }

    private EntryCommand labelled(Content content, String label) {
        EntryCommand command = Fixture.original(patient, content);
        return new EntryCommand(
                command.kind(),
                null,
                null,
                patient,
                command.facility(),
                null,
                content,
                command.event(),
                command.eventPrecision(),
                new EntryCommand.Statement("nurse", null, "K. Bell", Fixture.DICTATED, fixture.here.okafor()),
                command.source(),
                null,
                label,
                false);
    }

    /** A specialist of the program. */
    private Actor part2Actor() {
        Actor specialist = fixture.here.specialist();
        Set<Permission> permissions = new HashSet<>(specialist.permissions());
        permissions.add(Permission.PART2_READ);
        return new Actor(
                specialist.user(),
                specialist.name(),
                null,
                specialist.facility(),
                specialist.facilities(),
                specialist.roles(),
                permissions);
    }
}
