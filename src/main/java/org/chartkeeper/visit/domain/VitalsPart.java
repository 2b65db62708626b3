package org.chartkeeper.visit.domain;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.Content.Component;
import org.chartkeeper.chart.Content.Value;
import org.chartkeeper.chart.EntryCommand.Statement;
import org.chartkeeper.chart.EntryCommand.VersionKind;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.terminology.Quantity;
import org.chartkeeper.terminology.Units;
import org.chartkeeper.terminology.Units.Measure;
import org.chartkeeper.visit.UpdateItem;
import org.chartkeeper.visit.VitalSign;
import org.jspecify.annotations.Nullable;

/** Sets of vital signs: reads, checks against limits and the last value, and makes observations. */
final class VitalsPart {

    private static final Pattern PRESSURE = Pattern.compile(
            "([0-9]{2,3})\\s*(?:/|\\\\|over)\\s*([0-9]{2,3})\\s*(?:mm\\s?hg)?", Pattern.CASE_INSENSITIVE);
    private static final UpdateItem ITEM = UpdateItem.VITALS;

    private final Plan plan;
    private final Units units;
    private final Plausibility plausibility;

    VitalsPart(Plan plan, Units units) {
        this.plan = plan;
        this.units = units;
        this.plausibility = new Plausibility(units);
    }

    void plan() {
        for (int set : plan.sheet.rows("vs")) {
            plan("vs" + set + ".");
        }
    }

    private void plan(String set) {
        Instant taken = Said.moment(plan, set + "on", set + "time", plan.ground.event());
        if (taken.isAfter(plan.ground.now())) {
            plan.wrong(set + "time", "It cannot have been measured in the future");
        }
        Statement statement = plan.sheet.has(set + "by")
                ? plan.said.by(
                        plan.sheet.get(set + "by"),
                        plan.sheet.has(set + "time")
                                ? taken
                                : plan.said.statement().at())
                : plan.said.statement();
        Measure weight = null;
        Measure height = null;
        for (VitalSign sign : VitalSign.values()) {
            String field = set + sign.key();
            if (!plan.sheet.has(field)) {
                continue;
            }
            if (sign == VitalSign.PRESSURE) {
                Content.Observation content = pressure(field, set);
                if (content != null) {
                    write(field, content, taken, statement);
                }
                continue;
            }
            Measure measure = measure(field, sign);
            if (measure == null) {
                continue;
            }
            weight = sign == VitalSign.WEIGHT ? measure : weight;
            height = sign == VitalSign.HEIGHT ? measure : height;
            write(field, observation(sign, measure, circumstance(sign, set)), taken, statement);
        }
        bodyMass(set, weight, height, taken, statement);
    }

    private @Nullable Measure measure(String field, VitalSign sign) {
        Optional<Measure> read = units.read(plan.sheet.get(field), sign.quantity());
        if (read.isEmpty()) {
            plan.wrong(ITEM, field, sign.label() + ": enter a number" + unitWords(sign.quantity()));
            return null;
        }
        Measure measure = read.get();
        plan.echo(field, units.echo(measure));
        Plausibility.Doubt doubt = plausibility.check(
                sign,
                measure,
                plan.ground.band(),
                plan.ground.day(plan.ground.work().started()),
                last(sign));
        if (doubt != null) {
            plan.doubt(field, doubt);
        }
        return measure;
    }

    private static String unitWords(Quantity quantity) {
        List<String> known = quantity.units();
        return known.size() < 2 ? "" : ", with one of " + String.join(", ", known) + " after it or none";
    }

    private Plausibility.@Nullable Last last(VitalSign sign) {
        EntryView entry = plan.ground.standing().latest().get(sign.loinc());
        if (entry == null || !(entry.content() instanceof Content.Observation observation)) {
            return null;
        }
        Value value = observation.value();
        // The newest value may be this visit's own, posted before: then it is no last one.
        if (value == null
                || value.number() == null
                || plan.ground.work().visit().equals(entry.encounter())) {
            return null;
        }
        String ucum = ucum(sign, value);
        try {
            BigDecimal number = new BigDecimal(value.number());
            plausibility.canonical(sign, number, ucum);
            return new Plausibility.Last(number, ucum, plan.ground.day(entry.event()));
        } catch (IllegalArgumentException unknownUnit) {
            return null;
        }
    }

    private String ucum(VitalSign sign, Value value) {
        if (value.ucum() != null) {
            return value.ucum();
        }
        String code = units.ucum(value.unit() == null ? sign.quantity().usual() : value.unit());
        return code == null ? "" : code;
    }

    private Content.@Nullable Observation pressure(String field, String set) {
        Matcher read = PRESSURE.matcher(plan.sheet.get(field));
        if (!read.matches()) {
            plan.wrong(ITEM, field, "Blood pressure: enter two numbers, such as 142/78");
            return null;
        }
        int systolic = Integer.parseInt(read.group(1));
        int diastolic = Integer.parseInt(read.group(2));
        Plausibility.Doubt doubt = Plausibility.pressure(systolic, diastolic, plan.ground.band());
        if (doubt != null) {
            plan.doubt(field, doubt);
        }
        String typed = plan.sheet.get(field);
        return new Content.Observation(
                "vital-signs",
                Concept.of(Concept.LOINC, VitalSign.PRESSURE.loinc(), VitalSign.PRESSURE.title()),
                null,
                List.of(
                        component(VitalSign.SYSTOLIC, "Systolic blood pressure", read.group(1), typed),
                        component(VitalSign.DIASTOLIC, "Diastolic blood pressure", read.group(2), typed)),
                "final",
                null,
                null,
                null,
                null,
                null,
                null,
                circumstance(VitalSign.PRESSURE, set),
                null,
                null);
    }

    private static Component component(String loinc, String title, String number, String typed) {
        String plain = Integer.toString(Integer.parseInt(number));
        return new Component(
                Concept.of(Concept.LOINC, loinc, title), new Value(plain, "mmHg", "mm[Hg]", null, typed), null);
    }

    private @Nullable String circumstance(VitalSign sign, String set) {
        List<String> words = new ArrayList<>();
        if (sign == VitalSign.PRESSURE) {
            words.add(plan.sheet.get(set + "position"));
            words.add(plan.sheet.get(set + "site"));
        } else if (sign == VitalSign.SATURATION) {
            words.add(oxygen(set + "o2"));
        }
        words.removeIf(String::isEmpty);
        return words.isEmpty() ? null : String.join(", ", words);
    }

    /** Room air, or liters per minute. */
    private String oxygen(String field) {
        String typed = plan.sheet.get(field);
        if (typed.isEmpty() || typed.equalsIgnoreCase("room air") || typed.equalsIgnoreCase("ra")) {
            return typed.isEmpty() ? "" : "room air";
        }
        Optional<Measure> flow = units.read(typed, Quantity.FLOW);
        if (flow.isEmpty() || flow.get().number().doubleValue() > 100) {
            plan.wrong(ITEM, field, "Oxygen: enter room air, or liters per minute");
            return "";
        }
        return "oxygen " + flow.get().number().toPlainString() + " L/min";
    }

    private static Content.Observation observation(VitalSign sign, Measure measure, @Nullable String circumstance) {
        return observation(
                sign.loinc(),
                sign.title(),
                new Value(measure.number().toPlainString(), measure.unit(), measure.ucum(), null, measure.typed()),
                circumstance,
                null);
    }

    private static Content.Observation observation(
            String loinc, String title, Value value, @Nullable String circumstance, @Nullable String note) {
        return new Content.Observation(
                "vital-signs",
                Concept.of(Concept.LOINC, loinc, title),
                value,
                List.of(),
                "final",
                null,
                null,
                null,
                null,
                null,
                null,
                circumstance,
                null,
                note);
    }

    private void bodyMass(
            String set, @Nullable Measure weight, @Nullable Measure height, Instant taken, Statement statement) {
        if (weight == null) {
            return;
        }
        Measure tall = height;
        if (tall == null && plan.ground.band() == AgeBand.ADULT) {
            // An adult's last height will do for the hint; an entry is made only from what was measured together.
            Plausibility.Last known = last(VitalSign.HEIGHT);
            tall = known == null ? null : new Measure("", Quantity.LENGTH, known.number(), "", known.ucum(), true);
        }
        if (tall == null || tall.number().signum() == 0) {
            return;
        }
        BigDecimal index = plausibility.bodyMass(weight, tall);
        plan.echo(set + "bmi", index.toPlainString());
        if (height == null || plan.findings().stream().anyMatch(found -> !found.warning())) {
            return;
        }
        Plausibility.Doubt doubt = Plausibility.bodyMass(index, plan.ground.band());
        if (doubt != null) {
            plan.doubt(set + "height", doubt);
        }
        write(
                set + "bmi",
                observation(
                        VitalSign.BODY_MASS_INDEX,
                        "Body mass index",
                        new Value(index.toPlainString(), "kg/m²", "kg/m2", null, null),
                        null,
                        "Computed from weight and height"),
                taken,
                statement);
    }

    private void write(String field, Content.Observation content, Instant taken, Statement statement) {
        EntryView standing = standing(field);
        if (standing != null) {
            VersionKind kind = standing.signedAt() == null ? VersionKind.REVISION : VersionKind.CORRECTION;
            plan.change(ITEM, field, "correction", kind, standing, content, "Entered differently by two people");
            return;
        }
        EntryView same = plan.ground.standing().ofVisit().stream()
                .filter(entry -> !entry.retracted() && entry.event().equals(taken))
                .filter(entry -> entry.content() instanceof Content.Observation there
                        && Objects.equals(there.code().first(), content.code().first()))
                .findFirst()
                .orElse(null);
        if (same != null && !field.endsWith(".bmi")) {
            plan.wrong(
                    ITEM,
                    field,
                    content.title() + " of this moment is already entered: "
                            + shown((Content.Observation) same.content()) + ". Give another time, or leave it");
            return;
        }
        if (same == null) {
            plan.create(ITEM, field, content, taken, "minute", statement);
        }
    }

    /** The entry that a conflict was decided about. */
    private @Nullable EntryView standing(String field) {
        String id = plan.sheet.get("on." + field);
        return id.isEmpty()
                ? null
                : plan.ground.standing().ofVisit().stream()
                        .filter(entry -> entry.id().toString().equals(id))
                        .findFirst()
                        .orElse(null);
    }

    /** A value in one word: {@code 142/78 mmHg}, {@code 157 lb}. */
    static String shown(Content.Observation observation) {
        if (observation.value() != null) {
            return observation.value().display();
        }
        List<String> parts = new ArrayList<>();
        String unit = "";
        for (Component component : observation.components()) {
            Value value = component.value();
            if (value != null && value.number() != null) {
                parts.add(value.number());
                unit = value.unit() == null ? unit : value.unit();
            }
        }
        return String.join("/", parts) + (unit.isEmpty() ? "" : " " + unit);
    }

    /** The same value read anew from other words, for an entry that came back; null where it cannot be read. */
    Content.@Nullable Observation reread(String field, Content.Observation was) {
        for (VitalSign sign : VitalSign.values()) {
            if (!sign.loinc().equals(was.code().code(Concept.LOINC))) {
                continue;
            }
            if (sign == VitalSign.PRESSURE) {
                return pressure(field, "");
            }
            Measure measure = measure(field, sign);
            return measure == null ? null : observation(sign, measure, was.circumstance());
        }
        plan.wrong(ITEM, field, was.title() + " cannot be changed here; take it back and enter it again");
        return null;
    }
}
