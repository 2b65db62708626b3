package org.chartkeeper.chart.web;

import java.time.Clock;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.EncounterView;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PatientId;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What the controllers of chart pages have in common: who asks, in which words, and children that are not the patient's. */
@Component
class ChartPages {

    /** Rows of a page of a list. */
    static final int ROWS = 50;

    private final CurrentActor current;
    private final Wording wording;
    private final ChartReader reader;
    private final Encounters encounters;
    private final Clock clock;

    ChartPages(CurrentActor current, Wording wording, ChartReader reader, Encounters encounters, Clock clock) {
        this.current = current;
        this.wording = wording;
        this.reader = reader;
        this.encounters = encounters;
        this.clock = clock;
    }

    Actor actor() {
        return current.get();
    }

    Words words() {
        return wording.of(current.get());
    }

    /** Who prints a page and when, for its head. */
    void printed(Model model) {
        model.addAttribute("printedBy", current.get().name());
        model.addAttribute("printedAt", words().moment(clock.instant()));
    }

    /**
     * An entry of this patient.
     *
     * @throws NotFound where it is another patient's, hidden from the actor or not there; the refusal is recorded
     */
    EntryView entry(PatientId patient, EntryId entry) {
        return reader.entry(current.get(), patient, entry).orElseThrow(() -> missing(patient, "entry", entry));
    }

    /**
     * A visit of this patient.
     *
     * @throws NotFound where it is another patient's or not there; the refusal is recorded
     */
    EncounterView visit(PatientId patient, EncounterId visit) {
        return encounters.find(patient, visit).orElseThrow(() -> missing(patient, "encounter", visit));
    }

    /** What to throw where this patient has no such child; the refusal is recorded by whoever answers it. */
    NotFound missing(PatientId patient, String type, Object id) {
        return new NotFound(type + " " + id + " of patient " + patient);
    }
}
