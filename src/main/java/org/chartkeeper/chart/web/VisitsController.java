package org.chartkeeper.chart.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.EncounterView;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.VisitStanding;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.ShowsPatient;
import org.chartkeeper.platform.Slice;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The visits of a patient, and a visit with all that was written of it. */
@Controller
class VisitsController {

    private final ChartPages pages;
    private final ChartReader reader;
    private final Encounters encounters;
    private final ObjectProvider<VisitStanding> standings;

    VisitsController(
            ChartPages pages, ChartReader reader, Encounters encounters, ObjectProvider<VisitStanding> standings) {
        this.pages = pages;
        this.reader = reader;
        this.encounters = encounters;
        this.standings = standings;
    }

    @GetMapping("/patients/{patient}/visits")
    @Requires(Permission.CHART_READ)
    @ShowsPatient("visits")
    String visits(
            @PathVariable PatientId patient, @RequestParam(required = false) @Nullable String after, Model model) {
        Words words = pages.words();
        Slice<EncounterView> visits = encounters.list(patient, after, ChartPages.ROWS);
        String path = "/patients/" + patient + "/visits";
        model.addAttribute(
                "visits",
                visits.items().stream().map(visit -> VisitRow.of(visit, words)).toList());
        model.addAttribute("first", after == null ? null : path);
        model.addAttribute("next", visits.next() == null ? null : path + "?after=" + visits.next());
        return "chart/visits";
    }

    @GetMapping("/patients/{patient}/visits/{visit}")
    @Requires(Permission.CHART_READ)
    @ShowsPatient("visit")
    String visit(@PathVariable PatientId patient, @PathVariable EncounterId visit, Model model) {
        fill(patient, visit, model);
        return "chart/visit";
    }

    @GetMapping("/patients/{patient}/visits/{visit}/print")
    @Requires(Permission.CHART_READ)
    @ShowsPatient("visit print")
    String print(@PathVariable PatientId patient, @PathVariable EncounterId visit, Model model) {
        fill(patient, visit, model);
        pages.printed(model);
        return "chart/print-visit";
    }

    private void fill(PatientId patient, EncounterId id, Model model) {
        Actor actor = pages.actor();
        Words words = pages.words();
        EncounterView visit = pages.visit(patient, id);
        List<EntryView> entries = reader.ofEncounter(actor, patient, id);
        model.addAttribute("visit", VisitRow.of(visit, words));
        model.addAttribute("fields", fields(visit, encounters.course(patient, id), words));
        model.addAttribute("standings", standings(actor, patient, id, entries));
        model.addAttribute("groups", groups(entries, words));
        boolean stands = !visit.status().equals("entered in error");
        boolean changes = actor.may(Permission.VISIT_UPDATE) || actor.may(Permission.CHART_SIGN);
        String path = "/patients/" + patient + "/visits/" + id;
        model.addAttribute("latePath", stands && changes ? path + "/late-entry" : null);
        model.addAttribute("movePath", stands && actor.may(Permission.VISIT_UPDATE) ? path + "/move" : null);
        model.addAttribute("printPath", "/patients/" + patient + "/visits/" + id + "/print");
    }

    /** The states of a visit, apart from each other: update, signature, coding, request; only those that exist. */
    private List<State> standings(Actor actor, PatientId patient, EncounterId visit, List<EntryView> entries) {
        List<State> states = new ArrayList<>();
        standings.stream()
                .sorted(Comparator.comparingInt(VisitStanding::order))
                .forEach(source -> source.of(actor, patient, visit)
                        .ifPresent(it -> states.add(
                                new State(source.label(), new Tag(it.state(), it.tone()), it.path(), it.action()))));
        State signature = signature(actor, patient, entries);
        if (signature != null) {
            states.add(Math.min(1, states.size()), signature);
        }
        return states;
    }

    private static @Nullable State signature(Actor actor, PatientId patient, List<EntryView> entries) {
        if (entries.isEmpty()) {
            return null;
        }
        long unsigned = entries.stream().filter(EntryView::unsigned).count();
        long cosign = entries.stream()
                .filter(entry -> entry.signature().equals("co-signature due"))
                .count();
        long returned = entries.stream()
                .filter(entry -> entry.signature().equals("returned"))
                .count();
        boolean signs = actor.may(Permission.CHART_SIGN);
        String path = signs ? "/patients/" + patient + "/review" : null;
        if (unsigned > 0) {
            return new State(
                    "Signature", new Tag(unsigned + " unsigned", "warn"), path, signs ? "Review and sign" : null);
        }
        if (returned > 0) {
            return new State("Signature", new Tag(returned + " returned", "warn"), null, null);
        }
        if (cosign > 0) {
            return new State(
                    "Signature", new Tag(cosign + " co-signature due", "warn"), path, signs ? "Review and sign" : null);
        }
        boolean outside = entries.stream().allMatch(entry -> entry.signature().equals("authenticated at source"));
        return new State("Signature", new Tag(outside ? "authenticated at its source" : "signed", "ok"), null, null);
    }

    private static List<Group> groups(List<EntryView> entries, Words words) {
        Map<EntryType, List<EntryView>> byType = entries.stream()
                .collect(Collectors.groupingBy(
                        EntryView::type, () -> new EnumMap<>(EntryType.class), Collectors.toList()));
        List<Group> groups = new ArrayList<>();
        byType.forEach((type, list) -> groups.add(new Group(
                type.key(),
                heading(type),
                type == EntryType.MEDICATION_ORDER
                        ? Medications.rows(list, words)
                        : list.stream().map(entry -> Row.of(entry, words)).toList())));
        return groups;
    }

    private static String heading(EntryType type) {
        return switch (type) {
            case CONDITION -> "Problems";
            case VISIT_DIAGNOSIS -> "Diagnoses of this visit";
            case ALLERGY -> "Allergies";
            case MEDICATION_ORDER -> "Medication orders";
            case MEDICATION_STATEMENT -> "Medications as reported";
            case MEDICATION_ADMINISTRATION -> "Medications given";
            case ORDER -> "Orders";
            case OBSERVATION -> "Values";
            case DIAGNOSTIC_REPORT -> "Reports";
            case PROCEDURE -> "Procedures";
            case IMMUNIZATION -> "Immunizations";
            case NOTE -> "Notes";
            case DOCUMENT -> "Documents";
            case CARE_PLAN_ITEM -> "Care plan";
        };
    }

    private static List<Field> fields(EncounterView visit, Encounters.Course course, Words words) {
        List<Field> fields = new ArrayList<>();
        add(fields, "Facility", visit.facilityName());
        add(fields, "Department", visit.departmentName());
        course.departments()
                .forEach(each -> add(
                        fields,
                        "Department before",
                        each.was() + ", corrected " + words.moment(each.at()) + ": " + each.reason()));
        add(fields, "Place", course.places().size() > 1 ? null : visit.location());
        if (course.places().size() > 1) {
            course.places().forEach(step -> add(fields, "Place", step(step, words)));
        } else {
            course.places().stream()
                    .map(Encounters.Step::what)
                    .filter(what -> !what.equals(visit.location()))
                    .forEach(what -> add(fields, "Service", what));
        }
        if (course.classes().size() > 1 || course.classes().stream().anyMatch(step -> step.ordered() != null)) {
            course.classes().forEach(step -> add(fields, "Class", step(step, words)));
        }
        add(fields, "Reason", visit.reason());
        add(fields, "Attending", visit.attendingName());
        for (EncounterView.Participant participant : visit.participants()) {
            boolean told = participant.role().equals("attending")
                    && participant.from() == null
                    && participant.until() == null
                    && (participant.name().equals(visit.attendingName())
                            || participant.practitioner() != null
                                    && participant.practitioner().equals(visit.attending()));
            if (!told) {
                add(
                        fields,
                        VisitRow.capital(participant.role()),
                        participant.name() + span(participant.from(), participant.until(), words));
            }
        }
        add(fields, "Admitted", joined(visit.admissionType(), visit.admissionSource()));
        add(fields, "Account", visit.accountNumber());
        add(fields, "Series account", visit.seriesAccount());
        add(
                fields,
                "Disposition",
                joined(
                        visit.dischargeDisposition(),
                        visit.dischargeCode() == null ? null : "UB " + visit.dischargeCode()));
        add(fields, "Died", visit.death() == null ? null : words.moment(visit.death()));
        add(fields, "Paid by", visit.selfPay() ? "self-pay" : null);
        add(fields, "Plan", visit.notToPlan() ? "do not disclose to plan" : null);
        course.coverages()
                .forEach(coverage -> add(
                        fields,
                        coverage.rank() == 1 ? "Coverage" : "Coverage " + coverage.rank(),
                        joined(coverage.payer(), coverage.plan())));
        add(fields, "Origin", visit.imported() ? "imported: no update is due" : null);
        return fields;
    }

    private static String step(Encounters.Step step, Words words) {
        String ordered = step.ordered() == null ? "" : ", ordered " + words.moment(step.ordered());
        return VisitRow.capital(step.what()) + span(step.from(), step.until(), words) + ordered;
    }

    private static String span(@Nullable Instant from, @Nullable Instant until, Words words) {
        return (from == null ? "" : " from " + words.moment(from))
                + (until == null ? "" : " until " + words.moment(until));
    }

    private static @Nullable String joined(@Nullable String... parts) {
        String joined = java.util.Arrays.stream(parts)
                .filter(part -> part != null && !part.isBlank())
                .collect(Collectors.joining(" · "));
        return joined.isEmpty() ? null : joined;
    }

    private static void add(List<Field> fields, String label, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            fields.add(new Field(label, value));
        }
    }

    /** One of the states of a visit. */
    record State(
            String label,
            Tag tag,
            @Nullable String path,
            @Nullable String action) {}

    /** Entries of a type. */
    record Group(String key, String heading, List<Row> rows) {}
}
