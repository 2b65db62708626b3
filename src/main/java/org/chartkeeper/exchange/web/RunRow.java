package org.chartkeeper.exchange.web;

import java.text.NumberFormat;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.chartkeeper.exchange.Imports;
import org.jspecify.annotations.Nullable;

/**
 * A run as pages show it.
 *
 * @param state in words
 * @param tone of its tag
 * @param left how long it still takes, in words; null where that is not known
 */
record RunRow(
        UUID id,
        String label,
        String source,
        String facility,
        String startedBy,
        String origin,
        String state,
        String tone,
        boolean open,
        boolean resumable,
        boolean cancelling,
        Instant created,
        @Nullable Instant finished,
        int files,
        String read,
        String stored,
        String updated,
        String unchanged,
        String kept,
        String refused,
        boolean anyRefused,
        boolean anyKept,
        int percent,
        @Nullable String left,
        String rate,
        String took,
        @Nullable String fault) {

    static RunRow of(Imports.Run run, String facility) {
        NumberFormat number = NumberFormat.getIntegerInstance(Locale.US);
        return new RunRow(
                run.id(),
                run.label(),
                run.source(),
                facility,
                run.startedBy(),
                run.origin().equals("upload") ? "uploaded" : run.origin(),
                run.cancelling() && run.open() ? "Stopping" : state(run.state()),
                tone(run),
                run.open(),
                run.resumable(),
                run.cancelling(),
                run.created(),
                run.finished(),
                run.files(),
                number.format(run.read()),
                number.format(run.stored()),
                number.format(run.updated()),
                number.format(run.unchanged()),
                number.format(run.kept()),
                number.format(run.refused()),
                run.refused() > 0,
                run.kept() > 0,
                run.percent(),
                run.secondsLeft() == null ? null : span(run.secondsLeft()),
                number.format(Math.round(run.perSecond())),
                span(Math.round(run.seconds())),
                run.fault());
    }

    private static String state(String state) {
        return switch (state) {
            case "waiting" -> "Waiting";
            case "running" -> "Running";
            case "done" -> "Done";
            case "cancelled" -> "Stopped";
            default -> "Failed";
        };
    }

    private static String tone(Imports.Run run) {
        return switch (run.state()) {
            case "done" -> run.refused() > 0 ? "warn" : "ok";
            case "failed" -> "stop";
            case "cancelled" -> "warn";
            default -> "note";
        };
    }

    private static String span(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3600 + " h " + seconds / 60 % 60 + " min";
    }
}
