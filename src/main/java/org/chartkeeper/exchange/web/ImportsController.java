package org.chartkeeper.exchange.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import org.chartkeeper.access.Directory;
import org.chartkeeper.exchange.Imports;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Slice;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
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

/** Imports: upload, runs with their progress and problems, and changes that wait for a person. */
@Controller
@RequestMapping("/exchange/imports")
class ImportsController {

    private static final int PAGE = 25;
    private static final int PROBLEMS = 100;

    private final Imports imports;
    private final Directory directory;
    private final CurrentActor actor;
    private final String limit;

    ImportsController(
            Imports imports,
            Directory directory,
            CurrentActor actor,
            @Value("${spring.servlet.multipart.max-file-size:2GB}") String limit) {
        this.imports = imports;
        this.directory = directory;
        this.actor = actor;
        this.limit = limit;
    }

    @GetMapping
    @Requires(Permission.IMPORT_RUN)
    String list(@RequestParam(required = false) @Nullable String after, Model model) {
        UploadForm form = new UploadForm();
        FacilityId facility = actor.get().facility();
        form.setFacility(facility == null ? "" : facility.toString());
        model.addAttribute("form", form);
        return listPage(after, model);
    }

    private String listPage(@Nullable String after, Model model) {
        Slice<RunRow> runs = imports.list(after, PAGE).map(run -> RunRow.of(run, facilityName(run.facility())));
        model.addAttribute("runs", runs.items());
        model.addAttribute("first", after == null ? null : "/exchange/imports");
        model.addAttribute("next", runs.next() == null ? null : "/exchange/imports?after=" + runs.next());
        model.addAttribute("facilities", facilities());
        model.addAttribute("limit", limit.replaceFirst("(?i)(\\d)([MG]B)", "$1 $2"));
        model.addAttribute("parked", imports.parkedCount());
        return "exchange/imports";
    }

    private List<Option> facilities() {
        Actor who = actor.get();
        return directory.facilities().stream()
                .filter(facility -> who.facilities().contains(facility.id()))
                .map(facility -> new Option(facility.id().toString(), facility.name()))
                .toList();
    }

    private String facilityName(FacilityId id) {
        return directory.facility(id).map(Directory.Facility::name).orElse("");
    }

    @PostMapping
    @Requires(Permission.IMPORT_RUN)
    String upload(
            @ModelAttribute("form") UploadForm form,
            BindingResult binding,
            @RequestParam(name = "file", required = false) @Nullable MultipartFile file,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect)
            throws IOException {
        if (file == null || file.isEmpty()) {
            binding.rejectValue("file", "missing", "Choose a file.");
        }
        FacilityId facility = form.facilityOf(actor.get());
        if (facility == null) {
            binding.rejectValue("facility", "missing", "Choose the facility that the records belong to.");
        }
        if (file != null && facility != null && !binding.hasErrors()) {
            String name = file.getOriginalFilename();
            try (InputStream content = file.getInputStream()) {
                UUID run = imports.upload(
                        form.getIdempotencyKey(), name == null ? "upload" : name, content, form.getSource(), facility);
                redirect.addFlashAttribute("done", "File kept; its import is in the queue");
                return "redirect:/exchange/imports/" + run;
            } catch (Rejected rejected) {
                for (Problem problem : rejected.problems()) {
                    if (problem.field() == null) {
                        binding.reject("rejected", problem.message());
                    } else {
                        binding.rejectValue(problem.field(), "rejected", problem.message());
                    }
                }
            }
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return listPage(null, model);
    }

    @GetMapping("/{run}")
    @Requires(Permission.IMPORT_RUN)
    String show(@PathVariable String run, @RequestParam(required = false) @Nullable String after, Model model) {
        UUID id = id(run);
        Slice<Imports.ProblemLine> problems = imports.problems(id, after, PROBLEMS);
        progressOf(id, model);
        model.addAttribute("counts", imports.counts(id));
        model.addAttribute("problems", problems.items());
        model.addAttribute("first", after == null ? null : "/exchange/imports/" + id);
        model.addAttribute("next", problems.next());
        return "exchange/import";
    }

    /** The part of the page that htmx asks for again and again while the run is open. */
    @GetMapping("/{run}/progress")
    @Requires(Permission.IMPORT_RUN)
    String progress(@PathVariable String run, Model model, HttpServletResponse response) {
        RunRow row = progressOf(id(run), model);
        if (!row.open()) {
            // Over: the page is drawn anew, with everything that it now has to say.
            response.setHeader("HX-Refresh", "true");
        }
        return "exchange/import :: progress";
    }

    private RunRow progressOf(UUID id, Model model) {
        Imports.Run run = imports.find(id);
        RunRow row = RunRow.of(run, facilityName(run.facility()));
        model.addAttribute("run", row);
        return row;
    }

    @PostMapping("/{run}/cancel")
    @Requires(Permission.IMPORT_RUN)
    String cancel(@PathVariable String run, RedirectAttributes redirect) {
        UUID id = id(run);
        imports.cancel(id);
        redirect.addFlashAttribute("done", "The import stops after the piece that it is at");
        return "redirect:/exchange/imports/" + id;
    }

    @PostMapping("/{run}/resume")
    @Requires(Permission.IMPORT_RUN)
    String resume(@PathVariable String run, RedirectAttributes redirect) {
        UUID id = id(run);
        try {
            imports.resume(id);
            redirect.addFlashAttribute("done", "The import goes on where it stood");
        } catch (Rejected rejected) {
            redirect.addFlashAttribute("done", rejected.problems().get(0).message());
        }
        return "redirect:/exchange/imports/" + id;
    }

    @GetMapping("/parked")
    @Requires(Permission.IMPORT_RUN)
    String parked(@RequestParam(required = false) @Nullable String after, Model model) {
        Slice<Imports.Parked> parked = imports.parked(after, PAGE);
        model.addAttribute("parked", parked.items());
        model.addAttribute("first", after == null ? null : "/exchange/imports/parked");
        model.addAttribute("next", parked.next() == null ? null : "/exchange/imports/parked?after=" + parked.next());
        return "exchange/parked";
    }

    @PostMapping("/parked/{parked}/settle")
    @Requires(Permission.IMPORT_RUN)
    String settle(@PathVariable String parked, RedirectAttributes redirect) {
        imports.settle(id(parked));
        redirect.addFlashAttribute("done", "Taken off the list; the record stays as it is");
        return "redirect:/exchange/imports/parked";
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException malformed) {
            throw new NotFound("malformed id");
        }
    }
}
