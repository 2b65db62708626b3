package org.chartkeeper.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Set;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.UserId;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** How a person wants the pages: theme, density, single-letter keys. */
@Controller
class PreferencesController {

    private final CurrentActor current;
    private final PreferenceStore store;
    private final Rail rail;

    PreferencesController(CurrentActor current, PreferenceStore store, Rail rail) {
        this.current = current;
        this.store = store;
        this.rail = rail;
    }

    @GetMapping("/account/preferences")
    @Requires(Permission.SIGNED_IN)
    String show(Model model) {
        Preferences now = store.of(current.get().user());
        Form form = new Form();
        form.setTheme(now.theme());
        form.setDensity(now.density());
        form.setShortcuts(now.shortcuts());
        return page(model, form);
    }

    @PostMapping("/account/preferences")
    @Requires(Permission.SIGNED_IN)
    String save(
            @ModelAttribute("form") Form form,
            BindingResult result,
            Model model,
            RedirectAttributes flash,
            HttpServletResponse response) {
        if (!Set.of("system", "light", "dark").contains(form.getTheme())) {
            result.rejectValue("theme", "choose", "Choose a theme of the list");
        }
        if (!Set.of("comfortable", "compact").contains(form.getDensity())) {
            result.rejectValue("density", "choose", "Choose a density of the list");
        }
        if (result.hasErrors()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return page(model, form);
        }
        UserId user = current.get().user();
        store.save(user, new Preferences(form.getTheme(), form.getDensity(), form.isShortcuts()));
        rail.forget(user);
        flash.addFlashAttribute("done", "Preferences saved");
        return "redirect:/account/preferences";
    }

    private static String page(Model model, Form form) {
        model.addAttribute("form", form);
        model.addAttribute(
                "themes",
                List.of(
                        new Option("system", "As the computer is set"),
                        new Option("light", "Light"),
                        new Option("dark", "Dark")));
        model.addAttribute(
                "densities", List.of(new Option("comfortable", "Comfortable"), new Option("compact", "Compact")));
        return "web/preferences";
    }

    /** A choice of a list. */
    record Option(String value, String label) {}

    /** What the form holds. */
    static class Form {

        private String theme = "";
        private String density = "";
        private boolean shortcuts;

        public String getTheme() {
            return theme;
        }

        public void setTheme(String theme) {
            this.theme = theme;
        }

        public String getDensity() {
            return density;
        }

        public void setDensity(String density) {
            this.density = density;
        }

        public boolean isShortcuts() {
            return shortcuts;
        }

        public void setShortcuts(boolean shortcuts) {
            this.shortcuts = shortcuts;
        }
    }
}
