package org.chartkeeper.patient.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.chartkeeper.platform.PatientId;
import org.jspecify.annotations.Nullable;

/** Moments and ids between Java and the driver. */
final class Sql {

    private Sql() {}

    static @Nullable OffsetDateTime moment(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static PatientId patient(ResultSet row, String column) throws SQLException {
        return new PatientId(row.getObject(column, UUID.class));
    }

    static @Nullable PatientId patientOrNull(ResultSet row, String column) throws SQLException {
        UUID id = row.getObject(column, UUID.class);
        return id == null ? null : new PatientId(id);
    }
}
