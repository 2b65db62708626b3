package org.chartkeeper.coding.domain;

import java.util.Optional;
import java.util.UUID;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PatientOfPath;
import org.springframework.stereotype.Component;

/** Whose a drug order is, by the order in the address. */
@Component
class OrderAddress implements PatientOfPath {

    private final OrderRows rows;

    OrderAddress(OrderRows rows) {
        this.rows = rows;
    }

    @Override
    public String variable() {
        return "order";
    }

    @Override
    public Optional<PatientId> patient(String id) {
        try {
            return id.length() == 36 ? rows.patient(UUID.fromString(id)) : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
