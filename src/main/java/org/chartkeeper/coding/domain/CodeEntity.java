package org.chartkeeper.coding.domain;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.chartkeeper.terminology.CodeSystem;
import org.jspecify.annotations.Nullable;

/** A code of a case. */
@Entity
@Table(name = "coding_code")
class CodeEntity {

    static final String DIAGNOSIS = "diagnosis";
    static final String PROCEDURE = "procedure";

    @Id
    UUID id;

    @Column(updatable = false)
    UUID caseId;

    @Column(updatable = false)
    String book;

    @Column(updatable = false)
    String section;

    int position;
    String system;
    String code;
    String display;

    @Nullable
    String role;

    @Nullable
    String poa;

    @Nullable
    LocalDate doneOn;

    @Nullable
    UUID performer;

    @Nullable
    String performerName;

    String modifiers = "";

    @Nullable
    BigDecimal units;

    String pointers = "";

    @Nullable
    String toReview;

    @Nullable
    String unsupported;

    String origin;

    @Column(updatable = false)
    UUID addedBy;

    @Column(updatable = false)
    Instant addedAt;

    @OneToMany(mappedBy = "code", cascade = CascadeType.ALL, orphanRemoval = true, fetch = FetchType.LAZY)
    @OrderBy("linkedAt, id")
    List<EvidenceEntity> evidence = new ArrayList<>();

    boolean diagnosis() {
        return section.equals(DIAGNOSIS);
    }

    CodeSystem codeSystem() {
        return CodeSystem.ofKey(system).orElseThrow();
    }

    List<String> modifierList() {
        return modifiers.isEmpty() ? List.of() : List.of(modifiers.split(","));
    }

    List<Integer> pointerList() {
        return pointers.isEmpty()
                ? List.of()
                : java.util.Arrays.stream(pointers.split(","))
                        .map(Integer::valueOf)
                        .toList();
    }
}
