package org.chartkeeper.chart.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.PatientId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/**
 * What is new in a chart for a person: what changed since the last look. Who opens it for the first time sees what was
 * entered here of late; what an import brought whole is no news.
 */
@Component
class News {

    private static final Duration LATELY = Duration.ofDays(14);
    private static final int READ = 100;

    private final ChartReader reader;
    private final Clock clock;

    News(ChartReader reader, Clock clock) {
        this.reader = reader;
        this.clock = clock;
    }

    /**
     * Puts {@code looked}, {@code changes} and {@code moreChanges} into the model, in two statements.
     *
     * @param since the look before the page that led here, null for the last one
     */
    void fill(Model model, Actor actor, PatientId patient, @Nullable Instant since, Words words, int shown) {
        Instant looked = since == null ? reader.lookedAt(actor, patient).orElse(null) : since;
        List<ChangeRow> changes;
        if (looked == null) {
            changes = reader.changesSince(actor, patient, clock.instant().minus(LATELY), READ).stream()
                    .filter(change -> !change.signature().equals("authenticated at source"))
                    .map(change -> ChangeRow.of(patient, change, words))
                    .toList();
        } else {
            changes = reader.changesSince(actor, patient, looked, shown + 1).stream()
                    .map(change -> ChangeRow.of(patient, change, words))
                    .toList();
        }
        model.addAttribute("looked", looked);
        model.addAttribute("changes", changes.size() > shown ? changes.subList(0, shown) : changes);
        model.addAttribute("moreChanges", changes.size() > shown);
    }
}
