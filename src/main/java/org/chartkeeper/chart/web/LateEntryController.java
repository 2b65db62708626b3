package org.chartkeeper.chart.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.chartkeeper.access.Reauthentication;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EncounterView;
import org.chartkeeper.chart.EntryCommand;
import org.chartkeeper.chart.EntryCommand.VersionKind;
import org.chartkeeper.chart.Way;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.ShowsPatient;
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

/** A note of a visit that is written down afterwards. Whether it is a late entry, its times say. */
@Controller
class LateEntryController {

    private static final List<ReviewController.Option> KINDS = List.of(
            new ReviewController.Option("progress", "Progress note"),
            new ReviewController.Option("history-physical", "History and physical"),
            new ReviewController.Option("consultation", "Consultation"),
            new ReviewController.Option("operative", "Operative report"),
            new ReviewController.Option("procedure", "Procedure note"),
            new ReviewController.Option("discharge-summary", "Discharge summary"),
            new ReviewController.Option("telephone", "Telephone note"),
            new ReviewController.Option("nursing", "Nursing note"),
            new ReviewController.Option("letter", "Letter"));

    private final ChartPages pages;
    private final ChangeFlow flow;
    private final Saying saying;
    private final Reauthentication reauthentication;

    LateEntryController(ChartPages pages, ChangeFlow flow, Saying saying, Reauthentication reauthentication) {
        this.pages = pages;
        this.flow = flow;
        this.saying = saying;
        this.reauthentication = reauthentication;
    }

    @GetMapping("/patients/{patient}/visits/{visit}/late-entry")
    @Requires({Permission.VISIT_UPDATE, Permission.CHART_SIGN})
    @ShowsPatient("late entry")
    String form(@PathVariable PatientId patient, @PathVariable EncounterId visit, Model model) {
        EncounterView view = pages.visit(patient, visit);
        ChangeForm form = new ChangeForm();
        form.setIdempotencyKey(Uuid7.next().toString());
        Actor actor = pages.actor();
        saying.fill(form, actor, Way.LATE_ENTRY, null);
        form.setEventDate(Saying.date(view.start(), "day", pages.words().zone()));
        form.setEventTime("");
        if (actor.practitioner() == null && view.attending() != null) {
            form.setBy("p:" + view.attending());
        }
        model.addAttribute("change", form);
        fill(model, view);
        return "chart/late-entry";
    }

    @PostMapping("/patients/{patient}/visits/{visit}/late-entry")
    @Requires({Permission.VISIT_UPDATE, Permission.CHART_SIGN})
    @ShowsPatient("late entry")
    String save(
            @PathVariable PatientId patient,
            @PathVariable EncounterId visit,
            @ModelAttribute("change") ChangeForm form,
            BindingResult binding,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        EncounterView view = pages.visit(patient, visit);
        Actor actor = pages.actor();
        String path = null;
        try {
            path = attempt(actor, view, form, binding);
        } catch (Rejected rejected) {
            ChangeController.say(rejected, binding);
        }
        if (path == null) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            form.setPassword("");
            form.setIdempotencyKey(Uuid7.next().toString());
            fill(model, view);
            return "chart/late-entry";
        }
        EntryId written = EntryId.of(path.substring(path.lastIndexOf('/') + 1));
        redirect.addFlashAttribute(
                "done",
                flow.late(actor, patient, written)
                        ? "Entered and marked as a late entry."
                        : "Entered. It was stated in time, so it is no late entry.");
        return "redirect:" + path;
    }

    private @Nullable String attempt(Actor actor, EncounterView view, ChangeForm form, BindingResult binding) {
        Saying.Read said = saying.read(form, actor, Way.LATE_ENTRY, null, binding);
        ReviewController.Option kind = KINDS.stream()
                .filter(each -> each.value().equals(form.getKind()))
                .findFirst()
                .orElse(null);
        if (kind == null) {
            binding.rejectValue("kind", "missing", "Choose what kind of note it is");
        }
        if (form.getText().isBlank()) {
            binding.rejectValue("text", "missing", "Enter the text");
        }
        boolean signs = actor.practitioner() != null && actor.may(Permission.CHART_SIGN);
        if (signs && form.getPassword().isEmpty()) {
            binding.rejectValue("password", "missing", "Enter your password to sign it");
        }
        if (binding.hasErrors()
                || kind == null
                || said.event() == null
                || said.statement() == null
                || said.source() == null) {
            return null;
        }
        if (signs && !reauthentication.confirm(form.getPassword())) {
            binding.rejectValue("password", "wrong", "That is not your password. Nothing was saved");
            return null;
        }
        return flow.write(
                actor,
                form.getIdempotencyKey(),
                new EntryCommand(
                        VersionKind.ORIGINAL,
                        null,
                        null,
                        view.patient(),
                        view.facility(),
                        view.id(),
                        new Content.Note(
                                kind.value(),
                                Concept.of(kind.label()),
                                "final",
                                form.getText().strip().replace("\r\n", "\n"),
                                null),
                        said.event(),
                        said.precision(),
                        said.statement(),
                        said.source(),
                        said.reason(),
                        "",
                        false));
    }

    private void fill(Model model, EncounterView view) {
        Words words = pages.words();
        model.addAttribute("kinds", KINDS);
        model.addAttribute("visits", List.of());
        model.addAttribute("visitTitle", view.kind() + ", " + words.moment(view.start()));
        model.addAttribute("visitPath", "/patients/" + view.patient() + "/visits/" + view.id());
        saying.offer(model, pages.actor(), Way.LATE_ENTRY, null);
    }
}
