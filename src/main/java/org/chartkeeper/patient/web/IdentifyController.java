package org.chartkeeper.patient.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chartkeeper.access.Access;
import org.chartkeeper.patient.Demographics;
import org.chartkeeper.patient.Filing;
import org.chartkeeper.patient.PatientMerges;
import org.chartkeeper.patient.PatientSummary;
import org.chartkeeper.patient.Patients;
import org.chartkeeper.patient.Registration;
import org.chartkeeper.patient.Registrations;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.ShowsPatient;
import org.chartkeeper.platform.Stale;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Says who an unidentified patient is: somebody with a chart here, or somebody new. Both ask for evidence. */
@Controller
class IdentifyController {

    private final Registrations registrations;
    private final Patients patients;
    private final PatientMerges merges;
    private final Access access;
    private final FormPages pages;

    IdentifyController(
            Registrations registrations, Patients patients, PatientMerges merges, Access access, FormPages pages) {
        this.registrations = registrations;
        this.patients = patients;
        this.merges = merges;
        this.access = access;
        this.pages = pages;
    }

    private static List<Field.Group> groups() {
        List<Field.Group> groups = new ArrayList<>();
        groups.add(Field.Group.of(
                        "Evidence",
                        Field.text("evidence", "How the identity was established", "c12")
                                .hint("Driver's license seen, recognized by the brother, fingerprints"))
                .hint("Needed for both ways."));
        groups.add(Field.Group.of(
                        "Has a chart here",
                        Field.text("existing", "MRN of the chart", "c4").hint("With or without zeros and hyphen"))
                .hint("Links both charts at once; the merge follows as a step of its own. Leave it empty where the"
                        + " person has no chart here, and fill in the rest."));
        groups.addAll(new RegisterSheet(false).groups(List.of()));
        return groups;
    }

    @GetMapping("/patients/{patient}/identify")
    @Requires(Permission.PATIENT_EDIT)
    @ShowsPatient(value = "identify", chart = false)
    String form(@PathVariable PatientId patient, Model model) {
        Registration registration = head(patient, model);
        if (!registration.data().identityUnknown()) {
            return "redirect:/patients/" + patient + "/registration";
        }
        RegistrationForm form = RegistrationForm.fresh(
                registration.version(), new RegisterSheet(false).read(registration.data(), null));
        form.setStatedBy("document");
        pages.form(model, form, groups());
        return "patient/identify";
    }

    private Registration head(PatientId patient, Model model) {
        Registration registration = registrations.get(patient);
        PatientSummary person = patients.find(patient).orElseThrow(() -> new NotFound("patient " + patient));
        model.addAttribute("patient", patient);
        model.addAttribute("person", ResultRow.of(person));
        model.addAttribute("marks", person.marks());
        model.addAttribute("title", person.family() + " · Identify");
        return registration;
    }

    @PostMapping("/patients/{patient}/identify")
    @Requires(Permission.PATIENT_EDIT)
    @ShowsPatient(value = "identify", chart = false)
    ModelAndView identify(
            @PathVariable PatientId patient,
            @ModelAttribute("form") RegistrationForm form,
            BindingResult errors,
            Model model,
            RedirectAttributes after) {
        Registration registration = head(patient, model);
        pages.form(model, form, groups());
        Integer version = form.getVersion();
        if (version == null) {
            throw new Rejected("This form is damaged. Open the page again.");
        }
        Values values = pages.values(form);
        String evidence = values.textOr("evidence", "");
        String mrn = values.text("existing");
        try {
            if (mrn == null) {
                Demographics data = new RegisterSheet(false).apply(registration.data(), null, values);
                if (!values.problems().isEmpty()) {
                    throw new Rejected(values.problems());
                }
                registrations.identify(patient, version, data, evidence, form.filing());
            } else {
                registrations.identifyAs(patient, version, visible(mrn), evidence, form.filing());
            }
            after.addFlashAttribute("done", "Identified");
            return RegisterController.seeOther("/patients/" + patient + "/registration");
        } catch (Rejected rejected) {
            pages.show(rejected.problems(), groups(), errors, model);
            return RegisterController.refused("patient/identify");
        }
    }

    /** Makes one chart of the two that were linked; whoever linked them needs a second person. */
    @PostMapping("/patients/{patient}/merge")
    @Requires(Permission.PATIENT_MERGE)
    @ShowsPatient(value = "merge", chart = false)
    ModelAndView merge(
            @PathVariable PatientId patient,
            @RequestParam int version,
            @RequestParam String idempotencyKey,
            RedirectAttributes after) {
        PatientId linked = registrations.get(patient).probableChart();
        if (linked != null && access.decideRegistration(pages.actor(), linked) instanceof Access.Decision.Hidden) {
            throw new NotFound("patient " + linked);
        }
        try {
            PatientId survivor =
                    merges.merge(patient, version, Filing.statedBy("staff").once(idempotencyKey));
            after.addFlashAttribute("done", "The charts are one now");
            return RegisterController.seeOther("/patients/" + survivor + "/registration");
        } catch (Rejected rejected) {
            after.addFlashAttribute("refused", rejected.problems().getFirst().message());
        } catch (Stale changed) {
            after.addFlashAttribute("refused", "The registration has changed since you saw it. Nothing was merged.");
        }
        return RegisterController.seeOther("/patients/" + patient + "/registration");
    }

    /** The patient of an MRN at one of the actor's facilities; a hidden one is as if not there. */
    private PatientId visible(String mrn) {
        FacilityId own = pages.actor().facility();
        List<FacilityId> facilities = new ArrayList<>(pages.actor().facilities());
        if (own != null) {
            facilities.remove(own);
            facilities.addFirst(own);
        }
        return facilities.stream()
                .map(facility -> patients.byMrn(facility, mrn))
                .flatMap(Optional::stream)
                .filter(found -> !(access.decideRegistration(pages.actor(), found) instanceof Access.Decision.Hidden))
                .findFirst()
                .orElseThrow(() ->
                        new Rejected(List.of(Problem.error("existing", "No patient with this MRN is known here."))));
    }
}
