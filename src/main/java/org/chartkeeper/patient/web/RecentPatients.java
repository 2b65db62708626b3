package org.chartkeeper.patient.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.chartkeeper.patient.PatientSearch;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.ShowsPatient;
import org.chartkeeper.platform.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Notes which patients a user opened, after a page that shows one was made. */
@Configuration(proxyBeanMethods = false)
class RecentPatients implements WebMvcConfigurer, HandlerInterceptor {

    /** Beyond so many users the note of what each opened last is made anew; it only saves writes. */
    private static final int MOST_USERS = 2000;

    private final PatientSearch search;
    private final CurrentActor actors;
    private final Map<UserId, PatientId> last = new ConcurrentHashMap<>();

    RecentPatients(PatientSearch search, CurrentActor actors) {
        this.search = search;
        this.actors = actors;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/patients/**");
    }

    @Override
    public void postHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable ModelAndView page) {
        if (page == null
                || response.getStatus() >= 400
                || !(handler instanceof HandlerMethod method)
                || !method.hasMethodAnnotation(ShowsPatient.class)
                || !(request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
                        instanceof Map<?, ?> variables)
                || !(variables.get("patient") instanceof String id)) {
            return;
        }
        Actor actor = actors.find().orElse(null);
        if (actor == null) {
            return;
        }
        PatientId patient = PatientId.of(id);
        if (last.size() > MOST_USERS) {
            last.clear();
        }
        if (!patient.equals(last.put(actor.user(), patient))) {
            search.opened(actor, patient);
        }
    }
}
