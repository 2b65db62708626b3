package org.chartkeeper.coding.web;

import static org.chartkeeper.coding.web.BenchController.first;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import java.time.Clock;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chartkeeper.access.Directory;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.coding.SecondReviews;
import org.chartkeeper.coding.SecondReviews.Comparison;
import org.chartkeeper.coding.SecondReviews.Month;
import org.chartkeeper.coding.SecondReviews.Verdict;
import org.chartkeeper.coding.SecondReviews.Waiting;
import org.chartkeeper.patient.PatientSummary;
import org.chartkeeper.patient.Patients;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.Csv;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.ShowsPatient;
import org.chartkeeper.platform.UserId;
import org.chartkeeper.terminology.CodeLookup;
import org.chartkeeper.terminology.CodeSystem;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Second reviews: what waits, the comparison, the figures. */
@Controller
class ReviewController {

    private static final int SHOWN = 200;
    private static final int MONTHS = 11;

    private final SecondReviews reviews;
    private final CodeLookup codes;
    private final Patients patients;
    private final Directory directory;
    private final AuditTrail trail;
    private final CurrentActor current;
    private final Clock clock;

    ReviewController(
            SecondReviews reviews,
            CodeLookup codes,
            Patients patients,
            Directory directory,
            AuditTrail trail,
            CurrentActor current,
            Clock clock) {
        this.reviews = reviews;
        this.codes = codes;
        this.patients = patients;
        this.directory = directory;
        this.trail = trail;
        this.current = current;
        this.clock = clock;
    }

    /** A line of the list. */
    record Row(Waiting waiting, Identified who, String path) {}

    @GetMapping("/coding/reviews")
    @Requires(Permission.CODING_REVIEW)
    String list(Model model) {
        Actor actor = current.get();
        List<Waiting> found = reviews.waiting(actor, SHOWN);
        trail.recordAlone(AuditEvent.done("coding-review.list")
                .on("section", "second reviews")
                .count(found.size())
                .details(found.stream().map(each -> each.patient().toString()).collect(Collectors.joining(" "))));
        Map<PatientId, PatientSummary> people =
                patients.summaries(found.stream().map(Waiting::patient).collect(Collectors.toSet()));
        Map<FacilityId, String> places = actor.facilities().size() < 2
                ? Map.of()
                : directory.facilities().stream()
                        .collect(Collectors.toMap(Directory.Facility::id, Directory.Facility::name));
        model.addAttribute("full", found.size() == SHOWN);
        model.addAttribute(
                "rows",
                found.stream()
                        .map(each -> new Row(
                                each,
                                Identified.of(people.get(each.patient()), each.facility())
                                        .at(places.get(each.facility())),
                                "/coding/" + each.coded() + (each.compared() ? "/comparison" : "/second")))
                        .toList());
        return "coding/reviews";
    }

    @PostMapping("/coding/{case}/comparison")
    @Requires(Permission.CODING_REVIEW)
    @ShowsPatient("coding-review")
    String compare(
            @PathVariable("case") UUID id,
            @RequestParam MultiValueMap<String, String> form,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Actor actor = current.get();
        PatientId patient = PatientId.of(first(form, "patient"));
        try {
            if (first(form, "do").equals("compare")) {
                reviews.compare(actor, id, patient);
                return "redirect:/coding/" + id + "/comparison";
            }
            reviews.close(actor, id, patient, verdicts(form));
        } catch (Rejected rejected) {
            if (first(form, "do").equals("compare")) {
                flash.addFlashAttribute("refused", rejected.problems().get(0).message());
                return "redirect:/coding/" + id + "/second";
            }
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            fill(id, form.toSingleValueMap(), rejected.problems(), model);
            return "coding/comparison";
        }
        flash.addFlashAttribute("done", "Review closed");
        return "redirect:/coding/reviews";
    }

    private static List<Verdict> verdicts(MultiValueMap<String, String> form) {
        List<Verdict> verdicts = new ArrayList<>();
        form.forEach((name, values) -> {
            if (name.matches("right-\\d{1,4}")) {
                int position = Integer.parseInt(name.substring("right-".length()));
                verdicts.add(new Verdict(position, values.get(0), first(form, "reason-" + position)));
            }
        });
        return verdicts;
    }

    @GetMapping("/coding/{case}/comparison")
    @Requires({Permission.CODING_REVIEW, Permission.CODING_WORK, Permission.CODING_SUPERVISE})
    @ShowsPatient("coding-review")
    String comparison(@PathVariable("case") UUID id, Model model) {
        fill(id, Map.of(), List.of(), model);
        return "coding/comparison";
    }

    private void fill(UUID id, Map<String, String> form, List<Problem> problems, Model model) {
        Comparison comparison =
                reviews.comparison(current.get(), id).orElseThrow(() -> new NotFound("comparison of " + id));
        model.addAttribute("comparison", comparison);
        model.addAttribute("titles", titles(comparison));
        model.addAttribute("form", form);
        model.addAttribute("problems", problems);
    }

    private Map<String, String> titles(Comparison comparison) {
        Map<String, String> titles = new HashMap<>();
        for (SecondReviews.Line line : comparison.lines()) {
            if (line.about() != null) {
                continue;
            }
            List<CodeSystem> systems = line.section().equals("diagnosis")
                    ? List.of(CodeSystem.ICD10CM)
                    : List.of(CodeSystem.ICD10PCS, CodeSystem.HCPCS, CodeSystem.CPT);
            Stream.of(Optional.ofNullable(line.coderCode()), Optional.ofNullable(line.reviewerCode()))
                    .flatMap(Optional::stream)
                    .forEach(code -> systems.stream()
                            .flatMap(system -> codes.find(system, code).stream())
                            .findFirst()
                            .ifPresent(found -> titles.put(code, found.display())));
        }
        return titles;
    }

    @GetMapping("/coding/accuracy")
    @Requires({Permission.CODING_WORK, Permission.CODING_SUPERVISE})
    String accuracy(Model model) {
        Actor actor = current.get();
        model.addAttribute(
                "months", reviews.accuracy(actor, null, YearMonth.now(clock).minusMonths(MONTHS)));
        boolean supervises = actor.may(Permission.CODING_SUPERVISE);
        model.addAttribute("supervises", supervises);
        model.addAttribute("shares", supervises ? reviews.shares(actor) : List.of());
        return "coding/accuracy";
    }

    @GetMapping(path = "/coding/accuracy.csv", produces = "text/csv")
    @Requires({Permission.CODING_WORK, Permission.CODING_SUPERVISE})
    void csv(HttpServletResponse response) throws IOException {
        List<Month> months =
                reviews.accuracy(current.get(), null, YearMonth.now(clock).minusMonths(MONTHS));
        trail.recordAlone(AuditEvent.done("coding-accuracy.export")
                .on("section", "accuracy")
                .count(months.size()));
        response.setContentType("text/csv");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"coding-accuracy.csv\"");
        Writer out = response.getWriter();
        out.write(Csv.line(
                "month",
                "coder",
                "final coded",
                "of these reopened since",
                "final again",
                "over hard stops",
                "reviewed",
                "of these reopened since",
                "codes",
                "codes right",
                "first diagnoses",
                "first diagnoses right",
                "POA",
                "POA right",
                "details",
                "details right",
                "kappa of codes"));
        for (Month each : months) {
            out.write(Csv.line(
                    each.month().toString(),
                    each.coderName(),
                    String.valueOf(each.finals()),
                    String.valueOf(each.reopened()),
                    String.valueOf(each.again()),
                    String.valueOf(each.overHard()),
                    String.valueOf(each.cases()),
                    String.valueOf(each.casesReopened()),
                    String.valueOf(each.codes().all()),
                    String.valueOf(each.codes().right()),
                    String.valueOf(each.principal().all()),
                    String.valueOf(each.principal().right()),
                    String.valueOf(each.poa().all()),
                    String.valueOf(each.poa().right()),
                    String.valueOf(each.details().all()),
                    String.valueOf(each.details().right()),
                    each.kappa() == null ? null : String.format(Locale.ROOT, "%.3f", each.kappa())));
        }
        out.flush();
    }

    @PostMapping("/coding/accuracy")
    @Requires(Permission.CODING_SUPERVISE)
    String share(
            @RequestParam String coder, @RequestParam(defaultValue = "") String percent, RedirectAttributes flash) {
        try {
            if (!percent.isBlank() && !percent.strip().matches("\\d{1,3}")) {
                throw new Rejected("A share is a number between 0 and 100.");
            }
            reviews.share(
                    current.get(),
                    new UserId(BenchController.uuid(coder)),
                    percent.isBlank() ? null : Integer.valueOf(percent.strip()));
            flash.addFlashAttribute("done", "Share changed; it holds from the next finished case on");
        } catch (Rejected rejected) {
            flash.addFlashAttribute("refused", rejected.problems().get(0).message());
        }
        return "redirect:/coding/accuracy";
    }
}
