package org.chartkeeper.access.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Optional;
import org.chartkeeper.access.SignIns;
import org.chartkeeper.access.SignIns.SignedIn;
import org.chartkeeper.platform.Actor;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads the account behind each request once: whoever was shut out, lost the password or stayed away too long is no
 * longer signed in, from this request on.
 */
class ActorFilter extends OncePerRequestFilter {

    /** Why a session ended, for the sign-in page. */
    static final String ENDED = ActorFilter.class.getName() + ".ended";

    private final SignIns signIns;
    private final Sessions sessions;

    ActorFilter(SignIns signIns, Sessions sessions) {
        this.signIns = signIns;
        this.sessions = sessions;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication != null
                && authentication.isAuthenticated()
                && !(authentication instanceof AnonymousAuthenticationToken)) {
            HttpSession session = request.getSession(false);
            Optional<SignedIn> account = account(authentication, session, request);
            if (account.isEmpty()) {
                end(session);
            } else {
                request.setAttribute(Actor.class.getName(), account.get().actor());
                if (session != null) {
                    sessions.used(request, session);
                }
                if (account.get().changePassword() && !mayBeforeNewPassword(request)) {
                    response.sendRedirect(request.getContextPath() + "/account?due");
                    return;
                }
            }
        }
        chain.doFilter(request, response);
    }

    private Optional<SignedIn> account(
            Authentication authentication, @Nullable HttpSession session, HttpServletRequest request) {
        if (session != null && sessions.over(session)) {
            request.setAttribute(ENDED, "time");
            return Optional.empty();
        }
        Optional<SignedIn> account = signIns.find(
                authentication.getName(),
                session == null ? null : sessions.facility(session).orElse(null));
        Optional<SignedIn> standing = account.filter(
                known -> session == null || !sessions.began(session).isBefore(known.sessionsFrom()));
        if (standing.isEmpty()) {
            request.setAttribute(ENDED, "account");
        }
        return standing;
    }

    private static void end(@Nullable HttpSession session) {
        SecurityContextHolder.clearContext();
        if (session != null) {
            session.invalidate();
        }
    }

    private static boolean mayBeforeNewPassword(HttpServletRequest request) {
        String path = Sessions.path(request);
        return path.startsWith("/account") || path.equals("/logout") || path.startsWith("/session/");
    }
}
