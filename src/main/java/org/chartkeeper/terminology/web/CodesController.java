package org.chartkeeper.terminology.web;

import java.util.Arrays;
import java.util.List;
import org.chartkeeper.platform.NavigationEntry;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.terminology.CodeLookup;
import org.chartkeeper.terminology.CodeSystem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** Looks codes up: a page of its own, and the choices under a field. */
@Controller
class CodesController {

    private static final int SHOWN = 50;
    private static final int CHOICES = 12;

    private final CodeLookup codes;

    CodesController(CodeLookup codes) {
        this.codes = codes;
    }

    @GetMapping("/codes")
    @Requires({Permission.CODE_SEARCH, Permission.VISIT_UPDATE})
    String page(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "icd-10-cm") String system,
            Model model) {
        CodeSystem chosen = CodeSystem.ofKey(system).orElse(CodeSystem.ICD10CM);
        model.addAttribute("q", q);
        model.addAttribute("system", chosen);
        model.addAttribute("systems", Arrays.asList(CodeSystem.values()));
        model.addAttribute("codes", codes.search(chosen, q, SHOWN));
        model.addAttribute("release", codes.release(chosen));
        return "terminology/codes";
    }

    @GetMapping(path = "/codes", produces = MediaType.APPLICATION_JSON_VALUE)
    @Requires({Permission.CODE_SEARCH, Permission.VISIT_UPDATE})
    @ResponseBody
    List<Choice> choices(
            @RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "icd-10-cm") String system) {
        return codes.search(CodeSystem.ofKey(system).orElse(CodeSystem.ICD10CM), q, CHOICES).stream()
                .map(code -> new Choice(code.code(), code.display(), code.kind(), code.general()))
                .toList();
    }

    /** A choice under a field. */
    record Choice(String code, String display, String kind, boolean general) {}

    /** The link in the rail. */
    @Configuration(proxyBeanMethods = false)
    static class Navigation {

        @Bean
        NavigationEntry codesLink() {
            return new NavigationEntry("Coding", "Codes", "/codes", 49, Permission.CODE_SEARCH, null);
        }
    }
}
