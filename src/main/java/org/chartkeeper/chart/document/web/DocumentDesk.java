package org.chartkeeper.chart.document.web;

import java.util.List;
import org.chartkeeper.chart.document.Intake;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.DueWork;
import org.chartkeeper.platform.NavigationEntry;
import org.chartkeeper.platform.Permission;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What documents put on the rail. */
@Configuration(proxyBeanMethods = false)
class DocumentDesk {

    @Bean
    DueWork documentsToIndex(Intake intake) {
        return new Waiting(intake);
    }

    /** Files that nobody has indexed yet, the oldest first. */
    private record Waiting(Intake intake) implements DueWork {

        @Override
        public String title() {
            return "Documents to index";
        }

        @Override
        public String path() {
            return IntakeController.PATH;
        }

        @Override
        public Permission permission() {
            return Permission.DOCUMENT_INDEX;
        }

        @Override
        public int order() {
            return 30;
        }

        @Override
        public List<Item> items(Actor actor, int limit) {
            return intake.waiting(actor, null, limit).items().stream()
                    .map(file -> new Item(
                            file.label(),
                            file.channel() + ", " + (file.pages() == 1 ? "1 page" : file.pages() + " pages")
                                    + (file.open() == file.pages() ? "" : ", " + file.open() + " left"),
                            IntakeController.PATH + "/" + file.id(),
                            null,
                            "to index",
                            ""))
                    .toList();
        }
    }

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
