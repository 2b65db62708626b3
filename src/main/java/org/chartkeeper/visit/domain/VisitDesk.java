package org.chartkeeper.visit.domain;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.chartkeeper.access.Directory;
import org.chartkeeper.chart.BannerMark;
import org.chartkeeper.chart.InboxItem;
import org.chartkeeper.chart.VisitStanding;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.DueWork;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.NavigationEntry;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PatientLabels;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.visit.AfterVisitSummaries;
import org.chartkeeper.visit.VisitUpdates;
import org.chartkeeper.visit.VisitUpdates.Work;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where visit updates show on the pages of others: rail, home page, patient banner, visit page. */
@Configuration(proxyBeanMethods = false)
class VisitDesk {

    private static final String LIST = "/visits/updates";

    @Bean
    NavigationEntry visitUpdatesLink(UpdateRows rows, Clock clock) {
        return new NavigationEntry("Records", "Visit updates", LIST, 12, Permission.VISIT_UPDATE, actor -> {
            VisitUpdates.Counts counts = rows.counts(actor, actor.facility(), clock.instant());
            return new NavigationEntry.Count(counts.waiting(), counts.overdue() > 0);
        });
    }

    @Bean
    NavigationEntry questionsLink(UpdateRows rows) {
        return new NavigationEntry("My day", "Questions", "/questions", 4, Permission.CHART_SIGN, actor -> {
            PractitionerId me = actor.practitioner();
            return new NavigationEntry.Count(me == null ? 0 : rows.countQuestions(me), false);
        });
    }

    /** Questions stand on the clinician's desk with everything else that waits for a word. */
    @Bean
    InboxItem questionsToAnswer(VisitUpdates updates) {
        return (actor, limit) -> actor.may(Permission.CHART_SIGN) ? questions(updates, actor, limit) : List.of();
    }

    private static List<InboxItem.Item> questions(VisitUpdates updates, Actor actor, int limit) {
        return updates.questions(actor, limit).stream()
                .map(question -> new InboxItem.Item(
                        question.patient(),
                        question.askedBy() + " asks: " + question.label() + " at the " + question.visitLabel()
                                + ". What do you document?",
                        question.askedAt(),
                        "/questions",
                        "Answer",
                        null))
                .toList();
    }

    @Bean
    DueWork visitUpdatesDue(UpdateRows rows, PatientLabels labels, Clock clock) {
        return new UpdatesDue(rows, labels, clock);
    }

    @Bean
    BannerMark updateMark(UpdateRows rows, Directory directory, Clock clock) {
        return new UpdateMark(rows, directory, clock);
    }

    @Bean
    VisitStanding updateStanding(UpdateRows rows) {
        return new UpdateStanding(rows);
    }

    @Bean
    VisitStanding summaryStanding(AfterVisitSummaries summaries) {
        return new SummaryStanding(summaries);
    }

    static String path(PatientId patient, EncounterId visit) {
        return "/patients/" + patient + "/visits/" + visit + "/update";
    }

    private static String tone(String state) {
        return switch (state) {
            case "returned" -> "warn";
            case "draft" -> "note";
            case "posted" -> "ok";
            default -> "";
        };
    }

    private record UpdatesDue(UpdateRows rows, PatientLabels labels, Clock clock) implements DueWork {

        @Override
        public String title() {
            return "Visit updates";
        }

        @Override
        public String path() {
            return LIST;
        }

        @Override
        public Permission permission() {
            return Permission.VISIT_UPDATE;
        }

        @Override
        public int order() {
            return 10;
        }

        @Override
        public List<Item> items(Actor actor, int limit) {
            List<Work> works = rows.list(
                    actor, VisitUpdates.Filter.mineAndUnclaimed(actor.facility()), clock.instant(), null, null, limit);
            Map<PatientId, String> names =
                    labels.labels(actor, works.stream().map(Work::patient).collect(Collectors.toSet()));
            return works.stream().map(work -> item(work, names)).toList();
        }

        private static Item item(Work work, Map<PatientId, String> names) {
            String detail = work.kind() + (work.attendingName() == null ? "" : " · " + work.attendingName());
            return new Item(
                    names.getOrDefault(work.patient(), "Patient"),
                    detail,
                    VisitDesk.path(work.patient(), work.visit()),
                    work.due(),
                    work.state(),
                    tone(work.state()));
        }
    }

    private record UpdateMark(UpdateRows rows, Directory directory, Clock clock) implements BannerMark {

        @Override
        public List<Mark> marks(Actor actor, PatientId patient) {
            if (!actor.may(Permission.VISIT_UPDATE)) {
                return List.of();
            }
            return rows.ofPatient(patient).stream().map(this::mark).toList();
        }

        private Mark mark(Work work) {
            String path = path(work.patient(), work.visit());
            if (work.state().equals("returned")) {
                return new Mark("↩ Update returned", "warn", path);
            }
            Instant due = work.due();
            if (due == null) {
                return new Mark("◌ Update waits for documentation", "", path);
            }
            if (due.isBefore(clock.instant())) {
                return new Mark("▲ Update overdue", "stop", path);
            }
            return new Mark("◔ Update due " + day(due, zone(work)), "warn", path);
        }

        private ZoneId zone(Work work) {
            return directory
                    .facility(work.facility())
                    .map(Directory.Facility::zone)
                    .orElse(ZoneOffset.UTC);
        }

        private String day(Instant due, ZoneId zone) {
            LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
            LocalDate day = LocalDate.ofInstant(due, zone);
            if (day.equals(today)) {
                return "today";
            }
            return day.equals(today.plusDays(1)) ? "tomorrow" : BannerDays.of(day);
        }
    }

    /** Days as the banner writes them. */
    private static final class BannerDays {

        private static final java.time.format.DateTimeFormatter DAY =
                java.time.format.DateTimeFormatter.ofPattern("d MMM", java.util.Locale.US);

        private BannerDays() {}

        static String of(LocalDate day) {
            return DAY.format(day);
        }
    }

    private record UpdateStanding(UpdateRows rows) implements VisitStanding {

        @Override
        public String label() {
            return "Update";
        }

        @Override
        public int order() {
            return 10;
        }

        @Override
        public Optional<Standing> of(Actor actor, PatientId patient, EncounterId encounter) {
            return rows.ofVisit(patient, encounter).map(work -> standing(actor, work));
        }

        private static Standing standing(Actor actor, Work work) {
            String left = work.leftAs();
            if (left != null) {
                return new Standing("none: " + left, "", null, null);
            }
            boolean may = actor.may(Permission.VISIT_UPDATE);
            @Nullable String path = may ? path(work.patient(), work.visit()) : null;
            String action = work.state().equals("posted") ? "Add to the update" : "Update this visit";
            return new Standing(work.state(), tone(work.state()), path, may ? action : null);
        }
    }

    /** Whether the patient was given a summary of the visit. */
    private record SummaryStanding(AfterVisitSummaries summaries) implements VisitStanding {

        @Override
        public String label() {
            return "Summary";
        }

        @Override
        public int order() {
            return 80;
        }

        @Override
        public Optional<Standing> of(Actor actor, PatientId patient, EncounterId encounter) {
            boolean given = !summaries.given(actor, patient, encounter).isEmpty();
            boolean may = actor.may(Permission.VISIT_UPDATE);
            return Optional.of(new Standing(
                    given ? "given" : "not given",
                    given ? "ok" : "",
                    may ? "/patients/" + patient + "/visits/" + encounter + "/summary" : null,
                    may ? "After-visit summary" : null));
        }
    }
}
