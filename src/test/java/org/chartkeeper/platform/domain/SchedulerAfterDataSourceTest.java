package org.chartkeeper.platform.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.boot.autoconfigure.DbSchedulerAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class SchedulerAfterDataSourceTest {

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withPropertyValues(
                    "spring.datasource.url=jdbc:postgresql://localhost:1/none",
                    "db-scheduler.delay-startup-until-context-ready=true");

    @Test
    void the_job_queue_finds_the_database() {
        context.withConfiguration(AutoConfigurations.of(
                        SchedulerAfterDataSource.class,
                        DbSchedulerAutoConfiguration.class,
                        DataSourceAutoConfiguration.class))
                .run(started -> assertThat(started).hasSingleBean(Scheduler.class));
    }

    @Test
    void without_the_order_it_would_not() {
        context.withConfiguration(
                        AutoConfigurations.of(DbSchedulerAutoConfiguration.class, DataSourceAutoConfiguration.class))
                .run(started -> assertThat(started).doesNotHaveBean(Scheduler.class));
    }
}
