package org.chartkeeper.access.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.chartkeeper.platform.FacilityId;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * What a session of ours keeps: when it began, when a person last did something in it, and where that person works. How
 * long it lasts: 15 minutes without use and 12 hours in all, as NIST SP 800-63B advises for its highest level.
 */
@Component
class Sessions {

    /** Paths that pages call by themselves; they do not count as use. */
    private static final Set<String> BACKGROUND = Set.of("/session/remaining", "/session/ping-status", "/csp-report");

    private static final String BEGAN = "chartkeeper.began";
    private static final String USED = "chartkeeper.used";
    private static final String FACILITY = "chartkeeper.facility";

    private final Clock clock;
    private final Duration idle;
    private final Duration longest;

    Sessions(
            Clock clock,
            @Value("${chartkeeper.session.idle:15m}") Duration idle,
            @Value("${chartkeeper.session.longest:12h}") Duration longest) {
        this.clock = clock;
        this.idle = idle;
        this.longest = longest;
    }

    void begin(HttpSession session) {
        long now = clock.millis();
        session.setAttribute(BEGAN, now);
        session.setAttribute(USED, now);
    }

    /** When the session began; one that bears no mark yet begins now. */
    Instant began(HttpSession session) {
        if (!(session.getAttribute(BEGAN) instanceof Long began)) {
            begin(session);
            return clock.instant();
        }
        return Instant.ofEpochMilli(began);
    }

    /** Whether it has lasted too long, by use or in all. */
    boolean over(HttpSession session) {
        began(session);
        return remaining(session).compareTo(Duration.ZERO) <= 0;
    }

    Duration remaining(HttpSession session) {
        Instant used =
                session.getAttribute(USED) instanceof Long millis ? Instant.ofEpochMilli(millis) : clock.instant();
        Instant endOfUse = used.plus(idle);
        Instant end = began(session).plus(longest);
        return Duration.between(clock.instant(), endOfUse.isBefore(end) ? endOfUse : end);
    }

    /** Notes use, unless the page asks by itself. */
    void used(HttpServletRequest request, HttpSession session) {
        if (!BACKGROUND.contains(path(request))) {
            session.setAttribute(USED, clock.millis());
        }
    }

    Optional<FacilityId> facility(HttpSession session) {
        return session.getAttribute(FACILITY) instanceof String id ? Optional.of(FacilityId.of(id)) : Optional.empty();
    }

    void facility(HttpSession session, FacilityId facility) {
        session.setAttribute(FACILITY, facility.toString());
    }

    static String path(HttpServletRequest request) {
        return request.getRequestURI().substring(request.getContextPath().length());
    }

    /** A path of ours to go on to; null where it leads elsewhere or is none. */
    static @Nullable String local(@Nullable String path) {
        return path != null && path.matches("/(?![/\\\\])[\\x21-\\x5b\\x5d-\\x7e]{0,500}") && !path.startsWith("/login")
                ? path
                : null;
    }
}
