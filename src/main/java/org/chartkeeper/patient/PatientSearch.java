package org.chartkeeper.patient;

import java.util.List;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.PatientId;
import org.jspecify.annotations.Nullable;

/** Finds patients by whatever is known of them. Each search is recorded, never with its words. */
public interface PatientSearch {

    /** How many hits a page shows at most. */
    int PAGE = 25;

    /**
     * Finds by any mixture of name parts in any order (former names, sound and misspelling included), birth date in any
     * usual form, MRN with or without zeros and hyphens, phone number or its end, and other numbers. Best first; hidden
     * patients are as if not there.
     */
    Result search(Actor actor, String words, int limit);

    /** Charts that the actor opened last, newest first, as far as still visible. */
    List<PatientSummary> recent(Actor actor, int limit);

    /** Notes that the actor opened a patient, for the list of recent ones. */
    void opened(Actor actor, PatientId patient);

    /**
     * What was found.
     *
     * @param more whether there are more than these
     * @param partly true where nobody matches all words, and these match a part of them
     */
    record Result(List<Hit> hits, boolean more, boolean partly) {}

    /**
     * One patient found.
     *
     * @param formerly a former name to show beside it, null where there is none or the patient has asked to suppress it
     * @param sameName whether others here are called the same or nearly the same
     */
    record Hit(PatientSummary patient, @Nullable String formerly, boolean sameName) {}
}
