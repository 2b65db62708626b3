package org.chartkeeper.chart.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chartkeeper.access.Access;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.chart.RecordMoves;
import org.chartkeeper.patient.PatientSummary;
import org.chartkeeper.patient.Patients;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Stale;
import org.chartkeeper.platform.Uuid7;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A supervisor confirms the move of what is signed, or leaves it where it is. A move is a root of its own. */
@Controller
class ConfirmController {

    private static final int SHOWN = 100;

    private final ChartPages pages;
    private final RecordMoves moves;
    private final ChangeFlow flow;
    private final Patients patients;
    private final Access access;
    private final AuditTrail trail;

    ConfirmController(
            ChartPages pages, RecordMoves moves, ChangeFlow flow, Patients patients, Access access, AuditTrail trail) {
        this.pages = pages;
        this.moves = moves;
        this.flow = flow;
        this.patients = patients;
        this.access = access;
        this.trail = trail;
    }

    @GetMapping("/moves")
    @Requires(Permission.MOVE_CONFIRM)
    String list(Model model) {
        Actor actor = pages.actor();
        Words words = pages.words();
        List<RecordMoves.Move> waiting = moves.waiting(actor, SHOWN);
        Set<PatientId> whose = waiting.stream()
                .flatMap(move -> Stream.of(move.subject().from(), move.to()))
                .collect(Collectors.toSet());
        Map<PatientId, PatientSummary> people = patients.summaries(whose);
        trail.recordAlone(AuditEvent.done("moves.view")
                .on("section", "moves")
                .count(waiting.size())
                .details(waiting.stream().map(move -> move.id().toString()).collect(Collectors.joining(" "))));
        model.addAttribute(
                "lines",
                waiting.stream()
                        .map(move -> new Line(
                                "/moves/" + move.id(),
                                label(people, move.subject().from(), words),
                                label(people, move.to(), words),
                                what(move),
                                move.askedBy(),
                                words.moment(move.askedAt())))
                        .toList());
        return "chart/moves";
    }

    @GetMapping("/moves/{move}")
    @Requires(Permission.MOVE_CONFIRM)
    String one(@PathVariable UUID move, Model model) {
        AnswerForm form = new AnswerForm();
        model.addAttribute("answer", form);
        fill(model, move, form);
        return "chart/move-confirm";
    }

    @PostMapping("/moves/{move}")
    @Requires(Permission.MOVE_CONFIRM)
    String decide(
            @PathVariable UUID move,
            @ModelAttribute("answer") AnswerForm form,
            BindingResult binding,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        Actor actor = pages.actor();
        HttpStatus refused = HttpStatus.UNPROCESSABLE_CONTENT;
        boolean confirms = form.getAnswer().equals("confirm");
        if (!confirms && !form.getAnswer().equals("refuse")) {
            binding.rejectValue("answer", "missing", "Choose what is to happen with it");
        } else if (!confirms && form.getComment().isBlank()) {
            binding.rejectValue("comment", "missing", "Say why to who asked for it");
        }
        if (!binding.hasErrors()) {
            try {
                int version = Integer.parseInt(form.getPick());
                if (confirms) {
                    flow.confirm(actor, form.getIdempotencyKey(), move, version);
                } else {
                    flow.refuse(
                            actor,
                            form.getIdempotencyKey(),
                            move,
                            version,
                            form.getComment().strip());
                }
                redirect.addFlashAttribute(
                        "done",
                        confirms
                                ? "Moved. Whoever stated it is told."
                                : "Left where it is. Whoever asked is told why.");
                return "redirect:/moves";
            } catch (Stale stale) {
                refused = HttpStatus.CONFLICT;
                binding.reject(
                        "stale",
                        "What is to move has changed since it was asked for. Refuse it, and let it be asked again");
            } catch (Rejected rejected) {
                ChangeController.say(rejected, binding);
            } catch (NumberFormatException damaged) {
                binding.reject("damaged", "This form is damaged. Open the page again");
            }
        }
        response.setStatus(refused.value());
        fill(model, move, form);
        return "chart/move-confirm";
    }

    private void fill(Model model, UUID id, AnswerForm form) {
        Actor actor = pages.actor();
        Words words = pages.words();
        RecordMoves.Move move = moves.find(actor, id).orElseThrow(() -> new NotFound("move " + id));
        for (PatientId patient : List.of(move.subject().from(), move.to())) {
            access.decideAndRecord(actor, patient, "move", true);
        }
        Map<PatientId, PatientSummary> people =
                patients.summaries(Set.of(move.subject().from(), move.to()));
        RecordMoves.Plan plan = moves.plan(actor, move.subject());
        form.setPick(Integer.toString(move.version()));
        form.setIdempotencyKey(Uuid7.next().toString());
        model.addAttribute("waits", move.state().equals("waiting"));
        model.addAttribute("state", move.state());
        model.addAttribute("path", "/moves/" + id);
        model.addAttribute("from", fields(people, move.subject().from(), words));
        model.addAttribute("to", fields(people, move.to(), words));
        model.addAttribute("fromPath", "/patients/" + move.subject().from());
        model.addAttribute("toPath", "/patients/" + move.to());
        model.addAttribute("what", what(move));
        model.addAttribute("reason", move.reason());
        model.addAttribute("askedBy", move.askedBy());
        model.addAttribute("askedAt", words.moment(move.askedAt()));
        model.addAttribute(
                "rows",
                plan.entries().stream().map(entry -> Row.of(entry, words)).toList());
        model.addAttribute("obstacles", plan.obstacles());
        model.addAttribute("warnings", plan.warnings());
    }

    private static String what(RecordMoves.Move move) {
        String entries = move.entries() == 1 ? "1 entry" : move.entries() + " entries";
        return move.subject().visit() == null ? entries : "a visit with " + entries;
    }

    private static List<Field> fields(Map<PatientId, PatientSummary> people, PatientId id, Words words) {
        PatientSummary person = people.get(id);
        return person == null ? List.of() : MoveController.person(person, words);
    }

    private static String label(Map<PatientId, PatientSummary> people, PatientId id, Words words) {
        PatientSummary person = people.get(id);
        if (person == null) {
            return "";
        }
        String born = person.birthDate();
        return person.label() + (born == null ? "" : ", born " + Dates.words(born, words.zone()));
    }

    /** A move that waits. */
    record Line(String path, String from, String to, String what, String askedBy, String askedAt) {}
}
