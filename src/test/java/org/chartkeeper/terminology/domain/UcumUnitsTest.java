package org.chartkeeper.terminology.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.chartkeeper.terminology.Quantity;
import org.chartkeeper.terminology.Units;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UcumUnitsTest {

    private final Units units = new UcumUnits();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "157 | WEIGHT | 157 lb | [lb_av] | 71.2 kg",
                "157 lb | WEIGHT | 157 lb | [lb_av] | 71.2 kg",
                "71.4kg | WEIGHT | 71.4 kg | kg | 157.4 lb",
                "9 lb 4 oz | WEIGHT | 9.25 lb | [lb_av] | 4.2 kg",
                "3200 g | WEIGHT | 3200 g | g | 7.1 lb",
                "5'4\" | LENGTH | 64 in | [in_i] | 162.6 cm",
                "5 ft 4 in | LENGTH | 64 in | [in_i] | 162.6 cm",
                "6' | LENGTH | 72 in | [in_i] | 182.9 cm",
                "163 cm | LENGTH | 163 cm | cm | 64.2 in",
                "98.2 F | TEMPERATURE | 98.2 °F | [degF] | 36.8 °C",
                "98.2 | TEMPERATURE | 98.2 °F | [degF] | 36.8 °C",
                "37 C | TEMPERATURE | 37 °C | Cel | 98.6 °F",
                "36,6 °C | TEMPERATURE | 36.6 °C | Cel | 97.9 °F",
            })
    void a_typed_value_is_read_with_its_unit_and_echoed_in_the_other(
            String typed, Quantity quantity, String shown, String ucum, String echo) {
        Units.Measure measure = units.read(typed, quantity).orElseThrow();
        assertThat(measure.display()).isEqualTo(shown);
        assertThat(measure.ucum()).isEqualTo(ucum);
        assertThat(units.echo(measure)).isEqualTo(echo);
        assertThat(measure.typed()).isEqualTo(typed);
    }

    @ParameterizedTest
    @CsvSource({"abc,WEIGHT", "157 cm,WEIGHT", "12'14,LENGTH", "98.2 kg,TEMPERATURE", "12..4,WEIGHT", "1e9,WEIGHT"})
    void what_is_no_value_of_the_quantity_is_not_read(String typed, Quantity quantity) {
        assertThat(units.read(typed, quantity)).isEmpty();
    }

    @Test
    void pain_is_a_number_of_ten_however_it_is_written() {
        assertThat(units.read("5/10", Quantity.SCORE).orElseThrow().number()).isEqualByComparingTo("5");
        assertThat(units.read("5 of 10", Quantity.SCORE).orElseThrow().number()).isEqualByComparingTo("5");
    }

    @Test
    void units_that_measure_different_things_do_not_convert() {
        assertThat(units.convert(new BigDecimal("100"), "Cel", "[degF]")).isEqualByComparingTo("212");
        org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> units.convert(BigDecimal.ONE, "kg", "cm"));
    }
}
