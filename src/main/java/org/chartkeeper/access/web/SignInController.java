package org.chartkeeper.access.web;

import java.util.Map;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.Open;
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
    String signIn(@RequestParam Map<String, String> asked, Model model) {
        if (actors.find().isPresent() && !asked.containsKey("error")) {
            return "redirect:/";
        }
        model.addAttribute("failed", asked.containsKey("error"));
        model.addAttribute("out", asked.containsKey("out"));
        model.addAttribute("ended", asked.get("ended"));
        model.addAttribute("welcome", asked.containsKey("welcome"));
        model.addAttribute("next", Sessions.local(asked.get("next")));
        return "access/login";
    }
}
