package org.chartkeeper.chart.domain;

import java.util.Locale;
import org.chartkeeper.chart.EntryCommand.VersionKind;

/** Kinds of version as the database and the hash name them. */
final class Words {

    private Words() {}

    static String of(VersionKind kind) {
        return switch (kind) {
            case ORIGINAL -> "original";
            case LATE_ENTRY -> "late-entry";
            case REVISION -> "revision";
            case UPDATE -> "update";
            case CORRECTION -> "correction";
            case RETRACTION -> "retraction";
        };
    }

    static VersionKind kind(String word) {
        return VersionKind.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
