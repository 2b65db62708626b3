package org.chartkeeper.chart.domain;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.chartkeeper.chart.ResultUrgency;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows of results that were final at their source and wait to be seen. */
@Component
class ResultRows {

    private final JdbcClient jdbc;

    ResultRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A result for somebody to see. {@code arrived}: when it came into the chart. */
    record Expected(UUID entry, UUID patient, UUID practitioner, int version, ResultUrgency urgency, Instant arrived) {

        Instant due() {
            return arrived.plus(urgency.within());
        }
    }

    /** One that waits already is due when it was or earlier: a correction never gives more time. */
    void expect(Collection<Expected> results) {
        for (Expected result : results) {
            jdbc.sql("""
                    INSERT INTO result_due (entry_id, patient_id, practitioner_id, number, urgency, arrived_at, due_at)
                    VALUES (:entry, :patient, :practitioner, :number, :urgency, :arrived, :due)
                    ON CONFLICT (entry_id) DO UPDATE SET practitioner_id = excluded.practitioner_id,
                        number = excluded.number, urgency = excluded.urgency, arrived_at = excluded.arrived_at,
                        due_at = least(result_due.due_at, excluded.due_at)
                    """)
                    .param("entry", result.entry)
                    .param("patient", result.patient)
                    .param("practitioner", result.practitioner)
                    .param("number", result.version)
                    .param("urgency", result.urgency.word())
                    .param("arrived", Sql.timestamp(result.arrived))
                    .param("due", Sql.timestamp(result.due()))
                    .update();
        }
    }

    /** What waits of these does so in its newest version; its clock goes on. */
    void changed(Collection<UUID> entries) {
        if (!entries.isEmpty()) {
            jdbc.sql("""
                    UPDATE result_due d SET number = e.current_version FROM entry e
                    WHERE e.id = d.entry_id AND d.entry_id = ANY (?::uuid[])
                    """).param(Sql.uuids(entries)).update();
        }
    }

    /** What was moved into the right chart waits there, for the same person and by the same clock. */
    void moved(Map<UUID, EntryId> here, PatientId to) {
        here.forEach((from, copy) -> jdbc.sql(
                        "UPDATE result_due SET entry_id = ?, patient_id = ?, number = 1 WHERE entry_id = ?")
                .params(copy.value(), to.value(), from)
                .update());
    }
}
