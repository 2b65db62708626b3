package org.chartkeeper.access.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;

/**
 * Sends who is not signed in to the sign-in page and from there back again. A part of a page asks for the whole page to
 * be loaded anew, so that no sign-in form lands in a table; a script gets the bare status.
 */
@Component
class SignInPoint implements AuthenticationEntryPoint {

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        if (request.getHeader("HX-Request") != null) {
            response.setHeader("HX-Refresh", "true");
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        } else if (wantsNoPage(request)) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        } else {
            response.sendRedirect(request.getContextPath() + "/login" + query(request));
        }
    }

    private static boolean wantsNoPage(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return Sessions.path(request).startsWith("/session/")
                || accept != null && accept.contains("json") && !accept.contains("text/html");
    }

    private static String query(HttpServletRequest request) {
        StringBuilder query = new StringBuilder();
        if (request.getAttribute(ActorFilter.ENDED) instanceof String ended) {
            query.append("?ended=").append(ended);
        }
        String next = next(request);
        if (next != null && !next.equals("/")) {
            query.append(query.isEmpty() ? '?' : '&')
                    .append("next=")
                    .append(UriUtils.encodeQueryParam(next, StandardCharsets.UTF_8)
                            .replace("&", "%26"));
        }
        return query.toString();
    }

    private static @Nullable String next(HttpServletRequest request) {
        if (!request.getMethod().equals("GET")) {
            return null;
        }
        String query = request.getQueryString();
        return Sessions.local(Sessions.path(request) + (query == null ? "" : "?" + query));
    }
}
