package org.chartkeeper.chart;

import java.util.List;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.PatientId;
import org.jspecify.annotations.Nullable;

/**
 * Work that waits on a chart, shown at the right end of the patient banner; higher modules implement it. Safety never
 * stands here. Each implementation issues at most one cheap statement: the banner is on every chart page.
 */
public interface BannerMark {

    /** The marks of this chart for this actor, most urgent first; empty where nothing waits. */
    List<Mark> marks(Actor actor, PatientId patient);

    /**
     * A mark.
     *
     * @param text short, with its sign: "◔ Update due today"
     * @param tone ok, warn, stop, note or empty
     * @param path where the work is done, null where the actor cannot do it
     */
    record Mark(String text, String tone, @Nullable String path) {}
}
