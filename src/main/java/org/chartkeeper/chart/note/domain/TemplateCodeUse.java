package org.chartkeeper.chart.note.domain;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.chartkeeper.chart.note.NoteTemplate;
import org.chartkeeper.chart.note.NoteTemplates;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.terminology.CodeSystem;
import org.chartkeeper.terminology.CodeUse;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Types of documents (LOINC) that the templates of notes carry. */
@Component
@Order(5)
class TemplateCodeUse implements CodeUse {

    private final NoteTemplates templates;

    TemplateCodeUse(NoteTemplates templates) {
        this.templates = templates;
    }

    @Override
    public String what() {
        return "Note templates";
    }

    private List<NoteTemplate> with(CodeSystem system, Collection<String> codes) {
        return system == CodeSystem.LOINC
                ? templates.all().stream()
                        .filter(template -> template.loinc() != null && codes.contains(template.loinc()))
                        .toList()
                : List.of();
    }

    @Override
    public Map<String, Integer> counts(Actor actor, CodeSystem system, Collection<String> codes) {
        return with(system, codes).stream()
                .collect(Collectors.toMap(template -> String.valueOf(template.loinc()), template -> 1, Integer::sum));
    }

    /** They come with the product: their page is the code's own. */
    @Override
    public List<Use> uses(Actor actor, CodeSystem system, Collection<String> codes, int limit) {
        return with(system, codes).stream()
                .limit(limit)
                .map(template -> new Use(
                        String.valueOf(template.loinc()),
                        template.label(),
                        null,
                        "/codes/" + system.key() + "/" + template.loinc()))
                .toList();
    }
}
