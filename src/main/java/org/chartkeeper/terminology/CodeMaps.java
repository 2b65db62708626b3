package org.chartkeeper.terminology;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the loaded map of SNOMED CT proposes in ICD-10-CM (the extended map of NLM: groups, priorities and rules). A map
 * proposes; a coder decides.
 */
public interface CodeMaps {

    /**
     * The codes that can be reported on a day, by priority; empty where no map is loaded or it knows no code. A rule about
     * the patient's sex is followed where the sex is known; any other rule is told as advice.
     *
     * @param concept of SNOMED CT
     * @param sex female or male; anything else is unknown
     */
    List<Candidate> candidates(String concept, LocalDate on, @Nullable String sex);

    /** A code with the rule on which it rests, in words; empty where it holds always. */
    record Candidate(String code, String display, String advice) {}
}
