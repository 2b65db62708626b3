package org.chartkeeper.coding.rule;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.chartkeeper.terminology.CodeBook;
import org.chartkeeper.terminology.CodeSystem;

/**
 * A code book that looks everything up once. One check asks the same of a case many times, for every repair is tried on
 * the whole case. Made for one check; not shared between threads.
 */
final class RememberedBook implements CodeBook {

    private record Key(String what, Object of, String code, LocalDate on) {}

    private final CodeBook book;
    private final Map<Key, Object> known = new HashMap<>();

    RememberedBook(CodeBook book) {
        this.book = book;
    }

    @SuppressWarnings("unchecked")
    private <T> T once(String what, Object of, String code, LocalDate on, Supplier<T> look) {
        Key key = new Key(what, of, code, on);
        Object found = known.get(key);
        if (found == null) {
            found = look.get();
            known.put(key, found);
        }
        return (T) found;
    }

    @Override
    public Standing standing(CodeSystem system, String code, LocalDate on) {
        return once("standing", system, code, on, () -> book.standing(system, code, on));
    }

    @Override
    public Optional<Concept> concept(CodeSystem system, String code, LocalDate on) {
        return once("concept", system, code, on, () -> book.concept(system, code, on));
    }

    @Override
    public List<Concept> children(CodeSystem system, String code, LocalDate on) {
        return once("children", system, code, on, () -> book.children(system, code, on));
    }

    @Override
    public Optional<Concept> parent(CodeSystem system, String code, LocalDate on) {
        return once("parent", system, code, on, () -> book.parent(system, code, on));
    }

    @Override
    public List<Instruction> instructions(String code, LocalDate on) {
        return once("instructions", "", code, on, () -> book.instructions(code, on));
    }

    @Override
    public Optional<SeventhCharacters> seventhCharacters(String code, LocalDate on) {
        return once("seventh", "", code, on, () -> book.seventhCharacters(code, on));
    }

    @Override
    public Optional<Listing> listing(CodeList list, String code, LocalDate on) {
        return once("listing", list, code, on, () -> book.listing(list, code, on));
    }

    @Override
    public Optional<String> edition(CodeList list, LocalDate on) {
        return once("edition", list, "", on, () -> book.edition(list, on));
    }

    @Override
    public Optional<String> tabularEdition(LocalDate on) {
        return once("tabular", "", "", on, () -> book.tabularEdition(on));
    }

    @Override
    public Optional<String> release(CodeSystem system, LocalDate on) {
        return once("release", system, "", on, () -> book.release(system, on));
    }

    @Override
    public List<Concept> successors(String code) {
        return once("successors", "", code, LocalDate.MIN, () -> book.successors(code));
    }
}
