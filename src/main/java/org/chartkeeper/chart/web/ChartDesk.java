package org.chartkeeper.chart.web;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.chartkeeper.chart.RecordMoves;
import org.chartkeeper.chart.ResultDesk;
import org.chartkeeper.chart.ResultUrgency;
import org.chartkeeper.chart.Signing;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.DueWork;
import org.chartkeeper.platform.NavigationEntry;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PatientLabels;
import org.chartkeeper.platform.Permission;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the chart puts on the rail and on the home page. */
@Configuration
class ChartDesk {

    @Bean
    NavigationEntry inboxNavigation(Signing signing) {
        return new NavigationEntry(
                "My day",
                "Inbox",
                "/inbox",
                10,
                Permission.CHART_SIGN,
                actor -> new NavigationEntry.Count(signing.count(actor), false));
    }

    @Bean
    NavigationEntry bulkCorrectionNavigation() {
        return new NavigationEntry("Records", "Bulk corrections", "/corrections", 40, Permission.BULK_CORRECT, null);
    }

    @Bean
    DueWork movesToConfirm(RecordMoves moves) {
        return new MoveWork(moves);
    }

    @Bean
    DueWork awaitingSignature(Signing signing) {
        return new SignatureWork(signing);
    }

    @Bean
    DueWork resultsToAcknowledge(ResultDesk results, PatientLabels labels) {
        return new ResultWork(results, labels);
    }

    @Bean
    DueWork returnedEntries(Signing signing) {
        return new ReturnedWork(signing);
    }

    private static DueWork.Item item(Signing.Awaiting waiting, String path, String detail, String state, String tone) {
        return new DueWork.Item(
                waiting.patientLabel() + " · " + waiting.change().title(), detail, path, null, state, tone);
    }

    /** What waits for this clinician's signature. */
    private record SignatureWork(Signing signing) implements DueWork {

        @Override
        public String title() {
            return "Waiting for my signature";
        }

        @Override
        public String path() {
            return "/inbox";
        }

        @Override
        public Permission permission() {
            return Permission.CHART_SIGN;
        }

        @Override
        public int order() {
            return 10;
        }

        @Override
        public List<Item> items(Actor actor, int limit) {
            return signing.awaiting(actor, null, null, limit).items().stream()
                    .map(waiting -> item(
                            waiting,
                            "/patients/" + waiting.entry().patient() + "/review",
                            waiting.change().type().label() + " · entered by "
                                    + waiting.change().enteredBy(),
                            ChangeRow.sign(waiting.change().kind()).text(),
                            "warn"))
                    .toList();
        }
    }

    /** Results by their clocks. */
    private record ResultWork(ResultDesk results, PatientLabels labels) implements DueWork {

        @Override
        public String title() {
            return "Results to acknowledge";
        }

        @Override
        public String path() {
            return "/inbox#results";
        }

        @Override
        public Permission permission() {
            return Permission.CHART_SIGN;
        }

        @Override
        public int order() {
            return 5;
        }

        @Override
        public List<Item> items(Actor actor, int limit) {
            List<ResultDesk.Due> due = results.due(actor, limit);
            Map<PatientId, String> people = labels.labels(
                    actor, due.stream().map(each -> each.entry().patient()).collect(Collectors.toSet()));
            return due.stream()
                    .map(each -> new Item(
                            people.getOrDefault(each.entry().patient(), "Patient") + " · "
                                    + each.entry().content().title(),
                            each.changed() ? "changed since it was signed or acknowledged" : null,
                            "/inbox#results",
                            each.due(),
                            each.urgency().word(),
                            each.urgency() == ResultUrgency.CRITICAL
                                    ? "stop"
                                    : each.urgency() == ResultUrgency.ABNORMAL ? "warn" : ""))
                    .toList();
        }
    }

    /** What clinicians returned to who entered it. */
    private record ReturnedWork(Signing signing) implements DueWork {

        @Override
        public String title() {
            return "Returned to me";
        }

        @Override
        public String path() {
            return "/returned";
        }

        @Override
        public Permission permission() {
            return Permission.VISIT_UPDATE;
        }

        @Override
        public int order() {
            return 20;
        }

        @Override
        public List<Item> items(Actor actor, int limit) {
            return signing.returned(actor, limit).stream()
                    .map(waiting -> item(
                            waiting,
                            Row.path(waiting.entry()),
                            waiting.comment() == null ? "" : "“" + waiting.comment() + "”",
                            "returned",
                            "warn"))
                    .toList();
        }
    }

    /** Moves between charts that wait for a supervisor. */
    private record MoveWork(RecordMoves moves) implements DueWork {

        @Override
        public String title() {
            return "Moves to confirm";
        }

        @Override
        public String path() {
            return "/moves";
        }

        @Override
        public Permission permission() {
            return Permission.MOVE_CONFIRM;
        }

        @Override
        public int order() {
            return 25;
        }

        @Override
        public List<Item> items(Actor actor, int limit) {
            return moves.waiting(actor, limit).stream()
                    .map(move -> new Item(
                            (move.subject().visit() == null ? "Entry" : "Visit") + " in the wrong chart",
                            "asked for by " + move.askedBy(),
                            "/moves/" + move.id(),
                            null,
                            "to confirm",
                            "warn"))
                    .toList();
        }
    }
}
