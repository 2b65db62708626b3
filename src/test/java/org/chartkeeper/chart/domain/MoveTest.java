package org.chartkeeper.chart.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.chartkeeper.access.Access;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.ChartVerification;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.ChartWriter.Written;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EncounterView;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.chart.EntryCommand.VersionKind;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.InboxItem;
import org.chartkeeper.chart.RecordMoves;
import org.chartkeeper.chart.RecordMoves.Order;
import org.chartkeeper.chart.RecordMoves.Outcome;
import org.chartkeeper.chart.RecordMoves.Plan;
import org.chartkeeper.chart.RecordMoves.Subject;
import org.chartkeeper.chart.Signing;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Stale;
import org.chartkeeper.testing.ChartkeeperTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Entered for the wrong patient. */
@ChartkeeperTest
class MoveTest {

    private static final String WHY = "dictated for the other of two sisters";

    @Autowired
    ChartWriter writer;

    @Autowired
    ChartReader reader;

    @Autowired
    ChartVerification verification;

    @Autowired
    Signing signing;

    @Autowired
    Encounters encounters;

    @Autowired
    RecordMoves moves;

    @Autowired
    MoveRows notices;

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
    Actor specialist;
    Actor supervisor;
    PatientId wrong;
    PatientId right;

    @BeforeEach
    void twoSisters() {
        fixture = new Fixture(jdbc, writer, transactions, provisioning, currentActor);
        specialist = fixture.here.specialist();
        supervisor = with(specialist, Permission.MOVE_CONFIRM);
        wrong = seen(fixture.aPatient());
        right = seen(fixture.aPatient());
    }

    @Test
    void an_unsigned_entry_is_taken_out_there_and_entered_here_in_one_step() {
        Written allergy = fixture.write(Fixture.original(wrong, Fixture.allergy("7980", "Penicillin")));

        Outcome outcome = move(specialist, Subject.entry(wrong, allergy.entry()), right);

        assertThat(outcome.done()).isTrue();
        EntryView there = entry(wrong, allergy.entry());
        assertThat(there.retracted()).isTrue();
        assertThat(fixture.as(specialist, () -> reader.history(specialist, wrong, allergy.entry()))
                        .get(0)
                        .statedBy())
                .as("who takes it out says so; the author of the words did not")
                .isEqualTo("D. Reyes");
        assertThat(fixture.as(specialist, () -> reader.summary(specialist, wrong))
                        .allergies())
                .isEmpty();
        EntryView here = entry(right, outcome.entries().get(0));
        assertThat(here.content()).isEqualTo(there.content());
        assertThat(here.statedBy()).isEqualTo(there.statedBy());
        assertThat(here.statedAt()).isEqualTo(there.statedAt());
        assertThat(here.event()).isEqualTo(there.event());
        assertThat(here.unsigned()).as("its author signs it in the right chart").isTrue();
        assertThat(here.signer()).isEqualTo(fixture.here.okafor());
    }

    @Test
    void what_is_signed_waits_for_a_supervisor_and_nothing_happens_before() {
        Written note = signed(Fixture.note("progress", "She is well."));

        Outcome asked = move(specialist, Subject.entry(wrong, note.entry()), right);

        assertThat(asked.done()).isFalse();
        assertThat(entry(wrong, note.entry()).retracted()).isFalse();
        assertThat(entriesOf(right)).isEmpty();
        RecordMoves.Move waiting = fixture.as(supervisor, () -> moves.waiting(supervisor, 500)).stream()
                .filter(move -> move.id().equals(asked.move()))
                .findFirst()
                .orElseThrow();
        assertThat(waiting.reason()).isEqualTo(WHY);

        Outcome done = fixture.as(supervisor, () -> moves.confirm(supervisor, asked.move(), waiting.version()));

        assertThat(done.done()).isTrue();
        assertThat(entry(wrong, note.entry()).retracted()).isTrue();
        assertThat(entriesOf(right)).hasSize(1);
        assertThatThrownBy(() ->
                        fixture.as(supervisor, () -> moves.confirm(supervisor, asked.move(), waiting.version() + 1)))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void a_refused_move_leaves_everything_and_tells_who_asked() {
        Written note = signed(Fixture.note("progress", "She is well."));
        Outcome asked = move(specialist, Subject.entry(wrong, note.entry()), right);

        fixture.run(supervisor, () -> moves.refuse(supervisor, asked.move(), 0, "It is hers, see the wristband"));

        assertThat(entry(wrong, note.entry()).retracted()).isFalse();
        assertThat(notices.items(specialist, 50))
                .anySatisfy(item -> assertThat(item.text()).contains("see the wristband"));
    }

    @Test
    void an_entry_that_changed_after_it_was_seen_is_not_moved() {
        Written note = fixture.write(Fixture.original(wrong, Fixture.note("progress", "She is well.")));
        Plan plan = plan(specialist, Subject.entry(wrong, note.entry()));
        fixture.write(Fixture.change(
                VersionKind.REVISION, note, wrong, Fixture.note("progress", "She is not well."), "typing"));

        assertThatThrownBy(() -> fixture.as(
                        specialist,
                        () -> moves.move(
                                specialist,
                                new Order(Subject.entry(wrong, note.entry()), plan.seen(), right, null, WHY))))
                .isInstanceOf(Stale.class);
    }

    @Test
    void addenda_go_with_their_note_and_point_at_it_where_it_is_now() {
        Written note = signed(Fixture.note("progress", "She is well."));
        fixture.write(Fixture.original(
                wrong,
                new Content.Note(
                        "addendum",
                        Concept.of("Addendum"),
                        "final",
                        "And she sleeps.",
                        new Content.EntryRef(note.entry().toString()))));

        Outcome done = move(supervisor, Subject.entry(wrong, note.entry()), right);

        List<EntryView> here =
                done.entries().stream().map(id -> entry(right, id)).toList();
        assertThat(here).hasSize(2);
        Content.EntryRef parent = ((Content.Note) here.stream()
                        .map(EntryView::content)
                        .filter(content -> content.title().equals("Addendum"))
                        .findFirst()
                        .orElseThrow())
                .addendumTo();
        assertThat(parent).isNotNull();
        assertThat(here).anyMatch(entry -> entry.id().toString().equals(parent.entry()));
    }

    @Test
    void labels_survive_and_a_hidden_entry_of_a_visit_goes_with_it() {
        EncounterId visit = visit(wrong);
        fixture.write(Fixture.at(Fixture.original(wrong, Fixture.weight("71")), visit));
        Written hidden = fixture.write(
                        fixture.here.clinician(),
                        List.of(Fixture.at(
                                Fixture.original(wrong, Fixture.note("psychotherapy", "Said in confidence.")), visit)))
                .get(0);

        Outcome done = move(specialist, Subject.visit(wrong, visit), right);

        assertThat(plan(specialist, Subject.visit(right, done.visit())).entries())
                .as("the specialist sees one")
                .hasSize(1);
        assertThat(jdbc.sql("SELECT count(*) FROM entry WHERE patient_id = ? AND sensitivity = 'psychotherapy'"
                                + " AND status = 'current'")
                        .param(right.value())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
        Actor author = fixture.here.clinician();
        assertThat(fixture.as(author, () -> reader.entry(author, wrong, hidden.entry())))
                .as("its author still finds it, marked, where it was")
                .get()
                .matches(EntryView::retracted);
        assertThat(fixture.as(specialist, () -> reader.entry(specialist, wrong, hidden.entry())))
                .isEmpty();
    }

    @Test
    void a_whole_visit_moves_with_its_people_and_its_course() {
        EncounterId visit = visit(wrong);
        fixture.write(Fixture.at(Fixture.original(wrong, Fixture.weight("71")), visit));
        fixture.write(Fixture.at(Fixture.original(wrong, Fixture.note("progress", "She is well.")), visit));

        Outcome done = move(specialist, Subject.visit(wrong, visit), right);

        EncounterView there =
                fixture.as(specialist, () -> encounters.find(wrong, visit)).orElseThrow();
        EncounterView here = fixture.as(specialist, () -> encounters.find(right, done.visit()))
                .orElseThrow();
        assertThat(there.status()).isEqualTo("entered in error");
        assertThat(here.status()).isEqualTo("finished");
        assertThat(here.start()).isEqualTo(there.start());
        assertThat(here.attending()).isEqualTo(there.attending());
        assertThat(here.participants()).isEqualTo(there.participants());
        assertThat(fixture.as(specialist, () -> reader.ofEncounter(specialist, right, here.id())))
                .hasSize(2);
        assertThat(fixture.as(specialist, () -> reader.ofEncounter(specialist, wrong, visit)))
                .allMatch(EntryView::retracted);
        assertThat(access.decideChart(fixture.here.clinician(), right))
                .as("its attending may open the right chart")
                .isInstanceOf(Access.Decision.Granted.class);
    }

    @Test
    void the_author_is_told_and_signs_in_the_right_chart() {
        Written note = signed(Fixture.note("progress", "She is well."));

        Outcome done = move(supervisor, Subject.entry(wrong, note.entry()), right);

        Actor author = fixture.here.clinician();
        List<InboxItem.Item> told = notices.items(author, 500).stream()
                .filter(item -> item.patient().equals(wrong))
                .toList();
        assertThat(told).hasSize(1);
        assertThat(told.get(0).text()).contains("Progress note", "wrong patient");
        assertThat(fixture.as(
                        author, () -> signing.awaiting(author, right, null, 50).items()))
                .extracting(each -> each.entry().id())
                .containsExactlyElementsOf(done.entries());
        String path = String.valueOf(told.get(0).seenPath());
        fixture.run(author, () -> moves.seen(author, java.util.UUID.fromString(path.split("/")[2])));
        assertThat(notices.items(author, 500)).noneMatch(item -> item.patient().equals(wrong));
    }

    @Test
    void there_and_back_leaves_no_trace_of_the_one_in_the_other_and_an_event_on_both() {
        EncounterId visit = visit(wrong);
        fixture.write(Fixture.at(Fixture.original(wrong, Fixture.note("progress", "She is well.")), visit));
        signedAt(visit, Fixture.order("4603", "Furosemide", "20", "active"));
        Set<String> ofRight = idsOf(right);

        Outcome out = move(supervisor, Subject.visit(wrong, visit), right);
        Outcome back = move(supervisor, Subject.visit(right, out.visit()), wrong);

        assertThat(entriesOf(right)).allMatch(EntryView::retracted).hasSize(2);
        List<EntryView> again = fixture.as(specialist, () -> reader.ofEncounter(specialist, wrong, back.visit()));
        assertThat(again).hasSize(2).noneMatch(EntryView::retracted);
        assertThat(again.stream().map(EntryView::content).map(Content::title).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("Progress note", "Furosemide");

        Set<String> ofWrong = idsOf(wrong);
        ofRight.addAll(idsOf(right));
        assertThat(textOf(wrong)).isNotEmpty();
        for (String row : textOf(wrong)) {
            assertThat(ofRight).noneMatch(row::contains);
            assertThat(row).doesNotContain(WHY);
        }
        for (String row : textOf(right)) {
            assertThat(ofWrong).noneMatch(row::contains);
            assertThat(row).doesNotContain(WHY);
        }
        assertThat(events(wrong)).contains("entry.move-out", "entry.move-in");
        assertThat(events(right)).contains("entry.move-out", "entry.move-in");
        Set<String> ids = idsOf(wrong);
        ids.addAll(idsOf(right));
        assertThat(currentActor
                        .asSystem(fixture.here.facility(), () -> verification.verify(checked -> {}))
                        .findings())
                .filteredOn(finding -> ids.contains(finding.entry()))
                .isEmpty();
    }

    @Test
    void the_two_ends_are_tied_for_those_who_may_see_both_charts() {
        Written note = fixture.write(Fixture.original(wrong, Fixture.note("progress", "She is well.")));
        Outcome done = move(specialist, Subject.entry(wrong, note.entry()), right);

        RecordMoves.Tie tie = fixture.as(specialist, () -> moves.tie(specialist, wrong, note.entry()))
                .orElseThrow();
        assertThat(tie.cameHere()).isFalse();
        assertThat(tie.other()).isNotNull();
        assertThat(tie.other().patient()).isEqualTo(right);
        assertThat(tie.other().reason()).isEqualTo(WHY);
        assertThat(tie.other().disclosuresKnown())
                .as("nobody keeps disclosures yet, and it says so")
                .isFalse();

        Actor stranger = fixture.here.colleague();
        RecordMoves.Tie half = fixture.as(
                        stranger,
                        () -> moves.tie(stranger, right, done.entries().get(0)))
                .orElseThrow();
        assertThat(half.cameHere()).isTrue();
        assertThat(half.other()).isNull();
    }

    @Test
    void what_a_pending_change_holds_does_not_move_until_it_is_settled() {
        Written warfarin = signed(Fixture.order("11289", "Warfarin", "5", "active"));
        fixture.write(Fixture.change(
                VersionKind.UPDATE, warfarin, wrong, Fixture.order("11289", "Warfarin", "5", "stopped"), null));

        Plan plan = plan(supervisor, Subject.entry(wrong, warfarin.entry()));

        assertThat(plan.obstacles()).singleElement().asString().contains("Warfarin", "waits for its signature");
        assertThatThrownBy(() -> move(supervisor, Subject.entry(wrong, warfarin.entry()), right))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void into_the_chart_it_is_in_or_one_that_cannot_be_opened_nothing_moves() {
        Written note = fixture.write(Fixture.original(wrong, Fixture.note("progress", "She is well.")));
        PatientId hidden = fixture.aPatient();

        assertThatThrownBy(() -> move(specialist, Subject.entry(wrong, note.entry()), wrong))
                .isInstanceOf(Rejected.class);
        assertThatThrownBy(() -> move(specialist, Subject.entry(wrong, note.entry()), hidden))
                .isInstanceOf(org.chartkeeper.platform.NotFound.class);
        assertThat(entry(wrong, note.entry()).retracted()).isFalse();
    }

    // What they have in common

    private PatientId seen(PatientId patient) {
        fixture.run(specialist, () -> access.patientAtFacility(patient, fixture.here.facility()));
        return patient;
    }

    private static Actor with(Actor actor, Permission more) {
        Set<Permission> permissions = new HashSet<>(actor.permissions());
        permissions.add(more);
        return new Actor(
                actor.user(),
                actor.name(),
                actor.practitioner(),
                actor.facility(),
                actor.facilities(),
                actor.roles(),
                permissions);
    }

    private Plan plan(Actor actor, Subject subject) {
        return fixture.as(actor, () -> moves.plan(actor, subject));
    }

    private Outcome move(Actor actor, Subject subject, PatientId to) {
        Plan plan = plan(actor, subject);
        return fixture.as(actor, () -> moves.move(actor, new Order(subject, plan.seen(), to, null, WHY)));
    }

    private Written signed(Content content) {
        return sign(fixture.write(Fixture.original(wrong, content)));
    }

    private Written signedAt(EncounterId visit, Content content) {
        return sign(fixture.write(Fixture.at(Fixture.original(wrong, content), visit)));
    }

    private Written sign(Written written) {
        Actor author = fixture.here.clinician();
        fixture.run(
                author,
                () -> signing.sign(
                        author,
                        List.of(new Signing.VersionRef(wrong, written.entry(), written.version(), written.hash())),
                        "author"));
        return written;
    }

    private EntryView entry(PatientId patient, EntryId id) {
        return fixture.as(specialist, () -> reader.entry(specialist, patient, id))
                .orElseThrow();
    }

    private List<EntryView> entriesOf(PatientId patient) {
        return fixture.as(
                specialist,
                () -> reader.entries(specialist, patient, ChartReader.Filter.of(), null, 100)
                        .items());
    }

    private EncounterId visit(PatientId patient) {
        return fixture.as(
                specialist,
                () -> encounters.open(new Encounters.NewEncounter(
                        patient,
                        fixture.here.facility(),
                        null,
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
                        List.of(new EncounterView.Participant(fixture.here.okafor(), "Dr. A. Okafor", "attending")),
                        null)));
    }

    /** Everything by which a patient could be known in a row of another. */
    private Set<String> idsOf(PatientId patient) {
        Set<String> ids = new HashSet<>(jdbc.sql("""
                        SELECT id::text FROM entry WHERE patient_id = :patient
                        UNION ALL SELECT id::text FROM encounter WHERE patient_id = :patient
                        """)
                .param("patient", patient.value())
                .query(String.class)
                .list());
        ids.add(patient.toString());
        return ids;
    }

    /** Every row of the record of a patient, and of the audit trail, as text. */
    private List<String> textOf(PatientId patient) {
        List<String> rows = new ArrayList<>();
        for (String table : List.of(
                "entry",
                "entry_version",
                "signature",
                "version_disposition",
                "encounter",
                "note",
                "medication_order",
                "chart_notice",
                "audit_event")) {
            rows.addAll(jdbc.sql("SELECT row_to_json(t)::text FROM " + table + " t WHERE t.patient_id = ?")
                    .param(patient.value())
                    .query(String.class)
                    .list());
        }
        return rows;
    }

    private List<String> events(PatientId patient) {
        return jdbc.sql("SELECT action FROM audit_event WHERE patient_id = ?")
                .param(patient.value())
                .query(String.class)
                .list();
    }
}
