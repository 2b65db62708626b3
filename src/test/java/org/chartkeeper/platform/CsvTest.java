package org.chartkeeper.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Lines that a spreadsheet reads. */
class CsvTest {

    @Test
    void quotes_and_commas_stay_in_their_cell() {
        assertThat(Csv.line("say \"so\", twice", "b")).isEqualTo("\"say \"\"so\"\", twice\",\"b\"\r\n");
    }

    @Test
    void what_would_be_a_formula_is_text() {
        assertThat(Csv.line("=1+1", "@x", "\rx")).isEqualTo("\"'=1+1\",\"'@x\",\"'\rx\"\r\n");
    }

    @Test
    void nothing_is_an_empty_cell() {
        assertThat(Csv.line(null, "")).isEqualTo(",\r\n");
    }
}
