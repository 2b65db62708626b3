package org.chartkeeper.chart.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.chartkeeper.access.Access;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.access.SignIns;
import org.chartkeeper.chart.BulkCorrections;
import org.chartkeeper.chart.BulkCorrections.Batch;
import org.chartkeeper.chart.BulkCorrections.Item;
import org.chartkeeper.chart.BulkCorrections.Order;
import org.chartkeeper.chart.BulkCorrections.Outcome;
import org.chartkeeper.chart.BulkCorrections.Rule;
import org.chartkeeper.chart.BulkCorrections.State;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.ChartWriter.Written;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.chart.EntryCommand;
import org.chartkeeper.chart.EntryCommand.VersionKind;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.Signing;
import org.chartkeeper.chart.VersionView;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.DepartmentId;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.UserId;
import org.chartkeeper.testing.ChartkeeperTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** One rule over many charts: what it affects, what becomes of what is signed, and the way back. */
@ChartkeeperTest
class BulkCorrectionTest {

    private static final AtomicInteger CODES = new AtomicInteger(100);
    private static final String RIGHT = "Z99.89";
    private static final String TITLE = "Dependence on other enabling machines and devices";

    @Autowired
    BulkCorrections corrections;

    @Autowired
    BulkJob job;

    @Autowired
    BulkRows rows;

    @Autowired
    ChartWriter writer;

    @Autowired
    ChartReader reader;

    @Autowired
    Signing signing;

    @Autowired
    Encounters encounters;

    @Autowired
    Access access;

    @Autowired
    SignIns signIns;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    Provisioning provisioning;

    @Autowired
    CurrentActor currentActor;

    Fixture fixture;
    Actor supervisor;
    PatientId patient;
    /** A code that no other test has. */
    String wrong;

    @BeforeEach
    void people() {
        fixture = new Fixture(jdbc, writer, transactions, provisioning, currentActor);
        wrong = "T" + CODES.incrementAndGet();
        UserId user = currentActor.asSystem(
                fixture.here.facility(),
                () -> new org.springframework.transaction.support.TransactionTemplate(transactions)
                        .execute(status -> provisioning.createUser(
                                "marsh." + UUID.randomUUID(),
                                "J. Marsh",
                                "correct horse battery staple",
                                Map.of(fixture.here.facility(), Set.of("supervisor")),
                                null)));
        supervisor = signIns.actor(user, fixture.here.facility()).orElseThrow();
        patient = known();
    }

    private PatientId known() {
        PatientId whose = fixture.aPatient();
        fixture.run(fixture.here.specialist(), () -> access.patientAtFacility(whose, fixture.here.facility()));
        return whose;
    }

    private Content problem(String text) {
        return Fixture.problem(wrong, text, "active");
    }

    private Written unsigned(PatientId whose) {
        return fixture.write(Fixture.original(whose, problem("On a ventilator")));
    }

    private Written signed(PatientId whose) {
        Written written = unsigned(whose);
        fixture.run(
                fixture.here.clinician(),
                () -> signing.sign(
                        fixture.here.clinician(),
                        List.of(new Signing.VersionRef(whose, written.entry(), written.version(), written.hash())),
                        "author"));
        return written;
    }

    private Order order() {
        return new Order(
                fixture.here.facility(),
                new Rule.Code(EntryType.CONDITION, Concept.ICD10CM, wrong, RIGHT, TITLE),
                null,
                null,
                "The template had the wrong code");
    }

    private UUID collected(Order order) {
        UUID batch = fixture.as(supervisor, () -> corrections.collect(supervisor, order));
        settled(batch);
        return batch;
    }

    /**
     * The job is done here: what the queue has of it is taken out, and where a server began with it already, its work has
     * ended when the test goes on.
     */
    private Batch settled(UUID batch) {
        jdbc.sql("DELETE FROM scheduled_tasks WHERE task_name = ? AND starts_with(task_instance, ?) AND NOT picked")
                .params(BulkJob.TASK.getTaskName(), batch.toString())
                .update();
        job.work(batch, () -> false);
        for (int i = 0; i < 1200; i++) {
            Batch found = batch(batch);
            if (!found.state().working() && !queued(batch)) {
                return found;
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError("the job did not end");
    }

    private boolean queued(UUID batch) {
        return jdbc.sql("SELECT 1 FROM scheduled_tasks WHERE task_name = ? AND starts_with(task_instance, ?)")
                .params(BulkJob.TASK.getTaskName(), batch.toString())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    private Batch batch(UUID batch) {
        return fixture.as(supervisor, () -> corrections.find(supervisor, batch).orElseThrow());
    }

    private Batch applied(UUID batch) {
        int version = batch(batch).version();
        fixture.run(supervisor, () -> corrections.apply(supervisor, batch, version));
        return settled(batch);
    }

    private Batch undone(UUID batch) {
        int version = batch(batch).version();
        fixture.run(supervisor, () -> corrections.undo(supervisor, batch, version));
        return settled(batch);
    }

    private List<Item> items(UUID batch) {
        return fixture.as(
                supervisor,
                () -> corrections.items(supervisor, batch, null, null, 100).items());
    }

    private EntryView entry(EntryId id) {
        return fixture.as(
                supervisor, () -> reader.entry(supervisor, patient, id).orElseThrow());
    }

    private List<VersionView> history(EntryId id) {
        return fixture.as(supervisor, () -> reader.history(supervisor, patient, id));
    }

    private static String code(Content content) {
        return ((Content.Condition) content).code().codings().get(0).code();
    }

    @Test
    void a_dry_run_changes_nothing_and_says_what_would_become_of_each() {
        Written open = unsigned(patient);
        Written closed = signed(known());
        UUID batch = collected(order());
        assertThat(batch(batch).state()).isEqualTo(State.DRY_RUN);
        assertThat(items(batch))
                .extracting(Item::was, Item::becomes, Item::outcome, Item::signer)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(wrong, RIGHT, Outcome.AT_ONCE, "Dr. A. Okafor"),
                        org.assertj.core.groups.Tuple.tuple(wrong, RIGHT, Outcome.TO_PROPOSE, "Dr. A. Okafor"));
        assertThat(entry(open.entry()).version()).isEqualTo(1);
        assertThat(closed.version()).isEqualTo(1);
    }

    @Test
    void what_is_unsigned_is_revised_in_the_words_of_who_stated_it() {
        Written open = unsigned(patient);
        UUID batch = collected(order());
        assertThat(applied(batch).count(Outcome.CORRECTED)).isEqualTo(1);
        EntryView now = entry(open.entry());
        assertThat(code(now.content())).isEqualTo(RIGHT);
        assertThat(now.content().title()).isEqualTo("On a ventilator");
        assertThat(now.statedBy()).contains("Okafor");
        assertThat(now.lastKind()).isEqualTo("revision");
        assertThat(history(open.entry()).get(0).reason()).isEqualTo("The template had the wrong code");
    }

    @Test
    void what_is_signed_is_never_rewritten_but_proposed_to_who_stated_it() {
        Written closed = signed(patient);
        UUID batch = collected(order());
        assertThat(applied(batch).count(Outcome.PROPOSED)).isEqualTo(1);
        EntryView now = entry(closed.entry());
        assertThat(code(now.content())).isEqualTo(wrong);
        assertThat(code(now.pending())).isEqualTo(RIGHT);
        assertThat(fixture.as(
                        fixture.here.clinician(),
                        () -> signing.awaiting(fixture.here.clinician(), patient, null, 10)
                                .items()))
                .hasSize(1);
    }

    @Test
    void undo_puts_back_what_was_revised_and_withdraws_what_was_proposed() {
        Written open = unsigned(patient);
        Written closed = signed(patient(open));
        UUID batch = collected(order());
        applied(batch);
        Batch undone = undone(batch);
        assertThat(undone.count(Outcome.UNDONE)).isEqualTo(1);
        assertThat(undone.count(Outcome.WITHDRAWN)).isEqualTo(1);
        assertThat(code(entry(open.entry()).content())).isEqualTo(wrong);
        assertThat(history(open.entry())).hasSize(3);
        assertThat(closed.version()).isEqualTo(1);
    }

    /** Another chart: the same problem stands once on a list. */
    private PatientId patient(Written other) {
        return known();
    }

    @Test
    void undo_of_what_was_signed_in_the_meantime_asks_for_agreement_again() {
        Written closed = signed(patient);
        UUID batch = collected(order());
        applied(batch);
        Signing.Awaiting waiting = fixture.as(
                fixture.here.clinician(),
                () -> signing.awaiting(fixture.here.clinician(), patient, null, 10)
                        .items()
                        .get(0));
        fixture.run(
                fixture.here.clinician(),
                () -> signing.sign(
                        fixture.here.clinician(),
                        List.of(new Signing.VersionRef(
                                patient, closed.entry(), waiting.change().version(), waiting.hash())),
                        "author"));
        assertThat(code(entry(closed.entry()).content())).isEqualTo(RIGHT);
        assertThat(undone(batch).count(Outcome.UNDO_PROPOSED)).isEqualTo(1);
        assertThat(code(entry(closed.entry()).content())).isEqualTo(RIGHT);
        assertThat(code(entry(closed.entry()).pending())).isEqualTo(wrong);
    }

    @Test
    void undo_leaves_what_somebody_changed_since() {
        Written open = unsigned(patient);
        UUID batch = collected(order());
        applied(batch);
        fixture.write(Fixture.command(
                VersionKind.REVISION,
                open.entry(),
                2,
                patient,
                Fixture.problem(RIGHT, "On a home ventilator", "active"),
                null,
                false));
        assertThat(undone(batch).count(Outcome.KEPT)).isEqualTo(1);
        assertThat(entry(open.entry()).content().title()).isEqualTo("On a home ventilator");
    }

    @Test
    void what_waits_for_a_signature_already_is_left_out_with_the_reason() {
        Written closed = signed(patient);
        fixture.write(Fixture.command(
                VersionKind.UPDATE,
                closed.entry(),
                1,
                patient,
                Fixture.problem(wrong, "On a ventilator", "resolved"),
                null,
                false));
        UUID batch = collected(order());
        assertThat(items(batch))
                .extracting(Item::outcome, Item::why)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Outcome.LEFT_OUT, "a change waits for a signature"));
    }

    @Test
    void a_period_limits_what_is_affected() {
        unsigned(patient);
        Order order = order();
        LocalDate day = LocalDate.of(2026, 11, 20);
        assertThat(items(collected(new Order(order.facility(), order.rule(), day, day, order.reason()))))
                .hasSize(1);
        assertThat(items(collected(new Order(order.facility(), order.rule(), day.plusDays(1), null, order.reason()))))
                .isEmpty();
    }

    @Test
    void what_the_supervisor_may_not_see_is_not_affected() {
        EntryCommand hidden = Fixture.original(patient, problem("On a ventilator"));
        fixture.bring(new EntryCommand(
                hidden.kind(),
                null,
                null,
                patient,
                hidden.facility(),
                null,
                hidden.content(),
                hidden.event(),
                hidden.eventPrecision(),
                hidden.statement(),
                new EntryCommand.Source("import", null, null),
                null,
                "psychotherapy",
                true));
        assertThat(batch(collected(order())).found()).isZero();
    }

    @Test
    void a_wrong_unit_is_replaced_and_the_number_stays() {
        Written weight = fixture.write(Fixture.original(patient, Fixture.weight("157")));
        UUID batch = collected(new Order(
                fixture.here.facility(),
                new Rule.Unit(Concept.LOINC, "29463-7", "kg", "lb"),
                null,
                null,
                "The scale sent pounds"));
        assertThat(items(batch))
                .filteredOn(item -> item.path().endsWith(weight.entry().toString()))
                .extracting(Item::was, Item::becomes)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("157 kg", "157 lb"));
        applied(batch);
        Content.Value value = ((Content.Observation) entry(weight.entry()).content()).value();
        assertThat(value.display()).isEqualTo("157 lb");
        assertThat(value.ucum()).isEqualTo("[lb_av]");
    }

    @Test
    void visits_at_the_wrong_department_are_put_right_and_back_with_their_history() {
        DepartmentId medicine = department("Medicine", "");
        DepartmentId surgery = department("Surgery", "");
        EncounterId visit = visit(medicine);
        UUID batch = collected(new Order(
                fixture.here.facility(),
                new Rule.Department(medicine, surgery),
                null,
                null,
                "Registered from the wrong desk"));
        assertThat(applied(batch).count(Outcome.CORRECTED)).isEqualTo(1);
        assertThat(departmentOf(visit)).isEqualTo(surgery);
        assertThat(undone(batch).count(Outcome.UNDONE)).isEqualTo(1);
        assertThat(departmentOf(visit)).isEqualTo(medicine);
        assertThat(fixture.as(
                        supervisor, () -> encounters.course(patient, visit).departments()))
                .extracting(Encounters.DepartmentWas::was)
                .containsExactly("Medicine", "Surgery");
    }

    @Test
    void departments_that_label_what_is_written_at_them_are_refused() {
        DepartmentId medicine = department("Medicine", "");
        DepartmentId program = department("Recovery program", "part2");
        assertThatThrownBy(() -> collected(new Order(
                        fixture.here.facility(), new Rule.Department(medicine, program), null, null, "Wrong desk")))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.problems())
                                .extracting(Problem::field)
                                .containsExactly("correct"));
    }

    @Test
    void an_order_without_a_reason_or_with_the_same_code_is_refused_at_its_fields() {
        assertThatThrownBy(() -> collected(new Order(
                        fixture.here.facility(),
                        new Rule.Code(EntryType.CONDITION, Concept.ICD10CM, wrong, wrong, TITLE),
                        LocalDate.of(2026, 2, 1),
                        LocalDate.of(2026, 1, 1),
                        " ")))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.problems())
                                .extracting(Problem::field)
                                .containsExactlyInAnyOrder("reason", "until", "correct"));
    }

    @Test
    void a_job_that_is_interrupted_goes_on_and_corrects_each_once() {
        List<Written> all = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            all.add(unsigned(known()));
        }
        UUID batch = collected(order());
        fixture.run(supervisor, () -> rows.state(batch, State.APPLYING, null, java.time.Instant.now()));
        AtomicInteger asked = new AtomicInteger();
        assertThat(job.work(batch, () -> asked.incrementAndGet() > 1)).isTrue();
        int first = batch(batch).count(Outcome.CORRECTED);
        assertThat(first).isBetween(1, 59);
        assertThat(job.work(batch, () -> false)).isFalse();
        assertThat(batch(batch).count(Outcome.CORRECTED)).isEqualTo(60);
        assertThat(jdbc.sql("select max(number) from entry_version where entry_id = any (?::uuid[])")
                        .param(Sql.uuids(
                                all.stream().map(each -> each.entry().value()).toList()))
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
    }

    private DepartmentId department(String name, String sensitivity) {
        return currentActor.asSystem(
                fixture.here.facility(),
                () -> new org.springframework.transaction.support.TransactionTemplate(transactions)
                        .execute(status -> provisioning.createDepartment(
                                fixture.here.facility(),
                                UUID.randomUUID().toString().substring(0, 6),
                                name,
                                sensitivity)));
    }

    private EncounterId visit(DepartmentId department) {
        return fixture.as(
                supervisor,
                () -> encounters.open(new Encounters.NewEncounter(
                        patient,
                        fixture.here.facility(),
                        department,
                        "ambulatory",
                        "finished",
                        "Office visit",
                        null,
                        Fixture.VISIT,
                        Fixture.VISIT.plusSeconds(1800),
                        fixture.here.okafor(),
                        null,
                        null,
                        null,
                        null,
                        false,
                        List.of(),
                        null)));
    }

    private DepartmentId departmentOf(EncounterId visit) {
        return fixture.as(
                supervisor, () -> encounters.find(patient, visit).orElseThrow().department());
    }
}
