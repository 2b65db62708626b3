package org.chartkeeper.coding.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.chartkeeper.platform.Uuid7;

/** What a code rests on. */
@Entity
@Table(name = "coding_evidence")
class EvidenceEntity {

    @Id
    UUID id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "code_id", updatable = false)
    CodeEntity code;

    @Column(updatable = false)
    UUID entryId;

    @Column(updatable = false)
    int entryVersion;

    @Column(updatable = false)
    String quote;

    @Column(updatable = false)
    String label;

    @Column(updatable = false)
    UUID linkedBy;

    @Column(updatable = false)
    Instant linkedAt;

    /** The same words for another code. */
    EvidenceEntity of(CodeEntity line) {
        EvidenceEntity same = new EvidenceEntity();
        same.id = Uuid7.next();
        same.code = line;
        same.entryId = entryId;
        same.entryVersion = entryVersion;
        same.quote = quote;
        same.label = label;
        same.linkedBy = linkedBy;
        same.linkedAt = linkedAt;
        return same;
    }
}
