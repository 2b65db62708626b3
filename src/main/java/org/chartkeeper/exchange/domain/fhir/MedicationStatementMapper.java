package org.chartkeeper.exchange.domain.fhir;

import org.chartkeeper.chart.Content;

/** MedicationStatement: what the patient takes, as reported. */
final class MedicationStatementMapper implements EntryMapper {

    @Override
    public String type() {
        return "MedicationStatement";
    }

    @Override
    public Mapping.Mapped map(Element resource, Mapping mapping) {
        resource.required("subject");
        String status = resource.text("status", "unknown");
        Element period = resource.child("effectivePeriod");
        FhirTime start = mapping.firstTime(resource, "effectiveDateTime", "effectivePeriod");
        FhirTime asserted = resource.time("dateAsserted", mapping.zone());
        Content content = new Content.MedicationStatement(
                mapping.references().medication(resource),
                switch (status) {
                    case "active", "intended" -> "active";
                    case "stopped", "on-hold" -> "stopped";
                    case "completed" -> "completed";
                    case "not-taken" -> "not-taken";
                    default -> "unknown";
                },
                Dosages.of(resource.children("dosage")),
                start == null ? null : start.text(),
                period == null ? null : mapping.when(period, "end"),
                Codes.notes(resource));
        return new Mapping.Mapped(
                content,
                start != null ? start : asserted,
                mapping.references().stated(resource.child("informationSource")),
                asserted,
                true,
                status.equals("entered-in-error"));
    }

    @Override
    public @org.jspecify.annotations.Nullable Element encounter(Element resource) {
        return resource.child("context");
    }
}
