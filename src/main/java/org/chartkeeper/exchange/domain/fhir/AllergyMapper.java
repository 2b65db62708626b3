package org.chartkeeper.exchange.domain.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;

/** AllergyIntolerance; the coded statement that none is known becomes that. */
final class AllergyMapper implements EntryMapper {

    /** SNOMED CT: no known allergy, no known drug, food and environmental allergy, latex left out. */
    private static final Set<String> NONE_KNOWN = Set.of("716186003", "409137002", "429625007", "428607008");

    @Override
    public String type() {
        return "AllergyIntolerance";
    }

    @Override
    public Mapping.Mapped map(Element resource, Mapping mapping) {
        resource.required("patient");
        Concept substance = Codes.concept(resource.child("code"));
        List<Content.Reaction> reactions = new ArrayList<>();
        for (Element reaction : resource.children("reaction")) {
            String words = Codes.joined(reaction.children("manifestation"));
            if (words == null) {
                words = reaction.text("description");
            }
            if (words != null) {
                reactions.add(new Content.Reaction(words, reaction.text("severity")));
            }
            if (substance == null) {
                substance = Codes.concept(reaction.child("substance"));
            }
        }
        if (substance == null) {
            substance = Concept.of("Substance not stated");
        }
        String verification =
                Objects.requireNonNullElse(Codes.code(resource.child("verificationStatus")), "unconfirmed");
        String clinical = Objects.requireNonNullElse(Codes.code(resource.child("clinicalStatus")), "active");
        List<String> categories = resource.texts("category");
        FhirTime onset = mapping.firstTime(resource, "onsetDateTime", "onsetPeriod");
        FhirTime recorded = resource.time("recordedDate", mapping.zone());
        Content content = new Content.Allergy(
                kind(resource, substance),
                categories.isEmpty() ? null : categories.get(0),
                substance,
                Set.of("active", "inactive", "resolved").contains(clinical) ? clinical : "active",
                Set.of("unconfirmed", "confirmed", "refuted").contains(verification) ? verification : "unconfirmed",
                resource.text("criticality"),
                reactions,
                onset != null ? onset.text() : resource.text("onsetString"),
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

    private static String kind(Element resource, Concept substance) {
        boolean none = substance.codings().stream()
                .anyMatch(coding -> coding.system().equals(Concept.SNOMED) && NONE_KNOWN.contains(coding.code()));
        return none ? "none-known" : "intolerance".equals(resource.text("type")) ? "intolerance" : "allergy";
    }
}
