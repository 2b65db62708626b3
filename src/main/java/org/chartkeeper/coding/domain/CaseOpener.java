package org.chartkeeper.coding.domain;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.chartkeeper.access.Directory;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.chart.ChartEvent;
import org.chartkeeper.chart.EncounterView;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Opens cases as visits move: a hospital stay's when it begins, for concurrent coding, any other's when the visit ends,
 * which is when it becomes due. An emergency visit has a case of the facility and one of its professionals; the visits of
 * a series have one a month.
 */
@Component
class CaseOpener {

    private static final Set<String> NOT_TAKEN_PLACE = Set.of("cancelled", "no-show", "entered in error");
    private static final Set<String> STAYS = Set.of("inpatient", "observation");

    private final CaseRepository cases;
    private final CaseRows rows;
    private final Encounters encounters;
    private final Directory directory;
    private final AuditTrail audit;
    private final CurrentActor current;
    private final Clock clock;

    CaseOpener(
            CaseRepository cases,
            CaseRows rows,
            Encounters encounters,
            Directory directory,
            AuditTrail audit,
            CurrentActor current,
            Clock clock) {
        this.cases = cases;
        this.rows = rows;
        this.encounters = encounters;
        this.directory = directory;
        this.audit = audit;
        this.current = current;
        this.clock = clock;
    }

    @EventListener
    void opened(ChartEvent.VisitOpened event) {
        follow(event.patient(), event.encounter(), event.status());
    }

    @EventListener
    void moved(ChartEvent.VisitMoved event) {
        follow(event.patient(), event.encounter(), event.status());
    }

    /** In the transaction of the visit. */
    private void follow(PatientId patient, EncounterId encounter, String status) {
        boolean ended = status.equals("finished");
        if (!ended && !status.equals("in progress") && !NOT_TAKEN_PLACE.contains(status)) {
            return;
        }
        EncounterView visit = encounters.find(patient, encounter).orElse(null);
        if (visit == null || visit.imported()) {
            return;
        }
        if (NOT_TAKEN_PLACE.contains(status)) {
            left(visit, status);
        } else if (ended || STAYS.contains(visit.klass())) {
            for (String kind : kinds(visit)) {
                open(visit, kind, ended);
            }
        }
    }

    private static List<String> kinds(EncounterView visit) {
        if (visit.seriesAccount() != null) {
            return List.of("series");
        }
        return switch (visit.klass()) {
            case "emergency" -> List.of("facility", "professional");
            case "inpatient", "observation" -> List.of("facility");
            default -> List.of("professional");
        };
    }

    private void open(EncounterView visit, String kind, boolean ended) {
        CaseEntity standing = cases.ofVisit(visit.id().value()).stream()
                .filter(each -> each.kind.equals(kind))
                .findFirst()
                .orElse(null);
        if (standing == null && kind.equals("series")) {
            String account = java.util.Objects.requireNonNull(visit.seriesAccount());
            LocalDate month = month(visit);
            rows.alone(visit.patient() + " " + account + " " + month);
            standing = cases.ofSeries(visit.patient().value(), visit.facility().value(), account, month).stream()
                    .findFirst()
                    .orElse(null);
            if (standing != null) {
                standing.visits.add(new CaseEntity.Visit(visit.id().value(), kind, now()));
                if (standing.state.equals("final coded")) {
                    standing.state = "reopened";
                    standing.reopened = "before bill";
                    standing.claimedBy = standing.coder;
                    standing.claimedAt = now();
                    standing.changedAt = now();
                    step(standing, "came back: another visit of the series", null);
                } else if (standing.state.equals("second review")) {
                    step(standing, "another visit of the series, to be coded after the second review", null);
                }
            }
        }
        if (standing != null) {
            boolean first = standing.endedAt == null;
            follow(standing, visit, ended);
            cases.save(standing);
            if (ended && first) {
                step(standing, "discharged", null);
            }
            return;
        }
        CaseEntity opened = new CaseEntity();
        opened.id = Uuid7.next();
        opened.patientId = visit.patient().value();
        opened.facilityId = visit.facility().value();
        opened.kind = kind;
        opened.payer = payer(visit);
        opened.month = kind.equals("series") ? month(visit) : null;
        opened.accountNumber = kind.equals("series") ? visit.seriesAccount() : visit.accountNumber();
        opened.startedAt = visit.start();
        opened.state = "not coded";
        opened.createdAt = now();
        opened.changedAt = opened.createdAt;
        opened.visits.add(new CaseEntity.Visit(visit.id().value(), kind, now()));
        follow(opened, visit, ended);
        cases.saveAndFlush(opened);
        step(opened, ended ? "opened with the end of the visit" : "opened for concurrent coding", null);
        audit.record(AuditEvent.done("coding-case.open")
                .of(visit.patient())
                .at(visit.facility())
                .on("coding-case", opened.id));
    }

    private static void follow(CaseEntity opened, EncounterView visit, boolean ended) {
        opened.klass = switch (visit.klass()) {
            case "inpatient", "emergency", "observation" -> visit.klass();
            default -> "ambulatory";
        };
        opened.attending = visit.attending() == null ? null : visit.attending().value();
        opened.attendingName = visit.attendingName();
        opened.reason = visit.reason();
        opened.disposition = disposition(visit);
        if (visit.start().isBefore(opened.startedAt)) {
            opened.startedAt = visit.start();
        }
        Instant end = visit.end();
        if (ended && end != null && (opened.endedAt == null || opened.endedAt.isBefore(end))) {
            opened.endedAt = end;
        }
    }

    /** The two digits of the discharge status (UB-04, FL 17); null where none is said. */
    private static @Nullable String disposition(EncounterView visit) {
        String words = visit.dischargeDisposition();
        return visit.dischargeCode() != null
                ? visit.dischargeCode()
                : words != null && words.matches("\\d{2}\\b.*") ? words.substring(0, 2) : null;
    }

    /** A visit that did not take place takes its case with it, where the case has no other. */
    private void left(EncounterView visit, String as) {
        for (CaseEntity each : cases.ofVisit(visit.id().value())) {
            if (each.visits.size() == 1 && !each.state.equals("final coded") && !each.state.equals("combined")) {
                each.state = "held";
                each.holdReason = "supervisor";
                each.holdNote = "The visit is " + as + ".";
                each.heldAt = now();
                each.heldBy = current.get().user().value();
                cases.save(each);
                step(each, "held", each.holdNote);
            }
        }
    }

    /** By the coverage that applied first; unknown counts as Medicare, whose rules are the strictest. */
    private String payer(EncounterView visit) {
        if (visit.selfPay()) {
            return "self";
        }
        return encounters.course(visit.patient(), visit.id()).coverages().stream()
                .filter(coverage -> coverage.rank() == 1)
                .findFirst()
                .map(coverage -> {
                    String name = (coverage.payer() + " " + (coverage.plan() == null ? "" : coverage.plan()))
                            .toLowerCase(Locale.ROOT);
                    return name.contains("medicaid")
                            ? "medicaid"
                            : name.contains("medicare") ? "medicare" : "commercial";
                })
                .orElse("medicare");
    }

    private LocalDate month(EncounterView visit) {
        return visit.start().atZone(zone(visit.facility())).toLocalDate().withDayOfMonth(1);
    }

    private ZoneId zone(FacilityId facility) {
        return directory.facility(facility).map(Directory.Facility::zone).orElse(ZoneOffset.UTC);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private void step(CaseEntity opened, String what, @Nullable String reason) {
        UUID by = current.get().user().value();
        rows.step(opened.id, opened.state, what, reason, by, now());
    }
}
