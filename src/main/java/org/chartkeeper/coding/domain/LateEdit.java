package org.chartkeeper.coding.domain;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chartkeeper.access.Directory;
import org.chartkeeper.coding.CodeEdit;
import org.chartkeeper.coding.CodingCases.Desk;
import org.chartkeeper.coding.CodingCases.Differing;
import org.chartkeeper.coding.CodingCases.Line;
import org.chartkeeper.coding.CodingCases.Linked;
import org.chartkeeper.coding.CodingCases.Told;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Rejected;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Sets an edit of codes that came too late beside what stood when it was begun and what others made of it since. */
@Component
class LateEdit {

    /** The name of what an edit changes that has one field. */
    private static final String ALL = "all";

    private static final Set<String> FIELDS = Set.of("on", "performer", "modifiers", "units", "pointers");

    private final JsonMapper json;

    LateEdit(JsonMapper json) {
        this.json = json;
    }

    /** Words of an entry as the history keeps them. */
    record Quote(
            UUID entry, int version, String quote, @Nullable String label) {}

    /** A line as the history keeps it. */
    record Was(
            UUID id,
            String section,
            String system,
            String code,
            @Nullable String role,
            @Nullable String poa,
            @Nullable LocalDate on,
            @Nullable String performer,
            @Nullable UUID performerId,
            @Nullable String modifiers,
            @Nullable BigDecimal units,
            @Nullable String pointers,
            @Nullable String unsupported,
            List<Quote> evidence) {}

    List<Was> read(String codes) {
        return json.readValue(codes, new TypeReference<List<Was>>() {});
    }

    static @Nullable Was line(List<Was> base, @Nullable UUID id) {
        return base.stream().filter(each -> each.id().equals(id)).findFirst().orElse(null);
    }

    /** The line that an edit is about; null where it is about none that was there. */
    static @Nullable UUID line(CodeEdit edit) {
        return switch (edit) {
            case CodeEdit.Remove it -> it.line();
            case CodeEdit.Replace it -> it.line();
            case CodeEdit.Move it -> it.line();
            case CodeEdit.Place it -> it.line();
            case CodeEdit.Role it -> it.line();
            case CodeEdit.Poa it -> it.line();
            case CodeEdit.Detail it -> it.line();
            case CodeEdit.Link it -> it.line();
            case CodeEdit.Unlink it -> it.line();
            case CodeEdit.Unsupported it -> it.line();
            case CodeEdit.Stands it -> it.line();
            case CodeEdit.Settled it -> line(it.edit());
            case CodeEdit.Add it -> null;
            case CodeEdit.Repair it -> null;
            case CodeEdit.Answer it -> null;
            case CodeEdit.Unanswer it -> null;
        };
    }

    // Settling --------------------------------------------------------------------------------------------------------

    /** The edit with what was chosen of it; what was not chosen stays as it stands now. */
    static CodeEdit settled(CodeEdit.Settled settled, List<Was> base, List<CodeEntity> coded) {
        if (!(settled.edit() instanceof CodeEdit.Detail mine)) {
            return settled.edit();
        }
        CodeEntity stands = coded.stream()
                .filter(each -> each.id.equals(mine.line()))
                .findFirst()
                .orElseThrow(() -> new Rejected("This code is no longer in the case."));
        Set<String> chosen = settled.mine().contains(ALL) ? FIELDS : settled.mine();
        Map<UUID, Integer> now = LineDesk.numbers(coded).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
        return new CodeEdit.Detail(
                mine.line(),
                chosen.contains("on") ? mine.on() : stands.doneOn,
                chosen.contains("performer")
                        ? mine.performer()
                        : stands.performer == null ? null : new PractitionerId(stands.performer),
                chosen.contains("modifiers") ? mine.modifiers() : stands.modifierList(),
                chosen.contains("units") ? mine.units() : stands.units,
                chosen.contains("pointers")
                        ? mine.pointers().stream()
                                .map(number -> diagnosis(base, number))
                                .map(id -> id == null ? null : now.get(id))
                                .filter(Objects::nonNull)
                                .toList()
                        : stands.pointerList());
    }

    /** The diagnosis that had a number. */
    private static @Nullable UUID diagnosis(List<Was> base, int number) {
        return base.stream()
                .filter(each -> each.section().equals(CodeEntity.DIAGNOSIS))
                .skip(Math.max(0, number - 1))
                .findFirst()
                .map(Was::id)
                .orElse(null);
    }

    // Showing ---------------------------------------------------------------------------------------------------------

    /** Both ends of a line in words of pages, with where it stood and stands. */
    private record Sides(
            List<Was> base,
            Desk desk,
            @Nullable Was was,
            @Nullable Line now) {

        Differing of(
                String name,
                String label,
                Function<Was, @Nullable String> before,
                Function<Line, @Nullable String> after,
                @Nullable String mine) {
            return new Differing(
                    name, label, was == null ? null : before.apply(was), now == null ? null : after.apply(now), mine);
        }

        String code() {
            return now != null ? now.code() : was != null ? was.code() : "";
        }
    }

    /** The fields in which base, theirs and mine are not all the same. */
    static List<Differing> fields(List<Was> base, Desk desk, CodeEdit edit) {
        UUID id = line(edit);
        Line now = id == null
                ? null
                : lines(desk).filter(each -> each.id().equals(id)).findFirst().orElse(null);
        Sides sides = new Sides(base, desk, line(base, id), now);
        if (id != null && now == null) {
            return List.of(sides.of(
                    ALL,
                    sides.code(),
                    LateEdit::whole,
                    LateEdit::whole,
                    edit instanceof CodeEdit.Remove ? null : "with it, " + asked(sides, edit)));
        }
        return (edit instanceof CodeEdit.Detail detail ? details(sides, detail) : List.of(field(sides, edit)))
                .stream()
                        .filter(each -> !Objects.equals(each.base(), each.theirs())
                                || !Objects.equals(each.theirs(), each.mine()))
                        .toList();
    }

    private static Stream<Line> lines(Desk desk) {
        return Stream.concat(desk.diagnoses().stream(), desk.procedures().stream());
    }

    private static List<Differing> details(Sides sides, CodeEdit.Detail mine) {
        return List.of(
                sides.of("on", "Day of " + sides.code(), was -> day(was.on()), now -> day(now.on()), day(mine.on())),
                sides.of(
                        "performer",
                        "Performer of " + sides.code(),
                        Was::performer,
                        Line::performerName,
                        performer(sides.desk(), mine)),
                sides.of(
                        "modifiers",
                        "Modifiers of " + sides.code(),
                        was -> blank(
                                was.modifiers() == null ? "" : was.modifiers().replace(',', ' ')),
                        now -> blank(String.join(" ", now.modifiers())),
                        blank(String.join(" ", mine.modifiers()).toUpperCase(java.util.Locale.ROOT))),
                sides.of(
                        "units",
                        "Units of " + sides.code(),
                        was -> units(was.units()),
                        now -> units(now.units()),
                        units(mine.units())),
                sides.of(
                        "pointers",
                        sides.code() + " is for",
                        was -> pointed(sides.base(), numbers(was.pointers())),
                        now -> blank(now.pointers().stream()
                                .map(number ->
                                        number <= sides.desk().diagnoses().size()
                                                ? sides.desk()
                                                        .diagnoses()
                                                        .get(number - 1)
                                                        .code()
                                                : String.valueOf(number))
                                .collect(Collectors.joining(", "))),
                        pointed(sides.base(), mine.pointers())));
    }

    private static Differing field(Sides sides, CodeEdit edit) {
        String code = sides.code();
        return switch (edit) {
            case CodeEdit.Add add -> added(sides, add);
            case CodeEdit.Remove remove -> sides.of(ALL, code, LateEdit::whole, LateEdit::whole, asked(sides, edit));
            case CodeEdit.Replace replace -> sides.of(ALL, "Code", Was::code, Line::code, asked(sides, edit));
            case CodeEdit.Role role ->
                sides.of(
                        ALL,
                        "Role of " + code,
                        was -> role(was.role(), first(sides.base(), role.role())),
                        now -> role(now.role(), first(sides.desk(), role.role())),
                        asked(sides, edit));
            case CodeEdit.Poa poa ->
                sides.of(ALL, "Present on admission, " + code, Was::poa, Line::poa, asked(sides, edit));
            case CodeEdit.Unsupported reason ->
                sides.of(
                        ALL,
                        "Why " + code + " has no evidence",
                        Was::unsupported,
                        Line::unsupported,
                        asked(sides, edit));
            case CodeEdit.Stands stands ->
                sides.of(
                        ALL,
                        code,
                        was -> "to be looked at again",
                        now -> now.toReview() == null ? "it stands" : "to be looked at again",
                        asked(sides, edit));
            case CodeEdit.Link link -> evidence(sides, edit);
            case CodeEdit.Unlink unlink -> evidence(sides, edit);
            case CodeEdit.Move move -> place(sides, edit);
            case CodeEdit.Place place -> place(sides, edit);
            case CodeEdit.Detail detail -> throw new IllegalArgumentException("many fields: " + detail);
            case CodeEdit.Repair repair -> finding(sides, repair.finding(), edit);
            case CodeEdit.Answer answer -> finding(sides, answer.finding(), edit);
            case CodeEdit.Unanswer unanswer -> finding(sides, unanswer.finding(), edit);
            case CodeEdit.Settled settled -> field(sides, settled.edit());
        };
    }

    /** What was asked for, in words. */
    private static @Nullable String asked(Sides sides, CodeEdit edit) {
        return switch (edit) {
            case CodeEdit.Remove it -> null;
            case CodeEdit.Replace it -> it.code();
            case CodeEdit.Role it -> role(it.role(), null);
            case CodeEdit.Poa it -> blank(it.value());
            case CodeEdit.Unsupported it -> blank(it.reason().strip());
            case CodeEdit.Stands it -> "it stands";
            case CodeEdit.Move it -> it.by() < 0 ? "one place up" : "one place down";
            case CodeEdit.Place it ->
                it.before() == null
                        ? "to the end"
                        : "before "
                                + lines(sides.desk())
                                        .filter(line -> line.id().equals(it.before()))
                                        .map(Line::code)
                                        .findFirst()
                                        .orElse("a code that is gone");
            case CodeEdit.Link it -> "“" + sentence(sides.desk(), it.words()) + "”";
            case CodeEdit.Unlink it -> "without one of its words";
            case CodeEdit.Detail it ->
                details(sides, it).stream()
                        .filter(each -> each.mine() != null)
                        .map(each -> each.mine())
                        .collect(Collectors.joining(", "));
            case CodeEdit.Add it -> it.code();
            case CodeEdit.Answer it -> "answered: " + it.reason().strip();
            case CodeEdit.Unanswer it -> "reason taken back";
            case CodeEdit.Repair it -> "repaired";
            case CodeEdit.Settled it -> asked(sides, it.edit());
        };
    }

    private static Differing added(Sides sides, CodeEdit.Add add) {
        String typed = bare(add.code());
        List<Quote> words = add.words() == null
                ? List.of()
                : List.of(new Quote(add.words().entry().value(), 0, sentence(sides.desk(), add.words()), null));
        return new Differing(
                ALL,
                add.code().strip(),
                sides.base().stream()
                        .filter(each -> !add.procedure() && bare(each.code()).equals(typed))
                        .findFirst()
                        .map(LateEdit::whole)
                        .orElse(null),
                sides.desk().diagnoses().stream()
                        .filter(each -> !add.procedure() && bare(each.code()).equals(typed))
                        .findFirst()
                        .map(LateEdit::whole)
                        .orElse(null),
                words("added", add.role() == null ? null : role(add.role(), null), null, words, null));
    }

    private static String bare(String code) {
        return code.replace(".", "").strip().toUpperCase(java.util.Locale.ROOT);
    }

    private static Differing evidence(Sides sides, CodeEdit edit) {
        List<Linked> now = sides.now() == null ? List.of() : sides.now().evidence();
        Stream<String> mine = switch (edit) {
            case CodeEdit.Link link ->
                Stream.concat(now.stream().map(Linked::quote), Stream.of(sentence(sides.desk(), link.words())));
            case CodeEdit.Unlink unlink ->
                now.stream()
                        .filter(each -> !each.id().equals(unlink.evidence()))
                        .map(Linked::quote);
            default -> Stream.of();
        };
        return sides.of(
                ALL,
                "Evidence of " + sides.code(),
                was -> quoted(was.evidence().stream().map(Quote::quote)),
                line -> quoted(line.evidence().stream().map(Linked::quote)),
                quoted(mine.distinct()));
    }

    private static String sentence(Desk desk, CodeEdit.Words words) {
        return desk.sources().stream()
                .flatMap(source -> source.sentences().stream())
                .filter(each -> each.key().equals(words.key()))
                .map(each -> each.text())
                .findFirst()
                .orElse("words that were amended meanwhile");
    }

    private static Differing place(Sides sides, CodeEdit edit) {
        return sides.of(
                ALL,
                "Place of " + sides.code(),
                was -> placed(
                        sides.base().stream()
                                .filter(each -> each.section().equals(was.section()))
                                .map(Was::id)
                                .toList(),
                        was.id()),
                now -> String.valueOf(now.number()),
                asked(sides, edit));
    }

    private static String placed(List<UUID> peers, UUID id) {
        return String.valueOf(peers.indexOf(id) + 1);
    }

    private static Differing finding(Sides sides, String key, CodeEdit edit) {
        Told now = sides.desk().findings().stream()
                .filter(each -> each.key().equals(key))
                .findFirst()
                .orElse(null);
        String open = "open";
        return new Differing(
                ALL,
                now == null
                        ? "A finding that is gone"
                        : now.finding().rule() + " " + now.finding().message(),
                edit instanceof CodeEdit.Unanswer ? "answered" : open,
                now == null ? null : now.answer() == null ? open : "answered: " + now.answer(),
                edit instanceof CodeEdit.Unanswer ? open : asked(sides, edit));
    }

    // Words -----------------------------------------------------------------------------------------------------------

    private static String whole(Was was) {
        return words(was.code(), role(was.role(), null), was.poa(), was.evidence(), was.unsupported());
    }

    private static String whole(Line now) {
        return words(
                now.code(),
                role(now.role(), null),
                now.poa(),
                now.evidence().stream()
                        .map(each -> new Quote(each.entry().value(), each.version(), each.quote(), null))
                        .toList(),
                now.unsupported());
    }

    private static String words(
            String code, @Nullable String role, @Nullable String poa, List<Quote> evidence, @Nullable String reason) {
        return Stream.of(
                        code,
                        role,
                        poa == null ? null : "POA " + poa,
                        quoted(evidence.stream().map(Quote::quote)),
                        reason)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
    }

    private static @Nullable String quoted(Stream<String> quotes) {
        return blank(quotes.map(each -> "“" + each + "”").collect(Collectors.joining("; ")));
    }

    /** @param other which code has the role of which there is one, null where that is not asked */
    private static @Nullable String role(@Nullable String role, @Nullable String other) {
        return role == null
                ? null
                : (role.equals("reason") ? "reason for the visit" : role) + (other == null ? "" : "; " + other);
    }

    private static @Nullable String first(List<Was> base, String role) {
        return base.stream()
                .filter(each -> role.equals(each.role()))
                .findFirst()
                .flatMap(each -> only(role, each.code()))
                .orElse(null);
    }

    private static @Nullable String first(Desk desk, String role) {
        return desk.diagnoses().stream()
                .filter(each -> role.equals(each.role()))
                .findFirst()
                .flatMap(each -> only(role, each.code()))
                .orElse(null);
    }

    private static java.util.Optional<String> only(String role, String code) {
        return role.equals("principal") || role.equals("admitting")
                ? java.util.Optional.of(role + " is " + code)
                : java.util.Optional.empty();
    }

    private static @Nullable String performer(Desk desk, CodeEdit.Detail mine) {
        return desk.people().stream()
                .filter(each -> each.id().equals(mine.performer()))
                .map(Directory.Practitioner::name)
                .findFirst()
                .orElse(null);
    }

    private static List<Integer> numbers(@Nullable String pointers) {
        return pointers == null || pointers.isEmpty()
                ? List.of()
                : Stream.of(pointers.split(",")).map(Integer::valueOf).toList();
    }

    private static @Nullable String pointed(List<Was> base, List<Integer> numbers) {
        List<String> codes = new ArrayList<>();
        numbers.forEach(number -> {
            Was was = line(base, diagnosis(base, number));
            codes.add(was == null ? String.valueOf(number) : was.code());
        });
        return blank(String.join(", ", codes));
    }

    private static @Nullable String day(@Nullable LocalDate day) {
        return day == null ? null : day.format(CaseFacts.DAY);
    }

    private static @Nullable String units(@Nullable BigDecimal units) {
        return units == null ? null : units.stripTrailingZeros().toPlainString();
    }

    private static @Nullable String blank(String text) {
        return text.isBlank() ? null : text;
    }
}
