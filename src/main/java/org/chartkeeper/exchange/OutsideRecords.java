package org.chartkeeper.exchange;

import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PractitionerId;
import org.jspecify.annotations.Nullable;

/**
 * Records of other places about a patient who exists here: C-CDA documents, laid beside our chart line by line. Nothing is
 * written before a person says so, and never a patient, a visit or a category.
 */
public interface OutsideRecords {

    /** The longest document that is read, in bytes. */
    long LONGEST = 20L * 1024 * 1024;

    /**
     * Keeps a document for a patient and opens its reconciliation. The same document a second time answers the first one.
     *
     * @param name of the file, for messages alone
     * @param samePerson why the document is this patient's although name, birth date or sex differ; empty where nothing
     *     was said
     * @return the record's id
     * @throws org.chartkeeper.platform.Rejected where it is no C-CDA document, broken, too long or unsafe to read (field
     *     {@code file}), or another person's by its header and nothing was said (field {@code samePerson}); nothing is kept
     */
    UUID receive(Actor actor, PatientId patient, String name, InputStream content, String samePerson);

    /** The records of a patient, newest first. */
    List<Listed> list(Actor actor, PatientId patient);

    /**
     * A record laid beside the chart as it is now.
     *
     * @throws org.chartkeeper.platform.NotFound where this patient has no such record
     */
    View view(Actor actor, PatientId patient, UUID record);

    /**
     * Decides lines, in one transaction; lines that were decided before keep what was decided.
     *
     * @param version that the page was read at
     * @param choices by line
     * @param signer who is asked to sign what merging adds to entries of ours; needed where a line is merged
     * @return how many lines were decided
     * @throws org.chartkeeper.platform.Rejected where a choice is not open to its line, a reason is missing, or somebody
     *     else decided meanwhile; nothing is written
     */
    int decide(
            Actor actor,
            PatientId patient,
            UUID record,
            int version,
            Map<String, Choice> choices,
            @Nullable PractitionerId signer);

    /** The document as it was received. */
    Original original(Actor actor, PatientId patient, UUID record);

    /**
     * What to do with a line.
     *
     * @param what accept: into our chart as stated outside; merge: add what ours lacks to ours; keep: ours stands as it
     *     is; reject: not taken over
     * @param reason needed for reject
     */
    record Choice(String what, String reason) {}

    /** @param open lines that wait for a decision */
    record Listed(
            UUID id,
            String title,
            String custodian,
            @Nullable String writtenOn,
            Instant receivedAt,
            int open) {}

    /** The bytes of a document. */
    record Original(String name, InputStream content, long size) {}

    /**
     * A record on its page.
     *
     * @param person whom the document names, in words
     * @param differences what of the person was not as here when it came; null where nothing was
     * @param samePerson why it is this patient's all the same
     * @param unread sections of the document that are not reconciled, by title
     */
    record View(
            UUID id,
            int version,
            String title,
            String custodian,
            @Nullable String writtenOn,
            Instant receivedAt,
            String receivedBy,
            String person,
            @Nullable String differences,
            @Nullable String samePerson,
            List<Section> sections,
            List<String> unread) {}

    /**
     * Lines of a kind.
     *
     * @param alone entries of ours that the document does not know
     */
    record Section(String key, String heading, List<Line> lines, List<Side> alone) {}

    /**
     * A line.
     *
     * @param key stays the same for the same document
     * @param ours the entry that it matches, null where none does
     * @param how why it matches: same code, same ingredient, same words
     * @param adds what merging would add to ours, in words; empty where there is nothing to merge
     * @param decision accepted, merged, kept or rejected; null while it is open
     */
    record Line(
            String key,
            Side theirs,
            @Nullable Side ours,
            @Nullable String how,
            List<String> adds,
            @Nullable String decision,
            @Nullable String reason,
            @Nullable String decidedBy,
            @Nullable Instant decidedAt,
            @Nullable EntryId entry) {}

    /** One side of a line: what it is called, and what else is said of it. */
    record Side(String title, String detail, @Nullable EntryId entry) {}
}
