package org.chartkeeper.chart.web;

import java.util.UUID;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** Takes a notice off the desk of whoever has read it. */
@Controller
class NoticeController {

    private final ChartPages pages;
    private final ChangeFlow flow;

    NoticeController(ChartPages pages, ChangeFlow flow) {
        this.pages = pages;
        this.flow = flow;
    }

    @PostMapping("/notices/{notice}/seen")
    @Requires({Permission.VISIT_UPDATE, Permission.CHART_SIGN})
    String seen(@PathVariable UUID notice) {
        Actor actor = pages.actor();
        flow.seen(actor, notice);
        return actor.may(Permission.CHART_SIGN) ? "redirect:/inbox" : "redirect:/returned";
    }
}
