package org.chartkeeper.chart;

import java.util.List;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.jspecify.annotations.Nullable;

/**
 * Which ways of change are open, and to whom. What is asked here is asked again by {@link ChartWriter} when it writes: a
 * page that forgets to ask changes nothing.
 */
public interface ChangeDesk {

    /** How an entry stands to this actor. One statement, and one for a name where a signature is asked for. */
    Standing standing(Actor actor, EntryView entry);

    /**
     * Takes a change back that waits for its signature: what stood before stands alone again, and the change stays in the
     * history as withdrawn. Only who entered it and who may sign it. In the caller's transaction; records one event.
     *
     * @param version number of the version that waits
     * @throws org.chartkeeper.platform.Stale where the entry has moved on
     * @throws org.chartkeeper.platform.Rejected where nothing waits, or it is not the actor's to take back
     */
    void withdraw(Actor actor, PatientId patient, EntryId entry, int version, String reason);

    /**
     * How an entry stands to an actor.
     *
     * @param open the ways that are open, in the order of a page; empty where there is none
     * @param moved whether it came from another chart or went to one
     * @param added whether something was added to it after its signature
     */
    record Standing(List<Open> open, boolean moved, boolean added) {}

    /**
     * A way that is open.
     *
     * @param effect how it works for this actor
     * @param agrees name of who is to sign it, null where nobody needs to or it is not known
     */
    record Open(Way way, Effect effect, @Nullable String agrees) {}

    /** How a way works for whoever chooses it. */
    enum Effect {
        /** In force at once. */
        AT_ONCE,
        /** The chooser's own signature brings it into force. */
        SIGNED,
        /** Proposed, in force when its author or the attending signs. */
        PROPOSED
    }
}
