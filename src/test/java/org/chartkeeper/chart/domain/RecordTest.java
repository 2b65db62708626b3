package org.chartkeeper.chart.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.ChartReader.Filter;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.ChartWriter.Written;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryCommand.VersionKind;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.Signing;
import org.chartkeeper.chart.VersionView;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Stale;
import org.chartkeeper.testing.ChartkeeperTest;
import org.chartkeeper.testing.StatementCounter;
import org.chartkeeper.testing.TestClock;
import org.chartkeeper.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

@ChartkeeperTest
class RecordTest {

    @Autowired
    ChartWriter writer;

    @Autowired
    ChartReader reader;

    @Autowired
    Signing signing;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    StatementCounter statements;

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

    // What adds protection, what takes it away

    @Test
    void an_allergy_protects_at_once_and_reads_unsigned() {
        fixture.write(Fixture.original(patient, Fixture.allergy("7980", "Penicillin")));

        EntryView allergy = summary().allergies().get(0);
        assertThat(allergy.content().title()).isEqualTo("Penicillin");
        assertThat(allergy.unsigned()).isTrue();
        assertThat(allergy.pending()).isNull();
        assertThat(allergy.inForce()).isEqualTo(1);
        assertThat(allergy.statedBy()).isEqualTo("Dr. A. Okafor");
        assertThat(allergy.enteredBy()).isEqualTo("D. Reyes");
    }

    @Test
    void a_stopped_drug_stays_in_force_until_the_clinician_signs() {
        Written warfarin = signed(Fixture.order("11289", "Warfarin", "5", "active"));

        Written stop = fixture.write(Fixture.change(
                VersionKind.UPDATE, warfarin, patient, Fixture.order("11289", "Warfarin", "5", "stopped"), null));

        assertThat(stop.pending()).isTrue();
        EntryView shown = summary().medications().get(0);
        assertThat(((Content.MedicationOrder) shown.content()).status()).isEqualTo("active");
        assertThat(((Content.MedicationOrder) shown.pending()).status()).isEqualTo("stopped");
        assertThat(shown.pendingKind()).isEqualTo("stop");
        assertThat(typed("medication_order", warfarin.entry(), "status")).isEqualTo("active");

        sign(stop);

        assertThat(summary().medications()).isEmpty();
        EntryView stopped = entry(warfarin.entry());
        assertThat(((Content.MedicationOrder) stopped.content()).status()).isEqualTo("stopped");
        assertThat(stopped.signature()).isEqualTo("signed");
        assertThat(typed("medication_order", warfarin.entry(), "status")).isEqualTo("stopped");
    }

    @Test
    void a_returned_stop_leaves_the_former_state_and_waits_for_who_entered_it() {
        Written warfarin = signed(Fixture.order("11289", "Warfarin", "5", "active"));
        Written stop = fixture.write(Fixture.change(
                VersionKind.UPDATE, warfarin, patient, Fixture.order("11289", "Warfarin", "5", "stopped"), null));

        clinically(() -> signing.giveBack(fixture.here.clinician(), ref(stop), "I said hold, not stop"));

        EntryView shown = summary().medications().get(0);
        assertThat(((Content.MedicationOrder) shown.content()).status()).isEqualTo("active");
        assertThat(shown.signature()).isEqualTo("returned");
        List<Signing.Awaiting> returned =
                fixture.as(fixture.here.specialist(), () -> signing.returned(fixture.here.specialist(), 500)).stream()
                        .filter(one -> one.entry().id().equals(warfarin.entry()))
                        .toList();
        assertThat(returned).hasSize(1);
        assertThat(returned.get(0).comment()).isEqualTo("I said hold, not stop");
        assertThat(awaiting()).isEmpty();

        Written held = fixture.write(Fixture.change(
                VersionKind.REVISION, stop, patient, Fixture.order("11289", "Warfarin", "5", "on-hold"), null));
        assertThat(held.pending()).isTrue();
        assertThat(awaiting()).hasSize(1);
    }

    @Test
    void a_refused_stop_is_gone_and_the_drug_stays_signed() {
        Written warfarin = signed(Fixture.order("11289", "Warfarin", "5", "active"));
        Written stop = fixture.write(Fixture.change(
                VersionKind.UPDATE, warfarin, patient, Fixture.order("11289", "Warfarin", "5", "stopped"), null));

        clinically(() -> signing.refuse(fixture.here.clinician(), ref(stop), "Never ordered"));

        EntryView shown = summary().medications().get(0);
        assertThat(shown.pending()).isNull();
        assertThat(shown.signature()).isEqualTo("signed");
        assertThat(shown.version()).isEqualTo(2);
        assertThat(shown.inForce()).isEqualTo(1);
        assertThat(awaiting()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"active/refuted", "resolved/confirmed", "inactive/confirmed"})
    void an_allergy_that_is_taken_back_protects_until_it_is_signed(String state) {
        Written allergy = fixture.write(Fixture.original(patient, Fixture.allergy("7980", "Penicillin")));
        String[] words = state.split("/");

        Written change = fixture.write(Fixture.change(
                VersionKind.UPDATE, allergy, patient, Fixture.allergy("7980", "Penicillin", words[0], words[1]), null));

        assertThat(change.pending()).isTrue();
        assertThat(summary().allergies()).hasSize(1);
        sign(change);
        assertThat(summary().allergies()).isEmpty();
    }

    @Test
    void an_allergy_that_is_entered_in_error_protects_until_it_is_signed() {
        Written allergy = fixture.write(Fixture.original(patient, Fixture.allergy("7980", "Penicillin")));

        Written retraction = fixture.write(Fixture.change(
                VersionKind.RETRACTION, allergy, patient, Fixture.allergy("7980", "Penicillin"), "wrong patient"));

        assertThat(summary().allergies().get(0).pendingKind()).isEqualTo("retract");
        sign(retraction);
        assertThat(summary().allergies()).isEmpty();
        assertThat(entry(allergy.entry()).retracted()).isTrue();
    }

    @Test
    void an_unsigned_value_is_entered_in_error_at_once() {
        Written weight = fixture.write(Fixture.original(patient, Fixture.weight("157")));

        Written retraction = fixture.write(
                Fixture.change(VersionKind.RETRACTION, weight, patient, Fixture.weight("157"), "wrong patient"));

        assertThat(retraction.pending()).isFalse();
        assertThat(entry(weight.entry()).retracted()).isTrue();
        assertThat(awaiting()).isEmpty();
        assertThat(summary().values()).isEmpty();
    }

    @Test
    void a_resolved_problem_stays_on_the_list_until_signed() {
        Written problem = signed(Fixture.problem("I50.32", "Heart failure", "active"));

        Written resolved = fixture.write(Fixture.change(
                VersionKind.UPDATE, problem, patient, Fixture.problem("I50.32", "Heart failure", "resolved"), null));

        assertThat(summary().problems()).hasSize(1);
        sign(resolved);
        assertThat(summary().problems()).isEmpty();
    }

    @Test
    void a_worsened_problem_is_in_force_at_once() {
        Written problem = signed(Fixture.problem("I50.32", "Heart failure", "inactive"));

        Written relapse = fixture.write(Fixture.change(
                VersionKind.UPDATE, problem, patient, Fixture.problem("I50.32", "Heart failure", "relapse"), null));

        assertThat(relapse.pending()).isFalse();
        assertThat(summary().problems()).hasSize(1);
        assertThat(summary().problems().get(0).unsigned()).isTrue();
    }

    // A changed dose

    @Test
    void a_changed_dose_of_a_signed_order_is_refused_as_an_update() {
        Written order = signed(Fixture.order("4603", "Furosemide", "20", "active"));

        assertThatThrownBy(() -> fixture.write(Fixture.change(
                        VersionKind.UPDATE, order, patient, Fixture.order("4603", "Furosemide", "40", "active"), null)))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        refused ->
                                assertThat(refused.problems().get(0).message()).contains("new order that replaces it"));
    }

    @Test
    void a_replacing_order_waits_with_the_end_of_the_former_and_one_signature_does_both() {
        Written former = signed(Fixture.order("4603", "Furosemide", "20", "active"));

        Written next = fixture.write(
                Fixture.original(patient, Fixture.order("4603", "Furosemide", "40", "active", former.entry())));

        assertThat(next.pending()).isTrue();
        assertThat(summary().medications())
                .extracting(EntryView::id, EntryView::proposed)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(former.entry(), false),
                        org.assertj.core.groups.Tuple.tuple(next.entry(), true));
        assertThat(active(EntryType.MEDICATION_ORDER)).extracting(EntryView::id).containsExactly(former.entry());
        List<Signing.Awaiting> line = awaiting();
        assertThat(line).hasSize(1);
        assertThat(line.get(0).change().differences()).contains(new VersionView.Difference("Dose", "20 mg", "40 mg"));

        sign(next);

        assertThat(active(EntryType.MEDICATION_ORDER)).extracting(EntryView::id).containsExactly(next.entry());
        assertThat(entry(former.entry()).status()).isEqualTo("replaced");
        assertThat(history(former.entry()).get(0).signedBy()).isNotNull();
        assertThat(awaiting()).isEmpty();
    }

    @Test
    void a_refused_replacing_order_is_entered_in_error_and_the_former_goes_on() {
        Written former = signed(Fixture.order("4603", "Furosemide", "20", "active"));
        Written next = fixture.write(
                Fixture.original(patient, Fixture.order("4603", "Furosemide", "40", "active", former.entry())));

        clinically(() -> signing.refuse(fixture.here.clinician(), ref(next), "I did not say 40"));

        assertThat(entry(next.entry()).retracted()).isTrue();
        EntryView stands = entry(former.entry());
        assertThat(stands.pending()).isNull();
        assertThat(stands.signature()).isEqualTo("signed");
        assertThat(summary().medications()).extracting(EntryView::id).containsExactly(former.entry());

        Written again = fixture.write(
                Fixture.original(patient, Fixture.order("4603", "Furosemide", "30", "active", former.entry())));
        sign(again);
        assertThat(active(EntryType.MEDICATION_ORDER)).extracting(EntryView::id).containsExactly(again.entry());
    }

    @Test
    void a_withdrawn_replacing_order_leaves_the_former_as_it_was() {
        Written former = signed(Fixture.order("4603", "Furosemide", "20", "active"));
        Content.MedicationOrder proposed = Fixture.order("4603", "Furosemide", "40", "active", former.entry());
        Written next = fixture.write(Fixture.original(patient, proposed));

        fixture.write(Fixture.change(VersionKind.RETRACTION, next, patient, proposed, "transcription error"));

        assertThat(entry(former.entry()).pending()).isNull();
        assertThat(summary().medications()).extracting(EntryView::id).containsExactly(former.entry());
        assertThat(awaiting()).isEmpty();
    }

    // Lock, versions, duplicates

    @Test
    void a_correction_of_signed_content_is_proposed_until_its_author_signs() {
        Written weight = signed(Fixture.weight("91.4"));

        assertThatThrownBy(() -> fixture.write(
                        Fixture.change(VersionKind.REVISION, weight, patient, Fixture.weight("71.4"), null)))
                .isInstanceOf(Rejected.class);
        assertThatThrownBy(() -> fixture.write(
                        Fixture.change(VersionKind.CORRECTION, weight, patient, Fixture.weight("71.4"), " ")))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        refused -> assertThat(refused.problems().get(0).field()).isEqualTo("reason"));
        Written correction = fixture.write(
                Fixture.change(VersionKind.CORRECTION, weight, patient, Fixture.weight("71.4"), "transcription error"));

        assertThat(entry(weight.entry()).content()).isEqualTo(Fixture.weight("91.4"));
        assertThat(typed("observation", weight.entry(), "number")).isEqualTo("91.4");
        sign(correction);
        assertThat(entry(weight.entry()).content()).isEqualTo(Fixture.weight("71.4"));
        assertThat(typed("observation", weight.entry(), "number")).isEqualTo("71.4");
        assertThat(history(weight.entry()).get(0).differences())
                .containsExactly(new VersionView.Difference("Value", "91.4 kg", "71.4 kg"));
    }

    @Test
    void a_save_on_an_old_version_is_stale() {
        Written problem = fixture.write(Fixture.original(patient, Fixture.problem("E11.22", "Diabetes", "active")));
        fixture.write(Fixture.change(
                VersionKind.REVISION, problem, patient, Fixture.problem("E11.21", "Diabetes", "active"), null));

        assertThatThrownBy(() -> fixture.write(Fixture.change(
                        VersionKind.REVISION, problem, patient, Fixture.problem("E11.9", "Diabetes", "active"), null)))
                .isInstanceOfSatisfying(Stale.class, stale -> {
                    assertThat(stale.basedOn()).isEqualTo(1);
                    assertThat(stale.current()).isEqualTo(2);
                });
    }

    @Test
    void an_entry_of_another_patient_is_not_there() {
        Written problem = fixture.write(Fixture.original(patient, Fixture.problem("E11.22", "Diabetes", "active")));
        PatientId other = fixture.aPatient();

        assertThatThrownBy(() -> fixture.write(Fixture.change(
                        VersionKind.REVISION, problem, other, Fixture.problem("E11.9", "Diabetes", "active"), null)))
                .isInstanceOf(NotFound.class);
        assertThat(reading(() -> reader.entry(fixture.here.specialist(), other, problem.entry())))
                .isEmpty();
        assertThat(reading(() -> reader.history(fixture.here.specialist(), other, problem.entry())))
                .isEmpty();
        assertThatThrownBy(() -> clinically(() -> signing.sign(
                        fixture.here.clinician(),
                        List.of(new Signing.VersionRef(other, problem.entry(), 1, problem.hash())),
                        "author")))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void what_stands_on_a_list_is_not_entered_twice() {
        fixture.write(Fixture.original(patient, Fixture.allergy("7980", "Penicillin")));

        assertThatThrownBy(() -> fixture.write(Fixture.original(patient, Fixture.allergy("7980", "Penicillin V"))))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        refused -> assertThat(refused.problems().get(0).message())
                                .isEqualTo("Penicillin is already on the allergy list."));
        assertThatThrownBy(() -> fixture.write(
                        fixture.here.specialist(),
                        List.of(
                                Fixture.original(patient, Fixture.problem("E11.22", "Diabetes", "active")),
                                Fixture.original(patient, Fixture.problem("E11.22", "Diabetes", "active")))))
                .isInstanceOf(Rejected.class);
        assertThat(summary().problems()).isEmpty();
    }

    @Test
    void a_problem_names_its_command_when_several_are_written() {
        Written weight = signed(Fixture.weight("91.4"));

        assertThatThrownBy(() -> fixture.write(
                        fixture.here.specialist(),
                        List.of(
                                Fixture.original(patient, Fixture.pressure("152", "84")),
                                Fixture.change(VersionKind.UPDATE, weight, patient, Fixture.weight("90"), null))))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        refused -> assertThat(refused.problems().get(0).field()).isEqualTo("commands[1]"));
        assertThat(count(EntryType.OBSERVATION)).isEqualTo(1);
    }

    @Test
    void an_imported_final_entry_is_locked_without_a_signature_of_ours() {
        EntryId id = EntryId.next();
        fixture.write(fixture.here.specialist(), List.of(Fixture.imported(patient, id, Fixture.weight("70.10"))));

        EntryView imported = entry(id);
        assertThat(imported.signature()).isEqualTo("authenticated at source");
        assertThat(imported.signer()).isNull();
        assertThatThrownBy(() -> fixture.write(
                        Fixture.command(VersionKind.REVISION, id, 1, patient, Fixture.weight("71"), null, false)))
                .isInstanceOf(Rejected.class);
        assertThat(awaiting()).isEmpty();
    }

    @Test
    void an_allergy_ends_the_assertion_that_none_is_known() {
        Content.Allergy none = new Content.Allergy(
                "none-known",
                null,
                Concept.of(Concept.SNOMED, "716186003", "No known allergy"),
                "active",
                "confirmed",
                null,
                List.of(),
                null,
                null);
        signed(none);

        fixture.write(Fixture.original(patient, Fixture.allergy("7980", "Penicillin")));

        assertThat(summary().allergies()).extracting(it -> it.content().title()).containsExactly("Penicillin");
        assertThatThrownBy(() -> fixture.write(Fixture.original(patient, none)))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        refused ->
                                assertThat(refused.problems().get(0).message()).contains("contradicts", "Penicillin"));
    }

    @Test
    void two_saves_on_one_version_at_the_same_time_leave_one_and_tell_the_other() throws Exception {
        Written problem = fixture.write(Fixture.original(patient, Fixture.problem("E11.22", "Diabetes", "active")));
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<Boolean>> saves = new ArrayList<>();
            for (String code : List.of("E11.21", "E11.9")) {
                saves.add(threads.submit(() -> {
                    try {
                        fixture.write(Fixture.change(
                                VersionKind.REVISION,
                                problem,
                                patient,
                                Fixture.problem(code, "Diabetes", "active"),
                                null));
                        return true;
                    } catch (Stale stale) {
                        return false;
                    }
                }));
            }
            assertThat(List.of(saves.get(0).get(), saves.get(1).get())).containsExactlyInAnyOrder(true, false);
        }
        assertThat(history(problem.entry())).hasSize(2);
    }

    // Signing

    @Test
    void only_the_one_who_is_to_sign_signs_and_only_what_was_seen() {
        Written weight = fixture.write(Fixture.original(patient, Fixture.weight("71.4")));

        assertThatThrownBy(() -> fixture.run(
                        fixture.here.colleague(),
                        () -> signing.sign(fixture.here.colleague(), List.of(ref(weight)), "author")))
                .isInstanceOf(Rejected.class);
        assertThatThrownBy(() -> clinically(() -> signing.sign(
                        fixture.here.clinician(),
                        List.of(new Signing.VersionRef(patient, weight.entry(), 1, "0".repeat(64))),
                        "author")))
                .isInstanceOf(Rejected.class);
        Written revised =
                fixture.write(Fixture.change(VersionKind.REVISION, weight, patient, Fixture.weight("71.5"), null));
        assertThatThrownBy(() -> sign(weight)).isInstanceOf(Stale.class);

        sign(revised);

        assertThat(entry(weight.entry()).signature()).isEqualTo("signed");
        assertThatThrownBy(() -> sign(revised)).isInstanceOf(Rejected.class);
    }

    @Test
    void what_is_not_mine_goes_to_the_one_it_belongs_to() {
        Written weight = fixture.write(Fixture.original(patient, Fixture.weight("71.4")));

        clinically(
                () -> signing.notMine(fixture.here.clinician(), ref(weight), fixture.here.lindqvist(), "her patient"));

        assertThat(awaiting()).isEmpty();
        fixture.run(
                fixture.here.colleague(),
                () -> signing.sign(fixture.here.colleague(), List.of(ref(weight)), "attending"));
        assertThat(entry(weight.entry()).signature()).isEqualTo("signed");
    }

    @Test
    void a_refused_new_entry_is_entered_in_error_with_the_statement() {
        Written allergy = fixture.write(Fixture.original(patient, Fixture.allergy("7980", "Penicillin")));

        clinically(() -> signing.refuse(fixture.here.clinician(), ref(allergy), "She tolerates it"));

        assertThat(summary().allergies()).isEmpty();
        VersionView last = history(allergy.entry()).get(0);
        assertThat(last.kind()).isEqualTo("retraction");
        assertThat(last.reason()).isEqualTo("She tolerates it");
        assertThat(last.intact()).isTrue();
        fixture.write(Fixture.original(patient, Fixture.allergy("7980", "Penicillin")));
    }

    // What may be seen

    @Test
    void a_psychotherapy_note_is_read_by_its_author_and_nobody_else() {
        Written note = fixture.write(
                        fixture.here.clinician(),
                        List.of(Fixture.original(patient, Fixture.note("psychotherapy", "…"))))
                .get(0);
        Filter notes = Filter.of(EntryType.NOTE);

        assertThat(reading(() -> reader.entries(fixture.here.clinician(), patient, notes, null, 10))
                        .items())
                .extracting(EntryView::id)
                .containsExactly(note.entry());
        assertThat(reading(() -> reader.entries(fixture.here.specialist(), patient, notes, null, 10))
                        .items())
                .isEmpty();
        assertThat(reading(() -> reader.counts(fixture.here.specialist(), patient)))
                .containsEntry(EntryType.NOTE, 0);
        assertThat(reading(() -> reader.history(fixture.here.colleague(), patient, note.entry())))
                .isEmpty();
        assertThat(reading(() -> reader.changesSince(fixture.here.specialist(), patient, java.time.Instant.EPOCH, 10)))
                .isEmpty();
        Actor privacy = new Actor(
                fixture.here.specialist().user(),
                "P",
                null,
                fixture.here.facility(),
                Set.of(),
                Set.of(),
                Set.of(Permission.CHART_READ, Permission.PSYCHOTHERAPY_READ));
        assertThat(reading(() -> reader.entry(privacy, patient, note.entry()))).isPresent();
    }

    // Reading

    @Test
    void a_section_pages_by_key_without_loss_or_repeat() {
        for (int i = 0; i < 7; i++) {
            fixture.write(Fixture.original(patient, Fixture.weight("7" + i)));
        }
        List<EntryView> all = new java.util.ArrayList<>();
        String after = null;
        do {
            String key = after;
            var page = reading(
                    () -> reader.entries(fixture.here.specialist(), patient, Filter.of(EntryType.OBSERVATION), key, 3));
            all.addAll(page.items());
            after = page.next();
        } while (after != null);

        assertThat(all).extracting(EntryView::id).hasSize(7).doesNotHaveDuplicates();
    }

    @Test
    void a_pressure_reads_with_both_numbers_in_its_course() {
        fixture.write(Fixture.original(patient, Fixture.pressure("152", "84")));

        ChartReader.Trend trend = summary().values().get(0);

        assertThat(trend.label()).isEqualTo("Blood pressure");
        assertThat(trend.points()).containsExactly(new ChartReader.Trend.Point(Fixture.VISIT, 152, 84.0));
        assertThat(reading(() ->
                        reader.latestObservations(fixture.here.specialist(), patient, List.of("85354-9", "29463-7"))))
                .containsOnlyKeys("85354-9");
    }

    @Test
    void changes_read_as_what_happened_newest_first() {
        Written order = signed(Fixture.order("11289", "Warfarin", "5", "active"));
        fixture.write(Fixture.change(
                VersionKind.UPDATE, order, patient, Fixture.order("11289", "Warfarin", "5", "stopped"), null));

        List<ChartReader.Change> changes =
                reading(() -> reader.changesSince(fixture.here.clinician(), patient, java.time.Instant.EPOCH, 10));

        assertThat(changes).extracting(ChartReader.Change::kind).containsExactly("stop pending", "signed", "added");
        assertThat(changes.get(0).differences())
                .containsExactly(new VersionView.Difference("Status", "active", "stopped"));
        assertThat(reading(() -> reader.changesSince(
                        fixture.here.clinician(), patient, changes.get(0).enteredAt(), 10)))
                .isEmpty();
    }

    @Test
    void a_look_at_a_chart_tells_when_the_last_one_was_and_looks_close_together_are_one(@Autowired TestClock clock) {
        assertThat(look()).isEmpty();
        assertThat(look()).isEmpty();
        java.time.Instant first = clock.instant();
        clock.advance(java.time.Duration.ofMinutes(20));
        assertThat(look()).hasValueSatisfying(last -> assertThat(last).isBeforeOrEqualTo(first));
        assertThat(look()).isPresent();
        assertThatThrownBy(() -> reading(() -> reader.lookedAt(fixture.here.clinician(), patient)))
                .isInstanceOf(IllegalStateException.class);
    }

    private java.util.Optional<java.time.Instant> look() {
        return Fixture.outside(fixture.here.clinician(), () -> reader.lookedAt(fixture.here.clinician(), patient));
    }

    @Test
    void a_summary_takes_at_most_five_statements_and_a_section_three() throws Exception {
        signed(Fixture.order("11289", "Warfarin", "5", "active"));
        signed(Fixture.pressure("152", "84"));
        fixture.write(Fixture.original(patient, Fixture.allergy("7980", "Penicillin")));
        summary();

        assertThat(statements.fewest(this::summary)).hasSizeLessThanOrEqualTo(5);
        assertThat(statements.fewest(() -> active(EntryType.MEDICATION_ORDER))).hasSizeLessThanOrEqualTo(3);
        assertThat(statements.fewest(this::awaiting)).hasSizeLessThanOrEqualTo(5);
    }

    // Append-only

    @ParameterizedTest
    @ValueSource(strings = {"entry_version", "signature", "version_disposition"})
    void history_is_changed_by_nobody(String table) throws SQLException {
        signed(Fixture.weight("71.4"));
        for (String change :
                List.of("update %s set patient_id = patient_id", "delete from %s", "truncate %s cascade")) {
            try (Connection application = TestDatabase.application();
                    Statement statement = application.createStatement()) {
                assertThatThrownBy(() -> statement.execute(change.formatted(table)))
                        .hasMessageContaining("permission denied");
            }
            try (Connection owner = TestDatabase.owner();
                    Statement statement = owner.createStatement()) {
                assertThatThrownBy(() -> statement.execute(change.formatted(table)))
                        .hasMessageContaining("never changed");
            }
        }
    }

    private Written signed(Content content) {
        Written written = fixture.write(Fixture.original(patient, content));
        sign(written);
        return written;
    }

    private void sign(Written written) {
        clinically(() -> signing.sign(fixture.here.clinician(), List.of(ref(written)), "author"));
    }

    private Signing.VersionRef ref(Written written) {
        return new Signing.VersionRef(patient, written.entry(), written.version(), written.hash());
    }

    private void clinically(Runnable work) {
        fixture.run(fixture.here.clinician(), work);
    }

    private <T> T reading(java.util.function.Supplier<T> work) {
        return fixture.as(fixture.here.specialist(), work);
    }

    private ChartReader.Summary summary() {
        return reading(() -> reader.summary(fixture.here.specialist(), patient));
    }

    private EntryView entry(EntryId id) {
        return reading(() -> reader.entry(fixture.here.specialist(), patient, id))
                .orElseThrow();
    }

    private List<VersionView> history(EntryId id) {
        List<VersionView> history = reading(() -> reader.history(fixture.here.specialist(), patient, id));
        assertThat(history).allMatch(VersionView::intact);
        return history;
    }

    private List<EntryView> active(EntryType type) {
        return reading(() -> reader.entries(
                        fixture.here.specialist(), patient, Filter.of(type).active(), null, 50))
                .items();
    }

    private List<Signing.Awaiting> awaiting() {
        return fixture.as(fixture.here.clinician(), () -> signing.awaiting(fixture.here.clinician(), patient, null, 50))
                .items();
    }

    private int count(EntryType type) {
        Map<EntryType, Integer> counts = reading(() -> reader.counts(fixture.here.specialist(), patient));
        return counts.getOrDefault(type, 0);
    }

    private String typed(String table, EntryId id, String column) {
        return jdbc.sql("select " + column + "::text from " + table + " where id = ?")
                .param(id.value())
                .query(String.class)
                .single();
    }
}
