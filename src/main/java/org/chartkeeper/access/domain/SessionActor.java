package org.chartkeeper.access.domain;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.chartkeeper.access.SignIns;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.Permission;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** The actor of a request, read once for each; inside {@link #asSystem} the system. */
@Component
class SessionActor implements CurrentActor {

    /** Where the filter of sessions leaves the actor of the request. */
    static final String ATTRIBUTE = Actor.class.getName();

    private static final Set<Permission> OF_THE_SYSTEM = EnumSet.complementOf(EnumSet.of(Permission.CHART_SIGN));

    private final SignIns signIns;
    private final ThreadLocal<@Nullable Actor> system = new ThreadLocal<>();

    SessionActor(SignIns signIns) {
        this.signIns = signIns;
    }

    @Override
    public Optional<Actor> find() {
        Actor standing = system.get();
        if (standing != null) {
            return Optional.of(standing);
        }
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null
                || !authentication.isAuthenticated()
                || authentication instanceof AnonymousAuthenticationToken) {
            return Optional.empty();
        }
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        if (request != null
                && request.getAttribute(ATTRIBUTE, RequestAttributes.SCOPE_REQUEST) instanceof Actor actor) {
            return Optional.of(actor);
        }
        return signIns.find(authentication.getName(), null).map(SignIns.SignedIn::actor);
    }

    @Override
    public <T> T asSystem(FacilityId facility, Supplier<T> work) {
        return as(
                new Actor(
                        Actor.SYSTEM_USER, "System", null, facility, Set.of(facility), Set.of("system"), OF_THE_SYSTEM),
                work);
    }

    /** The same before there is any facility. */
    <T> T asSystem(Supplier<T> work) {
        return as(new Actor(Actor.SYSTEM_USER, "System", null, null, Set.of(), Set.of("system"), OF_THE_SYSTEM), work);
    }

    @Override
    public <T> T as(Actor actor, Supplier<T> work) {
        Actor outer = system.get();
        system.set(actor);
        try {
            return work.get();
        } finally {
            if (outer == null) {
                system.remove();
            } else {
                system.set(outer);
            }
        }
    }
}
