package org.chartkeeper.chart.domain;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.terminology.CodeSystem;
import org.chartkeeper.terminology.CodeUse;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Codes of entries that are active: what is over keeps the code of its day. */
final class EntryCodeUse implements CodeUse {

    private final String what;
    private final List<String> types;
    private final JdbcClient jdbc;
    private final Sensitivity sensitivity;

    private EntryCodeUse(String what, List<EntryType> types, JdbcClient jdbc, Sensitivity sensitivity) {
        this.what = what;
        this.types = types.stream().map(EntryType::key).toList();
        this.jdbc = jdbc;
        this.sensitivity = sensitivity;
    }

    /** The places of the chart. */
    @Configuration(proxyBeanMethods = false)
    static class Places {

        @Bean
        @Order(1)
        CodeUse codesOfProblems(JdbcClient jdbc, Sensitivity sensitivity) {
            return new EntryCodeUse("Problems", List.of(EntryType.CONDITION), jdbc, sensitivity);
        }

        @Bean
        @Order(2)
        CodeUse codesOfOrders(JdbcClient jdbc, Sensitivity sensitivity) {
            return new EntryCodeUse("Orders", List.of(EntryType.MEDICATION_ORDER, EntryType.ORDER), jdbc, sensitivity);
        }

        @Bean
        @Order(3)
        CodeUse codesOfStatements(JdbcClient jdbc, Sensitivity sensitivity) {
            return new EntryCodeUse(
                    "Medications and care plans",
                    List.of(EntryType.MEDICATION_STATEMENT, EntryType.CARE_PLAN_ITEM),
                    jdbc,
                    sensitivity);
        }
    }

    @Override
    public String what() {
        return what;
    }

    @Override
    public Map<String, Integer> counts(Actor actor, CodeSystem system, Collection<String> codes) {
        boolean all = !actor.may(Permission.CHART_READ);
        Map<String, Integer> counts = new HashMap<>();
        sensitivity
                .visible(actor)
                .bind(jdbc.sql("""
                        SELECT c.code, n.number FROM unnest(:codes::text[]) AS c (code)
                        CROSS JOIN LATERAL (
                            SELECT count(*) AS number FROM (
                                SELECT FROM entry e
                                WHERE e.listed AND e.code = c.code AND e.code_system = :system AND e.type IN (:types)
                                  AND (:all OR may_open(e.patient_id) AND %s)
                                LIMIT :most) u) n
                        WHERE n.number > 0
                        """.formatted(Sensitivity.PREDICATE)))
                .param("codes", codes.toArray(String[]::new))
                .param("system", system.uri())
                .param("types", types)
                .param("all", all)
                .param("most", MOST)
                .query(row -> {
                    counts.put(row.getString("code"), row.getInt("number"));
                });
        return counts;
    }

    @Override
    public List<Use> uses(Actor actor, CodeSystem system, Collection<String> codes, int limit) {
        if (!actor.may(Permission.CHART_READ)) {
            return List.of();
        }
        return sensitivity
                .visible(actor)
                .bind(jdbc.sql("""
                        SELECT e.id, e.patient_id, e.code, e.title FROM entry e
                        WHERE e.listed AND e.code = ANY (:codes::text[]) AND e.code_system = :system
                          AND e.type IN (:types) AND may_open(e.patient_id) AND %s
                        ORDER BY e.code, e.id LIMIT :limit
                        """.formatted(Sensitivity.PREDICATE)))
                .param("codes", codes.toArray(String[]::new))
                .param("system", system.uri())
                .param("types", types)
                .param("limit", limit)
                .query((row, number) -> {
                    PatientId patient = new PatientId(Sql.uuid(row, "patient_id"));
                    return new Use(
                            row.getString("code"),
                            row.getString("title"),
                            patient,
                            "/patients/" + patient + "/entries/" + Sql.uuid(row, "id"));
                })
                .list();
    }
}
