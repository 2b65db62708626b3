package org.chartkeeper.chart.note.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.chartkeeper.chart.note.NoteTemplates;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.terminology.CodeSystem;
import org.chartkeeper.terminology.CodeUse;
import org.chartkeeper.testing.ChartkeeperTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ChartkeeperTest
class TemplateCodeUseTest {

    private static final String PROGRESS_NOTE = "11506-3";

    @Autowired
    TemplateCodeUse uses;

    @Autowired
    NoteTemplates templates;

    @Autowired
    CurrentActor actors;

    private Actor actor;

    @BeforeEach
    void someone() {
        actor = actors.asSystem(FacilityId.next(), () -> actors.get());
    }

    @Test
    void a_type_of_document_that_ends_is_in_use_by_the_templates_that_carry_it() {
        assertThat(uses.counts(actor, CodeSystem.LOINC, List.of(PROGRESS_NOTE, "99999-9")))
                .isEqualTo(Map.of(PROGRESS_NOTE, (int) templates.all().stream()
                        .filter(template -> PROGRESS_NOTE.equals(template.loinc()))
                        .count()));
        assertThat(uses.uses(actor, CodeSystem.LOINC, List.of(PROGRESS_NOTE), 1))
                .extracting(CodeUse.Use::path)
                .containsExactly("/codes/loinc/" + PROGRESS_NOTE);
    }

    @Test
    void a_code_of_another_system_is_not() {
        assertThat(uses.counts(actor, CodeSystem.ICD10CM, List.of(PROGRESS_NOTE)))
                .isEmpty();
        assertThat(uses.uses(actor, CodeSystem.ICD10CM, List.of(PROGRESS_NOTE), 5))
                .isEmpty();
    }
}
