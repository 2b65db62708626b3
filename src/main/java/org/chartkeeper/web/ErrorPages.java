package org.chartkeeper.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.chartkeeper.platform.Open;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** Errors that arise outside of handlers: in filters, in the security checks, while a page is drawn. */
@Controller
class ErrorPages implements ErrorController {

    private final FailureAnswers answers;

    ErrorPages(FailureAnswers answers) {
        this.answers = answers;
    }

    @RequestMapping("/error")
    @Open("who is not signed in meets errors too; the page holds a reference and no data")
    ModelAndView error(HttpServletRequest request, HttpServletResponse response) {
        Object fault = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        Failure failure = fault instanceof Throwable thrown ? Failure.of(thrown) : Failure.of(status(request));
        if (fault instanceof Throwable thrown) {
            answers.log(failure, request, thrown);
        }
        return answers.answer(failure, request, response);
    }

    private static HttpStatusCode status(HttpServletRequest request) {
        // Called by hand, the path is no page: it answers like any other that is not there.
        return request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code && code >= 400
                ? HttpStatusCode.valueOf(code)
                : HttpStatusCode.valueOf(404);
    }
}
