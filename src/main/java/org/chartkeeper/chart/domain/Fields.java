package org.chartkeeper.chart.domain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.VersionView;
import org.jspecify.annotations.Nullable;

/** A content as fields in the words of the pages, to compare two versions. */
final class Fields {

    private static final Map<String, String> SYSTEMS = Map.of(
            Concept.ICD10CM, "ICD-10-CM",
            Concept.SNOMED, "SNOMED CT",
            Concept.LOINC, "LOINC",
            Concept.RXNORM, "RxNorm",
            Concept.CVX, "CVX");

    private final Map<String, String> values = new LinkedHashMap<>();

    private Fields() {}

    /** What differs, field by field, in the order of the fields. */
    static List<VersionView.Difference> differences(Content was, Content now) {
        Map<String, String> before = of(was);
        Map<String, String> after = of(now);
        Set<String> names = new LinkedHashSet<>(before.keySet());
        names.addAll(after.keySet());
        List<VersionView.Difference> found = new ArrayList<>();
        for (String name : names) {
            if (!Objects.equals(before.get(name), after.get(name))) {
                found.add(new VersionView.Difference(name, before.get(name), after.get(name)));
            }
        }
        return found;
    }

    static Map<String, String> of(Content content) {
        Fields fields = new Fields();
        switch (content) {
            case Content.Condition c ->
                fields.concept("Diagnosis", c.code())
                        .add("Status", c.clinicalStatus())
                        .add("Certainty", c.verificationStatus())
                        .add("Severity", c.severity())
                        .add("Onset", c.onset())
                        .add("Ended", c.abatement())
                        .add("Rank", c.rank())
                        .add("Note", c.note());
            case Content.Allergy c ->
                fields.concept("Substance", c.substance())
                        .add("Kind", c.kind())
                        .add("Category", c.category())
                        .add("Status", c.clinicalStatus())
                        .add("Certainty", c.verificationStatus())
                        .add("Criticality", c.criticality())
                        .add("Reactions", reactions(c.reactions()))
                        .add("Onset", c.onset())
                        .add("Note", c.note());
            case Content.MedicationOrder c ->
                fields.concept("Drug", c.medication())
                        .add("Status", c.status())
                        .dosage(c.dosage())
                        .add("Quantity", c.quantity())
                        .add("Refills", c.refills())
                        .add("Days' supply", c.daysSupply())
                        .add("For", c.indication())
                        .add("Ordered", c.authored())
                        .add("Start", c.start())
                        .add("End", c.end())
                        .add("Stop reason", c.stopReason())
                        .add("Prescriber", c.prescriber())
                        .add("Note", c.note());
            case Content.MedicationStatement c ->
                fields.concept("Drug", c.medication())
                        .add("Status", c.status())
                        .dosage(c.dosage())
                        .add("Start", c.start())
                        .add("End", c.end())
                        .add("Note", c.note());
            case Content.MedicationAdministration c ->
                fields.concept("Drug", c.medication())
                        .add("Status", c.status())
                        .dosage(c.dosage())
                        .add("Reason", c.reason())
                        .add("Note", c.note());
            case Content.Order c ->
                fields.concept("Order", c.code())
                        .add("Kind", c.kind())
                        .add("Status", c.status())
                        .add("Given", c.how())
                        .add("Given by", c.givenBy())
                        .add("Taken by", c.takenBy())
                        .add("Read back", c.readBack() == null ? null : c.readBack() ? "yes" : "no")
                        .add("Ordered", c.orderedAt())
                        .add("Due", c.due())
                        .add("Note", c.note());
            case Content.Observation c -> observation(fields, c);
            case Content.DiagnosticReport c ->
                fields.concept("Report", c.code())
                        .add("Status", c.status())
                        .add("Category", c.category())
                        .add("Ordered by", c.orderedBy())
                        .add("Performed by", c.performer())
                        .add("Issued", c.issued())
                        .add("Text", c.text())
                        .add(
                                "Results",
                                c.results().isEmpty() ? null : c.results().size());
            case Content.Procedure c ->
                fields.concept("Procedure", c.code())
                        .add("Status", c.status())
                        .add("From", c.performedFrom())
                        .add("Until", c.performedUntil())
                        .add("Performed by", c.performer())
                        .add("Body site", c.bodySite())
                        .add("Reason", c.reason())
                        .add("Outcome", c.outcome())
                        .add("Note", c.note());
            case Content.Immunization c ->
                fields.concept("Vaccine", c.vaccine())
                        .add("Status", c.status())
                        .add("Source", c.historical() ? "historical" : "given here")
                        .add("Lot", c.lot())
                        .add("Manufacturer", c.manufacturer())
                        .add("Expires", c.expires())
                        .add("Site", c.site())
                        .add("Route", c.route())
                        .add("Dose", c.dose())
                        .add("Dose number", c.doseNumber())
                        .add("Reason not given", c.reasonNotDone())
                        .add("Note", c.note());
            case Content.Note c ->
                fields.concept("Note", c.heading())
                        .add("Kind", c.kind())
                        .add("Status", c.status())
                        .add("Text", c.text());
            case Content.Document c -> {
                fields.concept("Document type", c.kind())
                        .add("Name", c.name())
                        .add("Format", c.mediaType())
                        .add("Content", c.sha256())
                        .add("Service date", c.serviceDate())
                        .add("Author", c.author())
                        .add("Origin", c.origin())
                        .add("Received", c.received())
                        .add("Pages", c.pages())
                        .add("Note", c.note());
                directive(fields, c.directive());
            }
            case Content.CarePlanItem c ->
                fields.concept("Care plan", c.code())
                        .add("Kind", c.kind())
                        .add("Status", c.status())
                        .add("From", c.from())
                        .add("Until", c.until())
                        .add("Activities", c.activities().isEmpty() ? null : String.join("; ", c.activities()))
                        .add("Note", c.note());
        }
        return fields.values;
    }

    private static void directive(Fields fields, Content.@Nullable Directive directive) {
        if (directive != null) {
            fields.add("Consent or directive", directive.kind().replace('-', ' '))
                    .add("Decision", directive.decision().replace('-', ' '))
                    .add("Concerns", directive.concerns())
                    .add("Why not obtained", directive.reason())
                    .add("Signed by", directive.signedBy())
                    .add("Witnessed by", directive.witnessedBy())
                    .add("Valid from", directive.validFrom())
                    .add("Valid until", directive.validUntil())
                    .add("Revoked", directive.revoked());
        }
    }

    private static void observation(Fields fields, Content.Observation c) {
        fields.concept("Observation", c.code()).value("Value", c.value()).add("Interpretation", c.interpretation());
        for (Content.Component component : c.components()) {
            fields.value(component.code().text(), component.value());
        }
        fields.add("Status", c.status())
                .add("Category", c.category())
                .add("Reference range", c.referenceRange())
                .add("Performed by", c.performer())
                .add("Specimen", c.specimen())
                .add("Collected", c.collected())
                .add("Resulted", c.resulted())
                .add("Circumstance", c.circumstance())
                .add("No value because", c.absentReason())
                .add("Note", c.note());
    }

    private Fields add(String name, @Nullable Object value) {
        if (value != null && !value.toString().isEmpty()) {
            values.put(name, value.toString());
        }
        return this;
    }

    private Fields concept(String name, Concept concept) {
        add(name, concept.text());
        return add(
                "Code",
                concept.codings().stream()
                        .map(coding ->
                                coding.code() + " (" + SYSTEMS.getOrDefault(coding.system(), coding.system()) + ")")
                        .collect(Collectors.joining(", ")));
    }

    private Fields dosage(Content.@Nullable Dosage dosage) {
        if (dosage == null) {
            return this;
        }
        String dose = dosage.dose() == null
                ? null
                : dosage.doseUnit() == null ? dosage.dose() : dosage.dose() + " " + dosage.doseUnit();
        String needed = dosage.asNeededReason() == null ? "yes" : "yes, " + dosage.asNeededReason();
        return add("Directions", dosage.text())
                .add("Dose", dose)
                .add("Route", dosage.route())
                .add("Timing", dosage.timing())
                .add("As needed", dosage.asNeeded() ? needed : null)
                .add("Duration", dosage.duration());
    }

    private Fields value(String name, Content.@Nullable Value value) {
        return add(name, value == null ? null : value.display());
    }

    private static @Nullable String reactions(List<Content.Reaction> reactions) {
        return reactions.isEmpty()
                ? null
                : reactions.stream()
                        .map(reaction -> reaction.severity() == null
                                ? reaction.manifestation()
                                : reaction.manifestation() + " (" + reaction.severity() + ")")
                        .collect(Collectors.joining(", "));
    }
}
