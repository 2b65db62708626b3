package org.chartkeeper.coding.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.chartkeeper.coding.Book;
import org.chartkeeper.coding.CaseStep;
import org.chartkeeper.coding.CodeEdit;
import org.chartkeeper.coding.CodingCases;
import org.chartkeeper.coding.CodingCases.Desk;
import org.chartkeeper.coding.CodingCases.Work;
import org.chartkeeper.coding.CodingQueries;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.ShowsPatient;
import org.chartkeeper.platform.Stale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The workbench of a coding case: what was documented at the left, what is coded at the right. */
@Controller
class BenchController {

    private static final int MOST = 500;
    private static final Map<String, String> NOTHING = Map.of();

    private final CodingCases cases;
    private final CodingQueries queries;
    private final CurrentActor current;
    private final Clock clock;

    BenchController(CodingCases cases, CodingQueries queries, CurrentActor current, Clock clock) {
        this.clock = clock;
        this.cases = cases;
        this.queries = queries;
        this.current = current;
    }

    @GetMapping("/coding/{case}")
    @Requires({Permission.CODING_WORK, Permission.CODING_SUPERVISE})
    @ShowsPatient("coding")
    String show(@PathVariable("case") UUID id, @RequestParam(defaultValue = "") String list, Model model) {
        try {
            fill(id, Book.CODER, list, NOTHING, List.of(), model);
        } catch (NotFound hidden) {
            if (cases.blind(current.get(), id)) {
                return "redirect:" + path(id, Book.REVIEW);
            }
            throw hidden;
        }
        return "coding/bench";
    }

    @PostMapping("/coding/{case}")
    @Requires(Permission.CODING_WORK)
    @ShowsPatient("coding")
    String edit(
            @PathVariable("case") UUID id,
            @RequestParam MultiValueMap<String, String> form,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        return edit(id, Book.CODER, form, model, response, flash);
    }

    @GetMapping("/coding/{case}/second")
    @Requires(Permission.CODING_REVIEW)
    @ShowsPatient("coding")
    String second(@PathVariable("case") UUID id, Model model) {
        fill(id, Book.REVIEW, "", NOTHING, List.of(), model);
        return "coding/bench";
    }

    @PostMapping("/coding/{case}/second")
    @Requires(Permission.CODING_REVIEW)
    @ShowsPatient("coding")
    String editSecond(
            @PathVariable("case") UUID id,
            @RequestParam MultiValueMap<String, String> form,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        return edit(id, Book.REVIEW, form, model, response, flash);
    }

    private String edit(
            UUID id,
            Book book,
            MultiValueMap<String, String> form,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Actor actor = current.get();
        LateForm late = LateForm.of(form);
        try {
            PatientId patient = PatientId.of(first(form, "patient"));
            Optional<CodeEdit> edit = BenchEdits.read(late.mine(), LocalDate.now(clock));
            List<Problem> open = late.open();
            if (!open.isEmpty()) {
                return late(id, book, late, edit, open, model, response);
            }
            Optional<CodeEdit> wanted = late.settled(edit);
            if (wanted.isPresent()) {
                try {
                    cases.edit(actor, id, patient, number(form, "version"), book, wanted.get(), once(form));
                } catch (Stale stale) {
                    return late(id, book, late, edit, List.of(), model, response);
                }
            }
        } catch (Rejected rejected) {
            return again(id, book, late.mine(), rejected.problems(), model, response);
        }
        return "redirect:" + QueueQuery.read(first(form, "list")).of(path(id, book));
    }

    /** What was typed stands in its fields again. */
    private String again(
            UUID id,
            Book book,
            MultiValueMap<String, String> form,
            List<Problem> problems,
            Model model,
            HttpServletResponse response) {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        fill(id, book, first(form, "list"), form.toSingleValueMap(), problems, model);
        return "coding/bench";
    }

    /** What came too late, beside what stood and what stands; nothing of it is lost. */
    private String late(
            UUID id,
            Book book,
            LateForm form,
            Optional<CodeEdit> edit,
            List<Problem> problems,
            Model model,
            HttpServletResponse response) {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        Desk desk = fill(id, book, first(form.mine(), "list"), form.mine().toSingleValueMap(), problems, model);
        CodingCases.Late late = cases.late(current.get(), desk, book, form.since(), edit.orElse(null));
        model.addAttribute("late", form.page(late, desk, edit.isEmpty()));
        return "coding/bench";
    }

    static String path(UUID id, Book book) {
        return "/coding/" + id + (book == Book.REVIEW ? "/second" : "");
    }

    /** A form that is sent twice is done once; what is sent from the same page but says something else is another. */
    private static String once(MultiValueMap<String, String> form) {
        String key = first(form, "key");
        return key.isEmpty() ? "" : key + ":" + Integer.toHexString(form.hashCode());
    }

    private Desk fill(UUID id, Book book, String list, Map<String, String> typed, List<Problem> problems, Model model) {
        Actor actor = current.get();
        QueueQuery query = QueueQuery.read(list);
        Desk desk =
                cases.desk(actor, id, book, query.filter(actor)).orElseThrow(() -> new NotFound("coding case " + id));
        if (book == Book.REVIEW && !desk.mayWork()) {
            throw new NotFound("second review of " + id);
        }
        model.addAttribute("desk", desk);
        model.addAttribute("page", new BenchPage(desk, book, actor));
        model.addAttribute("problems", problems);
        model.addAttribute("typed", typed);
        model.addAttribute("key", UUID.randomUUID().toString());
        model.addAttribute("list", query.text());
        model.addAttribute("ask", query.of("/coding/" + id + "/query"));
        CodingCases.Place place = book == Book.CODER ? desk.place() : null;
        model.addAttribute("place", place == null ? null : new Neighbours(place, query));
        model.addAttribute("reviewed", book == Book.CODER && desk.reviewed());
        model.addAttribute("queries", book == Book.CODER ? queries.of(id) : List.of());
        model.addAttribute(
                "others",
                book == Book.CODER && desk.mayWork() && desk.work().klass().equals("inpatient")
                        ? cases.combinable(actor, desk.work())
                        : List.<Work>of());
        return desk;
    }

    /** A case among those of the list that it was opened from. */
    record Neighbours(CodingCases.Place place, QueueQuery query) {

        public String position() {
            return place.at() + " of " + (place.of() > MOST ? MOST + "+" : String.valueOf(place.of()));
        }

        public @Nullable String before() {
            return path(place.before());
        }

        public @Nullable String after() {
            return path(place.after());
        }

        private @Nullable String path(@Nullable UUID other) {
            return other == null ? null : query.of("/coding/" + other);
        }
    }

    @PostMapping("/coding/{case}/step")
    @Requires({Permission.CODING_WORK, Permission.CODING_SUPERVISE})
    @ShowsPatient("coding")
    String step(
            @PathVariable("case") UUID id,
            @RequestParam MultiValueMap<String, String> form,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Actor actor = current.get();
        LateForm late = LateForm.of(form);
        CaseStep step = step(late.mine());
        QueueQuery query = QueueQuery.read(first(form, "list"));
        if (!late.open().isEmpty()) {
            return late(id, Book.CODER, late, Optional.empty(), late.open(), model, response);
        }
        if (late.dropped()) {
            return "redirect:" + query.of("/coding/" + id);
        }
        try {
            cases.step(actor, id, PatientId.of(first(form, "patient")), number(form, "version"), step, once(form));
        } catch (Rejected rejected) {
            return again(id, Book.CODER, late.mine(), rejected.problems(), model, response);
        } catch (Stale stale) {
            return late(id, Book.CODER, late, Optional.empty(), List.of(), model, response);
        }
        if (step instanceof CaseStep.Finalize || step instanceof CaseStep.Hold || step instanceof CaseStep.GiveBack) {
            flash.addFlashAttribute(
                    "done", said(step, cases.find(actor, id).map(Work::state).orElse("")));
            return "redirect:"
                    + Optional.of(first(late.mine(), "next"))
                            .filter(wanted -> !wanted.isEmpty())
                            .flatMap(wanted -> cases.find(actor, id))
                            .flatMap(work -> cases.next(actor, query.filter(actor), work))
                            .map(next -> query.of("/coding/" + next.id()))
                            .orElse(query.with("none", null));
        }
        flash.addFlashAttribute("done", said(step, ""));
        return "redirect:"
                + ("queue".equals(first(late.mine(), "back")) ? query.with("none", null) : query.of("/coding/" + id));
    }

    private static CaseStep step(MultiValueMap<String, String> form) {
        return switch (first(form, "do")) {
            case "claim" -> new CaseStep.Claim();
            case "give-back" -> new CaseStep.GiveBack();
            case "hold" -> new CaseStep.Hold(first(form, "hold"), first(form, "hold-note"));
            case "unhold" -> new CaseStep.Unhold();
            case "priority" -> new CaseStep.Priority(number(form, "priority"));
            case "payer" -> new CaseStep.Payer(first(form, "payer"));
            case "finalize" -> new CaseStep.Finalize(first(form, "over"));
            case "reopen" -> new CaseStep.Reopen("after".equals(first(form, "billed")), first(form, "reopen-reason"));
            case "combine" -> new CaseStep.Combine(uuid(first(form, "other")), first(form, "combine-reason"));
            default -> throw new NotFound("no such step");
        };
    }

    private static String said(CaseStep step, String state) {
        return switch (step) {
            case CaseStep.Claim claim -> "Claimed: the case is yours";
            case CaseStep.GiveBack back -> "Given back to the queue";
            case CaseStep.Hold hold -> "Held: " + hold.reason();
            case CaseStep.Unhold unhold -> "Taken off hold";
            case CaseStep.Priority priority -> "Priority changed";
            case CaseStep.Payer payer -> "Payer changed; the case was checked again";
            case CaseStep.Finalize done ->
                state.equals("second review") ? "Coded; chosen for second review" : "Final coded";
            case CaseStep.Reopen reopen -> "Reopened";
            case CaseStep.Combine combine -> "Combined: all visits are coded here";
        };
    }

    @GetMapping("/coding/{case}/history")
    @Requires({Permission.CODING_WORK, Permission.CODING_SUPERVISE})
    @ShowsPatient("coding-history")
    String history(@PathVariable("case") UUID id, Model model) {
        Actor actor = current.get();
        model.addAttribute("work", cases.find(actor, id).orElseThrow(() -> new NotFound("coding case " + id)));
        model.addAttribute("happened", cases.history(actor, id));
        return "coding/history";
    }

    static String first(MultiValueMap<String, String> form, String name) {
        String value = form.getFirst(name);
        return value == null ? "" : value;
    }

    static int number(MultiValueMap<String, String> form, String name) {
        String text = first(form, name);
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
    }

    static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException malformed) {
            throw new NotFound("malformed id");
        }
    }
}
