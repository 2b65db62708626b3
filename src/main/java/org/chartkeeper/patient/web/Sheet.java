package org.chartkeeper.patient.web;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.chartkeeper.access.Directory;
import org.chartkeeper.patient.Demographics;
import org.jspecify.annotations.Nullable;

/**
 * One form of registration: its fields, how they are filled from a registration and how they change one. All of them are
 * drawn, checked, saved and compared after a conflict in the same way.
 */
interface Sheet {

    /** Heading, such as "Coverage". */
    String title();

    /** The fields; {@code practitioners} can be chosen where a field names one. */
    List<Field.Group> groups(List<Directory.Practitioner> practitioners);

    /**
     * The fields' values.
     *
     * @param item which part of a list, null for a new one or where the sheet has no list
     */
    Map<String, String> read(Demographics data, @Nullable UUID item);

    /** The registration with the fields' values in it; problems are noted in {@code values}. */
    Demographics apply(Demographics data, @Nullable UUID item, Values values);

    /** Whether the part is there. */
    default boolean has(Demographics data, UUID item) {
        return false;
    }
}
