package org.chartkeeper.chart.web;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chartkeeper.access.Reauthentication;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.ResultDesk;
import org.chartkeeper.chart.Signing;
import org.chartkeeper.patient.PatientSummary;
import org.chartkeeper.patient.Patients;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Slice;
import org.chartkeeper.platform.Stale;
import org.chartkeeper.platform.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The clinician's desk: what waits for my signature, over all charts. */
@Controller
class InboxController {

    private final ChartPages pages;
    private final Signing signing;
    private final ResultDesk results;
    private final Patients patients;
    private final AuditTrail trail;
    private final Desk desk;
    private final Reauthentication reauthentication;
    private final Notices notices;

    InboxController(
            ChartPages pages,
            Signing signing,
            ResultDesk results,
            Patients patients,
            AuditTrail trail,
            Desk desk,
            Reauthentication reauthentication,
            Notices notices) {
        this.notices = notices;
        this.pages = pages;
        this.signing = signing;
        this.results = results;
        this.patients = patients;
        this.trail = trail;
        this.desk = desk;
        this.reauthentication = reauthentication;
    }

    @GetMapping("/inbox")
    @Requires(Permission.CHART_SIGN)
    String inbox(@RequestParam(required = false) @Nullable String after, Model model) {
        SignForm form = new SignForm();
        form.setIdempotencyKey(Uuid7.next().toString());
        model.addAttribute("sign", form);
        fill(after, model);
        return "chart/inbox";
    }

    /** Signs what was chosen, after the password; anything wrong and nothing is signed. */
    @PostMapping("/inbox/sign")
    @Requires(Permission.CHART_SIGN)
    String sign(
            @ModelAttribute("sign") SignForm form,
            BindingResult binding,
            Model model,
            RedirectAttributes redirect,
            jakarta.servlet.http.HttpServletResponse response) {
        HttpStatus refused = attempt(desk, reauthentication, pages.actor(), form, binding, redirect);
        if (refused != null) {
            response.setStatus(refused.value());
            fill(null, model);
            return "chart/inbox";
        }
        return "redirect:/inbox";
    }

    /**
     * Signs, or fills in what is wrong.
     *
     * @return null where all was signed; else the status of the answer
     */
    static @Nullable HttpStatus attempt(
            Desk desk,
            Reauthentication reauthentication,
            Actor actor,
            SignForm form,
            BindingResult binding,
            RedirectAttributes redirect) {
        boolean signs = !form.getPick().isEmpty() || !form.getResult().isEmpty();
        if (!signs && form.getSeen().isEmpty()) {
            binding.rejectValue("pick", "none", "Choose what you sign");
        }
        if (form.getPassword().isEmpty() && (signs || form.getSeen().isEmpty())) {
            binding.rejectValue("password", "missing", "Enter your password to sign");
        }
        if (binding.hasErrors()) {
            return HttpStatus.UNPROCESSABLE_CONTENT;
        }
        try {
            List<Pick> picks = form.getPick().stream().map(Pick::parse).toList();
            List<Pick> results = form.getResult().stream().map(Pick::parse).toList();
            List<ResultDesk.Seen> seen =
                    form.getSeen().stream().map(ResultLine::parse).toList();
            if (signs && !reauthentication.confirm(form.getPassword())) {
                binding.rejectValue("password", "wrong", "That is not your password. Nothing was signed");
                return HttpStatus.UNPROCESSABLE_CONTENT;
            }
            redirect.addFlashAttribute(
                    "signed",
                    desk.sign(
                            actor,
                            form.getIdempotencyKey(),
                            Stream.concat(picks.stream(), results.stream()).toList(),
                            new Desk.Results(
                                    results.stream().map(Pick::seen).toList(),
                                    seen,
                                    form.getFollowed(),
                                    form.getComment())));
            return null;
        } catch (Stale stale) {
            binding.reject(
                    "stale",
                    "Something you chose has changed since you saw it. Nothing was signed; look at it again below");
            form.setPick(List.of());
            form.setResult(List.of());
            form.setSeen(List.of());
            form.setIdempotencyKey(Uuid7.next().toString());
            return HttpStatus.CONFLICT;
        } catch (Rejected rejected) {
            for (Problem problem : rejected.problems()) {
                if ("password".equals(problem.field())) {
                    binding.rejectValue("password", "wrong", problem.message());
                } else {
                    binding.reject("rejected", problem.message());
                }
            }
            form.setIdempotencyKey(Uuid7.next().toString());
            return HttpStatus.UNPROCESSABLE_CONTENT;
        }
    }

    private void fill(@Nullable String after, Model model) {
        Actor actor = pages.actor();
        Slice<Signing.Awaiting> waiting = signing.awaiting(actor, null, after, ChartPages.ROWS);
        // Clocks come first: on every page of the inbox the same.
        List<ResultDesk.Due> due = results.due(actor, ChartPages.ROWS);
        Map<PatientId, PatientSummary> people = patients.summaries(Stream.concat(
                        waiting.items().stream().map(Signing.Awaiting::entry),
                        due.stream().map(ResultDesk.Due::entry))
                .map(EntryView::patient)
                .collect(Collectors.toSet()));
        trail.recordAlone(AuditEvent.done("inbox.view")
                .on("section", "inbox")
                .count(waiting.items().size() + due.size())
                .details(Stream.concat(
                                due.stream().map(ResultDesk.Due::entry),
                                waiting.items().stream().map(Signing.Awaiting::entry))
                        .map(entry -> entry.id().toString())
                        .collect(Collectors.joining(" "))));
        List<Notices.Line> told = notices.of(actor, pages.words());
        model.addAttribute("notices", told);
        long second = waiting.items().stream()
                .filter(each -> each.entry().signature().equals("co-signature due"))
                .count();
        model.addAttribute(
                "parts",
                List.of(
                        new Part("Results to acknowledge", "#results", due.size()),
                        new Part("To sign", "#pick", waiting.items().size() - (int) second),
                        new Part("To co-sign", "#pick", (int) second),
                        new Part("Questions and notices", "#notices-h", told.size()),
                        new Part(
                                "Returned to me",
                                "/returned",
                                signing.returned(actor, ChartPages.ROWS).size())));
        model.addAttribute(
                "results",
                due.stream()
                        .map(each -> ResultLine.of(each, people.get(each.entry().patient()), actor, pages.words()))
                        .toList());
        model.addAttribute(
                "followed",
                Arrays.stream(ResultDesk.Followed.values())
                        .map(each -> new ReviewController.Option(each.name(), each.word()))
                        .toList());
        model.addAttribute("groups", Waiting.groups(waiting.items(), people, actor, pages.words()));
        model.addAttribute("count", waiting.items().size());
        model.addAttribute("more", waiting.next() != null);
        model.addAttribute("first", after == null ? null : "/inbox");
        model.addAttribute("next", waiting.next() == null ? null : "/inbox?after=" + waiting.next());
    }

    /** A part of the desk and how much of it waits. */
    record Part(String label, String path, int count) {}
}
