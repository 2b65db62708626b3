package org.chartkeeper.chart.note;

import java.time.Instant;
import java.util.List;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.jspecify.annotations.Nullable;

/** The words of a chart's notes and documents. What the actor may not see by its sensitivity is left out in the database. */
public interface NoteTexts {

    /**
     * Notes in force before a moment, the latest of them. One statement.
     *
     * @param before null for all
     * @param except a note that is not its own source; of those of the same moment only earlier ones are taken
     */
    List<CopyMeter.Earlier> earlier(
            Actor actor, PatientId patient, @Nullable Instant before, @Nullable EntryId except, int limit);

    /**
     * Notes and documents of one chart that have all these words, latest first; of a document the words that stand in its
     * file or were recognized in its pages. A word stands for its forms and for what begins with
     * it ({@code diabet}); words in double quotes stand for exactly this phrase; a minus before a word leaves out what
     * has it. Only rows of this patient are read.
     *
     * @return at most {@code limit} hits; empty where the words say nothing, such as {@code the}
     */
    Found search(Actor actor, PatientId patient, String words, int limit);

    /**
     * What was found.
     *
     * @param more whether there are more than the limit
     * @param understood false where the words are too common to search for
     */
    record Found(List<Hit> hits, boolean more, boolean understood) {}

    /** A note or a document with the places where the words stand. */
    record Hit(EntryView entry, List<Piece> excerpt) {}

    /** A piece of an excerpt. {@code found}: whether it is what was searched for. */
    record Piece(String text, boolean found) {}
}
