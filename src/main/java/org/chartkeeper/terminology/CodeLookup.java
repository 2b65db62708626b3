package org.chartkeeper.terminology;

import java.util.List;
import java.util.Optional;

/** Finds codes by code, words, abbreviations or the beginnings of words. */
public interface CodeLookup {

    /**
     * The best matches, best first. Words match in any order by their beginnings; a diagnosis that is too general to be
     * reported comes after those below it.
     *
     * @param query a code, the beginning of one, or words; blank finds nothing
     */
    List<Code> search(CodeSystem system, String query, int limit);

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
}
