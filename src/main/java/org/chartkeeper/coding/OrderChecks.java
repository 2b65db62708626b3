package org.chartkeeper.coding;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.chartkeeper.access.Directory.Practitioner;
import org.chartkeeper.coding.CodingCases.Happened;
import org.chartkeeper.coding.CodingCases.Source;
import org.chartkeeper.coding.CodingCases.Told;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Slice;
import org.jspecify.annotations.Nullable;

/**
 * Drug orders with findings, for specialists who see that prescriptions are right. They answer for a finding or propose a
 * change to the prescriber; nobody changes an order here.
 */
public interface OrderChecks {

    /**
     * Orders of one's facilities, the worst finding first, then the oldest order. Findings of a chart that changed since
     * they were computed are left out ({@link Work#due()}). What is listed rests on entries without a closed label (Part
     * 2, psychotherapy, SUD counseling), whoever asks.
     */
    Slice<Work> list(Actor actor, Filter filter, @Nullable String after, int limit);

    /** What waits at one's facilities, or at one of them; each number bounded at 501. */
    Counts counts(Actor actor, @Nullable FacilityId facility);

    /** Prescribers of orders with findings at one's facilities, by name; at most 100. */
    List<Prescriber> prescribers(Actor actor, @Nullable FacilityId facility);

    /**
     * An order with what is documented around it, checked now against all that the actor may see; empty where there is no
     * such order at one's facilities, it is no longer active, or it may not be seen.
     */
    Optional<Bench> bench(Actor actor, UUID order);

    /**
     * Answers for a finding of an order: it stays as it is, for a reason.
     *
     * @throws org.chartkeeper.platform.Rejected without a reason, where the finding is gone, and for a hard one where the
     *     actor is no supervisor
     */
    void answer(Actor actor, UUID order, PatientId patient, String finding, String reason);

    /** Takes the answer for a finding back. */
    void unanswer(Actor actor, UUID order, PatientId patient, String finding);

    /**
     * Proposes a change to the prescriber, who signs or refuses it.
     *
     * @param version of the order as it was read
     * @return name of the prescriber whose desk it is on
     * @throws org.chartkeeper.platform.Rejected where a field is wrong, nothing is changed, or a change waits already
     * @throws org.chartkeeper.platform.Stale where the order has moved on
     */
    String propose(Actor actor, UUID order, PatientId patient, int version, Change change);

    /** Proposes the repair of a finding; its message is the reason. */
    String proposeRepair(Actor actor, UUID order, PatientId patient, int version, String finding);

    /** Takes one's own proposal back before it is signed. */
    void withdraw(Actor actor, UUID order, PatientId patient, String reason);

    /**
     * Which orders to list.
     *
     * @param facility null for all of one's facilities
     * @param severity the worst open finding; null for hard ones, review and warnings
     * @param rule with an open finding of this rule; null for any
     * @param age days since the order, at least; null for any
     * @param state open (to do, declined and returned ones too), waiting, declined, answered
     */
    record Filter(
            @Nullable FacilityId facility,
            @Nullable Severity severity,
            @Nullable String rule,
            @Nullable PractitionerId prescriber,
            @Nullable Integer age,
            String state) {}

    /** How many orders have an open hard finding, review or warning, how many wait for their prescriber, were declined. */
    record Counts(int hard, int review, int warning, int waiting, int declined, int due) {}

    record Prescriber(PractitionerId id, String name) {}

    /**
     * An order on the list.
     *
     * @param version of the order
     * @param directions empty where none are given
     * @param draft whether it is not in force yet
     * @param state open, waiting for the prescriber's signature, declined, returned
     * @param said the prescriber's words where it was declined or returned
     * @param due whether the chart changed since: it is about to be checked again, and findings are empty
     */
    record Work(
            UUID order,
            PatientId patient,
            FacilityId facility,
            @Nullable EncounterId visit,
            int version,
            String drug,
            String directions,
            @Nullable PractitionerId prescriber,
            String prescriberName,
            Instant ordered,
            boolean draft,
            String state,
            @Nullable String said,
            boolean due,
            List<Brief> findings) {}

    /** A finding on the list, the worst first. */
    record Brief(String key, String rule, Severity severity, String message, boolean answered) {}

    /**
     * A line of what was ordered.
     *
     * @param note what is to be known of the value; null where nothing
     * @param tone ok, warn, stop or empty
     */
    record Fact(String label, String value, @Nullable String note, String tone) {}

    /** A diagnosis of the chart that an order can be for. */
    record Diagnosis(EntryId entry, String title, @Nullable String code) {}

    /**
     * A finding on the bench.
     *
     * @param repair what the repair would change, such as "quantity 28"; null where there is none to propose
     */
    record Checked(Told told, @Nullable String repair) {}

    /**
     * A change that waits for its signature.
     *
     * @param change what it would change, in words; empty where it stops the order
     * @param by who entered it
     * @param mine whether the actor proposed it and it waits: it can be taken back
     */
    record Proposed(String change, String by, boolean mine) {}

    /**
     * One order to work on.
     *
     * @param ordered line by line
     * @param tables what it was checked by
     * @param values of the fields that can be proposed, by name: quantity, days, refills, directions, ndc, rxnorm, diagnosis
     * @param prescribers to choose from where the order names none; empty otherwise
     * @param proposable whether a change can be proposed: the order is active and none waits
     */
    record Bench(
            Work work,
            List<Fact> ordered,
            List<Source> sources,
            List<Checked> findings,
            String tables,
            Map<String, String> values,
            List<Diagnosis> diagnoses,
            List<Practitioner> prescribers,
            @Nullable Proposed proposed,
            boolean proposable,
            List<Happened> happened) {}

    /**
     * A change as typed; a field that says what the order says already changes nothing.
     *
     * @param diagnosis entry of the diagnosis; empty for what the order says
     * @param prescriber who is asked where the order names nobody; null otherwise
     */
    record Change(
            String quantity,
            String days,
            String refills,
            String directions,
            String ndc,
            String rxnorm,
            String diagnosis,
            @Nullable PractitionerId prescriber,
            String reason) {}
}
