package org.chartkeeper.chart.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.ChartReader.Filter;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.ShowsPatient;
import org.chartkeeper.platform.Slice;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The sections of a chart, each a list of its own paged by key. Where a list has a state in force (problems, allergies,
 * drugs), all of that stands first and uncut, and below it everything with what is past.
 */
@Controller
class SectionsController {

    /** Bound of the lists that are never cut: more than this many at once is no list of one person any more. */
    private static final int UNCUT = 1000;

    private final ChartPages pages;
    private final ChartReader reader;

    SectionsController(ChartPages pages, ChartReader reader) {
        this.pages = pages;
        this.reader = reader;
    }

    @GetMapping("/patients/{patient}/medications")
    @Requires(Permission.CHART_READ)
    @ShowsPatient("medications")
    String medications(
            @PathVariable PatientId patient, @RequestParam(required = false) @Nullable String after, Model model) {
        Words words = pages.words();
        Filter drugs = Filter.of(EntryType.MEDICATION_ORDER, EntryType.MEDICATION_STATEMENT);
        Slice<EntryView> all = reader.entries(pages.actor(), patient, drugs, after, ChartPages.ROWS);
        if (after == null) {
            // Orders that are to replace another are not active yet, but stand beside it as was and now.
            List<EntryView> active = new ArrayList<>(
                    all.items().stream().filter(EntryView::proposed).toList());
            active.addAll(reader.entries(pages.actor(), patient, drugs.active(), null, UNCUT)
                    .items());
            model.addAttribute("active", Medications.rows(active, words));
            model.addAttribute(
                    "orders",
                    pages.actor().may(Permission.VISIT_UPDATE) || pages.actor().may(Permission.CHART_SIGN));
        }
        Section.of(patient, "medications", "Medications")
                .all("All orders and statements")
                .fill(model, all, after, words);
        return "chart/list";
    }

    @GetMapping("/patients/{patient}/medications/given")
    @Requires(Permission.CHART_READ)
    @ShowsPatient("medications given")
    String given(@PathVariable PatientId patient, @RequestParam(required = false) @Nullable String after, Model model) {
        Section section =
                Section.of(patient, "medications/given", "Medications given").under("medications");
        return plain(patient, section, EntryType.MEDICATION_ADMINISTRATION, after, model);
    }

    @GetMapping("/patients/{patient}/allergies")
    @Requires(Permission.CHART_READ)
    @ShowsPatient("allergies")
    String allergies(
            @PathVariable PatientId patient, @RequestParam(required = false) @Nullable String after, Model model) {
        Section section = Section.of(patient, "allergies", "Allergies").all("All, with what is past");
        return living(patient, section, EntryType.ALLERGY, after, model);
    }

    @GetMapping("/patients/{patient}/problems")
    @Requires(Permission.CHART_READ)
    @ShowsPatient("problems")
    String problems(
            @PathVariable PatientId patient, @RequestParam(required = false) @Nullable String after, Model model) {
        Section section = Section.of(patient, "problems", "Problems").all("All, with resolved ones");
        return living(patient, section, EntryType.CONDITION, after, model);
    }

    @GetMapping("/patients/{patient}/immunizations")
    @Requires(Permission.CHART_READ)
    @ShowsPatient("immunizations")
    String immunizations(
            @PathVariable PatientId patient, @RequestParam(required = false) @Nullable String after, Model model) {
        return plain(
                patient, Section.of(patient, "immunizations", "Immunizations"), EntryType.IMMUNIZATION, after, model);
    }

    @GetMapping("/patients/{patient}/procedures")
    @Requires(Permission.CHART_READ)
    @ShowsPatient("procedures")
    String procedures(
            @PathVariable PatientId patient, @RequestParam(required = false) @Nullable String after, Model model) {
        return plain(patient, Section.of(patient, "procedures", "Procedures"), EntryType.PROCEDURE, after, model);
    }

    @GetMapping("/patients/{patient}/orders")
    @Requires(Permission.CHART_READ)
    @ShowsPatient("orders")
    String orders(
            @PathVariable PatientId patient, @RequestParam(required = false) @Nullable String after, Model model) {
        return plain(patient, Section.of(patient, "orders", "Orders"), EntryType.ORDER, after, model);
    }

    @GetMapping("/patients/{patient}/care-plan")
    @Requires(Permission.CHART_READ)
    @ShowsPatient("care plan")
    String carePlan(
            @PathVariable PatientId patient, @RequestParam(required = false) @Nullable String after, Model model) {
        Section section = Section.of(patient, "care-plan", "Care plan").under("summary");
        return plain(patient, section, EntryType.CARE_PLAN_ITEM, after, model);
    }

    /** Results by category; {@code reports} are whole reports. */
    @GetMapping("/patients/{patient}/results")
    @Requires(Permission.CHART_READ)
    @ShowsPatient("results")
    String results(
            @PathVariable PatientId patient,
            @RequestParam(required = false) @Nullable String category,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        ResultCategory chosen = ResultCategory.of(category);
        Filter filter = chosen == ResultCategory.REPORTS
                ? Filter.of(EntryType.DIAGNOSTIC_REPORT)
                : Filter.of(EntryType.OBSERVATION).category(chosen.category());
        Slice<EntryView> results = reader.entries(pages.actor(), patient, filter, after, ChartPages.ROWS);
        String query = chosen == ResultCategory.ALL ? "" : "?category=" + chosen.key();
        new Section("results", "/patients/" + patient + "/results" + query, "Results", chosen.label())
                .fill(model, results, after, pages.words());
        model.addAttribute("categories", ResultCategory.values());
        model.addAttribute("chosen", chosen);
        return "chart/results";
    }

    /** The course of one code: that of the entry. No code stands in the address, for a test can betray a disease. */
    @GetMapping("/patients/{patient}/results/{entry}")
    @Requires(Permission.CHART_READ)
    @ShowsPatient("result")
    String result(
            @PathVariable PatientId patient,
            @PathVariable EntryId entry,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        Actor actor = pages.actor();
        Words words = pages.words();
        EntryView one = pages.entry(patient, entry);
        if (!(one.content() instanceof Content.Observation observation)) {
            throw pages.missing(patient, "result", entry);
        }
        var coding = observation.code().first();
        Slice<EntryView> all = coding == null
                ? new Slice<>(List.of(one), null)
                : reader.entries(
                        actor,
                        patient,
                        new Filter(Set.of(EntryType.OBSERVATION), null, coding.code(), null, null, null, false),
                        after,
                        ChartPages.ROWS);
        new Section("results", "/patients/" + patient + "/results/" + entry, observation.title(), "All values")
                .fill(model, all, after, words);
        model.addAttribute("code", words.code(observation.code()));
        model.addAttribute("chart", Course.of(observation.title(), all.items(), words));
        return "chart/result";
    }

    private String living(PatientId patient, Section section, EntryType type, @Nullable String after, Model model) {
        Words words = pages.words();
        if (after == null) {
            model.addAttribute(
                    "active",
                    reader.entries(pages.actor(), patient, Filter.of(type).active(), null, UNCUT).items().stream()
                            .map(entry -> Row.of(entry, words))
                            .toList());
        }
        section.fill(
                model, reader.entries(pages.actor(), patient, Filter.of(type), after, ChartPages.ROWS), after, words);
        return "chart/list";
    }

    private String plain(PatientId patient, Section section, EntryType type, @Nullable String after, Model model) {
        Slice<EntryView> all = reader.entries(pages.actor(), patient, Filter.of(type), after, ChartPages.ROWS);
        section.fill(model, all, after, pages.words());
        return "chart/list";
    }

    static @Nullable String signature(EntryView entry, Words words) {
        if (entry.signedBy() == null || entry.signedAt() == null) {
            return entry.signature().equals("authenticated at source") ? "authenticated at its source" : null;
        }
        return "signed by " + entry.signedBy() + ", " + words.moment(entry.signedAt());
    }

    /**
     * A section's page.
     *
     * @param tab which tab is the current one
     * @param path without paging
     * @param heading of the page
     * @param allHeading of the list of everything, below what is in force
     */
    private record Section(String tab, String path, String heading, String allHeading) {

        static Section of(PatientId patient, String name, String heading) {
            return new Section(name, "/patients/" + patient + "/" + name, heading, heading);
        }

        Section all(String words) {
            return new Section(tab, path, heading, words);
        }

        Section under(String other) {
            return new Section(other, path, heading, allHeading);
        }

        void fill(Model model, Slice<EntryView> all, @Nullable String after, Words words) {
            model.addAttribute("section", tab);
            model.addAttribute("heading", heading);
            model.addAttribute("allHeading", allHeading);
            model.addAttribute(
                    "rows",
                    all.items().stream().map(entry -> Row.of(entry, words)).toList());
            model.addAttribute("path", path);
            model.addAttribute("first", after == null ? null : path);
            model.addAttribute(
                    "next",
                    all.next() == null ? null : path + (path.contains("?") ? "&" : "?") + "after=" + all.next());
        }
    }
}
