package org.chartkeeper.coding.web;

import static org.chartkeeper.coding.web.BenchController.first;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import java.time.Clock;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.chartkeeper.access.Directory;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.coding.CodeIndexes;
import org.chartkeeper.coding.CodeIndexes.Asked;
import org.chartkeeper.coding.CodeIndexes.Line;
import org.chartkeeper.coding.CodeRange;
import org.chartkeeper.patient.PatientSummary;
import org.chartkeeper.patient.Patients;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.Csv;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.FilterAddress;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Slice;
import org.chartkeeper.platform.TypedDate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The indexes over final coded cases: by diagnosis, by procedure, by physician. */
@Controller
class IndexController {

    private static final String PATH = "/coding/indexes";
    private static final String PHYSICIAN = "physician";
    private static final int ROWS = 50;
    private static final int BATCH = 500;
    private static final int LONGEST_YEARS = 5;
    private static final Set<String> KLASSES = Set.of("inpatient", "ambulatory", "emergency", "observation");

    private final CodeIndexes indexes;
    private final Patients patients;
    private final Directory directory;
    private final AuditTrail trail;
    private final CurrentActor current;
    private final Clock clock;

    IndexController(
            CodeIndexes indexes,
            Patients patients,
            Directory directory,
            AuditTrail trail,
            CurrentActor current,
            Clock clock) {
        this.indexes = indexes;
        this.patients = patients;
        this.directory = directory;
        this.trail = trail;
        this.current = current;
        this.clock = clock;
    }

    /**
     * A line as it reads.
     *
     * @param age at the beginning of the visit, in years; empty where the birth date is not known to the day
     */
    record Row(Line line, Identified who, String sex, String age, String path) {}

    /** What was asked, as typed and as read; {@code asked} null where it cannot be read. */
    private record Read(Map<String, String> form, @Nullable Asked asked, List<Problem> problems) {}

    @GetMapping(PATH)
    @Requires({Permission.CODING_WORK, Permission.CODING_SUPERVISE})
    String show(@RequestParam MultiValueMap<String, String> form, Model model, HttpServletResponse response) {
        Actor actor = current.get();
        Read read = read(actor, form);
        model.addAttribute("form", read.form);
        model.addAttribute("problems", read.problems);
        model.addAttribute(
                "wrong",
                read.problems.stream()
                        .filter(each -> each.field() != null)
                        .collect(Collectors.toMap(
                                problem -> String.valueOf(problem.field()),
                                Problem::message,
                                (one, two) -> one + " " + two)));
        model.addAttribute("by", read.form.get("by"));
        FacilityId here = actor.facility();
        model.addAttribute("people", here == null ? List.of() : directory.practitionersAt(here));
        model.addAttribute("rows", List.of());
        model.addAttribute("physicians", List.of());
        Asked asked = read.asked;
        if (asked == null) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return "coding/indexes";
        }
        if (PHYSICIAN.equals(read.form.get("by"))) {
            List<CodeIndexes.Physician> found = indexes.physicians(actor, asked);
            model.addAttribute("physicians", found);
            trail.recordAlone(AuditEvent.done("coding-index.list")
                    .at(asked.facility())
                    .on("section", "physician index")
                    .count(found.size())
                    .details(said(asked)));
            return "coding/indexes";
        }
        Slice<Line> lines = indexes.lines(actor, asked, first(form, "after"), ROWS);
        model.addAttribute("rows", rows(lines.items(), asked));
        FilterAddress address = address(read.form);
        model.addAttribute("first", first(form, "after").isEmpty() ? null : address.with("none", null));
        model.addAttribute("next", lines.next() == null ? null : address.with("after", lines.next()));
        model.addAttribute(
                "csv",
                actor.may(Permission.CODING_SUPERVISE)
                        ? address.with("none", null).replace(PATH, PATH + ".csv")
                        : null);
        record("coding-index.list", asked, lines.items());
        return "coding/indexes";
    }

    private void record(String action, Asked asked, List<Line> lines) {
        trail.recordAlone(AuditEvent.done(action)
                .at(asked.facility())
                .on("section", asked.section() + " index")
                .count(lines.size())
                .details(said(asked) + ": "
                        + lines.stream()
                                .map(line -> line.patient().toString())
                                .distinct()
                                .collect(Collectors.joining(" "))));
    }

    /** Not the codes that were asked for: beside the patients they would say what these have. */
    private static String said(Asked asked) {
        return asked.from() + " to " + asked.to();
    }

    private static FilterAddress address(Map<String, String> form) {
        FilterAddress address = new FilterAddress(PATH);
        for (String name : List.of("by", "codes", "from", "to", "klass", "principal", PHYSICIAN)) {
            address.and(name, form.get(name));
        }
        return address;
    }

    private List<Row> rows(List<Line> lines, Asked asked) {
        ZoneId zone = zone(asked.facility());
        Map<PatientId, PatientSummary> people =
                patients.summaries(lines.stream().map(Line::patient).collect(Collectors.toSet()));
        return lines.stream()
                .map(line -> {
                    PatientSummary person = people.get(line.patient());
                    LocalDate born = person == null ? null : person.bornOn();
                    return new Row(
                            line,
                            Identified.of(person, asked.facility()),
                            person == null ? "" : person.sex(),
                            born == null
                                    ? ""
                                    : String.valueOf(Period.between(
                                                    born,
                                                    line.started().atZone(zone).toLocalDate())
                                            .getYears()),
                            "/coding/" + line.coded());
                })
                .toList();
    }

    private ZoneId zone(FacilityId facility) {
        return directory.facility(facility).map(Directory.Facility::zone).orElse(ZoneOffset.UTC);
    }

    /** Without a period it is the last full month. */
    private Read read(Actor actor, MultiValueMap<String, String> typed) {
        FacilityId here = actor.facility();
        if (here == null) {
            throw new NotFound("no facility");
        }
        LocalDate today = LocalDate.now(clock.withZone(zone(here)));
        LocalDate month = today.minusMonths(1).withDayOfMonth(1);
        Map<String, String> form = new java.util.HashMap<>(typed.toSingleValueMap());
        form.merge("by", "diagnosis", (given, usual) -> given.matches("procedure|physician") ? given : usual);
        form.putIfAbsent("from", PartialDate.parse(month.toString()).show());
        form.putIfAbsent(
                "to",
                PartialDate.parse(month.plusMonths(1).minusDays(1).toString()).show());
        List<Problem> problems = new ArrayList<>();
        CodeRange codes = null;
        try {
            codes = CodeRange.read(form.get("codes"));
        } catch (Rejected rejected) {
            problems.addAll(rejected.problems());
        }
        LocalDate from = day(form.get("from"), "from", today, problems);
        LocalDate to = day(form.get("to"), "to", today, problems);
        if (from != null && to != null) {
            if (to.isBefore(from)) {
                problems.add(Problem.error("to", "The period ends before it begins."));
            } else if (to.isAfter(from.plusYears(LONGEST_YEARS))) {
                problems.add(Problem.error("to", "A period of five years at most."));
            }
        }
        if (!problems.isEmpty() || from == null || to == null) {
            return new Read(form, null, problems);
        }
        String klass = form.getOrDefault("klass", "");
        UUID who = FilterAddress.id(form.get(PHYSICIAN));
        String by = form.getOrDefault("by", "diagnosis");
        return new Read(
                form,
                new Asked(
                        here,
                        by.equals("procedure") ? "procedure" : "diagnosis",
                        codes,
                        from,
                        to,
                        KLASSES.contains(klass) ? klass : null,
                        "yes".equals(form.get("principal")) && by.equals("diagnosis"),
                        who == null ? null : new PractitionerId(who)),
                List.of());
    }

    private static @Nullable LocalDate day(
            @Nullable String text, String field, LocalDate today, List<Problem> problems) {
        LocalDate day = TypedDate.past(text == null ? "" : text, today)
                .filter(date -> date.from().equals(date.to()))
                .map(PartialDate::from)
                .orElse(null);
        if (day == null) {
            problems.add(Problem.error(field, "Type the date as 3/7/2026 or 7 Mar 2026."));
        }
        return day;
    }

    @GetMapping(path = PATH + ".csv", produces = "text/csv")
    @Requires(Permission.CODING_SUPERVISE)
    void csv(@RequestParam MultiValueMap<String, String> form, HttpServletResponse response) throws IOException {
        Actor actor = current.get();
        Asked asked = read(actor, form).asked;
        if (asked == null) {
            response.sendError(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return;
        }
        response.setContentType("text/csv");
        response.setCharacterEncoding("UTF-8");
        response.setHeader(
                "Content-Disposition",
                "attachment; filename=\"" + asked.section() + "-index-" + asked.from() + "-" + asked.to() + ".csv\"");
        ZoneId zone = zone(asked.facility());
        Writer out = response.getWriter();
        out.write(Csv.line(
                "code",
                "title",
                "role",
                "present on admission",
                "day of procedure",
                "patient",
                "born",
                "MRN",
                "sex",
                "age",
                "class",
                "admitted",
                "discharged",
                "days",
                "disposition",
                "physician"));
        String after = null;
        do {
            Slice<Line> lines = indexes.lines(actor, asked, after, BATCH);
            // Told before it leaves: a download that breaks off has been read as far as it came.
            record("coding-index.export", asked, lines.items());
            for (Row row : rows(lines.items(), asked)) {
                Line line = row.line();
                out.write(Csv.line(
                        line.code(),
                        line.display(),
                        line.role(),
                        line.poa(),
                        line.on() == null ? null : line.on().toString(),
                        row.who().label(),
                        row.who().born(),
                        row.who().mrn().replace("MRN ", ""),
                        row.sex(),
                        row.age(),
                        line.klass(),
                        line.started().atZone(zone).toLocalDate().toString(),
                        line.ended().atZone(zone).toLocalDate().toString(),
                        line.days() == null ? null : line.days().toString(),
                        line.disposition(),
                        line.physician()));
            }
            after = lines.next();
        } while (after != null);
        out.flush();
    }
}
