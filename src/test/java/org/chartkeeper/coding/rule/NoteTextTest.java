package org.chartkeeper.coding.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a note affirms, denies and leaves open. */
class NoteTextTest {

    private static final Pattern PNEUMONIA = Pattern.compile("\\bpneumonia\\b");

    @Test
    void what_is_stated_is_affirmed_and_what_is_denied_is_not() {
        assertThat(new NoteText("Lobar pneumonia.").affirms(PNEUMONIA)).isTrue();
        assertThat(new NoteText("No evidence of pneumonia.").affirms(PNEUMONIA)).isFalse();
    }

    @Test
    void a_text_without_an_end_of_a_sentence_is_read_in_pieces() {
        NoteText note =
                new NoteText("denies chest pain and " + "walks well and ".repeat(5000) + "pneumonia on the left");

        assertThat(note.sentences()).allMatch(sentence -> sentence.length() <= 1000);
        assertThat(note.affirms(PNEUMONIA)).isTrue();
    }

    @Test
    void a_text_without_a_blank_is_read_to_its_end() {
        NoteText note = new NoteText("x".repeat(100_000) + " pneumonia");

        assertThat(note.affirms(PNEUMONIA)).isTrue();
        assertThat(note.words()).contains("pneumonia");
    }
}
