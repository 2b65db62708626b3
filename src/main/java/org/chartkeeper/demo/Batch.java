package org.chartkeeper.demo;

import java.util.ArrayList;
import java.util.List;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.chart.Encounters.ImportedEncounter;
import org.chartkeeper.chart.EntryCommand;

/** Earlier visits and their entries, gathered and written many at a time: the first start is not to be waited for. */
class Batch {

    private static final int FULL = 1_500;
    private static final String SOURCE = "former-system";

    private final Encounters encounters;
    private final ChartWriter writer;
    private final List<ImportedEncounter> visits = new ArrayList<>();
    private final List<EntryCommand> entries = new ArrayList<>();
    private int accounts;

    Batch(Encounters encounters, ChartWriter writer) {
        this.encounters = encounters;
        this.writer = writer;
    }

    /** The next account number of a visit, such as {@code 1000-137}. */
    String account() {
        accounts++;
        int number = 1_000_000 + accounts * 137;
        return number / 1_000 + "-" + String.format(java.util.Locale.ROOT, "%03d", number % 1_000);
    }

    void add(ImportedEncounter visit) {
        visits.add(visit);
    }

    void add(List<EntryCommand> written) {
        entries.addAll(written);
        if (entries.size() >= FULL) {
            write();
        }
    }

    /** Writes what is gathered. */
    void write() {
        if (!visits.isEmpty()) {
            encounters.importAll(SOURCE, List.copyOf(visits));
            visits.clear();
        }
        if (!entries.isEmpty()) {
            writer.write(List.copyOf(entries));
            entries.clear();
        }
    }
}
