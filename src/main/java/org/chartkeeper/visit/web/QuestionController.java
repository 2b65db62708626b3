package org.chartkeeper.visit.web;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.patient.PatientSummary;
import org.chartkeeper.patient.Patients;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.ShowsPatient;
import org.chartkeeper.visit.VisitUpdates;
import org.chartkeeper.visit.VisitUpdates.Question;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Questions to a clinician about what the documentation of a visit does not tell. */
@Controller
class QuestionController {

    private static final int SHOWN = 100;

    private final VisitUpdates updates;
    private final Patients patients;
    private final AuditTrail trail;
    private final CurrentActor current;

    QuestionController(VisitUpdates updates, Patients patients, AuditTrail trail, CurrentActor current) {
        this.updates = updates;
        this.patients = patients;
        this.trail = trail;
        this.current = current;
    }

    /** A question as it reads. */
    record Line(Question question, String path, String patient, String born) {}

    @GetMapping("/questions")
    @Requires(Permission.CHART_SIGN)
    String questions(Model model) {
        fill(model, List.of(), "", "");
        return "visit/questions";
    }

    private void fill(Model model, List<Problem> problems, String wrong, String typed) {
        Actor actor = current.get();
        List<Question> questions = updates.questions(actor, SHOWN);
        Map<PatientId, PatientSummary> people =
                patients.summaries(questions.stream().map(Question::patient).collect(Collectors.toSet()));
        trail.recordAlone(AuditEvent.done("visit-question.list")
                .on("section", "questions")
                .count(questions.size())
                .details(questions.stream()
                        .map(question -> question.patient().toString())
                        .collect(Collectors.joining(" "))));
        model.addAttribute(
                "lines",
                questions.stream()
                        .map(question -> line(question, people.get(question.patient())))
                        .toList());
        model.addAttribute("problems", problems);
        model.addAttribute("wrong", wrong);
        model.addAttribute("typed", typed);
    }

    private static Line line(Question question, @org.jspecify.annotations.Nullable PatientSummary person) {
        return new Line(
                question,
                "/patients/" + question.patient(),
                person == null ? "Patient" : person.label(),
                person == null || person.birthDate() == null ? "" : person.birthDate());
    }

    @PostMapping("/patients/{patient}/questions/{question}")
    @Requires(Permission.CHART_SIGN)
    @ShowsPatient("question")
    String answer(
            @PathVariable PatientId patient,
            @PathVariable UUID question,
            @RequestParam(defaultValue = "") String answer,
            @RequestParam(defaultValue = "") String text,
            Model model,
            jakarta.servlet.http.HttpServletResponse response,
            RedirectAttributes flash) {
        try {
            updates.answer(current.get(), patient, question, answer, text);
        } catch (Rejected rejected) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            fill(model, rejected.problems(), question.toString(), text);
            return "visit/questions";
        }
        flash.addFlashAttribute("done", "Answered");
        return "redirect:/questions";
    }
}
