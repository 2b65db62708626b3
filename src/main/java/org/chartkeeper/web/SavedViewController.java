package org.chartkeeper.web;

import java.util.UUID;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Keeps and deletes views of worklists. */
@Controller
class SavedViewController {

    private final CurrentActor current;
    private final SavedViews views;

    SavedViewController(CurrentActor current, SavedViews views) {
        this.current = current;
        this.views = views;
    }

    @PostMapping("/views")
    @Requires(Permission.SIGNED_IN)
    String save(
            @RequestParam String list,
            @RequestParam String name,
            @RequestParam(defaultValue = "") String query,
            @RequestParam(defaultValue = "false") boolean standard,
            RedirectAttributes flash) {
        SavedView view = views.save(current.get(), list, name, query, standard);
        flash.addFlashAttribute("done", "View kept");
        return "redirect:" + view.getPath();
    }

    @PostMapping("/views/{view}/delete")
    @Requires(Permission.SIGNED_IN)
    String delete(@PathVariable UUID view, RedirectAttributes flash) {
        String list = views.delete(current.get(), view);
        flash.addFlashAttribute("done", "View deleted");
        return "redirect:" + list;
    }
}
