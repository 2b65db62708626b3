package org.chartkeeper.coding.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.ChartWriter.Written;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.InboxItem;
import org.chartkeeper.chart.Signing;
import org.chartkeeper.coding.CaseStep;
import org.chartkeeper.coding.CodeEdit;
import org.chartkeeper.coding.CodingCases;
import org.chartkeeper.coding.CodingCases.Work;
import org.chartkeeper.coding.CodingQueries;
import org.chartkeeper.coding.CodingQueries.Draft;
import org.chartkeeper.coding.CodingQueries.Query;
import org.chartkeeper.patient.Registrations;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.testing.ChartkeeperTest;
import org.chartkeeper.testing.TestClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** A query from its sending to its answer in the record. */
@ChartkeeperTest
class QueryTests {

    @Autowired
    CodingCases cases;

    @Autowired
    CodingQueries queries;

    @Autowired
    ChartReader reader;

    @Autowired
    TestClock clock;

    @Autowired
    List<InboxItem> inbox;

    CodingFixture coding;
    PatientId patrick;
    EncounterId visit;
    Written note;
    UUID id;

    @BeforeEach
    void fixture(
            @Autowired Provisioning provisioning,
            @Autowired Registrations registrations,
            @Autowired Encounters encounters,
            @Autowired ChartWriter writer,
            @Autowired Signing signing,
            @Autowired CurrentActor actors,
            @Autowired JdbcClient jdbc,
            @Autowired PlatformTransactionManager transactions) {
        coding = new CodingFixture(
                provisioning, registrations, encounters, writer, signing, cases, actors, clock, jdbc, transactions);
        patrick = coding.patrick();
        visit = coding.visit(patrick, "ambulatory", "finished");
        note = coding.note(patrick, visit, CodingFixture.NOTE);
        id = coding.work(visit).id();
        coding.add(id, "J44.1", "COPD");
    }

    private Draft draft(@Nullable EntryId about, List<CodeEdit.Words> indicators) {
        return draft(coding.here.okafor(), about, indicators);
    }

    private static Draft draft(PractitionerId to, @Nullable EntryId about, List<CodeEdit.Words> indicators) {
        return new Draft(
                to,
                about,
                "choice",
                "new",
                "Clarification of the laboratory values",
                "What do these values stand for, in your clinical judgment?",
                List.of("Acute kidney injury", "Chronic kidney disease, stage 3"),
                indicators,
                "",
                false);
    }

    private UUID send(Draft draft) {
        Work work = coding.work(visit);
        return coding.as(
                coding.here.coder(),
                actor -> queries.send(
                        actor,
                        id,
                        patrick,
                        work.version(),
                        draft,
                        UUID.randomUUID().toString()));
    }

    private UUID sent() {
        return send(draft(note.entry(), List.of(coding.words(id, "Creatinine 2.4"))));
    }

    private EntryId answer(UUID query, String option, String words) {
        return coding.as(
                coding.here.clinician(),
                actor -> queries.answer(
                        actor, query, patrick, option, words, UUID.randomUUID().toString()));
    }

    private static String problems(Throwable thrown) {
        return ((Rejected) thrown).problems().stream().map(Problem::message).reduce("", (all, one) -> all + "\n" + one);
    }

    @Test
    void a_query_without_an_indicator_is_refused_and_nothing_is_sent() {
        assertThatThrownBy(() -> send(draft(note.entry(), List.of())))
                .isInstanceOf(Rejected.class)
                .extracting(QueryTests::problems)
                .asString()
                .contains("QY-1");
        assertThat(coding.work(visit).state()).isEqualTo("in progress");
        assertThat(coding.<List<Query>>as(coding.here.coder(), actor -> queries.of(id)))
                .isEmpty();
    }

    @Test
    void a_case_waits_for_the_answer_and_the_clinician_finds_the_query_in_the_inbox() {
        UUID query = sent();

        assertThat(coding.work(visit).state()).isEqualTo("query pending");
        assertThat(coding.desk(id).stops())
                .extracting(CodingCases.Stop::words)
                .contains("A query waits for its answer.");
        List<InboxItem.Item> items = coding.<List<InboxItem.Item>>as(
                coding.here.clinician(),
                actor -> inbox.stream()
                        .flatMap(each -> each.items(actor, 50).stream())
                        .toList());
        assertThat(items).anyMatch(item -> ("/queries/" + query).equals(item.path()));
    }

    @Test
    void the_answer_becomes_a_signed_addendum_to_the_note_that_the_query_names() {
        EntryId answer = answer(sent(), "Acute kidney injury", "due to dehydration");

        EntryView entry = coding.<EntryView>as(
                coding.here.coder(),
                actor -> reader.entry(actor, patrick, answer).orElseThrow());
        Content.Note written = (Content.Note) entry.content();
        assertThat(written.text()).isEqualTo("Acute kidney injury. due to dehydration");
        assertThat(written.addendumTo())
                .isEqualTo(new Content.EntryRef(note.entry().toString()));
        assertThat(entry.signature()).isEqualTo("signed");
        assertThat(entry.statedByPractitioner()).isEqualTo(coding.here.okafor());
    }

    @Test
    void the_answered_case_goes_on_and_its_codes_on_that_note_are_looked_at_again() {
        answer(sent(), "Acute kidney injury", "");

        assertThat(coding.work(visit).state()).isEqualTo("in progress");
        assertThat(coding.line(id, "J44.1").toReview()).contains("amended");
        assertThat(coding.desk(id).sources()).anyMatch(source -> source.label().contains("Addendum"));
    }

    @Test
    void an_answer_to_a_query_about_an_unsigned_note_is_a_note_of_its_own() {
        Written draft = coding.draft(patrick, visit, "Blood sugar 310. No word of diabetes.");
        UUID query = send(draft(draft.entry(), List.of(coding.words(id, "Creatinine 2.4"))));

        EntryId answer = answer(query, "Unable to determine", "");

        EntryView entry = coding.<EntryView>as(
                coding.here.coder(),
                actor -> reader.entry(actor, patrick, answer).orElseThrow());
        assertThat(((Content.Note) entry.content()).addendumTo()).isNull();
        assertThat(((Content.Note) entry.content()).text()).contains("cannot be determined");
    }

    @Test
    void nobody_but_the_clinician_who_is_asked_answers() {
        UUID query = send(draft(coding.here.brandt(), note.entry(), List.of(coding.words(id, "Creatinine 2.4"))));

        assertThatThrownBy(() -> answer(query, "Acute kidney injury", ""))
                .isInstanceOf(Rejected.class)
                .extracting(QueryTests::problems)
                .asString()
                .contains("waits for");
    }

    @Test
    void other_needs_the_clinicians_words() {
        UUID query = sent();

        assertThatThrownBy(() -> answer(query, "Other", ""))
                .isInstanceOf(Rejected.class)
                .extracting(QueryTests::problems)
                .asString()
                .contains("in your words");
    }

    @Test
    void a_query_is_taken_back_with_a_reason_and_the_case_goes_on() {
        UUID query = sent();

        coding.as(coding.here.coder(), actor -> {
            queries.withdraw(actor, query, patrick, "found it in the operative report");
            return "";
        });

        assertThat(coding.work(visit).state()).isEqualTo("in progress");
        assertThatThrownBy(() -> answer(query, "Acute kidney injury", "")).isInstanceOf(Rejected.class);
    }

    @Test
    void figures_tell_how_queries_went_and_whether_codes_changed() {
        LocalDate today = LocalDate.now(clock.withZone(ZoneOffset.UTC));
        CodingQueries.Figures before = figures(today);
        answer(sent(), "Acute kidney injury", "");
        coding.edit(id, new CodeEdit.Stands(coding.line(id, "J44.1").id()));
        coding.add(id, "N17.9", "Acute kidney injury");
        coding.desk(id).findings().stream()
                .filter(told ->
                        told.finding().severity() == org.chartkeeper.coding.Severity.R && CaseService.ofCodes(told))
                .forEach(told -> coding.edit(id, new CodeEdit.Answer(told.key(), "as documented")));
        coding.step(id, new CaseStep.Finalize(""));

        CodingQueries.Figures after = figures(today);

        assertThat(after.sent() - before.sent()).isEqualTo(1);
        assertThat(after.answered() - before.answered()).isEqualTo(1);
        assertThat(after.changed() - before.changed()).isEqualTo(1);
    }

    @Test
    void what_was_sent_is_the_sum_of_what_became_of_it_and_an_old_query_that_waits_is_still_overdue() {
        LocalDate today = LocalDate.now(clock.withZone(ZoneOffset.UTC));
        CodingQueries.Figures before = figures(today);
        UUID old = sent();
        coding.jdbc
                .sql(
                        "UPDATE coding_query SET asked_at = asked_at - interval '90 days', due_at = due_at - interval '90 days' WHERE id = :id")
                .param("id", old)
                .update();

        CodingQueries.Figures waiting = figures(today);
        assertThat(waiting.sent()).isEqualTo(before.sent());
        assertThat(waiting.overdue() - before.overdue()).isEqualTo(1);

        withdraw(old);
        withdraw(sent());
        CodingQueries.Figures after = figures(today);
        assertThat(after.undone() - before.undone()).isEqualTo(1);
        assertThat(after.answered() + after.waiting() + after.undone()).isEqualTo(after.sent());
        assertThat(after.overdue()).isEqualTo(before.overdue());
    }

    private void withdraw(UUID query) {
        coding.as(coding.here.coder(), actor -> {
            queries.withdraw(actor, query, patrick, "found it in the operative report");
            return "";
        });
    }

    private CodingQueries.Figures figures(LocalDate today) {
        return coding.as(
                coding.here.coder(),
                actor -> queries.figures(actor, coding.here.facility(), today.minusDays(2), today.plusDays(2)));
    }

    @Test
    void a_query_that_is_sent_twice_is_one_query() {
        Work work = coding.work(visit);
        Draft draft = draft(note.entry(), List.of(coding.words(id, "Creatinine 2.4")));
        String key = UUID.randomUUID().toString();

        UUID first =
                coding.as(coding.here.coder(), actor -> queries.send(actor, id, patrick, work.version(), draft, key));
        UUID again =
                coding.as(coding.here.coder(), actor -> queries.send(actor, id, patrick, work.version(), draft, key));

        assertThat(again).isEqualTo(first);
    }

    private void notMine(UUID query, @Nullable PractitionerId to, String reason) {
        coding.as(coding.here.clinician(), actor -> {
            queries.notMine(actor, query, patrick, to, reason);
            return "";
        });
    }

    @Test
    void a_clinician_passes_a_query_on_to_whose_it_is_and_its_clock_begins_anew() {
        UUID query = sent();

        notMine(query, coding.here.brandt(), "Dr. Brandt saw the patient.");

        CodingQueries.Query passed = coding.as(
                coding.here.coder(), actor -> queries.find(actor, query).orElseThrow());
        assertThat(passed.state()).isEqualTo("sent");
        assertThat(passed.to()).isEqualTo(coding.here.brandt());
        assertThat(passed.escalated()).isNull();
        assertThat(coding.work(visit).state()).isEqualTo("query pending");
        assertThatThrownBy(() -> notMine(query, null, "again")).isInstanceOf(Rejected.class);
    }

    @Test
    void a_query_that_is_nobodys_goes_back_to_the_coder_with_the_reason_and_the_case_goes_on() {
        UUID query = sent();
        assertThatThrownBy(() -> notMine(query, null, " ")).isInstanceOf(Rejected.class);

        notMine(query, null, "Not my patient.");

        CodingQueries.Query back = coding.as(
                coding.here.coder(), actor -> queries.find(actor, query).orElseThrow());
        assertThat(back.state()).isEqualTo("returned");
        assertThat(back.withdrawn()).isEqualTo("Not my patient.");
        assertThat(coding.work(visit).state()).isEqualTo("in progress");
    }

    @Test
    void a_case_that_waits_for_an_answer_is_not_taken_off_hold() {
        sent();

        assertThatThrownBy(() -> coding.step(id, new CaseStep.Unhold())).isInstanceOf(Rejected.class);
        assertThat(coding.work(visit).state()).isEqualTo("query pending");
    }
}
