package org.chartkeeper.chart.web;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.ChartSearch;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.ShowsPatient;
import org.chartkeeper.platform.Slice;
import org.chartkeeper.platform.TypedDate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The whole record in the order of events, every change of it in the order of writing, and what an import kept whole.
 * Types and dates stand in the address; words that are looked for never do, they go by a form.
 */
@Controller
class TimelineController {

    private final ChartPages pages;
    private final ChartSearch search;

    TimelineController(ChartPages pages, ChartSearch search) {
        this.pages = pages;
        this.search = search;
    }

    @GetMapping("/patients/{patient}/timeline")
    @Requires(Permission.CHART_READ)
    @ShowsPatient("timeline")
    String timeline(
            @PathVariable PatientId patient,
            @RequestParam(required = false) @Nullable List<String> type,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String until,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        fill(patient, type, from, until, "", after, model);
        return "chart/timeline";
    }

    /** The same narrowed to titles with some words. */
    @PostMapping("/patients/{patient}/timeline")
    @Requires(Permission.CHART_READ)
    @ShowsPatient("timeline")
    String find(
            @PathVariable PatientId patient,
            @RequestParam(required = false) @Nullable List<String> type,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String until,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        fill(patient, type, from, until, q, after, model);
        return "chart/timeline";
    }

    /** Every change of this chart, newest first. */
    @GetMapping("/patients/{patient}/history")
    @Requires(Permission.CHART_READ)
    @ShowsPatient("history")
    String history(
            @PathVariable PatientId patient, @RequestParam(required = false) @Nullable String after, Model model) {
        Words words = pages.words();
        Slice<ChartReader.Change> changes = search.changes(pages.actor(), patient, after, ChartPages.ROWS);
        String path = "/patients/" + patient + "/history";
        model.addAttribute(
                "changes",
                changes.items().stream()
                        .map(change -> ChangeRow.of(patient, change, words))
                        .toList());
        model.addAttribute("first", after == null ? null : path);
        model.addAttribute("next", changes.next() == null ? null : path + "?after=" + changes.next());
        return "chart/changes";
    }

    @GetMapping("/patients/{patient}/other")
    @Requires(Permission.CHART_READ)
    @ShowsPatient("other resources")
    String others(
            @PathVariable PatientId patient, @RequestParam(required = false) @Nullable String after, Model model) {
        Words words = pages.words();
        Slice<ChartSearch.OtherResource> others = search.others(patient, after, ChartPages.ROWS);
        String path = "/patients/" + patient + "/other";
        model.addAttribute(
                "others",
                others.items().stream()
                        .map(other -> other(patient, other, words))
                        .toList());
        model.addAttribute("first", after == null ? null : path);
        model.addAttribute("next", others.next() == null ? null : path + "?after=" + others.next());
        return "chart/others";
    }

    @GetMapping("/patients/{patient}/other/{resource}")
    @Requires(Permission.CHART_READ)
    @ShowsPatient("other resource")
    String other(@PathVariable PatientId patient, @PathVariable UUID resource, Model model) {
        ChartSearch.OtherContent content =
                search.other(patient, resource).orElseThrow(() -> pages.missing(patient, "other resource", resource));
        model.addAttribute("other", other(patient, content.resource(), pages.words()));
        model.addAttribute("json", content.json());
        return "chart/other";
    }

    private static Other other(PatientId patient, ChartSearch.OtherResource resource, Words words) {
        return new Other(
                "/patients/" + patient + "/other/" + resource.id(),
                resource.type(),
                resource.source(),
                resource.place(),
                words.moment(resource.received()));
    }

    private void fill(
            PatientId patient,
            @Nullable List<String> type,
            @Nullable String from,
            @Nullable String until,
            String q,
            @Nullable String after,
            Model model) {
        Words words = pages.words();
        List<Problem> problems = new ArrayList<>();
        Set<EntryType> types = types(type);
        Optional<LocalDate> start = date(from, "from", true, words, problems);
        Optional<LocalDate> end = date(until, "until", false, words, problems);
        ZoneId zone = words.zone();
        ChartReader.Filter filter = new ChartReader.Filter(
                types,
                null,
                null,
                null,
                start.map(day -> day.atStartOfDay(zone).toInstant()).orElse(null),
                end.map(day -> day.plusDays(1).atStartOfDay(zone).toInstant()).orElse(null),
                false);
        Slice<EntryView> found = search.titled(pages.actor(), patient, filter, q, after, ChartPages.ROWS);
        String path = "/patients/" + patient + "/timeline";
        String query = types.stream().map(each -> "type=" + each.key()).collect(Collectors.joining("&"))
                + (start.isPresent() ? "&from=" + start.get() : "")
                + (end.isPresent() ? "&until=" + end.get() : "");
        model.addAttribute("days", days(found.items(), words));
        model.addAttribute("shown", found.items().size());
        model.addAttribute("types", EntryType.values());
        model.addAttribute("chosen", types);
        model.addAttribute("from", from);
        model.addAttribute("until", until);
        model.addAttribute("q", q);
        model.addAttribute("path", path);
        model.addAttribute("filtered", !types.isEmpty() || start.isPresent() || end.isPresent() || !q.isBlank());
        model.addAttribute("problems", problems);
        model.addAttribute("afterKey", found.next());
        model.addAttribute("first", after == null ? null : query.isEmpty() ? path : path + "?" + query);
        model.addAttribute(
                "next",
                found.next() == null || !q.isBlank()
                        ? null
                        : path + "?" + (query.isEmpty() ? "" : query + "&") + "after=" + found.next());
    }

    private static Set<EntryType> types(@Nullable List<String> keys) {
        Set<EntryType> types = EnumSet.noneOf(EntryType.class);
        if (keys != null) {
            Arrays.stream(EntryType.values())
                    .filter(each -> keys.contains(each.key()))
                    .forEach(types::add);
        }
        return types;
    }

    private static Optional<LocalDate> date(
            @Nullable String text, String field, boolean first, Words words, List<Problem> problems) {
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        Optional<PartialDate> date = TypedDate.past(text, words.today());
        if (date.isEmpty()) {
            problems.add(Problem.error(field, "This is no date. Try 11/22/2026, Nov 2026 or t-30"));
        }
        return date.map(it -> first ? it.from() : it.to());
    }

    private static List<Day> days(List<EntryView> entries, Words words) {
        List<Day> days = new ArrayList<>();
        for (EntryView entry : entries) {
            String day = words.day(entry);
            if (days.isEmpty() || !days.get(days.size() - 1).day().equals(day)) {
                days.add(new Day(day, new ArrayList<>()));
            }
            days.get(days.size() - 1).rows().add(Row.of(entry, words));
        }
        return days;
    }

    /** What happened on a day. */
    record Day(String day, List<Row> rows) {}

    /** A resource that was kept whole. */
    record Other(
            String path,
            String type,
            String source,
            @Nullable String place,
            String received) {}
}
