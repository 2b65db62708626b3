package org.chartkeeper.chart.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chartkeeper.access.Directory;
import org.chartkeeper.chart.ChartSafety;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.DepartmentId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The banner's facts in one statement, over what is listed and never over the whole chart. */
@Service
class SafetyService implements ChartSafety {

    private static final int BOUND = 501;

    private static final String FACTS = """
            SELECT unsigned.number AS unsigned, asked.at AS asked_at,
                   house.klass AS house_class, house.department_id AS house_department, house.location AS house_location,
                   x.*
            FROM (SELECT count(*) AS number FROM (
                      SELECT 1 FROM entry e
                      WHERE e.patient_id = :patient AND e.signature_state IN ('unsigned', 'co-signature due') AND %1$s
                        AND NOT (e.type = 'medication-order' AND e.pending_kind = 'change'
                                 AND EXISTS (SELECT 1 FROM medication_order next WHERE next.replaces = e.id))
                      LIMIT %2$d) bounded) unsigned
            CROSS JOIN (SELECT max(coalesce(e.signed_at, e.stated_at)) AS at
                        FROM entry e
                        WHERE e.patient_id = :patient AND e.type = 'allergy' AND e.status = 'current' AND %1$s) asked
            LEFT JOIN LATERAL (
                SELECT en.klass, en.department_id, en.location FROM encounter en
                WHERE en.patient_id = :patient AND en.status IN ('arrived', 'in progress', 'on leave')
                  AND en.klass IN ('inpatient', 'emergency', 'observation') AND %5$s
                ORDER BY en.start_at DESC LIMIT 1) house ON true
            LEFT JOIN (SELECT %3$s FROM entry e %4$s
                       WHERE e.patient_id = :patient AND e.listed AND e.type IN ('allergy', 'order')
                         AND (e.type = 'allergy' OR e.category = 'code-status' AND e.active)
                         AND e.in_force_version > 0 AND %1$s) x ON true
            ORDER BY x.event_at DESC, x.id DESC
            """;

    private final JdbcClient jdbc;
    private final Sensitivity sensitivity;
    private final Directory directory;

    SafetyService(JdbcClient jdbc, Sensitivity sensitivity, Directory directory) {
        this.jdbc = jdbc;
        this.sensitivity = sensitivity;
        this.directory = directory;
    }

    /** What the rows of the statement gather. */
    private static final class Gathered {
        final List<EntryRow> entries = new ArrayList<>();
        int unsigned;

        @Nullable
        Instant asked;

        @Nullable
        String klass;

        @Nullable
        UUID department;

        @Nullable
        String location;
    }

    @Override
    @Requires({Permission.CHART_READ, Permission.VISIT_UPDATE})
    @Transactional(readOnly = true)
    public Facts facts(Actor actor, PatientId patient) {
        Gathered gathered = new Gathered();
        sensitivity
                .visible(actor)
                .bind(jdbc.sql(FACTS.formatted(
                        Sensitivity.PREDICATE, BOUND, EntryRow.COLUMNS, EntryRow.CONTENTS, EncounterRows.PREDICATE)))
                .param("patient", patient.value())
                .query(row -> {
                    gathered.unsigned = row.getInt("unsigned");
                    gathered.asked = Sql.instantOrNull(row, "asked_at");
                    gathered.klass = row.getString("house_class");
                    gathered.department = Sql.uuidOrNull(row, "house_department");
                    gathered.location = row.getString("house_location");
                    if (row.getString("id") != null) {
                        gathered.entries.add(EntryRow.of(row));
                    }
                });
        // A banner says what, not who: no names are read.
        Names.Found nobody = new Names.Found(Map.of(), Map.of());
        List<EntryView> entries =
                gathered.entries.stream().map(row -> row.view(nobody)).toList();
        return new Facts(
                entries.stream().filter(it -> it.type() == EntryType.ALLERGY).toList(),
                gathered.asked,
                entries.stream()
                        .filter(it -> it.type() == EntryType.ORDER)
                        .findFirst()
                        .map(it -> it.content().title())
                        .orElse(null),
                house(gathered),
                gathered.unsigned);
    }

    private @Nullable String house(Gathered gathered) {
        String klass = gathered.klass;
        if (klass == null) {
            return null;
        }
        String department = gathered.department == null
                ? null
                : directory
                        .department(new DepartmentId(gathered.department))
                        .map(Directory.Department::name)
                        .orElse(null);
        String place = Stream.of(department, gathered.location)
                .filter(part -> part != null && !part.isBlank())
                .collect(Collectors.joining(" "));
        String word = klass.substring(0, 1).toUpperCase(java.util.Locale.US) + klass.substring(1);
        return place.isEmpty() ? word : word + " · " + place;
    }
}
