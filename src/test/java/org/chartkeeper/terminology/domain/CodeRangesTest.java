package org.chartkeeper.terminology.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeRangesTest {

    private static final NavigableSet<String> KNOWN = new TreeSet<>(List.of(
            "E08", "E085", "E0851", "E0852", "E09", "E0951", "I69", "I6903", "I69023", "I69123", "I69024", "T36",
            "T360", "T360X", "T360X5", "T360X5A", "T360X1", "T369", "T3695", "T3695XA", "T436", "T4365", "T43651",
            "T43655", "V01", "V0109", "V0101"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "heart failure (I50.-)|I50",
                "diabetes (E08-E13)|E08-E13",
                "insulin (Z79.4, Z79.84)|Z79.4 Z79.84",
                "tobacco use (Z72.0)|Z72.0",
                "secondary (C79.8-)|C79.8",
                "abortion (O00-O07, O08.-)|O00-O07 O08",
                "range of subcodes (F10.10-F10.19)|F10.10-F10.19",
                "two notes (A15.-) and (B90.9)|A15 B90.9",
                "fractures (with displacement)|",
                "adverse effect (T36-T43 with fifth or sixth character 5)|T36.0X5 T36.95 T43.655",
                "poisoning (T36-T36 with fifth or sixth character 1-4 or 6)|T36.0X1",
                "pedestrian (V01-V09 with 5th character 9)|V01.09",
                "weakness (I69. with final characters -23)|I69.023 I69.123",
                "peripheral angiopathy (E08-E09 with .51-.52)|E08.51-E08.52 E09.51-E09.52",
                "unclear (E08-E13 with some other thing)|"
            })
    void the_codes_in_parentheses_are_read(String words, String expected) {
        String read = CodeRanges.in(words, KNOWN).stream()
                .map(range -> range.from().equals(range.to()) ? range.from() : range.from() + "-" + range.to())
                .collect(Collectors.joining(" "));
        assertThat(read).isEqualTo(expected == null ? "" : expected);
    }
}
