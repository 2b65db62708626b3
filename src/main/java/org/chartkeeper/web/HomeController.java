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
    private final DueCards due;
    private final Rail rail;
    private final Shells shells;

    HomeController(CurrentActor current, DueCards due, Rail rail, Shells shells) {
        this.current = current;
        this.due = due;
        this.rail = rail;
        this.shells = shells;
    }

    @GetMapping("/")
    @Requires(Permission.SIGNED_IN)
    String home(Model model) {
        Actor actor = current.get();
        List<DueCards.Card> cards = due.cards(actor);
        model.addAttribute("cards", cards);
        model.addAttribute("summary", due.summary(cards, shells.zone()));
        model.addAttribute(
                "links",
                rail.entries(actor).stream()
                        .filter(entry -> !entry.path().equals("/"))
                        .toList());
        return "web/home";
    }
}
