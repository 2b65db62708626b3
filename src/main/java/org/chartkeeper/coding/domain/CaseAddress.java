package org.chartkeeper.coding.domain;

import java.util.Optional;
import java.util.UUID;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PatientOfPath;
import org.springframework.stereotype.Component;

/** Whose a coding case is, by the case in the address. */
@Component
class CaseAddress implements PatientOfPath {

    private final CaseRows rows;

    CaseAddress(CaseRows rows) {
        this.rows = rows;
    }

    @Override
    public String variable() {
        return "case";
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
