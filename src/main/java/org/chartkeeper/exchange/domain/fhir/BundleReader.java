package org.chartkeeper.exchange.domain.fhir;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a FHIR R4 bundle about one patient, of any type, or a single resource of the patient with others contained in it,
 * for reconciliation: problems, allergies, drugs, immunizations and laboratory results. It resolves what the bundle holds
 * itself and asks nobody else. What a source says was entered in error, and what it says that there is none of, becomes no
 * line.
 */
public final class BundleReader {

    /** Results that are laid side by side; older ones stay in the original. */
    public static final int RESULTS = 100;

    private static final int DEEPEST = 100;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .build();
    private static final Map<String, EntryMapper> MAPPERS = new LinkedHashMap<>();

    static {
        for (EntryMapper mapper : List.of(
                new ConditionMapper(),
                new AllergyMapper(),
                new MedicationRequestMapper(),
                new MedicationStatementMapper(),
                new ImmunizationMapper(),
                new ObservationMapper())) {
            MAPPERS.put(mapper.type(), mapper);
        }
    }

    private final ZoneId zone;
    private final Instant now;
    private final List<ObjectNode> resources = new ArrayList<>();
    private final Map<String, ObjectNode> byReference = new HashMap<>();
    private final List<Line> lines = new ArrayList<>();
    private final Map<String, Integer> left = new TreeMap<>();

    private BundleReader(ZoneId zone, Instant now) {
        this.zone = zone;
        this.now = now;
    }

    /**
     * What a bundle says.
     *
     * @param custodian who keeps the original, never empty
     * @param written when it was written, as ISO text; null where not said
     * @param birth ISO text
     * @param sex HL7's code: F, M, UN; null where not said
     * @param left what is not laid side by side, in words with its number
     */
    public record Bundle(
            String title,
            String custodian,
            @Nullable When written,
            String family,
            String given,
            @Nullable String birth,
            @Nullable String sex,
            List<Line> lines,
            List<String> left) {}

    /**
     * A statement.
     *
     * @param kind problem, allergy, medication, immunization or result
     * @param when it happened or began, null where not said
     */
    public record Line(
            String kind, Content content, @Nullable When when) {}

    /** A time with its precision: year, month, day, minute or second. {@code text} is ISO text of that precision. */
    public record When(String text, Instant at, String precision) {

        private static @Nullable When of(@Nullable FhirTime time) {
            return time == null ? null : new When(time.text(), time.at(), time.precision());
        }
    }

    /**
     * @param zone of dates and of moments without an offset
     * @throws Rejected where these bytes are no FHIR resource in JSON, or name no patient or more than one
     */
    public static Bundle read(byte[] content, ZoneId zone, Instant now) {
        try {
            return new BundleReader(zone, now).bundle(parse(content));
        } catch (WrongType wrong) {
            throw rejected("The bundle is not as FHIR R4 says: " + wrong.getMessage() + ".");
        }
    }

    private static Rejected rejected(String message) {
        return new Rejected(List.of(Problem.error("file", message)));
    }

    private static ObjectNode parse(byte[] content) {
        try {
            if (MAPPER.readTree(content) instanceof ObjectNode root
                    && root.path("resourceType").isString()) {
                return root;
            }
            throw rejected("The file is JSON, but no FHIR resource: nothing says what it is.");
        } catch (JacksonException broken) {
            String message = String.valueOf(broken.getOriginalMessage());
            throw rejected(
                    message.contains("nesting depth")
                            ? "The file is nested deeper than any record: it is not read."
                            : message.contains("Duplicate")
                                    ? "The file says one thing twice within a resource; which of them holds cannot be told."
                                    : "The file is no well-formed JSON: it may be cut off or damaged.");
        }
    }

    private Bundle bundle(ObjectNode root) {
        gather(root);
        List<ObjectNode> patients = ofType("Patient");
        if (patients.size() != 1) {
            throw rejected(
                    patients.isEmpty()
                            ? "The bundle names no patient."
                            : "The bundle is about " + patients.size()
                                    + " patients. Choose the part that is about this one.");
        }
        resources.forEach(this::read);
        limitResults();
        Element patient = Element.of(patients.get(0));
        Element name = name(patient);
        List<ObjectNode> compositions = ofType("Composition");
        Element composition = compositions.isEmpty() ? null : Element.of(compositions.get(0));
        String title = composition == null ? null : composition.text("title");
        return new Bundle(
                title == null ? "FHIR bundle" : title,
                custodian(composition),
                written(composition, root),
                name == null ? "" : name.text("family", ""),
                name == null || name.texts("given").isEmpty()
                        ? ""
                        : name.texts("given").get(0),
                patient.text("birthDate"),
                sex(patient.text("gender")),
                List.copyOf(lines),
                left.entrySet().stream()
                        .map(each -> each.getKey() + " (" + each.getValue() + ")")
                        .toList());
    }

    private void gather(ObjectNode root) {
        if (!"Bundle".equals(root.path("resourceType").asString(""))) {
            keep(root, null);
            for (JsonNode contained : root.path("contained")) {
                if (contained instanceof ObjectNode resource) {
                    keep(resource, null);
                }
            }
            return;
        }
        for (JsonNode entry : root.path("entry")) {
            if (entry.path("resource") instanceof ObjectNode resource) {
                JsonNode url = entry.path("fullUrl");
                keep(resource, url.isString() ? url.stringValue() : null);
            }
        }
    }

    private void keep(ObjectNode resource, @Nullable String url) {
        resources.add(resource);
        String type = resource.path("resourceType").asString("");
        String id = resource.path("id").asString("");
        if (!id.isEmpty()) {
            byReference.putIfAbsent(type + "/" + id, resource);
        }
        if (url != null) {
            byReference.putIfAbsent(url, resource);
        }
    }

    private List<ObjectNode> ofType(String type) {
        return resources.stream()
                .filter(resource -> type.equals(resource.path("resourceType").asString("")))
                .toList();
    }

    private @Nullable ObjectNode referred(JsonNode reference) {
        JsonNode to = reference.path("reference");
        return to.isString() ? byReference.get(to.stringValue()) : null;
    }

    /** The name in use, else the first. */
    private static @Nullable Element name(Element patient) {
        List<Element> names = patient.children("name");
        return names.stream()
                .filter(name -> "official".equals(name.text("use")))
                .findFirst()
                .orElse(names.isEmpty() ? null : names.get(0));
    }

    private static @Nullable String sex(@Nullable String gender) {
        return switch (gender == null ? "" : gender) {
            case "female" -> "F";
            case "male" -> "M";
            case "other" -> "UN";
            default -> null;
        };
    }

    private String custodian(@Nullable Element composition) {
        if (composition != null) {
            ObjectNode keeper = referred(composition.node().path("custodian"));
            String named = keeper == null ? null : Element.of(keeper).text("name");
            Element shown = composition.child("custodian");
            String display = shown == null ? null : shown.text("display");
            if (named != null || display != null) {
                return Objects.requireNonNull(named != null ? named : display);
            }
        }
        return ofType("Organization").stream()
                .map(each -> Element.of(each).text("name"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("an outside source");
    }

    private @Nullable When written(@Nullable Element composition, ObjectNode root) {
        FhirTime time = composition == null ? null : composition.time("date", zone);
        return When.of(time != null ? time : Element.of(root).time("timestamp", zone));
    }

    private void read(ObjectNode resource) {
        String type = resource.path("resourceType").asString("");
        EntryMapper mapper = MAPPERS.get(type);
        if (mapper == null) {
            if (!Set.of("Patient", "Composition", "Organization", "Practitioner", "Medication")
                    .contains(type)) {
                left(type);
            }
            return;
        }
        try {
            inlineMedication(resource);
            Element element = Element.of(resource);
            Mapping.Mapped mapped = mapper.map(element, new Mapping(zone, now, References.collecting(null, element)));
            if (mapped.inError()) {
                left("Entered in error at the source");
            } else if (mapped.content() != null) {
                add(mapped.content(), When.of(mapped.event()), type);
            }
        } catch (WrongType | DateTimeException unreadable) {
            left(type + " that could not be read");
        }
    }

    /** A drug that stands as a resource of its own says here what it is. */
    private void inlineMedication(ObjectNode resource) {
        JsonNode reference = resource.path("medicationReference");
        if (reference.isObject() && !resource.has("medicationCodeableConcept")) {
            ObjectNode medication = referred(reference);
            if (medication != null && medication.path("code").isObject()) {
                resource.remove("medicationReference");
                resource.set("medicationCodeableConcept", medication.path("code"));
            }
        }
    }

    private void add(Content content, @Nullable When when, String type) {
        switch (content) {
            case Content.Condition it -> {
                if (it.visitDiagnosis()) {
                    left("Visit diagnoses");
                } else if (it.verificationStatus().equals("refuted")) {
                    left("Refuted problems");
                } else {
                    lines.add(new Line("problem", it, when));
                }
            }
            case Content.Allergy it -> {
                if (it.noneKnown()) {
                    left("No known allergies");
                } else if (it.verificationStatus().equals("refuted")) {
                    left("Refuted allergies");
                } else {
                    lines.add(new Line("allergy", it, when));
                }
            }
            case Content.MedicationOrder it -> drug(taken(it), when);
            case Content.MedicationStatement it -> drug(it, when);
            case Content.Immunization it -> lines.add(new Line("immunization", historical(it), when));
            case Content.Observation it -> {
                if (it.category().equals("laboratory")) {
                    lines.add(new Line("result", it, when));
                } else {
                    left("Observations of other kinds");
                }
            }
            default -> left(type);
        }
    }

    /** Another place's order is here a statement of what the patient takes. */
    private static Content.MedicationStatement taken(Content.MedicationOrder order) {
        return new Content.MedicationStatement(
                order.medication(),
                switch (order.status()) {
                    case "active", "on-hold", "completed", "stopped" -> order.status();
                    case "cancelled" -> "stopped";
                    default -> "active";
                },
                order.dosage(),
                order.start() != null ? order.start() : order.authored(),
                order.end(),
                order.note());
    }

    /** Of the same drug the newest: earlier prescriptions of it are its history. */
    private void drug(Content.MedicationStatement drug, @Nullable When when) {
        for (int i = 0; i < lines.size(); i++) {
            Line other = lines.get(i);
            if (other.content() instanceof Content.MedicationStatement standing
                    && same(standing.medication(), drug.medication())) {
                left("Earlier prescriptions of the same drug");
                if (Comparator.nullsFirst(Comparator.<Instant>naturalOrder()).compare(at(other.when()), at(when)) < 0) {
                    lines.set(i, new Line("medication", drug, when));
                }
                return;
            }
        }
        lines.add(new Line("medication", drug, when));
    }

    private static @Nullable Instant at(@Nullable When when) {
        return when == null ? null : when.at();
    }

    private static boolean same(Concept one, Concept other) {
        Set<String> codes = new HashSet<>();
        one.codings().forEach(coding -> codes.add(coding.system() + "|" + coding.code()));
        return codes.isEmpty()
                ? one.text().equalsIgnoreCase(other.text())
                : other.codings().stream().anyMatch(coding -> codes.contains(coding.system() + "|" + coding.code()));
    }

    private static Content.Immunization historical(Content.Immunization it) {
        return it.historical()
                ? it
                : new Content.Immunization(
                        it.vaccine(),
                        it.status(),
                        true,
                        it.lot(),
                        it.manufacturer(),
                        it.expires(),
                        it.site(),
                        it.route(),
                        it.dose(),
                        it.doseNumber(),
                        it.reasonNotDone(),
                        it.note());
    }

    private void limitResults() {
        List<Line> results = lines.stream()
                .filter(line -> line.kind().equals("result"))
                .sorted(Comparator.comparing(
                        line -> at(line.when()), Comparator.nullsLast(Comparator.<Instant>reverseOrder())))
                .toList();
        lines.removeIf(line -> line.kind().equals("result"));
        lines.addAll(results.subList(0, Math.min(RESULTS, results.size())));
        if (results.size() > RESULTS) {
            left.put("Older results", results.size() - RESULTS);
        }
    }

    private void left(String what) {
        left.merge(what, 1, Integer::sum);
    }
}
