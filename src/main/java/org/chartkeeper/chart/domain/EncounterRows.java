package org.chartkeeper.chart.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.chartkeeper.access.Directory;
import org.chartkeeper.chart.EncounterView;
import org.chartkeeper.platform.DepartmentId;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PractitionerId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Visits as pages show them: one statement, and names from the directory. */
@Component
class EncounterRows {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final String SELECT = """
            SELECT en.*, (SELECT json_agg(json_build_object('p', pa.practitioner_id, 'n', pa.name, 'r', pa.role)
                                          ORDER BY pa.number)
                          FROM encounter_participant pa WHERE pa.encounter_id = en.id)::text AS participants
            FROM encounter en
            """;

    private final JdbcClient jdbc;
    private final Directory directory;

    EncounterRows(JdbcClient jdbc, Directory directory) {
        this.jdbc = jdbc;
        this.directory = directory;
    }

    /** A visit before names are known. */
    record Row(
            UUID id,
            UUID patient,
            UUID facility,
            @Nullable UUID department,
            String klass,
            String status,
            String kind,
            @Nullable String reason,
            Instant start,
            @Nullable Instant end,
            @Nullable UUID attending,
            @Nullable String location,
            @Nullable String account,
            @Nullable String disposition,
            boolean selfPay,
            boolean imported,
            int version,
            List<EncounterView.Participant> participants) {}

    List<Row> find(PatientId patient, EncounterId encounter) {
        return jdbc.sql(SELECT + " WHERE en.id = ? AND en.patient_id = ?")
                .param(encounter.value())
                .param(patient.value())
                .query((row, number) -> row(row))
                .list();
    }

    /** Newest first; one more than the limit tells that there is another page. */
    List<Row> list(PatientId patient, @Nullable PageKey after, int limit) {
        return jdbc.sql(SELECT + """
                WHERE en.patient_id = :patient
                  AND (:at::timestamptz IS NULL OR (en.start_at, en.id) < (:at::timestamptz, :id::uuid))
                ORDER BY en.start_at DESC, en.id DESC LIMIT :limit
                """)
                .param("patient", patient.value())
                .param("at", after == null ? null : after.at().toString())
                .param("id", after == null ? null : after.id().toString())
                .param("limit", limit)
                .query((row, number) -> row(row))
                .list();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                Sql.uuid(row, "id"),
                Sql.uuid(row, "patient_id"),
                Sql.uuid(row, "facility_id"),
                Sql.uuidOrNull(row, "department_id"),
                row.getString("klass"),
                row.getString("status"),
                row.getString("kind"),
                row.getString("reason"),
                Sql.instant(row, "start_at"),
                Sql.instantOrNull(row, "end_at"),
                Sql.uuidOrNull(row, "attending"),
                row.getString("location"),
                row.getString("account_number"),
                row.getString("discharge_disposition"),
                row.getBoolean("self_pay"),
                row.getString("source") != null,
                row.getInt("version"),
                participants(row.getString("participants")));
    }

    private static List<EncounterView.Participant> participants(@Nullable String json) {
        if (json == null) {
            return List.of();
        }
        List<EncounterView.Participant> found = new ArrayList<>();
        for (JsonNode node : MAPPER.readTree(json)) {
            JsonNode id = node.path("p");
            found.add(new EncounterView.Participant(
                    id.isString() ? PractitionerId.of(id.asString()) : null,
                    node.path("n").asString(),
                    node.path("r").asString()));
        }
        return List.copyOf(found);
    }

    EncounterView view(Row row, Names.Found names) {
        FacilityId facility = new FacilityId(row.facility());
        DepartmentId department = row.department() == null ? null : new DepartmentId(row.department());
        return new EncounterView(
                new EncounterId(row.id()),
                new PatientId(row.patient()),
                facility,
                directory.facility(facility).map(Directory.Facility::name).orElse(""),
                department,
                department == null
                        ? null
                        : directory
                                .department(department)
                                .map(Directory.Department::name)
                                .orElse(null),
                row.klass(),
                row.status(),
                row.kind(),
                row.reason(),
                row.start(),
                row.end(),
                row.attending() == null ? null : new PractitionerId(row.attending()),
                names.practitioner(row.attending()),
                row.location(),
                row.account(),
                row.disposition(),
                row.selfPay(),
                row.imported(),
                row.version(),
                row.participants());
    }
}
