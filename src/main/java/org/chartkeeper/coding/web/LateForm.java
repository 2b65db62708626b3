package org.chartkeeper.coding.web;

import static org.chartkeeper.coding.web.BenchController.first;
import static org.chartkeeper.coding.web.BenchController.number;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.chartkeeper.coding.CodeEdit;
import org.chartkeeper.coding.CodingCases.Desk;
import org.chartkeeper.coding.CodingCases.Differing;
import org.chartkeeper.coding.CodingCases.Happened;
import org.chartkeeper.coding.CodingCases.Late;
import org.chartkeeper.coding.CodingCases.Work;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/**
 * A form of the workbench, and what somebody chooses where it came too late: the fields of the first form are kept in it
 * with {@code mine.} before their names, and answered with {@code choice.NAME}, theirs or mine.
 *
 * @param mine the form as it was first sent
 * @param since the version that it was loaded with
 * @param choices by field; empty where nothing was to be chosen yet
 */
record LateForm(MultiValueMap<String, String> mine, int since, Map<String, String> choices) {

    private static final String KEPT = "mine.";
    private static final Set<String> NOT_KEPT = Set.of("_csrf", "version", "key", "patient");

    static LateForm of(MultiValueMap<String, String> form) {
        if (!first(form, "do").equals("settle")) {
            return new LateForm(form, number(form, "version"), Map.of());
        }
        MultiValueMap<String, String> mine = new LinkedMultiValueMap<>();
        Map<String, String> choices = new LinkedHashMap<>();
        form.forEach((name, values) -> {
            if (name.startsWith(KEPT)) {
                mine.put(name.substring(KEPT.length()), values);
            }
        });
        form.getOrDefault("asked", List.of()).forEach(name -> choices.put(name, first(form, "choice." + name)));
        return new LateForm(mine, number(form, "since"), choices);
    }

    /** The fields for which nothing was chosen. */
    List<Problem> open() {
        return choices.values().stream()
                        .anyMatch(choice -> !Set.of("mine", "theirs").contains(choice))
                ? List.of(Problem.error(null, "Choose for each field what is to stand."))
                : List.of();
    }

    /** Whether somebody chose to leave everything as it stands. */
    boolean dropped() {
        return !choices.isEmpty() && !choices.containsValue("mine");
    }

    /** The edit as chosen; empty where nothing of it is. */
    Optional<CodeEdit> settled(Optional<CodeEdit> edit) {
        if (choices.isEmpty()) {
            return edit;
        }
        return dropped()
                ? Optional.empty()
                : edit.map(each -> new CodeEdit.Settled(
                        each,
                        since,
                        choices.entrySet().stream()
                                .filter(choice -> choice.getValue().equals("mine"))
                                .map(Map.Entry::getKey)
                                .collect(Collectors.toSet())));
    }

    /**
     * What the workbench shows of it.
     *
     * @param last what happened last, null where nobody can tell
     * @param may whether the reader may still change the case
     */
    record Page(
            boolean step,
            int since,
            @Nullable Happened last,
            List<Happened> happened,
            List<Differing> fields,
            boolean may,
            Map<String, String> kept) {}

    /** @param step whether it is a step of the case, not an edit of its codes */
    Page page(Late late, Desk desk, boolean step) {
        Map<String, String> kept = new LinkedHashMap<>();
        mine.toSingleValueMap().forEach((name, value) -> {
            if (!NOT_KEPT.contains(name) && !value.isBlank() && (step || belongs(name))) {
                kept.put(name, value);
            }
        });
        return new Page(
                step,
                since,
                late.happened().isEmpty() ? null : late.happened().get(0),
                late.happened(),
                step ? List.of(field(desk)) : late.fields(),
                first(mine, "do").equals("reopen") ? desk.work().state().equals("final coded") : desk.mayWork(),
                kept);
    }

    /** Whether an edit reads this field: the form has those of every line. */
    private boolean belongs(String name) {
        String[] asked = first(mine, "do").split(":", -1);
        return Set.of("do", "list", "sentence").contains(name)
                || name.startsWith("add") && asked[0].startsWith("add")
                || asked.length > 1 && name.endsWith("-" + asked[1]);
    }

    // Steps of the case -----------------------------------------------------------------------------------------------

    private Differing field(Desk desk) {
        Work work = desk.work();
        return switch (first(mine, "do")) {
            case "claim" -> step("Held by", "was-owner", desk.ownerName(), "you");
            case "give-back" -> step("Held by", "was-owner", desk.ownerName(), null);
            case "priority" ->
                step(
                        "Priority",
                        "was-priority",
                        BenchPage.priority(work.priority()),
                        BenchPage.priority(number(mine, "priority")));
            case "payer" -> step("Payer", "was-payer", work.payer(), first(mine, "payer"));
            case "hold" -> state(work, "held: " + words(first(mine, "hold"), first(mine, "hold-note")));
            case "unhold" -> state(work, "off hold");
            case "finalize" -> state(work, "final coded");
            case "reopen" -> state(work, words("reopened", first(mine, "reopen-reason")));
            case "combine" -> state(work, words("combined", first(mine, "combine-reason")));
            default -> throw new NotFound("no such step");
        };
    }

    private Differing state(Work work, String asked) {
        return step("State of the case", "was-state", BenchPage.standing(work), asked);
    }

    private Differing step(String label, String was, @Nullable String theirs, @Nullable String asked) {
        String before = first(mine, was);
        return new Differing("all", label, before.isBlank() ? null : before, theirs, asked);
    }

    private static String words(String what, String note) {
        return note.isBlank() ? what : what + ", " + note.strip();
    }
}
