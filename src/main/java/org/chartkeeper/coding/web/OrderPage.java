package org.chartkeeper.coding.web;

import java.util.List;
import org.chartkeeper.coding.OrderChecks.Bench;
import org.chartkeeper.coding.OrderChecks.Checked;
import org.chartkeeper.coding.Severity;
import org.chartkeeper.coding.rule.Report;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.Permission;

/** What the bench of a prescription reads like. */
record OrderPage(Bench bench, Actor actor) {

    public String path() {
        return OrderQueueController.PATH + "/" + bench.work().order();
    }

    private static boolean lacking(Checked checked) {
        return checked.told().finding().message().startsWith(Report.NOT_CHECKED);
    }

    /** What was checked and found. */
    public List<Checked> findings() {
        return bench.findings().stream().filter(each -> !lacking(each)).toList();
    }

    /** Rules that lack their data, each in a line. */
    public List<String> notChecked() {
        return bench.findings().stream()
                .filter(OrderPage::lacking)
                .map(each -> each.told().finding().rule() + ": "
                        + each.told().finding().message())
                .distinct()
                .toList();
    }

    public String severity(Checked checked) {
        return checked.told().answer() != null
                ? "✓ answered"
                : BenchPage.severity(checked.told().finding().severity());
    }

    public String tone(Checked checked) {
        return checked.told().answer() != null
                ? "ok"
                : tone(checked.told().finding().severity());
    }

    static String tone(Severity severity) {
        return switch (severity) {
            case H -> "stop";
            case R, W -> "warn";
            case I -> "";
        };
    }

    /** Whether the reader may answer for it: over a hard stop goes a supervisor only. */
    public boolean answerable(Checked checked) {
        return switch (checked.told().finding().severity()) {
            case H -> actor.may(Permission.CODING_SUPERVISE);
            case R, W -> true;
            case I -> false;
        };
    }

    public boolean hard(Checked checked) {
        return checked.told().finding().severity() == Severity.H;
    }

    public String state() {
        return state(bench.work().state());
    }

    public String stateTone() {
        return stateTone(bench.work().state());
    }

    static String state(String state) {
        return switch (state) {
            case "waiting" -> "Waits for the prescriber";
            case "declined" -> "Declined";
            case "returned" -> "Returned";
            default -> "To do";
        };
    }

    static String stateTone(String state) {
        return switch (state) {
            case "waiting" -> "note";
            case "declined", "returned" -> "warn";
            default -> "";
        };
    }
}
