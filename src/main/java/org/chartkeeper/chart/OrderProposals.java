package org.chartkeeper.chart;

import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PractitionerId;

/**
 * Changes of drug orders that somebody proposes who may not order: coders and records specialists. A proposal is an order
 * that replaces another; it stands on the prescriber's desk with everything else that waits for a signature, and the
 * former order stays in force until it is signed. Refused, it is entered in error with the prescriber's statement.
 */
public interface OrderProposals {

    /**
     * Proposes that an order be replaced. In the caller's transaction; records one event.
     *
     * @param order that is to be replaced
     * @param version number of its newest version as it was read
     * @param proposed how it shall be; what it replaces is filled in
     * @param prescriber whose order it becomes by his or her signature
     * @param reason why, in words that the prescriber reads
     * @return the proposal
     * @throws org.chartkeeper.platform.Stale where the order has moved on
     * @throws org.chartkeeper.platform.Rejected where it is not active, a change of it waits already, there is no reason
     *     or nothing is changed
     */
    EntryId propose(
            Actor actor,
            PatientId patient,
            EntryId order,
            int version,
            Content.MedicationOrder proposed,
            PractitionerId prescriber,
            String reason);

    /**
     * Takes a proposal back before it is signed; the former order goes on. Only who made it. In the caller's transaction.
     *
     * @throws org.chartkeeper.platform.Rejected where it does not wait any more, or is somebody else's
     */
    void withdraw(Actor actor, PatientId patient, EntryId proposal, String reason);
}
