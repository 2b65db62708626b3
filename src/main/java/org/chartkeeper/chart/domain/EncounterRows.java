package org.chartkeeper.chart.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
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
            SELECT en.*, (SELECT json_agg(json_build_object('p', pa.practitioner_id, 'n', pa.name, 'r', pa.role,
                                                            'f', pa.from_at, 'u', pa.until_at)
                                          ORDER BY pa.number)
                          FROM encounter_participant pa WHERE pa.encounter_id = en.id)::text AS participants
            FROM encounter en
            """;

    /**
     * Of the visit {@code en}: that somebody was in a closed program is closed itself, but not to who took part. Its
     * parameters are bound by {@link Sensitivity.Visible#bind}.
     */
    static final String PREDICATE = """
            (en.sensitivity = ''
             OR string_to_array(en.sensitivity, ' ') <@ string_to_array(:labels, ',')
             OR string_to_array(en.sensitivity, ' ') <@ string_to_array(:ownLabels, ',')
                AND (en.attending = :self::uuid
                     OR EXISTS (SELECT FROM encounter_participant me
                                WHERE me.encounter_id = en.id AND me.practitioner_id = :self::uuid)))""";

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
            @Nullable String admissionSource,
            @Nullable String admissionType,
            @Nullable String disposition,
            @Nullable String dischargeCode,
            @Nullable String series,
            @Nullable Instant death,
            boolean selfPay,
            boolean notToPlan,
            @Nullable UUID linked,
            boolean imported,
            int version,
            List<EncounterView.Participant> participants) {}

    List<Row> find(Sensitivity.Visible visible, PatientId patient, EncounterId encounter) {
        return visible.bind(jdbc.sql(SELECT + " WHERE en.id = :id AND en.patient_id = :patient AND " + PREDICATE))
                .param("id", encounter.value())
                .param("patient", patient.value())
                .query((row, number) -> row(row))
                .list();
    }

    /** Newest first; one more than the limit tells that there is another page. */
    List<Row> list(Sensitivity.Visible visible, PatientId patient, @Nullable PageKey after, int limit) {
        return visible.bind(jdbc.sql(SELECT + """
                WHERE en.patient_id = :patient AND %s
                  AND (:at::timestamptz IS NULL OR (en.start_at, en.id) < (:at::timestamptz, :id::uuid))
                ORDER BY en.start_at DESC, en.id DESC LIMIT :limit
                """.formatted(PREDICATE)))
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
                row.getString("admission_source"),
                row.getString("admission_type"),
                row.getString("discharge_disposition"),
                row.getString("discharge_code"),
                row.getString("series_account"),
                Sql.instantOrNull(row, "death_at"),
                row.getBoolean("self_pay"),
                row.getBoolean("not_to_plan"),
                Sql.uuidOrNull(row, "linked_encounter"),
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
                    node.path("r").asString(),
                    moment(node.path("f")),
                    moment(node.path("u"))));
        }
        return List.copyOf(found);
    }

    private static @Nullable Instant moment(JsonNode node) {
        return node.isString() ? OffsetDateTime.parse(node.asString()).toInstant() : null;
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
                row.admissionSource(),
                row.admissionType(),
                row.disposition(),
                row.dischargeCode(),
                row.series(),
                row.death(),
                row.selfPay(),
                row.notToPlan(),
                row.linked() == null ? null : new EncounterId(row.linked()),
                row.imported(),
                row.version(),
                row.participants());
    }
}
