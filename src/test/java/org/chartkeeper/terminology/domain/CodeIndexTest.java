package org.chartkeeper.terminology.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What words find in an index of a few phrases. */
class CodeIndexTest {

    private static final LayWords LAY = new LayWords(CodeIndex::words);

    private static List<Integer> found(String typed, String... phrases) {
        CodeIndex.Builder builder = new CodeIndex.Builder();
        for (int i = 0; i < phrases.length; i++) {
            builder.add(i, phrases[i], true);
        }
        return builder.build().search(typed, LAY, word -> false).stream()
                .map(CodeIndex.Hit::position)
                .toList();
    }

    @Test
    void what_the_titles_write_with_a_hyphen_is_found_as_one_word() {
        assertThat(found("preeclampsia", "Severe pre-eclampsia", "Eclampsia"))
                .first()
                .isEqualTo(0);
    }

    @Test
    void a_number_finds_the_range_that_it_lies_in() {
        assertThat(found(
                        "body mass index 42",
                        "Body mass index [BMI] 30.0-30.9, adult",
                        "Body mass index [BMI] 40.0-44.9, adult",
                        "Body mass index [BMI] 45.0-49.9, adult"))
                .first()
                .isEqualTo(1);
    }

    @Test
    void words_that_mean_one_thing_together_are_not_taken_apart() {
        assertThat(found("blood clot lung", "Blood clot in bladder", "Pulmonary embolism"))
                .first()
                .isEqualTo(1);
    }

    @Test
    void a_single_word_that_also_means_another_stays_what_it_is_first() {
        assertThat(found("cut", "Laceration", "Cut")).first().isEqualTo(1);
    }
}
