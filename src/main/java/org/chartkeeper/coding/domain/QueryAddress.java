package org.chartkeeper.coding.domain;

import java.util.Optional;
import java.util.UUID;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PatientOfPath;
import org.springframework.stereotype.Component;

/** Whose a query is, by the query in the address. */
@Component
class QueryAddress implements PatientOfPath {

    private final QueryRows rows;

    QueryAddress(QueryRows rows) {
        this.rows = rows;
    }

    @Override
    public String variable() {
        return "query";
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
