package org.chartkeeper.terminology.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.NavigationEntry;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.terminology.CodeBook;
import org.chartkeeper.terminology.CodeChoices;
import org.chartkeeper.terminology.CodeLookup;
import org.chartkeeper.terminology.CodeSystem;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;

/** Looks codes up: a page of its own, and the choices under a field. */
@Controller
class CodesController {

    private static final int SHOWN = 50;
    private static final String ALL = "all";
    /** Before it a first day stands for none: the files of drugs and packages say no day. */
    private static final int FIRST_YEAR = 1901;

    /** A code within the words of an instruction. */
    private static final Pattern CODE = Pattern.compile("\\b[A-Z]\\d[0-9A-Z](?:\\.[0-9A-Z]{1,4})?(?![0-9A-Za-z])");

    private final CodeLookup codes;
    private final CodeBook book;
    private final CodeChoices choices;
    private final CurrentActor actor;
    private final Clock clock;

    CodesController(CodeLookup codes, CodeBook book, CodeChoices choices, CurrentActor actor, Clock clock) {
        this.codes = codes;
        this.book = book;
        this.choices = choices;
        this.actor = actor;
        this.clock = clock;
    }

    @GetMapping("/codes")
    @Requires({Permission.CODE_SEARCH, Permission.VISIT_UPDATE})
    String page(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = ALL) String system,
            @RequestParam(defaultValue = "") String on,
            Model model,
            HttpServletResponse response) {
        List<Problem> problems = problems(system, on);
        if (!problems.isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        }
        boolean asked = problems.isEmpty() && !q.isBlank() && q.length() <= CodeLookup.LONGEST;
        CodeSystem chosen = CodeSystem.ofKey(key(system)).orElse(null);
        LocalDate day = day(on).orElseGet(() -> LocalDate.now(clock));
        model.addAttribute("problems", problems);
        model.addAttribute("longest", CodeLookup.LONGEST);
        model.addAttribute("q", q);
        model.addAttribute("on", on.isBlank() || day(on).isEmpty() ? "" : day.toString());
        model.addAttribute("system", chosen);
        model.addAttribute("systems", Arrays.asList(CodeSystem.values()));
        CodeChoices.Own own = choices.of(actor.get(), null);
        model.addAttribute("codes", asked ? rows(codes.matches(chosen, q, day, SHOWN), own, day) : List.of());
        model.addAttribute("favorites", rows(own.favorites(), own, day));
        model.addAttribute("recent", rows(own.recent(), own, day));
        model.addAttribute("release", chosen == null ? null : codes.release(chosen));
        model.addAttribute("full", chosen == null || codes.full(chosen));
        return "terminology/codes";
    }

    private static String key(String system) {
        return system.strip().toLowerCase(Locale.ROOT);
    }

    /** A system or a day that there is not: what was asked for must not be answered as something else. */
    private List<Problem> problems(String system, String on) {
        List<Problem> problems = new ArrayList<>();
        if (!key(system).equals(ALL) && CodeSystem.ofKey(key(system)).isEmpty()) {
            problems.add(Problem.error(
                    "system",
                    "There is no code system " + system + "; choose one of " + ALL + ", "
                            + Arrays.stream(CodeSystem.values())
                                    .map(CodeSystem::id)
                                    .collect(Collectors.joining(", "))));
        }
        if (day(on).isEmpty()) {
            problems.add(Problem.error("on", "The day " + on + " is none; write it as year-month-day: 2026-03-31"));
        }
        return problems;
    }

    private List<Row> rows(List<CodeLookup.Match> found, CodeChoices.Own own, LocalDate day) {
        return found.stream()
                .map(match -> {
                    CodeLookup.Code code = match.code();
                    LocalDate to = match.validTo();
                    return new Row(
                            code,
                            match.validFrom(),
                            to,
                            !code.code().isEmpty(),
                            own.keeps(code.system(), code.code()),
                            to != null && to.isBefore(day));
                })
                .toList();
    }

    /**
     * A line of a list of codes.
     *
     * @param linked whether it has a code and so a page
     * @param kept whether it is a favorite
     */
    record Row(
            CodeLookup.Code code,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            boolean linked,
            boolean kept,
            boolean ended) {}

    @GetMapping(path = "/codes", produces = MediaType.APPLICATION_JSON_VALUE)
    @Requires({Permission.CODE_SEARCH, Permission.VISIT_UPDATE})
    @ResponseBody
    ResponseEntity<Object> choices(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = ALL) String system,
            @RequestParam(defaultValue = "") String on,
            @RequestParam(defaultValue = "12") String limit) {
        List<Problem> problems = new ArrayList<>(problems(system, on));
        if (!limit.matches("0*[1-9]\\d{0,5}")) {
            problems.add(Problem.error("limit", "The limit " + limit + " is no number from 1 to " + SHOWN));
        }
        if (q.length() > CodeLookup.LONGEST) {
            problems.add(Problem.error("q", "No more than " + CodeLookup.LONGEST + " characters are searched for"));
        }
        if (!problems.isEmpty()) {
            return ResponseEntity.unprocessableContent()
                    .body(new Refused(problems.stream().map(Problem::message).toList()));
        }
        CodeSystem chosen = CodeSystem.ofKey(key(system)).orElse(null);
        int most = Math.min(Integer.parseInt(limit), SHOWN);
        if (q.isBlank()) {
            CodeChoices.Own own = choices.of(actor.get(), chosen);
            return ResponseEntity.ok(new Choices(Stream.concat(
                            own.favorites().stream().map(found -> choice(found, "favorite")),
                            own.recent().stream().map(found -> choice(found, "recent")))
                    .limit(most)
                    .toList()));
        }
        return ResponseEntity.ok(new Choices(codes.matches(chosen, q, day(on).orElseThrow(), most).stream()
                .map(found -> choice(found, null))
                .toList()));
    }

    private static Choice choice(CodeLookup.Match found, @Nullable String own) {
        return new Choice(
                found.code().system().id(),
                found.code().code(),
                found.code().display(),
                !found.code().general(),
                found.validFrom(),
                found.validTo(),
                found.code().kind(),
                own);
    }

    /** Notes what was picked in a field. */
    @PostMapping("/codes/{system}/{code}/picked")
    @Requires({Permission.CODE_SEARCH, Permission.VISIT_UPDATE})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void picked(@PathVariable String system, @PathVariable String code) {
        choices.used(actor.get(), system(system), code);
    }

    /** Keeps a code at hand or no longer; goes back to where that was asked for. */
    @PostMapping("/codes/{system}/{code}/favorite")
    @Requires({Permission.CODE_SEARCH, Permission.VISIT_UPDATE})
    String favorite(
            @PathVariable String system,
            @PathVariable String code,
            @RequestParam boolean keep,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String among,
            @RequestParam(defaultValue = "") String on,
            RedirectAttributes redirect) {
        choices.favorite(actor.get(), system(system), code, keep);
        redirect.addFlashAttribute("done", keep ? code + " is a favorite" : code + " is no favorite any more");
        UriComponentsBuilder back = UriComponentsBuilder.fromPath("/codes");
        if (among.isEmpty()) {
            back.pathSegment("{system}", "{code}");
        } else {
            back.queryParam("system", "{among}");
            if (!q.isBlank()) {
                back.queryParam("q", "{q}");
            }
        }
        if (!on.isBlank()) {
            back.queryParam("on", "{on}");
        }
        return "redirect:"
                + back.encode()
                        .buildAndExpand(Map.of("system", system, "code", code, "among", among, "q", q, "on", on));
    }

    private static CodeSystem system(String key) {
        return CodeSystem.ofKey(key).orElseThrow(() -> new NotFound("no code system " + key));
    }

    /** A code with what is above and below it and the instructions that it has from there. */
    @GetMapping("/codes/{system}/{code}")
    @Requires({Permission.CODE_SEARCH, Permission.VISIT_UPDATE})
    String code(
            @PathVariable String system,
            @PathVariable String code,
            @RequestParam(defaultValue = "") String on,
            Model model) {
        CodeSystem chosen = system(system);
        LocalDate day = day(on).orElseThrow(() -> new NotFound("no day " + on));
        Optional<CodeBook.Concept> loaded = book.concept(chosen, code, day);
        CodeBook.Concept concept = loaded.or(() -> starter(chosen, code))
                .orElseThrow(() -> new NotFound("no loaded release has this code"));
        List<CodeBook.Concept> above = new ArrayList<>();
        Optional<CodeBook.Concept> next = book.parent(chosen, concept.code(), day);
        while (next.isPresent()) {
            above.add(0, next.get());
            next = book.parent(chosen, next.get().code(), day);
        }
        boolean diagnosis = chosen == CodeSystem.ICD10CM;
        choices.used(actor.get(), chosen, concept.code());
        model.addAttribute("favorite", choices.of(actor.get(), chosen).keeps(chosen, concept.code()));
        model.addAttribute("concept", concept);
        model.addAttribute("since", concept.from().getYear() < FIRST_YEAR ? null : concept.from());
        model.addAttribute(
                "standing",
                standing(
                        loaded.isPresent()
                                ? book.standing(chosen, code, day)
                                : concept.billable() ? CodeBook.Standing.VALID : CodeBook.Standing.HEADING));
        model.addAttribute("starter", loaded.isEmpty());
        model.addAttribute("above", above);
        model.addAttribute("below", book.children(chosen, concept.code(), day));
        model.addAttribute("notes", diagnosis ? notes(concept.code(), book.instructions(code, day), day) : List.of());
        model.addAttribute(
                "seventh", diagnosis ? book.seventhCharacters(code, day).orElse(null) : null);
        model.addAttribute("successors", diagnosis && concept.to() != null ? book.successors(code) : List.of());
        model.addAttribute("on", on.isBlank() ? null : day.toString());
        return "terminology/code";
    }

    /** What stands in where no full release of the system is loaded. */
    private Optional<CodeBook.Concept> starter(CodeSystem system, String code) {
        return codes.full(system)
                ? Optional.empty()
                : codes.find(system, code)
                        .map(found -> new CodeBook.Concept(
                                system, found.code(), found.display(), !found.general(), LocalDate.MIN, null, ""));
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
    private List<Note> notes(String code, List<CodeBook.Instruction> instructions, LocalDate day) {
        Map<String, Note> notes = new LinkedHashMap<>();
        for (CodeBook.Instruction one : instructions) {
            String at = one.statedAt();
            notes.computeIfAbsent(
                            at + ' ' + one.kind(),
                            key -> new Note(kind(one.kind()), at, !at.equals(code), one.edition(), new ArrayList<>()))
                    .texts
                    .add(parts(one.text(), day));
        }
        return List.copyOf(notes.values());
    }

    /** The text in pieces, those that are codes of the day by themselves. */
    private List<Part> parts(String text, LocalDate day) {
        List<Part> parts = new ArrayList<>();
        int end = 0;
        Matcher codes = CODE.matcher(text);
        while (codes.find()) {
            if (book.concept(CodeSystem.ICD10CM, codes.group(), day).isPresent()) {
                parts.add(new Part(text.substring(end, codes.start()), false));
                parts.add(new Part(codes.group(), true));
                end = codes.end();
            }
        }
        parts.add(new Part(text.substring(end), false));
        return parts;
    }

    /** A piece of an instruction: a code, or what stands around it. */
    record Part(String text, boolean code) {}

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

    /**
     * Instructions of one kind at one place.
     *
     * @param inherited whether they stand above the code and hold for it, too
     */
    record Note(String kind, String statedAt, boolean inherited, String edition, List<List<Part>> texts) {}

    /** Today where none is said; empty where it cannot be read. */
    private Optional<LocalDate> day(String typed) {
        try {
            return Optional.of(typed.isBlank() ? LocalDate.now(clock) : LocalDate.parse(typed.strip()));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    /** Why nothing was looked for. */
    record Refused(List<String> problems) {}

    /** What was found, best first. */
    record Choices(List<Choice> results) {}

    /**
     * A choice under a field.
     *
     * @param billable whether it can be reported as it is; else a code below it must be chosen
     * @param kind of an allergen its category
     * @param own favorite or recent, where nothing was typed; else null
     */
    record Choice(
            String system,
            String code,
            String display,
            boolean billable,
            @Nullable LocalDate validFrom,
            @Nullable LocalDate validTo,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) String kind,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String own) {}

    /** The link in the rail. */
    @Configuration(proxyBeanMethods = false)
    static class Navigation {

        @Bean
        NavigationEntry codesLink() {
            return new NavigationEntry("Coding", "Codes", "/codes", 49, Permission.CODE_SEARCH, null);
        }
    }
}
