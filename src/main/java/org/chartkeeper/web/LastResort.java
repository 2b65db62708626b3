package org.chartkeeper.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.resource.ResourceUrlProvider;

/**
 * The outermost filter. When the database is gone, even the session cannot be read, so that no page of ours can be drawn:
 * then this answers with one that needs nothing. It names its own headers, because the filters that add them were left by
 * the exception.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class LastResort extends OncePerRequestFilter {

    private static final String POLICY =
            "default-src 'none'; style-src 'self'; img-src 'self' data:; object-src 'none';"
                    + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private final FailureAnswers answers;
    private final ObjectProvider<ResourceUrlProvider> urls;
    private final String page;

    LastResort(FailureAnswers answers, ObjectProvider<ResourceUrlProvider> urls) throws IOException {
        this.answers = answers;
        this.urls = urls;
        this.page =
                new ClassPathResource("templates/error/last-resort.html").getContentAsString(StandardCharsets.UTF_8);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (RuntimeException | ServletException fault) {
            if (response.isCommitted()) {
                throw fault;
            }
            Failure failure = Failure.of(fault);
            answers.log(failure, request, fault);
            write(failure, request, response);
        }
    }

    private void write(Failure failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.reset();
        response.setStatus(failure.status().value());
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader(FailureAnswers.HEADER, failure.reference());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        if (failure.isGone()) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "30");
        }
        String text = page.replace("{title}", failure.title())
                .replace("{text}", failure.text())
                .replace("{reference}", failure.reference())
                .replace("{style}", request.getContextPath() + style())
                .replace("{home}", request.getContextPath() + "/");
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private String style() {
        ResourceUrlProvider provider = urls.getIfAvailable();
        @Nullable String found = provider == null ? null : provider.getForLookupPath("/css/chartkeeper.css");
        return found == null ? "/css/chartkeeper.css" : found;
    }
}
