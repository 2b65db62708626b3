package org.chartkeeper.access.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.chartkeeper.platform.Open;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.server.PathContainer;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;

/** Matches what anybody may call: the routes of handlers marked {@link Open}, read from the handlers themselves. */
@Component
class OpenRoutes implements RequestMatcher {

    private final ObjectProvider<RequestMappingHandlerMapping> mappings;
    private volatile List<Route> routes = List.of();

    OpenRoutes(ObjectProvider<RequestMappingHandlerMapping> mappings) {
        this.mappings = mappings;
    }

    @Override
    public boolean matches(HttpServletRequest request) {
        PathContainer path = PathContainer.parsePath(Sessions.path(request));
        return routes().stream().anyMatch(route -> route.matches(request.getMethod(), path));
    }

    private List<Route> routes() {
        if (routes.isEmpty()) {
            routes = mappings.stream()
                    .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
                    .filter(handler -> handler.getValue().hasMethodAnnotation(Open.class))
                    .filter(handler -> handler.getKey().getPathPatternsCondition() != null)
                    .map(handler -> new Route(
                            handler.getKey().getMethodsCondition().getMethods().stream()
                                    .map(RequestMethod::name)
                                    .toList(),
                            List.copyOf(java.util.Objects.requireNonNull(
                                            handler.getKey().getPathPatternsCondition())
                                    .getPatterns())))
                    .toList();
        }
        return routes;
    }

    private record Route(List<String> methods, List<PathPattern> patterns) {

        boolean matches(String method, PathContainer path) {
            String asked = method.equals("HEAD") ? "GET" : method;
            return (methods.isEmpty() || methods.contains(asked))
                    && patterns.stream().anyMatch(pattern -> pattern.matches(path));
        }
    }
}
