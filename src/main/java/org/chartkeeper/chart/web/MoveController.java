package org.chartkeeper.chart.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.chartkeeper.access.Access;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.RecordMoves;
import org.chartkeeper.chart.RecordMoves.Subject;
import org.chartkeeper.patient.PatientSummary;
import org.chartkeeper.patient.Patients;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.ShowsPatient;
import org.chartkeeper.platform.Stale;
import org.chartkeeper.platform.TypedDate;
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

/**
 * Entered for the wrong patient. Two identifiers of the right one are typed, then what will happen is shown beside who that
 * is, and only then it happens.
 */
@Controller
class MoveController {

    private static final int VISITS = 20;

    private final ChartPages pages;
    private final RecordMoves moves;
    private final ChangeFlow flow;
    private final Patients patients;
    private final Encounters encounters;
    private final Access access;

    MoveController(
            ChartPages pages,
            RecordMoves moves,
            ChangeFlow flow,
            Patients patients,
            Encounters encounters,
            Access access) {
        this.pages = pages;
        this.moves = moves;
        this.flow = flow;
        this.patients = patients;
        this.encounters = encounters;
        this.access = access;
    }

    @GetMapping("/patients/{patient}/entries/{entry}/move")
    @Requires(Permission.VISIT_UPDATE)
    @ShowsPatient("move")
    String entry(@PathVariable PatientId patient, @PathVariable EntryId entry, Model model) {
        return begin(Subject.entry(patient, entry), model);
    }

    @PostMapping("/patients/{patient}/entries/{entry}/move")
    @Requires(Permission.VISIT_UPDATE)
    @ShowsPatient("move")
    String moveEntry(
            @PathVariable PatientId patient,
            @PathVariable EntryId entry,
            @ModelAttribute("move") MoveForm form,
            BindingResult binding,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        return step(Subject.entry(patient, entry), form, binding, model, response, redirect);
    }

    @GetMapping("/patients/{patient}/visits/{visit}/move")
    @Requires(Permission.VISIT_UPDATE)
    @ShowsPatient("move")
    String visit(@PathVariable PatientId patient, @PathVariable EncounterId visit, Model model) {
        return begin(Subject.visit(patient, visit), model);
    }

    @PostMapping("/patients/{patient}/visits/{visit}/move")
    @Requires(Permission.VISIT_UPDATE)
    @ShowsPatient("move")
    String moveVisit(
            @PathVariable PatientId patient,
            @PathVariable EncounterId visit,
            @ModelAttribute("move") MoveForm form,
            BindingResult binding,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        return step(Subject.visit(patient, visit), form, binding, model, response, redirect);
    }

    private String begin(Subject subject, Model model) {
        MoveForm form = new MoveForm();
        model.addAttribute("move", form);
        fill(model, subject, moves.plan(pages.actor(), subject), form);
        return "chart/move";
    }

    private String step(
            Subject subject,
            MoveForm form,
            BindingResult binding,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        Actor actor = pages.actor();
        if (form.getStep().equals("change")) {
            fill(model, subject, moves.plan(actor, subject), form);
            return "chart/move";
        }
        boolean last = form.getStep().equals("move");
        Optional<PatientSummary> right = right(actor, form, binding);
        if (form.getReasonWords().isBlank()) {
            binding.rejectValue("reasonWords", "missing", "Say how it came to be in this chart");
        }
        right.filter(person -> person.id().equals(subject.from()))
                .ifPresent(person -> binding.rejectValue("mrn", "same", "That is the patient whose chart this is"));
        EncounterId visit = right.isPresent() ? visit(right.get(), form, binding) : null;
        if (binding.hasErrors() || right.isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            fill(model, subject, moves.plan(actor, subject), form);
            return "chart/move";
        }
        if (last && !form.isCompared()) {
            binding.rejectValue("compared", "missing", "Compare both identifiers with the source first");
        }
        if (last && !binding.hasErrors()) {
            try {
                String outcome = flow.move(
                        actor,
                        form.getIdempotencyKey(),
                        new RecordMoves.Order(
                                subject,
                                form.getSeen(),
                                right.get().id(),
                                visit,
                                form.getReasonWords().strip()));
                redirect.addFlashAttribute(
                        "done",
                        outcome.equals("done")
                                ? "Taken out of this chart and entered in the right one. Whoever stated it is told."
                                : "A supervisor confirms it, for something of it is signed. Until then everything stays as it is.");
                return "redirect:" + path(subject);
            } catch (Stale stale) {
                binding.reject("stale", "It has changed since you saw it. Look at it again below");
            } catch (Rejected rejected) {
                ChangeController.say(rejected, binding);
            }
        }
        if (binding.hasErrors()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        }
        RecordMoves.Plan plan = moves.plan(actor, subject);
        form.setSeen(plan.seen());
        form.setIdempotencyKey(Uuid7.next().toString());
        form.setCompared(false);
        fill(model, subject, plan, form);
        check(model, actor, right.get(), subject, plan);
        return "chart/move-check";
    }

    /** The patient of both identifiers, who may be opened here; that this chart was looked at is recorded. */
    private Optional<PatientSummary> right(Actor actor, MoveForm form, BindingResult binding) {
        Words words = pages.words();
        Optional<PartialDate> born = TypedDate.past(form.getBirthDate(), words.today());
        if (form.getMrn().isBlank()) {
            binding.rejectValue("mrn", "missing", "Enter the MRN of the right patient");
        }
        if (born.isEmpty()) {
            binding.rejectValue("birthDate", "missing", "Enter the birth date of the right patient");
        }
        if (binding.hasErrors() || actor.facility() == null) {
            return Optional.empty();
        }
        Optional<PatientSummary> found = patients.byMrn(
                        actor.facility(), form.getMrn().strip())
                .flatMap(patients::find)
                .filter(person -> person.birthDate() != null
                        && person.birthDate().equals(born.get().toString()))
                .filter(person ->
                        access.decideAndRecord(actor, person.id(), "move", true) instanceof Access.Decision.Granted);
        if (found.isEmpty()) {
            binding.rejectValue("mrn", "unknown", "No patient here has this MRN and this birth date");
        }
        return found;
    }

    private @Nullable EncounterId visit(PatientSummary right, MoveForm form, BindingResult binding) {
        if (form.getToVisit().isBlank()) {
            return null;
        }
        try {
            EncounterId id = EncounterId.of(form.getToVisit());
            if (encounters.find(right.id(), id).isPresent()) {
                return id;
            }
        } catch (IllegalArgumentException noId) {
            // falls to the message below
        }
        form.setToVisit("");
        binding.rejectValue("toVisit", "unknown", "Choose a visit of the right patient");
        return null;
    }

    private void fill(Model model, Subject subject, RecordMoves.Plan plan, MoveForm form) {
        Words words = pages.words();
        model.addAttribute("path", path(subject));
        model.addAttribute("whole", subject.visit() != null);
        model.addAttribute(
                "rows",
                plan.entries().stream().map(entry -> Row.of(entry, words)).toList());
        model.addAttribute("obstacles", plan.obstacles());
        model.addAttribute("warnings", plan.warnings());
        model.addAttribute("confirmation", plan.confirmation());
        model.addAttribute("form", form);
        model.addAttribute(
                "what",
                subject.visit() == null
                        ? plan.entries().stream()
                                .filter(entry -> entry.id().equals(subject.entry()))
                                .map(entry -> entry.content().title())
                                .findFirst()
                                .orElse("Entry")
                        : "Visit of "
                                + words.moment(pages.visit(subject.from(), subject.visit())
                                        .start()));
    }

    private void check(Model model, Actor actor, PatientSummary right, Subject subject, RecordMoves.Plan plan) {
        Words words = pages.words();
        model.addAttribute("right", person(right, words));
        model.addAttribute("sameNames", right.sameNames());
        List<ReviewController.Option> visits = new ArrayList<>();
        if (subject.visit() == null) {
            encounters
                    .list(right.id(), null, VISITS)
                    .items()
                    .forEach(each -> visits.add(ChangeController.option(each, words)));
        }
        model.addAttribute("visits", visits);
        model.addAttribute(
                "told",
                plan.entries().stream()
                        .filter(entry -> entry.statedByPractitioner() != null)
                        .map(EntryView::statedBy)
                        .distinct()
                        .collect(Collectors.joining(", ")));
        model.addAttribute("supervisor", actor.may(Permission.MOVE_CONFIRM));
    }

    /** What identifies a person, for comparison with a source. */
    static List<Field> person(PatientSummary person, Words words) {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("Name", person.label()));
        if (person.birthDate() != null) {
            fields.add(new Field("Born", Dates.words(person.birthDate(), words.zone())));
        }
        fields.add(new Field("Sex", person.sex()));
        person.mrns().forEach(mrn -> fields.add(new Field("MRN " + mrn.facilityName(), mrn.value())));
        return fields;
    }

    private static String path(Subject subject) {
        String base = "/patients/" + subject.from();
        if (subject.visit() != null) {
            return base + "/visits/" + subject.visit();
        }
        if (subject.entry() == null) {
            throw new NotFound("entry of patient " + subject.from());
        }
        return base + "/entries/" + subject.entry();
    }
}
