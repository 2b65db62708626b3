package org.chartkeeper.audit.domain;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import org.chartkeeper.audit.AuditSeals;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the trail does by itself: it is sealed, and its partitions are made two years ahead. */
@Configuration(proxyBeanMethods = false)
class AuditJobs {

    private static final int MONTHS_AHEAD = 24;

    @Bean
    RecurringTask<Void> sealAuditTrail(AuditSeals seals) {
        return Tasks.recurring("audit-seal", FixedDelay.of(Duration.ofSeconds(10)))
                .execute((instance, context) -> seals.seal());
    }

    @Bean
    RecurringTask<Void> makeAuditPartitions(JdbcClient database) {
        return Tasks.recurring("audit-partitions", FixedDelay.of(Duration.ofHours(12)))
                .execute((instance, context) -> database.sql(
                                "select audit_make_partitions((now() - interval '1 month')::date, :ahead)")
                        .param("ahead", MONTHS_AHEAD)
                        .query(Integer.class)
                        .single());
    }
}
