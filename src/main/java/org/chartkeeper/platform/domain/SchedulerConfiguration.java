package org.chartkeeper.platform.domain;

import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerStarter;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Daily;
import java.time.Clock;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What platform adds to the job queue. */
@Configuration(proxyBeanMethods = false)
class SchedulerConfiguration {

    /** A verb of the command line may put jobs into the queue; a server takes them out. */
    @Bean
    @ConditionalOnProperty("chartkeeper.command-line")
    DbSchedulerStarter noJobsOnTheCommandLine() {
        return () -> {};
    }

    @Bean
    RecurringTask<Void> forgetOldAnswers(JdbcClient database, Clock clock) {
        return Tasks.recurring("platform-forget-old-answers", new Daily(LocalTime.of(3, 10)))
                .execute((task, context) -> database.sql("delete from idempotency_key where at < :limit")
                        .param(
                                "limit",
                                OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC)
                                        .minus(StoredIdempotency.KEPT))
                        .update());
    }
}
