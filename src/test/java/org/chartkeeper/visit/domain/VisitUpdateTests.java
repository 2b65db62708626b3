package org.chartkeeper.visit.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.chartkeeper.visit.domain.VisitFixture.allergy;
import static org.chartkeeper.visit.domain.VisitFixture.drug;
import static org.chartkeeper.visit.domain.VisitFixture.problem;
import static org.chartkeeper.visit.domain.VisitFixture.type;
import static org.chartkeeper.visit.domain.VisitFixture.vital;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.chartkeeper.access.Access;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.ChartWriter.Written;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.Signing;
import org.chartkeeper.patient.Registrations;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.UserId;
import org.chartkeeper.testing.ChartkeeperTest;
import org.chartkeeper.testing.TestClock;
import org.chartkeeper.visit.UpdateConflict;
import org.chartkeeper.visit.UpdateItem;
import org.chartkeeper.visit.UpdateSheet;
import org.chartkeeper.visit.VisitUpdates;
import org.chartkeeper.visit.VisitUpdates.Filter;
import org.chartkeeper.visit.VisitUpdates.Posted;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;

/** From the end of a visit to the posting of its update, through the public face. */
@ChartkeeperTest
class VisitUpdateTests {

    @Autowired
    VisitUpdates updates;

    @Autowired
    UpdateRows rows;

    @Autowired
    ChartReader reader;

    @Autowired
    Signing signing;

    @Autowired
    CurrentActor actors;

    @Autowired
    TestClock clock;

    VisitFixture visits;
    PatientId eleanor;

    @BeforeEach
    void fixture(
            @Autowired Provisioning provisioning,
            @Autowired Registrations registrations,
            @Autowired Encounters encounters,
            @Autowired ChartWriter writer,
            @Autowired Access access,
            @Autowired PlatformTransactionManager transactions) {
        visits = new VisitFixture(
                provisioning, registrations, encounters, writer, updates, actors, access, clock, transactions);
        eleanor = visits.eleanor();
    }

    private String dana() {
        return visits.here.specialist();
    }

    private Posted post(EncounterId visit, UpdateSheet sheet) {
        return post(visit, sheet, UUID.randomUUID().toString());
    }

    private Posted post(EncounterId visit, UpdateSheet sheet, String key) {
        return visits.as(
                dana(), () -> updates.post(eleanor, visit, Integer.parseInt(sheet.get("version")), key, sheet));
    }

    private List<Problem> refused(EncounterId visit, UpdateSheet sheet) {
        Rejected rejected = catchThrowableOfType(Rejected.class, () -> post(visit, sheet));
        assertThat(rejected).isNotNull();
        return rejected.problems();
    }

    private List<EntryView> chart(EntryType... types) {
        return visits.system(() -> reader.entries(actors.get(), eleanor, ChartReader.Filter.of(types), null, 100)
                .items());
    }

    private VisitUpdates.Work work(EncounterId visit) {
        return visits.as(dana(), () -> updates.view(eleanor, visit, null).work());
    }

    // The worklist
    // --------------------------------------------------------------------------------------------------------

    @Test
    void an_update_waits_for_documentation_and_its_time_begins_with_the_source() {
        EncounterId visit = visits.officeVisit(eleanor);
        visits.ended(eleanor, visit);
        assertThat(work(visit).state()).isEqualTo("waiting for documentation");
        assertThat(work(visit).due()).isNull();
        visits.dictate(eleanor, visit, visits.yesterday().plusSeconds(7200));
        assertThat(work(visit).state()).isEqualTo("to do");
        assertThat(work(visit).source()).isEqualTo("Dictation");
        assertThat(work(visit).due()).isNotNull();
    }

    @Test
    void a_visit_that_ended_twice_has_one_update() {
        EncounterId visit = visits.dictatedVisit(eleanor);
        VisitUpdates.Work before = work(visit);
        visits.ended(eleanor, visit);
        assertThat(work(visit).id()).isEqualTo(before.id());
    }

    @Test
    void the_list_is_sorted_by_due_time_filtered_and_paged_by_key() {
        EncounterId first = visits.dictatedVisit(eleanor);
        EncounterId second = visits.dictatedVisit(eleanor);
        EncounterId waiting = visits.officeVisit(eleanor);
        visits.ended(eleanor, waiting);
        visits.run(visits.here.colleague(), () -> updates.claim(eleanor, second));
        visits.run(dana(), () -> {
            Actor actor = actors.get();
            Filter mine = Filter.mineAndUnclaimed(visits.here.facility());
            List<EncounterId> seen = new ArrayList<>();
            String after = null;
            do {
                var page = updates.list(actor, mine, after, 2);
                page.items().forEach(work -> seen.add(work.visit()));
                after = page.next();
            } while (after != null);
            assertThat(seen).contains(first, waiting).doesNotContain(second).doesNotHaveDuplicates();
            assertThat(seen.indexOf(first)).isLessThan(seen.indexOf(waiting));
            Filter waits = new Filter("all", false, null, null, null, "waiting for documentation", null);
            assertThat(updates.list(actor, waits, null, 500).items())
                    .allMatch(work -> work.state().equals("waiting for documentation"));
            assertThat(updates.counts(actor, mine).waiting()).isGreaterThanOrEqualTo(3);
        });
    }

    @Test
    void of_32_who_claim_at_once_one_wins() throws Exception {
        EncounterId visit = visits.dictatedVisit(eleanor);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Boolean>> claims = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(32)) {
            for (int i = 0; i < 32; i++) {
                claims.add(threads.submit(() -> {
                    start.await();
                    return visits.system(() -> rows.claim(eleanor, visit, UserId.next(), Instant.now()));
                }));
            }
            start.countDown();
            int winners = 0;
            for (Future<Boolean> claim : claims) {
                winners += claim.get() ? 1 : 0;
            }
            assertThat(winners).isOne();
        }
    }

    @Test
    void what_somebody_holds_nobody_else_can_take_or_type_into() {
        EncounterId visit = visits.dictatedVisit(eleanor);
        visits.run(visits.here.colleague(), () -> updates.claim(eleanor, visit));
        assertThatThrownBy(() -> visits.run(dana(), () -> updates.claim(eleanor, visit)))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        held -> assertThat(held.problems().get(0).message()).isEqualTo("T. Ahn holds this update."));
        UpdateSheet sheet = visits.opened(dana(), eleanor, visit);
        assertThatThrownBy(() -> visits.run(dana(), () -> updates.keep(eleanor, visit, sheet)))
                .isInstanceOf(UpdateConflict.class);
        visits.run(visits.here.colleague(), () -> updates.giveBack(eleanor, visit));
        visits.run(dana(), () -> updates.claim(eleanor, visit));
        assertThat(work(visit).ownerName()).isEqualTo("D. Reyes");
    }

    // Posting
    // -------------------------------------------------------------------------------------------------------------

    @Test
    void what_is_posted_names_who_stated_who_entered_and_the_source_and_goes_to_the_one_who_stated_it() {
        EncounterId visit = visits.dictatedVisit(eleanor);
        UpdateSheet sheet = type(
                type(visits.opened(dana(), eleanor, visit), "vitals", "vs0.hr", "88", "vs0.by", "nurse K. Bell"),
                "diagnoses",
                "dx0.text",
                "acute on chronic diastolic heart failure",
                "dx0.code",
                "I50.33");
        Posted posted = post(visit, sheet);
        assertThat(posted.words()).isEqualTo("2 new, to Dr. A. Okafor");
        EntryView diagnosis = chart(EntryType.VISIT_DIAGNOSIS).get(0);
        assertThat(diagnosis.statedBy()).contains("Okafor");
        assertThat(diagnosis.enteredBy()).isEqualTo("D. Reyes");
        assertThat(diagnosis.sourceKind()).isEqualTo("dictation");
        assertThat(diagnosis.signature()).isEqualTo("unsigned");
        assertThat(diagnosis.signer()).isEqualTo(visits.here.okafor());
        Content.Condition content = (Content.Condition) diagnosis.content();
        assertThat(content.code().text()).isEqualTo("acute on chronic diastolic heart failure");
        assertThat(content.code().codings().get(0).code()).isEqualTo("I50.33");
        EntryView rate = chart(EntryType.OBSERVATION).get(0);
        assertThat(rate.statedBy()).isEqualTo("nurse K. Bell");
        assertThat(rate.signer()).isEqualTo(visits.here.okafor());
        assertThat(work(visit).state()).isEqualTo("posted");
        assertThat(work(visit).postedBy()).isEqualTo("D. Reyes");
    }

    @Test
    void a_dictation_of_friday_that_is_posted_on_monday_is_no_late_entry() {
        ZoneId zone = ZoneId.of("America/New_York");
        Instant friday = LocalDateTime.parse("2026-11-20T16:20").atZone(zone).toInstant();
        EncounterId visit = visits.visit(eleanor, "ambulatory", "Office visit", friday, friday.plusSeconds(2400));
        clock.setTo(LocalDateTime.parse("2026-11-20T17:01").atZone(zone).toInstant());
        visits.dictate(eleanor, visit, friday.plusSeconds(2400));
        visits.ended(eleanor, visit);
        clock.setTo(LocalDateTime.parse("2026-11-23T09:00").atZone(zone).toInstant());
        post(visit, type(visits.opened(dana(), eleanor, visit), "vitals", "vs0.hr", "88"));
        EntryView rate = chart(EntryType.OBSERVATION).get(0);
        assertThat(rate.lastKind()).isEqualTo("original");
        assertThat(rate.event()).isEqualTo(friday);
        assertThat(rate.statedAt()).isEqualTo(friday.plusSeconds(2400));
    }

    @Test
    void a_new_allergy_protects_at_once_and_a_stopped_drug_goes_on_until_it_is_signed() {
        Written furosemide = visits.known(eleanor, drug("Furosemide 20 mg tablet", "1 by mouth daily"));
        EncounterId visit = visits.dictatedVisit(eleanor);
        UpdateSheet sheet = type(
                type(
                        visits.opened(dana(), eleanor, visit),
                        "allergies",
                        "an0.text",
                        "Naproxen",
                        "an0.reaction",
                        "hives",
                        "an0.severity",
                        "moderate"),
                "medications",
                "md." + furosemide.entry() + ".do",
                "stop",
                "md." + furosemide.entry() + ".why",
                "adverse-reaction");
        assertThat(visits.as(
                        dana(),
                        () -> updates.view(eleanor, visit, sheet).checks().preview()))
                .isEqualTo("Posts 1 new, 1 stop pending, to Dr. A. Okafor");
        Posted posted = post(visit, sheet);
        assertThat(posted.pending()).isOne();
        EntryView naproxen = chart(EntryType.ALLERGY).get(0);
        assertThat(naproxen.inForce()).isOne();
        assertThat(naproxen.unsigned()).isTrue();
        EntryView drug = chart(EntryType.MEDICATION_ORDER).get(0);
        assertThat(drug.pendingKind()).isEqualTo("stop");
        assertThat(((Content.MedicationOrder) drug.content()).status()).isEqualTo("active");
        visits.run(visits.here.clinician(), () -> {
            Actor okafor = actors.get();
            var waiting = signing.awaiting(okafor, eleanor, null, 50).items().stream()
                    .filter(each -> each.entry().id().equals(furosemide.entry()))
                    .map(each -> new Signing.VersionRef(
                            eleanor, each.entry().id(), each.entry().version(), each.hash()))
                    .toList();
            visits.inTransaction(() -> signing.sign(okafor, waiting, "author"));
        });
        Content.MedicationOrder stopped = (Content.MedicationOrder)
                chart(EntryType.MEDICATION_ORDER).get(0).content();
        assertThat(stopped.status()).isEqualTo("stopped");
        assertThat(stopped.stopReason()).isEqualTo("adverse-reaction");
    }

    @Test
    void a_changed_dose_is_a_new_order_that_replaces_the_former() {
        Written furosemide = visits.known(eleanor, drug("Furosemide 20 mg tablet", "1 by mouth daily"));
        EncounterId visit = visits.dictatedVisit(eleanor);
        String row = "md." + furosemide.entry() + ".";
        Posted posted = post(
                visit,
                type(
                        visits.opened(dana(), eleanor, visit),
                        "medications",
                        row + "do",
                        "change",
                        row + "drug",
                        "Furosemide 40 mg tablet"));
        assertThat(posted.words()).isEqualTo("1 replacement pending, to Dr. A. Okafor");
        assertThat(chart(EntryType.MEDICATION_ORDER)).anySatisfy(order -> {
            assertThat(order.proposed()).isTrue();
            assertThat(order.content().title()).isEqualTo("Furosemide 40 mg tablet");
        });
    }

    @Test
    void each_item_must_be_settled_and_no_change_is_only_for_what_a_clinician_reviews() {
        EncounterId visit = visits.dictatedVisit(eleanor);
        UpdateSheet sheet = visits.opened(dana(), eleanor, visit).without(List.of("state.allergies"));
        assertThat(refused(visit, sheet)).extracting(Problem::field).containsExactly("state.allergies");
        UpdateSheet reviewed = visits.opened(dana(), eleanor, visit).with("state.vitals", "no change");
        assertThat(refused(visit, reviewed)).extracting(Problem::field).containsExactly("state.vitals");
        UpdateSheet unreasoned = visits.opened(dana(), eleanor, visit).without(List.of("why.procedures"));
        assertThat(refused(visit, unreasoned)).extracting(Problem::field).containsExactly("why.procedures");
        UpdateSheet contradiction = visits.opened(dana(), eleanor, visit).with("vs0.hr", "88");
        assertThat(refused(visit, contradiction)).extracting(Problem::field).containsExactly("state.vitals");
    }

    @Test
    void what_is_not_documented_asks_the_clinician_whose_answer_settles_it_or_brings_it_back() {
        EncounterId visit = visits.dictatedVisit(eleanor);
        UpdateSheet sheet = type(visits.opened(dana(), eleanor, visit), "vitals", "vs0.hr", "88")
                .with("state.allergies", "not documented")
                .with("state.problems", "not documented");
        assertThat(visits.as(
                        dana(),
                        () -> updates.view(eleanor, visit, sheet).checks().preview()))
                .isEqualTo("Posts 1 new, to Dr. A. Okafor; asks 2 questions");
        post(visit, sheet);
        visits.run(visits.here.clinician(), () -> {
            Actor okafor = actors.get();
            var mine = updates.questions(okafor, 100).stream()
                    .filter(question -> question.visit().equals(visit))
                    .toList();
            assertThat(mine)
                    .extracting(VisitUpdates.Question::item)
                    .containsExactlyInAnyOrder(UpdateItem.ALLERGIES, UpdateItem.PROBLEMS);
            for (VisitUpdates.Question question : mine) {
                boolean allergies = question.item() == UpdateItem.ALLERGIES;
                updates.answer(
                        okafor,
                        eleanor,
                        question.id(),
                        allergies ? "no change" : "words",
                        allergies ? "" : "Hypertension is new.");
            }
        });
        assertThat(work(visit).state()).isEqualTo("returned");
        assertThat(work(visit).ownerName()).isEqualTo("D. Reyes");
        assertThat(visits.as(dana(), () -> updates.view(eleanor, visit, null).questions()))
                .extracting(VisitUpdates.Question::answerText)
                .contains("Hypertension is new.");
    }

    @Test
    void a_repeated_submit_writes_once_and_gives_the_first_answer() {
        EncounterId visit = visits.dictatedVisit(eleanor);
        UpdateSheet sheet = type(visits.opened(dana(), eleanor, visit), "vitals", "vs0.hr", "88");
        String key = UUID.randomUUID().toString();
        Posted first = post(visit, sheet, key);
        Posted second = post(visit, sheet, key);
        assertThat(second).isEqualTo(first);
        assertThat(chart(EntryType.OBSERVATION)).hasSize(1);
    }

    @Test
    void nothing_of_an_update_is_written_where_one_field_is_impossible() {
        EncounterId visit = visits.dictatedVisit(eleanor);
        UpdateSheet sheet = type(
                visits.opened(dana(), eleanor, visit), "vitals", "vs0.hr", "88", "vs0.temp", "37", "vs0.bp", "78/142");
        assertThat(refused(visit, sheet)).extracting(Problem::field).containsExactlyInAnyOrder("vs0.temp", "vs0.bp");
        assertThat(chart(EntryType.OBSERVATION)).isEmpty();
    }

    @Test
    void an_unlikely_value_is_posted_with_its_reason_and_asked_again_when_it_changes() {
        visits.known(eleanor, vital("29463-7", "Body weight", "157", "lb", "[lb_av]"));
        EncounterId visit = visits.dictatedVisit(eleanor);
        UpdateSheet sheet = type(visits.opened(dana(), eleanor, visit), "vitals", "vs0.weight", "157 kg");
        assertThat(refused(visit, sheet)).singleElement().satisfies(problem -> {
            assertThat(problem.warning()).isTrue();
            assertThat(problem.message()).contains("346 lb").contains("Pounds meant?");
        });
        UpdateSheet accepted = sheet.with("why.vs0.weight", "measured twice").with("ok.vs0.weight", "157 kg");
        UpdateSheet other = accepted.with("vs0.weight", "158 kg");
        assertThat(refused(visit, other)).hasSize(1);
        post(visit, accepted);
        var history = visits.system(() -> reader.history(
                actors.get(), eleanor, chart(EntryType.OBSERVATION).get(0).id()));
        assertThat(history.get(0).reason()).isEqualTo("Unlikely value accepted: measured twice");
        Content.Observation weight = (Content.Observation) history.get(0).content();
        assertThat(weight.value().asTyped()).isEqualTo("157 kg");
        assertThat(weight.value().ucum()).isEqualTo("kg");
    }

    @Test
    void a_lot_that_had_expired_when_it_was_given_is_asked_about() {
        EncounterId visit = visits.dictatedVisit(eleanor);
        UpdateSheet sheet = type(
                visits.opened(dana(), eleanor, visit),
                "immunizations",
                "im0.text",
                "Influenza",
                "im0.lot",
                "L77",
                "im0.expires",
                "01/2020");
        assertThat(refused(visit, sheet)).singleElement().satisfies(problem -> {
            assertThat(problem.warning()).isTrue();
            assertThat(problem.message()).contains("expired when it was given");
        });
    }

    @Test
    void a_vaccine_is_kept_with_maker_lot_expiry_route_and_dose() {
        EncounterId visit = visits.dictatedVisit(eleanor);
        post(
                visit,
                type(
                        visits.opened(dana(), eleanor, visit),
                        "immunizations",
                        "im0.text",
                        "Influenza",
                        "im0.lot",
                        "L77",
                        "im0.expires",
                        "06/2099",
                        "im0.maker",
                        "Seqirus (SEQ)",
                        "im0.route",
                        "intramuscular",
                        "im0.number",
                        "2"));
        Content.Immunization given =
                (Content.Immunization) chart(EntryType.IMMUNIZATION).get(0).content();
        assertThat(given.manufacturer()).isEqualTo("Seqirus (SEQ)");
        assertThat(given.expires()).isEqualTo("2099-06");
        assertThat(given.doseNumber()).isEqualTo("2");
    }

    @Test
    void a_vaccine_that_was_refused_has_a_reason_and_no_lot() {
        EncounterId visit = visits.dictatedVisit(eleanor);
        UpdateSheet sheet = type(
                visits.opened(dana(), eleanor, visit),
                "immunizations",
                "im0.text",
                "Influenza",
                "im0.not",
                "refused by the patient");
        assertThat(refused(visit, sheet.with("im0.lot", "L77")))
                .extracting(Problem::field)
                .containsExactly("im0.not");
        post(visit, sheet);
        Content.Immunization refused =
                (Content.Immunization) chart(EntryType.IMMUNIZATION).get(0).content();
        assertThat(refused.status()).isEqualTo("not-done");
        assertThat(refused.reasonNotDone()).isEqualTo("refused by the patient");
    }

    @Test
    void what_is_there_already_is_not_entered_twice() {
        visits.known(eleanor, problem("I10", "Essential (primary) hypertension"));
        visits.known(eleanor, allergy("Penicillin"));
        EncounterId visit = visits.dictatedVisit(eleanor);
        UpdateSheet sheet = type(
                type(
                        type(visits.opened(dana(), eleanor, visit), "problems", "pn0.code", "I10"),
                        "allergies",
                        "an0.text",
                        "penicillin"),
                "diagnoses",
                "dx0.code",
                "I10",
                "dx1.code",
                "I10");
        assertThat(refused(visit, sheet))
                .extracting(Problem::field)
                .containsExactlyInAnyOrder("pn0.text", "an0.text", "dx1.text");
        UpdateSheet none = type(visits.opened(dana(), eleanor, visit), "allergies", "al.none", "yes");
        assertThat(refused(visit, none)).extracting(Problem::field).containsExactly("al.none");
    }

    @Test
    void a_diagnosis_can_replace_a_problem_pending_its_signature() {
        Written chronic = visits.known(eleanor, problem("I50.32", "Chronic diastolic (congestive) heart failure"));
        EncounterId visit = visits.dictatedVisit(eleanor);
        UpdateSheet sheet = type(
                type(
                        visits.opened(dana(), eleanor, visit),
                        "diagnoses",
                        "dx0.code",
                        "I50.33",
                        "dx0.list",
                        chronic.entry().toString()),
                "problems");
        Posted posted = post(visit, sheet);
        assertThat(posted.words()).isEqualTo("1 new, 1 change pending, to Dr. A. Okafor");
        assertThat(chart(EntryType.CONDITION).get(0).pendingKind()).isEqualTo("change");
    }

    // Drafts and conflicts
    // ------------------------------------------------------------------------------------------------

    @Test
    void a_draft_is_there_again_and_tells_what_changed_since() {
        EncounterId visit = visits.dictatedVisit(eleanor);
        UpdateSheet sheet = visits.opened(dana(), eleanor, visit).with("vs0.weight", "157");
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(60);
        clock.setTo(now);
        var draft = visits.as(dana(), () -> updates.keep(eleanor, visit, sheet));
        assertThat(draft.savedAt()).isEqualTo(now);
        assertThat(draft.view().checks().echoes()).containsEntry("vs0.weight", "71.2 kg");
        clock.advance(java.time.Duration.ofMinutes(5));
        visits.write(eleanor, visit, allergy("Latex"), clock.instant(), false);
        visits.run(dana(), () -> {
            VisitUpdates.View again = updates.view(eleanor, visit, null);
            assertThat(again.resumed()).isEqualTo(now);
            assertThat(again.sheet().get("vs0.weight")).isEqualTo("157");
            assertThat(again.since())
                    .singleElement()
                    .asString()
                    .contains("Latex")
                    .contains("added");
            assertThat(again.work().state()).isEqualTo("draft");
        });
    }

    @Test
    void a_drug_that_was_changed_meanwhile_is_shown_as_base_theirs_and_mine() {
        Written furosemide = visits.write(
                eleanor, null, drug("Furosemide 20 mg tablet", "1 by mouth daily"), visits.yesterday(), false);
        EncounterId visit = visits.dictatedVisit(eleanor);
        String row = "md." + furosemide.entry() + ".";
        UpdateSheet sheet = type(
                visits.opened(dana(), eleanor, visit), "medications", row + "do", "stop", row + "why", "ineffective");
        visits.revise(eleanor, furosemide, drug("Furosemide 20 mg tablet", "2 by mouth daily"));
        UpdateConflict conflict = catchThrowableOfType(UpdateConflict.class, () -> post(visit, sheet));
        assertThat(conflict.fields()).singleElement().satisfies(field -> {
            assertThat(field.base()).contains("1 by mouth daily, active");
            assertThat(field.theirs()).contains("2 by mouth daily, active");
            assertThat(field.mine()).contains("stopped");
            assertThat(field.standsAt()).isEqualTo(2);
        });
        assertThat(work(visit).state()).isEqualTo("to do");
        // Mine, on what stands now.
        post(visit, sheet.with("v." + furosemide.entry(), "2"));
        assertThat(chart(EntryType.MEDICATION_ORDER).get(0).pendingKind()).isEqualTo("stop");
    }

    @Test
    void who_posts_what_another_has_posted_meanwhile_sees_both_values() {
        EncounterId visit = visits.dictatedVisit(eleanor);
        UpdateSheet mine = type(visits.opened(dana(), eleanor, visit), "vitals", "vs0.hr", "86");
        UpdateSheet theirs = type(visits.opened(visits.here.colleague(), eleanor, visit), "vitals", "vs0.hr", "90");
        visits.as(visits.here.colleague(), () -> updates.post(eleanor, visit, 0, "theirs-" + visit, theirs));
        UpdateConflict conflict = catchThrowableOfType(UpdateConflict.class, () -> post(visit, mine));
        assertThat(conflict.who()).isEqualTo("T. Ahn");
        UpdateConflict.Field field = conflict.fields().get(0);
        assertThat(field.theirs()).isEqualTo("90 /min");
        assertThat(field.mine()).isEqualTo("86");
        UpdateSheet chosen = mine.with("on.vs0.hr", field.entry())
                .with("v." + field.entry(), Integer.toString(field.standsAt()))
                .with("version", Integer.toString(conflict.version()));
        post(visit, chosen);
        assertThat(chart(EntryType.OBSERVATION)).singleElement().satisfies(entry -> {
            assertThat(((Content.Observation) entry.content()).value().number()).isEqualTo("86");
            assertThat(entry.version()).isEqualTo(2);
        });
    }

    @Test
    void what_a_clinician_returns_comes_back_with_the_comment_and_can_be_mended() {
        EncounterId visit = visits.dictatedVisit(eleanor);
        post(visit, type(visits.opened(dana(), eleanor, visit), "vitals", "vs0.hr", "88"));
        EntryView rate = chart(EntryType.OBSERVATION).get(0);
        visits.run(visits.here.clinician(), () -> {
            Actor okafor = actors.get();
            var ref = signing.awaiting(okafor, eleanor, null, 50).items().stream()
                    .filter(each -> each.entry().id().equals(rate.id()))
                    .map(each -> new Signing.VersionRef(
                            eleanor, each.entry().id(), each.entry().version(), each.hash()))
                    .findFirst()
                    .orElseThrow();
            visits.inTransaction(() -> signing.giveBack(okafor, ref, "I counted 98."));
        });
        assertThat(work(visit).state()).isEqualTo("returned");
        assertThat(work(visit).ownerName()).isEqualTo("D. Reyes");
        UpdateSheet sheet = visits.as(dana(), () -> {
            VisitUpdates.View view = updates.view(eleanor, visit, null);
            assertThat(view.returned()).containsEntry(rate.id(), "I counted 98.");
            return view.sheet();
        });
        String row = "fx." + rate.id() + ".";
        post(visit, sheet.with(row + "do", "change").with(row + "text", "98"));
        assertThat(work(visit).state()).isEqualTo("posted");
        EntryView mended = chart(EntryType.OBSERVATION).get(0);
        assertThat(((Content.Observation) mended.content()).value().number()).isEqualTo("98");
        assertThat(mended.unsigned()).isTrue();
    }

    // Checklists
    // ----------------------------------------------------------------------------------------------------------

    @Test
    void the_checklist_follows_the_class_of_the_visit() {
        assertThat(items("ambulatory", "Office visit"))
                .containsExactly(
                        UpdateItem.VITALS,
                        UpdateItem.DIAGNOSES,
                        UpdateItem.PROBLEMS,
                        UpdateItem.ALLERGIES,
                        UpdateItem.MEDICATIONS,
                        UpdateItem.IMMUNIZATIONS,
                        UpdateItem.PROCEDURES,
                        UpdateItem.FOLLOWUP);
        assertThat(items("emergency", "Emergency visit")).contains(UpdateItem.ARRIVAL, UpdateItem.DISPOSITION);
        assertThat(items("inpatient", "Hospital stay"))
                .startsWith(UpdateItem.DISPOSITION)
                .contains(UpdateItem.DOCUMENTS)
                .doesNotContain(UpdateItem.VITALS);
        assertThat(items("virtual", "Telephone call")).startsWith(UpdateItem.CALL);
        assertThat(items("virtual", "Video visit")).doesNotContain(UpdateItem.CALL);
    }

    private List<UpdateItem> items(String klass, String kind) {
        Instant start = visits.yesterday();
        EncounterId visit = visits.visit(eleanor, klass, kind, start, start.plusSeconds(3600));
        visits.ended(eleanor, visit);
        return visits.as(
                dana(),
                () -> updates.view(eleanor, visit, null).items().stream()
                        .map(VisitUpdates.Item::item)
                        .toList());
    }

    @Test
    void a_visit_of_another_patient_is_not_found() {
        EncounterId visit = visits.dictatedVisit(visits.child("2018-05-05"));
        assertThatThrownBy(() -> work(visit)).isInstanceOf(NotFound.class);
    }

    @Test
    void a_visit_that_turns_out_never_to_have_been_leaves_the_list() {
        EncounterId visit = visits.dictatedVisit(eleanor);
        visits.moveTo(eleanor, visit, "entered in error");
        assertThat(work(visit).leftAs()).isEqualTo("entered in error");
        visits.run(
                dana(),
                () -> assertThat(updates.list(actors.get(), Filter.mineAndUnclaimed(visits.here.facility()), null, 500)
                                .items())
                        .extracting(VisitUpdates.Work::visit)
                        .doesNotContain(visit));
    }
}
