package org.chartkeeper.terminology;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.chartkeeper.platform.PatientId;
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

    /** @throws org.chartkeeper.platform.NotFound where there is no such release */
    Release find(long release);

    /**
     * What a release changed against the one before it, of codes that can be reported, by code. Empty where none is
     * loaded before it.
     *
     * @param change null for all
     */
    Slice<Difference> difference(long release, @Nullable Change change, @Nullable String after, int limit);

    /**
     * The codes that end with a release and are still in use, by code, with what they became. To who may open charts the
     * figures count what that person may open.
     */
    List<Ending> impact(long release);

    /**
     * Where a code that ends with a release is still in use, as far as the actor may open it; recorded.
     *
     * @throws org.chartkeeper.platform.NotFound where the code does not end with the release
     */
    List<Place> uses(long release, String code);

    /** How a code changed. */
    enum Change {
        ADDED,
        REVISED,
        ENDED
    }

    /**
     * A change.
     *
     * @param code as its system writes it
     * @param system null where it is a row of a list or a table
     * @param list the list or table that the row is of; null where it is of a code system
     * @param title null of a code that ended
     * @param was its title before; null of a code that was added
     */
    record Difference(
            Change change,
            String code,
            @Nullable CodeSystem system,
            @Nullable String list,
            @Nullable String title,
            @Nullable String was) {}

    /**
     * A code that ends while it is in use.
     *
     * @param uses how often, by place, {@value CodeUse#MOST} at most
     * @param successors what it became, by the conversion table; empty where that says nothing
     */
    record Ending(
            CodeSystem system,
            String code,
            String title,
            Map<String, Integer> uses,
            List<CodeBook.Concept> successors) {}

    /**
     * Uses in one place.
     *
     * @param patients labels of the patients that the uses name
     */
    record Place(String what, List<CodeUse.Use> uses, Map<PatientId, String> patients) {}

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
     * @param system of the codes in it; null where it has none of their own
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
            @Nullable String before,
            @Nullable CodeSystem system) {}
}
