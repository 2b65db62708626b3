package org.chartkeeper.exchange.domain.fhir;

import org.chartkeeper.chart.Content;
import org.jspecify.annotations.Nullable;

/** MedicationAdministration: a drug that was given, or was not. */
final class MedicationAdministrationMapper implements EntryMapper {

    @Override
    public String type() {
        return "MedicationAdministration";
    }

    @Override
    public Mapping.Mapped map(Element resource, Mapping mapping) {
        resource.required("subject");
        String status = resource.text("status", "unknown");
        FhirTime given = mapping.firstTime(resource, "effectiveDateTime", "effectivePeriod");
        Element performer = resource.first("performer");
        String reason = Codes.joined(resource.children("reasonCode"));
        Element because = resource.first("reasonReference");
        if (reason == null && because != null) {
            reason = because.text("display");
        }
        if (reason == null) {
            reason = Codes.joined(resource.children("statusReason"));
        }
        Content content = new Content.MedicationAdministration(
                mapping.references().medication(resource),
                switch (status) {
                    case "completed", "not-done", "stopped", "in-progress" -> status;
                    case "on-hold" -> "in-progress";
                    default -> "unknown";
                },
                Dosages.given(resource.child("dosage")),
                reason,
                Codes.notes(resource));
        return new Mapping.Mapped(
                content,
                given,
                mapping.references().stated(performer == null ? null : performer.child("actor")),
                null,
                !status.equals("in-progress"),
                status.equals("entered-in-error"));
    }

    @Override
    public @Nullable Element encounter(Element resource) {
        return resource.child("context");
    }
}
