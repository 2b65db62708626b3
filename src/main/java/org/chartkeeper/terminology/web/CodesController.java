package org.chartkeeper.terminology.web;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chartkeeper.platform.NavigationEntry;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.terminology.CodeBook;
import org.chartkeeper.terminology.CodeLookup;
import org.chartkeeper.terminology.CodeSystem;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** Looks codes up: a page of its own, and the choices under a field. */
@Controller
class CodesController {

    private static final int SHOWN = 50;

    private final CodeLookup codes;
    private final CodeBook book;
    private final Clock clock;

    CodesController(CodeLookup codes, CodeBook book, Clock clock) {
        this.codes = codes;
        this.book = book;
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

    /** A code with what is above and below it and the instructions that it has from there. */
    @GetMapping("/codes/{system}/{code}")
    @Requires({Permission.CODE_SEARCH, Permission.VISIT_UPDATE})
    String code(
            @PathVariable String system,
            @PathVariable String code,
            @RequestParam(defaultValue = "") String on,
            Model model) {
        CodeSystem chosen = CodeSystem.ofKey(system).orElseThrow(() -> new NotFound("no code system " + system));
        LocalDate day = day(on);
        CodeBook.Concept concept =
                book.concept(chosen, code, day).orElseThrow(() -> new NotFound("no loaded release has this code"));
        List<CodeBook.Concept> above = new ArrayList<>();
        Optional<CodeBook.Concept> next = book.parent(chosen, concept.code(), day);
        while (next.isPresent()) {
            above.add(0, next.get());
            next = book.parent(chosen, next.get().code(), day);
        }
        boolean diagnosis = chosen == CodeSystem.ICD10CM;
        model.addAttribute("concept", concept);
        model.addAttribute("standing", standing(book.standing(chosen, code, day)));
        model.addAttribute("above", above);
        model.addAttribute("below", book.children(chosen, concept.code(), day));
        model.addAttribute("notes", diagnosis ? notes(book.instructions(code, day)) : List.of());
        model.addAttribute(
                "seventh", diagnosis ? book.seventhCharacters(code, day).orElse(null) : null);
        model.addAttribute("successors", diagnosis && concept.to() != null ? book.successors(code) : List.of());
        model.addAttribute("on", on.isBlank() ? null : day.toString());
        return "terminology/code";
    }

    private static String standing(CodeBook.Standing standing) {
        return switch (standing) {
            case VALID -> "can be reported";
            case HEADING -> "too general, choose below";
            case ENDED -> "has ended";
            case NOT_YET -> "begins later";
            case UNKNOWN, NO_RELEASE -> "in no loaded release of that day";
        };
    }

    /** Instructions of one kind at one place are one list, in the order in which they count: the nearest first. */
    private static List<Note> notes(List<CodeBook.Instruction> instructions) {
        Map<String, Note> notes = new LinkedHashMap<>();
        for (CodeBook.Instruction one : instructions) {
            notes.computeIfAbsent(
                            one.statedAt() + ' ' + one.kind(),
                            key -> new Note(kind(one.kind()), one.statedAt(), one.edition(), new ArrayList<>()))
                    .texts
                    .add(one.text());
        }
        return List.copyOf(notes.values());
    }

    private static String kind(CodeBook.InstructionKind kind) {
        return switch (kind) {
            case INCLUDES -> "Includes";
            case INCLUSION_TERM -> "Also called";
            case EXCLUDES1 -> "Excludes 1: never together";
            case EXCLUDES2 -> "Excludes 2: not included here";
            case CODE_FIRST -> "Code first";
            case USE_ADDITIONAL -> "Use additional code";
            case CODE_ALSO -> "Code also";
            case NOTE -> "Note";
        };
    }

    /** Instructions of one kind at one place. */
    record Note(String kind, String statedAt, String edition, List<String> texts) {}

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
