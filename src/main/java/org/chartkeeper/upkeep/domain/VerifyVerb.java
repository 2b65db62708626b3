package org.chartkeeper.upkeep.domain;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.chartkeeper.access.Directory;
import org.chartkeeper.audit.AuditSeals;
import org.chartkeeper.chart.ChartVerification;
import org.chartkeeper.platform.CommandLineVerb;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** {@code verify}: proves the record and says what is broken, by entry and version. */
@Component
class VerifyVerb implements CommandLineVerb {

    private final ChartVerification chart;
    private final AuditSeals seals;
    private final CurrentActor actor;
    private final Directory directory;

    VerifyVerb(ChartVerification chart, AuditSeals seals, CurrentActor actor, Directory directory) {
        this.chart = chart;
        this.seals = seals;
        this.actor = actor;
        this.directory = directory;
    }

    @Override
    public String words() {
        return "verify";
    }

    @Override
    public String usage() {
        return "verify [--json]: check version hashes and chains, current rows, signatures and the events of changes";
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        boolean json = arguments.contains("--json");
        if (arguments.stream().anyMatch(argument -> !argument.equals("--json"))) {
            err.println("usage: " + usage());
            return 2;
        }
        long start = System.nanoTime();
        // The system works at a facility; which one makes no difference to a reading of everything.
        FacilityId facility = directory.facilities().stream()
                .findFirst()
                .map(Directory.Facility::id)
                .orElseGet(FacilityId::next);
        ChartVerification.Report report = actor.asSystem(
                facility, () -> whole(chart.verify(versions -> err.println("checked " + versions + " versions"))));
        double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
        if (json) {
            out.println(JsonMapper.builder().build().writeValueAsString(Result.of(report, seconds)));
        } else {
            print(report, seconds, out);
        }
        return report.findings().isEmpty() ? 0 : 1;
    }

    /** The record's findings and those of the audit trail, whose events have no versions. */
    private ChartVerification.Report whole(ChartVerification.Report record) {
        List<ChartVerification.Finding> findings = new ArrayList<>(record.findings());
        for (AuditSeals.Finding finding : seals.verify().findings()) {
            findings.add(
                    new ChartVerification.Finding(finding.id(), 0, "audit", finding.subject() + ": " + finding.what()));
        }
        return new ChartVerification.Report(
                record.entries(),
                record.versions(),
                record.signatures(),
                record.unresolvedReferences(),
                List.copyOf(findings));
    }

    private static void print(ChartVerification.Report report, double seconds, PrintStream out) {
        for (ChartVerification.Finding finding : report.findings()) {
            out.printf("%s version %d: %s: %s%n", finding.entry(), finding.version(), finding.kind(), finding.detail());
        }
        out.printf(
                Locale.ROOT,
                "%d entries, %d versions, %d signatures, %d unresolved references, %d findings, %.1f s%n",
                report.entries(),
                report.versions(),
                report.signatures(),
                report.unresolvedReferences(),
                report.findings().size(),
                seconds);
    }

    /** What {@code --json} prints. */
    record Result(
            long entries,
            long versions,
            long signatures,
            long unresolvedReferences,
            List<ChartVerification.Finding> findings,
            double seconds) {

        static Result of(ChartVerification.Report report, double seconds) {
            return new Result(
                    report.entries(),
                    report.versions(),
                    report.signatures(),
                    report.unresolvedReferences(),
                    report.findings(),
                    seconds);
        }
    }
}
