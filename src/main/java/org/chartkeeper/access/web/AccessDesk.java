package org.chartkeeper.access.web;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.chartkeeper.access.EmergencyReason;
import org.chartkeeper.access.Users;
import org.chartkeeper.audit.AuditSearch;
import org.chartkeeper.audit.AuditSearch.Recorded;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.DueWork;
import org.chartkeeper.platform.Permission;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What access puts on the home page of those who watch and of those who look after accounts. */
@Configuration(proxyBeanMethods = false)
class AccessDesk {

    @Bean
    DueWork openedWithReason(AuditSearch trail, EventPeople people, Clock clock) {
        return new OpenedWithReason(trail, people, clock);
    }

    @Bean
    DueWork invitedAccounts(Users users) {
        return new Invited(users);
    }

    /** Charts that somebody without a care relation opened by giving a reason, for review (45 CFR 164.312(b)). */
    private record OpenedWithReason(AuditSearch trail, EventPeople people, Clock clock) implements DueWork {

        private static final String ACTION = "access.emergency";
        private static final Duration SHOWN = Duration.ofDays(7);

        @Override
        public String title() {
            return "Opened with a reason, last 7 days";
        }

        @Override
        public String path() {
            return "/audit?action=" + ACTION;
        }

        @Override
        public Permission permission() {
            return Permission.AUDIT_READ;
        }

        @Override
        public int order() {
            return 70;
        }

        @Override
        public List<Item> items(Actor actor, int limit) {
            List<Recorded> events = trail.latest(ACTION, clock.instant().minus(SHOWN), limit);
            EventPeople.Known known = people.known(actor, events);
            return events.stream().map(event -> item(event, known)).toList();
        }

        private static Item item(Recorded event, EventPeople.Known known) {
            String who = event.actor() == null ? "Nobody signed in" : known.user(event.actor());
            String whom = known.patient(event.patient());
            return new Item(
                    whom == null ? who : who + " · " + whom,
                    reason(event.reason()),
                    "/audit?action=" + ACTION + (event.patient() == null ? "" : "&patient=" + event.patient()),
                    null,
                    "opened",
                    "note");
        }

        private static String reason(@Nullable String key) {
            for (EmergencyReason reason : EmergencyReason.values()) {
                if (reason.key().equals(key)) {
                    return "“" + reason.label() + "”";
                }
            }
            return "";
        }
    }

    /** Accounts whose person has not chosen a password yet. */
    private record Invited(Users users) implements DueWork {

        @Override
        public String title() {
            return "Invited, not signed in yet";
        }

        @Override
        public String path() {
            return "/admin/users?status=invited";
        }

        @Override
        public Permission permission() {
            return Permission.USER_MANAGE;
        }

        @Override
        public int order() {
            return 60;
        }

        @Override
        public List<Item> items(Actor actor, int limit) {
            return users.list("", "invited", null, limit).items().stream()
                    .map(row -> new Item(row.name(), row.roles(), "/admin/users/" + row.id(), null, "invited", "note"))
                    .toList();
        }
    }
}
