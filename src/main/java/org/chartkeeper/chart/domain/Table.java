package org.chartkeeper.chart.domain;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A table as the writer fills it. Values are texts that PostgreSQL reads by the column's type, the same for one row by
 * INSERT and for thousands by COPY, so that both ways store the same.
 *
 * @param columns each with its type, the key first
 */
record Table(String name, List<Column> columns) {

    record Column(String name, String type) {}

    /** Reads {@code "id uuid, patient_id uuid"}. */
    static Table of(String name, String columns) {
        return new Table(
                name,
                List.of(columns.split(",")).stream()
                        .map(column -> column.trim().split(" "))
                        .map(words -> new Column(words[0], words[1]))
                        .toList());
    }

    String insert() {
        return "INSERT INTO " + name + " (" + names(columns) + ") VALUES ("
                + columns.stream().map(column -> "?::" + column.type()).collect(Collectors.joining(", "))
                + ")";
    }

    /** Sets every column but the key of the row with this key; the key is the last parameter. */
    String update() {
        List<Column> rest = columns.subList(1, columns.size());
        return "UPDATE " + name + " SET "
                + rest.stream()
                        .map(column -> column.name() + " = ?::" + column.type())
                        .collect(Collectors.joining(", "))
                + " WHERE " + columns.get(0).name() + " = ?::"
                + columns.get(0).type();
    }

    String copy() {
        return "COPY " + name + " (" + names(columns) + ") FROM STDIN";
    }

    String selectAsText() {
        return "SELECT "
                + columns.stream().map(column -> column.name() + "::text").collect(Collectors.joining(", "))
                + " FROM " + name;
    }

    private static String names(List<Column> columns) {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }
}
