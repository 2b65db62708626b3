package org.chartkeeper.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {

    record Thing(String name, @Nullable String absent, List<Integer> numbers, PartialDate date) {}

    @Test
    void sorts_members_and_leaves_absent_ones_out() {
        assertThat(CanonicalJson.of(new Thing("a", null, List.of(), PartialDate.parse("1948"))))
                .isEqualTo("{\"date\":\"1948\",\"name\":\"a\"}");
        assertThat(CanonicalJson.of(new Thing("a", null, List.of(2, 1), PartialDate.parse("1948-03"))))
                .isEqualTo("{\"date\":\"1948-03\",\"name\":\"a\",\"numbers\":[2,1]}");
    }

    @Test
    void sorts_by_code_units_as_the_example_of_rfc_8785_does() {
        assertThat(CanonicalJson.of(Map.of("\u20ac", 1, "\r", 2, "1", 3, "\u0080", 4, "\ud83d\ude02", 5, "\ufb33", 6)))
                .isEqualTo("{\"\\r\":2,\"1\":3,\"\u0080\":4,\"\u20ac\":1,\"\ud83d\ude02\":5,\"\ufb33\":6}");
    }

    @Test
    void escapes_as_short_as_can_be() {
        assertThat(CanonicalJson.of("\u0001\t\"\\/é")).isEqualTo("\"\\u0001\\t\\\"\\\\/é\"");
    }

    @Test
    void keeps_the_zeros_of_decimals_and_the_nulls_of_arrays() {
        assertThat(CanonicalJson.of(Arrays.asList(new BigDecimal("7.40"), null, true)))
                .isEqualTo("[\"7.40\",null,true]");
    }

    @Test
    void hashes_the_utf_8_bytes() {
        assertThat(CanonicalJson.sha256("abc"))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
