package org.chartkeeper.exchange.domain.fhir;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.platform.PractitionerId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Resolves the references of one resource.
 *
 * <p>Every resource is mapped twice: once to learn what it refers to, off the database's time, and once with what was
 * found for a whole batch. In the first round nothing resolves.
 */
final class References {

    static final List<String> PATIENT = List.of("Patient");
    static final List<String> ENCOUNTER = List.of("Encounter");
    static final List<String> MEDICATION = List.of("Medication");
    static final List<String> ACTOR = List.of(
            "Practitioner",
            "PractitionerRole",
            "Organization",
            "Patient",
            "RelatedPerson",
            "CareTeam",
            "Device",
            "HealthcareService");
    static final List<String> PLACE = List.of("Location");
    static final List<String> ORGANIZATION = List.of("Organization");

    private final @Nullable Map<String, Target> found;
    private final @Nullable String base;
    private final List<Element> contained;
    private final Set<String> needs = new LinkedHashSet<>();
    private final List<List<String>> entryNeeds = new ArrayList<>();
    private final Set<String> unresolved = new LinkedHashSet<>();

    private References(@Nullable Map<String, Target> found, @Nullable String base, Element resource) {
        this.found = found;
        this.base = base;
        this.contained = resource.children("contained");
    }

    /** For the first round. */
    static References collecting(@Nullable String base, Element resource) {
        return new References(null, base, resource);
    }

    /** For the second. */
    static References resolving(Map<String, Target> found, @Nullable String base, Element resource) {
        return new References(found, base, resource);
    }

    /** The keys that were asked for. */
    Collection<String> needs() {
        return needs;
    }

    /** References as written that lead to nothing here. */
    Collection<String> unresolved() {
        return unresolved;
    }

    /** For each reference to another entry the keys that it may mean: that entry may still come in the same run. */
    List<List<String>> entryNeeds() {
        return entryNeeds;
    }

    /** What a reference leads to; null where there is none or it leads to nothing, which is noted. */
    @Nullable
    Target target(@Nullable Element reference, List<String> types) {
        if (reference == null) {
            return null;
        }
        List<String> candidates = ReferenceKeys.candidates(reference, base, types);
        needs.addAll(candidates);
        if (found == null) {
            return null;
        }
        for (String candidate : candidates) {
            Target target = found.get(candidate);
            if (target != null) {
                return target;
            }
        }
        String written = written(reference);
        if (written != null && !written.startsWith("#")) {
            unresolved.add(written);
        }
        return null;
    }

    private static @Nullable String written(Element reference) {
        String written = reference.text("reference");
        if (written != null) {
            return written;
        }
        Element identifier = reference.child("identifier");
        String value = identifier == null ? null : identifier.text("value");
        return identifier == null || value == null ? null : "identifier " + identifier.text("system", "") + "|" + value;
    }

    /** The name to show for whoever is referred to: as the reference says it, as the directory has it, or as written. */
    @Nullable
    String name(@Nullable Element reference) {
        if (reference == null) {
            return null;
        }
        String display = reference.text("display");
        if (display != null) {
            return display;
        }
        Element inside = contained(reference);
        if (inside != null) {
            String name = DirectoryMapper.name(inside);
            return name.isEmpty() ? null : name;
        }
        Target target = target(reference, ACTOR);
        return target != null && target.name() != null ? target.name() : written(reference);
    }

    /** Whose words: a practitioner of the directory, the patient, or somebody outside. */
    Stated stated(@Nullable Element reference) {
        if (reference == null) {
            return new Stated("outside", null, null);
        }
        Target target = target(reference, ACTOR);
        if (target != null && target.kind().equals("practitioner")) {
            return new Stated("practitioner", new PractitionerId(target.id()), null);
        }
        if (target != null && target.kind().equals("patient")) {
            return new Stated("patient", null, null);
        }
        return new Stated("outside", null, name(reference));
    }

    /** Who stated something. */
    record Stated(
            String by,
            @Nullable PractitionerId practitioner,
            @Nullable String name) {}

    /** Another entry by its id; where it is not here, what was written there. */
    Content.@Nullable EntryRef entry(@Nullable Element reference, List<String> types) {
        if (reference == null) {
            return null;
        }
        Target target = target(reference, types);
        if (target != null) {
            return new Content.EntryRef(target.id().toString());
        }
        List<String> candidates = ReferenceKeys.candidates(reference, base, types);
        if (!candidates.isEmpty()) {
            entryNeeds.add(candidates);
        }
        String written = written(reference);
        if (written == null) {
            written = reference.text("display");
        }
        return written == null ? null : new Content.EntryRef(written);
    }

    List<Content.EntryRef> entries(List<Element> references, List<String> types) {
        List<Content.EntryRef> entries = new ArrayList<>(references.size());
        for (Element reference : references) {
            Content.EntryRef entry = entry(reference, types);
            if (entry != null) {
                entries.add(entry);
            }
        }
        return entries;
    }

    /** The drug of a resource, coded there, contained in it or a Medication of its own. */
    Concept medication(Element resource) {
        Concept coded = Codes.concept(resource.child("medicationCodeableConcept"));
        if (coded != null) {
            return coded;
        }
        Element reference = resource.child("medicationReference");
        if (reference == null) {
            throw new WrongType(resource.path() + ".medication is missing");
        }
        Element inside = contained(reference);
        if (inside != null) {
            Concept concept = Codes.concept(inside.child("code"));
            if (concept != null) {
                return concept;
            }
        }
        Target target = target(reference, MEDICATION);
        if (target != null && target.concept() != null) {
            return target.concept();
        }
        String words = reference.text("display");
        return Concept.of(words != null ? words : reference.text("reference", "Medication not stated"));
    }

    /** The contained resource that a reference like {@code #med1} means. */
    private @Nullable Element contained(Element reference) {
        String written = reference.text("reference");
        if (written == null || !written.startsWith("#")) {
            return null;
        }
        String id = written.substring(1);
        for (Element inside : contained) {
            JsonNode node = inside.node().get("id");
            if (node != null && node.isString() && node.stringValue().equals(id)) {
                return inside;
            }
        }
        return null;
    }
}
