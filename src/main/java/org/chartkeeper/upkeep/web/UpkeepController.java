package org.chartkeeper.upkeep.web;

import org.chartkeeper.platform.NavigationEntry;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.upkeep.SystemState;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The state of the system, for whoever looks after it. */
@Controller
class UpkeepController {

    private final SystemState state;

    UpkeepController(SystemState state) {
        this.state = state;
    }

    @GetMapping("/upkeep")
    @Requires(Permission.SYSTEM_STATUS)
    String show(Model model) {
        model.addAttribute("report", state.read());
        return "upkeep/state";
    }

    @Bean
    static NavigationEntry upkeepLink() {
        return new NavigationEntry("Administration", "System", "/upkeep", 98, Permission.SYSTEM_STATUS, null);
    }
}
