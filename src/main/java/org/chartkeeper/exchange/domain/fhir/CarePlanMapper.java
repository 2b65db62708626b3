package org.chartkeeper.exchange.domain.fhir;

import java.util.ArrayList;
import java.util.List;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;

/** CarePlan with its activities. */
final class CarePlanMapper implements EntryMapper {

    @Override
    public String type() {
        return "CarePlan";
    }

    @Override
    public Mapping.Mapped map(Element resource, Mapping mapping) {
        resource.required("subject");
        String status = resource.requiredText("status");
        Element period = resource.child("period");
        FhirTime from = period == null ? null : period.time("start", mapping.zone());
        FhirTime created = resource.time("created", mapping.zone());
        Element author = resource.child("author");
        Content content = new Content.CarePlanItem(
                "plan",
                code(resource),
                status,
                from == null ? null : from.text(),
                period == null ? null : mapping.when(period, "end"),
                activities(resource),
                note(resource));
        return new Mapping.Mapped(
                content,
                from != null ? from : created,
                mapping.references().stated(author != null ? author : resource.first("contributor")),
                created,
                !status.equals("draft"),
                status.equals("entered-in-error"));
    }

    private static @org.jspecify.annotations.Nullable String note(Element resource) {
        String description = resource.text("description");
        String notes = Codes.notes(resource);
        return description == null ? notes : notes == null ? description : description + "\n" + notes;
    }

    /** Its title; else the category that says most: one with words or a SNOMED CT code rather than "assess-plan". */
    private static Concept code(Element resource) {
        List<Concept> categories = new ArrayList<>();
        for (Element category : resource.children("category")) {
            Concept concept = Codes.concept(category);
            if (concept != null) {
                categories.add(concept);
            }
        }
        String title = resource.text("title");
        Concept best = null;
        for (Concept category : categories) {
            if (best == null || category.code(Concept.SNOMED) != null) {
                best = category;
            }
        }
        if (title != null) {
            return new Concept(title, best == null ? List.of() : best.codings());
        }
        return best == null ? Concept.of("Care plan") : best;
    }

    private static List<String> activities(Element resource) {
        List<String> activities = new ArrayList<>();
        for (Element activity : resource.children("activity")) {
            Element detail = activity.child("detail");
            String words = null;
            if (detail != null) {
                words = Codes.words(detail.child("code"));
                if (words == null) {
                    words = detail.text("description");
                }
                String status = detail.text("status");
                if (words != null && status != null) {
                    words = words + " (" + status + ")";
                }
            } else {
                Element reference = activity.child("reference");
                words = reference == null ? null : reference.text("display");
            }
            if (words != null) {
                activities.add(words);
            }
        }
        return activities;
    }
}
