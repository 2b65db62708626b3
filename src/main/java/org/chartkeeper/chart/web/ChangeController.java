package org.chartkeeper.chart.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.chartkeeper.access.Reauthentication;
import org.chartkeeper.chart.ChangeDesk;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EncounterView;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.chart.EntryCommand;
import org.chartkeeper.chart.EntryCommand.VersionKind;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.VersionView;
import org.chartkeeper.chart.Way;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.ShowsPatient;
import org.chartkeeper.platform.Stale;
import org.chartkeeper.platform.Uuid7;
import org.chartkeeper.terminology.CodeLookup;
import org.chartkeeper.terminology.Units;
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

/** Changes one entry: revision, update, addendum, correction, entered in error. Each has its own form. */
@Controller
class ChangeController {

    private static final int VISITS = 20;

    private final ChartPages pages;
    private final ChartReader reader;
    private final Encounters encounters;
    private final ChangeDesk changes;
    private final ChangeFlow flow;
    private final Saying saying;
    private final CodeLookup codes;
    private final Units units;
    private final Reauthentication reauthentication;

    ChangeController(
            ChartPages pages,
            ChartReader reader,
            Encounters encounters,
            ChangeDesk changes,
            ChangeFlow flow,
            Saying saying,
            CodeLookup codes,
            Units units,
            Reauthentication reauthentication) {
        this.pages = pages;
        this.reader = reader;
        this.encounters = encounters;
        this.changes = changes;
        this.flow = flow;
        this.saying = saying;
        this.codes = codes;
        this.units = units;
        this.reauthentication = reauthentication;
    }

    @GetMapping("/patients/{patient}/entries/{entry}/change/{way}")
    @Requires({Permission.VISIT_UPDATE, Permission.CHART_SIGN})
    @ShowsPatient("change")
    String form(@PathVariable PatientId patient, @PathVariable EntryId entry, @PathVariable String way, Model model) {
        Actor actor = pages.actor();
        Way chosen = way(patient, way);
        EntryView view = pages.entry(patient, entry);
        ChangeForm form = new ChangeForm();
        form.setVersion(view.version());
        form.setIdempotencyKey(Uuid7.next().toString());
        if (edits(chosen)) {
            form.setValues(sheet().values(newest(view), chosen));
        }
        form.setVisit(view.encounter() == null ? "" : view.encounter().toString());
        saying.fill(form, actor, chosen, view);
        model.addAttribute("change", form);
        fill(model, actor, chosen, view);
        return "chart/change";
    }

    @PostMapping("/patients/{patient}/entries/{entry}/change/{way}")
    @Requires({Permission.VISIT_UPDATE, Permission.CHART_SIGN})
    @ShowsPatient("change")
    String save(
            @PathVariable PatientId patient,
            @PathVariable EntryId entry,
            @PathVariable String way,
            @ModelAttribute("change") ChangeForm form,
            BindingResult binding,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        Actor actor = pages.actor();
        Way chosen = way(patient, way);
        EntryView view = pages.entry(patient, entry);
        takeChoices(form, view, chosen, request);
        String path = null;
        try {
            path = attempt(actor, chosen, view, form, binding);
        } catch (Stale stale) {
            response.setStatus(HttpStatus.CONFLICT.value());
            conflict(model, actor, chosen, pages.entry(patient, entry), form);
            return "chart/change-conflict";
        } catch (Rejected rejected) {
            say(rejected, binding);
        }
        if (path == null) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            form.setPassword("");
            form.setIdempotencyKey(Uuid7.next().toString());
            fill(model, actor, chosen, view);
            return "chart/change";
        }
        redirect.addFlashAttribute("done", done(actor, chosen));
        return "redirect:" + path;
    }

    private Way way(PatientId patient, String key) {
        for (Way way : Way.values()) {
            if (way.key().equals(key) && way != Way.MOVE && way != Way.LATE_ENTRY) {
                return way;
            }
        }
        throw new NotFound("way " + key + " of patient " + patient);
    }

    private Sheet sheet() {
        return new Sheet(codes, units, pages.words());
    }

    /** Whether a way is about the entry's own fields. */
    private static boolean edits(Way way) {
        return way == Way.REVISION || way == Way.UPDATE || way == Way.CORRECTION;
    }

    /** What a change is made on: what waits, where something does. */
    private static Content newest(EntryView view) {
        return view.pending() == null ? view.content() : view.pending();
    }

    private @Nullable String attempt(Actor actor, Way way, EntryView view, ChangeForm form, BindingResult binding) {
        Saying.Read said = saying.read(form, actor, way, view, binding);
        Content content = content(actor, way, view, form, binding);
        EncounterId visit = visit(actor, way, view, form, binding);
        boolean signs = actor.practitioner() != null && actor.may(Permission.CHART_SIGN);
        if (signs && form.getPassword().isEmpty()) {
            binding.rejectValue("password", "missing", "Enter your password to sign it");
        }
        Integer version = form.getVersion();
        if (version == null) {
            binding.reject("damaged", "This form is damaged. Open the page again");
        }
        if (binding.hasErrors()
                || content == null
                || said.event() == null
                || said.statement() == null
                || said.source() == null
                || said.reason() == null) {
            return null;
        }
        if (signs && !reauthentication.confirm(form.getPassword())) {
            binding.rejectValue("password", "wrong", "That is not your password. Nothing was saved");
            return null;
        }
        boolean addendum = way == Way.ADDENDUM;
        VersionKind kind = addendum ? VersionKind.ORIGINAL : VersionKind.valueOf(way.name());
        return flow.write(
                actor,
                form.getIdempotencyKey(),
                new EntryCommand(
                        kind,
                        addendum ? null : view.id(),
                        addendum ? null : version,
                        view.patient(),
                        view.facility(),
                        visit,
                        content,
                        said.event(),
                        said.precision(),
                        said.statement(),
                        said.source(),
                        said.reason(),
                        view.sensitivity(),
                        false));
    }

    private @Nullable Content content(Actor actor, Way way, EntryView view, ChangeForm form, BindingResult binding) {
        if (way == Way.RETRACTION) {
            return newest(view);
        }
        if (way == Way.ADDENDUM) {
            if (form.getText().isBlank()) {
                binding.rejectValue("text", "missing", "Enter what is to be added");
                return null;
            }
            String kind = view.content() instanceof Content.Note note ? note.kind() : "addendum";
            return new Content.Note(
                    kind,
                    Concept.of("Addendum to " + view.content().title()),
                    "final",
                    form.getText().strip().replace("\r\n", "\n"),
                    new Content.EntryRef(view.id().toString()));
        }
        List<Sheet.Wrong> wrong = new ArrayList<>();
        Content was = newest(view);
        Content now = sheet().apply(was, form.getValues(), way, wrong);
        wrong.forEach(each -> binding.rejectValue("values[" + each.name() + "]", "wrong", each.message()));
        // A form of an older version is answered by the writer: the first answer again, or what two people changed.
        boolean current = form.getVersion() != null && form.getVersion() == view.version();
        if (wrong.isEmpty() && current && now.equals(was) && !moved(view, form) && !redated(actor, view, form)) {
            binding.reject("same", "Nothing is changed yet: it says what it said before");
            return null;
        }
        return wrong.isEmpty() ? now : null;
    }

    private static boolean moved(EntryView view, ChangeForm form) {
        return !form.getVisit()
                .equals(view.encounter() == null ? "" : view.encounter().toString());
    }

    private boolean redated(Actor actor, EntryView view, ChangeForm form) {
        ChangeForm stands = new ChangeForm();
        saying.fill(stands, actor, Way.CORRECTION, view);
        return !stands.getEventDate().equals(form.getEventDate().strip())
                || !stands.getEventTime().equals(form.getEventTime().strip());
    }

    /** The visit that a correction says it belongs to; an addendum stands with what it adds to. */
    private @Nullable EncounterId visit(Actor actor, Way way, EntryView view, ChangeForm form, BindingResult binding) {
        if (way == Way.ADDENDUM) {
            return view.encounter();
        }
        if (way != Way.CORRECTION || form.getVisit().isBlank()) {
            return null;
        }
        try {
            EncounterId id = EncounterId.of(form.getVisit());
            if (encounters.find(view.patient(), id).isPresent()) {
                return id;
            }
        } catch (IllegalArgumentException noId) {
            // falls to the message below
        }
        binding.rejectValue("visit", "unknown", "Choose a visit of this patient");
        return null;
    }

    static void say(Rejected rejected, BindingResult binding) {
        for (Problem problem : rejected.problems()) {
            if ("password".equals(problem.field())) {
                binding.rejectValue("password", "wrong", problem.message());
            } else if ("reason".equals(problem.field())) {
                binding.rejectValue("reasonCode", "wrong", problem.message());
            } else {
                binding.reject("rejected", problem.message());
            }
        }
    }

    private static String done(Actor actor, Way way) {
        boolean signed = actor.practitioner() != null;
        return switch (way) {
            case REVISION -> "Revised. What it said before stays in its history.";
            case UPDATE ->
                signed ? "Updated and signed." : "Updated. Where it takes something away it waits for a signature.";
            case ADDENDUM ->
                signed
                        ? "Added and signed. What was signed before stands as it was."
                        : "Added. It waits for its signature.";
            case CORRECTION ->
                signed ? "Corrected and signed." : "Saved. What was signed stays in force until its author agrees.";
            case RETRACTION ->
                signed
                        ? "Entered in error. It stays readable with this mark."
                        : "Saved. What was signed stays in force until its author agrees; what was not is entered in error now.";
            default -> "Done.";
        };
    }

    private void fill(Model model, Actor actor, Way way, EntryView view) {
        Words words = pages.words();
        ChangeDesk.Open open = changes.standing(actor, view).open().stream()
                .filter(each -> each.way() == way)
                .findFirst()
                .orElse(null);
        model.addAttribute("way", way);
        model.addAttribute("open", open != null);
        model.addAttribute("effect", open == null ? null : effect(open));
        model.addAttribute("row", Row.of(view, words));
        model.addAttribute("section", EntryController.section(view));
        model.addAttribute("parts", edits(way) ? sheet().parts(newest(view), way) : List.of());
        model.addAttribute("fields", words.fields(newest(view)));
        model.addAttribute("stated", view.statedBy() + ", " + words.moment(view.statedAt()));
        model.addAttribute("when", words.when(view));
        String text = Words.text(newest(view));
        model.addAttribute("blocks", text == null || edits(way) ? List.of() : NoteText.blocks(text));
        model.addAttribute("visits", way == Way.CORRECTION ? visits(view, words) : List.of());
        model.addAttribute("living", view.type().living());
        model.addAttribute("addsTo", view.type() != EntryType.DOCUMENT);
        saying.offer(model, actor, way, view);
    }

    static String effect(ChangeDesk.Open open) {
        return switch (open.effect()) {
            case AT_ONCE -> "In force as soon as you save it.";
            case SIGNED -> "You sign it with your password; then it is in force.";
            case PROPOSED ->
                "You propose it. In force when " + (open.agrees() == null ? "a clinician" : open.agrees())
                        + " signs; until then what stands stays in force.";
        };
    }

    private List<ReviewController.Option> visits(EntryView view, Words words) {
        List<ReviewController.Option> options = new ArrayList<>();
        for (EncounterView visit : encounters.list(view.patient(), null, VISITS).items()) {
            options.add(option(visit, words));
        }
        EncounterId own = view.encounter();
        if (own != null && options.stream().noneMatch(each -> each.value().equals(own.toString()))) {
            encounters.find(view.patient(), own).ifPresent(visit -> options.add(option(visit, words)));
        }
        return options;
    }

    static ReviewController.Option option(EncounterView visit, Words words) {
        return new ReviewController.Option(visit.id().toString(), words.moment(visit.start()) + ", " + visit.kind());
    }

    // ---- two at once ------------------------------------------------------------------------------------------

    /** What was chosen on the conflict page: their value replaces mine where theirs is to stand. */
    private void takeChoices(ChangeForm form, EntryView view, Way way, HttpServletRequest request) {
        Map<String, String> theirs = edits(way) ? sheet().values(newest(view), way) : Map.of();
        theirs.forEach((name, value) -> {
            if ("theirs".equals(request.getParameter("choice." + name))) {
                form.getValues().put(name, value);
            }
        });
    }

    private void conflict(Model model, Actor actor, Way way, EntryView view, ChangeForm form) {
        int basedOn = Objects.requireNonNullElse(form.getVersion(), 0);
        List<VersionView> history = reader.history(actor, view.patient(), view.id());
        Content base = history.stream()
                .filter(version -> version.number() == basedOn)
                .map(VersionView::content)
                .findFirst()
                .orElse(newest(view));
        List<Differing> differing = new ArrayList<>();
        if (edits(way)) {
            Map<String, String> then = sheet().values(base, way);
            for (Sheet.Part part : sheet().parts(newest(view), way)) {
                String was = then.getOrDefault(part.name(), "");
                String mine = form.getValues().getOrDefault(part.name(), was).strip();
                if (!part.value().equals(mine) && (!part.value().equals(was) || !mine.equals(was))) {
                    differing.add(
                            new Differing(part.name(), part.label(), blank(was), blank(part.value()), blank(mine)));
                }
            }
        }
        VersionView newest = history.isEmpty() ? null : history.get(0);
        model.addAttribute("who", newest == null ? view.enteredBy() : newest.enteredBy());
        model.addAttribute("at", newest == null ? view.enteredAt() : newest.enteredAt());
        model.addAttribute("differing", differing);
        model.addAttribute("row", Row.of(view, pages.words()));
        model.addAttribute("section", EntryController.section(view));
        model.addAttribute("way", way);
        model.addAttribute("current", view.version());
        model.addAttribute("change", form);
        model.addAttribute("own", actor.practitioner() != null);
        model.addAttribute("key", Uuid7.next().toString());
    }

    private static @Nullable String blank(String text) {
        return text.isEmpty() ? null : text;
    }

    /** A field that two people changed at once. */
    record Differing(
            String name,
            String label,
            @Nullable String base,
            @Nullable String theirs,
            @Nullable String mine) {}

    // ---- taking back ------------------------------------------------------------------------------------------

    @GetMapping("/patients/{patient}/entries/{entry}/withdraw")
    @Requires({Permission.VISIT_UPDATE, Permission.CHART_SIGN})
    @ShowsPatient("withdraw")
    String withdrawal(@PathVariable PatientId patient, @PathVariable EntryId entry, Model model) {
        EntryView view = pages.entry(patient, entry);
        ChangeForm form = new ChangeForm();
        form.setVersion(view.version());
        form.setIdempotencyKey(Uuid7.next().toString());
        model.addAttribute("change", form);
        fillWithdrawal(model, view);
        return "chart/withdraw";
    }

    @PostMapping("/patients/{patient}/entries/{entry}/withdraw")
    @Requires({Permission.VISIT_UPDATE, Permission.CHART_SIGN})
    @ShowsPatient("withdraw")
    String withdraw(
            @PathVariable PatientId patient,
            @PathVariable EntryId entry,
            @ModelAttribute("change") ChangeForm form,
            BindingResult binding,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        HttpStatus refused = HttpStatus.UNPROCESSABLE_CONTENT;
        if (form.getReasonWords().isBlank()) {
            binding.rejectValue("reasonWords", "missing", "Say why");
        }
        if (!binding.hasErrors()) {
            try {
                flow.withdraw(
                        pages.actor(),
                        form.getIdempotencyKey(),
                        patient,
                        entry,
                        Objects.requireNonNullElse(form.getVersion(), 0),
                        form.getReasonWords().strip());
                redirect.addFlashAttribute("done", "Taken back. What stood before stands alone again.");
                return "redirect:/patients/" + patient + "/entries/" + entry;
            } catch (Stale stale) {
                refused = HttpStatus.CONFLICT;
                binding.reject("stale", "This entry has changed since you saw it. Look at it again");
            } catch (Rejected rejected) {
                say(rejected, binding);
            }
        }
        response.setStatus(refused.value());
        EntryView view = pages.entry(patient, entry);
        form.setVersion(view.version());
        form.setIdempotencyKey(Uuid7.next().toString());
        fillWithdrawal(model, view);
        return "chart/withdraw";
    }

    private void fillWithdrawal(Model model, EntryView view) {
        Words words = pages.words();
        model.addAttribute("row", Row.of(view, words));
        model.addAttribute("section", EntryController.section(view));
        model.addAttribute("waits", view.pending() != null);
    }
}
