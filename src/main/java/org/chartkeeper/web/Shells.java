package org.chartkeeper.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.chartkeeper.access.Directory;
import org.chartkeeper.access.Directory.Facility;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.validation.BindingResult;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.thymeleaf.context.IExpressionContext;

/** Makes the frame of a page for whoever asks for it. Beans are asked for late: the template engine is made early. */
@Component
class Shells {

    private static final Logger LOG = LoggerFactory.getLogger(Shells.class);

    private final ObjectProvider<CurrentActor> actors;
    private final ObjectProvider<Directory> directory;
    private final ObjectProvider<Rail> rail;
    private final ObjectProvider<SavedViews> views;
    private final ObjectProvider<Clock> clock;

    Shells(
            ObjectProvider<CurrentActor> actors,
            ObjectProvider<Directory> directory,
            ObjectProvider<Rail> rail,
            ObjectProvider<SavedViews> views,
            ObjectProvider<Clock> clock) {
        this.actors = actors;
        this.directory = directory;
        this.rail = rail;
        this.views = views;
        this.clock = clock;
    }

    Display display() {
        return new Display(zone(), clock.getIfAvailable(Clock::systemUTC));
    }

    /** Dates in the zone of the facility where the actor works; without one in that of the first facility. */
    ZoneId zone() {
        try {
            Directory places = directory.getIfAvailable();
            if (places == null) {
                return ZoneOffset.UTC;
            }
            return actor().map(Actor::facility)
                    .flatMap(places::facility)
                    .or(() -> places.facilities().stream().findFirst())
                    .map(Facility::zone)
                    .orElse(ZoneOffset.UTC);
        } catch (RuntimeException failure) {
            LOG.warn("zone not known: {}", failure.getClass().getSimpleName());
            return ZoneOffset.UTC;
        }
    }

    Shell shell(IExpressionContext context) {
        boolean wrong = context.getVariableNames().stream()
                .filter(name -> name.startsWith(BindingResult.MODEL_KEY_PREFIX))
                .map(context::getVariable)
                .anyMatch(value -> value instanceof BindingResult result && result.hasErrors());
        return new Shell(signedIn().orElse(null), directory, rail, views, path(), wrong);
    }

    private Optional<Actor> signedIn() {
        return actor().filter(actor -> !actor.isSystem());
    }

    private Optional<Actor> actor() {
        try {
            CurrentActor current = actors.getIfAvailable();
            return current == null ? Optional.empty() : current.find();
        } catch (RuntimeException failure) {
            // Pages of errors are drawn when the database is gone, too: then as if nobody were signed in.
            LOG.warn("actor not known: {}", failure.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    private static @Nullable String path() {
        if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes) {
            HttpServletRequest request = attributes.getRequest();
            return request.getRequestURI().substring(request.getContextPath().length());
        }
        return null;
    }
}
