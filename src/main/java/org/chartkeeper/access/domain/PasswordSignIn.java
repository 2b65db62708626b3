package org.chartkeeper.access.domain;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.platform.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/**
 * Signs in by login and password. Whoever is refused learns nothing of the reason, neither from the answer nor from its
 * time: an unknown login, a wrong password, a shut account and a pause all look alike. The trail has the reason.
 */
@Component
class PasswordSignIn implements AuthenticationProvider {

    private final JdbcClient database;
    private final Passwords passwords;
    private final Throttle throttle;
    private final AuditTrail trail;

    PasswordSignIn(JdbcClient database, Passwords passwords, Throttle throttle, AuditTrail trail) {
        this.database = database;
        this.passwords = passwords;
        this.throttle = throttle;
        this.trail = trail;
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        String login = attempt.getName().strip().toLowerCase(Locale.ROOT);
        String password = attempt.getCredentials() instanceof String typed ? typed : "";
        String address =
                attempt.getDetails() instanceof WebAuthenticationDetails details ? details.getRemoteAddress() : null;
        Optional<Account> account = find(login);
        if (!throttle.attempt(login, address)) {
            throw refused(account, "throttled");
        }
        boolean right = passwords.matches(password, account.map(Account::hash).orElse(null));
        if (account.isEmpty()) {
            throw refused(account, "unknown");
        }
        if (!right) {
            throw refused(account, "password");
        }
        if (!account.get().active) {
            throw refused(account, "disabled");
        }
        throttle.succeeded(login, address);
        var signedIn =
                UsernamePasswordAuthenticationToken.authenticated(new User(login, "", List.of()), null, List.of());
        signedIn.setDetails(attempt.getDetails());
        return signedIn;
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }

    private Optional<Account> find(String login) {
        return database.sql("select id, password_hash, status from app_user where login = :login")
                .param("login", login)
                .query((row, number) -> new Account(
                        row.getObject("id", UUID.class),
                        row.getString("password_hash"),
                        row.getString("status").equals("active")))
                .optional();
    }

    private BadCredentialsException refused(Optional<Account> account, String reason) {
        AuditEvent event = AuditEvent.refused("signin").because(reason);
        trail.recordAlone(account.map(known -> event.by(new UserId(known.id)).on("user", known.id))
                .orElse(event));
        return new BadCredentialsException("sign-in refused");
    }

    private record Account(UUID id, @Nullable String hash, boolean active) {}
}
