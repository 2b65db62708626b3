package org.chartkeeper.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.ModelAndView;

/** What handlers throw becomes a page with a reference. */
@ControllerAdvice
class FailureAdvice {

    private final FailureAnswers answers;

    FailureAdvice(FailureAnswers answers) {
        this.answers = answers;
    }

    @ExceptionHandler(Exception.class)
    @Nullable
    ModelAndView failed(Exception fault, HttpServletRequest request, HttpServletResponse response) throws Exception {
        if (fault instanceof AccessDeniedException || fault instanceof AuthenticationException) {
            // Theirs to answer: the security filters send to the sign-in page or refuse.
            throw fault;
        }
        if (fault instanceof AsyncRequestNotUsableException || response.isCommitted()) {
            // The reader has left, or a download broke off; nobody is there to be told.
            return null;
        }
        Failure failure = Failure.of(fault);
        answers.log(failure, request, fault);
        return answers.answer(failure, request, response);
    }
}
