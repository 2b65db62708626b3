package org.chartkeeper.access.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.chartkeeper.access.Access;
import org.chartkeeper.access.Access.Decision;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.MergedPatients;
import org.chartkeeper.platform.NotAllowed;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PatientOfPath;
import org.chartkeeper.platform.ShowsPatient;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * Decides and records before a handler of a patient runs. A change records itself, in its own transaction; what it shows
 * when it was refused as bad input is recorded as a view, before it is drawn.
 */
class PatientInterceptor implements HandlerInterceptor {

    /** Marks a request whose refusal was recorded. */
    static final String RECORDED = PatientInterceptor.class.getName() + ".recorded";

    private final CurrentActor actors;
    private final Access access;
    private final AuditTrail trail;
    private final MergedPatients merges;
    private final ObjectProvider<PatientOfPath> cases;

    PatientInterceptor(
            CurrentActor actors,
            Access access,
            AuditTrail trail,
            MergedPatients merges,
            ObjectProvider<PatientOfPath> cases) {
        this.actors = actors;
        this.access = access;
        this.trail = trail;
        this.merges = merges;
        this.cases = cases;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        ShowsPatient shows = shows(handler);
        if (shows == null) {
            return true;
        }
        Actor actor = actors.get();
        PatientId patient = patient(request);
        if (patient == null) {
            request.setAttribute(RECORDED, true);
            trail.recordAlone(AuditEvent.refused("patient.view")
                    .on("section", shows.value())
                    .because("malformed"));
            throw new NotFound("malformed patient id");
        }
        request.setAttribute(PatientOfPath.ATTRIBUTE, patient);
        if (!reads(request) && byCase(request) != null && !patient.toString().equals(request.getParameter("patient"))) {
            refuse(request, patient, shows, "form-of-another-patient");
            throw new NotAllowed("the form is not of patient " + patient);
        }
        if (((HandlerMethod) handler).getBeanType() == ReasonController.class) {
            return decideForReason(request, actor, patient);
        }
        Decision decision = reads(request)
                ? access.decideAndRecord(actor, patient, shows.value(), shows.chart())
                : shows.chart() ? access.decideChart(actor, patient) : access.decideRegistration(actor, patient);
        return switch (decision) {
            case Decision.Granted granted -> true;
            case Decision.Hidden hidden -> {
                refuse(request, patient, shows, "hidden");
                PatientId survivor = reads(request) ? survivor(actor, patient, shows) : null;
                if (survivor != null) {
                    response.sendRedirect(
                            request.getRequestURI().replace(patient.toString(), survivor.toString()) + query(request));
                    yield false;
                }
                throw new NotFound("patient " + patient);
            }
            case Decision.NeedsReason needed -> {
                refuse(request, patient, shows, "needs-reason");
                if (reads(request) && request.getHeader("HX-Request") == null) {
                    response.sendRedirect(request.getContextPath() + "/patients/" + patient + "/reason");
                    yield false;
                }
                throw new NotAllowed("chart " + patient + " needs a reason");
            }
        };
    }

    /** Where a merged chart went, if the actor may know of that one; a look at it is decided on there. */
    private @Nullable PatientId survivor(Actor actor, PatientId patient, ShowsPatient shows) {
        return merges.survivor(patient)
                .filter(survivor -> !((shows.chart()
                                ? access.decideChart(actor, survivor)
                                : access.decideRegistration(actor, survivor))
                        instanceof Decision.Hidden))
                .orElse(null);
    }

    private static String query(HttpServletRequest request) {
        return request.getQueryString() == null ? "" : "?" + request.getQueryString();
    }

    private boolean decideForReason(HttpServletRequest request, Actor actor, PatientId patient) {
        if (access.decideChart(actor, patient) instanceof Decision.Hidden) {
            request.setAttribute(RECORDED, true);
            trail.recordAlone(AuditEvent.refused("patient.view")
                    .of(patient)
                    .on("section", "reason")
                    .because("hidden"));
            throw new NotFound("patient " + patient);
        }
        return true;
    }

    @Override
    public void postHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable ModelAndView page) {
        ShowsPatient shows = shows(handler);
        Object patient = request.getAttribute(PatientOfPath.ATTRIBUTE);
        if (shows == null || !(patient instanceof PatientId whose) || page == null || reads(request)) {
            return;
        }
        String view = page.getViewName();
        if (view != null && !view.startsWith("redirect:")) {
            trail.recordAlone(AuditEvent.done("patient.view").of(whose).on("section", shows.value()));
        }
    }

    private void refuse(HttpServletRequest request, PatientId patient, ShowsPatient shows, String reason) {
        request.setAttribute(RECORDED, true);
        if (!reads(request)) {
            trail.recordAlone(AuditEvent.refused("patient.view")
                    .of(patient)
                    .on("section", shows.value())
                    .because(reason));
        }
    }

    private static boolean reads(HttpServletRequest request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    private static @Nullable ShowsPatient shows(Object handler) {
        return handler instanceof HandlerMethod method ? method.getMethodAnnotation(ShowsPatient.class) : null;
    }

    private @Nullable PatientId patient(HttpServletRequest request) {
        Object id = variables(request).get("patient");
        if (id == null) {
            PatientOfPath by = byCase(request);
            return by == null
                    ? null
                    : by.patient(String.valueOf(variables(request).get(by.variable())))
                            .orElse(null);
        }
        try {
            return id instanceof String text && text.length() == 36 ? PatientId.of(text) : null;
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    /** What the address names instead of a patient; null where it names the patient. */
    private @Nullable PatientOfPath byCase(HttpServletRequest request) {
        Map<?, ?> variables = variables(request);
        return variables.containsKey("patient")
                ? null
                : cases.stream()
                        .filter(each -> variables.containsKey(each.variable()))
                        .findFirst()
                        .orElse(null);
    }

    private static Map<?, ?> variables(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                ? variables
                : Map.of();
    }
}
