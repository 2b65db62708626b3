package org.chartkeeper.exchange.domain.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.chartkeeper.chart.Content;
import org.jspecify.annotations.Nullable;

/** Observation with its components. */
final class ObservationMapper implements EntryMapper {

    @Override
    public String type() {
        return "Observation";
    }

    @Override
    public Mapping.Mapped map(Element resource, Mapping mapping) {
        String status = resource.requiredText("status");
        List<Content.Component> components = new ArrayList<>();
        for (Element component : resource.children("component")) {
            components.add(new Content.Component(
                    Codes.required(component, "code"),
                    Values.of(component, mapping),
                    Values.interpretation(component)));
        }
        FhirTime effective = mapping.firstTime(resource, "effectiveDateTime", "effectiveInstant", "effectivePeriod");
        FhirTime issued = resource.time("issued", mapping.zone());
        Element performer = resource.first("performer");
        Element specimen = resource.child("specimen");
        Content content = new Content.Observation(
                category(resource),
                Codes.required(resource, "code"),
                Values.of(resource, mapping),
                components,
                status(status),
                Values.interpretation(resource),
                Values.range(resource),
                mapping.references().name(performer),
                specimen == null ? null : specimen.text("display"),
                effective == null ? null : effective.text(),
                issued == null ? null : issued.text(),
                circumstance(resource),
                Codes.words(resource.child("dataAbsentReason")),
                Codes.notes(resource));
        return new Mapping.Mapped(
                content,
                effective != null ? effective : issued,
                mapping.references().stated(performer),
                issued,
                isFinal(status),
                status.equals("entered-in-error"));
    }

    static String status(String status) {
        return switch (status) {
            case "registered", "partial", "preliminary" -> "preliminary";
            case "final", "amended", "corrected", "cancelled" -> status;
            case "appended" -> "amended";
            default -> "unknown";
        };
    }

    static boolean isFinal(String status) {
        return switch (status) {
            case "registered", "partial", "preliminary" -> false;
            default -> true;
        };
    }

    private static String category(Element resource) {
        for (Element category : resource.children("category")) {
            for (Element coding : category.children("coding")) {
                String code = coding.text("code", "");
                switch (code) {
                    case "vital-signs", "laboratory", "social-history", "survey", "imaging", "exam" -> {
                        return code;
                    }
                    default -> {
                        // one that the chart does not know; another may stand beside it
                    }
                }
            }
        }
        return "other";
    }

    private static @Nullable String circumstance(Element resource) {
        List<String> parts = new ArrayList<>();
        for (String part : List.of("bodySite", "method")) {
            String words = Codes.words(resource.child(part));
            if (words != null) {
                parts.add(Objects.requireNonNull(words));
            }
        }
        return parts.isEmpty() ? null : String.join(", ", parts);
    }
}
