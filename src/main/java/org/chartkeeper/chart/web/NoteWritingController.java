package org.chartkeeper.chart.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.chartkeeper.access.Directory;
import org.chartkeeper.access.Reauthentication;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EncounterView;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.VersionView;
import org.chartkeeper.chart.note.CopyMeter;
import org.chartkeeper.chart.note.NoteDrafts;
import org.chartkeeper.chart.note.NoteDrafts.Draft;
import org.chartkeeper.chart.note.NoteSheet;
import org.chartkeeper.chart.note.NoteTemplate;
import org.chartkeeper.chart.note.NoteTemplates;
import org.chartkeeper.chart.note.NoteTexts;
import org.chartkeeper.chart.note.Notes;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.ShowsPatient;
import org.chartkeeper.platform.Stale;
import org.chartkeeper.platform.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Writing a note: a draft that is kept while it is typed, and filed when it is done. */
@Controller
class NoteWritingController {

    private static final DateTimeFormatter SAVED = DateTimeFormatter.ofPattern("h:mm:ss a", Locale.US);
    private static final int VISITS = 20;
    private static final int EARLIER = 8;
    private static final int CHANGES = 20;
    private static final int DRAFTS = 50;

    private final ChartPages pages;
    private final NoteDrafts drafts;
    private final Notes notes;
    private final NoteTexts texts;
    private final NoteTemplates templates;
    private final ChartReader reader;
    private final Encounters encounters;
    private final Directory directory;
    private final Reauthentication reauthentication;

    NoteWritingController(
            ChartPages pages,
            NoteDrafts drafts,
            Notes notes,
            NoteTexts texts,
            NoteTemplates templates,
            ChartReader reader,
            Encounters encounters,
            Directory directory,
            Reauthentication reauthentication) {
        this.pages = pages;
        this.drafts = drafts;
        this.notes = notes;
        this.texts = texts;
        this.templates = templates;
        this.reader = reader;
        this.encounters = encounters;
        this.directory = directory;
        this.reauthentication = reauthentication;
    }

    /** What is to be written, of which visit; and what was begun before. */
    @GetMapping("/patients/{patient}/notes/new")
    @Requires({Permission.CHART_SIGN, Permission.VISIT_UPDATE})
    @ShowsPatient("note")
    String choose(
            @PathVariable PatientId patient, @RequestParam(required = false) @Nullable EncounterId visit, Model model) {
        return choice(patient, visit, "progress", List.of(), model);
    }

    private String choice(
            PatientId patient, @Nullable EncounterId visit, String kind, List<Problem> problems, Model model) {
        Words words = pages.words();
        Actor actor = pages.actor();
        List<EncounterView> visits =
                new ArrayList<>(encounters.list(patient, null, VISITS).items());
        EncounterView chosen = visits.stream()
                .filter(each -> each.id().equals(visit))
                .findFirst()
                .orElseGet(() -> visit == null ? null : pages.visit(patient, visit));
        if (chosen != null && !visits.contains(chosen)) {
            visits.add(0, chosen);
        }
        String klass = chosen != null
                ? chosen.klass()
                : visits.isEmpty() ? null : visits.get(0).klass();
        model.addAttribute(
                "visits",
                visits.stream()
                        .map(each -> new Choice(
                                each.id().toString(),
                                words.moment(each.start()) + " · " + each.kind()
                                        + (each.attendingName() == null ? "" : " · " + each.attendingName())))
                        .toList());
        model.addAttribute(
                "visit",
                visit != null
                        ? visit.toString()
                        : visits.isEmpty() ? "" : visits.get(0).id().toString());
        model.addAttribute("kind", kind);
        model.addAttribute("templates", templates.offered(klass, actor.practitioner() != null));
        model.addAttribute("drafts", begun(patient, words));
        model.addAttribute("problems", problems);
        return "chart/note-new";
    }

    private List<Begun> begun(PatientId patient, Words words) {
        return drafts.mine(pages.actor(), patient, DRAFTS).stream()
                .map(draft -> new Begun(path(draft), label(draft), words.moment(draft.saved())))
                .toList();
    }

    private String label(Draft draft) {
        return templates.find(draft.kind()).map(NoteTemplate::label).orElse("Note")
                + (draft.revises() == null ? "" : ", going on");
    }

    private static String path(Draft draft) {
        return path(draft.patient(), draft.id());
    }

    private static String path(PatientId patient, UUID draft) {
        return "/patients/" + patient + "/notes/drafts/" + draft;
    }

    /** A draft that was begun. */
    record Begun(String path, String label, String saved) {}

    /** A line of a choice. */
    record Choice(String value, String label) {}

    @PostMapping("/patients/{patient}/notes/drafts")
    @Requires({Permission.CHART_SIGN, Permission.VISIT_UPDATE})
    @ShowsPatient("note")
    String begin(
            @PathVariable PatientId patient,
            @RequestParam(defaultValue = "") String visit,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(required = false) @Nullable EntryId revises,
            Model model,
            HttpServletResponse response) {
        EncounterId of = visit.isBlank() ? null : encounter(visit);
        try {
            UUID draft = drafts.open(pages.actor(), patient, new NoteDrafts.Start(of, kind, revises));
            return "redirect:" + path(patient, draft);
        } catch (Rejected rejected) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return choice(patient, of, kind, rejected.problems(), model);
        }
    }

    private static EncounterId encounter(String text) {
        try {
            return EncounterId.of(text);
        } catch (IllegalArgumentException malformed) {
            throw new NotFound("malformed visit id");
        }
    }

    @GetMapping("/patients/{patient}/notes/drafts/{draft}")
    @Requires({Permission.CHART_SIGN, Permission.VISIT_UPDATE})
    @ShowsPatient("note")
    String write(@PathVariable PatientId patient, @PathVariable UUID draft, Model model) {
        Draft begun = drafts.get(pages.actor(), patient, draft);
        model.addAttribute("form", NoteForm.of(begun));
        if (begun.number() > 1 && !model.containsAttribute("done") && !model.containsAttribute("brought")) {
            Words words = pages.words();
            model.addAttribute("resumed", begun.saved());
            model.addAttribute(
                    "since",
                    reader.changesSince(pages.actor(), patient, begun.saved(), CHANGES).stream()
                            .map(change -> ChangeRow.of(patient, change, words))
                            .toList());
            moved(begun, model);
        }
        return show(begun, begun.sheet(), model);
    }

    /** Keeps what is typed; says so only when it is kept. */
    @PostMapping(path = "/patients/{patient}/notes/drafts/{draft}/save", produces = MediaType.APPLICATION_JSON_VALUE)
    @Requires({Permission.CHART_SIGN, Permission.VISIT_UPDATE})
    @ShowsPatient("note")
    ResponseEntity<?> save(
            @PathVariable PatientId patient, @PathVariable UUID draft, @ModelAttribute("form") NoteForm form) {
        Actor actor = pages.actor();
        NoteSheet sheet = form.sheet();
        try {
            NoteDrafts.Saved saved = drafts.save(actor, patient, draft, form.getDraftVersion(), sheet);
            Words words = pages.words();
            CopyMeter.Reading reading = notes.meter(actor, drafts.get(actor, patient, draft), sheet);
            return ResponseEntity.ok(new Kept(
                    SAVED.format(saved.at().atZone(words.zone())).toLowerCase(Locale.US),
                    saved.number(),
                    Meter.of(reading, words)));
        } catch (Stale stale) {
            return ResponseEntity.status(HttpStatus.CONFLICT)
                    .body(new NotKept("this draft was kept from another window. Keep it here to see both"));
        } catch (Rejected rejected) {
            return ResponseEntity.status(HttpStatus.CONFLICT)
                    .body(new NotKept(rejected.problems().get(0).message()));
        }
    }

    /** Why a draft was not kept. */
    record NotKept(String message) {}

    /** The answer to a draft that is kept. */
    record Kept(String saved, int draftVersion, Meter meter) {}

    /** The meter in words. */
    record Meter(int percent, String text, boolean warning) {

        static Meter of(CopyMeter.Reading reading, Words words) {
            CopyMeter.Earlier oldest = reading.oldest();
            return new Meter(
                    reading.percent(),
                    reading.words() == 0
                            ? "Nothing written yet"
                            : oldest == null
                                    ? "0 % stands in earlier notes"
                                    : reading.percent() + " % stands word for word in earlier notes, the oldest of "
                                            + Dates.day(oldest.at(), words.zone()),
                    reading.percent() >= Notes.COPIED_WARNING);
        }
    }

    /**
     * Ends or goes on with the draft.
     *
     * @param wanted sign, file, keep, discard, rebase, or {@code bring:} with note and section
     */
    @PostMapping("/patients/{patient}/notes/drafts/{draft}")
    @Requires({Permission.CHART_SIGN, Permission.VISIT_UPDATE})
    @ShowsPatient("note")
    String act(
            @PathVariable PatientId patient,
            @PathVariable UUID draft,
            @RequestParam(name = "do", defaultValue = "keep") String wanted,
            @ModelAttribute("form") NoteForm form,
            BindingResult binding,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        Actor actor = pages.actor();
        try {
            switch (wanted) {
                case "sign", "file" -> {
                    return file(patient, draft, wanted.equals("sign"), form, binding, model, redirect, response);
                }
                case "discard" -> {
                    drafts.discard(actor, patient, draft);
                    redirect.addFlashAttribute("done", "Draft thrown away");
                    return "redirect:/patients/" + patient + "/notes";
                }
                case "rebase" -> {
                    NoteDrafts.Saved saved = drafts.save(actor, patient, draft, form.getDraftVersion(), form.sheet());
                    notes.rebase(actor, patient, draft, saved.number());
                    return "redirect:" + path(patient, draft);
                }
                default -> {
                    NoteSheet sheet = wanted.startsWith("bring:")
                            ? bring(patient, draft, wanted.substring(6), form.sheet())
                            : form.sheet();
                    drafts.save(actor, patient, draft, form.getDraftVersion(), sheet);
                    if (wanted.startsWith("bring:")) {
                        redirect.addFlashAttribute("brought", true);
                        return "redirect:" + path(patient, draft) + "#sections"
                                + wanted.substring(wanted.lastIndexOf(':') + 1).replaceAll("[^a-z-]", "");
                    }
                    redirect.addFlashAttribute("done", "Draft kept");
                    return "redirect:" + path(patient, draft);
                }
            }
        } catch (Stale stale) {
            response.setStatus(HttpStatus.CONFLICT.value());
            return conflict(patient, draft, form, binding, model);
        }
    }

    private String file(
            PatientId patient,
            UUID id,
            boolean sign,
            NoteForm form,
            BindingResult binding,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        Actor actor = pages.actor();
        if (sign && form.getPassword().isEmpty()) {
            binding.rejectValue("password", "missing", "Enter your password to sign");
        }
        try {
            if (sign && !binding.hasErrors() && !reauthentication.confirm(form.getPassword())) {
                binding.rejectValue("password", "wrong", "That is not your password. Nothing was signed");
            }
            if (!binding.hasErrors()) {
                Notes.Filed filed = notes.file(
                        actor, patient, id, form.getDraftVersion(), form.sheet(), sign, form.getIdempotencyKey());
                redirect.addFlashAttribute(
                        "done", filed.signed() ? "Signed and filed" : "Filed; it waits for its author’s signature");
                return "redirect:" + NoteReading.path(patient, filed.entry().toString());
            }
        } catch (Rejected rejected) {
            for (Problem problem : rejected.problems()) {
                if (problem.field() == null) {
                    binding.reject("rejected", problem.message());
                } else {
                    binding.rejectValue(problem.field(), "rejected", problem.message());
                }
            }
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        NoteDrafts.Saved saved = drafts.save(actor, patient, id, form.getDraftVersion(), form.sheet());
        form.setDraftVersion(saved.number());
        form.setIdempotencyKey(Uuid7.next().toString());
        form.setPassword("");
        return show(drafts.get(actor, patient, id), form.sheet(), model);
    }

    /** Both texts stand side by side; nothing is laid over anything before the reader says so. */
    private String conflict(PatientId patient, UUID id, NoteForm form, BindingResult binding, Model model) {
        Draft draft = drafts.get(pages.actor(), patient, id);
        if (draft.number() != form.getDraftVersion()) {
            NoteTemplate template = templates.of(draft);
            model.addAttribute(
                    "elsewhere",
                    differing(template, draft.sheet().sections(), form.sheet().sections()));
            model.addAttribute("elsewhereAt", draft.saved());
            form.setDraftVersion(draft.number());
        } else {
            moved(draft, model);
        }
        binding.reject(
                "stale", "This was saved elsewhere since you began. Compare the two above, then file or keep it again");
        form.setIdempotencyKey(Uuid7.next().toString());
        form.setPassword("");
        return show(draft, form.sheet(), model);
    }

    /** What others made of the note since the draft began. */
    private void moved(Draft draft, Model model) {
        if (draft.revises() == null || draft.basedOn() == null) {
            return;
        }
        EntryView note = pages.entry(draft.patient(), draft.revises());
        if (note.version() == draft.basedOn()) {
            return;
        }
        NoteTemplate template = templates.of(draft);
        String base = reader.history(pages.actor(), draft.patient(), note.id()).stream()
                .filter(version -> version.number() == draft.basedOn())
                .map(VersionView::content)
                .map(content -> ((Content.Note) content).text())
                .findFirst()
                .orElse("");
        model.addAttribute(
                "moved",
                differing(template, template.parse(((Content.Note) note.content()).text()), template.parse(base)));
        model.addAttribute("movedBy", note.enteredBy());
        model.addAttribute("movedAt", note.enteredAt());
    }

    /** A section that two texts say differently. */
    record Differing(
            String label, @Nullable String was, @Nullable String now) {}

    private static List<Differing> differing(NoteTemplate template, Map<String, String> now, Map<String, String> was) {
        List<Differing> found = new ArrayList<>();
        for (NoteTemplate.Section section : template.sections()) {
            String one = was.getOrDefault(section.key(), "").strip();
            String other = now.getOrDefault(section.key(), "").strip();
            if (!one.equals(other)) {
                found.add(new Differing(section.label(), one.isEmpty() ? null : one, other.isEmpty() ? null : other));
            }
        }
        return found;
    }

    /** The sheet with a section of an earlier note below what stands in it. */
    private NoteSheet bring(PatientId patient, UUID id, String from, NoteSheet sheet) {
        String[] parts = from.split(":", 2);
        Draft draft = drafts.get(pages.actor(), patient, id);
        NoteTemplate template = templates.of(draft);
        EntryView note;
        try {
            note = pages.entry(patient, EntryId.of(parts[0]));
        } catch (IllegalArgumentException malformed) {
            throw new NotFound("malformed note id");
        }
        if (!(note.content() instanceof Content.Note content)) {
            throw pages.missing(patient, "note", note.id());
        }
        Map<String, String> sections = new LinkedHashMap<>(sheet.sections());
        sections(template, content.text()).forEach((key, text) -> {
            if (parts.length < 2 || parts[1].equals(key)) {
                sections.merge(key, text, (own, other) -> own.isBlank() ? other : own.strip() + "\n\n" + other);
            }
        });
        List<String> brought = new ArrayList<>(sheet.brought());
        brought.add(note.id().toString());
        return sheet.with(sections, brought);
    }

    /** What of a text could go where; a text without our sections goes into the first. */
    private static Map<String, String> sections(NoteTemplate template, String text) {
        Map<String, String> found = new LinkedHashMap<>();
        if (template.fits(text)) {
            Map<String, String> parsed = template.parse(text);
            template.sections().forEach(section -> {
                String said = parsed.getOrDefault(section.key(), "");
                if (!said.isBlank()) {
                    found.put(section.key(), said);
                }
            });
        } else {
            found.put(template.sections().get(0).key(), text);
        }
        return found;
    }

    /**
     * An earlier note beside the one that is written.
     *
     * @param takes what could be brought in, by the value of its button
     */
    record Earlier(String title, String path, List<NoteText.Block> blocks, List<Choice> takes) {}

    private String show(Draft draft, NoteSheet sheet, Model model) {
        Actor actor = pages.actor();
        Words words = pages.words();
        NoteTemplate template = templates.of(draft);
        PatientId patient = draft.patient();
        boolean own = actor.practitioner() != null && actor.may(Permission.CHART_SIGN);
        EncounterView visit = draft.visit() == null ? null : pages.visit(patient, draft.visit());
        List<CopyMeter.Earlier> earlier = texts.earlier(actor, patient, null, draft.revises(), Notes.COMPARED);
        String text = template.compose(sheet.sections());
        model.addAttribute("template", template);
        model.addAttribute("own", own);
        model.addAttribute("path", path(draft));
        model.addAttribute("heading", (draft.revises() == null ? "" : "Go on: ") + template.label());
        model.addAttribute(
                "of",
                visit == null
                        ? "of no visit"
                        : visit.kind() + " of " + words.moment(visit.start())
                                + (visit.attendingName() == null ? "" : " · " + visit.attendingName()));
        model.addAttribute(
                "proposed",
                draft.revises() != null
                        ? "as it was"
                        : visit == null || visit.end() == null ? "now" : words.moment(visit.end()));
        model.addAttribute("meter", Meter.of(new CopyMeter(earlier).read(text), words));
        model.addAttribute(
                "savedAt",
                draft.number() > 1
                        ? SAVED.format(draft.saved().atZone(words.zone())).toLowerCase(Locale.US)
                        : null);
        model.addAttribute(
                "earlier",
                earlier.stream()
                        .limit(EARLIER)
                        .map(each -> new Earlier(
                                each.label() + ", " + Dates.day(each.at(), words.zone()),
                                NoteReading.path(patient, each.entry().toString()),
                                NoteText.blocks(each.text()),
                                takes(template, each)))
                        .toList());
        model.addAttribute("sensitivities", SENSITIVITIES);
        if (!own) {
            model.addAttribute("authors", authors(actor, visit));
            model.addAttribute("sources", SOURCES);
        }
        return "chart/note-write";
    }

    private static List<Choice> takes(NoteTemplate template, CopyMeter.Earlier earlier) {
        Map<String, String> sections = sections(template, earlier.text());
        return template.sections().stream()
                .filter(section -> sections.containsKey(section.key()))
                .map(section -> new Choice("bring:" + earlier.entry() + ":" + section.key(), section.label()))
                .toList();
    }

    private static final List<Choice> SOURCES = List.of(
            new Choice("dictation", "Dictation"), new Choice("paper", "Paper"), new Choice("telephone", "Telephone"));

    private static final List<Choice> SENSITIVITIES = List.of(
            new Choice("mental-health", "Mental health"),
            new Choice("hiv", "HIV"),
            new Choice("genetic", "Genetic"),
            new Choice("reproductive", "Reproductive health"),
            new Choice("minor-consent", "Minor’s own consent"));

    private List<Choice> authors(Actor actor, @Nullable EncounterView visit) {
        FacilityId facility = visit != null ? visit.facility() : actor.facility();
        List<Choice> choices = new ArrayList<>();
        if (visit != null && visit.attending() != null) {
            choices.add(new Choice(
                    visit.attending().toString(), Objects.requireNonNullElse(visit.attendingName(), "Attending")));
        }
        if (facility != null) {
            directory.practitionersAt(facility).stream()
                    .map(each -> new Choice(each.id().toString(), each.name()))
                    .filter(each ->
                            choices.stream().noneMatch(one -> one.value().equals(each.value())))
                    .forEach(choices::add);
        }
        return choices;
    }
}
