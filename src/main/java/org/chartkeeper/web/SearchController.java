package org.chartkeeper.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.SearchSource;
import org.chartkeeper.platform.SearchSource.Hit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The search palette and its page. What is searched for may be a name or a birth date and therefore travels in the body
 * of a POST, never in an address.
 */
@Controller
class SearchController {

    private static final int PER_SOURCE = 7;
    private static final int LONGEST = 200;
    private static final Map<String, String> OWN_PAGES = Map.of(
            "Account",
            "/account",
            "Preferences",
            "/account/preferences",
            "Help",
            "/help",
            "Keyboard",
            "/help/keyboard");

    private final CurrentActor current;
    private final ObjectProvider<SearchSource> sources;
    private final Rail rail;

    SearchController(CurrentActor current, ObjectProvider<SearchSource> sources, Rail rail) {
        this.current = current;
        this.sources = sources;
        this.rail = rail;
    }

    @GetMapping("/search")
    @Requires(Permission.SIGNED_IN)
    String page(Model model) {
        model.addAttribute("groups", List.of());
        model.addAttribute("asked", false);
        return "web/search";
    }

    @PostMapping("/search")
    @Requires(Permission.SIGNED_IN)
    String search(
            @RequestParam(defaultValue = "") String q,
            @RequestHeader(name = "X-Palette", required = false) String palette,
            Model model) {
        String query = q.strip();
        if (query.length() > LONGEST) {
            query = query.substring(0, LONGEST);
        }
        model.addAttribute("q", query);
        model.addAttribute("asked", !query.isEmpty());
        model.addAttribute("groups", groups(current.get(), query));
        return palette == null ? "web/search" : "web/search :: hits";
    }

    private List<Group> groups(Actor actor, String query) {
        List<Group> groups = new ArrayList<>();
        if (!query.isEmpty()) {
            sources.orderedStream()
                    .filter(source -> actor.may(source.permission()))
                    .map(source -> new Group(source.title(), source.search(actor, query, PER_SOURCE)))
                    .forEach(groups::add);
        }
        List<Hit> pages = pages(actor, query);
        // Who types the whole name of a page means the page; Enter opens what stands first.
        boolean named = pages.stream().anyMatch(page -> page.label().equalsIgnoreCase(query));
        groups.add(named ? 0 : groups.size(), new Group("Pages", pages));
        groups.removeIf(group -> group.hits().isEmpty());
        return groups;
    }

    /** Pages of the rail and of the help whose words begin with what was typed; all of the rail where nothing was. */
    private List<Hit> pages(Actor actor, String query) {
        Stream<Hit> links =
                rail.entries(actor).stream().map(entry -> new Hit(entry.label(), entry.group(), entry.path()));
        if (query.isEmpty()) {
            return links.toList();
        }
        Stream<Hit> own = OWN_PAGES.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(page -> new Hit(page.getKey(), "", page.getValue()));
        Stream<Hit> help = HelpPages.TITLES.entrySet().stream()
                .map(page -> new Hit(page.getValue(), "Help", "/help/" + page.getKey()));
        String wanted = query.toLowerCase(Locale.ROOT);
        return Stream.of(links, own, help)
                .flatMap(all -> all)
                .filter(hit -> (" " + hit.label().toLowerCase(Locale.ROOT)).contains(" " + wanted))
                .sorted(Comparator.comparing(
                        hit -> !hit.label().toLowerCase(Locale.ROOT).startsWith(wanted)))
                .limit(PER_SOURCE)
                .toList();
    }

    /** Hits of one kind. */
    record Group(String title, List<Hit> hits) {}
}
