package org.chartkeeper.chart.document;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PractitionerId;
import org.jspecify.annotations.Nullable;

/** Documents of the record: filing what came in, looking at it, indexing it anew. */
public interface Documents {

    /**
     * Files pages of a file as a document of a patient, all or nothing. A repeated submit gives the first answer again.
     *
     * @throws org.chartkeeper.platform.Rejected for bad input: identifiers that do not match, pages that are filed already
     * @throws org.chartkeeper.platform.NotFound where file or patient are not the actor's to see
     * @throws org.chartkeeper.platform.Stale where the file has changed since it was read
     */
    Filed file(Actor actor, Filing filing) throws IOException;

    /**
     * Indexes a filed document anew; a version of its own with its reason.
     *
     * @throws org.chartkeeper.platform.Stale where it has moved on since
     */
    void reindex(Actor actor, Reindexing change);

    /**
     * Takes a document out of a chart, as entered in error there, and gives its pages back to the queue to be indexed to
     * whom they belong.
     *
     * @return the file in the queue
     * @throws org.chartkeeper.platform.Rejected where it came from elsewhere than the queue
     */
    UUID giveBack(Actor actor, PatientId patient, EntryId entry, int version, String reason, String key);

    /** How a document can be looked at. At most three statements beside the entry's own. */
    View view(Actor actor, PatientId patient, EntryId entry) throws IOException;

    /** A page as a picture; {@code width} is the longest side at most, in pixels. */
    PageImage page(Actor actor, PatientId patient, EntryId entry, int number, int width) throws IOException;

    /** The file as it is kept; its hash is verified as it is read: an {@link IOException} at its end where it differs. */
    InputStream content(Actor actor, PatientId patient, EntryId entry) throws IOException;

    /** Whether words of scans can be recognized on this node. */
    boolean recognition();

    /**
     * What two identifiers on the paper say; what is not on it is null or blank.
     *
     * @param birthDate as typed
     */
    record Identity(
            @Nullable String mrn,
            @Nullable String birthDate,
            @Nullable String name,
            @Nullable String account) {}

    /**
     * A document to file.
     *
     * @param version of the file when it was read
     * @param pages in the order that they are to have
     * @param title null or blank for the type's
     * @param date that the document bears
     * @param author the practitioner whose document it is, null for another
     * @param authorName whose it is where it is no practitioner of ours
     * @param origin who sent it, where it comes from elsewhere
     * @param sensitivity a further label, blank for none
     * @param directive for a consent or a directive, else null
     */
    record Filing(
            UUID file,
            int version,
            String key,
            List<Integer> pages,
            PatientId patient,
            Identity identity,
            @Nullable EncounterId visit,
            String type,
            @Nullable String title,
            PartialDate date,
            @Nullable PractitionerId author,
            @Nullable String authorName,
            @Nullable String origin,
            String sensitivity,
            Content.@Nullable Directive directive,
            @Nullable String note) {}

    /**
     * What became of a filing.
     *
     * @param left how many pages of the file are still open
     */
    record Filed(EntryId entry, int left) {}

    /** A document indexed anew, within its chart. */
    record Reindexing(
            PatientId patient,
            EntryId entry,
            int version,
            String key,
            @Nullable EncounterId visit,
            String type,
            @Nullable String title,
            PartialDate date,
            @Nullable PractitionerId author,
            @Nullable String authorName,
            @Nullable String origin,
            String sensitivity,
            Content.@Nullable Directive directive,
            @Nullable String note,
            String reason) {}

    /**
     * A document to look at.
     *
     * @param pages that can be drawn; 0 where none can
     * @param text words of a file without pages, null where it has pages
     * @param fault why it cannot be shown, null where it can
     * @param words waiting, read, recognized, none, failed: how the words in it stand for the search
     * @param file where it came in, null where it came from elsewhere than the queue
     */
    record View(
            EntryView entry,
            Content.Document document,
            int pages,
            @Nullable String text,
            @Nullable String fault,
            String words,
            @Nullable UUID file) {}
}
