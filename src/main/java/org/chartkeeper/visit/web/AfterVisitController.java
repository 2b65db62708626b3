package org.chartkeeper.visit.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.ShowsPatient;
import org.chartkeeper.visit.AfterVisitSummaries;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** What a patient takes home of a visit: drafted from the chart, edited, given and printed. */
@Controller
class AfterVisitController {

    private final AfterVisitSummaries summaries;
    private final CurrentActor current;

    AfterVisitController(AfterVisitSummaries summaries, CurrentActor current) {
        this.summaries = summaries;
        this.current = current;
    }

    @GetMapping("/patients/{patient}/visits/{visit}/summary")
    @Requires(Permission.VISIT_UPDATE)
    @ShowsPatient("after-visit summary")
    String edit(@PathVariable PatientId patient, @PathVariable EncounterId visit, Model model) {
        model.addAttribute("form", AfterVisitForm.of(summaries.draft(current.get(), patient, visit)));
        return show(patient, visit, model);
    }

    @PostMapping("/patients/{patient}/visits/{visit}/summary")
    @Requires(Permission.VISIT_UPDATE)
    @ShowsPatient("after-visit summary")
    String give(
            @PathVariable PatientId patient,
            @PathVariable EncounterId visit,
            @ModelAttribute("form") AfterVisitForm form,
            BindingResult binding,
            Model model,
            HttpServletResponse response) {
        try {
            EntryId given = summaries.give(current.get(), patient, visit, form.getIdempotencyKey(), form.sheet());
            return "redirect:" + path(patient, visit) + "/" + given;
        } catch (Rejected rejected) {
            rejected.problems().forEach(problem -> binding.rejectValue(problem.field(), "rejected", problem.message()));
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return show(patient, visit, model);
        }
    }

    @GetMapping("/patients/{patient}/visits/{visit}/summary/{summary}")
    @Requires(Permission.CHART_READ)
    @ShowsPatient("after-visit summary print")
    String given(
            @PathVariable PatientId patient,
            @PathVariable EncounterId visit,
            @PathVariable EntryId summary,
            Model model) {
        model.addAttribute("parts", parts(summaries.text(current.get(), patient, visit, summary)));
        model.addAttribute("back", "/patients/" + patient + "/visits/" + visit);
        return "visit/after-visit-print";
    }

    private String show(PatientId patient, EncounterId visit, Model model) {
        model.addAttribute("given", summaries.given(current.get(), patient, visit));
        model.addAttribute("path", path(patient, visit));
        model.addAttribute("visitPath", "/patients/" + patient + "/visits/" + visit);
        return "visit/after-visit";
    }

    private static String path(PatientId patient, EncounterId visit) {
        return "/patients/" + patient + "/visits/" + visit + "/summary";
    }

    /** A part of a summary: its heading and its words, line for line. */
    record Part(String heading, String words) {}

    private static List<Part> parts(String text) {
        return Arrays.stream(text.strip().split("\n\n(?=[A-Z][A-Z -]+\n)"))
                .map(part -> part.split("\n", 2))
                .map(part -> new Part(part[0], part.length > 1 ? part[1] : ""))
                .toList();
    }
}
