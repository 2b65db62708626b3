package org.chartkeeper.chart;

import java.time.Instant;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PractitionerId;
import org.jspecify.annotations.Nullable;

/**
 * One thing to be written to the record. Who enters it is the actor.
 *
 * @param kind how it relates to what stands
 * @param entry null for a new entry whose id the writer makes; given for a new one whose id the caller made, and for
 *     every change
 * @param basedOn number of the version that a change was read at; null for a new entry
 * @param content for a retraction the content as it stands
 * @param event when it happened or was observed
 * @param eventPrecision year, month, day, minute, second
 * @param statement whose words these are
 * @param source what it was taken from
 * @param reason why, for a correction, a retraction and a warning that was accepted
 * @param sensitivity label: empty, psychotherapy, sud-counseling, part2, mental-health, hiv, genetic, reproductive,
 *     minor-consent; the writer adds those of facility and department
 * @param authenticated true for final entries of an import: locked without a signature of ours
 */
public record EntryCommand(
        VersionKind kind,
        @Nullable EntryId entry,
        @Nullable Integer basedOn,
        PatientId patient,
        FacilityId facility,
        @Nullable EncounterId encounter,
        Content content,
        Instant event,
        String eventPrecision,
        Statement statement,
        Source source,
        @Nullable String reason,
        String sensitivity,
        boolean authenticated) {

    /** How a version relates to what stood before it; the words of the design. */
    public enum VersionKind {
        ORIGINAL,
        LATE_ENTRY,
        REVISION,
        UPDATE,
        CORRECTION,
        RETRACTION
    }

    /**
     * Who stated it.
     *
     * @param by practitioner, nurse, patient, outside; staff where the records department itself says so
     * @param practitioner null where it is no practitioner of the directory
     * @param name as shown, null where the practitioner's own name says it
     * @param at when it was stated
     * @param signer who is to sign it; null where nobody needs to (imports) or the practitioner who stated it does
     */
    public record Statement(
            String by,
            @Nullable PractitionerId practitioner,
            @Nullable String name,
            Instant at,
            @Nullable PractitionerId signer) {}

    /**
     * What it was taken from.
     *
     * @param kind dictation, note, paper, telephone, device, import, direct
     * @param reference entry id of the dictation or note, or hash in the content store
     * @param place where in it: resource URL, line, page
     */
    public record Source(
            String kind,
            @Nullable String reference,
            @Nullable String place) {}
}
