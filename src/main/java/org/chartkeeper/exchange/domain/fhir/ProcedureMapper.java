package org.chartkeeper.exchange.domain.fhir;

import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.jspecify.annotations.Nullable;

/** Procedure. */
final class ProcedureMapper implements EntryMapper {

    @Override
    public String type() {
        return "Procedure";
    }

    @Override
    public Mapping.Mapped map(Element resource, Mapping mapping) {
        resource.required("subject");
        String status = resource.requiredText("status");
        FhirTime performed = mapping.firstTime(resource, "performedDateTime", "performedPeriod");
        Element period = resource.child("performedPeriod");
        Element performer = resource.first("performer");
        Element actor = performer == null ? null : performer.child("actor");
        Element by = actor != null ? actor : resource.child("recorder");
        Concept code = Codes.concept(resource.child("code"));
        Content content = new Content.Procedure(
                code == null ? Concept.of("Procedure without a code") : code,
                switch (status) {
                    case "completed", "not-done", "stopped", "in-progress" -> status;
                    case "preparation", "on-hold" -> "in-progress";
                    default -> "unknown";
                },
                performed == null ? resource.text("performedString") : performed.text(),
                period == null ? null : mapping.when(period, "end"),
                mapping.references().name(actor),
                Codes.joined(resource.children("bodySite")),
                reason(resource),
                Codes.words(resource.child("outcome")),
                Codes.notes(resource));
        return new Mapping.Mapped(
                content,
                performed,
                mapping.references().stated(by != null ? by : resource.child("asserter")),
                null,
                !status.equals("in-progress") && !status.equals("preparation"),
                status.equals("entered-in-error"));
    }

    private static @Nullable String reason(Element resource) {
        String coded = Codes.joined(resource.children("reasonCode"));
        Element reference = resource.first("reasonReference");
        return coded != null || reference == null ? coded : reference.text("display");
    }
}
