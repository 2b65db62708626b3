package org.chartkeeper.terminology;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds codes by code, words, abbreviations or the beginnings of words. */
public interface CodeLookup {

    /** Characters of a query; more find nothing. */
    int LONGEST = 500;

    /**
     * The best matches, best first. Words match in any order by their beginnings; a diagnosis that is too general to be
     * reported comes after those below it.
     *
     * @param query a code, the beginning of one, or words; blank finds nothing
     */
    List<Code> search(CodeSystem system, String query, int limit);

    /**
     * The same on a day, with the days on which each match is valid: an exact code first, whatever its case and dot, also
     * where it has ended or is yet to come; then codes that begin so; else what the words find, in any order and
     * inflection, by titles, inclusion terms and index, lay words and abbreviations, typing errors forgiven.
     *
     * @param system null for all of them: the one that fits best gives the first half, the others the rest by turns
     */
    List<Match> matches(@Nullable CodeSystem system, String query, LocalDate on, int limit);

    /** Whether a full release of the system is loaded; else the starter set stands in. */
    boolean full(CodeSystem system);

    /** The code exactly, written with or without its dot and in any case. */
    Optional<Code> find(CodeSystem system, String code);

    /** What is loaded, in a few words for pages: "starter set, 314 diagnoses". */
    String release(CodeSystem system);

    /**
     * A code.
     *
     * @param code empty for a name that has none here
     * @param kind for an allergen its category: food, medication, environment; else empty
     * @param general too general to be reported: choose one below it
     */
    record Code(CodeSystem system, String code, String display, String kind, boolean general) {}

    /**
     * A code that was found.
     *
     * @param validFrom first day, as far as the loaded releases reach back; null where they do not tell
     * @param validTo last day; null while it is valid and where releases do not tell
     */
    record Match(
            Code code,
            @Nullable LocalDate validFrom,
            @Nullable LocalDate validTo) {}
}
