package org.chartkeeper.chart.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.chartkeeper.chart.BulkCorrections.Batch;
import org.chartkeeper.chart.BulkCorrections.Order;
import org.chartkeeper.chart.BulkCorrections.Outcome;
import org.chartkeeper.chart.BulkCorrections.Rule;
import org.chartkeeper.chart.BulkCorrections.State;
import org.jspecify.annotations.Nullable;

/**
 * A batch on a page.
 *
 * @param rule what is turned into what, in a few words
 * @param where facility and period
 * @param percent of the job that runs, null while it cannot be told
 * @param brokeOff what a page says where the job broke off; null where it did not
 */
record BatchRow(
        String id,
        int version,
        String path,
        String rule,
        String where,
        String reason,
        Tag state,
        boolean working,
        boolean stopping,
        @Nullable Integer percent,
        @Nullable String brokeOff,
        List<Count> counts,
        int found,
        boolean applies,
        int toApply,
        boolean undoes,
        int toUndo,
        boolean discards,
        String orderedBy,
        String ordered) {

    /** How many became what; {@code path} shows only those. */
    record Count(String outcome, String meaning, int number, String path) {}

    private static final Map<State, String> TONES = Map.of(
            State.COLLECTING, "note",
            State.DRY_RUN, "warn",
            State.APPLYING, "note",
            State.APPLIED, "ok",
            State.UNDOING, "note");

    static BatchRow of(Batch batch, String facility, Words words) {
        int toApply = batch.count(Outcome.AT_ONCE) + batch.count(Outcome.TO_PROPOSE);
        int toUndo = batch.count(Outcome.CORRECTED) + batch.count(Outcome.PROPOSED);
        String path = BulkDesk.path(batch.id());
        List<Count> counts = new ArrayList<>();
        for (Outcome outcome : Outcome.values()) {
            if (batch.count(outcome) > 0) {
                counts.add(new Count(
                        outcome.word(), outcome.meaning(), batch.count(outcome), path + "?show=" + outcome.name()));
            }
        }
        return new BatchRow(
                batch.id().toString(),
                batch.version(),
                path,
                rule(batch),
                where(batch.order(), facility, words),
                batch.order().reason(),
                new Tag(batch.state().word(), TONES.getOrDefault(batch.state(), "")),
                batch.state().working(),
                batch.stopping(),
                percent(batch, toApply, toUndo),
                brokeOff(batch.fault()),
                counts,
                batch.found(),
                toApply > 0 && (batch.state() == State.DRY_RUN || batch.state() == State.APPLIED),
                toApply,
                toUndo > 0 && (batch.state() == State.APPLIED || batch.state() == State.UNDONE),
                toUndo,
                batch.state() == State.DRY_RUN,
                batch.orderedBy(),
                words.moment(batch.orderedAt()));
    }

    private static String rule(Batch batch) {
        String what = switch (batch.order().rule()) {
            case Rule.Code it -> it.type().label() + " " + batch.former();
            case Rule.Unit it -> "Unit of LOINC " + it.code() + ": " + batch.former();
            case Rule.Department it -> "Visits at " + batch.former();
        };
        return what + " → " + batch.correct();
    }

    private static String where(Order order, String facility, Words words) {
        String from = order.from() == null ? null : Dates.words(order.from().toString(), words.zone());
        String until = order.until() == null ? null : Dates.words(order.until().toString(), words.zone());
        String period = from == null && until == null
                ? "all dates"
                : from == null ? "until " + until : until == null ? "since " + from : from + " to " + until;
        return facility + ", " + period;
    }

    private static @Nullable Integer percent(Batch batch, int toApply, int toUndo) {
        int left = batch.state() == State.APPLYING ? toApply : batch.state() == State.UNDOING ? toUndo : -1;
        return left < 0 || batch.found() == 0 ? null : 100 * (batch.found() - left) / batch.found();
    }

    private static @Nullable String brokeOff(@Nullable String fault) {
        return fault == null
                ? null
                : fault.indexOf(' ') > 0
                        ? "It broke off: who ordered it may not correct at this facility any more."
                        : "It broke off; what was done stays, and it can go on where it stood. Reference for your"
                                + " administrator: " + fault;
    }
}
