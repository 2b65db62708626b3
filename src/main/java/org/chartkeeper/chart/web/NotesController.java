package org.chartkeeper.chart.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.chartkeeper.access.Reauthentication;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.ChartReader.Filter;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.Signing;
import org.chartkeeper.chart.note.NoteState;
import org.chartkeeper.chart.note.NoteTexts;
import org.chartkeeper.chart.note.Notes;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
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

/** The notes of a chart: read, searched, and co-signed with an attestation. */
@Controller
class NotesController {

    private static final int HITS = 50;

    private final ChartPages pages;
    private final ChartReader reader;
    private final Notes notes;
    private final NoteTexts texts;
    private final Signing signing;
    private final AuditTrail trail;
    private final Reauthentication reauthentication;

    NotesController(
            ChartPages pages,
            ChartReader reader,
            Notes notes,
            NoteTexts texts,
            Signing signing,
            AuditTrail trail,
            Reauthentication reauthentication) {
        this.pages = pages;
        this.reader = reader;
        this.notes = notes;
        this.texts = texts;
        this.signing = signing;
        this.trail = trail;
        this.reauthentication = reauthentication;
    }

    /**
     * The notes at the left, one of them readable at the right.
     *
     * @param note id of the one that is open
     * @param copied whether what stands in earlier notes is marked in the text
     */
    @GetMapping("/patients/{patient}/notes")
    @Requires(Permission.CHART_READ)
    @ShowsPatient("notes")
    String notes(
            @PathVariable PatientId patient,
            @RequestParam(required = false) @Nullable EntryId note,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "false") boolean copied,
            Model model) {
        Words words = pages.words();
        Slice<EntryView> slice =
                reader.entries(pages.actor(), patient, Filter.of(EntryType.NOTE), after, ChartPages.ROWS);
        String path = "/patients/" + patient + "/notes";
        model.addAttribute(
                "rows", slice.items().stream().map(each -> Row.of(each, words)).toList());
        model.addAttribute("first", after == null ? null : path);
        model.addAttribute("next", slice.next() == null ? null : path + "?after=" + slice.next());
        EntryView open = slice.items().stream()
                .filter(each -> each.id().equals(note))
                .findFirst()
                .or(() -> note == null ? slice.items().stream().findFirst() : Optional.of(pages.entry(patient, note)))
                .filter(each -> each.content() instanceof Content.Note)
                .orElse(null);
        if (open != null) {
            read(open, words, model);
        }
        model.addAttribute("after", after);
        model.addAttribute("copied", copied);
        model.addAttribute("writes", writes(pages.actor()));
        return "chart/notes";
    }

    static boolean writes(Actor actor) {
        return actor.may(Permission.VISIT_UPDATE) || actor.may(Permission.CHART_SIGN);
    }

    private void read(EntryView open, Words words, Model model) {
        Actor actor = pages.actor();
        List<EntryView> additions = reader.addenda(actor, open.patient(), open.id());
        Content.Note content = (Content.Note) open.content();
        Row row = Row.of(open, words);
        String state = VisitRow.capital(NoteState.of(open, additions));
        model.addAttribute("open", row);
        model.addAttribute("openWhen", words.when(open));
        model.addAttribute(
                "state", row.tags().stream().anyMatch(tag -> tag.text().equals(state)) ? null : state);
        model.addAttribute(
                "reading",
                NoteReading.of(
                        open,
                        texts.earlier(actor, open.patient(), open.event(), open.id(), Notes.COMPARED),
                        Notes.COPIED_WARNING,
                        words));
        model.addAttribute("signatures", signatures(open, words));
        model.addAttribute(
                "additions",
                additions.stream().map(each -> Addition.of(each, words)).toList());
        model.addAttribute(
                "parentPath",
                content.addendumTo() == null
                        ? null
                        : NoteReading.path(open.patient(), content.addendumTo().entry()));
        boolean mine = actor.practitioner() != null && actor.practitioner().equals(open.signer());
        boolean unsigned =
                open.signature().equals("unsigned") || open.signature().equals("returned");
        boolean author = actor.practitioner() != null && actor.practitioner().equals(open.statedByPractitioner());
        model.addAttribute(
                "goesOn",
                unsigned
                        && open.signedAt() == null
                        && !open.retracted()
                        && (author || actor.may(Permission.VISIT_UPDATE)));
        model.addAttribute("addendumPath", addendumPath(actor, open));
        model.addAttribute("signs", mine && open.signature().equals("unsigned"));
        model.addAttribute("attests", mine && open.signature().equals("co-signature due"));
    }

    /** Where something is added to a signed note; whether this person may is for that page to say. */
    private static @Nullable String addendumPath(Actor actor, EntryView note) {
        boolean signed =
                Set.of("signed", "co-signature due", "authenticated at source").contains(note.signature());
        return writes(actor) && signed && !note.retracted() ? Row.path(note) + "/change/addendum" : null;
    }

    private List<String> signatures(EntryView open, Words words) {
        if (open.signedAt() == null) {
            return open.signature().equals("authenticated at source")
                    ? List.of("authenticated at its source")
                    : List.of();
        }
        return signing.signatures(open.patient(), open.id()).stream()
                .map(each -> switch (each.meaning()) {
                            case "co-signature" -> "co-signed by ";
                            case "attending" -> "signed as attending by ";
                            case "refusal" -> "refused by ";
                            default -> "signed by ";
                        }
                        + each.practitioner()
                        + ", "
                        + words.moment(each.at())
                        + (each.version() == open.version() ? "" : " (version " + each.version() + ")"))
                .toList();
    }

    /** An addendum or attestation below its note. */
    record Addition(
            Row row, List<NoteText.Block> blocks, @Nullable String signed) {

        static Addition of(EntryView entry, Words words) {
            String text = Words.text(entry.content());
            return new Addition(
                    Row.of(entry, words),
                    text == null ? List.of() : NoteText.blocks(text),
                    SectionsController.signature(entry, words));
        }
    }

    /** Words of a note betray a disease: they are sent, never put into an address, and never recorded. */
    @PostMapping("/patients/{patient}/notes/search")
    @Requires(Permission.CHART_READ)
    @ShowsPatient("notes search")
    String search(@PathVariable PatientId patient, @RequestParam(defaultValue = "") String q, Model model) {
        Words words = pages.words();
        NoteTexts.Found found = q.isBlank()
                ? new NoteTexts.Found(List.of(), false, true)
                : texts.search(pages.actor(), patient, q, HITS);
        trail.recordAlone(AuditEvent.done("note.search")
                .of(patient)
                .count(found.hits().size())
                .details(found.hits().stream()
                        .map(hit -> hit.entry().id().toString())
                        .collect(Collectors.joining(" "))));
        model.addAttribute("q", q);
        model.addAttribute(
                "hits", found.hits().stream().map(hit -> Hit.of(hit, words)).toList());
        model.addAttribute("more", found.more());
        model.addAttribute("understood", found.understood());
        return "chart/note-search";
    }

    /** A note or a document that was found. */
    record Hit(Row row, String path, List<NoteTexts.Piece> excerpt) {

        static Hit of(NoteTexts.Hit hit, Words words) {
            return new Hit(
                    Row.of(hit.entry(), words),
                    hit.entry().type() == EntryType.DOCUMENT
                            ? "/patients/" + hit.entry().patient() + "/documents/"
                                    + hit.entry().id()
                            : NoteReading.path(
                                    hit.entry().patient(), hit.entry().id().toString()),
                    hit.excerpt().stream()
                            .map(piece -> new NoteTexts.Piece(piece.text().replaceAll("(?m)#+\\s+", ""), piece.found()))
                            .toList());
        }
    }

    @GetMapping("/patients/{patient}/notes/{note}/attest")
    @Requires(Permission.CHART_SIGN)
    @ShowsPatient("attest")
    String attest(@PathVariable PatientId patient, @PathVariable EntryId note, Model model) {
        Signing.Awaiting waiting = ReviewController.waiting(signing, pages, patient, note);
        AttestForm form = new AttestForm();
        form.setPick(Waiting.pick(waiting, pages.actor()).text());
        form.setIdempotencyKey(Uuid7.next().toString());
        model.addAttribute("form", form);
        return attesting(waiting, model);
    }

    /** Co-signs, with the statement as an entry of its own. */
    @PostMapping("/patients/{patient}/notes/{note}/attest")
    @Requires(Permission.CHART_SIGN)
    @ShowsPatient("attest")
    String attested(
            @PathVariable PatientId patient,
            @PathVariable EntryId note,
            @ModelAttribute("form") AttestForm form,
            BindingResult binding,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        HttpStatus refused = attempt(patient, note, form, binding);
        if (refused != null) {
            response.setStatus(refused.value());
            return attesting(ReviewController.waiting(signing, pages, patient, note), model);
        }
        redirect.addFlashAttribute("done", "Co-signed");
        return "redirect:" + NoteReading.path(patient, note.toString());
    }

    private @Nullable HttpStatus attempt(PatientId patient, EntryId note, AttestForm form, BindingResult binding) {
        String statement = form.words();
        if (statement == null) {
            binding.rejectValue("statement", "missing", "Say what you did, or choose the co-signature alone");
        }
        if (form.getPassword().isEmpty()) {
            binding.rejectValue("password", "missing", "Enter your password to sign");
        }
        if (binding.hasErrors() || statement == null) {
            return HttpStatus.UNPROCESSABLE_CONTENT;
        }
        try {
            Signing.VersionRef ref = Pick.parse(form.getPick()).ref();
            if (!ref.patient().equals(patient) || !ref.entry().equals(note)) {
                throw new Rejected("This form is of another note. Load the page again.");
            }
            if (!reauthentication.confirm(form.getPassword())) {
                binding.rejectValue("password", "wrong", "That is not your password. Nothing was signed");
                return HttpStatus.UNPROCESSABLE_CONTENT;
            }
            notes.attest(pages.actor(), ref, statement, form.getIdempotencyKey());
            return null;
        } catch (Stale stale) {
            binding.reject("stale", "This note has changed since you saw it. Read it again");
            return HttpStatus.CONFLICT;
        } catch (Rejected rejected) {
            rejected.problems().stream().map(Problem::message).forEach(message -> binding.reject("rejected", message));
            form.setIdempotencyKey(Uuid7.next().toString());
            return HttpStatus.UNPROCESSABLE_CONTENT;
        }
    }

    private String attesting(Signing.Awaiting waiting, Model model) {
        Words words = pages.words();
        EntryView entry = waiting.entry();
        if (!(entry.content() instanceof Content.Note) || !entry.signature().equals("co-signature due")) {
            throw pages.missing(entry.patient(), "note for a co-signature", entry.id());
        }
        read(entry, words, model);
        model.addAttribute("statements", AttestForm.STATEMENTS);
        model.addAttribute("action", "/patients/" + entry.patient() + "/notes/" + entry.id() + "/attest");
        model.addAttribute("answerPath", Row.path(entry) + "/answer");
        return "chart/note-attest";
    }
}
