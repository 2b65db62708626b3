package org.chartkeeper.exchange.domain.fhir;

import java.util.Map;
import java.util.TreeSet;

/** Our sensitivity labels from a resource's security labels (HL7 v3 ActCode). */
final class Sensitivities {

    private static final Map<String, String> LABELS = Map.ofEntries(
            Map.entry("PSYTHPN", "psychotherapy"),
            Map.entry("42CFRPart2", "part2"),
            Map.entry("SUD", "part2"),
            Map.entry("ETH", "part2"),
            Map.entry("ETHUD", "part2"),
            Map.entry("OPIOIDUD", "part2"),
            Map.entry("PSY", "mental-health"),
            Map.entry("MH", "mental-health"),
            Map.entry("BH", "mental-health"),
            Map.entry("HIV", "hiv"),
            Map.entry("GDIS", "genetic"),
            Map.entry("SEX", "reproductive"));

    private Sensitivities() {}

    /** Labels in alphabetical order with a blank between; empty for none. */
    static String of(Element resource) {
        Element meta = resource.child("meta");
        if (meta == null || !meta.has("security")) {
            return "";
        }
        TreeSet<String> labels = new TreeSet<>();
        for (Element coding : meta.children("security")) {
            String label = LABELS.get(coding.text("code", ""));
            if (label != null) {
                labels.add(label);
            }
        }
        return String.join(" ", labels);
    }
}
