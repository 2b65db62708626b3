package org.chartkeeper.chart.domain;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.patient.PatientMergeParticipant;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Rejected;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Headers, typed rows and visits move; versions, signatures and what was said of them keep their patient. */
@Component
class ChartMerge implements PatientMergeParticipant {

    private final JdbcClient jdbc;

    ChartMerge(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<String, String> moved() {
        Map<String, String> tables = new HashMap<>();
        Arrays.stream(EntryType.values())
                .forEach(type -> tables.put(TypedRows.table(type).name(), "id"));
        tables.put("bulk_correction_item", "batch_id || '|' || target_id");
        tables.put("chart_notice", "id");
        tables.put("document_filing", "entry_id");
        tables.put("document_text", "entry_id");
        tables.put("encounter", "id");
        tables.put("entry", "id");
        tables.put("other_resource", "id");
        tables.put("result_due", "entry_id");
        tables.put("source_identity", "source || '|' || resource_type || '|' || source_id");
        return tables;
    }

    @Override
    public Set<String> kept() {
        return Set.of(
                "entry_version",
                "signature",
                "version_disposition",
                "entry_label",
                "chart_look",
                "encounter_correction",
                "result_acknowledgement");
    }

    /**
     * Both charts may hold the same allergy; from now on both stand on one list, and a third is refused.
     *
     * @throws Rejected if entries wait to be moved from or to the chart that ends
     */
    @Override
    public void before(PatientId loser, PatientId survivor) {
        boolean moving =
                jdbc.sql("""
                        SELECT EXISTS (SELECT 1 FROM entry_move
                                       WHERE state = 'waiting' AND :loser IN (from_patient, to_patient))
                        """).param("loser", loser.value()).query(Boolean.class).single();
        if (moving) {
            throw new Rejected("Entries wait to be moved from or to this chart. Confirm or refuse that first.");
        }
        jdbc.sql("""
                UPDATE allergy SET guard_key = NULL
                WHERE patient_id = :loser
                  AND guard_key IN (SELECT guard_key FROM allergy WHERE patient_id = :survivor)
                """)
                .param("loser", loser.value())
                .param("survivor", survivor.value())
                .update();
    }
}
