package org.chartkeeper.terminology.web;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.chartkeeper.platform.NavigationEntry;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.terminology.CodeLookup;
import org.chartkeeper.terminology.CodeSystem;
import org.jspecify.annotations.Nullable;
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

    private final CodeLookup codes;
    private final Clock clock;

    CodesController(CodeLookup codes, Clock clock) {
        this.codes = codes;
        this.clock = clock;
    }

    @GetMapping("/codes")
    @Requires({Permission.CODE_SEARCH, Permission.VISIT_UPDATE})
    String page(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "icd-10-cm") String system,
            @RequestParam(defaultValue = "") String on,
            Model model) {
        CodeSystem chosen = CodeSystem.ofKey(system).orElse(CodeSystem.ICD10CM);
        LocalDate day = day(on);
        model.addAttribute("q", q);
        model.addAttribute("on", on.isBlank() ? "" : day.toString());
        model.addAttribute("system", chosen);
        model.addAttribute("systems", Arrays.asList(CodeSystem.values()));
        model.addAttribute("codes", codes.matches(chosen, q, day, SHOWN));
        model.addAttribute("release", codes.release(chosen));
        model.addAttribute("full", codes.full(chosen));
        return "terminology/codes";
    }

    @GetMapping(path = "/codes", produces = MediaType.APPLICATION_JSON_VALUE)
    @Requires({Permission.CODE_SEARCH, Permission.VISIT_UPDATE})
    @ResponseBody
    Choices choices(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "icd-10-cm") String system,
            @RequestParam(defaultValue = "") String on,
            @RequestParam(defaultValue = "12") int limit) {
        CodeSystem chosen =
                system.equals("all") ? null : CodeSystem.ofKey(system).orElse(CodeSystem.ICD10CM);
        int most = Math.max(1, Math.min(limit, SHOWN));
        return new Choices(codes.matches(chosen, q, day(on), most).stream()
                .map(found -> new Choice(
                        found.code().system().id(),
                        found.code().code(),
                        found.code().display(),
                        !found.code().general(),
                        found.validFrom(),
                        found.validTo(),
                        found.code().kind()))
                .toList());
    }

    /** A day that cannot be read is today: a search never fails for it. */
    private LocalDate day(String typed) {
        try {
            return typed.isBlank() ? LocalDate.now(clock) : LocalDate.parse(typed.strip());
        } catch (DateTimeException unreadable) {
            return LocalDate.now(clock);
        }
    }

    /** What was found, best first. */
    record Choices(List<Choice> results) {}

    /**
     * A choice under a field.
     *
     * @param billable whether it can be reported as it is; else a code below it must be chosen
     * @param kind of an allergen its category
     */
    record Choice(
            String system,
            String code,
            String display,
            boolean billable,
            @Nullable LocalDate validFrom,
            @Nullable LocalDate validTo,
            String kind) {}

    /** The link in the rail. */
    @Configuration(proxyBeanMethods = false)
    static class Navigation {

        @Bean
        NavigationEntry codesLink() {
            return new NavigationEntry("Coding", "Codes", "/codes", 49, Permission.CODE_SEARCH, null);
        }
    }
}
