package org.chartkeeper.access.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.Map;
import org.chartkeeper.access.Directory;
import org.chartkeeper.access.OwnAccount;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A person's own account. */
@Controller
class AccountController {

    private final CurrentActor actors;
    private final OwnAccount account;
    private final Directory directory;
    private final Sessions sessions;

    AccountController(CurrentActor actors, OwnAccount account, Directory directory, Sessions sessions) {
        this.actors = actors;
        this.account = account;
        this.directory = directory;
        this.sessions = sessions;
    }

    @GetMapping("/account")
    @Requires(Permission.SIGNED_IN)
    String show(@RequestParam Map<String, String> asked, Model model) {
        model.addAttribute("form", new PasswordForm());
        return page(asked.containsKey("due"), model);
    }

    @PostMapping("/account/password")
    @Requires(Permission.SIGNED_IN)
    String changePassword(
            @ModelAttribute("form") PasswordForm form,
            BindingResult binding,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            account.changePassword(form.getPresent(), form.getPassword(), form.getAgain());
        } catch (Rejected rejected) {
            FormProblems.into(binding, rejected);
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return page(false, model);
        }
        HttpSession session = request.getSession(false);
        if (session != null) {
            // This session goes on under a new name; all others ended.
            request.changeSessionId();
            sessions.begin(session);
        }
        redirect.addFlashAttribute("done", "Password changed");
        return "redirect:/account";
    }

    private String page(boolean due, Model model) {
        Actor actor = actors.get();
        model.addAttribute("due", due);
        model.addAttribute("actor", actor);
        model.addAttribute(
                "facilities",
                directory.facilities().stream()
                        .filter(facility -> actor.facilities().contains(facility.id()))
                        .toList());
        return "access/account";
    }
}
