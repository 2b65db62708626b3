package org.chartkeeper.patient.web;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.chartkeeper.access.Directory;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Problem;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;

/** What all forms of registration share: reading values, showing problems, who can be chosen. */
@Component
class FormPages {

    /** Who can have said what is entered. */
    static final List<Field.Option> STATED_BY = List.of(
            new Field.Option("patient", "Patient"),
            new Field.Option("relative", "Relative or friend"),
            new Field.Option("representative", "Legal representative"),
            new Field.Option("document", "Document"),
            new Field.Option("referral", "Referring practice or facility"),
            new Field.Option("payer", "Payer"),
            new Field.Option("staff", "Staff"),
            new Field.Option("emergency services", "Emergency services"));

    private final CurrentActor actors;
    private final Directory directory;
    private final Clock clock;

    FormPages(CurrentActor actors, Directory directory, Clock clock) {
        this.actors = actors;
        this.directory = directory;
        this.clock = clock;
    }

    Actor actor() {
        return actors.get();
    }

    /** The zone of the actor's facility. */
    ZoneId zone() {
        FacilityId facility = actors.get().facility();
        return facility == null
                ? ZoneOffset.UTC
                : directory.facility(facility).map(Directory.Facility::zone).orElse(ZoneOffset.UTC);
    }

    List<Directory.Practitioner> practitioners() {
        FacilityId facility = actors.get().facility();
        return facility == null ? List.of() : directory.practitionersAt(facility);
    }

    /** The form's values to be read, with the name of a chosen practitioner put beside its id. */
    Values values(RegistrationForm form) {
        Map<String, String> values = new LinkedHashMap<>(form.getValues());
        String practitioner = values.get("practitioner");
        if (practitioner != null && !practitioner.isBlank()) {
            try {
                PractitionerId id = PractitionerId.of(practitioner);
                Directory.Practitioner known =
                        directory.practitioners(Set.of(id)).get(id);
                if (known == null) {
                    values.put("practitioner", "unknown");
                } else {
                    values.put("practitionerName", known.name());
                    String npi = known.npi();
                    if (npi != null && values.getOrDefault("npi", "").isBlank()) {
                        values.put("npi", npi);
                    }
                }
            } catch (IllegalArgumentException e) {
                values.put("practitioner", "unknown");
            }
        } else {
            values.remove("practitionerName");
        }
        ZoneId zone = zone();
        return new Values(values, LocalDate.now(clock.withZone(zone)), zone, actor().user());
    }

    /** Puts problems to their fields, and warnings into the model to be accepted with a reason. */
    void show(List<Problem> problems, List<Field.Group> groups, BindingResult errors, Model model) {
        Set<String> fields = groups.stream()
                .flatMap(group -> group.fields().stream())
                .map(Field::name)
                .collect(Collectors.toSet());
        for (Problem problem : problems) {
            if (problem.warning()) {
                continue;
            }
            if (problem.field() != null && fields.contains(problem.field())) {
                errors.rejectValue("values[" + problem.field() + "]", "invalid", problem.message());
            } else {
                errors.reject("invalid", problem.message());
            }
        }
        model.addAttribute(
                "warnings",
                problems.stream()
                        .filter(Problem::warning)
                        .map(Problem::message)
                        .distinct()
                        .toList());
    }

    /** What every form's template needs. */
    void form(Model model, RegistrationForm form, List<Field.Group> groups) {
        model.addAttribute("form", form);
        model.addAttribute("groups", groups);
        model.addAttribute("sources", STATED_BY);
    }
}
