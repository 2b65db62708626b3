package org.chartkeeper.chart.document;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.Slice;
import org.jspecify.annotations.Nullable;

/** The queue of files that came in and belong to no patient yet. */
public interface Intake {

    /** The largest file that is taken, in bytes (setting {@code chartkeeper.documents.max-upload}). */
    long largest();

    /**
     * Takes a file in: recognizes what it is by its content, refuses what could do harm, keeps it, and only then makes it
     * visible. Not in a transaction.
     *
     * @param name as the sender calls it; only a label is kept of it
     * @param channel scan, fax, upload
     * @throws org.chartkeeper.platform.Rejected where it is refused, with the reason; nothing was stored
     */
    Receipt receive(String name, InputStream content, FacilityId facility, String channel) throws IOException;

    /** Files that wait at the facilities, oldest first. One statement. */
    Slice<Item> waiting(Actor actor, @Nullable String after, int limit);

    /** How many wait at the actor's facility, bounded at 501, and since when the oldest does. One statement. */
    Backlog backlog(Actor actor);

    /**
     * A file with its pages.
     *
     * @throws org.chartkeeper.platform.NotFound where there is none at the actor's facilities
     */
    Sheet open(Actor actor, UUID file);

    /** The file that stands behind another in the queue of the same facility, the first where that was the last. */
    @Nullable
    UUID next(Actor actor, UUID after);

    /** A page as a picture; {@code width} is the longest side at most, in pixels. Turned as it is turned now. */
    PageImage page(Actor actor, UUID file, int number, int width) throws IOException;

    /** The file as it came in. */
    InputStream content(Actor actor, UUID file) throws IOException;

    /** The words of a file that has no pages to look at: plain text, C-CDA. Empty for any other. */
    String text(Actor actor, UUID file) throws IOException;

    /** Turns a page by quarter turns to the right. */
    void rotate(Actor actor, UUID file, int page, int quarters);

    /** Leaves pages out that belong to no record, such as separator sheets and blank backs. */
    void leaveOut(Actor actor, UUID file, List<Integer> pages);

    /** Takes pages back that were left out. */
    void takeUp(Actor actor, UUID file, List<Integer> pages);

    /**
     * Takes a file out of the queue; its content is kept.
     *
     * @throws org.chartkeeper.platform.Rejected where there is no reason, or pages of it are filed
     */
    void remove(Actor actor, UUID file, int version, String reason);

    /**
     * What became of a file that was sent.
     *
     * @param earlier the same content as it was taken in before, null where it is new
     */
    record Receipt(
            UUID file, String label, int pages, @Nullable Item earlier) {}

    /**
     * A file of the queue.
     *
     * @param state receiving, waiting, indexed, removed
     * @param open how many of its pages are neither filed nor left out
     */
    record Item(
            UUID id,
            FacilityId facility,
            String label,
            String sha256,
            long size,
            String mediaType,
            String channel,
            int pages,
            int open,
            String state,
            Instant receivedAt,
            String receivedBy,
            int version) {}

    /** How much waits. {@code oldest}: null where nothing does. */
    record Backlog(int number, @Nullable Instant oldest) {}

    /**
     * A file with its pages and its place in the queue.
     *
     * @param place from 1; 0 where it does not wait
     * @param of how many wait
     * @param readable whether its pages can be drawn; otherwise its text is shown
     */
    record Sheet(Item item, List<Page> pages, int place, int of, boolean readable) {}

    /**
     * A page.
     *
     * @param rotation degrees to the right
     * @param state open, filed, left out
     * @param entry the document that it is filed in, null where it is not
     */
    record Page(
            int number,
            int rotation,
            String state,
            @Nullable EntryId entry) {}
}
