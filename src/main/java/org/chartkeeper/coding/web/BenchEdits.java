package org.chartkeeper.coding.web;

import static org.chartkeeper.coding.web.BenchController.first;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.chartkeeper.coding.CodeEdit;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.TypedDate;
import org.chartkeeper.terminology.CodeSystem;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** Reads what a button of the workbench asks for. Its value is a word and what it is about, with colons between. */
final class BenchEdits {

    private BenchEdits() {}

    /** Empty where the button asks for nothing. */
    static Optional<CodeEdit> read(MultiValueMap<String, String> form, LocalDate today) {
        String[] asked = first(form, "do").split(":", -1);
        String about = asked.length > 1 ? asked[1] : "";
        String more = asked.length > 2 ? asked[2] : "";
        return Optional.ofNullable(
                switch (asked[0]) {
                    case "add" -> add(form, false);
                    case "add-procedure" -> add(form, true);
                    case "take" -> take(about, asked);
                    case "remove" -> new CodeEdit.Remove(id(about));
                    case "replace" -> new CodeEdit.Replace(id(about), more);
                    case "up" -> new CodeEdit.Move(id(about), -1);
                    case "down" -> new CodeEdit.Move(id(about), 1);
                    case "place" -> new CodeEdit.Place(id(about), more.isEmpty() ? null : id(more));
                    case "role" -> new CodeEdit.Role(id(about), more);
                    case "poa" -> new CodeEdit.Poa(id(about), more);
                    case "detail" -> detail(form, id(about), today);
                    case "link" -> link(form, id(about));
                    case "unlink" -> new CodeEdit.Unlink(id(about), id(more));
                    case "unsupported" -> new CodeEdit.Unsupported(id(about), first(form, "unsupported-" + about));
                    case "stands" -> new CodeEdit.Stands(id(about));
                    case "repair" -> new CodeEdit.Repair(about);
                    case "answer" -> new CodeEdit.Answer(about, first(form, "why-" + about));
                    case "unanswer" -> new CodeEdit.Unanswer(about);
                    default -> null;
                });
    }

    private static UUID id(String text) {
        return BenchController.uuid(text);
    }

    private static CodeEdit add(MultiValueMap<String, String> form, boolean procedure) {
        String field = procedure ? "add-procedure" : "add";
        String code = first(form, field + ".code").isBlank() ? first(form, field) : first(form, field + ".code");
        String role = first(form, "add-role");
        return new CodeEdit.Add(
                procedure,
                null,
                code,
                procedure || role.isEmpty() ? null : role,
                words(first(form, "sentence")),
                "typed");
    }

    /** A suggestion: system, code and the words that it rests on stand in the button's value. */
    private static CodeEdit take(String system, String[] asked) {
        CodeSystem of = CodeSystem.ofKey(system).orElseThrow(() -> new NotFound("no code system " + system));
        String key = asked.length > 5 ? asked[3] + ":" + asked[4] + ":" + asked[5] : "";
        return new CodeEdit.Add(
                of != CodeSystem.ICD10CM, of, asked.length > 2 ? asked[2] : "", null, words(key), "suggestion");
    }

    private static CodeEdit link(MultiValueMap<String, String> form, UUID line) {
        CodeEdit.Words words = words(first(form, "sentence"));
        if (words == null) {
            throw new Rejected(List.of(Problem.error("sources", "Choose the sentence that supports the code first.")));
        }
        return new CodeEdit.Link(line, words);
    }

    /** The chosen sentence; null where none is chosen. */
    static CodeEdit.@Nullable Words words(String key) {
        return CodeEdit.Words.of(key).orElse(null);
    }

    private static CodeEdit detail(MultiValueMap<String, String> form, UUID line, LocalDate today) {
        List<Problem> problems = new ArrayList<>();
        String on = first(form, "on-" + line);
        LocalDate day = null;
        if (!on.isBlank()) {
            day = TypedDate.past(on, today)
                    .filter(date -> date.from().equals(date.to()))
                    .map(PartialDate::from)
                    .orElse(null);
            if (day == null) {
                problems.add(Problem.error("on-" + line, "Type the date as 3/7/2026 or 7 Mar 2026."));
            }
        }
        BigDecimal units = null;
        String typed = first(form, "units-" + line).strip();
        if (!typed.isEmpty()) {
            if (typed.matches("\\d{1,6}(\\.\\d{1,3})?")) {
                units = new BigDecimal(typed);
            } else {
                problems.add(Problem.error("units-" + line, "Units are a number."));
            }
        }
        String pointers = first(form, "pointers-" + line).strip();
        if (!pointers.matches("(\\d{1,2}([,\\s]+\\d{1,2})*)?")) {
            problems.add(Problem.error("pointers-" + line, "Pointers are numbers of the diagnoses above: 1, 2."));
        }
        if (!problems.isEmpty()) {
            throw new Rejected(problems);
        }
        String performer = first(form, "performer-" + line);
        return new CodeEdit.Detail(
                line,
                day,
                performer.isBlank() ? null : PractitionerId.of(performer),
                Arrays.stream(first(form, "modifiers-" + line).split("[,\\s]+"))
                        .filter(each -> !each.isBlank())
                        .toList(),
                units,
                pointers.isEmpty()
                        ? List.of()
                        : Arrays.stream(pointers.split("[,\\s]+"))
                                .map(Integer::valueOf)
                                .toList());
    }
}
