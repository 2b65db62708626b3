package org.chartkeeper.access;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Slice;
import org.chartkeeper.platform.UserId;
import org.jspecify.annotations.Nullable;

/** Accounts, as administrators look after them. Every change is versioned, recorded and works with the next request. */
public interface Users {

    /**
     * Accounts by name.
     *
     * @param words part of name or login, empty for all
     * @param status invited, active, disabled or empty for all
     * @param after key of the page before, null for the first
     */
    Slice<Row> list(String words, String status, @Nullable String after, int limit);

    /** @throws org.chartkeeper.platform.NotFound where there is none */
    View get(UserId user);

    /** Whose login this is, in whatever case; empty where nobody's. For those who search the audit trail, too. */
    Optional<UserId> byLogin(String login);

    /**
     * Invites a person: makes the account and the link by which that person chooses a password.
     *
     * @param key of the form; a repeated submit answers the same account without a link
     * @throws org.chartkeeper.platform.Rejected for bad input
     */
    Handover invite(String key, Change change);

    /**
     * Changes name, e-mail, roles and practitioner; the login stays.
     *
     * @throws org.chartkeeper.platform.Rejected for bad input
     * @throws org.chartkeeper.platform.Stale where the account is no longer at that version
     */
    void edit(UserId user, int version, Change change);

    /** Shuts an account; its sessions are over with their next request. */
    void disable(UserId user, int version);

    /** Opens a shut account again. */
    void enable(UserId user, int version);

    /** Makes a link by which a person chooses a new password; until then the old one no longer works. */
    Handover reset(UserId user, int version);

    /**
     * What stands on the form.
     *
     * @param roles role keys by facility
     */
    record Change(
            String login,
            String name,
            @Nullable String email,
            Map<FacilityId, Set<String>> roles,
            @Nullable PractitionerId practitioner) {}

    /**
     * A line of the list.
     *
     * @param roles names of the roles with the facility's code, as on the page
     */
    record Row(
            UserId id,
            String login,
            String name,
            String status,
            @Nullable Instant lastSignIn,
            String roles) {}

    /** An account. */
    record View(
            UserId id,
            String login,
            String name,
            @Nullable String email,
            String status,
            @Nullable Instant lastSignIn,
            Map<FacilityId, Set<String>> roles,
            @Nullable PractitionerId practitioner,
            @Nullable Instant blockedUntil,
            int version) {}

    /** An account and the token of its link; null where the link was shown before. */
    record Handover(UserId user, @Nullable String token) {}
}
