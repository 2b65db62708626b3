package org.chartkeeper.chart;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Why something that stands is changed: a short list per way, because a reason typed a hundred times a day ends as "x".
 * Words may be added; they must be for {@link #OTHER} and wherever the list alone says too little.
 */
public enum ChangeReason {
    TRANSCRIPTION("transcription", "Transcription error", false, Way.CORRECTION, Way.RETRACTION, Way.REVISION),
    SIDE("side", "Wrong side or site", false, Way.CORRECTION, Way.REVISION),
    VALUE("value", "Wrong value or unit", false, Way.CORRECTION, Way.REVISION),
    DATE("date", "Wrong date or time", false, Way.CORRECTION, Way.REVISION),
    VISIT("visit", "Wrong visit", false, Way.CORRECTION, Way.RETRACTION),
    OUTSIDE("outside", "Corrected by the outside source", false, Way.CORRECTION),
    PATIENT("patient", "The patient asked for it", true, Way.CORRECTION),
    TYPE("type", "Wrong document type or title", false, Way.CORRECTION, Way.REVISION),
    WRONG_PATIENT("wrong-patient", "Entered for the wrong patient", false, Way.RETRACTION, Way.MOVE),
    DUPLICATE("duplicate", "Duplicate", false, Way.RETRACTION),
    NOT_DONE("not-done", "It did not happen", false, Way.RETRACTION),
    OMITTED("omitted", "Left out when it was written", false, Way.ADDENDUM, Way.LATE_ENTRY),
    LATER("later", "Known only later", false, Way.ADDENDUM, Way.LATE_ENTRY),
    QUERY("query", "Answer to a question", false, Way.ADDENDUM),
    LOST("lost", "Dictation or form was lost", false, Way.LATE_ENTRY),
    DOWNTIME("downtime", "Written on paper during downtime", false, Way.LATE_ENTRY),
    COURSE("course", "Course of the illness", false, Way.UPDATE),
    TREATMENT("treatment", "Treatment was changed", false, Way.UPDATE),
    OTHER(
            "other",
            "Other",
            true,
            Way.CORRECTION,
            Way.RETRACTION,
            Way.REVISION,
            Way.ADDENDUM,
            Way.LATE_ENTRY,
            Way.UPDATE);

    private final String key;
    private final String label;
    private final boolean wordsNeeded;
    private final Set<Way> ways;

    ChangeReason(String key, String label, boolean wordsNeeded, Way... ways) {
        this.key = key;
        this.label = label;
        this.wordsNeeded = wordsNeeded;
        this.ways = EnumSet.copyOf(Arrays.asList(ways));
    }

    public String key() {
        return key;
    }

    public String label() {
        return label;
    }

    /** Whether the list alone says too little. */
    public boolean wordsNeeded() {
        return wordsNeeded;
    }

    /** The reasons of a way, in the order of a page. */
    public static List<ChangeReason> of(Way way) {
        return Arrays.stream(values())
                .filter(reason -> reason.ways.contains(way))
                .toList();
    }

    /** The reason as a version keeps it: "Transcription error: 40 was typed for 20". */
    public String with(String words) {
        return words.isBlank() ? label : label + ": " + words.strip();
    }
}
