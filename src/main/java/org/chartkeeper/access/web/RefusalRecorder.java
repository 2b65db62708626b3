package org.chartkeeper.access.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.TreeMap;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.platform.NotAllowed;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PatientId;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * Records what a handler refused, after its transaction is rolled back: what was not allowed, and ids that lead nowhere
 * for this person. Others make the page.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RefusalRecorder implements HandlerExceptionResolver {

    private static final int LONGEST_ID = 80;

    private final AuditTrail trail;

    RefusalRecorder(AuditTrail trail) {
        this.trail = trail;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception fault) {
        Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        boolean refusal = fault instanceof NotAllowed || fault instanceof NotFound;
        if (refusal && pattern != null && request.getAttribute(PatientInterceptor.RECORDED) == null) {
            request.setAttribute(PatientInterceptor.RECORDED, true);
            Map<String, String> ids = ids(request);
            AuditEvent event = AuditEvent.refused("request.refused")
                    .on("route", request.getMethod() + " " + pattern)
                    .because(fault instanceof NotAllowed ? "not-allowed" : "not-found")
                    .details(ids.isEmpty() ? null : ids.toString());
            trail.recordAlone(event.of(patient(ids.get("patient"))));
        }
        return null;
    }

    private static Map<String, String> ids(HttpServletRequest request) {
        Map<String, String> ids = new TreeMap<>();
        if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables) {
            variables.forEach((name, value) -> {
                String id = String.valueOf(value);
                ids.put(String.valueOf(name), id.length() <= LONGEST_ID ? id : id.substring(0, LONGEST_ID));
            });
        }
        return ids;
    }

    private static @Nullable PatientId patient(@Nullable String id) {
        try {
            return id == null ? null : PatientId.of(id);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
