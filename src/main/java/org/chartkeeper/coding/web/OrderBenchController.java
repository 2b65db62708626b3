package org.chartkeeper.coding.web;

import static org.chartkeeper.coding.web.BenchController.first;
import static org.chartkeeper.coding.web.BenchController.number;

import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.chartkeeper.coding.OrderChecks;
import org.chartkeeper.coding.OrderChecks.Bench;
import org.chartkeeper.coding.OrderChecks.Change;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.ShowsPatient;
import org.chartkeeper.platform.Stale;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The bench of one prescription: what was ordered at the left, what was found at the right. Nobody changes it here. */
@Controller
class OrderBenchController {

    private static final List<String> FIELDS =
            List.of("quantity", "days", "refills", "directions", "ndc", "rxnorm", "diagnosis", "prescriber", "reason");

    private final OrderChecks orders;
    private final CurrentActor current;

    OrderBenchController(OrderChecks orders, CurrentActor current) {
        this.orders = orders;
        this.current = current;
    }

    @GetMapping("/coding/prescriptions/{order}")
    @Requires({Permission.CODING_WORK, Permission.CODING_SUPERVISE, Permission.VISIT_UPDATE})
    @ShowsPatient("prescription")
    String show(@PathVariable("order") UUID id, Model model) {
        fill(id, List.of(), null, model);
        return "coding/prescription";
    }

    @PostMapping("/coding/prescriptions/{order}")
    @Requires({Permission.CODING_WORK, Permission.CODING_SUPERVISE, Permission.VISIT_UPDATE})
    @ShowsPatient("prescription")
    String act(
            @PathVariable("order") UUID id,
            @RequestParam MultiValueMap<String, String> form,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Actor actor = current.get();
        PatientId patient = PatientId.of(first(form, "patient"));
        String[] asked = first(form, "do").split(":", 2);
        String about = asked.length > 1 ? asked[1] : "";
        String done;
        try {
            done = switch (asked[0]) {
                case "answer" -> {
                    orders.answer(actor, id, patient, about, first(form, "why-" + about));
                    yield "Answered: the order stays as it is";
                }
                case "unanswer" -> {
                    orders.unanswer(actor, id, patient, about);
                    yield "Answer taken back";
                }
                case "repair" ->
                    "Proposed. It waits on the desk of "
                            + orders.proposeRepair(actor, id, patient, number(form, "version"), about);
                case "withdraw" -> {
                    orders.withdraw(actor, id, patient, first(form, "withdraw-reason"));
                    yield "Taken back: the order goes on as it is";
                }
                case "propose" ->
                    "Proposed. It waits on the desk of "
                            + orders.propose(actor, id, patient, number(form, "version"), change(form));
                default -> throw new NotFound("nothing to do");
            };
        } catch (Rejected rejected) {
            return again(id, rejected.problems(), form, model, response);
        } catch (Stale stale) {
            return again(
                    id,
                    List.of(
                            Problem.error(
                                    null,
                                    "The order was changed elsewhere; this is how it stands now. Do it again if it still fits.")),
                    form,
                    model,
                    response);
        }
        flash.addFlashAttribute("done", done);
        return "redirect:" + OrderQueueController.PATH + "/" + id;
    }

    private static Change change(MultiValueMap<String, String> form) {
        String prescriber = first(form, "prescriber");
        return new Change(
                first(form, "quantity"),
                first(form, "days"),
                first(form, "refills"),
                first(form, "directions"),
                first(form, "ndc"),
                first(form, "rxnorm"),
                first(form, "diagnosis"),
                prescriber.isBlank() ? null : new PractitionerId(BenchController.uuid(prescriber)),
                first(form, "reason"));
    }

    private String again(
            UUID id,
            List<Problem> problems,
            MultiValueMap<String, String> form,
            Model model,
            HttpServletResponse response) {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        fill(id, problems, form, model);
        return "coding/prescription";
    }

    /** @param form as typed, to keep it; null for the order's own values */
    private void fill(
            UUID id,
            List<Problem> problems,
            @org.jspecify.annotations.Nullable MultiValueMap<String, String> form,
            Model model) {
        Actor actor = current.get();
        Bench bench = orders.bench(actor, id).orElseThrow(() -> new NotFound("medication order " + id));
        Map<String, String> values = new HashMap<>(bench.values());
        Map<String, String> wrong = new HashMap<>();
        if (form != null && form.containsKey("directions")) {
            FIELDS.forEach(field -> values.put(field, first(form, field)));
        }
        for (Problem problem : problems) {
            if (problem.field() != null) {
                wrong.putIfAbsent(problem.field(), problem.message());
            }
        }
        model.addAttribute("bench", bench);
        model.addAttribute("page", new OrderPage(bench, actor));
        model.addAttribute("values", values);
        model.addAttribute("wrong", wrong);
        model.addAttribute("problems", problems);
    }
}
