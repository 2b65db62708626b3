package org.chartkeeper.coding.domain;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.chart.ChartEvent;
import org.chartkeeper.coding.Book;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * When what a code rests on is amended, the code returns to review in the same transaction, and a final case comes back
 * (beyond, idea 9). A code of a second review is marked too, but brings no case back and names nothing in its history.
 */
@Component
class EvidenceWatch {

    static final String AMENDED = "what it rests on was amended";

    private final CaseRepository cases;
    private final CodeRepository codes;
    private final CaseRows rows;
    private final AuditTrail audit;
    private final CurrentActor current;
    private final Clock clock;

    EvidenceWatch(
            CaseRepository cases,
            CodeRepository codes,
            CaseRows rows,
            AuditTrail audit,
            CurrentActor current,
            Clock clock) {
        this.cases = cases;
        this.codes = codes;
        this.rows = rows;
        this.audit = audit;
        this.current = current;
        this.clock = clock;
    }

    @EventListener
    void amended(ChartEvent.Amended event) {
        List<UUID> entries = event.entries().stream().map(EntryId::value).toList();
        List<UUID> resting = codes.casesRestingOn(entries);
        if (resting.isEmpty()) {
            return;
        }
        List<String> labels = rows.labels(entries);
        for (CaseEntity entity : cases.lock(resting)) {
            entity.label(labels);
            List<CodeEntity> amended = codes.restingOn(entity.id, entries).stream()
                    .filter(code -> code.toReview == null)
                    .toList();
            if (!amended.isEmpty()) {
                back(entity, amended);
            }
        }
    }

    private void back(CaseEntity entity, List<CodeEntity> amended) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        amended.forEach(code -> code.toReview = AMENDED);
        codes.saveAllAndFlush(amended);
        List<String> first = amended.stream()
                .filter(code -> code.book.equals(Book.CODER.key()))
                .map(code -> code.code)
                .distinct()
                .toList();
        if (first.isEmpty()) {
            return;
        }
        boolean wasFinal = entity.state.equals("final coded");
        if (wasFinal) {
            entity.state = "reopened";
            entity.reopened = "before bill";
            entity.claimedBy = entity.coder;
            entity.claimedAt = now;
        }
        entity.changedAt = now;
        cases.saveAndFlush(entity);
        String which = String.join(", ", first);
        UUID by = current.get().user().value();
        rows.step(
                entity.id,
                entity.state,
                wasFinal ? "came back: evidence was amended" : "evidence was amended",
                which,
                by,
                now);
        audit.record(AuditEvent.done("coding-case.evidence-amended")
                .of(new PatientId(entity.patientId))
                .at(new FacilityId(entity.facilityId))
                .on("coding-case", entity.id)
                .count(first.size()));
    }
}
