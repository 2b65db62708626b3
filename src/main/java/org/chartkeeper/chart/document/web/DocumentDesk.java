package org.chartkeeper.chart.document.web;

import org.chartkeeper.chart.document.Intake;
import org.chartkeeper.platform.NavigationEntry;
import org.chartkeeper.platform.Permission;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What documents put on the rail. */
@Configuration(proxyBeanMethods = false)
class DocumentDesk {

    @Bean
    NavigationEntry intakeNavigation(Intake intake) {
        return new NavigationEntry(
                "Records",
                "Documents to index",
                IntakeController.PATH,
                36,
                Permission.DOCUMENT_INDEX,
                actor -> new NavigationEntry.Count(intake.backlog(actor).number(), false));
    }
}
