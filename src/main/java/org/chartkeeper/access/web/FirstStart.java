package org.chartkeeper.access.web;

import org.chartkeeper.access.Onboarding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells, on the first start of a server without accounts, where the first administrator is made. */
@Component
class FirstStart {

    private static final Logger LOG = LoggerFactory.getLogger(FirstStart.class);

    private final Onboarding onboarding;

    FirstStart(Onboarding onboarding) {
        this.onboarding = onboarding;
    }

    @EventListener
    void ready(ApplicationReadyEvent event) {
        if (event.getApplicationContext() instanceof WebServerApplicationContext context
                && context.getWebServer() != null) {
            int port = context.getWebServer().getPort();
            onboarding
                    .setupToken()
                    .ifPresent(token -> LOG.info(
                            "No account exists yet. Make the first administrator here, once, within 72 hours:"
                                    + " http://localhost:{}/setup?token={}",
                            port,
                            token));
        }
    }
}
