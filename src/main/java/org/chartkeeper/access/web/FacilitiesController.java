package org.chartkeeper.access.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.chartkeeper.access.Places;
import org.chartkeeper.access.Places.DepartmentView;
import org.chartkeeper.access.Places.FacilityView;
import org.chartkeeper.access.RecordRules;
import org.chartkeeper.platform.DepartmentId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Stale;
import org.jspecify.annotations.Nullable;
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

/** Facilities and their departments. */
@Controller
@RequestMapping("/admin/facilities")
class FacilitiesController {

    private static final String STALE = "Somebody else changed this after you opened it; what you see below is yours."
            + " Nothing was saved: compare with the present state and save again";

    private final Places places;
    private final RecordRules rules;

    FacilitiesController(Places places, RecordRules rules) {
        this.places = places;
        this.rules = rules;
    }

    @GetMapping
    @Requires(Permission.FACILITY_MANAGE)
    String list(Model model) {
        model.addAttribute("facilities", places.facilities());
        return "access/facilities";
    }

    @GetMapping("/new")
    @Requires(Permission.FACILITY_MANAGE)
    String newFacility(Model model) {
        model.addAttribute("form", new FacilityForm());
        return facilityPage(null, model);
    }

    @PostMapping
    @Requires(Permission.FACILITY_MANAGE)
    String create(
            @ModelAttribute("form") FacilityForm form,
            BindingResult binding,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        if (!binding.hasErrors()) {
            try {
                FacilityId id = places.create(form.change());
                redirect.addFlashAttribute("done", "Facility created");
                return "redirect:/admin/facilities/" + id;
            } catch (Rejected rejected) {
                FormProblems.into(binding, rejected);
            }
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return facilityPage(null, model);
    }

    @GetMapping("/{facility}")
    @Requires(Permission.FACILITY_MANAGE)
    String show(@PathVariable String facility, Model model) {
        FacilityView view = places.facility(facility(facility));
        model.addAttribute("form", FacilityForm.of(view));
        return facilityPage(view, model);
    }

    @PostMapping("/{facility}")
    @Requires(Permission.FACILITY_MANAGE)
    String edit(
            @PathVariable String facility,
            @ModelAttribute("form") FacilityForm form,
            BindingResult binding,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        FacilityId id = facility(facility);
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        if (!binding.hasErrors()) {
            try {
                places.edit(id, form.getVersion(), form.change());
                redirect.addFlashAttribute("done", "Facility saved");
                return "redirect:/admin/facilities/" + id;
            } catch (Rejected rejected) {
                FormProblems.into(binding, rejected);
            } catch (Stale stale) {
                binding.reject("stale", STALE);
                form.setVersion(stale.current());
                response.setStatus(HttpStatus.CONFLICT.value());
            }
        }
        return facilityPage(places.facility(id), model);
    }

    @GetMapping("/{facility}/co-signatures")
    @Requires(Permission.FACILITY_MANAGE)
    String cosignatures(@PathVariable String facility, Model model) {
        FacilityView view = places.facility(facility(facility));
        model.addAttribute("form", new CosignatureForm());
        return cosignaturePage(view, null, model);
    }

    @PostMapping("/{facility}/co-signatures")
    @Requires(Permission.FACILITY_MANAGE)
    String cosign(
            @PathVariable String facility,
            @ModelAttribute("form") CosignatureForm form,
            BindingResult binding,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        FacilityView view = places.facility(facility(facility));
        try {
            rules.cosign(view.id(), form.change());
            redirect.addFlashAttribute("done", "Co-signatures saved");
            return "redirect:/admin/facilities/" + view.id() + "/co-signatures";
        } catch (Rejected rejected) {
            FormProblems.into(binding, rejected);
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return cosignaturePage(view, form, model);
        }
    }

    /** @param typed null for what is stored */
    private String cosignaturePage(FacilityView facility, @Nullable CosignatureForm typed, Model model) {
        List<RecordRules.Cosigned> people = rules.cosignatures(facility.id());
        model.addAttribute("facility", facility);
        model.addAttribute("people", CosignatureForm.rows(people, typed));
        return "access/co-signatures";
    }

    @GetMapping("/{facility}/departments/new")
    @Requires(Permission.FACILITY_MANAGE)
    String newDepartment(@PathVariable String facility, Model model) {
        model.addAttribute("form", new DepartmentForm());
        return departmentPage(places.facility(facility(facility)), null, model);
    }

    @PostMapping("/{facility}/departments")
    @Requires(Permission.FACILITY_MANAGE)
    String createDepartment(
            @PathVariable String facility,
            @ModelAttribute("form") DepartmentForm form,
            BindingResult binding,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        FacilityId id = facility(facility);
        try {
            places.create(id, form.change());
            redirect.addFlashAttribute("done", "Department created");
            return "redirect:/admin/facilities/" + id;
        } catch (Rejected rejected) {
            FormProblems.into(binding, rejected);
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return departmentPage(places.facility(id), null, model);
        }
    }

    @GetMapping("/{facility}/departments/{department}")
    @Requires(Permission.FACILITY_MANAGE)
    String showDepartment(@PathVariable String facility, @PathVariable String department, Model model) {
        FacilityId id = facility(facility);
        DepartmentView view = places.department(id, department(department));
        model.addAttribute("form", DepartmentForm.of(view));
        return departmentPage(places.facility(id), view, model);
    }

    @PostMapping("/{facility}/departments/{department}")
    @Requires(Permission.FACILITY_MANAGE)
    String editDepartment(
            @PathVariable String facility,
            @PathVariable String department,
            @ModelAttribute("form") DepartmentForm form,
            BindingResult binding,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        FacilityId id = facility(facility);
        DepartmentId part = department(department);
        try {
            places.edit(id, part, form.getVersion(), form.change());
            redirect.addFlashAttribute("done", "Department saved");
            return "redirect:/admin/facilities/" + id;
        } catch (Rejected rejected) {
            FormProblems.into(binding, rejected);
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        } catch (Stale stale) {
            binding.reject("stale", STALE);
            form.setVersion(stale.current());
            response.setStatus(HttpStatus.CONFLICT.value());
        }
        return departmentPage(places.facility(id), places.department(id, part), model);
    }

    private String facilityPage(@Nullable FacilityView facility, Model model) {
        model.addAttribute("facility", facility);
        model.addAttribute("heading", facility == null ? "New facility" : facility.name());
        model.addAttribute("zones", Zones.all());
        if (facility != null) {
            model.addAttribute("departments", places.departments(facility.id()));
            model.addAttribute("labels", labels());
        }
        return "access/facility";
    }

    private String departmentPage(FacilityView facility, @Nullable DepartmentView department, Model model) {
        model.addAttribute("facility", facility);
        model.addAttribute("department", department);
        model.addAttribute("heading", department == null ? "New department" : department.name());
        model.addAttribute(
                "labels",
                places.labels().stream()
                        .map(label -> new Option(label.key(), label.name()))
                        .toList());
        return "access/department";
    }

    private java.util.Map<String, String> labels() {
        return places.labels().stream()
                .collect(java.util.stream.Collectors.toMap(Places.Label::key, Places.Label::name));
    }

    private static FacilityId facility(String text) {
        try {
            return FacilityId.of(text);
        } catch (IllegalArgumentException malformed) {
            throw new NotFound("malformed facility id");
        }
    }

    private static DepartmentId department(String text) {
        try {
            return DepartmentId.of(text);
        } catch (IllegalArgumentException malformed) {
            throw new NotFound("malformed department id");
        }
    }
}
