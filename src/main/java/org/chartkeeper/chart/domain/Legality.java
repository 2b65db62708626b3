package org.chartkeeper.chart.domain;

import org.chartkeeper.chart.EntryCommand.VersionKind;
import org.chartkeeper.chart.EntryType;
import org.jspecify.annotations.Nullable;

/** Which kind of version is allowed on what stands. */
final class Legality {

    private Legality() {}

    /**
     * How an entry stands.
     *
     * @param retracted entered in error, in force
     * @param locked a version was signed here or authenticated at its source
     * @param openNewest the newest version is neither signed nor authenticated
     * @param pending what waits for a signature, null where nothing does
     */
    record Standing(
            boolean retracted,
            boolean locked,
            boolean openNewest,
            @Nullable String pending) {}

    /**
     * Why a kind is not allowed.
     *
     * @param standing null for an entry that is not there yet
     * @return null where it is allowed
     */
    static @Nullable String refusal(VersionKind kind, EntryType type, @Nullable Standing standing) {
        boolean original = kind == VersionKind.ORIGINAL || kind == VersionKind.LATE_ENTRY;
        if (standing == null) {
            return original ? null : "There is nothing yet to which this could be " + article(kind) + ".";
        }
        if (original) {
            return "This entry is already there; an original is written once.";
        }
        if (standing.retracted()) {
            return "This entry is entered in error; it stays as it is.";
        }
        if (standing.pending() != null && kind != VersionKind.REVISION && kind != VersionKind.RETRACTION) {
            return "A change (" + standing.pending()
                    + ") waits for its signature; revise it or let it be signed first.";
        }
        return switch (kind) {
            case REVISION ->
                standing.openNewest()
                        ? null
                        : type.living()
                                ? "This is signed. Enter an update, or a correction where it was wrong."
                                : "This is signed. Enter a correction where it was wrong, or an addendum.";
            case UPDATE ->
                type.living()
                        ? null
                        : "A " + type.label().toLowerCase(java.util.Locale.ROOT)
                                + " is a statement about a point in time and knows no update.";
            // Nobody signs a document: its index data are corrected, whether an import locked it or not.
            case CORRECTION ->
                standing.locked() || type == EntryType.DOCUMENT ? null : "This is not signed yet. Enter a revision.";
            default -> null;
        };
    }

    /**
     * Why nothing can be added to an entry.
     *
     * @return null where it can
     */
    static @Nullable String refusedAddendum(EntryType type, Standing parent) {
        if (parent.retracted()) {
            return "This entry is entered in error; nothing is added to it.";
        }
        if (type.living()) {
            return "This is a living entry. Enter an update, or a correction where it was wrong.";
        }
        return parent.locked() || type == EntryType.DOCUMENT
                ? null
                : "This is not signed yet. Revise it instead of adding to it.";
    }

    private static String article(VersionKind kind) {
        return switch (kind) {
            case UPDATE -> "an update";
            case REVISION -> "a revision";
            case CORRECTION -> "a correction";
            default -> "a retraction";
        };
    }
}
