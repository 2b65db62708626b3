package org.chartkeeper.exchange.domain.fhir;

import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.jspecify.annotations.Nullable;

/** ServiceRequest: an order that is no drug. */
final class ServiceRequestMapper implements EntryMapper {

    @Override
    public String type() {
        return "ServiceRequest";
    }

    @Override
    public Mapping.Mapped map(Element resource, Mapping mapping) {
        resource.required("subject");
        String status = resource.requiredText("status");
        FhirTime authored = resource.time("authoredOn", mapping.zone());
        FhirTime due = mapping.firstTime(resource, "occurrenceDateTime", "occurrencePeriod");
        Element requester = resource.child("requester");
        Concept code = Codes.concept(resource.child("code"));
        Content content = new Content.Order(
                kind(resource),
                code == null ? Concept.of("Order without a code") : code,
                switch (status) {
                    case "draft", "active", "on-hold", "completed", "revoked" -> status;
                    default -> "unknown";
                },
                "written",
                mapping.references().name(requester),
                null,
                null,
                authored == null ? null : authored.text(),
                due == null ? null : due.text(),
                note(resource));
        return new Mapping.Mapped(
                content,
                authored != null ? authored : due,
                mapping.references().stated(requester),
                authored,
                !status.equals("draft"),
                status.equals("entered-in-error"));
    }

    private static @Nullable String note(Element resource) {
        String notes = Codes.notes(resource);
        String instruction = resource.text("patientInstruction");
        return instruction == null ? notes : notes == null ? instruction : notes + "\n" + instruction;
    }

    /** By the SNOMED CT codes that FHIR's value set of categories has. */
    private static String kind(Element resource) {
        for (Element category : resource.children("category")) {
            for (Element coding : category.children("coding")) {
                switch (coding.text("code", "")) {
                    case "108252007", "laboratory" -> {
                        return "laboratory";
                    }
                    case "363679005", "imaging" -> {
                        return "imaging";
                    }
                    case "3457005", "306206005", "referral" -> {
                        return "referral";
                    }
                    case "9632001", "nursing" -> {
                        return "nursing";
                    }
                    default -> {
                        // another category may say it
                    }
                }
            }
        }
        return "procedure";
    }
}
