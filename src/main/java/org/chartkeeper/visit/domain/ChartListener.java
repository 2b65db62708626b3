package org.chartkeeper.visit.domain;

import java.time.Clock;
import java.util.Set;
import org.chartkeeper.chart.ChartEvent;
import org.chartkeeper.visit.VisitUpdates;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Hears what happens to the record, in its transaction. */
@Component
class ChartListener {

    private static final Set<String> NOT_TAKEN_PLACE = Set.of("cancelled", "no-show", "entered in error");

    private final VisitUpdates updates;
    private final VisitUpdateService service;
    private final UpdateRows rows;
    private final Clock clock;

    ChartListener(VisitUpdates updates, VisitUpdateService service, UpdateRows rows, Clock clock) {
        this.updates = updates;
        this.service = service;
        this.rows = rows;
        this.clock = clock;
    }

    @EventListener
    void moved(ChartEvent.VisitMoved event) {
        if (event.status().equals("finished")) {
            updates.visitEnded(event.patient(), event.encounter());
        } else if (NOT_TAKEN_PLACE.contains(event.status())) {
            rows.left(event.encounter(), event.status());
        }
    }

    @EventListener
    void documented(ChartEvent.Documented event) {
        service.documented(event.encounters());
    }

    @EventListener
    void returned(ChartEvent.Returned event) {
        rows.returned(event.encounter(), clock.instant());
    }
}
