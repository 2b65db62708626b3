package org.chartkeeper.coding.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    /**
     * A line of the queue as it reads.
     *
     * @param age days since the discharge, "in house" before it
     */
    record Row(
            String path,
            String step,
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
    String list(QueueQuery query, @RequestParam(required = false) @Nullable String after, Model model) {
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
        Map<UserId, String> owners = names.names(cases.owners(actor));
        CodingCases.Counts counts = cases.counts(actor, filter.facility());
        model.addAttribute(
                "rows",
                works.items().stream()
                        .map(work -> row(work, people.get(work.patient()), place(filter, work), owners, actor, query))
                        .toList());
        model.addAttribute("counts", counts);
        model.addAttribute("chips", chips(query, filter, counts));
        model.addAttribute("filters", selects(query, filter, actor, owners));
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

    /** Named where the list is of several facilities. */
    private @Nullable String place(Filter filter, Work work) {
        return filter.facility() != null
                ? null
                : directory
                        .facility(work.facility())
                        .map(Directory.Facility::name)
                        .orElse(null);
    }

    private Row row(
            Work work,
            @Nullable PatientSummary person,
            @Nullable String place,
            Map<UserId, String> owners,
            Actor actor,
            QueueQuery query) {
        Instant ended = work.ended();
        long days = ended == null ? 0 : Duration.between(ended, clock.instant()).toDays();
        UserId owner = work.owner();
        return new Row(
                query.of("/coding/" + work.id()),
                "/coding/" + work.id() + "/step",
                Identified.of(person, work.facility()).at(place),
                BenchPage.kind(work),
                work.account() == null ? null : "Acct " + work.account(),
                work.reason(),
                ended,
                ended == null ? "in house" : days == 0 ? "today" : days == 1 ? "1 day" : days + " days",
                ended != null && ended.isBefore(clock.instant().minus(Duration.ofDays(LATE_DAYS))),
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

    private static List<Chip> chips(QueueQuery query, Filter filter, CodingCases.Counts counts) {
        List<Chip> chips = new ArrayList<>();
        boolean held = Boolean.TRUE.equals(filter.held());
        boolean late = filter.age() != null && filter.age() == LATE_DAYS;
        boolean all = filter.whose().equals("all");
        boolean usual = filter.whose().equals("mine-and-unclaimed");
        chips.add(new Chip("Mine and unclaimed", query.with("whose", null), usual, counts.mineAndUnclaimed()));
        chips.add(new Chip("Mine", query.with("whose", "mine"), filter.whose().equals("mine"), counts.mine()));
        chips.add(new Chip("Everybody’s", query.with("whose", "all"), all && !held && !late, null));
        // These two count everybody's: that is what they show, too.
        QueueQuery everybody = query.whose("all");
        chips.add(new Chip(
                "Held",
                everybody.with("held", held && all ? null : "yes"),
                held && all,
                counts.held() + counts.inHouseHeld()));
        chips.add(new Chip(
                "Older than 3 days",
                everybody.with("age", late && all ? null : String.valueOf(LATE_DAYS)),
                late && all,
                counts.late()));
        return chips;
    }

    private List<Select> selects(QueueQuery query, Filter filter, Actor actor, Map<UserId, String> owners) {
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
        selects.add(select(
                "klass",
                "Kind of visit",
                query.klass(),
                List.of(
                        new Choice("inpatient", "Inpatient"),
                        new Choice("observation", "Observation"),
                        new Choice("emergency", "Emergency"),
                        new Choice("ambulatory", "Outpatient"))));
        selects.add(select(
                "kind",
                "Kind of case",
                query.kind(),
                List.of(
                        new Choice("facility", "Facility"),
                        new Choice("professional", "Professional"),
                        new Choice("series", "Series, by month"))));
        selects.add(select(
                "payer",
                "Payer",
                query.payer(),
                List.of(
                        new Choice("medicare", "Medicare"),
                        new Choice("medicaid", "Medicaid"),
                        new Choice("commercial", "Commercial"),
                        new Choice("self", "Self"),
                        new Choice("other", "Other"))));
        selects.add(select(
                "priority",
                "Priority",
                query.priority(),
                List.of(new Choice("1", "Soon or first"), new Choice("2", "First"))));
        selects.add(select(
                "hold",
                "Held because of",
                query.hold(),
                List.of(
                        new Choice("missing-document", "Missing document"),
                        new Choice("missing-discharge-disposition", "Missing discharge disposition"),
                        new Choice("supervisor", "Supervisor"))));
        List<Choice> holders = new ArrayList<>(List.of(
                new Choice("mine", "Me"), new Choice("unclaimed", "Nobody"), new Choice("all", "Anybody or nobody")));
        owners.forEach((id, name) -> {
            if (!id.equals(actor.user())) {
                holders.add(new Choice(id.toString(), name));
            }
        });
        selects.add(select("whose", "Held by", query.whose(), "Me or nobody", holders));
        return selects;
    }

    private record Choice(String value, String label) {}

    private static Select select(String name, String label, @Nullable String chosen, List<Choice> choices) {
        return select(name, label, chosen, "Any", choices);
    }

    private static Select select(
            String name, String label, @Nullable String chosen, String none, List<Choice> choices) {
        List<Option> options = new ArrayList<>();
        options.add(new Option("", none, chosen == null || chosen.isEmpty()));
        choices.forEach(each ->
                options.add(new Option(each.value(), each.label(), each.value().equals(chosen))));
        return new Select(name, label, options);
    }
}
