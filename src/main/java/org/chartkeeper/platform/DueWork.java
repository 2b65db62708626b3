package org.chartkeeper.platform;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Work that waits for a person; modules implement it and the home page shows it. */
public interface DueWork {

    /** Heading of the card on the home page. */
    String title();

    /** Where the whole list is. */
    String path();

    /** What it takes to see it. */
    Permission permission();

    /** Position on the home page. */
    int order();

    /** The most urgent items for this actor, at most {@code limit}, by due time; one statement. */
    List<Item> items(Actor actor, int limit);

    /**
     * One item.
     *
     * @param label what the link says
     * @param detail second line, smaller
     * @param due when it is due, null where it has no clock
     * @param state a word of the glossary
     * @param tone ok, warn, stop, note or empty
     */
    record Item(
            String label,
            @Nullable String detail,
            String path,
            @Nullable Instant due,
            String state,
            String tone) {}
}
