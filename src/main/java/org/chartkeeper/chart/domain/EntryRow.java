package org.chartkeeper.chart.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.UserId;
import org.jspecify.annotations.Nullable;

/** An entry as read, before names are known. */
record EntryRow(
        UUID id,
        UUID patient,
        UUID facility,
        @Nullable UUID encounter,
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
        @Nullable UUID signedBy,
        @Nullable UUID signer,
        String status,
        String statedBy,
        @Nullable UUID statedByPractitioner,
        @Nullable String statedByName,
        Instant statedAt,
        UUID enteredBy,
        Instant enteredAt,
        String sourceKind,
        String sensitivity) {

    /** What a statement over entries {@code e} selects. */
    static final String COLUMNS =
            "e.*, v.content::text AS content, v.content_sha256, p.content::text AS pending_content";

    /** The contents that go with entries {@code e}: of the state in force or, of a proposal, of what is proposed. */
    static final String CONTENTS = """
            JOIN entry_version v ON v.entry_id = e.id
                AND v.number = CASE e.in_force_version WHEN 0 THEN e.current_version ELSE e.in_force_version END
            LEFT JOIN entry_version p ON p.entry_id = e.id AND p.number = e.current_version
                AND e.pending_kind IS NOT NULL AND e.in_force_version > 0
            """;

    static EntryRow of(ResultSet row) throws SQLException {
        String content = row.getString("content");
        String pending = row.getString("pending_content");
        String signature = row.getString("signature_state");
        // Content that is not what its hash says: whoever signed it did not sign this.
        boolean broken = !Arrays.equals(VersionRow.sha256(content), row.getBytes("content_sha256"));
        return new EntryRow(
                Sql.uuid(row, "id"),
                Sql.uuid(row, "patient_id"),
                Sql.uuid(row, "facility_id"),
                Sql.uuidOrNull(row, "encounter_id"),
                EntryType.ofKey(row.getString("type")),
                ContentJson.read(content),
                pending == null ? null : ContentJson.read(pending),
                row.getString("pending_kind"),
                Sql.instant(row, "event_at"),
                row.getString("event_precision"),
                row.getInt("current_version"),
                row.getInt("in_force_version"),
                row.getString("last_kind"),
                broken ? "broken" : signature,
                Sql.instantOrNull(row, "signed_at"),
                Sql.uuidOrNull(row, "signed_by"),
                Sql.uuidOrNull(row, "signer"),
                row.getString("status"),
                row.getString("stated_by"),
                Sql.uuidOrNull(row, "stated_by_practitioner"),
                row.getString("stated_by_name"),
                Sql.instant(row, "stated_at"),
                Sql.uuid(row, "entered_by"),
                Sql.instant(row, "entered_at"),
                row.getString("source_kind"),
                row.getString("sensitivity"));
    }

    void want(Names.Wanted wanted) {
        if (statedByName == null) {
            wanted.practitioner(statedByPractitioner);
        }
        wanted.user(enteredBy);
        wanted.user(signedBy);
    }

    EntryView view(Names.Found names) {
        return new EntryView(
                new EntryId(id),
                new PatientId(patient),
                new FacilityId(facility),
                encounter == null ? null : new EncounterId(encounter),
                type,
                content,
                pending,
                pendingKind,
                event,
                eventPrecision,
                version,
                inForce,
                lastKind,
                signature,
                signedAt,
                signedBy == null ? null : names.user(signedBy),
                signer == null ? null : new PractitionerId(signer),
                status,
                names.stated(statedBy, statedByPractitioner, statedByName),
                statedByPractitioner == null ? null : new PractitionerId(statedByPractitioner),
                statedAt,
                names.user(enteredBy),
                new UserId(enteredBy),
                enteredAt,
                sourceKind,
                sensitivity);
    }
}
