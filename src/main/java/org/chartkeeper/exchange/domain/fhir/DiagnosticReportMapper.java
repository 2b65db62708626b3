package org.chartkeeper.exchange.domain.fhir;

import java.util.ArrayList;
import java.util.List;
import org.chartkeeper.chart.Content;
import org.jspecify.annotations.Nullable;

/** DiagnosticReport: its results by their entries, its text where it has one. */
final class DiagnosticReportMapper implements EntryMapper {

    private static final List<String> OBSERVATION = List.of("Observation");

    @Override
    public String type() {
        return "DiagnosticReport";
    }

    @Override
    public Mapping.Mapped map(Element resource, Mapping mapping) {
        String status = resource.requiredText("status");
        FhirTime effective = mapping.firstTime(resource, "effectiveDateTime", "effectivePeriod");
        FhirTime issued = resource.time("issued", mapping.zone());
        Element performer = resource.first("performer");
        Element interpreter = resource.first("resultsInterpreter");
        Content content = new Content.DiagnosticReport(
                Codes.required(resource, "code"),
                ObservationMapper.status(status),
                category(resource),
                null,
                mapping.references().name(performer),
                issued == null ? null : issued.text(),
                text(resource),
                mapping.references().entries(resource.children("result"), OBSERVATION));
        return new Mapping.Mapped(
                content,
                effective != null ? effective : issued,
                mapping.references().stated(interpreter != null ? interpreter : performer),
                issued,
                ObservationMapper.isFinal(status),
                status.equals("entered-in-error"));
    }

    private static @Nullable String category(Element resource) {
        Element first = resource.first("category");
        return Codes.words(first);
    }

    private static @Nullable String text(Element resource) {
        List<String> parts = new ArrayList<>();
        String conclusion = resource.text("conclusion");
        if (conclusion != null) {
            parts.add(conclusion);
        }
        for (Element form : resource.children("presentedForm")) {
            String text = Attachments.isText(form) ? Attachments.text(form) : null;
            if (text != null) {
                parts.add(text);
            } else if (form.has("data") || form.has("url")) {
                parts.add("[" + form.text("title", "Attachment") + ", " + Attachments.mediaType(form)
                        + ": in the source file]");
            }
        }
        return parts.isEmpty() ? null : String.join("\n\n", parts);
    }
}
