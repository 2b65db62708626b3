package org.chartkeeper.access.web;

import jakarta.servlet.http.HttpServletResponse;
import org.chartkeeper.access.Onboarding;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.Open;
import org.chartkeeper.platform.Rejected;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where one-time links lead: the first set-up, and the choice of a password. */
@Controller
class OnboardingController {

    private final Onboarding onboarding;

    OnboardingController(Onboarding onboarding) {
        this.onboarding = onboarding;
    }

    @GetMapping("/setup")
    @Open("the first administrator has no account yet; the link's token shows who may")
    String setup(@RequestParam(defaultValue = "") String token, Model model, HttpServletResponse response) {
        if (onboarding.find(token).filter(link -> link.kind().equals("setup")).isEmpty()) {
            return spent(response);
        }
        SetupForm form = new SetupForm();
        form.setToken(token);
        model.addAttribute("form", form);
        model.addAttribute("zones", Zones.all());
        return "access/setup";
    }

    @PostMapping("/setup")
    @Open("as above")
    String setUp(
            @ModelAttribute("form") SetupForm form, BindingResult binding, Model model, HttpServletResponse response) {
        try {
            onboarding.setUp(form.getToken(), form.steps());
            return "redirect:/login?welcome";
        } catch (Rejected rejected) {
            FormProblems.into(binding, rejected);
            model.addAttribute("zones", Zones.all());
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return "access/setup";
        } catch (NotFound gone) {
            return spent(response);
        }
    }

    @GetMapping("/password")
    @Open("who was invited or had the password reset cannot sign in; the link's token shows who may")
    String password(@RequestParam(defaultValue = "") String token, Model model, HttpServletResponse response) {
        if (!shown(token, model)) {
            return spent(response);
        }
        PasswordForm form = new PasswordForm();
        form.setToken(token);
        model.addAttribute("form", form);
        return "access/password";
    }

    @PostMapping("/password")
    @Open("as above")
    String choose(
            @ModelAttribute("form") PasswordForm form,
            BindingResult binding,
            Model model,
            HttpServletResponse response) {
        try {
            onboarding.choosePassword(form.getToken(), form.getPassword(), form.getAgain());
            return "redirect:/login?welcome";
        } catch (Rejected rejected) {
            FormProblems.into(binding, rejected);
            if (!shown(form.getToken(), model)) {
                return spent(response);
            }
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return "access/password";
        } catch (NotFound gone) {
            return spent(response);
        }
    }

    private boolean shown(String token, Model model) {
        return onboarding
                .find(token)
                .filter(link -> !link.kind().equals("setup"))
                .map(link -> model.addAttribute("link", link))
                .isPresent();
    }

    private static String spent(HttpServletResponse response) {
        response.setStatus(HttpStatus.NOT_FOUND.value());
        return "access/spent";
    }
}
