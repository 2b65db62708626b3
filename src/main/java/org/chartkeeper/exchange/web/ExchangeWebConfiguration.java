package org.chartkeeper.exchange.web;

import org.chartkeeper.platform.NavigationEntry;
import org.chartkeeper.platform.Permission;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The link to the pages of this module. */
@Configuration(proxyBeanMethods = false)
class ExchangeWebConfiguration {

    @Bean
    NavigationEntry importsLink() {
        return new NavigationEntry("Administration", "Imports", "/exchange/imports", 94, Permission.IMPORT_RUN, null);
    }
}
