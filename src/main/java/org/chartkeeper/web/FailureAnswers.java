package org.chartkeeper.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;
import tools.jackson.databind.json.JsonMapper;

/** Answers a failure as a page, as a line for a part of a page, or as JSON, and writes it to the log. */
@Component
class FailureAnswers {

    static final String HEADER = "X-Reference";
    private static final Logger LOG = LoggerFactory.getLogger(FailureAnswers.class);

    private final JsonMapper json;

    FailureAnswers(JsonMapper json) {
        this.json = json;
    }

    /** Logs under the reference: a fault of ours with its place, anything else in one line. */
    void log(Failure failure, HttpServletRequest request, Throwable fault) {
        String what = request.getMethod() + " " + request.getRequestURI().replaceAll("\\p{Cntrl}", " ");
        if (failure.status().is5xxServerError() && !failure.isGone()) {
            LOG.error(
                    "reference {} status {} {}\n{}",
                    failure.reference(),
                    failure.status().value(),
                    what,
                    Failure.trace(fault));
        } else if (failure.isGone()) {
            LOG.error(
                    "reference {} status {} {}: the database does not answer ({})",
                    failure.reference(),
                    failure.status().value(),
                    what,
                    fault.getClass().getName());
        } else {
            LOG.info(
                    "reference {} status {} {}: {}",
                    failure.reference(),
                    failure.status().value(),
                    what,
                    fault.getClass().getSimpleName());
        }
    }

    ModelAndView answer(Failure failure, HttpServletRequest request, HttpServletResponse response) {
        response.setHeader(HEADER, failure.reference());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (failure.isGone()) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "30");
        }
        Map<String, Object> model = Map.of("failure", failure);
        ModelAndView answer = wantsJson(request)
                ? new ModelAndView(inJson(failure))
                : new ModelAndView(
                        request.getHeader("HX-Request") == null ? "error/page" : "error/page :: part", model);
        answer.setStatus(failure.status());
        return answer;
    }

    private View inJson(Failure failure) {
        Map<String, Object> body =
                Map.of("status", failure.status().value(), "title", failure.title(), "reference", failure.reference());
        return (model, request, response) -> {
            response.setContentType("application/json");
            response.getOutputStream().write(json.writeValueAsBytes(body));
        };
    }

    private static boolean wantsJson(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.contains("json") && !accept.contains("text/html");
    }
}
