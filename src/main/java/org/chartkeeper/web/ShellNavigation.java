package org.chartkeeper.web;

import org.chartkeeper.platform.NavigationEntry;
import org.chartkeeper.platform.Permission;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The shell's own links in the rail. */
@Configuration(proxyBeanMethods = false)
class ShellNavigation {

    @Bean
    NavigationEntry homeLink() {
        return new NavigationEntry("My day", "Home", "/", 1, Permission.SIGNED_IN, null);
    }
}
