package org.chartkeeper.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Drops the counts of the rail for a person who has just changed something, so that the next page shows them anew. */
@Configuration(proxyBeanMethods = false)
class ShellWebConfiguration implements WebMvcConfigurer {

    private final ObjectProvider<Rail> rail;
    private final ObjectProvider<CurrentActor> current;

    ShellWebConfiguration(ObjectProvider<Rail> rail, ObjectProvider<CurrentActor> current) {
        this.rail = rail;
        this.current = current;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new HandlerInterceptor() {
            @Override
            public void postHandle(
                    HttpServletRequest request,
                    HttpServletResponse response,
                    Object handler,
                    @Nullable ModelAndView page) {
                // A change ends in a redirect; drafts, searches and refused forms do not, and come far more often.
                if (HttpMethod.POST.matches(request.getMethod())
                        && page != null
                        && page.getViewName() instanceof String view
                        && view.startsWith("redirect:")) {
                    current.ifAvailable(actors -> actors.find()
                            .map(Actor::user)
                            .ifPresent(user -> rail.ifAvailable(kept -> kept.forget(user))));
                }
            }
        });
    }
}
