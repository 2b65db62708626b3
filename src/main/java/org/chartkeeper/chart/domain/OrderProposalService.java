package org.chartkeeper.chart.domain;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryCommand;
import org.chartkeeper.chart.EntryCommand.VersionKind;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.chart.OrderProposals;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Stale;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Proposals go through the one writer, as the prescriber's order that waits for the prescriber's signature. */
@Service
class OrderProposalService implements OrderProposals {

    private final EntryRepository entries;
    private final ChartStore store;
    private final Sensitivity sensitivity;
    private final WriterService writer;
    private final Clock clock;

    OrderProposalService(
            EntryRepository entries, ChartStore store, Sensitivity sensitivity, WriterService writer, Clock clock) {
        this.entries = entries;
        this.store = store;
        this.sensitivity = sensitivity;
        this.writer = writer;
        this.clock = clock;
    }

    @Override
    @Requires({Permission.CODING_WORK, Permission.CODING_SUPERVISE, Permission.VISIT_UPDATE})
    @Transactional(propagation = Propagation.MANDATORY)
    public EntryId propose(
            Actor actor,
            PatientId patient,
            EntryId order,
            int version,
            Content.MedicationOrder proposed,
            PractitionerId prescriber,
            String reason) {
        if (reason.isBlank()) {
            throw new Rejected(List.of(Problem.error("reason", "Tell the prescriber why.")));
        }
        EntryEntity former = locked(actor, patient, order);
        if (former.currentVersion != version) {
            throw new Stale("entry " + order, version, former.currentVersion);
        }
        if (!(content(former) instanceof Content.MedicationOrder was)) {
            throw new NotFound("medication order " + order + " of patient " + patient);
        }
        if (former.proposed()) {
            throw new Rejected("This is a proposal itself, which waits for its signature.");
        }
        if (!Protection.changedTerms(was, proposed)
                && java.util.Objects.equals(was.indication(), proposed.indication())
                && java.util.Objects.equals(was.indicationOf(), proposed.indicationOf())
                && java.util.Objects.equals(was.start(), proposed.start())
                && java.util.Objects.equals(was.end(), proposed.end())) {
            throw new Rejected("Nothing is changed: say how the order shall be.");
        }
        Instant now = now();
        return writer.writeProposal(new EntryCommand(
                        VersionKind.ORIGINAL,
                        null,
                        null,
                        patient,
                        new FacilityId(former.facilityId),
                        former.encounterId == null ? null : new EncounterId(former.encounterId),
                        replacing(proposed, order),
                        now,
                        "minute",
                        new EntryCommand.Statement("practitioner", prescriber, null, now, prescriber),
                        new EntryCommand.Source("direct", null, null),
                        reason.strip(),
                        former.sensitivity,
                        false))
                .entry();
    }

    @Override
    @Requires({Permission.CODING_WORK, Permission.CODING_SUPERVISE, Permission.VISIT_UPDATE})
    @Transactional(propagation = Propagation.MANDATORY)
    public void withdraw(Actor actor, PatientId patient, EntryId proposal, String reason) {
        if (reason.isBlank()) {
            throw new Rejected(List.of(Problem.error("reason", "Say why.")));
        }
        EntryEntity entry = locked(actor, patient, proposal);
        if (!entry.proposed() || entry.retracted()) {
            throw new Rejected("This does not wait for a signature any more.");
        }
        if (!entry.enteredBy.equals(actor.user().value())) {
            throw new Rejected("Only who proposed a change takes it back.");
        }
        Instant now = now();
        writer.writeProposal(new EntryCommand(
                VersionKind.RETRACTION,
                proposal,
                entry.currentVersion,
                patient,
                new FacilityId(entry.facilityId),
                null,
                content(entry),
                now,
                "minute",
                new EntryCommand.Statement(
                        entry.statedBy,
                        entry.statedByPractitioner == null ? null : new PractitionerId(entry.statedByPractitioner),
                        entry.statedByName,
                        now,
                        entry.signer == null ? null : new PractitionerId(entry.signer)),
                new EntryCommand.Source("direct", null, null),
                reason.strip(),
                "",
                false));
    }

    private EntryEntity locked(Actor actor, PatientId patient, EntryId id) {
        return entries.lock(List.of(id.value())).stream()
                .filter(entry -> entry.patientId.equals(patient.value())
                        && entry.entryType() == EntryType.MEDICATION_ORDER
                        && sensitivity.visible(actor).sees(entry.sensitivity, entry.statedByPractitioner))
                .findFirst()
                .orElseThrow(() -> new NotFound("medication order " + id + " of patient " + patient));
    }

    private Content content(EntryEntity entry) {
        UUID id = entry.id;
        ChartStore.Loaded loaded = store.load(List.of(id)).get(id);
        if (loaded == null) {
            throw new IllegalStateException("entry " + id + " has no version");
        }
        return loaded.inForce() == null ? loaded.newest() : loaded.inForce();
    }

    private static Content.MedicationOrder replacing(Content.MedicationOrder proposed, EntryId former) {
        return new Content.MedicationOrder(
                proposed.medication(),
                proposed.status(),
                proposed.dosage(),
                proposed.quantity(),
                proposed.refills(),
                proposed.daysSupply(),
                proposed.indication(),
                proposed.indicationOf(),
                proposed.authored(),
                proposed.start(),
                proposed.end(),
                null,
                new Content.EntryRef(former.toString()),
                proposed.prescriber(),
                proposed.note());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
