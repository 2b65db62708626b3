package org.chartkeeper.chart.web;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.chartkeeper.access.Access;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryCommand;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.patient.AddressKind;
import org.chartkeeper.patient.Demographics;
import org.chartkeeper.patient.Demographics.Address;
import org.chartkeeper.patient.Demographics.Telecom;
import org.chartkeeper.patient.Filing;
import org.chartkeeper.patient.Registration;
import org.chartkeeper.patient.Registrations;
import org.chartkeeper.patient.TelecomSystem;
import org.chartkeeper.patient.TelecomUse;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.Idempotency;
import org.chartkeeper.platform.NotAllowed;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Stale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * A correction that somebody calls in: what belongs to the registration is done at once, and what belongs to the record goes
 * to who answers for it as a note of the call. Both or nothing.
 */
@Service
class TelephoneDesk {

    private final Registrations registrations;
    private final ChartWriter writer;
    private final Access access;
    private final Idempotency idempotency;
    private final Clock clock;

    TelephoneDesk(
            Registrations registrations, ChartWriter writer, Access access, Idempotency idempotency, Clock clock) {
        this.registrations = registrations;
        this.writer = writer;
        this.access = access;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    /** A call. {@code verified}: the identifiers in words. */
    record Call(String caller, String relation, String verified) {

        String words() {
            return "by telephone from " + caller + " (" + relation + "), verified by " + verified;
        }
    }

    /**
     * @param about the entry that is said to be wrong, null for none of those listed
     * @param signer who is to answer what is said of the record, null where nothing is
     * @return what was done, in words
     */
    @Transactional
    @Requires(Permission.VISIT_UPDATE)
    public String take(
            Actor actor,
            PatientId patient,
            TelephoneForm form,
            Call call,
            @Nullable EntryView about,
            @Nullable PractitionerId signer,
            ZoneId zone) {
        return idempotency.once(form.getIdempotencyKey(), () -> {
            List<String> done = new ArrayList<>();
            if (form.registration()) {
                register(patient, form, call, zone);
                done.add("The registration is changed.");
            }
            if (signer != null) {
                write(actor, patient, form, call, about, signer);
                done.add("What was said of the record waits for who answers for it.");
            }
            return String.join(" ", done);
        });
    }

    private void register(PatientId patient, TelephoneForm form, Call call, ZoneId zone) {
        Registration before = registrations.get(patient);
        if (before.version() != form.getVersion()) {
            throw new Stale("registration of " + patient, form.getVersion(), before.version());
        }
        PartialDate today = PartialDate.of(LocalDate.ofInstant(clock.instant(), zone));
        Demographics.Builder data = before.data().toBuilder();
        if (!form.getPhone().isBlank()) {
            TelecomUse use = TelecomUse.valueOf(form.getPhoneUse());
            List<Telecom> numbers = new ArrayList<>();
            for (Telecom each : before.data().telecoms()) {
                boolean replaced = each.system() == TelecomSystem.PHONE && each.use() == use && each.until() == null;
                numbers.add(
                        replaced
                                ? new Telecom(each.id(), each.system(), each.use(), each.value(), each.note(), today)
                                : each);
            }
            numbers.add(Telecom.of(TelecomSystem.PHONE, use, form.getPhone().strip()));
            data.telecoms(numbers);
        }
        if (form.movesAway()) {
            List<Address> addresses = new ArrayList<>();
            for (Address each : before.data().addresses()) {
                boolean replaced = each.kind() == AddressKind.HOME && each.until() == null;
                addresses.add(replaced ? ended(each, today) : each);
            }
            addresses.add(Address.of(
                    AddressKind.HOME,
                    form.getStreet().strip(),
                    form.getCity().strip(),
                    form.getState().strip(),
                    form.getPostalCode().strip()));
            data.addresses(addresses);
        }
        registrations.change(
                patient,
                before.version(),
                data.build(),
                Filing.statedBy(call.relation().equals("patient") ? "patient" : "relative")
                        .because("Corrected " + call.words()));
    }

    private static Address ended(Address it, PartialDate today) {
        return new Address(
                it.id(),
                it.kind(),
                it.lines(),
                it.city(),
                it.state(),
                it.postalCode(),
                it.country(),
                it.from(),
                today,
                it.returnedSince(),
                it.confidential());
    }

    private void write(
            Actor actor,
            PatientId patient,
            TelephoneForm form,
            Call call,
            @Nullable EntryView about,
            PractitionerId signer) {
        FacilityId facility = about == null ? actor.facility() : about.facility();
        if (facility == null) {
            throw new NotAllowed("no facility to work at");
        }
        Instant now = clock.instant();
        boolean own = call.relation().equals("patient");
        String text = "A correction is asked for " + call.words() + ", taken by " + actor.name() + ".\n\n"
                + (about == null ? "" : "About: " + about.content().title() + "\n\n")
                + form.getClinical().strip().replace("\r\n", "\n");
        writer.write(List.of(new EntryCommand(
                EntryCommand.VersionKind.ORIGINAL,
                null,
                null,
                patient,
                facility,
                null,
                new Content.Note("telephone", Concept.of("Telephone call: correction asked for"), "final", text, null),
                now,
                "minute",
                new EntryCommand.Statement(own ? "patient" : "outside", null, own ? null : call.caller(), now, signer),
                new EntryCommand.Source(
                        "telephone", about == null ? null : about.id().toString(), null),
                null,
                about == null ? "" : about.sensitivity(),
                false)));
        access.careRelation(new Access.CareRelation(patient, signer, "recipient", null, null));
    }
}
