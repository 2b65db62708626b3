package org.chartkeeper.coding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.chartkeeper.platform.Rejected;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeRangeTest {

    @Test
    void a_range_is_read_with_or_without_dot_in_any_case() {
        assertThat(CodeRange.read(" i21.0 - I214 ")).isEqualTo(new CodeRange("I210", "I214"));
    }

    @Test
    void one_code_is_a_range_of_itself() {
        assertThat(CodeRange.read("e11.65")).isEqualTo(new CodeRange("E1165", "E1165"));
    }

    @Test
    void nothing_is_no_range() {
        assertThat(CodeRange.read(" ")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"E13-E11", "E11-99213", "Ｅ11", "E11-", "E11-E12-E13", "%"})
    void what_is_no_range_is_refused(String text) {
        assertThatThrownBy(() -> CodeRange.read(text)).isInstanceOf(Rejected.class);
    }
}
