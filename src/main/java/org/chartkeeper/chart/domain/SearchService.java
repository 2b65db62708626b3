package org.chartkeeper.chart.domain;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.ChartSearch;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Slice;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Looks through a chart by key: titles, changes, and what was kept whole. */
@Service
class SearchService implements ChartSearch {

    private final JdbcClient jdbc;
    private final Sensitivity sensitivity;
    private final Names names;
    private final EntryPages pages;

    SearchService(JdbcClient jdbc, Sensitivity sensitivity, Names names, EntryPages pages) {
        this.jdbc = jdbc;
        this.sensitivity = sensitivity;
        this.names = names;
        this.pages = pages;
    }

    @Override
    @Requires(Permission.CHART_READ)
    @Transactional(readOnly = true)
    public Slice<EntryView> titled(
            Actor actor,
            PatientId patient,
            ChartReader.Filter filter,
            String words,
            @Nullable String after,
            int limit) {
        return pages.page(actor, patient, filter, words, after, limit);
    }

    @Override
    @Requires(Permission.CHART_READ)
    @Transactional(readOnly = true)
    public Slice<ChartReader.Change> changes(Actor actor, PatientId patient, @Nullable String after, int limit) {
        ChangeKey key = ChangeKey.of(after);
        List<ChangeRow> found = sensitivity
                .visible(actor)
                .bind(jdbc.sql(ChangeRow.BEFORE_KEY.replace("%s", Sensitivity.PREDICATE)))
                .param("patient", patient.value())
                .param("at", key.at())
                .param("id", key.entry())
                .param("number", key.number())
                .param("what", key.what())
                .param("limit", limit + 1)
                .query((row, number) -> ChangeRow.of(row))
                .list();
        List<ChangeRow> page = found.size() > limit ? found.subList(0, limit) : found;
        Names.Wanted wanted = new Names.Wanted();
        page.forEach(row -> row.want(wanted));
        Names.Found known = names.find(wanted);
        return new Slice<>(
                ChangeRow.paired(page).stream().map(row -> row.view(known)).toList(),
                found.size() > limit ? ChangeKey.of(page.get(page.size() - 1)).toString() : null);
    }

    @Override
    @Requires(Permission.CHART_READ)
    @Transactional(readOnly = true)
    public Slice<OtherResource> others(PatientId patient, @Nullable String after, int limit) {
        int cut = after == null ? -1 : after.lastIndexOf('_');
        String type = cut < 0 || after == null ? null : after.substring(0, cut);
        UUID id = cut < 0 || after == null ? null : uuid(after.substring(cut + 1));
        List<OtherResource> found = jdbc.sql("""
                SELECT id, resource_type, source, source_place, received_at FROM other_resource
                WHERE patient_id = :patient
                  AND (:type::text IS NULL OR (resource_type, id) > (:type::text, :id::uuid))
                ORDER BY resource_type, id LIMIT :limit
                """)
                .param("patient", patient.value())
                .param("type", id == null ? null : type)
                .param("id", id == null ? null : id.toString())
                .param("limit", limit + 1)
                .query((row, number) -> other(row))
                .list();
        List<OtherResource> page = found.size() > limit ? found.subList(0, limit) : found;
        OtherResource last = page.isEmpty() ? null : page.get(page.size() - 1);
        return new Slice<>(
                List.copyOf(page), found.size() > limit && last != null ? last.type() + "_" + last.id() : null);
    }

    @Override
    @Requires(Permission.CHART_READ)
    @Transactional(readOnly = true)
    public Optional<OtherContent> other(PatientId patient, UUID resource) {
        return jdbc.sql("""
                SELECT id, resource_type, source, source_place, received_at, content FROM other_resource
                WHERE patient_id = :patient AND id = :id
                """)
                .param("patient", patient.value())
                .param("id", resource)
                .query((row, number) -> new OtherContent(other(row), text(row.getBytes("content"))))
                .optional();
    }

    private static OtherResource other(ResultSet row) throws SQLException {
        return new OtherResource(
                Sql.uuid(row, "id"),
                row.getString("resource_type"),
                row.getString("source"),
                row.getString("source_place"),
                Sql.instant(row, "received_at"));
    }

    private static @Nullable String text(byte @Nullable [] compressed) {
        if (compressed == null) {
            return null;
        }
        try (InputStream content = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static @Nullable UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException mangled) {
            return null;
        }
    }
}
