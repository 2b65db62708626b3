package org.chartkeeper.access;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Links that work once: the first set-up, invitations, resets of a password. */
public interface Onboarding {

    /**
     * The token of a fresh set-up link where no account exists yet; earlier ones stop working.
     *
     * @return empty where somebody can sign in already
     */
    Optional<String> setupToken();

    /** What a token is good for; empty where it is unknown, used or too old. */
    Optional<Link> find(String token);

    /**
     * Makes the first facility and its administrator.
     *
     * @throws org.chartkeeper.platform.Rejected for bad input; the token stays good
     * @throws org.chartkeeper.platform.NotFound where the token is good for nothing
     */
    void setUp(String token, FirstSteps steps);

    /** Sets the password of who was invited or had it reset. Throws as {@link #setUp} does. */
    void choosePassword(String token, String password, String again);

    /**
     * What a link is for.
     *
     * @param kind setup, invite, reset
     * @param login whose, null for the set-up
     */
    record Link(
            String kind, @Nullable String login, @Nullable String name) {}

    /** The answers of the first set-up, as typed. */
    record FirstSteps(
            String facilityCode,
            String facilityName,
            String zone,
            String name,
            String login,
            String password,
            String again) {}
}
