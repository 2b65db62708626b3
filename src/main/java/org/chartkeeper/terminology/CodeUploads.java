package org.chartkeeper.terminology;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.chartkeeper.platform.Slice;
import org.jspecify.annotations.Nullable;

/** Uploaded files of codes, loaded by jobs, for the pages. */
public interface CodeUploads {

    /** How it stands with an upload. */
    enum State {
        WAITING,
        RUNNING,
        DONE,
        /** Stopped between two files by who asked for it. */
        CANCELLED,
        /** Broke off: what was loaded whole stays. */
        FAILED
    }

    /**
     * Keeps an uploaded file whole and puts its loading into the queue.
     *
     * @param key of the form: a repeated submit answers the upload of the first
     * @param name of the file as the browser gave it
     * @param from first day of what tells none itself; null where nobody says it
     * @return id of the upload
     * @throws org.chartkeeper.platform.Rejected where it is plainly no file of codes, such as a PDF, or where it is
     *     empty
     */
    UUID upload(String key, String name, InputStream content, @Nullable LocalDate from) throws IOException;

    /** Uploads, newest first. */
    Slice<Upload> list(@Nullable String after, int limit);

    /** @throws org.chartkeeper.platform.NotFound where there is no such upload */
    Upload find(UUID upload);

    /** What became of the files in it, in the order in which they were found. */
    Slice<Outcome> outcomes(UUID upload, @Nullable String after, int limit);

    /** Asks a waiting or running upload to stop after the file that it is at. */
    void cancel(UUID upload);

    /**
     * Lets one that was stopped or failed go on behind the last file that is done.
     *
     * @throws org.chartkeeper.platform.Rejected where it is neither
     */
    void resume(UUID upload);

    /**
     * An upload.
     *
     * @param from first day that was said for what tells none itself
     * @param loaded files that were loaded; the next three likewise
     * @param percent of the bytes that were read, file by file
     * @param reading the file that is read at the moment, null where none is
     * @param secondsLeft null where it cannot be told yet or is over
     * @param fault reference id of the error in the log, null where none
     */
    record Upload(
            UUID id,
            String label,
            @Nullable LocalDate from,
            String startedBy,
            State state,
            boolean cancelling,
            Instant created,
            @Nullable Instant finished,
            int files,
            int filesDone,
            int loaded,
            int unchanged,
            int skipped,
            int refused,
            int percent,
            @Nullable String reading,
            @Nullable Long secondsLeft,
            double seconds,
            @Nullable String fault) {

        public boolean open() {
            return state == State.WAITING || state == State.RUNNING;
        }

        public boolean resumable() {
            return state == State.CANCELLED || state == State.FAILED;
        }
    }

    /**
     * What became of a file.
     *
     * @param place of the file in the upload, from 0
     * @param label what it holds, in words; null where that is not known
     * @param releaseId of the release that it is, null where it became none
     */
    record Outcome(
            int place, @Nullable String label, @Nullable Long releaseId, CodeSets.FileReport report) {}
}
