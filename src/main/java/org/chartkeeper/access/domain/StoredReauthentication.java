package org.chartkeeper.access.domain;

import java.util.List;
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
    public void confirm(String password) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("a password is confirmed before a transaction, not inside it");
        }
        Actor actor = actors.get();
        Account account = database.sql("select login, password_hash from app_user where id = :user and status = 'active'")
                .param("user", actor.user().value())
                .query((row, number) -> new Account(row.getString("login"), row.getString("password_hash")))
                .optional()
                .orElseThrow(() -> refused("disabled", "This account cannot confirm by password"));
        if (password.isEmpty()) {
            throw new Rejected(List.of(Problem.error("password", "Enter your password")));
        }
        if (!throttle.attempt(account.login, null)) {
            throw refused("throttled", "Too many wrong passwords; wait a little and try again");
        }
        if (!passwords.matches(password, account.hash)) {
            throw refused("password", "This is not your password");
        }
        throttle.succeeded(account.login, null);
        trail.recordAlone(AuditEvent.done("reauthentication"));
    }

    private Rejected refused(String reason, String message) {
        trail.recordAlone(AuditEvent.refused("reauthentication").because(reason));
        return new Rejected(List.of(Problem.error("password", message)));
    }

    private record Account(String login, @Nullable String hash) {}
}
