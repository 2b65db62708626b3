package org.chartkeeper.exchange.domain.fhir;

import java.util.List;
import java.util.UUID;
import org.chartkeeper.platform.FacilityId;
import org.jspecify.annotations.Nullable;

/** A run as its work needs it. */
record Run(UUID id, String source, FacilityId facility, List<SourceFile> files, Position position, long activeMillis) {

    /** Everything up to the entry of the file was committed in the pass. Files and entries count from 1. */
    record Position(Pass pass, int file, int entry) {

        static final Position START = new Position(Pass.DIRECTORY, 1, 0);
    }

    /**
     * A file of a run, kept whole in the content store.
     *
     * @param name as it is reported
     * @param size in bytes, as it was given
     * @param problem why nothing of it can be read, null where it can
     */
    record SourceFile(
            long id,
            int ordinal,
            String name,
            String sha256,
            long size,
            @Nullable String problem) {

        boolean namedLines() {
            String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
            return plain.endsWith(".ndjson") || plain.endsWith(".jsonl");
        }
    }

    SourceFile file(int ordinal) {
        return files.get(ordinal - 1);
    }

    long bytesBefore(int ordinal) {
        long sum = 0;
        for (SourceFile file : files) {
            if (file.ordinal() < ordinal) {
                sum += file.size();
            }
        }
        return sum;
    }

    long bytes() {
        return bytesBefore(files.size() + 1);
    }
}
