package org.chartkeeper.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.Open;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Uuid7;
import org.chartkeeper.testing.ChartkeeperTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.AbstractMockHttpServletRequestBuilder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Walks every mapped route with every shipped role and with nobody signed in, and compares with {@code routes.txt}. Ids in
 * paths lead nowhere: who may call a route gets anything but a refusal or a fault, who may not is refused before.
 *
 * <p>A line of the file reads {@code METHOD /path: roles}, the roles being those that may, or {@code open} or
 * {@code everybody}. A route without a line fails the test, and so does a line without a route.
 */
@ChartkeeperTest
class RouteMatrixTests {

    private static final Map<String, String> ROLES = new LinkedHashMap<>();

    static {
        ROLES.put("specialist", "records-specialist");
        ROLES.put("coder", "coder");
        ROLES.put("release", "release-specialist");
        ROLES.put("supervisor", "supervisor");
        ROLES.put("clinician", "clinician");
        ROLES.put("privacy", "privacy-officer");
        ROLES.put("admin", "administrator");
    }

    @Autowired
    MockMvc http;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mapping;

    @Autowired
    SignIns signIns;

    House house;

    @BeforeEach
    void house(
            @Autowired Provisioning provisioning,
            @Autowired Access access,
            @Autowired CurrentActor actors,
            @Autowired PlatformTransactionManager transactions) {
        house = House.shared(provisioning, access, actors, new TransactionTemplate(transactions));
    }

    @Test
    void every_route_has_an_expectation_and_every_expectation_a_route() throws IOException {
        Map<String, Route> mapped = mapped();
        Map<String, Set<String>> expected = expected();
        Set<String> missing = new TreeSet<>();
        mapped.forEach((route, details) -> {
            if (!expected.containsKey(route)) {
                missing.add(route + ": " + asAnnotated(details.handler));
            }
        });
        assertThat(missing)
                .as("routes without a line in routes.txt, with what their handlers say now")
                .isEmpty();
        Set<String> gone = new TreeSet<>(expected.keySet());
        gone.removeAll(mapped.keySet());
        assertThat(gone).as("lines of routes.txt without a route").isEmpty();
    }

    @TestFactory
    List<DynamicTest> each_route_answers_each_role_as_expected() throws IOException {
        Map<String, Set<String>> expected = expected();
        List<DynamicTest> tests = new ArrayList<>();
        mapped().forEach((route, details) -> {
            Set<String> allowed = expected.get(route);
            if (allowed != null) {
                tests.add(DynamicTest.dynamicTest(route, () -> walk(details, allowed)));
            }
        });
        return tests;
    }

    private void walk(Route route, Set<String> allowed) throws Exception {
        boolean open = allowed.contains("open");
        MockHttpServletResponse nobody = answer(route, null);
        if (open) {
            assertReached(route, "nobody", nobody);
        } else {
            assertThat(nobody.getStatus() == 401
                            || String.valueOf(nobody.getRedirectedUrl()).startsWith("/login"))
                    .as("nobody signed in at " + route + " got " + nobody.getStatus())
                    .isTrue();
        }
        for (Map.Entry<String, String> role : ROLES.entrySet()) {
            MockHttpServletResponse answer = answer(route, house.login(role.getValue()));
            if (open || allowed.contains("everybody") || allowed.contains(role.getKey())) {
                assertReached(route, role.getKey(), answer);
            } else {
                assertThat(answer.getStatus())
                        .as(role.getKey() + " at " + route)
                        .isEqualTo(403);
            }
        }
    }

    private static void assertReached(Route route, String who, MockHttpServletResponse answer) {
        assertThat(answer.getStatus())
                .as(who + " at " + route)
                .isNotIn(401, 403)
                .matches(status -> status < 500 || route.path.equals("/error"));
        assertThat(String.valueOf(answer.getRedirectedUrl()))
                .as(who + " at " + route)
                .doesNotStartWith("/login?next");
    }

    private MockHttpServletResponse answer(Route route, String login) throws Exception {
        String path =
                route.path.replaceAll("\\{[^}]+}", Uuid7.next().toString()).replace("**", "x");
        AbstractMockHttpServletRequestBuilder<?> request = route.multipart
                ? multipart(HttpMethod.valueOf(route.method), path)
                : request(HttpMethod.valueOf(route.method), path);
        route.headers.forEach(request::header);
        request.accept(MediaType.TEXT_HTML, MediaType.ALL);
        request.with(csrf());
        if (login != null) {
            request.with(user(login));
        }
        return http.perform(request).andReturn().getResponse();
    }

    private Map<String, Route> mapped() {
        Map<String, Route> routes = new TreeMap<>();
        mapping.getHandlerMethods().forEach((info, handler) -> {
            if (!handler.getBeanType().getName().startsWith("org.chartkeeper")) {
                return;
            }
            for (String path : info.getPatternValues()) {
                for (String method : methods(info)) {
                    routes.putIfAbsent(
                            method + " " + path, new Route(method, path, takesFiles(info), headers(info), handler));
                }
            }
        });
        return routes;
    }

    private static List<String> methods(RequestMappingInfo info) {
        Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
        return methods.isEmpty()
                ? List.of("GET")
                : methods.stream().map(RequestMethod::name).sorted().toList();
    }

    private static boolean takesFiles(RequestMappingInfo info) {
        return info.getConsumesCondition().getConsumableMediaTypes().stream()
                .anyMatch(type -> type.isCompatibleWith(MediaType.MULTIPART_FORM_DATA) && !type.isWildcardType());
    }

    private static Map<String, String> headers(RequestMappingInfo info) {
        Map<String, String> headers = new TreeMap<>();
        info.getHeadersCondition().getExpressions().forEach(expression -> {
            if (!expression.isNegated()) {
                headers.put(expression.getName(), expression.getValue() == null ? "true" : expression.getValue());
            }
        });
        if (info.getCustomCondition() != null
                && info.getCustomCondition().toString().contains("Hx")) {
            headers.put("HX-Request", "true");
        }
        return headers;
    }

    private static Map<String, Set<String>> expected() throws IOException {
        Map<String, Set<String>> lines = new TreeMap<>();
        String text = new ClassPathResource("routes.txt").getContentAsString(StandardCharsets.UTF_8);
        for (String line : text.split("\n")) {
            if (!line.isBlank() && !line.startsWith("#")) {
                int cut = line.lastIndexOf(": ");
                Set<String> roles = new TreeSet<>(
                        Arrays.asList(line.substring(cut + 2).strip().split("\\s+")));
                assertThat(roles)
                        .as(line)
                        .allMatch(role -> ROLES.containsKey(role) || role.equals("open") || role.equals("everybody"));
                lines.put(line.substring(0, cut), roles);
            }
        }
        return lines;
    }

    /** What the annotation and the shipped roles say, as a line for the file that a person then judges. */
    private String asAnnotated(HandlerMethod handler) {
        Requires requires = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), Requires.class);
        if (requires == null) {
            return handler.hasMethodAnnotation(Open.class) ? "open" : "NOBODY";
        }
        List<Permission> sufficient = List.of(requires.value());
        if (sufficient.contains(Permission.SIGNED_IN)) {
            return "everybody";
        }
        return ROLES.entrySet().stream()
                .filter(role ->
                        signIns.find(house.login(role.getValue()), null).orElseThrow().actor().permissions().stream()
                                .anyMatch(sufficient::contains))
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(" "));
    }

    private record Route(
            String method, String path, boolean multipart, Map<String, String> headers, HandlerMethod handler) {

        @Override
        public String toString() {
            return method + " " + path;
        }
    }
}
