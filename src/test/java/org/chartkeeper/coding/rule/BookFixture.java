package org.chartkeeper.coding.rule;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.chartkeeper.terminology.CodeBook;
import org.chartkeeper.terminology.CodeSystem;

/** A small code book as a test says it: codes with their days, headings, lists. Written by hand. */
final class BookFixture implements CodeBook {

    private static final LocalDate EVER = LocalDate.of(2015, 10, 1);

    private record Days(LocalDate from, LocalDate to, boolean billable) {}

    private final Map<String, Days> codes = new TreeMap<>();
    private final Map<CodeList, Set<String>> lists = new HashMap<>();
    private final Map<String, String> successors = new HashMap<>();
    private final Map<String, List<Instruction>> instructions = new HashMap<>();
    private final Map<String, String> titles = new HashMap<>();
    private final Map<String, String> remarks = new HashMap<>();
    private boolean loaded = true;
    private boolean any;

    static BookFixture empty() {
        BookFixture book = new BookFixture();
        book.loaded = false;
        return book;
    }

    /** Every code that has the shape of one is valid, but those that a test says otherwise of. */
    static BookFixture anyCode() {
        BookFixture book = new BookFixture();
        book.any = true;
        return book;
    }

    BookFixture titled(String code, String title) {
        titles.put(code, title);
        return codes.containsKey(code) ? this : valid(code);
    }

    BookFixture valid(String... names) {
        for (String code : names) {
            codes.put(code, new Days(EVER, LocalDate.MAX, true));
        }
        return this;
    }

    BookFixture heading(String... names) {
        for (String code : names) {
            codes.put(code, new Days(EVER, LocalDate.MAX, false));
        }
        return this;
    }

    BookFixture until(String code, String last, String successor) {
        codes.put(code, new Days(EVER, LocalDate.parse(last), true));
        successors.put(code, successor);
        return this;
    }

    BookFixture since(String code, String first) {
        codes.put(code, new Days(LocalDate.parse(first), LocalDate.MAX, true));
        return this;
    }

    BookFixture listed(CodeList list, String... names) {
        lists.computeIfAbsent(list, key -> new HashSet<>()).addAll(List.of(names));
        return this;
    }

    BookFixture remarked(CodeList list, String code, String remark) {
        remarks.put(code, remark);
        return listed(list, code);
    }

    BookFixture codeFirst(String code, String from, String to) {
        instructions.put(
                code,
                List.of(new Instruction(
                        InstructionKind.CODE_FIRST, code, "Code first", List.of(new CodeRange(from, to)), "FY2026")));
        return this;
    }

    @Override
    public Standing standing(CodeSystem system, String code, LocalDate on) {
        if (!loaded) {
            return Standing.NO_RELEASE;
        }
        Days days = codes.get(code);
        if (days == null) {
            return any && code.matches("[A-Z][0-9][0-9A-Z](\\.[0-9A-Z]{1,4})?") ? Standing.VALID : Standing.UNKNOWN;
        }
        if (on.isBefore(days.from)) {
            return Standing.NOT_YET;
        }
        return on.isAfter(days.to) ? Standing.ENDED : days.billable ? Standing.VALID : Standing.HEADING;
    }

    @Override
    public Optional<Concept> concept(CodeSystem system, String code, LocalDate on) {
        Days days = codes.get(code);
        return days == null
                ? Optional.empty()
                : Optional.of(new Concept(
                        system,
                        code,
                        titles.getOrDefault(code, "title of " + code),
                        days.billable,
                        days.from,
                        null,
                        "FY2026"));
    }

    @Override
    public List<Concept> children(CodeSystem system, String code, LocalDate on) {
        return codes.keySet().stream()
                .filter(each -> each.startsWith(code) && !each.equals(code))
                .filter(each ->
                        each.replace(".", "").length() == code.replace(".", "").length() + 1)
                .flatMap(each -> concept(system, each, on).stream())
                .toList();
    }

    @Override
    public Optional<Concept> parent(CodeSystem system, String code, LocalDate on) {
        return Optional.empty();
    }

    @Override
    public List<Instruction> instructions(String code, LocalDate on) {
        return instructions.getOrDefault(code, List.of());
    }

    @Override
    public Optional<SeventhCharacters> seventhCharacters(String code, LocalDate on) {
        return Optional.empty();
    }

    @Override
    public Optional<Listing> listing(CodeList list, String code, LocalDate on) {
        return lists.getOrDefault(list, Set.of()).contains(code)
                ? Optional.of(new Listing(list, code, remarks.getOrDefault(code, ""), "v41.1"))
                : Optional.empty();
    }

    @Override
    public Optional<String> edition(CodeList list, LocalDate on) {
        return loaded ? Optional.of("v41.1") : Optional.empty();
    }

    @Override
    public Optional<String> tabularEdition(LocalDate on) {
        return loaded ? Optional.of("FY2026") : Optional.empty();
    }

    @Override
    public Optional<String> release(CodeSystem system, LocalDate on) {
        return loaded ? Optional.of("FY2026") : Optional.empty();
    }

    @Override
    public List<Concept> successors(String code) {
        String next = successors.get(code);
        return next == null
                ? List.of()
                : concept(CodeSystem.ICD10CM, next, EVER).stream().toList();
    }
}
