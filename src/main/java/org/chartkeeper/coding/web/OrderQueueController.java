package org.chartkeeper.coding.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.chartkeeper.access.Directory;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.coding.OrderChecks;
import org.chartkeeper.coding.OrderChecks.Brief;
import org.chartkeeper.coding.OrderChecks.Filter;
import org.chartkeeper.coding.OrderChecks.Work;
import org.chartkeeper.coding.Severity;
import org.chartkeeper.coding.rule.prescription.PrescriptionRules;
import org.chartkeeper.coding.web.QueueController.Chip;
import org.chartkeeper.coding.web.QueueController.Option;
import org.chartkeeper.coding.web.QueueController.Select;
import org.chartkeeper.patient.PatientSummary;
import org.chartkeeper.patient.Patients;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.FilterAddress;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Slice;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The worklist of drug orders with findings, the worst first. */
@Controller
class OrderQueueController {

    static final String PATH = "/coding/prescriptions";
    private static final int ROWS = 50;
    private static final List<Integer> AGES = List.of(1, 3, 7, 30);

    private final OrderChecks orders;
    private final Patients patients;
    private final Directory directory;
    private final AuditTrail trail;
    private final CurrentActor current;

    OrderQueueController(
            OrderChecks orders, Patients patients, Directory directory, AuditTrail trail, CurrentActor current) {
        this.orders = orders;
        this.patients = patients;
        this.directory = directory;
        this.trail = trail;
        this.current = current;
    }

    /** The filters as they stand in the address. */
    record Query(
            @Nullable String severity,
            @Nullable String rule,
            @Nullable String prescriber,
            @Nullable String facility,
            @Nullable String age,
            @Nullable String state) {

        Filter filter(Actor actor) {
            UUID place = FilterAddress.id(facility);
            UUID who = FilterAddress.id(prescriber);
            return new Filter(
                    "all".equals(facility) ? null : place == null ? actor.facility() : new FacilityId(place),
                    severity != null && severity.matches("[HRWI]") ? Severity.valueOf(severity) : null,
                    rule == null || rule.isBlank() ? null : rule,
                    who == null ? null : new PractitionerId(who),
                    age != null && age.matches("\\d{1,3}") ? Integer.valueOf(age) : null,
                    state == null || state.isBlank() ? "open" : state);
        }

        private FilterAddress address() {
            return new FilterAddress(PATH)
                    .and("severity", severity)
                    .and("rule", rule)
                    .and("prescriber", prescriber)
                    .and("facility", facility)
                    .and("age", age)
                    .and("state", state);
        }

        String text() {
            return address().text();
        }

        /** The address with one filter set or, with a null value, taken away. */
        String with(String name, @Nullable String value) {
            return address().with(name, value);
        }
    }

    /**
     * A line of the worklist as it reads.
     *
     * @param place facility of the order; null for who works at one alone
     * @param worst the finding that the line stands for; null while the chart is being checked, or where none is open
     * @param more how many other findings are open
     */
    record Row(
            String path,
            Identified patient,
            @Nullable String place,
            String drug,
            String directions,
            boolean draft,
            String prescriber,
            Instant ordered,
            @Nullable Brief worst,
            String severity,
            String tone,
            int more,
            boolean due,
            String state,
            String stateTone,
            @Nullable String said) {}

    @GetMapping(PATH)
    @Requires({Permission.CODING_WORK, Permission.CODING_SUPERVISE, Permission.VISIT_UPDATE})
    String list(Query query, @RequestParam(required = false) @Nullable String after, Model model) {
        Actor actor = current.get();
        Filter filter = query.filter(actor);
        Slice<Work> works = orders.list(actor, filter, after, ROWS);
        trail.recordAlone(AuditEvent.done("prescription.list")
                .on("section", "prescriptions")
                .count(works.items().size())
                .details(works.items().stream()
                        .map(work -> work.patient().toString())
                        .distinct()
                        .collect(Collectors.joining(" "))));
        Map<PatientId, PatientSummary> people =
                patients.summaries(works.items().stream().map(Work::patient).collect(Collectors.toSet()));
        // A number is told with its facility to whoever works at more than one.
        boolean several = actor.facilities().size() > 1;
        OrderChecks.Counts counts = orders.counts(actor, filter.facility());
        model.addAttribute(
                "rows",
                works.items().stream()
                        .map(work -> row(work, people.get(work.patient()), several))
                        .toList());
        model.addAttribute("counts", counts);
        model.addAttribute("chips", chips(query, filter, counts));
        model.addAttribute("filters", selects(query, filter, actor));
        model.addAttribute(
                "place",
                filter.facility() == null
                        ? "all facilities"
                        : directory
                                .facility(filter.facility())
                                .map(Directory.Facility::name)
                                .orElse("this facility"));
        model.addAttribute("query", query.text());
        model.addAttribute("filtered", !query.text().isEmpty());
        model.addAttribute("coder", actor.may(Permission.CODING_WORK) || actor.may(Permission.CODING_SUPERVISE));
        model.addAttribute("first", after == null ? null : query.with("none", null));
        model.addAttribute("next", works.next() == null ? null : query.with("after", works.next()));
        return "coding/prescriptions";
    }

    private Row row(Work work, @Nullable PatientSummary person, boolean several) {
        List<Brief> open =
                work.findings().stream().filter(each -> !each.answered()).toList();
        List<Brief> shown = open.isEmpty() ? work.findings() : open;
        Brief worst = shown.isEmpty() ? null : shown.get(0);
        return new Row(
                PATH + "/" + work.order(),
                Identified.of(person, work.facility()),
                several
                        ? directory
                                .facility(work.facility())
                                .map(Directory.Facility::name)
                                .orElse(null)
                        : null,
                work.drug(),
                work.directions().isEmpty() ? "no directions" : work.directions(),
                work.draft(),
                work.prescriberName(),
                work.ordered(),
                worst,
                worst == null ? "" : worst.answered() ? "✓ answered" : BenchPage.severity(worst.severity()),
                worst == null ? "" : worst.answered() ? "ok" : OrderPage.tone(worst.severity()),
                Math.max(0, shown.size() - 1),
                work.due(),
                OrderPage.state(work.state()),
                OrderPage.stateTone(work.state()),
                work.said());
    }

    private static List<Chip> chips(Query query, Filter filter, OrderChecks.Counts counts) {
        List<Chip> chips = new ArrayList<>();
        boolean open = filter.state().equals("open");
        chips.add(new Chip(
                "To do",
                query.with("state", null),
                open && filter.severity() == null,
                counts.hard() + counts.review() + counts.warning()));
        for (Severity severity : List.of(Severity.H, Severity.R, Severity.W)) {
            boolean on = filter.severity() == severity;
            chips.add(new Chip(
                    switch (severity) {
                        case H -> "Hard stops";
                        case R -> "Review";
                        default -> "Warnings";
                    },
                    query.with("severity", on ? null : severity.name()),
                    on,
                    switch (severity) {
                        case H -> counts.hard();
                        case R -> counts.review();
                        default -> counts.warning();
                    }));
        }
        chips.add(new Chip(
                "Waiting for the prescriber",
                query.with("state", filter.state().equals("waiting") ? null : "waiting"),
                filter.state().equals("waiting"),
                counts.waiting()));
        chips.add(new Chip(
                "Declined",
                query.with("state", filter.state().equals("declined") ? null : "declined"),
                filter.state().equals("declined"),
                counts.declined()));
        return chips;
    }

    private List<Select> selects(Query query, Filter filter, Actor actor) {
        List<Select> selects = new ArrayList<>();
        List<Directory.Facility> places = directory.facilities().stream()
                .filter(each -> actor.facilities().contains(each.id()))
                .toList();
        if (places.size() > 1) {
            List<Option> options = new ArrayList<>();
            options.add(new Option("all", "All facilities", filter.facility() == null));
            places.forEach(each -> options.add(
                    new Option(each.id().toString(), each.name(), each.id().equals(filter.facility()))));
            selects.add(new Select("facility", "Facility", options));
        }
        List<Option> severities = new ArrayList<>();
        severities.add(new Option("", "Hard, review, warnings", filter.severity() == null));
        for (Severity severity : Severity.values()) {
            severities.add(new Option(
                    severity.name(),
                    severity == Severity.I ? "Not checked, notes" : BenchPage.severity(severity),
                    severity == filter.severity()));
        }
        selects.add(new Select("severity", "Worst finding", severities));
        List<Option> rules = new ArrayList<>();
        rules.add(new Option("", "Any", filter.rule() == null));
        PrescriptionRules.ALL.forEach(
                rule -> rules.add(new Option(rule.id(), rule.id(), rule.id().equals(filter.rule()))));
        selects.add(new Select("rule", "Rule", rules));
        List<Option> prescribers = new ArrayList<>();
        prescribers.add(new Option("", "Any", filter.prescriber() == null));
        orders.prescribers(actor, filter.facility())
                .forEach(each -> prescribers.add(
                        new Option(each.id().toString(), each.name(), each.id().equals(filter.prescriber()))));
        selects.add(new Select("prescriber", "Prescriber", prescribers));
        List<Option> ages = new ArrayList<>();
        ages.add(new Option("", "Any", filter.age() == null));
        AGES.forEach(age -> ages.add(new Option(
                age.toString(), age == 1 ? "a day or more" : age + " days or more", age.equals(filter.age()))));
        selects.add(new Select("age", "Age of the order", ages));
        selects.add(new Select(
                "state",
                "State",
                List.of(
                        new Option("", "To do", filter.state().equals("open")),
                        new Option(
                                "waiting",
                                "Waiting for the prescriber",
                                filter.state().equals("waiting")),
                        new Option(
                                "declined",
                                "Declined or returned",
                                filter.state().equals("declined")),
                        new Option("answered", "Answered", filter.state().equals("answered")))));
        return selects;
    }
}
