package org.chartkeeper.patient.domain;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.chartkeeper.access.Access;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditEventId;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.patient.CareRole;
import org.chartkeeper.patient.Demographics;
import org.chartkeeper.patient.Filing;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.NotAllowed;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/**
 * The one way a registration is written: row, parts, search, version and audit event, in the caller's transaction. Pages
 * and imports come through here alike.
 */
@Component
class Registrar {

    private final PatientRows rows;
    private final SearchRows search;
    private final VersionRows versions;
    private final AuditTrail audit;
    private final Access access;
    private final CurrentActor actors;
    private final Clock clock;

    Registrar(
            PatientRows rows,
            SearchRows search,
            VersionRows versions,
            AuditTrail audit,
            Access access,
            CurrentActor actors,
            Clock clock) {
        this.rows = rows;
        this.search = search;
        this.versions = versions;
        this.audit = audit;
        this.access = access;
        this.actors = actors;
        this.clock = clock;
    }

    /**
     * What is to be written beside the data.
     *
     * @param action the audit event's action
     * @param kind the version's kind
     * @param probableChart of an unidentified patient
     */
    record Deed(
            String action,
            String kind,
            @Nullable String alias,
            @Nullable PatientId probableChart) {}

    /** The facility that a filing or else the actor works at. */
    FacilityId facility(Filing filing) {
        FacilityId named = filing.facility();
        FacilityId own = named == null ? actors.get().facility() : named;
        if (own == null) {
            throw new NotAllowed("registers patients and has no facility");
        }
        return own;
    }

    /** Writes the first version where {@code before} is null, else the next. */
    State write(PatientId patient, @Nullable State before, Demographics after, Deed deed, Filing filing) {
        Actor actor = actors.get();
        // The database keeps microseconds; the hash has to be of what it keeps.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        FacilityId facility = facility(filing);
        int number = before == null ? 1 : before.version() + 1;
        AuditEventId event = audit.record(AuditEvent.done(deed.action())
                .at(facility)
                .of(patient)
                .on("registration", patient)
                .version(number)
                .because(deed.kind()));
        State next = new State(
                patient,
                number,
                before == null ? null : before.mergedInto(),
                deed.probableChart(),
                deed.alias(),
                before == null ? facility : before.facility(),
                after,
                "",
                now);
        try {
            rows.write(before, next);
        } catch (DuplicateKeyException taken) {
            throw new Rejected(List.of(
                    Problem.error("value", "Another patient has this number already. Look for that patient first.")));
        }
        String because = filing.acceptedBecause();
        String hash = versions.append(
                new VersionRows.Version(
                        patient,
                        number,
                        deed.kind(),
                        Contents.write(after),
                        facility,
                        filing.statedBy(),
                        actor.user(),
                        now,
                        filing.reason(),
                        because == null || filing.accepted().isEmpty()
                                ? null
                                : new VersionRows.Accepted(filing.accepted(), because),
                        filing.source(),
                        before == null ? null : before.hash()),
                event);
        search.write(patient, before == null ? null : before.data(), after);
        tellAccess(patient, before == null ? null : before.data(), after);
        return new State(
                patient,
                number,
                next.mergedInto(),
                next.probableChart(),
                next.alias(),
                next.facility(),
                after,
                hash,
                now);
    }

    /** An MRN makes the patient visible at its facility; a primary care practitioner takes part in the care. */
    private void tellAccess(PatientId patient, @Nullable Demographics before, Demographics after) {
        Set<FacilityId> known = new LinkedHashSet<>();
        if (before != null) {
            before.mrns().forEach(mrn -> known.add(mrn.facility()));
        }
        for (Demographics.Mrn mrn : after.mrns()) {
            if (known.add(mrn.facility())) {
                access.patientAtFacility(patient, mrn.facility());
            }
        }
        for (Demographics.CareMember member : after.careTeam()) {
            boolean old = before != null && before.careTeam().contains(member);
            if (!old && member.practitioner() != null && member.until() == null) {
                access.careRelation(new Access.CareRelation(
                        patient,
                        member.practitioner(),
                        member.role() == CareRole.PCP ? "pcp" : "care-team",
                        null,
                        null));
            }
        }
    }
}
