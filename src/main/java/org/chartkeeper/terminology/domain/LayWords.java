package org.chartkeeper.terminology.domain;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.chartkeeper.terminology.CodeSystem;

/**
 * What words that people type also mean: abbreviations, lay words, the Greek and Latin of the code sets, what operations are
 * called where the code set names what was done to which part, brand names of drugs.
 */
final class LayWords {

    /** What people put around what they mean; it is read past, save where nothing else is there. */
    private static final Set<String> TALK = Set.of(
            ("i im ive id m ve my me mine myself we our you your he she him his her hers they them their it its this that"
                            + " am are was were been being have has had having got get gets getting do does did feel feels"
                            + " feeling felt keep keeps keeping kept go goes going went very really so too just some kind"
                            + " sort there then when while which who patient pt complains complaining complaint reports"
                            + " need needs needing wants want please now still would always s p t w killing"
                            + " terrible horrible awful today yesterday since lots")
                    .split(" "));

    /** Each means the other, means only, means too. */
    private static final List<String> SIGNS = List.of("<>", "=>", "=");

    private static final int MOST = 6;
    /** What a title says when no more is known: where more is said, it does not hold. */
    private static final Set<String> UNSAID = Set.of("unspecified", "uncomplicated", "without", "complications");

    private static final float TOGETHER = 1f;
    private static final float ALONE = 1.3f;
    private static final float WHOLE = 1.8f;

    private static final LayWords GENERAL = new LayWords("/terminology/lay-words.txt");
    private static final LayWords PROCEDURES =
            new LayWords("/terminology/procedure-words.txt", "/terminology/lay-words.txt");
    private static final LayWords DRUGS = new LayWords("/terminology/brands.txt", "/terminology/lay-words.txt");
    private static final LayWords VACCINES =
            new LayWords("/terminology/vaccine-words.txt", "/terminology/lay-words.txt");

    /** What a word or some words in any order mean, by the stems of them. */
    private final Map<Set<String>, List<Meaning>> meanings = new HashMap<>();

    /** Those of several words, by one of their stems. */
    private final Map<String, List<Set<String>>> together = new HashMap<>();

    /** The form of a word that stands for an irregular one of the same meaning: swelling for swollen. */
    private final Map<String, String> forms = new HashMap<>();

    /** Stems of all that stands in the lists. */
    private final Set<String> vocabulary = new HashSet<>();

    /** @param only the words do not mean themselves */
    private record Meaning(List<String> words, boolean only) {}

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
        List<List<String>> lines = Stream.of(resources).map(LayWords::lines).toList();
        lines.stream().flatMap(List::stream).filter(line -> line.contains("~")).forEach(this::form);
        for (List<String> each : lines) {
            Set<Set<String>> known = Set.copyOf(meanings.keySet());
            each.stream().filter(line -> !line.contains("~")).forEach(line -> add(line, known));
        }
    }

    private static List<String> lines(String resource) {
        try (InputStream stream = LayWords.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException(resource + " is missing");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void form(String line) {
        String[] sides = line.split("~", 2);
        String stands = sides[1].strip();
        CodeIndex.words(sides[0]).forEach(form -> forms.put(form, stands));
        vocabulary.add(stem(stands));
    }

    private void add(String line, Set<Set<String>> known) {
        String sign = SIGNS.stream().filter(line::contains).findFirst().orElseThrow();
        String[] sides = line.split(sign, 2);
        List<String> right = CodeIndex.words(sides[1]);
        for (String side : sides[0].split(",")) {
            List<String> left = CodeIndex.words(side);
            add(left, new Meaning(right, sign.equals("=>")), known);
            if (sign.equals("<>")) {
                add(right, new Meaning(left, false), known);
            }
        }
    }

    private void add(List<String> words, Meaning meaning, Set<Set<String>> known) {
        List<String> said = said(words);
        // Where but one word would be left, the talk makes the meaning: feeling down.
        Set<String> key = new LinkedHashSet<>(stems(said.size() > 1 ? said : words));
        vocabulary.addAll(stems(words));
        if (key.isEmpty() || known.contains(key) || words.equals(meaning.words)) {
            return;
        }
        if (key.size() > 1 && !meanings.containsKey(key)) {
            String longest = Collections.max(key, Comparator.comparingInt(String::length));
            together.computeIfAbsent(longest, stem -> new ArrayList<>()).add(key);
        }
        meanings.computeIfAbsent(key, stems -> new ArrayList<>()).add(meaning);
    }

    /** Without the talk around it. */
    private static List<String> said(List<String> words) {
        List<String> said = words.stream().filter(word -> !TALK.contains(word)).toList();
        return said.isEmpty() ? words : said;
    }

    /** What is written with an apostrophe has come in two: can't, don't. */
    private static List<String> joined(List<String> words) {
        List<String> joined = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean not = i + 1 < words.size() && words.get(i + 1).equals("t");
            if (not && (word.equals("can") || word.equals("couldn"))) {
                joined.add("cannot");
            } else if (not && word.endsWith("n")) {
                joined.add("not");
            } else {
                joined.add(word);
            }
        }
        return joined;
    }

    private List<String> stems(List<String> words) {
        return words.stream().map(this::stem).toList();
    }

    private String stem(String word) {
        String form = forms.getOrDefault(word, word);
        List<String> stems = CodeIndex.stems(form);
        return stems.isEmpty() ? form : stems.get(0);
    }

    /** Whether the word stands in the lists, or is talk. */
    boolean knows(String word) {
        return TALK.contains(word) || vocabulary.contains(stem(word));
    }

    /**
     * What a single word also means.
     *
     * @param only it does not mean itself
     */
    record Also(List<List<String>> meanings, boolean only) {}

    Also also(String word) {
        List<Meaning> known = meanings.getOrDefault(Set.of(stem(word)), List.of());
        Set<List<String>> also = new LinkedHashSet<>();
        if (forms.containsKey(word)) {
            also.add(List.of(forms.get(word)));
        }
        known.forEach(meaning -> also.add(meaning.words));
        return new Also(List.copyOf(also), known.stream().anyMatch(Meaning::only));
    }

    /**
     * A way to read what was typed.
     *
     * @param meant what some of the words mean together
     * @param words the others, or all
     * @param weight how far the meaning is to be believed
     */
    record Reading(List<String> meant, List<String> words, float weight) {}

    /** Words at some places of a query that mean something together. */
    private record Match(Set<Integer> places, List<Meaning> meanings) {}

    /** The query as typed, without the talk around it, then with several of its words replaced by what they mean together. */
    List<Reading> readings(List<String> typed) {
        List<String> all = joined(typed);
        List<String> words = said(all);
        Set<Reading> readings = new LinkedHashSet<>();
        readings.add(new Reading(List.of(), words, 1f));
        read(all, matches(stems(all)), Set.of(), List.of(), readings);
        if (readings.stream().noneMatch(reading -> reading.words.isEmpty())) {
            alone(words, readings);
        }
        return List.copyOf(readings);
    }

    /** One word that means something by itself, whatever the others say. */
    private void alone(List<String> words, Set<Reading> readings) {
        int most = readings.size() + MOST / 2;
        for (int i = 0; i < words.size(); i++) {
            List<String> left = new ArrayList<>(words);
            left.remove(i);
            for (Meaning meaning : meanings.getOrDefault(Set.of(stem(words.get(i))), List.of())) {
                List<String> meant = meaning.words.stream()
                        .filter(word -> !UNSAID.contains(word))
                        .toList();
                if (meaning.words.size() > 1 && !meant.isEmpty() && readings.size() < most) {
                    float weight = left.isEmpty() ? WHOLE * Math.min(1f, 2f / meant.size()) : ALONE / meant.size();
                    readings.add(new Reading(left.isEmpty() ? meaning.words : meant, left, weight));
                }
            }
        }
    }

    /** What is left when some places have their meaning, then with another that does not overlap. */
    private static void read(
            List<String> words, List<Match> matches, Set<Integer> used, List<String> meant, Set<Reading> readings) {
        for (int i = 0; i < matches.size(); i++) {
            Match match = matches.get(i);
            if (!Collections.disjoint(match.places, used)) {
                continue;
            }
            Set<Integer> places = new HashSet<>(used);
            places.addAll(match.places);
            List<String> left = IntStream.range(0, words.size())
                    .filter(at -> !places.contains(at))
                    .mapToObj(words::get)
                    .filter(word -> !TALK.contains(word))
                    .toList();
            for (Meaning meaning : match.meanings) {
                Set<String> all = new LinkedHashSet<>(meant);
                all.addAll(meaning.words);
                if (!left.isEmpty()) {
                    all.removeAll(UNSAID);
                }
                if (readings.size() < MOST && !all.isEmpty()) {
                    List<String> now = List.copyOf(all);
                    float weight = left.isEmpty()
                            ? WHOLE * Math.min(1f, (places.size() + 1f) / now.size())
                            : TOGETHER * Math.min(1f, (float) places.size() / now.size());
                    readings.add(new Reading(now, left, weight));
                    read(words, matches.subList(i + 1, matches.size()), places, now, readings);
                }
            }
        }
    }

    /** The largest first; what lies within another does not count. */
    private List<Match> matches(List<String> stems) {
        Set<String> there = Set.copyOf(stems);
        List<Match> found = new ArrayList<>();
        for (String stem : there) {
            for (Set<String> key : together.getOrDefault(stem, List.of())) {
                if (there.containsAll(key)) {
                    Set<Integer> places = new HashSet<>();
                    key.forEach(part -> places.add(stems.indexOf(part)));
                    found.add(new Match(places, meanings.getOrDefault(key, List.of())));
                }
            }
        }
        return found.stream()
                .filter(one -> found.stream()
                        .noneMatch(other ->
                                other.places.size() > one.places.size() && other.places.containsAll(one.places)))
                .sorted(Comparator.comparingInt((Match match) -> -match.places.size())
                        .thenComparingInt(match -> Collections.max(match.places) - Collections.min(match.places))
                        .thenComparingInt(match -> Collections.min(match.places)))
                .toList();
    }
}
