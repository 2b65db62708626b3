package org.chartkeeper.chart.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryCommand.VersionKind;
import org.chartkeeper.chart.EntryType;
import org.jspecify.annotations.Nullable;

/**
 * The header of an entry: what all types share, and how its versions stand to each other. New ones are stored by
 * {@link RowWriter} as rows, one or thousands; changed ones are loaded locked and written back by JPA.
 */
@Entity
@Table(name = "entry")
class EntryEntity {

    static final String UNSIGNED = "unsigned";
    static final String SIGNED = "signed";
    static final String COSIGNATURE_DUE = "co-signature due";
    static final String AUTHENTICATED = "authenticated at source";
    static final String NONE_NEEDED = "none needed";
    static final String RETURNED = "returned";

    static final String CURRENT = "current";
    static final String IN_ERROR = "entered-in-error";
    static final String REPLACED = "replaced";

    static final org.chartkeeper.chart.domain.Table ROWS = org.chartkeeper.chart.domain.Table.of(
            "entry",
            "id uuid, patient_id uuid, facility_id uuid, encounter_id uuid, type text, event_at timestamptz,"
                    + " event_precision text, status text, active boolean, listed boolean, title text, category text,"
                    + " code_system text, code text, last_kind text, stated_by text, stated_by_practitioner uuid,"
                    + " stated_by_name text, stated_at timestamptz, entered_by uuid, entered_at timestamptz,"
                    + " source_kind text, source_reference text, source_place text, sensitivity text,"
                    + " current_version integer, in_force_version integer, signed_version integer,"
                    + " authenticated boolean, pending_kind text, signature_state text, signer uuid");

    @Id
    UUID id;

    @Column(updatable = false)
    UUID patientId;

    UUID facilityId;

    @Nullable
    UUID encounterId;

    String type;
    Instant eventAt;
    String eventPrecision;
    String status = CURRENT;
    boolean active;
    boolean listed;
    String title = "";

    @Nullable
    String category;

    @Nullable
    String codeSystem;

    @Nullable
    String code;

    String lastKind = "";
    String statedBy = "";

    @Nullable
    UUID statedByPractitioner;

    @Nullable
    String statedByName;

    Instant statedAt = Instant.EPOCH;
    UUID enteredBy;
    Instant enteredAt = Instant.EPOCH;
    String sourceKind = "";

    @Nullable
    String sourceReference;

    @Nullable
    String sourcePlace;

    String sensitivity = "";
    int currentVersion;
    int inForceVersion;

    @Nullable
    Integer signedVersion;

    boolean authenticated;

    @Nullable
    String pendingKind;

    String signatureState = UNSIGNED;

    @Nullable
    UUID signer;

    @Nullable
    Instant signedAt;

    @Nullable
    UUID signedBy;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected EntryEntity() {}

    EntryEntity(UUID id, UUID patient, UUID facility, @Nullable UUID encounter, VersionRow first) {
        this.id = id;
        this.patientId = patient;
        this.facilityId = facility;
        this.encounterId = encounter;
        this.type = first.type();
        this.eventAt = first.event();
        this.eventPrecision = first.eventPrecision();
        this.enteredBy = first.enteredBy();
    }

    EntryType entryType() {
        return EntryType.ofKey(type);
    }

    boolean retracted() {
        return status.equals(IN_ERROR);
    }

    boolean locked() {
        return signedVersion != null;
    }

    boolean proposed() {
        return inForceVersion == 0;
    }

    /** The version that a signature would be about: the pending one, else the one in force. */
    int signable() {
        return pendingKind == null ? inForceVersion : currentVersion;
    }

    Legality.Standing standing() {
        boolean open = signedVersion == null || signedVersion < signable();
        return new Legality.Standing(retracted(), locked(), open, pendingKind);
    }

    /** Whether it stands as its source brought it: nothing was signed here, and nothing waits. */
    boolean asAtSource() {
        return pendingKind == null && (signedVersion == null || authenticated && signedVersion == currentVersion);
    }

    /** @param attending of the visit that it belongs to */
    Authority.Responsible responsible(@Nullable UUID attending) {
        return new Authority.Responsible(statedByPractitioner, attending, signer);
    }

    /** Takes a new version as the newest; what follows for the state in force is said by {@link #bringIntoForce}. */
    void newest(VersionRow version) {
        currentVersion = version.number();
        lastKind = version.kind();
        statedBy = version.statedBy();
        statedByPractitioner = version.statedByPractitioner();
        statedByName = version.statedByName();
        statedAt = version.statedAt();
        enteredBy = version.enteredBy();
        enteredAt = version.enteredAt();
        sourceKind = version.sourceKind();
        sourceReference = version.sourceReference();
        sourcePlace = version.sourcePlace();
    }

    /** Taken out by the records department: whose words it was, and from what source, it goes on saying. */
    void takenOut(VersionRow version) {
        currentVersion = version.number();
        lastKind = version.kind();
        enteredBy = version.enteredBy();
        enteredAt = version.enteredAt();
    }

    /** The newest version waits for its signature; what was in force stays so. */
    void pend(String kind) {
        pendingKind = kind;
        signatureState = UNSIGNED;
    }

    /** A new entry that is nothing but a proposal: shown, and in force only with its signature. */
    void propose(Content content, String kind) {
        describe(content);
        active = false;
        listed = true;
        pend(kind);
    }

    /**
     * The newest version is in force from now on. The event of an update is that of the change; the entry keeps its own.
     */
    void bringIntoForce(VersionKind kind, Content content, Instant event, String precision) {
        inForceVersion = currentVersion;
        pendingKind = null;
        describe(content);
        if (kind != VersionKind.UPDATE && kind != VersionKind.RETRACTION) {
            eventAt = event;
            eventPrecision = precision;
        }
        if (kind == VersionKind.RETRACTION) {
            status = IN_ERROR;
        } else {
            status = content instanceof Content.MedicationOrder order
                            && order.status().equals("replaced")
                    ? REPLACED
                    : CURRENT;
        }
        active = status.equals(CURRENT) && TypedRows.active(content);
        listed = active;
    }

    /** What was pending is not to be: the state in force stands alone again. */
    void dropPending() {
        pendingKind = null;
        if (signedVersion != null && signedVersion == inForceVersion) {
            signatureState = authenticated ? AUTHENTICATED : SIGNED;
        } else {
            signatureState = UNSIGNED;
        }
    }

    void authenticatedAtSource() {
        signedVersion = currentVersion;
        authenticated = true;
        signatureState = AUTHENTICATED;
    }

    void signed(int version, UUID user, Instant at) {
        signedVersion = version;
        authenticated = false;
        signatureState = SIGNED;
        signedBy = user;
        signedAt = at;
    }

    /** Adds labels with a blank between; none is ever taken off by a change. Answers those that are new. */
    List<String> label(String labels) {
        TreeSet<String> all = new TreeSet<>();
        for (String label : sensitivity.split(" ")) {
            if (!label.isEmpty()) {
                all.add(label);
            }
        }
        List<String> added = new ArrayList<>();
        for (String label : labels.split(" ")) {
            if (!label.isEmpty() && all.add(label)) {
                added.add(label);
            }
        }
        if (!added.isEmpty()) {
            sensitivity = String.join(" ", all);
        }
        return added;
    }

    private void describe(Content content) {
        Concept.Coding coding = TypedRows.concept(content).first();
        title = Texts.clean(content.title());
        category = Texts.cleanOrNull(TypedRows.category(content));
        codeSystem = coding == null ? null : Texts.clean(coding.system());
        code = coding == null ? null : Texts.clean(coding.code());
    }

    @Nullable
    String[] row() {
        return new @Nullable String[] {
            id.toString(),
            patientId.toString(),
            facilityId.toString(),
            text(encounterId),
            type,
            eventAt.toString(),
            eventPrecision,
            status,
            Boolean.toString(active),
            Boolean.toString(listed),
            title,
            category,
            codeSystem,
            code,
            lastKind,
            statedBy,
            text(statedByPractitioner),
            statedByName,
            statedAt.toString(),
            enteredBy.toString(),
            enteredAt.toString(),
            sourceKind,
            sourceReference,
            sourcePlace,
            sensitivity,
            Integer.toString(currentVersion),
            Integer.toString(inForceVersion),
            text(signedVersion),
            Boolean.toString(authenticated),
            pendingKind,
            signatureState,
            text(signer)
        };
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
