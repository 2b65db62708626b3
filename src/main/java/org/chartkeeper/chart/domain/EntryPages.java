package org.chartkeeper.chart.domain;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.chartkeeper.chart.ChartReader.Filter;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Slice;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Pages of entries: one statement that limits first and joins after, and the names. */
@Component
class EntryPages {

    private final JdbcClient jdbc;
    private final Sensitivity sensitivity;
    private final Names names;

    EntryPages(JdbcClient jdbc, Sensitivity sensitivity, Names names) {
        this.jdbc = jdbc;
        this.sensitivity = sensitivity;
        this.names = names;
    }

    /** @param words all of which the title has; blank for all */
    Slice<EntryView> page(
            Actor actor, PatientId patient, Filter filter, String words, @Nullable String after, int limit) {
        StringBuilder where = new StringBuilder("e.patient_id = :patient AND ").append(Sensitivity.PREDICATE);
        Map<String, Object> values = new HashMap<>();
        values.put("patient", patient.value());
        if (filter.types().size() == 1) {
            // Literals of an enumeration, so that the planner can prove the index of what is listed.
            where.append(" AND e.type = '")
                    .append(filter.types().iterator().next().key())
                    .append('\'');
        } else if (!filter.types().isEmpty()) {
            where.append(filter.types().stream()
                    .map(type -> "'" + type.key() + "'")
                    .sorted()
                    .collect(Collectors.joining(", ", " AND e.type IN (", ")")));
        }
        narrow(where, values, "e.category = :category", "category", filter.category());
        narrow(where, values, "e.code = :code", "code", filter.code());
        narrow(
                where,
                values,
                "e.encounter_id = :encounter",
                "encounter",
                filter.encounter() == null ? null : filter.encounter().value());
        narrow(where, values, "e.event_at >= :from::timestamptz", "from", text(filter.from()));
        narrow(where, values, "e.event_at < :until::timestamptz", "until", text(filter.until()));
        int number = 0;
        for (String word : words.strip().split("\\s+")) {
            if (!word.isEmpty()) {
                String name = "word" + number++;
                narrow(where, values, "e.title ILIKE :" + name, name, "%" + literal(word) + "%");
            }
        }
        if (filter.activeOnly()) {
            where.append(" AND e.listed AND e.active");
        }
        PageKey key = PageKey.of(after);
        if (key != null) {
            where.append(" AND (e.event_at, e.id) < (:at::timestamptz, :id)");
            values.put("at", key.at().toString());
            values.put("id", key.id());
        }
        List<EntryRow> found = sensitivity
                .visible(actor)
                .bind(jdbc.sql("""
                        SELECT %s FROM (SELECT e.* FROM entry e WHERE %s
                                        ORDER BY e.event_at DESC, e.id DESC LIMIT %d) e %s
                        ORDER BY e.event_at DESC, e.id DESC
                        """.formatted(EntryRow.COLUMNS, where, limit + 1, EntryRow.CONTENTS)))
                .params(values)
                .query((row, at) -> EntryRow.of(row))
                .list();
        List<EntryRow> page = found.size() > limit ? found.subList(0, limit) : found;
        String next = null;
        if (found.size() > limit && !page.isEmpty()) {
            EntryRow last = page.get(page.size() - 1);
            next = new PageKey(last.event(), last.id()).toString();
        }
        Names.Wanted wanted = new Names.Wanted();
        page.forEach(row -> row.want(wanted));
        Names.Found known = names.find(wanted);
        return new Slice<>(page.stream().map(row -> row.view(known)).toList(), next);
    }

    private static void narrow(
            StringBuilder where, Map<String, Object> values, String condition, String name, @Nullable Object value) {
        if (value != null) {
            where.append(" AND ").append(condition);
            values.put(name, value);
        }
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }

    /** A word as LIKE reads it when it means only itself. */
    private static String literal(String word) {
        return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
