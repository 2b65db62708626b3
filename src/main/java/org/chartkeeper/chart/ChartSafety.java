package org.chartkeeper.chart;

import java.time.Instant;
import java.util.List;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.PatientId;
import org.jspecify.annotations.Nullable;

/** What must be known of a patient on every chart page, whatever else it shows. */
public interface ChartSafety {

    /** The facts of the banner's second row, in at most two statements whatever the chart's size. */
    Facts facts(Actor actor, PatientId patient);

    /**
     * The facts.
     *
     * @param allergies every allergy in force, those that wait to be refuted too; the coded "none known" among them
     * @param allergiesAsked when allergies were last stated or reviewed, null where never asked
     * @param codeStatus words of the code-status order in force, null where there is none
     * @param house where the patient is now, with class and place: "Inpatient · 4 West 412-B"; null while not in house
     * @param unsigned how many entries wait for a signature, bounded at 501
     */
    record Facts(
            List<EntryView> allergies,
            @Nullable Instant allergiesAsked,
            @Nullable String codeStatus,
            @Nullable String house,
            int unsigned) {}
}
