package org.chartkeeper.chart.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chartkeeper.chart.ChartSafety;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The banner's facts in two statements: the allergies, and one row of everything else. */
@Service
class SafetyService implements ChartSafety {

    /** The banner names substances, not people. */
    private static final Names.Found NOBODY = new Names.Found(Map.of(), Map.of());

    private final JdbcClient jdbc;
    private final Sensitivity sensitivity;

    SafetyService(JdbcClient jdbc, Sensitivity sensitivity) {
        this.jdbc = jdbc;
        this.sensitivity = sensitivity;
    }

    private record Rest(
            @Nullable Instant asked,
            @Nullable String codeStatus,
            @Nullable String klass,
            @Nullable String place,
            int unsigned) {}

    @Override
    @Requires({Permission.CHART_READ, Permission.VISIT_UPDATE})
    @Transactional(readOnly = true)
    public Facts facts(Actor actor, PatientId patient) {
        Sensitivity.Visible visible = sensitivity.visible(actor);
        List<EntryView> allergies = new ArrayList<>();
        visible.bind(jdbc.sql("""
                SELECT %s FROM entry e %s
                WHERE e.patient_id = :patient AND e.listed AND e.type = 'allergy' AND e.active AND %s
                ORDER BY e.event_at DESC, e.id DESC
                """.formatted(EntryRow.COLUMNS, EntryRow.CONTENTS, Sensitivity.PREDICATE)))
                .param("patient", patient.value())
                .query(row -> {
                    allergies.add(EntryRow.of(row).view(NOBODY));
                });
        Rest rest = visible.bind(jdbc.sql("""
                SELECT (SELECT max(coalesce(a.signed_at, a.stated_at)) FROM entry a
                        WHERE a.patient_id = :patient AND a.type = 'allergy' AND a.status = 'current') AS asked,
                       (SELECT o.title FROM entry o
                        WHERE o.patient_id = :patient AND o.listed AND o.active AND o.type = 'order'
                          AND o.category = 'code-status'
                        ORDER BY o.event_at DESC, o.id DESC LIMIT 1) AS code_status,
                       house.klass, house.location,
                       (SELECT count(*) FROM (
                           SELECT 1 FROM entry e
                           WHERE e.patient_id = :patient AND e.signature_state IN ('unsigned', 'co-signature due')
                             AND %s LIMIT 501) bounded) AS unsigned
                FROM (VALUES (1)) one (row)
                LEFT JOIN LATERAL (
                    SELECT en.klass, en.location FROM encounter en
                    WHERE en.patient_id = :patient AND en.status IN ('arrived', 'in progress')
                      AND en.klass IN ('inpatient', 'observation', 'emergency')
                    ORDER BY en.start_at DESC LIMIT 1) house ON true
                """.formatted(Sensitivity.PREDICATE)))
                .param("patient", patient.value())
                .query((row, number) -> new Rest(
                        Sql.instantOrNull(row, "asked"),
                        row.getString("code_status"),
                        row.getString("klass"),
                        row.getString("location"),
                        row.getInt("unsigned")))
                .single();
        return new Facts(allergies, rest.asked, rest.codeStatus, house(rest), rest.unsigned);
    }

    private static @Nullable String house(Rest rest) {
        if (rest.klass == null) {
            return null;
        }
        String klass = rest.klass.substring(0, 1).toUpperCase(Locale.ROOT) + rest.klass.substring(1);
        return rest.place == null ? klass : klass + " · " + rest.place;
    }
}
