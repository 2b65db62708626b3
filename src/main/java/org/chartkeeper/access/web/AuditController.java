package org.chartkeeper.access.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import org.chartkeeper.access.Directory;
import org.chartkeeper.access.Directory.Facility;
import org.chartkeeper.access.Users;
import org.chartkeeper.audit.AuditEvent.Outcome;
import org.chartkeeper.audit.AuditSearch;
import org.chartkeeper.audit.AuditSearch.Criteria;
import org.chartkeeper.audit.AuditSearch.Recorded;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.MergedPatients;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PatientNumbers;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Slice;
import org.chartkeeper.platform.TypedDate;
import org.chartkeeper.platform.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Searches the audit trail. It stands in this module, because days need the zone of a facility and users their logins.
 * What is typed goes by POST, because an MRN never stands in an address; the answer's address has ids.
 */
@Controller
class AuditController {

    private static final int PAGE = 50;
    private static final int UUID_LENGTH = 36;
    private static final List<Option> OUTCOMES =
            List.of(new Option("done", "Done"), new Option("refused", "Refused"), new Option("failed", "Failed"));

    private final AuditSearch trail;
    private final Users users;
    private final Directory directory;
    private final CurrentActor actors;
    private final EventPeople people;
    private final ObjectProvider<PatientNumbers> numbers;
    private final ObjectProvider<MergedPatients> merges;
    private final Clock clock;

    AuditController(
            AuditSearch trail,
            Users users,
            Directory directory,
            CurrentActor actors,
            EventPeople people,
            ObjectProvider<PatientNumbers> numbers,
            ObjectProvider<MergedPatients> merges,
            Clock clock) {
        this.trail = trail;
        this.users = users;
        this.directory = directory;
        this.actors = actors;
        this.people = people;
        this.numbers = numbers;
        this.merges = merges;
        this.clock = clock;
    }

    @PostMapping("/audit/search")
    @Requires(Permission.AUDIT_READ)
    String search(
            @ModelAttribute("form") AuditForm form, BindingResult binding, Model model, HttpServletResponse response) {
        Optional<PatientId> patient = patient(form.getPatient().strip(), binding);
        day("from", form.getFrom(), binding).ifPresent(day -> form.setFrom(day.toString()));
        day("to", form.getTo(), binding).ifPresent(day -> form.setTo(day.toString()));
        if (!form.getUser().isBlank() && users.byLogin(form.getUser()).isEmpty()) {
            binding.rejectValue("user", "unknown", "There is no user of this name");
        }
        if (!form.getAction().isBlank() && !form.getAction().strip().matches("[a-z][a-z0-9.-]{0,60}")) {
            binding.rejectValue("action", "malformed", "Enter an action such as patient.view, or its beginning");
        }
        if (binding.hasErrors()) {
            model.addAttribute("outcomes", OUTCOMES);
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return "access/audit";
        }
        form.setPatient(patient.map(PatientId::toString).orElse(""));
        return "redirect:" + path(form, null);
    }

    @GetMapping("/audit")
    @Requires(Permission.AUDIT_READ)
    String results(
            @ModelAttribute("form") AuditForm form,
            BindingResult binding,
            @RequestParam(required = false) @Nullable String after,
            Model model,
            HttpServletResponse response) {
        model.addAttribute("outcomes", OUTCOMES);
        Criteria criteria = criteria(form, binding);
        if (binding.hasErrors()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return "access/audit";
        }
        Slice<Recorded> found = trail.find(criteria, after, PAGE);
        model.addAttribute("events", rows(found.items()));
        model.addAttribute("first", after == null ? null : path(form, null));
        model.addAttribute("next", found.next() == null ? null : path(form, found.next()));
        return "access/audit";
    }

    private Criteria criteria(AuditForm form, BindingResult binding) {
        ZoneId zone = zone();
        Optional<UserId> user = form.getUser().isBlank() ? Optional.empty() : users.byLogin(form.getUser());
        if (!form.getUser().isBlank() && user.isEmpty()) {
            binding.rejectValue("user", "unknown", "There is no user of this name");
        }
        Instant from = day("from", form.getFrom(), binding)
                .map(day -> day.atStartOfDay(zone).toInstant())
                .orElse(null);
        Instant to = day("to", form.getTo(), binding)
                .map(day -> day.plusDays(1).atStartOfDay(zone).toInstant())
                .orElse(null);
        Outcome outcome = OUTCOMES.stream().anyMatch(option -> option.value().equals(form.getOutcome()))
                ? Outcome.valueOf(form.getOutcome().toUpperCase(Locale.ROOT))
                : null;
        Optional<PatientId> patient = patient(form.getPatient().strip(), binding);
        return new Criteria(
                patient.orElse(null),
                patient.map(this::merged).orElse(Set.of()),
                user.orElse(null),
                from,
                to,
                form.getAction().isBlank() ? null : form.getAction().strip(),
                outcome);
    }

    private Set<PatientId> merged(PatientId patient) {
        MergedPatients known = merges.getIfAvailable();
        return known == null ? Set.of() : known.mergedInto(patient);
    }

    private Optional<LocalDate> day(String field, String typed, BindingResult binding) {
        if (typed.isBlank()) {
            return Optional.empty();
        }
        Optional<LocalDate> day = TypedDate.past(typed, LocalDate.now(clock.withZone(zone())))
                .filter(PartialDate::exact)
                .map(PartialDate::from);
        if (day.isEmpty()) {
            binding.rejectValue(field, "malformed", "Enter a day such as 11/22/2026 or t-1");
        }
        return day;
    }

    private Optional<PatientId> patient(String typed, BindingResult binding) {
        if (typed.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(PatientId.of(typed));
        } catch (IllegalArgumentException number) {
            List<PatientId> found = byMrn(typed);
            if (found.size() == 1) {
                return Optional.of(found.getFirst());
            }
            binding.rejectValue(
                    "patient",
                    "unknown",
                    found.isEmpty()
                            ? "No patient has this MRN"
                            : "Patients of more than one facility have this MRN; put the facility's code before it");
            return Optional.empty();
        }
    }

    private List<PatientId> byMrn(String typed) {
        PatientNumbers index = numbers.getIfAvailable();
        if (index == null) {
            return List.of();
        }
        String[] words = typed.split("\\s+", 2);
        Optional<Facility> named = words.length == 2 ? directory.facilityByCode(words[0]) : Optional.empty();
        String mrn = named.isPresent() ? words[1] : typed;
        return named.map(List::of).orElseGet(directory::facilities).stream()
                .map(facility -> index.byMrn(facility.id(), mrn))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    private List<Row> rows(List<Recorded> events) {
        EventPeople.Known known = people.known(actors.get(), events);
        return events.stream().map(event -> row(event, known)).toList();
    }

    private static Row row(Recorded event, EventPeople.Known known) {
        PatientId patient = event.patient();
        String label = known.patient(patient);
        UserId actor = event.actor();
        boolean system = Actor.SYSTEM_USER.equals(actor);
        Subject subject = subject(event, known);
        return new Row(
                event.occurredAt(),
                actor == null ? "Nobody signed in" : known.user(actor),
                system ? null : event.role(),
                event.action(),
                switch (event.outcome()) {
                    case DONE -> "Done";
                    case REFUSED -> "Refused";
                    case FAILED -> "Failed";
                },
                switch (event.outcome()) {
                    case DONE -> "";
                    case REFUSED -> "warn";
                    case FAILED -> "stop";
                },
                event.reason(),
                label != null ? label : patient == null ? null : patient.toString(),
                label == null ? null : "/patients/" + patient,
                subject.words,
                subject.id,
                event.details(),
                event.address());
    }

    /** What an event is about: an account by its name, unless it is the actor's own; anything else by type and id. */
    private static Subject subject(Recorded event, EventPeople.Known known) {
        StringJoiner words = new StringJoiner(" ");
        String id = event.subjectId();
        Optional<UserId> user = EventPeople.subject(event);
        if (user.isPresent()) {
            id = null;
            if (!user.get().equals(event.actor())) {
                words.add("user").add(known.user(user.get()));
            }
        } else if (event.subjectType() != null) {
            words.add(event.subjectType());
            if (id != null && id.length() != UUID_LENGTH) {
                words.add(id);
                id = null;
            }
        }
        if (event.subjectVersion() != null) {
            words.add("version " + event.subjectVersion());
        }
        if (event.count() != null) {
            words.add("count " + event.count());
        }
        return new Subject(words.toString(), id);
    }

    private static String path(AuditForm form, @Nullable String after) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("patient", form.getPatient());
        parameters.put("user", form.getUser().strip());
        parameters.put("action", form.getAction().strip());
        parameters.put("from", form.getFrom());
        parameters.put("to", form.getTo());
        parameters.put("outcome", form.getOutcome());
        if (after != null) {
            parameters.put("after", after);
        }
        UriComponentsBuilder path = UriComponentsBuilder.fromPath("/audit");
        Map<String, String> values = new HashMap<>();
        parameters.forEach((name, value) -> {
            if (!value.isBlank()) {
                path.queryParam(name, "{" + name + "}");
                values.put(name, value);
            }
        });
        return path.encode().buildAndExpand(values).toUriString();
    }

    private ZoneId zone() {
        return actors.find()
                .map(Actor::facility)
                .flatMap(directory::facility)
                .or(() -> directory.facilities().stream().findFirst())
                .map(Facility::zone)
                .orElse(ZoneOffset.UTC);
    }

    /**
     * A line of the table.
     *
     * @param tone of the outcome: warn, stop or empty
     * @param patientPath where the chart is, null for who may not see the patient
     */
    record Row(
            Instant at,
            String who,
            @Nullable String role,
            String action,
            String outcome,
            String tone,
            @Nullable String reason,
            @Nullable String patient,
            @Nullable String patientPath,
            String subject,
            @Nullable String subjectId,
            @Nullable String details,
            @Nullable String address) {}

    private record Subject(String words, @Nullable String id) {}
}
