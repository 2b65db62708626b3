package org.chartkeeper.platform;

import java.util.Optional;
import java.util.function.Supplier;

/** Who acts in this thread. */
public interface CurrentActor {

    /** The person of the request or the system inside {@link #asSystem}; empty where nobody is signed in. */
    Optional<Actor> find();

    /** @throws NotAllowed where nobody is signed in */
    default Actor get() {
        return find().orElseThrow(() -> new NotAllowed("sign-in needed"));
    }

    /**
     * Does the work as a person who ordered it: for a job, with the rights that {@code actor} has when the job runs.
     */
    <T> T as(Actor actor, Supplier<T> work);

    /** Does the work as the system at a facility, with every permission but to sign. For imports, jobs and demo data. */
    <T> T asSystem(FacilityId facility, Supplier<T> work);
}
