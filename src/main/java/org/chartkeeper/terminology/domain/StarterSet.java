package org.chartkeeper.terminology.domain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
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
    private static final Set<String> FILLERS =
            Set.of("of", "the", "on", "with", "without", "and", "or", "in", "to", "a", "an", "by", "due", "for");

    private final Map<CodeSystem, List<Row>> rows = new EnumMap<>(CodeSystem.class);

    StarterSet() {
        for (CodeSystem system : CodeSystem.values()) {
            rows.put(system, new ArrayList<>());
        }
        try (InputStream stream = StarterSet.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException(RESOURCE + " is missing");
            }
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                reader.lines()
                        .filter(line -> !line.startsWith("#") && !line.isBlank())
                        .forEach(this::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A row with the words that it is found by. */
    private record Row(Code code, List<String> words) {

        /** Weight of the asked words that this row has, whole words counting a little more than beginnings. */
        double match(Map<String, Double> asked) {
            double points = 0;
            for (Map.Entry<String, Double> word : asked.entrySet()) {
                if (words.contains(word.getKey())) {
                    points += word.getValue();
                } else if (has(word.getKey())) {
                    points += 0.9 * word.getValue();
                }
            }
            return points;
        }

        boolean has(String beginning) {
            return words.stream().anyMatch(own -> own.startsWith(beginning));
        }
    }

    private record Hit(Row row, double points) {}

    private void add(String line) {
        List<String> fields = fields(line);
        CodeSystem system = CodeSystem.ofKey(fields.get(0))
                .orElseThrow(() -> new IllegalStateException("no code system " + fields.get(0)));
        boolean general = fields.get(3).equals("general");
        String kind = system == CodeSystem.ALLERGEN ? fields.get(3) : "";
        Code code = new Code(system, fields.get(1), fields.get(2), kind, general);
        List<String> words = new ArrayList<>(words(fields.get(2)));
        words.addAll(words(fields.get(4)));
        of(system).add(new Row(code, words));
    }

    private List<Row> of(CodeSystem system) {
        return rows.getOrDefault(system, List.of());
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

    private static List<String> words(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.US);
        return Arrays.stream(plain.split("[^a-z0-9.]+"))
                .map(word -> word.replaceAll("^\\.+|\\.+$", ""))
                .filter(word -> !word.isEmpty() && !FILLERS.contains(word))
                .toList();
    }

    @Override
    public List<Code> search(CodeSystem system, String query, int limit) {
        String typed = query.strip();
        if (typed.isEmpty() || typed.length() > 200) {
            return List.of();
        }
        List<Code> found = new ArrayList<>(byCode(system, typed));
        List<String> asked = words(typed);
        if (found.isEmpty() && !asked.isEmpty()) {
            found.addAll(byWords(system, asked));
        }
        return found.stream().limit(limit).toList();
    }

    private List<Code> byCode(CodeSystem system, String typed) {
        String wanted = bare(typed);
        if (wanted.length() < 2 || wanted.chars().noneMatch(Character::isDigit)) {
            return List.of();
        }
        return of(system).stream()
                .map(Row::code)
                .filter(code -> !code.code().isEmpty() && bare(code.code()).startsWith(wanted))
                .sorted(Comparator.comparing((Code code) -> !bare(code.code()).equals(wanted))
                        .thenComparing(Code::code))
                .toList();
    }

    private List<Code> byWords(CodeSystem system, List<String> asked) {
        Map<String, Double> weights = weights(system, asked);
        double all = weights.values().stream().mapToDouble(Double::doubleValue).sum();
        // Of few words all must be there; of more, most by weight, so that a diagnosis shows its neighbors too.
        double needed = all * (asked.size() < 3 ? 0.89 : 0.6);
        List<Hit> hits = of(system).stream()
                .map(row -> new Hit(row, row.match(weights)))
                .filter(hit -> hit.points >= needed)
                .sorted(Comparator.comparingDouble((Hit hit) -> -hit.points)
                        .thenComparing(hit -> hit.row.code.general())
                        .thenComparing(hit -> hit.row.words.size())
                        .thenComparing(hit -> hit.row.code.code()))
                .toList();
        Set<Code> found = new LinkedHashSet<>();
        hits.stream().map(hit -> hit.row.code).forEach(found::add);
        // What stands above the best hit is shown too, marked as too general.
        if (!hits.isEmpty()) {
            String best = hits.get(0).row.code.code();
            of(system).stream()
                    .map(Row::code)
                    .filter(code -> code.general() && code.code().length() > 3 && best.startsWith(code.code()))
                    .forEach(found::add);
        }
        return List.copyOf(found);
    }

    /** The rarer a word the more it says: "diastolic" more than "chronic". */
    private Map<String, Double> weights(CodeSystem system, List<String> asked) {
        Map<String, Double> weights = new LinkedHashMap<>();
        for (String word : asked) {
            long having = of(system).stream().filter(row -> row.has(word)).count();
            weights.put(word, Math.log((of(system).size() + 1.0) / (having + 0.5)));
        }
        return weights;
    }

    @Override
    public List<Match> matches(@Nullable CodeSystem system, String query, LocalDate on, int limit) {
        List<CodeSystem> asked = system == null ? List.of(CodeSystem.values()) : List.of(system);
        return asked.stream()
                .flatMap(one -> search(one, query, limit).stream())
                .map(code -> new Match(code, null, null))
                .limit(limit)
                .toList();
    }

    @Override
    public boolean full(CodeSystem system) {
        return false;
    }

    @Override
    public Optional<Code> find(CodeSystem system, String code) {
        String wanted = bare(code);
        return wanted.isEmpty()
                ? Optional.empty()
                : of(system).stream()
                        .map(Row::code)
                        .filter(known -> bare(known.code()).equals(wanted))
                        .findFirst();
    }

    @Override
    public String release(CodeSystem system) {
        return "starter set, " + of(system).size() + " entries; no full release is loaded";
    }

    private static String bare(String code) {
        return code.strip().replace(".", "").toUpperCase(Locale.US);
    }
}
