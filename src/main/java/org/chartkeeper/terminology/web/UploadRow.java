package org.chartkeeper.terminology.web;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.chartkeeper.terminology.CodeUploads.Upload;
import org.jspecify.annotations.Nullable;

/**
 * An upload as pages show it.
 *
 * @param state in words
 * @param tone of its tag
 * @param result what became of its files, in words; empty while none is done
 * @param left how long it still takes, in words; null where that is not known
 */
record UploadRow(
        UUID id,
        String label,
        @Nullable LocalDate from,
        String startedBy,
        String state,
        String tone,
        boolean open,
        boolean resumable,
        boolean cancelling,
        Instant created,
        int files,
        int filesDone,
        String result,
        boolean nothing,
        int percent,
        @Nullable String reading,
        @Nullable String left,
        String took,
        @Nullable String fault) {

    static UploadRow of(Upload upload) {
        StringBuilder result = new StringBuilder();
        add(result, upload.loaded(), "loaded");
        add(result, upload.unchanged(), "unchanged");
        add(result, upload.refused(), "refused");
        add(result, upload.skipped(), "skipped");
        boolean nothing = upload.state() == org.chartkeeper.terminology.CodeUploads.State.DONE
                && upload.loaded() + upload.unchanged() + upload.refused() == 0;
        return new UploadRow(
                upload.id(),
                upload.label(),
                upload.from(),
                upload.startedBy(),
                upload.cancelling() && upload.open() ? "Stopping" : state(upload, nothing),
                tone(upload, nothing),
                upload.open(),
                upload.resumable(),
                upload.cancelling(),
                upload.created(),
                upload.files(),
                upload.filesDone(),
                result.toString(),
                nothing,
                upload.percent(),
                upload.reading(),
                upload.secondsLeft() == null ? null : span(upload.secondsLeft()),
                span(Math.round(upload.seconds())),
                upload.fault());
    }

    private static void add(StringBuilder result, int number, String what) {
        if (number > 0) {
            result.append(result.isEmpty() ? "" : ", ")
                    .append(number)
                    .append(' ')
                    .append(what);
        }
    }

    private static String state(Upload upload, boolean nothing) {
        return switch (upload.state()) {
            case WAITING -> "Waiting";
            case RUNNING -> "Running";
            case DONE ->
                nothing
                        ? "No codes in it"
                        : upload.refused() > 0 && upload.loaded() + upload.unchanged() == 0 ? "Refused" : "Done";
            case CANCELLED -> "Stopped";
            case FAILED -> "Failed";
        };
    }

    private static String tone(Upload upload, boolean nothing) {
        return switch (upload.state()) {
            case WAITING, RUNNING -> "note";
            case DONE -> upload.refused() > 0 ? "stop" : nothing ? "warn" : "ok";
            case CANCELLED -> "warn";
            case FAILED -> "stop";
        };
    }

    private static String span(long seconds) {
        return seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }
}
