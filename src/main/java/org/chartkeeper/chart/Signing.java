package org.chartkeeper.chart;

import java.time.Instant;
import java.util.List;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Slice;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a clinician and what becomes of it. Each method joins the caller's transaction and records one event per
 * entry. Only a practitioner with {@code chart.sign} signs; password confirmation is done by the page before.
 */
public interface Signing {

    /** Entries that wait for this practitioner's signature, oldest first, all charts or one; with what changed. */
    Slice<Awaiting> awaiting(Actor actor, @Nullable PatientId patient, @Nullable String after, int limit);

    /** How many wait, bounded at 501. */
    int count(Actor actor);

    /**
     * Signs exactly these versions by their hashes; what was pending comes into force.
     *
     * @param meaning author, attending, co-signature
     * @throws org.chartkeeper.platform.Stale where an entry has a newer version than the one that was seen
     * @throws org.chartkeeper.platform.Rejected where it does not wait for this practitioner or its hash does not match
     */
    void sign(Actor actor, List<VersionRef> versions, String meaning);

    /** Back to the one who entered it, with a comment; what was pending stays out of force. */
    void giveBack(Actor actor, VersionRef version, String comment);

    /** Not mine: to another practitioner, or back to the sender where {@code to} is null. */
    void notMine(Actor actor, VersionRef version, @Nullable PractitionerId to, String reason);

    /** Refused with a statement, which stays with the entry; a proposed entry is then entered in error. */
    void refuse(Actor actor, VersionRef version, String statement);

    /** Returned entries that wait for those who entered them. */
    List<Awaiting> returned(Actor actor, int limit);

    /**
     * Who signed which version of an entry, in the order of signing. Whether the actor may see the entry is asked before,
     * by reading it. One statement.
     */
    List<Given> signatures(PatientId patient, EntryId entry);

    /** A signature. {@code meaning}: author, attending, co-signature, refusal. */
    record Given(int version, String practitioner, Instant at, String meaning) {}

    /** Exactly one version of one entry of one patient, as it was seen. */
    record VersionRef(PatientId patient, EntryId entry, int version, String hash) {}

    /** Something that waits. {@code change} says what is new about it; {@code hash} is that of its newest version. */
    record Awaiting(
            EntryView entry,
            String patientLabel,
            @Nullable String birthDate,
            String hash,
            ChartReader.Change change,
            @Nullable String comment) {}
}
