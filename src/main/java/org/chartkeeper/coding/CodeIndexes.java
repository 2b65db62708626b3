package org.chartkeeper.coding;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Slice;
import org.chartkeeper.terminology.CodeSystem;
import org.jspecify.annotations.Nullable;

/**
 * The indexes over final coded cases by diagnosis, procedure and physician (42 CFR 482.24(b)). A case that is reopened is
 * in none until it is final again; one that the actor may not see is as if not there.
 */
public interface CodeIndexes {

    /** Lines by code, then by the end of the visit; each code of each case is one. */
    Slice<Line> lines(Actor actor, Asked asked, @Nullable String after, int limit);

    /** Whoever attended or performed, by name, with how much; at most 500. */
    List<Physician> physicians(Actor actor, Asked asked);

    /**
     * What is asked for.
     *
     * @param section diagnosis or procedure
     * @param codes null for all
     * @param from first day on which the visit ended, in the facility's zone
     * @param to last such day
     * @param klass inpatient, ambulatory, emergency, observation; null for any
     * @param principal only principal or first-listed diagnoses
     * @param physician who attended, or performed the procedure; null for anybody
     */
    record Asked(
            FacilityId facility,
            String section,
            @Nullable CodeRange codes,
            LocalDate from,
            LocalDate to,
            @Nullable String klass,
            boolean principal,
            @Nullable PractitionerId physician) {}

    /**
     * A code of a final case.
     *
     * @param ended discharge or end of service
     * @param days of a stay, from admission to discharge, at least 1; null for other visits
     * @param on day of a procedure, null where not said and for diagnoses
     * @param physician who attended; for a procedure who performed it, where that is said
     */
    record Line(
            UUID id,
            UUID coded,
            PatientId patient,
            CodeSystem system,
            String code,
            String display,
            @Nullable String role,
            @Nullable String poa,
            @Nullable LocalDate on,
            String klass,
            Instant started,
            Instant ended,
            @Nullable String disposition,
            @Nullable Long days,
            @Nullable String physician) {}

    /** What somebody answers for: {@code cases} attended, {@code procedures} performed. */
    record Physician(PractitionerId id, String name, int cases, int patients, int procedures) {}
}
