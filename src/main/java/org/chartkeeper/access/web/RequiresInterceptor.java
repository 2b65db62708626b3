package org.chartkeeper.access.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.NotAllowed;
import org.chartkeeper.platform.Open;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Lets a handler run only for whom it names. One that names nobody runs for nobody. */
class RequiresInterceptor implements HandlerInterceptor {

    private final CurrentActor actors;

    RequiresInterceptor(CurrentActor actors) {
        this.actors = actors;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method && !method.hasMethodAnnotation(Open.class)) {
            Requires requires = requires(method);
            if (requires == null) {
                throw new NotAllowed("no permission is named by " + method);
            }
            Actor actor = actors.get();
            if (Arrays.stream(requires.value()).noneMatch(actor::may)) {
                throw new NotAllowed("needs "
                        + Arrays.stream(requires.value()).map(Permission::key).collect(Collectors.joining(" or ")));
            }
        }
        return true;
    }

    private static @Nullable Requires requires(HandlerMethod method) {
        Requires own = method.getMethodAnnotation(Requires.class);
        return own != null
                ? own
                : AnnotatedElementUtils.findMergedAnnotation(
                        Objects.requireNonNull(method.getBeanType()), Requires.class);
    }
}
