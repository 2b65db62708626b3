package org.chartkeeper.chart.note.domain;

import java.util.Map;
import java.util.Set;
import org.chartkeeper.patient.PatientMergeParticipant;
import org.chartkeeper.platform.PatientId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What somebody is writing goes on in the chart that stays. */
@Component
class NoteMerge implements PatientMergeParticipant {

    private final JdbcClient jdbc;

    NoteMerge(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<String, String> moved() {
        return Map.of("note_draft", "id");
    }

    @Override
    public Set<String> kept() {
        return Set.of();
    }

    /** A letter of no visit may have been begun in both charts: both stay. */
    @Override
    public void before(PatientId loser, PatientId survivor) {
        jdbc.sql("UPDATE note_draft SET begun_in = patient_id WHERE patient_id = :loser AND begun_in IS NULL")
                .param("loser", loser.value())
                .update();
    }
}
