package org.chartkeeper.access.domain;

import java.util.List;
import java.util.Optional;
import org.chartkeeper.access.Reauthentication;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Checks the password again, under the same throttle as a sign-in. */
@Service
class StoredReauthentication implements Reauthentication {

    private final JdbcClient database;
    private final CurrentActor actors;
    private final Passwords passwords;
    private final Throttle throttle;
    private final AuditTrail trail;

    StoredReauthentication(
            JdbcClient database, CurrentActor actors, Passwords passwords, Throttle throttle, AuditTrail trail) {
        this.database = database;
        this.actors = actors;
        this.passwords = passwords;
        this.throttle = throttle;
        this.trail = trail;
    }

    @Override
    public boolean confirm(String password) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("a password is confirmed before a transaction, not inside it");
        }
        Actor actor = actors.get();
        Optional<Account> found = database.sql(
                        "select login, password_hash from app_user where id = :user and status = 'active'")
                .param("user", actor.user().value())
                .query((row, number) -> new Account(row.getString("login"), row.getString("password_hash")))
                .optional();
        if (found.isEmpty()) {
            trail.recordAlone(AuditEvent.refused("reauthentication").because("disabled"));
            return false;
        }
        Account account = found.get();
        if (!throttle.attempt(account.login, null)) {
            trail.recordAlone(AuditEvent.refused("reauthentication").because("throttled"));
            throw new Rejected(
                    List.of(Problem.error("password", "Too many wrong passwords; wait a little and try again")));
        }
        if (!passwords.matches(password, account.hash)) {
            trail.recordAlone(AuditEvent.refused("reauthentication").because("password"));
            return false;
        }
        throttle.succeeded(account.login, null);
        trail.recordAlone(AuditEvent.done("reauthentication"));
        return true;
    }

    private record Account(String login, @Nullable String hash) {}
}
