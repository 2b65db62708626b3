package org.chartkeeper.web;

import java.util.List;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The first page after signing in: what is due. */
@Controller
class HomeController {

    private final CurrentActor current;
    private final Desk desk;
    private final Rail rail;
    private final Shells shells;

    HomeController(CurrentActor current, Desk desk, Rail rail, Shells shells) {
        this.current = current;
        this.desk = desk;
        this.rail = rail;
        this.shells = shells;
    }

    @GetMapping("/")
    @Requires(Permission.SIGNED_IN)
    String home(Model model) {
        Actor actor = current.get();
        List<Desk.Card> cards = desk.cards(actor);
        model.addAttribute("cards", cards);
        model.addAttribute("summary", desk.summary(cards, shells.zone()));
        model.addAttribute(
                "links",
                rail.entries(actor).stream()
                        .filter(entry -> !entry.path().equals("/"))
                        .toList());
        return "web/home";
    }
}
