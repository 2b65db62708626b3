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
     * @param codeStatusAt when that order was given, null where there is none
     * @param directives documents of the section of advance directives that are not entered in error, newest first, at
     *     most 20; whether one is in force stands in it
     */
    record Facts(
            List<EntryView> allergies,
            @Nullable Instant allergiesAsked,
            @Nullable String codeStatus,
            @Nullable String house,
            int unsigned,
            @Nullable Instant codeStatusAt,
            List<EntryView> directives) {

        /** Facts of a chart without orders of code status and without directives. */
        public Facts(
                List<EntryView> allergies,
                @Nullable Instant allergiesAsked,
                @Nullable String codeStatus,
                @Nullable String house,
                int unsigned) {
            this(allergies, allergiesAsked, codeStatus, house, unsigned, null, List.of());
        }
    }
}
