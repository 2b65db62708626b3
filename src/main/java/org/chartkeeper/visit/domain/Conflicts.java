package org.chartkeeper.visit.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.VersionView;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.visit.UpdateConflict;
import org.chartkeeper.visit.UpdateConflict.Field;
import org.chartkeeper.visit.UpdateSheet;
import org.chartkeeper.visit.VitalSign;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sets side by side what an update began from, what others made of it since, and what was typed. */
@Component
class Conflicts {

    private final ChartReader reader;

    Conflicts(ChartReader reader) {
        this.reader = reader;
    }

    /** Somebody else posted this update: values of both that measure the same. */
    UpdateConflict ofVisit(String who, Instant at, Ground ground, UpdateSheet typed) {
        List<Field> fields = new ArrayList<>();
        for (int set : typed.rows("vs")) {
            for (VitalSign sign : VitalSign.values()) {
                String name = "vs" + set + "." + sign.key();
                if (!typed.has(name) || typed.has("on." + name)) {
                    continue;
                }
                there(ground, sign)
                        .ifPresent(entry -> fields.add(new Field(
                                name,
                                sign.label(),
                                null,
                                VitalsPart.shown((Content.Observation) entry.content()),
                                typed.get(name),
                                entry.id().toString(),
                                entry.version())));
            }
        }
        return new UpdateConflict(who, at, ground.work().version(), fields);
    }

    private static Optional<EntryView> there(Ground ground, VitalSign sign) {
        return ground.standing().ofVisit().stream()
                .filter(entry -> !entry.retracted()
                        && entry.content() instanceof Content.Observation observation
                        && sign.loinc().equals(observation.code().code(Concept.LOINC)))
                .findFirst();
    }

    /** Entries that have moved on since they were read. */
    void check(Actor actor, Plan plan) {
        List<Field> fields = new ArrayList<>();
        EntryView newest = null;
        for (Plan.Step step : plan.steps()) {
            EntryView entry = standing(plan, step);
            if (entry == null || plan.readAt(entry) == entry.version()) {
                continue;
            }
            newest = newest == null || entry.enteredAt().isAfter(newest.enteredAt()) ? entry : newest;
            fields.add(field(actor, plan, step, entry));
        }
        if (newest != null) {
            List<VersionView> versions =
                    reader.history(actor, plan.ground.work().patient(), newest.id());
            String who = versions.isEmpty() ? "Somebody else" : versions.get(0).enteredBy();
            throw new UpdateConflict(who, newest.enteredAt(), plan.ground.work().version(), fields);
        }
    }

    /** The entry that a step changes or, for a new order, the one that it replaces. */
    private static @Nullable EntryView standing(Plan plan, Plan.Step step) {
        String id = null;
        if (step.command().entry() != null) {
            id = step.command().entry().toString();
        } else if (step.command().content() instanceof Content.MedicationOrder order && order.replaces() != null) {
            id = order.replaces().entry();
        }
        String wanted = id;
        if (wanted == null) {
            return null;
        }
        return java.util.stream.Stream.concat(
                        plan.ground.standing().listed().stream(), plan.ground.standing().ofVisit().stream())
                .filter(entry -> entry.id().toString().equals(wanted))
                .findFirst()
                .orElse(null);
    }

    private Field field(Actor actor, Plan plan, Plan.Step step, EntryView entry) {
        int readAt = plan.readAt(entry);
        String base = reader.history(actor, plan.ground.work().patient(), entry.id()).stream()
                .filter(version -> version.number() == readAt)
                .map(version -> words(version.content()))
                .findFirst()
                .orElse(null);
        Content theirs = entry.pending() == null ? entry.content() : entry.pending();
        String standing = words(theirs) + (entry.pending() == null ? "" : " (pending signature)");
        return new Field(
                step.field(),
                entry.content().title(),
                base,
                standing,
                words(step.command().content()),
                entry.id().toString(),
                entry.version());
    }

    /** A content in one line, with what an update changes of it. */
    static String words(Content content) {
        return switch (content) {
            case Content.Condition it -> it.code().text() + ", " + it.clinicalStatus();
            case Content.Allergy it ->
                it.substance().text() + ", "
                        + (it.verificationStatus().equals("refuted") ? "refuted" : it.clinicalStatus());
            case Content.MedicationOrder it ->
                it.medication().text() + sig(it.dosage()) + ", " + it.status()
                        + (it.stopReason() == null ? "" : " (" + it.stopReason() + ")");
            case Content.MedicationStatement it -> it.medication().text() + sig(it.dosage()) + ", " + it.status();
            case Content.Observation it -> VitalsPart.shown(it);
            default -> content.title();
        };
    }

    private static String sig(Content.@Nullable Dosage dosage) {
        return dosage == null ? "" : ", " + dosage.text();
    }
}
