package org.chartkeeper.chart.web;

import java.util.Comparator;
import java.util.List;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.Content;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.ShowsPatient;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The first page of a chart: what changed, what must be known, what was measured last. */
@Controller
class SummaryController {

    /** Changes shown on the summary; more are on the page of all changes. */
    private static final int CHANGES = 12;

    private final ChartPages pages;
    private final ChartReader reader;
    private final News news;

    SummaryController(ChartPages pages, ChartReader reader, News news) {
        this.pages = pages;
        this.reader = reader;
        this.news = news;
    }

    @GetMapping("/patients/{patient}")
    @Requires(Permission.CHART_READ)
    @ShowsPatient("summary")
    String summary(@PathVariable PatientId patient, Model model) {
        Actor actor = pages.actor();
        Words words = pages.words();
        news.fill(model, actor, patient, null, words, CHANGES);
        fill(model, reader.summary(actor, patient), words);
        return "chart/summary";
    }

    /** Puts what a summary says into a model; the printed summary says the same. */
    static void fill(Model model, ChartReader.Summary summary, Words words) {
        List<Row> allergies = summary.allergies().stream()
                .filter(entry -> !(entry.content() instanceof Content.Allergy it && it.noneKnown()))
                .sorted(Comparator.comparing(
                        entry -> !(entry.content() instanceof Content.Allergy it && Words.severe(it))))
                .map(entry -> Row.of(entry, words))
                .toList();
        Row noneKnown = summary.allergies().stream()
                .filter(entry -> entry.content() instanceof Content.Allergy it && it.noneKnown())
                .findFirst()
                .map(entry -> Row.of(entry, words))
                .orElse(null);
        model.addAttribute("allergies", allergies);
        model.addAttribute("noneKnown", noneKnown);
        model.addAttribute(
                "allergiesAsked", summary.allergiesAsked() == null ? null : words.nearDay(summary.allergiesAsked()));
        model.addAttribute(
                "problems",
                summary.problems().stream().map(entry -> Row.of(entry, words)).toList());
        model.addAttribute("medications", Medications.rows(summary.medications(), words));
        model.addAttribute(
                "values",
                summary.values().stream()
                        .map(trend -> ValueRow.of(trend, words))
                        .toList());
        model.addAttribute(
                "visits",
                summary.visits().stream()
                        .map(visit -> VisitRow.of(visit, words))
                        .toList());
    }
}
