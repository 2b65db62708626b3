package org.chartkeeper.patient.web;

import java.util.Map;

/**
 * One field of a conflict: what it was when the form was opened, what another saved since, what is in the form.
 *
 * @param mine and {@code theirs}: the values to be sent; the shown ones are beside them
 */
record ConflictRow(
        String path,
        String label,
        String wasShown,
        String theirs,
        String theirsShown,
        String mine,
        String mineShown,
        boolean changedByThem,
        boolean changedByMe) {

    static ConflictRow of(Field field, Map<String, String> base, Map<String, String> theirs, Map<String, String> mine) {
        String was = value(field, base);
        String other = value(field, theirs);
        String own = value(field, mine);
        return new ConflictRow(
                field.path(),
                field.label(),
                field.show(was),
                other,
                field.show(other),
                own,
                field.show(own),
                !other.equals(was),
                !own.equals(was));
    }

    private static String value(Field field, Map<String, String> values) {
        String value = values.get(field.name());
        if (field.type().equals("check")) {
            return Boolean.toString("true".equals(value));
        }
        return value == null ? "" : value.strip();
    }

    /** Whether somebody has to choose. */
    boolean differs() {
        return !theirs.equals(mine) && changedByThem;
    }

    /** What is sent where nobody has to choose: mine where I changed it, else theirs. */
    public String settledValue() {
        return changedByMe ? mine : theirs;
    }
}
