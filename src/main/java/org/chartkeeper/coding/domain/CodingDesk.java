package org.chartkeeper.coding.domain;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.chartkeeper.chart.InboxItem;
import org.chartkeeper.chart.VisitStanding;
import org.chartkeeper.coding.CodingCases;
import org.chartkeeper.coding.CodingCases.Work;
import org.chartkeeper.coding.CodingQueries;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.DueWork;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.NavigationEntry;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PatientLabels;
import org.chartkeeper.platform.Permission;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where coding shows on the pages of others: rail, home page, visit page. */
@Configuration(proxyBeanMethods = false)
class CodingDesk {

    private static final String QUEUE = "/coding/queue";
    private static final int LATE_DAYS = 3;
    private static final Set<Permission> CODERS = Set.of(Permission.CODING_WORK, Permission.CODING_SUPERVISE);

    @Bean
    NavigationEntry codingQueueLink(CaseRows rows, Clock clock) {
        return new NavigationEntry("Coding", "Coding queue", QUEUE, 40, CODERS, actor -> {
            CodingCases.Counts counts = rows.counts(actor, actor.facility(), clock.instant());
            return new NavigationEntry.Count(counts.can(), counts.late() > 0);
        });
    }

    /** No count: the rail of every page would ask for it, and the list tells more. */
    @Bean
    NavigationEntry prescriptionsLink() {
        return new NavigationEntry(
                "Coding",
                "Prescriptions",
                "/coding/prescriptions",
                41,
                Set.of(Permission.CODING_WORK, Permission.CODING_SUPERVISE, Permission.VISIT_UPDATE),
                null);
    }

    @Bean
    DueWork codingDue(CaseRows rows, PatientLabels labels, Clock clock) {
        return new CodingDue(rows, labels, clock);
    }

    /** What clinicians did not answer in time is the supervisors' to follow. */
    @Bean
    DueWork overdueQueries(QueryRows rows, PatientLabels labels, Clock clock) {
        return new OverdueQueries(rows, labels, clock);
    }

    @Bean
    VisitStanding codingStanding(CaseRows rows) {
        return new VisitStanding() {
            @Override
            public String label() {
                return "Coding";
            }

            @Override
            public int order() {
                return 30;
            }

            @Override
            public java.util.Optional<Standing> of(Actor actor, PatientId patient, EncounterId encounter) {
                boolean may = actor.may(Permission.CODING_WORK);
                return rows.ofVisit(encounter).stream()
                        .findFirst()
                        .map(work -> new Standing(
                                work.state(),
                                tone(work.state()),
                                may ? "/coding/" + work.id() : null,
                                may ? "Code this visit" : null));
            }
        };
    }

    @Bean
    NavigationEntry codingQueriesLink(QueryRows rows, Clock clock) {
        return new NavigationEntry("Coding", "Queries", "/coding/queries", 42, CODERS, actor -> {
            int late = rows.countOverdue(actor.facilities(), clock.instant());
            return new NavigationEntry.Count(late, late > 0);
        });
    }

    @Bean
    NavigationEntry secondReviewsLink() {
        return new NavigationEntry("Coding", "Second reviews", "/coding/reviews", 44, Permission.CODING_REVIEW, null);
    }

    @Bean
    NavigationEntry accuracyLink() {
        return new NavigationEntry("Coding", "Accuracy", "/coding/accuracy", 45, CODERS, null);
    }

    @Bean
    NavigationEntry indexesLink() {
        return new NavigationEntry("Coding", "Indexes", "/coding/indexes", 46, CODERS, null);
    }

    @Bean
    NavigationEntry codingSettingsLink() {
        return new NavigationEntry(
                "Coding", "Coding settings", "/coding/settings", 47, Permission.CODING_SUPERVISE, null);
    }

    /** No count: what waits is counted in the inbox, where it stands too. */
    @Bean
    NavigationEntry queriesToMeLink() {
        return new NavigationEntry("My day", "Queries to you", "/queries", 11, Permission.CHART_SIGN, null);
    }

    /** Queries stand on the clinician's desk with everything else that waits for a word. */
    @Bean
    InboxItem codingQueriesToAnswer(CodingQueries queries) {
        return (actor, limit) -> actor.may(Permission.CHART_SIGN)
                ? queries.waiting(actor, limit).stream()
                        .map(query -> new InboxItem.Item(
                                query.patient(),
                                query.askedBy() + " asks about your documentation: " + query.title(),
                                query.askedAt(),
                                "/queries/" + query.id(),
                                "Answer",
                                null))
                        .toList()
                : List.of();
    }

    private static String tone(String state) {
        return switch (state) {
            case "final coded" -> "ok";
            case "held", "query pending", "reopened" -> "warn";
            case "in progress", "second review" -> "note";
            default -> "";
        };
    }

    private record CodingDue(CaseRows rows, PatientLabels labels, Clock clock) implements DueWork {

        @Override
        public String title() {
            return "Coding";
        }

        @Override
        public String path() {
            return QUEUE;
        }

        @Override
        public Permission permission() {
            return Permission.CODING_WORK;
        }

        @Override
        public int order() {
            return 30;
        }

        @Override
        public List<Item> items(Actor actor, int limit) {
            List<Work> works = rows.list(
                    actor, CodingCases.Filter.mineAndUnclaimed(actor.facility()), clock.instant(), null, limit);
            Map<PatientId, String> names =
                    labels.labels(actor, works.stream().map(Work::patient).collect(Collectors.toSet()));
            return works.stream()
                    .map(work -> {
                        Instant ended = work.ended();
                        return new Item(
                                names.getOrDefault(work.patient(), "Patient"),
                                work.visitClass() + (work.attendingName() == null ? "" : " · " + work.attendingName()),
                                "/coding/" + work.id(),
                                ended == null ? null : ended.plusSeconds(86_400L * LATE_DAYS),
                                work.state(),
                                tone(work.state()));
                    })
                    .toList();
        }
    }

    private record OverdueQueries(QueryRows rows, PatientLabels labels, Clock clock) implements DueWork {

        @Override
        public String title() {
            return "Overdue queries";
        }

        @Override
        public String path() {
            return "/coding/queries";
        }

        @Override
        public Permission permission() {
            return Permission.CODING_SUPERVISE;
        }

        @Override
        public int order() {
            return 32;
        }

        @Override
        public List<Item> items(Actor actor, int limit) {
            List<CodingQueries.Query> late = rows.overdue(actor.facilities(), clock.instant(), limit);
            Map<PatientId, String> names = labels.labels(
                    actor, late.stream().map(CodingQueries.Query::patient).collect(Collectors.toSet()));
            return late.stream()
                    .map(query -> new Item(
                            names.getOrDefault(query.patient(), "Patient"),
                            query.title() + " · " + query.toName(),
                            "/coding/" + query.coded(),
                            query.due(),
                            query.escalated() == null ? "not answered" : "escalated, not answered",
                            "stop"))
                    .toList();
        }
    }
}
