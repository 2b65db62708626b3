package org.chartkeeper.terminology.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.chartkeeper.terminology.CodeMaps;
import org.chartkeeper.terminology.CodeMaps.Candidate;
import org.chartkeeper.testing.ChartkeeperTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a loaded map of SNOMED CT proposes; the concepts are made up. */
@ChartkeeperTest
class StoredMapsTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 3);
    private static final AtomicInteger CONCEPTS = new AtomicInteger(990_001);

    @Autowired
    CodeMaps maps;

    @Autowired
    JdbcClient database;

    final String concept = CONCEPTS.getAndIncrement() + "009";

    private void row(int priority, String target, String rule) {
        database.sql("""
                        INSERT INTO code_entry (series, code, title, short_title, billable, detail, since)
                        VALUES ('snomed-map', :code, :target, '', true, :detail, '2026-01-01')
                        """)
                .param("code", concept)
                .param("target", target)
                .param("detail", priority + " " + rule)
                .update();
    }

    private List<String> candidates(@Nullable String sex) {
        return maps.candidates(concept, DAY, sex).stream().map(Candidate::code).toList();
    }

    @Test
    void targets_come_by_their_priority() {
        row(2, "I10", "TRUE");
        row(1, "E119", "TRUE");

        assertThat(candidates(null)).containsExactly("E11.9", "I10");
    }

    @Test
    void a_rule_about_the_sex_decides_where_it_is_known() {
        row(1, "I10", "IFA 248152002 | Female (finding) |");
        row(2, "E119", "OTHERWISE TRUE");

        assertThat(candidates("female")).containsExactly("I10");
        assertThat(candidates("male")).containsExactly("E11.9");
        assertThat(candidates(null)).containsExactly("I10", "E11.9");
    }

    @Test
    void another_rule_is_told_as_advice() {
        row(1, "I10", "IFA 445518008 | Age at onset of clinical finding (observable entity) | < 18.0 years");

        assertThat(maps.candidates(concept, DAY, "female"))
                .singleElement()
                .extracting(Candidate::advice)
                .asString()
                .startsWith("if Age at onset of clinical finding")
                .endsWith("< 18.0 years");
    }

    @Test
    void what_asks_for_one_more_character_is_no_candidate() {
        row(1, "S52501?", "TRUE");

        assertThat(candidates("female")).isEmpty();
    }

    @Test
    void a_concept_that_no_map_has_has_no_candidate() {
        assertThat(candidates("female")).isEmpty();
    }
}
