package org.chartkeeper.web;

import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The help: a short how-to for every page of the product. */
@Controller
class HelpController {

    @GetMapping("/help")
    @Requires(Permission.SIGNED_IN)
    String contents(Model model) {
        model.addAttribute("pages", HelpPages.TITLES);
        return "help/contents";
    }

    @GetMapping("/help/{page}")
    @Requires(Permission.SIGNED_IN)
    String page(@PathVariable String page, Model model) {
        String title = HelpPages.TITLES.get(page);
        if (title == null) {
            throw new NotFound("help page");
        }
        model.addAttribute("pages", HelpPages.TITLES);
        model.addAttribute("page", page);
        model.addAttribute("heading", title);
        return "help/page";
    }
}
