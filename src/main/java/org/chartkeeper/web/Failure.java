package org.chartkeeper.web;

import java.security.SecureRandom;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.chartkeeper.platform.NotAllowed;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Stale;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.validation.BindException;
import org.springframework.validation.BindingResult;
import org.springframework.web.ErrorResponse;

/**
 * What went wrong, as the page tells it: a status, words of ours and a reference that stands in the log too. Never the
 * exception's text, which may hold what a patient's record says.
 *
 * @param status of the answer
 * @param title heading of the page
 * @param text what it means and what to do
 * @param reference eight characters that a person can read out on the telephone
 * @param problems what was wrong with an input, in words meant for the reader
 */
record Failure(HttpStatus status, String title, String text, String reference, List<Problem> problems) {

    /** Letters and digits that cannot be mistaken for each other. */
    private static final String ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final SecureRandom RANDOM = new SecureRandom();

    static Failure of(Throwable fault) {
        return new Failure(statusOf(fault), problemsOf(fault));
    }

    static Failure of(HttpStatusCode status) {
        return new Failure(known(status), List.of());
    }

    private static HttpStatus known(HttpStatusCode status) {
        HttpStatus known = HttpStatus.resolve(status.value());
        return known == null ? HttpStatus.INTERNAL_SERVER_ERROR : known;
    }

    private Failure(HttpStatus status, List<Problem> problems) {
        this(status, titleOf(status), textOf(status), newReference(), problems);
    }

    /** Whether the database does not answer: then a page must not ask it for anything either. */
    public boolean isGone() {
        return status == HttpStatus.SERVICE_UNAVAILABLE;
    }

    private static HttpStatus statusOf(Throwable fault) {
        if (databaseGone(fault)) {
            return HttpStatus.SERVICE_UNAVAILABLE;
        }
        if (unreadable(fault)) {
            return HttpStatus.BAD_REQUEST;
        }
        return switch (fault) {
            case NotAllowed refused -> HttpStatus.FORBIDDEN;
            case NotFound nothing -> HttpStatus.NOT_FOUND;
            // An id that is none, in a path, is a page that does not exist.
            case TypeMismatchException nothing -> HttpStatus.NOT_FOUND;
            case Rejected wrong -> HttpStatus.UNPROCESSABLE_CONTENT;
            case BindException wrong -> HttpStatus.UNPROCESSABLE_CONTENT;
            case Stale stale -> HttpStatus.CONFLICT;
            case OptimisticLockingFailureException stale -> HttpStatus.CONFLICT;
            case ErrorResponse known -> known(known.getStatusCode());
            default -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    }

    private static List<Problem> problemsOf(Throwable fault) {
        return switch (fault) {
            case Rejected wrong -> wrong.problems();
            case BindingResult wrong ->
                wrong.getFieldErrors().stream()
                        .map(error -> Problem.error(null, "The field " + error.getField() + " cannot be read"))
                        .toList();
            default -> List.of();
        };
    }

    /** Whether a connection is what is missing: none to be had, refused, broken, or the server is stopping (SQLSTATE 08, 57P, 53300). */
    static boolean databaseGone(Throwable fault) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (@Nullable Throwable at = fault; at != null && seen.add(at); at = at.getCause()) {
            if (at instanceof DataAccessResourceFailureException
                    || at instanceof CannotCreateTransactionException
                    || at instanceof SQLTransientConnectionException) {
                return true;
            }
            if (at instanceof SQLException sql && sql.getSQLState() != null) {
                String state = sql.getSQLState();
                if (state.startsWith("08") || state.startsWith("57P") || state.equals("53300")) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether what was sent has a character that no text has: zero (SQLSTATE 22021). */
    private static boolean unreadable(Throwable fault) {
        return fault instanceof DataIntegrityViolationException wrong
                && wrong.getMostSpecificCause() instanceof SQLException sql
                && "22021".equals(sql.getSQLState());
    }

    private static String titleOf(HttpStatus status) {
        return switch (status) {
            case FORBIDDEN -> "You may not do this";
            case NOT_FOUND -> "There is nothing here";
            case UNPROCESSABLE_CONTENT -> "This cannot be saved as it is";
            case CONFLICT -> "It was changed meanwhile";
            case SERVICE_UNAVAILABLE -> "The database does not answer";
            case METHOD_NOT_ALLOWED, BAD_REQUEST, UNSUPPORTED_MEDIA_TYPE, NOT_ACCEPTABLE -> "This cannot be read";
            case CONTENT_TOO_LARGE -> "The file is too large";
            case TOO_MANY_REQUESTS -> "Too many attempts";
            default -> status.is4xxClientError() ? "This cannot be done" : "Something went wrong here";
        };
    }

    private static String textOf(HttpStatus status) {
        return switch (status) {
            case FORBIDDEN ->
                "Your role at this facility does not allow it, or your sign-in changed in another tab. Go back, load the page"
                        + " again and repeat it; a draft is kept.";
            case NOT_FOUND -> "The address is wrong, what was here has moved, or it is not for you to see.";
            case UNPROCESSABLE_CONTENT -> "Nothing was saved. Go back; what you typed is still in the form.";
            case CONFLICT ->
                "Somebody else saved a change after you opened this. Nothing of yours was written over theirs. Go back, load"
                        + " the page again and enter your change; a draft is kept.";
            case SERVICE_UNAVAILABLE ->
                "Nothing that you typed is lost: what was saved is safe, and a form that is still open can be sent again. Wait a"
                        + " minute, then try again.";
            case CONTENT_TOO_LARGE -> "Choose a smaller file, or have it imported from the command line.";
            case TOO_MANY_REQUESTS -> "Wait a few minutes, then try again.";
            case METHOD_NOT_ALLOWED, BAD_REQUEST, UNSUPPORTED_MEDIA_TYPE, NOT_ACCEPTABLE ->
                "The request was not complete. Go back, load the page again and repeat it.";
            default ->
                status.is4xxClientError()
                        ? "Go back, load the page again and repeat it."
                        : "The fault is ours, not yours, and was logged. Nothing was half saved. Try again; if it stays so, give your"
                                + " administrator the reference.";
        };
    }

    private static String newReference() {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < 8; at++) {
            text.append(at == 4 ? "-" : "").append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /**
     * An exception for the log: classes and places. Messages only of our own exceptions, which hold ids; those of others
     * may quote what was typed.
     */
    static String trace(Throwable fault) {
        StringBuilder text = new StringBuilder();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (@Nullable Throwable at = fault; at != null && seen.add(at); at = at.getCause()) {
            text.append(text.isEmpty() ? "" : "\ncaused by ")
                    .append(at.getClass().getName());
            if (at.getClass().getName().startsWith("org.chartkeeper.") && at.getMessage() != null) {
                text.append(": ").append(at.getMessage().replaceAll("\\p{Cntrl}", " "));
            }
            if (at instanceof SQLException sql) {
                text.append(" [SQLSTATE ").append(sql.getSQLState()).append(']');
            }
            StackTraceElement[] frames = at.getStackTrace();
            for (int line = 0; line < Math.min(frames.length, 40); line++) {
                text.append("\n    at ").append(frames[line]);
            }
        }
        return text.toString();
    }
}
