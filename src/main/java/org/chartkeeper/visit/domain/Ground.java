package org.chartkeeper.visit.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chartkeeper.access.Directory;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.visit.UpdateItem;
import org.chartkeeper.visit.VisitUpdates;
import org.jspecify.annotations.Nullable;

/**
 * What an update is planned on: the visit, the chart as it stands, and the checklist.
 *
 * @param zone of the facility, in which times are typed
 * @param birth null where unknown
 * @param decided items that were posted before, with their states
 * @param clinicians who can be chosen at the facility
 */
record Ground(
        VisitUpdates.Work work,
        Instant now,
        ZoneId zone,
        @Nullable LocalDate birth,
        ChartReader.Standing standing,
        List<Line> checklist,
        Map<UpdateItem, Decided> decided,
        Set<UpdateItem> asked,
        List<Directory.Practitioner> clinicians) {

    /** An item of the checklist and what it is called there. */
    record Line(UpdateItem item, String label) {}

    /** How an item was posted. */
    record Decided(String state, @Nullable String reason) {}

    LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, zone);
    }

    AgeBand band() {
        return AgeBand.at(birth, day(work.started()));
    }

    /** When what is documented of the visit happened: a stay is summed up at its end, any other visit is one moment. */
    Instant event() {
        return work.klass().equals("inpatient") || work.klass().equals("observation") ? work.ended() : work.started();
    }
}
