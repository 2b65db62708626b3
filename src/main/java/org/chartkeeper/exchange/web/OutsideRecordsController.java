package org.chartkeeper.exchange.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.chartkeeper.access.Directory;
import org.chartkeeper.exchange.OutsideRecords;
import org.chartkeeper.exchange.OutsideRecords.Choice;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.ShowsPatient;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Records of other places, laid beside the chart line by line. */
@Controller
class OutsideRecordsController {

    private static final List<String> REASONS = List.of(
            "not this patient's",
            "out of date",
            "wrong according to the patient",
            "already in our chart in other words",
            "not clinically relevant here");

    private final OutsideRecords records;
    private final Directory directory;
    private final CurrentActor current;

    OutsideRecordsController(OutsideRecords records, Directory directory, CurrentActor current) {
        this.records = records;
        this.directory = directory;
        this.current = current;
    }

    @GetMapping("/patients/{patient}/outside")
    @Requires(Permission.CHART_READ)
    @ShowsPatient("outside records")
    String list(@PathVariable PatientId patient, Model model) {
        model.addAttribute("form", new OutsideForm());
        return listPage(patient, model);
    }

    private String listPage(PatientId patient, Model model) {
        Actor actor = current.get();
        model.addAttribute("records", records.list(actor, patient));
        model.addAttribute("mayReceive", actor.may(Permission.VISIT_UPDATE));
        model.addAttribute("path", path(patient));
        return "exchange/outside-records";
    }

    @PostMapping("/patients/{patient}/outside")
    @Requires(Permission.VISIT_UPDATE)
    @ShowsPatient("outside records")
    String receive(
            @PathVariable PatientId patient,
            @ModelAttribute("form") OutsideForm form,
            BindingResult binding,
            Model model,
            HttpServletResponse response)
            throws IOException {
        MultipartFile file = form.getFile();
        if (file == null || file.isEmpty()) {
            binding.rejectValue("file", "missing", "Choose a file");
        } else {
            try (InputStream content = file.getInputStream()) {
                UUID record = records.receive(
                        current.get(),
                        patient,
                        Objects.requireNonNullElse(file.getOriginalFilename(), "document"),
                        content,
                        form.getSamePerson());
                return "redirect:" + path(patient) + "/" + record;
            } catch (Rejected rejected) {
                rejected.problems().forEach(problem -> reject(binding, problem));
            }
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return listPage(patient, model);
    }

    private static void reject(BindingResult binding, Problem problem) {
        if (problem.field() == null) {
            binding.reject("rejected", problem.message());
        } else {
            binding.rejectValue(problem.field(), "rejected", problem.message());
        }
    }

    @GetMapping("/patients/{patient}/outside/{record}")
    @Requires(Permission.CHART_READ)
    @ShowsPatient("outside record")
    String show(@PathVariable PatientId patient, @PathVariable String record, Model model) {
        model.addAttribute("form", new OutsideForm());
        model.addAttribute("problems", List.of());
        return page(patient, id(record), model);
    }

    private String page(PatientId patient, UUID record, Model model) {
        Actor actor = current.get();
        OutsideRecords.View view = records.view(actor, patient, record);
        long open = view.sections().stream()
                .flatMap(section -> section.lines().stream())
                .filter(line -> line.decision() == null)
                .count();
        model.addAttribute("view", view);
        model.addAttribute("open", open);
        model.addAttribute("mayDecide", actor.may(Permission.VISIT_UPDATE) && open > 0);
        model.addAttribute("reasons", REASONS);
        model.addAttribute("signers", signers(actor));
        model.addAttribute("path", path(patient));
        model.addAttribute("chart", "/patients/" + patient);
        return "exchange/outside-record";
    }

    private List<Option> signers(Actor actor) {
        FacilityId facility = actor.facility();
        return facility == null
                ? List.of()
                : directory.practitionersAt(facility).stream()
                        .map(each -> new Option(each.id().toString(), each.name()))
                        .toList();
    }

    @PostMapping("/patients/{patient}/outside/{record}")
    @Requires(Permission.VISIT_UPDATE)
    @ShowsPatient("outside record")
    String decide(
            @PathVariable PatientId patient,
            @PathVariable String record,
            @ModelAttribute("form") OutsideForm form,
            BindingResult binding,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        Map<String, Choice> choices = new LinkedHashMap<>();
        form.getWhat()
                .forEach((line, what) ->
                        choices.put(line, new Choice(what, form.getWhy().getOrDefault(line, ""))));
        try {
            int decided = records.decide(
                    current.get(), patient, id(record), form.getVersion(), choices, signer(form.getSigner()));
            redirect.addFlashAttribute("done", decided == 1 ? "1 line decided" : decided + " lines decided");
            return "redirect:" + path(patient) + "/" + record;
        } catch (Rejected rejected) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("problems", rejected.problems());
            model.addAttribute(
                    "wrong",
                    rejected.problems().stream()
                            .filter(problem -> problem.field() != null)
                            .collect(Collectors.toMap(
                                    problem -> Objects.requireNonNull(problem.field()),
                                    Problem::message,
                                    (one, two) -> one)));
            return page(patient, id(record), model);
        }
    }

    private static @Nullable PractitionerId signer(String text) {
        try {
            return text.isEmpty() ? null : PractitionerId.of(text);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    /** As an attachment that runs nothing, whatever stands in it. */
    @GetMapping("/patients/{patient}/outside/{record}/original")
    @Requires(Permission.CHART_READ)
    @ShowsPatient("outside record original")
    ResponseEntity<InputStreamResource> original(@PathVariable PatientId patient, @PathVariable String record) {
        OutsideRecords.Original original = records.original(current.get(), patient, id(record));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .contentLength(original.size())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(original.name())
                                .build()
                                .toString())
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .body(new InputStreamResource(original.content()));
    }

    private static String path(PatientId patient) {
        return "/patients/" + patient + "/outside";
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException malformed) {
            throw new NotFound("malformed id");
        }
    }
}
