package org.chartkeeper.access.web;

import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.Open;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
class SignInController {

    private final CurrentActor actors;

    SignInController(CurrentActor actors) {
        this.actors = actors;
    }

    @GetMapping("/login")
    @Open("the sign-in page itself")
    String signIn(
            @RequestParam(required = false) @Nullable String error,
            @RequestParam(required = false) @Nullable String out,
            @RequestParam(required = false) @Nullable String ended,
            @RequestParam(required = false) @Nullable String welcome,
            @RequestParam(required = false) @Nullable String next,
            Model model) {
        if (actors.find().isPresent() && error == null) {
            return "redirect:/";
        }
        model.addAttribute("failed", error != null);
        model.addAttribute("out", out != null);
        model.addAttribute("ended", ended);
        model.addAttribute("welcome", welcome != null);
        model.addAttribute("next", Sessions.local(next));
        return "access/login";
    }
}
