package org.chartkeeper.chart.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PatientOfPath;
import org.chartkeeper.platform.ShowsPatient;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;

/**
 * Puts {@code banner} into the model of every page that shows a patient. It does so after the handler ran, so that a
 * redirect, a fragment or a refusal costs nothing, and so that the banner tells the state after a change.
 */
@Component
class BannerInterceptor implements HandlerInterceptor {

    private final Banners banners;
    private final CurrentActor current;

    BannerInterceptor(Banners banners, CurrentActor current) {
        this.banners = banners;
        this.current = current;
    }

    @Override
    public void postHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable ModelAndView page) {
        if (page == null
                || !(handler instanceof HandlerMethod method)
                || !method.hasMethodAnnotation(ShowsPatient.class)
                || page.getModel().containsKey("banner")) {
            return;
        }
        String view = page.getViewName();
        if (view == null || view.startsWith("redirect:") || view.contains("::")) {
            return;
        }
        if (request.getAttribute(PatientOfPath.ATTRIBUTE) instanceof PatientId patient) {
            page.addObject("banner", banners.of(current.get(), patient));
        }
    }
}
