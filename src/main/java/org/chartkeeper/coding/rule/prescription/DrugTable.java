package org.chartkeeper.coding.rule.prescription;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.chartkeeper.coding.rule.prescription.DrugEntry.Elder;
import org.chartkeeper.coding.rule.prescription.DrugEntry.RenalLimit;
import org.chartkeeper.coding.rule.prescription.DrugEntry.Youngest;
import org.chartkeeper.terminology.DrugBook;
import org.chartkeeper.terminology.DrugBook.Drug;
import org.jspecify.annotations.Nullable;

/**
 * The hand-written table of the most used drugs ({@code coding/drugs.txt}, {@code terminology/brands.txt}): classes, allergen
 * groups, schedules and warnings, for where no licensed drug knowledge is loaded. Immutable; read once.
 */
final class DrugTable {

    /** Before the table: it is read with them. */
    private static final Set<String> KEYS = Set.of(
            "rxcui",
            "class",
            "group",
            "allergy",
            "schedule",
            "route",
            "max",
            "child",
            "youngest",
            "elder",
            "pregnancy",
            "lactation",
            "renal",
            "mme",
            "also");

    /** One wrong letter in a shorter word may be another word. */
    private static final int LONG_WORD = 6;

    private static final DrugTable LOADED = read("/coding/drugs.txt", "/terminology/brands.txt");

    private final String edition;
    private final Map<String, DrugEntry> byName;
    private final Map<String, DrugEntry> byRxcui;
    private final DrugNames names;

    private DrugTable(String edition, Map<String, DrugEntry> byName, DrugNames names) {
        this.edition = edition;
        this.byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
        Map<String, DrugEntry> codes = new HashMap<>();
        for (DrugEntry entry : byName.values()) {
            String rxcui = entry.rxcui();
            if (rxcui != null && codes.put(rxcui, entry) != null) {
                throw new IllegalStateException("Drug table: RxCUI " + rxcui + " stands twice");
            }
        }
        this.byRxcui = Map.copyOf(codes);
        this.names = names;
    }

    static DrugTable load() {
        return LOADED;
    }

    /** Name, version and date of the table, as a finding cites it. */
    String edition() {
        return edition;
    }

    /** In the order of the table. */
    Collection<DrugEntry> all() {
        return byName.values();
    }

    /** The entry of an ingredient, a usual abbreviation of it or a brand of one ingredient; in any case of letters. */
    Optional<DrugEntry> ingredient(String name) {
        DrugEntry exact = byName.get(name.strip().toLowerCase(Locale.ROOT));
        if (exact != null) {
            return Optional.of(exact);
        }
        List<DrugEntry> found = named(name);
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** The entry of an ingredient's RxNorm identifier. */
    Optional<DrugEntry> ofRxcui(String rxcui) {
        return Optional.ofNullable(byRxcui.get(rxcui.strip()));
    }

    /** Every ingredient that a text names, by generic name, abbreviation or brand, in the order of the text. */
    List<DrugEntry> named(String text) {
        return names.in(text).stream()
                .map(byName::get)
                .flatMap(Stream::ofNullable)
                .toList();
    }

    /** The ingredients that the misspelt words of a text mean: of a word of six letters or more with one of them wrong. */
    List<DrugEntry> nearlyNamed(String text) {
        return DrugNames.words(text).stream()
                .filter(word -> word.length() >= LONG_WORD)
                .flatMap(word -> names.nearly(word).stream())
                .map(byName::get)
                .flatMap(Stream::ofNullable)
                .distinct()
                .toList();
    }

    /**
     * The ingredients of a drug: by its text where that names any, else by the loaded tables' name of its RxNorm code,
     * else by the code as that of an ingredient. Empty where the table has none of them.
     */
    List<DrugEntry> ingredientsOf(@Nullable String rxnorm, @Nullable String text, DrugBook drugs) {
        if (text != null) {
            List<DrugEntry> found = named(text);
            if (!found.isEmpty()) {
                return found;
            }
        }
        if (rxnorm == null || rxnorm.isBlank()) {
            return List.of();
        }
        Optional<DrugEntry> ingredient = ofRxcui(rxnorm);
        if (ingredient.isPresent()) {
            return List.of(ingredient.get());
        }
        Optional<Drug> drug = drugs.drug(rxnorm.strip());
        if (drug.isEmpty()) {
            return Drugs.common(rxnorm.strip()).map(this::named).orElse(List.of());
        }
        Set<DrugEntry> found = new LinkedHashSet<>(named(drug.get().name()));
        if (found.isEmpty()) {
            drug.get().ingredients().forEach(name -> found.addAll(named(name)));
        }
        return List.copyOf(found);
    }

    private static DrugTable read(String drugs, String brands) {
        List<String> head = new ArrayList<>();
        Map<String, DrugEntry> entries = new LinkedHashMap<>();
        DrugNames.Builder names = new DrugNames.Builder();
        for (String line : lines(drugs)) {
            if (line.startsWith("@")) {
                head.add(line.substring(1).strip());
                continue;
            }
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IllegalStateException("Drug table: no name in: " + line);
            }
            String name = line.substring(0, colon).strip();
            Map<String, String> fields = fields(line.substring(colon + 1));
            if (entries.put(name, entry(name, fields)) != null) {
                throw new IllegalStateException("Drug table: " + name + " stands twice");
            }
            names.add(name, List.of(name));
            for (String alias : words(fields.get("also"))) {
                names.add(alias, List.of(name));
            }
        }
        for (String line : lines(brands)) {
            int equals = line.indexOf('=');
            List<String> of = Stream.of(line.substring(equals + 1).split("\\+"))
                    .map(String::strip)
                    .toList();
            for (String ingredient : of) {
                if (!entries.containsKey(ingredient)) {
                    throw new IllegalStateException(
                            "Brand table: " + ingredient + " is not in the drug table: " + line);
                }
            }
            names.add(line.substring(0, equals).strip(), of);
        }
        if (head.isEmpty()) {
            throw new IllegalStateException("Drug table: no edition");
        }
        return new DrugTable(head.get(0), entries, names.build());
    }

    private static DrugEntry entry(String name, Map<String, String> fields) {
        for (String key : fields.keySet()) {
            if (!KEYS.contains(key)) {
                throw new IllegalStateException("Drug table: unknown field " + key + " of " + name);
            }
        }
        Set<String> groups = new LinkedHashSet<>(words(fields.get("group")));
        return new DrugEntry(
                name,
                fields.get("rxcui"),
                Set.copyOf(words(fields.get("class"))),
                groups,
                Set.copyOf(words(fields.get("allergy"))),
                fields.get("schedule"),
                groups.contains("weekly-oral"),
                fields.containsKey("route") ? Set.copyOf(words(fields.get("route"))) : Set.of("oral"),
                number(fields.get("max")),
                number(fields.get("child")),
                youngest(fields.get("youngest")),
                elder(fields.get("elder")),
                fields.get("pregnancy"),
                fields.get("lactation"),
                renal(fields.get("renal")),
                number(fields.get("mme")));
    }

    private static @Nullable BigDecimal number(@Nullable String text) {
        return text == null ? null : new BigDecimal(text);
    }

    /** {@code 12 (contraindicated: why)}. */
    private static @Nullable Youngest youngest(@Nullable String text) {
        if (text == null) {
            return null;
        }
        int blank = text.indexOf(' ');
        return new Youngest(Integer.parseInt(text.substring(0, blank)), text.substring(blank + 2, text.length() - 1));
    }

    /** {@code 60 20}: over 60 years 20 mg a day. */
    private static @Nullable Elder elder(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String[] parts = text.split(" ");
        return new Elder(Integer.parseInt(parts[0]), new BigDecimal(parts[1]));
    }

    /** {@code 30! not given / 45 reduce}: below 30 not given, below 45 with care. */
    private static List<RenalLimit> renal(@Nullable String text) {
        if (text == null) {
            return List.of();
        }
        List<RenalLimit> limits = new ArrayList<>();
        for (String part : text.split(" / ")) {
            int blank = part.indexOf(' ');
            String bound = part.substring(0, blank);
            boolean contraindicated = bound.endsWith("!");
            limits.add(new RenalLimit(
                    Integer.parseInt(bound.replace("!", "")),
                    contraindicated,
                    part.substring(blank + 1).strip()));
        }
        return limits;
    }

    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : text.split(";")) {
            String stripped = field.strip();
            if (stripped.isEmpty()) {
                continue;
            }
            int blank = stripped.indexOf(' ');
            if (blank < 0
                    || fields.put(
                                    stripped.substring(0, blank),
                                    stripped.substring(blank + 1).strip())
                            != null) {
                throw new IllegalStateException("Drug table: cannot read field: " + stripped);
            }
        }
        return fields;
    }

    private static List<String> words(@Nullable String text) {
        return text == null
                ? List.of()
                : Stream.of(text.split(",")).map(String::strip).toList();
    }

    /** The lines of a table that say something; {@code #} starts a comment line. */
    static List<String> lines(String resource) {
        InputStream in = DrugTable.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IllegalStateException("Missing table " + resource);
        }
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
