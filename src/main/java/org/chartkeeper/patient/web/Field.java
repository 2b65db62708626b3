package org.chartkeeper.patient.web;

import java.util.Arrays;
import java.util.List;
import org.chartkeeper.patient.Coded;
import org.jspecify.annotations.Nullable;

/**
 * A field of a form of registration.
 *
 * @param name its key among the form's values
 * @param type text, date, area, select, check, tel, email
 * @param span css class of its width in the grid
 */
record Field(
        String name, String label, String type, @Nullable String hint, List<Option> options, String span) {

    /** What can be chosen. */
    record Option(String value, String label) {}

    /** Fields under one heading. */
    record Group(String title, @Nullable String hint, List<Field> fields) {

        static Group of(String title, Field... fields) {
            return new Group(title, null, List.of(fields));
        }

        static Group of(String title, List<Field> fields) {
            return new Group(title, null, fields);
        }

        Group hint(String text) {
            return new Group(title, text, fields);
        }
    }

    static Field text(String name, String label, String span) {
        return new Field(name, label, "text", null, List.of(), span);
    }

    static Field date(String name, String label, String span) {
        return new Field(name, label, "date", null, List.of(), span);
    }

    static Field area(String name, String label, String span) {
        return new Field(name, label, "area", null, List.of(), span);
    }

    static Field check(String name, String label, String span) {
        return new Field(name, label, "check", null, List.of(), span);
    }

    static Field select(String name, String label, List<Option> options, String span) {
        return new Field(name, label, "select", null, options, span);
    }

    static Field of(String name, String label, String type, String span) {
        return new Field(name, label, type, null, List.of(), span);
    }

    Field hint(String text) {
        return new Field(name, label, type, text, options, span);
    }

    /** Path of the field in the form object. */
    public String path() {
        return "values[" + name + "]";
    }

    /** A value as a page shows it: the label of what was chosen, yes or no for a check. */
    String show(@Nullable String value) {
        if (type.equals("check")) {
            return "true".equals(value) ? "Yes" : "No";
        }
        if (value == null || value.isBlank()) {
            return "";
        }
        return options.stream()
                .filter(option -> option.value().equals(value))
                .map(Option::label)
                .findFirst()
                .orElse(value);
    }

    static <E extends Enum<E> & Coded> List<Option> options(Class<E> values) {
        return Arrays.stream(values.getEnumConstants())
                .map(value -> new Option(value.code(), value.label()))
                .toList();
    }
}
