package org.chartkeeper.chart.note;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The types of notes, as {@code notes/templates.json} has them. */
@Component
public class NoteTemplates {

    private final List<NoteTemplate> all;

    public NoteTemplates(JsonMapper json) {
        try (InputStream data = new ClassPathResource("notes/templates.json").getInputStream()) {
            all = json.readValue(data, new TypeReference<List<Data>>() {}).stream()
                    .map(Data::template)
                    .toList();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** Every type that stands alone, those of this class of visit first; without the ones that only their author reads. */
    public List<NoteTemplate> offered(@Nullable String visitClass, boolean author) {
        return all.stream()
                .filter(template -> !template.adds() && (author || !template.own()))
                .sorted(java.util.Comparator.comparing(
                        template -> visitClass != null && !template.classes().contains(visitClass)))
                .toList();
    }

    public List<NoteTemplate> all() {
        return all;
    }

    public Optional<NoteTemplate> find(String key) {
        return all.stream().filter(template -> template.key().equals(key)).findFirst();
    }

    /** The template of a draft; of one that goes on with a note without sections, one text. */
    public NoteTemplate of(NoteDrafts.Draft draft) {
        NoteTemplate whole = NoteTemplate.whole(draft.kind(), "Note");
        return draft.sheet().sections().containsKey(NoteTemplate.WHOLE)
                ? whole
                : find(draft.kind()).orElse(whole);
    }

    private record Data(
            String key,
            String label,
            @Nullable String loinc,
            List<String> classes,
            String rule,
            @Nullable Boolean own,
            @Nullable Boolean adds,
            List<SectionData> sections) {

        NoteTemplate template() {
            return new NoteTemplate(
                    key,
                    label,
                    loinc,
                    classes,
                    rule,
                    Boolean.TRUE.equals(own),
                    Boolean.TRUE.equals(adds),
                    sections.stream().map(SectionData::section).toList());
        }
    }

    private record SectionData(
            String key,
            String label,
            @Nullable Boolean required,
            @Nullable Integer lines,
            @Nullable String hint,
            @Nullable String text) {

        NoteTemplate.Section section() {
            return new NoteTemplate.Section(
                    key, label, Boolean.TRUE.equals(required), lines == null ? 3 : lines, hint, text);
        }
    }
}
