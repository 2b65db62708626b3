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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.chartkeeper.terminology.CodeSystem;

/**
 * What people call a code that its title does not say: names of supplies and services by their HCPCS codes, abbreviations
 * and everyday names of drugs by what their titles name. Unlike what words also mean, these belong to codes and become
 * phrases of the index.
 */
final class CodeNames {

    private static final CodeNames NONE = new CodeNames();
    private static final CodeNames SUPPLIES = new CodeNames("/terminology/supply-names.txt");
    private static final CodeNames DRUGS = new CodeNames("/terminology/drug-names.txt");

    private final Map<String, List<String>> named = new LinkedHashMap<>();
    private final Map<String, List<String>> byFirstWord = new HashMap<>();

    static CodeNames of(CodeSystem system) {
        return switch (system) {
            case HCPCS -> SUPPLIES;
            case DRUG -> DRUGS;
            default -> NONE;
        };
    }

    private CodeNames(String... resources) {
        for (String resource : resources) {
            read(resource);
        }
    }

    private void read(String resource) {
        try (InputStream stream = CodeNames.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException(resource + " is missing");
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

    private void add(String line) {
        String[] sides = line.split("=", 2);
        List<String> names = Stream.of(sides[1].split(",")).map(String::strip).toList();
        for (String what : sides[0].split("\\|")) {
            String key = what.strip().toLowerCase(Locale.ROOT);
            named.computeIfAbsent(key, unseen -> new ArrayList<>()).addAll(names);
            List<String> keys = byFirstWord.computeIfAbsent(key.split(" ")[0], unseen -> new ArrayList<>());
            if (!keys.contains(key)) {
                keys.add(key);
            }
        }
    }

    /** Further phrases to find a code by: its own names; its title with what it names in other words. */
    List<String> phrases(String code, String title) {
        if (named.isEmpty()) {
            return List.of();
        }
        List<String> phrases = new ArrayList<>(named.getOrDefault(code.toLowerCase(Locale.ROOT), List.of()));
        String lower = title.toLowerCase(Locale.ROOT);
        for (String word : lower.split("[^\\p{L}\\p{N}]+")) {
            for (String key : byFirstWord.getOrDefault(word, List.of())) {
                if (lower.contains(key)) {
                    named.getOrDefault(key, List.of()).forEach(name -> phrases.add(lower.replace(key, name)));
                }
            }
        }
        return phrases;
    }
}
