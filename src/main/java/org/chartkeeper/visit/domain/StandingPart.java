package org.chartkeeper.visit.domain;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.Content.Dosage;
import org.chartkeeper.chart.EntryCommand.VersionKind;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.Sig;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.TypedDate;
import org.chartkeeper.terminology.CodeSystem;
import org.chartkeeper.visit.UpdateItem;
import org.jspecify.annotations.Nullable;

/** What becomes of problems, allergies and drugs that stand on the lists, and of entries that came back. */
final class StandingPart {

    private static final Set<String> STOP_REASONS =
            Set.of("completed", "adverse-reaction", "ineffective", "patient-stopped", "duplicate");

    private final Plan plan;
    private final Naming naming;
    private final VitalsPart vitals;

    StandingPart(Plan plan, Naming naming, VitalsPart vitals) {
        this.plan = plan;
        this.naming = naming;
        this.vitals = vitals;
    }

    void plan() {
        for (EntryView entry : plan.ground.standing().listed()) {
            switch (entry.content()) {
                case Content.Condition it -> problem(entry, it);
                case Content.Allergy it -> allergy(entry, it);
                case Content.MedicationOrder it -> order(entry, it);
                case Content.MedicationStatement it -> statement(entry, it);
                default -> {
                    // Nothing else stands on these lists.
                }
            }
        }
        plan.ground.standing().ofVisit().stream()
                .filter(entry -> plan.sheet.has("fx." + entry.id() + ".do"))
                .forEach(this::mend);
    }

    /** Whether a change waits for its signature already; then it is said at the field. */
    private boolean waits(UpdateItem item, String field, EntryView entry) {
        if (entry.pending() != null || entry.proposed()) {
            plan.wrong(
                    item,
                    field,
                    entry.content().title() + ": a change waits for its signature; let it be signed first");
            return true;
        }
        return false;
    }

    private void problem(EntryView entry, Content.Condition was) {
        String row = "pb." + entry.id() + ".";
        String action = plan.sheet.get(row + "do");
        UpdateItem item = UpdateItem.PROBLEMS;
        if (action.isEmpty() || waits(item, row + "do", entry)) {
            return;
        }
        switch (action) {
            case "resolve" -> {
                String on = date(item, row + "on");
                plan.update(item, row + "do", "resolution", entry, with(was, was.code(), "resolved", on));
            }
            case "inactive" ->
                plan.update(item, row + "do", "resolution", entry, with(was, was.code(), "inactive", null));
            case "change" -> {
                if (!plan.sheet.has(row + "text") && !plan.sheet.has(row + "code")) {
                    plan.wrong(item, row + "text", "Enter what the problem is called now");
                    return;
                }
                Concept code = naming.diagnosis(item, row);
                if (code != null) {
                    plan.update(item, row + "do", "change", entry, with(was, code, was.clinicalStatus(), null));
                }
            }
            default -> plan.wrong(item, row + "do", "Choose what becomes of " + was.title());
        }
    }

    static Content.Condition with(Content.Condition was, Concept code, String status, @Nullable String abatement) {
        return new Content.Condition(
                false,
                code,
                status,
                was.verificationStatus(),
                was.severity(),
                was.onset(),
                abatement == null ? was.abatement() : abatement,
                was.rank(),
                was.note());
    }

    private void allergy(EntryView entry, Content.Allergy was) {
        String row = "al." + entry.id() + ".";
        String action = plan.sheet.get(row + "do");
        UpdateItem item = UpdateItem.ALLERGIES;
        if (action.isEmpty() || waits(item, row + "do", entry)) {
            return;
        }
        switch (action) {
            case "refute" -> {
                String effect = was.noneKnown() ? "update" : "refutation";
                plan.update(item, row + "do", effect, entry, with(was, "inactive", "refuted"));
            }
            case "inactive" -> {
                String effect = was.noneKnown() ? "update" : "resolution";
                plan.update(item, row + "do", effect, entry, with(was, "inactive", was.verificationStatus()));
            }
            default -> plan.wrong(item, row + "do", "Choose what becomes of " + was.title());
        }
    }

    static Content.Allergy with(Content.Allergy was, String clinical, String verification) {
        return new Content.Allergy(
                was.kind(),
                was.category(),
                was.substance(),
                clinical,
                verification,
                was.criticality(),
                was.reactions(),
                was.onset(),
                was.note());
    }

    private void order(EntryView entry, Content.MedicationOrder was) {
        String row = "md." + entry.id() + ".";
        String action = plan.sheet.get(row + "do");
        UpdateItem item = UpdateItem.MEDICATIONS;
        if (action.isEmpty() || waits(item, row + "do", entry)) {
            return;
        }
        switch (action) {
            case "stop" -> {
                String why = plan.sheet.get(row + "why");
                if (!STOP_REASONS.contains(why)) {
                    plan.wrong(item, row + "why", "Say why " + was.title() + " is stopped");
                    return;
                }
                String end = date(item, row + "on");
                plan.update(
                        item, row + "do", "stop", entry, stopped(was, end == null ? visitDay() : end, why, told(row)));
            }
            case "change" -> change(item, row, entry, was);
            default -> plan.wrong(item, row + "do", "Choose what becomes of " + was.title());
        }
    }

    private @Nullable String told(String row) {
        return plan.sheet.has(row + "told") ? "Pharmacy told: " + plan.sheet.get(row + "told") : null;
    }

    private Content.MedicationOrder stopped(
            Content.MedicationOrder was, String end, String why, @Nullable String told) {
        return new Content.MedicationOrder(
                was.medication(),
                why.equals("completed") ? "completed" : "stopped",
                was.dosage(),
                was.quantity(),
                was.refills(),
                was.daysSupply(),
                was.indication(),
                was.indicationOf(),
                was.authored(),
                was.start(),
                end,
                why,
                was.replaces(),
                was.prescriber(),
                joined(was.note(), told));
    }

    /** A changed drug, dose or timing is a new order that replaces the former. */
    private void change(UpdateItem item, String row, EntryView entry, Content.MedicationOrder was) {
        String drug = plan.sheet.has(row + "drug")
                ? plan.sheet.get(row + "drug")
                : was.medication().text();
        String sig = plan.sheet.get(row + "sig");
        if (sig.isEmpty() && drug.equals(was.medication().text())) {
            plan.wrong(item, row + "sig", "Enter what changes: the drug with its strength, or how it is taken");
            return;
        }
        Dosage former = was.dosage();
        Dosage dosage = sig.isEmpty() ? former : Sig.read(sig, former == null ? null : former.route());
        plan.create(
                item,
                row + "do",
                new Content.MedicationOrder(
                        drug.equals(was.medication().text())
                                ? was.medication()
                                : naming.named(CodeSystem.DRUG, drug, plan.sheet.get(row + "code")),
                        "active",
                        dosage,
                        plan.sheet.has(row + "qty") ? plan.sheet.get(row + "qty") : null,
                        null,
                        null,
                        was.indication(),
                        was.indicationOf(),
                        visitDay(),
                        visitDay(),
                        null,
                        null,
                        new Content.EntryRef(entry.id().toString()),
                        prescriber(),
                        told(row)),
                plan.ground.event(),
                "minute");
    }

    private @Nullable String prescriber() {
        var signer = plan.said.signer();
        return signer == null ? null : plan.said.name(signer);
    }

    private void statement(EntryView entry, Content.MedicationStatement was) {
        String row = "md." + entry.id() + ".";
        String action = plan.sheet.get(row + "do");
        UpdateItem item = UpdateItem.MEDICATIONS;
        if (action.isEmpty() || waits(item, row + "do", entry)) {
            return;
        }
        if (action.equals("stop")) {
            String end = date(item, row + "on");
            plan.update(
                    item,
                    row + "do",
                    "stop",
                    entry,
                    new Content.MedicationStatement(
                            was.medication(),
                            "stopped",
                            was.dosage(),
                            was.start(),
                            end == null ? visitDay() : end,
                            was.note()));
        } else if (action.equals("change") && plan.sheet.has(row + "sig")) {
            plan.update(
                    item,
                    row + "do",
                    "change",
                    entry,
                    new Content.MedicationStatement(
                            was.medication(),
                            was.status(),
                            Sig.read(plan.sheet.get(row + "sig"), null),
                            was.start(),
                            was.end(),
                            was.note()));
        } else {
            plan.wrong(item, row + "sig", "Enter how " + was.title() + " is taken now");
        }
    }

    /** What a clinician sent back: changed, sent again with an answer, or taken back. */
    private void mend(EntryView entry) {
        String row = "fx." + entry.id() + ".";
        UpdateItem item = item(entry.content());
        Content newest = entry.pending() == null ? entry.content() : entry.pending();
        String answer = plan.sheet.get(row + "answer");
        switch (plan.sheet.get(row + "do")) {
            case "again" -> {
                if (answer.isEmpty()) {
                    plan.wrong(item, row + "answer", "Say what you answer");
                } else {
                    plan.change(item, row + "do", "correction", VersionKind.REVISION, entry, newest, answer);
                }
            }
            case "change" -> {
                Content content = mended(item, row + "text", newest);
                if (content != null) {
                    plan.change(
                            item,
                            row + "do",
                            "correction",
                            VersionKind.REVISION,
                            entry,
                            content,
                            answer.isEmpty() ? null : answer);
                }
            }
            case "withdraw" -> {
                if (answer.isEmpty()) {
                    plan.wrong(item, row + "answer", "Say why it is taken back");
                } else if (entry.pending() != null) {
                    // What was in force goes on: the proposal ends, not the entry.
                    plan.change(item, row + "do", "withdrawal", VersionKind.REVISION, entry, entry.content(), answer);
                } else {
                    plan.change(item, row + "do", "withdrawal", VersionKind.RETRACTION, entry, newest, answer);
                }
            }
            default -> plan.wrong(item, row + "do", "Choose what becomes of what came back");
        }
    }

    private @Nullable Content mended(UpdateItem item, String field, Content was) {
        String text = plan.sheet.get(field);
        if (text.isEmpty()) {
            plan.wrong(item, field, "Enter what it should read");
            return null;
        }
        return switch (was) {
            case Content.Observation it -> vitals.reread(field, it);
            case Content.MedicationOrder it ->
                new Content.MedicationOrder(
                        it.medication(),
                        it.status(),
                        Sig.read(text, it.dosage() == null ? null : it.dosage().route()),
                        it.quantity(),
                        it.refills(),
                        it.daysSupply(),
                        it.indication(),
                        it.indicationOf(),
                        it.authored(),
                        it.start(),
                        it.end(),
                        it.stopReason(),
                        it.replaces(),
                        it.prescriber(),
                        it.note());
            case Content.Condition it -> {
                Concept code = naming.codeOrWords(text);
                yield new Content.Condition(
                        it.visitDiagnosis(),
                        code,
                        it.clinicalStatus(),
                        it.verificationStatus(),
                        it.severity(),
                        it.onset(),
                        it.abatement(),
                        it.rank(),
                        it.note());
            }
            case Content.Allergy it ->
                new Content.Allergy(
                        it.kind(),
                        it.category(),
                        it.substance(),
                        it.clinicalStatus(),
                        it.verificationStatus(),
                        it.criticality(),
                        List.of(new Content.Reaction(text, null)),
                        it.onset(),
                        it.note());
            default -> {
                plan.wrong(item, field, was.title() + " cannot be changed here; take it back and enter it again");
                yield null;
            }
        };
    }

    static UpdateItem item(Content content) {
        return switch (content) {
            case Content.Condition it -> it.visitDiagnosis() ? UpdateItem.DIAGNOSES : UpdateItem.PROBLEMS;
            case Content.Allergy it -> UpdateItem.ALLERGIES;
            case Content.MedicationOrder it -> UpdateItem.MEDICATIONS;
            case Content.MedicationStatement it -> UpdateItem.MEDICATIONS;
            case Content.Immunization it -> UpdateItem.IMMUNIZATIONS;
            case Content.Procedure it -> UpdateItem.PROCEDURES;
            case Content.Order it -> UpdateItem.FOLLOWUP;
            case Content.Observation it -> observed(it);
            case Content.Note it -> UpdateItem.CALL;
            default -> UpdateItem.DOCUMENTS;
        };
    }

    private static UpdateItem observed(Content.Observation observation) {
        if (observation.category().equals("vital-signs")) {
            return UpdateItem.VITALS;
        }
        boolean discharge = observation.title().contains("ischarge");
        return discharge ? UpdateItem.DISPOSITION : UpdateItem.ARRIVAL;
    }

    private @Nullable String date(UpdateItem item, String field) {
        String typed = plan.sheet.get(field);
        if (typed.isEmpty()) {
            return null;
        }
        LocalDate today = plan.ground.day(plan.ground.now());
        Optional<PartialDate> read = TypedDate.past(typed, today);
        if (read.isEmpty() || read.get().from().isAfter(today)) {
            plan.wrong(item, field, "Enter a date that is not in the future, such as 11/22 or t-1");
            return null;
        }
        return read.get().toString();
    }

    private String visitDay() {
        return plan.ground.day(plan.ground.event()).toString();
    }

    private static @Nullable String joined(@Nullable String note, @Nullable String more) {
        if (more == null) {
            return note;
        }
        return note == null ? more : note + "\n" + more;
    }
}
