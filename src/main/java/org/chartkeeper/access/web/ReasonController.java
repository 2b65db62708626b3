package org.chartkeeper.access.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import org.chartkeeper.access.Access;
import org.chartkeeper.access.Access.Decision;
import org.chartkeeper.access.EmergencyReason;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PatientLabels;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.ShowsPatient;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** Opens a chart without care relation for four hours, by a reason. Shows no more of the patient than the name. */
@Controller
class ReasonController {

    private final CurrentActor actors;
    private final Access access;
    private final ObjectProvider<PatientLabels> labels;

    ReasonController(CurrentActor actors, Access access, ObjectProvider<PatientLabels> labels) {
        this.actors = actors;
        this.access = access;
        this.labels = labels;
    }

    @GetMapping("/patients/{patient}/reason")
    @Requires(Permission.EMERGENCY_ACCESS)
    @ShowsPatient("reason")
    String ask(@PathVariable String patient, Model model) {
        PatientId id = PatientId.of(patient);
        if (access.decideChart(actors.get(), id) instanceof Decision.Granted) {
            return "redirect:/patients/" + id;
        }
        model.addAttribute("form", new ReasonForm());
        return page(id, model);
    }

    @PostMapping("/patients/{patient}/reason")
    @Requires(Permission.EMERGENCY_ACCESS)
    @ShowsPatient("reason")
    String open(
            @PathVariable String patient,
            @ModelAttribute("form") ReasonForm form,
            BindingResult binding,
            Model model,
            HttpServletResponse response) {
        PatientId id = PatientId.of(patient);
        try {
            access.openByReason(actors.get(), id, form.getReason(), form.getText());
        } catch (Rejected rejected) {
            FormProblems.into(binding, rejected);
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return page(id, model);
        }
        return "redirect:/patients/" + id;
    }

    private String page(PatientId patient, Model model) {
        Actor actor = actors.get();
        PatientLabels names = labels.getIfAvailable();
        model.addAttribute("patient", patient);
        // The banner of a chart shows allergies and more; before a reason is given it stays away.
        model.addAttribute("banner", null);
        model.addAttribute(
                "name",
                names == null ? null : names.labels(actor, List.of(patient)).get(patient));
        model.addAttribute(
                "reasons",
                Arrays.stream(EmergencyReason.values())
                        .map(reason -> new Option(reason.key(), reason.label()))
                        .toList());
        return "access/reason";
    }
}
