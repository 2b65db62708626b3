package org.chartkeeper.chart.note;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chartkeeper.chart.Concept;
import org.jspecify.annotations.Nullable;

/**
 * What a type of note is made of.
 *
 * @param key the kind of the note in the record
 * @param loinc document type code of LOINC, null where it has none
 * @param classes of visits in which it is offered
 * @param rule what law or practice asks of it, in one sentence
 * @param own true where nobody but its author reads it: only the author writes it
 * @param adds true where it adds to another note and does not stand alone
 * @param sections in the order of the page
 */
public record NoteTemplate(
        String key,
        String label,
        @Nullable String loinc,
        List<String> classes,
        String rule,
        boolean own,
        boolean adds,
        List<Section> sections) {

    /**
     * A section.
     *
     * @param required whether the note cannot be signed with this one empty
     * @param lines height of its field
     * @param text what stands in it at the start; null for nothing
     */
    public record Section(
            String key,
            String label,
            boolean required,
            int lines,
            @Nullable String hint,
            @Nullable String text) {}

    /** The one section of a note that has no sections. */
    public static final String WHOLE = "text";

    /** Of a note that came without sections: it keeps its heading and its one text. */
    public static NoteTemplate whole(String kind, String label) {
        return new NoteTemplate(
                kind,
                label,
                null,
                List.of(),
                "",
                false,
                false,
                List.of(new Section(WHOLE, "Text", true, 14, null, null)));
    }

    /** Whether a text has one of these sections under its heading. */
    public boolean fits(String text) {
        return sections.size() == 1 || text.isBlank() || text.lines().anyMatch(line -> heading(line) != null);
    }

    /** What the note is called in the record. */
    public Concept heading() {
        return loinc == null ? Concept.of(label) : Concept.of(Concept.LOINC, loinc, label);
    }

    /** The note's text: each section that says something under its heading. */
    public String compose(Map<String, String> words) {
        StringBuilder text = new StringBuilder();
        for (Section section : sections) {
            String said = tidy(words.getOrDefault(section.key(), ""));
            if (!said.isEmpty()) {
                text.append(text.isEmpty() ? "" : "\n\n");
                if (sections.size() > 1) {
                    text.append("# ").append(section.label()).append("\n\n");
                }
                text.append(said);
            }
        }
        return text.toString();
    }

    /** The sections of a text that {@link #compose} made; what stands under no heading of ours goes to where it stands. */
    public Map<String, String> parse(String text) {
        Map<String, List<String>> found = new LinkedHashMap<>();
        String at = sections.get(0).key();
        for (String line : tidy(text).split("\n", -1)) {
            Section heading = heading(line);
            if (heading != null) {
                at = heading.key();
            } else {
                found.computeIfAbsent(at, key -> new ArrayList<>()).add(line);
            }
        }
        Map<String, String> words = new LinkedHashMap<>();
        found.forEach((key, lines) -> words.put(key, tidy(String.join("\n", lines))));
        return words;
    }

    private @Nullable Section heading(String line) {
        if (!line.startsWith("# ")) {
            return null;
        }
        String label = line.substring(2).strip();
        return sections.stream()
                .filter(section -> section.label().equalsIgnoreCase(label))
                .findFirst()
                .orElse(null);
    }

    /** What a new note of this type begins with. */
    public Map<String, String> beginning() {
        Map<String, String> words = new LinkedHashMap<>();
        for (Section section : sections) {
            if (section.text() != null) {
                words.put(section.key(), section.text());
            }
        }
        return words;
    }

    static String tidy(String text) {
        return text.replace("\r\n", "\n")
                .replace('\r', '\n')
                .replaceAll("[ \t]+\n", "\n")
                .strip();
    }
}
