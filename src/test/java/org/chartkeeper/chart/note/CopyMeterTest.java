package org.chartkeeper.chart.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.Uuid7;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CopyMeterTest {

    private static final Instant FIRST = Instant.parse("2025-03-01T15:00:00Z");

    /** Phrases that every note has; none is long enough to count. */
    private static final String[] STOCK = {
        "no acute distress", "denies chest pain", "regular rate and rhythm", "clear to auscultation bilaterally",
        "follow up in two weeks", "alert and oriented", "takes all tablets as ordered", "shortness of breath"
    };

    private static final String[] WORDS = """
            swelling ankle knee worse better morning evening stairs walk daughter kitchen sleep pillow appetite weight
            loss gain cough dry wet sputum fever chills sweats rash itch left right upper lower arm leg back neck dull
            sharp burning radiates rest exertion relieved aggravated tablet dose missed doubled halved nausea after meal
            before bed water salt bread coffee smoke quit pack alcohol none glass week month year since until when
            while never always sometimes mild moderate severe stable slowly quickly measured pressure pulse oxygen edema
            murmur crackles wheeze soft tender mass liver spleen stool urine color dark light vision hearing gait cane
            fall grip tremor mood anxious cheerful tired son neighbor driver work retired church garden dog""".split("\\s+");

    private static String sentence(Random random) {
        StringBuilder made = new StringBuilder();
        int length = 8 + random.nextInt(8);
        int stock = random.nextInt(length);
        for (int i = 0; i < length; i++) {
            made.append(i == 0 ? "" : " ")
                    .append(i == stock ? STOCK[random.nextInt(STOCK.length)] : WORDS[random.nextInt(WORDS.length)]);
        }
        return made.append('.').toString();
    }

    private static List<String> paragraphs(Random random, int number) {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            made.add(sentence(random) + " " + sentence(random) + "\n" + sentence(random));
        }
        return made;
    }

    private static CopyMeter.Earlier earlier(int days, String text) {
        return new CopyMeter.Earlier(
                new EntryId(Uuid7.next()), FIRST.plus(days, ChronoUnit.DAYS), "Progress note", false, "", text);
    }

    private static int words(String text) {
        return text.strip().split("\\s+").length;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 30, 70, 95})
    void a_planted_share_is_measured_within_two_points(int planted) {
        for (int seed = 0; seed < 25; seed++) {
            Random random = new Random(seed);
            List<CopyMeter.Earlier> notes = new ArrayList<>();
            List<String> old = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                List<String> text = paragraphs(random, 8);
                old.addAll(text);
                notes.add(earlier(i * 20, "# Subjective\n\n" + String.join("\n\n", text)));
            }
            Collections.shuffle(old, random);
            List<String> made = new ArrayList<>();
            int copied = 0;
            int all = 0;
            for (String own : paragraphs(random, 80)) {
                boolean copy = all > 0 ? 100.0 * copied / all < planted : planted > 0;
                String text = copy ? old.remove(old.size() - 1) : own;
                copied += copy ? words(text) : 0;
                all += words(text);
                made.add(text);
            }
            double truth = 100.0 * copied / all;
            CopyMeter.Reading reading = new CopyMeter(notes).read("# Subjective\n\n" + String.join("\n\n", made));
            assertThat(reading.share()).as("seed " + seed).isCloseTo(truth, within(2.0));
            assertThat(truth).isCloseTo(planted, within(2.0));
        }
    }

    @Test
    void case_punctuation_accents_and_line_breaks_make_no_difference() {
        CopyMeter meter = new CopyMeter(
                List.of(earlier(0, "Señora Pérez walks two blocks, then rests; no chest pain at all today.")));
        assertThat(meter.read("SENORA PEREZ walks two\nblocks then rests - no chest pain at all TODAY")
                        .share())
                .isEqualTo(100);
    }

    @Test
    void a_changed_number_breaks_the_run_it_stands_in() {
        CopyMeter meter =
                new CopyMeter(List.of(earlier(0, "Furosemide 20 mg daily by mouth in the morning with food")));
        assertThat(meter.read("Furosemide 40 mg daily by mouth in the morning with food")
                        .copied())
                .isEqualTo(9);
    }

    @Test
    void short_lines_of_a_list_count_as_a_whole() {
        CopyMeter meter = new CopyMeter(List.of(earlier(0, "- Metformin 500 mg\n- Aspirin 81 mg\n- rest")));
        CopyMeter.Reading reading = meter.read("- Aspirin 81 mg\n- Lisinopril 10 mg");
        assertThat(reading.words()).isEqualTo(6);
        assertThat(reading.copied()).isEqualTo(3);
    }

    @Test
    void the_oldest_source_is_named_and_the_blocks_stand_where_the_words_are() {
        String said = "Lives alone on the third floor without a lift";
        CopyMeter.Earlier oldest = earlier(0, said + ".");
        CopyMeter.Earlier newest = earlier(300, "New today.\n\n" + said + ".");
        CopyMeter.Reading reading =
                new CopyMeter(List.of(newest, oldest)).read("# Social history\n\nWidowed. " + said + ". Retired.");
        assertThat(reading.oldest()).isEqualTo(oldest);
        assertThat(reading.blocks()).hasSize(1);
        CopyMeter.Block block = reading.blocks().get(0);
        assertThat("# Social history\n\nWidowed. Lives alone on the third floor without a lift. Retired."
                        .substring(block.from(), block.to()))
                .isEqualTo(said);
        assertThat(block.oldest()).isEqualTo(oldest);
        assertThat(block.newest()).isEqualTo(newest);
    }

    @Test
    void headings_and_an_empty_text_count_for_nothing() {
        CopyMeter meter = new CopyMeter(List.of(earlier(0, "# History of present illness and of all that was before")));
        assertThat(meter.read("# History of present illness and of all that was before")
                        .share())
                .isZero();
        assertThat(meter.read("").share()).isZero();
    }

    @Test
    void every_paragraph_has_its_origin() {
        CopyMeter.Earlier march = earlier(0, "Lives alone on the third floor without a lift in the house.");
        CopyMeter.Earlier april = earlier(30, march.text());
        CopyMeter.Earlier outside = new CopyMeter.Earlier(
                new EntryId(Uuid7.next()),
                FIRST,
                "Letter",
                true,
                "",
                "Appendectomy in 1972 at County General, uneventful.");
        String text = "# Subjective\n\nFeels better today.\n\nEats well.\n\n" + march.text()
                + "\n\n# Plan\n\nTime-out:\n\n" + outside.text();
        List<CopyMeter.Earlier> notes = List.of(march, april, outside);
        assertThat(Origins.of(text, notes, List.of(), "Consent:\nTime-out:", "typed"))
                .containsExactly(
                        new Content.Passage(2, "typed", null),
                        new Content.Passage(1, "copied", ref(april)),
                        new Content.Passage(1, "template", null),
                        new Content.Passage(1, "imported", ref(outside)));
        assertThat(Origins.of(march.text(), notes, List.of(march.entry()), "", "typed"))
                .containsExactly(new Content.Passage(1, "copied", ref(march)));
    }

    private static Content.EntryRef ref(CopyMeter.Earlier earlier) {
        return new Content.EntryRef(earlier.entry().toString());
    }

    @Test
    void three_hundred_notes_are_measured_in_a_blink() {
        Random random = new Random(7);
        List<CopyMeter.Earlier> notes = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            notes.add(earlier(i, String.join("\n\n", paragraphs(random, 12))));
        }
        String text = String.join("\n\n", paragraphs(random, 20));
        new CopyMeter(notes).read(text);
        // What this thread takes of a processor, however many others want it.
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long begin = threads.getCurrentThreadCpuTime();
        new CopyMeter(notes).read(text);
        assertThat((threads.getCurrentThreadCpuTime() - begin) / 1_000_000).isLessThan(1_500);
    }

    @Test
    void a_correction_keeps_the_origin_of_every_paragraph_that_it_leaves_alone() {
        Content.EntryRef source = new Content.EntryRef("0b9cf4a2-0000-7000-8000-000000000001");
        Content.Note before = new Content.Note(
                "progress",
                Concept.of("Progress note"),
                "final",
                "# History\n\nSmokes.\n\nLives alone.\n\n# Plan\n\nReturn in May.",
                null,
                List.of(new Content.Passage(2, "copied", source), new Content.Passage(1, "dictated", null)));
        assertThat(Origins.carried(before, "# History\n\nNever smoked.\n\nLives alone.\n\n# Plan\n\nReturn in May."))
                .containsExactly(
                        new Content.Passage(1, "typed", null),
                        new Content.Passage(1, "copied", source),
                        new Content.Passage(1, "dictated", null));
        assertThat(Origins.carried(before, before.text())).isEqualTo(before.passages());
    }
}
