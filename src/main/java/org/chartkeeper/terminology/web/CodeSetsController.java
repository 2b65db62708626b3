package org.chartkeeper.terminology.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.chartkeeper.platform.Csv;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.NavigationEntry;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Slice;
import org.chartkeeper.terminology.CodeReleases;
import org.chartkeeper.terminology.CodeUploads;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
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

/** Code sets: what is loaded, and the upload of what is not yet. */
@Controller
@RequestMapping("/admin/code-sets")
class CodeSetsController {

    private static final String PATH = "/admin/code-sets";
    private static final int NEWEST = 3;
    private static final int UPLOADS = 5;
    private static final int PAGE = 25;
    private static final int FILES = 100;

    /** Lines of a difference that are asked for at a time: each asking compares the whole releases. */
    private static final int BLOCK = 20_000;

    private final CodeReleases releases;
    private final CodeUploads uploads;
    private final CurrentActor actor;
    private final Clock clock;
    private final String limit;

    CodeSetsController(
            CodeReleases releases,
            CodeUploads uploads,
            CurrentActor actor,
            Clock clock,
            @Value("${spring.servlet.multipart.max-file-size:2GB}") String limit) {
        this.releases = releases;
        this.uploads = uploads;
        this.actor = actor;
        this.clock = clock;
        this.limit = limit;
    }

    @GetMapping
    @Requires({Permission.CODE_SETS, Permission.CODING_WORK})
    String list(Model model) {
        model.addAttribute("form", new CodeUploadForm());
        return listPage(model);
    }

    private String listPage(Model model) {
        boolean loads = actor.get().may(Permission.CODE_SETS);
        model.addAttribute("loads", loads);
        model.addAttribute("kinds", releases.kinds(NEWEST));
        model.addAttribute("limit", limit.replaceFirst("(?i)(\\d)([MG]B)", "$1 $2"));
        if (loads) {
            Slice<UploadRow> newest = uploads.list(null, UPLOADS).map(UploadRow::of);
            model.addAttribute("uploads", newest.items());
            model.addAttribute("more", newest.next() != null);
        }
        return "terminology/code-sets";
    }

    @PostMapping
    @Requires(Permission.CODE_SETS)
    String upload(
            @ModelAttribute("form") CodeUploadForm form,
            BindingResult binding,
            @RequestParam(name = "file", required = false) @Nullable MultipartFile file,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect)
            throws IOException {
        if (file == null || file.isEmpty()) {
            boolean chosen = file != null
                    && !Objects.requireNonNullElse(file.getOriginalFilename(), "")
                            .isEmpty();
            binding.rejectValue("file", "missing", chosen ? "The file is empty." : "Choose a file.");
        }
        Optional<LocalDate> from = form.day(LocalDate.now(clock));
        if (from.isEmpty() && !form.getFrom().isBlank()) {
            binding.rejectValue("from", "wrong", "Type a whole date, such as 10/1/2026, or leave it empty.");
        }
        if (file != null && !binding.hasErrors()) {
            String name = file.getOriginalFilename();
            try (InputStream content = file.getInputStream()) {
                UUID upload = uploads.upload(
                        form.getIdempotencyKey(), name == null ? "upload" : name, content, from.orElse(null));
                redirect.addFlashAttribute("done", "File kept; its loading is in the queue");
                return "redirect:" + PATH + "/uploads/" + upload;
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
        return listPage(model);
    }

    /** All releases of one kind. */
    @GetMapping("/kinds/{kind}")
    @Requires({Permission.CODE_SETS, Permission.CODING_WORK})
    String kind(@PathVariable String kind, @RequestParam(required = false) @Nullable String after, Model model) {
        Slice<CodeReleases.Release> own = releases.ofKind(kind, after, PAGE);
        if (own.items().isEmpty() && after == null) {
            throw new NotFound("nothing of " + kind + " is loaded");
        }
        model.addAttribute("releases", own.items());
        model.addAttribute(
                "label", own.items().isEmpty() ? kind : own.items().getFirst().label());
        model.addAttribute("first", after == null ? null : PATH + "/kinds/" + kind);
        model.addAttribute("next", own.next() == null ? null : PATH + "/kinds/" + kind + "?after=" + own.next());
        return "terminology/code-set";
    }

    /** A release: what it changed, and where what ends with it is in use. */
    @GetMapping("/releases/{release}")
    @Requires({Permission.CODE_SETS, Permission.CODING_WORK})
    String release(
            @PathVariable String release,
            @RequestParam(defaultValue = "") String change,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        long id = number(release);
        CodeReleases.Change only = change(change);
        Slice<CodeReleases.Difference> lines = releases.difference(id, only, after, PAGE * 2);
        String path = PATH + "/releases/" + id + (only == null ? "?" : "?change=" + change + "&");
        model.addAttribute("release", releases.find(id));
        model.addAttribute("change", only == null ? "" : change);
        model.addAttribute("lines", lines.items());
        model.addAttribute("lists", lines.items().stream().anyMatch(line -> line.list() != null));
        model.addAttribute("endings", after == null ? releases.impact(id) : null);
        model.addAttribute("opens", opens());
        model.addAttribute("first", after == null ? null : path.substring(0, path.length() - 1));
        model.addAttribute("next", lines.next() == null ? null : path + "after=" + lines.next());
        return "terminology/release";
    }

    private boolean opens() {
        return actor.get().may(Permission.CODING_WORK) && actor.get().may(Permission.CHART_READ);
    }

    private static CodeReleases.@Nullable Change change(String typed) {
        for (CodeReleases.Change change : CodeReleases.Change.values()) {
            if (change.name().equalsIgnoreCase(typed)) {
                return change;
            }
        }
        return null;
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException malformed) {
            throw new NotFound("malformed id");
        }
    }

    /** The difference as a table for a spreadsheet, in UTF-8. */
    @GetMapping(path = "/releases/{release}/difference.csv", produces = "text/csv")
    @Requires({Permission.CODE_SETS, Permission.CODING_WORK})
    void table(
            @PathVariable String release, @RequestParam(defaultValue = "") String change, HttpServletResponse response)
            throws IOException {
        long id = number(release);
        CodeReleases.Release found = releases.find(id);
        response.setContentType("text/csv");
        response.setCharacterEncoding("UTF-8");
        String name = (found.kind() + "-" + found.name()).replaceAll("[^A-Za-z0-9.-]+", "-");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + name + "-difference.csv\"");
        Writer out = response.getWriter();
        out.write(Csv.line("change", "code", "title", "title before", "list"));
        String after = null;
        do {
            Slice<CodeReleases.Difference> lines = releases.difference(id, change(change), after, BLOCK);
            for (CodeReleases.Difference line : lines.items()) {
                out.write(Csv.line(
                        line.change().name().toLowerCase(Locale.ROOT),
                        line.code(),
                        line.title(),
                        line.was(),
                        line.list()));
            }
            after = lines.next();
        } while (after != null);
        out.flush();
    }

    /** Where a code that ends is in use. */
    @GetMapping("/releases/{release}/uses/{code}")
    @Requires(Permission.CODING_WORK)
    String uses(@PathVariable String release, @PathVariable String code, Model model) {
        long id = number(release);
        model.addAttribute("release", releases.find(id));
        model.addAttribute("code", code);
        model.addAttribute("places", releases.uses(id, code));
        return "terminology/code-uses";
    }

    @GetMapping("/uploads")
    @Requires(Permission.CODE_SETS)
    String uploads(@RequestParam(required = false) @Nullable String after, Model model) {
        Slice<UploadRow> rows = uploads.list(after, PAGE).map(UploadRow::of);
        model.addAttribute("uploads", rows.items());
        model.addAttribute("first", after == null ? null : PATH + "/uploads");
        model.addAttribute("next", rows.next() == null ? null : PATH + "/uploads?after=" + rows.next());
        return "terminology/code-uploads";
    }

    @GetMapping("/uploads/{upload}")
    @Requires(Permission.CODE_SETS)
    String show(@PathVariable String upload, @RequestParam(required = false) @Nullable String after, Model model) {
        UUID id = id(upload);
        model.addAttribute("upload", UploadRow.of(uploads.find(id)));
        Slice<CodeUploads.Outcome> outcomes = uploads.outcomes(id, after, FILES);
        model.addAttribute("outcomes", outcomes.items());
        model.addAttribute("first", after == null ? null : PATH + "/uploads/" + id);
        model.addAttribute(
                "next", outcomes.next() == null ? null : PATH + "/uploads/" + id + "?after=" + outcomes.next());
        return "terminology/code-upload";
    }

    /** The part of the page that is asked for again and again while the upload is open. */
    @GetMapping("/uploads/{upload}/progress")
    @Requires(Permission.CODE_SETS)
    String progress(@PathVariable String upload, Model model, HttpServletResponse response) {
        UploadRow row = UploadRow.of(uploads.find(id(upload)));
        model.addAttribute("upload", row);
        if (!row.open()) {
            // Over: the page is drawn anew, with everything that it now has to say.
            response.setHeader("HX-Refresh", "true");
        }
        return "terminology/code-upload :: progress";
    }

    @PostMapping("/uploads/{upload}/cancel")
    @Requires(Permission.CODE_SETS)
    String cancel(@PathVariable String upload, RedirectAttributes redirect) {
        UUID id = id(upload);
        uploads.cancel(id);
        redirect.addFlashAttribute("done", "Loading stops after the file that it is at");
        return "redirect:" + PATH + "/uploads/" + id;
    }

    @PostMapping("/uploads/{upload}/resume")
    @Requires(Permission.CODE_SETS)
    String resume(@PathVariable String upload, RedirectAttributes redirect) {
        UUID id = id(upload);
        try {
            uploads.resume(id);
            redirect.addFlashAttribute("done", "Loading goes on where it stood");
        } catch (Rejected rejected) {
            redirect.addFlashAttribute("done", rejected.problems().getFirst().message());
        }
        return "redirect:" + PATH + "/uploads/" + id;
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException malformed) {
            throw new NotFound("malformed id");
        }
    }

    /** The link in the rail. */
    @Configuration(proxyBeanMethods = false)
    static class Navigation {

        @Bean
        NavigationEntry codeSetsLink() {
            return new NavigationEntry("Administration", "Code sets", PATH, 95, Permission.CODE_SETS, null);
        }
    }
}
