package org.chartkeeper.chart.domain;

import java.time.Duration;
import java.util.Set;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryCommand;
import org.chartkeeper.chart.EntryCommand.VersionKind;

/**
 * Late is measured from the event to when it was stated (dictated, written on the form), not to when it was keyed:
 * Friday's dictation typed on Monday is no late entry.
 */
final class Lateness {

    private static final Set<String> NOT_MEASURED = Set.of("import", "device");

    private Lateness() {}

    /**
     * Original or late entry for a new entry; every other kind stays as it is.
     *
     * @param allowed how long after an event its documentation counts as in time, by the rule of the facility
     */
    static VersionKind kind(EntryCommand command, Duration allowed) {
        VersionKind kind = command.kind();
        boolean original = kind == VersionKind.ORIGINAL || kind == VersionKind.LATE_ENTRY;
        if (!original || !measured(command)) {
            return kind;
        }
        // A day without a time of day lasts until its end.
        Duration limit = command.eventPrecision().equals("day") ? allowed.plusDays(1) : allowed;
        boolean late = command.event().plus(limit).isBefore(command.statement().at());
        return late ? VersionKind.LATE_ENTRY : VersionKind.ORIGINAL;
    }

    /** Only what documents a moment of a visit can be late; an onset years ago or a reported vaccination is history. */
    private static boolean measured(EntryCommand command) {
        return !command.authenticated()
                && command.encounter() != null
                && !command.content().type().living()
                && !NOT_MEASURED.contains(command.source().kind())
                && !(command.content() instanceof Content.Immunization vaccine && vaccine.historical())
                && !Set.of("year", "month").contains(command.eventPrecision());
    }
}
