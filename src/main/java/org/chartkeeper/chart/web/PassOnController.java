package org.chartkeeper.chart.web;

import jakarta.servlet.http.HttpServletResponse;
import org.chartkeeper.access.Directory;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.ResultDesk;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.ShowsPatient;
import org.chartkeeper.platform.Stale;
import org.chartkeeper.platform.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A result that waits on the wrong desk goes to the right one. */
@Controller
class PassOnController {

    private final ChartPages pages;
    private final Desk desk;
    private final Directory directory;

    PassOnController(ChartPages pages, Desk desk, Directory directory) {
        this.pages = pages;
        this.desk = desk;
        this.directory = directory;
    }

    @GetMapping("/patients/{patient}/entries/{entry}/pass-on")
    @Requires(Permission.CHART_SIGN)
    @ShowsPatient("pass on")
    String form(@PathVariable PatientId patient, @PathVariable EntryId entry, Model model) {
        EntryView view = pages.entry(patient, entry);
        PassOnForm form = new PassOnForm();
        form.setSeen(patient + "_" + entry + "_" + view.version());
        form.setIdempotencyKey(Uuid7.next().toString());
        model.addAttribute("passOn", form);
        fill(view, model);
        return "chart/pass-on";
    }

    @PostMapping("/patients/{patient}/entries/{entry}/pass-on")
    @Requires(Permission.CHART_SIGN)
    @ShowsPatient("pass on")
    String pass(
            @PathVariable PatientId patient,
            @PathVariable EntryId entry,
            @ModelAttribute("passOn") PassOnForm form,
            BindingResult binding,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        HttpStatus refused = attempt(patient, entry, form, binding, redirect);
        if (refused != null) {
            response.setStatus(refused.value());
            fill(pages.entry(patient, entry), model);
            return "chart/pass-on";
        }
        return "redirect:/inbox";
    }

    private @Nullable HttpStatus attempt(
            PatientId patient, EntryId entry, PassOnForm form, BindingResult binding, RedirectAttributes redirect) {
        Actor actor = pages.actor();
        try {
            ResultDesk.Seen seen = ResultLine.parse(form.getSeen());
            if (!seen.patient().equals(patient) || !seen.entry().equals(entry)) {
                throw new Rejected("This form is of another entry. Load the page again.");
            }
            PractitionerId to = PractitionerId.of(form.getTo());
            redirect.addFlashAttribute(
                    "signed", desk.passOn(actor, form.getIdempotencyKey(), seen, to, form.getComment()));
            return null;
        } catch (Stale stale) {
            binding.reject("stale", "This result has changed since you saw it. Look at it again");
            return HttpStatus.CONFLICT;
        } catch (Rejected rejected) {
            for (Problem problem : rejected.problems()) {
                if (problem.field() == null) {
                    binding.reject("rejected", problem.message());
                } else {
                    binding.rejectValue(problem.field(), "wrong", problem.message());
                }
            }
            return HttpStatus.UNPROCESSABLE_CONTENT;
        } catch (IllegalArgumentException unknown) {
            binding.rejectValue("to", "unknown", "Choose a practitioner from the list");
            return HttpStatus.UNPROCESSABLE_CONTENT;
        }
    }

    private void fill(EntryView entry, Model model) {
        model.addAttribute("row", Row.of(entry, pages.words()));
        model.addAttribute("action", Row.path(entry) + "/pass-on");
        model.addAttribute("practitioners", ReviewController.others(directory, pages.actor()));
    }
}
