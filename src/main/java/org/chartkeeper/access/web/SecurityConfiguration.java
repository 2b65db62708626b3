package org.chartkeeper.access.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.chartkeeper.access.SignIns;
import org.chartkeeper.platform.Actor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;

/** Who comes in, and what every answer tells the browser to refuse. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    static final String CONTENT_POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
            + " form-action 'self'; frame-ancestors 'none'; report-uri /csp-report; report-to csp";

    private static final String[] ASSETS = {"/css/**", "/js/**", "/img/**", "/webjars/**", "/favicon.ico"};

    /** The cookie of the session is Secure whenever the request is; scripts cannot read it, other sites cannot send it. */
    @Bean
    CookieSerializer sessionCookie() {
        DefaultCookieSerializer cookie = new DefaultCookieSerializer();
        cookie.setCookieName("chartkeeper");
        cookie.setUseHttpOnlyCookie(true);
        cookie.setSameSite("Lax");
        cookie.setCookiePath("/");
        return cookie;
    }

    /** Style sheets, scripts and pictures: no session is read for them. */
    @Bean
    @Order(1)
    SecurityFilterChain assets(HttpSecurity http) throws Exception {
        http.securityMatcher(ASSETS)
                .authorizeHttpRequests(routes -> routes.anyRequest().permitAll())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .securityContext(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .headers(headers -> {
                    headers.cacheControl(HeadersConfigurer.CacheControlConfig::disable);
                    headers(headers);
                });
        return http.build();
    }

    /** All else: whoever is signed in, and then only what a handler allows; anybody, where a handler says so. */
    @Bean
    @Order(2)
    SecurityFilterChain pages(
            HttpSecurity http,
            OpenRoutes open,
            SignInPoint signInPoint,
            AuthenticationProvider passwords,
            SignIns signIns,
            Sessions sessions)
            throws Exception {
        http.authorizeHttpRequests(routes -> routes.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                        .permitAll()
                        .requestMatchers("/livez", "/readyz")
                        .permitAll()
                        .requestMatchers("/actuator/**")
                        .denyAll()
                        .requestMatchers(open)
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .authenticationManager(new ProviderManager(passwords))
                .formLogin(form -> form.loginPage("/login")
                        .permitAll()
                        .successHandler((request, response, who) -> signedIn(request, response, who, signIns, sessions))
                        .failureHandler(SecurityConfiguration::refused))
                .logout(logout -> logout.logoutUrl("/logout")
                        .addLogoutHandler((request, response, who) -> signedOut(request, signIns))
                        .logoutSuccessUrl("/login?out")
                        .permitAll())
                .exceptionHandling(faults -> faults.authenticationEntryPoint(signInPoint))
                .requestCache(cache -> cache.requestCache(new NullRequestCache()))
                .csrf(csrf -> csrf.csrfTokenRepository(tokens()).ignoringRequestMatchers("/csp-report"))
                .addFilterBefore(new ActorFilter(signIns, sessions), AuthorizationFilter.class)
                .addFilterBefore(new CrossSiteFilter(), CsrfFilter.class)
                .headers(SecurityConfiguration::headers);
        return http.build();
    }

    /** A cookie, so that whoever only looks at the sign-in page gets no session; scripts read the token from the page. */
    private static CookieCsrfTokenRepository tokens() {
        CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
        tokens.setCookieName("chartkeeper-form");
        tokens.setCookieCustomizer(cookie -> cookie.sameSite("Lax").httpOnly(true));
        return tokens;
    }

    private static void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                .crossOriginOpenerPolicy(policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                .crossOriginResourcePolicy(policy -> policy.policy(CrossOriginResourcePolicy.SAME_ORIGIN))
                .permissionsPolicyHeader(
                        policy -> policy.policy("camera=(), microphone=(), geolocation=(), payment=()"))
                .addHeaderWriter(new StaticHeadersWriter("Reporting-Endpoints", "csp=\"/csp-report\""))
                .httpStrictTransportSecurity(
                        transport -> transport.includeSubDomains(true).maxAgeInSeconds(31_536_000));
    }

    private static void signedIn(
            HttpServletRequest request,
            HttpServletResponse response,
            Authentication who,
            SignIns signIns,
            Sessions sessions)
            throws IOException {
        sessions.begin(request.getSession());
        signIns.signedIn(who.getName());
        String next = Sessions.local(request.getParameter("next"));
        response.sendRedirect(request.getContextPath() + (next == null ? "/" : next));
    }

    private static void refused(HttpServletRequest request, HttpServletResponse response, Exception failure)
            throws IOException {
        String next = Sessions.local(request.getParameter("next"));
        response.sendRedirect(request.getContextPath() + "/login?error"
                + (next == null
                        ? ""
                        : "&next=" + java.net.URLEncoder.encode(next, java.nio.charset.StandardCharsets.UTF_8)));
    }

    private static void signedOut(HttpServletRequest request, SignIns signIns) {
        // The filter that reads the actor stands behind the one that signs out, so the account is looked up here.
        Authentication who = org.springframework.security.core.context.SecurityContextHolder.getContext()
                .getAuthentication();
        if (who != null) {
            signIns.find(who.getName(), null)
                    .map(SignIns.SignedIn::actor)
                    .map(Actor::user)
                    .ifPresent(signIns::signedOut);
        }
    }
}
