package org.chartkeeper.access.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.chartkeeper.access.DeaNumbers;
import org.chartkeeper.access.Places;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The DEA numbers of a facility's practitioners. */
@Controller
@RequestMapping("/admin/facilities/{facility}/dea-numbers")
class DeaNumbersController {

    private final Places places;
    private final DeaNumbers numbers;

    DeaNumbersController(Places places, DeaNumbers numbers) {
        this.places = places;
        this.numbers = numbers;
    }

    @GetMapping
    @Requires(Permission.FACILITY_MANAGE)
    String show(@PathVariable String facility, Model model) {
        FacilityId id = facility(facility);
        model.addAttribute("form", DeaNumbersForm.of(numbers.registered(id)));
        return page(id, model);
    }

    @PostMapping
    @Requires(Permission.FACILITY_MANAGE)
    String save(
            @PathVariable String facility,
            @ModelAttribute("form") DeaNumbersForm form,
            BindingResult binding,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        FacilityId id = facility(facility);
        try {
            numbers.register(id, form.changes());
            redirect.addFlashAttribute("done", "DEA numbers saved");
            return "redirect:/admin/facilities/" + id + "/dea-numbers";
        } catch (Rejected rejected) {
            FormProblems.into(binding, rejected);
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return page(id, model);
        }
    }

    private String page(FacilityId facility, Model model) {
        List<DeaNumbers.Registered> people = numbers.registered(facility);
        Map<String, DeaNumbers.Registered> byId = people.stream()
                .collect(Collectors.toMap(person -> person.practitioner().toString(), person -> person));
        model.addAttribute("facility", places.facility(facility));
        model.addAttribute("people", byId);
        return "access/dea-numbers";
    }

    private static FacilityId facility(String text) {
        try {
            return FacilityId.of(text);
        } catch (IllegalArgumentException malformed) {
            throw new NotFound("malformed facility id");
        }
    }
}
