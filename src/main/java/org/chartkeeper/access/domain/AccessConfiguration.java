package org.chartkeeper.access.domain;

import org.chartkeeper.platform.CurrentActor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/** What the services of this module share. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final int KIBIBYTES = 32 * 1024;
    private static final int PASSES = 2;

    /** Argon2id at about a tenth of a second of a core, above the least that OWASP advises (19 MiB, 2 passes). */
    @Bean
    PasswordEncoder passwordEncoder() {
        return new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, KIBIBYTES, PASSES);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static RequiresAdvisor requiresAdvisor(ObjectProvider<CurrentActor> actors) {
        return new RequiresAdvisor(actors);
    }
}
