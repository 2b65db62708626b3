package org.chartkeeper.coding.domain;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chartkeeper.patient.PatientMergeParticipant;
import org.chartkeeper.platform.PatientId;
import org.springframework.stereotype.Component;

/**
 * Cases, queries and reviews go with the visits that they are about. Checked orders are made anew from the chart that
 * stays; what was answered and proposed keeps the patient of its day and is found by its order.
 */
@Component
class CodingMerge implements PatientMergeParticipant {

    private final OrderRows orders;
    private final Clock clock;

    CodingMerge(OrderRows orders, Clock clock) {
        this.orders = orders;
        this.clock = clock;
    }

    @Override
    public Map<String, String> moved() {
        return Map.of("coding_case", "id", "coding_query", "id", "coding_review", "id");
    }

    @Override
    public Set<String> kept() {
        return Set.of("coding_order_due", "coding_order_check", "coding_order_step");
    }

    @Override
    public void before(PatientId loser, PatientId survivor) {
        // In this order: it waits for a check that is under way, and takes away what that one leaves.
        orders.due(List.of(loser, survivor), clock.instant().truncatedTo(ChronoUnit.MICROS));
        orders.forget(loser);
    }
}
