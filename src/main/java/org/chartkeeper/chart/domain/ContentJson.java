package org.chartkeeper.chart.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Contents as canonical JSON and back. The key {@code type} tells which one it is. */
final class ContentJson {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private ContentJson() {}

    static String write(Content content) {
        CanonicalWriter json = new CanonicalWriter(400).open();
        switch (content) {
            case Content.Condition c ->
                type(
                                concept(
                                                json.text("abatement", c.abatement())
                                                        .text("clinicalStatus", c.clinicalStatus()),
                                                "code",
                                                c.code())
                                        .text("note", c.note())
                                        .text("onset", c.onset())
                                        .number("rank", c.rank())
                                        .text("severity", c.severity()),
                                content)
                        .text("verificationStatus", c.verificationStatus())
                        .flag("visitDiagnosis", c.visitDiagnosis());
            case Content.Allergy c -> {
                json.text("category", c.category())
                        .text("clinicalStatus", c.clinicalStatus())
                        .text("criticality", c.criticality())
                        .text("kind", c.kind())
                        .text("note", c.note())
                        .text("onset", c.onset());
                if (!c.reactions().isEmpty()) {
                    json.openList("reactions");
                    for (Content.Reaction reaction : c.reactions()) {
                        json.open()
                                .text("manifestation", reaction.manifestation())
                                .text("severity", reaction.severity())
                                .close();
                    }
                    json.closeList();
                }
                type(concept(json, "substance", c.substance()), content)
                        .text("verificationStatus", c.verificationStatus());
            }
            case Content.MedicationOrder c -> {
                json.text("authored", c.authored()).number("daysSupply", c.daysSupply());
                dosage(json, c.dosage()).text("end", c.end()).text("indication", c.indication());
                json.text(
                        "indicationOf",
                        c.indicationOf() == null ? null : c.indicationOf().entry());
                concept(json, "medication", c.medication())
                        .text("note", c.note())
                        .text("prescriber", c.prescriber())
                        .text("quantity", c.quantity())
                        .number("refills", c.refills())
                        .text(
                                "replaces",
                                c.replaces() == null ? null : c.replaces().entry())
                        .text("start", c.start())
                        .text("status", c.status())
                        .text("stopReason", c.stopReason());
                type(json, content);
            }
            case Content.MedicationStatement c -> {
                dosage(json, c.dosage()).text("end", c.end());
                concept(json, "medication", c.medication())
                        .text("note", c.note())
                        .text("start", c.start())
                        .text("status", c.status());
                type(json, content);
            }
            case Content.MedicationAdministration c -> {
                concept(dosage(json, c.dosage()), "medication", c.medication())
                        .text("note", c.note())
                        .text("reason", c.reason())
                        .text("status", c.status());
                type(json, content);
            }
            case Content.Order c -> {
                concept(json, "code", c.code())
                        .text("due", c.due())
                        .text("givenBy", c.givenBy())
                        .text("how", c.how())
                        .text("kind", c.kind())
                        .text("note", c.note())
                        .text("orderedAt", c.orderedAt())
                        .flag("readBack", c.readBack())
                        .text("status", c.status())
                        .text("takenBy", c.takenBy());
                type(json, content);
            }
            case Content.Observation c -> observation(json, c);
            case Content.DiagnosticReport c -> {
                concept(json.text("category", c.category()), "code", c.code())
                        .text("issued", c.issued())
                        .text("orderedBy", c.orderedBy())
                        .text("performer", c.performer());
                if (!c.results().isEmpty()) {
                    json.openList("results");
                    for (Content.EntryRef result : c.results()) {
                        json.item(result.entry());
                    }
                    json.closeList();
                }
                type(json.text("status", c.status()).text("text", c.text()), content);
            }
            case Content.Procedure c -> {
                concept(json.text("bodySite", c.bodySite()), "code", c.code())
                        .text("note", c.note())
                        .text("outcome", c.outcome())
                        .text("performedFrom", c.performedFrom())
                        .text("performedUntil", c.performedUntil())
                        .text("performer", c.performer())
                        .text("reason", c.reason())
                        .text("status", c.status());
                type(json, content);
            }
            case Content.Immunization c -> {
                json.text("dose", c.dose())
                        .text("doseNumber", c.doseNumber())
                        .text("expires", c.expires())
                        .flag("historical", c.historical())
                        .text("lot", c.lot())
                        .text("manufacturer", c.manufacturer())
                        .text("note", c.note())
                        .text("reasonNotDone", c.reasonNotDone())
                        .text("route", c.route())
                        .text("site", c.site())
                        .text("status", c.status());
                concept(type(json, content), "vaccine", c.vaccine());
            }
            case Content.Note c -> {
                json.text(
                        "addendumTo",
                        c.addendumTo() == null ? null : c.addendumTo().entry());
                concept(json, "heading", c.heading()).text("kind", c.kind());
                if (!c.passages().isEmpty()) {
                    json.openList("passages");
                    for (Content.Passage passage : c.passages()) {
                        json.open()
                                .text(
                                        "from",
                                        passage.from() == null
                                                ? null
                                                : passage.from().entry())
                                .text("origin", passage.origin())
                                .number("paragraphs", passage.paragraphs())
                                .close();
                    }
                    json.closeList();
                }
                json.text("status", c.status()).text("text", c.text());
                type(json, content);
            }
            case Content.Document c -> {
                directive(json.text("author", c.author()), c.directive());
                concept(json, "kind", c.kind())
                        .text("mediaType", c.mediaType())
                        .text("name", c.name())
                        .text("note", c.note())
                        .text("origin", c.origin())
                        .number("pages", c.pages())
                        .text("received", c.received())
                        .text("section", c.section())
                        .text("serviceDate", c.serviceDate())
                        .text("sha256", c.sha256())
                        .number("size", c.size());
                type(json, content).text("typeKey", c.typeKey());
            }
            case Content.CarePlanItem c -> {
                if (!c.activities().isEmpty()) {
                    json.openList("activities");
                    c.activities().forEach(json::item);
                    json.closeList();
                }
                concept(json, "code", c.code())
                        .text("from", c.from())
                        .text("kind", c.kind())
                        .text("note", c.note())
                        .text("status", c.status());
                type(json, content).text("until", c.until());
            }
        }
        return json.close().toString();
    }

    private static void observation(CanonicalWriter json, Content.Observation c) {
        json.text("absentReason", c.absentReason())
                .text("category", c.category())
                .text("circumstance", c.circumstance());
        concept(json, "code", c.code()).text("collected", c.collected());
        if (!c.components().isEmpty()) {
            json.openList("components");
            for (Content.Component component : c.components()) {
                concept(json.open(), "code", component.code()).text("interpretation", component.interpretation());
                value(json, component.value()).close();
            }
            json.closeList();
        }
        json.text("interpretation", c.interpretation())
                .text("note", c.note())
                .text("performer", c.performer())
                .text("referenceRange", c.referenceRange())
                .text("resulted", c.resulted())
                .text("specimen", c.specimen())
                .text("status", c.status());
        value(type(json, c), c.value());
    }

    private static CanonicalWriter type(CanonicalWriter json, Content content) {
        return json.text("type", content.type().key());
    }

    private static CanonicalWriter concept(CanonicalWriter json, String key, Concept concept) {
        json.open(key);
        return codings(json, concept.codings()).text("text", concept.text()).close();
    }

    private static CanonicalWriter codings(CanonicalWriter json, List<Concept.Coding> codings) {
        if (!codings.isEmpty()) {
            json.openList("codings");
            for (Concept.Coding coding : codings) {
                json.open()
                        .text("code", coding.code())
                        .text("display", coding.display())
                        .text("system", coding.system())
                        .close();
            }
            json.closeList();
        }
        return json;
    }

    private static CanonicalWriter dosage(CanonicalWriter json, Content.@Nullable Dosage dosage) {
        if (dosage != null) {
            json.open("dosage")
                    .flag("asNeeded", dosage.asNeeded())
                    .text("asNeededReason", dosage.asNeededReason())
                    .text("dose", dosage.dose())
                    .text("doseUnit", dosage.doseUnit())
                    .text("duration", dosage.duration())
                    .text("route", dosage.route())
                    .text("text", dosage.text())
                    .text("timing", dosage.timing())
                    .close();
        }
        return json;
    }

    private static void directive(CanonicalWriter json, Content.@Nullable Directive directive) {
        if (directive != null) {
            json.open("directive")
                    .text("concerns", directive.concerns())
                    .text("decision", directive.decision())
                    .text("kind", directive.kind())
                    .text("reason", directive.reason())
                    .text("revoked", directive.revoked())
                    .text("signedBy", directive.signedBy())
                    .text("validFrom", directive.validFrom())
                    .text("validUntil", directive.validUntil())
                    .text("witnessedBy", directive.witnessedBy())
                    .close();
        }
    }

    private static CanonicalWriter value(CanonicalWriter json, Content.@Nullable Value value) {
        if (value != null) {
            json.open("value").text("asTyped", value.asTyped());
            codings(json, value.codings())
                    .text("number", value.number())
                    .text("text", value.text())
                    .text("ucum", value.ucum())
                    .text("unit", value.unit())
                    .close();
        }
        return json;
    }

    /** @throws IllegalArgumentException where it is no content as written here */
    static Content read(String json) {
        JsonNode node = MAPPER.readTree(json);
        return switch (EntryType.ofKey(need(node, "type"))) {
            case CONDITION, VISIT_DIAGNOSIS ->
                new Content.Condition(
                        flag(node, "visitDiagnosis"),
                        concept(node, "code"),
                        need(node, "clinicalStatus"),
                        need(node, "verificationStatus"),
                        text(node, "severity"),
                        text(node, "onset"),
                        text(node, "abatement"),
                        number(node, "rank"),
                        text(node, "note"));
            case ALLERGY ->
                new Content.Allergy(
                        need(node, "kind"),
                        text(node, "category"),
                        concept(node, "substance"),
                        need(node, "clinicalStatus"),
                        need(node, "verificationStatus"),
                        text(node, "criticality"),
                        list(
                                node,
                                "reactions",
                                item -> new Content.Reaction(need(item, "manifestation"), text(item, "severity"))),
                        text(node, "onset"),
                        text(node, "note"));
            case MEDICATION_ORDER ->
                new Content.MedicationOrder(
                        concept(node, "medication"),
                        need(node, "status"),
                        dosage(node),
                        text(node, "quantity"),
                        number(node, "refills"),
                        number(node, "daysSupply"),
                        text(node, "indication"),
                        ref(node, "indicationOf"),
                        text(node, "authored"),
                        text(node, "start"),
                        text(node, "end"),
                        text(node, "stopReason"),
                        ref(node, "replaces"),
                        text(node, "prescriber"),
                        text(node, "note"));
            case MEDICATION_STATEMENT ->
                new Content.MedicationStatement(
                        concept(node, "medication"),
                        need(node, "status"),
                        dosage(node),
                        text(node, "start"),
                        text(node, "end"),
                        text(node, "note"));
            case MEDICATION_ADMINISTRATION ->
                new Content.MedicationAdministration(
                        concept(node, "medication"),
                        need(node, "status"),
                        dosage(node),
                        text(node, "reason"),
                        text(node, "note"));
            case ORDER ->
                new Content.Order(
                        need(node, "kind"),
                        concept(node, "code"),
                        need(node, "status"),
                        need(node, "how"),
                        text(node, "givenBy"),
                        text(node, "takenBy"),
                        node.has("readBack") ? (Boolean) flag(node, "readBack") : null,
                        text(node, "orderedAt"),
                        text(node, "due"),
                        text(node, "note"));
            case OBSERVATION ->
                new Content.Observation(
                        need(node, "category"),
                        concept(node, "code"),
                        value(node),
                        list(
                                node,
                                "components",
                                item -> new Content.Component(
                                        concept(item, "code"), value(item), text(item, "interpretation"))),
                        need(node, "status"),
                        text(node, "interpretation"),
                        text(node, "referenceRange"),
                        text(node, "performer"),
                        text(node, "specimen"),
                        text(node, "collected"),
                        text(node, "resulted"),
                        text(node, "circumstance"),
                        text(node, "absentReason"),
                        text(node, "note"));
            case DIAGNOSTIC_REPORT ->
                new Content.DiagnosticReport(
                        concept(node, "code"),
                        need(node, "status"),
                        text(node, "category"),
                        text(node, "orderedBy"),
                        text(node, "performer"),
                        text(node, "issued"),
                        text(node, "text"),
                        list(node, "results", item -> new Content.EntryRef(item.asString())));
            case PROCEDURE ->
                new Content.Procedure(
                        concept(node, "code"),
                        need(node, "status"),
                        text(node, "performedFrom"),
                        text(node, "performedUntil"),
                        text(node, "performer"),
                        text(node, "bodySite"),
                        text(node, "reason"),
                        text(node, "outcome"),
                        text(node, "note"));
            case IMMUNIZATION ->
                new Content.Immunization(
                        concept(node, "vaccine"),
                        need(node, "status"),
                        flag(node, "historical"),
                        text(node, "lot"),
                        text(node, "manufacturer"),
                        text(node, "expires"),
                        text(node, "site"),
                        text(node, "route"),
                        text(node, "dose"),
                        text(node, "doseNumber"),
                        text(node, "reasonNotDone"),
                        text(node, "note"));
            case NOTE ->
                new Content.Note(
                        need(node, "kind"),
                        concept(node, "heading"),
                        need(node, "status"),
                        need(node, "text"),
                        ref(node, "addendumTo"),
                        list(
                                node,
                                "passages",
                                item -> new Content.Passage(
                                        Objects.requireNonNull(number(item, "paragraphs")),
                                        need(item, "origin"),
                                        ref(item, "from"))));
            case DOCUMENT ->
                new Content.Document(
                        concept(node, "kind"),
                        need(node, "name"),
                        need(node, "mediaType"),
                        need(node, "sha256"),
                        node.path("size").asLong(),
                        text(node, "serviceDate"),
                        text(node, "author"),
                        text(node, "origin"),
                        text(node, "note"),
                        text(node, "typeKey"),
                        text(node, "section"),
                        text(node, "received"),
                        number(node, "pages"),
                        directive(node));
            case CARE_PLAN_ITEM ->
                new Content.CarePlanItem(
                        need(node, "kind"),
                        concept(node, "code"),
                        need(node, "status"),
                        text(node, "from"),
                        text(node, "until"),
                        list(node, "activities", JsonNode::asString),
                        text(node, "note"));
        };
    }

    private static @Nullable String text(JsonNode node, String key) {
        JsonNode value = node.get(key);
        return value == null ? null : value.asString();
    }

    private static String need(JsonNode node, String key) {
        String value = text(node, key);
        if (value == null) {
            throw new IllegalArgumentException("content without " + key);
        }
        return value;
    }

    private static boolean flag(JsonNode node, String key) {
        return node.path(key).asBoolean(false);
    }

    private static @Nullable Integer number(JsonNode node, String key) {
        JsonNode value = node.get(key);
        return value == null ? null : (Integer) value.asInt();
    }

    private static Content.@Nullable EntryRef ref(JsonNode node, String key) {
        String value = text(node, key);
        return value == null ? null : new Content.EntryRef(value);
    }

    private static Concept concept(JsonNode node, String key) {
        JsonNode value = node.path(key);
        return new Concept(need(value, "text"), codings(value));
    }

    private static List<Concept.Coding> codings(JsonNode node) {
        return list(
                node,
                "codings",
                item -> new Concept.Coding(need(item, "system"), need(item, "code"), text(item, "display")));
    }

    private static Content.@Nullable Dosage dosage(JsonNode node) {
        JsonNode value = node.get("dosage");
        return value == null
                ? null
                : new Content.Dosage(
                        need(value, "text"),
                        text(value, "dose"),
                        text(value, "doseUnit"),
                        text(value, "route"),
                        text(value, "timing"),
                        flag(value, "asNeeded"),
                        text(value, "asNeededReason"),
                        text(value, "duration"));
    }

    private static Content.@Nullable Directive directive(JsonNode node) {
        JsonNode value = node.get("directive");
        return value == null
                ? null
                : new Content.Directive(
                        need(value, "kind"),
                        need(value, "decision"),
                        text(value, "concerns"),
                        text(value, "reason"),
                        text(value, "signedBy"),
                        text(value, "witnessedBy"),
                        text(value, "validFrom"),
                        text(value, "validUntil"),
                        text(value, "revoked"));
    }

    private static Content.@Nullable Value value(JsonNode node) {
        JsonNode value = node.get("value");
        return value == null
                ? null
                : new Content.Value(
                        text(value, "number"),
                        text(value, "unit"),
                        text(value, "ucum"),
                        text(value, "text"),
                        text(value, "asTyped"),
                        codings(value));
    }

    private static <T> List<T> list(JsonNode node, String key, Function<JsonNode, T> read) {
        JsonNode items = node.get(key);
        if (items == null) {
            return List.of();
        }
        List<T> found = new ArrayList<>(items.size());
        for (JsonNode item : items) {
            found.add(read.apply(item));
        }
        return List.copyOf(found);
    }
}
