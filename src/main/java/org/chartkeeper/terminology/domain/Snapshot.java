package org.chartkeeper.terminology.domain;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.chartkeeper.terminology.CodeBook.CodeList;
import org.chartkeeper.terminology.CodeBook.CodeRange;
import org.chartkeeper.terminology.CodeBook.Instruction;
import org.chartkeeper.terminology.CodeBook.InstructionKind;
import org.chartkeeper.terminology.CodeBook.SeventhCharacters;
import org.chartkeeper.terminology.CodeSystem;
import org.jspecify.annotations.Nullable;

/** Everything that the loaded releases say of codes, as one node holds it; it never changes, another takes its place. */
final class Snapshot {

    /** A row of a list with the time in which its releases have it. */
    record Row(String remark, LocalDate since, @Nullable LocalDate until) {}

    /** A term of the Alphabetic Index or of a table. */
    record Term(String words, int column, String code) {}

    /** A chapter or a block: {@code 9} or {@code I20-I25}. */
    record Place(
            int chapter,
            String place,
            String title,
            @Nullable String first,
            @Nullable String last) {

        static Place of(int chapter, String place, String title) {
            String[] range = TabularFile.range(place);
            return new Place(chapter, place, title, range == null ? null : range[0], range == null ? null : range[1]);
        }

        boolean holds(String category) {
            return first != null && last != null && category.compareTo(first) >= 0 && category.compareTo(last) <= 0;
        }
    }

    /** One edition of the Tabular List, or of a part of it. */
    static final class Tabular {
        private final String name;
        private final LocalDate from;
        private final boolean whole;
        private final Map<String, List<Instruction>> notes = new HashMap<>();
        private final Map<String, SeventhCharacters> sevenths = new HashMap<>();
        private final List<Place> places = new ArrayList<>();
        private final TreeSet<Integer> chapters = new TreeSet<>();

        Tabular(String name, LocalDate from, boolean whole) {
            this.name = name;
            this.from = from;
            this.whole = whole;
        }

        String name() {
            return name;
        }

        void add(Place place) {
            places.add(place);
            chapters.add(place.chapter);
        }

        void note(String statedAt, InstructionKind kind, String words, List<CodeRange> codes) {
            notes.computeIfAbsent(statedAt, key -> new ArrayList<>(2))
                    .add(new Instruction(kind, statedAt, words, codes, name));
        }

        void seventh(String statedAt, char symbol, String meaning) {
            sevenths.computeIfAbsent(statedAt, key -> new SeventhCharacters(statedAt, new LinkedHashMap<>(), name))
                    .meanings()
                    .put(symbol, meaning);
        }

        List<Place> places() {
            return places;
        }

        Map<String, List<Instruction>> notes() {
            return notes;
        }
    }

    private final Map<CodeSystem, CodeTable> tables = new EnumMap<>(CodeSystem.class);
    private final Set<CodeSystem> parts = EnumSet.noneOf(CodeSystem.class);
    private final Map<CodeList, Map<String, List<Row>>> lists = new EnumMap<>(CodeList.class);
    private final Map<CodeList, NavigableMap<LocalDate, String>> editions = new EnumMap<>(CodeList.class);
    private final NavigableMap<LocalDate, List<Tabular>> tabulars = new TreeMap<>();
    private final Map<String, List<String>> conversions = new HashMap<>();
    private final NavigableSet<String> diagnoses = new TreeSet<>();

    void put(CodeSystem system, CodeTable table) {
        tables.put(system, table);
        if (system == CodeSystem.ICD10CM) {
            for (int i = 0; i < table.size(); i++) {
                diagnoses.add(table.code(i));
            }
        }
    }

    /** A table that is no full release: what it does not have may exist. */
    void putPart(CodeSystem system, CodeTable table) {
        tables.put(system, table);
        parts.add(system);
    }

    /** Whether a full release of the system is loaded. */
    boolean full(CodeSystem system) {
        return tables.containsKey(system) && !parts.contains(system);
    }

    void put(CodeList list, NavigableMap<LocalDate, String> names, Map<String, List<Row>> rows) {
        editions.put(list, names);
        lists.put(list, rows);
    }

    void put(Tabular tabular) {
        tabulars.computeIfAbsent(tabular.from, day -> new ArrayList<>()).add(tabular);
    }

    void converts(String old, String to) {
        conversions.computeIfAbsent(old, key -> new ArrayList<>(2)).add(to);
    }

    @Nullable
    CodeTable table(CodeSystem system) {
        return tables.get(system);
    }

    Map<CodeSystem, CodeTable> tables() {
        return Collections.unmodifiableMap(tables);
    }

    List<String> conversions(String code) {
        return conversions.getOrDefault(code, List.of());
    }

    NavigableSet<String> diagnoses() {
        return diagnoses;
    }

    /** The newest edition that is not later, else the oldest; null where none is loaded. */
    Map.@Nullable Entry<LocalDate, String> edition(CodeList list, LocalDate on) {
        NavigableMap<LocalDate, String> names = editions.get(list);
        if (names == null || names.isEmpty()) {
            return null;
        }
        Map.Entry<LocalDate, String> edition = names.floorEntry(on);
        return edition == null ? names.firstEntry() : edition;
    }

    @Nullable
    Row row(CodeList list, String code, LocalDate edition) {
        for (Row row : lists.getOrDefault(list, Map.of()).getOrDefault(code, List.of())) {
            if (!row.since.isAfter(edition) && (row.until == null || row.until.isAfter(edition))) {
                return row;
            }
        }
        return null;
    }

    /** All editions that hold a chapter, the one that speaks for the day first. */
    @Nullable
    Tabular tabular(int chapter, LocalDate on) {
        Tabular oldest = null;
        Tabular found = null;
        for (List<Tabular> day : tabulars.values()) {
            for (Tabular one : day) {
                if (one.chapters.contains(chapter)) {
                    oldest = oldest == null ? one : oldest;
                    found = one.from.isAfter(on) ? found : one;
                }
            }
        }
        return found == null ? oldest : found;
    }

    /** The edition of the whole list that speaks for the day. */
    @Nullable
    Tabular whole(LocalDate on) {
        Tabular oldest = null;
        Tabular found = null;
        for (List<Tabular> day : tabulars.values()) {
            for (Tabular one : day) {
                if (one.whole) {
                    oldest = oldest == null ? one : oldest;
                    found = one.from.isAfter(on) ? found : one;
                }
            }
        }
        return found == null ? oldest : found;
    }

    /** Blocks and chapter that a category lies in, the block first; empty where no edition knows. */
    List<Place> places(String code, LocalDate on) {
        String category = code.length() < 3 ? code : code.substring(0, 3);
        for (Tabular tabular : candidates(on)) {
            List<Place> found = new ArrayList<>();
            for (Place place : tabular.places) {
                if (place.holds(category)) {
                    found.add(place);
                }
            }
            if (!found.isEmpty()) {
                int chapter = found.get(0).chapter;
                Tabular speaks = tabular(chapter, on);
                for (Place place : speaks == null ? tabular.places : speaks.places) {
                    if (place.place.equals(String.valueOf(chapter))) {
                        found.add(place);
                    }
                }
                return found;
            }
        }
        return List.of();
    }

    private List<Tabular> candidates(LocalDate on) {
        List<Tabular> candidates = new ArrayList<>();
        Tabular first = whole(on);
        if (first != null) {
            candidates.add(first);
        }
        tabulars.descendingMap().values().forEach(candidates::addAll);
        return candidates;
    }

    /** The instructions at the code and above it, the nearest first; of those above not their inclusion terms. */
    List<Instruction> instructions(String bare, LocalDate on) {
        List<Place> places = places(bare, on);
        if (places.isEmpty()) {
            return List.of();
        }
        Tabular tabular = tabular(places.get(0).chapter, on);
        if (tabular == null) {
            return List.of();
        }
        List<Instruction> found = new ArrayList<>();
        for (int length = bare.length(); length >= 3; length--) {
            String at = IcdCode.dotted(bare.substring(0, length));
            for (Instruction note : tabular.notes.getOrDefault(at, List.of())) {
                if (length == bare.length() || note.kind() != InstructionKind.INCLUSION_TERM) {
                    found.add(note);
                }
            }
        }
        for (Place place : places) {
            found.addAll(tabular.notes.getOrDefault(place.place, List.of()));
        }
        return found;
    }

    @Nullable
    SeventhCharacters seventh(String bare, LocalDate on) {
        List<Place> places = places(bare, on);
        Tabular tabular = places.isEmpty() ? null : tabular(places.get(0).chapter, on);
        if (tabular == null) {
            return null;
        }
        for (int length = Math.min(bare.length(), 6); length >= 3; length--) {
            SeventhCharacters found = tabular.sevenths.get(IcdCode.dotted(bare.substring(0, length)));
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
