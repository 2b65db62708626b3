package org.chartkeeper.visit.web;

import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.chartkeeper.access.Directory;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.chart.Signing;
import org.chartkeeper.patient.PatientSummary;
import org.chartkeeper.patient.Patients;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.DepartmentId;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.FilterAddress;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.ShowsPatient;
import org.chartkeeper.platform.Slice;
import org.chartkeeper.platform.UserId;
import org.chartkeeper.visit.VisitUpdates;
import org.chartkeeper.visit.VisitUpdates.Filter;
import org.chartkeeper.visit.VisitUpdates.Work;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The worklist of visits that still need their update. */
@Controller
class WorklistController {

    static final String PATH = "/visits/updates";
    private static final int ROWS = 50;
    private static final int COMMENTS = 100;

    private final VisitUpdates updates;
    private final Patients patients;
    private final Directory directory;
    private final Signing signing;
    private final AuditTrail trail;
    private final CurrentActor current;
    private final Clock clock;

    WorklistController(
            VisitUpdates updates,
            Patients patients,
            Directory directory,
            Signing signing,
            AuditTrail trail,
            CurrentActor current,
            Clock clock) {
        this.updates = updates;
        this.patients = patients;
        this.directory = directory;
        this.signing = signing;
        this.trail = trail;
        this.current = current;
        this.clock = clock;
    }

    /** The filters as they stand in the address. */
    record Query(
            @Nullable String whose,
            @Nullable String overdue,
            @Nullable String facility,
            @Nullable String department,
            @Nullable String clinician,
            @Nullable String state,
            @Nullable String age) {

        Filter filter(Actor actor) {
            UUID place = FilterAddress.id(facility);
            FacilityId where = "all".equals(facility) ? null : place == null ? actor.facility() : new FacilityId(place);
            UUID unit = FilterAddress.id(department);
            UUID who = FilterAddress.id(clinician);
            return new Filter(
                    whose == null ? "mine-and-unclaimed" : whose,
                    overdue != null,
                    where,
                    unit == null ? null : new DepartmentId(unit),
                    who == null ? null : new PractitionerId(who),
                    state == null || state.isBlank() ? null : state.replace('-', ' '),
                    age != null && age.matches("\\d{1,3}") ? Integer.valueOf(age) : null);
        }

        private FilterAddress address() {
            return new FilterAddress(PATH)
                    .and("whose", whose)
                    .and("overdue", overdue)
                    .and("facility", facility)
                    .and("department", department)
                    .and("clinician", clinician)
                    .and("state", state)
                    .and("age", age);
        }

        String text() {
            return address().text();
        }

        /** The address with one filter set or, with a null value, taken away. */
        String with(String name, @Nullable String value) {
            return address().with(name, value);
        }
    }

    @GetMapping(PATH)
    @Requires(Permission.VISIT_UPDATE)
    String list(Query query, @RequestParam(required = false) @Nullable String after, Model model) {
        Actor actor = current.get();
        Filter filter = query.filter(actor);
        Slice<Work> works = updates.list(actor, filter, after, ROWS);
        trail.recordAlone(AuditEvent.done("visit-update.list")
                .on("section", "visit updates")
                .count(works.items().size())
                .details(works.items().stream()
                        .map(work -> work.patient().toString())
                        .collect(Collectors.joining(" "))));
        Map<PatientId, PatientSummary> people =
                patients.summaries(works.items().stream().map(Work::patient).collect(Collectors.toSet()));
        Map<EncounterId, String> comments = comments(actor, works.items());
        model.addAttribute(
                "rows",
                works.items().stream()
                        .map(work -> WorkRow.of(
                                work,
                                people.get(work.patient()),
                                actor,
                                directory.facility(work.facility()).orElse(null),
                                department(work),
                                comments,
                                now(work)))
                        .toList());
        model.addAttribute("counts", updates.counts(actor, filter));
        model.addAttribute("chips", chips(query, filter));
        model.addAttribute("filters", selects(query, filter, actor));
        model.addAttribute("place", place(filter));
        model.addAttribute("query", query.text());
        model.addAttribute("filtered", !query.text().isEmpty());
        String here = query.with("none", null);
        model.addAttribute("here", here);
        model.addAttribute("first", after == null ? null : here);
        model.addAttribute("next", works.next() == null ? null : query.with("after", works.next()));
        return "visit/worklist";
    }

    private String place(Filter filter) {
        return filter.facility() == null
                ? "all facilities"
                : directory
                        .facility(filter.facility())
                        .map(Directory.Facility::name)
                        .orElse("this facility");
    }

    private ZonedDateTime now(Work work) {
        ZoneId zone = directory
                .facility(work.facility())
                .map(Directory.Facility::zone)
                .orElse(ZoneOffset.UTC);
        return clock.instant().atZone(zone);
    }

    private String department(Work work) {
        return work.department() == null
                ? ""
                : directory
                        .department(work.department())
                        .map(Directory.Department::name)
                        .orElse("");
    }

    /** What clinicians said to those of mine that came back; read only where there is one. */
    private Map<EncounterId, String> comments(Actor actor, List<Work> works) {
        UserId me = actor.user();
        boolean any = works.stream().anyMatch(work -> work.state().equals("returned") && me.equals(work.owner()));
        if (!any) {
            return Map.of();
        }
        Map<EncounterId, String> comments = new LinkedHashMap<>();
        for (Signing.Awaiting each : signing.returned(actor, COMMENTS)) {
            EncounterId visit = each.entry().encounter();
            if (visit != null && each.comment() != null) {
                comments.putIfAbsent(visit, each.comment());
            }
        }
        return comments;
    }

    /** A link that sets or takes away a filter. */
    record Chip(String label, String path, boolean on) {}

    /** Choices of one filter. */
    record Select(String name, String label, List<Option> options) {}

    record Option(String value, String label, boolean chosen) {}

    private static List<Chip> chips(Query query, Filter filter) {
        List<Chip> chips = new ArrayList<>();
        boolean usual = filter.whose().equals("mine-and-unclaimed");
        chips.add(new Chip("Mine and unclaimed", query.with("whose", null), usual));
        chips.add(new Chip("Mine", query.with("whose", "mine"), filter.whose().equals("mine")));
        chips.add(new Chip(
                "Everybody's", query.with("whose", "all"), filter.whose().equals("all")));
        chips.add(new Chip("Overdue", query.with("overdue", filter.overdue() ? null : "1"), filter.overdue()));
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
        FacilityId where = filter.facility();
        if (where != null) {
            List<Option> departments = new ArrayList<>();
            departments.add(new Option("", "All departments", filter.department() == null));
            directory
                    .departments(where)
                    .forEach(each -> departments.add(new Option(
                            each.id().toString(), each.name(), each.id().equals(filter.department()))));
            selects.add(new Select("department", "Department", departments));
            List<Option> people = new ArrayList<>();
            people.add(new Option("", "All clinicians", filter.clinician() == null));
            directory.practitionersAt(where).stream()
                    .filter(each -> each.prescriberKind().equals("physician"))
                    .forEach(each -> people.add(new Option(
                            each.id().toString(), each.name(), each.id().equals(filter.clinician()))));
            selects.add(new Select("clinician", "Clinician", people));
        }
        String state = query.state() == null ? "" : query.state();
        selects.add(new Select(
                "state",
                "State",
                List.of(
                        new Option("", "Not posted", state.isEmpty()),
                        option("waiting-for-documentation", "Waiting for documentation", state),
                        option("to-do", "To do", state),
                        option("draft", "Draft", state),
                        option("returned", "Returned", state),
                        option("posted", "Posted", state))));
        String age = query.age() == null ? "" : query.age();
        selects.add(new Select(
                "age",
                "Age",
                List.of(
                        new Option("", "Any age", age.isEmpty()),
                        option("1", "Older than a day", age),
                        option("3", "Older than 3 days", age),
                        option("7", "Older than a week", age),
                        option("30", "Older than 30 days", age))));
        return selects;
    }

    private static Option option(String value, String label, String chosen) {
        return new Option(value, label, value.equals(chosen));
    }

    @PostMapping("/patients/{patient}/visits/{visit}/update/claim")
    @Requires(Permission.VISIT_UPDATE)
    @ShowsPatient("update")
    String claim(
            @PathVariable PatientId patient,
            @PathVariable EncounterId visit,
            @RequestParam(defaultValue = "") String query,
            RedirectAttributes flash) {
        try {
            updates.claim(patient, visit);
            flash.addFlashAttribute("done", "Claimed: nobody else can take it now");
        } catch (Rejected held) {
            flash.addFlashAttribute("held", held.problems().get(0).message());
        }
        return "redirect:" + back(query);
    }

    @PostMapping("/patients/{patient}/visits/{visit}/update/return")
    @Requires(Permission.VISIT_UPDATE)
    @ShowsPatient("update")
    String giveBack(
            @PathVariable PatientId patient,
            @PathVariable EncounterId visit,
            @RequestParam(defaultValue = "") String query,
            RedirectAttributes flash) {
        updates.giveBack(patient, visit);
        flash.addFlashAttribute("done", "Returned to the list");
        return "redirect:" + back(query);
    }

    /** The list with the filters it was left with; nothing else that a request might name. */
    private static String back(String query) {
        return query.matches("([a-z]{1,20}=[A-Za-z0-9-]{1,60}(&|$)){1,10}") ? PATH + "?" + query : PATH;
    }
}
