package org.chartkeeper.coding.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.chartkeeper.access.Directory;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.coding.CodingCases;
import org.chartkeeper.coding.CodingCases.Filter;
import org.chartkeeper.coding.CodingCases.Work;
import org.chartkeeper.patient.PatientSummary;
import org.chartkeeper.patient.Patients;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.ActorNames;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.FilterAddress;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Slice;
import org.chartkeeper.platform.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The queue of coding cases: discharged, not final coded, and what is coded concurrently. */
@Controller
class QueueController {

    static final String PATH = "/coding/queue";
    private static final int ROWS = 50;
    private static final int LATE_DAYS = 3;

    private final CodingCases cases;
    private final Patients patients;
    private final Directory directory;
    private final ActorNames names;
    private final AuditTrail trail;
    private final CurrentActor current;
    private final Clock clock;

    QueueController(
            CodingCases cases,
            Patients patients,
            Directory directory,
            ActorNames names,
            AuditTrail trail,
            CurrentActor current,
            Clock clock) {
        this.cases = cases;
        this.patients = patients;
        this.directory = directory;
        this.names = names;
        this.trail = trail;
        this.current = current;
        this.clock = clock;
    }

    /** The filters as they stand in the address. */
    record Query(
            @Nullable String whose,
            @Nullable String facility,
            @Nullable String state,
            @Nullable String klass,
            @Nullable String age,
            @Nullable String held) {

        Filter filter(Actor actor) {
            UUID place = FilterAddress.id(facility);
            FacilityId where = "all".equals(facility) ? null : place == null ? actor.facility() : new FacilityId(place);
            return new Filter(
                    whose == null ? "mine-and-unclaimed" : whose,
                    where,
                    state == null || state.isBlank() ? null : state.replace('-', ' '),
                    klass == null || klass.isBlank() ? null : klass,
                    age != null && age.matches("\\d{1,3}") ? Integer.valueOf(age) : null,
                    held == null || held.isBlank() ? null : held.equals("yes"));
        }

        private FilterAddress address() {
            return new FilterAddress(PATH)
                    .and("whose", whose)
                    .and("facility", facility)
                    .and("state", state)
                    .and("klass", klass)
                    .and("age", age)
                    .and("held", held);
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
     * A line of the queue as it reads.
     *
     * @param age days since the discharge, "in house" before it
     */
    record Row(
            String path,
            Identified who,
            String kind,
            @Nullable String account,
            @Nullable String clinician,
            @Nullable Instant ended,
            String age,
            boolean late,
            String sign,
            String state,
            String tone,
            @Nullable String hold,
            String priority,
            String owner,
            boolean claimable,
            PatientId patient,
            int version) {}

    /** A link that sets or takes away a filter. */
    record Chip(
            String label, String path, boolean on, @Nullable Integer count) {}

    record Select(String name, String label, List<Option> options) {}

    record Option(String value, String label, boolean chosen) {}

    @GetMapping(PATH)
    @Requires({Permission.CODING_WORK, Permission.CODING_SUPERVISE})
    String list(Query query, @RequestParam(required = false) @Nullable String after, Model model) {
        Actor actor = current.get();
        Filter filter = query.filter(actor);
        Slice<Work> works = cases.list(actor, filter, after, ROWS);
        trail.recordAlone(AuditEvent.done("coding-case.list")
                .on("section", "coding queue")
                .count(works.items().size())
                .details(works.items().stream()
                        .map(work -> work.patient().toString())
                        .collect(Collectors.joining(" "))));
        Map<PatientId, PatientSummary> people =
                patients.summaries(works.items().stream().map(Work::patient).collect(Collectors.toSet()));
        Map<UserId, String> owners = names.names(works.items().stream()
                .map(Work::owner)
                .filter(java.util.Objects::nonNull)
                .collect(Collectors.toSet()));
        CodingCases.Counts counts = cases.counts(actor, filter.facility());
        model.addAttribute(
                "rows",
                works.items().stream()
                        .map(work -> row(work, people.get(work.patient()), owners, actor))
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
        model.addAttribute("first", after == null ? null : query.with("none", null));
        model.addAttribute("next", works.next() == null ? null : query.with("after", works.next()));
        return "coding/queue";
    }

    private Row row(Work work, @Nullable PatientSummary person, Map<UserId, String> owners, Actor actor) {
        Instant ended = work.ended();
        long days = ended == null ? 0 : Duration.between(ended, clock.instant()).toDays();
        UserId owner = work.owner();
        return new Row(
                "/coding/" + work.id(),
                Identified.of(person, work.facility()),
                BenchPage.kind(work),
                work.account() == null ? null : "Acct " + work.account(),
                work.reason(),
                ended,
                ended == null ? "in house" : days == 0 ? "today" : days == 1 ? "1 day" : days + " days",
                ended != null && days > LATE_DAYS,
                BenchPage.sign(work.state()),
                work.state(),
                BenchPage.tone(work.state()),
                work.hold() == null ? null : work.hold() + (work.holdNote() == null ? "" : ": " + work.holdNote()),
                List.of("", "soon", "first").get(work.priority()),
                owner == null ? "—" : owner.equals(actor.user()) ? "Me" : owners.getOrDefault(owner, "—"),
                owner == null && actor.may(Permission.CODING_WORK),
                work.patient(),
                work.version());
    }

    private static List<Chip> chips(Query query, Filter filter, CodingCases.Counts counts) {
        List<Chip> chips = new ArrayList<>();
        boolean usual = filter.whose().equals("mine-and-unclaimed");
        chips.add(new Chip("Mine and unclaimed", query.with("whose", null), usual, counts.mineAndUnclaimed()));
        chips.add(new Chip("Mine", query.with("whose", "mine"), filter.whose().equals("mine"), counts.mine()));
        chips.add(new Chip(
                "Everybody’s", query.with("whose", "all"), filter.whose().equals("all"), null));
        chips.add(new Chip(
                "Held",
                query.with("held", Boolean.TRUE.equals(filter.held()) ? null : "yes"),
                Boolean.TRUE.equals(filter.held()),
                counts.held()));
        boolean late = filter.age() != null && filter.age() == LATE_DAYS;
        chips.add(new Chip("Older than 3 days", query.with("age", late ? null : "3"), late, counts.late()));
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
        String state = query.state() == null ? "" : query.state();
        List<Option> states = new ArrayList<>();
        states.add(new Option("", "Not final", state.isEmpty()));
        for (String each : List.of(
                "not coded",
                "in progress",
                "held",
                "query pending",
                "second review",
                "reopened",
                "final coded",
                "combined")) {
            String value = each.replace(' ', '-');
            states.add(new Option(
                    value,
                    each.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + each.substring(1),
                    value.equals(state)));
        }
        selects.add(new Select("state", "State", states));
        String klass = query.klass() == null ? "" : query.klass();
        selects.add(new Select(
                "klass",
                "Kind of visit",
                List.of(
                        new Option("", "Any", klass.isEmpty()),
                        new Option("inpatient", "Inpatient", klass.equals("inpatient")),
                        new Option("observation", "Observation", klass.equals("observation")),
                        new Option("emergency", "Emergency", klass.equals("emergency")),
                        new Option("ambulatory", "Outpatient", klass.equals("ambulatory")))));
        return selects;
    }
}
