package org.chartkeeper.chart.web;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.chartkeeper.chart.InboxItem;
import org.chartkeeper.patient.PatientSummary;
import org.chartkeeper.patient.Patients;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.PatientId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a person is told, from wherever in the product it comes. */
@Component
class Notices {

    private static final int SHOWN = 50;

    private final List<InboxItem> sources;
    private final Patients patients;

    Notices(List<InboxItem> sources, Patients patients) {
        this.sources = sources;
        this.patients = patients;
    }

    /** A line of the desk. */
    record Line(
            String patient,
            String text,
            String when,
            @Nullable String path,
            String link,
            @Nullable String seenPath) {}

    List<Line> of(Actor actor, Words words) {
        List<InboxItem.Item> items = sources.stream()
                .flatMap(source -> source.items(actor, SHOWN).stream())
                .sorted(Comparator.comparing(InboxItem.Item::at).reversed())
                .toList();
        if (items.isEmpty()) {
            return List.of();
        }
        Map<PatientId, PatientSummary> people =
                patients.summaries(items.stream().map(InboxItem.Item::patient).collect(Collectors.toSet()));
        return items.stream()
                .map(item -> {
                    PatientSummary person = people.get(item.patient());
                    return new Line(
                            person == null ? "" : person.label(),
                            item.text(),
                            words.moment(item.at()),
                            item.path(),
                            item.link(),
                            item.seenPath());
                })
                .toList();
    }
}
