package org.chartkeeper.chart.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.chartkeeper.chart.ChartSafety;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.platform.EntryId;
import org.junit.jupiter.api.Test;

/** What pages say of contents, dates and drugs; no database. */
class WordsTest {

    private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");

    @Test
    void a_pressure_of_two_parts_reads_as_one_value_whatever_their_order() {
        Content.Observation pressure =
                observation(null, null, part("8462-4", "Diastolic", "80"), part("8480-6", "Systolic", "146"));
        assertThat(Entries.WORDS.value(pressure)).isEqualTo("146/80 mmHg");
    }

    @Test
    void a_value_shows_what_was_typed_beside_what_is_stored_only_where_the_units_differ() {
        assertThat(Entries.WORDS.value(new Content.Value("71.2", "kg", "kg", null, "157 lb")))
                .isEqualTo("157 lb · 71.2 kg");
        assertThat(Entries.WORDS.value(new Content.Value("71.2", "kg", "kg", null, "71.2kg")))
                .isEqualTo("71.2 kg");
        assertThat(Entries.WORDS.value(new Content.Value("71.2", "kg", "kg", null, "71.2")))
                .isEqualTo("71.2 kg");
    }

    @Test
    void a_normal_value_has_no_flag_and_a_high_one_has() {
        assertThat(Words.flag(observation("1.3", "H"))).isEqualTo("H");
        assertThat(Words.flag(observation("1.0", "N"))).isNull();
        assertThat(Words.flag(observation("1.0", null))).isNull();
    }

    @Test
    void a_code_is_shown_with_its_title_only_where_that_says_more_than_the_clinician() {
        Concept same = Concept.of(Concept.ICD10CM, "E78.5", "Hyperlipidemia");
        Concept more = new Concept(
                "Hypertension",
                List.of(new Concept.Coding(
                        Concept.ICD10CM, "I13.0", "Hypertensive heart and chronic kidney disease with heart failure")));
        assertThat(Entries.WORDS.code(same)).isEqualTo("E78.5");
        assertThat(Entries.WORDS.code(more))
                .isEqualTo("I13.0 Hypertensive heart and chronic kidney disease with heart failure");
    }

    @Test
    void a_partial_date_keeps_its_precision() {
        assertThat(Dates.words("2019", CHICAGO)).isEqualTo("2019");
        assertThat(Dates.words("2019-03", CHICAGO)).isEqualTo("Mar 2019");
        assertThat(Dates.words("2019-03-11", CHICAGO)).isEqualTo("11 Mar 2019");
        assertThat(Dates.words("2019-03-11T15:30:00Z", CHICAGO)).isEqualTo("11 Mar 2019, 10:30 am");
        assertThat(Dates.words("about 2019", CHICAGO)).isEqualTo("about 2019");
    }

    @Test
    void age_is_told_in_hours_days_weeks_months_and_years() {
        Instant now = Instant.parse("2026-11-23T18:00:00Z");
        assertThat(Dates.age(LocalDate.of(2026, 11, 22), Instant.parse("2026-11-22T18:00:00Z"), null, now, CHICAGO))
                .isEqualTo("24 h");
        assertThat(Dates.age(LocalDate.of(2026, 11, 22), null, null, now, CHICAGO))
                .isEqualTo("1 d");
        assertThat(Dates.age(LocalDate.of(2026, 10, 1), null, null, now, CHICAGO))
                .isEqualTo("7 wk");
        assertThat(Dates.age(LocalDate.of(2025, 11, 20), null, null, now, CHICAGO))
                .isEqualTo("12 mo");
        assertThat(Dates.age(LocalDate.of(1948, 3, 11), null, null, now, CHICAGO))
                .isEqualTo("78 y");
        assertThat(Dates.age(LocalDate.of(1948, 3, 11), null, LocalDate.of(2020, 3, 10), now, CHICAGO))
                .isEqualTo("71 y");
        assertThat(Dates.age(null, null, null, now, CHICAGO)).isNull();
    }

    @Test
    void every_severe_allergy_is_named_and_what_does_not_fit_is_counted() {
        List<Tag> tags = allergies(
                Entries.signed(Entries.allergyTo("Latex", "low", "hives")),
                Entries.signed(Entries.allergyTo("Dust", "low")),
                Entries.signed(Entries.allergyTo("Penicillin", "high", "anaphylaxis")),
                Entries.signed(Entries.allergyTo("Peanut", "high", "anaphylaxis")),
                Entries.signed(Entries.allergyTo("Wasp venom", "high", "anaphylaxis")),
                Entries.signed(Entries.allergyTo("Iodine contrast", "high", "shock")));
        assertThat(tags)
                .extracting(Tag::text)
                .containsExactly(
                        "▲ Penicillin: anaphylaxis",
                        "▲ Peanut: anaphylaxis",
                        "▲ Wasp venom: anaphylaxis",
                        "▲ Iodine contrast: shock",
                        "+2 allergies");
    }

    @Test
    void an_unsigned_allergy_protects_and_says_that_it_is_unsigned() {
        assertThat(allergies(Entries.unsigned(Entries.allergyTo("Latex", null, "hives"))))
                .extracting(Tag::text)
                .containsExactly("▲ Latex: hives · unsigned");
    }

    @Test
    void none_known_none_on_file_and_not_asked_are_three_things() {
        assertThat(allergies(Entries.signed(Entries.noneKnown())))
                .extracting(Tag::text)
                .containsExactly("No known allergies (14 Nov)");
        assertThat(allergies()).extracting(Tag::text).containsExactly("Allergies not asked");
        assertThat(Banners.allergies(new ChartSafety.Facts(List.of(), Entries.EVENT, null, null, 0), Entries.WORDS))
                .extracting(Tag::text)
                .containsExactly("No allergy on file (asked 14 Nov)");
    }

    @Test
    void a_drug_whose_stop_is_unsigned_stays_on_the_list_with_its_mark() {
        Content running = Entries.orderOf("Furosemide 20 mg tablet", "1 by mouth daily", "active", null);
        Content stopped = Entries.orderOf("Furosemide 20 mg tablet", "1 by mouth daily", "stopped", null);
        List<Row> rows =
                Medications.rows(List.of(Entries.pending(EntryId.next(), running, stopped, "stop")), Entries.WORDS);
        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.title()).isEqualTo("Furosemide 20 mg tablet");
            assertThat(row.tags()).extracting(Tag::text).containsExactly("■ Stop pending signature");
        });
    }

    @Test
    void an_order_and_the_one_that_is_to_replace_it_stand_as_one_line() {
        EntryId former = EntryId.next();
        Content running = Entries.orderOf("Furosemide 20 mg tablet", "1 by mouth daily", "active", null);
        Content replaced = Entries.orderOf("Furosemide 20 mg tablet", "1 by mouth daily", "replaced", null);
        Content successor = Entries.orderOf("Furosemide 40 mg tablet", "1 by mouth daily", "active", former);
        List<Row> rows = Medications.rows(
                List.of(Entries.proposed(successor), Entries.pending(former, running, replaced, "change")),
                Entries.WORDS);
        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.title()).isEqualTo("Furosemide 20 mg tablet");
            assertThat(row.becomes()).isEqualTo("Furosemide 40 mg tablet · 1 by mouth daily");
            assertThat(row.tags()).extracting(Tag::text).containsExactly("↷ Change pending signature");
        });
    }

    @Test
    void a_note_is_cut_into_headings_lists_and_paragraphs_and_loses_no_word() {
        String text =
                "# Assessment\nBreathless on one flight.\n<b>no markup</b>\n\nPLAN:\n- furosemide 40 mg\n- recheck potassium\nBack in a week.";
        List<NoteText.Block> blocks = NoteText.blocks(text);
        assertThat(blocks)
                .extracting(NoteText.Block::kind)
                .containsExactly("heading", "paragraph", "heading", "list", "paragraph");
        assertThat(blocks.get(1).text()).isEqualTo("Breathless on one flight.\n<b>no markup</b>");
        assertThat(blocks.get(3).lines()).containsExactly("furosemide 40 mg", "recheck potassium");
    }

    @Test
    void a_choice_that_no_page_gave_out_is_refused() {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> Pick.parse("x_y_1_zz_author")))
                .isInstanceOf(org.chartkeeper.platform.Rejected.class);
    }

    private static List<Tag> allergies(EntryView... entries) {
        return Banners.allergies(new ChartSafety.Facts(List.of(entries), null, null, null, 0), Entries.WORDS);
    }

    private static Content.Component part(String code, String name, String number) {
        return new Content.Component(
                Concept.of(Concept.LOINC, code, name), new Content.Value(number, "mm[Hg]", "mm[Hg]", null, null), null);
    }

    private static Content.Observation observation(
            String number, String interpretation, Content.Component... components) {
        return new Content.Observation(
                "laboratory",
                Concept.of(Concept.LOINC, "2160-0", "Creatinine"),
                number == null ? null : new Content.Value(number, "mg/dL", "mg/dL", null, null),
                List.of(components),
                "final",
                interpretation,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
