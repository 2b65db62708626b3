package org.chartkeeper.coding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.chartkeeper.coding.Kappa.Pair;
import org.junit.jupiter.api.Test;

/** Agreement beyond chance. */
class KappaTest {

    @Test
    void two_who_agree_on_everything_have_one() {
        assertThat(Kappa.of(List.of(new Pair("E11.9", "E11.9"), new Pair("I10", "I10"))))
                .isEqualTo(1.0);
    }

    @Test
    void two_who_agree_no_more_than_chance_would_have_none() {
        assertThat(Kappa.of(List.of(new Pair("A", "A"), new Pair("A", "B"), new Pair("B", "A"), new Pair("B", "B"))))
                .isCloseTo(0.0, within(1e-9));
    }

    /** Cohen's formula by hand: 20 and 15 agreed of 50, marginals 25/25 and 30/20. */
    @Test
    void the_classic_example_gives_forty_hundredths() {
        List<Pair> pairs = new ArrayList<>();
        pairs.addAll(Collections.nCopies(20, new Pair("yes", "yes")));
        pairs.addAll(Collections.nCopies(5, new Pair("yes", "no")));
        pairs.addAll(Collections.nCopies(10, new Pair("no", "yes")));
        pairs.addAll(Collections.nCopies(15, new Pair("no", "no")));

        assertThat(Kappa.of(pairs)).isCloseTo(0.4, within(1e-9));
    }

    @Test
    void a_code_that_one_of_them_did_not_give_counts_against() {
        assertThat(Kappa.of(List.of(new Pair("E11.9", "E11.9"), new Pair("I10", null))))
                .isLessThan(1.0);
    }

    @Test
    void without_a_code_there_is_no_figure() {
        assertThat(Kappa.of(List.of())).isNull();
    }
}
