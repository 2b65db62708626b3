package org.chartkeeper.exchange.domain.fhir;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Judges resources off the database's time: hash, key, types of elements, and what they refer to. One per thread.
 */
final class Preparer {

    private static final int MOST_REMEMBERED = 3_000_000;
    private static final FacilityId NOWHERE = FacilityId.of("00000000-0000-7000-8000-000000000000");
    private static final PatientId NOBODY = PatientId.of("00000000-0000-7000-8000-000000000000");

    /** Where resources that are kept whole name their patient. */
    private static final List<String> PATIENT_PARTS = List.of("subject", "patient", "beneficiary", "for");

    private final Map<String, EntryMapper> mappers;
    private final ZoneId zone;
    private final CanonicalResource canonical = new CanonicalResource();
    private LongSet met = new LongSet(MOST_REMEMBERED);

    /** Here nothing is stored: the real mapping comes later. */
    Preparer(ZoneId zone) {
        this.zone = zone;
        this.mappers = mappers(content -> "");
    }

    /** The mappers of every type that becomes an entry. */
    static Map<String, EntryMapper> mappers(DocumentReferenceMapper.Files files) {
        return Stream.<EntryMapper>of(
                        new AllergyMapper(),
                        new CarePlanMapper(),
                        new CareTeamMapper(),
                        new ConditionMapper(),
                        new DiagnosticReportMapper(),
                        new DocumentReferenceMapper(files),
                        new ImmunizationMapper(),
                        new MedicationAdministrationMapper(),
                        new MedicationRequestMapper(),
                        new MedicationStatementMapper(),
                        new ObservationMapper(),
                        new ProcedureMapper(),
                        new ServiceRequestMapper())
                .collect(Collectors.toMap(EntryMapper::type, Function.identity()));
    }

    /** Called at the beginning of each file: within one, no two may be known by the same key. */
    void newFile() {
        met = new LongSet(MOST_REMEMBERED);
    }

    /** @param again whether this is a second reading, in which everything was met before */
    Incoming prepare(int file, Met one, boolean again) {
        ObjectNode node = one.resource();
        String type = one.type();
        if (node == null || type == null) {
            return Incoming.refused(
                    file, one.entry(), type, one.problem() == null ? "it cannot be read" : one.problem());
        }
        try {
            Element resource = Element.of(node);
            String hash = canonical.hash(node);
            String key = ReferenceKeys.of(one.fullUrl(), resource.text("id"), hash);
            if (key.length() > 1000) {
                return Incoming.refused(file, one.entry(), type, "its fullUrl or id is longer than 1,000 characters");
            }
            if (!again && !met.add(fingerprint(type, key))) {
                return Incoming.refused(
                        file,
                        one.entry(),
                        type,
                        "duplicate: another entry before it in this file has this fullUrl or id");
            }
            String base = ReferenceKeys.base(one.fullUrl(), type);
            EntryMapper mapper = mappers.get(type);
            References references = ask(resource, type, base, mapper);
            return new Incoming(
                    file,
                    one.entry(),
                    type,
                    key,
                    hash,
                    one.fullUrl(),
                    resource,
                    base,
                    references.needs(),
                    references.entryNeeds(),
                    mapper,
                    null);
        } catch (WrongType e) {
            return Incoming.refused(file, one.entry(), type, String.valueOf(e.getMessage()));
        }
    }

    /** Maps for the sake of what it asks for; whatever is of a wrong type shows here. */
    private References ask(Element resource, String type, @Nullable String base, @Nullable EntryMapper mapper) {
        References references = References.collecting(base, resource);
        Mapping mapping = new Mapping(zone, Instant.EPOCH, references);
        if (mapper != null) {
            references.target(patient(resource, true), References.PATIENT);
            references.target(mapper.encounter(resource), References.ENCOUNTER);
            mapper.map(resource, mapping);
            if (type.equals("CareTeam")) {
                CareTeamMapper.members(resource, mapping);
            }
            Sensitivities.of(resource);
        } else {
            switch (type) {
                case "Patient" -> PatientMapper.map(resource, "", "", zone);
                case "Practitioner" -> {
                    DirectoryMapper.practitioner(resource, "");
                    DirectoryMapper.name(resource);
                }
                case "PractitionerRole", "Organization", "Location" -> {
                    DirectoryMapper.identifiers(resource);
                    DirectoryMapper.name(resource);
                }
                case "Medication" -> Codes.concept(resource.child("code"));
                case "Encounter" -> {
                    references.target(resource.required("subject"), References.PATIENT);
                    EncounterMapper.map(resource, mapping, NOBODY, NOWHERE);
                }
                case "Coverage" -> {
                    references.target(resource.required("beneficiary"), References.PATIENT);
                    RegistrationMapper.coverage(resource, "", mapping);
                }
                case "RelatedPerson" -> {
                    references.target(resource.required("patient"), References.PATIENT);
                    RegistrationMapper.related(resource, "", mapping);
                }
                default -> references.target(patient(resource, false), References.PATIENT);
            }
        }
        return references;
    }

    /**
     * The reference to the patient.
     *
     * @param strict whether a part of a wrong type is refused; what is kept whole is not judged
     */
    static @Nullable Element patient(Element resource, boolean strict) {
        if (strict) {
            Element subject = resource.child("subject");
            return subject != null ? subject : resource.child("patient");
        }
        for (String part : PATIENT_PARTS) {
            Element found = loose(resource, part);
            if (found != null) {
                return found;
            }
        }
        // A Provenance names what it is about; its patient is the first that is one.
        JsonNode targets = resource.node().get("target");
        if (targets != null && targets.isArray()) {
            for (JsonNode target : targets) {
                JsonNode reference = target.get("reference");
                if (reference != null && reference.isString()) {
                    String written = reference.stringValue();
                    if (written.contains("Patient/") || written.startsWith("urn:")) {
                        return Element.of(target);
                    }
                }
            }
        }
        return null;
    }

    private static @Nullable Element loose(Element resource, String part) {
        JsonNode node = resource.node().get(part);
        if (node != null && node.isArray() && !node.isEmpty()) {
            node = node.get(0);
        }
        if (node == null || !node.isObject()) {
            return null;
        }
        JsonNode reference = node.get("reference");
        return reference == null || reference.isString() ? Element.of(node) : null;
    }

    /** FNV-1a over both, mixed; 64 bits tell some millions of keys apart. */
    private static long fingerprint(String type, String key) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < type.length(); i++) {
            hash = (hash ^ type.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ 0xffff) * 0x100000001b3L;
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
        }
        hash ^= hash >>> 32;
        hash *= 0x9e3779b97f4a7c15L;
        return hash ^ (hash >>> 29);
    }
}
