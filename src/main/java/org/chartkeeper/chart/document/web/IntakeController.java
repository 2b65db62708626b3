package org.chartkeeper.chart.document.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.chartkeeper.access.Access;
import org.chartkeeper.chart.document.Documents;
import org.chartkeeper.chart.document.Documents.Filing;
import org.chartkeeper.chart.document.Intake;
import org.chartkeeper.chart.document.MalwareScanner;
import org.chartkeeper.patient.PatientSearch;
import org.chartkeeper.patient.PatientSummary;
import org.chartkeeper.patient.Patients;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Slice;
import org.chartkeeper.platform.Stale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The queue of what came in, and the page that indexes it: images at the left, fields at the right. */
@Controller
@RequestMapping(IntakeController.PATH)
class IntakeController {

    static final String PATH = "/documents/intake";

    private static final int ROWS = 50;
    private static final int CANDIDATES = 8;

    private final Intake intake;
    private final Documents documents;
    private final MalwareScanner scanner;
    private final PatientSearch search;
    private final Patients patients;
    private final Access access;
    private final IndexPages pages;
    private final CurrentActor current;

    IntakeController(
            Intake intake,
            Documents documents,
            MalwareScanner scanner,
            PatientSearch search,
            Patients patients,
            Access access,
            IndexPages pages,
            CurrentActor current) {
        this.intake = intake;
        this.documents = documents;
        this.scanner = scanner;
        this.search = search;
        this.patients = patients;
        this.access = access;
        this.pages = pages;
        this.current = current;
    }

    // ---- the queue
    // -----------------------------------------------------------------------------------------------------------

    @GetMapping
    @Requires(Permission.DOCUMENT_INDEX)
    String queue(@RequestParam(required = false) @Nullable String after, Model model) {
        model.addAttribute("form", new UploadForm());
        return queuePage(after, model);
    }

    private String queuePage(@Nullable String after, Model model) {
        Actor actor = current.get();
        Slice<Intake.Item> waiting = intake.waiting(actor, uuid(after), ROWS);
        model.addAttribute("items", waiting.items());
        model.addAttribute("backlog", intake.backlog(actor));
        model.addAttribute("first", after == null ? null : PATH);
        model.addAttribute("next", waiting.next() == null ? null : PATH + "?after=" + waiting.next());
        model.addAttribute("limit", intake.largest() >> 20);
        model.addAttribute("scanned", scanner.active());
        model.addAttribute("recognition", documents.recognition());
        return "chart/intake";
    }

    /** A file that was sent, as the page tells of it; a redirect carries it in the session. */
    record Line(
            String name,
            String words,
            String tone,
            @Nullable String path) implements Serializable {}

    @PostMapping
    @Requires(Permission.DOCUMENT_INDEX)
    String upload(
            @ModelAttribute("form") UploadForm form,
            BindingResult binding,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect)
            throws IOException {
        FacilityId here = current.get().facility();
        List<MultipartFile> files =
                form.getFile().stream().filter(file -> !noFile(file)).toList();
        if (here == null) {
            binding.reject("facility", "You work at no facility at the moment.");
        } else if (files.isEmpty()) {
            binding.rejectValue("file", "missing", "Choose a file.");
        }
        if (here == null || binding.hasErrors()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return queuePage(null, model);
        }
        List<Line> lines = new ArrayList<>();
        boolean refused = false;
        for (MultipartFile file : files) {
            String name = file.getOriginalFilename() == null ? "" : file.getOriginalFilename();
            try (InputStream content = file.getInputStream()) {
                lines.add(line(name, intake.receive(name, content, here, form.getChannel())));
            } catch (Rejected rejected) {
                refused = true;
                String why = rejected.problems().stream().map(Problem::message).collect(Collectors.joining(" "));
                lines.add(new Line(shown(name), why, "stop", null));
                binding.rejectValue("file", "refused", shown(name) + ": " + why);
            }
        }
        if (refused) {
            model.addAttribute("lines", lines);
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return queuePage(null, model);
        }
        redirect.addFlashAttribute("lines", lines);
        return "redirect:" + PATH;
    }

    /** A browser sends an empty part without a name where no file was chosen. */
    private static boolean noFile(MultipartFile file) {
        return file.isEmpty()
                && (file.getOriginalFilename() == null
                        || file.getOriginalFilename().isEmpty());
    }

    private static String shown(String name) {
        String plain = name.replaceAll("\\p{C}", "");
        return plain.isBlank() ? "The file" : plain.length() > 80 ? plain.substring(0, 80) + "…" : plain;
    }

    private static Line line(String name, Intake.Receipt receipt) {
        String path = PATH + "/" + receipt.file();
        Intake.Item earlier = receipt.earlier();
        if (earlier == null) {
            return new Line(
                    receipt.label(),
                    "taken in, " + receipt.pages() + (receipt.pages() == 1 ? " page" : " pages"),
                    "ok",
                    path);
        }
        String standing = earlier.state().equals("indexed") ? "and filed already" : "and still in the queue";
        return new Line(
                shown(name),
                "is the same file as “" + earlier.label() + "”, taken in by " + earlier.receivedBy() + " " + standing
                        + ". It was not added again.",
                "warn",
                path);
    }

    // ---- one file
    // ------------------------------------------------------------------------------------------------------------

    @GetMapping("/{file}")
    @Requires(Permission.DOCUMENT_INDEX)
    String file(@PathVariable UUID file, Model model) throws IOException {
        Intake.Sheet sheet = intake.open(current.get(), file);
        IndexForm form = new IndexForm();
        form.setPages(open(sheet));
        model.addAttribute("form", form);
        return filePage(sheet, form, model);
    }

    private String filePage(Intake.Sheet sheet, IndexForm form, Model model) throws IOException {
        Actor actor = current.get();
        form.setVersion(sheet.item().version());
        model.addAttribute("sheet", sheet);
        model.addAttribute("item", sheet.item());
        model.addAttribute("path", PATH + "/" + sheet.item().id());
        model.addAttribute("next", intake.next(actor, sheet.item().id()));
        model.addAttribute(
                "text", sheet.readable() ? "" : intake.text(actor, sheet.item().id()));
        PatientSummary chosen = form.chosen().map(id -> patient(actor, id)).orElse(null);
        model.addAttribute("chosen", chosen == null ? null : Candidate.of(chosen));
        pages.choices(model, actor, chosen == null ? null : chosen.id());
        return "chart/index-document";
    }

    /** The patient who is chosen; visits of a chart are shown, which is decided and recorded first. */
    private @Nullable PatientSummary patient(Actor actor, PatientId id) {
        if (!(access.decideAndRecord(actor, id, "document index", true) instanceof Access.Decision.Granted)) {
            return null;
        }
        return patients.find(id).orElse(null);
    }

    /** Neither birth date nor number in full: they are typed from the paper, not from the screen. */
    record Candidate(String id, String name, String detail) {

        static Candidate of(PatientSummary patient) {
            String born = patient.birthDate() == null
                    ? "birth date not known"
                    : "born " + patient.birthDate().substring(0, 4);
            String number = patient.mrns().isEmpty()
                    ? ""
                    : " · MRN ends in "
                            + patient.mrns()
                                    .get(0)
                                    .value()
                                    .substring(Math.max(
                                            0, patient.mrns().get(0).value().length() - 2));
            return new Candidate(patient.id().toString(), patient.label(), patient.sex() + " · " + born + number);
        }
    }

    private static String open(Intake.Sheet sheet) {
        List<Integer> open = sheet.pages().stream()
                .filter(page -> page.state().equals("open"))
                .map(Intake.Page::number)
                .toList();
        if (open.size() > 1 && open.get(open.size() - 1) - open.get(0) == open.size() - 1) {
            return open.get(0) + "-" + open.get(open.size() - 1);
        }
        return open.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    /** Finds patients by what is typed, or shows the visits of the one who is chosen; keeps everything typed. */
    @PostMapping("/{file}/look")
    @Requires(Permission.DOCUMENT_INDEX)
    String look(@PathVariable UUID file, @ModelAttribute("form") IndexForm form, BindingResult binding, Model model)
            throws IOException {
        Actor actor = current.get();
        if (!form.getFind().isBlank()) {
            PatientSearch.Result found = search.search(actor, form.getFind(), CANDIDATES);
            model.addAttribute(
                    "candidates",
                    found.hits().stream()
                            .map(hit -> Candidate.of(hit.patient()))
                            .toList());
            model.addAttribute("more", found.more());
        }
        return filePage(intake.open(actor, file), form, model);
    }

    @PostMapping("/{file}/rotate")
    @Requires(Permission.DOCUMENT_INDEX)
    String rotate(
            @PathVariable UUID file,
            @RequestParam String turn,
            @ModelAttribute("form") IndexForm form,
            BindingResult binding,
            Model model)
            throws IOException {
        String[] parts = turn.split("[ ,]", 2);
        try {
            intake.rotate(current.get(), file, Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException malformed) {
            throw new NotFound("malformed turn");
        }
        return filePage(intake.open(current.get(), file), form, model);
    }

    @PostMapping("/{file}/pages")
    @Requires(Permission.DOCUMENT_INDEX)
    String pages(
            @PathVariable UUID file,
            @RequestParam(required = false) @Nullable Integer leave,
            @RequestParam(required = false) @Nullable Integer take,
            @ModelAttribute("form") IndexForm form,
            BindingResult binding,
            Model model,
            HttpServletResponse response)
            throws IOException {
        Actor actor = current.get();
        try {
            if (leave != null) {
                intake.leaveOut(actor, file, List.of(leave));
            } else if (take != null) {
                intake.takeUp(actor, file, List.of(take));
            }
            form.setPages(open(intake.open(actor, file)));
        } catch (Rejected rejected) {
            IndexPages.reject(binding, rejected.problems());
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        }
        return filePage(intake.open(actor, file), form, model);
    }

    @PostMapping("/{file}/file")
    @Requires(Permission.DOCUMENT_INDEX)
    String fileIt(
            @PathVariable UUID file,
            @ModelAttribute("form") IndexForm form,
            BindingResult binding,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect)
            throws IOException {
        Actor actor = current.get();
        List<Problem> problems = new ArrayList<>();
        Filing filing = form.filing(file, pages.today(actor), problems).orElse(null);
        if (filing != null) {
            try {
                Documents.Filed filed = documents.file(actor, filing);
                if (filed.left() > 0) {
                    redirect.addFlashAttribute(
                            "done",
                            "Filed; " + filed.left() + (filed.left() == 1 ? " page" : " pages") + " of the file left");
                    return "redirect:" + PATH + "/" + file;
                }
                return onward(actor, file, "Filed", redirect);
            } catch (Rejected rejected) {
                problems.addAll(rejected.problems());
            } catch (Stale stale) {
                problems.add(Problem.error(
                        null,
                        "Somebody changed this file meanwhile. Look at its pages again; what you typed is kept."));
            }
        }
        IndexPages.reject(binding, problems);
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return filePage(intake.open(actor, file), form, model);
    }

    private String onward(Actor actor, UUID file, String done, RedirectAttributes redirect) {
        UUID next = intake.next(actor, file);
        redirect.addFlashAttribute("done", next == null ? done + "; the queue is empty" : done + "; this is the next");
        return "redirect:" + PATH + (next == null ? "" : "/" + next);
    }

    @PostMapping("/{file}/remove")
    @Requires(Permission.DOCUMENT_INDEX)
    String remove(
            @PathVariable UUID file,
            @ModelAttribute("form") IndexForm form,
            BindingResult binding,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect)
            throws IOException {
        Actor actor = current.get();
        try {
            intake.remove(actor, file, form.getVersion(), form.getReason());
            return onward(actor, file, "Removed from the queue", redirect);
        } catch (Rejected rejected) {
            IndexPages.reject(binding, rejected.problems());
        } catch (Stale stale) {
            binding.reject("stale", "Somebody changed this file meanwhile. Look at it again.");
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return filePage(intake.open(actor, file), form, model);
    }

    @GetMapping("/{file}/pages/{page}")
    @Requires(Permission.DOCUMENT_INDEX)
    ResponseEntity<byte[]> page(
            @PathVariable UUID file, @PathVariable int page, @RequestParam(defaultValue = "1100") int width)
            throws IOException {
        return Answers.picture(intake.page(current.get(), file, page, width));
    }

    @GetMapping("/{file}/content")
    @Requires(Permission.DOCUMENT_INDEX)
    ResponseEntity<Resource> content(@PathVariable UUID file) throws IOException {
        Actor actor = current.get();
        Intake.Item item = intake.open(actor, file).item();
        return Answers.download(
                new InputStreamResource(intake.content(actor, file)), item.mediaType(), item.size(), "intake-" + file);
    }

    private static @Nullable String uuid(@Nullable String text) {
        try {
            return text == null ? null : UUID.fromString(text).toString();
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
