package org.chartkeeper.chart.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chartkeeper.access.Directory;
import org.chartkeeper.access.Reauthentication;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.ChartReader.Filter;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EncounterView;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.chart.EntryCommand;
import org.chartkeeper.chart.EntryCommand.VersionKind;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.Route;
import org.chartkeeper.chart.Way;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.ShowsPatient;
import org.chartkeeper.platform.Uuid7;
import org.chartkeeper.terminology.CodeLookup;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A new drug order, and one that replaces another: what was signed is not changed, a new order takes its place. */
@Controller
class PrescriptionController {

    /** Visits that an order can be of; older ones are hardly what somebody enters today. */
    private static final int VISITS = 20;

    private static final int DIAGNOSES = 200;

    private final ChartPages pages;
    private final ChartReader reader;
    private final Encounters encounters;
    private final ChangeFlow flow;
    private final Saying saying;
    private final CodeLookup codes;
    private final Directory directory;
    private final Reauthentication reauthentication;

    PrescriptionController(
            ChartPages pages,
            ChartReader reader,
            Encounters encounters,
            ChangeFlow flow,
            Saying saying,
            CodeLookup codes,
            Directory directory,
            Reauthentication reauthentication) {
        this.pages = pages;
        this.reader = reader;
        this.encounters = encounters;
        this.flow = flow;
        this.saying = saying;
        this.codes = codes;
        this.directory = directory;
        this.reauthentication = reauthentication;
    }

    @GetMapping("/patients/{patient}/medications/order")
    @Requires({Permission.VISIT_UPDATE, Permission.CHART_SIGN})
    @ShowsPatient("medication order")
    String form(
            @PathVariable PatientId patient,
            @RequestParam(required = false) @Nullable EntryId replaces,
            @RequestParam(required = false) @Nullable EncounterId visit,
            Model model) {
        ChangeForm form = new ChangeForm();
        form.setIdempotencyKey(Uuid7.next().toString());
        EntryView former = replaces == null ? null : former(patient, replaces);
        if (former != null) {
            form.setValues(OrderSheet.values((Content.MedicationOrder) former.content()));
            form.setVersion(former.version());
        }
        form.setVisit(visit == null ? "" : visit.toString());
        saying.fill(form, pages.actor(), Way.UPDATE, former);
        model.addAttribute("change", form);
        fill(model, patient, former, form, diagnoses(patient));
        return "chart/order";
    }

    @PostMapping("/patients/{patient}/medications/order")
    @Requires({Permission.VISIT_UPDATE, Permission.CHART_SIGN})
    @ShowsPatient("medication order")
    String save(
            @PathVariable PatientId patient,
            @RequestParam(required = false) @Nullable EntryId replaces,
            @ModelAttribute("change") ChangeForm form,
            BindingResult binding,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        EntryView former = replaces == null ? null : former(patient, replaces);
        List<EntryView> diagnoses = diagnoses(patient);
        String path = null;
        try {
            path = attempt(patient, former, diagnoses, form, binding);
        } catch (Rejected rejected) {
            ChangeController.say(rejected, binding);
        }
        if (path == null) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            form.setPassword("");
            form.setIdempotencyKey(Uuid7.next().toString());
            fill(model, patient, former, form, diagnoses);
            return "chart/order";
        }
        boolean signed = pages.actor().practitioner() != null;
        redirect.addFlashAttribute(
                "done",
                signed
                        ? "Ordered and signed. It is recorded here, not sent to a pharmacy."
                        : "Entered. It waits for the prescriber's signature; it is recorded here, not sent to a pharmacy.");
        return "redirect:" + path;
    }

    /** How directions read and how long a quantity lasts, while they are typed. Of nobody: no patient is named. */
    @PostMapping(path = "/medications/reading", produces = MediaType.APPLICATION_JSON_VALUE)
    @Requires({Permission.VISIT_UPDATE, Permission.CHART_SIGN})
    @ResponseBody
    Map<String, String> reading(@ModelAttribute("change") ChangeForm form) {
        return sheet(form).reading();
    }

    private @Nullable String attempt(
            PatientId patient,
            @Nullable EntryView former,
            List<EntryView> diagnoses,
            ChangeForm form,
            BindingResult binding) {
        Actor actor = pages.actor();
        Saying.Read said = saying.said(form, actor, true, null, binding);
        PractitionerId by = said.statement() == null ? null : said.statement().practitioner();
        if (said.statement() != null && by == null) {
            binding.rejectValue("by", "order", "Only a practitioner orders a drug. Choose who did");
        }
        // An order happens when it is given.
        ZoneId zone = pages.words().zone();
        boolean timed = !form.getStatedTime().isBlank();
        Instant given =
                said.statement() == null ? Instant.EPOCH : said.statement().at();
        LocalDate day = LocalDate.ofInstant(given, zone);
        EncounterView visit = form.getVisit().isEmpty() ? null : pages.visit(patient, EncounterId.of(form.getVisit()));
        OrderSheet sheet = sheet(form);
        Content.MedicationOrder order = sheet.order(
                diagnoses,
                day.toString(),
                by == null ? "" : name(by),
                former == null ? null : new Content.EntryRef(former.id().toString()));
        sheet.wrong().forEach(each -> binding.rejectValue("values[" + each.name() + "]", "wrong", each.message()));
        if (former != null && form.getVersion() != null && form.getVersion() != former.version()) {
            binding.reject(
                    "stale", "The order that this replaces has changed since. See how it stands: nothing was saved");
        }
        boolean signs = actor.practitioner() != null && actor.may(Permission.CHART_SIGN);
        if (signs && form.getPassword().isEmpty()) {
            binding.rejectValue("password", "missing", "Enter your password to sign it");
        }
        FacilityId facility = visit != null ? visit.facility() : actor.facility();
        if (binding.hasErrors() || facility == null || said.statement() == null || said.source() == null) {
            return null;
        }
        if (signs && !reauthentication.confirm(form.getPassword())) {
            binding.rejectValue("password", "wrong", "That is not your password. Nothing was saved");
            return null;
        }
        return flow.write(
                actor,
                form.getIdempotencyKey(),
                new EntryCommand(
                        VersionKind.ORIGINAL,
                        null,
                        null,
                        patient,
                        facility,
                        visit == null ? null : visit.id(),
                        order,
                        timed ? given : day.atStartOfDay(zone).toInstant(),
                        timed ? "minute" : "day",
                        said.statement(),
                        said.source(),
                        null,
                        "",
                        false));
    }

    private OrderSheet sheet(ChangeForm form) {
        return new OrderSheet(form.getValues(), codes, pages.words().today());
    }

    private String name(PractitionerId practitioner) {
        Directory.Practitioner found =
                directory.practitioners(List.of(practitioner)).get(practitioner);
        return found == null ? "" : found.name();
    }

    /** @throws NotFound where it is no drug order of this chart */
    private EntryView former(PatientId patient, EntryId entry) {
        EntryView view = pages.entry(patient, entry);
        if (!(view.content() instanceof Content.MedicationOrder)) {
            throw pages.missing(patient, "medication order", entry);
        }
        return view;
    }

    private List<EntryView> diagnoses(PatientId patient) {
        return reader.entries(
                        pages.actor(),
                        patient,
                        Filter.of(EntryType.CONDITION, EntryType.VISIT_DIAGNOSIS)
                                .active(),
                        null,
                        DIAGNOSES)
                .items();
    }

    private void fill(
            Model model, PatientId patient, @Nullable EntryView former, ChangeForm form, List<EntryView> diagnoses) {
        Words words = pages.words();
        Map<String, ReviewController.Option> indications = new LinkedHashMap<>();
        for (EntryView each : diagnoses) {
            String title = each.content().title();
            indications.putIfAbsent(title, new ReviewController.Option(each.id().toString(), title));
        }
        List<ReviewController.Option> routes = new ArrayList<>();
        for (Route route : Route.values()) {
            routes.add(new ReviewController.Option(route.word(), route.word()));
        }
        List<ReviewController.Option> visits = encounters.list(patient, null, VISITS).items().stream()
                .map(visit -> ChangeController.option(visit, words))
                .toList();
        Map<String, String> reading = sheet(form).reading();
        model.addAttribute("former", former == null ? null : Row.of(former, words));
        model.addAttribute("formerFields", former == null ? List.of() : words.fields(former.content()));
        model.addAttribute("indications", List.copyOf(indications.values()));
        model.addAttribute("routes", routes);
        model.addAttribute("reads", form.getValues().isEmpty() ? "" : reading.get("reads"));
        model.addAttribute("lasts", form.getValues().isEmpty() ? "" : reading.get("days"));
        model.addAttribute("prn", List.of(new ReviewController.Option("yes", "yes")));
        saying.offer(model, pages.actor(), Way.UPDATE, former);
        model.addAttribute("visits", visits);
    }
}
