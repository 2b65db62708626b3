package org.chartkeeper.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.chartkeeper.access.Directory;
import org.chartkeeper.access.Directory.Facility;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.NavigationEntry;
import org.chartkeeper.platform.NavigationEntry.Count;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/** The frame around one page: {@code #shell} in templates. Reads nothing before it is asked. */
final class Shell {

    private final @Nullable Actor actor;
    private final ObjectProvider<Directory> directory;
    private final ObjectProvider<Rail> rail;
    private final ObjectProvider<SavedViews> views;
    private final String path;
    private final boolean wrong;
    private Rail.@Nullable Kept kept;

    Shell(
            @Nullable Actor actor,
            ObjectProvider<Directory> directory,
            ObjectProvider<Rail> rail,
            ObjectProvider<SavedViews> views,
            @Nullable String path,
            boolean wrong) {
        this.actor = actor;
        this.directory = directory;
        this.rail = rail;
        this.views = views;
        this.path = path == null ? "/" : path;
        this.wrong = wrong;
    }

    public boolean isSignedIn() {
        return actor != null;
    }

    /** Who is signed in, so that a page that stood open can tell whether it still is the same person; empty for nobody. */
    public String getUser() {
        return actor == null ? "" : actor.user().toString();
    }

    /** The text of the browser's tab. A page with errors says so first, as assistive technology reads it first. */
    public String title(@Nullable String title) {
        String text = title == null || title.isBlank() ? "Chartkeeper" : title + " · Chartkeeper";
        return wrong ? "Error: " + text : text;
    }

    /** "Dana Reyes · Records specialist"; an account with several roles shows the first and how many more. */
    public String getWho() {
        if (actor == null) {
            return "";
        }
        List<String> roles = actor.roles().stream().map(Shell::words).sorted().toList();
        return switch (roles.size()) {
            case 0 -> actor.name();
            case 1 -> actor.name() + " · " + roles.getFirst();
            default -> actor.name() + " · " + roles.getFirst() + " +" + (roles.size() - 1);
        };
    }

    private static String words(String key) {
        String words = key.replace('-', ' ').replace('_', ' ');
        return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    public String getFacilityName() {
        return facilities().stream()
                .filter(Place::current)
                .map(Place::name)
                .findFirst()
                .orElse("No facility");
    }

    /** The facilities where this person may work, by name. */
    public List<Place> getFacilities() {
        return facilities();
    }

    private List<Place> facilities() {
        Directory places = directory.getIfAvailable();
        if (actor == null || places == null) {
            return List.of();
        }
        Actor reader = actor;
        return places.facilities().stream()
                .filter(facility -> reader.facilities().contains(facility.id()))
                .sorted(Comparator.comparing(Facility::name))
                .map(facility -> new Place(
                        facility.id().toString(), facility.name(), facility.id().equals(reader.facility())))
                .toList();
    }

    /** The rail: groups in the order of their first link. */
    public List<Group> getGroups() {
        Rail all = rail.getIfAvailable();
        if (actor == null || all == null) {
            return List.of();
        }
        List<NavigationEntry> entries = all.entries(actor);
        Optional<String> here = entries.stream()
                .map(NavigationEntry::path)
                .filter(this::covers)
                .max(Comparator.comparingInt(String::length));
        Map<String, Count> counts = kept().counts();
        return entries.stream()
                .collect(Collectors.groupingBy(NavigationEntry::group, LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(group -> new Group(
                        group.getKey(),
                        group.getValue().stream()
                                .map(entry -> link(entry, here.orElse(null), counts.get(entry.path())))
                                .toList()))
                .toList();
    }

    private static Link link(NavigationEntry entry, @Nullable String here, @Nullable Count count) {
        boolean current = entry.path().equals(here);
        return count == null || count.number() == 0
                ? new Link(entry.label(), entry.path(), null, false, current)
                : new Link(entry.label(), entry.path(), count.toString(), count.late(), current);
    }

    /** Whether this page lies under a link of the rail: a chart under Patients, an update under Visit updates. */
    private boolean covers(String link) {
        if (link.equals("/visits/updates") && path.startsWith("/patients/") && path.endsWith("/update")) {
            // Longest path wins, and the path of an update begins like that of a chart.
            return true;
        }
        return path.equals(link) || !link.equals("/") && path.startsWith(link + "/");
    }

    public String getTheme() {
        return kept().preferences().theme();
    }

    public String getDensity() {
        return kept().preferences().density();
    }

    public boolean isShortcuts() {
        return kept().preferences().shortcuts();
    }

    /** The help page of this page. */
    public String getHelp() {
        return HelpPages.forPath(path);
    }

    /** The id that a bound field gets: its name without brackets, as the template engine makes it. */
    public String id(String field) {
        return field.replace("[", "").replace("]", "");
    }

    /** What describes a field: its hint and its error; null where there is neither. */
    public @Nullable String described(String field, boolean hint, boolean error) {
        List<String> ids = new ArrayList<>();
        if (hint) {
            ids.add(id(field) + "-hint");
        }
        if (error) {
            ids.add(id(field) + "-error");
        }
        return ids.isEmpty() ? null : String.join(" ", ids);
    }

    /** The views that this person keeps of a list, for {@code fragments/views}; one statement. */
    public List<SavedView> views(String list) {
        SavedViews kept = views.getIfAvailable();
        return actor == null || kept == null ? List.of() : kept.of(actor, list);
    }

    private Rail.Kept kept() {
        if (kept == null) {
            Rail all = rail.getIfAvailable();
            kept = actor == null || all == null
                    ? new Rail.Kept(Instant.EPOCH, Map.of(), Preferences.DEFAULT)
                    : all.of(actor);
        }
        return kept;
    }

    /** A heading of the rail with its links. */
    record Group(String name, List<Link> links) {}

    /** A link of the rail; {@code count} is null where nothing waits. */
    record Link(String label, String path, @Nullable String count, boolean late, boolean current) {}

    /** A facility to work at. */
    record Place(String id, String name, boolean current) {}
}
