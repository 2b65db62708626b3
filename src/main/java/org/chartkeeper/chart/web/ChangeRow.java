package org.chartkeeper.chart.web;

import java.util.List;
import java.util.Locale;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.VersionView;
import org.chartkeeper.platform.PatientId;
import org.jspecify.annotations.Nullable;

/**
 * A change of the record as a line.
 *
 * @param sign what kind of change, as a tag
 * @param differences field by field; empty for something new
 * @param said who stated and entered it, from what, when, and how its signature stands
 * @param path of the entry's history
 */
record ChangeRow(
        Tag sign,
        String type,
        String title,
        List<VersionView.Difference> differences,
        @Nullable String effect,
        String said,
        @Nullable String reason,
        String path) {

    static ChangeRow of(PatientId patient, ChartReader.Change change, Words words) {
        String stated = change.statedBy().isEmpty()
                ? ""
                : "stated by " + change.statedBy() + " (" + words.source(change.sourceKind()) + ") · ";
        String entered = change.enteredBy().equals(change.statedBy()) ? "" : "entered by " + change.enteredBy() + " · ";
        String open =
                change.signature().equals("unsigned") || change.signature().equals("co-signature due")
                        ? " · " + change.signature()
                        : "";
        return new ChangeRow(
                sign(change.kind()),
                change.type().label(),
                change.title(),
                words.tidy(change.differences()),
                waits(change) ? "in force when signed" : null,
                stated + entered + words.moment(change.enteredAt()) + open,
                change.reason(),
                "/patients/" + patient + "/entries/" + change.entry() + "/history");
    }

    /** The word and the tone of a kind of change. */
    static Tag sign(String kind) {
        return switch (kind) {
            case "added" -> new Tag("+ Added", "ok");
            case "updated" -> new Tag("↻ Updated", "note");
            case "revised" -> new Tag("✎ Revised", "note");
            case "stop pending" -> new Tag("■ Stop pending", "warn");
            case "correction pending" -> new Tag("✎ Correction proposed", "warn");
            case "change pending" -> new Tag("↷ Change pending", "warn");
            case "resolve pending" -> new Tag("■ Resolve pending", "warn");
            case "refute pending" -> new Tag("■ Refute pending", "warn");
            case "retract pending" -> new Tag("✕ Removal pending", "warn");
            case "replaced" -> new Tag("↷ Replaced", "warn");
            case "corrected" -> new Tag("✎ Corrected", "note");
            case "entered in error" -> new Tag("✕ Entered in error", "stop");
            case "signed" -> new Tag("✓ Signed", "ok");
            case "returned" -> new Tag("↩ Returned", "warn");
            case "not mine" -> new Tag("→ Not mine", "note");
            case "refused" -> new Tag("✕ Refused", "stop");
            case "withdrawn" -> new Tag("Withdrawn", "");
            default ->
                new Tag(
                        kind.isEmpty() ? "Changed" : kind.substring(0, 1).toUpperCase(Locale.US) + kind.substring(1),
                        "");
        };
    }

    private static boolean waits(ChartReader.Change change) {
        return change.kind().endsWith(" pending")
                || change.kind().equals("replaced") && change.signature().equals("unsigned");
    }
}
