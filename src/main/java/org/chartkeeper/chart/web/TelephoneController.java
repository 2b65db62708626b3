package org.chartkeeper.chart.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.chartkeeper.access.Directory;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.patient.Registrations;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.ShowsPatient;
import org.chartkeeper.platform.Stale;
import org.chartkeeper.platform.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Somebody calls and says that something is wrong: one form for registration and record. */
@Controller
class TelephoneController {

    private static final int LISTED = 200;
    private static final List<String> RELATIONS = List.of(
            "patient", "parent or guardian", "health-care proxy or power of attorney", "other relative", "other");
    private static final List<String> IDENTIFIERS = List.of(
            "full name", "birth date", "address", "telephone number", "MRN or account number", "last four of SSN");
    /** Everybody knows the name of whom he calls about. */
    private static final String NAME = "full name";

    private final ChartPages pages;
    private final TelephoneDesk desk;
    private final ChartReader reader;
    private final Registrations registrations;
    private final Directory directory;

    TelephoneController(
            ChartPages pages,
            TelephoneDesk desk,
            ChartReader reader,
            Registrations registrations,
            Directory directory) {
        this.pages = pages;
        this.desk = desk;
        this.reader = reader;
        this.registrations = registrations;
        this.directory = directory;
    }

    @GetMapping("/patients/{patient}/telephone-correction")
    @Requires(Permission.VISIT_UPDATE)
    @ShowsPatient("telephone correction")
    String form(@PathVariable PatientId patient, Model model) {
        TelephoneForm form = new TelephoneForm();
        form.setIdempotencyKey(Uuid7.next().toString());
        form.setVersion(registrations.get(patient).version());
        model.addAttribute("call", form);
        fill(patient, model);
        return "chart/telephone";
    }

    @PostMapping("/patients/{patient}/telephone-correction")
    @Requires(Permission.VISIT_UPDATE)
    @ShowsPatient("telephone correction")
    String take(
            @PathVariable PatientId patient,
            @ModelAttribute("call") TelephoneForm form,
            BindingResult binding,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        HttpStatus refused = attempt(patient, form, binding, redirect);
        if (refused != null) {
            response.setStatus(refused.value());
            form.setIdempotencyKey(Uuid7.next().toString());
            fill(patient, model);
            return "chart/telephone";
        }
        return "redirect:/patients/" + patient;
    }

    private @Nullable HttpStatus attempt(
            PatientId patient, TelephoneForm form, BindingResult binding, RedirectAttributes redirect) {
        Actor actor = pages.actor();
        check(form, binding);
        boolean clinical = !form.getClinical().isBlank();
        EntryView about = clinical && !form.getEntry().isEmpty() ? about(patient, form, binding) : null;
        PractitionerId signer = clinical ? signer(form, about, binding) : null;
        if (binding.hasErrors()) {
            return HttpStatus.UNPROCESSABLE_CONTENT;
        }
        try {
            TelephoneDesk.Call call = new TelephoneDesk.Call(
                    form.getCaller().strip(), form.getRelation(), String.join(" and ", form.getVerified()));
            redirect.addFlashAttribute(
                    "done",
                    desk.take(
                            actor,
                            patient,
                            form,
                            call,
                            about,
                            signer,
                            pages.words().zone()));
            return null;
        } catch (Stale stale) {
            binding.reject(
                    "stale", "The registration was changed since you opened this form. Look at it, then send again");
            form.setVersion(registrations.get(patient).version());
            return HttpStatus.CONFLICT;
        } catch (Rejected rejected) {
            // Fields of the registration have other names than those of this form.
            rejected.problems().stream().map(Problem::message).forEach(message -> binding.reject("rejected", message));
            return HttpStatus.UNPROCESSABLE_CONTENT;
        }
    }

    private static void check(TelephoneForm form, BindingResult binding) {
        if (form.getCaller().isBlank()) {
            binding.rejectValue("caller", "missing", "Say who called");
        }
        if (!RELATIONS.contains(form.getRelation())) {
            binding.rejectValue("relation", "missing", "Choose who the caller is to the patient");
        }
        Set<String> known = Set.copyOf(form.getVerified());
        if (known.size() < 2 || !Set.copyOf(IDENTIFIERS).containsAll(known)) {
            binding.rejectValue("verified", "missing", "Two identifiers are needed to be sure who calls");
        } else if (known.size() == 2 && known.contains(NAME)) {
            binding.rejectValue("verified", "weak", "A name is known to many: two identifiers beside it");
        }
        if (form.movesAway()
                && (form.getStreet().isBlank()
                        || form.getCity().isBlank()
                        || form.getPostalCode().isBlank())) {
            binding.rejectValue("street", "missing", "An address needs street, city and ZIP code");
        }
        if (!form.registration() && form.getClinical().isBlank()) {
            binding.rejectValue("clinical", "missing", "Say what is wrong, here or in the registration above");
        }
    }

    private @Nullable EntryView about(PatientId patient, TelephoneForm form, BindingResult binding) {
        try {
            return pages.entry(patient, EntryId.of(form.getEntry()));
        } catch (IllegalArgumentException mangled) {
            binding.rejectValue("entry", "unknown", "Choose an entry from the list");
            return null;
        }
    }

    /** Who stated it, unless somebody else is chosen. */
    private static @Nullable PractitionerId signer(
            TelephoneForm form, @Nullable EntryView about, BindingResult binding) {
        try {
            if (!form.getSigner().isEmpty()) {
                return PractitionerId.of(form.getSigner());
            }
        } catch (IllegalArgumentException mangled) {
            binding.rejectValue("signer", "unknown", "Choose a practitioner from the list");
            return null;
        }
        PractitionerId author = about == null ? null : about.statedByPractitioner();
        if (author == null) {
            binding.rejectValue("signer", "missing", "Choose who is to answer it: nobody of this house stated it");
        }
        return author;
    }

    private void fill(PatientId patient, Model model) {
        Actor actor = pages.actor();
        List<ReviewController.Option> listed = new ArrayList<>();
        for (EntryView entry : reader.entries(
                        actor,
                        patient,
                        ChartReader.Filter.of(
                                        EntryType.ALLERGY,
                                        EntryType.CONDITION,
                                        EntryType.MEDICATION_ORDER,
                                        EntryType.MEDICATION_STATEMENT)
                                .active(),
                        null,
                        LISTED)
                .items()) {
            listed.add(new ReviewController.Option(
                    entry.id().toString(),
                    entry.type().label() + ": " + entry.content().title()));
        }
        model.addAttribute("entries", listed);
        model.addAttribute("relations", options(RELATIONS));
        model.addAttribute("identifiers", IDENTIFIERS);
        model.addAttribute("signers", ReviewController.others(directory, actor));
        model.addAttribute("action", "/patients/" + patient + "/telephone-correction");
    }

    private static List<ReviewController.Option> options(List<String> words) {
        return words.stream()
                .map(word -> new ReviewController.Option(word, word))
                .toList();
    }
}
