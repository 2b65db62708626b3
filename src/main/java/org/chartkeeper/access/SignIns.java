package org.chartkeeper.access;

import java.time.Instant;
import java.util.Optional;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.UserId;
import org.jspecify.annotations.Nullable;

/** What a request needs to know of the account that it comes from. */
public interface SignIns {

    /**
     * The account as it stands now, roles and all; empty where it may not work. One statement.
     *
     * @param facility where the person works in this session, null for where he or she worked last
     */
    Optional<SignedIn> find(String login, @Nullable FacilityId facility);

    /** The account of a person at a facility, as it stands now; empty where he or she may not work there any more. */
    Optional<Actor> actor(UserId user, FacilityId facility);

    /** Notes a sign-in that succeeded and records it. In a transaction of its own. */
    void signedIn(String login);

    /** Records that a person signed out. In a transaction of its own. */
    void signedOut(UserId user);

    /** Keeps where the person works now, for the next sign-in. Joins the caller's transaction. */
    void workingAt(UserId user, FacilityId facility);

    /**
     * An account that may work.
     *
     * @param sessionsFrom sessions that began before are over
     * @param changePassword whether a new password is due before anything else
     */
    record SignedIn(Actor actor, Instant sessionsFrom, boolean changePassword) {}
}
