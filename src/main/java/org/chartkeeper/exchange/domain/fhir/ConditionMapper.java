package org.chartkeeper.exchange.domain.fhir;

import java.util.Objects;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.jspecify.annotations.Nullable;

/**
 * Condition. One that has a clinical status lives on and becomes a problem, whatever list its source keeps it on; an
 * encounter diagnosis without one is the snapshot of its visit.
 */
final class ConditionMapper implements EntryMapper {

    @Override
    public String type() {
        return "Condition";
    }

    @Override
    public Mapping.Mapped map(Element resource, Mapping mapping) {
        resource.required("subject");
        String clinical = Codes.code(resource.child("clinicalStatus"));
        String verification = Objects.requireNonNullElse(Codes.code(resource.child("verificationStatus")), "confirmed");
        boolean diagnosis = clinical == null && Codes.any(resource.children("category"), "encounter-diagnosis");
        String abatement = ended(resource, mapping);
        FhirTime onset = mapping.firstTime(resource, "onsetDateTime", "onsetPeriod");
        FhirTime recorded = resource.time("recordedDate", mapping.zone());
        Concept code = Codes.concept(resource.child("code"));
        Content content = new Content.Condition(
                diagnosis,
                code == null ? Concept.of("Condition without a code") : code,
                clinical(clinical, abatement),
                switch (verification) {
                    case "unconfirmed", "provisional", "differential", "confirmed", "refuted" -> verification;
                    default -> "unconfirmed";
                },
                Codes.words(resource.child("severity")),
                onset != null ? onset.text() : resource.text("onsetString"),
                abatement,
                null,
                Codes.notes(resource));
        Element by = resource.child("recorder");
        return new Mapping.Mapped(
                content,
                onset != null ? onset : recorded,
                mapping.references().stated(by != null ? by : resource.child("asserter")),
                recorded,
                true,
                verification.equals("entered-in-error"));
    }

    private static @Nullable String ended(Element resource, Mapping mapping) {
        FhirTime time = mapping.firstTime(resource, "abatementDateTime", "abatementPeriod");
        return time != null ? time.text() : resource.text("abatementString");
    }

    private static String clinical(@Nullable String code, @Nullable String abatement) {
        return switch (code == null ? "" : code) {
            case "active", "recurrence", "relapse", "inactive", "remission", "resolved" -> Objects.requireNonNull(code);
            default -> abatement == null ? "active" : "resolved";
        };
    }
}
