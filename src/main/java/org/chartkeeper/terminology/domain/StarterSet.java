package org.chartkeeper.terminology.domain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chartkeeper.terminology.CodeLookup;
import org.chartkeeper.terminology.CodeSystem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The starter set of codes that is shipped, held in memory; it is no full release of any code system. */
@Component
class StarterSet implements CodeLookup {

    private static final String RESOURCE = "/terminology/starter-set.csv";
    private final Map<CodeSystem, Own> systems = new EnumMap<>(CodeSystem.class);

    /** What the set has of a system: its codes, with the index of the words that each is found by. */
    private record Own(CodeSystem system, List<Code> codes, CodeIndex index, LayWords lay) {}

    StarterSet() {
        Map<CodeSystem, List<List<String>>> rows = new EnumMap<>(CodeSystem.class);
        try (InputStream stream = StarterSet.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException(RESOURCE + " is missing");
            }
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                reader.lines()
                        .filter(line -> !line.startsWith("#") && !line.isBlank())
                        .map(StarterSet::fields)
                        .forEach(fields -> rows.computeIfAbsent(system(fields.get(0)), key -> new ArrayList<>())
                                .add(fields));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rows.forEach((system, fields) -> systems.put(system, own(system, fields)));
    }

    private static CodeSystem system(String key) {
        return CodeSystem.ofKey(key).orElseThrow(() -> new IllegalStateException("no code system " + key));
    }

    private static Own own(CodeSystem system, List<List<String>> rows) {
        List<Code> codes = new ArrayList<>();
        CodeIndex.Builder builder = new CodeIndex.Builder();
        for (List<String> row : rows) {
            String display = row.get(2);
            String words = row.get(4);
            builder.add(codes.size(), display, true);
            for (String name : CodeNames.of(system).phrases(row.get(1), display)) {
                builder.add(codes.size(), name, true);
            }
            if (!words.isEmpty()) {
                builder.add(codes.size(), display + ' ' + words, true);
            }
            String kind = system == CodeSystem.ALLERGEN ? row.get(3) : "";
            codes.add(new Code(system, row.get(1), display, kind, row.get(3).equals("general")));
        }
        return new Own(system, List.copyOf(codes), builder.build(), LayWords.of(system));
    }

    /** Fields of a line of CSV; quotes around a field that holds commas. */
    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }

    @Override
    public List<Code> search(CodeSystem system, String query, int limit) {
        return search(system, query, limit, TypedWords.alone());
    }

    /** @param typedWords what is known of the words */
    List<Code> search(CodeSystem system, String query, int limit, TypedWords typedWords) {
        String typed = query.stripLeading();
        Own own = systems.get(system);
        if (own == null || typed.isBlank() || typed.length() > LONGEST) {
            return List.of();
        }
        List<Code> found = byCode(own, typed);
        return (found.isEmpty() ? byWords(own, typed, typedWords) : found)
                .stream().limit(limit).toList();
    }

    private static List<Code> byCode(Own own, String typed) {
        String wanted = CodeSearch.bare(typed);
        if (own.system == CodeSystem.VACCINE && wanted.matches("\\d")) {
            wanted = "0" + wanted;
        }
        return beginning(own, wanted);
    }

    private static List<Code> beginning(Own own, String wanted) {
        if (wanted.length() < 2 || wanted.chars().noneMatch(Character::isDigit)) {
            return List.of();
        }
        return own.codes.stream()
                .filter(code ->
                        !code.code().isEmpty() && IcdCode.bare(code.code()).startsWith(wanted))
                .sorted(Comparator.comparing(
                                (Code code) -> !IcdCode.bare(code.code()).equals(wanted))
                        .thenComparing(Code::code))
                .toList();
    }

    private static List<Code> byWords(Own own, String typed, TypedWords typedWords) {
        Set<Code> found = new LinkedHashSet<>();
        own.index.search(typed, own.lay, typedWords).forEach(hit -> found.add(own.codes.get(hit.position())));
        // What stands above the best hit is shown too, marked as too general.
        found.stream()
                .findFirst()
                .map(Code::code)
                .ifPresent(best -> own.codes.stream()
                        .filter(code -> code.general() && code.code().length() > 3 && best.startsWith(code.code()))
                        .forEach(found::add));
        return List.copyOf(found);
    }

    @Override
    public List<Match> matches(@Nullable CodeSystem system, String query, LocalDate on, int limit) {
        List<CodeSystem> asked = system == null ? List.of(CodeSystem.values()) : List.of(system);
        return asked.stream()
                .flatMap(one -> matches(one, query, limit, TypedWords.alone()).stream())
                .limit(limit)
                .toList();
    }

    List<Match> matches(CodeSystem system, String query, int limit, TypedWords typedWords) {
        return search(system, query, limit, typedWords).stream()
                .map(code -> new Match(code, null, null))
                .toList();
    }

    @Override
    public boolean full(CodeSystem system) {
        return false;
    }

    @Override
    public Optional<Code> find(CodeSystem system, String code) {
        String wanted = IcdCode.bare(code);
        return wanted.isEmpty()
                ? Optional.empty()
                : codes(system).stream()
                        .filter(known -> IcdCode.bare(known.code()).equals(wanted))
                        .findFirst();
    }

    private List<Code> codes(CodeSystem system) {
        Own own = systems.get(system);
        return own == null ? List.of() : own.codes;
    }

    /** Whether the set has something of the system that is spelled so. */
    boolean knows(CodeSystem system, String word) {
        Own own = systems.get(system);
        return own != null && own.index.knows(word);
    }

    /** Whether something of the system has the word just so. */
    boolean writes(CodeSystem system, String word) {
        Own own = systems.get(system);
        return own != null && own.index.writes(word);
    }

    /** Whether the set has something that is called just this. */
    boolean says(CodeSystem system, String typed) {
        Own own = systems.get(system);
        return own != null && own.index.says(typed);
    }

    /** Whether something in the set has all the words. */
    boolean hasAll(CodeSystem system, List<String> words) {
        Own own = systems.get(system);
        return own != null && own.index.hasAll(words);
    }

    @Override
    public String release(CodeSystem system) {
        return "starter set, " + codes(system).size() + " entries; no full release is loaded";
    }
}
