package org.chartkeeper.platform.domain;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Says where the pages are, as the last line of the start. */
@Component
@ConditionalOnWebApplication
class AddressNote {

    private static final Logger log = LoggerFactory.getLogger(AddressNote.class);

    private final Environment environment;

    AddressNote(Environment environment) {
        this.environment = environment;
    }

    @EventListener(ApplicationReadyEvent.class)
    @Order(Ordered.LOWEST_PRECEDENCE)
    void say() {
        String port = environment.getProperty("local.server.port");
        if (port != null) {
            boolean secure = environment.getProperty("server.ssl.enabled", Boolean.class, false);
            log.info("Chartkeeper is ready at {}://localhost:{}/", secure ? "https" : "http", port);
        }
    }
}
