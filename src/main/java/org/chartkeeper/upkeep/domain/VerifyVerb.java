package org.chartkeeper.upkeep.domain;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.chartkeeper.access.Directory;
import org.chartkeeper.audit.AuditSeals;
import org.chartkeeper.chart.ChartVerification;
import org.chartkeeper.platform.ChainCheck;
import org.chartkeeper.platform.CommandLineVerb;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** {@code verify}: proves the record and says what is broken, by entry and version. */
@Component
class VerifyVerb implements CommandLineVerb {

    private final ChartVerification chart;
    private final List<ChainCheck> chains;
    private final AuditSeals seals;
    private final CurrentActor actor;
    private final Directory directory;

    VerifyVerb(
            ChartVerification chart,
            List<ChainCheck> chains,
            AuditSeals seals,
            CurrentActor actor,
            Directory directory) {
        this.chart = chart;
        this.chains = chains;
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
        return "verify [--json]: check versions of entries, registrations and settings, current rows, signatures and the audit trail";
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
        Result found = actor.asSystem(facility, () -> whole(err));
        double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
        if (json) {
            out.println(JsonMapper.builder().build().writeValueAsString(found.in(seconds)));
        } else {
            print(found, seconds, out);
        }
        return found.findings().isEmpty() ? 0 : 1;
    }

    /** The record, the other tables that are chained, and the audit trail. */
    private Result whole(PrintStream err) {
        ChartVerification.Report record = chart.verify(versions -> err.println("checked " + versions + " versions"));
        List<ChartVerification.Finding> findings = new ArrayList<>(record.findings());
        Map<String, Long> alsoChecked = new TreeMap<>();
        for (ChainCheck chain : chains) {
            ChainCheck.Result result = chain.check();
            alsoChecked.put(chain.subject(), result.versions());
            for (ChainCheck.Finding finding : result.findings()) {
                findings.add(new ChartVerification.Finding(
                        finding.id(), finding.version(), chain.subject(), finding.what()));
            }
        }
        AuditSeals.Verification trail = seals.verify();
        alsoChecked.put("audit", trail.events());
        for (AuditSeals.Finding finding : trail.findings()) {
            // Events have no versions.
            findings.add(
                    new ChartVerification.Finding(finding.id(), 0, "audit", finding.subject() + ": " + finding.what()));
        }
        return new Result(
                record.entries(),
                record.versions(),
                record.signatures(),
                record.unresolvedReferences(),
                alsoChecked,
                List.copyOf(findings),
                0);
    }

    private static void print(Result found, double seconds, PrintStream out) {
        for (ChartVerification.Finding finding : found.findings()) {
            out.printf("%s version %d: %s: %s%n", finding.entry(), finding.version(), finding.kind(), finding.detail());
        }
        found.alsoChecked().forEach((what, count) -> out.printf(Locale.ROOT, "%s: %d%n", what, count));
        out.printf(
                Locale.ROOT,
                "%d entries, %d versions, %d signatures, %d unresolved references, %d findings, %.1f s%n",
                found.entries(),
                found.versions(),
                found.signatures(),
                found.unresolvedReferences(),
                found.findings().size(),
                seconds);
    }

    /**
     * What {@code --json} prints.
     *
     * @param alsoChecked how many versions of registrations and settings and how many events of the audit trail were read
     */
    record Result(
            long entries,
            long versions,
            long signatures,
            long unresolvedReferences,
            Map<String, Long> alsoChecked,
            List<ChartVerification.Finding> findings,
            double seconds) {

        Result in(double time) {
            return new Result(entries, versions, signatures, unresolvedReferences, alsoChecked, findings, time);
        }
    }
}
