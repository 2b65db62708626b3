package org.chartkeeper.chart.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chartkeeper.chart.ChangeDesk;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.ResultDesk;
import org.chartkeeper.chart.ResultUrgency;
import org.chartkeeper.chart.VersionView;
import org.chartkeeper.platform.ContentStore;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.ShowsPatient;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** One entry: what it says, how it came to be, and every version of it. */
@Controller
class EntryController {

    private final ChartPages pages;
    private final ChartReader reader;
    private final ContentStore store;
    private final Face face;
    private final ResultDesk results;

    EntryController(ChartPages pages, ChartReader reader, ContentStore store, Face face, ResultDesk results) {
        this.results = results;
        this.pages = pages;
        this.reader = reader;
        this.store = store;
        this.face = face;
    }

    @GetMapping("/patients/{patient}/entries/{entry}")
    @Requires(Permission.CHART_READ)
    @ShowsPatient("entry")
    String entry(@PathVariable PatientId patient, @PathVariable EntryId entry, Model model) {
        fill(patient, entry, model);
        return "chart/entry";
    }

    @GetMapping("/patients/{patient}/entries/{entry}/print")
    @Requires(Permission.CHART_READ)
    @ShowsPatient("entry print")
    String print(@PathVariable PatientId patient, @PathVariable EntryId entry, Model model) {
        fill(patient, entry, model);
        pages.printed(model);
        return "chart/print-entry";
    }

    @GetMapping("/patients/{patient}/entries/{entry}/history")
    @Requires(Permission.CHART_READ)
    @ShowsPatient("entry history")
    String history(@PathVariable PatientId patient, @PathVariable EntryId entry, Model model) {
        Words words = pages.words();
        EntryView view = pages.entry(patient, entry);
        List<VersionView> versions = reader.history(pages.actor(), patient, entry);
        model.addAttribute("row", Row.of(view, words));
        model.addAttribute(
                "versions",
                versions.stream()
                        .map(version -> VersionBlock.of(version, view, words))
                        .toList());
        model.addAttribute("allIntact", versions.stream().allMatch(VersionView::intact));
        model.addAttribute("section", section(view));
        model.addAttribute("living", view.type().living());
        model.addAttribute("ways", face.ways(pages.actor(), view, face.standing(pages.actor(), view)));
        return "chart/history";
    }

    /** The file of a document, as it was stored: to be saved. It is looked at page by page in the section of documents. */
    @GetMapping("/patients/{patient}/entries/{entry}/file")
    @Requires(Permission.CHART_READ)
    @ShowsPatient("document file")
    ResponseEntity<Resource> file(@PathVariable PatientId patient, @PathVariable EntryId entry) throws IOException {
        EntryView view = pages.entry(patient, entry);
        if (!(view.content() instanceof Content.Document document)) {
            throw pages.missing(patient, "file", entry);
        }
        InputStream content = store.open(document.sha256());
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .contentLength(document.size())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("document-" + entry)
                                .build()
                                .toString())
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .header("X-Content-Type-Options", "nosniff")
                .body(new InputStreamResource(content));
    }

    /** Who has seen a result and what followed; empty for what is no result. */
    private List<String> acknowledged(EntryView entry, Words words) {
        if (ResultUrgency.of(entry.content()).isEmpty()) {
            return List.of();
        }
        return results.acknowledgements(entry.patient(), entry.id()).stream()
                .map(each -> each.practitioner() + ", " + words.moment(each.at()) + ": " + each.followed()
                        + (each.comment() == null ? "" : " (“" + each.comment() + "”)")
                        + (each.version() == entry.version() ? "" : ", version " + each.version()))
                .toList();
    }

    private void fill(PatientId patient, EntryId id, Model model) {
        Words words = pages.words();
        EntryView entry = pages.entry(patient, id);
        Content pending = entry.pending();
        model.addAttribute("row", Row.of(entry, words));
        model.addAttribute(
                "lines", lines(words.fields(entry.content()), pending == null ? null : words.fields(pending)));
        model.addAttribute("pending", pending != null);
        model.addAttribute("proposal", entry.inForce() == 0);
        String text = Words.text(pending == null ? entry.content() : pending);
        model.addAttribute("blocks", text == null ? List.of() : NoteText.blocks(text));
        model.addAttribute("when", words.when(entry));
        model.addAttribute("stated", entry.statedBy() + ", " + words.moment(entry.statedAt()));
        model.addAttribute("entered", entry.enteredBy() + ", " + words.moment(entry.enteredAt()));
        model.addAttribute("source", words.source(entry.sourceKind()));
        model.addAttribute("signed", SectionsController.signature(entry, words));
        model.addAttribute("signature", entry.signature());
        model.addAttribute("acknowledged", acknowledged(entry, words));
        model.addAttribute("version", entry.version());
        model.addAttribute(
                "visitPath",
                entry.encounter() == null ? null : "/patients/" + entry.patient() + "/visits/" + entry.encounter());
        model.addAttribute(
                "file",
                entry.content() instanceof Content.Document
                        ? "/patients/" + entry.patient() + "/documents/" + entry.id()
                        : null);
        ChangeDesk.Standing standing = face.standing(pages.actor(), entry);
        model.addAttribute("ways", face.ways(pages.actor(), entry, standing));
        model.addAttribute("tie", face.tie(pages.actor(), entry, standing, words));
        model.addAttribute("addenda", standing.added() ? addenda(entry, words) : List.of());
        model.addAttribute("section", section(entry));
        model.addAttribute("marks", face.marks(pages.actor(), entry, standing, words));
    }

    private List<Row> addenda(EntryView entry, Words words) {
        return reader.addenda(pages.actor(), entry.patient(), entry.id()).stream()
                .map(other -> Row.of(other, words))
                .toList();
    }

    /** The fields of the state in force beside those that wait for a signature. */
    private static List<Line> lines(List<Field> inForce, @Nullable List<Field> pending) {
        List<Line> lines = new ArrayList<>();
        if (pending == null) {
            inForce.forEach(field -> lines.add(new Line(field.label(), field.value(), null, false)));
            return lines;
        }
        Map<String, String> now = new HashMap<>();
        pending.forEach(field -> now.putIfAbsent(field.label(), field.value()));
        for (Field field : inForce) {
            String then = now.remove(field.label());
            lines.add(
                    new Line(field.label(), field.value(), then, !field.value().equals(then)));
        }
        for (Field field : pending) {
            if (now.containsKey(field.label())) {
                lines.add(new Line(field.label(), null, now.remove(field.label()), true));
            }
        }
        lines.sort(Comparator.comparing(line -> !line.changes()));
        return lines;
    }

    /** Which tab an entry belongs to. */
    static String section(EntryView entry) {
        return switch (entry.type()) {
            case CONDITION, VISIT_DIAGNOSIS -> "problems";
            case ALLERGY -> "allergies";
            case MEDICATION_ORDER, MEDICATION_STATEMENT, MEDICATION_ADMINISTRATION -> "medications";
            case ORDER -> "orders";
            case OBSERVATION, DIAGNOSTIC_REPORT -> "results";
            case PROCEDURE -> "procedures";
            case IMMUNIZATION -> "immunizations";
            case NOTE -> "notes";
            case DOCUMENT -> "documents";
            case CARE_PLAN_ITEM -> "summary";
        };
    }

    /** A field as it is in force and as it is to become. */
    record Line(
            String label, @Nullable String value, @Nullable String pending, boolean changes) {}
}
