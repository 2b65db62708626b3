package org.chartkeeper.coding.web;

import static org.chartkeeper.coding.web.BenchController.first;
import static org.chartkeeper.coding.web.BenchController.number;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chartkeeper.access.Directory;
import org.chartkeeper.access.Reauthentication;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.coding.Book;
import org.chartkeeper.coding.CodeEdit;
import org.chartkeeper.coding.CodingCases;
import org.chartkeeper.coding.CodingCases.Desk;
import org.chartkeeper.coding.CodingQueries;
import org.chartkeeper.coding.CodingQueries.Query;
import org.chartkeeper.coding.QueryTemplate;
import org.chartkeeper.patient.PatientSummary;
import org.chartkeeper.patient.Patients;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.FilterAddress;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.ShowsPatient;
import org.chartkeeper.platform.Stale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Queries: asked from a case, answered at the clinician's desk. */
@Controller
class QueryController {

    private static final int SHOWN = 200;
    private static final int OPTIONS = 4;
    private static final int DAYS = 90;

    private final CodingCases cases;
    private final CodingQueries queries;
    private final Directory directory;
    private final Patients patients;
    private final Reauthentication reauthentication;
    private final AuditTrail trail;
    private final CurrentActor current;
    private final Clock clock;

    QueryController(
            CodingCases cases,
            CodingQueries queries,
            Directory directory,
            Patients patients,
            Reauthentication reauthentication,
            AuditTrail trail,
            CurrentActor current,
            Clock clock) {
        this.cases = cases;
        this.queries = queries;
        this.directory = directory;
        this.patients = patients;
        this.reauthentication = reauthentication;
        this.trail = trail;
        this.current = current;
        this.clock = clock;
    }

    // Asking ----------------------------------------------------------------------------------------------------------

    @GetMapping("/coding/{case}/query")
    @Requires(Permission.CODING_WORK)
    @ShowsPatient("coding-query")
    String ask(
            @PathVariable("case") UUID id,
            @RequestParam(defaultValue = "") String template,
            @RequestParam(defaultValue = "") String line,
            @RequestParam(defaultValue = "") String list,
            Model model) {
        MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
        Desk desk = desk(id);
        if (desk.work().attending() != null) {
            form.add("to", desk.work().attending().toString());
        }
        QueryTemplate begun = QueryTemplate.of(template).orElse(null);
        form.add("form", begun == null ? "choice" : begun.form());
        form.add("purpose", begun == null ? "documented" : begun.purpose());
        if (begun != null) {
            form.add("title", begun.title());
            form.add("question", begun.question());
            options(form, begun.options());
        }
        lines(desk)
                .filter(each -> each.id().toString().equals(line))
                .findFirst()
                .ifPresent(asked -> about(asked, desk, begun, form));
        if (!form.containsKey("note")) {
            desk.sources().stream()
                    .filter(CodingCases.Source::note)
                    .findFirst()
                    .ifPresent(source -> form.add("note", source.entry().toString()));
        }
        form.add("line", line);
        form.add("template", template);
        form.add("list", list);
        fill(desk, form, List.of(), model);
        return "coding/query";
    }

    private static Stream<CodingCases.Line> lines(Desk desk) {
        return Stream.concat(desk.diagnoses().stream(), desk.procedures().stream());
    }

    /** A query about a code rests on the words that the code rests on, and asks for what would choose a closer one. */
    private static void about(
            CodingCases.Line line, Desk desk, @Nullable QueryTemplate begun, MultiValueMap<String, String> form) {
        for (CodingCases.Source source : desk.sources()) {
            for (CodingCases.Sentence sentence : source.sentences()) {
                if (line.evidence().stream()
                        .anyMatch(each -> each.entry().equals(source.entry())
                                && each.quote().equals(sentence.text()))) {
                    form.add("indicator", sentence.key());
                    if (source.note() && !form.containsKey("note")) {
                        form.add("note", source.entry().toString());
                    }
                }
            }
        }
        if (begun == QueryTemplate.DETAIL) {
            List<String> words = line.closer().stream()
                    .map(CodingCases.Closer::words)
                    .filter(each -> !each.isBlank())
                    .distinct()
                    .toList();
            if (words.size() >= 2 && words.size() <= OPTIONS) {
                options(form, words);
            } else {
                form.set("form", "open");
            }
        }
    }

    private static void options(MultiValueMap<String, String> form, List<String> options) {
        for (int i = 0; i < options.size(); i++) {
            form.add("option-" + (i + 1), options.get(i));
        }
    }

    private Desk desk(UUID id) {
        return cases.desk(current.get(), id, Book.CODER).orElseThrow(() -> new NotFound("coding case " + id));
    }

    private void fill(Desk desk, MultiValueMap<String, String> form, List<Problem> problems, Model model) {
        model.addAttribute("desk", desk);
        model.addAttribute("kind", BenchPage.kind(desk.work()));
        model.addAttribute("form", form.toSingleValueMap());
        model.addAttribute("key", UUID.randomUUID().toString());
        model.addAttribute("back", back(desk.work().id(), form));
        model.addAttribute("templates", QueryTemplate.values());
        model.addAttribute("picked", Set.copyOf(form.getOrDefault("indicator", List.of())));
        model.addAttribute(
                "clinicians",
                directory.practitionersAt(desk.work().facility()).stream()
                        .filter(each -> each.user() != null
                                || each.id().equals(desk.work().attending()))
                        .toList());
        model.addAttribute(
                "notes",
                desk.sources().stream().filter(CodingCases.Source::note).toList());
        model.addAttribute("problems", problems);
        model.addAttribute(
                "wrong",
                problems.stream()
                        .filter(each -> each.field() != null)
                        .collect(Collectors.toMap(
                                problem -> String.valueOf(problem.field()),
                                Problem::message,
                                (one, two) -> one + " " + two)));
    }

    @PostMapping("/coding/{case}/query")
    @Requires(Permission.CODING_WORK)
    @ShowsPatient("coding-query")
    String send(
            @PathVariable("case") UUID id,
            @RequestParam MultiValueMap<String, String> form,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        try {
            queries.send(
                    current.get(),
                    id,
                    PatientId.of(first(form, "patient")),
                    number(form, "version"),
                    draft(form),
                    first(form, "key"));
        } catch (Rejected rejected) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            fill(desk(id), form, rejected.problems(), model);
            return "coding/query";
        } catch (Stale stale) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            fill(
                    desk(id),
                    form,
                    List.of(
                            Problem.error(
                                    null,
                                    "The case was changed elsewhere meanwhile. Look at it again; what you typed stands below.")),
                    model);
            return "coding/query";
        }
        flash.addFlashAttribute("done", "Query sent; the case waits for its answer");
        return "redirect:" + back(id, form);
    }

    private static String back(UUID id, MultiValueMap<String, String> form) {
        return QueueQuery.read(first(form, "list")).of("/coding/" + id);
    }

    private static CodingQueries.Draft draft(MultiValueMap<String, String> form) {
        List<String> options = new ArrayList<>();
        for (int i = 1; i <= OPTIONS; i++) {
            options.add(first(form, "option-" + i));
        }
        List<CodeEdit.Words> indicators = form.getOrDefault("indicator", List.of()).stream()
                .map(BenchEdits::words)
                .filter(java.util.Objects::nonNull)
                .toList();
        String to = first(form, "to");
        if (to.isBlank()) {
            throw new Rejected(List.of(Problem.error("to", "Choose the clinician who is asked.")));
        }
        String note = first(form, "note");
        return new CodingQueries.Draft(
                new PractitionerId(BenchController.uuid(to)),
                note.isBlank() ? null : new EntryId(BenchController.uuid(note)),
                first(form, "form"),
                first(form, "purpose"),
                first(form, "title"),
                first(form, "question"),
                options,
                indicators,
                first(form, "relevance"),
                "yes".equals(first(form, "verbal")));
    }

    /** A line of a list of queries. */
    record Row(Query query, Identified who, String path, boolean overdue) {}

    @GetMapping("/coding/queries")
    @Requires({Permission.CODING_WORK, Permission.CODING_SUPERVISE})
    String list(@RequestParam(defaultValue = "open") String show, Model model) {
        Actor actor = current.get();
        boolean open = !show.equals("all");
        List<Query> found = queries.list(actor, actor.facility(), open, SHOWN);
        show(found, "coding-query.list", "/coding/", model);
        ZoneId zone = actor.facility() == null
                ? ZoneOffset.UTC
                : directory
                        .facility(actor.facility())
                        .map(Directory.Facility::zone)
                        .orElse(ZoneOffset.UTC);
        LocalDate today = LocalDate.now(clock.withZone(zone));
        model.addAttribute("open", open);
        FacilityId here = actor.facility();
        model.addAttribute(
                "clinicians",
                actor.may(Permission.CODING_SUPERVISE) && here != null
                        ? directory.practitionersAt(here).stream()
                                .filter(each -> each.user() != null)
                                .toList()
                        : List.of());
        model.addAttribute("days", DAYS);
        model.addAttribute("figures", queries.figures(actor, actor.facility(), today.minusDays(DAYS), today));
        return "coding/queries";
    }

    private void show(List<Query> found, String action, String base, Model model) {
        trail.recordAlone(AuditEvent.done(action)
                .on("section", "coding queries")
                .count(found.size())
                .details(found.stream().map(query -> query.patient().toString()).collect(Collectors.joining(" "))));
        Map<PatientId, PatientSummary> people =
                patients.summaries(found.stream().map(Query::patient).collect(Collectors.toSet()));
        Map<FacilityId, String> places =
                base.equals("/coding/") || current.get().facilities().size() < 2
                        ? Map.of()
                        : directory.facilities().stream()
                                .collect(Collectors.toMap(Directory.Facility::id, Directory.Facility::name));
        model.addAttribute("full", found.size() == SHOWN);
        model.addAttribute(
                "rows",
                found.stream()
                        .map(query -> new Row(
                                query,
                                Identified.of(people.get(query.patient()), query.facility())
                                        .at(places.get(query.facility())),
                                base.equals("/coding/") ? base + query.coded() : base + query.id(),
                                query.state().equals("sent") && query.due().isBefore(clock.instant())))
                        .toList());
    }

    @PostMapping("/coding/queries/{query}/withdraw")
    @Requires(Permission.CODING_WORK)
    @ShowsPatient("coding-query")
    String withdraw(
            @PathVariable("query") UUID id,
            @RequestParam MultiValueMap<String, String> form,
            RedirectAttributes flash) {
        Actor actor = current.get();
        Query query = queries.find(actor, id).orElseThrow(() -> new NotFound("query " + id));
        try {
            queries.withdraw(actor, id, PatientId.of(first(form, "patient")), first(form, "reason"));
            flash.addFlashAttribute("done", "Query taken back");
        } catch (Rejected rejected) {
            flash.addFlashAttribute("refused", rejected.problems().get(0).message());
        }
        return "redirect:/coding/" + query.coded();
    }

    @PostMapping("/coding/queries/{query}/escalate")
    @Requires(Permission.CODING_SUPERVISE)
    @ShowsPatient("coding-query")
    String escalate(
            @PathVariable("query") UUID id,
            @RequestParam MultiValueMap<String, String> form,
            RedirectAttributes flash) {
        UUID to = FilterAddress.id(first(form, "to"));
        try {
            queries.escalate(
                    current.get(),
                    id,
                    PatientId.of(first(form, "patient")),
                    to == null ? null : new PractitionerId(to),
                    first(form, "reason"));
            flash.addFlashAttribute("done", "Query passed on; its clock begins anew");
        } catch (Rejected rejected) {
            flash.addFlashAttribute("refused", rejected.problems().get(0).message());
        }
        return "redirect:/coding/queries";
    }

    // Answering -------------------------------------------------------------------------------------------------------

    @GetMapping("/queries")
    @Requires(Permission.CHART_SIGN)
    String mine(Model model) {
        show(queries.waiting(current.get(), SHOWN), "coding-query.list", "/queries/", model);
        return "coding/my-queries";
    }

    @GetMapping("/queries/{query}")
    @Requires(Permission.CHART_SIGN)
    @ShowsPatient("coding-query")
    String read(@PathVariable("query") UUID id, Model model) {
        fill(id, new LinkedMultiValueMap<>(), List.of(), model);
        return "coding/answer";
    }

    /** A query is read by the clinician whom it asks: it may quote what others may not read. */
    private void fill(UUID id, MultiValueMap<String, String> form, List<Problem> problems, Model model) {
        Actor actor = current.get();
        Query query = queries.find(actor, id)
                .filter(each -> each.to().equals(actor.practitioner()))
                .orElseThrow(() -> new NotFound("query " + id));
        model.addAttribute("query", query);
        boolean mine = query.state().equals("sent");
        model.addAttribute("mine", mine);
        model.addAttribute(
                "others",
                mine
                        ? directory.practitionersAt(query.facility()).stream()
                                .filter(each ->
                                        each.user() != null && !each.id().equals(query.to()))
                                .toList()
                        : List.of());
        model.addAttribute("form", form.toSingleValueMap());
        model.addAttribute("key", UUID.randomUUID().toString());
        model.addAttribute("problems", problems);
    }

    @PostMapping("/queries/{query}")
    @Requires(Permission.CHART_SIGN)
    @ShowsPatient("coding-query")
    String answer(
            @PathVariable("query") UUID id,
            @RequestParam MultiValueMap<String, String> form,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        try {
            if (!reauthentication.confirm(first(form, "password"))) {
                throw new Rejected(List.of(Problem.error("password", "This is not your password.")));
            }
            queries.answer(
                    current.get(),
                    id,
                    PatientId.of(first(form, "patient")),
                    first(form, "option"),
                    first(form, "words"),
                    first(form, "idempotencyKey"));
        } catch (Rejected rejected) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            fill(id, form, rejected.problems(), model);
            return "coding/answer";
        }
        flash.addFlashAttribute("done", "Answered and signed: it stands in the record");
        return "redirect:/queries";
    }

    @PostMapping("/queries/{query}/not-mine")
    @Requires(Permission.CHART_SIGN)
    @ShowsPatient("coding-query")
    String notMine(
            @PathVariable("query") UUID id,
            @RequestParam MultiValueMap<String, String> form,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        UUID to = FilterAddress.id(first(form, "to"));
        try {
            queries.notMine(
                    current.get(),
                    id,
                    PatientId.of(first(form, "patient")),
                    to == null ? null : new PractitionerId(to),
                    first(form, "reason"));
        } catch (Rejected rejected) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            fill(id, form, rejected.problems(), model);
            return "coding/answer";
        }
        flash.addFlashAttribute("done", to == null ? "Query sent back" : "Query passed on");
        return "redirect:/queries";
    }
}
