package org.chartkeeper.coding.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.chartkeeper.access.DeaNumbers;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.ChartWriter.Written;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.Sig;
import org.chartkeeper.chart.Signing;
import org.chartkeeper.chart.VersionView;
import org.chartkeeper.coding.CodingCases;
import org.chartkeeper.coding.CodingCases.Told;
import org.chartkeeper.coding.OrderChecks;
import org.chartkeeper.coding.OrderChecks.Bench;
import org.chartkeeper.coding.OrderChecks.Change;
import org.chartkeeper.coding.OrderChecks.Checked;
import org.chartkeeper.coding.OrderChecks.Filter;
import org.chartkeeper.coding.OrderChecks.Work;
import org.chartkeeper.patient.Registrations;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.NotAllowed;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.testing.ChartkeeperTest;
import org.chartkeeper.testing.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** From a finding of a drug order to a change that its prescriber signs or declines. */
@ChartkeeperTest
class OrderCheckTests {

    @Autowired
    OrderChecks orders;

    @Autowired
    OrderRecheck recheck;

    @Autowired
    OrderRows rows;

    @Autowired
    ChartReader reader;

    @Autowired
    Signing signing;

    @Autowired
    CurrentActor current;

    @Autowired
    ChartWriter writer;

    @Autowired
    PlatformTransactionManager transactions;

    CodingFixture coding;
    PatientId patrick;
    EncounterId visit;

    @BeforeEach
    void fixture(
            @Autowired Provisioning provisioning,
            @Autowired Registrations registrations,
            @Autowired Encounters encounters,
            @Autowired CodingCases cases,
            @Autowired CurrentActor actors,
            @Autowired TestClock clock,
            @Autowired JdbcClient jdbc) {
        coding = new CodingFixture(
                provisioning, registrations, encounters, writer, signing, cases, actors, clock, jdbc, transactions);
        patrick = coding.patrick();
        visit = coding.visit(patrick, "ambulatory", "finished");
    }

    private Written lisinopril() {
        return coding.order(patrick, visit, "Lisinopril 10 MG Oral Tablet", "1 tablet by mouth QD", "30 tablet", 30);
    }

    private List<Work> listed(String state) {
        recheck.work(() -> false);
        return onTheList(state);
    }

    private List<Work> onTheList(String state) {
        return coding.as(
                coding.here.coder(),
                actor -> orders
                        .list(actor, new Filter(coding.here.facility(), null, null, null, null, state), null, 500)
                        .items()
                        .stream()
                        .filter(work -> work.patient().equals(patrick))
                        .toList());
    }

    private Bench bench(Written order) {
        return coding.as(
                coding.here.coder(),
                actor -> orders.bench(actor, order.entry().value()).orElseThrow());
    }

    private Optional<Checked> finding(Written order, String rule) {
        return bench(order).findings().stream()
                .filter(each -> each.told().finding().rule().equals(rule))
                .findFirst();
    }

    private static List<String> rules(Work work) {
        return work.findings().stream().map(OrderChecks.Brief::rule).toList();
    }

    /** A change of the quantity. */
    private static Change quantity(Bench bench, String quantity, String days) {
        return new Change(
                quantity,
                days,
                bench.values().getOrDefault("refills", ""),
                bench.values().getOrDefault("directions", ""),
                "",
                "",
                "",
                null,
                "Seven days are documented.");
    }

    private void propose(Written order, Change change) {
        int version = bench(order).work().version();
        coding.as(
                coding.here.coder(),
                actor -> orders.propose(actor, order.entry().value(), patrick, version, change));
    }

    private Signing.Awaiting waiting() {
        return coding.as(
                coding.here.clinician(),
                actor -> new TransactionTemplate(transactions)
                        .execute(status -> signing.awaiting(actor, patrick, null, 10).items().stream()
                                .filter(each -> each.entry().content() instanceof Content.MedicationOrder)
                                .findFirst()
                                .orElseThrow()));
    }

    private static Signing.VersionRef ref(Signing.Awaiting waiting) {
        return new Signing.VersionRef(
                waiting.entry().patient(), waiting.entry().id(), waiting.entry().version(), waiting.hash());
    }

    private void asPrescriber(java.util.function.Consumer<org.chartkeeper.platform.Actor> work) {
        coding.as(
                coding.here.clinician(),
                actor -> new TransactionTemplate(transactions).execute(status -> {
                    work.accept(actor);
                    return "";
                }));
    }

    private EntryView entry(EntryId id) {
        return coding.as(
                coding.here.coder(), actor -> reader.entry(actor, patrick, id).orElseThrow());
    }

    @Test
    void an_order_with_a_finding_stands_on_the_list_with_drug_directions_and_prescriber() {
        lisinopril();

        assertThat(listed("open")).singleElement().satisfies(work -> {
            assertThat(work.drug()).isEqualTo("Lisinopril 10 MG Oral Tablet");
            assertThat(work.directions()).isEqualTo("1 tablet by mouth QD");
            assertThat(work.prescriberName()).contains("Okafor");
            assertThat(rules(work)).contains("RX-26");
        });
    }

    @Test
    void an_order_against_an_allergy_that_is_recorded_afterwards_is_found() {
        Written order = coding.order(
                patrick,
                visit,
                "Amoxicillin 500 MG Oral Capsule",
                "1 capsule by mouth three times a day",
                "21 capsule",
                7);
        assertThat(listed("open")).noneMatch(work -> rules(work).contains("AL-01"));

        coding.allergy(patrick, visit, "amoxicillin");

        assertThat(listed("open")).first().satisfies(work -> {
            assertThat(work.order()).isEqualTo(order.entry().value());
            assertThat(work.findings())
                    .filteredOn(each -> each.rule().startsWith("AL-"))
                    .isNotEmpty();
        });
    }

    @Test
    void nothing_that_was_found_before_a_change_of_the_chart_is_shown() {
        lisinopril();
        recheck.work(() -> false);

        List<Work> beforeTheCommit = coding.system(() -> {
            coding.allergy(patrick, visit, "lisinopril");
            // Nobody else could check it yet; its own transaction sees the mark.
            return rows
                    .list(
                            current.get(),
                            new Filter(coding.here.facility(), null, null, null, null, "open"),
                            java.time.Instant.now(),
                            null,
                            500)
                    .stream()
                    .filter(work -> work.patient().equals(patrick))
                    .toList();
        });

        assertThat(beforeTheCommit).singleElement().satisfies(work -> {
            assertThat(work.due()).isTrue();
            assertThat(work.findings()).isEmpty();
        });
    }

    @Test
    void checking_twice_leaves_the_same() {
        lisinopril();
        List<Work> once = listed("open");
        new TransactionTemplate(transactions)
                .executeWithoutResult(status -> rows.due(List.of(patrick), java.time.Instant.now()));

        assertThat(listed("open")).isEqualTo(once);
    }

    @Test
    void an_order_that_was_checked_for_the_chart_that_it_came_from_is_listed_for_the_one_where_it_is() {
        Written order = lisinopril();
        listed("open");
        coding.jdbc
                .sql("UPDATE coding_order_check SET patient_id = :other WHERE order_id = :order")
                .param("other", coding.patrick().value())
                .param("order", order.entry().value())
                .update();
        new TransactionTemplate(transactions)
                .executeWithoutResult(status -> rows.due(List.of(patrick), java.time.Instant.now()));

        assertThat(listed("open"))
                .singleElement()
                .satisfies(
                        work -> assertThat(work.order()).isEqualTo(order.entry().value()));
    }

    @Test
    void two_nodes_that_check_at_the_same_time_leave_what_one_leaves() throws Exception {
        lisinopril();
        List<Work> once = listed("open");
        new TransactionTemplate(transactions)
                .executeWithoutResult(status -> rows.due(List.of(patrick), java.time.Instant.now()));

        Thread other = Thread.ofPlatform().start(() -> recheck.work(() -> false));
        recheck.work(() -> false);
        other.join();

        assertThat(listed("open")).isEqualTo(once);
        assertThat(coding.jdbc
                        .sql("SELECT count(*) FROM coding_order_due WHERE patient_id = :patient")
                        .param("patient", patrick.value())
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void an_answer_to_what_rests_on_a_record_of_a_program_is_told_to_nobody_who_may_not_read_it() {
        coding.allergy(patrick, visit, "lisinopril", "part2");
        Written order = lisinopril();
        Told allergy = coding
                .as(
                        coding.here.supervisor(),
                        actor -> orders.bench(actor, order.entry().value()).orElseThrow())
                .findings()
                .stream()
                .map(Checked::told)
                .filter(told -> told.finding().rule().startsWith("AL"))
                .findFirst()
                .orElseThrow();

        coding.as(coding.here.supervisor(), actor -> {
            orders.answer(actor, order.entry().value(), patrick, allergy.key(), "hives were of the program's syrup");
            orders.unanswer(actor, order.entry().value(), patrick, allergy.key());
            return "";
        });

        assertThat(bench(order).happened()).isEmpty();
        assertThat(coding.as(
                                coding.here.supervisor(),
                                actor -> orders.bench(actor, order.entry().value())
                                        .orElseThrow())
                        .happened())
                .hasSize(2);
    }

    @Test
    void an_answer_to_what_everybody_sees_is_told_to_everybody() {
        coding.allergy(patrick, visit, "penicillin", "part2");
        coding.allergy(patrick, visit, "lisinopril");
        Written order = lisinopril();
        String key = bench(order).findings().stream()
                .map(Checked::told)
                .filter(told -> told.finding().rule().startsWith("AL"))
                .map(Told::key)
                .findFirst()
                .orElseThrow();

        coding.as(coding.here.supervisor(), actor -> {
            orders.answer(actor, order.entry().value(), patrick, key, "hives long ago, taken since");
            return "";
        });

        assertThat(bench(order).happened()).hasSize(1);
    }

    @Test
    void a_repair_is_proposed_and_the_order_stands_until_the_prescriber_signs() {
        Written order = lisinopril();
        Checked found = finding(order, "RX-26").orElseThrow();
        assertThat(found.repair()).contains("directions");

        coding.as(
                coding.here.coder(),
                actor -> orders.proposeRepair(
                        actor,
                        order.entry().value(),
                        patrick,
                        order.version(),
                        found.told().key()));

        assertThat(listed("waiting")).hasSize(1);
        assertThat(entry(order.entry()).content())
                .isInstanceOfSatisfying(
                        Content.MedicationOrder.class,
                        now -> assertThat(now.dosage())
                                .isNotNull()
                                .satisfies(dosage -> assertThat(dosage.text()).contains("QD")));
        assertThat(waiting().change().reason()).startsWith("RX-26");
    }

    @Test
    void directions_that_name_no_route_leave_it_as_it_was() {
        Written order = coding.order(
                patrick,
                visit,
                "Albuterol 90 mcg inhaler",
                Sig.read("2 puffs every 4 hours as needed", "inhaled"),
                "1",
                30);
        propose(
                order,
                new Change("1", "30", "0", "2 puffs every 4 hours as needed for wheezing", "", "", "", null, "Why."));

        assertThat(((Content.MedicationOrder) waiting().entry().content()).dosage())
                .isNotNull()
                .satisfies(dosage -> {
                    assertThat(dosage.route()).isEqualTo("inhaled");
                    assertThat(dosage.asNeededReason()).isEqualTo("wheezing");
                });
    }

    @Test
    void a_signed_proposal_is_the_order_with_both_names_in_its_history() {
        Written order = lisinopril();
        propose(order, quantity(bench(order), "7 tablet", "7"));

        Signing.Awaiting waiting = waiting();
        asPrescriber(actor -> signing.sign(actor, List.of(ref(waiting)), "author"));

        EntryView signed = entry(waiting.entry().id());
        assertThat(((Content.MedicationOrder) signed.content()).quantity()).isEqualTo("7 tablet");
        assertThat(signed.signature()).isEqualTo("signed");
        assertThat(((Content.MedicationOrder) entry(order.entry()).content()).status())
                .isEqualTo("replaced");
        VersionView version = coding.as(
                        coding.here.coder(),
                        actor -> reader.history(actor, patrick, waiting.entry().id()))
                .get(0);
        assertThat(version.enteredBy()).contains("Ahn");
        assertThat(version.statedBy()).contains("Okafor");
        assertThat(version.signedBy()).contains("Okafor");
        assertThat(version.reason()).isEqualTo("Seven days are documented.");
    }

    @Test
    void a_declined_proposal_comes_back_with_the_prescribers_words_and_can_be_made_anew() {
        Written order = lisinopril();
        propose(order, quantity(bench(order), "7 tablet", "7"));
        Signing.Awaiting waiting = waiting();

        asPrescriber(actor -> signing.refuse(actor, ref(waiting), "Thirty days are meant."));

        assertThat(listed("declined"))
                .singleElement()
                .satisfies(work -> assertThat(work.said()).isEqualTo("Thirty days are meant."));
        assertThat(bench(order).work().said()).isEqualTo("Thirty days are meant.");
        propose(order, quantity(bench(order), "14 tablet", "14"));
        assertThat(listed("waiting")).hasSize(1);
    }

    @Test
    void who_proposed_a_change_takes_it_back_and_the_order_goes_on() {
        Written order = lisinopril();
        propose(order, quantity(bench(order), "7 tablet", "7"));

        coding.as(coding.here.coder(), actor -> {
            orders.withdraw(actor, order.entry().value(), patrick, "typed for another order");
            return "";
        });

        assertThat(entry(order.entry()).pendingKind()).isNull();
        assertThat(bench(order).proposable()).isTrue();
        assertThat(listed("open")).hasSize(1);
    }

    @Test
    void another_change_is_not_proposed_while_one_waits() {
        Written order = lisinopril();
        propose(order, quantity(bench(order), "7 tablet", "7"));

        assertThatThrownBy(() -> propose(order, quantity(bench(order), "14 tablet", "14")))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected ->
                                assertThat(rejected.problems().get(0).message()).contains("waits"));
    }

    @Test
    void a_coder_cannot_write_an_order() {
        Written order = lisinopril();
        EntryView entry = entry(order.entry());

        assertThatThrownBy(() -> coding.as(
                        coding.here.coder(),
                        actor -> new TransactionTemplate(transactions)
                                .execute(status -> writer.write(List.of(new org.chartkeeper.chart.EntryCommand(
                                        org.chartkeeper.chart.EntryCommand.VersionKind.REVISION,
                                        order.entry(),
                                        order.version(),
                                        patrick,
                                        coding.here.facility(),
                                        null,
                                        entry.content(),
                                        entry.event(),
                                        "minute",
                                        new org.chartkeeper.chart.EntryCommand.Statement(
                                                "practitioner", coding.here.okafor(), null, entry.event(), null),
                                        new org.chartkeeper.chart.EntryCommand.Source("direct", null, null),
                                        null,
                                        "",
                                        false))))))
                .isInstanceOf(NotAllowed.class);
    }

    @Test
    void a_finding_is_answered_with_a_reason_and_leaves_the_list() {
        Written order = lisinopril();
        for (Checked each : bench(order).findings()) {
            if (each.told().finding().severity() != org.chartkeeper.coding.Severity.I) {
                answer(coding.here.supervisor(), order, each, "as the prescriber wants it");
            }
        }

        assertThat(listed("open")).isEmpty();
        assertThat(listed("answered")).hasSize(1);
    }

    @Test
    void a_hard_finding_is_answered_by_a_supervisor_alone() {
        Written order = lisinopril();
        Checked hard = bench(order).findings().stream()
                .filter(each -> each.told().finding().severity() == org.chartkeeper.coding.Severity.H)
                .findFirst()
                .orElseThrow();

        assertThatThrownBy(() -> answer(coding.here.coder(), order, hard, "tolerated before"))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected ->
                                assertThat(rejected.problems().get(0).message()).contains("supervisor"));
        answer(coding.here.supervisor(), order, hard, "tolerated before");
    }

    private void answer(String login, Written order, Checked found, String reason) {
        coding.as(login, actor -> {
            orders.answer(actor, order.entry().value(), patrick, found.told().key(), reason);
            return "";
        });
    }

    @Test
    void a_ten_digit_package_code_without_hyphens_is_refused_with_what_it_can_mean() {
        Written order = lisinopril();
        Bench bench = bench(order);
        Change change = new Change(
                bench.values().getOrDefault("quantity", ""),
                "30",
                "0",
                bench.values().getOrDefault("directions", ""),
                "0071015523",
                "",
                "",
                null,
                "The package code is wrong.");

        assertThatThrownBy(() -> propose(order, change))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.problems().get(0)).satisfies(problem -> {
                            assertThat(problem.field()).isEqualTo("ndc");
                            assertThat(problem.message()).contains("00071-0155-23");
                        }));
    }

    @Test
    void an_order_of_a_restricted_chart_stays_away() {
        Written order = lisinopril();
        assertThat(listed("open")).hasSize(1);

        coding.restrict(patrick);

        assertThat(listed("open")).isEmpty();
        Optional<Bench> seen = coding.as(
                coding.here.coder(), actor -> orders.bench(actor, order.entry().value()));
        assertThat(seen).isEmpty();
    }

    @Test
    void a_bare_number_counts_what_the_drug_comes_in() {
        Written counted =
                coding.order(patrick, visit, "Prednisone 20 MG Oral Tablet", "1 by mouth daily", "5 tablet", 5);
        Written poured =
                coding.order(patrick, visit, "Prednisone 1 MG/ML Oral Solution", "5 by mouth daily", "25 mL", 5);

        assertThat(finding(counted, "RX-20")).isEmpty();
        assertThat(finding(poured, "RX-20")).isPresent();
    }

    @Test
    void a_finding_about_two_drugs_names_both_and_no_place_in_a_case() {
        coding.order(patrick, visit, "Warfarin 5 MG Oral Tablet", "1 tablet by mouth daily", "30 tablet", 30);
        Written apixaban =
                coding.order(patrick, visit, "Apixaban 5 MG Oral Tablet", "1 tablet by mouth daily", "30 tablet", 30);

        List<String> messages = bench(apixaban).findings().stream()
                .map(each -> each.told().finding().message())
                .toList();

        assertThat(messages).noneMatch(message -> message.contains("prescriptions["));
        assertThat(listed("open"))
                .flatExtracting(Work::findings)
                .extracting(OrderChecks.Brief::message)
                .anyMatch(message -> message.contains("warfarin") && message.contains("apixaban"));
    }

    @Test
    void a_check_waits_for_a_merge_that_has_the_patient_and_stands_in_its_way_nowhere() {
        lisinopril();
        AtomicInteger checked = new AtomicInteger();

        List<CompletableFuture<Void>> job = coding.as(
                coding.here.supervisor(),
                actor -> coding.read(() -> {
                    coding.jdbc
                            .sql("SELECT 1 FROM patient WHERE id = :patient FOR UPDATE")
                            .param("patient", patrick.value())
                            .query(row -> {});
                    CompletableFuture<Void> begun;
                    try {
                        begun = OpenWork.meanwhile(() -> checked.set(recheck.work(() -> false)));
                    } catch (InterruptedException | SQLException e) {
                        throw new IllegalStateException(e);
                    }
                    coding.jdbc
                            .sql("UPDATE coding_order_due SET since = since WHERE patient_id = :patient")
                            .param("patient", patrick.value())
                            .update();
                    return List.of(begun);
                }));
        job.forEach(CompletableFuture::join);

        assertThat(checked).hasPositiveValue();
    }

    @Test
    void a_controlled_drug_is_judged_by_the_dea_number_of_its_prescriber_at_the_facility(
            @Autowired Provisioning provisioning) {
        Written order = coding.order(
                patrick, visit, "Alprazolam 0.5 MG Oral Tablet", "1 tablet by mouth twice a day", "60 tablet", 30);
        assertThat(finding(order, "CS-05"))
                .get()
                .satisfies(each -> assertThat(each.told().finding().message()).contains("the prescriber's DEA number"));

        coding.system(() -> {
            provisioning.registerDea(coding.here.okafor(), coding.here.facility(), aDeaNumber("FK"));
            return "";
        });

        assertThat(finding(order, "CS-05")).isEmpty();
        assertThat(finding(order, "CS-06"))
                .get()
                .satisfies(each -> assertThat(each.told().finding().message()).contains("Okafor has none such"));
    }

    private static String aDeaNumber(String letters) {
        String six = String.format("%06d", System.nanoTime() / 1000 % 1_000_000);
        return letters
                + six
                + IntStream.range(0, 10)
                        .filter(last -> DeaNumbers.checked(six + last))
                        .findFirst()
                        .orElseThrow();
    }
}
