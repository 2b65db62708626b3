package org.chartkeeper.chart.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import org.chartkeeper.access.Directory;
import org.chartkeeper.access.Reauthentication;
import org.chartkeeper.chart.Signing;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.ShowsPatient;
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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The clinician's review of one chart: what waits for my signature in it and what else changed; and not signing. */
@Controller
class ReviewController {

    private static final int CHANGES = 50;

    private final ChartPages pages;
    private final News news;
    private final Signing signing;
    private final Directory directory;
    private final Desk desk;
    private final Reauthentication reauthentication;

    ReviewController(
            ChartPages pages,
            News news,
            Signing signing,
            Directory directory,
            Desk desk,
            Reauthentication reauthentication) {
        this.pages = pages;
        this.news = news;
        this.signing = signing;
        this.directory = directory;
        this.desk = desk;
        this.reauthentication = reauthentication;
    }

    /** {@code since}: the look before the page that led here, in place of the last one. */
    @GetMapping("/patients/{patient}/review")
    @Requires(Permission.CHART_READ)
    @ShowsPatient("review")
    String review(
            @PathVariable PatientId patient, @RequestParam(required = false) @Nullable Instant since, Model model) {
        SignForm form = new SignForm();
        form.setIdempotencyKey(Uuid7.next().toString());
        model.addAttribute("sign", form);
        fill(patient, since, model);
        return "chart/review";
    }

    @PostMapping("/patients/{patient}/review/sign")
    @Requires(Permission.CHART_SIGN)
    @ShowsPatient("sign")
    String sign(
            @PathVariable PatientId patient,
            @ModelAttribute("sign") SignForm form,
            BindingResult binding,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        HttpStatus refused = InboxController.attempt(desk, reauthentication, pages.actor(), form, binding, redirect);
        if (refused != null) {
            response.setStatus(refused.value());
            fill(patient, null, model);
            return "chart/review";
        }
        return "redirect:/patients/" + patient + "/review";
    }

    @GetMapping("/patients/{patient}/entries/{entry}/answer")
    @Requires(Permission.CHART_SIGN)
    @ShowsPatient("answer")
    String answer(
            @PathVariable PatientId patient,
            @PathVariable EntryId entry,
            @RequestParam(defaultValue = "inbox") String from,
            Model model) {
        AnswerForm form = new AnswerForm();
        form.setFrom(from);
        form.setIdempotencyKey(Uuid7.next().toString());
        Signing.Awaiting waiting = waiting(patient, entry);
        form.setPick(Waiting.pick(waiting, pages.actor()).text());
        model.addAttribute("answer", form);
        fillAnswer(patient, waiting, model);
        return "chart/answer";
    }

    /** Returns, passes on or refuses one entry. */
    @PostMapping("/patients/{patient}/entries/{entry}/answer")
    @Requires(Permission.CHART_SIGN)
    @ShowsPatient("answer")
    String answered(
            @PathVariable PatientId patient,
            @PathVariable EntryId entry,
            @ModelAttribute("answer") AnswerForm form,
            BindingResult binding,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        HttpStatus refused = attempt(patient, entry, form, binding, redirect);
        if (refused != null) {
            response.setStatus(refused.value());
            fillAnswer(patient, waiting(patient, entry), model);
            return "chart/answer";
        }
        return form.getFrom().equals("review") ? "redirect:/patients/" + patient + "/review" : "redirect:/inbox";
    }

    private @Nullable HttpStatus attempt(
            PatientId patient, EntryId entry, AnswerForm form, BindingResult binding, RedirectAttributes redirect) {
        Actor actor = pages.actor();
        String comment = form.getComment().strip();
        switch (form.getAnswer()) {
            case "return" -> required(binding, comment, "Say what is to be mended");
            case "not-mine" -> required(binding, comment, "Say why it is not yours");
            case "refuse" -> required(binding, comment, "State why you refuse it");
            default -> binding.rejectValue("answer", "missing", "Choose what is to happen with it");
        }
        if (binding.hasErrors()) {
            return HttpStatus.UNPROCESSABLE_CONTENT;
        }
        try {
            Signing.VersionRef ref = Pick.parse(form.getPick()).ref();
            if (!ref.patient().equals(patient) || !ref.entry().equals(entry)) {
                throw new Rejected("This form is of another entry. Load the page again.");
            }
            String key = form.getIdempotencyKey();
            String done = switch (form.getAnswer()) {
                case "return" -> desk.giveBack(actor, key, ref, comment);
                case "not-mine" ->
                    desk.notMine(
                            actor, key, ref, form.getTo().isEmpty() ? null : PractitionerId.of(form.getTo()), comment);
                default -> desk.refuse(actor, key, ref, comment);
            };
            redirect.addFlashAttribute("done", done);
            return null;
        } catch (Stale stale) {
            binding.reject("stale", "This entry has changed since you saw it. Look at it again");
            return HttpStatus.CONFLICT;
        } catch (Rejected rejected) {
            rejected.problems().stream().map(Problem::message).forEach(message -> binding.reject("rejected", message));
            return HttpStatus.UNPROCESSABLE_CONTENT;
        } catch (IllegalArgumentException unknown) {
            binding.rejectValue("to", "unknown", "Choose a practitioner from the list");
            return HttpStatus.UNPROCESSABLE_CONTENT;
        }
    }

    private static void required(BindingResult binding, String comment, String message) {
        if (comment.isEmpty()) {
            binding.rejectValue("comment", "missing", message);
        }
    }

    private void fill(PatientId patient, @Nullable Instant since, Model model) {
        Actor actor = pages.actor();
        Words words = pages.words();
        boolean signs = actor.may(Permission.CHART_SIGN);
        Slice<Signing.Awaiting> waiting =
                signs ? signing.awaiting(actor, patient, null, ChartPages.ROWS) : new Slice<>(List.of(), null);
        model.addAttribute("signs", signs);
        model.addAttribute(
                "lines",
                waiting.items().stream()
                        .map(each -> Waiting.line(each, actor, words))
                        .toList());
        model.addAttribute("more", waiting.next() != null);
        news.fill(model, actor, patient, since, words, CHANGES);
    }

    /** The entry as it waits for this clinician; one that does not wait is as if not there. */
    private Signing.Awaiting waiting(PatientId patient, EntryId entry) {
        return waiting(signing, pages, patient, entry);
    }

    /** The same for other pages of the desk. */
    static Signing.Awaiting waiting(Signing signing, ChartPages pages, PatientId patient, EntryId entry) {
        Actor actor = pages.actor();
        String after = null;
        do {
            Slice<Signing.Awaiting> slice = signing.awaiting(actor, patient, after, 200);
            for (Signing.Awaiting each : slice.items()) {
                if (each.entry().id().equals(entry)) {
                    return each;
                }
            }
            after = slice.next();
        } while (after != null);
        throw pages.missing(patient, "awaiting entry", entry);
    }

    private void fillAnswer(PatientId patient, Signing.Awaiting waiting, Model model) {
        Actor actor = pages.actor();
        model.addAttribute("line", Waiting.line(waiting, actor, pages.words()));
        model.addAttribute("practitioners", others(directory, actor));
        model.addAttribute(
                "action", "/patients/" + patient + "/entries/" + waiting.entry().id() + "/answer");
        model.addAttribute("proposal", waiting.entry().inForce() == 0);
    }

    /** Practitioners of the facility at which the actor works now, without the actor. */
    static List<Option> others(Directory directory, Actor actor) {
        return actor.facility() == null
                ? List.of()
                : directory.practitionersAt(actor.facility()).stream()
                        .filter(each -> !each.id().equals(actor.practitioner()))
                        .map(each -> new Option(each.id().toString(), each.name()))
                        .toList();
    }

    /** A line of a choice. */
    record Option(String value, String label) {}
}
