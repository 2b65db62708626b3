package org.chartkeeper.coding.domain;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.terminology.CodeSystem;
import org.chartkeeper.terminology.CodeUse;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Codes of cases that are not final: a case of a visit that ends after a release is coded by the next one. */
@Component
@Order(4)
class CaseCodeUse implements CodeUse {

    private static final String OPEN = """
             JOIN coding_case c ON c.id = l.case_id AND c.state NOT IN ('final coded', 'combined')
            WHERE l.book = 'coder' AND l.system = :system\s""";

    /** Of those who code; who codes nothing learns of nobody, and is told numbers only. */
    private static final String SEEN = " AND c.facility_id = ANY (:facilities::uuid[])" + CaseRows.SEEN;

    private final JdbcClient jdbc;

    CaseCodeUse(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String what() {
        return "Open coding cases";
    }

    private static boolean codes(Actor actor) {
        return actor.may(Permission.CODING_WORK) || actor.may(Permission.CODING_SUPERVISE);
    }

    private static String[] facilities(Actor actor) {
        return actor.facilities().stream().map(Object::toString).toArray(String[]::new);
    }

    @Override
    public Map<String, Integer> counts(Actor actor, CodeSystem system, Collection<String> codes) {
        Map<String, Integer> counts = new HashMap<>();
        jdbc.sql("SELECT a.code, n.number FROM unnest(:codes::text[]) AS a (code) CROSS JOIN LATERAL ("
                        + "SELECT count(*) AS number FROM (SELECT FROM coding_code l" + OPEN
                        + "AND l.code = a.code AND (:all"
                        + " OR true" + SEEN + ") LIMIT :most) u) n WHERE n.number > 0")
                .param("codes", codes.toArray(String[]::new))
                .param("system", system.id())
                .param("all", !actor.may(Permission.CHART_READ))
                .param("facilities", facilities(actor))
                .param("most", MOST)
                .query(row -> {
                    counts.put(row.getString("code"), row.getInt("number"));
                });
        return counts;
    }

    @Override
    public List<Use> uses(Actor actor, CodeSystem system, Collection<String> codes, int limit) {
        if (!codes(actor)) {
            return List.of();
        }
        return jdbc.sql("SELECT l.code, l.display, c.id, c.patient_id FROM coding_code l" + OPEN
                        + "AND l.code = ANY (:codes::text[])" + SEEN + " ORDER BY l.code, l.id LIMIT :limit")
                .param("codes", codes.toArray(String[]::new))
                .param("system", system.id())
                .param("facilities", facilities(actor))
                .param("limit", limit)
                .query((row, number) -> new Use(
                        row.getString("code"),
                        row.getString("display"),
                        new PatientId(row.getObject("patient_id", java.util.UUID.class)),
                        "/coding/" + row.getObject("id", java.util.UUID.class)))
                .list();
    }
}
