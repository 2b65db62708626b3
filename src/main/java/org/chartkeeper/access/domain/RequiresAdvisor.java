package org.chartkeeper.access.domain;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.aopalliance.intercept.MethodInterceptor;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.NotAllowed;
import org.chartkeeper.platform.Open;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Controller;

/**
 * Enforces {@link Requires} on the methods of services, before their transaction begins. Handlers of controllers are
 * left to their interceptor, which also records the refusal.
 */
class RequiresAdvisor extends DefaultPointcutAdvisor {

    RequiresAdvisor(ObjectProvider<CurrentActor> actors) {
        super(new Demanding(), (MethodInterceptor) invocation -> {
            Object target = invocation.getThis();
            Class<?> type = target == null ? invocation.getMethod().getDeclaringClass() : target.getClass();
            Requires requires = demanded(AopUtils.getMostSpecificMethod(invocation.getMethod(), type), type);
            if (requires != null) {
                check(actors.getObject().get(), requires.value());
            }
            return invocation.proceed();
        });
        setOrder(Ordered.HIGHEST_PRECEDENCE);
    }

    private static void check(Actor actor, Permission[] sufficient) {
        if (Arrays.stream(sufficient).noneMatch(actor::may)) {
            throw new NotAllowed(
                    "needs " + Arrays.stream(sufficient).map(Permission::key).collect(Collectors.joining(" or ")));
        }
    }

    private static @org.jspecify.annotations.Nullable Requires demanded(Method method, Class<?> type) {
        Requires own = AnnotatedElementUtils.findMergedAnnotation(method, Requires.class);
        if (own != null || AnnotatedElementUtils.hasAnnotation(method, Open.class)) {
            return own;
        }
        return AnnotatedElementUtils.findMergedAnnotation(type, Requires.class);
    }

    private static final class Demanding extends StaticMethodMatcherPointcut {

        @Override
        public boolean matches(Method method, Class<?> type) {
            return method.getDeclaringClass() != Object.class
                    && type.getName().startsWith("org.chartkeeper.")
                    && !AnnotatedElementUtils.hasAnnotation(type, Controller.class)
                    && demanded(AopUtils.getMostSpecificMethod(method, type), type) != null;
        }
    }
}
