package org.chartkeeper.chart.domain;

import java.util.EnumSet;
import java.util.Set;

/** How a visit stands, and where it may go from there. */
enum EncounterStatus {
    PLANNED("planned"),
    ARRIVED("arrived"),
    IN_PROGRESS("in progress"),
    ON_LEAVE("on leave"),
    FINISHED("finished"),
    CANCELLED("cancelled"),
    NO_SHOW("no-show"),
    ENTERED_IN_ERROR("entered in error");

    private final String word;

    EncounterStatus(String word) {
        this.word = word;
    }

    /** As pages and the database say it. */
    String word() {
        return word;
    }

    /** @throws IllegalArgumentException where no state is called so */
    static EncounterStatus of(String word) {
        for (EncounterStatus status : values()) {
            if (status.word.equals(word)) {
                return status;
            }
        }
        throw new IllegalArgumentException("no visit is ever " + word);
    }

    /** What may follow. A finished visit stays finished, unless it should never have been there. */
    Set<EncounterStatus> next() {
        return switch (this) {
            case PLANNED -> EnumSet.of(ARRIVED, IN_PROGRESS, CANCELLED, NO_SHOW, ENTERED_IN_ERROR);
            // Left without being seen is cancelled.
            case ARRIVED -> EnumSet.of(IN_PROGRESS, FINISHED, CANCELLED, ENTERED_IN_ERROR);
            case IN_PROGRESS -> EnumSet.of(ON_LEAVE, FINISHED, ENTERED_IN_ERROR);
            case ON_LEAVE -> EnumSet.of(IN_PROGRESS, FINISHED, ENTERED_IN_ERROR);
            case FINISHED, CANCELLED, NO_SHOW -> EnumSet.of(ENTERED_IN_ERROR);
            case ENTERED_IN_ERROR -> EnumSet.noneOf(EncounterStatus.class);
        };
    }

    boolean ended() {
        return this == FINISHED;
    }
}
