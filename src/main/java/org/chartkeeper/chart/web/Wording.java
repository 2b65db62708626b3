package org.chartkeeper.chart.web;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.chartkeeper.access.Directory;
import org.chartkeeper.platform.Actor;
import org.springframework.stereotype.Component;

/** The words of the pages in the time zone of the facility where the actor works. */
@Component
class Wording {

    private final Directory directory;
    private final Clock clock;

    Wording(Directory directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    Words of(Actor actor) {
        ZoneId zone = actor.facility() == null
                ? ZoneOffset.UTC
                : directory
                        .facility(actor.facility())
                        .map(Directory.Facility::zone)
                        .orElse(ZoneOffset.UTC);
        return new Words(zone, LocalDate.ofInstant(clock.instant(), zone));
    }
}
