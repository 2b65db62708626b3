package org.chartkeeper.chart.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chartkeeper.access.Directory;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.chart.BulkCorrections;
import org.chartkeeper.chart.BulkCorrections.Outcome;
import org.chartkeeper.chart.BulkCorrections.Rule;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.patient.PatientSummary;
import org.chartkeeper.patient.Patients;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.DepartmentId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Slice;
import org.chartkeeper.platform.Stale;
import org.chartkeeper.platform.TypedDate;
import org.chartkeeper.platform.Uuid7;
import org.chartkeeper.terminology.CodeLookup;
import org.chartkeeper.terminology.CodeSystem;
import org.jspecify.annotations.Nullable;
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
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One rule over many charts: what it affects, the dry run, its application and the way back. */
@Controller
@RequestMapping("/corrections")
class BulkController {

    private static final List<EntryType> TYPES = List.of(
            EntryType.CONDITION,
            EntryType.VISIT_DIAGNOSIS,
            EntryType.ALLERGY,
            EntryType.PROCEDURE,
            EntryType.OBSERVATION,
            EntryType.IMMUNIZATION);
    private static final Map<String, String> SYSTEMS = Map.of(
            CodeSystem.ICD10CM.uri(),
            "ICD-10-CM",
            CodeSystem.VACCINE.uri(),
            "CVX",
            CodeSystem.DRUG.uri(),
            "RxNorm",
            "http://snomed.info/sct",
            "SNOMED CT",
            Concept.LOINC,
            "LOINC");

    private final ChartPages pages;
    private final BulkCorrections corrections;
    private final BulkDesk desk;
    private final Directory directory;
    private final CodeLookup codes;
    private final Patients patients;
    private final AuditTrail trail;
    private final Clock clock;

    BulkController(
            ChartPages pages,
            BulkCorrections corrections,
            BulkDesk desk,
            Directory directory,
            CodeLookup codes,
            Patients patients,
            AuditTrail trail,
            Clock clock) {
        this.pages = pages;
        this.corrections = corrections;
        this.desk = desk;
        this.directory = directory;
        this.codes = codes;
        this.patients = patients;
        this.trail = trail;
        this.clock = clock;
    }

    @GetMapping
    @Requires(Permission.BULK_CORRECT)
    String list(@RequestParam(required = false) @Nullable String after, Model model) {
        Slice<BulkCorrections.Batch> found = corrections.list(pages.actor(), after, ChartPages.ROWS);
        Words words = pages.words();
        model.addAttribute(
                "batches",
                found.items().stream()
                        .map(batch ->
                                BatchRow.of(batch, facilityName(batch.order().facility()), words))
                        .toList());
        model.addAttribute("first", after == null ? null : "/corrections");
        model.addAttribute("next", found.next() == null ? null : "/corrections?after=" + found.next());
        return "chart/bulk-list";
    }

    @GetMapping("/new")
    @Requires(Permission.BULK_CORRECT)
    String form(@RequestParam(defaultValue = "code") String rule, Model model) {
        BulkForm form = new BulkForm();
        form.setRule(rule);
        form.setSystem(CodeSystem.ICD10CM.uri());
        FacilityId here = pages.actor().facility();
        form.setFacility(here == null ? "" : here.toString());
        form.setIdempotencyKey(Uuid7.next().toString());
        model.addAttribute("bulk", form);
        fill(form, model);
        return "chart/bulk-new";
    }

    @PostMapping
    @Requires(Permission.BULK_CORRECT)
    String collect(
            @ModelAttribute("bulk") BulkForm form, BindingResult binding, Model model, HttpServletResponse response) {
        BulkCorrections.Order order = read(form, binding);
        if (order != null && !binding.hasErrors()) {
            try {
                return "redirect:" + desk.collect(pages.actor(), form.getIdempotencyKey(), order);
            } catch (Rejected rejected) {
                reject(rejected, binding);
            }
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        form.setIdempotencyKey(Uuid7.next().toString());
        fill(form, model);
        return "chart/bulk-new";
    }

    private static void reject(Rejected rejected, BindingResult binding) {
        for (Problem problem : rejected.problems()) {
            if (problem.field() == null) {
                binding.reject("rejected", problem.message());
            } else {
                binding.rejectValue(problem.field(), "wrong", problem.message());
            }
        }
    }

    private BulkCorrections.@Nullable Order read(BulkForm form, BindingResult binding) {
        FacilityId facility = pages.actor().facilities().stream()
                .filter(each -> each.toString().equals(form.getFacility()))
                .findFirst()
                .orElse(null);
        if (facility == null) {
            binding.rejectValue("facility", "missing", "Choose a facility");
        }
        LocalDate from = day("from", form.getFrom(), binding);
        LocalDate until = day("until", form.getUntil(), binding);
        Rule rule = rule(form, binding);
        return facility == null || rule == null
                ? null
                : new BulkCorrections.Order(
                        facility, rule, from, until, form.getReason().strip());
    }

    private @Nullable Rule rule(BulkForm form, BindingResult binding) {
        String former = form.getFormer().strip();
        String correct = form.getCorrect().strip();
        return switch (form.getRule()) {
            case "code" -> codeRule(form, former, correct, binding);
            case "unit" -> new Rule.Unit(Concept.LOINC, form.getCode().strip(), former, correct);
            case "department" -> departmentRule(former, correct, binding);
            default -> {
                binding.rejectValue("rule", "unknown", "Choose what is wrong");
                yield null;
            }
        };
    }

    private @Nullable Rule codeRule(BulkForm form, String former, String correct, BindingResult binding) {
        EntryType type = TYPES.stream()
                .filter(each -> each.key().equals(form.getType()))
                .findFirst()
                .orElse(null);
        if (type == null) {
            binding.rejectValue("type", "missing", "Choose a kind of entry");
            return null;
        }
        if (!SYSTEMS.containsKey(form.getSystem())) {
            binding.rejectValue("system", "missing", "Choose a code system");
            return null;
        }
        Optional<CodeLookup.Code> known = Arrays.stream(CodeSystem.values())
                .filter(each -> each.uri().equals(form.getSystem()))
                .findFirst()
                .flatMap(system -> codes.find(system, correct));
        String title =
                known.map(CodeLookup.Code::display).orElse(form.getTitle().strip());
        if (!correct.isEmpty() && title.isEmpty()) {
            binding.rejectValue(
                    "title", "missing", "This code is in no list that is loaded here: give its title as published");
        }
        return new Rule.Code(
                type, form.getSystem(), former, known.map(CodeLookup.Code::code).orElse(correct), title);
    }

    private static @Nullable Rule departmentRule(String former, String correct, BindingResult binding) {
        DepartmentId from = department("former", former, binding);
        DepartmentId to = department("correct", correct, binding);
        return from == null || to == null ? null : new Rule.Department(from, to);
    }

    private static @Nullable DepartmentId department(String field, String text, BindingResult binding) {
        try {
            return DepartmentId.of(text);
        } catch (IllegalArgumentException none) {
            binding.rejectValue(field, "missing", "Choose a department");
            return null;
        }
    }

    private @Nullable LocalDate day(String field, String typed, BindingResult binding) {
        if (typed.isBlank()) {
            return null;
        }
        ZoneId zone = pages.words().zone();
        Optional<LocalDate> read = TypedDate.past(typed, LocalDate.ofInstant(clock.instant(), zone))
                .filter(PartialDate::exact)
                .map(PartialDate::from);
        if (read.isEmpty()) {
            binding.rejectValue(field, "wrong", "Type a date like 11/22/2026");
        }
        return read.orElse(null);
    }

    private void fill(BulkForm form, Model model) {
        Actor actor = pages.actor();
        model.addAttribute(
                "facilities",
                directory.facilities().stream()
                        .filter(each -> actor.facilities().contains(each.id()))
                        .map(each -> new ReviewController.Option(each.id().toString(), each.name()))
                        .toList());
        model.addAttribute(
                "types",
                TYPES.stream()
                        .map(each -> new ReviewController.Option(each.key(), each.label()))
                        .toList());
        model.addAttribute(
                "codeSystems",
                SYSTEMS.entrySet().stream()
                        .sorted(Map.Entry.comparingByValue())
                        .map(each -> new ReviewController.Option(each.getKey(), each.getValue()))
                        .toList());
        model.addAttribute(
                "departments",
                form.getRule().equals("department")
                        ? actor.facilities().stream()
                                .flatMap(each -> directory.departments(each).stream())
                                .map(each -> new ReviewController.Option(
                                        each.id().toString(), each.name() + ", " + facilityName(each.facility())))
                                .toList()
                        : List.of());
    }

    @GetMapping("/{batch}")
    @Requires(Permission.BULK_CORRECT)
    String show(
            @PathVariable UUID batch,
            @RequestParam(required = false) @Nullable Outcome show,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        fillBatch(batch, show, after, model);
        return "chart/bulk";
    }

    /** The part of the page that is asked for again and again while the job works. */
    @GetMapping("/{batch}/progress")
    @Requires(Permission.BULK_CORRECT)
    String progress(@PathVariable UUID batch, Model model, HttpServletResponse response) {
        BatchRow row = row(batch);
        model.addAttribute("batch", row);
        if (!row.working()) {
            response.setHeader("HX-Refresh", "true");
        }
        return "chart/bulk :: progress";
    }

    @PostMapping("/{batch}/{step}")
    @Requires(Permission.BULK_CORRECT)
    String step(
            @PathVariable UUID batch,
            @PathVariable String step,
            @RequestParam(defaultValue = "0") int version,
            @RequestParam String idempotencyKey,
            RedirectAttributes redirect) {
        Actor actor = pages.actor();
        try {
            desk.step(idempotencyKey, service -> {
                switch (step) {
                    case "apply" -> service.apply(actor, batch, version);
                    case "undo" -> service.undo(actor, batch, version);
                    case "stop" -> service.stop(actor, batch);
                    case "discard" -> service.discard(actor, batch, version);
                    default -> throw new NotFound("step " + step);
                }
            });
        } catch (Stale stale) {
            redirect.addFlashAttribute("problem", "This batch has moved on since you saw it. Look at it again.");
        } catch (Rejected rejected) {
            redirect.addFlashAttribute("problem", rejected.problems().get(0).message());
        }
        return "redirect:" + BulkDesk.path(batch);
    }

    private BatchRow row(UUID batch) {
        BulkCorrections.Batch found =
                corrections.find(pages.actor(), batch).orElseThrow(() -> new NotFound("bulk correction " + batch));
        return BatchRow.of(found, facilityName(found.order().facility()), pages.words());
    }

    private void fillBatch(UUID batch, @Nullable Outcome show, @Nullable String after, Model model) {
        BatchRow row = row(batch);
        Slice<BulkCorrections.Item> items = corrections.items(pages.actor(), batch, show, after, ChartPages.ROWS);
        var people = patients.summaries(
                items.items().stream().map(BulkCorrections.Item::patient).collect(Collectors.toSet()));
        trail.recordAlone(AuditEvent.done("bulk-correction.view")
                .on("bulk-correction", batch)
                .count(items.items().size())
                .details(items.items().stream()
                        .map(item -> item.patient().toString())
                        .distinct()
                        .collect(Collectors.joining(" "))));
        model.addAttribute("batch", row);
        model.addAttribute("show", show == null ? null : show.word());
        model.addAttribute(
                "items",
                items.items().stream()
                        .map(item -> Line.of(item, people.get(item.patient()), pages.words()))
                        .toList());
        String base = BulkDesk.path(batch) + (show == null ? "" : "?show=" + show.name());
        model.addAttribute("first", after == null ? null : base);
        model.addAttribute(
                "next", items.next() == null ? null : base + (show == null ? "?" : "&") + "after=" + items.next());
        model.addAttribute("idempotencyKey", Uuid7.next().toString());
    }

    private String facilityName(FacilityId id) {
        return directory.facility(id).map(Directory.Facility::name).orElse("");
    }

    /** One entry or visit of a batch. */
    record Line(
            String patient,
            @Nullable String born,
            String path,
            String title,
            String was,
            String becomes,
            Tag outcome,
            String why) {

        static Line of(BulkCorrections.Item item, @Nullable PatientSummary person, Words words) {
            String tone = switch (item.outcome()) {
                case CORRECTED, UNDONE, WITHDRAWN -> "ok";
                case PROPOSED, UNDO_PROPOSED, TO_PROPOSE -> "warn";
                case FAILED -> "stop";
                default -> "";
            };
            String agrees = item.signer() == null
                            || item.outcome() != Outcome.TO_PROPOSE
                                    && item.outcome() != Outcome.PROPOSED
                                    && item.outcome() != Outcome.UNDO_PROPOSED
                    ? null
                    : item.signer() + " is asked to agree";
            return new Line(
                    person == null ? "Patient" : person.label(),
                    person == null || person.birthDate() == null ? null : Dates.words(person.birthDate(), words.zone()),
                    item.path(),
                    item.title(),
                    item.was(),
                    item.becomes(),
                    new Tag(item.outcome().word(), tone),
                    Stream.of(agrees, item.why()).filter(part -> part != null).collect(Collectors.joining(" · ")));
        }
    }
}
