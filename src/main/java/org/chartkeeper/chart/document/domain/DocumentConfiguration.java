package org.chartkeeper.chart.document.domain;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import org.chartkeeper.chart.document.MalwareScanner;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The malware scanner as configured, and the job that finds what a power cut left behind. */
@Configuration(proxyBeanMethods = false)
class DocumentConfiguration {

    @Bean
    MalwareScanner malwareScanner(
            @Value("${chartkeeper.documents.clamav.host:}") String host,
            @Value("${chartkeeper.documents.clamav.port:3310}") int port) {
        return host.isBlank() ? new NoScanner() : new ClamAv(host.strip(), port);
    }

    @Bean
    RecurringTask<Void> findStrandedFiles(IntakeService intake) {
        return Tasks.recurring("chart-find-stranded-files", FixedDelay.of(Duration.ofMinutes(10)))
                .execute((task, context) -> intake.recover());
    }
}
