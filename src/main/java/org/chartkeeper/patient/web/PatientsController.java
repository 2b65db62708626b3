package org.chartkeeper.patient.web;

import java.util.List;
import org.chartkeeper.patient.PatientSearch;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Finding a patient. What is typed goes by POST and never stands in a URL, a log or the browser's history. */
@Controller
class PatientsController {

    private static final int RECENT = 12;

    private final PatientSearch search;
    private final CurrentActor actors;

    PatientsController(PatientSearch search, CurrentActor actors) {
        this.search = search;
        this.actors = actors;
    }

    @ModelAttribute("mayRegister")
    boolean mayRegister() {
        return actors.find()
                .map(actor -> actor.may(Permission.PATIENT_REGISTER))
                .orElse(false);
    }

    @GetMapping("/patients")
    @Requires(Permission.PATIENT_SEARCH)
    String patients(Model model) {
        return start("", model);
    }

    /** Reloading the page of results ends here. */
    @GetMapping("/patients/search")
    @Requires(Permission.PATIENT_SEARCH)
    String again() {
        return "redirect:/patients";
    }

    private String start(String typed, Model model) {
        model.addAttribute("q", typed);
        model.addAttribute(
                "recent",
                search.recent(actors.get(), RECENT).stream().map(ResultRow::of).toList());
        return "patient/search";
    }

    @PostMapping("/patients/search")
    @Requires(Permission.PATIENT_SEARCH)
    String search(@RequestParam(defaultValue = "") String q, Model model) {
        if (q.isBlank()) {
            return start("", model);
        }
        PatientSearch.Result result = search.search(actors.get(), q, PatientSearch.PAGE);
        List<ResultRow> rows = result.hits().stream().map(ResultRow::of).toList();
        model.addAttribute("q", q);
        model.addAttribute("hits", rows);
        model.addAttribute("partly", result.partly());
        model.addAttribute("count", rows.size() + (result.more() ? "+" : ""));
        return "patient/search";
    }
}
