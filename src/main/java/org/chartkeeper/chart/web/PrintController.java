package org.chartkeeper.chart.web;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.patient.PatientSummary;
import org.chartkeeper.patient.Patients;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.ShowsPatient;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Pages for paper: each says whose it is, who printed it and when, and that it is a copy. */
@Controller
class PrintController {

    private final ChartPages pages;
    private static final int DOSES = 500;

    private final ChartReader reader;
    private final Patients patients;

    PrintController(ChartPages pages, ChartReader reader, Patients patients) {
        this.pages = pages;
        this.reader = reader;
        this.patients = patients;
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

    /** What a school or an employer asks for: every dose with the age at which it was given, and what was refused. */
    @GetMapping("/patients/{patient}/immunizations/print")
    @Requires(Permission.CHART_READ)
    @ShowsPatient("immunization certificate")
    String immunizations(@PathVariable PatientId patient, Model model) {
        Words words = pages.words();
        String born = patients.find(patient).map(PatientSummary::birthDate).orElse(null);
        LocalDate birth = born == null || born.length() < 10 ? null : LocalDate.parse(born);
        List<Dose> doses = reader
                .entries(pages.actor(), patient, ChartReader.Filter.of(EntryType.IMMUNIZATION), null, DOSES)
                .items()
                .stream()
                .filter(entry -> !entry.retracted() && entry.content() instanceof Content.Immunization)
                .sorted(Comparator.comparing(EntryView::event))
                .map(entry -> Dose.of(entry, (Content.Immunization) entry.content(), birth, words))
                .toList();
        model.addAttribute("given", doses.stream().filter(Dose::given).toList());
        model.addAttribute(
                "omitted", doses.stream().filter(dose -> !dose.given()).toList());
        pages.printed(model);
        return "chart/print-immunizations";
    }

    /**
     * A dose, or why there was none.
     *
     * @param birth to tell the age by; null where the day of birth is not known
     * @param detail of the series, lot, maker, site and route
     * @param by who gave or reported it
     */
    record Dose(
            boolean given,
            String day,
            @Nullable LocalDate on,
            @Nullable LocalDate birth,
            String vaccine,
            String detail,
            String by,
            List<Tag> tags) {

        static Dose of(EntryView entry, Content.Immunization it, @Nullable LocalDate birth, Words words) {
            boolean exact = !entry.eventPrecision().equals("year")
                    && !entry.eventPrecision().equals("month");
            String detail = Stream.of(
                            it.doseNumber() == null ? null : "dose " + it.doseNumber(),
                            it.lot() == null ? null : "lot " + it.lot(),
                            it.manufacturer(),
                            it.site(),
                            it.route(),
                            it.reasonNotDone())
                    .filter(Objects::nonNull)
                    .collect(Collectors.joining(" · "));
            return new Dose(
                    !it.status().equals("not-done"),
                    words.when(entry),
                    exact ? LocalDate.ofInstant(entry.event(), words.zone()) : null,
                    birth,
                    it.vaccine().text(),
                    detail,
                    it.historical() ? "reported: " + entry.statedBy() : entry.statedBy(),
                    words.tags(entry));
        }
    }
}
