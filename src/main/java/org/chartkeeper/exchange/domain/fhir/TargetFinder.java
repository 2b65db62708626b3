package org.chartkeeper.exchange.domain.fhir;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.patient.PatientSummary;
import org.chartkeeper.patient.Patients;
import org.chartkeeper.platform.PatientId;
import org.springframework.stereotype.Component;

/** Finds what references lead to, for many at once. */
@Component
class TargetFinder {

    private static final List<String> PRACTITIONER = List.of("Practitioner");

    private final IdentityStore identities;
    private final Patients patients;

    TargetFinder(IdentityStore identities, Patients patients) {
        this.identities = identities;
        this.patients = patients;
    }

    /**
     * The targets of keys that {@code cache} does not hold.
     *
     * @return those that were found, cached ones too
     */
    Map<String, Target> find(String source, Collection<String> keys, TargetCache cache) {
        Map<String, Target> found = new HashMap<>();
        List<String> direct = new ArrayList<>();
        List<String> conditional = new ArrayList<>();
        for (String key : keys) {
            Target known = cache.get(key);
            if (known != null) {
                found.put(key, known);
            } else if (key.indexOf('?') > 0 && key.indexOf('?') < key.indexOf('|')) {
                conditional.add(key);
            } else {
                direct.add(key);
            }
        }
        Map<String, Target> fresh = new HashMap<>(identities.targets(source, direct));
        fresh.putAll(identities.byIdentifier(source, conditional));
        patientsByIdentifier(conditional, fresh);
        survivors(fresh);
        drugs(fresh);
        roles(source, fresh);
        found.putAll(fresh);
        return found;
    }

    private void patientsByIdentifier(List<String> keys, Map<String, Target> found) {
        for (String key : keys) {
            if (key.startsWith("Patient?")) {
                int bar = key.indexOf('|');
                patients.byIdentifier(key.substring("Patient?".length(), bar), key.substring(bar + 1))
                        .ifPresent(patient -> found.put(key, Target.of("patient", patient.value(), patient.value())));
            }
        }
    }

    /** What is written for a merged patient now belongs to the survivor. */
    private void survivors(Map<String, Target> found) {
        Set<PatientId> ids = new HashSet<>();
        for (Target target : found.values()) {
            if (target.kind().equals("patient")) {
                ids.add(new PatientId(target.id()));
            }
        }
        if (ids.isEmpty()) {
            return;
        }
        Map<PatientId, PatientSummary> summaries = patients.summaries(ids);
        found.replaceAll((key, target) -> {
            PatientSummary summary = target.kind().equals("patient") ? summaries.get(new PatientId(target.id())) : null;
            return summary == null || summary.id().value().equals(target.id())
                    ? target
                    : Target.of("patient", summary.id().value(), summary.id().value());
        });
    }

    private void drugs(Map<String, Target> found) {
        Set<UUID> ids = new HashSet<>();
        found.forEach((key, target) -> {
            if (key.startsWith("Medication|") && target.kind().equals("other")) {
                ids.add(target.id());
            }
        });
        if (ids.isEmpty()) {
            return;
        }
        Map<UUID, Concept> drugs = identities.medications(ids);
        found.replaceAll((key, target) -> {
            Concept drug = drugs.get(target.id());
            return drug == null
                    ? target
                    : new Target(target.kind(), target.id(), target.patient(), target.name(), drug);
        });
    }

    /** A PractitionerRole stands for its practitioner. */
    private void roles(String source, Map<String, Target> found) {
        Map<String, Target> roles = new HashMap<>();
        found.forEach((key, target) -> {
            if (key.startsWith("PractitionerRole") && target.kind().equals("directory")) {
                roles.put(key, target);
            }
        });
        if (roles.isEmpty()) {
            return;
        }
        Map<UUID, String> contents = identities.directoryContents(
                roles.values().stream().map(Target::id).toList());
        Map<String, List<String>> wanted = new HashMap<>();
        Set<String> direct = new HashSet<>();
        Set<String> conditional = new HashSet<>();
        roles.forEach((key, role) -> {
            String content = contents.get(role.id());
            Element practitioner = content == null
                    ? null
                    : Element.of(Fhir.JSON.readTree(content)).child("practitioner");
            if (practitioner != null) {
                List<String> candidates = ReferenceKeys.candidates(practitioner, null, PRACTITIONER);
                wanted.put(key, candidates);
                candidates.forEach(each -> (each.indexOf('?') > 0 ? conditional : direct).add(each));
            }
        });
        Map<String, Target> practitioners = new HashMap<>(identities.targets(source, direct));
        practitioners.putAll(identities.byIdentifier(source, conditional));
        wanted.forEach((key, candidates) -> candidates.stream()
                .map(practitioners::get)
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .ifPresent(practitioner -> found.put(key, practitioner)));
    }
}
