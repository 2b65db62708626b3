package org.chartkeeper.terminology.domain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chartkeeper.terminology.CodeSystem;

/**
 * What words that people type also mean: abbreviations, lay words, the Greek and Latin of the code sets, what operations are
 * called where the code set names what was done to which part, brand names of drugs.
 */
final class LayWords {

    private static final LayWords GENERAL = new LayWords("/terminology/lay-words.txt");
    private static final LayWords PROCEDURES =
            new LayWords("/terminology/procedure-words.txt", "/terminology/lay-words.txt");
    private static final LayWords DRUGS = new LayWords("/terminology/brands.txt", "/terminology/lay-words.txt");
    private static final LayWords VACCINES =
            new LayWords("/terminology/vaccine-words.txt", "/terminology/lay-words.txt");

    private static final int LONGEST = 4;
    private static final int MOST = 6;
    private static final float TOGETHER = 1.3f;
    private static final float ALONE = 0.95f;

    private final Map<List<String>, List<List<String>>> meanings = new HashMap<>();

    /** The words of a system: where it has a meaning of its own, the general ones do not count. */
    static LayWords of(CodeSystem system) {
        return switch (system) {
            case ICD10PCS -> PROCEDURES;
            case DRUG -> DRUGS;
            case VACCINE -> VACCINES;
            default -> GENERAL;
        };
    }

    private LayWords(String... resources) {
        for (String resource : resources) {
            Set<List<String>> known = Set.copyOf(meanings.keySet());
            read(resource, known);
        }
    }

    private void read(String resource, Set<List<String>> known) {
        try (InputStream stream = LayWords.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException(resource + " is missing");
            }
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                reader.lines()
                        .filter(line -> !line.startsWith("#") && !line.isBlank())
                        .forEach(line -> add(line, known));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String line, Set<List<String>> known) {
        boolean both = line.contains("<>");
        String[] sides = line.split(both ? "<>" : "=", 2);
        List<String> left = CodeIndex.words(sides[0]);
        List<String> right = CodeIndex.words(sides[1]);
        if (left.equals(right) || left.isEmpty() || right.isEmpty()) {
            return;
        }
        if (!known.contains(left)) {
            meanings.computeIfAbsent(left, key -> new ArrayList<>()).add(right);
        }
        if (both && !known.contains(right)) {
            meanings.computeIfAbsent(right, key -> new ArrayList<>()).add(left);
        }
    }

    /**
     * A way to read what was typed.
     *
     * @param weight how far it is to be believed, against 1 for the words as they stand: several words that mean one
     *     thing together mean just that, a single one may mean itself
     */
    record Reading(List<String> words, float weight) {}

    /** The query as typed, then with one or more of its parts replaced by what they also mean. */
    List<Reading> readings(List<String> typed) {
        Map<List<String>, Reading> readings = new LinkedHashMap<>();
        Reading plain = new Reading(typed, 1f);
        readings.put(typed, plain);
        List<Reading> open = new ArrayList<>(List.of(plain));
        for (int round = 0; round < 2 && readings.size() < MOST; round++) {
            List<Reading> next = new ArrayList<>();
            for (Reading reading : open) {
                List<String> words = reading.words;
                for (int length = Math.min(LONGEST, words.size()); length >= 1; length--) {
                    float weight = reading.weight * (length > 1 ? TOGETHER : ALONE);
                    for (int at = 0; at + length <= words.size(); at++) {
                        for (List<String> meaning : meanings.getOrDefault(words.subList(at, at + length), List.of())) {
                            Set<String> replaced = new LinkedHashSet<>(words.subList(0, at));
                            replaced.addAll(meaning);
                            replaced.addAll(words.subList(at + length, words.size()));
                            Reading made = new Reading(List.copyOf(replaced), weight);
                            if (readings.size() < MOST && readings.putIfAbsent(made.words, made) == null) {
                                next.add(made);
                            }
                        }
                    }
                }
            }
            open = next;
        }
        return List.copyOf(readings.values());
    }
}
