package org.chartkeeper.visit.domain;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The ages between which limits of values differ. */
enum AgeBand {
    NEWBORN,
    INFANT,
    CHILD,
    ADULT;

    /** Who is of unknown age counts as an adult. */
    static AgeBand at(@Nullable LocalDate birth, LocalDate day) {
        if (birth == null || ChronoUnit.YEARS.between(birth, day) >= 18) {
            return ADULT;
        }
        if (ChronoUnit.DAYS.between(birth, day) <= 28) {
            return NEWBORN;
        }
        return birth.plusYears(1).isAfter(day) ? INFANT : CHILD;
    }
}
