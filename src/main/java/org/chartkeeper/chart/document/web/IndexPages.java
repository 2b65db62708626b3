package org.chartkeeper.chart.document.web;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chartkeeper.access.Directory;
import org.chartkeeper.chart.EncounterView;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.chart.document.DocumentType;
import org.chartkeeper.chart.document.DocumentTypes;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;

/** The choices of the form that indexes a document, before and after it is filed. */
@Component
class IndexPages {

    private static final int VISITS = 40;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.US);

    private static final List<Option> LABELS = List.of(
            new Option("mental-health", "Mental health"),
            new Option("hiv", "HIV"),
            new Option("genetic", "Genetic"),
            new Option("reproductive", "Reproductive"),
            new Option("minor-consent", "Minor’s own consent"),
            new Option("part2", "Part 2 program"),
            new Option("psychotherapy", "Psychotherapy note"),
            new Option("sud-counseling", "SUD counseling note"));

    private static final List<Option> DECISIONS = List.of(
            new Option("given", "Given, or directive made"),
            new Option("refused", "Refused"),
            new Option("not-obtained", "Not obtained"),
            new Option("none-on-file", "Asked: none on file"));

    private final DocumentTypes types;
    private final Encounters encounters;
    private final Directory directory;
    private final Clock clock;

    IndexPages(DocumentTypes types, Encounters encounters, Directory directory, Clock clock) {
        this.types = types;
        this.encounters = encounters;
        this.directory = directory;
        this.clock = clock;
    }

    /** Types of a section, as a group of the select. */
    record Group(String label, List<Option> types) {}

    void choices(Model model, Actor actor, @Nullable PatientId patient) {
        Map<String, List<Option>> groups = new LinkedHashMap<>();
        List<DocumentType> all = types.choices();
        for (DocumentType type : all) {
            groups.computeIfAbsent(type.section().label(), label -> new ArrayList<>())
                    .add(new Option(type.key(), type.title()));
        }
        model.addAttribute(
                "types",
                groups.entrySet().stream()
                        .map(group -> new Group(group.getKey(), group.getValue()))
                        .toList());
        model.addAttribute(
                "directives",
                all.stream()
                        .filter(type -> type.directive() != null)
                        .map(DocumentType::key)
                        .collect(Collectors.joining(" ")));
        FacilityId here = actor.facility();
        model.addAttribute(
                "authors",
                here == null
                        ? List.of()
                        : directory.practitionersAt(here).stream()
                                .map(each -> new Option(each.id().toString(), each.name()))
                                .toList());
        model.addAttribute("labels", LABELS);
        model.addAttribute("decisions", DECISIONS);
        model.addAttribute("visits", patient == null ? List.of() : visits(actor, patient));
    }

    private List<Option> visits(Actor actor, PatientId patient) {
        ZoneId zone = zone(actor);
        return encounters.list(patient, null, VISITS).items().stream()
                .map(visit -> new Option(visit.id().toString(), visit(visit, zone)))
                .toList();
    }

    private static String visit(EncounterView visit, ZoneId zone) {
        String from = DAY.format(visit.start().atZone(zone));
        Instant end = visit.end();
        String until = end == null ? null : DAY.format(end.atZone(zone));
        return Stream.of(
                        until == null || until.equals(from) ? from : from + " to " + until,
                        visit.kind(),
                        visit.departmentName(),
                        visit.attendingName())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" · "));
    }

    ZoneId zone(Actor actor) {
        FacilityId here = actor.facility();
        return here == null
                ? ZoneOffset.UTC
                : directory.facility(here).map(Directory.Facility::zone).orElse(ZoneOffset.UTC);
    }

    LocalDate today(Actor actor) {
        return LocalDate.now(clock.withZone(zone(actor)));
    }

    /** Problems as errors of the form's fields. */
    static void reject(BindingResult binding, List<Problem> problems) {
        for (Problem problem : problems) {
            if (problem.field() == null || binding.getRawFieldValue(problem.field()) == null) {
                binding.reject("rejected", problem.message());
            } else {
                binding.rejectValue(problem.field(), "rejected", problem.message());
            }
        }
    }
}
