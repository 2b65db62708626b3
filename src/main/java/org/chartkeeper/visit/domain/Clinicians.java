package org.chartkeeper.visit.domain;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.chartkeeper.access.Directory;
import org.chartkeeper.access.Directory.Practitioner;
import org.chartkeeper.platform.FacilityId;
import org.springframework.stereotype.Component;

/** The clinicians of a facility for choosing on the page of an update, kept for a few seconds: they are no patient data. */
@Component
class Clinicians {

    private static final long KEPT = Duration.ofSeconds(30).toNanos();

    private final Directory directory;
    private final Map<FacilityId, Known> known = new ConcurrentHashMap<>();

    Clinicians(Directory directory) {
        this.directory = directory;
    }

    private record Known(long at, List<Practitioner> people) {}

    List<Practitioner> at(FacilityId facility) {
        Known kept = known.get(facility);
        if (kept == null || System.nanoTime() - kept.at > KEPT) {
            kept = new Known(System.nanoTime(), directory.practitionersAt(facility));
            known.put(facility, kept);
        }
        return kept.people;
    }
}
