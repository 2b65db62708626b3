package org.chartkeeper.access.web;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Time zones to choose from: those of the United States by their usual names first, then all others. */
final class Zones {

    private static final List<Option> UNITED_STATES = List.of(
            new Option("America/New_York", "Eastern (New York)"),
            new Option("America/Chicago", "Central (Chicago)"),
            new Option("America/Denver", "Mountain (Denver)"),
            new Option("America/Phoenix", "Arizona (Phoenix)"),
            new Option("America/Los_Angeles", "Pacific (Los Angeles)"),
            new Option("America/Anchorage", "Alaska (Anchorage)"),
            new Option("Pacific/Honolulu", "Hawaii (Honolulu)"),
            new Option("America/Puerto_Rico", "Atlantic (Puerto Rico)"),
            new Option("Pacific/Guam", "Chamorro (Guam)"));

    private static final Map<String, String> NAMES =
            UNITED_STATES.stream().collect(java.util.stream.Collectors.toMap(Option::value, Option::label));

    private Zones() {}

    static List<Option> all() {
        Set<String> others = new TreeSet<>(java.time.ZoneId.getAvailableZoneIds());
        others.removeIf(zone -> !zone.contains("/") || zone.startsWith("SystemV/") || NAMES.containsKey(zone));
        return Stream.concat(UNITED_STATES.stream(), others.stream().map(zone -> new Option(zone, zone)))
                .toList();
    }

    static String name(String zone) {
        return NAMES.getOrDefault(zone, zone);
    }
}
