package org.chartkeeper.exchange.domain.fhir;

import java.util.ArrayList;
import java.util.List;
import org.chartkeeper.chart.Content;
import org.jspecify.annotations.Nullable;

/** MedicationRequest: a prescription or other drug order. */
final class MedicationRequestMapper implements EntryMapper {

    private static final List<String> REQUEST = List.of("MedicationRequest");

    @Override
    public String type() {
        return "MedicationRequest";
    }

    @Override
    public Mapping.Mapped map(Element resource, Mapping mapping) {
        resource.required("subject");
        String status = resource.text("status", "unknown");
        FhirTime authored = resource.time("authoredOn", mapping.zone());
        Element dispense = resource.child("dispenseRequest");
        Element validity = dispense == null ? null : dispense.child("validityPeriod");
        Element quantity = dispense == null ? null : dispense.child("quantity");
        Element supply = dispense == null ? null : dispense.child("expectedSupplyDuration");
        Element requester = resource.child("requester");
        Content content = new Content.MedicationOrder(
                mapping.references().medication(resource),
                status(status),
                Dosages.of(resource.children("dosageInstruction")),
                quantity == null ? null : quantity(quantity),
                dispense == null ? null : dispense.whole("numberOfRepeatsAllowed"),
                supply == null ? null : days(supply),
                indication(resource),
                authored == null ? null : authored.text(),
                validity == null ? null : mapping.when(validity, "start"),
                validity == null ? null : mapping.when(validity, "end"),
                status.equals("completed") ? "completed" : null,
                mapping.references().entry(resource.child("priorPrescription"), REQUEST),
                mapping.references().name(requester),
                note(resource));
        return new Mapping.Mapped(
                content,
                authored,
                mapping.references().stated(requester != null ? requester : resource.child("recorder")),
                authored,
                !status.equals("draft"),
                status.equals("entered-in-error"));
    }

    private static String status(String status) {
        return switch (status) {
            case "active", "on-hold", "stopped", "completed", "cancelled", "draft" -> status;
            default -> "unknown";
        };
    }

    private static @Nullable String note(Element resource) {
        List<String> parts = new ArrayList<>();
        String notes = Codes.notes(resource);
        if (notes != null) {
            parts.add(notes);
        }
        String reason = Codes.words(resource.child("statusReason"));
        if (reason != null) {
            parts.add("Status: " + reason);
        }
        return parts.isEmpty() ? null : String.join("\n", parts);
    }

    private static @Nullable String indication(Element resource) {
        String coded = Codes.joined(resource.children("reasonCode"));
        if (coded != null) {
            return coded;
        }
        Element reason = resource.first("reasonReference");
        return reason == null ? null : reason.text("display");
    }

    private static @Nullable String quantity(Element quantity) {
        String value = quantity.decimal("value");
        String unit = quantity.text("unit");
        return value == null ? null : unit == null ? value : value + " " + unit;
    }

    private static @Nullable Integer days(Element duration) {
        String value = duration.decimal("value");
        String unit = duration.text("code", duration.text("unit", "d"));
        if (value == null) {
            return null;
        }
        int factor = switch (unit) {
            case "d", "day", "days" -> 1;
            case "wk", "week", "weeks" -> 7;
            default -> 0;
        };
        double days = Double.parseDouble(value) * factor;
        return factor == 0 || days > 100_000 ? null : (Integer) (int) Math.round(days);
    }
}
