package org.chartkeeper.patient.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

    @ParameterizedTest
    @CsvSource({"0048-2217,482217", "00482217,482217", "48 22 17,482217", "ab-01,AB01", "000,0"})
    void numbers_are_the_same_without_zeros_and_hyphens(String typed, String plain) {
        assertThat(Numbers.plain(typed)).isEqualTo(plain);
    }

    @Test
    void an_mrn_ends_in_a_digit_that_catches_a_wrong_one_and_a_swap() {
        String mrn = Numbers.mrn(48_221).replace("-", "");
        assertThat(Numbers.checks(mrn)).isTrue();
        assertThat(Numbers.checks("1" + mrn.substring(1))).isFalse();
        assertThat(Numbers.checks("00842216")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1234567893,true", "1234567890,false", "3234567893,false", "123456789,false"})
    void an_npi_checks_with_the_prefix_80840(String digits, boolean valid) {
        assertThat(Numbers.isNpi(digits)).isEqualTo(valid);
    }

    @Test
    void aliases_never_repeat() {
        Set<String> names = new HashSet<>();
        for (int i = 1; i <= 2000; i++) {
            assertThat(names.add(Numbering.alias(i))).as("alias %d", i).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "elanor,eleanor,0.85",
        "witfield,whitfield,0.85",
        "whit,whitfield,0.75",
        "katie,kathy,0.55",
        "nakamura,nakamora,0.85"
    })
    void a_misspelled_name_is_nearly_the_name(String typed, String token, double least) {
        boolean sounds = Names.sounds(typed).stream().anyMatch(Names.sounds(token)::contains);
        assertThat(Finder.alike(typed, token, sounds))
                .isGreaterThanOrEqualTo(least)
                .isLessThan(1);
    }

    @ParameterizedTest
    @CsvSource({"whitfield,garcia", "smith,jones", "ann,bob"})
    void another_name_is_another_name(String typed, String token) {
        assertThat(Finder.alike(typed, token, false)).isLessThan(0.55);
    }
}
