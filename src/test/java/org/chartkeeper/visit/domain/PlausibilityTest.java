package org.chartkeeper.visit.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.chartkeeper.terminology.Units;
import org.chartkeeper.terminology.domain.TestTerminology;
import org.chartkeeper.visit.VitalSign;
import org.chartkeeper.visit.domain.Plausibility.Doubt;
import org.chartkeeper.visit.domain.Plausibility.Last;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each rule with a case in which it fires and one in which it stays quiet. */
class PlausibilityTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);

    private final Units units = TestTerminology.units();
    private final Plausibility rules = new Plausibility(units);

    private @Nullable Doubt check(VitalSign sign, String typed, AgeBand band, @Nullable Last last) {
        return rules.check(sign, units.read(typed, sign.quantity()).orElseThrow(), band, DAY, last);
    }

    private static Last last(String number, String ucum, int daysAgo) {
        return new Last(new BigDecimal(number), ucum, DAY.minusDays(daysAgo));
    }

    private static void quiet(@Nullable Doubt doubt) {
        assertThat(doubt).isNull();
    }

    private static void fires(@Nullable Doubt doubt, String rule, boolean warning) {
        assertThat(doubt).isNotNull();
        assertThat(doubt.rule()).isEqualTo(rule);
        assertThat(doubt.warning()).isEqualTo(warning);
    }

    @Test
    void vs01_what_no_living_person_of_that_age_can_have_is_an_error() {
        fires(check(VitalSign.HEART_RATE, "400", AgeBand.ADULT, null), "VS-01", false);
        fires(check(VitalSign.PAIN, "11", AgeBand.ADULT, null), "VS-01", false);
        fires(check(VitalSign.SATURATION, "104", AgeBand.ADULT, null), "VS-01", false);
        fires(Plausibility.pressure(400, 100, AgeBand.ADULT), "VS-01", false);
        quiet(check(VitalSign.HEART_RATE, "88", AgeBand.ADULT, null));
    }

    @Test
    void vs02_what_is_usual_depends_on_the_age() {
        fires(check(VitalSign.HEART_RATE, "160", AgeBand.ADULT, null), "VS-02", true);
        quiet(check(VitalSign.HEART_RATE, "160", AgeBand.NEWBORN, null));
        fires(check(VitalSign.RESPIRATORY_RATE, "40", AgeBand.ADULT, null), "VS-02", true);
        quiet(check(VitalSign.RESPIRATORY_RATE, "40", AgeBand.NEWBORN, null));
        fires(Plausibility.pressure(240, 110, AgeBand.ADULT), "VS-02", true);
        quiet(Plausibility.pressure(142, 78, AgeBand.ADULT));
    }

    @Test
    void vs03_a_weight_that_changed_by_more_than_ten_percent_within_30_days_is_asked_about() {
        fires(check(VitalSign.WEIGHT, "180 lb", AgeBand.ADULT, last("157", "[lb_av]", 9)), "VS-03", true);
        quiet(check(VitalSign.WEIGHT, "160 lb", AgeBand.ADULT, last("157", "[lb_av]", 9)));
        quiet(check(VitalSign.WEIGHT, "180 lb", AgeBand.ADULT, last("157", "[lb_av]", 200)));
        quiet(check(VitalSign.WEIGHT, "10 lb", AgeBand.INFANT, last("8.5", "[lb_av]", 20)));
    }

    @Test
    void vs04_an_adult_does_not_change_height_by_five_centimeters() {
        fires(check(VitalSign.HEIGHT, "67", AgeBand.ADULT, last("64", "[in_i]", 90)), "VS-04", true);
        quiet(check(VitalSign.HEIGHT, "64.5", AgeBand.ADULT, last("64", "[in_i]", 90)));
    }

    @Test
    void vs05_pounds_typed_as_kilograms_are_named_with_their_repair() {
        Doubt doubt = check(VitalSign.WEIGHT, "157 kg", AgeBand.ADULT, last("157", "[lb_av]", 8));
        fires(doubt, "VS-05", true);
        assertThat(doubt.message()).isEqualTo("346 lb, was 157 lb on 14 Nov. Pounds meant?");
        assertThat(doubt.repair()).isEqualTo("157 lb");
        Doubt kilograms = check(VitalSign.WEIGHT, "71.4", AgeBand.ADULT, null);
        fires(kilograms, "VS-05", true);
        assertThat(kilograms.repair()).isEqualTo("71.4 kg");
        quiet(check(VitalSign.WEIGHT, "71.4 kg", AgeBand.ADULT, last("157", "[lb_av]", 8)));
    }

    @Test
    void vs06_fahrenheit_and_celsius_are_told_apart() {
        Doubt doubt = check(VitalSign.TEMPERATURE, "98.2 C", AgeBand.ADULT, null);
        fires(doubt, "VS-06", false);
        assertThat(doubt.repair()).isEqualTo("98.2 °F");
        fires(check(VitalSign.TEMPERATURE, "37", AgeBand.ADULT, null), "VS-06", false);
        quiet(check(VitalSign.TEMPERATURE, "37 C", AgeBand.ADULT, null));
        quiet(check(VitalSign.TEMPERATURE, "98.2", AgeBand.ADULT, null));
    }

    @Test
    void vs07_a_swapped_pressure_is_named_with_its_repair() {
        Doubt doubt = Plausibility.pressure(78, 142, AgeBand.ADULT);
        fires(doubt, "VS-07", false);
        assertThat(doubt.repair()).isEqualTo("142/78");
    }

    @Test
    void vs08_pressures_that_nearly_touch_are_asked_about() {
        fires(Plausibility.pressure(90, 84, AgeBand.ADULT), "VS-08", true);
        quiet(Plausibility.pressure(90, 60, AgeBand.ADULT));
    }

    @Test
    void vs09_a_body_mass_index_that_nobody_has_points_at_weight_or_height() {
        fires(Plausibility.bodyMass(new BigDecimal("71.3"), AgeBand.ADULT), "VS-09", true);
        quiet(Plausibility.bodyMass(new BigDecimal("26.9"), AgeBand.ADULT));
    }

    @Test
    void vs10_a_child_does_not_become_shorter() {
        fires(check(VitalSign.HEIGHT, "100 cm", AgeBand.CHILD, last("104", "cm", 60)), "VS-10", true);
        fires(check(VitalSign.HEAD, "42", AgeBand.INFANT, last("43", "cm", 60)), "VS-10", true);
        quiet(check(VitalSign.HEIGHT, "108 cm", AgeBand.CHILD, last("104", "cm", 60)));
    }

    @Test
    void ages_fall_into_their_bands() {
        assertThat(AgeBand.at(DAY.minusDays(28), DAY)).isEqualTo(AgeBand.NEWBORN);
        assertThat(AgeBand.at(DAY.minusDays(29), DAY)).isEqualTo(AgeBand.INFANT);
        assertThat(AgeBand.at(DAY.minusYears(1), DAY)).isEqualTo(AgeBand.CHILD);
        assertThat(AgeBand.at(DAY.minusYears(18), DAY)).isEqualTo(AgeBand.ADULT);
        assertThat(AgeBand.at(null, DAY)).isEqualTo(AgeBand.ADULT);
    }
}
