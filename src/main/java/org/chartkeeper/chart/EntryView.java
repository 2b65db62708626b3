package org.chartkeeper.chart;

import java.time.Instant;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.UserId;
import org.jspecify.annotations.Nullable;

/**
 * An entry as a list or page shows it.
 *
 * @param content the state in force; of a proposal ({@code inForce} 0) what is proposed
 * @param pending the newest state where it waits for a signature before it is in force, else null
 * @param pendingKind stop, change, resolve, refute, retract; null where nothing is pending
 * @param version number of the newest version; forms carry it
 * @param inForce number of the version in force; 0 for a proposal, which is in force only with its signature
 * @param signature unsigned, signed, co-signature due, authenticated at source, none needed, broken, returned
 * @param status current, entered-in-error, replaced
 * @param statedBy as shown: "Dr. A. Okafor", "nurse K. Bell", "patient"
 * @param enteredBy as shown
 * @param sourceKind dictation, note, paper, telephone, device, import, direct
 */
public record EntryView(
        EntryId id,
        PatientId patient,
        FacilityId facility,
        @Nullable EncounterId encounter,
        EntryType type,
        Content content,
        @Nullable Content pending,
        @Nullable String pendingKind,
        Instant event,
        String eventPrecision,
        int version,
        int inForce,
        String lastKind,
        String signature,
        @Nullable Instant signedAt,
        @Nullable String signedBy,
        @Nullable PractitionerId signer,
        String status,
        String statedBy,
        @Nullable PractitionerId statedByPractitioner,
        Instant statedAt,
        String enteredBy,
        UserId enteredByUser,
        Instant enteredAt,
        String sourceKind,
        String sensitivity) {

    public boolean unsigned() {
        return signature.equals("unsigned");
    }

    /** Whether nothing of it is in force yet: an order that is to replace another once it is signed. */
    public boolean proposed() {
        return inForce == 0;
    }

    public boolean retracted() {
        return status.equals("entered-in-error");
    }
}
