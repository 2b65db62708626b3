package org.chartkeeper.patient.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.chartkeeper.access.Access;
import org.chartkeeper.patient.Demographics;
import org.chartkeeper.patient.PatientMerges;
import org.chartkeeper.patient.PatientSummary;
import org.chartkeeper.patient.Patients;
import org.chartkeeper.patient.Registration;
import org.chartkeeper.patient.Registrations;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
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
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A patient's registration: to read with its history, to change part by part, to print. */
@Controller
class RegistrationController {

    private final Registrations registrations;
    private final Patients patients;
    private final PatientMerges merges;
    private final Access access;
    private final FormPages pages;

    RegistrationController(
            Registrations registrations, Patients patients, PatientMerges merges, Access access, FormPages pages) {
        this.registrations = registrations;
        this.patients = patients;
        this.merges = merges;
        this.access = access;
        this.pages = pages;
    }

    @GetMapping("/patients/{patient}/registration")
    @Requires(Permission.PATIENT_READ)
    @ShowsPatient(value = "registration", chart = false)
    String registration(@PathVariable PatientId patient, Model model) {
        Registration registration = head(patient, model);
        model.addAttribute("view", RegistrationView.of(registration, pages.zone()));
        model.addAttribute("history", registrations.history(patient));
        model.addAttribute("mayEdit", pages.actor().may(Permission.PATIENT_EDIT));
        model.addAttribute("mayTakeCalls", pages.actor().may(Permission.VISIT_UPDATE));
        model.addAttribute("mayRegister", pages.actor().may(Permission.PATIENT_REGISTER));
        model.addAttribute("mayMerge", pages.actor().may(Permission.PATIENT_MERGE));
        model.addAttribute("mergeKey", Uuid7.next().toString());
        model.addAttribute("linked", linked(registration));
        model.addAttribute("merged", merges.into(patient));
        return "patient/registration";
    }

    /** The chart that is probably the same person's, as far as the actor may know of it. */
    private @Nullable PatientSummary linked(Registration registration) {
        PatientId probable = registration.probableChart();
        return probable == null || access.decideRegistration(pages.actor(), probable) instanceof Access.Decision.Hidden
                ? null
                : patients.find(probable).orElse(null);
    }

    private Registration head(PatientId patient, Model model) {
        Registration registration = registrations.get(patient);
        PatientSummary person = patients.find(patient).orElseThrow(() -> new NotFound("patient " + patient));
        model.addAttribute("patient", patient);
        model.addAttribute("person", ResultRow.of(person));
        model.addAttribute("marks", person.marks());
        model.addAttribute("title", title(person));
        return registration;
    }

    /** A page title begins with surname and MRN, so that tabs cannot be confused. */
    private static String title(PatientSummary person) {
        String mrn =
                person.mrns().isEmpty() ? "" : " · " + person.mrns().getFirst().value();
        return person.family() + mrn + " · Registration";
    }

    @GetMapping("/patients/{patient}/face-sheet")
    @Requires(Permission.PATIENT_READ)
    @ShowsPatient(value = "face-sheet", chart = false)
    String faceSheet(@PathVariable PatientId patient, Model model) {
        Registration registration = head(patient, model);
        model.addAttribute("view", RegistrationView.of(registration, pages.zone()));
        model.addAttribute("printedBy", pages.actor().name());
        return "patient/face-sheet";
    }

    @GetMapping("/patients/{patient}/registration/edit")
    @Requires(Permission.PATIENT_EDIT)
    @ShowsPatient(value = "registration", chart = false)
    String edit(@PathVariable PatientId patient, Model model) {
        return form(patient, new CoreSheet(pages.zone()), null, "edit", model);
    }

    @PostMapping("/patients/{patient}/registration/edit")
    @Requires(Permission.PATIENT_EDIT)
    @ShowsPatient(value = "registration", chart = false)
    ModelAndView save(
            @PathVariable PatientId patient,
            @ModelAttribute("form") RegistrationForm form,
            BindingResult errors,
            Model model,
            RedirectAttributes after) {
        return save(patient, new CoreSheet(pages.zone()), null, "edit", form, errors, model, after);
    }

    @GetMapping("/patients/{patient}/registration/{part}/new")
    @Requires(Permission.PATIENT_EDIT)
    @ShowsPatient(value = "registration", chart = false)
    String newPart(@PathVariable PatientId patient, @PathVariable String part, Model model) {
        return form(patient, sheet(part), null, part + "/new", model);
    }

    @PostMapping("/patients/{patient}/registration/{part}/new")
    @Requires(Permission.PATIENT_EDIT)
    @ShowsPatient(value = "registration", chart = false)
    ModelAndView addPart(
            @PathVariable PatientId patient,
            @PathVariable String part,
            @ModelAttribute("form") RegistrationForm form,
            BindingResult errors,
            Model model,
            RedirectAttributes after) {
        return save(patient, sheet(part), null, part + "/new", form, errors, model, after);
    }

    @GetMapping("/patients/{patient}/registration/{part}/{item}")
    @Requires(Permission.PATIENT_EDIT)
    @ShowsPatient(value = "registration", chart = false)
    String editPart(@PathVariable PatientId patient, @PathVariable String part, @PathVariable UUID item, Model model) {
        return form(patient, sheet(part), item, part + "/" + item, model);
    }

    @PostMapping("/patients/{patient}/registration/{part}/{item}")
    @Requires(Permission.PATIENT_EDIT)
    @ShowsPatient(value = "registration", chart = false)
    ModelAndView changePart(
            @PathVariable PatientId patient,
            @PathVariable String part,
            @PathVariable UUID item,
            @ModelAttribute("form") RegistrationForm form,
            BindingResult errors,
            Model model,
            RedirectAttributes after) {
        return save(patient, sheet(part), item, part + "/" + item, form, errors, model, after);
    }

    private static Sheet sheet(String part) {
        return Sheets.find(part).orElseThrow(() -> new NotFound("part " + part + " of a registration"));
    }

    private String form(PatientId patient, Sheet sheet, @Nullable UUID item, String path, Model model) {
        Registration registration = head(patient, model);
        belongs(registration, sheet, item);
        RegistrationForm form = RegistrationForm.fresh(registration.version(), sheet.read(registration.data(), item));
        pages.form(model, form, sheet.groups(pages.practitioners()));
        heading(sheet, item, patient, path, model);
        return "patient/form";
    }

    private static void belongs(Registration registration, Sheet sheet, @Nullable UUID item) {
        if (item != null && !sheet.has(registration.data(), item)) {
            throw new NotFound("part " + item + " of patient " + registration.id());
        }
    }

    private static void heading(Sheet sheet, @Nullable UUID item, PatientId patient, String path, Model model) {
        boolean added = path.endsWith("/new");
        model.addAttribute("heading", added ? "Add: " + sheet.title() : "Change: " + sheet.title());
        model.addAttribute("action", "/patients/" + patient + "/registration/" + path);
    }

    private ModelAndView save(
            PatientId patient,
            Sheet sheet,
            @Nullable UUID item,
            String path,
            RegistrationForm form,
            BindingResult errors,
            Model model,
            RedirectAttributes after) {
        Registration current = head(patient, model);
        belongs(current, sheet, item);
        List<Field.Group> groups = sheet.groups(pages.practitioners());
        pages.form(model, form, groups);
        heading(sheet, item, patient, path, model);
        Integer basedOn = form.getVersion();
        if (basedOn == null) {
            throw new Rejected("This form is damaged. Open the page again.");
        }
        Values values = pages.values(form);
        Demographics data = sheet.apply(current.data(), item, values);
        try {
            if (!values.problems().isEmpty()) {
                throw new Rejected(values.problems());
            }
            store(current, basedOn, data, sheet, item, form);
            after.addFlashAttribute("done", "Saved");
            return RegisterController.seeOther("/patients/" + patient + "/registration");
        } catch (Rejected rejected) {
            pages.show(rejected.problems(), groups, errors, model);
            return RegisterController.refused("patient/form");
        } catch (Stale stale) {
            return conflict(current, basedOn, sheet, item, groups, form, model);
        }
    }

    /**
     * Saves on the version that the form was read from. Where the registration has moved on but none of this form's fields
     * has, it saves on what stands now: nothing of the other change is touched.
     */
    private void store(
            Registration current,
            int basedOn,
            Demographics data,
            Sheet sheet,
            @Nullable UUID item,
            RegistrationForm form) {
        try {
            registrations.change(current.id(), basedOn, data, form.filing());
        } catch (Stale stale) {
            Demographics base = registrations.at(current.id(), basedOn);
            boolean touched = item == null
                    ? !sheet.read(base, null).equals(sheet.read(current.data(), null))
                    : !sheet.has(base, item) || !sheet.read(base, item).equals(sheet.read(current.data(), item));
            if (touched || stale.current() != current.version()) {
                throw stale;
            }
            registrations.change(current.id(), current.version(), data, form.filing());
        }
    }

    private ModelAndView conflict(
            Registration current,
            int basedOn,
            Sheet sheet,
            @Nullable UUID item,
            List<Field.Group> groups,
            RegistrationForm form,
            Model model) {
        Map<String, String> base = sheet.read(registrations.at(current.id(), basedOn), item);
        Map<String, String> theirs = sheet.read(current.data(), item);
        List<ConflictRow> rows = new ArrayList<>();
        for (Field.Group group : groups) {
            for (Field field : group.fields()) {
                rows.add(ConflictRow.of(field, base, theirs, form.getValues()));
            }
        }
        model.addAttribute("rows", rows.stream().filter(ConflictRow::differs).toList());
        model.addAttribute(
                "settled", rows.stream().filter(row -> !row.differs()).toList());
        model.addAttribute(
                "changes",
                registrations.history(current.id()).stream()
                        .filter(version -> version.number() > basedOn)
                        .toList());
        form.setVersion(current.version());
        ModelAndView page = new ModelAndView("patient/conflict");
        page.setStatus(HttpStatus.CONFLICT);
        return page;
    }
}
