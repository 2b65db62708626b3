package org.chartkeeper.chart.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.chartkeeper.chart.Encounters.NewEncounter;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.Rejected;
import org.jspecify.annotations.Nullable;

/** A visit. */
@Entity
@Table(name = "encounter")
class EncounterEntity {

    @Id
    UUID id;

    @Column(updatable = false)
    UUID patientId;

    UUID facilityId;

    @Nullable
    UUID departmentId;

    String klass;
    String status;
    String kind;

    @Nullable
    String reason;

    Instant startAt;

    @Nullable
    Instant endAt;

    @Nullable
    UUID attending;

    @Nullable
    String location;

    @Nullable
    String accountNumber;

    @Nullable
    String admissionSource;

    @Nullable
    String admissionType;

    @Nullable
    String dischargeDisposition;

    @Nullable
    String dischargeCode;

    @Nullable
    String seriesAccount;

    @Nullable
    Instant deathAt;

    boolean selfPay;
    boolean notToPlan;
    String sensitivity = "";

    @Nullable
    UUID linkedEncounter;

    @Nullable
    String source;

    @Nullable
    String sourceId;

    @Nullable
    String contentHash;

    @Column(updatable = false)
    Instant createdAt;

    /** Null until it is stored, by which Spring Data tells a new one. */
    @Version
    @Nullable
    Integer version;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected EncounterEntity() {}

    EncounterEntity(EncounterId id, NewEncounter opened, Instant now) {
        this.id = id.value();
        this.patientId = opened.patient().value();
        this.createdAt = now;
        this.facilityId = opened.facility().value();
        this.klass = opened.klass();
        this.status = EncounterStatus.of(opened.status()).word();
        this.kind = opened.kind();
        this.startAt = opened.start();
        take(opened);
    }

    /** Takes over what a source says now. */
    final void take(NewEncounter from) {
        if (from.end() != null && from.end().isBefore(from.start())) {
            throw new Rejected("A visit cannot end before it begins.");
        }
        if (from.details().death() != null && from.details().death().isBefore(from.start())) {
            throw new Rejected("A patient cannot die at a visit before it begins.");
        }
        if (from.details().notToPlan() && !from.selfPay()) {
            throw new Rejected("The plan can be kept out only of what the patient paid.");
        }
        facilityId = from.facility().value();
        departmentId = from.department() == null ? null : from.department().value();
        klass = from.klass();
        status = EncounterStatus.of(from.status()).word();
        kind = Texts.clean(from.kind());
        reason = Texts.cleanOrNull(from.reason());
        startAt = from.start();
        endAt = from.end();
        attending = from.attending() == null ? null : from.attending().value();
        location = Texts.cleanOrNull(from.location());
        accountNumber = Texts.cleanOrNull(from.accountNumber());
        admissionSource = Texts.cleanOrNull(from.admissionSource());
        dischargeDisposition = Texts.cleanOrNull(from.dischargeDisposition());
        admissionType = from.details().admissionType();
        dischargeCode = from.details().dischargeCode();
        seriesAccount = Texts.cleanOrNull(from.details().seriesAccount());
        deathAt = from.details().death();
        notToPlan = from.details().notToPlan();
        selfPay = from.selfPay();
        linkedEncounter = from.linked() == null ? null : from.linked().value();
    }

    void imported(String from, String idThere, String hash) {
        source = from;
        sourceId = idThere;
        contentHash = hash;
    }

    /**
     * Moves it on.
     *
     * @throws Rejected naming both states where that is not allowed
     */
    void moveTo(EncounterStatus next, Instant at, @Nullable String disposition) {
        EncounterStatus now = EncounterStatus.of(status);
        if (!now.next().contains(next)) {
            throw new Rejected("A visit that is " + now.word() + " cannot become " + next.word() + ".");
        }
        if (next.ended()) {
            if (at.isBefore(startAt)) {
                throw new Rejected("A visit cannot end before it begins.");
            }
            endAt = at;
        }
        if (now == EncounterStatus.PLANNED
                && (next == EncounterStatus.ARRIVED || next == EncounterStatus.IN_PROGRESS)) {
            startAt = at;
        }
        if (disposition != null) {
            dischargeDisposition = Texts.clean(disposition);
        }
        status = next.word();
    }

    /**
     * Another class while it is under way.
     *
     * @throws Rejected where it is over, or has that class
     */
    void reclassify(String next) {
        underWay();
        if (klass.equals(next)) {
            throw new Rejected("This visit is " + klass + " already.");
        }
        klass = next;
    }

    /** Who it is over with is no longer moved or handed over. */
    void underWay() {
        EncounterStatus now = EncounterStatus.of(status);
        if (now.next().size() <= 1) {
            throw new Rejected("A visit that is " + now.word() + " is not changed any more.");
        }
    }
}
