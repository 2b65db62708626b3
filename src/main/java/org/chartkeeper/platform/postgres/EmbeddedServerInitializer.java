package org.chartkeeper.platform.postgres;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/** Starts the embedded server before any bean is made, where no {@code spring.datasource.url} is given. */
@Order(Ordered.LOWEST_PRECEDENCE)
final class EmbeddedServerInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /** The database of the application in the embedded server. */
    static final String DATABASE = "chartkeeper";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        if (StringUtils.hasText(environment.getProperty("spring.datasource.url"))) {
            return;
        }
        EmbeddedServer server = EmbeddedServer.use(Path.of(environment.getProperty("chartkeeper.data-dir", "./data")));
        try {
            server.ensureDatabase(DATABASE);
        } catch (SQLException fault) {
            server.close();
            throw new ServerUnavailable("The database " + DATABASE + " could not be made: " + fault, fault);
        }
        if (context instanceof GenericApplicationContext generic) {
            // Registered before every other bean and so destroyed after all of them, the connection pool too.
            generic.getDefaultListableBeanFactory().registerSingleton("embeddedServer", server);
            generic.getDefaultListableBeanFactory().registerDisposableBean("embeddedServer", server::close);
        }
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "embeddedServer",
                        Map.of(
                                "spring.datasource.url", server.url(DATABASE),
                                "spring.datasource.username", EmbeddedServer.APPLICATION,
                                "spring.datasource.password", server.applicationPassword(),
                                "spring.flyway.url", server.url(DATABASE),
                                "spring.flyway.user", EmbeddedServer.OWNER,
                                "spring.flyway.password", server.ownerPassword())));
    }
}
