package org.chartkeeper.platform.domain;

import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.chartkeeper.platform.CurrentActor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/** The beans that every module stands on. */
@Configuration(proxyBeanMethods = false)
@EnableTransactionManagement
class PlatformConfiguration {

    private static final List<String> DURABILITY = List.of("fsync", "full_page_writes", "synchronous_commit");

    private static final int OLDEST_SERVER = 150_000;

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** One transaction manager for JPA and JDBC alike; every transaction tells the database who acts. */
    @Bean
    PlatformTransactionManager transactionManager(ObjectProvider<CurrentActor> actor) {
        return new ActorTransactionManager(actor);
    }

    /** No migration runs, and so nothing is written, on a server that may forget what it confirmed. */
    @Bean
    FlywayMigrationStrategy migrateDurableDatabaseOnly(DataSource dataSource) {
        return flyway -> {
            JdbcClient database = JdbcClient.create(dataSource);
            for (String setting : DURABILITY) {
                if (database.sql("show " + setting).query(String.class).single().equals("off")) {
                    throw new IllegalStateException("The database runs with " + setting
                            + "=off and may lose or damage what it confirmed. Switch it on for this database and the"
                            + " role of the application, and start again.");
                }
            }
            if (database.sql("show server_version_num").query(Integer.class).single() < OLDEST_SERVER) {
                throw new IllegalStateException("Chartkeeper needs PostgreSQL 15 or newer.");
            }
            flyway.migrate();
        };
    }
}
