package org.chartkeeper.terminology;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Loads the published files of code sets. */
public interface CodeSets {

    /** What became of a file. */
    enum Status {
        LOADED,
        /** The same was loaded before. */
        UNCHANGED,
        /** In a folder or an archive, and no file of codes. */
        SKIPPED,
        /** Wrong, cut or mixed up, or named directly and no file of codes: nothing of it is kept. */
        REFUSED
    }

    /**
     * Loads files, or everything in folders and archives, each file whole or not at all.
     *
     * @param from first day on which the files are valid, for those that neither in them nor in their names tell it
     * @param told of each file when it is done
     * @return what became of each file, in the order in which they were found
     */
    List<FileReport> load(List<Path> paths, @Nullable LocalDate from, Consumer<FileReport> told) throws IOException;

    /**
     * What became of a file.
     *
     * @param file as found, with an exclamation mark before what is inside an archive
     * @param system what it holds: icd10cm, icd10cm-tabular, hcpcs, mce and so on; null where that is not known
     * @param release as pages name it: FY2026, v41.1
     * @param from first day of the release
     * @param rows of the file; of the Tabular List its codes, of the Alphabetic Index its subterms
     * @param billable codes that can be reported
     * @param added codes that can be reported since, against the release before
     * @param revised codes whose title is another
     * @param ended codes that can no longer be reported
     * @param reason why it was skipped or refused; null where it was not
     */
    record FileReport(
            String file,
            @Nullable String system,
            @Nullable String release,
            @Nullable LocalDate from,
            Status status,
            int rows,
            int billable,
            int added,
            int revised,
            int ended,
            @Nullable String reason) {}
}
