package org.chartkeeper.audit;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.chartkeeper.audit.AuditEvent.Outcome;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Slice;
import org.chartkeeper.platform.UserId;
import org.jspecify.annotations.Nullable;

/** Reads the audit trail. Every search that a person makes is an event of its own. */
public interface AuditSearch {

    /**
     * The newest events first.
     *
     * @param after the key of {@link Slice#next()}, null for the first page; one that is no key counts as null
     * @param limit at most 200
     */
    Slice<Recorded> find(Criteria criteria, @Nullable String after, int limit);

    /**
     * The newest events of one action, for a list that its readers always see. It is no search and records nothing.
     *
     * @param since inclusive
     * @param limit at most 200
     */
    List<Recorded> latest(String action, Instant since, int limit);

    /**
     * What to look for; what is null does not matter.
     *
     * @param merged those who were merged into the patient; their events are the patient's too
     * @param from inclusive
     * @param to exclusive
     * @param action the action or what it begins with, as {@code patient} for {@code patient.view}
     */
    record Criteria(
            @Nullable PatientId patient,
            Set<PatientId> merged,
            @Nullable UserId actor,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String action,
            @Nullable Outcome outcome) {

        public Criteria(
                @Nullable PatientId patient,
                @Nullable UserId actor,
                @Nullable Instant from,
                @Nullable Instant to,
                @Nullable String action,
                @Nullable Outcome outcome) {
            this(patient, Set.of(), actor, from, to, action, outcome);
        }
    }

    /** An event as it was recorded; the meaning of each part is that of {@link AuditEvent}. */
    record Recorded(
            UUID id,
            Instant occurredAt,
            @Nullable FacilityId facility,
            @Nullable UserId actor,
            @Nullable String role,
            @Nullable String address,
            String node,
            @Nullable PatientId patient,
            @Nullable String subjectType,
            @Nullable String subjectId,
            @Nullable Integer subjectVersion,
            String action,
            Outcome outcome,
            @Nullable String reason,
            @Nullable Integer count,
            @Nullable String details) {}
}
