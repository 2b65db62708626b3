package org.chartkeeper.chart.note;

import java.util.UUID;
import org.chartkeeper.chart.Signing;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.jspecify.annotations.Nullable;

/** Files notes into the record through its one writer. */
public interface Notes {

    /** From this share of copied text on a note is filed only with a reason. */
    int COPIED_WARNING = 70;

    /** How many of the latest earlier notes are compared. */
    int COMPARED = 300;

    /**
     * Makes the draft a note of the record and ends it. A clinician files his or her own words and may sign them at once,
     * after the password; whoever else transcribes, and what is transcribed waits for its author's signature.
     *
     * @param number that the draft was read at
     * @param key of the form; a repeated submit answers the same
     * @throws org.chartkeeper.platform.Rejected with all that is wrong, by field
     * @throws org.chartkeeper.platform.Stale where the draft was saved elsewhere or the note revised by another since
     */
    Filed file(Actor actor, PatientId patient, UUID draft, int number, NoteSheet sheet, boolean sign, String key);

    /**
     * The draft goes on from the note as it stands now; what was typed stays as it is.
     *
     * @throws org.chartkeeper.platform.Stale where the draft was saved elsewhere
     */
    void rebase(Actor actor, PatientId patient, UUID draft, int number);

    /** How much of what is typed stands in earlier notes that this person may read. */
    CopyMeter.Reading meter(Actor actor, NoteDrafts.Draft draft, NoteSheet sheet);

    /**
     * Attests a note that waits for this clinician's co-signature: an entry of its own, signed by the attesting clinician,
     * together with the co-signature. Without a statement it is the co-signature alone.
     *
     * @param statement what the clinician did; blank for none
     * @return the attestation, null where there is none
     * @throws org.chartkeeper.platform.Rejected where the note does not wait for this clinician's co-signature
     */
    @Nullable
    EntryId attest(Actor actor, Signing.VersionRef note, String statement, String key);

    /** What became of a draft. {@code signed}: false where it waits for its author's signature. */
    record Filed(EntryId entry, boolean signed) {}
}
