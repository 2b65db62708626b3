package org.chartkeeper.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Slice;
import org.jspecify.annotations.Nullable;

/** Imports of FHIR R4 records as jobs, for the pages. */
public interface Imports {

    /**
     * Keeps an uploaded file whole and puts its import into the queue.
     *
     * @param key of the form: a repeated submit answers the run of the first
     * @param name of the file as the browser gave it
     * @param source what the records are told apart by; blank for the default
     * @return id of the run
     * @throws org.chartkeeper.platform.Rejected where the file holds nothing that can be read, or expands beyond what is
     *     taken
     */
    UUID upload(String key, String name, InputStream content, String source, FacilityId facility) throws IOException;

    /** Runs, newest first. */
    Slice<Run> list(@Nullable String after, int limit);

    /** @throws org.chartkeeper.platform.NotFound where there is no such run */
    Run find(UUID run);

    /** What became of the resources, by type in alphabetical order. */
    List<TypeCount> counts(UUID run);

    /** What was refused, kept or warned of, in the order in which it was met. */
    Slice<ProblemLine> problems(UUID run, @Nullable String after, int limit);

    /** Asks a waiting or running import to stop after the piece that it is at. */
    void cancel(UUID run);

    /** Lets one that was cancelled or failed go on where it stood. */
    void resume(UUID run);

    /** Changes at a source that met something changed here, oldest first. */
    Slice<Parked> parked(@Nullable String after, int limit);

    /** How many of them wait, at most 501. */
    int parkedCount();

    /** A person has seen to one of them: the record stays as that person left it. */
    void settle(UUID parked);

    /**
     * A change that waits for a person.
     *
     * @param patient whose it is, null where the source did not say
     * @param label of the patient where the actor may know it, else null
     * @param path of the page where the entry stands, null for whoever may not see it
     */
    record Parked(
            UUID id,
            String type,
            @Nullable PatientId patient,
            @Nullable String label,
            @Nullable String path,
            String source,
            String file,
            int entry,
            String reason,
            Instant at) {}

    /**
     * A run.
     *
     * @param state waiting, running, done, cancelled, failed
     * @param percent of the bytes that were read
     * @param secondsLeft null where it cannot be told yet or is over
     * @param fault reference id of the error in the log, null where none
     */
    record Run(
            UUID id,
            String label,
            String source,
            FacilityId facility,
            String startedBy,
            String origin,
            String state,
            boolean cancelling,
            Instant created,
            @Nullable Instant finished,
            int files,
            long read,
            long stored,
            long updated,
            long unchanged,
            long kept,
            long refused,
            int percent,
            @Nullable Long secondsLeft,
            double seconds,
            double perSecond,
            @Nullable String fault) {

        public boolean open() {
            return state.equals("waiting") || state.equals("running");
        }

        public boolean resumable() {
            return state.equals("cancelled") || state.equals("failed");
        }
    }

    /** What became of the resources of one type. */
    record TypeCount(String type, long read, long stored, long updated, long unchanged, long kept, long refused) {}

    /**
     * A problem.
     *
     * @param kind refused, kept, warning
     * @param entry position in the file, from 1
     */
    record ProblemLine(String kind, String file, int entry, String reason) {}
}
