package org.chartkeeper.chart.web;

import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.ShowsPatient;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Pages for paper: each says whose it is, who printed it and when, and that it is a copy. */
@Controller
class PrintController {

    private final ChartPages pages;
    private final ChartReader reader;

    PrintController(ChartPages pages, ChartReader reader) {
        this.pages = pages;
        this.reader = reader;
    }

    @GetMapping("/patients/{patient}/print")
    @Requires(Permission.CHART_READ)
    @ShowsPatient("summary print")
    String summary(@PathVariable PatientId patient, Model model) {
        SummaryController.fill(model, reader.summary(pages.actor(), patient), pages.words());
        pages.printed(model);
        return "chart/print-summary";
    }

    @GetMapping("/patients/{patient}/medications/print")
    @Requires(Permission.CHART_READ)
    @ShowsPatient("medications print")
    String medications(@PathVariable PatientId patient, Model model) {
        SummaryController.fill(model, reader.summary(pages.actor(), patient), pages.words());
        pages.printed(model);
        return "chart/print-medications";
    }
}
