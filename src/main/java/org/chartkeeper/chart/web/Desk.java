package org.chartkeeper.chart.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.chartkeeper.chart.ResultDesk;
import org.chartkeeper.chart.Signing;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.Idempotency;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Requires;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What a clinician does at the desk, each in one transaction; a repeated submit gives the first answer again. */
@Service
class Desk {

    private final Signing signing;
    private final ResultDesk results;
    private final Idempotency idempotency;

    Desk(Signing signing, ResultDesk results, Idempotency idempotency) {
        this.signing = signing;
        this.results = results;
        this.idempotency = idempotency;
    }

    /** What follows from the results that were chosen. {@code seen} are those that need no signature. */
    record Results(
            List<ResultDesk.Seen> signed, List<ResultDesk.Seen> seen, ResultDesk.Followed followed, String comment) {}

    /** Signs and acknowledges all that was chosen or nothing; answers what was done in words. */
    @Transactional
    @Requires(Permission.CHART_SIGN)
    public String sign(Actor actor, String key, List<Pick> picks, Results chosen) {
        return idempotency.once(key, () -> {
            Map<String, List<Signing.VersionRef>> byMeaning = new LinkedHashMap<>();
            for (Pick pick : picks) {
                byMeaning
                        .computeIfAbsent(pick.meaning(), meaning -> new ArrayList<>())
                        .add(pick.ref());
            }
            byMeaning.forEach((meaning, versions) -> signing.sign(actor, versions, meaning));
            results.acknowledge(
                    actor,
                    Stream.concat(chosen.signed().stream(), chosen.seen().stream())
                            .toList(),
                    chosen.followed(),
                    chosen.comment().isBlank() ? null : chosen.comment());
            return told(picks, chosen.seen());
        });
    }

    private static String told(List<Pick> picks, List<ResultDesk.Seen> seen) {
        long charts = Stream.concat(
                        picks.stream().map(pick -> pick.ref().patient()),
                        seen.stream().map(ResultDesk.Seen::patient))
                .distinct()
                .count();
        String signed = picks.isEmpty() ? "" : picks.size() == 1 ? "1 entry signed" : picks.size() + " entries signed";
        String acknowledged = seen.isEmpty()
                ? ""
                : seen.size() == 1 ? "1 result acknowledged" : seen.size() + " results acknowledged";
        return signed
                + (picks.isEmpty() || seen.isEmpty() ? "" : " and ")
                + acknowledged
                + (charts == 1 ? " in one chart" : " in " + charts + " charts")
                + (picks.isEmpty() ? "." : ". What was pending is in force now, and what was signed is locked.");
    }

    /** Hands a result on to somebody else. */
    @Transactional
    @Requires(Permission.CHART_SIGN)
    public String passOn(Actor actor, String key, ResultDesk.Seen result, PractitionerId to, String reason) {
        return idempotency.once(key, () -> {
            results.passOn(actor, result, to, reason);
            return "Passed on. It waits on the other's desk by the same clock.";
        });
    }

    @Transactional
    @Requires(Permission.CHART_SIGN)
    public String giveBack(Actor actor, String key, Signing.VersionRef version, String comment) {
        return idempotency.once(key, () -> {
            signing.giveBack(actor, version, comment);
            return "Returned with your comment. What stood before stays in force.";
        });
    }

    @Transactional
    @Requires(Permission.CHART_SIGN)
    public String notMine(
            Actor actor, String key, Signing.VersionRef version, @Nullable PractitionerId to, String reason) {
        return idempotency.once(key, () -> {
            signing.notMine(actor, version, to, reason);
            return to == null
                    ? "Sent back to who entered it as not yours."
                    : "Passed on. It waits for the other's signature.";
        });
    }

    @Transactional
    @Requires(Permission.CHART_SIGN)
    public String refuse(Actor actor, String key, Signing.VersionRef version, String statement) {
        return idempotency.once(key, () -> {
            signing.refuse(actor, version, statement);
            return "Refused. Your statement stays with the entry.";
        });
    }
}
