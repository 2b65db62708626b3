package org.chartkeeper.chart.domain;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Stores rows on the transaction's connection: few by a batch of INSERTs, many by COPY. */
@Component
class RowWriter {

    /** Above this, COPY is quicker than a batch. */
    static final int MANY = 50;

    private static final int CHUNK = 64 * 1024;

    private final JdbcTemplate jdbc;

    RowWriter(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void insert(Table table, List<@Nullable String[]> rows) {
        insert(table, rows, rows.size() > MANY);
    }

    void insert(Table table, List<@Nullable String[]> rows, boolean copy) {
        if (rows.isEmpty()) {
            return;
        }
        if (copy) {
            copy(table, rows);
        } else {
            jdbc.batchUpdate(table.insert(), rows, rows.size(), (statement, row) -> set(statement, row, 0));
        }
    }

    void update(Table table, List<@Nullable String[]> rows) {
        if (!rows.isEmpty()) {
            jdbc.batchUpdate(table.update(), rows, rows.size(), (statement, row) -> {
                set(statement, row, 1);
                statement.setString(row.length, row[0]);
            });
        }
    }

    private static void set(PreparedStatement statement, @Nullable String[] row, int from) throws SQLException {
        for (int i = from; i < row.length; i++) {
            statement.setString(i + 1 - from, row[i]);
        }
    }

    private void copy(Table table, List<@Nullable String[]> rows) {
        jdbc.execute((ConnectionCallback<@Nullable Void>) connection -> {
            CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(table.copy());
            try {
                StringBuilder lines = new StringBuilder(CHUNK + 8192);
                for (@Nullable String[] row : rows) {
                    line(lines, row);
                    if (lines.length() >= CHUNK) {
                        send(copy, lines);
                    }
                }
                send(copy, lines);
                copy.endCopy();
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
            return null;
        });
    }

    private static void send(CopyIn copy, StringBuilder lines) throws SQLException {
        byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        lines.setLength(0);
    }

    /** COPY's text format: tab between, backslash before what would be read otherwise, {@code \N} for nothing. */
    private static void line(StringBuilder lines, @Nullable String[] row) {
        for (int i = 0; i < row.length; i++) {
            if (i > 0) {
                lines.append('\t');
            }
            String value = row[i];
            if (value == null) {
                lines.append("\\N");
            } else {
                escape(lines, value);
            }
        }
        lines.append('\n');
    }

    private static void escape(StringBuilder lines, String value) {
        int from = firstToEscape(value);
        lines.append(value, 0, from);
        for (int i = from; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> lines.append("\\\\");
                case '\t' -> lines.append("\\t");
                case '\n' -> lines.append("\\n");
                case '\r' -> lines.append("\\r");
                default -> lines.append(c);
            }
        }
    }

    /** Most values have nothing to escape and are copied whole. */
    private static int firstToEscape(String value) {
        int length = value.length();
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c == '\\' || c == '\t' || c == '\n' || c == '\r') {
                return i;
            }
        }
        return length;
    }
}
