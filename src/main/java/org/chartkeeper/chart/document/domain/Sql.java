package org.chartkeeper.chart.document.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.UUID;
import java.util.stream.Collectors;
import org.chartkeeper.platform.FacilityId;

/** Values to and from rows. */
final class Sql {

    private Sql() {}

    static OffsetDateTime at(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static UUID uuid(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    /** For {@code = ANY (?::uuid[])}. */
    static String facilities(Collection<FacilityId> ids) {
        return ids.stream().map(FacilityId::toString).collect(Collectors.joining(",", "{", "}"));
    }
}
