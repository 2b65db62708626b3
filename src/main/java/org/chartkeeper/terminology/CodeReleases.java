package org.chartkeeper.terminology;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.chartkeeper.platform.Slice;
import org.jspecify.annotations.Nullable;

/** The releases of code sets that are loaded, and what each changed, for the pages. */
public interface CodeReleases {

    /** Every kind of file of which something is loaded, with its newest releases. */
    List<Kind> kinds(int newest);

    /**
     * The releases of a kind, newest first.
     *
     * @throws org.chartkeeper.platform.NotFound where there is no such kind
     */
    Slice<Release> ofKind(String kind, @Nullable String after, int limit);

    /**
     * A kind of file.
     *
     * @param key as reports name it: icd10cm, icd10cm-tabular, mce
     * @param releases how many are loaded
     * @param newest the first of them, newest first
     */
    record Kind(String key, String label, int releases, List<Release> newest) {}

    /**
     * A release that is loaded.
     *
     * @param from first day on which it is valid
     * @param file out of which it came
     * @param added codes that can be reported since, against the release before; the next two likewise
     * @param loadedBy null where the command line loaded it
     * @param before name of the release before, null where none is loaded or such files have no codes of their own
     */
    record Release(
            long id,
            String kind,
            String label,
            String name,
            LocalDate from,
            String file,
            int rows,
            int billable,
            int added,
            int revised,
            int ended,
            Instant loadedAt,
            @Nullable String loadedBy,
            @Nullable String before) {}
}
