package org.chartkeeper.coding.domain;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.chartkeeper.coding.CodingCases.Work;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.UserId;
import org.jspecify.annotations.Nullable;

/** A coding case. */
@Entity
@Table(name = "coding_case")
class CaseEntity {

    @Id
    UUID id;

    @Column(updatable = false)
    UUID patientId;

    @Column(updatable = false)
    UUID facilityId;

    @Column(updatable = false)
    String kind;

    String klass;
    String payer;

    @Nullable
    LocalDate month;

    @Nullable
    UUID attending;

    @Nullable
    String attendingName;

    @Nullable
    String accountNumber;

    @Nullable
    String reason;

    Instant startedAt;

    @Nullable
    Instant endedAt;

    @Nullable
    String disposition;

    String state;

    @Nullable
    String holdReason;

    @Nullable
    String holdNote;

    @Nullable
    UUID heldBy;

    @Nullable
    Instant heldAt;

    int priority;

    @Nullable
    UUID claimedBy;

    @Nullable
    Instant claimedAt;

    @Nullable
    UUID coder;

    @Nullable
    UUID finalBy;

    @Nullable
    Instant finalAt;

    @Nullable
    String reopened;

    @Nullable
    UUID combinedInto;

    /** Closed labels of all that it ever rested on, with a blank between. */
    String sensitivity = "";

    @Version
    @Nullable
    Integer version;

    @Column(updatable = false)
    Instant createdAt;

    /** Every change of the codes changes the case, so that its version tells of both. */
    Instant changedAt;

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "coding_case_visit", joinColumns = @JoinColumn(name = "case_id"))
    Set<Visit> visits = new LinkedHashSet<>();

    /** A visit of a case; one visit has one case of a kind. */
    @Embeddable
    record Visit(UUID encounterId, String kind, Instant addedAt) {}

    /** None is ever taken off: the history keeps what was. */
    void label(Collection<String> labels) {
        Set<String> all = new TreeSet<>(labels);
        if (!sensitivity.isEmpty()) {
            all.addAll(List.of(sensitivity.split(" ")));
        }
        sensitivity = String.join(" ", all);
    }

    Work work() {
        return new Work(
                id,
                new PatientId(patientId),
                new FacilityId(facilityId),
                kind,
                klass,
                payer,
                month,
                attending == null ? null : new PractitionerId(attending),
                attendingName,
                accountNumber,
                reason,
                startedAt,
                endedAt,
                disposition,
                state,
                holdReason,
                holdNote,
                priority,
                claimedBy == null ? null : new UserId(claimedBy),
                coder == null ? null : new UserId(coder),
                finalBy == null ? null : new UserId(finalBy),
                finalAt,
                reopened,
                version == null ? 0 : version,
                visits.stream()
                        .map(visit -> new EncounterId(visit.encounterId()))
                        .toList());
    }
}
