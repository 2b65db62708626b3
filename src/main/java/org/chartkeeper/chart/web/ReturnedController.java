package org.chartkeeper.chart.web;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.chart.Signing;
import org.chartkeeper.patient.PatientSummary;
import org.chartkeeper.patient.Patients;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** What clinicians returned to the one who entered it. */
@Controller
class ReturnedController {

    private static final int SHOWN = 200;

    private final ChartPages pages;
    private final Signing signing;
    private final Patients patients;
    private final AuditTrail trail;
    private final Notices notices;

    ReturnedController(ChartPages pages, Signing signing, Patients patients, AuditTrail trail, Notices notices) {
        this.notices = notices;
        this.pages = pages;
        this.signing = signing;
        this.patients = patients;
        this.trail = trail;
    }

    @GetMapping("/returned")
    @Requires(Permission.VISIT_UPDATE)
    String returned(Model model) {
        Actor actor = pages.actor();
        List<Signing.Awaiting> returned = signing.returned(actor, SHOWN);
        Map<PatientId, PatientSummary> people = patients.summaries(
                returned.stream().map(each -> each.entry().patient()).collect(Collectors.toSet()));
        trail.recordAlone(AuditEvent.done("returned.view")
                .on("section", "returned")
                .count(returned.size())
                .details(returned.stream()
                        .map(each -> each.entry().id().toString())
                        .collect(Collectors.joining(" "))));
        model.addAttribute("notices", notices.of(actor, pages.words()));
        model.addAttribute("groups", Waiting.groups(returned, people, actor, pages.words()));
        return "chart/returned";
    }
}
