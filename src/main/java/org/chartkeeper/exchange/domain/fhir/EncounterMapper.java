package org.chartkeeper.exchange.domain.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.chartkeeper.chart.EncounterView;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PractitionerId;
import org.jspecify.annotations.Nullable;

/** Encounter: a visit. */
final class EncounterMapper {

    private EncounterMapper() {}

    /** The visit; null where the resource does not say when it was, so that it can be none of ours. */
    static Encounters.@Nullable NewEncounter map(
            Element resource, Mapping mapping, PatientId patient, FacilityId facility) {
        String status = resource.requiredText("status");
        Element klass = resource.child("class");
        Element period = resource.child("period");
        FhirTime start = period == null ? null : period.time("start", mapping.zone());
        FhirTime end = period == null ? null : period.time("end", mapping.zone());
        List<EncounterView.Participant> participants = participants(resource, mapping);
        Element hospitalization = resource.child("hospitalization");
        String kind = Codes.joined(resource.children("type"));
        String location = location(resource, mapping);
        String reason = reason(resource);
        String account = account(resource);
        String code = klass == null ? "" : klass.text("code", "");
        if (start == null && end == null) {
            return null;
        }
        return new Encounters.NewEncounter(
                patient,
                facility,
                null,
                klass(code),
                status(status, end != null),
                kind != null ? kind : klass == null ? "Visit" : klass.text("display", "Visit"),
                reason,
                start != null ? start.at() : Objects.requireNonNull(end).at(),
                end == null ? null : end.at(),
                attending(participants),
                location,
                account,
                hospitalization == null ? null : Codes.words(hospitalization.child("admitSource")),
                hospitalization == null ? null : Codes.words(hospitalization.child("dischargeDisposition")),
                false,
                participants,
                null);
    }

    private static String klass(String code) {
        return switch (code) {
            case "IMP", "ACUTE", "NONAC" -> "inpatient";
            case "EMER" -> "emergency";
            case "OBSENC", "SS" -> "observation";
            case "VR" -> "virtual";
            case "HH" -> "home";
            default -> "ambulatory";
        };
    }

    private static String status(String status, boolean ended) {
        return switch (status) {
            case "planned", "arrived", "finished", "cancelled" -> status;
            case "triaged" -> "arrived";
            case "in-progress" -> "in progress";
            case "onleave" -> "on leave";
            case "entered-in-error" -> "entered in error";
            default -> ended ? "finished" : "in progress";
        };
    }

    private static List<EncounterView.Participant> participants(Element resource, Mapping mapping) {
        List<EncounterView.Participant> participants = new ArrayList<>();
        for (Element participant : resource.children("participant")) {
            Element individual = participant.child("individual");
            if (individual == null) {
                continue;
            }
            Target target = mapping.references().target(individual, References.ACTOR);
            String name = mapping.references().name(individual);
            participants.add(new EncounterView.Participant(
                    target != null && target.kind().equals("practitioner") ? new PractitionerId(target.id()) : null,
                    name == null ? "Not named" : name,
                    role(participant.children("type"))));
        }
        return participants;
    }

    private static String role(List<Element> types) {
        for (Element type : types) {
            for (Element coding : type.children("coding")) {
                switch (coding.text("code", "")) {
                    case "ATND" -> {
                        return "attending";
                    }
                    case "REF" -> {
                        return "referring";
                    }
                    case "CON" -> {
                        return "consulting";
                    }
                    case "PPRF", "SPRF" -> {
                        return "performing";
                    }
                    case "ADM" -> {
                        return "admitting";
                    }
                    default -> {
                        // another coding may say it
                    }
                }
            }
        }
        return "other";
    }

    /** Who attends; where nobody is called so, who performs. */
    private static @Nullable PractitionerId attending(List<EncounterView.Participant> participants) {
        for (String role : List.of("attending", "performing")) {
            for (EncounterView.Participant participant : participants) {
                if (participant.role().equals(role) && participant.practitioner() != null) {
                    return participant.practitioner();
                }
            }
        }
        return null;
    }

    private static @Nullable String location(Element resource, Mapping mapping) {
        Element first = resource.first("location");
        Element place = first == null ? null : first.child("location");
        if (place == null) {
            return mapping.references().name(resource.child("serviceProvider"));
        }
        String display = place.text("display");
        if (display != null) {
            return display;
        }
        Target target = mapping.references().target(place, References.PLACE);
        return target == null ? null : target.name();
    }

    private static @Nullable String reason(Element resource) {
        String coded = Codes.joined(resource.children("reasonCode"));
        Element reference = resource.first("reasonReference");
        return coded != null || reference == null ? coded : reference.text("display");
    }

    /** The account or visit number of the source: an identifier of type AN or VN. */
    private static @Nullable String account(Element resource) {
        for (Element identifier : resource.children("identifier")) {
            String type = Codes.code(identifier.child("type"));
            if ("AN".equals(type) || "VN".equals(type)) {
                return identifier.text("value");
            }
        }
        return null;
    }
}
