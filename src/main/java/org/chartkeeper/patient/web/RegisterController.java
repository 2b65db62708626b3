package org.chartkeeper.patient.web;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.chartkeeper.patient.Demographics;
import org.chartkeeper.patient.Registration;
import org.chartkeeper.patient.Registrations;
import org.chartkeeper.patient.SexFact;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.ShowsPatient;
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

/** Registering: a patient, somebody whose identity is unknown, a newborn. */
@Controller
class RegisterController {

    private final Registrations registrations;
    private final FormPages pages;

    RegisterController(Registrations registrations, FormPages pages) {
        this.registrations = registrations;
        this.pages = pages;
    }

    @GetMapping("/patients/new")
    @Requires(Permission.PATIENT_REGISTER)
    String form(Model model) {
        pages.form(model, RegistrationForm.fresh(null, Map.of()), new RegisterSheet(true).groups(List.of()));
        return "patient/register";
    }

    /** Registers; shows those who may be the same person first, until they were said not to be. */
    @PostMapping("/patients/new")
    @Requires(Permission.PATIENT_REGISTER)
    ModelAndView register(
            @ModelAttribute("form") RegistrationForm form,
            BindingResult errors,
            Model model,
            RedirectAttributes after) {
        RegisterSheet sheet = new RegisterSheet(true);
        List<Field.Group> groups = sheet.groups(List.of());
        pages.form(model, form, groups);
        Values values = pages.values(form);
        Demographics data = sheet.apply(Demographics.builder().build(), null, values);
        List<Problem> problems = values.problems().isEmpty() ? registrations.check(null, data) : values.problems();
        if (!open(problems, form).isEmpty()) {
            pages.show(problems, groups, errors, model);
            return refused("patient/register");
        }
        try {
            PatientId patient = registrations.register(data, confirmed(form), form.filing());
            after.addFlashAttribute("done", "Registered");
            return seeOther("/patients/" + patient + "/registration");
        } catch (Registrations.LikelyExisting known) {
            List<Registrations.Likely> likely = registrations.likely(data);
            model.addAttribute(
                    "likely",
                    likely.stream()
                            .map(one -> ResultRow.of(one.patient(), null, false, one.score(), one.because()))
                            .toList());
            form.setConfirmed(
                    likely.stream().map(one -> one.patient().id().toString()).collect(Collectors.joining(" ")));
            return new ModelAndView("patient/likely");
        } catch (Rejected rejected) {
            pages.show(rejected.problems(), groups, errors, model);
            return refused("patient/register");
        }
    }

    private static Set<PatientId> confirmed(RegistrationForm form) {
        String ids = form.getConfirmed();
        if (ids == null || ids.isBlank()) {
            return Set.of();
        }
        try {
            return Arrays.stream(ids.strip().split(" ")).map(PatientId::of).collect(Collectors.toSet());
        } catch (IllegalArgumentException e) {
            throw new Rejected("This form is damaged. Open the page again.");
        }
    }

    /** Errors, and warnings that were not accepted yet. */
    private static List<Problem> open(List<Problem> problems, RegistrationForm form) {
        String because = form.getAcceptedBecause();
        boolean accepts = because != null && !because.isBlank();
        return problems.stream()
                .filter(problem ->
                        !problem.warning() || !accepts || !form.getAccepted().contains(problem.message()))
                .toList();
    }

    static ModelAndView refused(String view) {
        ModelAndView page = new ModelAndView(view);
        page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        return page;
    }

    static ModelAndView seeOther(String path) {
        ModelAndView page = new ModelAndView("redirect:" + path);
        page.setStatus(HttpStatus.SEE_OTHER);
        return page;
    }

    private static List<Field.Group> unidentifiedFields() {
        return List.of(Field.Group.of(
                "What is known",
                Field.select(
                        "sex",
                        "Sex",
                        List.of(
                                new Field.Option("female", "Female"),
                                new Field.Option("male", "Male"),
                                new Field.Option("unknown", "Unknown")),
                        "c3"),
                Field.text("estimatedAge", "Estimated age in years", "c3"),
                Field.text("note", "Where and how found", "c6").hint("No name; it comes from the alias list")));
    }

    @GetMapping("/patients/new/unidentified")
    @Requires(Permission.PATIENT_REGISTER)
    String unidentified(Model model) {
        RegistrationForm form = RegistrationForm.fresh(null, Map.of("sex", "unknown"));
        form.setStatedBy("emergency services");
        pages.form(model, form, unidentifiedFields());
        return "patient/unidentified";
    }

    @PostMapping("/patients/new/unidentified")
    @Requires(Permission.PATIENT_REGISTER)
    ModelAndView registerUnidentified(
            @ModelAttribute("form") RegistrationForm form,
            BindingResult errors,
            Model model,
            RedirectAttributes after) {
        pages.form(model, form, unidentifiedFields());
        Values values = pages.values(form);
        String sex = values.textOr("sex", "unknown");
        if (!Set.of("female", "male", "unknown").contains(sex)) {
            values.error("sex", "Choose one of the list.");
        }
        Integer age = values.number("estimatedAge");
        try {
            refuse(values.problems());
            PatientId patient = registrations.registerUnidentified(
                    new Registrations.Unidentified(sex, age, values.text("note")), form.filing());
            after.addFlashAttribute("done", "Registered");
            return seeOther("/patients/" + patient + "/registration");
        } catch (Rejected rejected) {
            pages.show(rejected.problems(), unidentifiedFields(), errors, model);
            return refused("patient/unidentified");
        }
    }

    private static void refuse(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new Rejected(problems);
        }
    }

    private static List<Field.Group> newbornFields() {
        return List.of(
                Field.Group.of(
                        "Birth",
                        Field.date("birthDate", "Born on", "c3"),
                        Field.text("birthTime", "Time of birth", "c2").hint("15:52 or 3:52 pm"),
                        Field.select(
                                "sex",
                                "Sex",
                                SexFact.Kind.REGISTERED.options().stream()
                                        .filter(option -> !option.code().equals("x"))
                                        .map(option -> new Field.Option(option.code(), option.label()))
                                        .toList(),
                                "c3"),
                        Field.text("plurality", "Number born", "c2").hint("1, twins 2"),
                        Field.text("order", "Birth order", "c2").hint("First 1, A")),
                Field.Group.of(
                        "Measures",
                        Field.text("weeks", "Gestational age, weeks", "c3"),
                        Field.text("days", "and days", "c2"),
                        Field.text("weight", "Birth weight", "c3").hint("3250 g or 7 lb 2 oz")),
                Field.Group.of(
                        "Name",
                        Field.text("given", "Given name, if it has one", "c4")
                                .hint("Empty: a temporary name, such as Girl A of Eleanor")));
    }

    @GetMapping("/patients/{patient}/newborn")
    @Requires(Permission.PATIENT_REGISTER)
    @ShowsPatient(value = "newborn", chart = false)
    String newborn(@PathVariable PatientId patient, Model model) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("plurality", "1");
        values.put("order", "1");
        RegistrationForm form = RegistrationForm.fresh(null, values);
        form.setStatedBy("staff");
        pages.form(model, form, newbornFields());
        mother(patient, model);
        return "patient/newborn";
    }

    private void mother(PatientId patient, Model model) {
        Registration mother = registrations.get(patient);
        model.addAttribute("mother", mother);
        model.addAttribute(
                "motherName",
                mother.data().nameInUse().map(Demographics.Name::full).orElse(""));
    }

    @PostMapping("/patients/{patient}/newborn")
    @Requires(Permission.PATIENT_REGISTER)
    @ShowsPatient(value = "newborn", chart = false)
    ModelAndView registerNewborn(
            @PathVariable PatientId patient,
            @ModelAttribute("form") RegistrationForm form,
            BindingResult errors,
            Model model,
            RedirectAttributes after) {
        pages.form(model, form, newbornFields());
        mother(patient, model);
        Values values = pages.values(form);
        Instant bornAt = values.moment("birthDate", "birthTime");
        if (bornAt == null && values.problems().isEmpty()) {
            values.error(
                    values.text("birthDate") == null ? "birthDate" : "birthTime", "Enter the day and time of birth.");
        }
        String sex = values.textOr("sex", "");
        if (!Set.of("female", "male", "unknown").contains(sex)) {
            values.error("sex", "Choose the sex; unknown is a choice.");
        }
        Integer order = values.number("order");
        Integer plurality = values.number("plurality");
        if (order == null || plurality == null) {
            values.error("order", "Enter the birth order and the number born.");
        }
        Integer gestation = gestation(values);
        Integer weight = values.grams("weight");
        try {
            refuse(values.problems());
            if (bornAt == null || order == null || plurality == null) {
                throw new Rejected("Nothing can be registered without the birth.");
            }
            PatientId child = registrations.registerNewborn(
                    patient,
                    new Registrations.Newborn(sex, bornAt, order, plurality, gestation, weight, values.text("given")),
                    form.filing());
            after.addFlashAttribute("done", "Newborn registered");
            return seeOther("/patients/" + child + "/registration");
        } catch (Rejected rejected) {
            pages.show(rejected.problems(), newbornFields(), errors, model);
            return refused("patient/newborn");
        }
    }

    private static @Nullable Integer gestation(Values values) {
        Integer weeks = values.number("weeks");
        Integer days = values.number("days");
        if (days != null && (days < 0 || days > 6)) {
            values.error("days", "The days are between 0 and 6.");
        }
        return weeks == null ? null : weeks * 7 + (days == null ? 0 : days);
    }
}
