package org.chartkeeper.exchange.domain.fhir;

import org.chartkeeper.chart.Content;
import org.jspecify.annotations.Nullable;

/** Immunization. */
final class ImmunizationMapper implements EntryMapper {

    @Override
    public String type() {
        return "Immunization";
    }

    @Override
    public Mapping.Mapped map(Element resource, Mapping mapping) {
        resource.required("patient");
        String status = resource.requiredText("status");
        FhirTime given = resource.time("occurrenceDateTime", mapping.zone());
        FhirTime recorded = resource.time("recorded", mapping.zone());
        Element manufacturer = resource.child("manufacturer");
        Element dose = resource.child("doseQuantity");
        Element performer = resource.first("performer");
        Content content = new Content.Immunization(
                Codes.required(resource, "vaccineCode"),
                status.equals("not-done") ? "not-done" : "completed",
                Boolean.FALSE.equals(resource.flag("primarySource")),
                resource.text("lotNumber"),
                manufacturer == null ? null : manufacturer.text("display"),
                mapping.when(resource, "expirationDate"),
                Codes.words(resource.child("site")),
                Codes.words(resource.child("route")),
                dose == null ? null : amount(dose),
                doseNumber(resource.first("protocolApplied")),
                Codes.words(resource.child("statusReason")),
                note(resource));
        return new Mapping.Mapped(
                content,
                given != null ? given : recorded,
                mapping.references().stated(performer == null ? null : performer.child("actor")),
                recorded,
                true,
                status.equals("entered-in-error"));
    }

    private static @Nullable String note(Element resource) {
        String notes = Codes.notes(resource);
        String said = resource.text("occurrenceString");
        return said == null ? notes : notes == null ? "Given: " + said : "Given: " + said + "\n" + notes;
    }

    private static @Nullable String amount(Element dose) {
        String value = dose.decimal("value");
        return value == null ? null : (value + " " + dose.text("unit", dose.text("code", ""))).strip();
    }

    private static @Nullable String doseNumber(@Nullable Element protocol) {
        if (protocol == null) {
            return null;
        }
        Integer number = protocol.whole("doseNumberPositiveInt");
        return number != null ? number.toString() : protocol.text("doseNumberString");
    }
}
