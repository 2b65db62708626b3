package org.chartkeeper.exchange.domain.fhir;

import java.time.Instant;
import java.time.ZoneId;
import org.chartkeeper.chart.Content;
import org.jspecify.annotations.Nullable;

/** What the mappers of all types share: where the facility is, when this is read, how references resolve. */
record Mapping(ZoneId zone, Instant now, References references) {

    /**
     * An entry as a mapper made it.
     *
     * @param content null where the resource becomes no entry and is kept whole
     * @param event when it happened; null to take the beginning of its visit
     * @param statedAt null to take the event
     * @param authenticated final at its source
     * @param inError entered in error at its source
     */
    record Mapped(
            @Nullable Content content,
            @Nullable FhirTime event,
            References.Stated stated,
            @Nullable FhirTime statedAt,
            boolean authenticated,
            boolean inError) {}

    /** A moment as content has it; null where absent. */
    @Nullable
    String when(Element element, String part) {
        FhirTime time = element.time(part, zone);
        return time == null ? null : time.text();
    }

    /** The first of several parts that says a time. */
    @Nullable
    FhirTime firstTime(Element element, String... parts) {
        for (String part : parts) {
            FhirTime time;
            if (part.endsWith("Period")) {
                Element period = element.child(part);
                time = period == null ? null : period.time("start", zone);
            } else {
                time = element.time(part, zone);
            }
            if (time != null) {
                return time;
            }
        }
        return null;
    }
}
