package org.chartkeeper.access.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import org.chartkeeper.access.Roles;
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

/** Roles and what they allow. */
@Controller
@RequestMapping("/admin/roles")
class RolesController {

    private final Roles roles;

    RolesController(Roles roles) {
        this.roles = roles;
    }

    @GetMapping
    @Requires(Permission.ROLE_MANAGE)
    String list(Model model) {
        model.addAttribute("roles", roles.list());
        return "access/roles";
    }

    @GetMapping("/new")
    @Requires(Permission.ROLE_MANAGE)
    String newRole(Model model) {
        model.addAttribute("form", new RoleForm());
        return form(null, model);
    }

    @PostMapping
    @Requires(Permission.ROLE_MANAGE)
    String create(
            @ModelAttribute("form") RoleForm form,
            BindingResult binding,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            String key = roles.create(form.getName(), form.chosen());
            redirect.addFlashAttribute("done", "Role created");
            return "redirect:/admin/roles/" + key;
        } catch (Rejected rejected) {
            FormProblems.into(binding, rejected);
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return form(null, model);
        }
    }

    @GetMapping("/{role}")
    @Requires(Permission.ROLE_MANAGE)
    String show(@PathVariable String role, Model model) {
        Roles.Role present = roles.get(role);
        model.addAttribute("form", RoleForm.of(present));
        return form(present, model);
    }

    @PostMapping("/{role}")
    @Requires(Permission.ROLE_MANAGE)
    String edit(
            @PathVariable String role,
            @ModelAttribute("form") RoleForm form,
            BindingResult binding,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            roles.edit(role, form.getVersion(), form.getName(), form.chosen());
            redirect.addFlashAttribute("done", "Role saved; it holds from the next request of everybody who has it");
            return "redirect:/admin/roles/" + role;
        } catch (Rejected rejected) {
            FormProblems.into(binding, rejected);
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        } catch (Stale stale) {
            binding.reject(
                    "stale",
                    "Somebody else changed this role after you opened it; what you see below is yours. Nothing was"
                            + " saved: compare with the present state and save again");
            form.setVersion(stale.current());
            response.setStatus(HttpStatus.CONFLICT.value());
        }
        return form(roles.get(role), model);
    }

    private static String form(Roles.@Nullable Role role, Model model) {
        model.addAttribute("role", role);
        model.addAttribute("heading", role == null ? "New role" : role.name());
        model.addAttribute(
                "all",
                Arrays.stream(Permission.values())
                        .filter(permission -> permission != Permission.SIGNED_IN)
                        .map(permission -> new Option(permission.key(), permission.label()))
                        .toList());
        return "access/role";
    }
}
