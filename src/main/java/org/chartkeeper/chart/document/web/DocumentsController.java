package org.chartkeeper.chart.document.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.ChartReader.Filter;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.document.DocumentSection;
import org.chartkeeper.chart.document.Documents;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.ShowsPatient;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The documents of a chart: the list by section, one document page by page, and its index. */
@Controller
class DocumentsController {

    private static final int ROWS = 50;

    private final Documents documents;
    private final ChartReader reader;
    private final IndexPages pages;
    private final CurrentActor current;

    DocumentsController(Documents documents, ChartReader reader, IndexPages pages, CurrentActor current) {
        this.documents = documents;
        this.reader = reader;
        this.pages = pages;
        this.current = current;
    }

    /** A document as a row. */
    record Row(
            String path,
            String title,
            String kind,
            @Nullable String section,
            String date,
            @Nullable String author,
            @Nullable Integer pages,
            @Nullable String effect,
            boolean retracted,
            boolean replaced) {

        static Row of(EntryView entry) {
            Content.Document document = (Content.Document) entry.content();
            String kind = document.kind().text();
            return new Row(
                    "/patients/" + entry.patient() + "/documents/" + entry.id(),
                    document.name(),
                    kind.equals(document.name()) ? "" : kind,
                    Optional.ofNullable(document.section())
                            .map(DocumentSection::ofKey)
                            .map(DocumentSection::label)
                            .orElse(null),
                    date(document.serviceDate()),
                    document.author() == null ? entry.statedBy() : document.author(),
                    document.pages(),
                    document.directive() == null ? null : Effect.words(document.directive()),
                    entry.retracted(),
                    entry.lastKind().equals("revision") || entry.lastKind().equals("correction"));
        }

        static String date(@Nullable String iso) {
            return PartialDate.find(iso != null && iso.length() > 10 ? iso.substring(0, 10) : iso)
                    .map(PartialDate::show)
                    .orElse("—");
        }
    }

    @GetMapping("/patients/{patient}/documents")
    @Requires(Permission.CHART_READ)
    @ShowsPatient("documents")
    String list(
            @PathVariable PatientId patient,
            @RequestParam(required = false) @Nullable String section,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        DocumentSection chosen = Arrays.stream(DocumentSection.values())
                .filter(each -> each.key().equals(section))
                .findFirst()
                .orElse(null);
        Slice<EntryView> found = reader.entries(
                current.get(),
                patient,
                Filter.of(EntryType.DOCUMENT).category(chosen == null ? null : chosen.key()),
                after,
                ROWS);
        String path = "/patients/" + patient + "/documents";
        String query = chosen == null ? "" : "?section=" + chosen.key();
        model.addAttribute("sections", DocumentSection.values());
        model.addAttribute("chosen", chosen);
        model.addAttribute("path", path);
        model.addAttribute("rows", found.items().stream().map(Row::of).toList());
        model.addAttribute("first", after == null ? null : path + query);
        model.addAttribute(
                "next",
                found.next() == null ? null : path + query + (query.isEmpty() ? "?" : "&") + "after=" + found.next());
        return "chart/documents";
    }

    @GetMapping("/patients/{patient}/documents/{entry}")
    @Requires(Permission.CHART_READ)
    @ShowsPatient("document")
    String show(@PathVariable PatientId patient, @PathVariable EntryId entry, Model model) throws IOException {
        fill(documents.view(current.get(), patient, entry), model);
        model.addAttribute("form", new IndexForm());
        return "chart/document";
    }

    private void fill(Documents.View view, Model model) {
        EntryView entry = view.entry();
        model.addAttribute("view", view);
        model.addAttribute("entry", entry);
        model.addAttribute("document", view.document());
        model.addAttribute("path", "/patients/" + entry.patient() + "/documents/" + entry.id());
        model.addAttribute("entryPath", "/patients/" + entry.patient() + "/entries/" + entry.id());
        model.addAttribute("date", Row.date(view.document().serviceDate()));
        model.addAttribute(
                "effect",
                view.document().directive() == null
                        ? null
                        : Effect.words(view.document().directive()));
        model.addAttribute("mayIndex", current.get().may(Permission.DOCUMENT_INDEX) && !entry.retracted());
        model.addAttribute("recognition", documents.recognition());
    }

    @GetMapping("/patients/{patient}/documents/{entry}/pages/{page}")
    @Requires(Permission.CHART_READ)
    @ShowsPatient("document page")
    ResponseEntity<byte[]> page(
            @PathVariable PatientId patient,
            @PathVariable EntryId entry,
            @PathVariable int page,
            @RequestParam(defaultValue = "1100") int width)
            throws IOException {
        return Answers.picture(documents.page(current.get(), patient, entry, page, width));
    }

    @GetMapping("/patients/{patient}/documents/{entry}/download")
    @Requires(Permission.CHART_READ)
    @ShowsPatient("document file")
    ResponseEntity<Resource> download(@PathVariable PatientId patient, @PathVariable EntryId entry) throws IOException {
        Documents.View view = documents.view(current.get(), patient, entry);
        return Answers.download(
                new InputStreamResource(documents.content(current.get(), patient, entry)),
                view.document().mediaType(),
                view.document().size(),
                "document-" + entry);
    }

    // ---- its index
    // -----------------------------------------------------------------------------------------------------------

    @GetMapping("/patients/{patient}/documents/{entry}/index")
    @Requires(Permission.DOCUMENT_INDEX)
    @ShowsPatient("document index")
    String index(@PathVariable PatientId patient, @PathVariable EntryId entry, Model model) throws IOException {
        Documents.View view = documents.view(current.get(), patient, entry);
        model.addAttribute(
                "form",
                IndexForm.of(
                        view.document(),
                        view.entry().version(),
                        view.entry().encounter(),
                        view.entry().statedByPractitioner()));
        return indexPage(view, model);
    }

    private String indexPage(Documents.View view, Model model) {
        fill(view, model);
        pages.choices(model, current.get(), view.entry().patient());
        return "chart/reindex-document";
    }

    @PostMapping("/patients/{patient}/documents/{entry}/index")
    @Requires(Permission.DOCUMENT_INDEX)
    @ShowsPatient("document index")
    String reindex(
            @PathVariable PatientId patient,
            @PathVariable EntryId entry,
            @ModelAttribute("form") IndexForm form,
            BindingResult binding,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect)
            throws IOException {
        Actor actor = current.get();
        List<Problem> problems = new ArrayList<>();
        Documents.Reindexing change =
                form.reindexing(patient, entry, pages.today(actor), problems).orElse(null);
        if (change != null) {
            try {
                documents.reindex(actor, change);
                redirect.addFlashAttribute("done", "Indexed anew; the former index is in the history");
                return "redirect:/patients/" + patient + "/documents/" + entry;
            } catch (Rejected rejected) {
                problems.addAll(rejected.problems());
            } catch (Stale stale) {
                problems.add(
                        Problem.error(
                                null,
                                "Somebody indexed this document meanwhile. Open it again and compare; what you typed is below."));
            }
        }
        IndexPages.reject(binding, problems);
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return indexPage(documents.view(actor, patient, entry), model);
    }

    /** Out of this chart, as entered in error, and back to the queue to be indexed to whom it belongs. */
    @PostMapping("/patients/{patient}/documents/{entry}/give-back")
    @Requires(Permission.DOCUMENT_INDEX)
    @ShowsPatient("document index")
    String giveBack(
            @PathVariable PatientId patient,
            @PathVariable EntryId entry,
            @ModelAttribute("form") IndexForm form,
            BindingResult binding,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect)
            throws IOException {
        Actor actor = current.get();
        try {
            UUID file = documents.giveBack(
                    actor, patient, entry, form.getVersion(), form.getBackReason(), form.getIdempotencyKey());
            redirect.addFlashAttribute("done", "Entered in error there; index its pages to whom they belong");
            return "redirect:" + IntakeController.PATH + "/" + file;
        } catch (Rejected rejected) {
            IndexPages.reject(binding, rejected.problems());
        } catch (Stale stale) {
            binding.reject("stale", "Somebody changed this document meanwhile. Open it again.");
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        fill(documents.view(actor, patient, entry), model);
        return "chart/document";
    }
}
