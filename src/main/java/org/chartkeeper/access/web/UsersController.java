package org.chartkeeper.access.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.function.Supplier;
import org.chartkeeper.access.Directory;
import org.chartkeeper.access.Places;
import org.chartkeeper.access.Places.FacilityView;
import org.chartkeeper.access.Roles;
import org.chartkeeper.access.Users;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Slice;
import org.chartkeeper.platform.Stale;
import org.chartkeeper.platform.UserId;
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
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;

/** Accounts: list, invite, edit, disable, reset. */
@Controller
@RequestMapping("/admin/users")
class UsersController {

    private static final int PAGE = 50;

    private final Users users;
    private final Roles roles;
    private final Places places;
    private final Directory directory;

    UsersController(Users users, Roles roles, Places places, Directory directory) {
        this.users = users;
        this.roles = roles;
        this.places = places;
        this.directory = directory;
    }

    @GetMapping
    @Requires(Permission.USER_MANAGE)
    String list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String status,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        Slice<Users.Row> found = users.list(q, status, after, PAGE);
        model.addAttribute("users", found.items());
        model.addAttribute("q", q);
        model.addAttribute("status", status);
        model.addAttribute("first", after == null ? null : path(q, status, null));
        model.addAttribute("next", found.next() == null ? null : path(q, status, found.next()));
        return "access/users";
    }

    private static String path(String q, String status, @Nullable String after) {
        UriComponentsBuilder path = UriComponentsBuilder.fromPath("/admin/users");
        if (!q.isEmpty()) {
            path.queryParam("q", "{q}");
        }
        if (!status.isEmpty()) {
            path.queryParam("status", "{status}");
        }
        if (after != null) {
            path.queryParam("after", "{after}");
        }
        return path.encode()
                .buildAndExpand(java.util.Map.of("q", q, "status", status, "after", after == null ? "" : after))
                .toUriString();
    }

    @GetMapping("/new")
    @Requires(Permission.USER_MANAGE)
    String invitation(Model model) {
        UserForm form = new UserForm();
        form.setIdempotencyKey(Uuid7.next().toString());
        model.addAttribute("form", form);
        return form(null, model);
    }

    @PostMapping
    @Requires(Permission.USER_MANAGE)
    String invite(
            @ModelAttribute("form") UserForm form,
            BindingResult binding,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            return handOver(users.invite(form.getIdempotencyKey(), form.change()), request, redirect);
        } catch (Rejected rejected) {
            FormProblems.into(binding, rejected);
            form.setIdempotencyKey(Uuid7.next().toString());
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return form(null, model);
        }
    }

    @GetMapping("/{user}")
    @Requires(Permission.USER_MANAGE)
    String show(@PathVariable String user, Model model) {
        Users.View view = users.get(id(user));
        model.addAttribute("form", UserForm.of(view));
        return form(view, model);
    }

    @PostMapping("/{user}")
    @Requires(Permission.USER_MANAGE)
    String edit(
            @PathVariable String user,
            @ModelAttribute("form") UserForm form,
            BindingResult binding,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        UserId id = id(user);
        try {
            users.edit(id, form.getVersion(), form.change());
            redirect.addFlashAttribute("done", "Account saved");
            return "redirect:/admin/users/" + id;
        } catch (Rejected rejected) {
            FormProblems.into(binding, rejected);
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        } catch (Stale stale) {
            binding.reject(
                    "stale",
                    "Somebody else changed this account after you opened it; what you see below is yours. Nothing was"
                            + " saved: compare with the present state and save again");
            form.setVersion(stale.current());
            response.setStatus(HttpStatus.CONFLICT.value());
        }
        Users.View present = users.get(id);
        form.setLogin(present.login());
        return form(present, model);
    }

    @PostMapping("/{user}/disable")
    @Requires(Permission.USER_MANAGE)
    String disable(@PathVariable String user, @RequestParam int version, RedirectAttributes redirect) {
        UserId id = id(user);
        return act(id, redirect, () -> {
            users.disable(id, version);
            return "Account disabled; its sessions are over";
        });
    }

    @PostMapping("/{user}/enable")
    @Requires(Permission.USER_MANAGE)
    String enable(@PathVariable String user, @RequestParam int version, RedirectAttributes redirect) {
        UserId id = id(user);
        return act(id, redirect, () -> {
            users.enable(id, version);
            return "Account enabled";
        });
    }

    @PostMapping("/{user}/reset")
    @Requires(Permission.USER_MANAGE)
    String reset(
            @PathVariable String user,
            @RequestParam int version,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        UserId id = id(user);
        return act(id, redirect, () -> {
            handOver(users.reset(id, version), request, redirect);
            return "Password reset";
        });
    }

    private static String act(UserId id, RedirectAttributes redirect, Supplier<String> act) {
        try {
            redirect.addFlashAttribute("done", act.get());
        } catch (Rejected rejected) {
            redirect.addFlashAttribute("problems", rejected.problems());
        } catch (Stale stale) {
            redirect.addFlashAttribute(
                    "problems",
                    new Rejected("Somebody else changed this account meanwhile; look at it again first").problems());
        }
        return "redirect:/admin/users/" + id;
    }

    private static String handOver(Users.Handover handover, HttpServletRequest request, RedirectAttributes redirect) {
        if (handover.token() != null) {
            String origin = request.getRequestURL()
                    .substring(
                            0,
                            request.getRequestURL().length()
                                    - request.getRequestURI().length());
            redirect.addFlashAttribute(
                    "link", origin + request.getContextPath() + "/password?token=" + handover.token());
        }
        return "redirect:/admin/users/" + handover.user();
    }

    private String form(Users.@Nullable View user, Model model) {
        List<FacilityView> facilities =
                places.facilities().stream().filter(FacilityView::active).toList();
        model.addAttribute("user", user);
        model.addAttribute("heading", user == null ? "Invite a user" : user.name());
        model.addAttribute("facilities", facilities);
        model.addAttribute("roles", roles.list());
        model.addAttribute(
                "practitioners",
                directory
                        .practitionersAt(
                                facilities.stream().map(FacilityView::id).toList())
                        .stream()
                        .map(practitioner -> new Option(practitioner.id().toString(), practitioner.name()))
                        .toList());
        return "access/user";
    }

    private static UserId id(String text) {
        try {
            return UserId.of(text);
        } catch (IllegalArgumentException malformed) {
            throw new NotFound("malformed user id");
        }
    }
}
