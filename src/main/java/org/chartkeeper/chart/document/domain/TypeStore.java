package org.chartkeeper.chart.document.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.chartkeeper.chart.document.DocumentSection;
import org.chartkeeper.chart.document.DocumentType;
import org.chartkeeper.chart.document.DocumentTypes;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The catalogue in the database. */
@Service
class TypeStore implements DocumentTypes {

    private static final String COLUMNS =
            "key, title, section, loinc, legal_record, record_set, sensitivity, retention,"
                    + " needs_signature, closes, directive";

    private final JdbcClient jdbc;

    TypeStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    @Requires({Permission.DOCUMENT_INDEX, Permission.CHART_READ})
    @Transactional(readOnly = true)
    public List<DocumentType> choices() {
        return jdbc.sql("SELECT " + COLUMNS + " FROM document_type WHERE active ORDER BY position, title")
                .query((row, number) -> type(row))
                .list();
    }

    @Override
    @Requires({Permission.DOCUMENT_INDEX, Permission.CHART_READ})
    @Transactional(readOnly = true)
    public Optional<DocumentType> find(String key) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM document_type WHERE key = :key")
                .param("key", key)
                .query((row, number) -> type(row))
                .optional();
    }

    private static DocumentType type(ResultSet row) throws SQLException {
        return new DocumentType(
                row.getString("key"),
                row.getString("title"),
                DocumentSection.ofKey(row.getString("section")),
                row.getString("loinc"),
                row.getBoolean("legal_record"),
                row.getBoolean("record_set"),
                row.getString("sensitivity"),
                row.getString("retention"),
                row.getBoolean("needs_signature"),
                row.getString("closes"),
                row.getString("directive"));
    }
}
