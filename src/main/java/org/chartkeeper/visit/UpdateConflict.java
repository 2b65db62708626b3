package org.chartkeeper.visit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Somebody else changed what an update rests on. Nothing was stored; the reader chooses per field. */
public class UpdateConflict extends RuntimeException {

    private final transient String who;
    private final transient Instant at;
    private final int version;
    private final transient List<Field> fields;
    private final boolean held;

    public UpdateConflict(String who, Instant at, int version, List<Field> fields) {
        super("an update rests on what has changed since");
        this.who = who;
        this.at = at;
        this.version = version;
        this.fields = List.copyOf(fields);
        this.held = false;
    }

    /** Somebody else holds the update now: nothing of it can be kept or posted by anybody else. */
    public UpdateConflict(String holder, Instant at, int version) {
        super("an update is held by somebody else");
        this.who = holder;
        this.at = at;
        this.version = version;
        this.fields = List.of();
        this.held = true;
    }

    /** Whether it is held by {@link #who()}, so that there is nothing to choose. */
    public boolean held() {
        return held;
    }

    /** Who changed it, as shown. */
    public String who() {
        return who;
    }

    public Instant at() {
        return at;
    }

    /** The version at which the update stands now. */
    public int version() {
        return version;
    }

    public List<Field> fields() {
        return fields;
    }

    /**
     * A field on which they differ, in the words of pages.
     *
     * @param name of the field of the sheet
     * @param entry the entry that stands there now, null where none does
     * @param standsAt its version
     */
    public record Field(
            String name,
            String label,
            @Nullable String base,
            @Nullable String theirs,
            @Nullable String mine,
            @Nullable String entry,
            int standsAt) {}
}
